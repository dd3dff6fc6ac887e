//! A table of spending as bars.

use super::spending::{SpendRow, SpendTable};
use super::words::counted;
use crate::money::Pence;
use crate::report::content::rounding::parts_in_pounds;
use crate::report::content::{Shown, largest_first};
use crate::report::picture::{Bar, Frame, bars};
use maud::Markup;

/// The rows of a table as bars, in its order, largest first where the order has no meaning.
pub(super) fn bars_of(table: &SpendTable<'_>, id: &str, title: &str) -> Markup {
    let mut rows: Vec<&SpendRow<'_>> = (table.rows.iter())
        .filter(|row| !row.figure.is_nothing())
        .collect();
    if table.axis != "ages" {
        rows.sort_by(|one, other| {
            largest_first(
                (one.figure.sum(), one.code),
                (other.figure.sum(), other.code),
            )
        });
    }
    let amounts: Vec<Pence> = rows.iter().map(|row| row.figure.size()).collect();
    let labels = parts_in_pounds(sum_of_open(table), &amounts);
    let mut told = rows.iter().filter(|row| !row.figure.sum().is_withheld());
    let (first, last) = (told.next(), told.next_back());
    let described = match (first, last.or(first)) {
        (Some(first), Some(last)) if table.axis != "ages" => format!(
            "{}. The longest bar is {} with {}, the shortest {} with {}.",
            counted(rows.len(), "bar", "bars"),
            first.name,
            first.figure.sum_or_zero(),
            last.name,
            last.figure.sum_or_zero()
        ),
        _ => format!(
            "{}, each a sum in pounds.",
            counted(rows.len(), "bar", "bars")
        ),
    };
    let frame = Frame {
        id,
        title,
        description: &described,
        note: Some(
            "Patterns show how each sum is known, as above. Whole pounds, rounded so that they add up; the table has the pennies.",
        ),
        table: Some(&table.name),
    };
    let drawn: Vec<Bar<'_>> = rows
        .iter()
        .zip(labels)
        .map(|(row, label)| {
            let shown = row.figure.sum();
            let label = if matches!(shown, Shown::Known(_)) {
                label
            } else {
                shown.to_string()
            };
            Bar {
                name: row.name,
                shown,
                label,
                composition: row.figure.composition().unwrap_or_default(),
            }
        })
        .collect();
    bars(&frame, &drawn)
}

/// The total of a table, less what may not be shown of it: what the labels of its bars add up to.
fn sum_of_open(table: &SpendTable<'_>) -> Pence {
    if table.rows.iter().any(|row| row.figure.sum().is_withheld()) {
        let open = table.rows.iter().map(|row| row.figure.size());
        Pence::total(open).unwrap_or_default()
    } else {
        table.total.1.size()
    }
}
