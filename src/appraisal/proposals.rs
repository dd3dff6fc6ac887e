//! All proposals of a pack.

use super::AppraisalError;
use super::proposal::Proposal;
use crate::axis::Suggestions;
use crate::finding::Findings;
use crate::place::Place;
use std::sync::Arc;

/// All proposals of a pack, checked.
#[derive(Clone, Debug)]
pub struct Proposals {
    pub(super) place: Arc<Place>,
    pub(super) proposals: Vec<Proposal>,
    pub(super) findings: Findings,
}

impl Proposals {
    /// The place they are of.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// Each of them, in the order of their files.
    pub fn iter(&self) -> impl Iterator<Item = &Proposal> {
        self.proposals.iter()
    }

    /// The proposal of that code.
    ///
    /// # Errors
    ///
    /// [`AppraisalError::Unknown`] with what there is.
    pub fn find(&self, code: &str) -> Result<&Proposal, AppraisalError> {
        let found = self.proposals.iter().find(|proposal| proposal.code == code);
        found.ok_or_else(|| AppraisalError::Unknown {
            found: code.to_owned(),
            instead: Suggestions::of(code, self.proposals.iter().map(|one| one.code.as_str())),
        })
    }

    /// What is odd in them and does not keep them from being appraised.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }
}
