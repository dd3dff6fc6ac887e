//! A dataset as JSON.

use super::failed;
use crate::report::content::ReportError;
use crate::report::dataset::{Dataset, Value};
use serde_json::{Map, Value as Json, json};

/// Title, terms, notes, the meaning of each column, and the rows. Money is a string of pounds, so
/// that no reader turns it into a floating-point number.
pub fn to_json(dataset: &Dataset, terms: &str, notes: &[String]) -> Result<Vec<u8>, ReportError> {
    let wrong = failed("JSON");
    let whole = json!({
        "title": dataset.title,
        "terms": terms,
        "notes": notes,
        "fields": fields(dataset),
        "rows": rows(dataset),
    });
    serde_json::to_vec(&whole).map_err(|error| wrong(error.to_string()))
}

/// Several datasets with what is true of all of them.
pub fn all_to_json(
    title: &str,
    terms: &str,
    notes: &[String],
    datasets: &[Dataset],
) -> Result<Vec<u8>, ReportError> {
    let wrong = failed("JSON");
    let each = datasets.iter().map(|dataset| {
        json!({
            "name": dataset.name,
            "title": dataset.title,
            "fields": fields(dataset),
            "rows": rows(dataset),
        })
    });
    let whole = json!({
        "title": title,
        "terms": terms,
        "notes": notes,
        "datasets": each.collect::<Vec<_>>(),
    });
    serde_json::to_vec_pretty(&whole).map_err(|error| wrong(error.to_string()))
}

fn fields(dataset: &Dataset) -> Vec<Json> {
    (dataset.fields.iter())
        .map(|field| json!({ "name": field.name, "title": field.title, "about": field.about }))
        .collect()
}

fn rows(dataset: &Dataset) -> Vec<Json> {
    (dataset.rows.iter())
        .map(|row| {
            let cells = dataset.fields.iter().zip(row);
            let cells = cells.map(|(field, value)| (field.name.clone(), cell(value)));
            Json::Object(cells.collect::<Map<_, _>>())
        })
        .collect()
}

fn cell(value: &Value) -> Json {
    match value {
        Value::Nothing | Value::Withheld(_) => Json::Null,
        Value::Whole(number) => json!(number),
        value => Json::String(value.plain()),
    }
}
