//! The rows of a table without some of its axes, from its own rows.
//!
//! *The naive way* shares every sum out anew for each subtotal of a table. *Why it is not enough:* a table of five axes
//! has 32 of them, and sharing out is most of the work. *The trick:* a pound of one partner and one year lies in one
//! row of the table that tells these apart, whole and known as it is without them. So the row of both partners is
//! the sum of the rows of each: lines, evidence and what cannot be said included.
//!
//! That does not hold of every axis. What is divided between two themes is known by judgement in either, and as it was
//! recorded where they are one row; a line that reaches two bands is one line of both. It holds where nothing goes
//! into two rows that become one, and that is looked at, pair by pair of matter and time.

use super::keys::{At, Keys};
use super::row_block::RowBlock;
use super::slot::Slot;
use super::terms::Terms;
use crate::cube::ask::plan::{Cell, Drill};
use crate::money::Bounded;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How rows of a finer table lie in those of a coarser one.
pub struct Folded {
    pub terms: Arc<Terms>,
    drill: Vec<Drill>,
    outers: Vec<Vec<Cell>>,
    /// The coarser outer of each finer one, and the other way round.
    to: Vec<u32>,
    of: Vec<Vec<u32>>,
}

impl Folded {
    /// The table with those of its axes that are kept; nothing where its rows do not add up to that.
    pub fn new(terms: &Arc<Terms>, kept: &[bool]) -> Option<Self> {
        let axes = || terms.drill.iter().zip(kept);
        let of_outer: Vec<bool> = axes()
            .filter(|(axis, _)| axis.of_region().is_none())
            .map(|(_, kept)| *kept)
            .collect();
        let region_axes_stay = axes().all(|(axis, kept)| *kept || axis.of_region().is_none());
        let mut numbers: BTreeMap<Vec<Cell>, u32> = BTreeMap::new();
        let mut folded = Self {
            terms: Arc::clone(terms),
            drill: axes()
                .filter(|(_, kept)| **kept)
                .map(|(axis, _)| axis.clone())
                .collect(),
            outers: Vec::new(),
            to: Vec::new(),
            of: Vec::new(),
        };
        for (finer, cells) in (0..).zip(&terms.routes.outers) {
            let cells = cells.iter().zip(&of_outer).filter(|(_, kept)| **kept);
            let cells: Vec<Cell> = cells.map(|(cell, _)| *cell).collect();
            let next = folded.outers.len() as u32;
            let number = *numbers.entry(cells).or_insert_with_key(|cells| {
                folded.outers.push(cells.clone());
                folded.of.push(Vec::new());
                next
            });
            folded.to.push(number);
            folded.of[number as usize].push(finer);
        }
        (region_axes_stay && terms.routes.stay_apart(&folded.to)).then_some(folded)
    }

    pub fn keys(&self) -> Keys<'_> {
        Keys {
            drill: &self.drill,
            outers: &self.outers,
            inners: &self.terms.inners,
        }
    }

    /// The rows of the finer table that lie in one of this.
    pub fn finer(&self, at: At) -> impl Iterator<Item = At> + '_ {
        let outers = self.of[at.outer as usize].iter();
        outers.map(move |&outer| At { outer, ..at })
    }

    /// The rows, added up from those of the finer table.
    pub fn blocks(&self, finer: &[RowBlock]) -> Vec<RowBlock> {
        let blocks = finer.par_iter().with_min_len(16);
        blocks
            .map_init(
                || Adding::new(self.outers.len()),
                |adding, block| self.block(adding, block),
            )
            .collect()
    }

    fn block(&self, adding: &mut Adding, finer: &RowBlock) -> RowBlock {
        for row in 0..finer.len() {
            let outer = self.to[finer.outers[row] as usize];
            adding.lines[outer as usize] += finer.lines(row);
            for &(slot, near) in finer.slots(row) {
                adding.add(outer, slot, near);
            }
        }
        let mut block = RowBlock::empty(self.drill.len(), finer.inner);
        let keys = self.keys();
        adding
            .sums
            .sort_unstable_by_key(|(outer, slot, _)| (*outer, *slot));
        for of_outer in adding.sums.chunk_by(|(one, ..), (other, ..)| one == other) {
            let (outer, inner) = (of_outer[0].0, finer.inner);
            let slots = of_outer.iter().map(|(_, slot, near)| (*slot, *near));
            let lines = std::mem::take(&mut adding.lines[outer as usize]);
            block.push(keys.of(At { outer, inner }), outer, slots, lines);
        }
        adding.forget();
        block
    }
}

/// The sums of one block while they are added up.
struct Adding {
    /// Where the sum of an outer and slot stands; [`NONE`] where it has none yet.
    at: Vec<u32>,
    sums: Vec<(u32, Slot, Bounded)>,
    lines: Vec<u64>,
}

const NONE: u32 = u32::MAX;

impl Adding {
    fn new(outers: usize) -> Self {
        Self {
            at: vec![NONE; outers * Slot::COUNT],
            sums: Vec::new(),
            lines: vec![0; outers],
        }
    }

    fn add(&mut self, outer: u32, slot: Slot, near: Bounded) {
        let at = &mut self.at[outer as usize * Slot::COUNT + slot.number()];
        match self.sums.get_mut(*at as usize) {
            Some((.., sum)) => sum.add(near),
            None => {
                *at = self.sums.len() as u32;
                self.sums.push((outer, slot, near));
            }
        }
    }

    fn forget(&mut self) {
        for (outer, slot, _) in self.sums.drain(..) {
            self.at[outer as usize * Slot::COUNT + slot.number()] = NONE;
        }
    }
}
