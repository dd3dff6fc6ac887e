//! What is wanted: priorities in words, and units that are no pounds.

use super::columns::add_named;
use crate::report::content::{PriorityShown, UnitsShown};
use crate::report::dataset::{Dataset, Kind, Value};

/// A row a priority: whose it is, why it is needed, how far it is, and who leads it.
pub fn priorities(name: &str, title: String, of: &[&PriorityShown]) -> Dataset {
    let mut dataset = Dataset::new(format!("{name}-priorities"), title);
    add_named(
        &mut dataset,
        ("priority", "priority"),
        ["Code of the priority", "What is wanted"],
    );
    add_named(
        &mut dataset,
        ("place", "place"),
        ["Code of the place", "Where"],
    );
    let mut text = |name: &str, title: &str, about| {
        dataset.column(name, title, Kind::Text, about);
    };
    text(
        "level",
        "level",
        "strategic: of the whole place; local: of the people there",
    );
    text("need", "why it is needed", "Why it is needed, in words");
    text(
        "status",
        "status",
        "identified, planned, under way, done or withdrawn",
    );
    dataset.column("from", "from", Kind::Day, "From when");
    dataset.column("by", "by", Kind::Day, "By when");
    add_named(
        &mut dataset,
        ("lead", "led by"),
        ["Code of who leads it", "Who leads it"],
    );
    dataset.behind("source", Kind::Text, "Where it is written down");
    dataset.rows = of.iter().map(|one| wish(one)).collect();
    dataset
}

fn wish(one: &PriorityShown) -> Vec<Value> {
    let of = &one.priority;
    let day = |day: Option<jiff::civil::Date>| day.map_or(Value::Nothing, Value::Day);
    let (lead_code, lead) = one.lead.clone().unwrap_or_default();
    vec![
        Value::text(of.name.as_str()),
        Value::text(of.code.as_str()),
        Value::text(one.place.1.as_str()),
        Value::text(one.place.0.as_str()),
        Value::text(of.level.to_string()),
        Value::text(of.need.as_str()),
        Value::text(of.progress.to_string()),
        day(of.from),
        day(of.by),
        Value::text(lead),
        Value::text(lead_code),
        Value::text(of.source.as_str()),
    ]
}

/// A row for each priority and kind of unit, and for what is for no priority.
pub fn units(
    name: &str,
    title: String,
    of: &[&PriorityShown],
    unassigned: &[UnitsShown],
) -> Dataset {
    let mut dataset = Dataset::new(format!("{name}-units"), title);
    add_named(
        &mut dataset,
        ("priority", "priority"),
        [
            "Code of the priority; empty where it is for none",
            "What is wanted",
        ],
    );
    dataset.column("unit", "unit", Kind::Text, "What is counted");
    for (name, about) in [
        ("wanted", "How many are wanted"),
        ("secured", "How many are promised"),
        (
            "received",
            "Of these, how many were given to who holds them",
        ),
        ("provided", "Of these, how many were spent or provided"),
        ("gap", "How many more are wanted than are promised"),
    ] {
        dataset.column(name, name, Kind::Number, about);
    }
    for one in of {
        for units in &one.units {
            let names = [one.priority.name.as_str(), one.priority.code.as_str()];
            dataset.rows.push(row(names, units));
        }
    }
    for units in unassigned {
        dataset.rows.push(row(["for no priority", ""], units));
    }
    dataset
}

fn row(names: [&str; 2], units: &UnitsShown) -> Vec<Value> {
    // Files have no commas in numbers.
    let number = |units: crate::place_plan::Units| Some(units.to_string().replace(',', ""));
    let mut row: Vec<Value> = names.into_iter().map(Value::text).collect();
    row.extend([
        Value::text(units.unit.as_str()),
        Value::number(units.wanted.and_then(number)),
        Value::number(number(units.secured)),
        Value::number(number(units.received)),
        Value::number(number(units.provided)),
        Value::number(units.gap.and_then(number)),
    ]);
    row
}
