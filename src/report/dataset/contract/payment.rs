//! What was paid for what was reported, and what was refused with its reason.

use super::terms::sum;
use crate::report::content::{ContractSheet, PaymentShown};
use crate::report::dataset::{Dataset, Kind, Value};

fn row_columns(dataset: &mut Dataset) {
    dataset.column("term", "term", Kind::Text, "Name of the term");
    dataset.column(
        "cohort",
        "cohort",
        Kind::Text,
        "People whose results count together",
    );
    dataset.column(
        "people",
        "of it",
        Kind::Text,
        "Which people of the cohort, where they are told apart",
    );
    dataset.column(
        "year",
        "year",
        Kind::Text,
        "The financial year in which it is paid",
    );
}

/// A row for each that was reported.
pub fn paid(name: &str, sheet: &ContractSheet, payment: &PaymentShown) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-paid"),
        format!("{}: what is paid for what was reported", sheet.name),
    );
    row_columns(&mut dataset);
    dataset.column("counted", "counted", Kind::Number, "What was counted");
    dataset.column(
        "tariff_gbp",
        "at the tariff",
        Kind::Pounds,
        "What it would come to with nothing refused",
    );
    dataset.column(
        "taken_back_gbp",
        "taken back",
        Kind::Pounds,
        "What is taken back of what was paid earlier and did not last",
    );
    dataset.column(
        "paid_gbp",
        "paid",
        Kind::Pounds,
        "What is paid, less what is taken back",
    );
    for row in &payment.paid {
        dataset.rows.push(vec![
            Value::text(row.term.as_str()),
            Value::text(row.cohort.as_str()),
            Value::text(row.group.as_str()),
            Value::text(row.year.as_str()),
            Value::number(Some(&row.count)),
            sum(row.all),
            sum(row.taken_back),
            sum(row.paid),
        ]);
    }
    dataset
}

/// A row for each reason.
pub fn refused(name: &str, sheet: &ContractSheet, payment: &PaymentShown) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-refused"),
        format!("{}: what is not paid, and why", sheet.name),
    );
    row_columns(&mut dataset);
    dataset.column("why", "why", Kind::Text, "Why it is not paid");
    dataset.column(
        "refused_gbp",
        "not paid",
        Kind::Pounds,
        "How much, each rounded by itself",
    );
    for row in &payment.refused {
        dataset.rows.push(vec![
            Value::text(row.term.as_str()),
            Value::text(row.cohort.as_str()),
            Value::text(row.group.as_str()),
            Value::text(row.year.as_str()),
            Value::text(row.why),
            sum(row.sum),
        ]);
    }
    dataset
}
