//! Families with many services as rows of files: numbers rounded down, and no group of few.

use super::registered::{pounds, pounds_if};
use super::{Dataset, Kind, Value};
use crate::report::content::FamiliesSheet;

/// What every number of them is.
const AT_LEAST: &str =
    "How many at least: rounded down to a multiple of the fewest that may be told";

/// What numbers of those known to one alone are.
const AT_MOST: &str = "How many at most; empty where that is not told";

fn whole(number: Option<u64>) -> Value {
    number.map_or(Value::Nothing, Value::Whole)
}

/// A row for each number of agencies.
pub fn family_numbers(sheet: &FamiliesSheet) -> Dataset {
    let title = format!(
        "{} by how many agencies know them, {}",
        sheet.unit, sheet.period
    );
    let mut dataset = Dataset::new("families-by-agencies".to_owned(), title);
    dataset.column("known_to", "known to", Kind::Text, "To how many agencies");
    dataset.column("at_least", "at least", Kind::Whole, AT_LEAST);
    dataset.column("at_most", "at most", Kind::Whole, AT_MOST);
    dataset.rows = (sheet.by_agencies.iter())
        .map(|(known, least, most)| vec![Value::text(known.as_str()), whole(*least), whole(*most)])
        .collect();
    dataset
}

/// A row an agency.
pub fn family_agencies(sheet: &FamiliesSheet) -> Dataset {
    let title = format!("{} that each agency knows, {}", sheet.unit, sheet.period);
    let mut dataset = Dataset::new("families-agencies".to_owned(), title);
    dataset.column("agency", "agency", Kind::Text, "Whose list it is");
    dataset.column("service", "service", Kind::Text, "What it does for them");
    dataset.column("at_least", "at least", Kind::Whole, AT_LEAST);
    dataset.column(
        "shared_at_least",
        "others know too, at least",
        Kind::Whole,
        "How many of those other agencies know too, at least",
    );
    dataset.column("alone_at_most", "alone, at most", Kind::Whole, AT_MOST);
    dataset.rows = (sheet.agencies.iter())
        .map(|one| {
            vec![
                Value::text(one.known.agency.as_str()),
                Value::text(one.service.as_str()),
                whole(one.known.at_least),
                Value::Whole(one.known.shared_at_least),
                whole(one.known.alone_at_most),
            ]
        })
        .collect();
    dataset
}

/// A row for each two agencies that know some both.
pub fn family_pairs(sheet: &FamiliesSheet) -> Dataset {
    let title = format!(
        "{} known to two agencies both, {}",
        sheet.unit, sheet.period
    );
    let mut dataset = Dataset::new("families-pairs".to_owned(), title);
    dataset.column("agency", "agency", Kind::Text, "One agency");
    dataset.column("other", "and", Kind::Text, "The other");
    dataset.column("at_least", "at least", Kind::Whole, AT_LEAST);
    dataset.rows = (sheet.pairs.iter())
        .map(|(one, other, number)| {
            vec![
                Value::text(one.as_str()),
                Value::text(other.as_str()),
                Value::Whole(*number),
            ]
        })
        .collect();
    dataset
}

/// A row for each group that is told, with what it costs.
pub fn family_groups(sheet: &FamiliesSheet) -> Dataset {
    let title = format!("What {} cost together, {}", sheet.unit, sheet.period);
    let mut dataset = Dataset::new("families-groups".to_owned(), title);
    dataset.column(
        "agencies",
        "known to just",
        Kind::Text,
        "The agencies that know them, and no others do",
    );
    dataset.column("at_least", "at least", Kind::Whole, AT_LEAST);
    dataset.column(
        "together_gbp",
        "cost a year together",
        Kind::Pounds,
        "What so many cost in a year, by those agencies whose cost is told",
    );
    dataset.column(
        "without",
        "without the cost of",
        Kind::Text,
        "Agencies of the group whose cost is not known, or not told",
    );
    for group in &sheet.costs.groups {
        let costs = group.agencies.iter().zip(&group.each);
        let without = costs.filter(|(_, cost)| cost.is_none());
        let without: Vec<&str> = without.map(|(agency, _)| agency.as_str()).collect();
        dataset.rows.push(vec![
            Value::text(group.agencies.join(" + ")),
            Value::Whole(group.at_least),
            pounds(group.together),
            Value::text(without.join(", ")),
        ]);
    }
    dataset
}

/// A row for what one costs an agency.
pub fn family_costs(sheet: &FamiliesSheet) -> Dataset {
    let title = "What one costs an agency in a year".to_owned();
    let mut dataset = Dataset::new("families-costs".to_owned(), title);
    dataset.column("agency", "agency", Kind::Text, "Whose cost it is");
    dataset.column(
        "one_gbp",
        "one costs",
        Kind::Pounds,
        "What one costs it in a year; empty where that is not known, or not told",
    );
    dataset.column("by", "by", Kind::Text, "How that is known");
    dataset.rows = (sheet.agencies.iter())
        .map(|one| {
            vec![
                Value::text(one.known.agency.as_str()),
                pounds_if(one.one),
                Value::text(one.by.as_str()),
            ]
        })
        .collect();
    dataset
}
