//! What is known about each file of a ledger after it was read.

use crate::finding::plain;
use crate::money::Pence;
use crate::sheet::Detected;
use crate::text::counted;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::AddAssign;

/// How many rows of each kind were read.
///
/// **Invariant:** `lines + rejected` and the rows that are no lines add up to `records`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counts {
    /// All rows, whatever they are.
    pub records: u64,
    /// Payments, accepted into the ledger.
    pub lines: u64,
    /// Those of the lines that are below zero.
    pub credits: u64,
    /// Rows in which no cell holds anything, below the first header.
    pub blank: u64,
    /// Header rows.
    pub header: u64,
    /// Rows with an amount and nothing else: sums of other rows.
    pub total_rows: u64,
    /// Titles and empty rows above the first header, and all rows of sheets that have no header.
    pub preamble: u64,
    /// Rows that the layout's `where` leaves to others, or its `where_not` leaves out.
    pub not_selected: u64,
    /// Payments whose amount could not be accepted; each is a fault.
    pub rejected: u64,
}

impl Counts {
    /// Stops the program when a row was lost or counted twice: a bug of this crate, never a fault
    /// in data. Kept in release builds.
    #[track_caller]
    pub(super) fn assert_complete(&self) {
        let other = self.blank + self.header + self.total_rows + self.preamble + self.not_selected;
        assert!(
            self.lines + self.rejected + other == self.records,
            "a row was lost or counted twice: {self:?}; this is a bug of wholeplace"
        );
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.records += other.records;
        self.lines += other.lines;
        self.credits += other.credits;
        self.blank += other.blank;
        self.header += other.header;
        self.total_rows += other.total_rows;
        self.preamble += other.preamble;
        self.not_selected += other.not_selected;
        self.rejected += other.rejected;
    }
}

/// A header row, and what it was taken to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Header {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The line of a text, or row of a sheet.
    pub line: u64,
    /// The heading of the amount, as the file writes it.
    pub amount: String,
    /// What is read from which columns, in the order of the layout's keys.
    #[serde(default)]
    pub used: Vec<UsedColumn>,
    /// What the layout names, and none of whose headings stand here: `codes.activity`.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Headings of columns from which nothing is read, as the file writes them.
    #[serde(default)]
    pub unnamed: Vec<String>,
}

/// What a layout names, with the columns that it is read from below one header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UsedColumn {
    /// The key of the layout: `amount`, `date`, `codes.activity`, `where.Kind`.
    pub key: String,
    /// The headings, as the file writes them; several where columns are joined.
    pub headings: Vec<String>,
}

/// One file of a ledger: what it is, and what it held.
///
/// Prints on one line: `1705.csv: windows-1252; bare CR (178), CRLF (1); cells separated by `,`;
/// header in row 1; amount in `Net Amount(£)`; dates %d/%m/%Y (169), %d-%b-%y (9); 178 lines,
/// £766,376.54`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct File {
    /// Its name, as the pack writes it.
    pub shown: String,
    /// SHA-256 of its bytes, as 64 hexadecimal digits.
    pub fingerprint: String,
    /// Its format, encoding, line ends, delimiter and sheets.
    pub detected: Detected,
    /// Its header rows, in order.
    pub headers: Vec<Header>,
    /// How many dates had which form.
    pub date_forms: Vec<(String, u64)>,
    /// How many lines have neither a date nor a period that can be read.
    pub undated: u64,
    /// How many rows of each kind.
    pub counts: Counts,
    /// The sum of its lines.
    pub total: Pence,
    /// The sum of its rejected rows, as far as their amounts could be read.
    #[serde(default)]
    pub rejected: Pence,
    /// How many rejected rows have no amount that could be read.
    #[serde(default)]
    pub rejected_unknown: u64,
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.shown, self.detected)?;
        match self.headers.as_slice() {
            [] => {}
            [one] => write!(f, "; header in row {}", one.line)?,
            several => {
                let rows: Vec<String> = several.iter().map(|h| h.line.to_string()).collect();
                write!(f, "; headers in rows {}", rows.join(", "))?;
            }
        }
        let mut amounts: Vec<&str> = Vec::new();
        for header in &self.headers {
            if !amounts.contains(&header.amount.as_str()) {
                amounts.push(&header.amount);
            }
        }
        if !amounts.is_empty() {
            write!(f, "; amount in `{}`", plain(&amounts.join("`, `")))?;
        }
        if !self.date_forms.is_empty() {
            let forms = self.date_forms.iter();
            let forms: Vec<String> = forms.map(|(form, n)| format!("{form} ({n})")).collect();
            write!(f, "; dates {}", forms.join(", "))?;
        }
        if self.undated > 0 {
            write!(f, "; {} without a date", counted(self.undated, "line"))?;
        }
        let lines = counted(self.counts.lines, "line");
        write!(f, "; {lines}, {}", self.total)
    }
}
