//! Total rows, told by sums: a row is a total if it equals what stands above it.
//!
//! A file is walked once more in the order of its rows, over amounts alone. A row whose amount is
//! the sum of the lines since the last total, since an earlier one or since the top is looked at;
//! it is a total if it looks like one: nothing but an amount, words of a total, or no date or codes
//! where the lines above have them. A row that says it is a total, or is nothing but an amount,
//! and equals no such sum is a fault: adding it might double the file, and leaving it out might
//! lose a payment.

use super::part::Part;
use super::total_words::Says;
use super::verdict::{Aside, Candidate, Look, Looks, Verdict, Verdicts};
use crate::axis::Placed;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeSet;

/// A sum from the top of a file, and what it was at each total.
#[derive(Debug)]
struct Running {
    sum: i128,
    /// At the last total, or the top of the sheet.
    last: i128,
    /// At the top of the sheet.
    top: i128,
    /// At every total and top.
    all: BTreeSet<i128>,
}

impl Running {
    fn new() -> Self {
        Self {
            sum: 0,
            last: 0,
            top: 0,
            all: BTreeSet::from([0]),
        }
    }

    fn total(&mut self) {
        self.last = self.sum;
        self.all.insert(self.sum);
    }

    fn top(&mut self) {
        self.total();
        self.top = self.sum;
    }

    /// Whether an amount is the sum since the last total or the top.
    #[inline]
    fn may_be(&self, pence: i64) -> bool {
        let pence = i128::from(pence);
        pence == self.sum - self.last || pence == self.sum - self.top
    }

    /// Whether an amount is, but for so many pence, the sum since some total.
    fn since_some(&self, pence: i64, within: i128) -> bool {
        let from = self.sum - i128::from(pence);
        self.all
            .range(from - within..=from + within)
            .next()
            .is_some()
    }
}

/// The sums of a file so far.
#[derive(Debug)]
pub(super) struct Totals {
    lines: Running,
    /// Of everything that has an amount.
    all: Running,
    any_aside: bool,
    /// Lines since the last total, and since the top of the sheet.
    since_last: u64,
    since_top: u64,
    /// Those of them that have no date or period.
    undated: u64,
    undated_since_top: u64,
    /// What rounding took so far, in pounds.
    taken: Decimal,
}

impl Totals {
    pub(super) fn new() -> Self {
        Self {
            lines: Running::new(),
            all: Running::new(),
            any_aside: false,
            since_last: 0,
            since_top: 0,
            undated: 0,
            undated_since_top: 0,
            taken: Decimal::ZERO,
        }
    }

    /// Notes that a sheet ends.
    pub(super) fn end_sheet(&mut self) {
        self.lines.top();
        self.all.top();
        (self.since_last, self.since_top) = (0, 0);
        (self.undated, self.undated_since_top) = (0, 0);
    }

    /// Walks over the next part, and says of which rows the sums know better. `looks` gives the
    /// look of each of its rows, in order; it is asked for only where it decides something.
    ///
    /// # Errors
    ///
    /// Those of `looks`.
    pub(super) fn walk<E>(
        &mut self,
        part: &Part<'_>,
        looks: impl Fn() -> Result<Vec<Look>, E>,
    ) -> Result<Verdicts, E> {
        let mut verdicts = Verdicts::new();
        let mut known: Option<Vec<Look>> = None;
        let trail = &part.trail;
        let mut asides = trail.asides.iter().peekable();
        let mut candidates = trail.candidates.iter().peekable();
        let mut candidates_before = 0;
        for index in 0..=part.lines.pence.len() {
            let mut judged = false;
            loop {
                // In the order of rows: an amount below a total is not in it.
                let stands_here =
                    |aside: &&Aside| aside.lines <= index && aside.candidates <= candidates_before;
                if let Some(aside) = asides.next_if(stands_here) {
                    self.all.sum += i128::from(aside.pence);
                    self.any_aside = true;
                    continue;
                }
                let Some(candidate) = candidates.next_if(|c| c.lines <= index) else {
                    break;
                };
                candidates_before += 1;
                let verdict = self.judge(candidate);
                let alone = candidate.look == Looks::Alone;
                judged |= !alone
                    && matches!(
                        verdict,
                        Some(Verdict::Total { .. } | Verdict::NotMet { .. })
                    );
                match verdict {
                    // A row of nothing but an amount was taken for a total as it was read.
                    Some(Verdict::Total { .. }) if alone => {}
                    Some(verdict) => {
                        verdicts.insert(candidate.row, verdict);
                    }
                    None => {}
                }
            }
            let Some(&pence) = part.lines.pence.get(index) else {
                break;
            };
            if judged {
                continue;
            }
            if pence != 0
                && self.since_top > 0
                && (self.lines.may_be(pence) || self.any_aside && self.all.may_be(pence))
                && let Some(row) = part.lines.rows.get(index)
            {
                let looks = match &mut known {
                    Some(looks) => looks,
                    None => known.insert(looks()?),
                };
                if self.looks_like_a_total(looks, row) {
                    verdicts.insert(
                        row,
                        Verdict::Total {
                            lines: self.counted(),
                        },
                    );
                    self.total();
                    continue;
                }
            }
            self.lines.sum += i128::from(pence);
            self.all.sum += i128::from(pence);
            self.since_last += 1;
            self.since_top += 1;
            if matches!(part.lines.periods.get(index), Some(Placed::Gap(_))) {
                self.undated += 1;
                self.undated_since_top += 1;
            }
        }
        self.taken += part.sums.taken;
        Ok(verdicts)
    }

