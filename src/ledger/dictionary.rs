//! Texts as small numbers.

use crate::sheet::Key;
use std::hash::{BuildHasher, RandomState};

/// The different texts of one code, numbered in the order in which they first occur.
///
/// Codes are short and occur again and again: a short text that is known is found by comparing
/// two numbers. A longer one is compared itself.
#[derive(Clone)]
pub(super) struct Dictionary {
    /// All texts, one after another, and where each ends.
    letters: String,
    ends: Vec<usize>,
    /// Each short text as a number, and the hash of each long one.
    keys: Vec<u128>,
    /// The number of a text in the place that its key gives, or in one soon after. As many as a
    /// power of two, at least two thirds of them empty: most texts stand in the first place that
    /// is looked at. Keys stand apart, so that all this fits into the nearest cache.
    slots: Vec<u32>,
    /// Not to be foreseen, so that no file can be made to fill one corner of the table.
    seed: u64,
}

/// An empty slot.
const EMPTY: u32 = u32::MAX;

impl Default for Dictionary {
    fn default() -> Self {
        Self {
            letters: String::new(),
            ends: Vec::new(),
            keys: Vec::new(),
            slots: vec![EMPTY; 64],
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
            Key::Short(number) => self.search(number, |_| true),
            Key::Long(text) => {
                let hash = self.hash(text);
                self.search(hash, |id| self.text(id as usize) == text)
            }
        }
    }

    #[inline]
    fn search(&self, key: u128, same: impl Fn(u32) -> bool) -> Result<u32, usize> {
        let mut place = self.place(key);
        loop {
            let id = self.slots[place];
            if id == EMPTY {
                return Err(place);
            }
            if self.keys[id as usize] == key && same(id) {
                return Ok(id);
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }

    #[inline]
    fn place(&self, key: u128) -> usize {
        let (low, high) = (key as u64, (key >> 64) as u64);
        mixed(low ^ self.seed, high ^ self.seed.rotate_left(32)) as usize & (self.slots.len() - 1)
    }

    /// The hash of a long text, which is no number of a short one.
    fn hash(&self, text: &str) -> u128 {
        let mut hash = self.seed ^ text.len() as u64;
        let (words, _) = text.as_bytes().as_chunks();
        // The last word overlaps the one before it, so that nothing is left over.
        for word in words.iter().chain(text.as_bytes().last_chunk()) {
            hash = mixed(hash ^ u64::from_le_bytes(*word), self.seed);
        }
        u128::from(hash) | u128::from(u8::MAX) << 120
    }

    #[cold]
    fn add(&mut self, key: Key<'_>, free: usize) -> u32 {
        let id = u32::try_from(self.len()).unwrap_or(EMPTY);
        self.letters.push_str(&key.text());
        self.ends.push(self.letters.len());
        self.keys.push(match key {
            Key::Short(number) => number,
            Key::Long(text) => self.hash(text),
        });
        self.slots[free] = id;
        if self.len() * 3 > self.slots.len() {
            self.grow();
        }
        id
    }

    fn grow(&mut self) {
        self.slots = vec![EMPTY; self.slots.len() * 2];
        for (id, &key) in (0..).zip(&self.keys) {
            let mut place = self.place(key);
            while self.slots[place] != EMPTY {
                place = (place + 1) & (self.slots.len() - 1);
            }
            self.slots[place] = id;
        }
    }
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
