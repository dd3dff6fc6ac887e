//! What the account has beside an agreement: what is spent on its actions, and money of grants that ledgers have too.

use super::columns::with_columns;
use crate::agreement::DrawnInLedger;
use crate::report::content::ActionSpent;
use crate::report::dataset::registered::{pounds, pounds_if};
use crate::report::dataset::{Dataset, Kind, Value};

/// A row for each action that has a cell of the account, and phase.
pub fn beside_actions(name: &str, title: String, of: &[ActionSpent]) -> Dataset {
    let mut dataset = Dataset::new(name.to_owned(), title);
    let texts = [
        ("action", "action", "What is done"),
        (
            "cell",
            "spent on",
            "The cell of the account that it lies in: whose spending, on what, for whom",
        ),
        ("place", "where", "Where"),
        ("phase", "phase", "Budget, forecast or outturn"),
    ];
    for (name, title, about) in texts {
        dataset.column(name, title, Kind::Text, about);
    }
    dataset.column(
        "spent_gbp",
        "spent there",
        Kind::Pounds,
        "What the account has in the cell, of which the action is a part as a rule",
    );
    dataset.behind(
        "status",
        Kind::Text,
        "value, zero, nothing-recorded or withheld",
    );
    dataset.column(
        "how_known",
        "how it is known",
        Kind::Text,
        "How what the account says is known",
    );
    dataset.column(
        "planned_gbp",
        "the plan puts to it",
        Kind::Pounds,
        "What the delivery plan puts to the action; it is added to nothing",
    );
    dataset.column(
        "same_cell",
        "the cell is also that of",
        Kind::Text,
        "Other actions of the same cell: what is spent there is theirs too, and counts once",
    );
    dataset.column("owner", "owner", Kind::Text, "Who answers for the action");
    dataset.behind("code", Kind::Text, "Code of the action");
    for one in of {
        let shown = one.figure.sum();
        dataset.rows.push(vec![
            Value::text(one.name.as_str()),
            Value::text(one.cell.as_str()),
            Value::text(one.place.as_str()),
            Value::text(one.phase.to_string()),
            Value::sum(shown),
            Value::text(shown.status()),
            Value::text(one.figure.how_known().unwrap_or_default()),
            pounds_if(one.planned),
            Value::text(one.same_cell.as_str()),
            Value::text(one.owner.as_str()),
            Value::text(one.code.as_str()),
        ]);
    }
    dataset
}

/// A row for each movement of a grant that is lines of a ledger as well.
pub fn grants_in_ledgers(name: &str, title: String, of: &[DrawnInLedger]) -> Dataset {
    let columns = [
        ("grant", "grant", Kind::Text, "Code of the grant"),
        ("kind", "what", Kind::Text, "received, paid or returned"),
        (
            "reference",
            "reference",
            Kind::Text,
            "The reference that both have",
        ),
        ("ledger", "ledger", Kind::Text, "The ledger that has it too"),
        (
            "register_gbp",
            "register",
            Kind::Pounds,
            "What the register says",
        ),
        (
            "ledger_gbp",
            "ledger's lines",
            Kind::Pounds,
            "What the lines say, without their sign; this counts",
        ),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for one in of {
        dataset.rows.push(vec![
            Value::text(one.grant.as_str()),
            Value::text(one.kind.to_string()),
            Value::text(one.reference.as_str()),
            Value::text(one.ledger.as_str()),
            pounds(one.pence),
            pounds(one.in_ledger),
        ]);
    }
    dataset
}
