//! For programs with engines or readers of their own: grouping lines by keys, the
//! numbers of their coordinates, which is the one thing an engine is asked to do.
//!
//! An engine gets integers and sums integers. It is never believed: its sums are held against the
//! control totals of the lines that went in.

mod coordinates;
mod coded_lines;
mod polars;
mod reference;
mod sort_engine;

pub use coded_lines::{CodedLine, CodedLines};
pub(crate) use coordinates::{Appearing, Coordinates, KnownOfLedger, Numbers};
pub use polars::Polars;
pub use reference::Reference;
pub use sort_engine::Sorted;

use super::CubeError;
use super::records::{Records, line_count};
use crate::money::Pence;

/// An engine that groups coded lines.
pub trait GroupBy {
    /// Its name, for messages.
    fn name(&self) -> &'static str;

    /// One sum for each distinct key, with the number of its lines, in any order.
    ///
    /// # Errors
    ///
    /// [`CubeError::Engine`] when the engine fails, [`CubeError::Money`] for a sum beyond 64 bits
    /// of pence.
    fn group(&self, lines: Vec<CodedLine>) -> Result<Sums, CubeError>;
}

/// The sums of keys, as three columns of one length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Each key.
    pub keys: Vec<u64>,
    /// Its sum.
    pub pence: Vec<i64>,
    /// How many lines it has.
    pub lines: Vec<u32>,
}

impl Sums {
    /// No sums yet, with room for so many.
    #[must_use]
    pub fn with_capacity(keys: usize) -> Self {
        Self {
            keys: Vec::with_capacity(keys),
            pence: Vec::with_capacity(keys),
            lines: Vec::with_capacity(keys),
        }
    }

    /// Adds the sum of a key.
    ///
    /// # Errors
    ///
    /// [`CubeError::Money`] beyond 64 bits of pence, [`CubeError::TooManyLines`] beyond 32 bits of
    /// lines.
    pub fn push(&mut self, key: u64, pence: i128, lines: u64) -> Result<(), CubeError> {
        self.keys.push(key);
        self.pence.push(Pence::from_wide(pence)?.get());
        self.lines.push(line_count(lines)?);
        Ok(())
    }

    /// The same sums in key order.
    fn in_order(self) -> Self {
        if self.keys.is_sorted() {
            return self;
        }
        let mut order: Vec<usize> = (0..self.keys.len()).collect();
        order.sort_unstable_by_key(|&at| self.keys[at]);
        Self {
            keys: order.iter().map(|&at| self.keys[at]).collect(),
            pence: order.iter().map(|&at| self.pence[at]).collect(),
            lines: order.iter().map(|&at| self.lines[at]).collect(),
        }
    }
}

/// Groups, holds the sums against the lines, and puts them in order.
pub(super) fn checked(engine: &dyn GroupBy, lines: CodedLines) -> Result<Records, CubeError> {
    let (parts, lines) = lines.into_numbers()?;
    let expected: i128 = lines.iter().map(|line| i128::from(line.pence)).sum();
    let expected_lines = lines.len() as u64;
    let sums = engine.group(lines)?;
    let found: i128 = sums.pence.iter().map(|&pence| i128::from(pence)).sum();
    let found_lines: u64 = sums.lines.iter().map(|&lines| u64::from(lines)).sum();
    let whole = sums.pence.len() == sums.keys.len() && sums.lines.len() == sums.keys.len();
    let disagrees = || CubeError::EngineDisagrees {
        engine: engine.name(),
        expected,
        expected_lines,
        found,
        found_lines,
    };
    if !whole || found != expected || found_lines != expected_lines {
        return Err(disagrees());
    }
    let sums = sums.in_order();
    let once = sums.keys.windows(2).all(|pair| pair[0] < pair[1]);
    if !once || !parts.are_all_in(&sums.keys) {
        return Err(disagrees());
    }
    Ok(Records::of(
        parts,
        sums.keys.into_iter(),
        sums.pence,
        sums.lines,
    ))
}
