//! Parts of coordinates without what a roll-up leaves out.

use crate::axis::{Period, Placed};
use crate::cube::parts::{Matter, Parts, Region};
use std::ops::Range;

/// Coarser parts, and where among them each finer part is.
pub(super) struct Coarser {
    pub(super) parts: Parts,
    /// The finer regions in the order of the coarser ones that they lie in, and where those of each
    /// begin.
    regions: Vec<usize>,
    starts: Vec<usize>,
    pub(super) matter: Vec<u32>,
    pub(super) period: Vec<u32>,
}

impl Coarser {
    pub(super) fn of(
        finer: &Parts,
        region: impl Fn(Region) -> Region,
        matter: impl Fn(Matter) -> Matter,
        period: impl Fn(Placed<Period>) -> Placed<Period>,
    ) -> Self {
        let (regions, region) = coarser(&finer.regions, region);
        let (matters, matter) = coarser(&finer.matters, matter);
        let (periods, period) = coarser(&finer.periods, period);
        let mut order: Vec<usize> = (0..region.len()).collect();
        order.sort_by_key(|&finer| region[finer]);
        let start = |number| order.partition_point(|&finer| (region[finer] as usize) < number);
        Self {
            starts: (0..=regions.len()).map(start).collect(),
            regions: order,
            parts: Parts::new(regions, matters, periods),
            matter,
            period,
        }
    }

    /// The finer regions that lie in a coarser one.
    pub(super) fn regions_in(&self, region: usize) -> &[usize] {
        let Range { start, end } = self.starts[region]..self.starts[region + 1];
        &self.regions[start..end]
    }
}

/// The coarser parts in order, and the number among them of each finer part.
fn coarser<T: Copy + Ord>(parts: &[T], coarser: impl Fn(T) -> T) -> (Vec<T>, Vec<u32>) {
    let each: Vec<T> = parts.iter().map(|&part| coarser(part)).collect();
    let mut all = each.clone();
    all.sort_unstable();
    all.dedup();
    let number = |part: &T| all.partition_point(|other| other < part) as u32;
    let numbers = each.iter().map(number).collect();
    (all, numbers)
}
