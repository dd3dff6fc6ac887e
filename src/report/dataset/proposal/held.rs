//! Savings held against what the account says is spent.

use super::layers::sum;
use crate::report::content::{ProposalSheet, Shown};
use crate::report::dataset::contributions::plain;
use crate::report::dataset::{Dataset, Kind, Value};

/// A row for each payer that saves.
pub fn held(name: &str, sheet: &ProposalSheet) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-held"),
        format!("{}: savings held against what is spent", sheet.name),
    );
    dataset.behind("payer_code", Kind::Text, "Code of who saves");
    dataset.column("payer", "who", Kind::Text, "Name of who saves");
    dataset.column(
        "spent_gbp",
        "spends a year",
        Kind::Pounds,
        "What it spends a year on what the proposal affects, for its people and in its place",
    );
    dataset.behind(
        "status",
        Kind::Text,
        "value, zero, or no-ledger where nothing here says what it spends",
    );
    dataset.column(
        "known",
        "how that is known",
        Kind::Text,
        "How that is known",
    );
    for (name, title, about) in [
        (
            "most_in_a_year_gbp",
            "claims at most in a year",
            "What it claims to save in the year in which that is most, corrected",
        ),
        (
            "claimed_gbp",
            "claims in all years",
            "What it claims to save in all years, corrected and not discounted",
        ),
        (
            "refused_gbp",
            "refused",
            "What of that is refused, because it is more than is spent",
        ),
    ] {
        dataset.column(name, title, Kind::Pounds, about);
    }
    for held in &sheet.held {
        let known = match held.spent {
            Some(Shown::RecordedZero) => "nothing of it is recorded".to_owned(),
            Some(_) => plain(&held.known),
            None => "no ledger here: held against nothing".to_owned(),
        };
        let known = match held.beside {
            Some(beside) => format!(
                "{known}; of {} beside it nothing says how much is of these people and this place, and no saving is \
                 refused for it",
                (beside.pence()).map_or_else(|| "a sum".to_owned(), |pence| pence.to_string())
            ),
            None => known,
        };
        dataset.rows.push(vec![
            Value::text(held.code.as_str()),
            Value::text(held.name.as_str()),
            held.spent.map_or(Value::Nothing, Value::sum),
            Value::text(held.spent.map_or("no-ledger", Shown::status)),
            Value::text(known),
            sum(held.most),
            sum(held.claimed),
            sum(held.refused),
        ]);
    }
    dataset
}
