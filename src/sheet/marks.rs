//! Delimiters, quotes and line ends of a text, eight bytes at a time.
//!
//! A search for one byte costs more to begin than a cell of a payment file has bytes. So each word of
//! eight bytes is looked at once, for all three marks, and what was found in it is kept:
//!
//! ```text
//! word       P a r k s , 1 2
//! hits       . . . . . ^ . .      one bit a byte, in its highest place
//! ```

use memchr::memchr3;

/// The places of marks in some bytes, in order.
#[derive(Debug)]
pub(super) struct Marks {
    /// Each mark in every byte of a word.
    marks: [u64; 3],
    bytes: [u8; 3],
    /// Where the word starts that was looked at last, and what of it was not taken yet.
    word: usize,
    hits: u64,
}

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

impl Marks {
    pub(super) fn new(bytes: [u8; 3]) -> Self {
        Self {
            marks: bytes.map(|byte| LOW * u64::from(byte)),
            bytes,
            word: 0,
            hits: 0,
        }
    }

    /// Goes on from a place: what stands before it is not looked at.
    pub(super) fn go_to(&mut self, text: &[u8], place: usize) {
        self.word = place & !7;
        self.hits = self.hits_of(text, self.word) & (u64::MAX << (8 * (place & 7)));
    }

    /// The next mark.
    #[inline]
    pub(super) fn next(&mut self, text: &[u8]) -> Option<usize> {
        while self.hits == 0 {
            if self.word >= text.len() {
                return None;
            }
            self.word += 8;
            self.hits = self.hits_of(text, self.word);
        }
        let place = self.word + self.hits.trailing_zeros() as usize / 8;
        self.hits &= self.hits - 1;
        Some(place)
    }

    #[inline]
    fn hits_of(&self, text: &[u8], word: usize) -> u64 {
        let Some(eight) = text.get(word..).and_then(|rest| rest.first_chunk()) else {
            return self.hits_at_end(text, word);
        };
        let eight = u64::from_le_bytes(*eight);
        let [one, two, three] = self.marks.map(|mark| is_zero(eight ^ mark));
        one | two | three
    }

    /// Of the last bytes, of which there are fewer than a word.
    #[cold]
    fn hits_at_end(&self, text: &[u8], word: usize) -> u64 {
        let [one, two, three] = self.bytes;
        let rest = text.get(word..).unwrap_or_default();
        let (mut hits, mut from) = (0, 0);
        while let Some(found) = memchr3(one, two, three, rest.get(from..).unwrap_or_default()) {
            from += found + 1;
            hits |= 0x80 << (8 * (from - 1));
        }
        hits
    }
}

/// The highest bit of each byte that is zero, and no other.
#[inline]
fn is_zero(word: u64) -> u64 {
    !((word & !HIGH).wrapping_add(!HIGH) | word) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_mark_is_found_from_any_place(
            text in prop::collection::vec(prop_oneof![Just(b','), Just(b'"'), Just(b'\n'), any::<u8>()], 0..100),
            from in 0usize..100,
        ) {
            let from = from.min(text.len());
            let mut marks = Marks::new([b',', b'"', b'\n']);
            marks.go_to(&text, from);
            let found: Vec<usize> = std::iter::from_fn(|| marks.next(&text)).collect();
            let wanted: Vec<usize> = (from..text.len()).filter(|&at| b",\"\n".contains(&text[at])).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
