//! The answer: rows, totals, and how each figure is known.

mod frame;
pub mod in_kind;
mod json;
pub mod labels;
mod per_head;

pub use in_kind::InKindShown;
pub use per_head::Residents;

use crate::axis::{Evidence, Gap};
use crate::cube::ask::plan::{Beside, BesideSum};
use crate::money::Pence;
use crate::reconciliation::Reconciliation;
use crate::table::{Align, Table};
use json::{WrittenAnswer, WrittenRow};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
    /// Why the answer is nothing, when it is.
    pub emptiness: Option<Emptiness>,
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

/// A sum with everything that must be known about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Figure {
    /// The sum, closed to the penny.
    pub amount: Pence,
    /// The sum before closing, in pounds, rounded to four decimals.
    pub exact: String,
    /// The sum by how it is known; the classes sum to the amount.
    pub composition: Composition,
    /// Money that may lie here or not, by reason; it is not in the amount.
    pub unshared: BTreeMap<Gap, Pence>,
    /// What stands beside the sum because of the boundary; what was eliminated is always said.
    pub beside: BTreeMap<Beside, BesideSum>,
    /// Ledger lines of which some part lies in the sum.
    pub lines: u64,
    /// The sum per resident.
    pub per_head: Option<PerHead>,
}

impl Figure {
    /// Whether there is no money here and none beside it: recorded zeros, which tables leave out.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let beside = self.beside.values().any(|sum| sum.amount != Pence::ZERO);
        self.amount == Pence::ZERO && self.lines == 0 && self.unshared.is_empty() && !beside
    }

    /// What stands beside the sum, or is a part of it; nothing where there is none.
    #[must_use]
    pub fn beside(&self, what: Beside) -> Pence {
        self.beside
            .get(&what)
            .map(|sum| sum.amount)
            .unwrap_or_default()
    }

    /// The sum before anything was eliminated: with what insiders paid each other, and with
    /// agency money. It may be more than an account can hold; then there is none.
    #[must_use]
    pub fn gross(&self) -> Option<Pence> {
        let parts = [
            self.amount,
            self.beside(Beside::Eliminated),
            self.beside(Beside::Agency),
        ];
        Pence::total(parts).ok()
    }
}

/// A sum by how it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Composition {
    /// Recorded inside the slice.
    pub direct: Pence,
    /// Shared by a measure of service use.
    pub driver: Pence,
    /// Shared by residents.
    pub population: Pence,
    /// Shared by a weight that somebody chose.
    pub judgement: Pence,
}

impl Composition {
    /// The part of one class.
    #[must_use]
    pub fn of(&self, class: Evidence) -> Pence {
        match class {
            Evidence::Direct => self.direct,
            Evidence::Driver => self.driver,
            Evidence::Population => self.population,
            Evidence::Judgement => self.judgement,
        }
    }

    /// In words, largest part first: `62% population, 38% direct`. Percentages are rounded and
    /// need not add up.
    #[must_use]
    pub fn in_words(&self) -> String {
        let size = |class: &Evidence| i128::from(self.of(*class).get()).abs();
        let whole: i128 = Evidence::ALL.iter().map(size).sum();
        if whole == 0 {
            return "nothing".to_owned();
        }
        let mut classes: Vec<Evidence> = Evidence::ALL
            .into_iter()
            .filter(|class| size(class) > 0)
            .collect();
        classes.sort_by_key(|class| std::cmp::Reverse(size(class)));
        if let [only] = classes.as_slice() {
            return format!("all {only}");
        }
        let words: Vec<String> = classes
            .iter()
            .map(|class| match (200 * size(class) + whole) / (2 * whole) {
                0 => format!("under 1% {class}"),
                100 => format!("over 99% {class}"),
                percent => format!("{percent}% {class}"),
            })
            .collect();
        words.join(", ")
    }
}

/// A sum per resident, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PerHead {
    /// Residents of the slice.
    pub persons: Option<u64>,
    /// The sum per resident, rounded half to even.
    pub amount: Option<Pence>,
    /// What counts the residents.
    pub measure: Arc<str>,
    /// Why there is no figure.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub withheld: Option<String>,
}

impl PerHead {
    pub(in crate::cube::ask) fn persons(persons: u64, measure: Arc<str>) -> Self {
        Self {
            persons: Some(persons),
            amount: None,
            measure,
            withheld: None,
        }
    }

    pub(in crate::cube::ask) fn withheld(reason: &str, measure: Arc<str>) -> Self {
        Self {
            persons: None,
            amount: None,
            measure,
            withheld: Some(reason.to_owned()),
        }
    }

    /// The same residents with a sum among them.
    pub(in crate::cube::ask) fn of(mut self, sum: Pence) -> Self {
        self.amount = self.persons.filter(|&persons| persons > 0).map(|persons| {
            let (sum, persons) = (i128::from(sum.get()), i128::from(persons));
            let (quotient, rest) = (sum.div_euclid(persons), sum.rem_euclid(persons));
            let up = match (2 * rest).cmp(&persons) {
                std::cmp::Ordering::Greater => 1,
                std::cmp::Ordering::Equal => quotient.rem_euclid(2),
                std::cmp::Ordering::Less => 0,
            };
            Pence::from_wide(quotient + up).unwrap_or_default()
        });
        self
    }
}

impl Answer {
    /// The answer as a table for people.
    #[must_use]
    pub fn table(&self) -> Table {
        let title: Vec<String> = self
            .question
            .iter()
            .map(|(axis, member)| format!("{axis} {member}"))
            .collect();
        let mut table = Table::new(title.join(" · "));
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
        let besides = Beside::among(figures());
        table.column("amount", Align::Right);
        for what in &besides {
            table.column(what.name(), Align::Right);
        }
        table.column("how it is known", Align::Left);
        if any_unshared {
            table.column("beside it, unshared", Align::Right);
        }
        if any_heads {
            table.column("per head", Align::Right);
        }
        table.column("lines", Align::Right);
        let mut push = |mut cells: Vec<String>, figure: &Figure| {
            cells.push(figure.amount.to_string());
            cells.extend(besides.iter().map(|what| figure.beside(*what).to_string()));
            cells.push(figure.composition.in_words());
            if any_unshared {
                cells.push(unshared_in_words(&figure.unshared));
            }
            if any_heads {
                let amount = figure
                    .per_head
                    .as_ref()
                    .and_then(|per_head| per_head.amount);
                cells.push(amount.map_or_else(|| "–".to_owned(), |amount| amount.to_string()));
            }
            cells.push(figure.lines.to_string());
            table.row(cells);
        };
        let drilled = || self.rows.iter().filter(|row| !row.keys.is_empty());
        let zero_rows = drilled().filter(|row| row.figure.is_nothing()).count();
        for row in drilled().filter(|row| !row.figure.is_nothing()) {
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

fn unshared_in_words(unshared: &BTreeMap<Gap, Pence>) -> String {
    if unshared.is_empty() {
        return "–".to_owned();
    }
    let words: Vec<String> = unshared
        .iter()
        .map(|(gap, pence)| format!("{pence} {gap}"))
        .collect();
    words.join("; ")
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}
