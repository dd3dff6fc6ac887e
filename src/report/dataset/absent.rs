//! What a whole place would have and no ledger holds, as rows of a file.

use super::{Dataset, Kind, Value};
use crate::report::content::{LocalityReport, absent_size};

/// The register of what is absent, in the order of the pack.
pub fn absent(report: &LocalityReport) -> Dataset {
    let mut dataset = Dataset::new(
        "absent".to_owned(),
        format!(
            "Public money of {} that is not in these figures",
            report.whole.name
        ),
    );
    dataset.column("body", "body", Kind::Text, "Whose money it is");
    dataset.column("what", "what for", Kind::Text, "What it is for");
    dataset.column(
        "size_gbp",
        "size, where published",
        Kind::Pounds,
        "How much it is, by order of size; empty where nobody has published it. In no total",
    );
    dataset.column(
        "size_period",
        "of",
        Kind::Text,
        "The time the size is of; `not stated` where the source does not say",
    );
    dataset.column(
        "size_source",
        "source of the size",
        Kind::Text,
        "Publisher, edition, date",
    );
    for one in &report.absent {
        let size = one.size.as_ref();
        let period = size.map(|size| {
            size.period
                .map_or_else(|| "not stated".to_owned(), |period| period.to_string())
        });
        dataset.rows.push(vec![
            Value::text(one.body.as_str()),
            Value::text(one.what.as_str()),
            Value::sum(absent_size(one)),
            Value::text(period.unwrap_or_default()),
            Value::text(size.map_or("", |size| size.source.as_str())),
        ]);
    }
    dataset
}
