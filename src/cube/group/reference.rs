//! The obviously right engine: the judge of the others.

use super::{CodedLines, CubeError, GroupBy, Record, records_of};
use crate::crosswalk::Coding;
use std::collections::BTreeMap;

/// A map from place to sum, one line at a time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reference;

impl GroupBy for Reference {
    fn name(&self) -> &'static str {
        "reference"
    }

    fn group(&self, lines: &CodedLines) -> Result<Vec<Record>, CubeError> {
        let mut sums: BTreeMap<Coding, (i128, u64)> = BTreeMap::new();
        for (coding, pence) in lines.iter() {
            let sum = sums.entry(coding).or_default();
            sum.0 += i128::from(pence.get());
            sum.1 += 1;
        }
        records_of(sums)
    }
}
