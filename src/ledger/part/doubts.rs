//! What is in doubt of a file as a whole, told when all of it is read.

use crate::ledger::qualifiers::Kind;
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
    /// Rows that are not selected, but would be if signs, blanks and capitals did not count: by
    /// heading and wanted text.
    pub(in crate::ledger) nearly: BTreeMap<(String, String), Nearly>,
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
        for (key, more) in later.nearly {
            self.nearly.entry(key).or_default().add(&more);
        }
    }
}
