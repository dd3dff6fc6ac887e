//! For programs with readers of their own: files as rows of text cells, where every file of the
//! crate comes in.
//!
//! A partner's ledger may be a CSV in Windows-1252 with bare carriage returns, a workbook of
//! twelve sheets, or a Parquet file. After [`open`] all of them are the same thing: sheets, whose
//! rows are text cells with the line they came from. What the cells mean is for others to say.
//!
//! | Format | Cells arrive as |
//! |---|---|
//! | delimited text | the text between the delimiters, without the quotes, otherwise unchanged |
//! | workbook | strings unchanged; numbers as the shortest decimal that is the same number; dates as `2022-04-01`, elapsed time as `37:30:00`; errors as `#N/A` |
//! | Parquet | the column names as row 1; then strings (of factors too), whole numbers, shortest decimals, exact decimals, ISO dates; nothing under columns of other types ([`Sheet::unread`]) |
//!
//! [`open`] holds a file whole. Ledgers are read otherwise: a text or a Parquet file a few megabytes
//! at a time, in blocks that end where a record does and are read on all cores, so that a file of
//! ten million lines costs what its lines cost and no more.
//!
//! # Damaged and hostile files
//!
//! A file that was damaged or made to do harm is an error or a finding. What is written in it about
//! its own size is held against the size it has before room is made for it, and a workbook that
//! unpacks to a hundred times its size is refused ([`SheetError::TooMuch`]). Pages of Parquet files
//! are held against their checksums where they have any.
//!
//! Two things for programs that embed this crate:
//!
//! - calamine and polars panic on some damaged bytes. Those panics are caught and become errors. A
//!   program that is built with `panic = "abort"` ends instead: build it with unwinding, or read
//!   files of strangers in a process of their own. Where unwinding is on, the panic hook of the
//!   program is still called first, and the usual one prints a trace; set another with
//!   [`std::panic::set_hook`] if that matters.
//! - polars is called from threads of its own. A program that calls this crate from inside one of
//!   polars' own threads (a user-defined function of a lazy frame) may wait for ever.
//!
//! # Files written
//!
//! [`CsvFile`] writes CSV that a spreadsheet opens as it is; [`unmarked`] gives its texts back.
//!
//! **Invariant:** no cell is guessed at. Detection concerns the file (encoding, line ends,
//! delimiter), is reported in [`Detected`], and can be overruled in [`ReadOptions`].
#![deny(missing_docs)]

mod format;
mod error;
mod foreign;
mod markup;
mod formats;
mod open_document;
mod detection;
mod file_search;
mod polars_door;
mod archive;
mod compound_file;
mod xls_formats;
mod xlsb_formats;
mod text_key;
mod names;
mod row;
mod boundaries;
mod marks;
mod records;
mod text;
mod blocks;
mod fingerprint;
mod stream;
mod parquet_check;
mod parquet_shape;
mod numbered;
mod typed;
mod parquet;
mod windows;
mod workbook;
mod spreadsheet;
mod comma_separated;

pub(crate) use blocks::Blocks;
pub use comma_separated::{CsvCell, CsvFile};
pub use detection::{Detected, LineEnds};
pub use error::SheetError;
pub(crate) use file_search::{FoundFiles, found};
pub use format::Format;
pub(crate) use formats::{NOT_CALCULATED, Plainly};
pub(crate) use names::{Found, Name, Names, normalised};
pub(crate) use numbered::Numbered;
pub(crate) use parquet::{Columns, Groups};
pub(crate) use parquet_check::groups_of_rows;
pub(crate) use parquet_shape::Numbers;
pub(crate) use polars_door::{apart, footer, rows_of, written};
pub(crate) use records::{has_text_after_quote, split};
pub(crate) use row::Cells;
pub(crate) use row::Row;
pub(crate) use spreadsheet::is_taken_for_something_else;
pub use spreadsheet::{MARK_IN_WORDS, marked, unmarked};
pub(crate) use stream::{bytes_of, text_of};
pub(crate) use text_key::Key;
pub(crate) use typed::{AmountCell, Amounts};
pub(crate) use windows::{Block, NoRows, Opened, Stream, Window, opened};

