//! Where a text may be cut: at the ends of records, never inside a quoted cell.

use memchr::memchr;

/// Looks for the ends of records, without looking at their cells.
pub(super) struct Cutter<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    /// Everything before this was looked at, and no quote is open here.
    at: usize,
    /// The first quote from there on; the end of the bytes where there is none.
    quote: usize,
}

impl<'a> Cutter<'a> {
    /// For bytes that start with a record.
    pub(super) fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        let mut cutter = Self {
            bytes,
            delimiter,
            at: 0,
            quote: 0,
        };
        cutter.quote = cutter.next(b'"', 0).unwrap_or(bytes.len());
        cutter
    }

    /// The ends of records that stand about so many bytes apart.
    pub(super) fn ends(mut self, apart: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut end = 0;
        while let Some(next) = self.end_of_record(end + apart) {
            ends.push(next);
            end = next;
        }
        ends
    }

    /// The first end of a record at or after a place.
    fn end_of_record(&mut self, place: usize) -> Option<usize> {
        loop {
            let from = self.at.max(place);
            let before_quote = self.bytes.get(from..self.quote).unwrap_or_default();
            if let Some(found) = memchr(b'\n', before_quote) {
                self.at = from + found + 1;
                return Some(self.at);
            }
            if self.quote == self.bytes.len() {
                return None;
            }
            self.at = if self.opens() {
                self.closed()?
            } else {
                self.quote + 1
            };
            self.quote = self.next(b'"', self.at).unwrap_or(self.bytes.len());
        }
    }

    /// Whether a quote opens that never closes.
    pub(super) fn ends_open(mut self) -> bool {
        while self.quote < self.bytes.len() {
            self.at = match self.opens().then(|| self.closed()) {
                Some(Some(closed)) => closed,
                Some(None) => return true,
                None => self.quote + 1,
            };
            self.quote = self.next(b'"', self.at).unwrap_or(self.bytes.len());
        }
        false
    }

    /// Whether the quote opens a cell: it must be the first thing in it.
    fn opens(&self) -> bool {
        match self.quote.checked_sub(1) {
            None => true,
            Some(before) => {
                matches!(self.bytes[before], b'\n') || self.bytes[before] == self.delimiter
            }
        }
    }

    /// What follows the quote that closes the one at `quote`; two quotes are one in the text.
    fn closed(&self) -> Option<usize> {
        let mut at = self.quote + 1;
        loop {
            at = self.next(b'"', at)? + 1;
            if self.bytes.get(at) != Some(&b'"') {
                return Some(at);
            }
            at += 1;
        }
    }

    fn next(&self, byte: u8, from: usize) -> Option<usize> {
        memchr(byte, self.bytes.get(from..)?).map(|found| from + found)
    }
}
