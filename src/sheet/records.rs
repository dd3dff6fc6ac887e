//! The records of a delimited text, one after another.
//!
//! Nearly all records have no quote: their cells are what stands between the delimiters, and are lent
//! where they stand. Those with one are taken apart by csv-core, the machine inside the csv crate. It
//! passes over empty lines and does not say whether a quote is open at the end, both of which are told
//! here.

use super::boundaries::Cutter;
use super::marks::Marks;
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
    marks: Marks,
    reader: csv_core::Reader,
    /// The cells of the last record with quotes, without these.
    cells: Vec<u8>,
    /// Where each cell of the last record ends.
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
        let mut marks = Marks::new([delimiter, b'"', b'\n']);
        marks.go_to(text.as_bytes(), 0);
        Self {
            text,
            delimiter,
            at: 0,
            line,
            marks,
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
            let _ = self.marks.next(self.text.as_bytes());
            return Some((line, Cells::of("", &[])));
        }
        match self.plain(start) {
            Some(cells) => {
                let text = self.text.get(start..).unwrap_or_default();
                let ends = self.ends.get(..cells).unwrap_or_default();
                Some((line, Cells::delimited(text, ends)))
            }
            None => Some((line, self.quoted(start))),
        }
    }

    /// Reads the record that starts there, and says how many cells it has; nothing where it has a quote.
    #[inline]
    fn plain(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut cells = 0;
        loop {
            let mark = self.marks.next(bytes);
            let place = mark.unwrap_or(bytes.len());
            let found = mark.and_then(|place| bytes.get(place)).copied();
            if found == Some(b'"') {
                return None;
            }
            let ends_record = found != Some(self.delimiter);
            // Of a CRLF the cell has neither.
            let with_return = ends_record && bytes[start..place].ends_with(b"\r");
            let end = place - usize::from(with_return);
            if cells == self.ends.len() {
                self.ends.resize(2 * cells, 0);
            }
            self.ends[cells] = end - start;
            cells += 1;
            if ends_record {
                self.at = place + usize::from(found.is_some());
                self.line += u64::from(found.is_some());
                return Some(cells);
            }
        }
    }

    /// The record that starts there, of which some cell has a quote.
    fn quoted(&mut self, start: usize) -> Cells<'_> {
        let line = self.line;
        let (length, cells) = self.read(start);
        self.marks.go_to(self.text.as_bytes(), self.at);
        let read = &self.text.as_bytes()[start..self.at];
        let lines = memchr_iter(b'\n', read).count();
        self.line += lines as u64;
        if self.at == self.text.len() && Cutter::new(read, self.delimiter).ends_open() {
            self.cut_off = Some(line);
        }
        // Only ASCII was taken out of a text.
        let text = std::str::from_utf8(&self.cells[..length]).unwrap_or_default();
        let end = usize::from(read.ends_with(b"\n")) + usize::from(read.ends_with(b"\r\n"));
        let several = lines > usize::from(end > 0);
        let cells_of_row = Cells::of(text, &self.ends[..cells]);
        // Quotes were taken out where the record is longer than its cells and what is between them.
        let quoted = read.len() > length + cells.saturating_sub(1) + end;
        let raw = if several || quoted && Cutter::new(read, self.delimiter).has_text_after_quote() {
            &self.text[start..self.at]
        } else {
            ""
        };
        cells_of_row.written(raw)
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

/// Whether text stands between a closing quote and the end of its cell.
pub(crate) fn has_text_after_quote(record: &str, delimiter: u8) -> bool {
    Cutter::new(record.as_bytes(), delimiter).has_text_after_quote()
}

/// The cells of one record.
pub(crate) fn split(record: &str, delimiter: u8) -> Vec<String> {
    let mut records = Records::new(record, delimiter, 1);
    let cells = records
        .next()
        .map(|(_, cells)| cells.iter().map(str::to_owned).collect());
    cells.unwrap_or_default()
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
