//! The rows of a table before they are closed: sums by what they are.

use super::block::Block;
use super::gather::CELLS_AT_ONCE;
use super::order::in_order;
use super::tally::RowTally;
use super::terms::{At, Terms};
use super::{Beside, Cell, Fate};
use crate::account::Standing;
use crate::axis::{Evidence, Gap};
use crate::money::{Exact, Near};
use std::ops::Range;

/// Into what of a row a piece is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Slot {
    /// The amount, by how it is known.
    Amount(Evidence),
    /// What may lie in the row or not, by reason.
    Unknown(Gap),
    /// What stands beside the row and lies here.
    Here(Beside),
    /// What stands beside the row and may lie here or not.
    Unshared(Beside),
}

impl Slot {
    /// How many there are.
    pub(super) const COUNT: usize = Evidence::ALL.len() + Gap::ALL.len() + 2 * Beside::ALL.len();

    /// Its number among all.
    pub(super) const fn number(self) -> usize {
        const UNKNOWN: usize = Evidence::ALL.len();
        const HERE: usize = UNKNOWN + Gap::ALL.len();
        const UNSHARED: usize = HERE + Beside::ALL.len();
        // Whoever adds one and forgets it in `ALL` is told.
        const { assert!(Evidence::Judgement as usize + 1 == Evidence::ALL.len()) };
        const { assert!(Gap::DriverTooCoarse as usize + 1 == Gap::ALL.len()) };
        const { assert!(Beside::Unheld as usize + 1 == Beside::ALL.len()) };
        match self {
            Self::Amount(class) => class as usize,
            Self::Unknown(gap) => UNKNOWN + gap as usize,
            Self::Here(beside) => HERE + beside as usize,
            Self::Unshared(beside) => UNSHARED + beside as usize,
        }
    }
}

/// Where a piece goes, with its sign.
pub(super) fn slots(
    standing: Standing,
    fate: Fate,
    class: Evidence,
) -> impl Iterator<Item = (Slot, i64)> {
    let amount = standing.counts().then_some(match fate {
        Fate::Unknown(gap) => (Slot::Unknown(gap), 1),
        Fate::In | Fate::Out => (Slot::Amount(class), 1),
    });
    let beside = Beside::of(standing).map(|(beside, sign)| match fate {
        Fate::Unknown(_) => (Slot::Unshared(beside), sign),
        Fate::In | Fate::Out => (Slot::Here(beside), sign),
    });
    amount.into_iter().chain(beside)
}

/// The rows of a table, in the order of their keys.
pub(super) struct Rows {
    blocks: Vec<Block>,
    /// The block of each row, and its number there.
    order: Vec<(u32, u32)>,
    exact: Known,
}

/// From where exact sums are had.
enum Known {
    /// They are formed when they are asked for.
    Terms(Box<Terms>),
    Tallies(Vec<RowTally>),
}

impl Rows {
    pub(super) fn of_terms(terms: Terms) -> Self {
        let blocks = terms.blocks(CELLS_AT_ONCE);
        let order = in_order(&terms, &blocks);
        Self {
            order,
            blocks,
            exact: Known::Terms(Box::new(terms)),
        }
    }

    /// Rows of so many axes of which everything is known exactly, and nothing nearly.
    pub(super) fn of_tallies(
        axes: usize,
        rows: impl IntoIterator<Item = (Vec<Cell>, RowTally)>,
    ) -> Self {
        let mut block = Block::new(axes, 0);
        let mut tallies = Vec::new();
        for (number, (key, row)) in (0..).zip(rows) {
            let slots = row.slots().map(|slot| (slot, Near::UNKNOWN));
            block.push(key, number, slots, row.lines);
            tallies.push(row);
        }
        Self {
            order: (0..block.len() as u32).map(|row| (0, row)).collect(),
            blocks: vec![block],
            exact: Known::Tallies(tallies),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    fn at(&self, row: usize) -> (&Block, usize) {
        let (block, row) = self.order[row];
        (&self.blocks[block as usize], row as usize)
    }

    pub(super) fn key(&self, row: usize) -> &[Cell] {
        let (block, row) = self.at(row);
        block.key(row)
    }

    /// Its slots, each once and in order.
    pub(super) fn slots(&self, row: usize) -> &[(Slot, Near)] {
        let (block, row) = self.at(row);
        block.slots(row)
    }

    /// Ledger lines that make the amount.
    pub(super) fn lines(&self, row: usize) -> u64 {
        let (block, row) = self.at(row);
        block.lines(row)
    }

    /// Ledger lines of records that are zero.
    pub(super) fn zero_lines(&self, row: usize) -> u64 {
        match &self.exact {
            Known::Terms(terms) => terms.zero_lines(self.place(self.order[row])),
            Known::Tallies(tallies) => tallies[row].zero_lines,
        }
    }

    /// The amount of a row: its classes together.
    pub(super) fn amount(&self, row: usize) -> Near {
        let mut sum = Near::default();
        for (slot, near) in self.slots(row) {
            if let Slot::Amount(_) = slot {
                sum.add(*near);
            }
        }
        sum
    }

    /// The exact sum of a slot.
    pub(super) fn exact(&self, row: usize, slot: Slot) -> Exact {
        match &self.exact {
            Known::Terms(terms) => terms.exact(&self.places(row..row + 1), |other| other == slot),
            Known::Tallies(rows) => rows[row].known(slot),
        }
    }

    /// The amount of some rows exactly.
    pub(super) fn exact_amount(&self, rows: Range<usize>) -> Exact {
        match &self.exact {
            Known::Terms(terms) => {
                let amount = |slot| matches!(slot, Slot::Amount(_));
                terms.exact(&self.places(rows), amount)
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
