//! What is spent on an action: a question to the account, beside what the plan puts to it.

use super::action::Action;
use super::agreements::Agreement;
use crate::account::Boundary;
use crate::axis::{Period, Phase};
use crate::cube::{Cube, Figure, Question};
use crate::money::Pence;
use crate::register::RegisterError;
use std::sync::Arc;

/// What the account has in the cell of an action, in each phase; phases stand beside each other and are never added.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SpentOnAction {
    /// Code of the action.
    pub action: String,
    /// What the plan puts to it.
    pub planned: Option<Pence>,
    /// Budget, forecast and outturn of the cell; `None` where nothing is recorded there.
    pub phases: Vec<(Phase, Option<Figure>)>,
    /// Other actions that name the same cell: its figure is theirs too, and counts once.
    pub same_cell: Vec<String>,
}

/// The phases, in their order.
pub(super) const PHASES: [Phase; 3] = [Phase::Budget, Phase::Forecast, Phase::Outturn];

impl Agreement {
    /// What the account has in the cell of each action that names one, in the order of the pack.
    ///
    /// The cell is wider than the action as a rule: its figure stands beside what the plan puts to it, and neither is
    /// added to the other.
    ///
    /// # Errors
    ///
    /// [`RegisterError::AnotherPlace`] for a cube of another pack; [`RegisterError::Ask`] where the account does not
    /// answer.
    pub fn spent(
        &self,
        cube: &Cube,
        period: Period,
        boundary: &Boundary,
    ) -> Result<Vec<SpentOnAction>, RegisterError> {
        if !Arc::ptr_eq(cube.place(), &self.place)
            && cube.place().fingerprint() != self.place.fingerprint()
        {
            return Err(RegisterError::AnotherPlace);
        }
        let mut all = Vec::new();
        for action in &self.actions {
            let Some(cell) = action.cell else { continue };
            let of_period = |question: Question<'_>, phase| {
                let question = question.period(period).phase(phase);
                question.boundary(boundary.clone()).answer()
            };
            let everywhere = cell.everywhere(cube);
            let mut phases = Vec::new();
            for phase in PHASES {
                // Lines of the activity may all be shared out between places and ages: they are no lines of the cell
                // alone, and are recorded all the same.
                let recorded = of_period(everywhere.clone(), phase)?.total.lines > 0;
                let figure = match recorded {
                    true => Some(of_period(cell.question(cube, action.place), phase)?.total),
                    false => None,
                };
                phases.push((phase, figure));
            }
            all.push(SpentOnAction {
                action: action.code.clone(),
                planned: action.pounds,
                phases,
                same_cell: (self.of_same_cell(action))
                    .map(|other| other.code.clone())
                    .collect(),
            });
        }
        Ok(all)
    }

    /// What is asked of the account for an action; nothing where it has no cell.
    #[must_use]
    pub fn asked<'a>(
        &self,
        cube: &'a Cube,
        action: &Action,
        (period, phase): (Period, Phase),
        boundary: &Boundary,
    ) -> Option<Question<'a>> {
        let question = action.cell.as_ref()?.question(cube, action.place);
        Some(
            question
                .period(period)
                .phase(phase)
                .boundary(boundary.clone()),
        )
    }

    /// Other actions that name the cell of one.
    pub(crate) fn of_same_cell<'a>(
        &'a self,
        action: &'a Action,
    ) -> impl Iterator<Item = &'a Action> {
        self.actions.iter().filter(move |other| {
            other.code != action.code && (other.cell, other.place) == (action.cell, action.place)
        })
    }
}
