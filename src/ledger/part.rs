//! A run of rows through a layout: every row is something, and is counted as it.

use super::LedgerError;
use super::amount::{Amount, NoAmount};
use super::capped_findings::Limited;
use super::control::Met;
use super::date::{Dates, Day, NoDate};
use super::dictionary::{Dictionary, Further};
use super::file::{Counts, Header};
use super::heading::Columns;
use super::plan::Plan;
use super::row::{Reading, Row, Zone, classify};
use super::runs::Runs;
use crate::axis::{Gap, Period, Placed};
use crate::finding::{Finding, Position, Severity, masked};
use crate::money::{AmountError, Pence, parse_amount, to_pence};
use crate::sheet::{self, Block, Cells, Key, NotUtf8};
use rust_decimal::Decimal;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Accepted lines, one vector for each thing they say.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) pence: Vec<i64>,
    pub(super) periods: Vec<Placed<Period>>,
    /// Day of the month, where there is a date; 0 where there is none.
    pub(super) days: Vec<u8>,
    /// Line of a text, or row of a sheet.
    pub(super) rows: Runs,
    /// The number of the text of each code.
    pub(super) codes: Vec<Vec<u32>>,
}

/// What was read and is not in the lines, and what rounding took from those that are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) total_rows: i128,
    pub(super) not_selected: i128,
    pub(super) rejected: i128,
    /// Rejected rows without any amount that could be read.
    pub(super) rejected_unknown: u64,
    /// Lines that were rounded to the penny.
    pub(super) rounded: u64,
    /// What rounding took from them, in pounds.
    pub(super) taken: Decimal,
}

impl Lines {
    /// Room for so many lines with so many codes.
    fn with_capacity(codes: usize, lines: usize) -> Self {
        Self {
            pence: Vec::with_capacity(lines),
            periods: Vec::with_capacity(lines),
            days: Vec::with_capacity(lines),
            rows: Runs::default(),
            codes: (0..codes).map(|_| Vec::with_capacity(lines)).collect(),
        }
    }
}

impl Sums {
    pub(super) fn add(&mut self, other: &Self) {
        self.total_rows += other.total_rows;
        self.not_selected += other.not_selected;
        self.rejected += other.rejected;
        self.rejected_unknown += other.rejected_unknown;
        self.rounded += other.rounded;
        self.taken += other.taken;
    }
}

/// Where the rows of a part stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where<'a> {
    /// The name of a sheet of a workbook.
    pub(super) sheet: Option<&'a str>,
    pub(super) file: &'a str,
    /// The file, with the sheet of a workbook, as positions show it.
    pub(super) shown: &'a str,
    /// What stands between the cells of a text.
    pub(super) delimiter: Option<char>,
    /// The line of the first header.
    pub(super) first_header: u64,
}

/// What earlier parts of a file have learnt: how its dates read, and the texts of each code.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) dates: Dates,
    pub(super) texts: Vec<Dictionary>,
}

/// What the rows of a part are, and what they gave.
#[derive(Debug)]
pub(super) struct Part<'a> {
    plan: &'a Plan<'a>,
    at: Where<'a>,
    reading: Reading,
    /// The columns with which it began, and those of the last header so far.
    pub(super) began_with: Arc<Columns>,
    pub(super) columns: Arc<Columns>,
    pub(super) dates: Dates,
    pub(super) counts: Counts,
    pub(super) headers: Vec<Header>,
    pub(super) undated: u64,
    pub(super) lines: Lines,
    /// The texts of each code that were not known.
    pub(super) texts: Vec<Further>,
    pub(super) total: i128,
    pub(super) sums: Sums,
    pub(super) controls: Vec<Met>,
    pub(super) findings: Limited,
    /// The line of a text on which a quote opens that never closes.
    pub(super) cut_off: Option<u64>,
    /// A code that is put together.
    code: String,
}

/// Whether all rows could be taken.
pub(super) type Taken = Result<(), LedgerError>;

impl<'a> Part<'a> {
    /// A part that starts below a header with these columns, of no more rows than `most`.
    pub(super) fn new(
        plan: &'a Plan<'a>,
        at: Where<'a>,
        columns: Arc<Columns>,
        known: &Known,
        most: usize,
    ) -> Self {
        Self {
            plan,
            at,
            reading: Reading {
                sign: plan.layout.sign,
                excess: plan.layout.excess_decimals,
            },
            began_with: Arc::clone(&columns),
            columns,
            dates: known.dates.uncounted(),
            counts: Counts::default(),
            headers: Vec::new(),
            undated: 0,
            lines: Lines::with_capacity(plan.layout.codes.len(), most),
            texts: known.texts.iter().map(Further::than).collect(),
            total: 0,
            sums: Sums::default(),
            controls: vec![Met::default(); plan.controls],
            findings: Limited::new(at.file),
            cut_off: None,
            code: String::new(),
        }
    }

