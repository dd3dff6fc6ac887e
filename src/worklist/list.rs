//! The worklist of an account: what no crosswalk has placed.

use super::nearest::Mapped;
use super::{CodeRow, CodeSheet};
use crate::account::PlaceAccount;
use crate::crosswalk::{MappedLedger, UnmappedCode};
use crate::money::{Pence, with_separators};
use crate::place::{LedgerPlan, Place};
use crate::table::{Align, Table};
use crate::text::counted;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Codes that are not placed yet, most money first.
///
/// A code is on the list if an axis that its ledger looks up in the crosswalk has no row for it and no
/// `otherwise`: so a row that nobody has filled in is on it too. Codes in a column of payees are counted
/// and not listed, because they may be people's names.
#[derive(Clone, Debug, Default)]
pub struct Worklist {
    sheet: CodeSheet,
    payees: Payees,
}

/// Codes that are not listed.
#[derive(Clone, Copy, Debug, Default)]
struct Payees {
    codes: u64,
    lines: u64,
    pence: i128,
}

impl Worklist {
    /// The codes of all ledgers that an account has read.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::worklist::Worklist;
    /// use wholeplace::{Place, PlaceAccount};
    /// let account = PlaceAccount::load(&Place::open("examples/data/partners")?)?;
    /// assert_eq!(Worklist::of(&account).to_string(), "Every code is placed.\n");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn of(account: &PlaceAccount) -> Self {
        Self::of_ledgers(account, |_| true)
    }

    /// The codes of some of its ledgers: `wanted` gets the id of each.
    #[must_use]
    pub fn of_ledgers(account: &PlaceAccount, wanted: impl Fn(&str) -> bool) -> Self {
        let place = account.place();
        let mut list = Self::default();
        let mut rows: Vec<(&'static str, CodeRow)> = Vec::new();
        for mapped in account.ledgers() {
            let id = mapped.ledger().id();
            let Some(plan) = place.ledgers().iter().find(|plan| plan.id == id) else {
                continue;
            };
            if wanted(id) {
                rows.extend(list.rows_of(mapped, plan));
            }
        }
        let near = told_nearest(rows, place);
        list.sheet = CodeSheet::new(near);
        list
    }

    /// The rows of one ledger, each with the axis by which its column is looked up.
    fn rows_of(
        &mut self,
        mapped: &MappedLedger,
        plan: &LedgerPlan,
    ) -> Vec<(&'static str, CodeRow)> {
        let looked_up = plan.crosswalk.looked_up();
        let columns = |axis: &str| plan.layout.codes.get(axis);
        let mut rows = Vec::new();
        let mut done: Vec<&'static str> = Vec::new();
        // The activity first: its name tells the column that several axes are looked up in.
        let first = looked_up.iter().filter(|axis| **axis == "activity");
        let others = looked_up.iter().filter(|axis| **axis != "activity");
        for &axis in first.chain(others) {
            if done.iter().any(|other| columns(other) == columns(axis)) {
                continue;
            }
            let (alike, apart): (Vec<&'static str>, Vec<&'static str>) =
                (looked_up.iter()).partition(|other| columns(other) == columns(axis));
            let of = if apart.is_empty() { "" } else { axis };
            let mut unplaced: BTreeMap<&str, (&UnmappedCode, BTreeSet<&str>)> = BTreeMap::new();
            let of_column = |code: &&UnmappedCode| alike.contains(&code.axis);
            for code in mapped.unmapped().iter().filter(of_column) {
                if code.is_payee {
                    if code.axis == axis {
                        self.payees.codes += 1;
                        self.payees.lines += code.lines;
                        self.payees.pence += i128::from(code.pence.get());
                    }
                    continue;
                }
                let open = &mut unplaced
                    .entry(&code.code)
                    .or_insert((code, BTreeSet::new()))
                    .1;
                open.insert(code.axis);
            }
            for (code, open) in unplaced.into_values() {
                let mut row = CodeRow::new(
                    &code.ledger,
                    &code.code,
                    code.lines,
                    code.pence,
                    &code.first,
                );
                row.of = of.to_owned();
                // What is looked up in this column may be said here, unless another row says it.
                let may_be_said = |field: &&str| {
                    open.contains(field)
                        || alike.contains(field) && !plan.crosswalk.has_row(field, &code.code)
                };
                let axes = CodeSheet::FIELDS
                    .into_iter()
                    .filter(|field| !is_said(field));
                row.closed = (axes.filter(|field| !may_be_said(field)))
                    .map(str::to_owned)
                    .collect();
                for field in open.iter().filter(|field| !SHOWN.contains(field)) {
                    row.filled.insert((*field).to_owned(), String::new());
                }
                rows.push((axis, row));
            }
            done.push(axis);
        }
        rows
    }

    /// The list as a sheet: to be looked at, or written as CSV or as a workbook.
    #[must_use]
    pub fn sheet(&self) -> &CodeSheet {
        &self.sheet
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sheet.rows().is_empty() && self.payees.codes == 0
    }

    /// The list as a table: its first rows, and all others in a line.
    #[must_use]
    pub fn table(&self, most: usize) -> Table {
        let rows = self.sheet.rows();
        let title = format!(
            "{} not yet placed: {} in {}",
            counted(with_separators(rows.len() as u64), "code"),
            pounds(rows),
            lines(rows)
        );
        let mut table = Table::new(title);
        for (heading, align) in [
            ("ledger", Align::Left),
            ("code", Align::Left),
            ("lines", Align::Right),
            ("pounds", Align::Right),
            ("running %", Align::Right),
            ("first", Align::Left),
        ] {
            table.column(heading, align);
        }
        if rows.iter().take(most).any(|row| !row.nearest.is_empty()) {
            table.column("nearest mapped code", Align::Left);
        }
        let width = table.headings().len();
        let running = self.sheet.running();
        for (row, running) in rows.iter().zip(&running).take(most) {
            let cells = [
                row.ledger.clone(),
                short(&row.code),
                with_separators(row.lines),
                row.pence.to_string(),
                super::code_sheet::tenths(*running),
                row.first.clone(),
                short(&row.nearest),
            ];
            table.row(cells.into_iter().take(width));
        }
        if let Some(rest) = rows.get(most..).filter(|rest| !rest.is_empty()) {
            table.note(&format!(
                "and {}: {} in {}",
                counted(with_separators(rest.len() as u64), "more code"),
                pounds(rest),
                lines(rest)
            ));
        }
        if let Some(note) = self.payees_in_words() {
            table.note(&note);
        }
        table
    }

    /// What is said of codes in columns of payees, if there are any.
    #[must_use]
    pub fn payees_in_words(&self) -> Option<String> {
        let Payees {
            codes,
            lines,
            pence,
        } = self.payees;
        (codes > 0).then(|| {
            format!(
                "{} in columns of payees are not listed, because they may be people's names: {} in {}",
                counted(with_separators(codes), "code"),
                Pence::from_wide(pence).unwrap_or_default(),
                counted(with_separators(lines), "line"),
            )
        })
    }
}

