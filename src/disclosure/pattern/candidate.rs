//! Moves that might protect a part: exchanges with one other sum, squares and cubes over what stands beside it.

use super::near::Near;
use super::primary::Target;
use super::problem::{GIVEN_UP, Image, Problem, change_of};
use crate::money::Ratio;
use num_integer::Integer;
use num_traits::ToPrimitive;
use smallvec::SmallVec;
use std::cmp::Reverse;

/// Changes of sums, and what they do.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Changes of columns: in lowest terms until they are made whole pence.
    pub(super) changes: SmallVec<[(u32, i64); 8]>,
    /// The rows that it changes, in order.
    pub(super) rows: Vec<u32>,
    /// Partners who know a sum that it changes.
    pub(super) owners: SmallVec<[u32; 4]>,
    /// Holders who may know that a sum cannot be what it would be.
    pub(super) holders: SmallVec<[u32; 4]>,
    /// Whether it is in whole pence already and reaches the level.
    pub(super) ready: bool,
}

/// Who looks and would know that a move is not so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Looker {
    Partner(u32),
    Holders(SmallVec<[u32; 2]>),
}

impl Candidate {
    /// Whether it convinces somebody.
    pub(super) fn convinces(&self, looker: &Looker) -> bool {
        match looker {
            Looker::Partner(partner) => !self.owners.contains(partner),
            Looker::Holders(holders) => !holders.iter().any(|holder| self.holders.contains(holder)),
        }
    }
}

/// Whether a column is of what is protected; columns of a target stand in order.
fn is_own(target: &Target, column: u32) -> bool {
    target.own.binary_search(&column).is_ok()
}

/// Makes candidates; keeps its room from one to the next.
#[derive(Debug)]
pub(super) struct Maker<'a> {
    problem: &'a Problem<'a>,
    near: Near,
    by_row: Vec<u64>,
    touched: Vec<u32>,
}

/// Whether only sums that nobody knows may stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StandIns {
    /// Sums of which something is left when those who know most of them look.
    Safe,
    /// Also sums that few hold: further moves must then be for them.
    Any,
}

/// Of how many sums farther away an exchange is tried.
const FAR: usize = 256;
/// How many candidates are kept for one part.
const KEPT: usize = 1_500;
/// With fewer than so many that reach the level alone, sums of others are tried.
const ENOUGH: usize = 16;

impl<'a> Maker<'a> {
    pub(super) fn new(problem: &'a Problem<'a>) -> Self {
        Self {
            problem,
            near: Near::new(problem),
            by_row: vec![0; problem.rows.len()],
            touched: Vec::new(),
        }
    }

    /// Candidates for a target that convince a looker, the cheapest first if nothing were withheld but `free` rows.
    pub(super) fn candidates(
        &mut self,
        target: &Target,
        looker: Option<&Looker>,
        stand_ins: StandIns,
        free: &[bool],
    ) -> Vec<Candidate> {
        let against = target.against.map(Looker::Partner);
        let lookers: SmallVec<[&Looker; 2]> = against.iter().chain(looker).collect();
        let mut drafts: Vec<SmallVec<[(u32, i64); 8]>> = Vec::new();
        // Of a line of many sums a few are enough, those in the fewest lines.
        let mut own = target.own.clone();
        own.sort_by_key(|&column| (self.problem.columns[column as usize].rows.len(), column));
        let own: Vec<u32> = (own.into_iter())
            .filter(|&column| {
                lookers
                    .iter()
                    .all(|looker| self.may_change(target, column, looker, stand_ins))
            })
            .take(8)
            .collect();
        for &column in &own {
            self.draft(target, column, &lookers, stand_ins, &mut drafts);
        }
        let (mut whole, mut parts) = self.sorted(target, drafts, free);
        whole.truncate(KEPT);
        let keeps =
            |one: &Candidate| (one.rows.iter()).all(|&row| !self.problem.rows[row as usize].always);
        if whole.iter().filter(|one| keeps(one)).take(ENOUGH).count() < ENOUGH {
            let mut drafts = Vec::new();
            for &column in &own {
                let fits = |column: u32| {
                    lookers
                        .iter()
                        .all(|looker| self.may_change(target, column, looker, stand_ins))
                };
                for other in self.far(target, column, fits, stand_ins) {
                    drafts.extend(self.exchange(column, other));
                }
            }
            let (more, more_parts) = self.sorted(target, drafts, free);
            whole.extend(more);
            parts.extend(more_parts);
            let parts = self.in_one_direction(target, parts);
            whole.extend(self.added_up(target, &parts, free));
        }
        whole.retain(|one| lookers.iter().all(|looker| one.convinces(looker)));
        whole
    }

