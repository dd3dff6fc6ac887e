//! What is on no member of an axis, and why.

use super::counted_lines::{CountedLines, Kind, Sum, gap};
use super::ledgers::held;
use super::share::Share;
use crate::account::PlaceAccount;
use crate::axis::{Gap, Placed};
use crate::crosswalk::Mixes;
use crate::money::Pence;
use serde::Serialize;
use std::collections::BTreeMap;

/// What of one ledger is on no member of one axis.
///
/// Pounds are added up without signs, so that payments and credits do not cancel out. Lines that
/// finer ones replace are left out. A line that is divided between activities and a gap is in that
/// gap with its share of the pounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Unplaced {
    /// Code of the ledger.
    pub ledger: String,
    /// The axis.
    pub axis: &'static str,
    /// The part of the pounds on no member, for whatever reason.
    pub pounds: Share,
    /// The part of the lines on no member.
    pub lines: Share,
    /// The part of the pounds under a code that no crosswalk row knows.
    pub unmapped_pounds: Share,
    /// The part of the lines under one.
    pub unmapped_lines: Share,
    /// Each reason, most pounds first.
    pub gaps: Vec<InGap>,
    #[serde(skip)]
    pub(super) sums: [u128; 2],
}

/// What is in one gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InGap {
    /// The reason.
    pub gap: Gap,
    /// How many lines.
    pub lines: u64,
    /// Their pence, without signs.
    pub pence: Pence,
    /// Their part of the pounds.
    pub pounds: Share,
}

/// The axes on which every line has a place, or a reason why none.
pub(super) const AXES: [&str; 6] = ["activity", "ages", "group", "locality", "partner", "period"];

/// Each ledger and axis.
pub(super) fn unplaced(account: &PlaceAccount, counted: &CountedLines) -> Vec<Unplaced> {
    let mixes = account.place().mixes();
    let mut all = Vec::new();
    for (mapped, kinds) in account.ledgers().iter().zip(&counted.0) {
        let mut whole = Sum::default();
        kinds.values().for_each(|&sum| whole.add(sum));
        for axis in AXES {
            let mut gaps: BTreeMap<Gap, Sum> = BTreeMap::new();
            for (kind, &sum) in kinds {
                for (gap, part) in in_gaps(axis, kind, sum, mixes) {
                    gaps.entry(gap).or_default().add(part);
                }
            }
            all.push(of(mapped.ledger().id(), axis, whole, gaps));
        }
    }
    all
}

fn of(ledger: &str, axis: &'static str, whole: Sum, gaps: BTreeMap<Gap, Sum>) -> Unplaced {
    let pounds = |part: u128| Share::new(part, whole.absolute);
    let lines = |part: u64| Share::new(part.into(), whole.lines.into());
    let mut all = Sum::default();
    gaps.values().for_each(|&sum| all.add(sum));
    let unmapped = gaps.get(&Gap::Unmapped).copied().unwrap_or_default();
    let mut in_gap: Vec<(Gap, Sum)> = gaps.into_iter().collect();
    in_gap.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.absolute));
    Unplaced {
        ledger: ledger.to_owned(),
        axis,
        pounds: pounds(all.absolute),
        lines: lines(all.lines.min(whole.lines)),
        unmapped_pounds: pounds(unmapped.absolute),
        unmapped_lines: lines(unmapped.lines),
        gaps: (in_gap.into_iter())
            .map(|(gap, sum)| InGap {
                gap,
                lines: sum.lines,
                pence: held(i128::try_from(sum.absolute).unwrap_or(i128::MAX)),
                pounds: pounds(sum.absolute),
            })
            .collect(),
        sums: [all.absolute, whole.absolute],
    }
}

/// The gaps of an axis that some lines are in, with their part of the pounds.
fn in_gaps(axis: &str, kind: &Kind, sum: Sum, mixes: &Mixes) -> Vec<(Gap, Sum)> {
    let whole = |gap: Option<Gap>| gap.map(|gap| (gap, sum)).into_iter().collect();
    match axis {
        "ages" => whole(kind.ages),
        "group" => whole(kind.group),
        "locality" => whole(kind.locality),
        "partner" => whole(gap(kind.partner)),
        "period" => whole(gap(kind.period)),
        _ => {
            let mix = mixes.get(kind.mix);
            let gaps = mix.parts.iter().filter_map(|(place, weight)| match place {
                Placed::Gap(gap) => Some((*gap, *weight)),
                Placed::On(_) => None,
            });
            let part = |weight: u64| Sum {
                lines: sum.lines,
                absolute: sum.absolute * u128::from(weight) / u128::from(mix.whole.max(1)),
            };
            gaps.map(|(gap, weight)| (gap, part(weight))).collect()
        }
    }
}
