//! Records: the sums of the account as a struct of arrays.
//!
//! A place on all axes falls into three parts, each numbered once:
//!
//! | Part | Axes | What a question decides by it |
//! |---|---|---|
//! | [`Region`] | locality, ages, group | which share lies in the slice |
//! | [`Matter`] | phase, resource, activity, partner, flow, flexibility, tags | whose money it is, what for, by which driver |
//! | period | | which days lie in the slice |
//!
//! A record is one number of each, and a sum: 18 bytes. Regions stand together, so that a question
//! never walks those that it cuts away.
//!
//! **Invariant:** regions, matters and periods are in order and each is used; so are the records.

use super::CubeError;
use crate::account::Held;
use crate::axis::{Ages, Flexibility, LocalityId, MemberId, Period, Phase, Placed, Resource};
use crate::counterparty::FlowId;
use crate::crosswalk::{Coding, MixId, TagSet};
use crate::money::{MoneyError, Pence};
use crate::place::Place;
use jiff::civil::Date;
use std::ops::Range;

/// The sum of all lines with the same place on every axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The place.
    pub coding: Coding,
    /// The sum.
    pub pence: Pence,
    /// How many lines.
    pub lines: u64,
}

/// Where and whom money is for: what is divided by a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Region {
    pub(super) locality: Placed<LocalityId>,
    pub(super) ages: Placed<Ages>,
    pub(super) group: Placed<MemberId>,
}

/// Everything else of a place but its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Matter {
    pub(super) phase: Phase,
    pub(super) resource: Resource,
    pub(super) activity: MixId,
    pub(super) partner: Placed<MemberId>,
    pub(super) flow: FlowId,
    pub(super) flexibility: Flexibility,
    pub(super) tags: TagSet,
}

/// The three parts of a place.
pub(super) fn parts(coding: &Coding) -> (Region, Matter, Placed<Period>) {
    (
        Region {
            locality: coding.locality,
            ages: coding.ages,
            group: coding.group,
        },
        Matter {
            phase: coding.phase,
            resource: coding.resource,
            activity: coding.activity,
            partner: coding.partner,
            flow: coding.flow,
            flexibility: coding.flexibility,
            tags: coding.tags,
        },
        coding.period,
    )
}

/// The place of three parts.
pub(super) fn coding(region: Region, matter: Matter, period: Placed<Period>) -> Coding {
    Coding {
        locality: region.locality,
        ages: region.ages,
        group: region.group,
        phase: matter.phase,
        resource: matter.resource,
        activity: matter.activity,
        partner: matter.partner,
        flow: matter.flow,
        flexibility: matter.flexibility,
        tags: matter.tags,
        period,
    }
}

/// The parts of places that occur, each in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) regions: Vec<Region>,
    pub(super) matters: Vec<Matter>,
    pub(super) periods: Vec<Placed<Period>>,
}

/// How a place is one number, in as few bits as there are parts: region above matter above period,
/// so that the order of numbers is the order of places; or with period above matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    region: u32,
    matter: Field,
    period: Field,
}

/// Some bits of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Field {
    shift: u32,
    mask: u64,
}

impl Field {
    fn of(self, key: u64) -> u64 {
        (key >> self.shift) & self.mask
    }
}

impl Layout {
    /// Periods within matters.
    pub(super) fn of(parts: &Parts) -> Self {
        let [matter, period] = Self::bits(parts);
        Self::new((matter, period), (period, 0))
    }

    /// Matters within periods.
    pub(super) fn by_period(parts: &Parts) -> Self {
        let [matter, period] = Self::bits(parts);
        Self::new((matter, 0), (period, matter))
    }

    fn bits(parts: &Parts) -> [u32; 2] {
        [parts.matters.len(), parts.periods.len()]
            .map(|count| usize::BITS - count.saturating_sub(1).leading_zeros())
    }

    /// Bits and shift of matters, bits and shift of periods.
    fn new((matter, shift): (u32, u32), (period, period_shift): (u32, u32)) -> Self {
        let field = |bits: u32, shift| Field {
            shift,
            mask: (1 << bits) - 1,
        };
        Self {
            region: matter + period,
            matter: field(matter, shift),
            period: field(period, period_shift),
        }
    }

    pub(super) fn key(self, region: u32, matter: u32, period: u32) -> u64 {
        u64::from(region) << self.region
            | u64::from(matter) << self.matter.shift
            | u64::from(period) << self.period.shift
    }

    pub(super) fn region(self, key: u64) -> usize {
        (key >> self.region) as usize
    }

    pub(super) fn matter(self, key: u64) -> u32 {
        self.matter.of(key) as u32
    }

