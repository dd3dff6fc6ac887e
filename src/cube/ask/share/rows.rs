//! The rows of a table before they are closed: sums by what they are.

use super::accumulate::CELLS_AT_ONCE;
use super::folded::Folded;
use super::keys::At;
use super::row_block::RowBlock;
use super::row_order::in_order;
use super::slot::Slot;
use super::terms::Terms;
use crate::cube::ask::plan::Cell;
use crate::cube::ask::share::RowSums;
use crate::money::{Bounded, Exact};
use std::ops::Range;
use std::sync::Arc;

/// The rows of a table, in the order of their keys.
pub struct Rows {
    blocks: Vec<RowBlock>,
    /// The block of each row, and its number there.
    order: Vec<(u32, u32)>,
    exact: Known,
}

/// From where exact sums are had.
enum Known {
    /// They are formed when they are asked for.
    Terms(Arc<Terms>),
    /// By those of a finer table.
    Folded(Box<Folded>),
    Tallies(Vec<RowSums>),
}

impl Rows {
    pub fn from_terms(terms: Terms) -> Self {
        let blocks = terms.blocks(CELLS_AT_ONCE);
        let order = in_order(&terms.keys(), &blocks);
        Self {
            order,
            blocks,
            exact: Known::Terms(Arc::new(terms)),
        }
    }

    /// The rows without some axes of the table, added up from these; nothing where they do not add up to that.
    pub fn folded(&self, kept: &[bool]) -> Option<Self> {
        let Known::Terms(terms) = &self.exact else {
            return None;
        };
        let folded = Folded::new(terms, kept)?;
        let blocks = folded.blocks(&self.blocks);
        Some(Self {
            order: in_order(&folded.keys(), &blocks),
            blocks,
            exact: Known::Folded(Box::new(folded)),
        })
    }

    /// Rows of so many axes of which everything is known exactly, and nothing nearly.
    pub fn from_sums(axes: usize, rows: impl IntoIterator<Item = (Vec<Cell>, RowSums)>) -> Self {
        Self::from_known(axes, rows, |_, _| Bounded::UNKNOWN)
    }

    fn from_known(
        axes: usize,
        rows: impl IntoIterator<Item = (Vec<Cell>, RowSums)>,
        near: impl Fn(&RowSums, Slot) -> Bounded,
    ) -> Self {
        let mut block = RowBlock::empty(axes, 0);
        let mut tallies = Vec::new();
        for (number, (key, row)) in (0..).zip(rows) {
            let slots = row.slots().map(|slot| (slot, near(&row, slot)));
            block.push(key, number, slots, row.lines);
            tallies.push(row);
        }
        Self {
            order: (0..block.len() as u32).map(|row| (0, row)).collect(),
            blocks: vec![block],
            exact: Known::Tallies(tallies),
        }
    }

    /// The same of rows of which everything is known exactly, and so nearly too: many are closed sooner so.
    pub fn from_exact(axes: usize, rows: impl IntoIterator<Item = (Vec<Cell>, RowSums)>) -> Self {
        let near = |row: &RowSums, slot| Bounded::of(&row.known(slot));
        Self::from_known(axes, rows, near)
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    fn at(&self, row: usize) -> (&RowBlock, usize) {
        let (block, row) = self.order[row];
        (&self.blocks[block as usize], row as usize)
    }

    pub fn key(&self, row: usize) -> &[Cell] {
        let (block, row) = self.at(row);
        block.key(row)
    }

    /// Its slots, each once and in order.
    pub fn slots(&self, row: usize) -> &[(Slot, Bounded)] {
        let (block, row) = self.at(row);
        block.slots(row)
    }

    /// Ledger lines that make the amount.
    pub fn lines(&self, row: usize) -> u64 {
        let (block, row) = self.at(row);
        block.lines(row)
    }

    /// Ledger lines of records that are zero.
    pub fn zero_lines(&self, row: usize) -> u64 {
        match &self.exact {
            Known::Terms(terms) => terms.zero_lines(self.place(self.order[row])),
            Known::Folded(folded) => {
                let finer = folded.finer(self.place(self.order[row]));
                finer.map(|at| folded.terms.zero_lines(at)).sum()
            }
            Known::Tallies(tallies) => tallies[row].zero_lines,
        }
    }

    /// The amount of a row: its classes together.
    pub fn amount(&self, row: usize) -> Bounded {
        let mut sum = Bounded::default();
        for (slot, near) in self.slots(row) {
            if let Slot::Amount(_) = slot {
                sum.add(*near);
            }
        }
        sum
    }

    /// The exact sum of a slot.
    pub fn exact(&self, row: usize, slot: Slot) -> Exact {
        match &self.exact {
            Known::Terms(terms) => terms.exact(&self.places(row..row + 1), |other| other == slot),
            Known::Folded(folded) => {
                let finer: Vec<At> = folded.finer(self.place(self.order[row])).collect();
                folded.terms.exact(&finer, |other| other == slot)
            }
            Known::Tallies(rows) => rows[row].known(slot),
        }
    }

    /// The amount of some rows exactly.
    pub fn exact_amount(&self, rows: Range<usize>) -> Exact {
        let amount = |slot| matches!(slot, Slot::Amount(_));
        match &self.exact {
            Known::Terms(terms) => terms.exact(&self.places(rows), amount),
            Known::Folded(folded) => {
                let places = self.places(rows);
                let finer: Vec<At> = places.iter().flat_map(|&at| folded.finer(at)).collect();
                folded.terms.exact(&finer, amount)
            }
            Known::Tallies(tallies) => {
                let mut sum = Exact::zero();
                tallies[rows].iter().for_each(|row| sum.add(&row.exact()));
                sum
            }
        }
    }

    /// Where terms know the rows.
    fn places(&self, rows: Range<usize>) -> Vec<At> {
        self.order[rows]
            .iter()
            .map(|&row| self.place(row))
            .collect()
    }

    fn place(&self, (block, row): (u32, u32)) -> At {
        let block = &self.blocks[block as usize];
        At {
            outer: block.outers[row as usize],
            inner: block.inner,
        }
    }
}
