//! What each axis says of money, worked out once more and plainly.
//!
//! The quick way asks `plan::rules`, which decide by ranges of numbers and by whole intervals. Here a
//! branch is climbed member by member, and a time is counted day by day. Only the sharing of a region
//! is one rule for both (`plan::region`): it is the formula of sharing itself, and `tests/spend/oracle`
//! works it out from the files of a place, without this crate.

use crate::account::Standing;
use crate::axis::{Gap, MemberId, Period, Placed, Resource, Tree};
use crate::crosswalk::TagSet;
use crate::cube::ask::close::NotCounted;
use crate::cube::ask::plan::{Cell, Fate, Memorandum, Slice, TimeCell, Times};
use crate::money::Exact;
use std::collections::BTreeMap;

/// Whether the partner is asked for, and its row.
pub fn partner(partner: Placed<MemberId>, slice: &Slice, drilled: bool) -> (Fate, Cell) {
    let nobody_is_left_out = slice.partners.is_none() && slice.inside.is_everybody();
    match partner {
        Placed::On(member) => {
            let asked = match &slice.partners {
                None => true,
                Some(asked) => asked.contains(&member),
            };
            let fate = if asked { Fate::In } else { Fate::Out };
            (fate, cell(drilled, Cell::member(member.0)))
        }
        Placed::Gap(gap) if nobody_is_left_out => (Fate::In, cell(drilled, Cell::gap(gap))),
        Placed::Gap(gap) => (Fate::Unknown(gap), Cell::gap(gap)),
    }
}

fn cell(drilled: bool, cell: Cell) -> Cell {
    if drilled { cell } else { Cell::WHOLE }
}

/// Whether money of these tags has the one that is asked for.
pub fn tag(tags: TagSet, slice: &Slice) -> Fate {
    match slice.tag {
        None => Fate::In,
        Some(asked) if tags.has(asked) => Fate::In,
        Some(_) => Fate::Out,
    }
}

/// Whether an activity is asked for, and its row. Of money that is recorded above what is asked for
/// nobody can say.
pub fn activity(
    activity: Placed<MemberId>,
    slice: &Slice,
    level: Option<&Option<String>>,
    tree: &Tree,
) -> (Fate, Cell) {
    let asked = slice.activities.as_deref();
    let activity = match activity {
        Placed::On(activity) => activity,
        Placed::Gap(gap) => {
            let fate = if asked.is_some() {
                Fate::Unknown(gap)
            } else {
                Fate::In
            };
            return (fate, cell(level.is_some(), Cell::gap(gap)));
        }
    };
    let fate = match asked {
        None => Fate::In,
        Some(asked) if asked.iter().any(|top| is_under(tree, activity, *top)) => Fate::In,
        Some(asked) if asked.iter().any(|low| is_under(tree, *low, activity)) => {
            Fate::Unknown(Gap::NotDisaggregated)
        }
        Some(_) => Fate::Out,
    };
    let row = match level {
        Some(Some(level)) => up(tree, activity)
            .find(|member| tree.get(*member).level == *level)
            .unwrap_or(activity),
        _ => activity,
    };
    (fate, cell(level.is_some(), Cell::member(row.0)))
}

/// A member and all above it.
fn up(tree: &Tree, member: MemberId) -> impl Iterator<Item = MemberId> {
    std::iter::successors(Some(member), |member| tree.parent(*member))
}

fn is_under(tree: &Tree, lower: MemberId, upper: MemberId) -> bool {
    up(tree, lower).any(|member| member == upper)
}

/// The days of a time, by where they lie.
pub struct Days {
    /// Fate, year and days.
    pub pieces: Vec<(Fate, Cell, u32)>,
    pub whole: u32,
}

