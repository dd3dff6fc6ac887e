//! Headings: how they are compared, and the columns a header row gives.

use super::qualifiers::{Qualifiers, Qualifying};
use super::{Control, Layout};
use crate::sheet::{Cells, Found, Name, Names, normalised};
use std::collections::{BTreeMap, BTreeSet};

/// The headings a layout and its control totals ask for, ready to be compared.
#[derive(Debug)]
pub(super) struct Headings {
    amount: Vec<Name>,
    date: Vec<Name>,
    period: Vec<Name>,
    reference: Vec<Name>,
    codes: Vec<Vec<Vec<Name>>>,
    selection: Vec<Wanted>,
    where_not: Vec<Wanted>,
    controls: Vec<Vec<Wanted>>,
    pub(super) qualifiers: Qualifiers,
    /// All of the above but the amount.
    others: Vec<Name>,
}

/// The cell texts that a row must have under a heading, or must not have.
#[derive(Debug)]
struct Wanted {
    heading: Name,
    texts: BTreeSet<String>,
}

impl Wanted {
    fn all(conditions: &BTreeMap<String, Vec<String>>, layout: &Layout) -> Vec<Self> {
        conditions
            .iter()
            .map(|(heading, texts)| Self {
                heading: named(heading, layout),
                texts: texts.iter().map(|text| text.trim().to_owned()).collect(),
            })
            .collect()
    }

    fn nearly(&self, cell: &str) -> Option<(&str, &str)> {
        let letters = normalised(cell);
        let near = |text: &&String| !letters.is_empty() && normalised(text) == letters;
        let text = self.texts.iter().find(near)?;
        Some((self.heading.shown(), text))
    }
}

/// A heading of a layout.
fn named(heading: &str, layout: &Layout) -> Name {
    Name::new(heading, layout.occurrence.get(heading).copied())
}

/// Where each thing stands below a header row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) amount: usize,
    /// The heading of the amount, as the file writes it.
    pub(super) amount_heading: String,
    /// One past the last column that has a heading.
    pub(super) width: usize,
    /// How many headings there are.
    pub(super) headings: usize,
    /// How many cells the header row has, those without a heading included.
    pub(super) cells: usize,
    /// Whether the heading after that of the amount is one of money too.
    pub(super) money_follows: bool,
    pub(super) date: Option<usize>,
    pub(super) period: Option<usize>,
    pub(super) reference: Option<usize>,
    /// The columns of each code name of the layout, in their order; none where the header has no
    /// alternative.
    pub(super) codes: Vec<Vec<usize>>,
    /// What changes the meaning of an amount.
    pub(super) qualifiers: Qualifying,
    /// Headings of the layout that several columns fit, with what these are called.
    pub(super) fit_twice: Vec<(String, Vec<String>)>,
    pub(super) selection: Vec<Option<usize>>,
    pub(super) where_not: Vec<Option<usize>>,
    pub(super) controls: Vec<Vec<Option<usize>>>,
}

impl Columns {
    /// Each column that something is read from.
    pub(super) fn read_from(&self) -> impl Iterator<Item = usize> + '_ {
        let others = [self.date, self.period, self.reference];
        std::iter::once(self.amount)
            .chain(others.into_iter().flatten())
            .chain(self.codes.iter().flatten().copied())
            .chain(self.qualifiers.named())
            .chain(self.selection.iter().flatten().copied())
            .chain(self.where_not.iter().flatten().copied())
            .chain(self.controls.iter().flatten().flatten().copied())
    }
}

impl Headings {
    pub(super) fn new(layout: &Layout, controls: &[Control]) -> Self {
        let all = |headings: &[String]| -> Vec<Name> {
            headings.iter().map(|h| named(h, layout)).collect()
        };
        let mut headings = Self {
            amount: all(&layout.amount),
            date: all(&layout.date),
            period: all(&layout.period),
            reference: all(&layout.reference),
            codes: layout
                .codes
                .values()
                .map(|columns| columns.iter().map(|c| all(c.headings())).collect())
                .collect(),
            selection: Wanted::all(&layout.selection, layout),
            where_not: Wanted::all(&layout.where_not, layout),
            controls: controls
                .iter()
                .map(|c| Wanted::all(&c.selection, layout))
                .collect(),
            qualifiers: Qualifiers::new(layout, |heading| named(heading, layout)),
            others: Vec::new(),
        };
        let conditions = headings
            .selection
            .iter()
            .chain(&headings.where_not)
            .chain(headings.controls.iter().flatten());
        headings.others = (headings.date.iter().chain(&headings.period))
            .chain(headings.codes.iter().flatten().flatten())
            .chain(&headings.reference)
            .chain(headings.qualifiers.names())
            .chain(conditions.map(|wanted| &wanted.heading))
            .filter(|heading| !headings.amount.contains(heading))
            .cloned()
            .collect();
        headings
    }