    /// Those that reach the level alone, and those that do not, the cheapest first.
    fn sorted(
        &mut self,
        target: &Target,
        drafts: Vec<SmallVec<[(u32, i64); 8]>>,
        free: &[bool],
    ) -> (Vec<Candidate>, Vec<Candidate>) {
        let mut made: Vec<(u64, Candidate)> = drafts
            .into_iter()
            .filter_map(|changes| {
                let candidate = self.candidate(target, changes)?;
                Some((self.cost(&candidate.rows, free), candidate))
            })
            .collect();
        made.sort_by_key(|(cost, candidate)| (*cost, candidate.rows.len()));
        made.into_iter()
            .map(|(_, candidate)| candidate)
            .partition(|one| self.reaches(target, one))
    }

    pub(super) fn cost(&self, rows: &[u32], free: &[bool]) -> u64 {
        (rows.iter())
            .filter(|&&row| !free[row as usize])
            .map(|&row| self.row_cost(row))
            .fold(0, u64::saturating_add)
    }

    pub(super) fn row_cost(&self, row: u32) -> u64 {
        let row = &self.problem.rows[row as usize];
        if row.always {
            GIVEN_UP.saturating_add(row.cost)
        } else {
            row.cost
        }
    }

    /// Whether a looker would not know at once that this sum is another.
    fn may_change(
        &self,
        target: &Target,
        column: u32,
        looker: &Looker,
        stand_ins: StandIns,
    ) -> bool {
        let sum = &self.problem.system.sums[column as usize];
        match looker {
            Looker::Partner(partner) => sum.owner != Some(*partner),
            Looker::Holders(holders) => {
                (target.row.is_none() && is_own(target, column))
                    || stand_ins == StandIns::Safe
                        && self.problem.columns[column as usize].safe_room > 0
                    || !sum
                        .holders
                        .iter()
                        .any(|(holder, _)| holders.contains(holder))
            }
        }
    }

    fn draft(
        &self,
        target: &Target,
        own: u32,
        lookers: &[&Looker],
        stand_ins: StandIns,
        drafts: &mut Vec<SmallVec<[(u32, i64); 8]>>,
    ) {
        drafts.push(SmallVec::from_slice(&[(own, 1)]));
        let fits = |column: u32| {
            lookers
                .iter()
                .all(|looker| self.may_change(target, column, looker, stand_ins))
        };
        let near: Vec<u32> = self
            .near
            .of(own)
            .iter()
            .copied()
            .filter(|&column| fits(column))
            .collect();
        for &other in &near {
            drafts.extend(self.exchange(own, other));
        }
        // What stands beside two that do not stand beside one another closes a square.
        let mut squares: Vec<Option<u32>> = vec![None; near.len() * near.len()];
        for (i, &one) in near.iter().enumerate() {
            for (j, &other) in near.iter().enumerate().skip(i + 1) {
                if self.near.of(one).binary_search(&other).is_ok() {
                    continue;
                }
                let corner = self
                    .near
                    .of_both(one, other)
                    .find(|&column| column != own && fits(column));
                if let Some(corner) = corner {
                    squares[i * near.len() + j] = Some(corner);
                    drafts.push(SmallVec::from_slice(&[
                        (own, 1),
                        (one, -1),
                        (other, -1),
                        (corner, 1),
                    ]));
                }
            }
        }
        // Three squares that meet are closed to a cube by what stands beside their corners.
        for i in 0..near.len() {
            for j in i + 1..near.len() {
                let Some(first) = squares[i * near.len() + j] else {
                    continue;
                };
                for k in j + 1..near.len() {
                    let (Some(second), Some(third)) =
                        (squares[i * near.len() + k], squares[j * near.len() + k])
                    else {
                        continue;
                    };
                    let list = self.near.of(third);
                    let eighth = self.near.of_both(first, second).find(|column| {
                        list.binary_search(column).is_ok()
                            && ![own, near[i], near[j], near[k]].contains(column)
                            && fits(*column)
                    });
                    if let Some(eighth) = eighth {
                        drafts.push(SmallVec::from_slice(&[
                            (own, 1),
                            (near[i], -1),
                            (near[j], -1),
                            (near[k], -1),
                            (first, 1),
                            (second, 1),
                            (third, 1),
                            (eighth, -1),
                        ]));
                    }
                }
            }
        }
    }

