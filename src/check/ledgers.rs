//! Each ledger and its files: what was read, and from which columns.

use super::share::Share;
use crate::axis::Phase;
use crate::crosswalk::{ExcludedMoney, MappedLedger};
use crate::ledger::File;
use crate::money::Pence;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One ledger of the pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LedgerCheck {
    /// Its code.
    pub ledger: String,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// All files together.
    #[serde(flatten)]
    pub sums: LineSums,
    /// Each file that was read.
    pub files: Vec<FileCheck>,
    /// What the layout names, and what it does not.
    pub columns: Vec<ColumnCheck>,
    /// Those of the lines that are not spending, by reason.
    pub not_spending: Vec<ExcludedMoney>,
}

/// What was read of some files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LineSums {
    /// Payments that were accepted.
    pub lines: u64,
    /// Their sum; spending is positive.
    pub pence: Pence,
    /// Those of the lines that are below zero.
    pub credits: u64,
    /// Their sum.
    pub credit_pence: Pence,
    /// Those of the lines that are of £0.00.
    pub zero: u64,
    /// Payments whose amount could not be accepted.
    pub rejected: u64,
    /// Their sum, as far as their amounts could be read.
    pub rejected_pence: Pence,
    /// Those of the rejected rows whose amount could not be read: of unknown size.
    pub rejected_unknown: u64,
    /// Rows that the layout does not select, by `where` and `where_not`.
    pub not_selected: u64,
    /// Rows that are sums of others.
    pub total_rows: u64,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FileCheck {
    /// Its name, as the pack writes it.
    pub file: String,
    /// What was read of it.
    #[serde(flatten)]
    pub sums: LineSums,
}

/// A column: what it is read as, and in which files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ColumnCheck {
    /// The key of the layout (`amount`, `codes.activity`); `None` for a column that it does not
    /// name.
    pub key: Option<String>,
    /// The heading, as the files write it, several joined by ` + `; `None` where the layout's key
    /// has none in these files.
    pub heading: Option<String>,
    /// The files in which it is so.
    pub files: Vec<String>,
    /// The other files of the ledger.
    pub not_in: Vec<String>,
}

impl LedgerCheck {
    pub(super) fn of(mapped: &MappedLedger) -> Self {
        let ledger = mapped.ledger();
        let (mut files, mut start) = (Vec::with_capacity(ledger.files().len()), 0);
        for file in ledger.files() {
            let lines = usize::try_from(file.counts.lines).unwrap_or(usize::MAX);
            let end = start + lines.min(ledger.len() - start);
            let pence = &ledger.pence()[start..end];
            files.push(FileCheck {
                file: file.shown.clone(),
                sums: LineSums {
                    lines: file.counts.lines,
                    pence: file.total,
                    credits: file.counts.credits,
                    credit_pence: credits(pence),
                    zero: pence.iter().filter(|&&pence| pence == 0).count() as u64,
                    rejected: file.counts.rejected,
                    rejected_pence: file.rejected,
                    rejected_unknown: file.rejected_unknown,
                    not_selected: file.counts.not_selected,
                    total_rows: file.counts.total_rows,
                },
            });
            start = end;
        }
        let mut sums = LineSums::default();
        files.iter().for_each(|file| sums.add(&file.sums));
        Self {
            ledger: ledger.id().to_owned(),
            phase: mapped.phase(),
            sums,
            files,
            columns: columns(ledger.files()),
            not_spending: mapped.excluded().cloned().collect(),
        }
    }
}

impl LineSums {
    fn add(&mut self, more: &Self) {
        let both = |one: Pence, other: Pence| held(wide(one) + wide(other));
        self.lines += more.lines;
        self.pence = both(self.pence, more.pence);
        self.credits += more.credits;
        self.credit_pence = both(self.credit_pence, more.credit_pence);
        self.zero += more.zero;
        self.rejected += more.rejected;
        self.rejected_pence = both(self.rejected_pence, more.rejected_pence);
        self.rejected_unknown += more.rejected_unknown;
        self.not_selected += more.not_selected;
        self.total_rows += more.total_rows;
    }

    /// The part of the lines that are below zero, of those that are not of £0.00.
    #[must_use]
    pub fn credit_lines(&self) -> Share {
        Share::new(self.credits.into(), (self.lines - self.zero).into())
    }

    /// The part of the pounds that are below zero: of all of them without signs.
    #[must_use]
    pub fn credit_pounds(&self) -> Share {
        let credits = wide(self.credit_pence).unsigned_abs();
        let payments = (wide(self.pence) - wide(self.credit_pence)).unsigned_abs();
        Share::new(credits, credits + payments)
    }
}

fn wide(pence: Pence) -> i128 {
    pence.get().into()
}

/// A sum as an amount; the largest there is where it is beyond that.
pub fn held(pence: i128) -> Pence {
    let largest = if pence < 0 { i64::MIN } else { i64::MAX };
    Pence::from_wide(pence).unwrap_or(Pence::new(largest))
}

fn credits(pence: &[i64]) -> Pence {
    let below = pence.iter().filter(|&&pence| pence < 0);
    held(below.map(|&pence| i128::from(pence)).sum())
}

/// The key and heading of a column; in the order of the layout, what it does not name last.
type Named = (usize, Option<String>, Option<String>);

/// Which heading each file has for what the layout names, and what it has besides.
fn columns(files: &[File]) -> Vec<ColumnCheck> {
    let mut found: BTreeMap<Named, BTreeSet<usize>> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut rank = |key: &str| {
        (order.iter().position(|known| known == key)).unwrap_or_else(|| {
            order.push(key.to_owned());
            order.len() - 1
        })
    };
    for (number, file) in files.iter().enumerate() {
        for header in &file.headers {
            for used in &header.used {
                let heading = used.headings.join(" + ");
                let named = (rank(&used.key), Some(used.key.clone()), Some(heading));
                found.entry(named).or_default().insert(number);
            }
            for key in &header.missing {
                let named = (rank(key), Some(key.clone()), None);
                found.entry(named).or_default().insert(number);
            }
            for heading in &header.unnamed {
                let named = (usize::MAX, None, Some(heading.clone()));
                found.entry(named).or_default().insert(number);
            }
        }
    }
    let shown = |numbers: &mut dyn Iterator<Item = usize>| -> Vec<String> {
        numbers.map(|number| files[number].shown.clone()).collect()
    };
    (found.into_iter())
        .map(|((_, key, heading), with)| ColumnCheck {
            key,
            heading,
            files: shown(&mut with.iter().copied()),
            not_in: shown(&mut (0..files.len()).filter(|number| !with.contains(number))),
        })
        .collect()
}
