//! One file through a layout: every row is something, and is counted as it.

use super::amount::{Amount, NoAmount};
use super::control::Met;
use super::date::{Dates, Day, NoDate};
use super::dictionary::Dictionary;
use super::file::{Counts, File, Header};
use super::heading::{Columns, Headings};
use super::limited::Limited;
use super::row::{Place, Reading, Row, classify};
use super::{Layout, LedgerError};
use crate::axis::{Gap, Period, Placed};
use crate::finding::{Finding, Findings, Position, Severity, masked};
use crate::money::{AmountError, Pence};
use crate::sheet::{self, ReadOptions, Sheet};
use csv::StringRecord;
use rust_decimal::Decimal;
use std::ops::ControlFlow;
use std::path::Path;

/// How a file is to be read; shared by the files of a ledger.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) ledger: &'a str,
    pub(super) layout: &'a Layout,
    pub(super) headings: Headings,
    pub(super) controls: usize,
}

/// What one file gave, before it is joined to the others of its ledger.
#[derive(Debug)]
pub(super) struct FileRead {
    pub(super) file: File,
    pub(super) findings: Findings,
    pub(super) lines: Lines,
    pub(super) sums: Sums,
    /// For each control total what the file adds to it.
    pub(super) controls: Vec<Met>,
    /// For each sheet its name, and the number of lines up to its end.
    pub(super) sheets: Vec<(Option<String>, usize)>,
}

/// Accepted lines, one vector for each thing they say.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) pence: Vec<i64>,
    pub(super) periods: Vec<Placed<Period>>,
    /// Day of the month, where there is a date; 0 where there is none.
    pub(super) days: Vec<u8>,
    /// Line of a text, or row of a sheet.
    pub(super) rows: Vec<u32>,
    pub(super) codes: Vec<(Dictionary, Vec<u32>)>,
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

/// Reads one file. `tick` is told now and then how many rows it has read since the last time.
pub(super) fn read(
    plan: &Plan<'_>,
    path: &Path,
    shown: &str,
    tick: &dyn Fn(u64),
) -> Result<FileRead, LedgerError> {
    let layout = plan.layout;
    let options = ReadOptions {
        format: layout.format,
        encoding: layout.encoding.clone(),
        delimiter: layout.delimiter,
        sheets: layout.sheets.clone(),
    };
    let source = sheet::open(path, shown, &options)?;
    let mut reading = FileReading::new(plan, shown, source.detected().delimiter);
    reading.undecodable(source.detected().undecodable);
    let mut sheets = Vec::new();
    for sheet in source.sheets() {
        reading.sheet(&sheet, tick)?;
        sheets.push((sheet.name().map(str::to_owned), reading.lines.pence.len()));
    }
    reading.finish(source, sheets)
}

/// A file while it is read.
struct FileReading<'a> {
    plan: &'a Plan<'a>,
    shown: &'a str,
    delimiter: Option<char>,
    reading: Reading,
    dates: Dates,
    counts: Counts,
    headers: Vec<Header>,
    undated: u64,
    near: Vec<String>,
    lines: Lines,
    sums: Sums,
    controls: Vec<Met>,
    findings: Limited,
    code: String,
}

impl<'a> FileReading<'a> {
    fn new(plan: &'a Plan<'a>, shown: &'a str, delimiter: Option<char>) -> Self {
        let codes = plan.layout.codes.len();
        Self {
            plan,
            shown,
            delimiter,
            reading: Reading {
                sign: plan.layout.sign,
                excess: plan.layout.excess_decimals,
            },
            dates: Dates::new(&plan.layout.dates),
            counts: Counts::default(),
            headers: Vec::new(),
            undated: 0,
            near: Vec::new(),
            lines: Lines {
                codes: (0..codes).map(|_| Default::default()).collect(),
                ..Lines::default()
            },
            sums: Sums::default(),
            controls: vec![Met::default(); plan.controls],
            findings: Limited::new(shown),
            code: String::new(),
        }
    }

    /// The file, with the sheet of a workbook, as positions show it.
    fn place(&self, sheet: Option<&str>) -> String {
        match sheet {
            Some(sheet) => format!("{} [{sheet}]", self.shown),
            None => self.shown.to_owned(),
        }
    }

