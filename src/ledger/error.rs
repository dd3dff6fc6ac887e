//! Why a ledger cannot be read at all.

use crate::finding::plain;
use crate::money::MoneyError;
use crate::sheet::SheetError;

/// Why a ledger cannot be read at all; faults of single rows are findings instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The ledger names no file.
    #[error("ledger `{ledger}` has no files; name at least one")]
    NoFiles {
        /// The ledger.
        ledger: String,
    },
    /// The layout names no heading for the amount.
    #[error(
        "the layout of ledger `{ledger}` names no heading for the amount; add one under `amount`"
    )]
    NoAmount {
        /// The ledger.
        ledger: String,
    },
    /// A pattern of files that matches none, or is no pattern.
    #[error("no file matches `{pattern}`; check the folder and the spelling")]
    NoFileMatches {
        /// The pattern.
        pattern: String,
    },
    /// Something that a pattern matches and that cannot be read.
    #[error(
        "`{file}` matches `{pattern}` and cannot be read: {why}; put the file itself there, or \
         write a pattern that does not match it"
    )]
    LeftOut {
        /// The pattern.
        pattern: String,
        /// What it matches.
        file: String,
        /// Why it cannot be read.
        why: &'static str,
    },
    /// A file cannot be read as rows.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// No row of a file is a header.
    #[error(
        "`{file}` has no header row with an amount: no row has one of {} beside another heading \
         of the layout{}; add the heading of the amount to the layout",
        quoted(.wanted), looks_like(.near)
    )]
    NoHeading {
        /// The file.
        file: String,
        /// The headings of the amount that the layout names.
        wanted: Vec<String>,
        /// Headings of the file that look like them.
        near: Vec<String>,
    },
    /// A header row without a heading that the layout's `where` or `where_not` needs.
    #[error(
        "`{file}:{line}`: the header has no `{heading}`, by which the layout selects rows; \
             correct the heading under `{key}`"
    )]
    NoSelection {
        /// The file.
        file: String,
        /// The line of the header.
        line: u64,
        /// The heading.
        heading: String,
        /// The key of the layout: `where` or `where_not`.
        key: &'static str,
    },
    /// One extract would be counted twice.
    #[error(
        "{second} is the same extract as {first}, byte for byte, and {lines} of its rows are \
         already read; take one out, or allow repeats for the ledger"
    )]
    SameExtract {
        /// The file that was read first: `` `may.csv` of ledger `council` ``.
        first: String,
        /// The file that repeats it, likewise.
        second: String,
        /// How many rows would be counted twice.
        lines: u64,
    },
    /// A sum beyond what an account can hold.
    #[error("the sum of ledger `{ledger}` cannot be held; check its largest amounts")]
    TooLarge {
        /// The ledger.
        ledger: String,
        /// The sum.
        source: MoneyError,
    },
    /// More lines than 32 bits can count.
    #[error("`{name}` has more than 4,294,967,295 rows; divide it into several")]
    TooLong {
        /// The file or ledger.
        name: String,
    },
    /// Several files cannot be read; all of them are told.
    #[error("{} files of ledger `{ledger}` cannot be read:{}", .errors.len(), one_a_line(.errors))]
    Several {
        /// The ledger.
        ledger: String,
        /// What is wrong with each, in the order of the files.
        errors: Vec<LedgerError>,
    },
}

fn quoted(headings: &[String]) -> String {
    let quoted: Vec<String> = headings.iter().map(|h| format!("`{}`", plain(h))).collect();
    quoted.join(", ")
}

fn looks_like(near: &[String]) -> String {
    if near.is_empty() {
        String::new()
    } else {
        format!(" (it has {})", quoted(near))
    }
}

fn one_a_line(errors: &[LedgerError]) -> String {
    errors.iter().map(|error| format!("\n  {error}")).collect()
}
