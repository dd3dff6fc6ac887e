//! Rows that are the sum of rows above them, where an engine numbers rows: the rows that may be are few,
//! and between two of them only the sum of the lines matters.
//!
//! ```text
//! lines of rows 2 to 811     one sum     ┐
//! row 812, `Total`           a candidate ┴ is it the sum of the lines above it?
//! lines of rows 813 to 1650  one sum     …
//! ```

use super::amount_class::AmountKind;
use super::group::RowGroup;
use super::{FileElsewhere, MANY, is_blank, says_total};
use crate::axis::Placed;
use crate::finding::Finding;
use crate::ledger::layout::AmountsAlone;
use crate::ledger::total_findings;
use crate::ledger::total_words::{Says, may_say, says};
use crate::ledger::verdict::{Candidate, Looks, Verdict};
use crate::money::Pence;
use std::collections::BTreeMap;

/// Rows that may be sums, by their numbers.
pub(crate) type MayBeSums = BTreeMap<u64, Looks>;

impl FileElsewhere<'_> {
    /// Whether some of these rows may be the sum of rows above them, as far as their texts are known.
    pub(crate) fn may_be_sums(&mut self, group: &RowGroup<'_>) -> bool {
        if self.is_top(group) {
            return false;
        }
        if self.is_alone(group) {
            return self.plan.layout.amounts_alone != Some(AmountsAlone::Totals);
        }
        let line = matches!(group.class.kind, AmountKind::Read | AmountKind::Rounded);
        if !line || !self.selected(group) || !(group.filled < MANY || self.is_undated(group)) {
            return false;
        }
        let seen = (group.texts.values()).filter(|text| !is_blank(text));
        let unseen = group.filled < MANY && group.filled > seen.count();
        unseen || group.texts.values().any(|text| says_total(text))
    }

    /// Whether they hold an amount and nothing else, and are no lines for that.
    pub(super) fn is_alone(&self, group: &RowGroup<'_>) -> bool {
        let as_lines = self.plan.layout.amounts_alone == Some(AmountsAlone::Lines);
        let class = group.class;
        group.filled == 0 && class.is_number() && !(as_lines && class.is_readable())
    }

    fn is_undated(&mut self, group: &RowGroup<'_>) -> bool {
        let has_time = self.columns.date.is_some() || self.columns.period.is_some();
        has_time && matches!(self.time(group), Placed::Gap(_))
    }

    /// What one row looks like, from all its cells.
    pub(crate) fn looks(&mut self, cells: &[String]) -> Option<Looks> {
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
        let of_amount: Vec<&str> = self.amount_columns().into_iter().map(cell).collect();
        let read = self.amount(&of_amount);
        let others: Vec<&str> = self.others().map(cell).collect();
        let filled = others.iter().filter(|cell| !cell.is_empty()).count();
        let group = RowGroup {
            texts: (self.told_by().into_iter())
                .map(|at| (at, cell(at)))
                .collect(),
            class: &read.class,
            filled: filled.min(MANY),
            rows: 1,
            pence: read.pence.into(),
            bare: read.bare.into(),
            credits: 0,
            largest: 0,
            taken: read.taken,
            first: None,
        };
        if self.is_alone(&group) {
            return (read.class.kind != AmountKind::TooLarge).then_some(Looks::Alone);
        }
        let line = matches!(read.class.kind, AmountKind::Read | AmountKind::Rounded);
        let undated = self.is_undated(&group);
        if !line || !self.selected(&group) || filled >= MANY && !undated {
            return None;
        }
        let said = others.iter().filter(|cell| may_say(cell));
        let what = said.filter_map(|cell| says(cell)).max()?;
        let has_time = self.columns.date.is_some() || self.columns.period.is_some();
        (what != Says::Weakly).then_some(Looks::Says {
            what,
            dated: has_time && !undated,
        })
    }

    /// Takes groups in the order of their first rows, of which those that may be sums are single rows.
    pub(crate) fn take_in_order(
        &mut self,
        groups: &[RowGroup<'_>],
        sums: &MayBeSums,
    ) -> Result<(), String> {
        for group in groups {
            let looks = group.first.and_then(|row| sums.get(&row));
            if let (Some(&looks), 1) = (looks, group.rows)
                && self.is_judged(group, looks)
            {
                continue;
            }
            let before = self.so_far();
            self.take(group)?;
            let after = self.so_far();
            let more = |at: usize| after[at] - before[at];
            let count = |at: usize| u64::try_from(more(at)).unwrap_or_default();
            self.totals.over(more(0), more(1), count(2), count(3));
        }
        Ok(())
    }

    /// Pence of lines, pence of what is none, lines, and lines without a date or period.
    fn so_far(&self) -> [i128; 4] {
        let sums = &self.read.sums;
        [
            self.total,
            sums.not_selected + sums.rejected,
            self.read.file.counts.lines.into(),
            self.undated.into(),
        ]
    }

    /// Whether the sums say that a row is no line; if they do, it is taken as what it is.
    fn is_judged(&mut self, group: &RowGroup<'_>, look: Looks) -> bool {
        let alone = look == Looks::Alone;
        let wide = if alone { group.bare } else { group.pence };
        let Ok(pence) = Pence::from_wide(wide) else {
            return false;
        };
        let row = group.first.and_then(|row| u32::try_from(row).ok());
        let verdict = self.totals.judge(&Candidate {
            lines: 0,
            row: row.unwrap_or_default(),
            pence: pence.get(),
            look,
            taken: self.read.sums.taken,
        });
        let position = (self.position(group.first)).column(&self.columns.amount_heading);
        let mut tell = |finding: Finding| self.read.findings.push(finding);
        let (says_among, dated) = match look {
            Looks::Says { what, dated } => (what == Says::Among, dated),
            Looks::Alone => (false, false),
        };
        match verdict {
            Some(Verdict::NotMet { sum }) => {
                tell(total_findings::not_met(position, pence, sum, !alone));
                self.read.file.counts.rejected += 1;
                self.read.sums.rejected += i128::from(pence.get());
            }
            Some(Verdict::Total { lines }) => {
                if !alone {
                    tell(total_findings::left_out(position, pence, lines));
                }
                self.read.file.counts.total_rows += 1;
                self.read.sums.total_rows += i128::from(pence.get());
            }
            other => {
                if matches!(other, Some(Verdict::MayBe)) || says_among && !dated {
                    tell(total_findings::may_be(position, pence));
                }
                return false;
            }
        }
        self.read.file.counts.records += 1;
        true
    }
}
