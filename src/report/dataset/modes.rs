//! What is spent in each way within the members of another axis.

use super::Dataset;
use super::spending::{in_files, spend_cells, spend_fields};
use crate::report::content::{CrossedModes, LocalityReport};

/// A row for each member and mode: sums to the whole place.
pub fn modes_within(
    name: String,
    title: String,
    (report, terms): (&LocalityReport, &str),
    crossed: &CrossedModes,
) -> Dataset {
    let mut dataset = Dataset::new(name, title);
    spend_fields(&mut dataset, &[crossed.axis, "mode"]);
    for row in &crossed.rows {
        let [code, name] = in_files(crossed.axis, &row.member.code, &row.member.name);
        let keys = [
            (&*code, &*name),
            (row.mode.code.as_str(), row.mode.name.as_str()),
        ];
        let cells = spend_cells(report, terms, &keys, &row.figure);
        dataset.rows.push(cells);
    }
    dataset
}
