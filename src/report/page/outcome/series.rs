//! One indicator over time.

use crate::report::dataset::{Dataset, Kind, Value, dates, days, interval_cells, interval_fields};
use crate::report::page::table::table;
use crate::report::page::words::counted;
use crate::report::picture::{Frame, TrendPoint, trend};
use crate::report::site::{Series, drawn};
use maud::{Markup, html};

pub(super) fn one_series(page: &str, number: usize, series: &Series) -> (Markup, Dataset) {
    let dataset = dataset(page, number, series);
    let (points, unit) = (points(series), unit(series));
    let (described, note) = (described(series), note(series));
    let id = format!("series-{}", number + 1);
    let frame = Frame {
        id: &id,
        title: &series.name,
        description: &described,
        note: Some(note.trim()),
        table: Some(&dataset.name),
    };
    let picture =
        (points.len() > 1).then(|| trend(&frame, &points, &unit, series.country.as_deref()));
    let rows = table(&dataset, &|_| None);
    let markup = html! {
        @match picture {
            Some(picture) => {
                (picture)
                details { summary { "All periods of this indicator as a table" } (rows) }
            }
            None => { p { b { (series.name) } ": " (described) " " (note.trim()) } (rows) }
        }
    };
    (markup, dataset)
}

fn dataset(page: &str, number: usize, series: &Series) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{page}-series-{}", number + 1),
        format!("{}, {}", series.name, series.area),
    );
    columns(&mut dataset);
    for point in &series.points {
        let [first, last] = days(point.period);
        let [lower, upper] = interval_cells(point.interval);
        dataset.rows.push(vec![
            Value::Period(point.period),
            first,
            last,
            Value::figure(point.figure, point.status),
            Value::text(point.status.name()),
            lower,
            upper,
            Value::number(point.target),
            Value::number(point.country),
            Value::text(point.how.as_str()),
            Value::text(series.unit.as_str()),
        ]);
    }
    dataset
}

fn columns(dataset: &mut Dataset) {
    dataset.column("period", "period", Kind::Text, "The period");
    dates(dataset);
    dataset.column(
        "figure",
        "figure",
        Kind::Number,
        "The figure; empty where the status has none",
    );
    dataset.column(
        "status",
        "status",
        Kind::Text,
        "What is known of it: zero, not collected and suppressed are three things",
    );
    interval_fields(dataset);
    dataset.column("target", "target", Kind::Number, "The target of the period");
    dataset.column(
        "country",
        "country",
        Kind::Number,
        "The figure of the country",
    );
    dataset.behind(
        "method",
        Kind::Text,
        "How the interval was made, or why there is none",
    );
    dataset.behind("unit", Kind::Text, "The unit");
}

/// What is drawn of each period.
fn points(series: &Series) -> Vec<TrendPoint> {
    (series.points.iter())
        .map(|point| TrendPoint {
            // The unit says what kind of year it is.
            period: point
                .period
                .to_string()
                .replace("calendar ", "")
                .replace("academic ", ""),
            figure: point.figure.map(drawn),
            said: point.said(),
            interval: point.interval,
            target: point.target.map(drawn),
            country: point.country.map(drawn),
            status: point.status.name(),
        })
        .collect()
}

/// The first figure and the last, for those who cannot see the picture.
fn described(series: &Series) -> String {
    let mut figures = series.points.iter().filter(|point| point.figure.is_some());
    let first = figures.next();
    match (first, figures.next_back().or(first)) {
        (Some(first), Some(last)) => format!(
            "From {} in {} to {} in {}, {}.",
            first.said(),
            first.period,
            last.said(),
            last.period,
            series.unit
        ),
        _ => "No period has a figure.".to_owned(),
    }
}

/// The caution of the pack, how many periods have no figure, and the source.
fn note(series: &Series) -> String {
    let mut note = series.note.clone();
    let missing = series.points.iter().filter(|point| point.figure.is_none());
    let missing = missing.count();
    if missing > 0 {
        note.push_str(&format!(
            " {} without a figure, marked ×; the table says why.",
            counted(missing, "period", "periods")
        ));
    }
    note.push_str(&format!(
        " Source: {}.",
        series.source.trim_end_matches('.')
    ));
    note
}

/// The unit, with the kind of year where all periods are of one kind.
fn unit(series: &Series) -> String {
    let years =
        |kind: &str| (series.points.iter()).any(|point| point.period.to_string().starts_with(kind));
    match (years("calendar"), years("academic")) {
        (true, false) => format!("{}, calendar years", series.unit),
        (false, true) => format!("{}, academic years", series.unit),
        _ => series.unit.clone(),
    }
}
