//! Texts as small numbers.

use std::hash::{BuildHasher, RandomState};

/// The different texts of one code, numbered in the order in which they first occur.
///
/// Codes are short and occur again and again. A text of up to sixteen bytes is two machine words
/// and its length, so that a known one is found without looking at any other memory than the
/// table; of longer ones these words are mixed, and the text is compared.
#[derive(Clone)]
pub(super) struct Dictionary {
    /// All texts, one after another, and where each ends.
    letters: String,
    ends: Vec<usize>,
    /// As many as a power of two, at least two thirds of them empty: most texts stand in the
    /// first slot that is looked at.
    slots: Vec<Slot>,
    /// Not to be foreseen, so that no file can be made to fill one corner of the table.
    seed: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Slot {
    words: (u64, u64),
    length: u32,
    id: u32,
}

const EMPTY: u32 = u32::MAX;

impl Default for Dictionary {
    fn default() -> Self {
        Self {
            letters: String::new(),
            ends: Vec::new(),
            slots: vec![NO_TEXT; 64],
            seed: RandomState::new().hash_one(0u8) | 1,
        }
    }
}

const NO_TEXT: Slot = Slot {
    words: (0, 0),
    length: 0,
    id: EMPTY,
};

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
    pub(super) fn id(&mut self, text: &str) -> u32 {
        match self.find(text) {
            Ok(id) => id,
            Err(free) => self.add(text, free),
        }
    }

    /// The number of a text that is known.
    #[inline]
    pub(super) fn get(&self, text: &str) -> Option<u32> {
        self.find(text).ok()
    }

    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The texts in the order of their numbers.
    pub(super) fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|id| self.text(id))
    }

    #[inline]
    fn text(&self, id: usize) -> &str {
        let start = id.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start..self.ends[id]]
    }

    /// The number of a text, or its slot.
    #[inline]
    fn find(&self, text: &str) -> Result<u32, usize> {
        let words = words(text.as_bytes(), self.seed);
        let mut place = self.place(words, text.len());
        loop {
            let slot = self.slots[place];
            if slot.id == EMPTY {
                return Err(place);
            }
            if slot.words == words
                && slot.length as usize == text.len()
                && (text.len() <= 16 || self.text(slot.id as usize) == text)
            {
                return Ok(slot.id);
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }

    #[inline]
    fn place(&self, (first, last): (u64, u64), length: usize) -> usize {
        mixed(
            first ^ self.seed,
            last ^ self.seed.rotate_left(32) ^ length as u64,
        ) as usize
            & (self.slots.len() - 1)
    }

    #[cold]
    fn add(&mut self, text: &str, free: usize) -> u32 {
        let id = u32::try_from(self.len()).unwrap_or(EMPTY);
        self.letters.push_str(text);
        self.ends.push(self.letters.len());
        self.slots[free] = Slot {
            words: words(text.as_bytes(), self.seed),
            // Only the length of a short text tells it from others.
            length: text.len() as u32,
            id,
        };
        if self.len() * 3 > self.slots.len() {
            self.grow();
        }
        id
    }

    fn grow(&mut self) {
        let larger = vec![NO_TEXT; self.slots.len() * 2];
        let slots = std::mem::replace(&mut self.slots, larger);
        for slot in slots.into_iter().filter(|slot| slot.id != EMPTY) {
            let mut place = self.place(slot.words, self.text(slot.id as usize).len());
            while self.slots[place].id != EMPTY {
                place = (place + 1) & (self.slots.len() - 1);
            }
            self.slots[place] = slot;
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
    pub(super) fn id(&mut self, text: &str, known: &Dictionary) -> u32 {
        match known.get(text) {
            Some(id) => id,
            None => self.after + self.texts.id(text),
        }
    }

    /// Adds the texts to the dictionary, which may have got others meanwhile, and gives the
    /// numbers the meaning that they have there.
    pub(super) fn join(self, known: &mut Dictionary, ids: &mut [u32]) {
        let now: Vec<u32> = self.texts.texts().map(|text| known.id(text)).collect();
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

/// Two words that, with its length, are a text of up to sixteen bytes; of a longer text, two that
/// are seldom those of another.
#[inline]
fn words(text: &[u8], seed: u64) -> (u64, u64) {
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        if text.len() <= 16 {
            return (first, last);
        }
        let mut hash = seed;
        for chunk in text.as_chunks::<8>().0 {
            hash = mixed(hash ^ u64::from_le_bytes(*chunk), seed);
        }
        return (hash, last);
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return (
            u32::from_le_bytes(*first).into(),
            u32::from_le_bytes(*last).into(),
        );
    }
    match *text {
        [] => (0, 0),
        [first, .., last] => (
            first.into(),
            u64::from(text[text.len() / 2]) << 8 | u64::from(last),
        ),
        [only] => (only.into(), 0),
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
                prop_assert_eq!(dictionary.get(text).is_none(), wanted == next);
                prop_assert_eq!(dictionary.id(text), wanted);
            }
            for (id, text) in dictionary.texts().enumerate() {
                prop_assert_eq!(plain[text] as usize, id);
            }
        }
    }
}
