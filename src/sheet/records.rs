//! The records of a delimited text, cut out of it one after another.
//!
//! The rules are those of the csv crate: a quote opens a cell only at its start, two quotes inside
//! are one, and what follows a closing quote is taken as it stands. Unlike it, this reader tells
//! empty lines, says whether a quote is open at the end, and copies no cell that has no quotes.

use super::cells::{Cells, Row};
use memchr::{memchr, memchr_iter, memchr2};

/// Walks over the records of a text whose lines all end in LF or CRLF.
#[derive(Debug)]
pub(super) struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    /// Where the next record starts, and the line on which it does.
    at: usize,
    line: u64,
    /// The next quote that was not read yet, or the end of the text.
    quote: usize,
    ends: Vec<usize>,
    unquoted: Row,
    /// The line of a record that opens a quote and never closes it: the last one.
    cut_off: Option<u64>,
}

impl<'a> Records<'a> {
    /// The records of a text that starts on a line.
    pub(super) fn new(text: &'a str, delimiter: u8, line: u64) -> Self {
        Self {
            text,
            delimiter,
            at: 0,
            line,
            quote: next(b'"', text, 0),
            ends: Vec::new(),
            unquoted: Row::default(),
            cut_off: None,
        }
    }

    /// The line of the last record, if it opened a quote and never closed it.
    pub(super) fn cut_off(&self) -> Option<u64> {
        self.cut_off
    }

    /// The next record with the line on which it starts; an empty line has no cells.
    #[inline]
    pub(super) fn next(&mut self) -> Option<(u64, Cells<'_>)> {
        let (start, line) = (self.at, self.line);
        if start >= self.text.len() {
            return None;
        }
        self.ends.clear();
        let end = self.plain(start);
        if end > self.quote {
            self.quoted(start);
            return Some((line, self.unquoted.cells()));
        }
        self.at = end + 1;
        self.line += 1;
        // The last cell ends before a CRLF; a line that is nothing else is empty.
        if let Some(last) = self.ends.last_mut()
            && *last > start
            && self.text.as_bytes()[*last - 1] == b'\r'
        {
            *last -= 1;
        }
        if let [only] = self.ends.as_slice()
            && *only == start
        {
            self.ends.clear();
        }
        Some((line, Cells::delimited(self.text, start, &self.ends)))
    }

