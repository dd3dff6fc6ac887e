//! What each indicator last told of each place, as rows of a file.

use super::{Dataset, Kind, Value};
use crate::axis::Period;
use crate::report::content::{IndicatorShown, PlacePage};
use crate::statistic::Interval;

pub fn known_fields(dataset: &mut Dataset) {
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

pub fn known_cells(terms: &str, page: &PlacePage, shown: &IndicatorShown) -> Vec<Value> {
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
        Value::text(told.period.map_or(String::new(), |at| at.to_string())),
        first,
        last,
        Value::number(told.figure),
        Value::number(interval.map(|interval| interval.lower)),
        Value::number(interval.map(|interval| interval.upper)),
        Value::text(told.status.name()),
        Value::text(shown.known.to_string()),
        Value::text(told.owed_by.as_str()),
        Value::text(terms),
    ]
}

pub fn dates(dataset: &mut Dataset) {
    dataset.behind("period_start", Kind::Text, "Its first day");
    dataset.behind("period_end", Kind::Text, "Its last day");
}

pub fn days(period: Period) -> [Value; 2] {
    [period.first_day(), period.last_day()].map(|day| Value::text(day.to_string()))
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
