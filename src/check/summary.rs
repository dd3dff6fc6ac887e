//! A check in one line.

use super::controls::{ControlCheck, controls};
use super::counted_lines::CountedLines;
use super::months::MonthsCheck;
use super::share::Share;
use super::unplaced::{Unplaced, unplaced};
use crate::account::{NotRead, PlaceAccount};
use crate::text::{counted, counted_as};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// All of a check in one line: `3 ledgers, 12 of 12 months, 2 of 3 controls met, 4.1 % of £ not
/// placed by activity`. Findings are counted by [`Findings::in_words`].
///
/// [`Findings::in_words`]: crate::finding::Findings::in_words
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// Ledgers that were read.
    pub ledgers: usize,
    /// Ledgers of which no file could be read.
    pub ledgers_not_read: usize,
    /// Files that could not be read, of ledgers that were.
    pub files_not_read: usize,
    /// Months that are expected of some ledger.
    pub months: u16,
    /// Those of them of which every ledger has lines that is expected to.
    pub months_complete: u16,
    /// Control totals.
    pub controls: usize,
    /// Those that are met.
    pub controls_met: usize,
    /// The part of the pounds, without signs, that is on no activity.
    pub not_placed: Share,
}

impl Summary {
    /// Of an account, without the rest of its [`Check`](super::Check).
    #[must_use]
    pub fn of(account: &PlaceAccount) -> Self {
        let unplaced = unplaced(account, &CountedLines::of(account));
        let months = MonthsCheck::of(account);
        Self::from_parts(account, &[], &months, &controls(account), &unplaced)
    }

    pub(super) fn from_parts(
        account: &PlaceAccount,
        not_read: &[NotRead],
        months: &MonthsCheck,
        controls: &[ControlCheck],
        unplaced: &[Unplaced],
    ) -> Self {
        let activity = unplaced.iter().filter(|one| one.axis == "activity");
        let (part, whole) = activity.fold((0, 0), |(part, whole), one| {
            (part + one.sums[0], whole + one.sums[1])
        });
        let read: BTreeSet<&str> = (account.ledgers().iter())
            .map(|mapped| mapped.ledger().id())
            .collect();
        let ledgers: BTreeSet<&str> = (not_read.iter())
            .map(|one| one.ledger.as_str())
            .filter(|ledger| !read.contains(ledger))
            .collect();
        let files = not_read
            .iter()
            .filter(|one| read.contains(one.ledger.as_str()));
        Self {
            ledgers: read.len(),
            ledgers_not_read: ledgers.len(),
            files_not_read: files.count(),
            months: months.expected,
            months_complete: months.complete,
            controls: controls.len(),
            controls_met: controls.iter().filter(|control| control.met).count(),
            not_placed: Share::new(part, whole),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&counted(self.ledgers, "ledger"))?;
        if self.ledgers_not_read > 0 {
            write!(f, " and {} not read", self.ledgers_not_read)?;
        }
        if self.files_not_read > 0 {
            write!(f, ", {} not read", counted(self.files_not_read, "file"))?;
        }
        match self.months {
            0 => f.write_str(", no month known")?,
            all => write!(f, ", {} of {}", self.months_complete, counted(all, "month"))?,
        }
        match self.controls {
            0 => f.write_str(", no control totals")?,
            all => {
                let controls = counted_as(all, "control", "controls");
                write!(f, ", {} of {controls} met", self.controls_met)?;
            }
        }
        match self.not_placed {
            nothing if nothing.is_nothing() => f.write_str(", all £ placed by activity"),
            share => write!(f, ", {share} of £ not placed by activity"),
        }
    }
}
