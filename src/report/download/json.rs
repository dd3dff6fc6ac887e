//! A dataset as JSON.

use super::failed;
use crate::report::content::ReportError;
use crate::report::dataset::{Dataset, Value};
use serde_json::{Map, Value as Json, json};

/// Title, terms, notes, the meaning of each column, and the rows. Money is a string of pounds, so
/// that no reader turns it into a floating-point number.
pub(in crate::report) fn to_json(
    dataset: &Dataset,
    terms: &str,
    notes: &[String],
) -> Result<Vec<u8>, ReportError> {
    let fields: Vec<Json> = (dataset.fields.iter())
        .map(|field| json!({ "name": field.name, "title": field.title, "about": field.about }))
        .collect();
    let rows: Vec<Json> = (dataset.rows.iter())
        .map(|row| {
            let cells = dataset.fields.iter().zip(row);
            let cells = cells.map(|(field, value)| (field.name.clone(), cell(value)));
            Json::Object(cells.collect::<Map<_, _>>())
        })
        .collect();
    let whole = json!({
        "title": dataset.title,
        "terms": terms,
        "notes": notes,
        "fields": fields,
        "rows": rows,
    });
    let wrong = failed("JSON");
    serde_json::to_vec(&whole).map_err(|error| wrong(error.to_string()))
}

fn cell(value: &Value) -> Json {
    match value {
        Value::Nothing => Json::Null,
        Value::Whole(number) => json!(number),
        value => Json::String(value.plain()),
    }
}
