//! The records of a delimited text, one after another.
//!
//! Cells are taken apart by csv-core, the machine inside the csv crate. It passes over empty lines
//! and does not say whether a quote is open at the end, both of which are told here.

use super::boundaries::Cutter;
use super::row::Cells;
use csv_core::ReadRecordResult;
use memchr::memchr_iter;
use std::fmt;

/// Walks over the records of a text whose lines all end in LF or CRLF.
pub(super) struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    /// Where the next record starts, and the line on which it does.
    at: usize,
    line: u64,
    reader: csv_core::Reader,
    /// The cells of the last record without their quotes, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
    /// The line of a record that opens a quote and never closes it: the last one.
    cut_off: Option<u64>,
}

impl fmt::Debug for Records<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records")
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

impl<'a> Records<'a> {
    /// The records of a text that starts on a line.
    pub(super) fn new(text: &'a str, delimiter: u8, line: u64) -> Self {
        let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        // A mark at the start of a block is text; only a reader that has read nothing takes it off.
        reader.read_record(b"\n", &mut [0], &mut [0]);
        Self {
            text,
            delimiter,
            at: 0,
            line,
            reader,
            cells: vec![0; 256],
            ends: vec![0; 32],
            cut_off: None,
        }
    }

    /// The line of the last record, if it opened a quote and never closed it.
    pub(super) fn cut_off(&self) -> Option<u64> {
        self.cut_off
    }

    /// The next record with the line on which it starts; an empty line has no cells.
    pub(super) fn next(&mut self) -> Option<(u64, Cells<'_>)> {
        let (start, line) = (self.at, self.line);
        let rest = &self.text.as_bytes()[start..];
        if rest.is_empty() {
            return None;
        }
        let empty = match rest {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => 0,
        };
        if empty > 0 {
            self.at += empty;
            self.line += 1;
            return Some((line, Cells::of("", &[], false)));
        }
        let (length, cells) = self.read(start);
        let read = &self.text.as_bytes()[start..self.at];
        let lines = memchr_iter(b'\n', read).count();
        self.line += lines as u64;
        if self.at == self.text.len() && Cutter::new(read, self.delimiter).ends_open() {
            self.cut_off = Some(line);
        }
        // Only ASCII was taken out of a text.
        let text = std::str::from_utf8(&self.cells[..length]).unwrap_or_default();
        let several = lines > usize::from(read.ends_with(b"\n"));
        Some((line, Cells::of(text, &self.ends[..cells], several)))
    }

    /// Reads the record that starts there: the bytes and the number of its cells.
    fn read(&mut self, start: usize) -> (usize, usize) {
        let bytes = self.text.as_bytes();
        let (mut length, mut cells) = (0, 0);
        self.at = start;
        loop {
            let (result, read, written, ended) = self.reader.read_record(
                &bytes[self.at..],
                &mut self.cells[length..],
                &mut self.ends[cells..],
            );
            self.at += read;
            length += written;
            cells += ended;
            match result {
                // The next call has nothing left to read, and so ends the record.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(2 * self.cells.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        // Of a CRLF the reader stands between the two.
        if bytes[..self.at].ends_with(b"\r") && bytes[self.at..].starts_with(b"\n") {
            self.at += 1;
        }
        (length, cells)
    }
}

#[cfg(test)]
mod tests {
    use super::super::boundaries::Cutter;
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
            "\u{feff}",
        ]);
        prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_crate(text in text()) {
            // A mark at the start is taken off before.
            let text = text.trim_start_matches('\u{feff}');
            let mut reader = csv::ReaderBuilder::new();
            let reader = reader.has_headers(false).flexible(true).from_reader(text.as_bytes());
            let wanted: Vec<Vec<String>> = (reader.into_records())
                .map(|record| record.unwrap().iter().map(str::to_owned).collect())
                .collect();
            let (rows, _) = rows(text, 1);
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
