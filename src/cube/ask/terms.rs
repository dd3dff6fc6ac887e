//! Sums with the shares taken of them before their region is divided, by the row they go into.
//!
//! A term is what one class of records gives to one row of activities, partners and years; the
//! division of its region spreads it over the places, ages and groups of that row:
//!
//! ```text
//! cell = Σ over terms of the row: pence × weight × mass(cell) / mass(region)
//! ```

use super::alike::{Alike, Sum};
use super::block::{Block, Grid};
use super::classes::Classes;
use super::exactly::Exactly;
use super::lanes::{Lane, Lanes};
use super::numbered::Numbered;
use super::regional::{Regional, Term};
use super::rows::{Slot, slots};
use super::slice::{Drill, Slice};
use super::spread::{Piece, Spread};
use super::tally::RowTally;
use super::{Cell, Fate};
use crate::axis::Evidence;
use crate::cube::Cube;
use crate::money::{Exact, Share, Undivided};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const TERMS_OF_A_THREAD: usize = 1 << 13;

/// The terms of a question.
#[derive(Debug)]
pub(super) struct Terms {
    sums: Arc<Vec<Sum>>,
    lanes: Vec<Lane>,
    /// In the order of regions, of which each is wholly in one.
    regional: Vec<Regional>,
    outers: Vec<Vec<Cell>>,
    inners: Vec<[Cell; 3]>,
    drill: Vec<Drill>,
}

/// A row: its outer and its inner cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    pub(super) outer: u32,
    pub(super) inner: u32,
}

impl Terms {
    /// The terms of sums that are alike; with `everything`, also of what lies outside.
    pub(super) fn new(
        cube: &Cube,
        slice: &Slice,
        drill: &[Drill],
        classes: &mut Classes<'_>,
        alike: &Alike,
        everything: bool,
    ) -> Self {
        let mut lanes = Lanes::new(drill, classes, everything);
        for sum in alike.sums.iter() {
            lanes.know(classes, sum.matter, sum.period);
        }
        let regions = &classes.regions;
        let of_chunks: Vec<(Regional, Vec<[Cell; 3]>)> = (alike.chunks().into_par_iter())
            .map(|sums| Regional::new(cube, slice, drill, regions, (alike, sums), &lanes))
            .collect();
        let mut inners = Numbered::new();
        let mut regional = Vec::with_capacity(of_chunks.len());
        for (mut chunk, own) in of_chunks {
            let number = |cells: &[Cell; 3]| inners.number(*cells, || *cells);
            let numbers: Vec<u32> = own.iter().map(number).collect();
            (chunk.spreads.iter_mut()).for_each(|spread| spread.renumber(&numbers));
            regional.push(chunk);
        }
        let Lanes { lanes, outers, .. } = lanes;
        Self {
            sums: Arc::clone(&alike.sums),
            lanes,
            regional,
            outers,
            inners: inners.all,
            drill: drill.to_vec(),
        }
    }

