//! A dataset as CSV.

use super::{Dataset, failed};
use crate::report::ReportError;

/// A heading and a row a cell: UTF-8, commas, LF. Nothing is an empty cell.
pub(in crate::report) fn to_csv(dataset: &Dataset) -> Result<Vec<u8>, ReportError> {
    let wrong = failed("CSV");
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(dataset.fields.iter().map(|field| &field.name));
    written.map_err(|error| wrong(error.to_string()))?;
    for row in &dataset.rows {
        let written = writer.write_record(row.iter().map(|value| value.plain()));
        written.map_err(|error| wrong(error.to_string()))?;
    }
    writer
        .into_inner()
        .map_err(|error| wrong(error.to_string()))
}
