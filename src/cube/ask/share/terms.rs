//! The terms of each row: its sums with the shares taken of them, apart from each other.
//!
//! A term is what one bucket of records gives to one row of activities, partners and years; the shares
//! of its region share it out between the places, ages and groups of that row:
//!
//! ```text
//! cell = Σ over terms of the row: pence × weight × mass(cell) / mass(region)
//! ```
//!
//! *The naive way* forms all terms and adds up their fractions. *Why it is not enough:* there are millions
//! of them, and most tables close without one exact fraction. *The trick:* rows are added up nearly
//! (`accumulate`), terms are formed when somebody asks for an exact sum, once, and found by the row they
//! go into (`term_index`), so that one cell costs only the terms of its own row.
//!
//! *For example*, Ludlow's youth justice has one term: 12,671,000 pence × 1 / 1 × 924 / 27,635.

use super::exact_sum::ExactSum;
use super::keys::{At, Keys};
use super::region_share::{Piece, RegionShare};
use super::region_shares::RegionShares;
use super::routes::{Route, Routes};
use super::slot::{Slot, slots};
use super::term_index::{Term, TermIndex};
use crate::cube::ask::aggregate::{BucketSums, Buckets, Chunk};
use crate::cube::ask::plan::{Cell, Drill, Fate, Plan};
use crate::cube::ask::share::RowSums;
use crate::cube::source::Sum;
use crate::money::Exact;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The terms of a question.
///
/// Rows are added up without them. They are formed when somebody asks for an exact sum, all of them, by
/// outer, so that it is had from the terms of its outer alone.
#[derive(Debug)]
pub struct Terms {
    pub chunks: Arc<Vec<Chunk>>,
    pub routes: Routes,
    pub region_shares: RegionShares,
    pub inners: Vec<[Cell; 3]>,
    pub drill: Vec<Drill>,
    /// A part for each chunk.
    formed: OnceLock<Vec<TermIndex>>,
}

/// Rows with their keys.
type Keyed = Vec<(Vec<Cell>, RowSums)>;

impl Terms {
    /// The terms of sums that are alike; with `everything`, also of what lies outside.
    pub fn new(
        plan: &Plan<'_>,
        buckets: &mut Buckets<'_>,
        sums: &BucketSums,
        everything: bool,
    ) -> Self {
        let routes = Routes::new(&sums.pairs, &plan.drill, buckets, everything);
        let (region_shares, inners) = RegionShares::new(plan, &buckets.regions, sums, &routes);
        Self {
            chunks: Arc::clone(&sums.chunks),
            routes,
            region_shares,
            inners,
            drill: plan.drill.clone(),
            formed: OnceLock::new(),
        }
    }

    /// What is needed to share a term out: its route, and the shares of its region.
    fn shared(&self, term: &Term) -> (&Route, &RegionShare) {
        let route = &self.routes.routes[term.route as usize];
        (route, self.region_shares.get(term.region, route.driver))
    }

    /// The part of its sum that a piece of a term is, as numerator and denominator.
    fn part(route: &Route, piece: &Piece) -> (u128, u128) {
        let (weight, weights) = route.weight;
        match piece.whole {
            whole if piece.mass == whole => (weight, weights),
            whole => (weight * u128::from(piece.mass), weights * u128::from(whole)),
        }
    }

    /// The exact sum of some slots of some rows.
    pub fn exact(&self, rows: &[At], wanted: impl Fn(Slot) -> bool) -> Exact {
        let mut inners: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for at in rows {
            inners.entry(at.outer).or_default().push(at.inner);
        }
        let mut sum = ExactSum::default();
        for (outer, inners) in &mut inners {
            inners.sort_unstable();
            for (_, term) in self.of_outer(*outer) {
                let (route, region_share) = self.shared(term);
                let class = route.class(region_share);
                // What is known otherwise than it is asked for is not looked through.
                let none = !slots(route.standing, Fate::In, class).any(|(slot, _)| wanted(slot));
                let all_in = route.is_in() && region_share.inside.is_some();
                if none && all_in {
                    continue;
                }
                for piece in region_share.within(inners) {
                    let fate = route.fate(piece.fate);
                    if fate == Fate::Out {
                        continue;
                    }
                    let slots = slots(route.standing, fate, class);
                    for (_, sign) in slots.filter(|(slot, _)| wanted(*slot)) {
                        sum.add(term.pence, sign, Self::part(route, piece));
                    }
                }
            }
        }
        sum.settled()
    }

