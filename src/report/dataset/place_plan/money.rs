//! What priorities cost, where their money stands, and from whom it is.

use super::columns::{PLACES, add_named, add_pounds, leave_off_unused, places};
use crate::report::content::{Funds, PlanTotal, PlansSheet, PriorityShown};
use crate::report::dataset::registered::{pounds, pounds_if};
use crate::report::dataset::{Dataset, Kind, Value};

/// A row a priority: estimated cost, where its money stands, its gap.
pub fn funding(name: &str, title: String, of: &[&PriorityShown]) -> Dataset {
    let mut dataset = Dataset::new(format!("{name}-funding"), title);
    add_named(
        &mut dataset,
        ("priority", "priority"),
        ["Code of the priority", "What is wanted"],
    );
    dataset.behind("place_code", Kind::Text, "Code of the place");
    dataset.behind("status", Kind::Text, "How far it is");
    dataset.column(
        "cost_gbp",
        "estimated cost",
        Kind::Pounds,
        "Estimated cost; empty where nobody estimated it",
    );
    add_pounds(&mut dataset, &PLACES);
    // The steps in between are in the files, and by source on the page.
    const SHOWN: [&str; 7] = [
        "asked_gbp",
        "secured_gbp",
        "received_gbp",
        "set_aside_gbp",
        "spent_gbp",
        "returned_gbp",
        "cost_gbp",
    ];
    for field in &mut dataset.fields {
        field.shown &= field.kind != Kind::Pounds || SHOWN.contains(&field.name.as_str());
    }
    add_pounds(
        &mut dataset,
        &[(
            "gap_gbp",
            "gap",
            "Cost beyond what is secured, less what went back; empty without an estimate, and for what is done or withdrawn",
        )],
    );
    dataset.behind(
        "beyond_cost_gbp",
        Kind::Pounds,
        "What is secured beyond the cost",
    );
    dataset.rows = (of.iter())
        .map(|one| {
            let names = [
                one.priority.name.as_str(),
                one.priority.code.as_str(),
                one.place.0.as_str(),
            ];
            let mut row: Vec<Value> = names.into_iter().map(Value::text).collect();
            row.push(Value::text(one.priority.progress.to_string()));
            let gap = pounds_if(one.gap);
            row.extend(cells(pounds_if(one.priority.cost), &one.funds, gap));
            row.push(pounds(one.beyond_cost));
            row
        })
        .collect();
    dataset
}

/// A last row of that table: what some come to.
pub fn funding_total(words: &str, total: &PlanTotal) -> Vec<Value> {
    let mut row = vec![Value::text(words)];
    row.extend([Value::Nothing, Value::Nothing, Value::Nothing]);
    row.extend(cells(pounds(total.cost), &total.funds, pounds(total.gap)));
    row.push(Value::Nothing);
    row
}

fn cells(cost: Value, funds: &Funds, gap: Value) -> impl Iterator<Item = Value> {
    (std::iter::once(cost).chain(places(funds))).chain([gap])
}

/// A row for each priority and source: where its money stands.
pub fn sources(name: &str, title: String, of: &[&PriorityShown]) -> Dataset {
    let mut dataset = Dataset::new(format!("{name}-by-source"), title);
    add_named(
        &mut dataset,
        ("priority", "priority"),
        ["Code of the priority", "What is wanted"],
    );
    source_columns(&mut dataset);
    for one in of {
        for (code, source, funds) in &one.by_source {
            let names = [&one.priority.name, &one.priority.code].map(String::as_str);
            let names = names.into_iter().chain([*source, *code]).map(Value::text);
            dataset.rows.push(names.chain(places(funds)).collect());
        }
    }
    leave_off_unused(&mut dataset);
    dataset
}

/// A row a source, of all money; and the last row, that of all sources.
pub fn sources_of_all(name: &str, title: String, sheet: &PlansSheet) -> (Dataset, Vec<Value>) {
    let mut dataset = Dataset::new(format!("{name}-by-source"), title);
    source_columns(&mut dataset);
    let row = |name: &str, code: &str, funds: &Funds| -> Vec<Value> {
        let names = [Value::text(name), Value::text(code)];
        names.into_iter().chain(places(funds)).collect()
    };
    for (code, name, funds) in &sheet.by_source {
        dataset.rows.push(row(name, code, funds));
    }
    leave_off_unused(&mut dataset);
    let total = row("All sources", "", &sheet.total);
    (dataset, total)
}

fn source_columns(dataset: &mut Dataset) {
    add_named(
        dataset,
        ("source", "source"),
        ["Code of the source", "Where the money comes from"],
    );
    add_pounds(dataset, &PLACES);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Pence;

    #[test]
    fn a_total_has_a_cell_for_each_column() {
        let dataset = funding("x", String::new(), &[]);
        let total = PlanTotal {
            gap: Pence::new(7),
            ..PlanTotal::default()
        };
        let row = funding_total("All", &total);
        assert_eq!(row.len(), dataset.fields.len());
        let gap = dataset.fields.iter().position(|one| one.name == "gap_gbp");
        assert_eq!(row[gap.unwrap()], pounds(Pence::new(7)));
    }
}
