//! What is asked of an engine, in plain Rust types.

use super::query::{Dimension, Query};
use std::time::{Duration, Instant};

/// Until when an engine may take, and how often the whole is tried again. There is no default: two of
/// three engines that were tried could hang, or try again in silence.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long all of it may take.
    pub within: Duration,
    /// How often the whole is run again after a lost worker, or an answer that disagrees.
    pub again: u32,
    /// How long to wait before that: at least as long as the engine takes to notice a lost worker.
    pub wait: Duration,
}

/// The moment at which an engine is no longer waited for.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Instant);

impl Deadline {
    /// So long from now.
    #[must_use]
    pub fn after(within: Duration) -> Self {
        let now = Instant::now();
        Self(now.checked_add(within).unwrap_or(now))
    }

    /// What is left of the time.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Whether it has passed.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        self.left().is_zero()
    }
}

/// Why an engine gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// Nobody answers there.
    #[error("cannot be reached: {0}; check that it runs and its address")]
    Unreachable(String),
    /// Part of it was lost on the way; asked again it may answer.
    #[error("lost a worker: {0}; ask again once it has noticed")]
    WorkerLost(String),
    /// It will not: a missing file, a wrong token, a sum too large.
    #[error("refused: {0}")]
    Refused(String),
    /// It took longer than it may.
    #[error("did not answer within the time allowed; allow more, or ask for less")]
    DeadlinePassed,
    /// What it gave cannot be an answer.
    #[error("gave what cannot be an answer: {0}; nothing of it is used")]
    Disagrees(String),
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Texts, dates and anything else that has one plain text.
    Texts,
    /// Whole numbers.
    WholeNumbers,
    /// Decimals with at most two digits after the point.
    Pounds,
    /// Binary floating point: its texts, whatever their form, are the same numbers.
    Floats,
    /// What has no plain text.
    Other(String),
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// What stands in it.
    pub holds: Holds,
}

/// One value of a row that an engine gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// A whole number.
    Integer(i128),
    /// A text.
    Text(String),
    /// Nothing, as SQL's NULL.
    Nothing,
}

/// A place where files lie and are added up.
///
/// It joins, counts and sums whole numbers, and does nothing else: no division, no rounding, no
/// judgement. It is never believed.
pub trait Engine {
    /// Its name, for messages.
    fn name(&self) -> &str;

    /// Makes a Parquet file known under a name, with its columns as `c0`, `c1`, … in their order.
    ///
    /// # Errors
    ///
    /// [`EngineError`].
    fn open(
        &mut self,
        location: &str,
        table: &str,
        until: Deadline,
    ) -> Result<Vec<Column>, EngineError>;

    /// Whether a table that was opened has a column `at_row` with the number of each row in its file, as the
    /// reader of files counts them: the headings are row 1, and the first row below them is row 2. An
    /// engine that has none leaves this out; findings then name files instead of rows, and files that
    /// need the order of their rows are refused.
    fn numbers_rows(&self, _table: &str) -> bool {
        false
    }

    /// Makes a small table of texts and whole numbers known under its name.
    ///
    /// # Errors
    ///
    /// [`EngineError`].
    fn register(&mut self, dimension: &Dimension, until: Deadline) -> Result<(), EngineError>;

    /// Runs a query that only reads. One row for each different key: the keys, then the count, the sum,
    /// the number of those below zero and the largest amount without its sign; where
    /// [`Query::first_row`] asks for it, the number of the first row too.
    ///
    /// # Errors
    ///
    /// [`EngineError`].
    fn run(&mut self, query: &Query, until: Deadline) -> Result<Vec<Vec<Value>>, EngineError>;
}