    /// Reads the rows of a sheet: once to find its first header, which may stand at the foot, and
    /// once for what they are.
    fn sheet(&mut self, sheet: &Sheet<'_>, tick: &dyn Fn(u64)) -> Result<(), LedgerError> {
        let plan = self.plan;
        let place = self.place(sheet.name());
        let first = sheet.try_for_each_row(|line, cells| match plan.headings.columns(cells) {
            Some(columns) => ControlFlow::Break((line, columns)),
            None => ControlFlow::Continue(()),
        });
        let ControlFlow::Break((first_line, mut columns)) = first else {
            self.without_header(sheet, &place);
            return Ok(());
        };
        let lines_before = self.lines.pence.len();
        let broken = sheet.try_for_each_row(|line, cells| {
            self.counts.records += 1;
            if self.counts.records.is_multiple_of(1 << 16) {
                tick(1 << 16);
            }
            let Ok(row_number) = u32::try_from(line) else {
                return ControlFlow::Break(LedgerError::TooLong {
                    name: self.shown.to_owned(),
                });
            };
            let place_of_row = if line < first_line && self.lines.pence.len() == lines_before {
                Place::Top
            } else {
                Place::Body
            };
            let headings = &plan.headings;
            match classify(cells, &columns, headings, self.reading, place_of_row) {
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
                            file: place.clone(),
                            line,
                            heading: heading.to_owned(),
                        });
                    }
                    self.header(&found, sheet.name(), &place, line);
                    columns = found;
                }
                Row::Rejected(refused) => self.rejected(&refused, cells, &columns, &place, line),
                Row::Line {
                    amount,
                    may_be_total,
                } => {
                    if may_be_total {
                        self.may_be_total(&place, line, &columns, amount.pence);
                    }
                    self.line(amount, cells, &columns, &place, row_number);
                }
            }
            self.swallowed(cells, &place, line);
            ControlFlow::Continue(())
        });
        if let ControlFlow::Break(error) = broken {
            return Err(error);
        }
        if let Some(line) = sheet.cut_off() {
            self.findings.push(Finding {
                rule: "quote-not-closed".into(),
                severity: Severity::Fault,
                position: Position::line(&place, line),
                found: "a quote opens in this row and never closes: the file was cut off here, \
                        or the rows after it were taken for one cell"
                    .into(),
                at_stake: None,
                remedy: "fetch the file again, or close the quote".into(),
            });
        }
        Ok(())
    }

    fn line(
        &mut self,
        amount: Amount,
        cells: &StringRecord,
        columns: &Columns,
        place: &str,
        row: u32,
    ) {
        self.counts.lines += 1;
        self.counts.credits += u64::from(amount.pence < Pence::ZERO);
        if !amount.taken.is_zero() {
            self.sums.rounded += 1;
            self.sums.taken += amount.taken;
        }
        for control in self.plan.headings.controls_of(columns, cells) {
            self.controls[control].lines += 1;
            self.controls[control].pence += i128::from(amount.pence.get());
        }
        let (period, day) = self.period(cells, columns, place, row, amount.pence);
        self.lines.pence.push(amount.pence.get());
        self.lines.periods.push(period);
        self.lines.days.push(day);
        self.lines.rows.push(row);
        for ((dictionary, ids), parts) in self.lines.codes.iter_mut().zip(&columns.codes) {
            let cell = |column: usize| cells.get(column).unwrap_or_default().trim();
            let id = match parts.as_slice() {
                [] => dictionary.id(""),
                [column] => dictionary.id(cell(*column)),
                several if several.iter().all(|&column| cell(column).is_empty()) => {
                    dictionary.id("")
                }
                several => {
                    self.code.clear();
                    for (i, &column) in several.iter().enumerate() {
                        if i > 0 {
                            self.code.push_str(" / ");
                        }
                        self.code.push_str(cell(column));
                    }
                    dictionary.id(&self.code)
                }
            };
            ids.push(id);
        }
    }

    /// The month of the date and its day, or the period that the row names, or a gap: money is
    /// never dropped for want of a date.
    fn period(
        &mut self,
        cells: &StringRecord,
        columns: &Columns,
        place: &str,
        row: u32,
        at_stake: Pence,
    ) -> (Placed<Period>, u8) {
        let mut fault = None;
        if let Some(column) = columns.date {
            let cell = cells.get(column).unwrap_or_default();
            match self.dates.day(cell) {
                Ok(Day { month, of_month }) => return (Placed::On(month), of_month),
                Err(NoDate::Blank) => fault = Some((column, "there is no date here".to_owned())),
                Err(NoDate::Unreadable) => {
                    let found =
                        format!("`{}` is not a date in any form of the layout", masked(cell));
                    fault = Some((column, found));
                }
                Err(NoDate::OutOfRange) => {
                    let found = format!("`{}` lies outside 1948 to 2099", masked(cell));
                    fault = Some((column, found));
                }
            }
        }
        if let Some(column) = columns.period {
            let cell = cells.get(column).unwrap_or_default().trim();
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
                position: Position::line(place, row.into()).column(self.heading(column, columns)),
                found,
                at_stake: Some(at_stake),
                remedy: "correct the date, or add its form to `dates` of the layout; until then \
                         the line is in no period"
                    .into(),
            });
        }
        (Placed::Gap(Gap::Unknown), 0)
    }

    fn rejected(
        &mut self,
        refused: &NoAmount,
        cells: &StringRecord,
        columns: &Columns,
        place: &str,
        line: u64,
    ) {
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
        let found = match cells.get(columns.amount).unwrap_or_default().trim() {
            "" => format!("the row has {} cells and no amount", filled(cells)),
            cell => format!("`{}`: {}", masked(cell), refused.why),
        };
        self.findings.push(Finding {
            rule: rule.into(),
            severity: Severity::Fault,
            position: Position::line(place, line).column(&columns.amount_heading),
            found,
            at_stake: refused.at_stake,
            remedy: remedy.into(),
        });
    }

    /// Notes a header, and what the layout names that it does not have.
    fn header(&mut self, columns: &Columns, sheet: Option<&str>, place: &str, line: u64) {
        self.headers.push(Header {
            sheet: sheet.map(str::to_owned),
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
                position: Position::line(place, line),
                found: format!("the header has no heading that the layout gives for `{name}`"),
                at_stake: None,
                remedy: format!("add the heading of this file to `{name}` of the layout"),
            });
        }
    }

    fn may_be_total(&mut self, place: &str, line: u64, columns: &Columns, pence: Pence) {
        self.findings.push(Finding {
            rule: "line-may-be-a-total".into(),
            severity: Severity::Notice,
            position: Position::line(place, line).column(&columns.amount_heading),
            found: "beside its amount the row says only that it is a total; it is counted as a \
                    payment"
                .into(),
            at_stake: Some(pence),
            remedy: "take the row out if it is the sum of the rows above".into(),
        });
    }

    /// A quote that is closed too late makes one cell of many rows, and their amounts are lost
    /// without a trace: a cell with line feeds whose lines are as wide as the row is told.
    fn swallowed(&mut self, cells: &StringRecord, place: &str, line: u64) {
        let Some(delimiter) = self.delimiter else {
            return;
        };
        if cells.len() < 3 || !cells.as_slice().contains('\n') {
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
                position: Position::line(place, line),
                found: format!("a quoted cell of this row holds {rows} lines that look like rows"),
                at_stake: None,
                remedy: "close the quote where its cell ends".into(),
            });
        }
    }

    /// A sheet without a header is a cover page or a note, unless it is all there is.
    fn without_header(&mut self, sheet: &Sheet<'_>, place: &str) {
        let mut filled_rows = 0;
        sheet.for_each_row(|_, cells| {
            self.counts.records += 1;
            self.counts.preamble += 1;
            filled_rows += u64::from(filled(cells) > 0);
            if self.near.is_empty()
                && let Some(near) = self.plan.headings.near_amount(cells)
            {
                self.near = near;
            }
        });
        if filled_rows > 0 {
            self.findings.push(Finding {
                rule: "sheet-without-header".into(),
                severity: Severity::Notice,
                position: Position::file(place),
                found: format!("none of its {filled_rows} rows has the headings of the layout"),
                at_stake: None,
                remedy: "name the sheets with payments in `sheets` of the layout, or add the \
                         headings of this sheet"
                    .into(),
            });
        }
    }

    fn undecodable(&mut self, count: u64) {
        if count > 0 {
            self.findings.push(Finding {
                rule: "not-in-its-encoding".into(),
                severity: Severity::Notice,
                position: Position::file(self.shown),
                found: format!(
                    "{count} sequences of bytes do not exist in the encoding of the file"
                ),
                at_stake: None,
                remedy: "correct `encoding` in the layout, or leave it out to have it detected"
                    .into(),
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

    fn finish(
        mut self,
        source: sheet::Source,
        sheets: Vec<(Option<String>, usize)>,
    ) -> Result<FileRead, LedgerError> {
        if self.headers.is_empty() {
            return Err(LedgerError::NoHeading {
                file: self.shown.to_owned(),
                wanted: self.plan.layout.amount.clone(),
                near: self.near,
            });
        }
        self.counts.assert_complete();
        if self.counts.lines == 0 {
            self.findings.push(Finding {
                rule: "file-without-lines".into(),
                severity: Severity::Notice,
                position: Position::file(self.shown),
                found: "the file has a header and no line of this ledger".into(),
                at_stake: None,
                remedy: "check that the file is complete and `where` selects its rows".into(),
            });
        }
        let total =
            Pence::total(self.lines.pence.iter().copied().map(Pence::new)).map_err(|source| {
                LedgerError::TooLarge {
                    ledger: self.plan.ledger.to_owned(),
                    source,
                }
            })?;
        Ok(FileRead {
            file: File {
                shown: self.shown.to_owned(),
                fingerprint: source.fingerprint().to_owned(),
                detected: source.detected().clone(),
                headers: self.headers,
                date_forms: self.dates.counts(),
                undated: self.undated,
                counts: self.counts,
                total,
            },
            findings: self.findings.finish(),
            lines: self.lines,
            sums: self.sums,
            controls: self.controls,
            sheets,
        })
    }
}

fn wide(pence: Option<Pence>) -> i128 {
    pence.map_or(0, |pence| pence.get().into())
}

fn filled(cells: &StringRecord) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}
