//! One row as it is lent to whoever reads it.

use super::Key;
use csv::StringRecord;
use std::fmt;

/// The cells of one row: slices of one text, in which they stand one after another.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'a> {
    text: &'a str,
    /// Where each cell ends in the text.
    ends: &'a [usize],
    /// How many bytes stand between two cells: a delimiter, or nothing.
    between: usize,
    /// The record as it is written, where it takes several lines or has text after a closing quote.
    raw: &'a str,
}

impl fmt::Debug for Cells<'_> {
    /// Counts cells and shows none: they may be people's names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cells")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

impl<'a> Cells<'a> {
    pub(super) fn of(text: &'a str, ends: &'a [usize]) -> Self {
        Self {
            text,
            ends,
            between: 0,
            raw: "",
        }
    }

    /// Cells with a delimiter of one byte between them: a record as it is written.
    pub(super) fn delimited(text: &'a str, ends: &'a [usize]) -> Self {
        Self {
            between: 1,
            ..Self::of(text, ends)
        }
    }

    /// With the record as it is written.
    pub(super) fn written(mut self, raw: &'a str) -> Self {
        self.raw = raw;
        self
    }

    /// The record as it is written, where it takes several lines or has text after a closing quote;
    /// otherwise nothing.
    #[inline]
    pub(crate) fn raw(self) -> &'a str {
        self.raw
    }

    pub(crate) fn len(self) -> usize {
        self.ends.len()
    }

    /// A cell by its place in the row.
    #[inline]
    pub(crate) fn get(self, column: usize) -> Option<&'a str> {
        let (start, end) = self.range(column)?;
        self.text.get(start..end)
    }

    /// Where a cell starts and ends in the text.
    #[inline]
    fn range(self, column: usize) -> Option<(usize, usize)> {
        let end = *self.ends.get(column)?;
        let start = match column.checked_sub(1) {
            Some(before) => self.ends[before] + self.between,
            None => 0,
        };
        Some((start, end))
    }

    /// A cell without the blanks around it, as a key.
    ///
    /// Nearly always sixteen bytes of the text are read at once and cut to the length of the cell:
    /// cells of payment files have a different length in every row, so that a loop over their
    /// bytes, or a branch for each length, would be foreseen wrongly again and again.
    #[inline]
    pub(crate) fn key(self, column: usize) -> Key<'a> {
        if let Some((start, end)) = self.range(column)
            && let length = end - start
            && length <= Key::SHORT
            && let Some(bytes) = self.text.as_bytes().get(start..)
            && let Some(bytes) = bytes.first_chunk()
            && (length == 0 || is_no_blank(bytes[0]) && is_no_blank(bytes[length - 1]))
        {
            return Key::short(u128::from_le_bytes(*bytes), length);
        }
        Key::of(self.trimmed(column))
    }

    /// A cell without the blanks around it; nothing where the row has no such cell.
    #[inline]
    pub(crate) fn trimmed(self, column: usize) -> &'a str {
        trimmed(self.get(column).unwrap_or_default())
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map_while(move |column| self.get(column))
    }

    /// Writes the row into a record.
    pub(super) fn write(self, record: &mut StringRecord) {
        record.clear();
        for cell in self.iter() {
            record.push_field(cell);
        }
    }
}

/// As [`str::trim`], at once where the cell begins and ends in ASCII that is no blank.
#[inline]
fn trimmed(cell: &str) -> &str {
    let bytes = cell.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(&first), Some(&last)) if is_no_blank(first) && is_no_blank(last) => cell,
        (None, _) => "",
        _ => cell.trim(),
    }
}

/// Whether a byte is ASCII and no blank.
#[inline]
fn is_no_blank(byte: u8) -> bool {
    byte.wrapping_sub(0x21) <= 0x7e - 0x21
}

/// A row that is put together cell by cell.
#[derive(Debug, Default)]
pub(crate) struct Row {
    text: String,
    ends: Vec<usize>,
}

impl Row {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// How many cells it has so far.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds a whole cell.
    pub(crate) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.end();
    }

    /// Adds to the last cell, which [`end`](Self::end) ends.
    pub(super) fn text(&mut self) -> &mut String {
        &mut self.text
    }

    /// Ends a cell.
    pub(super) fn end(&mut self) {
        self.ends.push(self.text.len());
    }

    pub(crate) fn cells(&self) -> Cells<'_> {
        Cells::of(&self.text, &self.ends)
    }
}

impl From<&[&str]> for Row {
    fn from(cells: &[&str]) -> Self {
        let mut row = Self::default();
        for cell in cells {
            row.push(cell);
        }
        row
    }
}
