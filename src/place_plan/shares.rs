//! Which part of a contribution is for which priority.

use super::contribution::Contribution;
use super::quantity::{Quantity, Units};
use super::standing::Standing;
use crate::finding::Position;
use crate::money::{MoneyError, Pence};
use jiff::civil::Date;

/// A part of a contribution that is for a priority.
#[derive(Clone, Debug)]
pub(super) struct Assigned {
    /// Its number among the priorities.
    pub priority: usize,
    /// How much of it; all of it where neither pounds nor units are said.
    pub pounds: Option<Pence>,
    pub units: Option<Units>,
    pub position: Position,
}

impl Assigned {
    pub(super) fn is_whole(&self) -> bool {
        self.pounds.is_none() && self.units.is_none()
    }
}

/// How a contribution is divided over priorities, and what is for none.
#[derive(Clone, Debug)]
pub(super) enum Shares {
    /// All of it is for one, or for none.
    Whole(Option<usize>),
    /// So many hundredths for each.
    Parts {
        priorities: Vec<usize>,
        pounds: Vec<u64>,
        units: Vec<u64>,
    },
}

/// Why a contribution cannot be divided like that.
pub(super) enum NotDivided {
    /// It is for several, and one of them has all of it.
    WholeForSeveral,
    /// More is assigned than there is: by so many pounds, where it is pounds.
    MoreThanThereIs(Option<Pence>),
}

impl Shares {
    /// The shares of a contribution by what is assigned of it.
    pub(super) fn of(
        contribution: &Contribution,
        assigned: &[Assigned],
    ) -> Result<Result<Self, NotDivided>, MoneyError> {
        match assigned {
            [] => return Ok(Ok(Self::Whole(None))),
            [one] if one.is_whole() => return Ok(Ok(Self::Whole(Some(one.priority)))),
            several if several.iter().any(Assigned::is_whole) => {
                return Ok(Err(NotDivided::WholeForSeveral));
            }
            _ => {}
        }
        let pounds = assigned.iter().map(|one| one.pounds.unwrap_or_default());
        let units = assigned.iter().map(|one| one.units.unwrap_or_default());
        let pounds = weights(&contribution.pounds(Date::MAX)?, pounds)?;
        let units = weights(&contribution.units(Date::MAX)?, units)?;
        Ok(match (pounds, units) {
            (Ok(pounds), Ok(units)) => Ok(Self::Parts {
                priorities: assigned.iter().map(|one| one.priority).collect(),
                pounds,
                units,
            }),
            (Err(more), _) => Err(NotDivided::MoreThanThereIs(Some(Pence::from_wide(more)?))),
            (_, Err(_)) => Err(NotDivided::MoreThanThereIs(None)),
        })
    }

    /// Whom each part is for, in the order of [`Shares::pounds`] and [`Shares::units`].
    pub(super) fn parts(&self) -> Vec<Option<usize>> {
        match self {
            Self::Whole(priority) => vec![*priority],
            Self::Parts { priorities, .. } => {
                let priorities = priorities.iter().map(|one| Some(*one));
                priorities.chain([None]).collect()
            }
        }
    }

    pub(super) fn pounds(
        &self,
        standing: Standing<Pence>,
    ) -> Result<Vec<Standing<Pence>>, MoneyError> {
        match self {
            Self::Whole(_) => Ok(vec![standing]),
            Self::Parts { pounds, .. } => divided(standing, pounds),
        }
    }

    pub(super) fn units(
        &self,
        standing: Standing<Units>,
    ) -> Result<Vec<Standing<Units>>, MoneyError> {
        match self {
            Self::Whole(_) => Ok(vec![standing]),
            Self::Parts { units, .. } => divided(standing, units),
        }
    }
}

/// What is assigned comes first, and is divided by what was assigned to each; the rest is last.
fn divided<Q: Quantity>(
    standing: Standing<Q>,
    weights: &[u64],
) -> Result<Vec<Standing<Q>>, MoneyError> {
    let assigned: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    let (assigned, rest) = standing.split_off(assigned)?;
    let mut parts = match assigned == Standing::default() {
        true => vec![Standing::default(); weights.len()],
        false => assigned.apportion(weights)?,
    };
    parts.push(rest);
    Ok(parts)
}

/// What is assigned in hundredths; or what is too much, of what was secured or came above it, and of a bid of what is
/// asked for.
fn weights<Q: Quantity>(
    standing: &Standing<Q>,
    assigned: impl Iterator<Item = Q>,
) -> Result<Result<Vec<u64>, i128>, MoneyError> {
    let assigned: Vec<i128> = assigned.map(Quantity::hundredths).collect();
    let secured = standing.secured()?.hundredths() + standing.above.hundredths();
    let there_is = match secured {
        0 => standing.asked.hundredths(),
        secured => secured,
    };
    let more = assigned.iter().sum::<i128>() - there_is;
    let weight = |one: i128| u64::try_from(one).unwrap_or(u64::MAX);
    Ok(match more > 0 {
        true => Err(more),
        false => Ok(assigned.into_iter().map(weight).collect()),
    })
}
