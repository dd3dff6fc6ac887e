//! The obviously right engine: the judge of the others.

use super::{CodedLine, CubeError, GroupBy, Sums};
use std::collections::BTreeMap;

/// A map from key to sum, one line at a time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reference;

impl GroupBy for Reference {
    fn name(&self) -> &'static str {
        "reference"
    }

    fn group(&self, lines: Vec<CodedLine>) -> Result<Sums, CubeError> {
        let mut sums: BTreeMap<u64, (i128, u64)> = BTreeMap::new();
        for line in lines {
            let sum = sums.entry(line.key).or_default();
            sum.0 += i128::from(line.pence);
            sum.1 += 1;
        }
        let mut columns = Sums::with_capacity(sums.len());
        for (key, (pence, lines)) in sums {
            columns.push(key, pence, lines)?;
        }
        Ok(columns)
    }
}