    pub(super) fn period(self, key: u64) -> u16 {
        self.period.of(key) as u16
    }
}

/// The records of a cube, in the order of their places.
///
/// 18 bytes a record, beside the parts of places, of which there are far fewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    pub(super) parts: Parts,
    /// The records of region `i` are `starts[i]..starts[i + 1]`.
    starts: Vec<usize>,
    pub(super) matters: Vec<u32>,
    pub(super) periods: Vec<u16>,
    pub(super) pence: Vec<i64>,
    pub(super) lines: Vec<u32>,
}

impl Records {
    /// Records from keys in order, each once, over parts that are all used.
    pub(super) fn of(
        parts: Parts,
        keys: impl ExactSizeIterator<Item = u64>,
        pence: Vec<i64>,
        lines: Vec<u32>,
    ) -> Self {
        let layout = Layout::of(&parts);
        Self::laid_out(layout, parts, keys, pence, lines)
    }

    /// The same from keys of any layout.
    pub(super) fn laid_out(
        layout: Layout,
        parts: Parts,
        keys: impl ExactSizeIterator<Item = u64>,
        pence: Vec<i64>,
        lines: Vec<u32>,
    ) -> Self {
        let mut records = Self {
            starts: Vec::with_capacity(parts.regions.len() + 1),
            matters: Vec::with_capacity(keys.len()),
            periods: Vec::with_capacity(keys.len()),
            pence,
            lines,
            parts,
        };
        for (number, key) in keys.enumerate() {
            let region = layout.region(key);
            while records.starts.len() <= region {
                records.starts.push(number);
            }
            records.matters.push(layout.matter(key));
            records.periods.push(layout.period(key));
        }
        let count = records.matters.len();
        records
            .starts
            .resize(records.parts.regions.len() + 1, count);
        records
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pence.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pence.is_empty()
    }

    /// Each record, in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = Record> + '_ {
        (0..self.parts.regions.len())
            .flat_map(|region| self.of_region(region).map(move |number| (region, number)))
            .map(|(region, number)| self.record(region, number))
    }

    /// The numbers of the records of a region.
    pub(super) fn of_region(&self, region: usize) -> Range<usize> {
        self.starts[region]..self.starts[region + 1]
    }

    /// A record by its number and that of its region.
    pub(super) fn record(&self, region: usize, number: usize) -> Record {
        Record {
            coding: coding(
                self.parts.regions[region],
                self.parts.matters[self.matters[number] as usize],
                self.parts.periods[usize::from(self.periods[number])],
            ),
            pence: Pence::new(self.pence[number]),
            lines: self.lines[number].into(),
        }
    }

    /// The key of each record, in order.
    fn keys(&self, layout: Layout, renumbered: &Renumbered) -> impl Iterator<Item = u64> {
        (0..self.parts.regions.len())
            .flat_map(|region| self.of_region(region).map(move |number| (region, number)))
            .map(move |(region, number)| {
                layout.key(
                    renumbered.regions[region],
                    renumbered.matters[self.matters[number] as usize],
                    renumbered.periods[usize::from(self.periods[number])],
                )
            })
    }

    /// The sum of all records.
    pub(super) fn total(&self) -> Result<Pence, MoneyError> {
        Pence::from_wide(self.pence.iter().map(|&pence| i128::from(pence)).sum())
    }

    /// Whose ledgers these are: of each matter the latest spending says all, and whether some of it
    /// names no period.
    pub(super) fn held(&self, place: &Place) -> Held {
        let mut latest: Vec<Option<u16>> = vec![None; self.parts.matters.len()];
        let mut timeless = vec![None; self.parts.matters.len()];
        let ends: Vec<Option<Date>> = (self.parts.periods.iter())
            .map(|period| period.member().map(Period::last_day))
            .collect();
        for number in (0..self.len()).filter(|&number| self.pence[number] > 0) {
            let (matter, period) = (self.matters[number] as usize, self.periods[number]);
            let end = ends[usize::from(period)];
            let known = match end {
                Some(_) => &mut latest[matter],
                None => &mut timeless[matter],
            };
            if known.is_none_or(|known| ends[usize::from(known)] < end) {
                *known = Some(period);
            }
        }
        let spending = latest.iter().zip(&timeless).zip(&self.parts.matters);
        let mut held = Held::none(place);
        for ((latest, timeless), matter) in spending {
            for &period in latest.iter().chain(timeless) {
                let period = self.parts.periods[usize::from(period)];
                let (partner, flow) = (matter.partner, matter.flow);
                held.add(
                    place,
                    partner,
                    flow,
                    (matter.phase, matter.resource),
                    period,
                );
            }
        }
        held
    }

    /// The records of two loads as one: both are in order, so one walk along both is enough.
    pub(super) fn merged(&self, other: &Self) -> Result<Self, CubeError> {
        let parts = Parts {
            regions: union(&self.parts.regions, &other.parts.regions),
            matters: union(&self.parts.matters, &other.parts.matters),
            periods: union(&self.parts.periods, &other.parts.periods),
        };
        parts.check()?;
        let layout = Layout::of(&parts);
        let (one, two) = (self.parts.within(&parts), other.parts.within(&parts));
        let mut one = self.keys(layout, &one).zip(0..).peekable();
        let mut two = other.keys(layout, &two).zip(0..).peekable();
        let most = self.len() + other.len();
        let (mut keys, mut pence, mut lines) = (
            Vec::with_capacity(most),
            Vec::with_capacity(most),
            Vec::with_capacity(most),
        );
        loop {
            let next = match (one.peek(), two.peek()) {
                (Some(&(first, _)), Some(&(second, _))) => first.min(second),
                (Some(&(key, _)), None) | (None, Some(&(key, _))) => key,
                (None, None) => break,
            };
            let mut sum = (0i128, 0u64);
            if let Some((_, number)) = one.next_if(|&(key, _)| key == next) {
                sum.0 += i128::from(self.pence[number]);
                sum.1 += u64::from(self.lines[number]);
            }
            if let Some((_, number)) = two.next_if(|&(key, _)| key == next) {
                sum.0 += i128::from(other.pence[number]);
                sum.1 += u64::from(other.lines[number]);
            }
            keys.push(next);
            pence.push(Pence::from_wide(sum.0)?.get());
            lines.push(line_count(sum.1)?);
        }
        Ok(Self::of(parts, keys.into_iter(), pence, lines))
    }
}

