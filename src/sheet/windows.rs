//! A file that is read once, a few blocks of rows at a time.

use super::blocks::Blocks;
use super::fingerprint::Fingerprint;
use super::parquet::{Columns, Groups};
use super::row::Cells;
use super::stream::{NotUtf8, Request, TextBlock, TextStream, TextWindow, begun, unreadable};
use super::{Detected, Format, Plainly, ReadOptions, SheetError, Source, format_of};
use std::io::Read;
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::Arc;

/// A file that was opened to be read once.
#[derive(Debug)]
pub(crate) enum Opened {
    /// A text, or a Parquet file.
    Stream(Stream),
    /// A workbook, whole.
    Whole(Source),
}

/// Opens a file to read it once.
pub(crate) fn opened(
    path: &Path,
    shown: &str,
    options: &ReadOptions,
    plainly: Plainly,
    blocks: Blocks,
) -> Result<Opened, SheetError> {
    let (mut file, mut bytes) = begun(path, shown)?;
    let format = format_of(path, &bytes, shown, options)?;
    if format == Format::Text {
        let request = Request::new(path, shown, options, blocks);
        let text = Box::new(request.stream()?);
        return Ok(Opened::Stream(Stream(Input::Text(text))));
    }
    (file.read_to_end(&mut bytes)).map_err(|source| unreadable(shown, source))?;
    if format != Format::Parquet {
        return Source::of(bytes, format, shown, options, plainly).map(Opened::Whole);
    }
    let bytes = Arc::new(bytes);
    let fingerprint = Fingerprint::of(Arc::clone(&bytes));
    Ok(Opened::Stream(Stream(Input::Parquet {
        groups: Groups::open(bytes, shown)?,
        fingerprint,
        blocks,
    })))
}

/// The rows of a file, window by window.
#[derive(Debug)]
pub(crate) struct Stream(Input);

#[derive(Debug)]
enum Input {
    Text(Box<TextStream>),
    Parquet {
        groups: Groups,
        fingerprint: Fingerprint,
        blocks: Blocks,
    },
}

impl Stream {
    /// What stands between the cells of a text.
    pub(crate) fn delimiter(&self) -> Option<char> {
        match &self.0 {
            Input::Text(text) => Some(text.delimiter()),
            Input::Parquet { .. } => None,
        }
    }

    /// The error of a column whose values have no plain text, if it is one.
    pub(crate) fn unread(&self, column: usize) -> Option<SheetError> {
        match &self.0 {
            Input::Text(_) => None,
            Input::Parquet { groups, .. } => groups.unread(column),
        }
    }

    /// Says of which columns cells will be asked for.
    pub(crate) fn want(&mut self, columns: impl Iterator<Item = usize>) {
        if let Input::Parquet { groups, .. } = &mut self.0 {
            groups.want(columns);
        }
    }

    /// Byte sequences that the encoding does not have.
    pub(crate) fn undecodable(&self) -> u64 {
        match &self.0 {
            Input::Text(text) => text.undecodable(),
            Input::Parquet { .. } => 0,
        }
    }

    /// The next window, in the memory of one that is done with; nothing at the end.
    pub(crate) fn next(&mut self, spare: Vec<u8>) -> Result<Option<Window>, SheetError> {
        match &mut self.0 {
            Input::Text(text) => Ok(text.next(spare)?.map(Window::Text)),
            Input::Parquet { groups, blocks, .. } => {
                let window = groups.next()?;
                Ok(window.map(|(before, columns)| Window::Rows {
                    columns,
                    before,
                    bytes: blocks.bytes,
                }))
            }
        }
    }

    /// Notes whether the last block was ASCII.
    pub(crate) fn and_ascii(&mut self, ascii: bool) {
        if let Input::Text(text) = &mut self.0 {
            text.and_ascii(ascii);
        }
    }

    /// The same file from its start, now that it proved not to be UTF-8.
    pub(crate) fn without_utf8(self) -> Result<Self, SheetError> {
        Ok(Self(match self.0 {
            Input::Text(text) => Input::Text(Box::new(text.without_utf8()?)),
            parquet => parquet,
        }))
    }

