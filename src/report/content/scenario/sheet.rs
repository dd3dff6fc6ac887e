//! One scenario, as its page shows it.

use super::account::{BeforeAfter, before_after};
use super::moves::MoveShown;
use crate::appraisal::scenario::Scenario;
use crate::money::Pence;
use crate::report::content::{ReportError, ReportScope};
use crate::text::counted;

/// One scenario.
#[derive(Clone, Debug)]
pub struct ScenarioSheet {
    /// Its code.
    pub code: String,
    /// Its moves: first those that are made.
    pub moves: Vec<MoveShown>,
    /// The account by place, by partner and by activity, before and after.
    pub accounts: Vec<BeforeAfter>,
}

impl ScenarioSheet {
    /// What people see of a scenario, in the scope of the report.
    ///
    /// # Errors
    ///
    /// [`ReportError::Ask`] where the account before or after cannot be asked.
    pub fn of(scenario: &Scenario, scope: &ReportScope) -> Result<Self, ReportError> {
        let (before, after) = (scenario.before(), scenario.cube());
        let place = before.place();
        let made = scenario.moved.iter();
        let made = made.map(|moved| MoveShown::made(moved, place, scope));
        let stopped = scenario.stopped.iter();
        let stopped = stopped.map(|stopped| MoveShown::stopped(stopped, place, scope));
        Ok(Self {
            code: scenario.code.clone(),
            moves: made.chain(stopped).collect(),
            accounts: before_after(before, after, scope)?,
        })
    }

    /// How many moves are made and how many not, with the pounds of each in their first twelve months.
    pub fn in_words(&self) -> String {
        let sums = |is_made: bool| {
            let moves = || {
                self.moves
                    .iter()
                    .filter(move |one| one.is_made() == is_made)
            };
            // A sum beyond what an account can hold is not said.
            let sum = Pence::total(moves().map(|one| one.amount)).ok();
            (
                moves().count(),
                sum.map_or_else(String::new, |sum| {
                    format!(", {sum} in the first twelve months")
                }),
            )
        };
        let ((made, moved), (held, stays)) = (sums(true), sums(false));
        let all = counted(self.moves.len(), "move");
        match (made, held) {
            (_, 0) => format!("{all}, and all can be made{moved}."),
            (0, _) => format!("{all}, and none can be made{stays}."),
            _ => format!("Of {all} {made} can be made{moved}; {held} can not{stays}."),
        }
    }
}
