//! Texts as small numbers.

use crate::sheet::Key;
use std::hash::{BuildHasher, RandomState};

/// The different texts of one code, numbered in the order in which they first occur.
///
/// Codes are short and occur again and again: a short text that is known is found by comparing
/// two numbers. A longer one is found by a part of its hash, which stands beside the place of its
/// letters, and then compared itself: two looks into memory, not one for each thing known of it.
#[derive(Clone)]
pub(super) struct Dictionary {
    /// All texts, one after another, and where each ends.
    letters: String,
    ends: Vec<usize>,
    short: Table<u128>,
    long: Table<Long>,
    /// Not to be foreseen, so that no file can be made to fill one corner of the table.
    seed: u64,
}

/// What is known of a long text where it is looked for.
#[derive(Clone, Copy)]
struct Long {
    hash: u64,
    start: usize,
    length: usize,
}

/// Texts of one kind by their hash. Keys stand apart from the slots, so that a small table fits into
/// the nearest cache.
#[derive(Clone)]
struct Table<K> {
    keys: Vec<K>,
    /// The number of each.
    ids: Vec<u32>,
    /// Upper half of a hash, and the place of a key plus one; 0 where there is none. As many slots as
    /// a power of two, at least two thirds of them empty: most texts stand in the first that is looked
    /// at.
    slots: Vec<u64>,
}

impl<K: Copy> Table<K> {
    fn new() -> Self {
        Self {
            keys: Vec::new(),
            ids: Vec::new(),
            slots: vec![0; 64],
        }
    }

    /// The number of a key, or the slot that is free for it.
    #[inline]
    fn search(&self, hash: u64, same: impl Fn(&K) -> bool) -> Result<u32, usize> {
        let mut place = hash as usize & (self.slots.len() - 1);
        loop {
            let slot = self.slots[place];
            if slot == 0 {
                return Err(place);
            }
            if (slot ^ hash) >> 32 == 0 {
                let at = slot as u32 as usize - 1;
                if same(&self.keys[at]) {
                    return Ok(self.ids[at]);
                }
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }

    /// Adds a key where a slot is free; `hash_of` is asked again when the table grows.
    fn add(&mut self, key: K, id: u32, free: usize, hash_of: impl Fn(&K) -> u64) {
        self.slots[free] = slot(hash_of(&key), self.keys.len());
        self.keys.push(key);
        self.ids.push(id);
        if self.keys.len() * 3 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            for (at, key) in self.keys.iter().enumerate() {
                let hash = hash_of(key);
                let mut place = hash as usize & (self.slots.len() - 1);
                while self.slots[place] != 0 {
                    place = (place + 1) & (self.slots.len() - 1);
                }
                self.slots[place] = slot(hash, at);
            }
        }
    }
}

/// The upper half of a hash and the place of a key, of which there are fewer than 2^32.
#[inline]
fn slot(hash: u64, at: usize) -> u64 {
    hash >> 32 << 32 | (at as u64 + 1)
}

impl Default for Dictionary {
    fn default() -> Self {
        Self {
            letters: String::new(),
            ends: Vec::new(),
            short: Table::new(),
            long: Table::new(),
            seed: RandomState::new().hash_one(0u8) | 1,
        }
    }
}

impl std::fmt::Debug for Dictionary {
    /// Counts texts and shows none: they may be people's names.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dictionary")
            .field("texts", &self.len())
            .finish_non_exhaustive()
    }
}

impl Dictionary {
    /// The number of a text. There are no more texts than lines, and a ledger refuses more lines
    /// than 32 bits can count.
    #[inline]
    pub(super) fn id(&mut self, key: Key<'_>) -> u32 {
        match self.find(key) {
            Ok(id) => id,
            Err(free) => self.add(key, free),
        }
    }