    /// What the file turned out to be, and its fingerprint.
    pub(crate) fn finish(self) -> (Detected, String) {
        match self.0 {
            Input::Text(text) => text.finish(),
            Input::Parquet { fingerprint, .. } => (Detected::parquet(), fingerprint.known()),
        }
    }
}

/// A few blocks of rows.
pub(crate) enum Window {
    Text(TextWindow),
    Rows {
        columns: Columns,
        /// How many rows stand before, the names of the columns not counted.
        before: usize,
        /// Of a block, about.
        bytes: usize,
    },
}

impl Window {
    /// Each block, in the order of the file.
    pub(crate) fn blocks(&self) -> Vec<Block<'_>> {
        // A row of a payment file has about as many bytes.
        self.blocks_of_rows(64)
    }

    /// Each block; those of columns have many rows, because what is done once a block for each
    /// distinct value costs more than a row.
    pub(crate) fn long_blocks(&self) -> Vec<Block<'_>> {
        self.blocks_of_rows(4)
    }

    /// Blocks of columns of which each row counts as so many bytes.
    fn blocks_of_rows(&self, bytes_of_a_row: usize) -> Vec<Block<'_>> {
        match self {
            Self::Text(text) => text.blocks().map(Block::Text).collect(),
            Self::Rows {
                columns,
                before,
                bytes,
            } => {
                let each_block = (bytes / bytes_of_a_row).max(1);
                (0..columns.height().max(1))
                    .step_by(each_block)
                    .map(|start| Block::Rows {
                        columns,
                        before: *before,
                        rows: start..(start + each_block).min(columns.height()),
                    })
                    .collect()
            }
        }
    }

    /// The columns of a Parquet file.
    pub(crate) fn columns(&self) -> Option<&Columns> {
        match self {
            Self::Text(_) => None,
            Self::Rows { columns, .. } => Some(columns),
        }
    }

    /// Its memory, for another.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.into_bytes(),
            Self::Rows { .. } => Vec::new(),
        }
    }
}

/// Why the rows of a block cannot be visited.
#[derive(Debug)]
pub(crate) enum NoRows {
    /// It is not in the encoding that its text was thought to have.
    NotUtf8,
    /// Columns that nobody had asked for cannot be decoded.
    Unreadable(SheetError),
}

impl From<NotUtf8> for NoRows {
    fn from(_: NotUtf8) -> Self {
        Self::NotUtf8
    }
}

impl From<SheetError> for NoRows {
    fn from(error: SheetError) -> Self {
        Self::Unreadable(error)
    }
}

/// Rows that follow one another.
pub(crate) enum Block<'a> {
    Text(TextBlock<'a>),
    Rows {
        columns: &'a Columns,
        before: usize,
        rows: Range<usize>,
    },
}

impl Block<'_> {
    /// No more rows than this.
    pub(crate) fn most_rows(&self) -> usize {
        match self {
            Self::Text(text) => text.most_rows(),
            Self::Rows { rows, .. } => rows.len() + 1,
        }
    }

    pub(crate) fn is_ascii(&self) -> bool {
        match self {
            Self::Text(text) => text.is_ascii(),
            Self::Rows { .. } => true,
        }
    }

    /// Visits each row with its line; gives what `visit` broke off with, or the line of a row in
    /// which a quote opens and never closes.
    pub(crate) fn rows<B>(
        &self,
        mut visit: impl FnMut(u64, Cells<'_>) -> ControlFlow<B>,
    ) -> Result<ControlFlow<B, Option<u64>>, NoRows> {
        match self {
            Self::Text(text) => Ok(text.rows(visit)?),
            Self::Rows {
                columns,
                before,
                rows,
            } => {
                if before + rows.start == 0
                    && let ControlFlow::Break(found) = columns.names(&mut visit)
                {
                    return Ok(ControlFlow::Break(found));
                }
                columns.complete()?;
                let first = (before + rows.start) as u64 + 2;
                Ok(match columns.some(rows.clone(), first, visit) {
                    ControlFlow::Break(found) => ControlFlow::Break(found),
                    ControlFlow::Continue(()) => ControlFlow::Continue(None),
                })
            }
        }
    }
}
