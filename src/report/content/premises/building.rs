//! A building as people see it.

use crate::account::Boundary;
use crate::axis::{LocalityId, Period};
use crate::money::{Pence, Ratio};
use crate::premises::{Building, BuildingCost, DayUse, Freed, LetGo, Premises};
use crate::register::RegisterError;
use jiff::civil::Date;

/// A building: what the register says of it, what it costs, its use by day, and what giving it up frees.
#[derive(Clone, Debug)]
pub struct BuildingShown {
    /// As the register has it.
    pub building: Building,
    /// Code and name of its place.
    pub place: (String, String),
    /// Whose it is.
    pub owner: Option<String>,
    /// What it costs; its teams are in `teams`.
    pub cost: BuildingCost,
    /// Whether any cost of the year is known.
    pub has_cost: bool,
    /// The teams in it, and the vacant part.
    pub teams: Vec<TeamShown>,
    /// Desks in use and free on each day of the week.
    pub days: [DayUse; 7],
    /// What giving it up frees.
    pub freed: Freed,
    /// From when on it can be given up.
    pub free_from: Option<Date>,
    /// What holds it until then, or what would have to be known.
    pub held_by: String,
    /// Codes of the places of the report, and of the whole, that its place lies in.
    pub inside: Vec<String>,
}

/// A team's part of a building.
#[derive(Clone, Debug)]
pub struct TeamShown {
    /// Which team; `vacant` where nobody is.
    pub team: String,
    /// Whose team.
    pub who: Option<String>,
    /// Its part, in hundredths of the building.
    pub percent: String,
    /// Its part of the cost.
    pub cost: Pence,
}

/// A building in which a team would find a desk on every day on which it needs one.
#[derive(Clone, Debug)]
pub struct CouldMove {
    /// Which team.
    pub team: String,
    /// Name of the building that it is in.
    pub from: String,
    /// Name of the building that it could move into, and of its place.
    pub into: (String, String),
    /// Whether both are in one place.
    pub same_place: bool,
    /// Who is there: team and whose.
    pub with: String,
    /// Desks left on the fullest day.
    pub left: u32,
}

/// When a building is looked at: the year of its costs, and the day on which it would be decided to give it up.
pub(super) struct Asked<'a> {
    pub year: Period,
    pub decided: Date,
    pub boundary: &'a Boundary,
    pub pages: &'a [LocalityId],
}

impl BuildingShown {
    pub(super) fn of(
        premises: &Premises,
        (building, cost): (&Building, &BuildingCost),
        asked: &Asked<'_>,
    ) -> Result<Self, RegisterError> {
        let place = premises.place();
        let localities = &place.axes().localities;
        let leaves = localities.leaves(building.place);
        let lies_in = |page: &&LocalityId| localities.leaves(**page).contains(leaves);
        let freed = premises.freed(&building.code, asked.decided, asked.year, asked.boundary)?;
        let (free_from, held_by) = match &freed.let_go {
            LetGo::From(day, hold) => (Some(*day), hold.to_string()),
            LetGo::NotKnown(what) => (None, format!("not known: {what}")),
        };
        let sums = [
            cost.paid_outside,
            cost.got_outside,
            cost.between,
            cost.of_others,
        ];
        let hundred = Ratio::new(100, 1);
        Ok(Self {
            place: (
                localities.code(building.place).to_owned(),
                localities.name(building.place).to_owned(),
            ),
            owner: building
                .owner
                .as_ref()
                .map(|owner| owner.name(place).to_owned()),
            has_cost: sums.into_iter().any(|sum| sum != Pence::ZERO),
            teams: (cost.teams.iter())
                .map(|team| TeamShown {
                    team: team.team.clone(),
                    who: team.who.as_ref().map(|who| who.name(place).to_owned()),
                    percent: team.share.times(&hundred).to_decimal(1),
                    cost: team.cost,
                })
                .collect(),
            days: premises.by_day(&building.code)?,
            free_from,
            held_by,
            inside: (asked.pages.iter().filter(lies_in))
                .map(|page| localities.code(*page).to_owned())
                .collect(),
            building: building.clone(),
            cost: cost.clone(),
            freed,
        })
    }

    /// What ends for those inside the boundary together, in a year: what is paid outside and ends, less rent lost. A sum
    /// beyond what an account can hold is not said.
    pub fn frees(&self) -> Option<Pence> {
        Pence::total([
            self.freed.with_use,
            self.freed.with_building,
            -self.freed.lost,
        ])
        .ok()
    }
}