    /// Finds the ends of the cells of a record without quotes, and returns where it ends: at its
    /// line feed, or at the end of the text.
    ///
    /// Eight bytes at a time: cells of payment files are so short that a search for the end of
    /// each takes longer.
    #[inline]
    fn plain(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let delimiters = u64::from(self.delimiter) * ONES;
        let line_feeds = u64::from(b'\n') * ONES;
        let mut at = start;
        while let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            let word = u64::from_le_bytes(*word);
            let ends = zeros(word ^ line_feeds);
            let mut found = ends | zeros(word ^ delimiters);
            // What stands after the line feed belongs to other records.
            found &= ends ^ ends.wrapping_sub(1);
            while found != 0 {
                self.ends.push(at + found.trailing_zeros() as usize / 8);
                found &= found - 1;
            }
            if ends != 0 {
                return at + ends.trailing_zeros() as usize / 8;
            }
            at += 8;
        }
        for (at, &byte) in bytes.iter().enumerate().skip(at) {
            if byte == self.delimiter || byte == b'\n' {
                self.ends.push(at);
            }
            if byte == b'\n' {
                return at;
            }
        }
        self.ends.push(bytes.len());
        bytes.len()
    }

    /// Reads a record that has quotes, without them.
    fn quoted(&mut self, start: usize) {
        let (text, bytes) = (self.text, self.text.as_bytes());
        self.unquoted.clear();
        let mut at = start;
        loop {
            if bytes.get(at) == Some(&b'"') {
                at += 1;
                loop {
                    let quote = next(b'"', text, at);
                    self.unquoted.text().push_str(&text[at..quote]);
                    at = quote + 1;
                    if quote == bytes.len() {
                        self.cut_off = Some(self.line);
                        break;
                    }
                    if bytes.get(at) != Some(&b'"') {
                        break;
                    }
                    self.unquoted.text().push('"');
                    at += 1;
                }
            }
            let rest = at.min(bytes.len());
            let end = memchr2(self.delimiter, b'\n', &bytes[rest..]).map(|found| rest + found);
            let cell = &text[rest..end.unwrap_or(bytes.len())];
            let ends_line = end.is_none_or(|end| bytes[end] == b'\n');
            let cell = match cell.strip_suffix('\r') {
                Some(before) if ends_line && end.is_some() => before,
                _ => cell,
            };
            self.unquoted.text().push_str(cell);
            self.unquoted.end();
            at = end.map_or(bytes.len(), |end| end + 1);
            if ends_line {
                break;
            }
        }
        self.line += memchr_iter(b'\n', &bytes[start..at]).count() as u64;
        self.at = at;
        self.quote = next(b'"', text, at);
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;

/// The highest bit of each byte that is zero.
#[inline]
fn zeros(word: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    !(((word & LOW) + LOW) | word | LOW)
}

/// The next such byte at or after a place, or the end of the text.
fn next(byte: u8, text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    memchr(byte, rest).map_or(text.len(), |found| from + found)
}

#[cfg(test)]
mod tests {
    use super::super::cut::Cutter;
    use super::*;
    use proptest::prelude::*;

    type Rows = Vec<(u64, Vec<String>)>;

    fn rows(text: &str, line: u64) -> (Rows, Option<u64>) {
        let mut records = Records::new(text, b',', line);
        let mut rows = Vec::new();
        while let Some((line, cells)) = records.next() {
            rows.push((line, cells.iter().map(str::to_owned).collect()));
        }
        (rows, records.cut_off())
    }

    /// Letters that mean something, and a few that do not.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            "£",
            ",",
            ",",
            "\"",
            "\"",
            "\n",
            "\n",
            "\r\n",
            "\"\"",
            "\",\"",
            "long enough for words",
        ]);
        prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_crate(text in text()) {
            let mut reader = csv::ReaderBuilder::new();
            let reader = reader.has_headers(false).flexible(true).from_reader(text.as_bytes());
            let wanted: Vec<Vec<String>> = (reader.into_records())
                .map(|record| record.unwrap().iter().map(str::to_owned).collect())
                .collect();
            let (rows, _) = rows(&text, 1);
            let found: Vec<Vec<String>> = (rows.into_iter().map(|(_, cells)| cells))
                .filter(|cells| !cells.is_empty())
                .collect();
            prop_assert_eq!(found, wanted);
        }

        #[test]
        fn every_line_feed_outside_quotes_ends_a_row(text in text()) {
            let (rows, cut_off) = rows(&text, 1);
            let inside: usize = rows.iter().flat_map(|(_, cells)| cells).map(|c| c.matches('\n').count()).sum();
            let ends = text.matches('\n').count() - inside;
            let unended = usize::from(cut_off.is_some() || !text.is_empty() && !text.ends_with('\n'));
            prop_assert_eq!(rows.len(), ends + unended);
        }

        #[test]
        fn a_text_that_is_cut_has_the_same_rows(text in text(), apart in 0usize..30) {
            let mut ends = Cutter::new(text.as_bytes(), b',').ends(apart);
            ends.push(text.len());
            let (mut start, mut line) = (0, 1);
            let mut found = Vec::new();
            let mut cut_off = None;
            for end in ends {
                let (rows, open) = rows(&text[start..end], line);
                prop_assert!(cut_off.is_none());
                found.extend(rows);
                cut_off = open;
                line += text[start..end].matches('\n').count() as u64;
                start = end;
            }
            prop_assert_eq!((found, cut_off), rows(&text, 1));
        }
    }
}
