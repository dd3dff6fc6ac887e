//! The embedded engine: a radix sort of the keys, and one walk along them.

use super::{CodedLine, CubeError, GroupBy, Sums};
use rdst::{RadixKey, RadixSort};

/// The embedded engine.
///
/// Lines are sorted where they stand, by the bytes of their keys, and neighbours of one key are
/// summed in 128 bits, so that no sum can wrap.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sorted;

impl RadixKey for CodedLine {
    const LEVELS: usize = 8;

    fn get_level(&self, level: usize) -> u8 {
        self.key.to_le_bytes()[level]
    }
}

impl GroupBy for Sorted {
    fn name(&self) -> &'static str {
        "sorted"
    }

    fn group(&self, mut lines: Vec<CodedLine>) -> Result<Sums, CubeError> {
        lines.radix_sort_unstable();
        let keys = lines.chunk_by(|one, other| one.key == other.key);
        let mut sums = Sums::with_capacity(keys.clone().count());
        for of_key in keys {
            let pence = of_key.iter().map(|line| i128::from(line.pence)).sum();
            sums.push(of_key[0].key, pence, of_key.len() as u64)?;
        }
        Ok(sums)
    }
}
