//! From sums to rows, to within a little.
//!
//! *The naive way* keeps an exact fraction for each cell of the table. *Why it is not enough:* 924 /
//! 27,635 and 3,017 / 41,229 have a common denominator of ten digits, and a cell adds up hundreds of such
//! shares. *The trick:* nearly every penny is decided long before the last digit. A cell counts units of
//! which there are 5.7 × 10^16 in a penny, and by how many it may be off (`money::near`). Only
//! where two cells are nearer to each other than that are exact fractions formed, from `terms`, and of
//! those cells alone.
//!
//! Every sum is multiplied by the weights of its routes and the shares of its region, in the order of
//! regions. A thread has an accumulator of its own, and they are added together at the end: the units
//! are whole numbers, so that no order shows.

use super::accumulator::Accumulator;
use super::region_share::RegionShare;
use super::routes::{Route, RoutesToRow};
use super::row_block::RowBlock;
use super::slot::{Slot, slots};
use super::terms::Terms;
use crate::cube::ask::plan::Fate;
use crate::cube::source::Sum;
use crate::money::{Few, Share};
use rayon::prelude::*;
use std::ops::Range;

/// Cells that are added up at once: with more, the sums are walked again. A cell has a few slots of 32
/// bytes, and each thread an accumulator or two of its own: some 30 MB each.
pub const CELLS_AT_ONCE: usize = 1 << 18;

impl Terms {
    /// Every row with its sums as near as they can be had quickly.
    pub fn blocks(&self, cells_at_once: usize) -> Vec<RowBlock> {
        let outers = self.routes.outers.len() as u32;
        let at_once = (cells_at_once / self.inners.len().max(1)).max(1);
        let mut blocks = Vec::new();
        for first in (0..outers).step_by(at_once) {
            let last = outers.min(first.saturating_add(at_once as u32));
            let sums = self.accumulate(first..last);
            let columns = sums.columns();
            let inners = (0..self.inners.len() as u32).into_par_iter();
            blocks.par_extend(inners.map(|inner| RowBlock::new(self, &sums, &columns, inner)));
        }
        blocks
    }

    /// The sums of some outers.
    fn accumulate(&self, outers: Range<u32>) -> Accumulator {
        let new = || Accumulator::new(outers.clone(), self.inners.len());
        let to_a_thread = self.chunks.len().div_ceil(rayon::current_num_threads());
        let all = (self.chunks.par_iter())
            .with_min_len(to_a_thread.div_ceil(2))
            .fold(new, |mut accumulator, chunk| {
                for (region, sums) in chunk.regions() {
                    for sum in sums {
                        for to_row in self.routes.by_row(sum.matter, sum.period) {
                            if accumulator.has(to_row.outer) {
                                self.add(sum, region, to_row, &mut accumulator);
                            }
                        }
                    }
                }
                accumulator
            });
        all.reduce_with(Accumulator::and).unwrap_or_else(new)
    }

    /// Adds what a sum gives to one outer.
    fn add(&self, sum: &Sum, region: u32, to_row: &RoutesToRow, to: &mut Accumulator) {
        let routes = || {
            let routes = self.routes.routes[to_row.routes.clone()].iter();
            routes.map(|route| (route, self.region_shares.get(region, route.driver)))
        };
        if !to_row.all_in || routes().any(|(_, region_share)| region_share.inside.is_none()) {
            return add_by_pieces(sum, to_row.outer, routes(), to);
        }
        // The cells that have counted its lines, which count once in each.
        let mut counted: Few<&[(u32, Share)]> = Few::new();
        for (route, region_share) in routes() {
            let cells = region_share.inside.as_deref().unwrap_or_default();
            for (slot, sign) in slots(route.standing, Fate::In, route.class(region_share)) {
                let pence = i128::from(sign) * i128::from(sum.pence);
                let mut lines = 0;
                if let Slot::Amount(_) = slot
                    && !counted.iter().any(|known| std::ptr::eq(*known, cells))
                {
                    if counted.is_empty() {
                        lines = sum.lines;
                    } else {
                        let new = |cell: &u32| !counted.iter().any(|known| has(known, *cell));
                        let cells = cells.iter().map(|(cell, _)| *cell);
                        cells
                            .filter(new)
                            .for_each(|cell| to.count((to_row.outer, slot), cell, sum.lines));
                    }
                    counted.push(cells);
                }
                to.add((to_row.outer, slot), (pence, route.share), lines, cells);
            }
        }
    }
}

