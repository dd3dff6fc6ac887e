//! The answer: rows, totals, and how each figure is known.

mod figure;
mod per_head;
mod months;
pub mod in_kind;
pub mod labels;
mod json;
mod csv;
mod frame;

pub use csv::key as csv_key;
pub use figure::{Composition, Figure, PerHead};
pub use in_kind::InKindShown;
pub use months::MonthsOfRows;
pub use per_head::Residents;

use crate::account::AskedMonths;
use crate::axis::Gap;
use crate::cube::ask::plan::Memorandum;
use crate::driver::Basis;
use crate::money::{Pence, Units};
use crate::reconciliation::Reconciliation;
use crate::table::{Align, Table};
use json::{WrittenAnswer, WrittenRow};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// An answer.
///
/// Rows sum to the total, each figure's composition sums to its amount, and every subtotal of the
/// outer axes is what a question without the inner ones gives. Prints as a table; serialises
/// with amounts as strings of pounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "WrittenAnswer", from = "WrittenAnswer")]
#[non_exhaustive]
pub struct Answer {
    /// The question in words, axis by axis.
    pub question: BTreeMap<String, String>,
    /// The axes it is drilled by, outermost first.
    pub axes: Vec<String>,
    /// A row for each combination of members that has money; one row without keys when nothing
    /// is drilled by.
    pub rows: Vec<Row>,
    /// The slice.
    pub total: Figure,
    /// Everything of the phase outside the slice, when it was asked for.
    pub complement: Option<Figure>,
    /// What is given in kind, counted and not valued, that lies in the slice or may.
    pub in_kind: Vec<InKindShown>,
    /// What the drivers follow that may have shared its money, as far as the pack says: where people
    /// live, where it happens, or both. None where nothing is shared.
    pub bases: BTreeSet<Basis>,
    /// Why the answer is nothing, when it is.
    pub emptiness: Option<Emptiness>,
    /// Of which months of the period ledgers have lines, where some have not all; the first notes
    /// say it in words.
    pub months: Option<Arc<AskedMonths>>,
    /// What must be said with the figures.
    pub notes: Vec<String>,
    /// From the files to this answer.
    pub reconciliation: Reconciliation,
}

/// Why an answer is nothing. (That there is no such member is an error.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Emptiness {
    /// No line lies in the slice.
    NothingRecorded,
    /// Lines lie in the slice, and they are zero or cancel out.
    RecordedZero,
}

/// One row of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "WrittenRow", from = "WrittenRow")]
#[non_exhaustive]
pub struct Row {
    /// The member of each drilled axis; rows share them.
    pub keys: Vec<Arc<KeyPart>>,
    /// The figure.
    pub figure: Figure,
}

/// The member of one axis that a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyPart {
    /// The axis.
    pub axis: String,
    /// Code of the member; the name of a gap for money that nothing places on this axis;
    /// `elsewhere` for money in the slice outside the members drilled by.
    pub code: String,
    /// Name for people.
    pub name: String,
}

impl Answer {
    /// The answer as a table for people, in pounds and pence.
    #[must_use]
    pub fn table(&self) -> Table {
        self.said(Saying::InPounds)
    }

