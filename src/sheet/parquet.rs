//! Parquet: typed columns as a heading row and rows of text.

use super::SheetError;
use super::detection::sent_as_text;
use super::parquet_check::groups_of_rows;
use super::polars_door::rows_of;
use super::row::{Cells, Row};
use crate::money::push_decimal;
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use polars::prelude::{
    AnyValue, Column, DataFrame, DataType, Int32Type, Int128Type, PolarsDataType, PolarsError,
    StaticArray, StringType, TimeUnit,
};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::ops::{ControlFlow, Range};

/// A Parquet file, of which a few groups of rows are decoded at a time.
#[derive(Debug)]
pub(super) struct Groups {
    bytes: Vec<u8>,
    file: String,
    /// The first row of each window and how many rows it has, in the order of the file.
    windows: VecDeque<(usize, usize)>,
}

impl Groups {
    pub(super) fn open(bytes: Vec<u8>, file: &str) -> Result<Self, SheetError> {
        /// Small groups are taken together.
        const ROWS: usize = 1 << 16;
        let mut windows: VecDeque<(usize, usize)> = VecDeque::new();
        let mut start = 0;
        let groups = groups_of_rows(&bytes).map_err(|source| damaged(&bytes, file, source));
        for rows in groups? {
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
            windows,
        })
    }

    /// The next window, with the number of rows before it.
    pub(super) fn next(&mut self) -> Result<Option<(usize, Columns)>, SheetError> {
        match self.windows.pop_front() {
            None => Ok(None),
            Some((start, rows)) => {
                let columns = Columns::of(&self.bytes, &self.file, Some((start, rows)))?;
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

/// Columns of a Parquet file, each in one piece and of a type that has a plain text.
#[derive(Debug)]
pub(crate) struct Columns(DataFrame);

impl Columns {
    /// All rows.
    pub(super) fn read(bytes: Vec<u8>, file: &str) -> Result<Self, SheetError> {
        groups_of_rows(&bytes).map_err(|source| damaged(&bytes, file, source))?;
        Self::of(&bytes, file, None)
    }

    /// The rows of a slice: where it starts, and how many they are; of bytes that are sound.
    fn of(bytes: &[u8], file: &str, slice: Option<(usize, usize)>) -> Result<Self, SheetError> {
        let frame = rows_of(bytes, slice).map_err(|source| unreadable(file, source))?;
        if let Some(column) = frame.columns().iter().find(|c| !has_text(c.dtype())) {
            return Err(SheetError::ColumnType {
                file: file.to_owned(),
                column: column.name().to_string(),
                found: column.dtype().to_string(),
            });
        }
        Ok(Self(frame))
    }

    /// How many rows there are, without the names.
    pub(super) fn height(&self) -> usize {
        self.0.height()
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
        for column in self.0.columns() {
            record.push(column.name());
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
        let columns: Vec<Typed<'_>> = self.0.columns().iter().map(Typed::of).collect();
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
}

impl<'a> Typed<'a> {
    fn of(column: &'a Column) -> Self {
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
            Self::Other(column) => write_cell(text, &column.get(row).unwrap_or(AnyValue::Null)),
        }
    }
}

fn has_text(kind: &DataType) -> bool {
    match kind {
        DataType::Decimal(..) | DataType::Boolean | DataType::String | DataType::Date => true,
        DataType::Null | DataType::Datetime(_, None) => true,
        DataType::Float32 | DataType::Float64 => true,
        kind => kind.is_integer(),
    }
}

fn write_cell(text: &mut String, cell: &AnyValue<'_>) {
    // Writing to a string cannot fail; types without a text were refused when the file was read.
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