/// Adds what a sum gives to one outer where it is not all in the slice, or in two cells that are one.
fn add_by_pieces<'a>(
    sum: &Sum,
    outer: u32,
    routes: impl Iterator<Item = (&'a Route, &'a RegionShare)>,
    to: &mut Accumulator,
) {
    // The cells that have counted its lines, in order: by routes before, and by this one.
    let (mut counted, mut newly): (Few<u32>, Few<u32>) = (Few::new(), Few::new());
    for (route, region_share) in routes {
        for piece in &region_share.pieces {
            let fate = route.fate(piece.fate);
            if fate == Fate::Out {
                continue;
            }
            for (slot, sign) in slots(route.standing, fate, route.class(region_share)) {
                let pence = i128::from(sign) * i128::from(sum.pence);
                let mut lines = 0;
                if let Slot::Amount(_) = slot
                    && newly.last() != Some(&piece.inner)
                    && counted.binary_search(&piece.inner).is_err()
                {
                    lines = sum.lines;
                    newly.push(piece.inner);
                }
                let cell = (piece.inner, piece.share);
                to.add((outer, slot), (pence, route.share), lines, &[cell]);
            }
        }
        counted.append(&mut newly);
        counted.sort_unstable();
    }
}

/// Whether a cell is among some that are in order.
fn has(cells: &[(u32, Share)], cell: u32) -> bool {
    cells.binary_search_by_key(&cell, |(cell, _)| *cell).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Boundary, PlaceAccount};
    use crate::axis::Phase;
    use crate::cube::ask::aggregate::{BucketSums, TO_A_THREAD};
    use crate::cube::ask::aggregate::{Buckets, Mixes};
    use crate::cube::ask::share::row_order::in_order;
    use crate::cube::{By, Cube};
    use crate::place::Place;

    /// The rows of all that is spent, in their order, as they come from so small pieces of work.
    fn rows(cube: &Cube, to_a_thread: usize, cells_at_once: usize) -> (Vec<String>, usize) {
        let by = |text: &&str| text.parse::<By>().unwrap();
        let question = (cube.ask())
            .period("2015-16 to 2018-19".parse().unwrap())
            .phase(Phase::Outturn)
            .boundary(Boundary::AllPartners)
            .by([
                "locality@place-plan-area",
                "ages",
                "activity",
                "partner",
                "period",
            ]
            .iter()
            .map(by));
        let plan = question.plan().unwrap();
        let mut buckets = Buckets::new(&plan, cube.records(), Mixes::new(&plan));
        let sums = BucketSums::new(cube.records(), &buckets, to_a_thread);
        let chunks = sums.chunks.len();
        // Without the years: from what was added up with them.
        let coarser = plan.drilled_by(plan.drill[..plan.drill.len() - 1].to_vec());
        let mut of_coarser = Buckets::new(&coarser, &sums, Mixes::new(&coarser));
        let without_years = BucketSums::new(&sums, &of_coarser, to_a_thread);
        let terms = Terms::new(&coarser, &mut of_coarser, &without_years, false);
        let exactly = terms.exact_rows().0;
        let coarser = exactly.iter().map(|(key, row)| format!("{key:?} {row:?}"));

        let terms = Terms::new(&plan, &mut buckets, &sums, false);
        let blocks = terms.blocks(cells_at_once);
        let row = |&(block, row): &(u32, u32)| {
            let (block, row) = (&blocks[block as usize], row as usize);
            format!(
                "{:?} {:?} {}",
                block.key(row),
                block.slots(row),
                block.lines(row)
            )
        };
        let rows = in_order(&terms.keys(), &blocks)
            .iter()
            .map(row)
            .chain(coarser)
            .collect();
        (rows, chunks)
    }

    #[test]
    fn neither_chunks_nor_turns_show() {
        let place = Place::open("examples/data/shropshire").unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        let cube = Cube::build(&account).unwrap();
        let (at_once, chunks) = rows(&cube, TO_A_THREAD, CELLS_AT_ONCE);
        assert!(
            at_once.len() > 1_000 && chunks == 1,
            "{} rows, {chunks} chunks",
            at_once.len()
        );
        for (to_a_thread, cells_at_once) in [(1, CELLS_AT_ONCE), (TO_A_THREAD, 1), (3, 500)] {
            let (rows, chunks) = rows(&cube, to_a_thread, cells_at_once);
            assert_eq!(rows, at_once);
            assert!(chunks > 1 || to_a_thread == TO_A_THREAD);
        }
    }
}
