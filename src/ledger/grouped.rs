//! Lines that were grouped where they lie: what each text of a column says, and groups as a ledger.
//!
//! An engine that holds the files tells the texts of each column and adds up the lines of which
//! all texts say the same. What a text says is decided here, by the code that reads files.

use super::amount::{self, Amount, NoAmount, Reading};
use super::control::Met;
use super::date::Dates;
use super::dictionary::Dictionary;
use super::heading::{Columns, Headings};
use super::layout::{AmountsAlone, Sign};
use super::part::{Doubts, Lines, Nearly, Sums};
use super::plan::Plan;
use super::read::{FileRead, unnamed_columns};
use super::runs::Runs;
use super::total_words::{Says, may_say, says};
use super::{Code, Counts, File, Header, Ledger, LedgerError, LedgerSpec};
use crate::axis::{Gap, Period, Placed};
use crate::finding::{Finding, Findings, Position, Severity};
use crate::money::{AmountError, Pence};
use crate::reconciliation::Reconciliation;
use crate::sheet::{self, Blocks, Detected, Key};
use crate::text::counted;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What a cell in the column of amounts is, by itself and by the cells beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AmountKind {
    /// Whole pence.
    Read,
    /// Rounded to the penny, as the layout says.
    Rounded,
    /// Nothing stands there.
    Empty,
    /// More than two decimals; the amount is known.
    Excess,
    TooLarge,
    NotReadable,
    /// An amount that its currency, unit or sign makes none in pounds: the rule, what is found, the
    /// remedy.
    Unfit(&'static str, &'static str, &'static str),
}

/// All that a row's amount says beside its pence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AmountClass {
    pub(crate) kind: AmountKind,
    /// Columns that the layout does not name and that say something of it, and whether it is below
    /// zero, where there are any.
    matters: Vec<usize>,
    below_zero: bool,
}

impl AmountClass {
    pub(crate) const EMPTY: Self = Self::plainly(AmountKind::Empty);
    pub(crate) const READ: Self = Self::plainly(AmountKind::Read);

    const fn plainly(kind: AmountKind) -> Self {
        Self {
            kind,
            matters: Vec::new(),
            below_zero: false,
        }
    }

    /// What its rows are, for messages.
    pub(crate) fn in_words(&self) -> &'static str {
        match self.kind {
            AmountKind::Read => "with an amount",
            AmountKind::Rounded => "with a rounded amount",
            AmountKind::Empty => "without an amount",
            AmountKind::Excess => "with an amount of more than two decimals",
            AmountKind::TooLarge => "with an amount that is too large",
            AmountKind::NotReadable => "with what is no amount",
            AmountKind::Unfit(..) => "with an amount that is none in pounds",
        }
    }
}

/// The amount in a row; of one that is not accepted, what is at stake.
#[derive(Clone, Debug)]
pub(crate) struct AmountRead {
    pub(crate) class: AmountClass,
    pub(crate) pence: i64,
    /// Before its unit and sign are looked at.
    pub(crate) bare: i64,
    /// What rounding to the penny took, in pounds.
    pub(crate) taken: Decimal,
}

/// Rows of one file of which all that matters says the same, added up.
#[derive(Debug)]
pub(crate) struct RowGroup<'a> {
    /// By column, a text that says what each of theirs says.
    pub(crate) texts: BTreeMap<usize, &'a str>,
    pub(crate) class: &'a AmountClass,
    /// How many other cells each has, at most [`MANY`].
    pub(crate) filled: usize,
    pub(crate) rows: u64,
    pub(crate) pence: i128,
    /// Before units and signs are looked at.
    pub(crate) bare: i128,
    pub(crate) credits: u64,
    /// What rounding took from all of them, in pounds.
    pub(crate) taken: Decimal,
    /// The number of the first of them, where the engine numbers rows.
    pub(crate) first: Option<u64>,
}

/// Rows that are told together.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    rows: u64,
    pence: i128,
    first: Option<u64>,
}

