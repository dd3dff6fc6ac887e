//! What is in doubt of a file as a whole, told when all of it is read.

use crate::ledger::qualifiers::Kind;
use crate::money::Pence;
use std::collections::{BTreeMap, BTreeSet};

/// What is in doubt of a file as a whole, and how much money it touches.
#[derive(Debug, Default)]
pub(in crate::ledger) struct Doubts {
    /// The money of lines without a month or period, without signs.
    pub(in crate::ledger) undated: i128,
    /// Headers without a column that the layout names for this, with their lines.
    pub(in crate::ledger) no_time: Vec<(u64, &'static str)>,
    /// How many dates could be read in which form that the layout does not name.
    pub(in crate::ledger) forms: BTreeMap<&'static str, u64>,
    /// The first date that can only be read with month and day the other way round than those of
    /// the layout: its row, how it is written, its form.
    pub(in crate::ledger) swapped: Option<(u32, String, &'static str)>,
    /// Columns that may change what amounts mean, by their headings: rows, money, the first row.
    pub(in crate::ledger) unnamed: BTreeMap<(Kind, String), (u64, i128, u32)>,
    /// Names of codes for which some header has a column.
    pub(in crate::ledger) had: BTreeSet<String>,
    /// Amounts that may be cut in two.
    pub(in crate::ledger) cut: CutAmounts,
    /// Rows that are not selected, but would be if signs, blanks and capitals did not count: by
    /// heading and wanted text.
    pub(in crate::ledger) nearly: BTreeMap<(String, String), Nearly>,
    /// Headings and texts of `where_not` that some row has.
    pub(in crate::ledger) unwanted: BTreeSet<(String, String)>,
    /// Lines that it would leave out if signs, blanks and capitals did not count.
    pub(in crate::ledger) nearly_unwanted: BTreeMap<(String, String), Nearly>,
}

/// Rows that are nearly selected.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ledger) struct Nearly {
    pub(in crate::ledger) rows: u64,
    pub(in crate::ledger) pence: i128,
    pub(in crate::ledger) first: u32,
}

impl Nearly {
    pub(in crate::ledger) fn add(&mut self, later: &Self) {
        self.rows += later.rows;
        self.pence += later.pence;
        if self.first == 0 {
            self.first = later.first;
        }
    }
}

/// Rows in which a small amount stands before three digits, and how often three digits stand there
/// beside other amounts.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ledger) struct CutAmounts {
    pub(in crate::ledger) rows: u64,
    /// What the amounts would be in one piece.
    pub(in crate::ledger) joined: i128,
    pub(in crate::ledger) first: u32,
    /// Other rows.
    others: u64,
    others_with_three_digits: u64,
}

impl CutAmounts {
    /// Notes what stands beside an amount that comes to more, if it is cut in two there.
    pub(in crate::ledger) fn note(&mut self, joined: Option<Pence>, three_digits: bool, row: u32) {
        if let Some(joined) = joined {
            if self.rows == 0 {
                self.first = row;
            }
            self.rows += 1;
            self.joined += i128::from(joined.get());
        } else {
            self.others += 1;
            self.others_with_three_digits += u64::from(three_digits);
        }
    }

    fn add(&mut self, later: &Self) {
        if self.rows == 0 {
            self.first = later.first;
        }
        self.rows += later.rows;
        self.joined += later.joined;
        self.others += later.others;
        self.others_with_three_digits += later.others_with_three_digits;
    }

    /// Whether the column has three digits only beside small amounts; nothing where it is no
    /// wonder that three digits stand there.
    pub(in crate::ledger) fn sure(&self) -> Option<bool> {
        let usual = self.others_with_three_digits * 20 > self.others;
        (self.rows > 0 && !usual).then_some(self.others > 0)
    }
}

impl Doubts {
    /// Adds those of later rows.
    pub(in crate::ledger) fn add(&mut self, later: Self) {
        self.undated += later.undated;
        self.no_time.extend(later.no_time);
        for (form, count) in later.forms {
            *self.forms.entry(form).or_default() += count;
        }
        self.swapped = self.swapped.take().or(later.swapped);
        for (key, (rows, pence, first)) in later.unnamed {
            let all = self.unnamed.entry(key).or_insert((0, 0, first));
            (all.0, all.1) = (all.0 + rows, all.1 + pence);
        }
        self.had.extend(later.had);
        self.cut.add(&later.cut);
        for (key, more) in later.nearly {
            self.nearly.entry(key).or_default().add(&more);
        }
        for (key, more) in later.nearly_unwanted {
            self.nearly_unwanted.entry(key).or_default().add(&more);
        }
        self.unwanted.extend(later.unwanted);
    }
}