/// Columns that every sheet has.
const SHOWN: [&str; 4] = ["activity", "ages", "group", "locality"];

/// Fields that are no axis, and open on every row.
fn is_said(field: &str) -> bool {
    ["not_spending", "note", "weight", "class"].contains(&field)
}

/// The rows with their nearest mapped codes, those with most money first.
fn told_nearest(mut rows: Vec<(&'static str, CodeRow)>, place: &Place) -> Vec<CodeRow> {
    rows.sort_by_key(|(_, row)| std::cmp::Reverse(i128::from(row.pence.get()).abs()));
    let axes: BTreeSet<&str> = rows.iter().map(|(axis, _)| *axis).collect();
    let meanings: BTreeMap<&str, Vec<(String, String, String)>> = (axes.into_iter())
        .map(|axis| {
            let of_plan = |plan: &LedgerPlan| {
                let hidden = plan.crosswalk.is_payee(axis);
                let meanings = plan.crosswalk.meanings(axis, place.axes(), place.mixes());
                let said = move |(code, meaning): (&str, String)| {
                    (plan.id.clone(), code.to_owned(), meaning)
                };
                let shown: Vec<_> = meanings.into_iter().filter(|_| !hidden).map(said).collect();
                shown
            };
            (axis, place.ledgers().iter().flat_map(of_plan).collect())
        })
        .collect();
    let ledgers: BTreeSet<(&str, String)> = (rows.iter())
        .map(|(axis, row)| (*axis, row.ledger.clone()))
        .collect();
    let mapped: BTreeMap<(&str, &str), Mapped<'_>> = (ledgers.iter())
        .map(|(axis, ledger)| {
            (
                (*axis, ledger.as_str()),
                Mapped::new(ledger, &meanings[axis]),
            )
        })
        .collect();
    (rows.into_par_iter().enumerate())
        .map(|(number, (axis, mut row))| {
            if let Some(mapped) = mapped.get(&(axis, row.ledger.as_str()))
                && number < mapped.affordable()
            {
                row.nearest = mapped.to(&row.code);
            }
            row
        })
        .collect()
}

/// The sum of some rows.
fn pounds(rows: &[CodeRow]) -> String {
    let sum = rows.iter().map(|row| i128::from(row.pence.get())).sum();
    Pence::from_wide(sum).map_or_else(|_| format!("{sum} pence"), |sum| sum.to_string())
}

fn lines(rows: &[CodeRow]) -> String {
    let sum = rows.iter().map(|row| row.lines).sum();
    counted(with_separators(sum), "line")
}

/// A text that a terminal has room for.
fn short(text: &str) -> String {
    const MOST: usize = 44;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let start: String = text.chars().take(MOST - 1).collect();
    format!("{start}…")
}

impl fmt::Display for Worklist {
    /// The first twenty rows, and all others in a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ROWS: usize = 20;
        if self.is_empty() {
            return writeln!(f, "Every code is placed.");
        }
        self.table(ROWS).fmt(f)
    }
}