    /// The columns, if this row is a header: it has the heading of the amount and at least one
    /// other that the layout names (none is asked for when it names no other).
    pub(super) fn columns(&self, cells: Cells<'_>) -> Option<Columns> {
        let names = Names::of(cells.iter());
        if !self.amount.iter().any(|name| names.has(name)) {
            return None;
        }
        let mut fit_twice: Vec<(String, Vec<String>)> = Vec::new();
        let mut place = |name: &Name| {
            let found = names.find(name);
            if let Found::Several(columns) = &found
                && !fit_twice.iter().any(|(known, _)| known == name.shown())
            {
                let shown = columns
                    .iter()
                    .map(|&at| format!("`{}` (column {})", names.shown(at), at + 1));
                fit_twice.push((name.shown().to_owned(), shown.collect()));
            }
            found.first()
        };
        let mut first = |alternatives: &[Name]| {
            let name = alternatives.iter().find(|name| names.has(name))?;
            place(name)
        };
        let amount = first(&self.amount)?;
        let another = self.others.iter().any(|heading| names.has(heading));
        if !another && !self.others.is_empty() {
            return None;
        }
        let (date, period) = (first(&self.date), first(&self.period));
        let reference = first(&self.reference);
        let mut join = |headings: &Vec<Name>| {
            let all = headings.iter().all(|heading| names.has(heading));
            all.then(|| headings.iter().map(&mut place).collect::<Option<Vec<_>>>())
                .flatten()
        };
        let codes = (self.codes.iter())
            .map(|alternatives| alternatives.iter().find_map(&mut join).unwrap_or_default())
            .collect();
        let selection = (self.selection.iter())
            .map(|wanted| place(&wanted.heading))
            .collect();
        let where_not = (self.where_not.iter())
            .map(|unwanted| place(&unwanted.heading))
            .collect();
        let controls = (self.controls.iter())
            .map(|conditions| conditions.iter().map(|w| place(&w.heading)).collect())
            .collect();
        let qualifiers = self.qualifiers.columns(&names, &mut place);
        Some(Columns {
            amount,
            amount_heading: cells.trimmed(amount).to_owned(),
            width: (0..cells.len())
                .rev()
                .find(|&column| !cells.trimmed(column).is_empty())
                .map_or(0, |last| last + 1),
            headings: (0..cells.len())
                .filter(|&column| !cells.trimmed(column).is_empty())
                .count(),
            cells: cells.len(),
            money_follows: is_money(cells.trimmed(amount + 1)),
            date,
            period,
            reference,
            codes,
            qualifiers,
            fit_twice,
            selection,
            where_not,
            controls,
        })
    }

    /// Whether a cell is a heading of the amount.
    pub(super) fn is_amount(&self, cell: &str) -> bool {
        let names = Names::of(std::iter::once(cell));
        self.amount.iter().any(|name| names.has(name))
    }

    /// The cells of a row that look like headings of amounts, if the row has another heading of
    /// the layout: for the message that there is no amount. A row of payments has none, so that
    /// no payee can get into it.
    pub(super) fn near_amount(&self, cells: Cells<'_>) -> Option<Vec<String>> {
        let names = Names::of(cells.iter());
        self.others.iter().any(|other| names.has(other)).then(|| {
            let mut near: Vec<String> = self
                .amount
                .iter()
                .flat_map(|wanted| {
                    let letters = normalised(wanted.shown());
                    crate::axis::nearest(&letters, cells.iter().map(str::trim))
                })
                .collect();
            near.sort();
            near.dedup();
            near
        })
    }

    /// The first heading of the selection that a header does not have, with the key of the layout
    /// that names it.
    pub(super) fn unselectable(&self, columns: &Columns) -> Option<(&'static str, &str)> {
        let wanted = self.selection.iter().zip(&columns.selection);
        let unwanted = self.where_not.iter().zip(&columns.where_not);
        (wanted.map(|pair| ("where", pair)))
            .chain(unwanted.map(|pair| ("where_not", pair)))
            .find_map(|(key, (wanted, column))| {
                column.is_none().then_some((key, wanted.heading.shown()))
            })
    }

    /// Whether a row is a line of the ledger by its `where` and `where_not`.
    pub(super) fn selects(&self, columns: &Columns, cells: Cells<'_>) -> bool {
        meets(&self.selection, &columns.selection, cells)
            && (self.where_not.is_empty() || self.unwanted(columns, cells).next().is_none())
    }

