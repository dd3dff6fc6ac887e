//! Why a file cannot be read as rows.

use super::Format;
use std::error::Error;

/// Why a file cannot be read as rows of cells.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// The file is not there, or may not be read.
    #[error("`{file}` cannot be read; check that it is there and may be opened")]
    Read {
        /// The file, as messages show it.
        file: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file holds nothing at all: no bytes, or a byte order mark and nothing else.
    #[error("`{file}` is empty; fetch it again, or take it out of the files of its ledger")]
    Empty {
        /// The file.
        file: String,
    },
    /// The extension is none that is known, and the format was not named.
    #[error(
        "`{file}` has the extension `{extension}`; name its format: text, xlsx, xls, xlsb, ods \
         or parquet"
    )]
    UnknownFormat {
        /// The file.
        file: String,
        /// Its extension.
        extension: String,
    },
    /// An encoding that does not exist.
    #[error("`{label}` is not an encoding; `{file}` may be in utf-8, windows-1252 or utf-16le")]
    UnknownEncoding {
        /// The file.
        file: String,
        /// What was named.
        label: String,
    },
    /// A delimiter that is not one ASCII character, or is the quote or a line end.
    #[error("`{delimiter}` cannot separate the cells of `{file}`; name one ASCII character")]
    Delimiter {
        /// The file.
        file: String,
        /// What was named.
        delimiter: String,
    },
    /// A file that is none of the formats that are read, or one under lock.
    #[error("`{file}` is {is}, whatever its name says; {remedy}")]
    Foreign {
        /// The file.
        file: String,
        /// What it is.
        is: String,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A workbook that is damaged.
    #[error(
        "`{file}` is not a readable {format} workbook: it is damaged; fetch it again, or open it in a \
         spreadsheet program and save it again"
    )]
    Workbook {
        /// The file.
        file: String,
        /// The format that was expected.
        format: Format,
        /// What the workbook reader said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A file that needs more room than one of its size should.
    #[error(
        "`{file}` is not unpacked: {what}; if it is what it should be, save its sheets as CSV, \
         which has no limit"
    )]
    TooMuch {
        /// The file.
        file: String,
        /// What there is too much of.
        what: String,
    },
    /// A file that is no text and was sent as one.
    #[error(
        "`{file}` was sent as a text: every byte in it that looks like a line end has become two; \
         fetch it again as a binary file"
    )]
    SentAsText {
        /// The file.
        file: String,
    },
    /// A sheet that the workbook does not have.
    #[error("`{file}` has no sheet `{sheet}`; it has {}", quoted(.known))]
    NoSuchSheet {
        /// The file.
        file: String,
        /// The sheet that was wanted.
        sheet: String,
        /// The sheets there are.
        known: Vec<String>,
    },
    /// A Parquet file that is damaged or uses what we cannot read.
    #[error("`{file}` is not a readable Parquet file; write it again")]
    Parquet {
        /// The file.
        file: String,
        /// What the Parquet reader said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A column of a Parquet file whose values have no plain text.
    #[error(
        "column `{column}` of `{file}` holds {found}; write it as text, numbers, decimals, \
         booleans, dates or times without a time zone"
    )]
    ColumnType {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// Its type.
        found: String,
    },
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
