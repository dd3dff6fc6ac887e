//! Rows that have another row's keys, counted in memory that does not grow with the rows: a row is
//! looked at closely only if its place in a table of fixed size is taken by another.

use super::query::Sum;
use foldhash::quality::FixedState;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// How many places there are: 2^26, with two bits each.
const PLACES: u64 = 1 << 26;

/// Rows that repeat others. All rows are shown to it twice, in any order.
#[derive(Debug)]
pub(super) struct Repeating {
    /// Places that some row has.
    taken: Vec<u64>,
    /// Places that several rows have.
    several: Vec<u64>,
    /// The rows at such places, by a number of 128 bits that stands for all keys of a row: of them how
    /// many, the pence of each and the last.
    known: HashMap<u128, (u64, i64, u64)>,
}

/// A number for keys that two of ten billion different rows have with a chance of 10^-19.
fn number(keys: &[i64]) -> u128 {
    let of = |seed| u128::from(FixedState::with_seed(seed).hash_one(keys));
    of(1) << 64 | of(2)
}

/// The word and the bit of a place.
fn place(number: u128) -> (usize, u64) {
    let place = (number as u64) % PLACES;
    ((place / 64) as usize, 1 << (place % 64))
}

impl Repeating {
    pub(super) fn new() -> Self {
        let words = (PLACES / 64) as usize;
        Self {
            taken: vec![0; words],
            several: vec![0; words],
            known: HashMap::new(),
        }
    }

    /// Notes a row for the first time.
    pub(super) fn first(&mut self, keys: &[i64]) {
        let (word, bit) = place(number(keys));
        if let (Some(taken), Some(several)) = (self.taken.get_mut(word), self.several.get_mut(word))
        {
            *several |= *taken & bit;
            *taken |= bit;
        }
    }

    /// Notes a row once more.
    pub(super) fn again(&mut self, keys: &[i64], pence: i64, row: u64) {
        let number = number(keys);
        let (word, bit) = place(number);
        if self
            .several
            .get(word)
            .is_some_and(|several| several & bit != 0)
        {
            let known = self.known.entry(number).or_insert((0, pence, row));
            (known.0, known.2) = (known.0 + 1, row.max(known.2));
        }
    }

    /// Of the rows that come after the first of their kind.
    pub(super) fn sum(&self) -> Sum {
        let mut sum = Sum::default();
        for &(rows, pence, last) in self.known.values().filter(|known| known.0 > 1) {
            sum.add(&Sum {
                first: Some(last),
                ..Sum::of(pence, rows - 1)
            });
        }
        sum
    }
}
