//! Partners' payment files as they arrive, read through a layout into a [`Ledger`].
//!
//! In: files of any kind that [`sheet`](crate::sheet) opens, and a [`Layout`] that says which
//! column is what. Out: lines in whole pence, each with its period, its native codes and its
//! position; every fault as a [finding](crate::finding); and a reconciliation.
//!
//! | A row | is |
//! |---|---|
//! | with a readable amount and another filled cell | a line, if the layout's `where` selects it and its `where_not` does not leave it out |
//! | with an amount and nothing else | a total row, if it is the sum of the lines since the last total, since an earlier one or since the top; otherwise a fault |
//! | with words of a total, or without cells that the lines above have, that is such a sum | a total row, named in a notice |
//! | with nothing but words of a total, and no date, that is no such sum | rejected: a fault |
//! | with the heading of the amount and another of the layout | a header: it holds for the rows below, and the first also for the rows above |
//! | above the first header and every line, without an amount, date or codes of a line | preamble |
//! | without an amount, anywhere else | rejected: a fault |
//! | without anything, elsewhere | blank |
//!
//! What holds afterwards: accepted, rejected and no-line rows add up to the rows read; the lines
//! add up to what was read less each named difference; and no row of an extract is in two ledgers.
//!
//! **Invariant:** money is never dropped silently. A line with a date that cannot be read stays,
//! under a gap; a line whose amount cannot be accepted is a fault with its pence, where known.
//!
//! **Invariant:** no message holds the letters of a cell; a payee may be a person.
#![deny(missing_docs)]
#![deny(clippy::float_arithmetic)]

mod error;
mod layout;
mod control;
mod file;
mod amount;
mod qualifiers;
mod heading;
mod plan;
mod used_columns;
mod dictionary;
mod date;
mod total_words;
mod row;
mod runs;
mod repeats;
mod capped_findings;
mod cut_amount;
mod swallowed_rows;
mod verdict;
mod total_findings;
mod part;
mod totals;
mod read;
mod reader;
mod whole_ledger;
mod repeated_rows;
mod statement;
mod join;
mod grouped;

pub use control::{Control, ControlResult};
pub(crate) use date::{KnownDate, swapped as swapped_form};
pub use error::LedgerError;
pub use file::{Counts, File, Header, UsedColumn};
pub(crate) use grouped::{
    AmountClass, FileElsewhere, HeaderRow, HeadingSearch, MANY, MayBeSums, RowGroup,
};
pub(crate) use layout::names_payees;
pub use layout::{AmountFormat, AmountsAlone, CodeColumn, Join, Layout, Sign, SignTexts};
pub(crate) use qualifiers::{Kind as Qualifier, is_pounds, says_credit, says_unit};
pub use reader::{LedgerSpec, OnProgress, Progress, Reader, Repeats, files};

use crate::axis::{Period, Placed};
use crate::finding::{Findings, Position};
use crate::money::Pence;
use crate::reconciliation::Reconciliation;
use jiff::civil::Date;
use runs::Runs;
use std::fmt;

/// The lines of one ledger, read and counted.
///
/// Kept as one vector for each thing a line says, so that ten million lines need a few tens of
/// bytes each; [`lines`](Self::lines) shows them one at a time.
#[derive(Debug)]
pub struct Ledger {
    id: String,
    pence: Vec<i64>,
    periods: Vec<Placed<Period>>,
    days: Vec<u8>,
    codes: Vec<Code>,
    /// How many lines of its files each stands for; empty where each is one.
    stands_for: Vec<u32>,
    sheets: Vec<SheetLines>,
    files: Vec<File>,
    counts: Counts,
    total: Pence,
    controls: Vec<ControlResult>,
    findings: Findings,
    reconciliation: Reconciliation,
}

/// One code of all lines: `ids[line]` is the index of its text in `texts`.
struct Code {
    name: String,
    texts: Vec<String>,
    ids: Vec<u32>,
}

impl fmt::Debug for Code {
    /// Counts texts and shows none: they may be people's names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Code")
            .field("name", &self.name)
            .field("texts", &self.texts.len())
            .finish_non_exhaustive()
    }
}

/// The lines of one sheet, which stand together.
#[derive(Debug)]
struct SheetLines {
    /// File, with the sheet of a workbook.
    shown: String,
    start: usize,
    end: usize,
    /// The row of each, in a text its line.
    rows: Runs,
}

