//! One indicator of the place beside other areas.

use crate::indicator::figure_in_words;
use crate::linkage::{ComparedRow, Comparison};
use crate::report::dataset::{Dataset, Kind, Value, interval_cells, interval_fields};
use crate::report::page::table::table;
use crate::report::page::words::counted;
use crate::report::picture::{Compared, Frame, compare};
use crate::report::site::drawn;
use maud::{Markup, html};

pub(super) fn one_comparison(
    page: &str,
    number: usize,
    of: &Comparison,
    own: &str,
) -> (Markup, Dataset) {
    let dataset = dataset(page, number, of);
    let (rows, described) = (drawn_rows(of, own), described(of, own));
    let id = format!("areas-{}", number + 1);
    let title = format!("{}, {}", of.name, of.period);
    let note = format!(
        "In {}. The best stands first. {}",
        of.unit,
        of.notes.join(" ")
    );
    let frame = Frame {
        id: &id,
        title: &title,
        description: &described,
        note: Some(note.trim()),
        table: Some(&dataset.name),
    };
    let average = of
        .average
        .as_ref()
        .map(|(value, what)| (*value, what.as_str()));
    let markup = html! {
        (compare(&frame, &rows, average))
        details { summary { "These areas as a table" } (table(&dataset, &|_| None)) }
    };
    (markup, dataset)
}

fn dataset(page: &str, number: usize, of: &Comparison) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{page}-areas-{}", number + 1),
        format!("{}, {}: areas beside one another", of.name, of.period),
    );
    columns(&mut dataset);
    for row in &of.rows {
        let interval = row
            .estimate
            .as_ref()
            .and_then(|estimate| estimate.interval());
        let [lower, upper] = interval_cells(interval);
        let [funnel_lower, funnel_upper] = interval_cells(row.funnel.map(|(inner, _)| inner));
        dataset.rows.push(vec![
            Value::text(row.area.as_str()),
            Value::text(row.relation.map_or("", |relation| relation.name())),
            Value::figure(row.figure, row.status),
            Value::text(row.status.name()),
            lower,
            upper,
            row.rank
                .and_then(|rank| u64::try_from(rank).ok())
                .map_or(Value::Nothing, Value::Whole),
            funnel_lower,
            funnel_upper,
            Value::text(row.flag.map_or(String::new(), |flag| flag.to_string())),
        ]);
    }
    dataset
}

fn columns(dataset: &mut Dataset) {
    dataset.column("area", "area", Kind::Text, "Name of the area");
    dataset.column(
        "relation",
        "what it is to this place",
        Kind::Text,
        "This place, a statistical neighbour, the region or the country",
    );
    dataset.column(
        "figure",
        "figure",
        Kind::Number,
        "The figure; empty where the status has none",
    );
    dataset.column("status", "status", Kind::Text, "What is known of it");
    interval_fields(dataset);
    dataset.column(
        "rank",
        "rank",
        Kind::Whole,
        "Rank among the areas with a figure, 1 the best",
    );
    dataset.behind(
        "funnel_lower",
        Kind::Number,
        "Where chance would leave it: lower 95% limit",
    );
    dataset.behind(
        "funnel_upper",
        Kind::Number,
        "Where chance would leave it: upper 95% limit",
    );
    dataset.column(
        "flag",
        "beside the average",
        Kind::Text,
        "What the funnel says",
    );
}

/// What is drawn of each area.
fn drawn_rows<'a>(of: &'a Comparison, own: &str) -> Vec<Compared<'a>> {
    (of.rows.iter())
        .map(|row| Compared {
            name: &row.area,
            figure: row.figure.map(drawn),
            said: said(row),
            interval: row
                .estimate
                .as_ref()
                .and_then(|estimate| estimate.interval()),
            funnel: row.funnel,
            own: row.area == own,
        })
        .collect()
}

/// The figure of the place itself, for those who cannot see the picture.
fn described(of: &Comparison, own: &str) -> String {
    let Some(row) = of.rows.iter().find(|row| row.area == own) else {
        return String::new();
    };
    format!(
        "{own} has {} {}, among {}.",
        said(row),
        of.unit,
        counted(of.rows.len(), "area", "areas")
    )
}

/// The figure of an area, or what is known instead.
fn said(row: &ComparedRow) -> String {
    row.figure.map_or_else(
        || row.status.to_string(),
        |figure| figure_in_words(figure, row.status),
    )
}
