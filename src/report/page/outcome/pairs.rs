//! Spending beside one indicator.

use crate::account::MonthCount;
use crate::indicator::figure_in_words;
use crate::linkage::{SideBySide, SideBySideRow};
use crate::report::content::Shown;
use crate::report::dataset::{Dataset, Kind, Value, interval_cells, interval_fields};
use crate::report::page::table::table;
use crate::report::page::words::counted;
use crate::report::picture::{Frame, Mark, scatter};
use crate::report::site::{BesideShown, drawn};
use crate::statistic::Interval;
use maud::{Markup, html};

pub(super) fn one_beside(
    page: &str,
    number: usize,
    shown: &BesideShown,
    of: &SideBySide,
    own: &str,
) -> (Markup, Dataset) {
    let dataset = dataset(page, number, shown, of);
    let marks = marks(of, own);
    let id = format!("beside-{}", number + 1);
    let described = format!(
        "{} with both spending and a figure, {} later.",
        counted(marks.len(), "area", "areas"),
        counted(of.lag.months as usize, "month", "months")
    );
    let title = format!(
        "{}: spending a head on {}, and the outcome",
        of.name,
        shown.activities.join(", ").to_lowercase()
    );
    let note = format!(
        "Numbers are those of the table. Lag: {}, {}.",
        counted(of.lag.months as usize, "month", "months"),
        of.lag.why.trim_end_matches('.')
    );
    let frame = Frame {
        id: &id,
        title: &title,
        description: &described,
        note: Some(&note),
        table: Some(&dataset.name),
    };
    let markup = html! {
        @if marks.len() > 1 { (scatter(&frame, &marks, "pounds a head", &of.unit)) }
        @else { h3 { (of.name) } p { (note) } p { "Too few areas have a figure and spending for each resident to draw them." } }
        (table(&dataset, &|_| None))
        details { summary { "What to know about these pairs" } ul { @for note in &of.notes { li { (note) } } } }
    };
    (markup, dataset)
}

fn dataset(page: &str, number: usize, shown: &BesideShown, of: &SideBySide) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{page}-beside-{}", number + 1),
        format!(
            "{}: spending on {}, and what happened",
            of.name,
            shown.activities.join(", ")
        ),
    );
    columns(&mut dataset);
    for (i, row) in (1..).zip(&of.rows) {
        let [lower, upper] = interval_cells(interval(row));
        dataset.rows.push(vec![
            Value::Whole(i),
            Value::text(row.area.as_str()),
            Value::text(row.relation.name()),
            Value::Period(row.spent_in),
            row.spend
                .amount()
                .map(Shown::of_sum)
                .map_or(Value::Nothing, Value::sum),
            row.per_head
                .map(Shown::of_sum)
                .map_or(Value::Nothing, Value::sum),
            Value::text(row.months.map_or(String::new(), MonthCount::in_short)),
            row.outcome_in.map_or(Value::Nothing, Value::Period),
            Value::figure(row.figure, row.status),
            Value::text(row.status.name()),
            lower,
            upper,
            Value::text(of.unit.as_str()),
        ]);
    }
    dataset
}

fn columns(dataset: &mut Dataset) {
    dataset.column("number", "no.", Kind::Whole, "Its number in the picture");
    dataset.column("area", "area", Kind::Text, "Name of the area");
    dataset.column(
        "relation",
        "what it is to this place",
        Kind::Text,
        "This place, a statistical neighbour, a neighbour, the region or the country",
    );
    dataset.column("spent_in", "spent in", Kind::Text, "When it was spent");
    dataset.column(
        "spend_gbp",
        "spending",
        Kind::Pounds,
        "What was spent; empty where it is not held",
    );
    dataset.column(
        "per_head_gbp",
        "a head",
        Kind::Pounds,
        "Spending for each resident of these ages",
    );
    dataset.behind(
        "months",
        Kind::Text,
        "Of how many months there are lines of that spending, such as 1 of 12; empty where of all",
    );
    dataset.column(
        "outcome_in",
        "outcome in",
        Kind::Text,
        "The period of the outcome",
    );
    dataset.column(
        "figure",
        "outcome",
        Kind::Number,
        "The outcome; empty where the status has none",
    );
    dataset.column(
        "status",
        "status",
        Kind::Text,
        "What is known of the outcome",
    );
    interval_fields(dataset);
    dataset.behind("unit", Kind::Text, "Unit of the outcome");
}

/// A mark for each row with a figure and spending for each resident.
fn marks(of: &SideBySide, own: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (i, row) in (1..).zip(&of.rows) {
        let (Some(each), Some(figure)) = (row.per_head, row.figure) else {
            continue;
        };
        marks.push(Mark {
            label: if row.area == own {
                row.area.clone()
            } else {
                i.to_string()
            },
            words: format!(
                "{}: {each} a head, {} {}",
                row.area,
                figure_in_words(figure, row.status),
                of.unit
            ),
            spend: each.get() as f64 / 100.0,
            outcome: drawn(figure),
            interval: interval(row),
            own: row.area == own,
        });
    }
    marks
}

fn interval(row: &SideBySideRow) -> Option<Interval> {
    row.estimate.as_ref()?.interval()
}
