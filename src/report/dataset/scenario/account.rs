//! The account before and after, of one scenario and of all of them beside one another.

use crate::report::content::{BeforeAfter, BeforeAfterRow, ScenarioSheet};
use crate::report::dataset::{Dataset, Kind, Value};

/// A row for each member of an axis: before, after, and what lies between.
pub fn before_after(name: &str, title: String, account: &BeforeAfter) -> Dataset {
    let mut dataset = member_columns(format!("{name}-by-{}", account.axis), title, account.axis);
    dataset.column(
        "before_gbp",
        "as it is",
        Kind::Pounds,
        "What is spent as it is",
    );
    dataset.behind(
        "before_status",
        Kind::Text,
        "value, zero or nothing-recorded",
    );
    dataset.column(
        "after_gbp",
        "with the moves",
        Kind::Pounds,
        "What is spent with the moves",
    );
    dataset.behind(
        "after_status",
        Kind::Text,
        "value, zero or nothing-recorded",
    );
    dataset.column(
        "change_gbp",
        "more or less",
        Kind::Pounds,
        "With the moves, less as it is: below zero it is less",
    );
    dataset.rows = account.rows.iter().map(cells).collect();
    dataset
}

/// The last row of that table.
pub fn before_after_total(account: &BeforeAfter) -> Vec<Value> {
    cells(&account.total)
}

fn cells(row: &BeforeAfterRow) -> Vec<Value> {
    vec![
        Value::text(row.code.as_str()),
        Value::text(row.name.as_str()),
        Value::sum(row.before),
        Value::text(row.before.status()),
        Value::sum(row.after),
        Value::text(row.after.status()),
        Value::sum(row.change()),
    ]
}

/// A row for each member of the axis at this number, with two columns for each scenario; and the last row, that of
/// all members together.
///
/// `columns` are the scenarios, each with what its columns are called.
pub fn accounts_side_by_side(
    name: &str,
    title: String,
    columns: &[(String, &ScenarioSheet)],
    axis: usize,
) -> Option<(Dataset, Vec<Value>)> {
    let accounts: Vec<&BeforeAfter> = (columns.iter())
        .filter_map(|(_, sheet)| sheet.accounts.get(axis))
        .collect();
    let first = accounts.first()?;
    let mut dataset = member_columns(format!("{name}-by-{}", first.axis), title, first.axis);
    dataset.column(
        "before_gbp",
        "as it is",
        Kind::Pounds,
        "What is spent as it is",
    );
    for (column, sheet) in columns {
        dataset.column(
            &format!("with_{column}_gbp"),
            &format!("with {}", sheet.code),
            Kind::Pounds,
            "What is spent with the moves of the scenario",
        );
        dataset.column(
            &format!("change_{column}_gbp"),
            "more or less",
            Kind::Pounds,
            "With the moves of the scenario, less as it is",
        );
    }
    // One scenario may spend where nobody does without it.
    let mut members: Vec<&BeforeAfterRow> = Vec::new();
    for row in accounts.iter().flat_map(|account| &account.rows) {
        if !members.iter().any(|known| known.code == row.code) {
            members.push(row);
        }
    }
    let row = |member: &BeforeAfterRow, of: &dyn Fn(&BeforeAfter) -> Option<BeforeAfterRow>| {
        let mut cells = vec![
            Value::text(member.code.as_str()),
            Value::text(member.name.as_str()),
            Value::sum(member.before),
        ];
        for account in &accounts {
            // Without a row of its own it has nothing with this scenario either.
            let here = of(account);
            cells.push(
                here.as_ref()
                    .map_or(Value::Nothing, |row| Value::sum(row.after)),
            );
            cells.push(
                here.as_ref()
                    .map_or(Value::Nothing, |row| Value::sum(row.change())),
            );
        }
        cells
    };
    for member in members {
        let here = |account: &BeforeAfter| {
            let mut rows = account.rows.iter();
            rows.find(|row| row.code == member.code).cloned()
        };
        dataset.rows.push(row(member, &here));
    }
    let total = row(&first.total, &|account| Some(account.total.clone()));
    Some((dataset, total))
}

fn member_columns(name: String, title: String, axis: &str) -> Dataset {
    let mut dataset = Dataset::new(name, title);
    let heading = match axis {
        "locality" => "place",
        "partner" => "partner",
        _ => "spent on",
    };
    dataset.behind("code", Kind::Text, "Code");
    dataset.column("name", heading, Kind::Text, "Name");
    dataset
}
