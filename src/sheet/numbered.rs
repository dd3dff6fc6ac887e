//! The values of a column as numbers, the same for the same value.
//!
//! A column of a million rows has a few hundred distinct texts. What a text means is worked out once
//! for each; a row is the look-up of its number.

use std::hash::{BuildHasher, RandomState};

/// The distinct values of some rows, numbered in the order in which they first occur.
#[derive(Debug)]
pub(crate) struct Numbered {
    ids: Vec<u32>,
    firsts: Vec<u32>,
}

impl Numbered {
    /// By a key of each row that is the same only where the value is; none where there is no value.
    pub(super) fn of(rows: usize, keys: impl Iterator<Item = Option<u128>>) -> Self {
        let mut known = Known::new();
        let mut ids = Vec::with_capacity(rows);
        let mut firsts = Vec::new();
        let (mut last, mut none) = (None, None);
        for (row, key) in (0..).zip(keys) {
            let next = firsts.len() as u32;
            let id = match (key, last) {
                (None, _) => *none.get_or_insert(next),
                (Some(key), Some((known, id))) if known == key => id,
                (Some(key), _) => {
                    let id = known.number(key, next);
                    last = Some((key, id));
                    id
                }
            };
            if id == next {
                firsts.push(row);
            }
            ids.push(id);
        }
        Self { ids, firsts }
    }

    /// The distinct pairs of the values of two columns of the same rows.
    pub(crate) fn pairs(&self, other: &Self) -> Self {
        let both = self.ids.iter().zip(&other.ids);
        let keys = both.map(|(&one, &other)| u128::from(one) << 32 | u128::from(other));
        Self::of(self.ids.len(), keys.map(Some))
    }

    /// The number of the value of each row.
    pub(crate) fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// The first row of each value, by its number.
    pub(crate) fn firsts(&self) -> &[u32] {
        &self.firsts
    }
}

/// An empty slot.
const EMPTY: u32 = u32::MAX;

/// Keys and their numbers: as many slots as a power of two, two thirds of them empty.
struct Known {
    /// The place of a key.
    slots: Vec<u32>,
    keys: Vec<(u128, u32)>,
    /// Not to be foreseen, so that no file can be made to fill one corner of the table.
    seed: u64,
}

impl Known {
    fn new() -> Self {
        Self {
            slots: vec![EMPTY; 256],
            keys: Vec::new(),
            seed: RandomState::new().hash_one(0u8) | 1,
        }
    }

    #[inline]
    fn place(&self, key: u128) -> usize {
        let (low, high) = (key as u64, (key >> 64) as u64);
        let product = u128::from(low ^ self.seed) * u128::from(high ^ self.seed.rotate_left(32));
        ((product as u64) ^ (product >> 64) as u64) as usize & (self.slots.len() - 1)
    }

    /// The number of a key: the next one, if it is new.
    #[inline]
    fn number(&mut self, key: u128, next: u32) -> u32 {
        let mut place = self.place(key);
        loop {
            let slot = self.slots[place];
            if slot == EMPTY {
                self.add(key, next, place);
                return next;
            }
            let (known, id) = self.keys[slot as usize];
            if known == key {
                return id;
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }

    fn add(&mut self, key: u128, id: u32, free: usize) {
        self.slots[free] = self.keys.len() as u32;
        self.keys.push((key, id));
        if self.keys.len() * 3 > self.slots.len() {
            self.slots = vec![EMPTY; self.slots.len() * 2];
            for (slot, &(key, _)) in (0..).zip(&self.keys) {
                let mut place = self.place(key);
                while self.slots[place] != EMPTY {
                    place = (place + 1) & (self.slots.len() - 1);
                }
                self.slots[place] = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_same_values_and_pairs_have_the_same_numbers(
            rows in prop::collection::vec((0u128..600, prop::sample::select(vec![0, 1, u128::MAX])), 0..2_000),
            none in 0u128..600,
        ) {
            let some = |key: u128| (key != none).then_some(key);
            let one = Numbered::of(rows.len(), rows.iter().map(|row| some(row.0)));
            let other = Numbered::of(rows.len(), rows.iter().map(|row| Some(row.1)));
            let pairs = one.pairs(&other);
            let keys = |row: &(u128, u128)| [(row.0, 0), (row.1, 0), *row];
            for (which, numbered) in [&one, &other, &pairs].into_iter().enumerate() {
                let mut known: Vec<(u128, u128)> = Vec::new();
                let mut firsts = Vec::new();
                for (at, row) in (0..).zip(&rows) {
                    let key = keys(row)[which];
                    if !known.contains(&key) {
                        known.push(key);
                        firsts.push(at);
                    }
                    let id = numbered.ids()[at as usize] as usize;
                    prop_assert_eq!(known.get(id), Some(&key));
                }
                prop_assert_eq!(numbered.firsts(), firsts);
            }
        }
    }
}
