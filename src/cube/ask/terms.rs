//! Sums with the shares taken of them before their region is divided, by the row they go into.
//!
//! A term is what one class of records gives to one row of activities, partners and years; the
//! division of its region spreads it over the places, ages and groups of that row:
//!
//! ```text
//! cell = Σ over terms of the row: pence × weight × mass(cell) / mass(region)
//! ```

use super::alike::{Alike, Sum};
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
use crate::money::Exact;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The terms of a question.
#[derive(Debug)]
pub(super) struct Terms {
    pub(super) sums: Arc<Vec<Sum>>,
    pub(super) lanes: Vec<Lane>,
    /// In the order of regions, of which each is wholly in one.
    pub(super) regional: Vec<Regional>,
    pub(super) outers: Vec<Vec<Cell>>,
    pub(super) inners: Vec<[Cell; 3]>,
    pub(super) drill: Vec<Drill>,
}

/// Rows with their keys.
type Keyed = Vec<(Vec<Cell>, RowTally)>;

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
        for &(matter, period) in &alike.pairs {
            lanes.know(classes, matter, period);
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

    /// How what a term gives is known.
    pub(super) fn class(&self, regional: &Regional, term: &Term) -> Evidence {
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
                lines += u64::from(self.sums[term.sum as usize].zero_lines);
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
        let outers: Vec<u32> = (0..).take(self.outers.len()).collect();
        let each: Vec<(Keyed, RowTally)> = (outers.par_iter())
            .map(|outer| self.exactly_of(*outer))
            .collect();
        let mut rows: BTreeMap<Vec<Cell>, RowTally> = BTreeMap::new();
        let mut outside = RowTally::default();
        for (of_outer, out) in each {
            for (key, row) in of_outer {
                rows.entry(key).or_default().add(&row);
            }
            outside.add(&out);
        }
        (rows, outside)
    }

    /// The rows of one outer, and what of its terms lies outside.
    fn exactly_of(&self, outer: u32) -> (Keyed, RowTally) {
        let mut outside = ExactRow::default();
        let mut rows: BTreeMap<u32, ExactRow> = BTreeMap::new();
        for (regional, term) in self.of_outer(outer) {
            let lane = &self.lanes[term.lane as usize];
            let spread = &regional.spreads[term.spread as usize];
            let class = self.class(regional, term);
            for piece in &spread.pieces {
                let fate = lane.before.and(piece.fate).and(lane.after);
                let row = match fate {
                    Fate::Out => &mut outside,
                    _ => rows.entry(piece.inner).or_default(),
                };
                for (slot, sign) in slots(lane.standing, fate, class) {
                    let exactly = row.slots.entry(slot).or_default();
                    exactly.add(term.pence, sign, self.part(term, spread, piece));
                }
                let counts = lane.standing.counts() && !matches!(fate, Fate::Unknown(_));
                if counts && row.last != Some(term.sum) {
                    row.last = Some(term.sum);
                    row.lines += term.lines;
                    row.zero_lines += u64::from(self.sums[term.sum as usize].zero_lines);
                }
            }
        }
        let keyed = |(inner, row): (u32, ExactRow)| {
            let key = self.key(At { outer, inner }).collect();
            (key, row.settled())
        };
        (rows.into_iter().map(keyed).collect(), outside.settled())
    }

    /// The cells of a row, in the order of the axes.
    pub(super) fn key(&self, at: At) -> impl Iterator<Item = Cell> {
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
