//! Quotes that swallow rows: what a record of several lines would be, line by line.

use super::amount;
use super::heading::Columns;
use crate::money::{ExcessDecimals, Pence};
use crate::sheet::split;

/// The lines of a record that read as rows of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Swallowed {
    pub(super) rows: usize,
    /// The sum of their amounts.
    pub(super) pence: i128,
    /// Whether one of them has the amount of the record.
    pub(super) has_counted: bool,
}

/// Reads each line of a record by itself.
///
/// A line reads as a row if it has an amount where the header has it, and a date where the layout
/// wants one. Without a date it must be about as wide as the header, and have another cell.
pub(super) fn swallowed(
    raw: &str,
    delimiter: u8,
    columns: &Columns,
    excess: ExcessDecimals,
    counted: Option<Pence>,
    mut is_date: impl FnMut(&str) -> bool,
) -> Swallowed {
    let mut found = Swallowed::default();
    for line in raw.lines() {
        // Inside a quoted cell two quotes are one.
        let inside = split(&line.replace("\"\"", "\""), delimiter);
        let quoted = split(line, delimiter);
        let plain = line.split(char::from(delimiter)).map(bare).collect();
        let mut row = |cells: Vec<String>| -> Option<Pence> {
            let cell = |column: usize| cells.get(column).map_or("", |cell| bare_str(cell));
            let amount = amount::read(cell(columns.amount), excess).ok()?;
            let fits = match columns.date {
                Some(date) => is_date(cell(date)),
                None => {
                    let filled = cells
                        .iter()
                        .filter(|cell| !bare_str(cell).is_empty())
                        .count();
                    cells.len() + 1 >= columns.width && filled > 1
                }
            };
            fits.then_some(amount.pence)
        };
        if let Some(pence) = row(inside).or_else(|| row(quoted)).or_else(|| row(plain)) {
            found.rows += 1;
            found.has_counted |=
                counted.is_some_and(|counted| counted.get().abs() == pence.get().abs());
            found.pence += i128::from(pence.get());
        }
    }
    found
}

fn bare(cell: &str) -> String {
    bare_str(cell).to_owned()
}

fn bare_str(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || c == '"')
}
