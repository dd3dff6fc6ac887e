//! Columns that several tables have.

use crate::report::dataset::{Dataset, Kind, Value};

/// A dataset with these columns: name, heading, kind, what it means.
pub(super) fn with_columns(
    name: &str,
    title: String,
    columns: &[(&str, &str, Kind, &'static str)],
) -> Dataset {
    let mut dataset = Dataset::new(name.to_owned(), title);
    for (name, title, kind, about) in columns {
        dataset.column(name, title, *kind, about);
    }
    dataset
}

/// A number as statistics give it, with so many decimals that it can be read.
pub(super) fn number(value: Option<f64>) -> Value {
    Value::number(value.map(|value| format!("{value:.4}")))
}
