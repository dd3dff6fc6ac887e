//! How far a move goes: within what is known beforehand, to the level, in whole pence.

use super::super::judged::rounded_up;
use super::super::primary::Target;
use super::super::problem::change_of;
use super::{Candidate, Maker, is_own};
use crate::money::Ratio;
use num_integer::Integer;
use num_traits::ToPrimitive;

impl Maker<'_> {
    /// By how much each change may at most be multiplied.
    pub(super) fn most(&self, target: &Target, changes: &[(u32, i64)]) -> i64 {
        (changes.iter())
            .map(|(column, change)| self.room(target, *column) / change.abs())
            .min()
            .unwrap_or(0)
    }

    /// What is protected may differ as far as anybody may think: who knows some of it has a part of the move left, and
    /// is not the one whom the level is for. What stands in for it may only differ as far as nobody knows better; where
    /// that is not at all, those who know are noted, and further moves are for them.
    pub(super) fn room(&self, target: &Target, column: u32) -> i64 {
        let it = &self.problem.columns[column as usize];
        if is_own(target, column) || it.safe_room == 0 || target.against.is_some() {
            it.room
        } else {
            it.safe_room
        }
    }

    /// How much of the level so much of the changes is: what to multiply them by. None where they are no use.
    pub(in super::super) fn wanted(
        &self,
        target: &Target,
        changes: &[(u32, i64)],
        level: i64,
    ) -> Option<i64> {
        match target.row {
            None => {
                let (_, change) = changes
                    .iter()
                    .find(|(column, _)| target.own.contains(column))?;
                Some((level.max(1) - 1) / change.abs() + 1)
            }
            Some(row) => {
                let change = self.problem.change(row, changes).inverse()?;
                let wanted = change.times(&Ratio::new(i128::from(level.max(1)), 1));
                let size = if wanted < Ratio::zero() {
                    wanted.times(&Ratio::new(-1, 1))
                } else {
                    wanted
                };
                i64::try_from(rounded_up(&size)).ok()
            }
        }
    }

    pub(super) fn reaches(&self, target: &Target, candidate: &Candidate) -> bool {
        let most = self.most(target, &candidate.changes);
        self.wanted(target, &candidate.changes, target.level)
            .is_some_and(|wanted| wanted <= most)
    }

    /// The smallest number that makes a candidate's changes whole pence in all lines that it changes.
    pub(super) fn step(&self, candidate: &Candidate) -> Option<i64> {
        let mut step = 1_i64;
        for &row in &candidate.rows {
            let row = &self.problem.rows[row as usize];
            if row.whole {
                continue;
            }
            for &line in &row.lines {
                let change = change_of(
                    &self.problem.system.lines[line as usize].shares,
                    &candidate.changes,
                );
                let below = change.lowest_terms().1.to_i64()?;
                step = (step / step.gcd(&below)).checked_mul(below)?;
            }
        }
        Some(step)
    }

    /// Makes a candidate of whole pence that reaches its level; whether it can be.
    pub(in super::super) fn make_ready(&self, target: &Target, candidate: &mut Candidate) -> bool {
        if candidate.ready {
            return true;
        }
        let most = self.most(target, &candidate.changes);
        let whole = || {
            let step = self.step(candidate)?;
            let wanted = self.wanted(target, &candidate.changes, target.level)?;
            let wanted = ((wanted - 1) / step + 1).checked_mul(step)?;
            (wanted <= most).then_some(wanted)
        };
        let Some(times) = whole() else { return false };
        for (_, change) in &mut candidate.changes {
            *change *= times;
        }
        candidate.ready = true;
        self.note_holders(target, candidate);
        true
    }
}
