//! Grouping lines by their codes: the one thing an engine is asked to do.
//!
//! An engine gets integers and sums integers. It is never believed: its records are held
//! against the control totals of the lines that went in.

mod coded;
mod polars;
mod reference;

pub use coded::CodedLines;
pub use polars::Polars;
pub use reference::Reference;

use super::{CubeError, Record};
use crate::crosswalk::Coding;
use crate::money::Pence;
use std::collections::BTreeMap;

/// An engine that groups coded lines.
pub trait GroupBy {
    /// Its name, for messages.
    fn name(&self) -> &'static str;

    /// One record for each distinct place, with the sum and the number of its lines, in any
    /// order.
    ///
    /// # Errors
    ///
    /// [`CubeError::Engine`] when the engine fails.
    fn group(&self, lines: &CodedLines) -> Result<Vec<Record>, CubeError>;
}

/// Groups, holds the records against the lines, and puts them in order.
pub(super) fn checked(engine: &dyn GroupBy, lines: &CodedLines) -> Result<Vec<Record>, CubeError> {
    let mut records = engine.group(lines)?;
    records.sort_unstable_by_key(|record| record.coding);
    let expected: i128 = lines.pence().map(|pence| i128::from(pence.get())).sum();
    let found: i128 = records
        .iter()
        .map(|record| i128::from(record.pence.get()))
        .sum();
    let found_lines: u64 = records.iter().map(|record| record.lines).sum();
    let repeated = records
        .windows(2)
        .any(|pair| pair[0].coding == pair[1].coding);
    if found != expected || found_lines != lines.len() as u64 || repeated {
        return Err(CubeError::EngineDisagrees {
            engine: engine.name(),
            expected,
            expected_lines: lines.len() as u64,
            found,
            found_lines,
        });
    }
    Ok(records)
}

/// The records of two cubes as one.
pub(super) fn merged(one: &[Record], other: &[Record]) -> Result<Vec<Record>, CubeError> {
    let mut sums: BTreeMap<Coding, (i128, u64)> = BTreeMap::new();
    for record in one.iter().chain(other) {
        let sum = sums.entry(record.coding).or_default();
        sum.0 += i128::from(record.pence.get());
        sum.1 += record.lines;
    }
    records_of(sums)
}

/// Records from sums by place.
fn records_of(sums: BTreeMap<Coding, (i128, u64)>) -> Result<Vec<Record>, CubeError> {
    sums.into_iter()
        .map(|(coding, (pence, lines))| {
            Ok(Record {
                coding,
                pence: Pence::from_wide(pence)?,
                lines,
            })
        })
        .collect()
}
