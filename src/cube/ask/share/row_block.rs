//! Rows that are of the same place, ages and group, with their sums to within a little.

use super::accumulator::Accumulator;
use super::keys::At;
use super::slot::Slot;
use super::terms::Terms;
use crate::cube::ask::plan::Cell;
use crate::money::Bounded;

/// The rows of one inner cell, side by side: keys and slots of all of them in one piece each.
#[derive(Debug)]
pub struct RowBlock {
    /// As many cells for each row as the table has axes.
    keys: Vec<Cell>,
    width: usize,
    pub inner: u32,
    /// The outer of each row.
    pub outers: Vec<u32>,
    /// The slots of row `i` are `starts[i]..starts[i + 1]`; a row has few.
    starts: Vec<usize>,
    slots: Vec<(Slot, Bounded)>,
    /// Ledger lines that make the amount; those of records that are zero make nothing.
    lines: Vec<u64>,
}

impl RowBlock {
    /// Without rows, of so many axes.
    pub fn empty(width: usize, inner: u32) -> Self {
        Self {
            keys: Vec::new(),
            width,
            inner,
            outers: Vec::new(),
            starts: vec![0],
            slots: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// The rows of an inner cell to which anything was added; the columns of each outer stand together.
    pub fn new(
        terms: &Terms,
        sums: &Accumulator,
        columns: &[(u32, Slot, u32)],
        inner: u32,
    ) -> Self {
        let mut block = Self::empty(terms.drill.len(), inner);
        block.slots.reserve_exact(sums.known(inner));
        for of_outer in columns.chunk_by(|(one, ..), (other, ..)| one == other) {
            let (outer, ..) = of_outer[0];
            let mut lines = 0;
            let before = block.slots.len();
            for &(_, slot, column) in of_outer {
                if let Some((near, count)) = sums.get(inner, column) {
                    block.slots.push((slot, near));
                    lines += count;
                }
            }
            if block.slots.len() > before {
                block.keys.extend(terms.key(At { outer, inner }));
                block.end(outer, lines);
            }
        }
        block
    }

    pub fn push(
        &mut self,
        key: impl IntoIterator<Item = Cell>,
        outer: u32,
        slots: impl IntoIterator<Item = (Slot, Bounded)>,
        lines: u64,
    ) {
        self.keys.extend(key);
        self.slots.extend(slots);
        self.end(outer, lines);
    }

    /// Ends a row of which the key and all slots are there.
    fn end(&mut self, outer: u32, lines: u64) {
        self.outers.push(outer);
        self.starts.push(self.slots.len());
        self.lines.push(lines);
    }

    pub fn len(&self) -> usize {
        self.outers.len()
    }

    pub fn key(&self, row: usize) -> &[Cell] {
        &self.keys[row * self.width..][..self.width]
    }

    pub fn slots(&self, row: usize) -> &[(Slot, Bounded)] {
        &self.slots[self.starts[row]..self.starts[row + 1]]
    }

    pub fn lines(&self, row: usize) -> u64 {
        self.lines[row]
    }
}