    /// Whether a sum has money of somebody who has none in the target: two sums of the same holder would tell together
    /// what they hide singly.
    fn is_of_others(&self, target: &Target, column: u32) -> bool {
        let holders = &self.problem.system.sums[column as usize].holders;
        (holders.iter()).any(|(holder, pence)| pence.get() != 0 && !target.holders.contains(holder))
    }

    /// Sums that have a line in common, those of the shortest lines first.
    fn far(
        &self,
        target: &Target,
        own: u32,
        fits: impl Fn(u32) -> bool,
        stand_ins: StandIns,
    ) -> Vec<u32> {
        let mut rows: Vec<u32> = self.problem.columns[own as usize]
            .rows
            .iter()
            .map(|(row, _)| *row)
            .collect();
        rows.sort_unstable_by_key(|&row| (self.problem.rows[row as usize].entries.len(), row));
        let mut far: Vec<u32> = Vec::new();
        for row in rows {
            for (column, _) in &self.problem.rows[row as usize].entries {
                let it = &self.problem.columns[*column as usize];
                let serves = it.safe_room > 0
                    || stand_ins == StandIns::Any
                        && it.room > 0
                        && self.is_of_others(target, *column);
                if serves && *column != own && fits(*column) && !far.contains(column) {
                    far.push(*column);
                    if far.len() >= FAR {
                        return far;
                    }
                }
            }
        }
        far
    }

    /// So much of one against so much of another that the costliest line of both stays as it is.
    fn exchange(&self, one: u32, other: u32) -> Option<SmallVec<[(u32, i64); 8]>> {
        let rows = &self.problem.columns[other as usize].rows;
        let (row, _) = (self.problem.columns[one as usize].rows.iter())
            .filter(|(row, _)| rows.binary_search_by_key(row, |(row, _)| *row).is_ok())
            .max_by_key(|(row, _)| {
                (
                    self.row_cost(*row),
                    self.problem.rows[*row as usize].entries.len(),
                    Reverse(*row),
                )
            })?;
        let image = |column: u32| {
            let entries = &self.problem.rows[*row as usize].entries;
            let at = entries
                .binary_search_by_key(&column, |(sum, _)| *sum)
                .ok()?;
            Some(entries[at].1)
        };
        if image(one)? == image(other)? {
            return Some(SmallVec::from_slice(&[(one, 1), (other, -1)]));
        }
        let line = self.problem.rows[*row as usize].lines[0];
        let shares = &self.problem.system.lines[line as usize].shares;
        let share = |column: u32| {
            shares
                .iter()
                .find(|(sum, _)| *sum == column)
                .map(|(_, share)| share)
        };
        let ratio = share(one)?.times(&share(other)?.inverse()?);
        // one · share(one) = other · share(other)
        let (above, below) = ratio.lowest_terms();
        let (above, below) = (above.to_i64()?, below.to_i64()?);
        Some(SmallVec::from_slice(&[(one, below), (other, -above)]))
    }

    /// What changes of columns do; none where they do nothing to the target.
    fn candidate(
        &mut self,
        target: &Target,
        changes: SmallVec<[(u32, i64); 8]>,
    ) -> Option<Candidate> {
        for (column, change) in &changes {
            let by = Image::of(*change);
            for (row, share) in &self.problem.columns[*column as usize].rows {
                let sum = &mut self.by_row[*row as usize];
                // A row that came to nothing on the way stands twice, and is dropped below.
                if *sum == 0 {
                    self.touched.push(*row);
                }
                *sum = Image::add(*sum, Image::times(*share, by));
            }
        }
        let by_row = &mut self.by_row;
        let mut rows: Vec<u32> = (self.touched.drain(..))
            .filter(|&row| std::mem::take(&mut by_row[row as usize]) != 0)
            .collect();
        rows.sort_unstable();
        match target.row {
            Some(row) => rows.binary_search(&row).ok().map(|_| ())?,
            None => changes
                .iter()
                .any(|(column, _)| target.own.contains(column))
                .then_some(())?,
        }
        let mut owners: SmallVec<[u32; 4]> = SmallVec::new();
        if self.problem.system.looks.partners {
            for (column, _) in &changes {
                let owner = self.problem.system.sums[*column as usize].owner;
                owners.extend(owner.filter(|owner| !owners.contains(owner)));
            }
            owners.sort_unstable();
        }
        Some(Candidate {
            changes,
            rows,
            owners,
            holders: SmallVec::new(),
            ready: false,
        })
    }

