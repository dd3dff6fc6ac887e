//! For programs with engines or readers of their own: grouping lines by the numbers of their
//! places, the one thing an engine is asked to do.
//!
//! An engine gets integers and sums integers. It is never believed: its sums are held against the
//! control totals of the lines that went in.

mod coded;
mod polars;
mod reference;
mod sorted;

pub use coded::{CodedLine, CodedLines};
pub use polars::Polars;
pub use reference::Reference;
pub use sorted::Sorted;

use super::CubeError;
use super::records::{Records, line_count};
use crate::money::Pence;

/// An engine that groups coded lines.
pub trait GroupBy {
    /// Its name, for messages.
    fn name(&self) -> &'static str;

    /// One sum for each distinct place, with the number of its lines, in any order.
    ///
    /// # Errors
    ///
    /// [`CubeError::Engine`] when the engine fails, [`CubeError::Money`] for a sum beyond 64 bits
    /// of pence.
    fn group(&self, lines: Vec<CodedLine>) -> Result<Sums, CubeError>;
}

/// The sums of places, as three columns of one length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// The number of each place.
    pub places: Vec<u64>,
    /// Its sum.
    pub pence: Vec<i64>,
    /// How many lines it has.
    pub lines: Vec<u32>,
}

impl Sums {
    /// No sums yet, with room for so many.
    #[must_use]
    pub fn with_capacity(places: usize) -> Self {
        Self {
            places: Vec::with_capacity(places),
            pence: Vec::with_capacity(places),
            lines: Vec::with_capacity(places),
        }
    }

    /// Adds the sum of a place.
    ///
    /// # Errors
    ///
    /// [`CubeError::Money`] beyond 64 bits of pence, [`CubeError::TooManyLines`] beyond 32 bits of
    /// lines.
    pub fn push(&mut self, place: u64, pence: i128, lines: u64) -> Result<(), CubeError> {
        self.places.push(place);
        self.pence.push(Pence::from_wide(pence)?.get());
        self.lines.push(line_count(lines)?);
        Ok(())
    }

    /// The same sums in the order of their places.
    fn in_order(self) -> Self {
        if self.places.is_sorted() {
            return self;
        }
        let mut order: Vec<usize> = (0..self.places.len()).collect();
        order.sort_unstable_by_key(|&at| self.places[at]);
        Self {
            places: order.iter().map(|&at| self.places[at]).collect(),
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
    let whole = sums.pence.len() == sums.places.len() && sums.lines.len() == sums.places.len();
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
    let once = sums.places.windows(2).all(|pair| pair[0] < pair[1]);
    if !once || !parts.are_all_in(&sums.places) {
        return Err(disagrees());
    }
    Ok(Records::of(
        parts,
        sums.places.into_iter(),
        sums.pence,
        sums.lines,
    ))
}
