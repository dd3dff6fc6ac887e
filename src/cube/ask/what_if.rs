//! What an answer would be under other sharing rules, beside what it is.

use super::answer::{Answer, Figure, KeyPart, Saying, csv_key};
use crate::money::{MoneyError, Pence, Units};
use crate::sheet::{CsvCell, CsvFile};
use crate::table::{Align, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A sum under the pack's own rules and under others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Change {
    /// Under the pack's own rules.
    pub own: Pence,
    /// Under the others.
    pub what_if: Pence,
    /// By how much the others make it more.
    pub difference: Pence,
}

impl Change {
    fn of(own: Pence, what_if: Pence) -> Result<Self, MoneyError> {
        let difference = i128::from(what_if.get()) - i128::from(own.get());
        Ok(Self {
            own,
            what_if,
            difference: Pence::from_wide(difference)?,
        })
    }
}

/// A row under both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChangedRow {
    /// The member of each drilled axis.
    pub keys: Vec<Arc<KeyPart>>,
    /// What it comes to.
    pub change: Change,
}

/// An answer under other sharing rules than the pack's own, with the difference that they make.
///
/// It is no figure of the account, so it never stands alone: whoever prints it, or writes it as CSV or JSON,
/// writes the pack's own figure with it.
///
/// # Example
///
/// ```
/// use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
/// let place = Place::open("examples/data/shropshire")?;
/// let cube = Cube::build(&PlaceAccount::load(&place)?)?;
/// let youth_justice = cube
///     .ask()
///     .activity("youth-justice")
///     .locality("Ludlow")
///     .period("2017-18".parse()?)
///     .phase(Phase::Outturn)
///     .boundary(Boundary::AllPartners);
/// let by_households = youth_justice.under(&place.alternative("by-households")?)?;
/// assert_eq!(by_households.total.own.to_string(), "£4,236.66");
/// assert!(by_households.to_string().starts_with("WHAT IF: everything by households · activity youth-justice"));
/// let (own, what_if) = (by_households.total.own.get(), by_households.total.what_if.get());
/// assert_eq!(by_households.total.difference.get(), what_if - own);
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WhatIf {
    /// The rules that were tried, in words.
    pub what_if: String,
    /// The answer under them.
    pub answer: Answer,
    /// The answer under the pack's own.
    pub own: Answer,
    /// The total under both.
    pub total: Change,
    /// The rows of both, in the order of the answer under the others; behind them those that have money under
    /// the pack's own only.
    pub rows: Vec<ChangedRow>,
}

impl WhatIf {
    /// Sets an answer under other rules beside the one under the pack's own.
    pub(super) fn new(what_if: &str, answer: Answer, own: Answer) -> Result<Self, MoneyError> {
        let mut found: BTreeMap<&[Arc<KeyPart>], Pence> = (own.rows.iter())
            .map(|row| (row.keys.as_slice(), row.figure.amount))
            .collect();
        let mut rows = Vec::with_capacity(answer.rows.len().max(found.len()));
        for row in &answer.rows {
            let own = found.remove(row.keys.as_slice()).unwrap_or_default();
            rows.push(ChangedRow {
                keys: row.keys.clone(),
                change: Change::of(own, row.figure.amount)?,
            });
        }
        for (keys, own) in found {
            rows.push(ChangedRow {
                keys: keys.to_vec(),
                change: Change::of(own, Pence::ZERO)?,
            });
        }
        Ok(Self {
            what_if: what_if.to_owned(),
            total: Change::of(own.total.amount, answer.total.amount)?,
            rows,
            answer,
            own,
        })
    }

    /// Both as a table for people, in pounds and pence.
    #[must_use]
    pub fn table(&self) -> Table {
        self.said(Saying::InPounds)
    }

    /// The same in thousands or millions of pounds: the rows of each column add up to its total, and each
    /// difference is that of the two sums before it, as they are said.
    #[must_use]
    pub fn in_units(&self, units: Units) -> Table {
        self.said(Saying::In(units))
    }

    fn said(&self, saying: Saying) -> Table {
        let question = self.answer.title();
        let mut table = Table::new(format!("WHAT IF: {} · {question}", self.what_if));
        for axis in &self.answer.axes {
            table.column(axis, Align::Left);
        }
        if self.answer.axes.is_empty() {
            table.column("", Align::Left);
        }
        table.column(&saying.heading("the pack's rules"), Align::Right);
        table.column(&saying.heading("what if"), Align::Right);
        table.column(&saying.heading("difference"), Align::Right);
        table.column("what if is known", Align::Left);
        let drilled = || self.rows.iter().filter(|row| !row.keys.is_empty());
        let column = |of: fn(&Change) -> Pence| {
            let rows: Vec<Pence> = drilled().map(|row| of(&row.change)).collect();
            let total = of(&self.total);
            let mut sums = saying.rounded(total, &rows);
            sums.push(saying.rounded(total, &[total])[0]);
            sums
        };
        let (own, what_if) = (column(|change| change.own), column(|change| change.what_if));
        let mut lines = own.into_iter().zip(what_if);
        let mut push = |mut cells: Vec<String>, figure: Option<&Figure>, of: &Change| {
            let (own, what_if) = lines.next().unwrap_or_default();
            cells.push(saying.written(own, of.own));
            cells.push(saying.written(what_if, of.what_if));
            cells.push(saying.written(what_if - own, of.difference));
            cells.push(figure.map_or_else(
                || "nothing".to_owned(),
                |figure| figure.composition.in_words(),
            ));
            table.row(cells);
        };
        let figures = self.answer.rows.iter().map(|row| Some(&row.figure));
        for (row, figure) in self.rows.iter().zip(figures.chain(std::iter::repeat(None))) {
            if row.keys.is_empty() {
                continue;
            }
            let names = row.keys.iter().map(|part| part.name.clone());
            push(names.collect(), figure, &row.change);
        }
        let mut total = vec![String::new(); self.answer.axes.len().max(1)];
        "Total".clone_into(&mut total[0]);
        push(total, Some(&self.answer.total), &self.total);
        table.note(&format!(
            "This asks what if: {}. It is no figure of the account; that of the pack's own rules stands beside it.",
            self.what_if
        ));
        if let Saying::In(units) = saying {
            table.note(&format!(
                "Amounts in {}, rounded so that rows add up to the total.",
                units.heading()
            ));
        }
        for note in &self.answer.notes {
            table.note(note);
        }
        table
    }

    /// The rows as CSV: the code of each drilled axis, what was tried, and in pounds what it comes to, what the
    /// pack's own rules come to, and the difference; the total last, under `total`.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut file = CsvFile::default();
        let axes = self.answer.axes.iter().map(String::as_str);
        let sums = ["what_if", "amount", "own_amount", "difference"];
        file.row(axes.chain(sums).map(CsvCell::text));
        let sums = |change: &Change| {
            [change.what_if, change.own, change.difference]
                .map(|sum| CsvCell::figure(sum.to_plain()))
        };
        for row in self.rows.iter().filter(|row| !row.keys.is_empty()) {
            let keys = row.keys.iter().map(|part| csv_key(part));
            let tried = [CsvCell::text(self.what_if.as_str())];
            file.row(keys.chain(tried).chain(sums(&row.change)));
        }
        let total =
            (0..self.answer.axes.len()).map(|i| CsvCell::text(if i == 0 { "total" } else { "" }));
        let tried = [CsvCell::text(self.what_if.as_str())];
        file.row(total.chain(tried).chain(sums(&self.total)));
        file.into_text()
    }
}

impl fmt::Display for WhatIf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}
