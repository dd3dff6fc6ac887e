//! Parquet: typed columns as a heading row and rows of text.

use super::SheetError;
use super::detection::sent_as_text;
use super::parquet_check::groups_under;
use super::parquet_shape::Shape;
use super::polars_door::footer;
use super::row::{Cells, Row};
use crate::money::push_decimal;
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use polars::prelude::{
    AnyValue, Column, DataType, Int32Type, Int128Type, PolarsDataType, PolarsError, PolarsResult,
    StaticArray, StringType, TimeUnit,
};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

/// A Parquet file, of which a few groups of rows are decoded at a time.
#[derive(Debug)]
pub(super) struct Groups {
    bytes: Vec<u8>,
    file: String,
    shape: Arc<Shape>,
    /// The first row of each window and how many rows it has, in the order of the file.
    windows: VecDeque<(usize, usize)>,
}

impl Groups {
    pub(super) fn open(bytes: Vec<u8>, file: &str) -> Result<Self, SheetError> {
        /// Small groups are taken together.
        const ROWS: usize = 1 << 16;
        let mut windows: VecDeque<(usize, usize)> = VecDeque::new();
        let mut start = 0;
        let opened = || {
            let footer = footer(&bytes)?;
            let groups = groups_under(&footer, &bytes)?;
            Ok((Arc::new(Shape::of(footer)?), groups))
        };
        let (shape, groups) = opened().map_err(|source| damaged(&bytes, file, source))?;
        for rows in groups {
            match windows.back_mut() {
                Some((_, window)) if *window + rows <= ROWS => *window += rows,
                _ => windows.push_back((start, rows)),
            }
            start += rows;
        }
        // A file without rows still has columns.
        if windows.is_empty() {
            windows.push_back((0, 0));
        }
        Ok(Self {
            bytes,
            file: file.to_owned(),
            shape,
            windows,
        })
    }

    /// The error of a column that has no plain text, if it is one.
    pub(super) fn unread(&self, column: usize) -> Option<SheetError> {
        self.shape.unread(&self.file, column)
    }

