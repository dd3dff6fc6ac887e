//! Codes that nobody has placed yet, and money that is not spending.

use super::{Dataset, Kind, Value};
use crate::crosswalk::ExcludedMoney;
use crate::report::content::Shown;
use crate::text::list;
use crate::worklist::CodeSheet;

/// A row a code, most money first.
pub fn unplaced(sheet: &CodeSheet) -> Dataset {
    let mut dataset = Dataset::new(
        "unplaced-codes".to_owned(),
        "Codes that are not yet placed, most money first".to_owned(),
    );
    for (name, title, kind, about) in [
        ("ledger", "ledger", Kind::Text, "The ledger it stands in"),
        (
            "code",
            "code",
            Kind::Text,
            "The code, as the partner writes it",
        ),
        ("lines", "lines", Kind::Whole, "How many lines carry it"),
        ("amount_gbp", "amount", Kind::Pounds, "Their sum"),
        (
            "running_per_cent",
            "running %",
            Kind::Number,
            "How much of the money of all rows, without its signs, is in this row and those above it",
        ),
        (
            "first",
            "first file and line",
            Kind::Text,
            "Where it first stands",
        ),
        (
            "nearest",
            "nearest mapped code",
            Kind::Text,
            "The code with a meaning that looks most like it; nobody says that it means the same",
        ),
    ] {
        dataset.column(name, title, kind, about);
    }
    for (row, running) in sheet.rows().iter().zip(sheet.running()) {
        dataset.rows.push(vec![
            Value::text(row.ledger.as_str()),
            Value::text(row.code.as_str()),
            Value::Whole(row.lines),
            Value::sum(Shown::of_sum(row.pence)),
            Value::Number(format!("{}.{}", running / 10, running % 10)),
            Value::text(row.first.as_str()),
            Value::text(row.nearest.as_str()),
        ]);
    }
    dataset
}

/// A row for each rule that takes lines out of the account.
pub fn not_spending(excluded: &[ExcludedMoney]) -> Dataset {
    /// How many codes are shown.
    const SHOWN: usize = 12;
    let mut dataset = Dataset::new("not-spending".to_owned(), "What is not spending".to_owned());
    for (name, title, kind, about) in [
        (
            "ledger",
            "ledger",
            Kind::Text,
            "The ledger the lines stand in",
        ),
        ("reason", "reason", Kind::Text, "Why they are not spending"),
        ("note", "note", Kind::Text, "Why, in the words of the pack"),
        ("codes", "codes", Kind::Text, "The codes of the lines"),
        ("lines", "lines", Kind::Whole, "How many lines"),
        (
            "amount_gbp",
            "amount",
            Kind::Pounds,
            "Their sum, which is in no figure",
        ),
    ] {
        dataset.column(name, title, kind, about);
    }
    for money in excluded {
        let shown = &money.codes[..money.codes.len().min(SHOWN)];
        dataset.rows.push(vec![
            Value::text(money.ledger.as_str()),
            Value::text(format!("{}: {}", money.reason, money.reason.in_words())),
            Value::text(money.note.as_str()),
            Value::text(list(shown, money.codes.len() - shown.len())),
            Value::Whole(money.lines),
            Value::sum(Shown::of_sum(money.pence)),
        ]);
    }
    dataset
}
