//! A run of rows through a layout: every row is something, and is counted as it.

mod doubts;
mod findings;
mod looking;
mod plain_rows;

pub(super) use doubts::{Doubts, Nearly};
pub(super) use findings::HEADING_FITS_TWICE;
pub(super) use looking::Looking;
pub(super) use plain_rows::PlainColumns;

use super::amount::{Amount, Reading};
use super::capped_findings::Limited;
use super::control::Met;
use super::date::{Dates, Day, NoDate, swapped};
use super::dictionary::{Dictionary, Further};
use super::file::{Counts, Header};
use super::heading::Columns;
use super::layout::{AmountsAlone, Sign};
use super::plan::Plan;
use super::qualifiers::Unfit;
use super::row::{Row, Zone, classify};
use super::runs::Runs;
use super::total_words::{Says, may_say, says};
use super::verdict::{Aside, Candidate, Looks, Trail, Verdict, Verdicts};
use super::{LedgerError, cut_amount, total_findings};
use crate::axis::{Gap, Period, Placed};
use crate::finding::{Finding, Position, Severity, masked};
use crate::money::Pence;
use crate::sheet::{self, Block, Cells, Key, NoRows};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
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
    /// What the reference of each is, as a number; empty where the layout names none.
    pub(super) references: Vec<u64>,
    /// How many lines of the file each stands for; empty where each is one.
    pub(super) stands_for: Vec<u32>,
}

/// What was read and is not in the lines, and what rounding took from those that are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) total_rows: i128,
    pub(super) not_selected: i128,
    /// Those of them that only `where_not` leaves out, and how many rows.
    pub(super) unwanted: i128,
    pub(super) unwanted_rows: u64,
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
            references: Vec::new(),
            stands_for: Vec::new(),
        }
    }
}

