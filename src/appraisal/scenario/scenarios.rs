//! All scenarios of a pack.

use super::moves::ScenarioPlan;
use crate::appraisal::AppraisalError;
use crate::axis::Suggestions;
use crate::place::Place;
use std::sync::Arc;

/// All scenarios of a pack, checked.
#[derive(Clone, Debug)]
pub struct Scenarios {
    pub(super) place: Arc<Place>,
    pub(super) plans: Vec<ScenarioPlan>,
}

impl Scenarios {
    /// The place they are of.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// Each of them, in the order in which the tables name them first.
    pub fn iter(&self) -> impl Iterator<Item = &ScenarioPlan> {
        self.plans.iter()
    }

    /// The scenario of that code.
    ///
    /// # Errors
    ///
    /// [`AppraisalError::UnknownScenario`] with what there is.
    pub fn find(&self, code: &str) -> Result<&ScenarioPlan, AppraisalError> {
        let found = self.plans.iter().find(|plan| plan.code == code);
        found.ok_or_else(|| AppraisalError::UnknownScenario {
            found: code.to_owned(),
            instead: Suggestions::of(code, self.plans.iter().map(|one| one.code.as_str())),
        })
    }
}
