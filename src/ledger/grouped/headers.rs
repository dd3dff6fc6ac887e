//! Headings below the first row of a file: which row they are, and what stands above them.

use super::amount_class::{AmountKind, AmountRead};
use super::group::RowGroup;
use super::sums::MayBeSums;
use super::{FileElsewhere, MANY, is_blank};
use crate::axis::Period;
use crate::ledger::heading::{Columns, Headings};
use crate::ledger::plan::Plan;
use crate::ledger::{Header, LedgerSpec};
use crate::sheet::{self, Key};
use std::collections::BTreeSet;

/// The row of a file that holds its headings.
#[derive(Clone, Debug)]
pub(crate) struct HeaderRow {
    /// Its number; that of the first row is 1.
    pub(crate) row: u64,
    pub(crate) cells: Vec<String>,
}

/// What tells the headings of a ledger's files.
#[derive(Debug)]
pub(crate) struct HeadingSearch(Headings);

impl HeadingSearch {
    pub(crate) fn of(spec: &LedgerSpec) -> Self {
        Self(Headings::new(&spec.layout, &spec.controls))
    }

    /// Whether a row holds the headings.
    pub(crate) fn is_header(&self, cells: &[String]) -> bool {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let row = <sheet::Row as From<&[&str]>>::from(&cells);
        self.0.columns(row.cells()).is_some()
    }

    /// Whether a cell is a heading of the amount.
    pub(crate) fn is_of_amount(&self, cell: &str) -> bool {
        self.0.is_amount(cell)
    }
}

/// The columns below a row of headings. Otherwise why its lines cannot be grouped where they lie.
pub(super) fn columns_of(
    plan: &Plan<'_>,
    shown: &str,
    header: &HeaderRow,
) -> Result<Columns, String> {
    let cells: Vec<&str> = header.cells.iter().map(String::as_str).collect();
    let row = <sheet::Row as From<&[&str]>>::from(&cells);
    let at = header.row;
    let columns = (plan.headings.columns(row.cells())).ok_or_else(|| {
        format!(
            "`{shown}:{at}` has no heading that the layout gives for `amount` together with another \
             of the layout"
        )
    })?;
    if let Some((heading, _)) = columns.fit_twice.first() {
        return Err(format!(
            "several columns of `{shown}:{at}` fit the heading `{heading}`; say which is meant in \
             `occurrence` of the layout"
        ));
    }
    if let Some((key, heading)) = plan.headings.unselectable(&columns) {
        return Err(format!(
            "`{shown}:{at}` has no heading `{heading}`, which `{key}` of the layout names"
        ));
    }
    Ok(columns)
}

/// A header as files tell of it.
pub(super) fn header_of(header: &HeaderRow, columns: &Columns) -> Header {
    Header {
        sheet: None,
        line: header.row,
        amount: columns.amount_heading.clone(),
        used: Vec::new(),
        missing: Vec::new(),
        unnamed: Vec::new(),
    }
}

