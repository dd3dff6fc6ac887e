//! Where no move alone reaches the level: several together, each as far as it goes.

use super::super::judged::rounded_up;
use super::super::primary::Target;
use super::{Candidate, Maker};
use crate::money::Ratio;
use smallvec::SmallVec;

/// From how many exchanges sums of them are begun, of how many, and how many they are at most.
const STARTS: usize = 8;
const TRIED: usize = 1_000;
const TERMS: usize = 40;

/// A candidate that does not reach the level alone.
struct Part<'a> {
    candidate: &'a Candidate,
    /// By how much it changes the target, in pence, rounded up.
    gain: i64,
    /// What it must be multiplied by for whole pence.
    step: i64,
}

impl Maker<'_> {
    /// All adding to the target, none taking from it.
    pub(super) fn in_one_direction(
        &self,
        target: &Target,
        mut parts: Vec<Candidate>,
    ) -> Vec<Candidate> {
        parts.truncate(TRIED);
        if let Some(row) = target.row {
            for part in &mut parts {
                if self.problem.change(row, &part.changes) < Ratio::zero() {
                    part.changes
                        .iter_mut()
                        .for_each(|(_, change)| *change = -*change);
                }
            }
        }
        parts
    }

    /// Where no exchange alone reaches the level: several together, each as far as it goes.
    pub(super) fn added_up(
        &mut self,
        target: &Target,
        parts: &[Candidate],
        free: &[bool],
    ) -> Vec<Candidate> {
        let parts: Vec<Part<'_>> = (parts.iter())
            .filter_map(|candidate| {
                let gain = match target.row {
                    None => Ratio::new(i128::from(change_in(&candidate.changes, target.own[0])), 1),
                    Some(row) => self.problem.change(row, &candidate.changes),
                };
                let gain = i64::try_from(rounded_up(&gain)).ok()?;
                Some(Part {
                    candidate,
                    gain: gain.max(1),
                    step: self.step(candidate)?,
                })
            })
            .collect();
        (0..parts.len().min(STARTS))
            .filter_map(|start| self.sum_from(target, &parts, start, free))
            .collect()
    }

    fn sum_from(
        &mut self,
        target: &Target,
        parts: &[Part<'_>],
        start: usize,
        free: &[bool],
    ) -> Option<Candidate> {
        let mut sum: SmallVec<[(u32, i64); 8]> = SmallVec::new();
        let mut hidden = free.to_vec();
        let mut missing = target.level;
        let mut next = Some(start);
        for _ in 0..TERMS {
            let part = &parts[next?];
            let most = self.times_more(target, &sum, part);
            let wanted = ((missing - 1) / part.gain / part.step + 1).saturating_mul(part.step);
            let times = most.min(wanted);
            for (column, change) in &part.candidate.changes {
                match sum.iter_mut().find(|(one, _)| one == column) {
                    Some((_, sum)) => *sum += change * times,
                    None => sum.push((*column, change * times)),
                }
            }
            sum.retain(|(_, change)| *change != 0);
            missing -= part.gain.saturating_mul(times);
            for &row in &part.candidate.rows {
                hidden[row as usize] = true;
            }
            if missing <= 0 && self.wanted(target, &sum, target.level) == Some(1) {
                let mut candidate = self.candidate(target, sum)?;
                candidate.ready = self.step(&candidate)? == 1;
                self.note_holders(target, &mut candidate);
                return candidate.ready.then_some(candidate);
            }
            missing = missing.max(1);
            // What withholds least for what it adds.
            let worth = |at: usize| {
                let part = &parts[at];
                let gain = part
                    .gain
                    .saturating_mul(self.times_more(target, &sum, part))
                    .min(missing);
                (gain > 0).then(|| {
                    (
                        self.cost(&part.candidate.rows, &hidden) + 1,
                        gain as u64,
                        at,
                    )
                })
            };
            next = (0..parts.len())
                .filter_map(worth)
                .min_by(|one, other| {
                    let across = |one: &(u64, u64, usize), other: &(u64, u64, usize)| {
                        u128::from(one.0) * u128::from(other.1)
                    };
                    across(one, other)
                        .cmp(&across(other, one))
                        .then(one.2.cmp(&other.2))
                })
                .map(|(_, _, at)| at);
        }
        None
    }

    /// How often a part can still be added to a sum of parts, in whole pence and in its direction.
    fn times_more(&self, target: &Target, sum: &[(u32, i64)], part: &Part<'_>) -> i64 {
        let most = (part.candidate.changes.iter())
            .map(|(column, change)| {
                let room = self.room(target, *column);
                let left = room - change_in(sum, *column) * change.signum();
                left.max(0) / change.abs()
            })
            .min()
            .unwrap_or(0);
        most / part.step * part.step
    }
}

fn change_in(changes: &[(u32, i64)], column: u32) -> i64 {
    changes
        .iter()
        .find(|(one, _)| *one == column)
        .map_or(0, |(_, change)| *change)
}
