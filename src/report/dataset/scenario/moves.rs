//! Moves, made or not.

use crate::report::content::{CellShown, MoveShown, ScenarioSheet, Shown};
use crate::report::dataset::{Dataset, Kind, Value};

/// Columns of the codes of a cell: the end of the name, and what it is.
type Codes = [(&'static str, &'static str); 5];

const FROM: Codes = [
    ("from_partner_code", "Code of whose money it is"),
    ("from_activity_code", "Code of what it is for"),
    ("from_ages", "Ages that it is for"),
    (
        "from_group_code",
        "Code of the client group that it is for, where the move says",
    ),
    ("from_locality_code", "Code of where it is spent"),
];

const TO: Codes = [
    ("to_partner_code", "Code of who spends it then"),
    ("to_activity_code", "Code of what it is for then"),
    ("to_ages", "Ages that it is for then"),
    (
        "to_group_code",
        "Code of the client group that it is for then, where the move says",
    ),
    ("to_locality_code", "Code of where it is spent then"),
];

/// A row for each move of some scenarios.
pub fn moves(name: &str, title: String, sheets: &[&ScenarioSheet]) -> Dataset {
    let mut dataset = Dataset::new(format!("{name}-moves"), title);
    dataset.column("scenario", "scenario", Kind::Text, "Code of the scenario");
    if let ([_], Some(last)) = (sheets, dataset.fields.last_mut()) {
        last.shown = false;
    }
    dataset.column(
        "from",
        "from",
        Kind::Text,
        "Whose money, what for, for whom, where",
    );
    for (name, about) in FROM {
        dataset.behind(name, Kind::Text, about);
    }
    dataset.column(
        "to",
        "to",
        Kind::Text,
        "Who spends it then, on what, for whom, where",
    );
    for (name, about) in TO {
        dataset.behind(name, Kind::Text, about);
    }
    dataset.column(
        "amount_gbp",
        "a year",
        Kind::Pounds,
        "How much in each twelve months",
    );
    dataset.column("from_month", "from month", Kind::Text, "The first month");
    dataset.column(
        "years",
        "times",
        Kind::Whole,
        "How many times twelve months",
    );
    dataset.behind(
        "phase",
        Kind::Text,
        "Of which accounts: budget, forecast or outturn",
    );
    dataset.column(
        "building",
        "building",
        Kind::Text,
        "The building that is given up, and what that frees; empty where the amount is written down",
    );
    dataset.column("reason", "why", Kind::Text, "Why, as the pack says");
    dataset.column(
        "payment",
        "paid as",
        Kind::Text,
        "What kind of payment it is, where it goes to another partner",
    );
    dataset.column(
        "decision",
        "decision",
        Kind::Text,
        "Which decision lets money go that the law asks for",
    );
    dataset.column(
        "moved",
        "moved",
        Kind::Text,
        "yes or no: one that is held is not made at all",
    );
    dataset.column(
        "taken_from",
        "of what money",
        Kind::Text,
        "Of what is moved, how free it was",
    );
    dataset.column(
        "held_by",
        "what holds it",
        Kind::Text,
        "What holds a move that is not made",
    );
    dataset.behind(
        "in_tables",
        Kind::Text,
        "yes where some of it is of the period and phase of the tables before and after",
    );
    for sheet in sheets {
        (dataset.rows).extend(sheet.moves.iter().map(|one| row(&sheet.code, one)));
    }
    dataset
}

fn row(scenario: &str, one: &MoveShown) -> Vec<Value> {
    let yes = |is: bool| Value::text(if is { "yes" } else { "no" });
    let mut row = vec![Value::text(scenario)];
    row.extend(cell(&one.from));
    row.extend(cell(&one.to));
    row.extend([
        Value::sum(Shown::of_sum(one.amount)),
        Value::text(one.start.as_str()),
        Value::Whole(one.years.into()),
        Value::text(one.phase.as_str()),
        Value::text(one.gives_up.as_deref().unwrap_or_default()),
        Value::text(one.reason.as_str()),
        Value::text(one.kind.as_deref().unwrap_or_default()),
        Value::text(one.decision.as_deref().unwrap_or_default()),
        yes(one.is_made()),
        Value::text(one.taken.join("; ")),
        Value::text(one.held_by.as_deref().unwrap_or_default()),
        yes(one.is_in_report),
    ]);
    row
}

fn cell(cell: &CellShown) -> Vec<Value> {
    let group = cell.group.as_ref().map_or("", |(code, _)| code);
    vec![
        Value::text(cell.in_words()),
        Value::text(cell.partner.0.as_str()),
        Value::text(cell.activity.0.as_str()),
        Value::text(cell.ages.as_str()),
        Value::text(group),
        Value::text(cell.locality.0.as_str()),
    ]
}
