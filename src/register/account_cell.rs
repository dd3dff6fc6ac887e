//! The cell of the account that a row of a register is about.

use super::{Cells, Register};
use crate::axis::{Ages, LocalityId, MemberId};
use crate::cube::{Cube, Question};

/// The cell of the account that is about a priority of a place, an action of a delivery plan, or a reduction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccountCell {
    /// What for.
    pub activity: MemberId,
    /// Whom it serves, by age.
    pub ages: Ages,
    /// Whom it serves, by client group; everybody where none is named.
    pub group: Option<MemberId>,
    /// Whose spending; everybody's where none is named.
    pub partner: Option<MemberId>,
}

impl AccountCell {
    /// The question that asks for it in a place.
    pub(crate) fn question<'a>(&self, cube: &'a Cube, place: LocalityId) -> Question<'a> {
        let axes = cube.place().axes();
        let mut question = self
            .everywhere(cube)
            .ages(self.ages)
            .locality(axes.localities.code(place));
        if let Some(group) = self.group {
            question = question.group(&axes.groups.get(group).code);
        }
        question
    }

    /// The question that asks for its activity and partner, wherever and for whomever it is.
    pub(crate) fn everywhere<'a>(&self, cube: &'a Cube) -> Question<'a> {
        let axes = cube.place().axes();
        let question = cube
            .ask()
            .activity(&axes.activities.get(self.activity).code);
        match self.partner {
            Some(partner) => question.partner(&axes.partners.get(partner).code),
            None => question,
        }
    }
}

impl Register<'_> {
    /// The cell of a row with columns `activity`, `ages`, `group` and `partner`, or nothing where all are empty.
    pub(crate) fn account_cell(&mut self, cells: &Cells, rule: &str) -> Option<AccountCell> {
        let partner = self.partner(cells, "partner");
        let cell = self.account_cell_of(cells, rule, partner);
        if cell.is_none() && !cells.text("partner").is_empty() && cells.text("activity").is_empty()
        {
            let found = "a cell of the account needs an activity and ages";
            let remedy = "write both, with `all` for all ages, or leave partner empty";
            self.fault(rule, cells.at_column("activity"), found, remedy);
        }
        cell
    }

    /// The same of a row that says elsewhere whose spending it is.
    pub(crate) fn account_cell_of(
        &mut self,
        cells: &Cells,
        rule: &str,
        partner: Option<MemberId>,
    ) -> Option<AccountCell> {
        let activity = self.activity(cells, "activity");
        let ages = self.ages(cells, "ages");
        let group = self.group(cells, "group");
        match ["activity", "ages", "group"].map(|field| cells.text(field)) {
            ["", "", ""] => None,
            ["", ..] | [_, "", ..] => {
                let found = "a cell of the account needs an activity and ages";
                let remedy =
                    "write both, with `all` for all ages, or leave activity, ages and group empty";
                self.fault(rule, cells.at_column("activity"), found, remedy);
                None
            }
            _ => Some(AccountCell {
                activity: activity?,
                ages: ages?,
                group,
                partner,
            }),
        }
    }
}
