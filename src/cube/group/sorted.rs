//! The embedded engine: a radix sort of the places, and one walk along them.

use super::{CodedLine, CubeError, GroupBy, Sums};
use rdst::{RadixKey, RadixSort};

/// The embedded engine.
///
/// Lines are sorted where they stand, by the bytes of their places, and neighbours of one place are
/// summed in 128 bits, so that no sum can wrap.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sorted;

impl RadixKey for CodedLine {
    const LEVELS: usize = 8;

    fn get_level(&self, level: usize) -> u8 {
        self.place.to_le_bytes()[level]
    }
}

impl GroupBy for Sorted {
    fn name(&self) -> &'static str {
        "sorted"
    }

    fn group(&self, mut lines: Vec<CodedLine>) -> Result<Sums, CubeError> {
        lines.radix_sort_unstable();
        let places = lines.chunk_by(|one, other| one.place == other.place);
        let mut sums = Sums::with_capacity(places.clone().count());
        for of_place in places {
            let pence = of_place.iter().map(|line| i128::from(line.pence)).sum();
            sums.push(of_place[0].place, pence, of_place.len() as u64)?;
        }
        Ok(sums)
    }
}