use crate::text::hex;
use csv::StringRecord;
use sha2::{Digest, Sha256};
use std::ops::ControlFlow;
use std::path::Path;

/// What is already known about a file; whatever is left out is detected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format, where the extension does not say it.
    pub format: Option<Format>,
    /// The encoding of a text by its usual label: `utf-8`, `windows-1252`, `utf-16le`. A byte
    /// order mark in the file wins over it.
    pub encoding: Option<String>,
    /// What stands between the cells of a text; one ASCII character.
    pub delimiter: Option<char>,
    /// The sheets of a workbook that are wanted; all of them that are not hidden when empty. Other
    /// formats have one sheet without a name and ignore this.
    pub sheets: Vec<String>,
}

/// An opened file, whole: its bytes, decoded once.
#[derive(Debug)]
pub struct Source {
    detected: Detected,
    fingerprint: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Text(text::Text),
    Workbook(Vec<workbook::Worksheet>),
    Parquet(parquet::Columns),
}

/// Opens a file. `shown` is its name in messages: as a pack names it, never an absolute path.
///
/// # Errors
///
/// [`SheetError`] when there is no such file, it holds nothing, or it is not what its extension
/// or `options` say.
///
/// # Example
///
/// ```
/// use wholeplace::sheet::{self, ReadOptions};
/// let folder = std::env::temp_dir().join("wholeplace-sheet-example");
/// std::fs::create_dir_all(&folder)?;
/// let path = folder.join("payments.csv");
/// std::fs::write(&path, b"Service;Net Amount(\xa3)\r\nParks;12.50\r\n")?;
///
/// let source = sheet::open(&path, "payments.csv", &ReadOptions::default())?;
/// assert_eq!(source.detected().to_string(), "windows-1252; CRLF; cells separated by `;`");
/// let mut lines = Vec::new();
/// for sheet in source.sheets() {
///     sheet.for_each_row(|line, cells| lines.push((line, cells[1].to_owned())));
/// }
/// assert_eq!(lines, [(1, "Net Amount(£)".to_owned()), (2, "12.50".to_owned())]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn open(path: &Path, shown: &str, options: &ReadOptions) -> Result<Source, SheetError> {
    let bytes = bytes_of(path).map_err(|source| SheetError::Read {
        file: shown.to_owned(),
        source,
    })?;
    let format = format_of(path, &bytes, shown, options)?;
    Source::of(bytes, format, shown, options, Plainly::ALL)
}

/// The format of a file by its name and its first bytes.
fn format_of(
    path: &Path,
    bytes: &[u8],
    shown: &str,
    options: &ReadOptions,
) -> Result<Format, SheetError> {
    if bytes.is_empty() {
        return Err(SheetError::Empty {
            file: shown.to_owned(),
        });
    }
    let extension = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    match options.format {
        Some(format) => Ok(format),
        None => {
            let found = detection::likely_format(&extension.to_lowercase(), bytes);
            (found.map_err(|foreign| foreign.in_file(shown))?).ok_or_else(|| {
                SheetError::UnknownFormat {
                    file: shown.to_owned(),
                    extension: extension.to_owned(),
                }
            })
        }
    }
}

impl Source {
    fn of(
        bytes: Vec<u8>,
        format: Format,
        shown: &str,
        options: &ReadOptions,
        plainly: Plainly,
    ) -> Result<Self, SheetError> {
        let fingerprint = hex(&Sha256::digest(&bytes));
        let (content, detected) = match format {
            Format::Text => {
                let (text, detected) = text::Text::decode(bytes, shown, options)?;
                (Content::Text(text), detected)
            }
            Format::Xlsx | Format::Xls | Format::Xlsb | Format::Ods => {
                let (bytes, format) = workbook::what_it_is(bytes, shown, format)?;
                let sheets = workbook::read(bytes, shown, format, &options.sheets, plainly)?;
                let names = sheets.read.iter().map(|sheet| sheet.name.clone());
                let detected = Detected::workbook(format, names.collect(), sheets.hidden);
                (Content::Workbook(sheets.read), detected)
            }
            Format::Parquet => {
                let columns = parquet::Columns::read(bytes, shown)?;
                (Content::Parquet(columns), Detected::parquet())
            }
        };
        Ok(Self {
            detected,
            fingerprint,
            content,
        })
    }

