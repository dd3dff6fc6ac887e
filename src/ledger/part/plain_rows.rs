//! Rows of a Parquet file that are plainly lines, taken column by column.
//!
//! A row is read cell by cell because it may be anything: a total, a heading, a payment without a date.
//! Nearly all rows of a file are payments, and of typed columns that can be told without a text:
//!
//! - the amount is whole pence;
//! - the date is one, by the forms of the layout;
//! - three of the other columns that the layout names hold something, so that its words say no total;
//! - `where` selects it, and no sum above has a verdict on it.
//!
//! What a text or a date means is looked up once for each distinct one. Any other row is written as text
//! and read like a row of any file; then, and only then, the columns that nobody named are decoded.

use super::{Part, Taken};
use crate::axis::Placed;
use crate::ledger::amount;
use crate::ledger::date::Day;
use crate::ledger::heading::Columns;
use crate::ledger::layout::Sign;
use crate::ledger::part::{Known, Where, reference};
use crate::ledger::plan::Plan;
use crate::sheet::{self, AmountCell, Amounts, Block, Key, NoRows, Numbered};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

/// What a layout reads from the columns of some groups of rows.
pub(in crate::ledger) struct PlainColumns<'a> {
    cells: &'a sheet::Columns,
    amounts: Amounts<'a>,
    date: (usize, &'a Numbered),
    /// Each column that the layout names but the amount and the reference, and which of its values hold anything.
    others: Vec<(&'a Numbered, Vec<bool>)>,
    codes: Vec<Code<'a>>,
    /// What the reference of each row is. Nearly every row has another, so that numbering them would cost more.
    reference: Option<Vec<u64>>,
    selection: Vec<Condition<'a>>,
    controls: Vec<Vec<Condition<'a>>>,
}

/// The values of a code.
enum Code<'a> {
    /// The header has no column of it.
    None,
    One(usize, &'a Numbered),
    Joined(&'a [usize], Numbered),
}

impl Code<'_> {
    fn numbered(&self) -> Option<&Numbered> {
        match self {
            Self::None => None,
            Self::One(_, numbered) => Some(numbered),
            Self::Joined(_, numbered) => Some(numbered),
        }
    }
}

/// A column, and which of its values a condition wants.
type Condition<'a> = (&'a Numbered, Vec<bool>);