    /// Takes all rows of a sheet.
    pub(super) fn take_sheet(
        &mut self,
        sheet: &sheet::Sheet<'_>,
        known: &Known,
    ) -> Result<(), LedgerError> {
        let mut columns = Arc::clone(&self.columns);
        let taken = sheet.rows(|line, cells| self.row(line, cells, &mut columns, known));
        self.columns = columns;
        match taken {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(error) => Err(error),
        }
    }

    /// Takes the rows of a block of a text.
    pub(super) fn take_block(
        &mut self,
        block: &Block<'_>,
        known: &Known,
    ) -> Result<Taken, NotUtf8> {
        let mut columns = Arc::clone(&self.columns);
        let taken = block.rows(|line, cells| self.row(line, cells, &mut columns, known))?;
        self.columns = columns;
        Ok(match taken {
            ControlFlow::Continue(cut_off) => {
                self.cut_off = cut_off;
                Ok(())
            }
            ControlFlow::Break(error) => Err(error),
        })
    }

    /// Takes the next row.
    #[inline]
    fn row(
        &mut self,
        line: u64,
        cells: Cells<'_>,
        columns: &mut Arc<Columns>,
        known: &Known,
    ) -> ControlFlow<LedgerError> {
        self.counts.records += 1;
        let Ok(row_number) = u32::try_from(line) else {
            return ControlFlow::Break(LedgerError::TooLong {
                name: self.at.file.to_owned(),
            });
        };
        let zone = if line < self.at.first_header && self.lines.pence.is_empty() {
            Zone::Top
        } else {
            Zone::Body
        };
        let headings = &self.plan.headings;
        match classify(cells, columns, headings, self.reading, zone) {
            Row::Line {
                amount,
                may_be_total,
            } => {
                if may_be_total {
                    self.may_be_total(line, columns, amount.pence);
                }
                if cells.len() > columns.width {
                    self.beyond_headings(line, cells, columns, amount.pence);
                }
                self.line(amount, cells, columns, known, row_number);
            }
            Row::Blank => self.counts.blank += 1,
            Row::Preamble => self.counts.preamble += 1,
            Row::Total(pence) => {
                self.counts.total_rows += 1;
                self.sums.total_rows += wide(pence);
            }
            Row::NotSelected(pence) => {
                self.counts.not_selected += 1;
                self.sums.not_selected += wide(pence);
            }
            Row::Header(found) => {
                self.counts.header += 1;
                if let Some(heading) = headings.unselectable(&found) {
                    return ControlFlow::Break(LedgerError::NoSelection {
                        file: self.at.shown.to_owned(),
                        line,
                        heading: heading.to_owned(),
                    });
                }
                self.header(&found, line);
                self.line_in_header(cells, &found, line);
                *columns = Arc::from(found);
            }
            Row::Rejected(refused) => self.rejected(&refused, cells, columns, line),
        }
        self.swallowed(cells, line);
        ControlFlow::Continue(())
    }

    fn line(
        &mut self,
        amount: Amount,
        cells: Cells<'_>,
        columns: &Columns,
        known: &Known,
        row: u32,
    ) {
        self.counts.lines += 1;
        self.total += i128::from(amount.pence.get());
        self.counts.credits += u64::from(amount.pence < Pence::ZERO);
        if !amount.taken.is_zero() {
            self.sums.rounded += 1;
            self.sums.taken += amount.taken;
        }
        for control in self.plan.headings.controls_of(columns, cells) {
            self.controls[control].lines += 1;
            self.controls[control].pence += i128::from(amount.pence.get());
        }
        let (period, day) = self.period(cells, columns, row, amount.pence);
        self.lines.pence.push(amount.pence.get());
        self.lines.periods.push(period);
        self.lines.days.push(day);
        self.lines.rows.push(row);
        let texts = self.texts.iter_mut().zip(&known.texts);
        let ids = self.lines.codes.iter_mut().zip(texts);
        for ((ids, (further, known)), parts) in ids.zip(&columns.codes) {
            let cell = |column: usize| cells.trimmed(column);
            let id = match parts.as_slice() {
                [] => further.id(Key::of(""), known),
                [column] => further.id(cells.key(*column), known),
                several if several.iter().all(|&column| cell(column).is_empty()) => {
                    further.id(Key::of(""), known)
                }
                several => {
                    self.code.clear();
                    for (i, &column) in several.iter().enumerate() {
                        if i > 0 {
                            self.code.push_str(" / ");
                        }
                        self.code.push_str(cell(column));
                    }
                    further.id(Key::of(&self.code), known)
                }
            };
            ids.push(id);
        }
    }

