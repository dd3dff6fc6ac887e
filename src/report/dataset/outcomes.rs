//! What each indicator last told of each place, as rows of a file.

use super::{Dataset, Kind, Value};
use crate::axis::Period;
use crate::indicator::DataGap;
use crate::report::content::{IndicatorShown, LocalityReport, PlacePage};
use crate::statistic::Interval;

fn known_fields(dataset: &mut Dataset) {
    dataset.behind("place_code", Kind::Text, "Code of the place");
    dataset.behind("place_name", Kind::Text, "Its name");
    dataset.behind("indicator", Kind::Text, "Code of the indicator");
    dataset.behind("name", Kind::Text, "Its name");
    dataset.behind("unit", Kind::Text, "Its unit");
    dataset.behind("outcome", Kind::Text, "Code of the outcome it tells of");
    dataset.behind(
        "headline",
        Kind::Text,
        "yes, if it stands in the headline of its outcome",
    );
    dataset.behind("period", Kind::Text, "The period of the figure");
    dates(dataset);
    dataset.behind("figure", Kind::Number, "The place's own figure, or empty");
    dataset.behind("lower", Kind::Number, "Lower limit of its interval");
    dataset.behind("upper", Kind::Number, "Upper limit of its interval");
    dataset.behind(
        "status",
        Kind::Text,
        "What is known of the place's own figure",
    );
    dataset.behind("known_for", Kind::Text, "For which place it is known");
    dataset.behind("owed_by", Kind::Text, "Who owes the figure");
    dataset.behind("terms", Kind::Text, "On what terms this may be shown");
}

fn known_cells(terms: &str, page: &PlacePage, shown: &IndicatorShown) -> Vec<Value> {
    let told = &shown.told;
    let estimate = told.progress.as_ref().map(|progress| &progress.estimate);
    let interval = estimate
        .filter(|_| told.figure.is_some())
        .and_then(|estimate| estimate.interval());
    let [first, last] = told.period.map_or([Value::Nothing, Value::Nothing], days);
    vec![
        Value::text(page.code.as_str()),
        Value::text(page.name.as_str()),
        Value::text(told.indicator.as_str()),
        Value::text(told.name.as_str()),
        Value::text(told.unit.as_str()),
        Value::text(told.outcome.clone().unwrap_or_default()),
        Value::text(if told.headline { "yes" } else { "" }),
        told.period.map_or(Value::Nothing, Value::Period),
        first,
        last,
        Value::figure(told.figure, told.status),
        Value::number(interval.map(|interval| interval.lower)),
        Value::number(interval.map(|interval| interval.upper)),
        Value::text(told.status.name()),
        Value::text(shown.known.to_string()),
        Value::text(told.owed_by.as_str()),
        Value::text(terms),
    ]
}

pub fn dates(dataset: &mut Dataset) {
    dataset.behind("period_start", Kind::Day, "Its first day");
    dataset.behind("period_end", Kind::Day, "Its last day");
}

pub fn days(period: Period) -> [Value; 2] {
    [period.first_day(), period.last_day()].map(Value::Day)
}

pub fn interval_fields(dataset: &mut Dataset) {
    dataset.column("lower", "from", Kind::Number, "Lower limit of its interval");
    dataset.column("upper", "to", Kind::Number, "Upper limit of its interval");
}

/// Lower and upper limit with two decimals.
pub fn interval_cells(interval: Option<Interval>) -> [Value; 2] {
    let limit = |limit: fn(Interval) -> f64| {
        Value::number(interval.map(|interval| format!("{:.2}", limit(interval))))
    };
    [
        limit(|interval| interval.lower),
        limit(|interval| interval.upper),
    ]
}

/// Every figure that the pack expects and that is not there.
pub fn gaps(gaps: &[DataGap]) -> Dataset {
    let mut dataset = Dataset::new(
        "outcomes-gaps".to_owned(),
        "Figures that are not there, and who owes them".to_owned(),
    );
    dataset.behind("indicator", Kind::Text, "Code of the indicator");
    dataset.column("name", "indicator", Kind::Text, "Its name");
    dataset.column(
        "level",
        "for each",
        Kind::Text,
        "The level at which it ought to be known",
    );
    dataset.column(
        "first",
        "from",
        Kind::Text,
        "The first period that is missing",
    );
    dataset.column("last", "to", Kind::Text, "The last");
    dataset.column(
        "missing",
        "missing",
        Kind::Whole,
        "How many figures are missing",
    );
    dataset.column("expected", "of", Kind::Whole, "How many there ought to be");
    dataset.column(
        "why",
        "why",
        Kind::Text,
        "Suppressed, not available or not collected",
    );
    dataset.column("owed_by", "owed by", Kind::Text, "Who owes them");
    let whole = |number: usize| u64::try_from(number).map_or(Value::Nothing, Value::Whole);
    for gap in gaps {
        dataset.rows.push(vec![
            Value::text(gap.indicator.as_str()),
            Value::text(gap.name.as_str()),
            Value::text(gap.level.replace('-', " ")),
            Value::Period(gap.first),
            Value::Period(gap.last),
            whole(gap.missing),
            whole(gap.expected),
            Value::text(gap.status.name()),
            Value::text(gap.owed_by.as_str()),
        ]);
    }
    dataset
}

/// What each indicator last told of the whole place and of each place.
pub fn known(report: &LocalityReport, terms: &str) -> Dataset {
    let mut dataset = Dataset::new(
        "outcomes".to_owned(),
        format!(
            "Indicators of {} and of its places: what each last told",
            report.whole.name
        ),
    );
    known_fields(&mut dataset);
    for page in std::iter::once(&report.whole).chain(&report.places) {
        for shown in page.outcomes.iter().flat_map(|of| of.indicators()) {
            dataset.rows.push(known_cells(terms, page, shown));
        }
    }
    dataset
}

/// The same with what its intervals rest on.
pub fn known_with_basis(report: &LocalityReport, terms: &str) -> Dataset {
    let mut dataset = known(report, terms);
    dataset.behind(
        "confidence",
        Kind::Number,
        "How sure the interval is meant to be, 0 to 1; empty where there is none",
    );
    dataset.behind(
        "method",
        Kind::Text,
        "How the interval was made, or why there is none",
    );
    let pages = std::iter::once(&report.whole).chain(&report.places);
    let shown = pages.flat_map(|page| page.outcomes.iter().flat_map(|of| of.indicators()));
    for (row, shown) in dataset.rows.iter_mut().zip(shown) {
        let told = &shown.told;
        let estimate = told.progress.as_ref().map(|progress| &progress.estimate);
        let estimate = estimate.filter(|_| told.figure.is_some());
        let sure = estimate.filter(|estimate| estimate.interval().is_some());
        row.push(Value::number(
            sure.map(|estimate| estimate.confidence().level()),
        ));
        row.push(Value::text(
            estimate.map_or("", |estimate| estimate.method()),
        ));
    }
    dataset
}
