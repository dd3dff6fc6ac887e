//! Spending as rows of a file: the axes it is cut by, the sum with its status, and how it is known.

use super::{Dataset, Kind, Value};
use crate::axis::Evidence;
use crate::cube::{Beside, Figure};
use crate::money::Pence;
use crate::report::content::evidence::in_words as evidence_in_words;
use crate::report::content::{LocalityReport, Shown};

/// The columns of every table of spending: the axes it is cut by, then the sum with its status
/// and evidence.
pub fn spend_fields(dataset: &mut Dataset, axes: &[&str]) {
    let fiscal = |axis: &str, name: bool| match (axis, name) {
        ("partner", false) => Some("administrative-classification:generic:level1:code"),
        ("partner", true) => Some("administrative-classification:generic:level1:label"),
        ("activity", false) => Some("functional-classification:generic:level1:code"),
        ("activity", true) => Some("functional-classification:generic:level1:label"),
        ("place", false) => Some("geo:target:code"),
        ("place", true) => Some("geo:target:title"),
        _ => None,
    };
    let code = "Code of the member in the pack; the name of a gap where money is on no member";
    for axis in axes {
        dataset.behind(&format!("{axis}_code"), Kind::Text, code);
        if let Some(role) = fiscal(axis, false) {
            dataset.fiscal(role);
        }
        dataset.column(&format!("{axis}_name"), axis, Kind::Text, "Its name");
        if let Some(role) = fiscal(axis, true) {
            dataset.fiscal(role);
        }
    }
    dataset.behind(
        "period",
        Kind::Text,
        "When it was spent; 2017-18 is April 2017 to March 2018",
    );
    dataset.fiscal("date:fiscal-year");
    dataset.behind("phase", Kind::Text, "Budget, forecast or outturn");
    dataset.fiscal("phase:label");
    dataset.behind(
        "boundary",
        Kind::Text,
        "Whose spending counts as one; what insiders pay each other counts once",
    );
    dataset.column(
        "amount_gbp",
        "spent",
        Kind::Pounds,
        "What was spent, to the penny; negative is income; empty where the status has no sum",
    );
    dataset.fiscal("value");
    dataset.behind(
        "status",
        Kind::Text,
        "value, zero (recorded and zero), nothing-recorded, or suppressed",
    );
    for class in Evidence::ALL {
        let about = match class {
            Evidence::Direct => "Of the amount, recorded for this very cell",
            Evidence::Driver => "Of the amount, shared out by a measure of service use",
            Evidence::Population => "Of the amount, shared out by residents",
            Evidence::Judgement => "Of the amount, shared out by a weight that somebody chose",
        };
        dataset.behind(&format!("{class}_gbp"), Kind::Pounds, about);
    }
    dataset.column(
        "evidence",
        "how it is known",
        Kind::Text,
        "The four classes in words, rounded",
    );
    dataset.behind(
        "unshared_gbp",
        Kind::Pounds,
        "Beside the amount: money that may lie in this cell or not",
    );
    dataset.behind(
        "unshared_why",
        Kind::Text,
        "Why that cannot be said, with each sum in pounds",
    );
    for what in Beside::ALL {
        let about = match what {
            Beside::Eliminated => {
                "Beside the amount: paid by one insider to another, counted where it is spent"
            }
            Beside::Agency => "Beside the amount: collected for other bodies",
            Beside::Incoming => "Beside the amount: received from partners outside the boundary",
            Beside::InKind => "Beside the amount: given in kind, as valued",
            Beside::Outgoing => "Of the amount: paid to partners outside the boundary",
            Beside::Unheld => "Of the amount: paid to insiders whose ledgers are not held",
        };
        dataset.behind(&format!("{}_gbp", what.code()), Kind::Pounds, about);
    }
    dataset.behind(
        "residents",
        Kind::Whole,
        "Residents of the cell, where it is a group of residents",
    );
    dataset.column(
        "per_head_gbp",
        "a head",
        Kind::Pounds,
        "The amount for each resident",
    );
    dataset.column(
        "lines",
        "ledger lines",
        Kind::Whole,
        "Ledger lines of which some part lies in the cell",
    );
    dataset.behind("terms", Kind::Text, "On what terms this may be shown");
}

/// One row of such a table. Where the sum may not be shown, nothing that would tell it is.
pub fn spend_cells(
    report: &LocalityReport,
    terms: &str,
    keys: &[(&str, &str)],
    shown: Shown,
    figure: &Figure,
) -> Vec<Value> {
    let open = shown != Shown::Suppressed;
    let sum = |pence: Pence| Value::pounds(open.then_some(pence));
    let mut cells: Vec<Value> = Vec::with_capacity(2 * keys.len() + 22);
    for (code, name) in keys {
        cells.extend([Value::text(*code), Value::text(*name)]);
    }
    cells.extend([
        Value::text(report.period.as_str()),
        Value::text(report.phase.to_string()),
        Value::text(report.boundary.as_str()),
        Value::pounds(shown.pence()),
        Value::text(shown.status()),
    ]);
    cells.extend(Evidence::ALL.map(|class| sum(figure.composition.of(class))));
    let words = open.then(|| evidence_in_words(&figure.composition));
    cells.push(Value::text(words.unwrap_or_default()));
    let beside = Pence::total(figure.unshared.values().copied()).ok();
    cells.push(Value::pounds(beside.filter(|_| open)));
    let why = open.then(|| unshared(figure));
    cells.push(Value::text(why.unwrap_or_default()));
    cells.extend(Beside::ALL.map(|what| sum(figure.beside(what))));
    let heads = figure.per_head.as_ref();
    let persons = heads.and_then(|heads| heads.persons);
    cells.push(persons.map_or(Value::Nothing, Value::Whole));
    cells.push(Value::pounds(
        heads.and_then(|heads| heads.amount).filter(|_| open),
    ));
    cells.push(if open {
        Value::Whole(figure.lines)
    } else {
        Value::Nothing
    });
    cells.push(Value::text(terms));
    cells
}

/// Money that may lie in a figure or not: each reason with its pounds.
pub fn unshared(figure: &Figure) -> String {
    let each = figure.unshared.iter();
    let each = each.map(|(gap, pence)| format!("{gap} {}", pence.to_plain()));
    each.collect::<Vec<_>>().join("; ")
}