    /// The month of the date and its day, or the period that the row names, or a gap: money is
    /// never dropped for want of a date.
    fn period(
        &mut self,
        cells: Cells<'_>,
        columns: &Columns,
        row: u32,
        at_stake: Pence,
    ) -> (Placed<Period>, u8) {
        let mut fault = None;
        if let Some(column) = columns.date {
            let cell = || cells.get(column).unwrap_or_default();
            match self.dates.day(cells.key(column)) {
                Ok(Day { month, of_month }) => return (Placed::On(month), of_month),
                Err(NoDate::Blank) => fault = Some((column, "there is no date here".to_owned())),
                Err(NoDate::Unreadable) => {
                    let found = format!(
                        "`{}` is not a date in any form of the layout",
                        masked(cell())
                    );
                    fault = Some((column, found));
                }
                Err(NoDate::OutOfRange) => {
                    let found = format!("`{}` lies outside 1948 to 2099", masked(cell()));
                    fault = Some((column, found));
                }
            }
        }
        if let Some(column) = columns.period {
            let cell = cells.trimmed(column);
            match Period::parse(cell, self.plan.layout.years) {
                Ok(period) => return (Placed::On(period), 0),
                Err(_) if cell.is_empty() => {
                    fault = fault.or_else(|| Some((column, "there is no period here".to_owned())));
                }
                Err(_) => {
                    let found = format!("`{}` is not one period that can be read", masked(cell));
                    fault = Some((column, found));
                }
            }
        }
        self.undated += 1;
        if let Some((column, found)) = fault {
            self.findings.push(Finding {
                rule: "date-not-readable".into(),
                severity: Severity::Notice,
                position: Position::line(self.at.shown, row.into())
                    .column(self.heading(column, columns)),
                found,
                at_stake: Some(at_stake),
                remedy: "correct the date, or add its form to `dates` of the layout; until then \
                         the line is in no period"
                    .into(),
            });
        }
        (Placed::Gap(Gap::Unknown), 0)
    }

    fn rejected(&mut self, refused: &NoAmount, cells: Cells<'_>, columns: &Columns, line: u64) {
        self.counts.rejected += 1;
        match refused.at_stake {
            Some(pence) => self.sums.rejected += i128::from(pence.get()),
            None => self.sums.rejected_unknown += 1,
        }
        let (rule, remedy) = match refused.why {
            AmountError::ExcessDecimals => (
                "amount-has-excess-decimals",
                "correct the amount, or set `excess_decimals = \"half-even\"` in the layout",
            ),
            AmountError::TooLarge => ("amount-too-large", "correct the amount"),
            _ => (
                "amount-not-readable",
                "correct the amount, or take the row out if it is no payment",
            ),
        };
        let found = match cells.trimmed(columns.amount) {
            "" => format!("the row has {} cells and no amount", filled(cells)),
            cell => format!("`{}`: {}", masked(cell), refused.why),
        };
        self.findings.push(Finding {
            rule: rule.into(),
            severity: Severity::Fault,
            position: Position::line(self.at.shown, line).column(&columns.amount_heading),
            found,
            at_stake: refused.at_stake,
            remedy: remedy.into(),
        });
    }

    /// Notes a header, and what the layout names that it does not have.
    fn header(&mut self, columns: &Columns, line: u64) {
        self.headers.push(Header {
            sheet: self.at.sheet.map(str::to_owned),
            line,
            amount: columns.amount_heading.clone(),
        });
        let layout = self.plan.layout;
        let mut missing: Vec<&str> = (layout.codes.keys().zip(&columns.codes))
            .filter(|(_, parts)| parts.is_empty())
            .map(|(name, _)| name.as_str())
            .collect();
        if !layout.date.is_empty() && columns.date.is_none() {
            missing.push("date");
        }
        if !layout.period.is_empty() && columns.period.is_none() {
            missing.push("period");
        }
        for name in missing {
            self.findings.push(Finding {
                rule: "heading-missing".into(),
                severity: Severity::Notice,
                position: Position::line(self.at.shown, line),
                found: format!("the header has no heading that the layout gives for `{name}`"),
                at_stake: None,
                remedy: format!("add the heading of this file to `{name}` of the layout"),
            });
        }
    }

