//! All contracts of a pack.

use super::ContractError;
use super::reported::Reported;
use super::terms::Contract;
use crate::axis::Suggestions;
use crate::finding::Findings;
use crate::place::Place;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All contracts of a pack, checked, with what was reported of them.
#[derive(Clone, Debug)]
pub struct Contracts {
    pub(super) place: Arc<Place>,
    pub(super) contracts: Vec<Contract>,
    pub(super) reported: BTreeMap<String, Vec<Reported>>,
    pub(super) findings: Findings,
}

impl Contracts {
    /// The place they are of.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// Each of them, in the order of their files.
    pub fn iter(&self) -> impl Iterator<Item = &Contract> {
        self.contracts.iter()
    }

    /// The contract of that code.
    ///
    /// # Errors
    ///
    /// [`ContractError::Unknown`] with what there is.
    pub fn find(&self, code: &str) -> Result<&Contract, ContractError> {
        let found = self.contracts.iter().find(|contract| contract.code == code);
        found.ok_or_else(|| ContractError::Unknown {
            found: code.to_owned(),
            instead: Suggestions::of(code, self.contracts.iter().map(|one| one.code.as_str())),
        })
    }

    /// What was reported of a contract.
    #[must_use]
    pub fn reported(&self, contract: &Contract) -> &[Reported] {
        self.reported.get(&contract.code).map_or(&[], Vec::as_slice)
    }

    /// What is odd in them, such as an outcome that is paid for twice, and does not keep them from being paid.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }
}
