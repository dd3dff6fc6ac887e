//! A dataset as CSV.

use super::failed;
use crate::report::content::ReportError;
use crate::report::dataset::{Dataset, Value};

/// A heading and a row a cell: UTF-8, commas, LF. Nothing is an empty cell.
pub fn to_csv(dataset: &Dataset) -> Result<Vec<u8>, ReportError> {
    let wrong = failed("CSV");
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = dataset.fields.iter().map(|field| field.name.clone());
    let rows = dataset.rows.iter();
    let rows = rows.map(|row| row.iter().map(Value::plain).collect());
    for record in std::iter::once(header.collect::<Vec<_>>()).chain(rows) {
        let written = writer.write_record(&record);
        written.map_err(|error| wrong(error.to_string()))?;
    }
    let bytes = writer.into_inner();
    bytes.map_err(|error| wrong(error.to_string()))
}
