//! Every step from the files to the whole place, as rows of a file.

use super::{Dataset, Kind, Value};
use crate::money::Pence;
use crate::reconciliation::Reconciliation;
use crate::report::content::Shown;

/// Each step: in, every named difference, out.
pub fn reconciliation(statement: &Reconciliation) -> Dataset {
    let mut dataset = Dataset::new(
        "reconciliation".to_owned(),
        "Every step, from the files to the whole place".to_owned(),
    );
    dataset.column("number", "step", Kind::Whole, "Number of the step");
    dataset.column("step", "what it is", Kind::Text, "Name of the step");
    dataset.column(
        "item",
        "item",
        Kind::Text,
        "in, the name of a difference, out, or unexplained",
    );
    dataset.column(
        "amount_gbp",
        "amount",
        Kind::Pounds,
        "The sum; in and differences add up to out",
    );
    dataset.column("holds", "holds", Kind::Text, "Whether they do");
    for (number, step) in (1..).zip(&statement.steps) {
        let mut row = |item: &str, sum: Pence| {
            dataset.rows.push(vec![
                Value::Whole(number),
                Value::text(step.name.as_str()),
                Value::text(item),
                Value::sum(Shown::of_sum(sum)),
                Value::text(if step.holds() { "yes" } else { "no" }),
            ]);
        };
        row("in", step.incoming);
        for difference in &step.differences {
            row(&difference.name, difference.pence);
        }
        row("out", step.outgoing);
        if !step.holds() {
            row(
                "unexplained",
                Pence::from_wide(step.unexplained()).unwrap_or_default(),
            );
        }
    }
    dataset
}
