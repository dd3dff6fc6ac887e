//! Headings: how they are compared, and the columns a header row gives.

use super::{Control, Layout};
use crate::sheet::Cells;
use std::collections::{BTreeMap, BTreeSet};

/// What of a heading counts: its letters and digits, in lower case.
///
/// `œ` is dropped, because it is the pound sign of an old code page read as a newer one.
pub(super) fn normalised(heading: &str) -> String {
    heading
        .chars()
        .filter(|&c| c.is_alphanumeric() && c != 'œ')
        .flat_map(char::to_lowercase)
        .collect()
}

/// The headings a layout and its control totals ask for, ready to be compared.
#[derive(Debug)]
pub(super) struct Headings {
    amount: Vec<String>,
    date: Vec<String>,
    period: Vec<String>,
    codes: Vec<Vec<Vec<String>>>,
    selection: Vec<Wanted>,
    controls: Vec<Vec<Wanted>>,
    /// All of the above but the amount.
    others: BTreeSet<String>,
}

/// The cell texts that a row must have under a heading.
#[derive(Debug)]
struct Wanted {
    heading: String,
    shown: String,
    texts: BTreeSet<String>,
}

impl Wanted {
    fn all(conditions: &BTreeMap<String, Vec<String>>) -> Vec<Self> {
        conditions
            .iter()
            .map(|(heading, texts)| Self {
                heading: normalised(heading),
                shown: heading.clone(),
                texts: texts.iter().map(|text| text.trim().to_owned()).collect(),
            })
            .collect()
    }
}

/// Where each thing stands below a header row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) amount: usize,
    /// The heading of the amount, as the file writes it.
    pub(super) amount_heading: String,
    /// One past the last column that has a heading.
    pub(super) width: usize,
    pub(super) date: Option<usize>,
    pub(super) period: Option<usize>,
    /// The columns of each code name of the layout, in their order; none where the header has no
    /// alternative.
    pub(super) codes: Vec<Vec<usize>>,
    selection: Vec<Option<usize>>,
    controls: Vec<Vec<Option<usize>>>,
}

impl Headings {
    pub(super) fn new(layout: &Layout, controls: &[Control]) -> Self {
        let all = |headings: &[String]| headings.iter().map(|h| normalised(h)).collect::<Vec<_>>();
        let mut headings = Self {
            amount: all(&layout.amount),
            date: all(&layout.date),
            period: all(&layout.period),
            codes: layout
                .codes
                .values()
                .map(|columns| columns.iter().map(|c| all(c.headings())).collect())
                .collect(),
            selection: Wanted::all(&layout.selection),
            controls: controls.iter().map(|c| Wanted::all(&c.selection)).collect(),
            others: BTreeSet::new(),
        };
        let conditions = headings
            .selection
            .iter()
            .chain(headings.controls.iter().flatten());
        headings.others = (headings.date.iter().chain(&headings.period))
            .chain(headings.codes.iter().flatten().flatten())
            .chain(conditions.map(|wanted| &wanted.heading))
            .filter(|heading| !headings.amount.contains(heading))
            .cloned()
            .collect();
        headings
    }

