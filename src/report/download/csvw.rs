//! Metadata of the CSVs by the W3C's CSV on the Web, where readers of the Web look for it: `data/csv-metadata.json`.
//!
//! It says of each table and column what [`package`](super::package) says, in the words of the other standard. Names of
//! columns are those of the files, with `_` for what a template of addresses may not hold.

use super::failed;
use crate::report::content::ReportError;
use crate::report::dataset::{Dataset, Kind};
use crate::sheet::MARK_IN_WORDS;
use serde_json::{Value as Json, json};

/// Where it lies: the name that readers try beside any CSV of the folder.
pub(in crate::report) const PATH: &str = "data/csv-metadata.json";

/// Metadata of each CSV, in the order of the tables.
///
/// # Sources
///
/// W3C Recommendations of 17 December 2015: *Model for Tabular Data and Metadata on the Web*, 5.3 for where it lies;
/// *Metadata Vocabulary for Tabular Data*, 5.4 to 5.6 for groups, tables and columns.
pub(in crate::report) fn metadata(
    title: &str,
    description: &str,
    datasets: &[&Dataset],
) -> Result<Vec<u8>, ReportError> {
    let whole = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "dc:title": title,
        "dc:description": format!("{description}\n\n{MARK_IN_WORDS}"),
        "dialect": { "encoding": "utf-8", "header": true },
        "tables": datasets.iter().map(|dataset| table(dataset)).collect::<Vec<_>>(),
    });
    let wrong = failed("CSVW metadata");
    serde_json::to_vec_pretty(&whole).map_err(|error| wrong(error.to_string()))
}

fn table(dataset: &Dataset) -> Json {
    let columns = dataset.fields.iter().map(|field| {
        let mut column = json!({
            "name": template_name(&field.name),
            "titles": field.name,
            "dc:title": field.title,
            "dc:description": field.about,
            "datatype": match field.kind {
                Kind::Text => "string",
                Kind::Pounds | Kind::Number => "decimal",
                Kind::Whole => "integer",
                Kind::Day => "date",
            },
        });
        if field.kind == Kind::Pounds {
            column["schema:unitCode"] = json!("GBP");
        }
        column
    });
    json!({
        "url": format!("{}.csv", dataset.name),
        "dc:title": dataset.title,
        "tableSchema": { "columns": columns.collect::<Vec<_>>() },
    })
}

/// A name as a template of addresses takes it: letters, digits and `_`, and no `_` first.
fn template_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = name.chars().map(plain).collect();
    match name.strip_prefix('_') {
        Some(rest) => format!("x_{rest}"),
        None => name,
    }
}
