//! Figures that a pack expects and that are not there.

use crate::indicator::DataGap;
use crate::report::dataset::{Dataset, Kind, Value};
use crate::report::page::table::table;
use maud::Markup;

/// Every figure that the pack expects and that is not there.
pub(super) fn gaps(gaps: &[DataGap]) -> (Markup, Dataset) {
    let mut dataset = Dataset::new(
        "outcomes-gaps".to_owned(),
        "Figures that are not there, and who owes them".to_owned(),
    );
    dataset.behind("indicator", Kind::Text, "Code of the indicator");
    dataset.column("name", "indicator", Kind::Text, "Its name");
    dataset.column(
        "level",
        "for each",
        Kind::Text,
        "The level at which it ought to be known",
    );
    dataset.column(
        "first",
        "from",
        Kind::Text,
        "The first period that is missing",
    );
    dataset.column("last", "to", Kind::Text, "The last");
    dataset.column(
        "missing",
        "missing",
        Kind::Whole,
        "How many figures are missing",
    );
    dataset.column("expected", "of", Kind::Whole, "How many there ought to be");
    dataset.column(
        "why",
        "why",
        Kind::Text,
        "Suppressed, not available or not collected",
    );
    dataset.column("owed_by", "owed by", Kind::Text, "Who owes them");
    let whole = |number: usize| u64::try_from(number).map_or(Value::Nothing, Value::Whole);
    for gap in gaps {
        dataset.rows.push(vec![
            Value::text(gap.indicator.as_str()),
            Value::text(gap.name.as_str()),
            Value::text(gap.level.replace('-', " ")),
            Value::text(gap.first.to_string()),
            Value::text(gap.last.to_string()),
            whole(gap.missing),
            whole(gap.expected),
            Value::text(gap.status.name()),
            Value::text(gap.owed_by.as_str()),
        ]);
    }
    (table(&dataset, &|_| None), dataset)
}