/// The number of each part among those of a larger set.
struct Renumbered {
    regions: Vec<u32>,
    matters: Vec<u32>,
    periods: Vec<u32>,
}

impl Parts {
    fn within(&self, all: &Self) -> Renumbered {
        Renumbered {
            regions: numbers(&self.regions, &all.regions),
            matters: numbers(&self.matters, &all.matters),
            periods: numbers(&self.periods, &all.periods),
        }
    }

    /// Whether places in order use every part.
    pub(super) fn are_all_in(&self, places: &[u64]) -> bool {
        let layout = Layout::of(self);
        let mut used = [
            vec![false; self.regions.len()],
            vec![false; self.matters.len()],
            vec![false; self.periods.len()],
        ];
        let known = places.iter().all(|&place| {
            let found = [
                layout.region(place),
                layout.matter(place) as usize,
                usize::from(layout.period(place)),
            ];
            (used.iter_mut().zip(found)).all(|(used, part)| {
                let part = used.get_mut(part);
                part.map(|used| *used = true).is_some()
            })
        });
        known && used.iter().flatten().all(|&used| used)
    }

    /// # Errors
    ///
    /// [`CubeError::TooManyPlaces`] where a place would be no number of 64 bits.
    pub(super) fn check(&self) -> Result<(), CubeError> {
        let counts = [
            (
                self.regions.len(),
                REGIONS,
                "combinations of locality, ages and group",
            ),
            (
                self.matters.len(),
                MATTERS,
                "combinations of the other axes",
            ),
            (self.periods.len(), PERIODS, "periods"),
        ];
        for (found, most, what) in counts {
            if found > most {
                return Err(CubeError::TooManyPlaces { what, most });
            }
        }
        Ok(())
    }
}

/// At most so many of each part: 24, 24 and 16 bits.
pub(super) const REGIONS: usize = 1 << 24;
pub(super) const MATTERS: usize = 1 << 24;
pub(super) const PERIODS: usize = 1 << 16;

/// A number of lines as records keep it.
pub(super) fn line_count(lines: u64) -> Result<u32, CubeError> {
    u32::try_from(lines).map_err(|_| CubeError::TooManyLines { lines })
}

fn union<T: Copy + Ord>(one: &[T], other: &[T]) -> Vec<T> {
    let mut all: Vec<T> = one.iter().chain(other).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The number of each of some parts among all; both are in order.
fn numbers<T: Ord>(some: &[T], all: &[T]) -> Vec<u32> {
    let mut number = 0u32;
    let mut rest = all.iter();
    some.iter()
        .map(|part| {
            for other in rest.by_ref() {
                number += 1;
                if other == part {
                    break;
                }
            }
            number - 1
        })
        .collect()
}