impl Told {
    fn add(&mut self, group: &RowGroup<'_>) {
        self.rows += group.rows;
        self.pence += group.pence;
        self.first = match (self.first, group.first) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
}

/// So many filled cells beside the amount, or more: the row is no sum of others for want of cells.
pub(crate) const MANY: usize = 3;

/// One file that lies elsewhere: which column is what, and what has been read of it.
#[derive(Debug)]
pub(crate) struct FileElsewhere<'a> {
    plan: Plan<'a>,
    shown: &'a str,
    columns: Columns,
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
        headings: &[String],
    ) -> Result<Self, String> {
        let layout = &spec.layout;
        let plan = Plan {
            ledger: &spec.id,
            layout,
            headings: Headings::new(layout, &spec.controls),
            controls: spec.controls.len(),
            blocks: Blocks::default(),
        };
        let texts: Vec<&str> = headings.iter().map(String::as_str).collect();
        let header = <sheet::Row as From<&[&str]>>::from(&texts);
        let columns = (plan.headings.columns(header.cells())).ok_or_else(|| {
            format!(
                "`{shown}` has no heading that the layout gives for `amount` together with another \
                 of the layout"
            )
        })?;
        if let Some((heading, _)) = columns.fit_twice.first() {
            return Err(format!(
                "several columns of `{shown}` fit the heading `{heading}`; say which is meant in \
                 `occurrence` of the layout"
            ));
        }
        if let Some((key, heading)) = plan.headings.unselectable(&columns) {
            return Err(format!(
                "`{shown}` has no heading `{heading}`, which `{key}` of the layout names"
            ));
        }
        let mut doubts = Doubts::default();
        let names = layout.codes.keys().zip(&columns.codes);
        let had = names.filter(|(_, parts)| !parts.is_empty());
        doubts.had = had.map(|(name, _)| name.clone()).collect();
        let header = Header {
            sheet: None,
            line: 1,
            amount: columns.amount_heading.clone(),
            used: Vec::new(),
            missing: Vec::new(),
            unnamed: Vec::new(),
        };
        Ok(Self {
            read: FileRead {
                file: File {
                    shown: shown.to_owned(),
                    fingerprint: String::new(),
                    detected: Detected::elsewhere(),
                    headers: vec![header],
                    date_forms: Vec::new(),
                    undated: 0,
                    counts: Counts {
                        records: 1,
                        header: 1,
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
            width: headings.len(),
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

    /// The columns that say what an amount is: its own first, then those of its currency, sign and unit.
    pub(crate) fn amount_columns(&self) -> Vec<usize> {
        let mut columns = vec![self.columns.amount];
        let qualifiers = &self.columns.qualifiers;
        let unnamed = qualifiers.unnamed.iter().map(|unnamed| unnamed.column);
        for column in qualifiers.named().chain(unnamed) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
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

    /// The amount of a row, from its cells in the [columns that say what it is](Self::amount_columns).
    pub(crate) fn amount(&self, cells: &[&str]) -> AmountRead {
        let cell = cells.first().map_or("", |cell| cell.trim());
        let none = |kind, at_stake: Option<Pence>| {
            let pence = at_stake.unwrap_or_default().get();
            AmountRead {
                class: AmountClass::plainly(kind),
                pence,
                bare: pence,
                taken: Decimal::ZERO,
            }
        };
        if cell.is_empty() {
            return none(AmountKind::Empty, None);
        }
        let reading = Reading {
            sign: self.plan.layout.sign,
            excess: self.plan.layout.excess_decimals,
            alone: self.plan.layout.amounts_alone,
        };
        let signed = |pence: Pence| match reading.sign {
            Sign::SpendPositive => pence,
            Sign::IncomePositive => -pence,
        };
        let amount = match amount::read(cell, reading.excess) {
            Ok(amount) => match reading.sign {
                Sign::SpendPositive => amount,
                Sign::IncomePositive => -amount,
            },
            Err(NoAmount { why, at_stake }) => {
                return match (why, at_stake) {
                    (AmountError::ExcessDecimals, Some(pence)) => {
                        none(AmountKind::Excess, Some(signed(pence)))
                    }
                    (AmountError::ExcessDecimals | AmountError::TooLarge, _) => {
                        none(AmountKind::TooLarge, None)
                    }
                    _ => none(AmountKind::NotReadable, None),
                };
            }
        };
        let mut read = none(AmountKind::Read, Some(amount.pence));
        read.taken = amount.taken;
        if !self.columns.qualifiers.is_empty() {
            self.qualify(cells, amount, reading, &mut read);
        }
        if read.class.kind == AmountKind::Read && !read.taken.is_zero() {
            read.class.kind = AmountKind::Rounded;
        }
        read
    }

    /// What an amount is by the cells beside it.
    fn qualify(&self, cells: &[&str], amount: Amount, reading: Reading, read: &mut AmountRead) {
        let mut texts = vec![""; self.width];
        for (column, cell) in self.amount_columns().into_iter().zip(cells) {
            if let Some(text) = texts.get_mut(column) {
                *text = cell;
            }
        }
        let row = <sheet::Row as From<&[&str]>>::from(&texts);
        let all = row.cells();
        let unnamed = self.columns.qualifiers.unnamed.iter().enumerate();
        let matter = unnamed.filter(|(_, unnamed)| {
            let cell = all.trimmed(unnamed.column);
            unnamed.kind.matters(cell, amount.pence)
        });
        read.class.matters = matter.map(|(number, _)| number).collect();
        read.class.below_zero = !read.class.matters.is_empty() && amount.pence < Pence::ZERO;
        let cell = all.trimmed(self.columns.amount);
        let qualifiers = &self.plan.headings.qualifiers;
        match qualifiers.apply(&self.columns.qualifiers, all, cell, amount, reading) {
            Ok(amount) => (read.pence, read.taken) = (amount.pence.get(), amount.taken),
            Err(unfit) => {
                read.class.kind = AmountKind::Unfit(unfit.rule, unfit.found, unfit.remedy);
                read.pence = unfit.at_stake.unwrap_or_default().get();
                read.taken = Decimal::ZERO;
            }
        }
    }

    /// Notes rows that repeat others of the file whole.
    pub(crate) fn repeating(&mut self, rows: u64, pence: i128, first: Option<u64>) {
        if rows == 0 {
            return;
        }
        let (repeat, they) = match rows {
            1 => ("repeats another", "it is"),
            _ => ("repeat others", "they are"),
        };
        self.read.findings.push(Finding {
            rule: "rows-read-again".into(),
            severity: Severity::Notice,
            position: self.position(first),
            found: format!(
                "{} of the file {repeat} of it in every cell; {they} counted",
                counted(rows, "row")
            ),
            at_stake: Pence::from_wide(pence).ok(),
            remedy: "look whether they are payments of their own; if not, take them out".into(),
        });
    }

    fn position(&self, first: Option<u64>) -> Position {
        match first {
            Some(row) => Position::line(self.shown, row),
            None => Position::file(self.shown),
        }
    }

    /// Takes rows of the file, as a reader would have taken each of them. Otherwise the rule that asks
    /// for more than sums of rows.
    pub(crate) fn take(&mut self, group: &RowGroup<'_>) -> Result<(), String> {
        let alone = group.filled == 0;
        let kind = group.class.kind;
        let empty = kind == AmountKind::Empty;
        let number = !empty && kind != AmountKind::NotReadable;
        let readable = number && !matches!(kind, AmountKind::Excess | AmountKind::TooLarge);
        let as_lines = self.plan.layout.amounts_alone == Some(AmountsAlone::Lines);
        let selected = self.selected(group);
        let wanted = self.wanted(group);
        let counts = &mut self.read.file.counts;
        counts.records += group.rows;
        if alone && empty {
            counts.blank += group.rows;
        } else if alone && number && !(as_lines && readable) {
            if self.plan.layout.amounts_alone != Some(AmountsAlone::Totals) {
                return Err(format!(
                    "{} of `{}` with an amount and nothing else: whether such a row is a total is \
                     told by the rows above it, and an engine keeps no order; say what they are in \
                     `amounts_alone` of the layout",
                    counted(group.rows, "row"),
                    self.shown
                ));
            }
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

    /// Notes columns that the layout does not name and that say something of the amounts.
    fn unnamed(&mut self, group: &RowGroup<'_>) {
        for &number in &group.class.matters {
            if let Some(unnamed) = self.columns.qualifiers.unnamed.get(number) {
                let key = (unnamed.kind, unnamed.heading.clone());
                let first = group.first.and_then(|row| u32::try_from(row).ok());
                let of = self.read.doubts.unnamed.entry(key);
                let of = of.or_insert((0, 0, first.unwrap_or_default()));
                (of.0, of.1) = (of.0 + group.rows, of.1 + group.bare.abs());
            }
        }
    }

    /// Notes rows that would be selected if signs, blanks and capitals did not count.
    fn nearly_wanted(&mut self, group: &RowGroup<'_>) {
        let text = |at: usize| group.texts.get(&at).map_or("", |text| text.trim());
        let headings = &self.plan.headings;
        let mut unmet = self.columns.selection.iter().enumerate();
        let unmet = unmet.find_map(|(number, at)| {
            let text = text((*at)?);
            (!headings.selection_wants(number, text)).then_some((number, text))
        });
        let Some((heading, wanted)) = unmet.and_then(|(place, text)| headings.nearly(place, text))
        else {
            return;
        };
        let key = (heading.to_owned(), wanted.to_owned());
        let more = nearly(group);
        self.read.doubts.nearly.entry(key).or_default().add(&more);
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

    fn refuse(&mut self, group: &RowGroup<'_>) {
        self.read.file.counts.rejected += group.rows;
        match is_known(group.class.kind) {
            true => self.read.sums.rejected += group.pence,
            false => self.read.sums.rejected_unknown += group.rows,
        }
        (self.rejected.entry(group.class.kind).or_default()).add(group);
    }

    /// What is told of rows that were rejected.
    fn rejected(&self, kind: AmountKind, told: &Told) -> Finding {
        let (rule, found, remedy) = match kind {
            AmountKind::Excess => (
                "amount-has-excess-decimals",
                "with an amount of more than two decimals".to_owned(),
                "correct the amounts, or set `excess_decimals = \"half-even\"` in the layout",
            ),
            AmountKind::TooLarge => (
                "amount-too-large",
                "with an amount that is too large".to_owned(),
                "correct the amounts",
            ),
            AmountKind::Empty => (
                "amount-not-readable",
                "without an amount".to_owned(),
                "give the amounts, or take the rows out if they are no payments",
            ),
            AmountKind::Unfit(rule, found, remedy) => (rule, format!("of which {found}"), remedy),
            _ => (
                "amount-not-readable",
                "with what is no amount".to_owned(),
                "correct the amounts, or take the rows out if they are no payments",
            ),
        };
        let known = is_known(kind).then(|| Pence::from_wide(told.pence).ok());
        Finding {
            rule: rule.into(),
            severity: Severity::Fault,
            position: (self.position(told.first)).column(&self.columns.amount_heading),
            found: format!("{} {found}", counted(told.rows, "row")),
            at_stake: known.flatten(),
            remedy: remedy.into(),
        }
    }

    fn line(&mut self, group: &RowGroup<'_>) -> Result<(), String> {
        let period = self.period(group);
        let has_time = self.columns.date.is_some() || self.columns.period.is_some();
        let undated = has_time && matches!(period, Placed::Gap(_));
        if group.filled < MANY || undated {
            self.may_be_total(group, undated)?;
        }
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

    /// Notes lines that `where_not` would leave out if signs, blanks and capitals did not count.
    fn nearly_unwanted(&mut self, group: &RowGroup<'_>) {
        let headings = &self.plan.headings;
        for (place, at) in self.columns.where_not.iter().enumerate() {
            let text = at
                .and_then(|at| group.texts.get(&at))
                .map(|text| text.trim());
            let unwanted = text.and_then(|text| headings.nearly_unwanted(place, text));
            if let Some((heading, text)) = unwanted {
                let key = (heading.to_owned(), text.to_owned());
                let more = nearly(group);
                (self.read.doubts.nearly_unwanted.entry(key).or_default()).add(&more);
            }
        }
    }

    /// Refuses rows that may be sums of the rows above them by their words.
    fn may_be_total(&mut self, group: &RowGroup<'_>, undated: bool) -> Result<(), String> {
        let seen = (group.texts.values())
            .filter(|text| !is_blank(text))
            .count();
        let says = group.texts.values().any(|text| says_total(text));
        let unseen = group.filled < MANY && group.filled > seen;
        if says || unseen {
            return Err(format!(
                "{} of `{}` {} may be sums of the rows above, which are told by their order, and an \
                 engine keeps none; take them out of the file",
                counted(group.rows, "row"),
                self.shown,
                match (says, undated) {
                    (true, true) => "without a date and with words of a total",
                    (true, false) => "with words of a total",
                    (false, _) => "with few cells, some in columns that the layout does not name,",
                }
            ));
        }
        Ok(())
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

/// Whether the amount of rejected rows is known.
fn is_known(kind: AmountKind) -> bool {
    matches!(kind, AmountKind::Excess | AmountKind::Unfit(..))
}

fn nearly(group: &RowGroup<'_>) -> Nearly {
    let first = group.first.and_then(|row| u32::try_from(row).ok());
    Nearly {
        rows: group.rows,
        pence: group.pence,
        first: first.unwrap_or_default(),
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
