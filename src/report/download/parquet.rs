//! A dataset as Parquet.

use super::failed;
use crate::report::content::ReportError;
use crate::report::dataset::{Dataset, Kind, Value};
use crate::sheet::written;
use polars::prelude::*;
use std::borrow::Cow;

/// Money as whole pence in 64 bits, under its name with `_pence` for `_gbp`; numbers as floating
/// point; days as text; nothing as null.
pub(in crate::report) fn to_parquet(dataset: &Dataset) -> Result<Vec<u8>, ReportError> {
    let wrong = failed("Parquet");
    let cells = |i: usize| dataset.rows.iter().map(move |row| row.get(i));
    let columns = dataset.fields.iter().enumerate().map(|(i, field)| {
        let name: PlSmallStr = match field.kind {
            Kind::Pounds => field.name.replace("_gbp", "_pence").into(),
            _ => field.name.as_str().into(),
        };
        match field.kind {
            Kind::Pounds => {
                let sums: Vec<Option<i64>> = cells(i)
                    .map(|cell| match cell {
                        Some(Value::Pounds(sum)) => Some(sum.pence().get()),
                        _ => None,
                    })
                    .collect();
                Column::new(name, sums)
            }
            Kind::Whole => {
                let counts: Vec<Option<u64>> = cells(i)
                    .map(|cell| match cell {
                        Some(Value::Whole(count)) => Some(*count),
                        _ => None,
                    })
                    .collect();
                Column::new(name, counts)
            }
            Kind::Number => {
                let numbers: Vec<Option<f64>> = cells(i)
                    .map(|cell| match cell {
                        Some(Value::Number(number)) => number.parse().ok(),
                        _ => None,
                    })
                    .collect();
                Column::new(name, numbers)
            }
            Kind::Day => {
                let days: Vec<Option<String>> = cells(i)
                    .map(|cell| match cell {
                        Some(Value::Day(day)) => Some(day.to_string()),
                        _ => None,
                    })
                    .collect();
                Column::new(name, days)
            }
            Kind::Text => {
                let texts: Vec<Option<Cow<'_, str>>> = cells(i)
                    .map(|cell| match cell {
                        Some(Value::Text(text)) => Some(Cow::Borrowed(text.as_str())),
                        Some(Value::Period(period)) => Some(Cow::Owned(period.in_words())),
                        _ => None,
                    })
                    .collect();
                Column::new(name, texts)
            }
        }
    });
    let columns: Vec<Column> = columns.collect();
    let frame = DataFrame::new(dataset.rows.len(), columns);
    let frame = frame.map_err(|error| wrong(error.to_string()))?;
    // Small files: uncompressed they open everywhere.
    let bytes = written(frame, ParquetCompression::Uncompressed, None);
    bytes.map_err(|error| wrong(error.to_string()))
}
