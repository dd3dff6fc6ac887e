//! The sums of a table while they are added up.

use super::slot::Slot;
use crate::money::{Bounded, BoundedSums, Share};
use std::ops::Range;

/// Sums of some outers: a row for each inner cell, a column for each outer and slot.
///
/// Regions come in the order of places, and those of one place give to few inner cells, so that what
/// is added to stays at hand.
pub struct Accumulator {
    outers: Range<u32>,
    /// The column of each outer and slot; [`NONE`] where it has none yet.
    numbers: Vec<u32>,
    columns: Vec<(u32, Slot)>,
    sums: BoundedSums,
}

const NONE: u32 = u32::MAX;

impl Accumulator {
    pub fn new(outers: Range<u32>, inners: usize) -> Self {
        Self {
            numbers: vec![NONE; outers.len() * Slot::COUNT],
            outers,
            columns: Vec::new(),
            sums: BoundedSums::new(inners),
        }
    }

    pub fn has(&self, outer: u32) -> bool {
        self.outers.contains(&outer)
    }

    /// Adds to a slot of each inner cell its share of a share of some pence, and lines.
    pub fn add(
        &mut self,
        place: (u32, Slot),
        taken: (i128, Share),
        lines: u64,
        shares: &[(u32, Share)],
    ) {
        let column = self.column(place);
        self.sums.add(column, taken, lines, shares);
    }

    /// Counts lines of which pence are added to the cell elsewhere.
    pub fn count(&mut self, place: (u32, Slot), inner: u32, lines: u64) {
        let column = self.column(place);
        self.sums.count(inner, column, lines);
    }

    fn column(&mut self, (outer, slot): (u32, Slot)) -> u32 {
        let at = (outer - self.outers.start) as usize * Slot::COUNT + slot.number();
        let number = &mut self.numbers[at];
        if *number == NONE {
            *number = self.columns.len() as u32;
            self.columns.push((outer, slot));
        }
        *number
    }

    /// The sums of both.
    pub fn and(mut self, other: Self) -> Self {
        let columns: Vec<u32> = (other.columns.iter())
            .map(|&place| self.column(place))
            .collect();
        self.sums.add_all(&other.sums, &columns);
        self
    }

    /// The columns by outer and slot.
    pub fn columns(&self) -> Vec<(u32, Slot, u32)> {
        let columns = (0..).zip(&self.columns);
        let mut columns: Vec<_> = columns
            .map(|(number, &(outer, slot))| (outer, slot, number))
            .collect();
        columns.sort_unstable();
        columns
    }

    pub fn get(&self, inner: u32, column: u32) -> Option<(Bounded, u64)> {
        self.sums.get(inner, column)
    }

    /// How many sums an inner cell has.
    pub fn known(&self, inner: u32) -> usize {
        self.sums.known(inner)
    }
}