    /// The number of a text that is known.
    #[inline]
    pub(super) fn get(&self, key: Key<'_>) -> Option<u32> {
        self.find(key).ok()
    }

    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The texts in the order of their numbers.
    pub(super) fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|id| self.text(id))
    }

    fn text(&self, id: usize) -> &str {
        let start = id.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start..self.ends[id]]
    }

    /// The number of a text, or the slot that is free for it.
    #[inline]
    fn find(&self, key: Key<'_>) -> Result<u32, usize> {
        match key {
            Key::Short(number) => {
                let hash = short_hash(self.seed, number);
                self.short.search(hash, |known| *known == number)
            }
            Key::Long(text) => {
                let hash = long_hash(self.seed, text);
                let bytes = self.letters.as_bytes();
                self.long.search(hash, |known| {
                    let end = known.start + known.length;
                    bytes.get(known.start..end) == Some(text.as_bytes())
                })
            }
        }
    }

    #[cold]
    fn add(&mut self, key: Key<'_>, free: usize) -> u32 {
        let id = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let (start, seed) = (self.letters.len(), self.seed);
        self.letters.push_str(&key.text());
        self.ends.push(self.letters.len());
        match key {
            Key::Short(number) => (self.short).add(number, id, free, |key| short_hash(seed, *key)),
            Key::Long(text) => {
                let known = Long {
                    hash: long_hash(seed, text),
                    start,
                    length: text.len(),
                };
                self.long.add(known, id, free, |known| known.hash);
            }
        }
        id
    }
}

#[inline]
fn short_hash(seed: u64, key: u128) -> u64 {
    let (low, high) = (key as u64, (key >> 64) as u64);
    mixed(low ^ seed, high ^ seed.rotate_left(32))
}

#[inline]
fn long_hash(seed: u64, text: &str) -> u64 {
    let mut hash = seed ^ text.len() as u64;
    let (words, _) = text.as_bytes().as_chunks();
    // The last word overlaps the one before it, so that nothing is left over.
    for word in words.iter().chain(text.as_bytes().last_chunk()) {
        hash = mixed(hash ^ u64::from_le_bytes(*word), seed);
    }
    hash
}

/// Texts that a dictionary did not have, numbered after those that it had.
#[derive(Debug)]
pub(super) struct Further {
    after: u32,
    texts: Dictionary,
}

impl Further {
    pub(super) fn than(known: &Dictionary) -> Self {
        Self {
            after: known.len() as u32,
            texts: Dictionary::default(),
        }
    }

    /// The number of a text in the dictionary, which has not changed, or after it.
    #[inline]
    pub(super) fn id(&mut self, key: Key<'_>, known: &Dictionary) -> u32 {
        match known.get(key) {
            Some(id) => id,
            None => self.after + self.texts.id(key),
        }
    }

    /// Adds the texts to the dictionary, which may have got others meanwhile, and gives the
    /// numbers the meaning that they have there.
    pub(super) fn join(self, known: &mut Dictionary, ids: &mut [u32]) {
        let now: Vec<u32> = self
            .texts
            .texts()
            .map(|text| known.id(Key::of(text)))
            .collect();
        if (self.after..).zip(&now).all(|(before, &now)| before == now) {
            return;
        }
        for id in ids {
            if let Some(new) = id.checked_sub(self.after) {
                *id = now[new as usize];
            }
        }
    }
}

/// The product of two words folded into one: every bit of both counts.
#[inline]
fn mixed(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    (product as u64) ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn the_number_of_a_text_is_its_first_place(texts in prop::collection::vec("[ab£]{0,20}", 0..400)) {
            let mut dictionary = Dictionary::default();
            let mut plain = HashMap::new();
            for text in &texts {
                let next = plain.len() as u32;
                let wanted = *plain.entry(text.as_str()).or_insert(next);
                prop_assert_eq!(dictionary.get(Key::of(text)).is_none(), wanted == next);
                prop_assert_eq!(dictionary.id(Key::of(text)), wanted);
            }
            for (id, text) in dictionary.texts().enumerate() {
                prop_assert_eq!(plain[text] as usize, id);
            }
        }
    }
}
