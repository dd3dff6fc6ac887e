//! Records that a question cannot tell apart, added up before they are divided.
//!
//! Ledgers repeat themselves month after month, and most questions ask for whole years: a record
//! of each month divides like that of the next. Dividing their sum once gives the same pieces.

use super::Cell;
use super::slice::Slice;
use crate::axis::{Period, Placed};
use crate::counterparty::FlowId;
use crate::crosswalk::Coding;
use crate::cube::{Cube, Record};
use crate::driver::SharingRule;
use crate::money::{Pence, assert_conserved};

/// Records of the phase that a question divides alike.
#[derive(Clone, Debug)]
pub(super) struct Alike {
    /// The place of one of them, the sum of all, and the lines of those that are not zero.
    pub record: Record,
    /// The lines of those that are zero.
    pub zero_lines: u64,
}

/// The records of a phase, as far as a question can tell them apart.
#[derive(Clone, Debug)]
pub(super) struct OfPhase {
    pub records: Vec<Alike>,
    /// The sum of the phase.
    pub whole: i128,
    /// The sum of all others.
    pub other_phases: i128,
}

/// What of a record's time and tags a question can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    time: Time,
    /// A bit for each sharing rule that asks for a period and gets it.
    rules: u64,
    tagged: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Time {
    /// Wholly in the slice, and in one year of it when the question drills by years.
    Inside(Cell),
    Outside,
    /// Anything else; only the same time is the same.
    As(Placed<Period>),
}

/// The records of the phase, those added up that the question cannot tell apart.
///
/// Records stand in the order of their places, with time after everything that decides how a
/// record divides, so that those which may be alike stand together.
pub(super) fn alike(cube: &Cube, slice: &Slice, years: Option<&[Period]>) -> OfPhase {
    let by_period: Vec<&SharingRule> = (cube.sharing().rules().iter())
        .filter(|rule| rule.period.is_some())
        .collect();
    let mut all: Vec<(Seen, Alike)> = Vec::new();
    let mut run = 0;
    let (mut whole, mut other_phases) = (0i128, 0i128);
    for record in cube.records().iter() {
        let coding = &record.coding;
        if coding.phase != slice.phase {
            other_phases += i128::from(record.pence.get());
            continue;
        }
        whole += i128::from(record.pence.get());
        if (all.last()).is_some_and(|(_, last)| !divides_alike(&last.record.coding, coding)) {
            run = all.len();
        }
        let seen = Seen {
            time: match coding.flow {
                FlowId::NONE => time(coding.period, slice, years, by_period.len()),
                // What a payment is depends on how far the ledgers of both partners go.
                _ => Time::As(coding.period),
            },
            rules: rules(coding.period, &by_period),
            tagged: slice.tag.is_some_and(|tag| coding.tags.has(tag)),
        };
        let (lines, zero_lines) = match record.pence {
            Pence::ZERO => (0, record.lines),
            _ => (record.lines, 0),
        };
        let known = all[run..]
            .iter_mut()
            .find(|(other, _)| *other == seen)
            .and_then(|(_, known)| {
                let sum = known.record.pence.get().checked_add(record.pence.get())?;
                Some((known, sum))
            });
        match known {
            Some((known, sum)) => {
                known.record.pence = Pence::new(sum);
                known.record.lines += lines;
                known.zero_lines += zero_lines;
            }
            None => all.push((
                seen,
                Alike {
                    record: Record { lines, ..record },
                    zero_lines,
                },
            )),
        }
    }
    let records: Vec<Alike> = all.into_iter().map(|(_, alike)| alike).collect();
    let kept = records
        .iter()
        .map(|alike| i128::from(alike.record.pence.get()));
    assert_conserved("adding up records alike", whole, kept.sum());
    OfPhase {
        records,
        whole,
        other_phases,
    }
}

/// Whether two places differ in time, phase or tags only. Most neighbours do, so everything is
/// compared; what differs first in the order of records comes last.
fn divides_alike(one: &Coding, other: &Coding) -> bool {
    one.flexibility == other.flexibility
        && one.flow == other.flow
        && one.resource == other.resource
        && one.locality == other.locality
        && one.group == other.group
        && one.ages == other.ages
        && one.activity == other.activity
        && one.partner == other.partner
}

fn time(
    period: Placed<Period>,
    slice: &Slice,
    years: Option<&[Period]>,
    rules_by_period: usize,
) -> Time {
    let Placed::On(found) = period else {
        return Time::As(period);
    };
    if rules_by_period > u64::BITS as usize {
        return Time::As(period);
    }
    if found.intersection(slice.period).is_none() {
        return Time::Outside;
    }
    if !slice.period.contains(found) {
        return Time::As(period);
    }
    match years {
        None => Time::Inside(0),
        Some(years) => (0..)
            .zip(years)
            .find(|(_, year)| year.contains(found))
            .map_or(Time::As(period), |(cell, _)| Time::Inside(cell)),
    }
}

fn rules(period: Placed<Period>, by_period: &[&SharingRule]) -> u64 {
    let takes = |rule: &SharingRule| match (rule.period, period) {
        (Some(wanted), Placed::On(found)) => wanted.contains(found),
        _ => false,
    };
    (0..u64::BITS)
        .zip(by_period)
        .filter(|(_, rule)| takes(rule))
        .fold(0, |bits, (bit, _)| bits | 1 << bit)
}