impl Ledger {
    /// The name of the ledger.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How many lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pence.len()
    }

    /// Whether there are no lines.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pence.is_empty()
    }

    /// The sum of all lines; spending is positive.
    #[must_use]
    pub fn total(&self) -> Pence {
        self.total
    }

    /// Each line, in the order of files, sheets and rows.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = LineRef<'_>> {
        (0..self.len()).map(|index| LineRef {
            ledger: self,
            index,
            rest: None,
        })
    }

    /// One line, by its index in [`lines`](Self::lines).
    #[must_use]
    pub fn line(&self, index: usize) -> Option<LineRef<'_>> {
        (index < self.len()).then_some(LineRef {
            ledger: self,
            index,
            rest: None,
        })
    }

    /// The names of the codes that the layout gives, in alphabetical order.
    pub fn code_names(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(|code| code.name.as_str())
    }

    /// The different texts of a code, in the order in which they first occur; the index of a text
    /// is its id. Empty for a name that the layout does not give.
    #[must_use]
    pub fn code_texts(&self, name: &str) -> &[String] {
        self.code(name).map_or(&[], |code| &code.texts)
    }

    /// The place of a code name among those of the ledger, for [`Ledger::ids_at`].
    pub(crate) fn code_place(&self, name: &str) -> Option<usize> {
        self.codes.iter().position(|code| code.name == name)
    }

    /// The pence of each line.
    pub(crate) fn pence(&self) -> &[i64] {
        &self.pence
    }

    /// How many lines of its files a line stands for: one, unless they were grouped where they lie.
    #[inline]
    pub(crate) fn stands_for(&self, line: usize) -> u64 {
        self.stands_for.get(line).copied().map_or(1, u64::from)
    }

    /// How many lines of its files all lines stand for.
    pub(crate) fn lines_stood_for(&self) -> u64 {
        match self.stands_for.as_slice() {
            [] => self.len() as u64,
            many => many.iter().copied().map(u64::from).sum(),
        }
    }

    /// Whether its lines are groups of lines.
    pub(crate) fn is_grouped(&self) -> bool {
        !self.stands_for.is_empty()
    }

    /// The period of each line.
    pub(crate) fn periods(&self) -> &[Placed<Period>] {
        &self.periods
    }

    /// The number of the text of each line, for the code name of that place.
    pub(crate) fn ids_at(&self, place: usize) -> &[u32] {
        &self.codes[place].ids
    }

    /// The id of a code for each line, in the order of [`lines`](Self::lines): for whole columns
    /// at once. Empty for a name that the layout does not give.
    #[must_use]
    pub fn code_ids(&self, name: &str) -> &[u32] {
        self.code(name).map_or(&[], |code| &code.ids)
    }

    /// Each file, in the order in which they were named.
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// How many rows of each kind, over all files.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Every fault and notice, in the order of the files; control totals last.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Each control total with what its lines add up to, in the order of the pack.
    #[must_use]
    pub fn controls(&self) -> &[ControlResult] {
        &self.controls
    }

    /// From what was read to what was accepted, and each control total.
    #[must_use]
    pub fn reconciliation(&self) -> &Reconciliation {
        &self.reconciliation
    }

    fn code(&self, name: &str) -> Option<&Code> {
        self.codes.iter().find(|code| code.name == name)
    }
}

/// One line of a [`Ledger`].
#[derive(Clone, Copy, Debug)]
pub struct LineRef<'a> {
    ledger: &'a Ledger,
    index: usize,
    /// What finer lines leave of it.
    rest: Option<Pence>,
}

impl<'a> LineRef<'a> {
    /// Its place among the lines of the ledger.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its amount; spending is positive. Among the lines of an account it is what finer lines of
    /// other ledgers leave of it, where some lie inside it.
    #[must_use]
    pub fn pence(&self) -> Pence {
        self.rest.unwrap_or_else(|| self.written())
    }

    /// Its amount as the file has it, whatever lies inside it.
    #[must_use]
    pub fn written(&self) -> Pence {
        Pence::new(self.ledger.pence[self.index])
    }

    /// The same line with what is left of its amount.
    pub(crate) fn leaving(self, rest: Pence) -> Self {
        Self {
            rest: Some(rest),
            ..self
        }
    }

    /// How many lines of its file it stands for.
    pub(crate) fn stands_for(&self) -> u64 {
        self.ledger.stands_for(self.index)
    }

    /// The month of its date, or the period it names, or why there is neither.
    #[must_use]
    pub fn period(&self) -> Placed<Period> {
        self.ledger.periods[self.index]
    }

    /// The day of its date; `None` where the file has none, or only a period.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        let month = self.period().member()?.first_day();
        let day = i8::try_from(self.ledger.days[self.index]).ok()?;
        Date::new(month.year(), month.month(), day).ok()
    }

    /// The text of a code, without the blanks around it; empty where the line or its file has
    /// none. `None` for a name that the layout does not give.
    #[must_use]
    pub fn code(&self, name: &str) -> Option<&'a str> {
        let code = self.ledger.code(name)?;
        Some(&code.texts[code.ids[self.index] as usize])
    }

    /// The id of a code: its index in [`Ledger::code_texts`].
    #[must_use]
    pub fn code_id(&self, name: &str) -> Option<u32> {
        Some(self.ledger.code(name)?.ids[self.index])
    }

    /// The file it comes from, with the sheet of a workbook, and its line or row there.
    #[must_use]
    pub fn position(&self) -> Position {
        let sheets = &self.ledger.sheets;
        let sheet = sheets.partition_point(|sheet| sheet.end <= self.index);
        match sheets.get(sheet) {
            Some(sheet) => match sheet.rows.get(self.index - sheet.start) {
                Some(row) => Position::line(&sheet.shown, row.into()),
                None => Position::file(&sheet.shown),
            },
            None => Position::default(),
        }
    }
}
