//! The report as open data: tidy CSV and JSON.

use crate::axis::Evidence;
use crate::cube::{Beside, Figure};
use crate::disclosure::Released;
use crate::report::content::{LocalityReport, PlacePage, ReportError};
use crate::report::dataset::unshared;

/// The report as CSV, one row a figure: place, axis, member, amount in pounds, the amount by
/// evidence class, unshared money by reason, what stands beside because of the boundary, residents and the amount for each.
///
/// The row of a place as a whole has `total` for its axis.
///
/// # Errors
///
/// [`ReportError::Write`].
pub fn to_csv(report: &Released<LocalityReport>) -> Result<String, ReportError> {
    let mut header: Vec<&str> = vec![
        "place",
        "place_name",
        "period",
        "phase",
        "boundary",
        "axis",
        "code",
        "name",
        "amount_gbp",
    ];
    let classes: Vec<String> = Evidence::ALL
        .iter()
        .map(|class| format!("{class}_gbp"))
        .collect();
    header.extend(classes.iter().map(String::as_str));
    let besides = Beside::ALL.map(|what| format!("{}_gbp", what.code()));
    header.push("unshared");
    header.extend(besides.iter().map(String::as_str));
    header.extend(["persons", "per_head_gbp", "lines", "terms"]);
    let whole = report.get();
    let pages = std::iter::once(&whole.whole).chain(&whole.places);
    let header = header.into_iter().map(str::to_owned).collect();
    written(header, pages.flat_map(|place| records(report, place)))
}

/// A heading and rows as CSV.
pub(super) fn written(
    header: Vec<String>,
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<String, ReportError> {
    let wrong = |reason: String| ReportError::Write {
        format: "CSV",
        reason,
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in std::iter::once(header).chain(rows) {
        writer
            .write_record(&record)
            .map_err(|error| wrong(error.to_string()))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| wrong(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| wrong(error.to_string()))
}

fn records(report: &Released<LocalityReport>, place: &PlacePage) -> Vec<Vec<String>> {
    let record = |axis: &str, code: &str, name: &str, figure: &Figure| {
        let mut cells = vec![
            place.code.clone(),
            place.name.clone(),
            report.get().period.clone(),
            report.get().phase.to_string(),
            report.get().boundary.clone(),
            axis.to_owned(),
            code.to_owned(),
            name.to_owned(),
            figure.amount.to_plain(),
        ];
        cells.extend(
            Evidence::ALL
                .iter()
                .map(|class| figure.composition.of(*class).to_plain()),
        );
        let heads = figure.per_head.as_ref();
        cells.push(unshared(figure));
        cells.extend(Beside::ALL.map(|what| figure.beside(what).to_plain()));
        cells.push(
            heads
                .and_then(|h| h.persons)
                .map_or_else(String::new, |p| p.to_string()),
        );
        cells.push(
            heads
                .and_then(|h| h.amount)
                .map_or_else(String::new, |a| a.to_plain()),
        );
        cells.push(figure.lines.to_string());
        cells.push(report.terms().to_owned());
        cells
    };
    let mut records = vec![record("total", &place.code, &place.name, &place.total)];
    for section in &place.sections {
        for row in &section.rows {
            records.push(record(&section.axis, &row.code, &row.name, &row.here));
        }
    }
    records
}

/// The report as JSON, with its terms, notes and reconciliation; amounts are strings of pounds.
///
/// # Errors
///
/// [`ReportError::Write`].
pub fn to_json(report: &Released<LocalityReport>) -> Result<String, ReportError> {
    serde_json::to_string_pretty(report).map_err(|error| ReportError::Write {
        format: "JSON",
        reason: error.to_string(),
    })
}
