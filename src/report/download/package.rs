//! The descriptor of the whole set: a Fiscal Data Package.

use super::failed;
use crate::axis::Period;
use crate::report::content::ReportError;
use crate::report::dataset::{Dataset, Kind};
use serde_json::{Value as Json, json};

/// What the descriptor says of the set.
pub(in crate::report) struct PackageScope<'a> {
    /// What it holds.
    pub title: &'a str,
    /// The terms of release, the notes and the sources.
    pub description: &'a str,
    /// Code of the place, for the package's name.
    pub place: &'a str,
    /// The period in words.
    pub period: &'a str,
}

/// `datapackage.json`: each CSV of the set with its columns. Columns of
/// spending carry the column types of Fiscal Data Package 1.0.
///
/// # Sources
///
/// Open Knowledge Foundation, Fiscal Data Package 1.0.0-rc.1 and Tabular Data Package,
/// specs.frictionlessdata.io.
pub(in crate::report) fn package(
    scope: &PackageScope<'_>,
    datasets: &[&Dataset],
) -> Result<Vec<u8>, ReportError> {
    let resources: Vec<Json> = datasets.iter().map(|dataset| resource(dataset)).collect();
    let name: String = (scope.place.to_lowercase().chars())
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let whole = json!({
        "profile": "fiscal-data-package",
        "name": format!("wholeplace-{name}"),
        "title": scope.title,
        "description": scope.description,
        "countryCode": "GB",
        "fiscalPeriod": fiscal_period(scope.period),
        "resources": resources,
    });
    let wrong = failed("a data package");
    serde_json::to_vec_pretty(&whole).map_err(|error| wrong(error.to_string()))
}

/// First and last day; only the words where they name no one period.
fn fiscal_period(period: &str) -> Json {
    match period.parse::<Period>() {
        Ok(days) => json!({
            "start": days.first_day().to_string(),
            "end": days.last_day().to_string(),
        }),
        Err(_) => json!({ "label": period }),
    }
}

fn resource(dataset: &Dataset) -> Json {
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
        "name": dataset.name,
        "path": format!("data/{}.csv", dataset.name),
        "title": dataset.title,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "header": true },
        "schema": { "fields": fields, "missingValues": [""] },
    })
}
