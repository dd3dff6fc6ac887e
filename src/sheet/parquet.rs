//! Parquet: typed columns, as they are or as a heading row and rows of text.

use super::SheetError;
use super::detection::sent_as_text;
use super::numbered::Numbered;
use super::parquet_check::groups_under;
use super::parquet_shape::{Numbers, Shape};
use super::polars_door::footer;
use super::row::{Cells, Row};
use super::typed::{Amounts, Typed};
use polars::prelude::{Column, PolarsError};
use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::ops::{ControlFlow, Range};
use std::sync::{Arc, OnceLock};

/// A Parquet file, of which a few groups of rows are decoded at a time.
#[derive(Debug)]
pub(crate) struct Groups {
    file: Arc<ParquetFile>,
    /// Of each window the first row, the groups and how many rows they have, in the order of the file.
    windows: VecDeque<(usize, Range<usize>, usize)>,
    /// The columns that are decoded before anybody asks for their cells.
    wanted: BTreeSet<usize>,
}

/// What all windows of a file share.
struct ParquetFile {
    bytes: Arc<Vec<u8>>,
    shown: String,
    shape: Shape,
}

impl fmt::Debug for ParquetFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParquetFile")
            .field("shown", &self.shown)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl ParquetFile {
    /// Reads the footer, and says how many rows each group has.
    fn open(bytes: Arc<Vec<u8>>, shown: &str) -> Result<(Arc<Self>, Vec<usize>), SheetError> {
        let opened = || {
            let footer = footer(&bytes)?;
            let groups = groups_under(&footer, &bytes)?;
            Ok((Shape::of(footer)?, groups))
        };
        let (shape, groups) = opened().map_err(|source| damaged(&bytes, shown, source))?;
        let file = Self {
            bytes,
            shown: shown.to_owned(),
            shape,
        };
        Ok((Arc::new(file), groups))
    }
}

impl Groups {
    pub(crate) fn open(bytes: Arc<Vec<u8>>, shown: &str) -> Result<Self, SheetError> {
        /// Small groups are taken together.
        const ROWS: usize = 1 << 16;
        let (file, groups) = ParquetFile::open(bytes, shown)?;
        let mut windows: VecDeque<(usize, Range<usize>, usize)> = VecDeque::new();
        let mut start = 0;
        for (group, rows) in groups.into_iter().enumerate() {
            match windows.back_mut() {
                Some((_, groups, window)) if *window + rows <= ROWS => {
                    *window += rows;
                    groups.end = group + 1;
                }
                _ => windows.push_back((start, group..group + 1, rows)),
            }
            start += rows;
        }
        // A file without rows still has columns.
        if windows.is_empty() {
            windows.push_back((0, 0..0, 0));
        }
        Ok(Self {
            file,
            windows,
            wanted: BTreeSet::new(),
        })
    }

    /// The names of the columns.
    pub(crate) fn names(&self) -> &[String] {
        &self.file.shape.names
    }

    /// What exact numbers a column holds, if it is of such a type.
    pub(crate) fn numbers(&self, column: usize) -> Option<Numbers> {
        self.file.shape.numbers.get(column).copied().flatten()
    }

    /// The error of a column that has no plain text, if it is one.
    pub(crate) fn unread(&self, column: usize) -> Option<SheetError> {
        self.file.shape.unread(&self.file.shown, column)
    }

    /// Says of which columns cells will be asked for: the others are decoded only if somebody does.
    pub(crate) fn want(&mut self, columns: impl Iterator<Item = usize>) {
        self.wanted = columns.collect();
    }

    /// The next window, with the number of rows before it.
    pub(crate) fn next(&mut self) -> Result<Option<(usize, Columns)>, SheetError> {
        let Some((start, groups, rows)) = self.windows.pop_front() else {
            return Ok(None);
        };
        let columns = Columns::of(&self.file, groups, rows);
        columns.decode(&self.wanted)?;
        Ok(Some((start, columns)))
    }
}

fn damaged(bytes: &[u8], file: &str, source: PolarsError) -> SheetError {
    if sent_as_text(bytes) {
        return SheetError::SentAsText {
            file: file.to_owned(),
        };
    }
    unreadable(file, source)
}

fn unreadable(file: &str, source: PolarsError) -> SheetError {
    SheetError::Parquet {
        file: file.to_owned(),
        source: Box::new(source),
    }
}

/// Columns of a Parquet file, each in one piece and decoded when it is asked for; those of types
/// without a plain text are there by their names.
#[derive(Debug)]
pub(crate) struct Columns {
    file: Arc<ParquetFile>,
    groups: Range<usize>,
    height: usize,
    decoded: Vec<OnceLock<Column>>,
    numbered: Vec<OnceLock<Option<Numbered>>>,
}

