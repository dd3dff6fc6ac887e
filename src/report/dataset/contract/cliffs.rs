//! What one event more or less does.

use super::terms::sum;
use crate::report::content::ContractSheet;
use crate::report::dataset::{Dataset, Kind, Value};

/// A row for each count that is drawn.
pub fn cliffs(name: &str, sheet: &ContractSheet) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-cliffs"),
        format!(
            "{}: what the whole contract pays, count by count",
            sheet.name
        ),
    );
    dataset.column("term", "term", Kind::Text, "Name of the term");
    dataset.column(
        "cohort",
        "cohort",
        Kind::Text,
        "People whose results count together",
    );
    dataset.column(
        "year",
        "year",
        Kind::Text,
        "The financial year in which it is paid",
    );
    dataset.behind(
        "baseline",
        Kind::Number,
        "What there would have been by the baseline",
    );
    dataset.behind(
        "pays_from",
        Kind::Whole,
        "The count at which the term just pays; nothing where none makes it pay",
    );
    dataset.column("counted", "if counted", Kind::Whole, "How many are counted");
    dataset.column(
        "which",
        "which",
        Kind::Text,
        "here where it is the count that was reported or is expected, from here where the term just pays",
    );
    dataset.column(
        "pays_gbp",
        "the contract pays",
        Kind::Pounds,
        "What the whole contract pays then",
    );
    for cliff in &sheet.cliffs {
        for step in &cliff.around {
            let is = match (step.count == cliff.at, Some(step.count) == cliff.edge) {
                (true, true) => "here, and pays from here",
                (true, false) => "here",
                (false, true) => "pays from here",
                (false, false) => "",
            };
            dataset.rows.push(vec![
                Value::text(cliff.term.as_str()),
                Value::text(cliff.cohort.as_str()),
                Value::text(cliff.year.as_str()),
                Value::number(Some(&cliff.expected)),
                cliff.edge.map_or(Value::Nothing, Value::Whole),
                Value::Whole(step.count),
                Value::text(is),
                sum(step.pays),
            ]);
        }
    }
    dataset
}
