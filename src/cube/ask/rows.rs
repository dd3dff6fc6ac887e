//! The rows of a table before they are closed: sums by what they are.

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
    /// Where a piece goes, with its sign.
    pub(super) fn of(standing: Standing, fate: Fate, class: Evidence) -> [Option<(Self, i64)>; 2] {
        let amount = standing.counts().then_some(match fate {
            Fate::Unknown(gap) => (Self::Unknown(gap), 1),
            Fate::In | Fate::Out => (Self::Amount(class), 1),
        });
        let beside = Beside::of(standing).map(|(beside, sign)| match fate {
            Fate::Unknown(_) => (Self::Unshared(beside), sign),
            Fate::In | Fate::Out => (Self::Here(beside), sign),
        });
        [amount, beside]
    }
}

/// The sums of one row, to within a little.
#[derive(Clone, Debug, Default)]
pub(super) struct RowSums {
    /// A row has few slots; they are not in order.
    pub(super) slots: Vec<(Slot, Near)>,
    /// Ledger lines that make the amount; those of records that are zero make nothing.
    pub(super) lines: u64,
}

impl RowSums {
    pub(super) fn has(&self, slot: Slot) -> bool {
        self.slots.iter().any(|(other, _)| *other == slot)
    }

    /// The class of all of its amount, if it is one.
    pub(super) fn only_class(&self) -> Option<Evidence> {
        let mut classes = self.slots.iter().filter_map(|(slot, _)| match slot {
            Slot::Amount(class) => Some(*class),
            Slot::Unknown(_) | Slot::Here(_) | Slot::Unshared(_) => None,
        });
        let first = classes.next()?;
        classes.next().is_none().then_some(first)
    }

    pub(super) fn near(&self, slot: Slot) -> Near {
        let found = self.slots.iter().find(|(other, _)| *other == slot);
        found.map_or_else(Near::default, |(_, near)| *near)
    }
}

/// The rows of a table, in the order of their keys.
pub(super) struct Rows {
    pub(super) keys: Vec<Vec<Cell>>,
    pub(super) sums: Vec<RowSums>,
    exact: Known,
}

/// From where exact sums are had.
enum Known {
    /// They are formed when they are asked for.
    Terms(Box<Terms>, Vec<At>),
    Tallies(Vec<RowTally>),
}

impl Rows {
    pub(super) fn of_terms(terms: Terms) -> Self {
        let rows = terms.rows();
        let mut keys = Vec::with_capacity(rows.len());
        let mut sums = Vec::with_capacity(rows.len());
        let mut places = Vec::with_capacity(rows.len());
        for (key, at, row) in rows {
            keys.push(key);
            places.push(at);
            sums.push(row);
        }
        Self {
            keys,
            sums,
            exact: Known::Terms(Box::new(terms), places),
        }
    }

    /// Rows of which everything is known exactly, and nothing nearly.
    pub(super) fn of_tallies(rows: impl IntoIterator<Item = (Vec<Cell>, RowTally)>) -> Self {
        let (keys, tallies): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let sums = tallies.iter().map(|row: &RowTally| RowSums {
            slots: (row.slots()).map(|slot| (slot, Near::UNKNOWN)).collect(),
            lines: row.lines,
        });
        Self {
            sums: sums.collect(),
            keys,
            exact: Known::Tallies(tallies),
        }
    }

    /// The exact sum of a slot.
    pub(super) fn exact(&self, row: usize, slot: Slot) -> Exact {
        match &self.exact {
            Known::Terms(terms, places) => terms.exact(&places[row..=row], |other| other == slot),
            Known::Tallies(rows) => rows[row].known(slot),
        }
    }

    /// The amount of a row: its classes together.
    pub(super) fn amount(&self, row: usize) -> Near {
        let mut sum = Near::default();
        for class in Evidence::ALL {
            sum.add(self.sums[row].near(Slot::Amount(class)));
        }
        sum
    }

    /// The amount of some rows exactly.
    pub(super) fn exact_amount(&self, rows: Range<usize>) -> Exact {
        match &self.exact {
            Known::Terms(terms, places) => {
                terms.exact(&places[rows], |slot| matches!(slot, Slot::Amount(_)))
            }
            Known::Tallies(tallies) => {
                let mut sum = Exact::zero();
                tallies[rows].iter().for_each(|row| sum.add(&row.exact()));
                sum
            }
        }
    }
}