    /// By how much each change may at most be multiplied.
    fn most(&self, target: &Target, changes: &[(u32, i64)]) -> i64 {
        (changes.iter())
            .map(|(column, change)| self.room(target, *column) / change.abs())
            .min()
            .unwrap_or(0)
    }

    /// What is protected may differ as far as anybody may think: who knows some of it has a part of the move left, and
    /// is not the one whom the level is for. What stands in for it may only differ as far as nobody knows better; where
    /// that is not at all, those who know are noted, and further moves are for them.
    fn room(&self, target: &Target, column: u32) -> i64 {
        let it = &self.problem.columns[column as usize];
        if is_own(target, column) || it.safe_room == 0 || target.against.is_some() {
            it.room
        } else {
            it.safe_room
        }
    }

    /// How much of the level so much of the changes is: what to multiply them by. None where they are no use.
    fn wanted(&self, target: &Target, changes: &[(u32, i64)], level: i64) -> Option<i64> {
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
                i64::try_from(super::judged::rounded_up(&size)).ok()
            }
        }
    }

    fn reaches(&self, target: &Target, candidate: &Candidate) -> bool {
        let most = self.most(target, &candidate.changes);
        self.wanted(target, &candidate.changes, target.level)
            .is_some_and(|wanted| wanted <= most)
    }

    /// The smallest number that makes a candidate's changes whole pence in all lines that it changes.
    fn step(&self, candidate: &Candidate) -> Option<i64> {
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
    pub(super) fn make_ready(&self, target: &Target, candidate: &mut Candidate) -> bool {
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

    /// Those who may know better than the candidate.
    pub(super) fn note_holders(&self, target: &Target, candidate: &mut Candidate) {
        if !self.problem.system.looks.holders || target.against.is_some() {
            return;
        }
        for (column, change) in &candidate.changes {
            let it = &self.problem.columns[*column as usize];
            let known = if is_own(target, *column) {
                it.safe_room == 0
            } else {
                change.abs() > it.safe_room
            };
            if known && !(target.row.is_none() && is_own(target, *column)) {
                let holders = &self.problem.system.sums[*column as usize].holders;
                candidate
                    .holders
                    .extend(holders.iter().map(|(holder, _)| *holder));
            }
        }
        candidate.holders.sort_unstable();
        candidate.holders.dedup();
    }

    /// All adding to the target, none taking from it.
    fn in_one_direction(&self, target: &Target, mut parts: Vec<Candidate>) -> Vec<Candidate> {
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
    fn added_up(&mut self, target: &Target, parts: &[Candidate], free: &[bool]) -> Vec<Candidate> {
        let parts: Vec<Part<'_>> = (parts.iter())
            .filter_map(|candidate| {
                let gain = match target.row {
                    None => Ratio::new(i128::from(change_in(&candidate.changes, target.own[0])), 1),
                    Some(row) => self.problem.change(row, &candidate.changes),
                };
                let gain = i64::try_from(super::judged::rounded_up(&gain)).ok()?;
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

/// A candidate that does not reach the level alone.
struct Part<'a> {
    candidate: &'a Candidate,
    /// By how much it changes the target, in pence, rounded up.
    gain: i64,
    /// What it must be multiplied by for whole pence.
    step: i64,
}

fn change_in(changes: &[(u32, i64)], column: u32) -> i64 {
    changes
        .iter()
        .find(|(one, _)| *one == column)
        .map_or(0, |(_, change)| *change)
}

/// From how many exchanges sums of them are begun, of how many, and how many they are at most.
const STARTS: usize = 8;
const TRIED: usize = 1_000;
const TERMS: usize = 40;