    /// The columns, if this row is a header: it has the heading of the amount and at least one
    /// other that the layout names (none is asked for when it names no other).
    pub(super) fn columns(&self, cells: Cells<'_>) -> Option<Columns> {
        let mut places = BTreeMap::<String, usize>::new();
        for (column, cell) in cells.iter().enumerate() {
            // Longer text is a cell of data, and comparing it would be a waste.
            if cell.len() <= 200 {
                places.entry(normalised(cell)).or_insert(column);
            }
        }
        let first = |alternatives: &[String]| {
            alternatives
                .iter()
                .find_map(|heading| places.get(heading).copied())
        };
        let amount = first(&self.amount)?;
        let another = self
            .others
            .iter()
            .any(|heading| places.contains_key(heading));
        if !another && !self.others.is_empty() {
            return None;
        }
        let join = |headings: &Vec<String>| {
            headings
                .iter()
                .map(|heading| places.get(heading).copied())
                .collect::<Option<Vec<_>>>()
        };
        let place = |wanted: &Wanted| places.get(&wanted.heading).copied();
        Some(Columns {
            amount,
            amount_heading: cells.trimmed(amount).to_owned(),
            width: (0..cells.len())
                .rev()
                .find(|&column| !cells.trimmed(column).is_empty())
                .map_or(0, |last| last + 1),
            date: first(&self.date),
            period: first(&self.period),
            codes: self
                .codes
                .iter()
                .map(|alternatives| alternatives.iter().find_map(join).unwrap_or_default())
                .collect(),
            selection: self.selection.iter().map(place).collect(),
            controls: self
                .controls
                .iter()
                .map(|conditions| conditions.iter().map(place).collect())
                .collect(),
        })
    }

    /// The cells of a row that look like headings of amounts, if the row has another heading of
    /// the layout: for the message that there is no amount. A row of payments has none, so that
    /// no payee can get into it.
    pub(super) fn near_amount(&self, cells: Cells<'_>) -> Option<Vec<String>> {
        let headings: BTreeSet<String> = cells.iter().map(normalised).collect();
        self.others
            .iter()
            .any(|other| headings.contains(other))
            .then(|| {
                let mut near: Vec<String> = self
                    .amount
                    .iter()
                    .flat_map(|wanted| crate::axis::nearest(wanted, cells.iter().map(str::trim)))
                    .collect();
                near.sort();
                near.dedup();
                near
            })
    }

    /// The first heading of the selection that a header does not have.
    pub(super) fn unselectable(&self, columns: &Columns) -> Option<&str> {
        (self.selection.iter().zip(&columns.selection))
            .find_map(|(wanted, column)| column.is_none().then_some(wanted.shown.as_str()))
    }

    /// Whether a row is a line of the ledger by its `where`.
    pub(super) fn selects(&self, columns: &Columns, cells: Cells<'_>) -> bool {
        meets(&self.selection, &columns.selection, cells)
    }

    /// The control totals, by index, to which a line counts.
    pub(super) fn controls_of<'a>(
        &'a self,
        columns: &'a Columns,
        cells: Cells<'a>,
    ) -> impl Iterator<Item = usize> + 'a {
        (self.controls.iter().zip(&columns.controls).enumerate())
            .filter(move |(_, (wanted, places))| meets(wanted, places, cells))
            .map(|(control, _)| control)
    }
}

fn meets(wanted: &[Wanted], places: &[Option<usize>], cells: Cells<'_>) -> bool {
    wanted.iter().zip(places).all(|(wanted, place)| {
        place.is_some_and(|column| wanted.texts.contains(cells.trimmed(column)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Row;

    #[test]
    fn headings_are_compared_by_letters_and_digits() {
        for heading in [
            "Net Amount(£)",
            "Net Amount (œ)",
            "* net amount:  ",
            "NetAmount",
        ] {
            assert_eq!(normalised(heading), "netamount");
        }
        assert_eq!(normalised("+"), "");
    }

    #[test]
    fn the_first_alternative_and_the_first_column_win() {
        let layout: Layout = toml::from_str(
            "amount = ['Net', 'Gross']\ndate = ['Paid']\ncodes.activity = [{ join = ['A', 'X'] }, { join = ['B', 'A'] }]",
        )
        .unwrap();
        let headings = Headings::new(&layout, &[]);
        let row = Row::from(&["A", "Gross", "NET ", "net", "b", "paid"][..]);
        let columns = headings.columns(row.cells()).unwrap();
        assert_eq!((columns.amount, columns.date), (2, Some(5)));
        assert_eq!(columns.codes, [[4, 0]]);
        let other = Row::from(&["Net", "other"][..]);
        assert!(headings.columns(other.cells()).is_none());
    }
}
