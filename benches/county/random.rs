//! Draws that are the same on every machine.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Integers from a seed, the same on every machine and with every version of the crate.
pub struct Random(ChaCha8Rng);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// One of many streams of a seed: what is drawn from one moves nothing in another.
    pub fn stream(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self(generator)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(end)) >> 64) as u64
    }

    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Small numbers more often: half of them in the first quarter.
    pub fn skewed(&mut self, end: u64) -> u64 {
        let r = u128::from(self.below(1 << 32));
        ((r * r * u128::from(end)) >> 64) as u64
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    /// Pence of a payment, spread over nine orders of magnitude around £650, like a log-normal:
    /// two to the number of ones among 32 random bits, times 1 to 2.
    pub fn pence(&mut self) -> i64 {
        let bits = self.0.next_u64();
        let size = (bits as u32).count_ones();
        let within = 1_000 + (bits >> 32) % 1_000;
        ((1u64 << size) * within / 1_000) as i64
    }
}