impl Columns {
    /// All rows, every column decoded.
    pub(super) fn read(bytes: Vec<u8>, file: &str) -> Result<Self, SheetError> {
        let (file, _) = ParquetFile::open(Arc::new(bytes), file)?;
        let (groups, rows) = (0..file.shape.groups(), file.shape.height());
        let mut columns = Self::of(&file, groups, rows);
        drop(file);
        columns.complete()?;
        // All of it is decoded.
        if let Some(file) = Arc::get_mut(&mut columns.file) {
            file.bytes = Arc::default();
        }
        Ok(columns)
    }

    /// The rows of some groups; nothing is decoded yet.
    fn of(file: &Arc<ParquetFile>, groups: Range<usize>, height: usize) -> Self {
        let width = file.shape.names.len();
        Self {
            file: Arc::clone(file),
            groups,
            height,
            decoded: (0..width).map(|_| OnceLock::new()).collect(),
            numbered: (0..width).map(|_| OnceLock::new()).collect(),
        }
    }

    /// Decodes those of some columns that are not decoded yet.
    pub(crate) fn decode(&self, wanted: &BTreeSet<usize>) -> Result<(), SheetError> {
        let is_new = |at: &usize| self.decoded.get(*at).is_some_and(|one| one.get().is_none());
        let wanted: BTreeSet<usize> = wanted.iter().copied().filter(is_new).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let file = &*self.file;
        let columns = (file.shape)
            .columns(&file.bytes, &self.groups, &wanted)
            .map_err(|source| unreadable(&file.shown, source))?;
        for (at, column) in columns {
            if let Some(place) = self.decoded.get(at) {
                // Whoever was quicker has decoded the same.
                let _ = place.set(column);
            }
        }
        Ok(())
    }

    /// Decodes what is not decoded yet: the cells of all columns are there then.
    pub(crate) fn complete(&self) -> Result<(), SheetError> {
        self.decode(&(0..self.decoded.len()).collect())
    }

    /// How many columns there are.
    pub(crate) fn width(&self) -> usize {
        self.decoded.len()
    }

    /// A column that is decoded.
    fn typed(&self, column: usize) -> Typed<'_> {
        Typed::of(self.decoded.get(column).and_then(OnceLock::get))
    }

    /// The distinct values of a column that was [wanted](Groups::want), numbered once; nothing where it
    /// is of a type whose cells have to be looked at as text.
    pub(crate) fn numbered(&self, column: usize) -> Option<&Numbered> {
        let numbered = self.numbered.get(column)?;
        numbered
            .get_or_init(|| self.typed(column).numbered(self.height))
            .as_ref()
    }

    /// Whether a wanted column is of a type whose cells need not be looked at one by one.
    pub(crate) fn is_typed(&self, column: usize) -> bool {
        !matches!(self.typed(column), Typed::Other(_) | Typed::Unread)
    }

    /// The values of a wanted column as amounts, where they are numbers or texts.
    pub(crate) fn amounts(&self, column: usize) -> Option<Amounts<'_>> {
        self.typed(column).amounts()
    }

    /// A cell of a wanted column as text.
    pub(crate) fn text(&self, column: usize, row: usize) -> Cow<'_, str> {
        match self.typed(column) {
            Typed::Texts(texts) => Cow::Borrowed(texts.get(row).unwrap_or_default()),
            other => {
                let mut text = String::new();
                other.write(row, &mut text);
                Cow::Owned(text)
            }
        }
    }

    /// The error of a column that has no plain text, if it is one.
    pub(super) fn unread(&self, file: &str, column: usize) -> Option<SheetError> {
        self.file.shape.unread(file, column)
    }

    /// How many rows there are, without the names.
    pub(crate) fn height(&self) -> usize {
        self.height
    }

    /// Visits the column names as row 1, then each row.
    pub(super) fn rows<B>(
        &self,
        mut visit: impl FnMut(u64, Cells<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        self.names(&mut visit)?;
        self.some(0..self.height, 2, visit)
    }

    /// Visits the column names as row 1.
    pub(crate) fn names<B>(
        &self,
        mut visit: impl FnMut(u64, Cells<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let mut record = Row::default();
        for name in &self.file.shape.names {
            record.push(name);
        }
        visit(1, record.cells())
    }

    /// Visits some of the rows, of which the first has that number in the file.
    pub(crate) fn some<B>(
        &self,
        rows: Range<usize>,
        first: u64,
        mut visit: impl FnMut(u64, Cells<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let columns: Vec<Typed<'_>> = (0..self.width()).map(|at| self.typed(at)).collect();
        let mut record = Row::default();
        for (number, row) in (first..).zip(rows) {
            record.clear();
            for column in &columns {
                column.write(row, record.text());
                record.end();
            }
            visit(number, record.cells())?;
        }
        ControlFlow::Continue(())
    }
}
