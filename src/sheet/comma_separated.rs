//! The one writer of CSV: every file of commas that leaves this crate is made here.
//!
//! UTF-8, a record a line, LF. A file of more than ASCII begins with a byte order mark, because
//! Excel takes it for Windows-1252 otherwise; one of ASCII has none, so that it is the same file to
//! programs that know no marks. Texts are [`marked`]; numbers and days stand as they are.
//!
//! It writes into memory and so cannot fail; the csv crate's writer has an error for every record.

use super::spreadsheet::marked;
use std::borrow::Cow;

/// What stands in a cell of a CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CsvCell<'a> {
    /// Words and codes: kept from being taken for something else.
    Text(Cow<'a, str>),
    /// A number or a day (`2017-04-01`), which a spreadsheet is to take for one.
    Figure(Cow<'a, str>),
}

impl<'a> CsvCell<'a> {
    /// Words or a code.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A number or a day.
    pub fn figure(figure: impl Into<Cow<'a, str>>) -> Self {
        Self::Figure(figure.into())
    }
}

/// A CSV in the making, row by row.
///
/// # Example
///
/// ```
/// use wholeplace::sheet::{CsvCell, CsvFile};
/// let mut file = CsvFile::default();
/// file.row([CsvCell::text("code"), CsvCell::text("amount_gbp")]);
/// file.row([CsvCell::text("00123"), CsvCell::figure("-5.00")]);
/// assert_eq!(file.into_text(), "code,amount_gbp\n'00123,-5.00\n");
///
/// let mut file = CsvFile::default();
/// file.row([CsvCell::text("£, by ward")]);
/// assert_eq!(file.into_text(), "\u{feff}\"£, by ward\"\n");
/// ```
#[derive(Clone, Debug, Default)]
pub struct CsvFile(String);

impl CsvFile {
    /// Adds a record.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = CsvCell<'a>>) {
        let start = self.0.len();
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                self.0.push(',');
            }
            match cell {
                CsvCell::Text(text) => self.cell(&marked(&text)),
                CsvCell::Figure(figure) => self.cell(&figure),
            }
        }
        // One empty cell is a record; an empty line is none.
        if self.0.len() == start {
            self.0.push_str("\"\"");
        }
        self.0.push('\n');
    }

    fn cell(&mut self, cell: &str) {
        // Blanks at the ends are cut off by some readers, and other delimiters taken for ours.
        let bare = !cell.contains([',', '"', '\n', '\r', ';', '\t', '|'])
            && cell.trim().len() == cell.len();
        if bare {
            self.0.push_str(cell);
            return;
        }
        self.0.push('"');
        self.0.push_str(&cell.replace('"', "\"\""));
        self.0.push('"');
    }

    /// The file as text.
    #[must_use]
    pub fn into_text(self) -> String {
        if self.0.is_ascii() {
            self.0
        } else {
            format!("\u{feff}{}", self.0)
        }
    }
}
