//! The descriptor of the whole set: a Tabular Data Package whose columns of spending also say what they
//! are to a Fiscal Data Package.
//!
//! Version 1 and not 2, because what is there to read descriptors reads 1, and because the column types of
//! money are defined on top of it. The name `fiscal-data-package` is not claimed: the schema behind it
//! still asks for the `model` of version 0.3, which 1.0 gave up for column types, so that nothing that
//! follows 1.0 is valid by it. `tests/release/data_package.rs` holds the descriptor to what it claims. Only CSV is a resource of a tabular package: the same tables as JSON and Parquet, and the
//! workbooks, lie beside them and are not listed.

use super::failed;
use crate::axis::Period;
use crate::report::content::ReportError;
use crate::report::dataset::{Dataset, Kind};
use crate::sheet::MARK_IN_WORDS;
use crate::text::hex;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// What the descriptor says of the set.
pub(in crate::report) struct PackageScope<'a> {
    /// What it holds.
    pub title: &'a str,
    /// The terms of release, the notes and the sources.
    pub description: &'a str,
    /// What codes of the tables mean, of a release under a policy.
    pub codes: Option<&'a str>,
    /// Code of the place, for the package's name.
    pub place: &'a str,
    /// The period in words.
    pub period: &'a str,
}

/// A CSV as it was written.
pub(in crate::report) struct WrittenCsv {
    bytes: usize,
    hash: String,
}

impl WrittenCsv {
    pub(in crate::report) fn of(bytes: &[u8]) -> Self {
        Self {
            bytes: bytes.len(),
            hash: format!("sha256:{}", hex(&Sha256::digest(bytes))),
        }
    }
}

/// `datapackage.json`: each CSV of the set with its columns, size and checksum. `datasets` has each
/// with its file.
///
/// # Sources
///
/// Frictionless Data, Data Package, Tabular Data Package, CSV Dialect and Table Schema 1.0,
/// specs.frictionlessdata.io; Open Knowledge Foundation, Fiscal Data Package 1.0.0-rc.1 for the
/// column types.
pub(in crate::report) fn package(
    scope: &PackageScope<'_>,
    datasets: &[(&Dataset, &WrittenCsv)],
) -> Result<Vec<u8>, ReportError> {
    let resources: Vec<Json> = (datasets.iter())
        .map(|(dataset, file)| resource(dataset, file))
        .collect();
    let name: String = (scope.place.to_lowercase().chars())
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let mut whole = json!({
        "profile": "tabular-data-package",
        "name": format!("wholeplace-{name}"),
        "title": scope.title,
        "description": match scope.codes {
            None => format!("{}\n\n{MARK_IN_WORDS}", scope.description),
            Some(codes) => format!("{}\n\n{MARK_IN_WORDS}\n\nAn empty cell has no figure, or it is withheld. {codes}", scope.description),
        },
        "countryCode": "GB",
        "granularity": "aggregated",
        "resources": resources,
    });
    // Words that name no one period have no first day, and without one there is no fiscal period.
    if let Ok(period) = scope.period.parse::<Period>() {
        whole["fiscalPeriod"] = json!({
            "start": period.first_day().to_string(),
            "end": period.last_day().to_string(),
        });
    }
    let wrong = failed("a data package");
    serde_json::to_vec_pretty(&whole).map_err(|error| wrong(error.to_string()))
}

/// Where the CSV of a dataset lies in the folder of a site.
pub(in crate::report) fn csv_path(dataset: &Dataset) -> String {
    format!("data/{}.csv", dataset.name)
}

fn resource(dataset: &Dataset, file: &WrittenCsv) -> Json {
    let fields: Vec<Json> = (dataset.fields.iter())
        .map(|field| {
            let mut column = json!({
                "name": field.name,
                "title": field.title,
                "description": field.about,
                "type": match field.kind {
                    Kind::Text => "string",
                    Kind::Pounds | Kind::Number => "number",
                    Kind::Whole => "integer",
                    Kind::Day => "date",
                },
            });
            if let Some(role) = field.fiscal {
                column["columnType"] = json!(role);
            }
            if field.kind == Kind::Pounds {
                column["currency"] = json!("GBP");
            }
            column
        })
        .collect();
    json!({
        // Names of resources have no capitals; a site has no two files that differ in them alone.
        "name": dataset.name.to_lowercase(),
        "path": csv_path(dataset),
        "title": dataset.title,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "bytes": file.bytes,
        "hash": file.hash,
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "skipInitialSpace": false,
            "header": true,
        },
        "schema": { "fields": fields, "missingValues": [""] },
    })
}
