//! What is recorded of a partner of whom a slice shows nothing.
//!
//! A partner that spent £500.00 in Wem has no row in an account of Ludlow. Whoever says "nothing of it is
//! recorded" says what is not so. One walk along the records tells of each such partner what there is:
//!
//! | What is recorded of it | What is said |
//! |---|---|
//! | in the period and phase, in another place | £500.00 is recorded in Wem |
//! | in this place, for other activities or people | £500.00 is recorded in Ludlow for other activities or people |
//! | in this place, and not its spending, as what partners pay each other is | £500.00 is recorded in Ludlow and is not counted as its spending |
//! | without a place, or without a period | £500.00 is recorded without a place |
//! | in kind | £500.00 is recorded in kind |
//! | in another phase or period only | there are lines of 2012-13 (outturn), of 2013-14 (budget) |
//! | outside the boundary | it is outside the boundary |

use super::plan::{Plan, Slice};
use crate::axis::{LocalityId, MemberId, Months, Period, Phase, Placed, Resource};
use crate::cube::parts::{Matter, Region, coding};
use crate::money::Pence;
use crate::place::Place;
use crate::text::list;
use std::collections::BTreeMap;

/// What is recorded of a partner of whom a slice shows nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whereabouts {
    outside: bool,
    /// Of the period and phase, by where it lies; the most money first where that is a place.
    sums: Vec<(Lies, Sum)>,
    /// Months of its lines, where none is of the period and phase.
    other: BTreeMap<Phase, Months>,
}

/// The money of some records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    pence: i128,
    /// Whether some of it is of a longer period than was asked for: then the sum says nothing.
    of_longer: bool,
}

/// Where the money of a record lies, seen from the slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lies {
    Elsewhere(LocalityId),
    ForOthers,
    NotCounted,
    WithoutPlace,
    WithoutPeriod,
    InOtherResource(Resource),
}

/// What is recorded of partners of whom a plan shows nothing, in their order: one walk along all
/// records.
pub(crate) fn whereabouts(plan: &Plan<'_>, of: &[MemberId]) -> Vec<Whereabouts> {
    let records = plan.cube.records();
    let slice = &plan.slice;
    let mut numbers: Vec<Option<usize>> = vec![None; plan.cube.place().axes().partners.len()];
    for (number, partner) in of.iter().enumerate() {
        numbers[partner.0 as usize] = Some(number);
    }
    let number_of = |matter: &Matter| {
        let partner = matter.partner.member()?;
        (matter.phase == slice.phase).then_some(numbers[partner.0 as usize]?)
    };
    let matters: Vec<Option<usize>> = records.parts.matters.iter().map(number_of).collect();
    let mut sums: Vec<BTreeMap<Lies, Sum>> = vec![BTreeMap::new(); of.len()];
    for (region_number, region) in records.parts.regions.iter().enumerate() {
        for record in records.of_region(region_number) {
            let matter = records.matters[record] as usize;
            let Some(partner) = matters[matter] else {
                continue;
            };
            let (matter, period) = (
                &records.parts.matters[matter],
                records.parts.periods[usize::from(records.periods[record])],
            );
            let lies = match period {
                Placed::On(period) if period.intersection(slice.period).is_none() => continue,
                Placed::On(_) => lies(plan, region, matter, period),
                Placed::Gap(_) => Lies::WithoutPeriod,
            };
            let sum = sums[partner].entry(lies).or_default();
            sum.pence += i128::from(records.pence[record]);
            sum.of_longer |= period.member().is_some_and(|of| !slice.period.contains(of));
        }
    }
    let found = |(&partner, sums): (&MemberId, BTreeMap<Lies, Sum>)| {
        let mut sums: Vec<(Lies, Sum)> = sums.into_iter().collect();
        sums.sort_by_key(|(lies, sum)| match lies {
            Lies::Elsewhere(_) => (0, -sum.pence.abs()),
            _ => (1, 0),
        });
        Whereabouts {
            outside: !slice.inside.contains(partner),
            other: if sums.is_empty() {
                other_months(plan, partner)
            } else {
                BTreeMap::new()
            },
            sums,
        }
    };
    of.iter().zip(sums).map(found).collect()
}

