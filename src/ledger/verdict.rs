//! What is noted of rows that may be totals, and what the sums say of them.

use super::total_words::Says;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What the sums say of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is the sum of so many lines above it.
    Total { lines: u64 },
    /// It looks like a total, and the lines above it add up to this.
    NotMet { sum: i128 },
    /// A word of it says total, and it equals no sum; it is counted.
    MayBe,
}

/// The rows that sums have something to say of, by row number.
pub(super) type Verdicts = BTreeMap<u32, Verdict>;

/// A row that may be a total by its look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// How many lines of its part stand before it.
    pub(super) lines: usize,
    pub(super) row: u32,
    pub(super) pence: i64,
    pub(super) look: Looks,
    /// What rounding took from the lines of its part before it, in pounds.
    pub(super) taken: Decimal,
}

/// Why a row may be a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looks {
    /// Nothing but an amount; it is not among the lines.
    Alone,
    /// A cell says so; it is among the lines.
    Says { what: Says, dated: bool },
}

/// What a row looks like, where its amount is a sum of others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) row: u32,
    pub(super) says: Option<Says>,
    /// Whether some column that has a heading has no cell here.
    pub(super) gaps: bool,
    /// Whether it has no date, where the layout names one.
    pub(super) no_date: bool,
    /// Whether it has none of the codes that the layout names.
    pub(super) no_codes: bool,
    /// The number in its only other cell.
    pub(super) count: Option<u64>,
}

/// An amount that is no line but belongs to sums that a publisher prints: one that the layout does
/// not select, or that was refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aside {
    /// How many lines of its part stand before it.
    pub(super) lines: usize,
    /// How many candidates of its part stand before it: what stands below a total is not in it.
    pub(super) candidates: usize,
    pub(super) pence: i64,
}

/// What a part notes for the sums besides its lines.
#[derive(Debug, Default)]
pub(super) struct Trail {
    pub(super) asides: Vec<Aside>,
    pub(super) candidates: Vec<Candidate>,
}
