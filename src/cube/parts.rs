//! The three parts of coordinates on all axes, each numbered once.
//!
//! | Part | Axes | What a question decides by it |
//! |---|---|---|
//! | [`Region`] | locality, ages, group | which share lies in the slice |
//! | [`Matter`] | phase, resource, activity, partner, flow, flexibility, tags | whose money it is, what for, by which driver |
//! | period | | which days lie in the slice |
//!
//! **Invariant:** the parts of some coordinates are in order, and each is used.

use super::CubeError;
use super::runs::Runs;
use crate::axis::{Period, Placed};
use crate::crosswalk::Coding;

pub(super) use super::region::{Matter, Region};

/// The three parts of coordinates.
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

/// The coordinates of three parts.
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

/// The parts of coordinates that occur, each in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) regions: Vec<Region>,
    pub(super) matters: Vec<Matter>,
    pub(super) periods: Vec<Placed<Period>>,
    pub(super) runs: Runs,
}

/// How coordinates are one number, their key, in as few bits as there are parts: region above matter above period,
/// so that key order is the order of coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// Bits of a matter, and of a period.
    matter: u32,
    period: u32,
}

impl Layout {
    pub(super) fn of(parts: &Parts) -> Self {
        Self {
            matter: bits(parts.matters.len()),
            period: bits(parts.periods.len()),
        }
    }

    /// How many bits a key has, over so many regions.
    pub(super) fn bits(self, regions: usize) -> u32 {
        bits(regions) + self.matter + self.period
    }

    pub(super) fn key(self, region: u32, matter: u32, period: u32) -> u64 {
        (u64::from(region) << self.matter | u64::from(matter)) << self.period | u64::from(period)
    }

    pub(super) fn region(self, key: u64) -> usize {
        (key >> self.period >> self.matter) as usize
    }

    pub(super) fn matter(self, key: u64) -> u32 {
        (key >> self.period & ((1 << self.matter) - 1)) as u32
    }

    pub(super) fn period(self, key: u64) -> u16 {
        (key & ((1 << self.period) - 1)) as u16
    }
}

/// How many bits the numbers of so many things have.
fn bits(count: usize) -> u32 {
    usize::BITS - count.saturating_sub(1).leading_zeros()
}

/// The number of each part among those of a larger set.
pub(super) struct Renumbered {
    pub(super) regions: Vec<u32>,
    pub(super) matters: Vec<u32>,
    pub(super) periods: Vec<u32>,
}

impl Parts {
    pub(super) fn new(
        regions: Vec<Region>,
        matters: Vec<Matter>,
        periods: Vec<Placed<Period>>,
    ) -> Self {
        Self {
            runs: Runs::of(&regions, &matters),
            regions,
            matters,
            periods,
        }
    }

    /// The parts of two sets.
    pub(super) fn union(one: &Self, other: &Self) -> Self {
        Self::new(
            union(&one.regions, &other.regions),
            union(&one.matters, &other.matters),
            union(&one.periods, &other.periods),
        )
    }

    /// The number of each of these parts among all.
    pub(super) fn within(&self, all: &Self) -> Renumbered {
        Renumbered {
            regions: numbers(&self.regions, &all.regions),
            matters: numbers(&self.matters, &all.matters),
            periods: numbers(&self.periods, &all.periods),
        }
    }

    /// Whether keys in order use every part.
    pub(super) fn are_all_in(&self, keys: &[u64]) -> bool {
        let layout = Layout::of(self);
        let mut used = [
            vec![false; self.regions.len()],
            vec![false; self.matters.len()],
            vec![false; self.periods.len()],
        ];
        let known = keys.iter().all(|&key| {
            let found = [
                layout.region(key),
                layout.matter(key) as usize,
                usize::from(layout.period(key)),
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
    /// [`CubeError::TooManyCoordinates`] where coordinates would be no number of 64 bits.
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
                return Err(CubeError::TooManyCoordinates { what, most });
            }
        }
        Ok(())
    }
}

/// At most so many of each part: 24, 24 and 16 bits.
pub(super) const REGIONS: usize = 1 << 24;
pub(super) const MATTERS: usize = 1 << 24;
pub(super) const PERIODS: usize = 1 << 16;

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