impl Sums {
    pub(super) fn add(&mut self, other: &Self) {
        self.total_rows += other.total_rows;
        self.not_selected += other.not_selected;
        self.unwanted += other.unwanted;
        self.unwanted_rows += other.unwanted_rows;
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

/// Texts of a column, with the heading and the wanted text that each nearly is.
type Kinds<'a> = BTreeMap<String, Option<(&'a str, &'a str)>>;

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
    pub(super) doubts: Doubts,
    /// What the sums need besides the lines, and what they have said of its rows.
    pub(super) trail: Trail,
    verdicts: &'a Verdicts,
    /// Rows above the first header that were taken for titles although they have an amount.
    above: Vec<(u64, Pence)>,
    /// Texts by which rows were not selected, with the heading of each and the wanted text that it
    /// nearly is.
    kinds: BTreeMap<usize, Kinds<'a>>,
    /// Likewise of the headings of `where_not`, of rows that are lines.
    kept_kinds: BTreeMap<usize, Kinds<'a>>,
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
        verdicts: &'a Verdicts,
    ) -> Self {
        Self {
            plan,
            at,
            reading: Reading {
                sign: plan.layout.sign,
                excess: plan.layout.excess_decimals,
                alone: plan.layout.amounts_alone,
            },
            began_with: Arc::clone(&columns),
            columns,
            dates: known.dates.uncounted(),
            counts: Counts::default(),
            headers: Vec::new(),
            undated: 0,
            lines: Lines::with_capacity(plan.layout.codes.len(), most),
            doubts: Doubts::default(),
            trail: Trail::default(),
            verdicts,
            above: Vec::new(),
            kinds: BTreeMap::new(),
            kept_kinds: BTreeMap::new(),
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
    pub(super) fn take_block(&mut self, block: &Block<'_>, known: &Known) -> Result<Taken, NoRows> {
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
        let (mut counted, before) = (None, self.lines.pence.len());
        match classify(cells, columns, headings, self.reading, zone) {
            Row::Blank => self.counts.blank += 1,
            Row::Preamble => self.counts.preamble += 1,
            Row::Header(found) => {
                self.counts.header += 1;
                if let Some((key, heading)) = headings.unselectable(&found) {
                    return ControlFlow::Break(LedgerError::NoSelection {
                        file: self.at.shown.to_owned(),
                        line,
                        heading: heading.to_owned(),
                        key,
                    });
                }
                let holds_line = self.line_in_header(cells, &found, line);
                self.header(&found, cells, line, holds_line);
                *columns = Arc::from(found);
            }
            row if zone == Zone::Top && !self.is_line(cells, columns) => {
                self.counts.preamble += 1;
                if let Row::Line { amount, .. } = row {
                    self.above.push((line, amount.pence));
                }
            }
            Row::Line { amount, few } => {
                self.payment(amount, few, cells, columns, known, row_number);
                counted = Some(amount.pence);
            }
            Row::Total(pence) => self.alone(pence, columns, row_number),
            Row::NotSelected(pence) => {
                self.counts.not_selected += 1;
                self.sums.not_selected += wide(pence);
                self.aside(pence);
                self.not_selected(pence, cells, columns, row_number);
            }
            Row::Rejected(refused) => self.rejected(&refused, cells, columns, line),
        }
        if !cells.raw().is_empty() {
            let counted = counted.filter(|_| self.lines.pence.len() > before);
            self.quotes(cells, columns, line, counted);
        }
        ControlFlow::Continue(())
    }

    /// Notes why a row is left out: for a text that is not wanted, or perhaps for signs, blanks or
    /// capitals of its texts alone.
    fn not_selected(
        &mut self,
        pence: Option<Pence>,
        cells: Cells<'_>,
        columns: &Columns,
        row: u32,
    ) {
        let headings = &self.plan.headings;
        for (heading, text) in headings.unwanted(columns, cells) {
            let key = (heading.to_owned(), text.to_owned());
            self.doubts.unwanted.insert(key);
        }
        let Some((heading, cell)) = headings.first_unmet(columns, cells) else {
            self.sums.unwanted += wide(pence);
            self.sums.unwanted_rows += 1;
            return;
        };
        let kinds = self.kinds.entry(heading).or_default();
        let wanted = match kinds.get(cell) {
            Some(wanted) => *wanted,
            None => {
                let wanted = headings.nearly(heading, cell);
                kinds.insert(cell.to_owned(), wanted);
                wanted
            }
        };
        if let Some((heading, wanted)) = wanted {
            let more = Nearly {
                rows: 1,
                pence: wide(pence),
                first: row,
            };
            let key = (heading.to_owned(), wanted.to_owned());
            self.doubts.nearly.entry(key).or_default().add(&more);
        }
    }

    /// Notes a line that is kept for signs, blanks or capitals of its texts alone.
    fn nearly_unwanted(&mut self, pence: Pence, cells: Cells<'_>, columns: &Columns, row: u32) {
        let headings = &self.plan.headings;
        for (heading, cell) in headings.not_unwanted(columns, cells) {
            let kinds = self.kept_kinds.entry(heading).or_default();
            let unwanted = match kinds.get(cell) {
                Some(unwanted) => *unwanted,
                None => {
                    let unwanted = headings.nearly_unwanted(heading, cell);
                    kinds.insert(cell.to_owned(), unwanted);
                    unwanted
                }
            };
            if let Some((heading, text)) = unwanted {
                let more = Nearly {
                    rows: 1,
                    pence: pence.get().into(),
                    first: row,
                };
                let key = (heading.to_owned(), text.to_owned());
                (self.doubts.nearly_unwanted.entry(key).or_default()).add(&more);
            }
        }
    }

    /// Whether a row above the first header is a line by every test: it has a date where there are
    /// dates, codes where there are codes, and a cell for each heading where there are neither.
    fn is_line(&mut self, cells: Cells<'_>, columns: &Columns) -> bool {
        let dated = (columns.date).is_some_and(|date| self.dates.is_date(cells.key(date)))
            || (columns.period).is_some_and(|period| {
                Period::parse(cells.trimmed(period), self.plan.layout.years).is_ok()
            });
        let has_time = columns.date.is_some() || columns.period.is_some();
        let filled_code =
            |parts: &Vec<usize>| parts.iter().any(|&at| !cells.trimmed(at).is_empty());
        let mut codes = columns.codes.iter().filter(|parts| !parts.is_empty());
        let any_code = codes.clone().next().is_some();
        let is_line = match (has_time, any_code) {
            (true, true) => dated && codes.any(filled_code),
            (true, false) => dated,
            (false, true) => codes.all(filled_code) && filled(cells) + 1 >= columns.headings,
            (false, false) => filled(cells) >= columns.headings,
        };
        if is_line {
            for (line, pence) in std::mem::take(&mut self.above) {
                let position = Position::line(self.at.shown, line).column(&columns.amount_heading);
                (self.findings).push(total_findings::above_the_header(position, pence));
            }
        }
        is_line
    }

    /// Takes a row that reads as a payment.
    fn payment(
        &mut self,
        amount: Amount,
        few: bool,
        cells: Cells<'_>,
        columns: &Columns,
        known: &Known,
        row: u32,
    ) {
        if !self.verdicts.is_empty() {
            match self.verdicts.get(&row) {
                Some(&Verdict::Total { lines }) => {
                    return self.total_row(amount.pence, columns, row, lines);
                }
                Some(&Verdict::NotMet { sum }) => {
                    return self.not_met(amount.pence, columns, row, sum, true);
                }
                Some(Verdict::MayBe) => self.may_be_total(row, columns, amount.pence),
                None => {}
            }
        }
        let whole_pounds = amount.pence.get() % 100 == 0 && amount.pence.get().abs() < 100_000;
        if whole_pounds
            && self.at.delimiter.is_some()
            && columns.amount + 1 < cells.len()
            && let Some(cut) = self.cut_in_two(cells, columns, row)
        {
            return self.refuse(cut);
        }
        if self.at.delimiter == Some(',')
            && !columns.money_follows
            && columns.amount + 1 < columns.cells
        {
            let (joined, three_digits) = cut_amount::maybe(cells, columns, amount.pence);
            self.doubts.cut.note(joined, three_digits, row);
        }
        let amount = if columns.qualifiers.is_empty() {
            amount
        } else {
            match self.qualified(amount, cells, columns, row) {
                Some(amount) => amount,
                None => return,
            }
        };
        if cells.len() > columns.width {
            self.beyond_headings(row.into(), cells, columns, amount.pence);
        }
        self.line(amount, few, cells, columns, known, row);
    }

    /// The fault of an amount that its own comma cut in two, if it is one.
    fn cut_in_two(&self, cells: Cells<'_>, columns: &Columns, row: u32) -> Option<Finding> {
        let joined = cut_amount::joined(cells, columns);
        let damaged = self.at.delimiter == Some(',')
            && !columns.money_follows
            && cut_amount::is_damaged(cells, columns);
        let (also, remedy) = match joined {
            Some(_) => ("", "quote the amount, or write it without commas"),
            None if damaged => (
                ", with a sign in it that is no digit",
                "correct the amount, and quote it or write it without commas",
            ),
            None => return None,
        };
        Some(Finding {
            rule: "amount-cut-by-delimiter".into(),
            severity: Severity::Fault,
            position: Position::line(self.at.shown, row.into()).column(&columns.amount_heading),
            found: format!(
                "the amount and the cell after it read as one amount that its own comma cut in \
                 two{also}; the row is not counted"
            ),
            at_stake: joined.map(|joined| match self.reading.sign {
                Sign::SpendPositive => joined,
                Sign::IncomePositive => -joined,
            }),
            remedy: remedy.into(),
        })
    }

    /// The amount by the columns beside it, if it is one in pounds.
    fn qualified(
        &mut self,
        amount: Amount,
        cells: Cells<'_>,
        columns: &Columns,
        row: u32,
    ) -> Option<Amount> {
        for unnamed in &columns.qualifiers.unnamed {
            let cell = cells.trimmed(unnamed.column);
            if unnamed.kind.matters(cell, amount.pence) {
                let key = (unnamed.kind, unnamed.heading.clone());
                let all = self.doubts.unnamed.entry(key).or_insert((0, 0, row));
                all.0 += 1;
                all.1 += i128::from(amount.pence.get()).abs();
            }
        }
        let cell = cells.trimmed(columns.amount);
        let qualifiers = &self.plan.headings.qualifiers;
        let reading = self.reading;
        match qualifiers.apply(&columns.qualifiers, cells, cell, amount, reading) {
            Ok(amount) => Some(amount),
            Err(unfit) => {
                let Unfit {
                    rule,
                    column,
                    found,
                    at_stake,
                    remedy,
                } = unfit;
                self.refuse(Finding {
                    rule: rule.into(),
                    severity: Severity::Fault,
                    position: Position::line(self.at.shown, row.into())
                        .column(&columns.amount_heading),
                    found: format!("{found} (`{}`)", masked(cells.trimmed(column))),
                    at_stake,
                    remedy: remedy.into(),
                });
                None
            }
        }
    }

    /// A row that is not accepted although it has an amount.
    fn refuse(&mut self, finding: Finding) {
        self.counts.rejected += 1;
        match finding.at_stake {
            Some(pence) => self.sums.rejected += i128::from(pence.get()),
            None => self.sums.rejected_unknown += 1,
        }
        self.aside(finding.at_stake);
        self.findings.push(finding);
    }

    /// An amount that belongs to the sums that a publisher prints, and not to the lines.
    fn aside(&mut self, pence: Option<Pence>) {
        if let Some(pence) = pence {
            self.trail.asides.push(Aside {
                lines: self.lines.pence.len(),
                candidates: self.trail.candidates.len(),
                pence: pence.get(),
            });
        }
    }

    /// A row with an amount and nothing else: a total, until the sums say that it is none.
    fn alone(&mut self, pence: Option<Pence>, columns: &Columns, row: u32) {
        if let Some(pence) = pence
            && let Some(&Verdict::NotMet { sum }) = self.verdicts.get(&row)
        {
            return self.not_met(pence, columns, row, sum, false);
        }
        self.counts.total_rows += 1;
        self.sums.total_rows += wide(pence);
        if self.reading.alone != Some(AmountsAlone::Totals)
            && let Some(pence) = pence
        {
            self.candidate(pence, row, Looks::Alone);
        }
    }

    fn candidate(&mut self, pence: Pence, row: u32, look: Looks) {
        self.trail.candidates.push(Candidate {
            lines: self.lines.pence.len(),
            row,
            pence: pence.get(),
            look,
            taken: self.sums.taken,
        });
    }

    /// A row that is the sum of lines above it.
    fn total_row(&mut self, pence: Pence, columns: &Columns, row: u32, lines: u64) {
        self.counts.total_rows += 1;
        self.sums.total_rows += wide(Some(pence));
        let position = Position::line(self.at.shown, row.into()).column(&columns.amount_heading);
        (self.findings).push(total_findings::left_out(position, pence, lines));
    }

    /// A row that looks like a total, and is the sum of nothing above it.
    fn not_met(&mut self, pence: Pence, columns: &Columns, row: u32, sum: i128, says: bool) {
        self.counts.rejected += 1;
        self.sums.rejected += i128::from(pence.get());
        let position = Position::line(self.at.shown, row.into()).column(&columns.amount_heading);
        (self.findings).push(total_findings::not_met(position, pence, sum, says));
    }

    fn line(
        &mut self,
        amount: Amount,
        few: bool,
        cells: Cells<'_>,
        columns: &Columns,
        known: &Known,
        row: u32,
    ) {
        let (period, day) = self.period(cells, columns, row, amount.pence);
        let has_time = columns.date.is_some() || columns.period.is_some();
        let undated = has_time && matches!(period, Placed::Gap(_));
        if few || undated {
            self.says_total(amount.pence, cells, columns, row, !undated && has_time);
        }
        if let Some(column) = columns.reference {
            let reference = reference(cells.trimmed(column));
            self.lines.references.push(reference);
        } else if !self.plan.layout.reference.is_empty() {
            self.lines.references.push(0);
        }
        if !columns.where_not.is_empty() {
            self.nearly_unwanted(amount.pence, cells, columns, row);
        }
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

    /// Notes a row that may be a total by its words.
    fn says_total(
        &mut self,
        pence: Pence,
        cells: Cells<'_>,
        columns: &Columns,
        row: u32,
        dated: bool,
    ) {
        let others = (0..cells.len()).filter(|&column| column != columns.amount);
        let said = others
            .map(|column| cells.trimmed(column))
            .filter(|cell| may_say(cell))
            .filter_map(says)
            .max();
        let Some(what) = said.filter(|&what| what != Says::Weakly) else {
            return;
        };
        self.candidate(pence, row, Looks::Says { what, dated });
        let known = self.verdicts.contains_key(&row);
        if what == Says::Among && !dated && !known {
            self.may_be_total(row, columns, pence);
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
        let (mut fault, mut fits) = (None, None);
        if let Some(column) = columns.date {
            let cell = || cells.get(column).unwrap_or_default();
            match self.dates.day(cells.key(column)) {
                Ok(Day { month, of_month }) => return (Placed::On(month), of_month),
                Err(NoDate::Blank) => fault = Some((column, "there is no date here".to_owned())),
                Err(NoDate::Unreadable(form)) => {
                    let found = format!(
                        "`{}` is not a date in any form of the layout",
                        masked(cell())
                    );
                    fault = Some((column, found));
                    if let Some(form) = form {
                        fits = Some(form);
                        *self.doubts.forms.entry(form).or_default() += 1;
                        if self.doubts.swapped.is_none()
                            && swapped(form).is_some_and(|other| self.dates.has(other))
                        {
                            self.doubts.swapped = Some((row, masked(cell()), form));
                        }
                    }
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
                    let shown = if is_period_like(cell) {
                        cell.to_owned()
                    } else {
                        masked(cell)
                    };
                    let found = format!("`{shown}` is not one period that can be read");
                    fault = Some((column, found));
                }
            }
        }
        self.undated += 1;
        self.doubts.undated += i128::from(at_stake.get()).abs();
        if let Some((column, found)) = fault {
            let remedy = match fits {
                Some(form) => format!(
                    "add `{form}` to `dates` of the layout (`usual` in that list stands for the \
                     forms read without it); until then the line is in no period"
                ),
                None if columns.date == Some(column) => "correct the date, or add its form to \
                     `dates` of the layout; until then the line is in no period"
                    .to_owned(),
                None => "write a month or year that has one meaning, as `Apr 2013` or `2013-14`; \
                         where bare years are meant, say which kind in `years` of the layout"
                    .to_owned(),
            };
            self.findings.push(Finding {
                rule: "date-not-readable".into(),
                severity: Severity::Notice,
                position: Position::line(self.at.shown, row.into())
                    .column(self.heading(column, columns)),
                found,
                at_stake: Some(at_stake),
                remedy,
            });
        }
        (Placed::Gap(Gap::Unknown), 0)
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

/// A reference as a number; a blank one is none.
fn reference(cell: &str) -> u64 {
    if cell.is_empty() {
        return 0;
    }
    let hasher = foldhash::quality::FixedState::with_seed(0);
    std::hash::BuildHasher::hash_one(&hasher, cell).max(1)
}

/// Whether a text is so plainly a period, or a part of one, that it can be no name.
fn is_period_like(cell: &str) -> bool {
    const WORDS: [&str; 24] = [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const KINDS: [&str; 17] = [
        "p", "q", "m", "w", "wk", "fy", "ay", "cy", "period", "week", "month", "mth", "quarter",
        "qtr", "year", "to", "ytd",
    ];
    cell.chars().count() <= 30
        && cell
            .to_lowercase()
            .split(|c: char| !c.is_alphabetic())
            .all(|word| word.is_empty() || WORDS.contains(&word) || KINDS.contains(&word))
}

/// The pence of a row, where they are known.
fn wide(pence: Option<Pence>) -> i128 {
    pence.map_or(0, |pence| pence.get().into())
}

/// How many cells hold anything.
pub(super) fn filled(cells: Cells<'_>) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}
