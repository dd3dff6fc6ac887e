//! Desks in use by day of the week, and who could share.

use super::building::{Occupier, Party};
use super::register::Premises;
use crate::money::Ratio;
use crate::register::RegisterError;

/// The days of the week, as registers write them.
pub const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Desks of a building on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DayUse {
    /// Which day: `mon`.
    pub day: &'static str,
    /// Desks in use by all teams of which somebody counted that day; `None` where nobody did.
    pub used: Option<u32>,
    /// Desks that are free; `None` where capacity or use is not known.
    pub free: Option<u32>,
}

/// A building in which a team would find a desk on each day on which it needs one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CouldShare {
    /// Code of the building.
    pub building: String,
    /// Its name.
    pub name: String,
    /// Name of its place.
    pub place: String,
    /// Whether it is in the place where the team is now.
    pub same_place: bool,
    /// Teams that would be together there: who they are.
    pub with: Vec<(String, Party)>,
    /// Desks that would be left on its fullest day.
    pub left: u32,
}

/// Desks in use on average over the days that somebody counted; `None` where nobody counted, or counted none.
pub(super) fn in_use<'a>(teams: impl Iterator<Item = &'a Occupier>) -> Option<Ratio> {
    let mut by_day: [Option<u32>; 7] = [None; 7];
    for team in teams {
        for (sum, desks) in by_day.iter_mut().zip(team.desks) {
            if let Some(desks) = desks {
                *sum = Some(sum.unwrap_or_default().saturating_add(desks));
            }
        }
    }
    let counted: Vec<u32> = by_day.into_iter().flatten().collect();
    let sum: u64 = counted.iter().map(|&desks| u64::from(desks)).sum();
    let average = Ratio::new(
        i128::from(sum),
        counted.len() as u128 + u128::from(counted.is_empty()),
    );
    Some(average).filter(|average| !average.is_zero())
}

impl Premises {
    /// Desks in use and free on each day of the week.
    ///
    /// A day is known where every team with a count of some day has one of this day: a team that nobody counted on a
    /// Friday may be there on Fridays.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Unknown`] for a building that there is not.
    pub fn by_day(&self, building: &str) -> Result<[DayUse; 7], RegisterError> {
        let number = self.number(building)?;
        let desks = self.find(building)?.desks;
        let mut days = DAYS.map(|day| DayUse {
            day,
            used: None,
            free: None,
        });
        for (at, day) in days.iter_mut().enumerate() {
            let counts = |team: &Occupier| team.desks.get(at).copied().flatten();
            let all_counted = self.teams(number).all(|team| counts(team).is_some());
            if !all_counted {
                continue;
            }
            let used = (self.teams(number).filter_map(counts)).fold(0, u32::saturating_add);
            day.used = Some(used);
            day.free = desks.map(|desks| desks.saturating_sub(used));
        }
        Ok(days)
    }

    /// Where a team could go: buildings with a free desk for it on every day on which it uses one.
    ///
    /// Only desks and days are looked at: a reception, a cell or a treatment room is more than a desk, and nobody can
    /// say from a register whether two teams may sit together. Nearest places first: its own, then the others in the
    /// order of the pack.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Unknown`] for a building or team that there is not.
    pub fn could_share(
        &self,
        building: &str,
        team: &str,
    ) -> Result<Vec<CouldShare>, RegisterError> {
        let number = self.number(building)?;
        let here = self.find(building)?;
        let team = self
            .teams(number)
            .find(|one| one.team == team)
            .ok_or_else(|| RegisterError::Unknown {
                what: "a team of that building",
                found: team.to_owned(),
                instead: crate::axis::Suggestions::of(
                    team,
                    self.teams(number).map(|one| one.team.as_str()),
                ),
            })?;
        let mut found = Vec::new();
        if team.desks.iter().all(Option::is_none) {
            return Ok(found);
        }
        let places = &self.place.axes().localities;
        for (at, other) in self
            .buildings
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != number)
        {
            let days = self.by_day(&other.code)?;
            let left: Option<Vec<u32>> = (days.iter().zip(team.desks))
                .filter(|(_, needed)| needed.is_some_and(|needed| needed > 0))
                .map(|(day, needed)| day.free?.checked_sub(needed?))
                .collect();
            let Some(left) = left.and_then(|left| left.into_iter().min()) else {
                continue;
            };
            found.push(CouldShare {
                building: other.code.clone(),
                name: other.name.clone(),
                place: places.name(other.place).to_owned(),
                same_place: other.place == here.place,
                with: (self.teams(at))
                    .map(|one| (one.team.clone(), one.who.clone()))
                    .collect(),
                left,
            });
        }
        found.sort_by_key(|one| !one.same_place);
        Ok(found)
    }

    /// Buildings in which teams of more than one body are together.
    #[must_use]
    pub fn shared(&self) -> Vec<(&str, Vec<&Occupier>)> {
        let buildings = self.buildings.iter().enumerate();
        let teams = buildings.map(|(number, building)| {
            let teams: Vec<&Occupier> = self.teams(number).collect();
            (building.code.as_str(), teams)
        });
        teams
            .filter(|(_, teams)| {
                let first = teams.first().map(|one| &one.who);
                teams.iter().any(|one| Some(&one.who) != first)
            })
            .collect()
    }
}
