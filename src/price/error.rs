//! Why an amount cannot be said in other pounds.

use crate::axis::{AxisError, Suggestions, YearKind};

/// Why an amount cannot be said in the pounds of another year, or of today.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PriceError {
    /// A price year that is no period.
    #[error(transparent)]
    Year(#[from] AxisError),
    /// A period that is neither a financial nor a calendar year.
    #[error(
        "`{found}` is no price year; prices are of a financial year (`2010-11`) or of a calendar year (`calendar 2010`)"
    )]
    NotAYear {
        /// What was written.
        found: String,
    },
    /// A year of another kind than those of the series.
    #[error(
        "{year} is {}, and the deflator {deflator} has {}; take the series of the other years",
        kind_in_words(*.kind, 1), kind_in_words(*.kinds, 2)
    )]
    OtherKind {
        /// The year.
        year: String,
        /// Its kind.
        kind: YearKind,
        /// The deflator, with its edition.
        deflator: String,
        /// The kind of its years.
        kinds: YearKind,
    },
    /// A year that the deflator does not have.
    #[error("the deflator {deflator} has no index of {year}; it has {has}")]
    NoIndex {
        /// The year.
        year: String,
        /// The deflator, with its edition.
        deflator: String,
        /// Its first and last year, in words.
        has: String,
    },
    /// A code that the pack's prices do not have.
    #[error("`{found}` is not {what} of this pack{instead}")]
    Unknown {
        /// `a deflator` or `a discount schedule`.
        what: &'static str,
        /// What was written.
        found: String,
        /// What there is in its place.
        instead: Suggestions,
    },
    /// A code of which the pack has several editions.
    #[error("there are several editions of `{found}`; write {}", .spellings.join(" or "))]
    SeveralEditions {
        /// What was written.
        found: String,
        /// `code@edition` of each.
        spellings: Vec<String>,
    },
    /// Two editions of prices in one proposal.
    #[error(
        "prices of two editions in one proposal: {first} and {second}; editions differ, so name one of them"
    )]
    TwoEditions {
        /// The one, with its edition.
        first: String,
        /// The other.
        second: String,
    },
    /// A year after the last band of a schedule.
    #[error(
        "the discount schedule {schedule} ends with year {last}; it has no rate for year {year}"
    )]
    BeyondSchedule {
        /// The schedule, with its edition.
        schedule: String,
        /// Its last year.
        last: u32,
        /// The year that was asked for.
        year: u32,
    },
    /// Money by a rate that is for effects on health.
    #[error(
        "the discount schedule {schedule} is for effects on health, counted in years of life; money is discounted by another"
    )]
    NotForMoney {
        /// The schedule, with its edition.
        schedule: String,
    },
}

fn kind_in_words(kind: YearKind, number: usize) -> &'static str {
    match (kind, number) {
        (YearKind::Calendar, 1) => "a calendar year",
        (YearKind::Calendar, _) => "calendar years",
        (YearKind::Financial, 1) => "a financial year",
        (YearKind::Financial, _) => "financial years",
        (YearKind::Academic, 1) => "an academic year",
        (YearKind::Academic, _) => "academic years",
    }
}
