//! Parquet: typed columns as a heading row and rows of text.

use super::SheetError;
use super::cells::{Cells, Row};
use super::parquet_check::{groups_of_rows, guarded};
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, ToSpan};
use polars::prelude::{
    AnyValue, DataFrame, DataType, ParquetReader, PolarsError, SerReader, TimeUnit,
};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::Cursor;
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
        for rows in groups_of_rows(&bytes).map_err(|source| unreadable(file, source))? {
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
        groups_of_rows(&bytes).map_err(|source| unreadable(file, source))?;
        Self::of(&bytes, file, None)
    }

    /// The rows of a slice: where it starts, and how many they are; of bytes that are sound.
    fn of(bytes: &[u8], file: &str, slice: Option<(usize, usize)>) -> Result<Self, SheetError> {
        let reader = ParquetReader::new(Cursor::new(bytes)).with_slice(slice);
        let frame = guarded(|| reader.finish());
        let mut frame = frame.map_err(|source| unreadable(file, source))?;
        if let Some(column) = frame.columns().iter().find(|c| !has_text(c.dtype())) {
            return Err(SheetError::ColumnType {
                file: file.to_owned(),
                column: column.name().to_string(),
                found: column.dtype().to_string(),
            });
        }
        frame.rechunk_mut();
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
        let columns: Vec<_> = self.0.columns().iter().map(|c| (c, c.str().ok())).collect();
        let mut record = Row::default();
        for (number, row) in (first..).zip(rows) {
            record.clear();
            for (column, texts) in &columns {
                // Every row of a column exists; a cell that did not would be an empty one.
                match texts {
                    Some(texts) => record.text().push_str(texts.get(row).unwrap_or_default()),
                    None => {
                        let cell = column.get(row).unwrap_or(AnyValue::Null);
                        write_cell(record.text(), &cell);
                    }
                }
                record.end();
            }
            visit(number, record.cells())?;
        }
        ControlFlow::Continue(())
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
        AnyValue::Decimal(unscaled, _, scale) => write_decimal(text, *unscaled, *scale),
        AnyValue::Date(days) => match epoch().checked_add(days.days()) {
            Ok(date) => write!(text, "{date}"),
            Err(_) => Ok(()),
        },
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

/// By hand, because every amount of a ledger may be one.
fn write_decimal(text: &mut String, unscaled: i128, scale: usize) -> std::fmt::Result {
    // An unsigned number of 128 bits has at most 39 digits.
    let mut digits = [b'0'; 39];
    let (mut rest, mut first) = (unscaled.unsigned_abs(), digits.len());
    while rest > 0 {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    let point = digits.len().saturating_sub(scale);
    let (whole, decimals) = digits.split_at(point);
    let whole = &whole[first.min(point.saturating_sub(1))..];
    let mut push = |digits: &[u8]| text.extend(digits.iter().map(|&digit| char::from(digit)));
    if unscaled < 0 {
        push(b"-");
    }
    push(whole);
    if scale > 0 {
        push(b".");
        push(decimals);
    }
    Ok(())
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
