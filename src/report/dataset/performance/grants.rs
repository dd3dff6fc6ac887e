//! Grants: earned, lost, open, and what came in and went out.

use super::columns::with_columns;
use crate::agreement::GrantStanding;
use crate::report::dataset::registered::pounds;
use crate::report::dataset::{Dataset, Kind, Value};

/// A row a grant.
pub fn grants(name: &str, title: String, of: &[GrantStanding]) -> Dataset {
    let columns = [
        ("grant", "grant", Kind::Text, "Name of the grant"),
        ("whole_gbp", "whole", Kind::Pounds, "All that can be earned"),
        ("earned_gbp", "earned", Kind::Pounds, "What is earned"),
        ("not_earned_gbp", "not earned", Kind::Pounds, "What is lost"),
        ("open_gbp", "open", Kind::Pounds, "What nobody can say yet"),
        ("received_gbp", "received", Kind::Pounds, "What came in"),
        (
            "owed_gbp",
            "earned, not received",
            Kind::Pounds,
            "Earned less received; below nothing where more came in",
        ),
        ("paid_gbp", "paid out", Kind::Pounds, "What was paid out"),
        (
            "returned_gbp",
            "given back",
            Kind::Pounds,
            "What was given back",
        ),
        (
            "held_gbp",
            "held",
            Kind::Pounds,
            "What is left of what came in",
        ),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for one in of {
        let sums = [
            one.whole,
            one.earned,
            one.not_earned,
            one.open,
            one.received,
            one.earned_and_not_received,
            one.paid,
            one.returned,
            one.held,
        ];
        let mut row = vec![Value::text(one.name.as_str())];
        row.extend(sums.map(pounds));
        dataset.rows.push(row);
    }
    dataset
}

/// A row a condition.
pub fn grant_conditions(name: &str, title: String, of: &[GrantStanding]) -> Dataset {
    let columns = [
        (
            "condition",
            "condition",
            Kind::Text,
            "What the part hangs on",
        ),
        ("grant", "grant", Kind::Text, "Of which grant"),
        ("why", "why", Kind::Text, "What became of it, and why"),
        ("part_gbp", "part", Kind::Pounds, "All of the part"),
        ("earned_gbp", "earned", Kind::Pounds, "What of it is earned"),
        (
            "not_earned_gbp",
            "not earned",
            Kind::Pounds,
            "What of it is lost",
        ),
        (
            "open_gbp",
            "open",
            Kind::Pounds,
            "What of it nobody can say yet",
        ),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for (grant, one) in of
        .iter()
        .flat_map(|grant| grant.conditions.iter().map(move |one| (grant, one)))
    {
        let mut row = [&one.name, &grant.name, &one.why]
            .map(|text| Value::text(text.as_str()))
            .to_vec();
        row.extend([one.part, one.earned, one.not_earned, one.open].map(pounds));
        dataset.rows.push(row);
    }
    dataset
}