    /// What kind of file it turned out to be.
    #[must_use]
    pub fn detected(&self) -> &Detected {
        &self.detected
    }

    /// SHA-256 of the bytes on disk, as 64 hexadecimal digits: two files of one fingerprint are
    /// the same extract.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Each sheet in the order of the file; a text and a Parquet file have one.
    #[must_use]
    pub fn sheets(&self) -> Vec<Sheet<'_>> {
        match &self.content {
            Content::Text(text) => vec![Sheet(Rows::Text(text))],
            Content::Parquet(columns) => vec![Sheet(Rows::Parquet(columns))],
            Content::Workbook(sheets) => sheets
                .iter()
                .map(|sheet| Sheet(Rows::Worksheet(sheet)))
                .collect(),
        }
    }
}

/// One sheet of a [`Source`]: rows, which can be visited as often as wanted.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a>(Rows<'a>);

#[derive(Clone, Copy, Debug)]
enum Rows<'a> {
    Text(&'a text::Text),
    Worksheet(&'a workbook::Worksheet),
    Parquet(&'a parquet::Columns),
}

impl<'a> Sheet<'a> {
    /// The name of a sheet of a workbook.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        match self.0 {
            Rows::Worksheet(sheet) => Some(&sheet.name),
            Rows::Text(_) | Rows::Parquet(_) => None,
        }
    }

    /// Visits each row: its line, and its cells.
    ///
    /// The line is that of a text on which the row starts, or the row number of a workbook or
    /// Parquet file, counted from 1. Rows of one sheet may differ in width. An empty line of a
    /// text is a row without cells. The cells are lent for one call.
    pub fn for_each_row(&self, mut visit: impl FnMut(u64, &StringRecord)) {
        let _ = self.try_for_each_row(|line, cells| {
            visit(line, cells);
            ControlFlow::<()>::Continue(())
        });
    }

    /// As [`for_each_row`](Self::for_each_row), until `visit` breaks off.
    pub fn try_for_each_row<B>(
        &self,
        mut visit: impl FnMut(u64, &StringRecord) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let mut record = StringRecord::new();
        self.rows(|line, cells| {
            cells.write(&mut record);
            visit(line, &record)
        })
    }

    /// As [`try_for_each_row`](Self::try_for_each_row), without copying the cells of a text.
    pub(crate) fn rows<B>(
        &self,
        visit: impl FnMut(u64, Cells<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        match self.0 {
            Rows::Text(text) => text.rows(visit),
            Rows::Worksheet(sheet) => sheet.rows(visit),
            Rows::Parquet(columns) => columns.rows(visit),
        }
    }

    /// The error of a column, counted from 0, whose values have no plain text: it is there by its name,
    /// and its cells are empty. Whoever wants them is to give this error; the others need not care.
    /// Only Parquet files have such columns.
    #[must_use]
    pub fn unread(&self, file: &str, column: usize) -> Option<SheetError> {
        match self.0 {
            Rows::Parquet(columns) => columns.unread(file, column),
            Rows::Text(_) | Rows::Worksheet(_) => None,
        }
    }

    /// The line of a text on which its last row starts, if that row opens a quote and never
    /// closes it: the file was cut off, or the quote has swallowed the rows after it.
    #[must_use]
    pub fn cut_off(&self) -> Option<u64> {
        match self.0 {
            Rows::Text(text) => text.cut_off(),
            Rows::Worksheet(_) | Rows::Parquet(_) => None,
        }
    }
}
