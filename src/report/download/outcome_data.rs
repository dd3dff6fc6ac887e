//! Outcomes as open data.

use super::open_data::written;
use crate::disclosure::Released;
use crate::report::content::{IndicatorShown, LocalityReport, PlacePage, ReportError};

/// The outcomes of the report as CSV, one row an indicator of a place: what it last told, of
/// which period, with its interval, and for whom that is known. A report without outcomes has
/// no rows.
///
/// `figure` is the place's own or empty: where `known_for` is `only for E06000051`, the figure
/// stands in the row of that place, not in this one. `status` says what is known of the place's
/// own figure.
///
/// # Errors
///
/// [`ReportError::Write`].
pub fn outcomes_to_csv(report: &Released<LocalityReport>) -> Result<String, ReportError> {
    let whole = report.get();
    let header = [
        "place",
        "place_name",
        "indicator",
        "name",
        "unit",
        "outcome",
        "headline",
        "period",
        "period_start",
        "period_end",
        "figure",
        "lower",
        "upper",
        "confidence",
        "method",
        "status",
        "known_for",
        "owed_by",
        "terms",
    ];
    let pages = std::iter::once(&whole.whole).chain(&whole.places);
    let rows = pages.flat_map(|page| {
        let shown = page.outcomes.iter().flat_map(|of| of.indicators());
        shown.map(move |shown| record(report.terms(), page, shown))
    });
    written(header.map(str::to_owned).to_vec(), rows)
}

fn record(terms: &str, page: &PlacePage, shown: &IndicatorShown) -> Vec<String> {
    let told = &shown.told;
    let text = |text: Option<String>| text.unwrap_or_default();
    let estimate = told.progress.as_ref().map(|progress| &progress.estimate);
    let estimate = estimate.filter(|_| told.figure.is_some());
    let interval = estimate.and_then(|estimate| estimate.interval());
    vec![
        page.code.clone(),
        page.name.clone(),
        told.indicator.clone(),
        told.name.clone(),
        told.unit.clone(),
        text(told.outcome.clone()),
        if told.headline { "yes" } else { "" }.to_owned(),
        text(told.period.map(|at| at.to_string())),
        text(told.period.map(|at| at.first_day().to_string())),
        text(told.period.map(|at| at.last_day().to_string())),
        text(told.figure.map(|figure| figure.to_string())),
        text(interval.map(|interval| interval.lower.to_string())),
        text(interval.map(|interval| interval.upper.to_string())),
        text(
            interval
                .and(estimate)
                .map(|estimate| estimate.confidence().level().to_string()),
        ),
        text(estimate.map(|estimate| estimate.method().to_owned())),
        told.status.to_string(),
        shown.known.to_string(),
        told.owed_by.clone(),
        terms.to_owned(),
    ]
}
