//! What a proposal rests on: its inputs, and how each saving was made of them.

use super::layers::sum;
use crate::report::content::ProposalSheet;
use crate::report::dataset::{Dataset, Kind, Value};

/// A row for each input, with its grade and source.
pub fn assumptions(name: &str, sheet: &ProposalSheet) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-assumptions"),
        format!("{}: every input, its grade and its source", sheet.name),
    );
    for (name, title, about) in [
        (
            "of",
            "of",
            "The effect, payer or unit value that it is an input of",
        ),
        ("kind", "kind", "Which kind of input"),
        ("input", "input", "Which input"),
        ("stated", "stated", "What is stated"),
        (
            "grade",
            "grade",
            "How good it is, by the code of the pack's grades",
        ),
        (
            "grade_means",
            "what that does",
            "What it takes to deserve the grade, and by how much it corrects",
        ),
        (
            "source",
            "source",
            "Source, edition and licence, or who judged and why",
        ),
    ] {
        dataset.column(name, title, Kind::Text, about);
    }
    dataset.behind(
        "number",
        Kind::Number,
        "What is stated as a number, where it is one",
    );
    for one in &sheet.assumptions {
        let cells = [
            one.of.as_str(),
            one.kind,
            one.name.as_str(),
            one.stated.as_str(),
            one.grade.as_str(),
            one.grade_means.as_str(),
            one.source.as_str(),
        ];
        let mut row: Vec<Value> = cells.map(Value::text).into();
        row.push(Value::number(as_number(&one.stated)));
        dataset.rows.push(row);
    }
    dataset
}

/// A plain decimal; a list of several, or a sum with its prices, is none.
fn as_number(stated: &str) -> Option<&str> {
    let is_plain = stated
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    (is_plain && stated.parse::<f64>().is_ok()).then_some(stated)
}

/// A row for each effect, unit value and year: events, pounds, and what was taken off step by step.
pub fn chain(name: &str, sheet: &ProposalSheet) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-chain"),
        format!("{}: from events to cash, step by step", sheet.name),
    );
    dataset.column("effect", "effect", Kind::Text, "The effect");
    dataset.behind("payer_code", Kind::Text, "Code of who saves");
    dataset.column("payer", "who saves", Kind::Text, "Name of who saves");
    dataset.column(
        "unit_value",
        "unit value",
        Kind::Text,
        "Code of the unit value",
    );
    dataset.column(
        "kind",
        "kind",
        Kind::Text,
        "fiscal, economic or social; only fiscal ones are in a purse",
    );
    dataset.column("year", "year", Kind::Text, "The financial year");
    dataset.column(
        "events",
        "events less",
        Kind::Number,
        "Events less in the year, because of the proposal alone",
    );
    dataset.column(
        "worth_gbp",
        "an event",
        Kind::Pounds,
        "What an event is worth, in the prices of its table",
    );
    dataset.column(
        "worth_of",
        "in prices of",
        Kind::Text,
        "The year of those prices",
    );
    for (name, title, about) in [
        (
            "gross_gbp",
            "gross",
            "Events × worth, in the prices of the proposal",
        ),
        (
            "corrected_gbp",
            "after grades",
            "Lowered by the grades of the inputs",
        ),
        (
            "held_gbp",
            "held",
            "After what is left to another effect, and what is refused as more than is spent",
        ),
        (
            "cashable_gbp",
            "may become cash",
            "Of that, what may become cash by its model; what is bound is still in it",
        ),
    ] {
        dataset.column(name, title, Kind::Pounds, about);
    }
    for one in &sheet.chain {
        let mut row: Vec<Value> = [
            one.effect.as_str(),
            one.payer.as_str(),
            one.payer_name.as_str(),
            one.unit.as_str(),
            one.kind,
            one.year.as_str(),
        ]
        .map(Value::text)
        .into();
        row.push(Value::number(Some(&one.events)));
        row.extend([sum(one.worth), Value::text(one.worth_of.as_str())]);
        row.extend([one.gross, one.corrected, one.held, one.cashable].map(sum));
        dataset.rows.push(row);
    }
    dataset
}
