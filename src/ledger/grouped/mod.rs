//! Lines that were grouped where they lie: what each text of a column says, and groups as a ledger.
//!
//! An engine that holds the files tells the texts of each column and adds up the lines of which
//! all texts say the same. What a text says is decided here, by the code that reads files.

mod amount_class;
mod group;
mod told;
mod sums;
mod headers;

pub(crate) use amount_class::AmountClass;
use amount_class::AmountKind;
pub(crate) use group::RowGroup;
pub(crate) use headers::{HeaderRow, HeadingSearch};
pub(crate) use sums::MayBeSums;

use super::control::Met;
use super::date::Dates;
use super::dictionary::Dictionary;
use super::heading::{Columns, Headings};
use super::layout::Sign;
use super::part::{Doubts, Lines, Sums};
use super::plan::Plan;
use super::read::{FileRead, unnamed_columns};
use super::runs::Runs;
use super::total_findings;
use super::total_words::{Says, may_say, says};
use super::totals::Totals;
use super::{Code, Counts, File, Ledger, LedgerError, LedgerSpec};
use crate::axis::{Gap, Period, Placed};
use crate::finding::{Finding, Findings, Position, Severity};
use crate::money::Pence;
use crate::reconciliation::Reconciliation;
use crate::sheet::{Blocks, Detected, Key};
use crate::text::counted;
use group::Told;
use headers::{columns_of, header_of};
use std::collections::{BTreeMap, BTreeSet};

/// So many filled cells beside the amount, or more: the row is no sum of others for want of cells.
pub(crate) const MANY: usize = 3;

/// One file that lies elsewhere: which column is what, and what has been read of it.
#[derive(Debug)]
pub(crate) struct FileElsewhere<'a> {
    plan: Plan<'a>,
    shown: &'a str,
    columns: Columns,
    header_row: u64,
    /// The row from which on rows are lines unless they are something else: that of the headings, or one
    /// above them.
    lines_from: u64,
    /// Texts in the column of amounts whose rows are headings.
    heading_texts: BTreeSet<String>,
    totals: Totals,
    width: usize,
    dates: Dates,
    read: FileRead,
    undated: u64,
    not_read: BTreeMap<(&'static str, &'static str), Told>,
    rejected: BTreeMap<AmountKind, Told>,
    total: i128,
}

impl<'a> FileElsewhere<'a> {
    /// From the headings of the file. Otherwise why its lines cannot be grouped where they lie.
    pub(crate) fn of(
        spec: &'a LedgerSpec,
        shown: &'a str,
        header: &HeaderRow,
    ) -> Result<Self, String> {
        let layout = &spec.layout;
        let plan = Plan {
            ledger: &spec.id,
            layout,
            headings: Headings::new(layout, &spec.controls),
            controls: spec.controls.len(),
            blocks: Blocks::default(),
        };
        let row = header.row;
        let columns = columns_of(&plan, shown, header)?;
        let mut doubts = Doubts::default();
        let names = layout.codes.keys().zip(&columns.codes);
        let had = names.filter(|(_, parts)| !parts.is_empty());
        doubts.had = had.map(|(name, _)| name.clone()).collect();
        Ok(Self {
            read: FileRead {
                file: File {
                    shown: shown.to_owned(),
                    fingerprint: String::new(),
                    detected: Detected::elsewhere(),
                    headers: vec![header_of(header, &columns)],
                    date_forms: Vec::new(),
                    undated: 0,
                    // The names of the columns are the first row.
                    counts: Counts {
                        records: u64::from(row == 1),
                        header: u64::from(row == 1),
                        ..Counts::default()
                    },
                    total: Pence::ZERO,
                    rejected: Pence::ZERO,
                    rejected_unknown: 0,
                },
                findings: Findings::new(),
                lines: vec![Lines {
                    codes: vec![Vec::new(); layout.codes.len()],
                    ..Lines::default()
                }],
                sums: Sums::default(),
                controls: vec![Met::default(); plan.controls],
                sheets: Vec::new(),
                rows: vec![Runs::default()],
                texts: layout.codes.keys().map(|_| Dictionary::default()).collect(),
                doubts,
                dates: Dates::new(&layout.dates),
            },
            dates: Dates::new(&layout.dates),
            width: header.cells.len(),
            header_row: row,
            lines_from: row,
            heading_texts: BTreeSet::new(),
            totals: Totals::new(),
            shown,
            plan,
            columns,
            undated: 0,
            not_read: BTreeMap::new(),
            rejected: BTreeMap::new(),
            total: 0,
        })
    }

