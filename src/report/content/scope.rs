//! What a report is about.

use crate::account::Boundary;
use crate::axis::{Period, Phase};
use crate::cube::{Cube, Question};

/// What a report is about; nothing of it has a default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportScope {
    /// The level of the places: `place-plan-area`.
    pub level: String,
    /// The level to which activities are gathered: `theme`.
    pub activity_level: String,
    /// The period.
    pub period: Period,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// Who is inside.
    pub boundary: Boundary,
}

/// The question that all others of a report begin with: the whole place, its period, phase and boundary.
pub fn question<'a>(cube: &'a Cube, scope: &ReportScope) -> Question<'a> {
    let localities = &cube.place().axes().localities;
    cube.ask()
        .locality(localities.code(cube.place().locality()))
        .period(scope.period)
        .phase(scope.phase)
        .boundary(scope.boundary.clone())
}
