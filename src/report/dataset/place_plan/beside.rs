//! What the account says beside the register: spent here already, and lines that are the same money.

use super::columns::{add_named, add_pounds};
use crate::report::content::{PlansSheet, PriorityShown};
use crate::report::dataset::registered::{pounds, pounds_if};
use crate::report::dataset::{Dataset, Kind, Value};

/// A row for each priority that has a cell of the account.
pub fn spent_here(name: &str, title: String, of: &[&PriorityShown]) -> Dataset {
    let mut dataset = Dataset::new(format!("{name}-spent-here"), title);
    add_named(
        &mut dataset,
        ("priority", "priority"),
        ["Code of the priority", "What is wanted"],
    );
    dataset.column(
        "cell",
        "spent on",
        Kind::Text,
        "The cell of the account that is about it: whose spending, on what, for whom",
    );
    add_pounds(
        &mut dataset,
        &[
            (
                "cost_gbp",
                "estimated cost",
                "Estimated cost, which this funds nothing of",
            ),
            (
                "spent_here_gbp",
                "spent here already",
                "What the account has in the priority's cell",
            ),
        ],
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
    add_pounds(
        &mut dataset,
        &[
            (
                "by_register_gbp",
                "by the register",
                "What the register says was spent on it in the same time",
            ),
            (
                "in_ledgers_gbp",
                "ledgers have of that",
                "Of that, what ledgers have too",
            ),
            (
                "in_figure_gbp",
                "in the figure",
                "Of that, what is in the figure itself",
            ),
            (
                "together_gbp",
                "together, once",
                "The figure, and what only the register has: each pound once",
            ),
        ],
    );
    let row = |one: &&PriorityShown| {
        let spent = one.spent.as_ref()?;
        Some(vec![
            Value::text(one.priority.name.as_str()),
            Value::text(one.priority.code.as_str()),
            Value::text(spent.cell.as_str()),
            pounds_if(one.priority.cost),
            Value::sum(spent.here),
            Value::text(spent.here.status()),
            Value::text(spent.known.as_deref().unwrap_or_default()),
            pounds(spent.by_register),
            Value::sum(spent.in_ledgers),
            Value::sum(spent.in_figure),
            Value::sum(spent.together),
        ])
    };
    dataset.rows = of.iter().filter_map(row).collect();
    dataset
}

/// A row for each step that is lines of a ledger as well.
pub fn in_ledgers(name: &str, title: String, sheet: &PlansSheet) -> Dataset {
    let mut dataset = Dataset::new(format!("{name}-in-ledgers"), title);
    for (name, title, about) in [
        ("contribution", "contribution", "By which it is called"),
        ("reference", "reference", "The reference that both have"),
        ("step", "step", "Which step of the money"),
        ("ledger", "ledger", "The ledger that has it too"),
    ] {
        dataset.column(name, title, Kind::Text, about);
    }
    add_pounds(
        &mut dataset,
        &[("register_gbp", "register", "What the register says")],
    );
    dataset.column(
        "lines",
        "lines",
        Kind::Whole,
        "How many lines the ledger has",
    );
    add_pounds(
        &mut dataset,
        &[(
            "ledger_gbp",
            "ledger's lines",
            "What the lines say, without their sign; this counts",
        )],
    );
    dataset.rows = (sheet.matched.iter())
        .map(|one| {
            vec![
                Value::text(one.contribution.as_str()),
                Value::text(one.reference.as_str()),
                Value::text(one.state.as_str()),
                Value::text(one.ledger.as_str()),
                pounds(one.pence),
                Value::Whole(one.lines),
                pounds(one.in_ledger),
            ]
        })
        .collect();
    dataset
}
