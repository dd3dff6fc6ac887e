//! Records: the sums of the account as a struct of arrays.
//!
//! A record is the number of its region, of its matter and of its period, and a sum: 18 bytes.
//! Regions stand together, so that a question never walks those that it cuts away.
//!
//! **Invariant:** records are in the order of their coordinates, each once.

use super::CubeError;
use super::parts::{Layout, Parts, Renumbered, coding};
use crate::account::{Held, OfLedger, RecordedMonths};
use crate::axis::Period;
use crate::crosswalk::Coding;
use crate::money::{MoneyError, Pence};
use crate::place::Place;
use foldhash::fast::FixedState;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The sum of all lines with the same coordinates on all axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// The place.
    pub coding: Coding,
    /// The sum.
    pub pence: Pence,
    /// How many lines.
    pub lines: u64,
}

/// The records of a cube, in the order of their coordinates.
///
/// 18 bytes a record, beside the parts of coordinates, of which there are far fewer.
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

    /// Each record, in the order of their coordinates.
    pub fn iter(&self) -> impl Iterator<Item = Record> + '_ {
        (0..self.parts.regions.len())
            .flat_map(|region| self.of_region(region).map(move |number| (region, number)))
            .map(|(region, number)| self.record(region, number))
    }

    /// The numbers of the records of a region.
    pub(super) fn of_region(&self, region: usize) -> Range<usize> {
        self.starts[region]..self.starts[region + 1]
    }

    /// The numbers of the records of some regions, end to end.
    pub(super) fn of_regions(&self, regions: Range<usize>) -> Range<usize> {
        self.starts[regions.start]..self.starts[regions.end]
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

    /// The same records with so many lines at each place, where each of their lines was a group.
    pub(super) fn standing_for(&self, lines: &BTreeMap<Coding, u64>) -> Result<Self, CubeError> {
        let mut all = self.clone();
        for (record, count) in self.iter().zip(&mut all.lines) {
            *count = line_count(lines.get(&record.coding).copied().unwrap_or(0))?;
        }
        Ok(all)
    }

    /// The same records, of which some differ by so many pence.
    pub(super) fn with_differences(&self, by: &BTreeMap<Coding, i128>) -> Result<Self, MoneyError> {
        let mut differing = self.clone();
        for (record, pence) in self.iter().zip(&mut differing.pence) {
            if let Some(by) = by.get(&record.coding) {
                *pence = Pence::from_wide(i128::from(*pence) + by)?.get();
            }
        }
        Ok(differing)
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

    /// Of which months there are lines of each partner, where nobody named ledgers.
    pub(super) fn recorded_months(&self) -> RecordedMonths {
        let mut lines: HashMap<(u32, u16), u64, FixedState> = HashMap::default();
        let parts = self.matters.iter().zip(&self.periods);
        for ((&matter, &period), &count) in parts.zip(&self.lines) {
            *lines.entry((matter, period)).or_default() += u64::from(count);
        }
        let mut recorded = RecordedMonths::default();
        let mut lines: Vec<((u32, u16), u64)> = lines.into_iter().collect();
        lines.sort_unstable();
        for ((matter, period), count) in lines {
            let of = &self.parts.matters[matter as usize];
            let of = OfLedger {
                ledger: String::new(),
                partner: of.partner,
                phase: of.phase,
                resource: of.resource,
            };
            recorded.add(of, self.parts.periods[usize::from(period)], count);
        }
        recorded.settled()
    }

    /// The records of two loads as one: both are in order, so one walk along both is enough.
    pub(super) fn merged(&self, other: &Self) -> Result<Self, CubeError> {
        let parts = Parts::union(&self.parts, &other.parts);
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

/// A number of lines as records keep it.
pub(super) fn line_count(lines: u64) -> Result<u32, CubeError> {
    u32::try_from(lines).map_err(|_| CubeError::TooManyLines { lines })
}
