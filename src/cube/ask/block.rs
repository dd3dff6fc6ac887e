//! Rows that differ only in place, ages and group, with their sums to within a little.

use super::Cell;
use super::rows::Slot;
use crate::money::{Near, NearSums, Share, Undivided};

/// The rows of one outer, side by side: keys and slots of all of them in one piece each.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// As many cells for each row as the table has axes.
    keys: Vec<Cell>,
    width: usize,
    /// The number of each row's inner cells.
    pub(super) inners: Vec<u32>,
    /// The slots of row `i` are `starts[i]..starts[i + 1]`; a row has few, and not in order.
    starts: Vec<usize>,
    slots: Vec<(Slot, Near)>,
    /// Ledger lines that make the amount; those of records that are zero make nothing.
    lines: Vec<u64>,
}

impl Block {
    /// Without rows, of so many axes.
    pub(super) fn new(width: usize) -> Self {
        Self {
            width,
            starts: vec![0],
            ..Self::default()
        }
    }

    pub(super) fn push(
        &mut self,
        key: impl IntoIterator<Item = Cell>,
        inner: u32,
        slots: impl IntoIterator<Item = (Slot, Near)>,
        lines: u64,
    ) {
        self.keys.extend(key);
        self.inners.push(inner);
        self.slots.extend(slots);
        self.starts.push(self.slots.len());
        self.lines.push(lines);
    }

    pub(super) fn len(&self) -> usize {
        self.inners.len()
    }

    pub(super) fn key(&self, row: usize) -> &[Cell] {
        &self.keys[row * self.width..][..self.width]
    }

    pub(super) fn slots(&self, row: usize) -> &[(Slot, Near)] {
        &self.slots[self.starts[row]..self.starts[row + 1]]
    }

    pub(super) fn lines(&self, row: usize) -> u64 {
        self.lines[row]
    }
}

/// The sums of a block while they are added up: a row each inner cell, a column each slot.
pub(super) struct Grid {
    inners: usize,
    columns: Vec<(Slot, NearSums)>,
}

impl Grid {
    pub(super) fn new(inners: usize) -> Self {
        Self {
            inners,
            columns: Vec::new(),
        }
    }

    /// Adds to a slot of each inner cell its share.
    pub(super) fn add(&mut self, slot: Slot, undivided: &Undivided, shares: &[(u32, Share)]) {
        let known = self.columns.iter().position(|(known, _)| *known == slot);
        let at = known.unwrap_or_else(|| {
            self.columns.push((slot, NearSums::new(self.inners)));
            self.columns.len() - 1
        });
        self.columns[at].1.add(undivided, shares);
    }

    /// Its rows to which anything was added; `key` gives the key of one.
    pub(super) fn into_block<K: Iterator<Item = Cell>>(
        self,
        width: usize,
        key: impl Fn(u32) -> K,
    ) -> Block {
        let mut block = Block::new(width);
        let mut slots: Vec<(Slot, Near)> = Vec::with_capacity(self.columns.len());
        for inner in (0u32..).take(self.inners) {
            let mut lines = 0;
            for (slot, sums) in &self.columns {
                if let Some((near, count)) = sums.get(inner as usize) {
                    slots.push((*slot, near));
                    lines += count;
                }
            }
            if !slots.is_empty() {
                block.push(key(inner), inner, slots.drain(..), lines);
            }
        }
        block
    }
}
