//! Between what an answer lies under other choices of drivers.

use super::answer::{Answer, KeyPart, Saying, csv_key};
use crate::money::{Pence, Units};
use crate::sheet::{CsvCell, CsvFile};
use crate::table::{Align, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The least and the most that a figure comes to under several sets of sharing rules.
///
/// The pack's own rules are one of them, so that its figure is never outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Range {
    /// The least.
    pub lowest: Pence,
    /// Under the pack's own rules.
    pub central: Pence,
    /// The most.
    pub highest: Pence,
    /// The name of the alternative that makes the least; none where the pack's own rules do.
    pub lowest_by: Option<Arc<str>>,
    /// The name of the alternative that makes the most; none where the pack's own rules do.
    pub highest_by: Option<Arc<str>>,
}

impl Range {
    /// Of a figure under the pack's own rules, and under others by their names. Where two come to the
    /// same, the pack's own come first, and then the others in their order.
    pub(crate) fn of(central: Pence, others: impl IntoIterator<Item = (Arc<str>, Pence)>) -> Self {
        let mut range = Self {
            lowest: central,
            central,
            highest: central,
            lowest_by: None,
            highest_by: None,
        };
        for (name, amount) in others {
            if amount < range.lowest {
                (range.lowest, range.lowest_by) = (amount, Some(Arc::clone(&name)));
            }
            if amount > range.highest {
                (range.highest, range.highest_by) = (amount, Some(name));
            }
        }
        range
    }

    /// Whether all rules come to the same.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.lowest == self.highest
    }
}

/// A row of an answer, and between what it lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RangedRow {
    /// The member of each drilled axis.
    pub keys: Vec<Arc<KeyPart>>,
    /// Between what it lies.
    pub range: Range,
}

/// An answer under the pack's own rules, and between what its figures lie under others.
///
/// Every figure has a range of its own: the rules that make one place cheapest make another dearest.
/// So the lowest of parts are not a lowest total, and do not add up to one; under each set of rules
/// alone all parts add up, and the range of a total is that of these totals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RangedAnswer {
    /// Under the pack's own rules.
    pub answer: Answer,
    /// The names of the others.
    pub alternatives: Vec<Arc<str>>,
    /// The total.
    pub total: Range,
    /// The rows of the answer in its order, and behind them those that have money under other rules
    /// only.
    pub rows: Vec<RangedRow>,
}

impl RangedAnswer {
    /// From the answer under the pack's own rules, and those under others by their names.
    pub(super) fn new(answer: Answer, others: &[(Arc<str>, Answer)]) -> Self {
        let named = |amounts: &[Pence]| {
            let names = others.iter().map(|(name, _)| Arc::clone(name));
            names.zip(amounts.to_vec()).collect::<Vec<_>>()
        };
        let mut found: BTreeMap<&[Arc<KeyPart>], Vec<Pence>> = BTreeMap::new();
        for (place, (_, other)) in others.iter().enumerate() {
            for row in &other.rows {
                let amounts =
                    (found.entry(&row.keys)).or_insert_with(|| vec![Pence::ZERO; others.len()]);
                amounts[place] = row.figure.amount;
            }
        }
        let nothing = vec![Pence::ZERO; others.len()];
        let mut rows: Vec<RangedRow> = Vec::with_capacity(found.len().max(answer.rows.len()));
        for row in &answer.rows {
            let amounts = found.remove(row.keys.as_slice());
            rows.push(RangedRow {
                keys: row.keys.clone(),
                range: Range::of(
                    row.figure.amount,
                    named(amounts.as_ref().unwrap_or(&nothing)),
                ),
            });
        }
        for (keys, amounts) in found {
            rows.push(RangedRow {
                keys: keys.to_vec(),
                range: Range::of(Pence::ZERO, named(&amounts)),
            });
        }
        let totals: Vec<Pence> = others.iter().map(|(_, other)| other.total.amount).collect();
        Self {
            total: Range::of(answer.total.amount, named(&totals)),
            alternatives: others.iter().map(|(name, _)| Arc::clone(name)).collect(),
            rows,
            answer,
        }
    }

    /// The answer as a table for people, in pounds and pence.
    #[must_use]
    pub fn table(&self) -> Table {
        self.said(Saying::InPounds)
    }

