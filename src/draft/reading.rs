//! The files of a ledger, read through their layout as the account will read them: lines, pounds, months,
//! codes, and those among the payees that are public bodies.

use super::bodies;
use super::seen::Seen;
use crate::axis::Period;
use crate::finding::{Findings, Position};
use crate::ledger::{Layout, Ledger, LedgerError, LedgerSpec, Reader, Repeats};
use crate::money::Pence;
use std::collections::{BTreeMap, BTreeSet};

/// One file, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DraftFile {
    /// Its name below the data folder.
    pub file: String,
    /// How many lines.
    pub lines: u64,
    /// What they add up to; spending is positive.
    pub total: Pence,
    /// The first and the last month of which it has a line.
    pub months: Option<(Period, Period)>,
    /// Whether the file states this total itself, in a row at its foot.
    pub stated: bool,
    /// What of it was passed over.
    pub passed_over: Vec<String>,
}

/// A code with the money under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CodeSum {
    pub(super) code: String,
    pub(super) lines: u64,
    pub(super) pence: i128,
    pub(super) first: Position,
    /// The files that have it, by their places in the ledger.
    pub(super) files: BTreeSet<usize>,
}

/// What the files of a ledger hold.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) files: Vec<DraftFile>,
    pub(super) lines: u64,
    pub(super) total: Pence,
    pub(super) undated: u64,
    pub(super) months: BTreeMap<Period, (u64, i128)>,
    /// By which code names of the layout it was read.
    pub(super) codes: Vec<CodeSum>,
    /// Public bodies among those who were paid.
    pub(super) paid: Vec<CodeSum>,
    pub(super) findings: Findings,
}

impl Reading {
    /// Reads files through a layout.
    pub(super) fn of(id: &str, files: &[&Seen], layout: &Layout) -> Result<Self, LedgerError> {
        let spec = LedgerSpec {
            id: id.to_owned(),
            files: files
                .iter()
                .map(|file| (file.path.clone(), file.shown.clone()))
                .collect(),
            layout: layout.clone(),
            controls: Vec::new(),
            repeats: Repeats::Refuse,
        };
        let ledger = Reader::new().read(&spec)?;
        let mut reading = Self {
            files: Vec::new(),
            lines: ledger.len() as u64,
            total: ledger.total(),
            undated: 0,
            months: BTreeMap::new(),
            codes: sums(&ledger, "activity", |_| true),
            paid: sums(&ledger, "counterparty", bodies::is_public),
            findings: ledger.findings().clone(),
        };
        let mut lines = ledger.lines();
        for file in ledger.files() {
            let mut months: Option<(Period, Period)> = None;
            let count = usize::try_from(file.counts.lines).unwrap_or(usize::MAX);
            for line in lines.by_ref().take(count) {
                match line.period().member() {
                    Some(month) => {
                        months = Some(months.map_or((month, month), |(first, last)| {
                            (first.min(month), last.max(month))
                        }));
                        let sum = reading.months.entry(month).or_default();
                        sum.0 += 1;
                        sum.1 += i128::from(line.pence().get());
                    }
                    None => reading.undated += 1,
                }
            }
            let seen = files.iter().find(|seen| seen.shown == file.shown);
            let stated =
                file.counts.total_rows > 0 && seen.is_some_and(|seen| states(seen, file.total));
            reading.files.push(DraftFile {
                file: file.shown.clone(),
                lines: file.counts.lines,
                total: file.total,
                months,
                stated,
                passed_over: seen.map_or(Vec::new(), |seen| seen.passed_over.clone()),
            });
        }
        Ok(reading)
    }

    /// The financial year with the most lines.
    pub(super) fn main_year(&self) -> BTreeMap<Period, u64> {
        let mut years: BTreeMap<Period, u64> = BTreeMap::new();
        for (month, (lines, _)) in &self.months {
            for year in month.financial_years() {
                *years.entry(year).or_default() += lines;
            }
        }
        years
    }
}

/// Whether a file has a row of few cells with this amount.
fn states(seen: &Seen, total: Pence) -> bool {
    seen.tables.iter().any(|(table, _)| {
        table
            .alone
            .iter()
            .any(|&(_, pence)| pence == total.get() || pence == -total.get())
    })
}

/// The codes of one name with their money, the largest first.
fn sums(ledger: &Ledger, name: &str, wanted: impl Fn(&str) -> bool) -> Vec<CodeSum> {
    let texts = ledger.code_texts(name);
    let mut sums: Vec<Option<CodeSum>> = texts
        .iter()
        .map(|text| {
            wanted(text).then(|| CodeSum {
                code: text.clone(),
                lines: 0,
                pence: 0,
                first: Position::default(),
                files: BTreeSet::new(),
            })
        })
        .collect();
    let ids = ledger.code_ids(name);
    let mut file = 0;
    let mut left = ledger.files().first().map_or(0, |file| file.counts.lines);
    for (line, &id) in ledger.lines().zip(ids) {
        while left == 0 && file + 1 < ledger.files().len() {
            file += 1;
            left = ledger.files()[file].counts.lines;
        }
        left = left.saturating_sub(1);
        let Some(sum) = &mut sums[id as usize] else {
            continue;
        };
        if sum.lines == 0 {
            sum.first = line.position();
        }
        sum.lines += 1;
        sum.pence += i128::from(line.pence().get());
        sum.files.insert(file);
    }
    let mut sums: Vec<CodeSum> = sums
        .into_iter()
        .flatten()
        .filter(|sum| sum.lines > 0)
        .collect();
    sums.sort_by(|a, b| {
        b.pence
            .abs()
            .cmp(&a.pence.abs())
            .then_with(|| a.code.cmp(&b.code))
    });
    sums
}
