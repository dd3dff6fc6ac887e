//! A dataset as CSV.

use super::open_data::written;
use crate::report::content::ReportError;
use crate::report::dataset::Dataset;

/// A heading and a row a cell: UTF-8, commas, LF. Nothing is an empty cell.
pub(in crate::report) fn to_csv(dataset: &Dataset) -> Result<Vec<u8>, ReportError> {
    let header = dataset.fields.iter().map(|field| field.name.clone());
    let rows = dataset.rows.iter();
    let rows = rows.map(|row| row.iter().map(|value| value.plain()).collect());
    Ok(written(header.collect(), rows)?.into_bytes())
}
