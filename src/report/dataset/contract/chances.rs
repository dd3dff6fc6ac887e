//! What a contract pays when results scatter.

use super::terms::sum;
use crate::report::content::{ChancesShown, ContractSheet};
use crate::report::dataset::{Dataset, Kind, Value};

/// When it works as expected, and when nothing does.
pub fn chances(name: &str, sheet: &ContractSheet, chances: &ChancesShown) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-chances"),
        format!("{}: what it pays when results scatter", sheet.name),
    );
    dataset.column(
        "when",
        "when",
        Kind::Text,
        "Whether the programme works as expected or not at all",
    );
    for (name, title, about) in [
        ("mean_gbp", "on average", "The mean of what is paid in all"),
        (
            "mean_error_gbp",
            "give or take",
            "The standard error that the number of draws leaves in it",
        ),
        (
            "p10_gbp",
            "one in ten below",
            "One in ten draws pays less (type 7)",
        ),
        (
            "p50_gbp",
            "half below",
            "Half of the draws pay less (type 7)",
        ),
        (
            "p90_gbp",
            "nine in ten below",
            "Nine in ten draws pay less (type 7)",
        ),
    ] {
        dataset.column(name, title, Kind::Pounds, about);
    }
    for spread in &chances.spreads {
        let mut row = vec![
            Value::text(spread.when),
            sum(spread.mean),
            sum(spread.mean_error),
        ];
        row.extend(spread.below.map(sum));
        dataset.rows.push(row);
    }
    dataset
}

/// Term by term.
pub fn term_chances(name: &str, sheet: &ContractSheet, chances: &ChancesShown) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-term-chances"),
        format!("{}: each term of results when they scatter", sheet.name),
    );
    dataset.column("term", "term", Kind::Text, "Name of the term");
    for (name, title, about) in [
        (
            "pays_for_nothing",
            "pays for nothing",
            "The chance that it pays when nothing works",
        ),
        (
            "misses_effect",
            "misses an effect",
            "The chance that it does not pay when it works as expected",
        ),
    ] {
        dataset.column(name, title, Kind::Text, about);
    }
    dataset.column(
        "pays_gbp",
        "pays on average",
        Kind::Pounds,
        "What it pays on average when it works as expected",
    );
    dataset.column(
        "per_outcome_gbp",
        "for each that is due to it",
        Kind::Pounds,
        "The same for each outcome that there is because of the programme",
    );
    for one in &chances.terms {
        let term = sheet.terms.iter().find(|term| term.code == one.term);
        dataset.rows.push(vec![
            Value::text(term.map_or(one.term.as_str(), |term| &term.name)),
            Value::text(one.pays_for_nothing.as_str()),
            Value::text(
                one.misses_effect
                    .as_deref()
                    .unwrap_or("no effect is expected"),
            ),
            sum(one.pays),
            one.per_outcome.map_or(Value::Nothing, sum),
        ]);
    }
    dataset
}