    /// Whether a text is one that the condition of `where` of that number wants.
    pub(super) fn selection_wants(&self, condition: usize, text: &str) -> bool {
        (self.selection.get(condition)).is_some_and(|wanted| wanted.texts.contains(text))
    }

    /// Whether a text is one that a condition of a control total wants.
    pub(super) fn control_wants(&self, control: usize, condition: usize, text: &str) -> bool {
        let conditions = self.controls.get(control);
        let wanted = conditions.and_then(|conditions| conditions.get(condition));
        wanted.is_some_and(|wanted| wanted.texts.contains(text))
    }

    /// The heading and text of `where_not` that a text in a column is.
    pub(super) fn unwanted_text(
        &self,
        columns: &Columns,
        column: usize,
        text: &str,
    ) -> Option<(&str, &str)> {
        let mut unwanted = self.where_not.iter().zip(&columns.where_not);
        unwanted.find_map(|(unwanted, at)| {
            let text = (*at == Some(column)).then(|| unwanted.texts.get(text))??;
            Some((unwanted.heading.shown(), text.as_str()))
        })
    }

    /// Each heading and text of `where_not` by which a row is no line.
    pub(super) fn unwanted<'a>(
        &'a self,
        columns: &'a Columns,
        cells: Cells<'a>,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let unwanted = self.where_not.iter().zip(&columns.where_not);
        unwanted.filter_map(move |(unwanted, column)| {
            let text = unwanted.texts.get(cells.trimmed((*column)?))?;
            Some((unwanted.heading.shown(), text.as_str()))
        })
    }

    /// Each heading of `where_not` with the cell that a row has there.
    pub(super) fn not_unwanted<'b>(
        &self,
        columns: &Columns,
        cells: Cells<'b>,
    ) -> impl Iterator<Item = (usize, &'b str)> {
        (columns.where_not.iter().enumerate())
            .filter_map(move |(place, column)| Some((place, cells.trimmed((*column)?))))
    }

    /// The place of the first heading of the selection whose text a row does not have, and what it
    /// has instead.
    pub(super) fn first_unmet<'b>(
        &self,
        columns: &Columns,
        cells: Cells<'b>,
    ) -> Option<(usize, &'b str)> {
        let mut all = self.selection.iter().zip(&columns.selection).enumerate();
        all.find_map(|(place, (wanted, column))| {
            let cell = cells.trimmed((*column)?);
            (!wanted.texts.contains(cell)).then_some((place, cell))
        })
    }

    /// The wanted text that a cell is but for signs, blanks and capitals, with its heading.
    pub(super) fn nearly(&self, place: usize, cell: &str) -> Option<(&str, &str)> {
        self.selection.get(place)?.nearly(cell)
    }

    /// The text of `where_not` that a cell is but for signs, blanks and capitals, with its heading.
    pub(super) fn nearly_unwanted(&self, place: usize, cell: &str) -> Option<(&str, &str)> {
        self.where_not.get(place)?.nearly(cell)
    }

    /// The heading of each condition of a control total, with its column.
    pub(super) fn of_controls<'a>(
        &'a self,
        columns: &'a Columns,
    ) -> impl Iterator<Item = (&'a str, Option<usize>)> {
        let conditions = self.controls.iter().flatten();
        let mut known: Vec<&str> = Vec::new();
        (conditions.zip(columns.controls.iter().flatten()))
            .map(|(wanted, column)| (wanted.heading.shown(), *column))
            .filter(move |(heading, _)| {
                let new = !known.contains(heading);
                known.push(heading);
                new
            })
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

/// Whether a heading is one of money: what stands there may be an amount of its own.
fn is_money(heading: &str) -> bool {
    const WORDS: [&str; 14] = [
        "amount", "vat", "gross", "net", "total", "value", "price", "balance", "cost", "paid",
        "tax", "credit", "debit", "sum",
    ];
    let heading = heading.to_lowercase();
    heading.contains('£') || WORDS.iter().any(|word| heading.contains(word))
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
    fn the_first_alternative_wins_and_two_columns_that_fit_are_told() {
        let layout: Layout = toml::from_str(
            "amount = ['Net', 'Gross']\ndate = ['Paid']\ncodes.activity = [{ join = ['A', 'X'] }, { join = ['B', 'A'] }]",
        )
        .unwrap();
        let headings = Headings::new(&layout, &[]);
        let row = Row::from(&["A", "Gross", "NET ", "net", "b", "paid"][..]);
        let columns = headings.columns(row.cells()).unwrap();
        assert_eq!((columns.amount, columns.date), (2, Some(5)));
        assert_eq!(columns.fit_twice.len(), 1);
        assert_eq!(columns.codes, [[4, 0]]);
        let other = Row::from(&["Net", "other"][..]);
        assert!(headings.columns(other.cells()).is_none());
    }
}
