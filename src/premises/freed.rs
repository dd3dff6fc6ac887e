//! What giving up a building frees, and when.

use super::building::{Building, Ends, Tenure};
use super::register::Premises;
use crate::account::Boundary;
use crate::axis::Period;
use crate::money::Pence;
use crate::register::RegisterError;
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;

/// From when on a building can be given up, and what holds it until then.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LetGo {
    /// From this day on, for this reason.
    From(Date, Hold),
    /// Nobody can say: what would have to be known.
    NotKnown(&'static str),
}

/// What holds a building.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hold {
    /// Nothing: it is its owner's.
    Nothing,
    /// The lease runs to its end.
    LeaseEnd,
    /// The lease may be ended at a break, with notice.
    Break,
    /// Notice of a licence.
    Notice,
    /// Something else, in words: a covenant, the condition of a grant.
    Lock(String),
}

impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.pad("nothing holds it"),
            Self::LeaseEnd => f.pad("the lease runs until then"),
            Self::Break => f.pad("the lease can be broken then, with notice"),
            Self::Notice => f.pad("notice of the licence"),
            Self::Lock(why) => f.pad(why),
        }
    }
}

impl fmt::Display for LetGo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::From(day, hold) => write!(f, "{day}: {hold}"),
            Self::NotKnown(what) => write!(f, "not known: {what}"),
        }
    }
}

/// What giving up a building, or passing it to a community body, frees for those inside a boundary: a year's sums.
///
/// **Invariant:** with use + with building + never - lost = the building's net cost of the year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Freed {
    /// Code of the building.
    pub building: String,
    /// When everybody was told to go.
    pub decided: Date,
    /// Ends when nobody is in it any more.
    pub with_use: Pence,
    /// Ends when it is given up.
    pub with_building: Pence,
    /// Does not end.
    pub never: Pence,
    /// Rent from outsiders that is lost.
    pub lost: Pence,
    /// Rent between insiders: it ends, and frees nothing for them together.
    pub between: Pence,
    /// From when on it can be given up.
    pub let_go: LetGo,
    /// Teams that need another place, with their desks on their fullest day.
    pub teams: Vec<(String, Option<u32>)>,
}

impl Premises {
    /// What giving up a building frees, by the costs of a year, if that is decided on a day.
    ///
    /// A building that passes to a community body frees the same for the insiders while that body is outside; inside,
    /// its costs stay, and only who bears them changes: ask with the boundary that you mean.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Unknown`] for a building that there is not; [`RegisterError::Axis`] for a boundary that is
    /// none.
    pub fn freed(
        &self,
        building: &str,
        decided: Date,
        year: Period,
        boundary: &Boundary,
    ) -> Result<Freed, RegisterError> {
        let number = self.number(building)?;
        let insiders = boundary.inside(&self.place)?;
        let mut ends: [Vec<Pence>; 3] = Default::default();
        let [with_use, with_building, never] = &mut ends;
        let (mut lost, mut between) = (Vec::new(), Vec::new());
        let costs = self.costs.iter();
        for cost in costs.filter(|cost| cost.building == number && cost.year == year) {
            let sides = (
                cost.payer.is_inside(&insiders),
                cost.payee.is_inside(&insiders),
            );
            match (sides, cost.ends) {
                ((true, false), Ends::WithUse) => with_use.push(cost.pence),
                ((true, false), Ends::WithBuilding) => with_building.push(cost.pence),
                ((true, false), Ends::Never) => never.push(cost.pence),
                ((false, true), _) => lost.push(cost.pence),
                ((true, true), _) => between.push(cost.pence),
                ((false, false), _) => {}
            }
        }
        let [with_use, with_building, never] = ends;
        Ok(Freed {
            building: building.to_owned(),
            decided,
            with_use: Pence::total(with_use)?,
            with_building: Pence::total(with_building)?,
            never: Pence::total(never)?,
            lost: Pence::total(lost)?,
            between: Pence::total(between)?,
            let_go: self.find(building)?.let_go(decided),
            teams: (self.teams(number))
                .map(|team| {
                    let most = team.desks.iter().flatten().max();
                    (team.team.clone(), most.copied())
                })
                .collect(),
        })
    }
}

impl Building {
    /// From when on it can be given up, if that is decided on a day.
    ///
    /// A lease binds to its end, or to its break with the notice that it asks for; a licence binds for its notice; what
    /// is owned binds nobody. A lock that lasts longer binds instead.
    #[must_use]
    pub fn let_go(&self, decided: Date) -> LetGo {
        let after_notice = |months: u32| decided.checked_add(i64::from(months).months()).ok();
        let free = match (self.tenure, self.lease_end) {
            (None, _) => LetGo::NotKnown("nobody wrote how it is held"),
            (Some(Tenure::Freehold), _) => LetGo::From(decided, Hold::Nothing),
            (Some(Tenure::Licence), _) => match self.notice_months.and_then(after_notice) {
                Some(day) => LetGo::From(day, Hold::Notice),
                None => LetGo::NotKnown("nobody wrote the notice of its licence"),
            },
            (Some(Tenure::Leasehold), None) => LetGo::NotKnown("nobody wrote when its lease ends"),
            (Some(Tenure::Leasehold), Some(end)) => {
                let told = self.notice_months.and_then(after_notice);
                let broken = self.break_on.zip(told).map(|(day, told)| day.max(told));
                match broken.filter(|day| *day < end) {
                    Some(day) => LetGo::From(day, Hold::Break),
                    None => LetGo::From(end.max(decided), Hold::LeaseEnd),
                }
            }
        };
        match (free, &self.lock) {
            (LetGo::From(day, _), Some((until, why))) if *until > day => {
                LetGo::From(*until, Hold::Lock(why.clone()))
            }
            (free, _) => free,
        }
    }
}