    /// The answer as a table for people, in thousands or millions of pounds: rounded so that rows add up to
    /// the total, with the unit in the headings. Figures a head stay in pounds, and files of the answer
    /// keep its pence.
    ///
    /// # Example
    ///
    /// ```
    /// # use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
    /// use wholeplace::money::Units;
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let table = year.by([By::Partner]).answer()?.in_units(Units::Thousands);
    /// assert_eq!(table.headings()[1].0, "amount, £ thousands");
    /// let amounts: Vec<&str> = table.rows().iter().map(|row| row[1].as_str()).collect();
    /// // £395,000 of the council, £104,000 of the fund, £84,997 of the trust; £878,997 in all.
    /// assert_eq!(amounts, ["250", "395", "45", "104", "85", "879"]);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn in_units(&self, units: Units) -> Table {
        self.said(Saying::In(units))
    }

    /// The question in one line, with the months of which there are lines where some are missing.
    pub(super) fn title(&self) -> String {
        let question = self.question.iter();
        let question = question.map(|(axis, member)| format!("{axis} {member}"));
        let months = self.months.as_ref().and_then(|months| months.headline());
        let months = months.map(|months| format!("from {months}"));
        question.chain(months).collect::<Vec<_>>().join(" · ")
    }

    fn said(&self, saying: Saying) -> Table {
        let mut table = Table::new(self.title());
        for axis in &self.axes {
            table.column(axis, Align::Left);
        }
        if self.axes.is_empty() {
            table.column("", Align::Left);
        }
        let figures = || {
            self.rows
                .iter()
                .map(|row| &row.figure)
                .chain([&self.total])
                .chain(&self.complement)
        };
        let any_unshared = figures().any(|figure| !figure.unshared.is_empty());
        let any_heads = figures().any(|f| f.per_head.as_ref().is_some_and(|h| h.amount.is_some()));
        let besides = Memorandum::among(figures());
        let any_months = figures().any(|figure| figure.months.is_some());
        table.column(&saying.heading("amount"), Align::Right);
        for what in &besides {
            table.column(&saying.heading(what.name()), Align::Right);
        }
        table.column("how it is known", Align::Left);
        if any_unshared {
            table.column("beside it, unshared", Align::Right);
        }
        if any_heads {
            table.column("per head", Align::Right);
        }
        if any_months {
            table.column("months", Align::Right);
        }
        table.column("lines", Align::Right);
        let drilled = || self.rows.iter().filter(|row| !row.keys.is_empty());
        let shown: Vec<&Row> = drilled().filter(|row| !row.figure.is_nothing()).collect();
        // Column by column, because the rows of each add up to its total as they are said.
        let columns: Vec<Vec<String>> = (std::iter::once(None).chain(besides.iter().map(Some)))
            .map(|what| {
                let of = |figure: &Figure| match what {
                    None => figure.amount,
                    Some(what) => figure.memorandum(*what),
                };
                let rows: Vec<Pence> = shown.iter().map(|row| of(&row.figure)).collect();
                let total = of(&self.total);
                let mut said = saying.parts(total, &rows);
                said.push(saying.sum(total));
                said.extend(self.complement.iter().map(|figure| saying.sum(of(figure))));
                said
            })
            .collect();
        let mut lines = 0..;
        let mut push = |mut cells: Vec<String>, figure: &Figure| {
            let line = lines.next().unwrap_or_default();
            cells.extend(columns.iter().map(|column| column[line].clone()));
            cells.push(figure.composition.in_words());
            if any_unshared {
                cells.push(unshared_in_words(&figure.unshared, saying));
            }
            if any_heads {
                let amount = figure
                    .per_head
                    .as_ref()
                    .and_then(|per_head| per_head.amount);
                cells.push(amount.map_or_else(|| "–".to_owned(), |amount| amount.to_string()));
            }
            if any_months {
                cells.push((figure.months).map_or_else(|| "all".to_owned(), |of| of.in_short()));
            }
            cells.push(figure.lines.to_string());
            table.row(cells);
        };
        let zero_rows = drilled().count() - shown.len();
        for row in &shown {
            push(
                row.keys.iter().map(|part| part.name.clone()).collect(),
                &row.figure,
            );
        }
        let label = |text: &str| {
            let mut cells = vec![String::new(); self.axes.len().max(1)];
            text.clone_into(&mut cells[0]);
            cells
        };
        push(label("Total"), &self.total);
        if let Some(complement) = &self.complement {
            push(label("Outside the slice"), complement);
        }
        match zero_rows {
            0 => {}
            1 => table.note("One row of recorded zeros is left out."),
            rows => table.note(&format!("{rows} rows of recorded zeros are left out.")),
        }
        if let Saying::In(units) = saying {
            table.note(&format!(
                "Amounts in {}, rounded so that rows add up to the total; figures a head in pounds.",
                units.heading()
            ));
        }
        match self.emptiness {
            Some(Emptiness::NothingRecorded) if any_unshared => {
                table
                    .note("Nothing is recorded in this slice; what stands beside it may lie here.");
            }
            Some(Emptiness::NothingRecorded) => table.note("Nothing is recorded in this slice."),
            Some(Emptiness::RecordedZero) => table.note("What is recorded in this slice is zero."),
            None => {}
        }
        for given in &self.in_kind {
            table.note(&given.to_string());
        }
        for note in &self.notes {
            table.note(note);
        }
        table
    }
}

/// How a table says its sums.
#[derive(Clone, Copy, Debug)]
pub enum Saying {
    /// In pounds and pence.
    InPounds,
    /// In thousands or millions of pounds.
    In(Units),
}

impl Saying {
    /// The heading of a column of sums.
    pub fn heading(self, of: &str) -> String {
        match self {
            Self::InPounds => of.to_owned(),
            Self::In(units) => format!("{of}, {}", units.heading()),
        }
    }

    pub fn sum(self, sum: Pence) -> String {
        match self {
            Self::InPounds => sum.to_string(),
            Self::In(units) => units.said(sum),
        }
    }

    /// Sums in the unit that is said, so that they add up to their total.
    pub fn rounded(self, total: Pence, parts: &[Pence]) -> Vec<i128> {
        match self {
            Self::InPounds => parts.iter().map(|part| part.get().into()).collect(),
            Self::In(units) => units.parts(total, parts),
        }
    }

    /// A number of the unit that is said; `sum` is what it was rounded from.
    pub fn written(self, number: i128, sum: Pence) -> String {
        match self {
            Self::InPounds => Pence::from_wide(number).unwrap_or(sum).to_string(),
            Self::In(units) => units.written(number, sum),
        }
    }

    /// Sums that add up to a total as they are said.
    pub fn parts(self, total: Pence, parts: &[Pence]) -> Vec<String> {
        match self {
            Self::InPounds => parts.iter().map(Pence::to_string).collect(),
            Self::In(units) => units.parts_said(total, parts),
        }
    }
}

fn unshared_in_words(unshared: &BTreeMap<Gap, Pence>, saying: Saying) -> String {
    if unshared.is_empty() {
        return "–".to_owned();
    }
    let words: Vec<String> = unshared
        .iter()
        .map(|(gap, pence)| format!("{} {gap}", saying.sum(*pence)))
        .collect();
    words.join("; ")
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}