    /// Every row with its sums as near as they can be had quickly, by outer.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let outers = 0..self.outers.len();
        let terms: usize = self.regional.iter().map(Regional::len).sum();
        // A few terms are not worth a thread.
        let at_least = outers.len() * TERMS_OF_A_THREAD / terms.max(1);
        (outers.into_par_iter())
            .with_min_len(at_least.max(1))
            .map(|outer| self.block(outer as u32))
            .collect()
    }

    /// A number for each row that is in the order of its key: one for its outer cells, and one for
    /// its inner cells, to be added. Nothing where 128 bits do not suffice.
    pub(super) fn ranks(&self) -> Option<(Vec<u128>, Vec<u128>)> {
        let mut outers = vec![0; self.outers.len()];
        let mut inners = vec![0; self.inners.len()];
        let mut of_outer = (0..self.outers.first().map_or(0, Vec::len)).rev();
        let mut bits = 0;
        for axis in self.drill.iter().rev() {
            let more = match axis.of_region() {
                Some(axis) => rank(&mut inners, bits, |row| self.inners[row][axis]),
                None => {
                    let axis = of_outer.next()?;
                    rank(&mut outers, bits, |row| self.outers[row][axis])
                }
            };
            bits += more;
            if bits > u128::BITS {
                return None;
            }
        }
        Some((outers, inners))
    }

    fn block(&self, outer: u32) -> Block {
        let mut grid = Grid::new(self.inners.len());
        // What a region gives to the row: most of its terms are divided alike, and divided once.
        let mut undivided: Vec<(u32, Slot, Undivided)> = Vec::new();
        for regional in &self.regional {
            let terms = regional.of_outer(outer);
            for of_region in terms.chunk_by(|one, two| one.region == two.region) {
                for of_sum in of_region.chunk_by(|one, two| one.sum == two.sum) {
                    match self.are_divided_alike(regional, of_sum) {
                        true => self.gather(regional, of_sum, &mut undivided),
                        false => self.divide(regional, of_sum, &mut grid),
                    }
                }
                for (spread, slot, undivided) in undivided.drain(..) {
                    if let Some(inside) = &regional.spreads[spread as usize].inside {
                        grid.add(slot, &undivided, inside);
                    }
                }
            }
        }
        grid.into_block(self.drill.len(), |inner| self.key(At { outer, inner }))
    }

    /// Whether terms of one sum are divided between the same cells, and all lie in the slice.
    fn are_divided_alike(&self, regional: &Regional, terms: &[Term]) -> bool {
        let spread = terms[0].spread;
        regional.spreads[spread as usize].inside.is_some()
            && terms.iter().all(|term| {
                let lane = &self.lanes[term.lane as usize];
                term.spread == spread && lane.before.and(lane.after) == Fate::In
            })
    }

    /// Adds terms of one sum that are divided alike to what is divided later.
    fn gather(
        &self,
        regional: &Regional,
        terms: &[Term],
        undivided: &mut Vec<(u32, Slot, Undivided)>,
    ) {
        // The lines of records count once, however many parts of them lie here.
        let mut lines = terms[0].lines;
        for term in terms {
            let lane = &self.lanes[term.lane as usize];
            for (slot, sign) in slots(lane.standing, Fate::In, self.class(regional, term)) {
                let count = match slot {
                    Slot::Amount(_) => std::mem::take(&mut lines),
                    Slot::Unknown(_) | Slot::Here(_) | Slot::Unshared(_) => 0,
                };
                let known = (undivided.iter_mut())
                    .find(|(spread, known, _)| (*spread, *known) == (term.spread, slot));
                let pence = i128::from(sign) * i128::from(term.pence);
                match known {
                    Some((.., known)) => known.add(pence, lane.share, count),
                    None => {
                        let mut new = Undivided::default();
                        new.add(pence, lane.share, count);
                        undivided.push((term.spread, slot, new));
                    }
                }
            }
        }
    }

    /// Adds terms of one sum, piece by piece.
    fn divide(&self, regional: &Regional, terms: &[Term], grid: &mut Grid) {
        // The inner cells that have counted its lines.
        let mut counted = BTreeSet::new();
        for term in terms {
            let lane = &self.lanes[term.lane as usize];
            let spread = &regional.spreads[term.spread as usize];
            for piece in &spread.pieces {
                let fate = lane.before.and(piece.fate).and(lane.after);
                if fate == Fate::Out {
                    continue;
                }
                let counts = lane.standing.counts() && fate == Fate::In;
                let first = counts && counted.insert(piece.inner);
                let share = Share::of(piece.mass.into(), spread.whole.into());
                for (slot, sign) in slots(lane.standing, fate, self.class(regional, term)) {
                    let lines = match slot {
                        Slot::Amount(_) if first => term.lines,
                        _ => 0,
                    };
                    let mut part = Undivided::default();
                    part.add(i128::from(sign) * i128::from(term.pence), lane.share, lines);
                    grid.add(slot, &part, &[(piece.inner, share)]);
                }
            }
        }
    }

    /// How what a term gives is known.
    fn class(&self, regional: &Regional, term: &Term) -> Evidence {
        let lane = &self.lanes[term.lane as usize];
        lane.class.max(regional.spreads[term.spread as usize].class)
    }

    /// The part of its sum that a piece of a term is, as numerator and denominator.
    fn part(&self, term: &Term, spread: &Spread, piece: &Piece) -> (u128, u128) {
        let (weight, weights) = self.lanes[term.lane as usize].weight;
        match spread.whole {
            whole if piece.mass == whole => (weight, weights),
            whole => (weight * u128::from(piece.mass), weights * u128::from(whole)),
        }
    }

    /// The exact sum of some slots of some rows.
    pub(super) fn exact(&self, rows: &[At], wanted: impl Fn(Slot) -> bool) -> Exact {
        let mut inners: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for at in rows {
            inners.entry(at.outer).or_default().push(at.inner);
        }
        let mut sum = Exactly::default();
        for (outer, inners) in &mut inners {
            inners.sort_unstable();
            for (regional, term) in self.of_outer(*outer) {
                let lane = &self.lanes[term.lane as usize];
                let spread = &regional.spreads[term.spread as usize];
                let class = self.class(regional, term);
                // What is known otherwise than it is asked for is not looked through.
                let none = !slots(lane.standing, Fate::In, class).any(|(slot, _)| wanted(slot));
                let all_in = lane.before.and(lane.after) == Fate::In && spread.inside.is_some();
                if none && all_in {
                    continue;
                }
                for piece in spread.within(inners) {
                    let fate = lane.before.and(piece.fate).and(lane.after);
                    if fate == Fate::Out {
                        continue;
                    }
                    let slots = slots(lane.standing, fate, class);
                    for (_, sign) in slots.filter(|(slot, _)| wanted(*slot)) {
                        sum.add(term.pence, sign, self.part(term, spread, piece));
                    }
                }
            }
        }
        sum.settled()
    }

    /// Ledger lines of records that are zero, in one row.
    pub(super) fn zero_lines(&self, at: At) -> u64 {
        let mut lines = 0;
        let mut last = None;
        for (regional, term) in self.of_outer(at.outer) {
            let lane = &self.lanes[term.lane as usize];
            let spread = &regional.spreads[term.spread as usize];
            let inside = spread.within(&[at.inner]).any(|piece| {
                let fate = lane.before.and(piece.fate).and(lane.after);
                lane.standing.counts() && fate == Fate::In
            });
            if inside && last != Some(term.sum) {
                last = Some(term.sum);
                lines += self.sums[term.sum as usize].zero_lines;
            }
        }
        lines
    }

    fn of_outer(&self, outer: u32) -> impl Iterator<Item = (&Regional, &Term)> {
        (self.regional.iter()).flat_map(move |regional| {
            (regional.of_outer(outer).iter()).map(move |term| (regional, term))
        })
    }

    /// Every row with exact sums, and what lies outside.
    pub(super) fn exactly(&self) -> (BTreeMap<Vec<Cell>, RowTally>, RowTally) {
        let mut rows: BTreeMap<Vec<Cell>, RowTally> = BTreeMap::new();
        let mut outside = ExactRow::default();
        for outer in (0u32..).take(self.outers.len()) {
            let mut of_outer: BTreeMap<u32, ExactRow> = BTreeMap::new();
            for (regional, term) in self.of_outer(outer) {
                let lane = &self.lanes[term.lane as usize];
                let spread = &regional.spreads[term.spread as usize];
                let class = self.class(regional, term);
                for piece in &spread.pieces {
                    let fate = lane.before.and(piece.fate).and(lane.after);
                    let row = match fate {
                        Fate::Out => &mut outside,
                        _ => of_outer.entry(piece.inner).or_default(),
                    };
                    for (slot, sign) in slots(lane.standing, fate, class) {
                        let exactly = row.slots.entry(slot).or_default();
                        exactly.add(term.pence, sign, self.part(term, spread, piece));
                    }
                    let counts = lane.standing.counts() && !matches!(fate, Fate::Unknown(_));
                    if counts && row.last != Some(term.sum) {
                        row.last = Some(term.sum);
                        row.lines += term.lines;
                        row.zero_lines += self.sums[term.sum as usize].zero_lines;
                    }
                }
            }
            for (inner, row) in of_outer {
                let key = self.key(At { outer, inner }).collect();
                rows.entry(key).or_default().add(&row.settled());
            }
        }
        (rows, outside.settled())
    }

    fn key(&self, at: At) -> impl Iterator<Item = Cell> {
        let mut outer = self.outers[at.outer as usize].iter().copied();
        let inner = self.inners[at.inner as usize];
        (self.drill.iter()).filter_map(move |axis| match axis.of_region() {
            Some(axis) => Some(inner[axis]),
            None => outer.next(),
        })
    }
}

/// The exact sums of one row while they are added up.
#[derive(Default)]
struct ExactRow {
    slots: BTreeMap<Slot, Exactly>,
    lines: u64,
    zero_lines: u64,
    last: Option<u32>,
}

impl ExactRow {
    fn settled(self) -> RowTally {
        let mut row = RowTally::default();
        row.lines = self.lines;
        row.zero_lines = self.zero_lines;
        for (slot, sum) in self.slots {
            row.slot(slot).add(&sum.settled());
        }
        row
    }
}

/// Adds to each number the rank of its cell among all of them, above so many bits; and how many bits
/// that takes.
fn rank(numbers: &mut [u128], above: u32, cell: impl Fn(usize) -> Cell) -> u32 {
    let mut cells: Vec<Cell> = (0..numbers.len()).map(&cell).collect();
    cells.sort_unstable();
    cells.dedup();
    let bits = usize::BITS - cells.len().saturating_sub(1).leading_zeros();
    if above + bits <= u128::BITS {
        for (row, number) in numbers.iter_mut().enumerate() {
            let rank = cells.partition_point(|&other| other < cell(row));
            *number |= (rank as u128).checked_shl(above).unwrap_or_default();
        }
    }
    bits
}