    /// The next window, with the number of rows before it.
    pub(super) fn next(&mut self) -> Result<Option<(usize, Columns)>, SheetError> {
        match self.windows.pop_front() {
            None => Ok(None),
            Some((start, rows)) => {
                let columns = Columns::of(&self.bytes, &self.shape, Some((start, rows)))
                    .map_err(|source| unreadable(&self.file, source))?;
                Ok(Some((start, columns)))
            }
        }
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

/// Columns of a Parquet file, each in one piece; those of types without a plain text are there by
/// their names.
#[derive(Debug)]
pub(crate) struct Columns {
    shape: Arc<Shape>,
    columns: Vec<Option<Column>>,
    height: usize,
}

impl Columns {
    /// All rows.
    pub(super) fn read(bytes: &[u8], file: &str) -> Result<Self, SheetError> {
        let read = || {
            let footer = footer(bytes)?;
            groups_under(&footer, bytes)?;
            Self::of(bytes, &Arc::new(Shape::of(footer)?), None)
        };
        read().map_err(|source| damaged(bytes, file, source))
    }

    /// The rows of a slice: where it starts, and how many they are; of bytes that are sound.
    fn of(bytes: &[u8], shape: &Arc<Shape>, slice: Option<(usize, usize)>) -> PolarsResult<Self> {
        Ok(Self {
            shape: Arc::clone(shape),
            columns: shape.columns(bytes, slice)?,
            height: slice.map_or(shape.height(), |(_, rows)| rows),
        })
    }

    /// The error of a column that has no plain text, if it is one.
    pub(super) fn unread(&self, file: &str, column: usize) -> Option<SheetError> {
        self.shape.unread(file, column)
    }

    /// How many rows there are, without the names.
    pub(super) fn height(&self) -> usize {
        self.height
    }

    /// Visits the column names as row 1, then each row.
    pub(super) fn rows<B>(
        &self,
        mut visit: impl FnMut(u64, Cells<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        self.names(&mut visit)?;
        self.some(0..self.height(), 2, visit)
    }

    /// Visits the column names as row 1.
    pub(super) fn names<B>(
        &self,
        mut visit: impl FnMut(u64, Cells<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let mut record = Row::default();
        for name in &self.shape.names {
            record.push(name);
        }
        visit(1, record.cells())
    }

    /// Visits some of the rows, of which the first has that number in the file.
    pub(super) fn some<B>(
        &self,
        rows: Range<usize>,
        first: u64,
        mut visit: impl FnMut(u64, Cells<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let columns: Vec<Typed<'_>> = self.columns.iter().map(Typed::of).collect();
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

/// A column; those of the types that payment files have are read without a look at the type of each
/// cell.
enum Typed<'a> {
    Texts(&'a <StringType as PolarsDataType>::Array),
    Decimals(&'a <Int128Type as PolarsDataType>::Array, usize),
    Days(&'a <Int32Type as PolarsDataType>::Array),
    Other(&'a Column),
    /// Of a type without a text.
    Unread,
}

impl<'a> Typed<'a> {
    fn of(column: &'a Option<Column>) -> Self {
        let Some(column) = column else {
            return Self::Unread;
        };
        let typed = match column.dtype() {
            DataType::String => (column.str().ok())
                .and_then(|texts| texts.downcast_get(0))
                .map(Self::Texts),
            DataType::Decimal(..) => column.decimal().ok().and_then(|decimals| {
                let unscaled = decimals.physical().downcast_get(0)?;
                Some(Self::Decimals(unscaled, decimals.scale()))
            }),
            DataType::Date => (column.date().ok())
                .and_then(|dates| dates.physical().downcast_get(0))
                .map(Self::Days),
            _ => None,
        };
        typed.unwrap_or(Self::Other(column))
    }

    /// Writes a cell; one that is not there is empty.
    fn write(&self, row: usize, text: &mut String) {
        match self {
            Self::Texts(texts) => text.push_str(texts.get(row).unwrap_or_default()),
            Self::Decimals(unscaled, scale) => {
                if let Some(unscaled) = unscaled.get(row) {
                    push_decimal(text, unscaled, *scale);
                }
            }
            Self::Days(days) => {
                if let Some(days) = days.get(row) {
                    write_date(text, days);
                }
            }
            Self::Unread => {}
            Self::Other(column) => write_cell(text, &column.get(row).unwrap_or(AnyValue::Null)),
        }
    }
}

fn write_cell(text: &mut String, cell: &AnyValue<'_>) {
    // Writing to a string cannot fail; types without a text are not decoded.
    let _ = match cell {
        AnyValue::String(cell) => text.write_str(cell),
        // As a column of one row gives it.
        AnyValue::StringOwned(cell) => text.write_str(cell),
        AnyValue::Boolean(truth) => write!(text, "{truth}"),
        AnyValue::Float32(number) => write!(text, "{number}"),
        AnyValue::Float64(number) => write!(text, "{number}"),
        AnyValue::Decimal(unscaled, _, scale) => {
            push_decimal(text, *unscaled, *scale);
            Ok(())
        }
        AnyValue::Date(days) => {
            write_date(text, *days);
            Ok(())
        }
        AnyValue::Datetime(count, unit, _) => write_time(text, *count, *unit),
        AnyValue::Int8(n) => write!(text, "{n}"),
        AnyValue::Int16(n) => write!(text, "{n}"),
        AnyValue::Int32(n) => write!(text, "{n}"),
        AnyValue::Int64(n) => write!(text, "{n}"),
        AnyValue::Int128(n) => write!(text, "{n}"),
        AnyValue::UInt8(n) => write!(text, "{n}"),
        AnyValue::UInt16(n) => write!(text, "{n}"),
        AnyValue::UInt32(n) => write!(text, "{n}"),
        AnyValue::UInt64(n) => write!(text, "{n}"),
        AnyValue::UInt128(n) => write!(text, "{n}"),
        _ => Ok(()),
    };
}

const fn epoch() -> Date {
    Date::constant(1970, 1, 1)
}

/// A date by the days since 1970; nothing where no calendar has it.
fn write_date(text: &mut String, days: i32) {
    let since = SignedDuration::from_hours(24 * i64::from(days));
    if let Ok(date) = epoch().checked_add(since) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{date}");
    }
}

fn write_time(text: &mut String, count: i64, unit: TimeUnit) -> std::fmt::Result {
    let since = match unit {
        TimeUnit::Nanoseconds => SignedDuration::from_nanos(count),
        TimeUnit::Microseconds => SignedDuration::from_micros(count),
        TimeUnit::Milliseconds => SignedDuration::from_millis(count),
    };
    let midnight: DateTime = epoch().at(0, 0, 0, 0);
    match midnight.checked_add(since) {
        Ok(time) if time.time() == jiff::civil::Time::midnight() => write!(text, "{}", time.date()),
        Ok(time) => write!(text, "{} {}", time.date(), time.time()),
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cell: &AnyValue<'_>) -> String {
        let mut text = String::new();
        write_cell(&mut text, cell);
        text
    }

    #[test]
    fn values_become_plain_text() {
        assert_eq!(text(&AnyValue::Decimal(-5, 10, 2)), "-0.05");
        assert_eq!(text(&AnyValue::Decimal(123_456, 10, 2)), "1234.56");
        assert_eq!(text(&AnyValue::Decimal(7, 10, 0)), "7");
        assert_eq!(text(&AnyValue::Decimal(0, 10, 2)), "0.00");
        assert_eq!(
            text(&AnyValue::Decimal(-100_000, 38, 38)),
            format!("-0.{:0>38}", 100_000)
        );
        assert_eq!(text(&AnyValue::Date(19_083)), "2022-04-01");
        assert_eq!(text(&AnyValue::Float64(0.1)), "0.1");
        assert_eq!(text(&AnyValue::Null), "");
        let noon = AnyValue::Datetime(43_200_000, TimeUnit::Milliseconds, None);
        assert_eq!(text(&noon), "1970-01-01 12:00:00");
    }
}