impl<'a> PlainColumns<'a> {
    /// The columns below a header; nothing where rows have to be read cell by cell.
    pub(in crate::ledger) fn of(
        plan: &Plan<'_>,
        at: Where<'_>,
        columns: &'a Columns,
        cells: &'a sheet::Columns,
    ) -> Option<Self> {
        let beside = !columns.qualifiers.is_empty() || !columns.where_not.is_empty();
        if !plan.blocks.by_column
            || at.delimiter.is_some()
            || beside
            || cells.width() > columns.width
        {
            return None;
        }
        let apart =
            |column: &usize| Some(*column) == columns.reference || *column == columns.amount;
        let mut named: Vec<usize> = columns.read_from().filter(|one| !apart(one)).collect();
        named.sort_unstable();
        named.dedup();
        let numbered: Vec<Option<&Numbered>> = (named.par_iter())
            .map(|&column| cells.numbered(column))
            .collect();
        let numbered: BTreeMap<usize, &Numbered> = (named.into_iter().zip(numbered))
            .map(|(column, numbered)| Some((column, numbered?)))
            .collect::<Option<_>>()?;
        let of = |column: usize| {
            numbered
                .get(&column)
                .copied()
                .or_else(|| cells.numbered(column))
        };
        // Of each distinct value something that its text says.
        fn each<T>(
            cells: &sheet::Columns,
            (column, numbered): (usize, &Numbered),
            says: impl Fn(&str) -> T,
        ) -> Vec<T> {
            let firsts = numbered.firsts().iter();
            firsts
                .map(|&row| says(cells.text(column, row as usize).trim()))
                .collect()
        }
        let conditions = |places: &[Option<usize>], wanted: &dyn Fn(usize, &str) -> bool| {
            let condition = |(number, place): (usize, &Option<usize>)| {
                let column = (*place)?;
                let numbered = of(column)?;
                let met = each(cells, (column, numbered), |text| wanted(number, text));
                Some((numbered, met))
            };
            let all = places.iter().enumerate().map(condition);
            all.collect::<Option<Vec<Condition<'a>>>>()
        };
        let headings = &plan.headings;
        let mut controls = Vec::with_capacity(columns.controls.len());
        for (control, places) in columns.controls.iter().enumerate() {
            let wanted = |number, text: &str| headings.control_wants(control, number, text);
            // A condition without a column is met by no row: the row itself says so.
            controls.push(conditions(places, &wanted)?);
        }
        let code = |parts: &'a Vec<usize>| {
            Some(match parts.as_slice() {
                [] => Code::None,
                [column] => Code::One(*column, of(*column)?),
                [first, rest @ ..] => {
                    let mut joined: Option<Numbered> = None;
                    for &column in rest {
                        let before = match &joined {
                            Some(joined) => joined,
                            None => of(*first)?,
                        };
                        joined = Some(before.pairs(of(column)?));
                    }
                    Code::Joined(parts, joined?)
                }
            })
        };
        let date = columns.date?;
        Some(Self {
            amounts: cells.amounts(columns.amount)?,
            date: (date, of(date)?),
            codes: columns.codes.iter().map(code).collect::<Option<_>>()?,
            reference: match columns.reference {
                Some(column) if cells.is_typed(column) => {
                    let of_row = |row| reference(cells.text(column, row).trim());
                    let rows = (0..cells.height()).into_par_iter();
                    Some(rows.with_min_len(1 << 12).map(of_row).collect())
                }
                Some(_) => return None,
                None => None,
            },
            selection: conditions(&columns.selection, &|number, text| {
                headings.selection_wants(number, text)
            })?,
            controls,
            others: (numbered.par_iter())
                .map(|(&column, &numbered)| {
                    let filled = each(cells, (column, numbered), |text| !text.is_empty());
                    (numbered, filled)
                })
                .collect(),
            cells,
        })
    }

    /// Whether so many of the other columns that the layout names hold something that its words say no
    /// total.
    fn says_no_total(&self, row: usize) -> bool {
        let filled = self
            .others
            .iter()
            .filter(|(numbered, filled)| holds(numbered, filled, row));
        // A blank reference is 0.
        let referred = (self.reference.as_ref())
            .is_some_and(|references| references.get(row).is_some_and(|of_row| *of_row > 0));
        filled.take(3).count() + usize::from(referred) >= 3
    }

    /// The text of a code in a row.
    fn code(&self, code: &Code<'_>, row: usize) -> String {
        let text = |column: usize| self.cells.text(column, row);
        match code {
            Code::None => String::new(),
            Code::One(column, _) => text(*column).trim().to_owned(),
            Code::Joined(columns, _) => {
                let texts: Vec<Cow<'_, str>> = columns.iter().map(|&column| text(column)).collect();
                let texts: Vec<&str> = texts.iter().map(|text| text.trim()).collect();
                if texts.iter().all(|text| text.is_empty()) {
                    return String::new();
                }
                texts.join(" / ")
            }
        }
    }
}

/// Whether something is true of the value of a row.
#[inline]
fn holds(numbered: &Numbered, of_values: &[bool], row: usize) -> bool {
    let id = numbered.ids().get(row).copied();
    id.and_then(|id| of_values.get(id as usize)) == Some(&true)
}

/// What is known of the values of a block: looked up when the first line has them.
struct Learnt {
    /// The form and the day of a date; none where it is no date.
    dates: Vec<Option<Option<(usize, Day)>>>,
    /// Of each code, the number of the text of each of its values.
    codes: Vec<Vec<u32>>,
}

/// A text that no line had so far.
const UNKNOWN: u32 = u32::MAX;

