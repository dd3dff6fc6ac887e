//! The terms of some regions: what each sum gives to each row, and how its region is divided.

use super::Cell;
use super::alike::{Alike, Sum};
use super::lanes::Lanes;
use super::numbered::Numbered;
use super::region::{Divider, Region};
use super::slice::{Drill, Slice};
use super::spread::Spread;
use crate::cube::Cube;
use std::ops::Range;

/// What one sum gives to one row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Term {
    /// Of the sum; so it need not be looked up.
    pub(super) pence: i64,
    pub(super) lines: u64,
    pub(super) region: u32,
    pub(super) sum: u32,
    pub(super) lane: u32,
    /// Which of the spreads divides it.
    pub(super) spread: u32,
}

/// The terms of some regions, by outer: those of one region stand together, and among them those
/// of one sum.
#[derive(Debug)]
pub(super) struct Regional {
    terms: Vec<Term>,
    of_outer: Vec<Range<usize>>,
    pub(super) spreads: Vec<Spread>,
}

impl Regional {
    /// The terms of a range of sums; and the inner cells that the spreads name by their number.
    pub(super) fn new(
        cube: &Cube,
        slice: &Slice,
        drill: &[Drill],
        regions: &[Region],
        (alike, sums): (&Alike, Range<usize>),
        lanes: &Lanes<'_>,
    ) -> (Self, Vec<[Cell; 3]>) {
        let divider = Divider::new(cube.place().axes(), slice, drill);
        let drivers = cube.place().drivers();
        let mut inners = Numbered::new();
        let mut spreads: Vec<Spread> = Vec::new();
        // The spreads of the region at hand, by driver.
        let mut of_region: Vec<(Option<usize>, u32)> = Vec::new();
        let mut region = None;
        let (mut of_outer, count) = room(&alike.sums[sums.clone()], lanes);
        let mut terms = vec![Term::default(); count];
        for (number, sum) in (sums.start as u32..).zip(&alike.sums[sums]) {
            if region != Some(sum.region) {
                of_region.clear();
                region = Some(sum.region);
            }
            for at in lanes.of(sum.matter, sum.period) {
                let lane = &lanes.lanes[at];
                let same = |known: &&(Option<usize>, u32)| known.0 == lane.driver;
                let known = of_region.iter().find(same).map(|(_, spread)| *spread);
                let spread = known.unwrap_or_else(|| {
                    let driver = lane.driver.map(|driver| &drivers[driver]);
                    let division = divider.divide(regions[sum.region as usize], driver);
                    let mut inner = |cells| inners.number(cells, || cells);
                    spreads.push(Spread::of(&division, drill, &mut inner));
                    let spread = (spreads.len() - 1) as u32;
                    of_region.push((lane.driver, spread));
                    spread
                });
                let own = &mut of_outer[lane.outer as usize];
                terms[own.end] = Term {
                    pence: sum.pence,
                    lines: sum.lines,
                    region: sum.region,
                    sum: number,
                    lane: at as u32,
                    spread,
                };
                own.end += 1;
            }
        }
        let regional = Self {
            terms,
            of_outer,
            spreads,
        };
        (regional, inners.all)
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    pub(super) fn of_outer(&self, outer: u32) -> &[Term] {
        &self.terms[self.of_outer[outer as usize].clone()]
    }
}

/// Where the terms of each outer will stand, and how many there will be.
fn room(sums: &[Sum], lanes: &Lanes<'_>) -> (Vec<Range<usize>>, usize) {
    let mut counts = vec![0; lanes.outers.len()];
    for sum in sums {
        for lane in &lanes.lanes[lanes.of(sum.matter, sum.period)] {
            counts[lane.outer as usize] += 1;
        }
    }
    let mut start = 0;
    let starts = counts.iter().map(|count| {
        start += count;
        start - count..start - count
    });
    (starts.collect(), start)
}
