//! Contributions, and what each source held, got and gave.

use super::columns::{PLACES, add_named, add_pounds, leave_off_unused, places};
use crate::place_plan::Roll;
use crate::report::content::{ContributionShown, PlansSheet};
use crate::report::dataset::registered::pounds;
use crate::report::dataset::{Dataset, Kind, Value};

/// A row a contribution, or its part for one priority.
pub fn contributions_to_plans(name: &str, title: String, of: &[&ContributionShown]) -> Dataset {
    let mut dataset = Dataset::new(format!("{name}-contributions"), title);
    dataset.column(
        "contribution",
        "contribution",
        Kind::Text,
        "By which it is called",
    );
    add_named(
        &mut dataset,
        ("source", "source"),
        ["Code of the source", "Where it comes from"],
    );
    dataset.column(
        "purpose",
        "for",
        Kind::Text,
        "What it is for, in the words of who agreed it",
    );
    add_named(
        &mut dataset,
        ("priority", "priority"),
        [
            "Code of the priority; empty where it is for none",
            "The priority that it is for",
        ],
    );
    add_pounds(&mut dataset, &PLACES);
    dataset.column("unit", "unit", Kind::Text, "What its units are");
    for (name, title, about) in [
        ("units_secured", "units secured", "How many are promised"),
        (
            "units_received",
            "units received",
            "Of these, how many were given to who holds them",
        ),
        (
            "units_provided",
            "units provided",
            "Of these, how many were spent or provided",
        ),
    ] {
        dataset.column(name, title, Kind::Number, about);
    }
    dataset.rows = of.iter().map(|one| row(one)).collect();
    leave_off_unused(&mut dataset);
    dataset
}

fn row(one: &ContributionShown) -> Vec<Value> {
    let (code, priority) = one.priority.clone().unwrap_or_default();
    let mut row = vec![
        Value::text(one.reference.as_str()),
        Value::text(one.source.1),
        Value::text(one.source.0),
        Value::text(one.purpose.as_str()),
        Value::text(priority),
        Value::text(code),
    ];
    row.extend(places(&one.funds));
    match &one.units {
        Some(units) => {
            let numbers = [units.secured, units.received, units.provided];
            row.push(Value::text(units.unit.as_str()));
            // Files have no commas in numbers.
            row.extend(numbers.map(|one| Value::Number(one.to_string().replace(',', ""))));
        }
        None => row.extend([const { Value::Nothing }; 4]),
    }
    row
}

/// A row a source: held before, what came and went, held after.
pub fn rolls(name: &str, title: String, sheet: &PlansSheet) -> Dataset {
    let mut dataset = Dataset::new(format!("{name}-year"), title);
    dataset.column("source", "source", Kind::Text, "Where it comes from");
    add_pounds(
        &mut dataset,
        &[
            (
                "secured_gbp",
                "secured in it",
                "Promised in the time; below nothing where a version was superseded",
            ),
            ("opening_gbp", "held before", "Held when the time began"),
            (
                "unallocated_before_gbp",
                "of that for nobody yet",
                "Of what was held before, what was for nobody",
            ),
            ("received_gbp", "received", "Came in"),
            (
                "spent_gbp",
                "spent",
                "Was spent; below nothing, because it goes out",
            ),
            (
                "transferred_gbp",
                "transferred",
                "Went to bodies outside; below nothing",
            ),
            ("returned_gbp", "given back", "Went back; below nothing"),
            ("closing_gbp", "held after", "Held when the time ended"),
            (
                "set_aside_after_gbp",
                "of that set aside",
                "Of what was held after, what is set aside and not spent",
            ),
        ],
    );
    let row = |(source, roll): &(&str, Roll)| {
        let sums = [
            roll.secured,
            roll.opening,
            roll.unallocated_before,
            roll.received,
            -roll.spent,
            -roll.transferred,
            -roll.returned,
            roll.closing,
            roll.set_aside_after,
        ];
        let name = std::iter::once(Value::text(*source));
        name.chain(sums.map(pounds)).collect()
    };
    dataset.rows = sheet.rolls.iter().map(row).collect();
    dataset
}
