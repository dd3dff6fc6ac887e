//! What the account has beside the actions of delivery plans.

use crate::agreement::Agreement;
use crate::axis::Phase;
use crate::cube::Cube;
use crate::disclosure::{Telling, ToldFigure};
use crate::money::Pence;
use crate::report::content::{ReportError, ReportScope, Shown, cell_in_words};

/// What is spent in the cell of an action, in one phase.
#[derive(Clone, Debug)]
pub struct ActionSpent {
    /// Code of the action.
    pub code: String,
    /// What is done.
    pub name: String,
    /// Who answers for it.
    pub owner: String,
    /// Whose spending on what, for whom: the cell in words.
    pub cell: String,
    /// Where.
    pub place: String,
    /// Which phase.
    pub phase: Phase,
    /// What the account has there.
    pub figure: ToldFigure,
    /// What the plan puts to the action.
    pub planned: Option<Pence>,
    /// Names of other actions of the same cell: the figure is theirs too, and counts once.
    pub same_cell: String,
}

const PHASES: [Phase; 3] = [Phase::Budget, Phase::Forecast, Phase::Outturn];

/// Every action that has a cell, in the phase of the report and in those others in which something is there.
pub fn beside_actions(
    agreement: &Agreement,
    cube: &Cube,
    scope: &ReportScope,
    telling: &dyn Telling,
) -> Result<Vec<ActionSpent>, ReportError> {
    let axes = cube.place().axes();
    let mut all = Vec::new();
    for action in agreement.actions() {
        for phase in PHASES {
            let asked = agreement.asked(cube, action, (scope.period, phase), &scope.boundary);
            let (Some(question), Some(cell)) = (asked, &action.cell) else {
                continue;
            };
            let figure = telling.tell(&question, question.answer()?)?.total;
            if phase != scope.phase && figure.sum() == Shown::NothingRecorded {
                continue;
            }
            let same: Vec<&str> = (agreement.of_same_cell(action))
                .map(|other| other.name.as_str())
                .collect();
            all.push(ActionSpent {
                code: action.code.clone(),
                name: action.name.clone(),
                owner: axes.partners.get(action.owner).name.clone(),
                cell: cell_in_words(cell, cube.place()),
                place: axes.localities.name(action.place).to_owned(),
                phase,
                figure,
                planned: action.pounds,
                same_cell: same.join(", "),
            });
        }
    }
    Ok(all)
}