    /// The column of amounts.
    pub(crate) fn amount_column(&self) -> usize {
        self.columns.amount
    }

    /// The heading of the amount, as the file writes it.
    pub(crate) fn amount_heading(&self) -> &str {
        &self.columns.amount_heading
    }

    /// Whether spending is below zero in the file.
    pub(crate) fn income_is_positive(&self) -> bool {
        self.plan.layout.sign == Sign::IncomePositive
    }

    /// The column of dates, else that of periods: what a control by time is told by.
    pub(crate) fn time_column(&self) -> Option<usize> {
        self.columns.date.or(self.columns.period)
    }

    /// The columns whose texts matter, beside that of the amount. Of a file with few columns all do:
    /// rows of few cells may be sums of others by any of their words.
    pub(crate) fn told_by(&self) -> Vec<usize> {
        if self.width <= MANY {
            return self.others().collect();
        }
        let mut columns: Vec<usize> = (self.columns.read_from())
            .filter(|&column| column != self.columns.amount)
            .filter(|&column| Some(column) != self.columns.reference)
            .collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Every column but that of the amount.
    pub(crate) fn others(&self) -> impl Iterator<Item = usize> + use<> {
        let amount = self.columns.amount;
        (0..self.width).filter(move |&column| column != amount)
    }

    /// The code names that a column gives the text of; `true` for those that it gives alone.
    pub(crate) fn code_names(&self, column: usize) -> impl Iterator<Item = (&'a str, bool)> {
        let names = self.plan.layout.codes.keys().zip(&self.columns.codes);
        names
            .filter(move |(_, parts)| parts.contains(&column))
            .map(|(name, parts)| (name.as_str(), parts.len() == 1))
    }

    /// What a text in a column says to the reader of files, codes aside: texts that say the same are
    /// one to it.
    pub(crate) fn says(&mut self, column: usize, text: &str) -> String {
        let text = text.trim();
        let mut all = vec![text.is_empty().to_string()];
        if self.columns.date == Some(column) {
            let day = self.dates.read_once(Key::of(text));
            all.push(format!("{:?}", day.map(|(_, day)| day.month)));
        }
        if self.columns.period == Some(column) {
            let period = Period::parse(text, self.plan.layout.years);
            all.push(format!("{:?} {}", period.ok(), is_blank(text)));
        }
        let headings = &self.plan.headings;
        for (number, &at) in self.columns.selection.iter().enumerate() {
            if at == Some(column) {
                all.push(headings.selection_wants(number, text).to_string());
                all.extend(
                    headings
                        .nearly(number, text)
                        .map(|(_, text)| text.to_owned()),
                );
            }
        }
        if self.columns.where_not.contains(&Some(column)) {
            let unwanted = headings.unwanted_text(&self.columns, column, text);
            if let Some((heading, text)) = unwanted {
                all.push(format!("unwanted {text}"));
                let key = (heading.to_owned(), text.to_owned());
                self.read.doubts.unwanted.insert(key);
            }
        }
        for (place, &at) in self.columns.where_not.iter().enumerate() {
            let nearly = headings.nearly_unwanted(place, text);
            if let Some((heading, text)) = nearly.filter(|_| at == Some(column)) {
                all.push(format!("nearly {text} under {heading}"));
            }
        }
        for (control, conditions) in self.columns.controls.iter().enumerate() {
            for (condition, &at) in conditions.iter().enumerate() {
                if at == Some(column) {
                    let wanted = headings.control_wants(control, condition, text);
                    all.push(wanted.to_string());
                }
            }
        }
        if says_total(text) {
            all.push(text.to_owned());
        }
        all.join("\u{1f}")
    }

    /// The period that a text of the time column says, as far as that column alone says it.
    pub(crate) fn time_of(&mut self, text: &str) -> Placed<Period> {
        let text = text.trim();
        let period = match self.columns.date {
            Some(_) => (self.dates.read_once(Key::of(text)).ok()).map(|(_, day)| day.month),
            None => Period::parse(text, self.plan.layout.years).ok(),
        };
        period.map_or(Placed::Gap(Gap::Unknown), Placed::On)
    }

    /// Takes rows of the file, as a reader would have taken each of them. Otherwise the rule that asks
    /// for more than sums of rows.
    pub(crate) fn take(&mut self, group: &RowGroup<'_>) -> Result<(), String> {
        let kind = group.class.kind;
        let readable = group.class.is_readable();
        let selected = self.selected(group);
        let wanted = self.wanted(group);
        if self.is_top(group) {
            let number = group.class.is_number();
            let blank = group.filled == 0 && kind == AmountKind::Empty;
            if blank || !number || !self.is_line_by_every_test(group) {
                self.preamble(group, readable && selected && !self.is_alone(group));
                return Ok(());
            }
        }
        let alone = self.is_alone(group);
        let counts = &mut self.read.file.counts;
        counts.records += group.rows;
        if group.filled == 0 && kind == AmountKind::Empty {
            counts.blank += group.rows;
        } else if kind == AmountKind::Heading {
            counts.header += group.rows;
        } else if alone {
            counts.total_rows += group.rows;
            self.read.sums.total_rows += group.bare;
        } else if !selected {
            counts.not_selected += group.rows;
            self.read.sums.not_selected += group.bare;
            if wanted {
                self.read.sums.unwanted += group.bare;
                self.read.sums.unwanted_rows += group.rows;
            } else {
                self.nearly_wanted(group);
            }
        } else {
            if readable {
                self.unnamed(group);
            }
            match kind {
                AmountKind::Read | AmountKind::Rounded => self.line(group)?,
                _ => self.refuse(group),
            }
        }
        Ok(())
    }

    /// Whether every heading of `where` is met.
    fn wanted(&self, group: &RowGroup<'_>) -> bool {
        let conditions = self.columns.selection.iter().enumerate();
        conditions.into_iter().all(|(number, at)| {
            at.is_some_and(|at| {
                let text = group.texts.get(&at).map_or("", |text| text.trim());
                self.plan.headings.selection_wants(number, text)
            })
        })
    }

    fn selected(&self, group: &RowGroup<'_>) -> bool {
        let unwanted = self.columns.where_not.iter().flatten().any(|&at| {
            let text = group.texts.get(&at).map_or("", |text| text.trim());
            let headings = &self.plan.headings;
            headings.unwanted_text(&self.columns, at, text).is_some()
        });
        !unwanted && self.wanted(group)
    }

    fn line(&mut self, group: &RowGroup<'_>) -> Result<(), String> {
        let period = self.period(group);
        let has_time = self.columns.date.is_some() || self.columns.period.is_some();
        let undated = has_time && matches!(period, Placed::Gap(_));
        if undated {
            self.undated += group.rows;
            self.read.doubts.undated += group.pence.abs();
        }
        let conditions = self.columns.controls.iter().enumerate();
        for (control, conditions) in conditions {
            let met = conditions.iter().enumerate().all(|(condition, at)| {
                at.is_some_and(|at| {
                    let text = group.texts.get(&at).map_or("", |text| text.trim());
                    (self.plan.headings).control_wants(control, condition, text)
                })
            });
            if met {
                self.read.controls[control].lines += group.rows;
                self.read.controls[control].pence += group.pence;
            }
        }
        if group.class.kind == AmountKind::Rounded {
            self.read.sums.rounded += group.rows;
            self.read.sums.taken += group.taken;
        }
        self.nearly_unwanted(group);
        let too_large = |what: &str| format!("lines of `{}` add up to {what}", self.shown);
        let pence =
            Pence::from_wide(group.pence).map_err(|_| too_large("more than 64 bits of pence"))?;
        let stands_for = u32::try_from(group.rows)
            .map_err(|_| too_large("more lines with the same texts than a record can count"))?;
        let counts = &mut self.read.file.counts;
        counts.lines += group.rows;
        counts.credits += group.credits;
        self.total += group.pence;
        let codes: Vec<String> = (self.columns.codes.iter())
            .map(|parts| {
                let text = |column: &usize| group.texts.get(column).map_or("", |t| t.trim());
                let texts: Vec<&str> = parts.iter().map(text).collect();
                match texts.iter().all(|text| text.is_empty()) {
                    true => String::new(),
                    false => texts.join(" / "),
                }
            })
            .collect();
        let FileRead {
            lines, texts, rows, ..
        } = &mut self.read;
        // Groups come in the order of their first rows.
        let first = group.first.and_then(|row| u32::try_from(row).ok());
        if let (Some(first), Some(rows)) = (first, rows.first_mut()) {
            rows.push(first);
        }
        for lines in lines.iter_mut().take(1) {
            lines.pence.push(pence.get());
            lines.periods.push(period);
            lines.days.push(0);
            lines.stands_for.push(stands_for);
            for ((ids, dictionary), text) in lines.codes.iter_mut().zip(&mut *texts).zip(&codes) {
                ids.push(dictionary.id(Key::of(text)));
            }
        }
        Ok(())
    }

    /// Notes rows above the headings that are no lines.
    fn preamble(&mut self, group: &RowGroup<'_>, has_amount: bool) {
        let counts = &mut self.read.file.counts;
        counts.records += group.rows;
        counts.preamble += group.rows;
        let lines_above = self.lines_from < self.header_row;
        if let Some(pence) = Pence::from_wide(group.bare)
            .ok()
            .filter(|_| has_amount && lines_above)
        {
            let position = (self.position(group.first)).column(&self.columns.amount_heading);
            let finding = total_findings::above_the_header(position, pence);
            self.read.findings.push(finding);
        }
    }

    /// The period that rows say.
    fn time(&mut self, group: &RowGroup<'_>) -> Placed<Period> {
        let text = |column: usize| group.texts.get(&column).map_or("", |text| text.trim());
        let day =
            (self.columns.date).and_then(|column| self.dates.read_once(Key::of(text(column))).ok());
        if let Some((_, day)) = day {
            return Placed::On(day.month);
        }
        let period = (self.columns.period)
            .and_then(|column| Period::parse(text(column), self.plan.layout.years).ok());
        period.map_or(Placed::Gap(Gap::Unknown), Placed::On)
    }

    fn period(&mut self, group: &RowGroup<'_>) -> Placed<Period> {
        let text = |column: usize| group.texts.get(&column).map_or("", |text| text.trim());
        let mut why = ("period", "without a period");
        if let Some(column) = self.columns.date {
            match self.dates.read_once(Key::of(text(column))) {
                Ok((_, day)) => return Placed::On(day.month),
                Err(_) if is_blank(text(column)) => why = ("date", "without a date"),
                Err(_) => {
                    why = (
                        "date",
                        "with a date that cannot be read in any form of the layout",
                    )
                }
            }
        }
        if let Some(column) = self.columns.period {
            match Period::parse(text(column), self.plan.layout.years) {
                Ok(period) => return Placed::On(period),
                Err(_) if is_blank(text(column)) => {}
                Err(_) => why = ("period", "with what is not one period that can be read"),
            }
        }
        if self.columns.date.is_some() || self.columns.period.is_some() {
            self.not_read.entry(why).or_default().add(group);
        }
        Placed::Gap(Gap::Unknown)
    }

    /// What was taken, as a file that was read.
    fn finish(mut self, fingerprint: &str) -> Result<FileRead, LedgerError> {
        let held = |sum: i128| {
            Pence::from_wide(sum).map_err(|source| LedgerError::TooLarge {
                ledger: self.plan.ledger.to_owned(),
                source,
            })
        };
        let (total, rejected) = (held(self.total)?, held(self.read.sums.rejected)?);
        let file = &mut self.read.file;
        file.fingerprint = fingerprint.to_owned();
        (file.total, file.rejected) = (total, rejected);
        (file.undated, file.rejected_unknown) = (self.undated, self.read.sums.rejected_unknown);
        let unnamed = unnamed_columns(&self.read.doubts, self.shown);
        self.read.findings.extend(unnamed);
        let rejected = self.rejected.iter();
        let rejected: Vec<_> = rejected
            .map(|(&kind, told)| self.rejected(kind, told))
            .collect();
        self.read.findings.extend(rejected);
        for ((what, found), told) in &self.not_read {
            self.read.findings.push(Finding {
                rule: "date-not-readable".into(),
                severity: Severity::Notice,
                position: self.position(told.first),
                found: format!("{} {found}", counted(told.rows, "line")),
                at_stake: Pence::from_wide(told.pence).ok(),
                remedy: format!(
                    "correct the {what}s, or add their form to the layout; until then the lines are \
                     in no period"
                ),
            });
        }
        if self.read.file.counts.lines == 0 {
            self.read.findings.push(Finding {
                rule: "file-without-lines".into(),
                severity: Severity::Notice,
                position: Position::file(self.shown),
                found: "the file has a header and no line of this ledger".into(),
                at_stake: None,
                remedy: "check that the file is complete and `where` selects its rows".into(),
            });
        }
        let lines = self.read.lines.iter().map(|lines| lines.pence.len()).sum();
        self.read.sheets.push((None, lines));
        self.read.dates = self.dates;
        Ok(self.read)
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn says_total(text: &str) -> bool {
    let text = text.trim();
    may_say(text) && says(text).is_some_and(|what| what != Says::Weakly)
}

impl Ledger {
    /// The ledger of files that were grouped where they lie, each with its fingerprint.
    ///
    /// # Errors
    ///
    /// As reading them would: a sum beyond 64 bits of pence, more lines than 32 bits can count.
    pub(crate) fn of_groups(
        spec: &LedgerSpec,
        files: Vec<(FileElsewhere<'_>, String)>,
    ) -> Result<Self, LedgerError> {
        let reads = files.into_iter().map(|(file, print)| file.finish(&print));
        Self::join(spec, reads.collect::<Result<_, _>>()?)
    }

    /// A ledger without money that has a line for each text of one code, numbered from 1 as rows: for
    /// asking what is made of each.
    pub(crate) fn of_texts<'a>(
        id: &str,
        names: impl Iterator<Item = &'a String>,
        name: &str,
        texts: &[String],
    ) -> Self {
        let mut rows = Runs::default();
        (1..).take(texts.len()).for_each(|row| rows.push(row));
        let codes = names.map(|of| Code {
            name: of.clone(),
            texts: match of == name {
                true => texts.to_vec(),
                false => vec![String::new()],
            },
            ids: match of == name {
                true => (0..).take(texts.len()).collect(),
                false => vec![0; texts.len()],
            },
        });
        Self {
            id: id.to_owned(),
            pence: vec![0; texts.len()],
            periods: vec![Placed::Gap(Gap::Unknown); texts.len()],
            days: vec![0; texts.len()],
            codes: codes.collect(),
            stands_for: Vec::new(),
            sheets: vec![super::SheetLines {
                shown: id.to_owned(),
                start: 0,
                end: texts.len(),
                rows,
            }],
            files: Vec::new(),
            counts: Counts::default(),
            total: Pence::ZERO,
            controls: Vec::new(),
            findings: Findings::new(),
            reconciliation: Reconciliation::default(),
        }
    }
}
