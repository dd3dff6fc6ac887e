//! What contracts pay for.

use crate::money::Pence;
use crate::report::content::{ContractSheet, Shown};
use crate::report::dataset::{Dataset, Kind, Value};

/// A sum that was worked out: nothing of it is nothing, and not a gap.
pub(super) fn sum(pence: Pence) -> Value {
    Value::sum(Shown::of_sum(pence))
}

/// A row for each contract.
pub fn contracts(name: &str, sheets: &[&ContractSheet]) -> Dataset {
    let mut dataset = Dataset::new(name.to_owned(), "Contracts that pay by results".to_owned());
    dataset.behind("contract_code", Kind::Text, "Code of the contract");
    dataset.column("contract", "contract", Kind::Text, "Its name");
    dataset.column("provider", "provider", Kind::Text, "Who is paid");
    dataset.column("place", "where", Kind::Text, "Where");
    dataset.column("terms", "terms", Kind::Whole, "How many terms it has");
    dataset.column(
        "paid_gbp",
        "pays so far",
        Kind::Pounds,
        "What it pays for what was reported",
    );
    dataset.column(
        "refused_gbp",
        "refuses",
        Kind::Pounds,
        "What of that, at the tariff, it does not pay",
    );
    for sheet in sheets {
        let payment = sheet.payment.as_ref();
        let of = |pence: Option<Pence>| pence.map_or(Value::Nothing, sum);
        dataset.rows.push(vec![
            Value::text(sheet.code.as_str()),
            Value::text(sheet.name.as_str()),
            Value::text(sheet.provider.as_str()),
            Value::text(sheet.locality.1.as_str()),
            Value::Whole(sheet.terms.len() as u64),
            of(payment.map(|payment| payment.total)),
            of(payment.map(|payment| payment.total_refused)),
        ]);
    }
    dataset
}

/// A row for each term.
pub fn terms(name: &str, sheet: &ContractSheet) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-terms"),
        format!("{}: what it pays for", sheet.name),
    );
    dataset.behind("term_code", Kind::Text, "Code of the term");
    for (name, title, about) in [
        ("term", "term", "Name of the term"),
        ("kind", "kind", "What kind of term it is"),
        ("counts", "counts", "Who or what is counted"),
    ] {
        dataset.column(name, title, Kind::Text, about);
    }
    dataset.column(
        "months",
        "after months",
        Kind::Whole,
        "Months after entering at which it is measured",
    );
    for (name, title, about) in [
        (
            "tariff",
            "pays for one",
            "What is paid for one of what is counted; year by year where it changes",
        ),
        ("against", "against", "What a cohort is held against"),
        (
            "pays_from",
            "pays from",
            "From how much better on it pays, and what then",
        ),
        ("evidence", "evidence", "How a claim is evidenced"),
        ("conditions", "and", "What else the term says"),
    ] {
        dataset.column(name, title, Kind::Text, about);
    }
    dataset.column(
        "cap_gbp",
        "at most",
        Kind::Pounds,
        "The most that the term pays in all",
    );
    for term in &sheet.terms {
        dataset.rows.push(vec![
            Value::text(term.code.as_str()),
            Value::text(term.name.as_str()),
            Value::text(term.kind.as_str()),
            Value::text(term.counts.as_str()),
            Value::Whole(term.months.into()),
            Value::text(term.tariff.as_str()),
            Value::text(term.against.as_str()),
            Value::text(term.pays_from.as_str()),
            Value::text(term.evidence.as_str()),
            Value::text(term.conditions.as_str()),
            term.cap.map_or(Value::Nothing, sum),
        ]);
    }
    dataset
}