    /// The same in thousands or millions of pounds. Under the pack's rules rows add up to the total.
    #[must_use]
    pub fn in_units(&self, units: Units) -> Table {
        self.said(Saying::In(units))
    }

    fn said(&self, saying: Saying) -> Table {
        let mut table = Table::new(self.answer.title());
        for axis in &self.answer.axes {
            table.column(axis, Align::Left);
        }
        if self.answer.axes.is_empty() {
            table.column("", Align::Left);
        }
        table.column(&saying.heading("lowest"), Align::Right);
        table.column("by", Align::Left);
        table.column(&saying.heading("the pack's rules"), Align::Right);
        table.column(&saying.heading("highest"), Align::Right);
        table.column("by", Align::Left);
        let drilled = || self.rows.iter().filter(|row| !row.keys.is_empty());
        let central: Vec<Pence> = drilled().map(|row| row.range.central).collect();
        let total = self.total.central;
        let mut central = saying.rounded(total, &central);
        central.extend(saying.rounded(total, &[total]));
        let mut central = central.into_iter();
        let mut push = |mut cells: Vec<String>, range: &Range| {
            // As it is said, no range leaves out what it is a range of.
            let central = central.next().unwrap_or_default();
            let alone = |sum: Pence| saying.rounded(sum, &[sum])[0];
            let lowest = alone(range.lowest).min(central);
            let highest = alone(range.highest).max(central);
            let by = |name: &Option<Arc<str>>| by_whom(name).to_owned();
            cells.push(saying.written(lowest, range.lowest));
            cells.push(if range.is_one() {
                "–".to_owned()
            } else {
                by(&range.lowest_by)
            });
            cells.push(saying.written(central, range.central));
            cells.push(saying.written(highest, range.highest));
            cells.push(if range.is_one() {
                "–".to_owned()
            } else {
                by(&range.highest_by)
            });
            table.row(cells);
        };
        for row in drilled() {
            push(
                row.keys.iter().map(|part| part.name.clone()).collect(),
                &row.range,
            );
        }
        let mut total = vec![String::new(); self.answer.axes.len().max(1)];
        "Total".clone_into(&mut total[0]);
        push(total, &self.total);
        table.note(&format!(
            "Tried beside the pack's rules: {}. Each line has a range of its own; the lowest do not add up \
             to a lowest total.",
            self.alternatives.join("; ")
        ));
        if let Saying::In(units) = saying {
            table.note(&format!(
                "Amounts in {}; under the pack's rules rows are rounded so that they add up.",
                units.heading()
            ));
        }
        for note in &self.answer.notes {
            table.note(note);
        }
        table
    }

    /// The rows as CSV: the code of each drilled axis, in pounds the lowest, what the pack's own rules come to and
    /// the highest, and which rules make the lowest and the highest; the total last, under `total`.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut file = CsvFile::default();
        let axes = self.answer.axes.iter().map(String::as_str);
        let sums = ["lowest", "lowest_by", "amount", "highest", "highest_by"];
        file.row(axes.chain(sums).map(CsvCell::text));
        fn cells(range: &Range) -> [CsvCell<'_>; 5] {
            let sum = |sum: Pence| CsvCell::figure(sum.to_plain());
            let by = |name: &Option<Arc<str>>| CsvCell::text(by_whom(name).to_owned());
            [
                sum(range.lowest),
                by(&range.lowest_by),
                sum(range.central),
                sum(range.highest),
                by(&range.highest_by),
            ]
        }
        for row in self.rows.iter().filter(|row| !row.keys.is_empty()) {
            let keys = row.keys.iter().map(|part| csv_key(part));
            file.row(keys.chain(cells(&row.range)));
        }
        let axes = 0..self.answer.axes.len();
        let total = axes.map(|i| CsvCell::text(if i == 0 { "total" } else { "" }));
        file.row(total.chain(cells(&self.total)));
        file.into_text()
    }
}

/// Which rules make an end of a range.
fn by_whom(name: &Option<Arc<str>>) -> &str {
    name.as_deref().unwrap_or("the pack's rules")
}

impl fmt::Display for RangedAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}