    /// Ledger lines of records that are zero, in one row.
    pub fn zero_lines(&self, at: At) -> u64 {
        let mut lines = 0;
        let mut last = None;
        for (sum, term) in self.of_outer(at.outer) {
            let (route, region_share) = self.shared(term);
            let inside = region_share.within(&[at.inner]).any(|piece| {
                let fate = route.fate(piece.fate);
                route.standing.counts() && fate == Fate::In
            });
            let sum_of = Some((term.region, term.sum));
            if inside && std::mem::replace(&mut last, sum_of) != sum_of {
                lines += u64::from(sum.zero_lines);
            }
        }
        lines
    }

    /// The terms of one outer, each with its sum.
    fn of_outer(&self, outer: u32) -> impl Iterator<Item = (&Sum, &Term)> {
        // Not on all cores: a thread that waits for others may be given work that comes here again.
        let formed = self.formed.get_or_init(|| {
            let chunks = self.chunks.iter();
            chunks
                .map(|chunk| TermIndex::new(chunk, &self.routes))
                .collect()
        });
        (self.chunks.iter().zip(formed)).flat_map(move |(chunk, index)| {
            let terms = index.of_outer(outer).iter();
            terms.map(|term| (&chunk.sums[term.sum as usize], term))
        })
    }

    /// Every row with exact sums, and what lies outside.
    pub fn exact_rows(&self) -> (BTreeMap<Vec<Cell>, RowSums>, RowSums) {
        // All are needed, and nobody waits for them yet.
        if self.formed.get().is_none() {
            let chunks = self.chunks.par_iter();
            let formed = chunks.map(|chunk| TermIndex::new(chunk, &self.routes));
            // Had somebody been quicker, it would be the same.
            drop(self.formed.set(formed.collect()));
        }
        let outers: Vec<u32> = (0..).take(self.routes.outers.len()).collect();
        let each: Vec<(Keyed, RowSums)> = (outers.par_iter())
            .map(|outer| self.exact_rows_of(*outer))
            .collect();
        let mut rows: BTreeMap<Vec<Cell>, RowSums> = BTreeMap::new();
        let mut outside = RowSums::default();
        for (of_outer, out) in each {
            for (key, row) in of_outer {
                rows.entry(key).or_default().add(&row);
            }
            outside.add(&out);
        }
        (rows, outside)
    }

    /// The rows of one outer, and what of its terms lies outside.
    fn exact_rows_of(&self, outer: u32) -> (Keyed, RowSums) {
        let mut outside = ExactRow::default();
        let mut rows: BTreeMap<u32, ExactRow> = BTreeMap::new();
        for (sum, term) in self.of_outer(outer) {
            let (route, region_share) = self.shared(term);
            let class = route.class(region_share);
            for piece in &region_share.pieces {
                let fate = route.fate(piece.fate);
                let row = match fate {
                    Fate::Out => &mut outside,
                    _ => rows.entry(piece.inner).or_default(),
                };
                for (slot, sign) in slots(route.standing, fate, class) {
                    let exactly = row.slots.entry(slot).or_default();
                    exactly.add(term.pence, sign, Self::part(route, piece));
                }
                let counts = route.standing.counts() && !matches!(fate, Fate::Unknown(_));
                let sum_of = Some((term.region, term.sum));
                if counts && std::mem::replace(&mut row.last, sum_of) != sum_of {
                    row.lines += sum.lines;
                    row.zero_lines += u64::from(sum.zero_lines);
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
    pub fn key(&self, at: At) -> impl Iterator<Item = Cell> {
        self.keys().of(at)
    }

    pub fn keys(&self) -> Keys<'_> {
        Keys {
            drill: &self.drill,
            outers: &self.routes.outers,
            inners: &self.inners,
        }
    }
}

/// The exact sums of one row while they are added up.
#[derive(Default)]
struct ExactRow {
    slots: BTreeMap<Slot, ExactSum>,
    lines: u64,
    zero_lines: u64,
    last: Option<(u32, u32)>,
}

impl ExactRow {
    fn settled(self) -> RowSums {
        let mut row = RowSums {
            lines: self.lines,
            zero_lines: self.zero_lines,
            ..RowSums::default()
        };
        for (slot, sum) in self.slots {
            row.slot(slot).add(&sum.settled());
        }
        row
    }
}
