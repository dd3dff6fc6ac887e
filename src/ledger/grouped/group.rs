//! Rows that are one to every rule of a pack, added up.

use super::amount_class::AmountClass;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Rows of one file of which all that matters says the same, added up.
#[derive(Debug)]
pub(crate) struct RowGroup<'a> {
    /// By column, a text that says what each of theirs says.
    pub(crate) texts: BTreeMap<usize, &'a str>,
    pub(crate) class: &'a AmountClass,
    /// How many other cells each has, at most [`MANY`].
    pub(crate) filled: usize,
    pub(crate) rows: u64,
    pub(crate) pence: i128,
    /// Before units and signs are looked at.
    pub(crate) bare: i128,
    pub(crate) credits: u64,
    /// The largest amount without its sign, in pence.
    pub(crate) largest: i128,
    /// What rounding took from all of them, in pounds.
    pub(crate) taken: Decimal,
    /// The number of the first of them, where the engine numbers rows.
    pub(crate) first: Option<u64>,
}

/// Rows that are told together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told {
    pub(super) rows: u64,
    pub(super) pence: i128,
    pub(super) first: Option<u64>,
}

impl Told {
    pub(super) fn add(&mut self, group: &RowGroup<'_>) {
        self.rows += group.rows;
        self.pence += group.pence;
        self.first = match (self.first, group.first) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
}