impl Part<'_> {
    /// Takes the rows of a block of columns.
    pub(in crate::ledger) fn take_columns(
        &mut self,
        plain: &PlainColumns<'_>,
        block: &Block<'_>,
        known: &Known,
    ) -> Result<Taken, NoRows> {
        let Block::Rows { before, rows, .. } = block else {
            return self.take_block(block, known);
        };
        // Row 1 has the names.
        let line = |row: usize| (before + row) as u64 + 2;
        let above = line(rows.start) <= self.at.first_header;
        if above || u32::try_from(line(rows.end)).is_err() {
            return self.take_block(block, known);
        }
        let mut columns = Arc::clone(&self.columns);
        if before + rows.start == 0
            && let ControlFlow::Break(error) =
                (plain.cells).names(|line, cells| self.row(line, cells, &mut columns, known))
        {
            return Ok(Err(error));
        }
        let mut learnt = Learnt {
            dates: vec![None; plain.date.1.firsts().len()],
            codes: (plain.codes.iter())
                .map(|code| vec![UNKNOWN; code.numbered().map_or(1, |n| n.firsts().len())])
                .collect(),
        };
        let mut at = rows.start;
        while at < rows.end {
            let same = *columns == *self.began_with;
            let start = at;
            let first = self.lines.pence.len();
            while at < rows.end
                && same
                && let Some(pence) = self.plainly(plain, &mut learnt, at, line(at))
            {
                self.lines.pence.push(pence);
                at += 1;
            }
            if at > start {
                self.plain_lines(plain, &mut learnt, (start..at, first), line(start), known);
            }
            let start = at;
            while at < rows.end
                && (!same || self.plainly(plain, &mut learnt, at, line(at)).is_none())
            {
                at += 1;
            }
            if at == start {
                continue;
            }
            plain.cells.complete()?;
            let taken = plain.cells.some(start..at, line(start), |line, cells| {
                self.row(line, cells, &mut columns, known)
            });
            if let ControlFlow::Break(error) = taken {
                self.columns = columns;
                return Ok(Err(error));
            }
        }
        self.columns = columns;
        Ok(Ok(()))
    }

    /// The pence of a row that is plainly a line.
    #[inline]
    fn plainly(
        &mut self,
        plain: &PlainColumns<'_>,
        learnt: &mut Learnt,
        row: usize,
        line: u64,
    ) -> Option<i64> {
        let pence = match plain.amounts.get(row) {
            AmountCell::Pence(pence) => pence,
            AmountCell::Text(text) => {
                let amount = amount::read(text.trim(), self.reading.excess).ok()?;
                amount.taken.is_zero().then_some(amount.pence.get())?
            }
            AmountCell::Other => return None,
        };
        let judged = !self.verdicts.is_empty()
            && u32::try_from(line).is_ok_and(|line| self.verdicts.contains_key(&line));
        let selected = (plain.selection.iter()).all(|(numbered, met)| holds(numbered, met, row));
        if judged || !selected || !plain.says_no_total(row) {
            return None;
        }
        // Only a line asks what its date is.
        let (column, dates) = plain.date;
        let date = learnt.dates.get_mut(*dates.ids().get(row)? as usize)?;
        let date = match date {
            Some(date) => *date,
            None => {
                let text = plain.cells.text(column, row);
                *date.insert(self.dates.read_once(Key::of(text.trim())).ok())
            }
        };
        date?;
        match self.reading.sign {
            Sign::SpendPositive => Some(pence),
            Sign::IncomePositive => pence.checked_neg(),
        }
    }

    /// Takes rows that are plainly lines and follow each other; their pence are there, from a place on.
    fn plain_lines(
        &mut self,
        plain: &PlainColumns<'_>,
        learnt: &mut Learnt,
        (rows, first): (Range<usize>, usize),
        line: u64,
        known: &Known,
    ) {
        let count = rows.len() as u64;
        self.counts.records += count;
        self.counts.lines += count;
        let lines = &mut self.lines;
        let pence = lines.pence.get(first..).unwrap_or_default();
        self.total += pence.iter().map(|&pence| i128::from(pence)).sum::<i128>();
        self.counts.credits += pence.iter().filter(|&&pence| pence < 0).count() as u64;
        for (met, control) in self.controls.iter_mut().zip(&plain.controls) {
            for (row, &pence) in rows.clone().zip(pence) {
                if control
                    .iter()
                    .all(|(numbered, wanted)| holds(numbered, wanted, row))
                {
                    met.lines += 1;
                    met.pence += i128::from(pence);
                }
            }
        }
        // All of them are below 2^32: the block says so.
        let line = line as u32;
        lines.rows.push_all(line, line + (rows.len() as u32 - 1));
        let dates = plain.date.1.ids().get(rows.clone()).unwrap_or_default();
        for &id in dates {
            if let Some((form, day)) = learnt.dates.get(id as usize).copied().flatten().flatten() {
                self.dates.count(form);
                lines.periods.push(Placed::On(day.month));
                lines.days.push(day.of_month);
            }
        }
        match &plain.reference {
            Some(references) => {
                let of_rows = references.get(rows.clone()).unwrap_or_default();
                lines.references.extend_from_slice(of_rows);
            }
            None if !self.plan.layout.reference.is_empty() => {
                lines
                    .references
                    .resize(lines.references.len() + rows.len(), 0);
            }
            None => {}
        }
        let further = self.texts.iter_mut().zip(&known.texts);
        let codes = plain.codes.iter().zip(&mut learnt.codes);
        for ((ids, (further, known)), (code, learnt)) in
            lines.codes.iter_mut().zip(further).zip(codes)
        {
            let mut number = |id: u32, row: usize| {
                let Some(learnt) = learnt.get_mut(id as usize) else {
                    return UNKNOWN;
                };
                if *learnt == UNKNOWN {
                    *learnt = further.id(Key::of(&plain.code(code, row)), known);
                }
                *learnt
            };
            match code.numbered() {
                None => {
                    let nothing = number(0, rows.start);
                    ids.resize(ids.len() + rows.len(), nothing);
                }
                Some(numbered) => {
                    let values = numbered.ids().get(rows.clone()).unwrap_or_default();
                    let values = values.iter().zip(rows.clone());
                    ids.extend(values.map(|(&id, row)| number(id, row)));
                }
            }
        }
    }
}