    /// Goes over lines that follow each other, of which this is known: their pence, those of rows among
    /// them that are none, how many lines there are and how many of these have no date or period.
    pub(super) fn over(&mut self, pence: i128, asides: i128, lines: u64, undated: u64) {
        self.lines.sum += pence;
        self.all.sum += pence + asides;
        self.any_aside |= asides != 0;
        self.since_last += lines;
        self.since_top += lines;
        self.undated += undated;
        self.undated_since_top += undated;
    }

    fn counted(&self) -> u64 {
        if self.since_last > 0 {
            self.since_last
        } else {
            self.since_top
        }
    }

    fn total(&mut self) {
        self.lines.total();
        self.all.total();
        (self.since_last, self.undated) = (0, 0);
    }

    /// What a row is that looks like a total.
    pub(super) fn judge(&mut self, candidate: &Candidate) -> Option<Verdict> {
        let taken = self.taken + candidate.taken;
        // A publisher rounds the sum, and we each line of it.
        let within = if taken.is_zero() {
            0
        } else {
            let pence = (taken.abs() * Decimal::ONE_HUNDRED).ceil();
            pence.to_i128().unwrap_or(0).min(100) + 1
        };
        let pence = candidate.pence;
        let met = self.since_top > 0
            && (self.lines.since_some(pence, within) || self.all.since_some(pence, within));
        let total = match candidate.look {
            Looks::Alone => met || pence == 0,
            Looks::Says { what, dated } => {
                met && pence != 0 && (!dated || what == Says::Purely && self.since_top > 1)
            }
        };
        if total {
            let lines = self.counted();
            self.total();
            return Some(Verdict::Total { lines });
        }
        let sum = if self.since_last > 0 {
            self.lines.sum - self.lines.last
        } else {
            self.lines.sum - self.lines.top
        };
        match candidate.look {
            Looks::Alone
            | Looks::Says {
                what: Says::Purely,
                dated: false,
            } => Some(Verdict::NotMet { sum }),
            Looks::Says {
                what: Says::Purely,
                dated: true,
            } => Some(Verdict::MayBe),
            Looks::Says { .. } => None,
        }
    }

    /// Whether a row whose amount is a sum looks like a total.
    fn looks_like_a_total(&self, looks: &[Look], row: u32) -> bool {
        let Ok(at) = looks.binary_search_by_key(&row, |look| look.row) else {
            return false;
        };
        let look = looks[at];
        let several = self.counted() > 1;
        let undated = if self.since_last > 0 {
            self.undated
        } else {
            self.undated_since_top
        };
        // A row without a date is nothing special where few have one.
        let lacks = look.no_codes || look.no_date && undated * 2 < self.counted();
        match look.says {
            Some(Says::Purely) => lacks || several || look.gaps,
            Some(Says::Among) => lacks && (several || look.gaps),
            // Such words stand in dates and in descriptions too: `12 May 2024`, `Invoice`.
            Some(Says::Weakly) if lacks && several => true,
            _ => {
                several
                    && (lacks && look.gaps
                        || look.count == Some(self.since_last)
                        || look.count == Some(self.since_top))
            }
        }
    }
}