/// Where the money of a record lies that is of the period and phase.
fn lies(plan: &Plan<'_>, region: &Region, matter: &Matter, period: Placed<Period>) -> Lies {
    let (place, slice) = (plan.cube.place(), &plan.slice);
    if matter.resource != slice.resource {
        return Lies::InOtherResource(matter.resource);
    }
    match region.locality {
        Placed::Gap(_) if slice.leaves.is_some() => return Lies::WithoutPlace,
        Placed::On(locality) if !is_here(slice, place, locality) => {
            return Lies::Elsewhere(locality);
        }
        _ => {}
    }
    let flow = place.counterparties().flows().get(matter.flow);
    let stands = (plan.standings()).of(&coding(*region, *matter, period), flow);
    if stands.iter().any(|stand| stand.standing.counts()) {
        Lies::ForOthers
    } else {
        Lies::NotCounted
    }
}

fn is_here(slice: &Slice, place: &Place, locality: LocalityId) -> bool {
    let leaves = place.axes().localities.leaves(locality);
    (slice.leaves.as_ref()).is_none_or(|here| here.contains(leaves))
}

/// Of which months there are lines of a partner, by phase.
fn other_months(plan: &Plan<'_>, partner: MemberId) -> BTreeMap<Phase, Months> {
    let mut other: BTreeMap<Phase, Months> = BTreeMap::new();
    let own = (plan.cube.recorded_months().ledgers())
        .filter(|of| of.partner == Placed::On(partner) && !of.months.is_empty());
    for of in own {
        other.entry(of.phase).or_default().add_all(of.months);
    }
    other
}

impl Whereabouts {
    /// Whether the partner is outside the boundary.
    pub(crate) fn is_outside(&self) -> bool {
        self.outside
    }

    /// What there is, in words that go on after a colon or semicolon; `here` is the place of the
    /// slice. Nothing where nothing is recorded.
    pub(crate) fn in_words(&self, here: &str, place: &Place) -> Option<String> {
        /// So many places, and spans of months, are told one by one.
        const TOLD: usize = 3;
        let mut said = Vec::new();
        if self.outside {
            said.push("it is outside the boundary".to_owned());
        }
        let elsewhere = |(lies, _): &&(Lies, Sum)| matches!(lies, Lies::Elsewhere(_));
        let places = self.sums.iter().filter(elsewhere).count();
        for (lies, sum) in self.sums.iter().take(TOLD.min(places)) {
            said.push(format!("{sum} is recorded {}", lies.in_words(here, place)));
        }
        if places > TOLD {
            let more = crate::text::counted(places - TOLD, "more place");
            said.push(format!("money is recorded in {more}"));
        }
        for (lies, sum) in self.sums.iter().skip(places) {
            said.push(format!("{sum} is recorded {}", lies.in_words(here, place)));
        }
        let other = self.other.iter().map(|(phase, months)| {
            let told = &months.spans()[..months.spans().len().min(TOLD)];
            let spans = list(told, months.spans().len() - told.len());
            format!("of {spans} ({phase})")
        });
        let other: Vec<String> = other.collect();
        if !other.is_empty() {
            said.push(format!("there are lines {}", other.join(", ")));
        }
        (!said.is_empty()).then(|| said.join("; "))
    }
}

impl Lies {
    fn in_words(self, here: &str, place: &Place) -> String {
        match self {
            Self::Elsewhere(locality) => {
                format!("in {}", place.axes().localities.name(locality))
            }
            Self::ForOthers => format!("in {here} for other activities or people"),
            Self::NotCounted => format!("in {here} and is not counted as its spending"),
            Self::WithoutPlace => "without a place".to_owned(),
            Self::WithoutPeriod => "without a period".to_owned(),
            Self::InOtherResource(Resource::Cash) => "in cash".to_owned(),
            Self::InOtherResource(resource) => format!("in kind ({resource})"),
        }
    }
}

impl std::fmt::Display for Sum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match Pence::from_wide(self.pence) {
            Ok(pence) if !self.of_longer => pence.fmt(f),
            _ => f.pad("money of a longer period"),
        }
    }
}