/// Counts the days of a time one after another.
pub fn days(period: Placed<Period>, slice: &Slice, times: Option<&Times>) -> Days {
    let period = match period {
        Placed::On(period) => period,
        Placed::Gap(gap) => {
            return Days {
                pieces: vec![(Fate::Unknown(gap), Cell::gap(gap), 1)],
                whole: 1,
            };
        }
    };
    let mut counted: BTreeMap<(Fate, Cell), u32> = BTreeMap::new();
    let mut whole = 0;
    let last = period.last_day();
    let mut day = Some(period.first_day());
    while let Some(today) = day.filter(|day| *day <= last) {
        let within = |period: &Period| period.first_day() <= today && today <= period.last_day();
        let place = if within(&slice.period) {
            let cell = match times {
                None => Cell::WHOLE,
                Some(times) if times.share_by_days() => {
                    let year = times.spans().iter().position(within);
                    let year = year.and_then(|year| u32::try_from(year).ok());
                    year.map_or(Cell::WHOLE, Cell::member)
                }
                Some(times) => own_cell(period, times),
            };
            (Fate::In, cell)
        } else {
            (Fate::Out, Cell::WHOLE)
        };
        *counted.entry(place).or_default() += 1;
        whole += 1;
        day = today.tomorrow().ok();
    }
    let pieces = counted.into_iter();
    Days {
        pieces: pieces
            .map(|((fate, cell), days)| (fate, cell, days))
            .collect(),
        whole,
    }
}

/// The row of a time of which no part goes into another: that of the month in which all its days lie, else one
/// that says this time itself.
fn own_cell(period: Period, times: &Times) -> Cell {
    for number in 0.. {
        match times.at(number) {
            Some(TimeCell::Span(span)) => {
                let starts = span.first_day() <= period.first_day();
                if starts && period.last_day() <= span.last_day() {
                    return Cell::member(number);
                }
            }
            Some(TimeCell::Whole(time)) if time == period => return Cell::member(number),
            Some(TimeCell::Whole(_)) => {}
            None => break,
        }
    }
    Cell::REST
}

/// Whether money of a standing is in the total of the boundary.
pub fn is_in_total(standing: Standing) -> bool {
    match standing {
        Standing::Spent | Standing::Outgoing | Standing::Unheld | Standing::EliminatedByReceipt => {
            true
        }
        Standing::Eliminated
        | Standing::Mirror
        | Standing::Agency
        | Standing::Incoming
        | Standing::OtherResource
        | Standing::Outside => false,
    }
}

/// Whether money of a standing shows in any figure.
pub fn is_shown(standing: Standing, resource: Resource) -> bool {
    is_in_total(standing) || shown_beside(standing, resource).is_some()
}

/// As it stands in the ledger, or with the sign turned: receipts are negative there.
pub enum Money {
    AsRecorded,
    Received,
}

impl Money {
    pub fn of(&self, sum: &Exact) -> Exact {
        match self {
            Self::AsRecorded => sum.clone(),
            Self::Received => sum.negated(),
        }
    }
}

/// What money of a standing is beside the total, if it is shown there. Beside what is given in kind no
/// cash is shown.
pub fn shown_beside(standing: Standing, resource: Resource) -> Option<(Memorandum, Money)> {
    match standing {
        Standing::Eliminated => Some((Memorandum::Eliminated, Money::AsRecorded)),
        Standing::EliminatedByReceipt => Some((Memorandum::Eliminated, Money::Received)),
        Standing::Incoming => Some((Memorandum::Incoming, Money::Received)),
        Standing::Agency => Some((Memorandum::Agency, Money::AsRecorded)),
        Standing::OtherResource if resource != Resource::Cash => None,
        Standing::OtherResource => Some((Memorandum::InKind, Money::AsRecorded)),
        Standing::Outgoing => Some((Memorandum::Outgoing, Money::AsRecorded)),
        Standing::Unheld => Some((Memorandum::Unheld, Money::AsRecorded)),
        Standing::Spent | Standing::Mirror | Standing::Outside => None,
    }
}

/// Why money of a standing is not in the total; nothing for what is.
pub fn why_not_counted(standing: Standing) -> Option<NotCounted> {
    match standing {
        Standing::Outside => Some(NotCounted::Outside),
        Standing::Eliminated => Some(NotCounted::Eliminated),
        Standing::Mirror => Some(NotCounted::Mirror),
        Standing::Agency => Some(NotCounted::Agency),
        Standing::Incoming => Some(NotCounted::Incoming),
        Standing::OtherResource => Some(NotCounted::OtherResource),
        Standing::Spent | Standing::Outgoing | Standing::Unheld | Standing::EliminatedByReceipt => {
            None
        }
    }
}