impl FileElsewhere<'_> {
    /// Whether the first rows of the file stand above its headings, and are still to come.
    pub(crate) fn has_rows_above(&self) -> bool {
        self.header_row > 1 && self.read.file.headers.len() == 1
    }

    /// Whether some of these rows may be no lines for standing above the headings.
    pub(crate) fn has_top(&self) -> bool {
        self.has_rows_above() && self.lines_from > 1
    }

    /// From here on other headings hold, which stand in a row further down.
    pub(crate) fn turn_to(&mut self, header: &HeaderRow) -> Result<(), String> {
        let columns = columns_of(&self.plan, self.shown, header)?;
        let names = self.plan.layout.codes.keys().zip(&columns.codes);
        let had = names.filter(|(_, parts)| !parts.is_empty());
        (self.read.doubts.had).extend(had.map(|(name, _)| name.clone()));
        (self.read.file.headers).push(header_of(header, &columns));
        self.columns = columns;
        self.heading_texts.clear();
        Ok(())
    }

    /// Whether a text in the column of amounts may be a heading.
    pub(crate) fn may_be_heading(&self, text: &str) -> bool {
        self.amount_kind(text) == AmountKind::NotReadable
    }

    /// Whether a cell is a heading of the amount.
    pub(crate) fn is_heading_of_amount(&self, text: &str) -> bool {
        self.plan.headings.is_amount(text)
    }

    /// Whether a row holds headings: `Some(false)` where they give other columns than the first.
    pub(crate) fn header_again(&self, cells: &[String]) -> Option<bool> {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let row = <sheet::Row as From<&[&str]>>::from(&cells);
        let columns = self.plan.headings.columns(row.cells())?;
        Some(columns == self.columns)
    }

    /// Notes texts in the column of amounts whose rows all are headings.
    pub(crate) fn headings_are(&mut self, texts: BTreeSet<String>) {
        self.heading_texts = texts;
    }

    /// How many filled cells beside the amount of a row are told, at most.
    pub(crate) fn most_filled(&self) -> usize {
        match self.has_rows_above() {
            true => self.columns.headings.max(MANY),
            false => MANY,
        }
    }

    /// Notes whether the names of the columns are a line: they are the first row of the file where headings
    /// stand below.
    pub(crate) fn note_names(&mut self, names: &[String]) {
        let read = self.amount_of_names(names);
        let group = self.names_as_group(names, &read);
        if self.is_first_line(&group) {
            self.lines_from = 1;
        }
    }

    /// Takes the names of the columns as that row.
    pub(crate) fn take_names(&mut self, names: &[String]) -> Result<(), String> {
        let read = self.amount_of_names(names);
        let group = self.names_as_group(names, &read);
        self.take_in_order(&[group], &MayBeSums::new())
    }

    fn amount_of_names(&self, names: &[String]) -> AmountRead {
        let cell = |at: usize| names.get(at).map_or("", String::as_str);
        let cells: Vec<&str> = self.amount_columns().into_iter().map(cell).collect();
        self.amount(&cells)
    }

    fn names_as_group<'g>(&self, names: &'g [String], read: &'g AmountRead) -> RowGroup<'g> {
        let cell = |at: usize| names.get(at).map_or("", String::as_str);
        RowGroup {
            texts: (self.told_by().into_iter())
                .map(|at| (at, cell(at)))
                .collect(),
            class: &read.class,
            filled: self.others().filter(|&at| !is_blank(cell(at))).count(),
            rows: 1,
            pence: read.pence.into(),
            bare: read.bare.into(),
            credits: u64::from(read.pence < 0),
            largest: i128::from(read.pence).abs(),
            taken: read.taken,
            first: Some(1),
        }
    }

    /// Notes the first of these rows that is a line although it stands above the headings.
    pub(crate) fn note_lines_above<'g>(&mut self, groups: impl Iterator<Item = &'g RowGroup<'g>>) {
        for group in groups {
            if let Some(first) = group.first
                && first < self.lines_from
                && self.is_first_line(group)
            {
                self.lines_from = first;
            }
        }
    }

    /// The row from which on rows are lines unless they are something else.
    pub(crate) fn lines_from(&self) -> u64 {
        self.lines_from
    }

    /// Whether rows stand above the headings and every line.
    pub(super) fn is_top(&self, group: &RowGroup<'_>) -> bool {
        group.first.is_some_and(|first| first < self.lines_from)
    }

    fn is_first_line(&mut self, group: &RowGroup<'_>) -> bool {
        let read = matches!(group.class.kind, AmountKind::Read | AmountKind::Rounded);
        read && self.selected(group) && self.is_line_by_every_test(group)
    }

    /// Whether rows above the headings are lines by every test: they have a date where there are dates,
    /// codes where there are codes, and a cell for each heading where there are neither.
    pub(super) fn is_line_by_every_test(&mut self, group: &RowGroup<'_>) -> bool {
        let columns = &self.columns;
        let text = |column: usize| group.texts.get(&column).map_or("", |text| text.trim());
        let dated = (columns.date).is_some_and(|at| self.dates.is_date(Key::of(text(at))))
            || (columns.period)
                .is_some_and(|at| Period::parse(text(at), self.plan.layout.years).is_ok());
        let has_time = columns.date.is_some() || columns.period.is_some();
        let filled_code = |parts: &Vec<usize>| parts.iter().any(|&at| !text(at).is_empty());
        let mut codes = columns.codes.iter().filter(|parts| !parts.is_empty());
        let any_code = codes.clone().next().is_some();
        let amount = usize::from(group.class.kind != AmountKind::Empty);
        let filled = group.filled + amount;
        match (has_time, any_code) {
            (true, true) => dated && codes.any(filled_code),
            (true, false) => dated,
            (false, true) => codes.all(filled_code) && filled + 1 >= columns.headings,
            (false, false) => filled >= columns.headings,
        }
    }
}
