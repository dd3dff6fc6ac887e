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
use super::classes::{Classes, OUT};
use super::exactly::Exactly;
use super::lanes::{Lane, Lanes};
use super::region::Divider;
use super::rows::{Slot, slots};
use super::slice::{Drill, Slice};
use super::spread::{Piece, Spread};
use super::tally::RowTally;
use super::{Cell, Fate};
use crate::axis::Evidence;
use crate::cube::Cube;
use crate::money::{Exact, Share, Undivided};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

type Map<K, V> = HashMap<K, V, FixedState>;

/// What one sum gives to one row.
#[derive(Clone, Copy, Debug)]
struct Term {
    sum: u32,
    lane: u32,
    spread: u32,
}

/// The terms of a question, those of one row together.
#[derive(Debug)]
pub(super) struct Terms {
    sums: Vec<Sum>,
    lanes: Vec<Lane>,
    terms: Vec<Term>,
    /// The terms of each row.
    of_outer: Vec<Range<usize>>,
    spreads: Vec<Spread>,
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
        let place = cube.place();
        let divider = Divider::new(place.axes(), slice, drill);
        let mut lanes = Lanes::new(drill, everything);
        let mut inners = Vec::new();
        let mut inner_numbers: Map<[Cell; 3], u32> = Map::default();
        let mut spreads: Vec<Spread> = Vec::new();
        // The spreads of the region at hand, by driver.
        let mut of_region: Vec<(Option<usize>, u32)> = Vec::new();
        let mut region = OUT;
        let mut terms: Vec<Term> = Vec::with_capacity(alike.sums.len());
        let mut counts: Vec<usize> = Vec::new();
        for (number, sum) in (0..).zip(&alike.sums) {
            if sum.region != region {
                of_region.clear();
                region = sum.region;
            }
            for lane in lanes.of(classes, sum.matter, sum.period) {
                let Lane { outer, driver, .. } = lanes.lanes[lane];
                let known = of_region.iter().find(|(known, _)| *known == driver);
                let spread = match known {
                    Some((_, spread)) => *spread,
                    None => {
                        let by = driver.map(|driver| &place.drivers()[driver]);
                        let division = divider.divide(classes.regions[region as usize], by);
                        let mut inner = |cells: [Cell; 3]| {
                            *inner_numbers.entry(cells).or_insert_with(|| {
                                inners.push(cells);
                                (inners.len() - 1) as u32
                            })
                        };
                        spreads.push(Spread::of(&division, drill, &mut inner));
                        let spread = (spreads.len() - 1) as u32;
                        of_region.push((driver, spread));
                        spread
                    }
                };
                counts.resize(lanes.outers.len(), 0);
                counts[outer as usize] += 1;
                terms.push(Term {
                    sum: number,
                    lane: lane as u32,
                    spread,
                });
            }
        }
        let Lanes { lanes, outers, .. } = lanes;
        let (terms, of_outer) = by_outer(&terms, &lanes, &counts);
        Self {
            sums: alike.sums.clone(),
            lanes,
            terms,
            of_outer,
            spreads,
            outers,
            inners,
            drill: drill.to_vec(),
        }
    }

    /// Every row with its sums as near as they can be had quickly, by outer.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let outers = 0..self.outers.len();
        (outers.into_par_iter())
            .map(|outer| self.block(outer as u32))
            .collect()
    }

    fn block(&self, outer: u32) -> Block {
        let mut grid = Grid::new(self.inners.len());
        // What a region gives to the row: most of its terms are divided alike, and divided once.
        let mut undivided: Vec<(u32, Slot, Undivided)> = Vec::new();
        // Sums whose lines a row has counted, where several terms of one sum meet in it.
        let mut counted: BTreeSet<(u32, u32)> = BTreeSet::new();
        let region = |term: &Term| self.sums[term.sum as usize].region;
        // The terms of one region stand together, and among them those of one sum.
        let terms = &self.terms[self.of_outer[outer as usize].clone()];
        for of_region in terms.chunk_by(|one, two| region(one) == region(two)) {
            for of_sum in of_region.chunk_by(|one, two| one.sum == two.sum) {
                if !self.are_divided_alike(of_sum) {
                    of_sum
                        .iter()
                        .for_each(|term| self.divide(term, &mut grid, &mut counted));
                    continue;
                }
                let sum = &self.sums[of_sum[0].sum as usize];
                // The lines of records count once, however many parts of them lie here.
                let mut lines = sum.lines;
                for term in of_sum {
                    let class = self.class(term);
                    let lane = &self.lanes[term.lane as usize];
                    for (slot, sign) in slots(lane.standing, Fate::In, class) {
                        let same = |known: &&mut (u32, Slot, Undivided)| {
                            (known.0, known.1) == (term.spread, slot)
                        };
                        let count = match slot {
                            Slot::Amount(_) => std::mem::take(&mut lines),
                            Slot::Unknown(_) | Slot::Here(_) | Slot::Unshared(_) => 0,
                        };
                        let pence = i128::from(sign) * i128::from(sum.pence);
                        match undivided.iter_mut().find(same) {
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
            for (spread, slot, undivided) in undivided.drain(..) {
                if let Some(inside) = &self.spreads[spread as usize].inside {
                    grid.add(slot, &undivided, inside);
                }
            }
        }
        grid.into_block(self.drill.len(), |inner| self.key(At { outer, inner }))
    }

    /// Whether terms of one sum are divided between the same cells, and all lie in the slice.
    fn are_divided_alike(&self, terms: &[Term]) -> bool {
        let spread = terms[0].spread;
        self.spreads[spread as usize].inside.is_some()
            && terms.iter().all(|term| {
                let lane = &self.lanes[term.lane as usize];
                term.spread == spread && lane.before.and(lane.after) == Fate::In
            })
    }

    /// Adds the pieces of one term.
    fn divide(&self, term: &Term, grid: &mut Grid, counted: &mut BTreeSet<(u32, u32)>) {
        let lane = &self.lanes[term.lane as usize];
        let spread = &self.spreads[term.spread as usize];
        let sum = &self.sums[term.sum as usize];
        for piece in &spread.pieces {
            let fate = lane.before.and(piece.fate).and(lane.after);
            if fate == Fate::Out {
                continue;
            }
            let counts = lane.standing.counts() && fate == Fate::In;
            let first = counts && counted.insert((piece.inner, term.sum));
            let share = Share::of(piece.mass.into(), spread.whole.into());
            for (slot, sign) in slots(lane.standing, fate, self.class(term)) {
                let lines = match slot {
                    Slot::Amount(_) if first => sum.lines,
                    _ => 0,
                };
                let mut part = Undivided::default();
                part.add(i128::from(sign) * i128::from(sum.pence), lane.share, lines);
                grid.add(slot, &part, &[(piece.inner, share)]);
            }
        }
    }

    /// How what a term gives is known.
    fn class(&self, term: &Term) -> Evidence {
        let lane = &self.lanes[term.lane as usize];
        lane.class.max(self.spreads[term.spread as usize].class)
    }

    /// Calls back with each piece of each term of a row.
    fn visit(&self, outer: u32, sink: &mut impl FnMut(&Term, &Piece, Fate, Evidence)) {
        for term in &self.terms[self.of_outer[outer as usize].clone()] {
            let lane = &self.lanes[term.lane as usize];
            let spread = &self.spreads[term.spread as usize];
            for piece in &spread.pieces {
                let fate = lane.before.and(piece.fate).and(lane.after);
                sink(term, piece, fate, self.class(term));
            }
        }
    }

    /// The exact sum of some slots of some rows.
    pub(super) fn exact(&self, rows: &[At], wanted: impl Fn(Slot) -> bool) -> Exact {
        let mut inners: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for at in rows {
            inners.entry(at.outer).or_default().push(at.inner);
        }
        let mut sum = Exactly::default();
        for (outer, mut inners) in inners {
            inners.sort_unstable();
            for term in &self.terms[self.of_outer[outer as usize].clone()] {
                let lane = &self.lanes[term.lane as usize];
                let spread = &self.spreads[term.spread as usize];
                let class = self.class(term);
                // What is known otherwise than it is asked for is not looked through.
                let none = !slots(lane.standing, Fate::In, class).any(|(slot, _)| wanted(slot));
                let all_in = lane.before.and(lane.after) == Fate::In && spread.inside.is_some();
                if none && all_in {
                    continue;
                }
                for piece in spread.within(&inners) {
                    let fate = lane.before.and(piece.fate).and(lane.after);
                    if fate == Fate::Out {
                        continue;
                    }
                    let slots = slots(lane.standing, fate, class);
                    for (_, sign) in slots.filter(|(slot, _)| wanted(*slot)) {
                        let pence = self.sums[term.sum as usize].pence;
                        sum.add(pence, sign, self.part(term, piece));
                    }
                }
            }
        }
        sum.settled()
    }

    /// The part of its sum that a piece of a term is, as numerator and denominator.
    fn part(&self, term: &Term, piece: &Piece) -> (u128, u128) {
        let (weight, weights) = self.lanes[term.lane as usize].weight;
        match self.spreads[term.spread as usize].whole {
            whole if piece.mass == whole => (weight, weights),
            whole => (weight * u128::from(piece.mass), weights * u128::from(whole)),
        }
    }

    /// Every row with exact sums, and what lies outside.
    pub(super) fn exactly(&self) -> (BTreeMap<Vec<Cell>, RowTally>, RowTally) {
        let mut rows: BTreeMap<Vec<Cell>, RowTally> = BTreeMap::new();
        let mut outside = ExactRow::default();
        for outer in (0u32..).take(self.outers.len()) {
            let mut of_outer: BTreeMap<u32, ExactRow> = BTreeMap::new();
            self.visit(outer, &mut |term, piece, fate, class| {
                let row = match fate {
                    Fate::Out => &mut outside,
                    _ => of_outer.entry(piece.inner).or_default(),
                };
                let sum = &self.sums[term.sum as usize];
                let standing = self.lanes[term.lane as usize].standing;
                for (slot, sign) in slots(standing, fate, class) {
                    let exactly = row.slots.entry(slot).or_default();
                    exactly.add(sum.pence, sign, self.part(term, piece));
                }
                let counts = standing.counts() && !matches!(fate, Fate::Unknown(_));
                if counts && row.last != Some(term.sum) {
                    row.last = Some(term.sum);
                    row.lines += sum.lines;
                    row.zero_lines += sum.zero_lines;
                }
            });
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

/// The terms in the order of their rows, and those of each.
fn by_outer(terms: &[Term], lanes: &[Lane], counts: &[usize]) -> (Vec<Term>, Vec<Range<usize>>) {
    let mut of_outer: Vec<Range<usize>> = Vec::with_capacity(counts.len());
    let mut start = 0;
    for count in counts {
        of_outer.push(start..start);
        start += count;
    }
    let nothing = Term {
        sum: 0,
        lane: 0,
        spread: 0,
    };
    let mut sorted = vec![nothing; terms.len()];
    for term in terms {
        let range = &mut of_outer[lanes[term.lane as usize].outer as usize];
        sorted[range.end] = *term;
        range.end += 1;
    }
    (sorted, of_outer)
}
