//! Payments as they mature.

use super::terms::sum;
use crate::report::content::ContractSheet;
use crate::report::dataset::{Dataset, Kind, Value};

/// A row for each of the register.
pub fn register(name: &str, sheet: &ContractSheet) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-register"),
        format!("{}: claims and where they stand", sheet.name),
    );
    dataset.column("term", "term", Kind::Text, "Name of the term");
    dataset.column(
        "cohort",
        "cohort",
        Kind::Text,
        "People whose results count together",
    );
    dataset.column(
        "on",
        "from",
        Kind::Day,
        "From which day on, until the next of the same term and cohort",
    );
    dataset.column("state", "stand", Kind::Text, "Where the claims stand");
    dataset.column("claims", "claims", Kind::Whole, "How many");
    dataset.column(
        "worth_gbp",
        "worth",
        Kind::Pounds,
        "What they are worth, or what was paid for them",
    );
    dataset.column(
        "reason",
        "why",
        Kind::Text,
        "Why, where they are refused or taken back",
    );
    for entry in &sheet.entries {
        dataset.rows.push(vec![
            Value::text(entry.term.as_str()),
            Value::text(entry.cohort.as_str()),
            Value::Day(entry.on),
            Value::text(entry.state.as_str()),
            Value::Whole(entry.claims),
            sum(entry.sum),
            Value::text(entry.reason.as_str()),
        ]);
    }
    dataset
}

/// A row for each day on which a claim moved.
pub fn standings(name: &str, sheet: &ContractSheet) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-standing"),
        format!("{}: where all claims stand, day by day", sheet.name),
    );
    dataset.column("on", "at the end of", Kind::Day, "The day");
    let states = sheet
        .standings
        .first()
        .map_or(&[][..], |first| &first.by_state);
    for (state, _, _) in states {
        let column = format!("{}_gbp", state.replace('-', "_"));
        let title = state.replace('-', " ");
        dataset.column(
            &column,
            &title,
            Kind::Pounds,
            "What claims in this state are worth",
        );
    }
    for (name, title, about) in [
        (
            "certain_gbp",
            "still to pay: certain",
            "Verified, and not paid yet",
        ),
        ("likely_gbp", "likely", "Claimed, and not verified yet"),
        ("possible_gbp", "possible", "In delivery or being measured"),
    ] {
        dataset.column(name, title, Kind::Pounds, about);
    }
    for standing in &sheet.standings {
        let mut row = vec![Value::Day(standing.on)];
        row.extend(standing.by_state.iter().map(|(_, _, worth)| sum(*worth)));
        row.extend([standing.certain, standing.likely, standing.possible].map(sum));
        dataset.rows.push(row);
    }
    dataset
}
