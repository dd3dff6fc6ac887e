//! What one event more or less does: a picture for each cliff.

use crate::report::content::{CliffShown, ContractSheet};
use crate::report::dataset::{Dataset, cliffs};
use crate::report::page::table::table;
use crate::report::page::words::counted;
use crate::report::picture::{Frame, Step, cliff};
use maud::{Markup, html};

/// Pictures, and their table; nothing of a contract without a cliff.
pub(super) fn pictures(name: &str, sheet: &ContractSheet) -> Option<(Markup, Dataset)> {
    if sheet.cliffs.is_empty() {
        return None;
    }
    let dataset = cliffs(name, sheet);
    let here = match sheet.cliffs_are_reported {
        true => "as reported",
        false => "as expected",
    };
    let markup = html! {
        h2 { "One event more or less" }
        p { "A term with a threshold or a hurdle that pays from the first event on jumps there: one event decides about all of it. Each picture has what the whole contract pays, with everything else as it is." }
        @for (number, one) in sheet.cliffs.iter().enumerate() { (picture(number, one, here, &dataset.name)) }
        details {
            summary { "The same as a table (" (counted(dataset.rows.len(), "row", "rows")) ")" }
            (table(&dataset, &|_| None))
        }
    };
    Some((markup, dataset))
}

fn picture(number: usize, one: &CliffShown, here: &str, table: &str) -> Markup {
    let steps: Vec<Step> = (one.around.iter())
        .map(|step| Step {
            count: step.count,
            pays: step.pays,
            is_here: step.count == one.at,
        })
        .collect();
    let words = in_words(one);
    let frame = Frame {
        id: &format!("cliff-{}", number + 1),
        title: &format!("{}: cohort {}, {}", one.term, one.cohort, one.year),
        description: &words,
        note: Some(&words),
        table: Some(table),
    };
    cliff(&frame, &steps, here)
}

/// Where it jumps, and what one event on each side of the count does.
fn in_words(one: &CliffShown) -> String {
    let pays_at = |count: Option<u64>| {
        let count = count?;
        let step = one.around.iter().find(|step| step.count == count)?;
        Some(format!("{} for {count}", step.pays))
    };
    let sides = [one.at.checked_sub(1), Some(one.at), one.at.checked_add(1)];
    let sides: Vec<String> = sides.into_iter().filter_map(pays_at).collect();
    let edge = match one.edge {
        Some(edge) => format!("The term pays at {edge} and better, {} there", one.pays),
        None => "No count makes the term pay".to_owned(),
    };
    format!(
        "Counted: {}. By the baseline there would be {}. {edge}. The whole contract pays {}.",
        one.counts,
        one.expected,
        sides.join(", ")
    )
}
