//! A dataset as CSV.

use crate::report::dataset::{Dataset, Value};
use crate::sheet::{CsvCell, CsvFile};

/// A heading and a row a cell, as [`CsvFile`] writes them. Nothing is an empty cell.
pub fn to_csv(dataset: &Dataset) -> String {
    let mut file = CsvFile::default();
    let headings = dataset.fields.iter();
    file.row(headings.map(|field| CsvCell::text(field.name.as_str())));
    for row in &dataset.rows {
        file.row(row.iter().map(cell));
    }
    file.into_text()
}

fn cell(value: &Value) -> CsvCell<'_> {
    match value {
        Value::Text(text) => CsvCell::text(text.as_str()),
        Value::Period(_) => CsvCell::text(value.plain()),
        value => CsvCell::figure(value.plain()),
    }
}
