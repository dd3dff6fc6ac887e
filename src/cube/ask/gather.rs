//! From terms to rows, to within a little: what is divided alike is added up first and divided once.

use super::Fate;
use super::block::{Block, Grid};
use super::regional::{Regional, Term};
use super::rows::{Slot, slots};
use super::terms::{At, Terms};
use crate::money::{Share, Undivided};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Fewer are not worth a thread.
const TERMS_OF_A_THREAD: usize = 1 << 13;

impl Terms {
    /// Every row with its sums as near as they can be had quickly, by outer.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let outers = 0..self.outers.len();
        let terms: usize = self.regional.iter().map(Regional::len).sum();
        let at_least = outers.len() * TERMS_OF_A_THREAD / terms.max(1);
        (outers.into_par_iter())
            .with_min_len(at_least.max(1))
            .map(|outer| self.block(outer as u32))
            .collect()
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
}