    fn may_be_total(&mut self, line: u64, columns: &Columns, pence: Pence) {
        self.findings.push(Finding {
            rule: "line-may-be-a-total".into(),
            severity: Severity::Notice,
            position: Position::line(self.at.shown, line).column(&columns.amount_heading),
            found: "beside its amount the row says only that it is a total; it is counted as a \
                    payment"
                .into(),
            at_stake: Some(pence),
            remedy: "take the row out if it is the sum of the rows above".into(),
        });
    }

    /// A comma in an amount or a text that is not quoted makes two cells of one, and moves those
    /// behind it: 1,250.00 reads as 1.
    /// A header that has lost its line end holds the first line too, which is then lost: its last
    /// heading and the first cell are one, and an amount stands as far behind as the heading of the
    /// amount does at the front.
    fn line_in_header(&mut self, cells: Cells<'_>, columns: &Columns, line: u64) {
        let width = cells.len().div_ceil(2);
        let at = (width + columns.amount).saturating_sub(1);
        if cells.len().is_multiple_of(2) || columns.amount >= width || at < width {
            return;
        }
        let cell = cells.trimmed(at);
        let is_date = |cell: &str| {
            cell.len() >= 8
                && cell
                    .bytes()
                    .all(|b| b.is_ascii_digit() || b"/-.".contains(&b))
        };
        // A heading may be a year.
        let no_year = cell.contains(['.', ',', '£'])
            || (width..cells.len()).any(|at| is_date(cells.trimmed(at)) && at != columns.amount);
        let pounds = parse_amount(cell).ok().filter(|_| no_year);
        let Some((pence, _)) = pounds.and_then(|pounds| to_pence(pounds, self.reading.excess).ok())
        else {
            return;
        };
        self.findings.push(Finding {
            rule: "line-in-header".into(),
            severity: Severity::Fault,
            position: Position::line(self.at.shown, line).column(&columns.amount_heading),
            found: format!(
                "an amount of {pence} stands among the headings: the end of the line of headings was lost, and the \
                 first payment with it"
            ),
            at_stake: Some(pence),
            remedy: "end the line after the last heading".into(),
        });
    }

    fn beyond_headings(&mut self, line: u64, cells: Cells<'_>, columns: &Columns, pence: Pence) {
        let beyond = (columns.width..cells.len()).filter(|&at| !cells.trimmed(at).is_empty());
        let beyond = beyond.count();
        if beyond == 0 {
            return;
        }
        self.findings.push(Finding {
            rule: "cells-beyond-headings".into(),
            severity: Severity::Notice,
            position: Position::line(self.at.shown, line).column(&columns.amount_heading),
            found: format!(
                "{beyond} {} of this row beyond the last heading: its cells, and its amount, may \
                 have been moved; it is counted as it reads",
                if beyond == 1 {
                    "cell stands"
                } else {
                    "cells stand"
                }
            ),
            at_stake: Some(pence),
            remedy: "quote the cell that holds a delimiter, or give the last columns headings"
                .into(),
        });
    }

    /// A quote that is closed too late makes one cell of many rows, and their amounts are lost
    /// without a trace: a cell with line feeds whose lines are as wide as the row is told.
    fn swallowed(&mut self, cells: Cells<'_>, line: u64) {
        let Some(delimiter) = self.at.delimiter else {
            return;
        };
        if cells.len() < 3
            || !cells.may_hold_line_feed()
            || !cells.iter().any(|cell| cell.contains('\n'))
        {
            return;
        }
        let wide = |text: &str| text.matches(delimiter).count() + 1 >= cells.len();
        let rows = cells
            .iter()
            .flat_map(|cell| cell.split('\n').skip(1))
            .filter(|l| wide(l))
            .count();
        if rows > 0 {
            self.findings.push(Finding {
                rule: "quote-swallows-rows".into(),
                severity: Severity::Fault,
                position: Position::line(self.at.shown, line),
                found: format!("a quoted cell of this row holds {rows} lines that look like rows"),
                at_stake: None,
                remedy: "close the quote where its cell ends".into(),
            });
        }
    }

    /// The heading of a column for messages: the layout's word for it.
    fn heading(&self, column: usize, columns: &Columns) -> String {
        let layout = self.plan.layout;
        let headings = if columns.date == Some(column) {
            &layout.date
        } else {
            &layout.period
        };
        headings.first().cloned().unwrap_or_default()
    }
}

/// The pence of a row, where they are known.
fn wide(pence: Option<Pence>) -> i128 {
    pence.map_or(0, |pence| pence.get().into())
}

/// How many cells hold anything.
pub(super) fn filled(cells: Cells<'_>) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}
