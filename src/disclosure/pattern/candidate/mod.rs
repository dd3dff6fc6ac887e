//! Moves that might protect a part.
//!
//! - `drafts`: exchanges with one other sum, squares and cubes over what stands beside it
//! - `whole`: how far each goes, in whole pence
//! - `added`: where none reaches alone, several together
//! - `tableau`: rows that stay, taken apart exactly
//! - `eliminated`: any move at all

mod drafts;
mod whole;
mod added;
mod tableau;
mod eliminated;

use super::near::Near;
use super::primary::Target;
use super::problem::{GIVEN_UP, Image, Problem};
use smallvec::SmallVec;

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
    /// Whether it changes the same sums by as much.
    pub(super) fn is_as(&self, other: &Self) -> bool {
        self.ready == other.ready && self.changes == other.changes
    }

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
    /// Numbers that may still be worked out where what is told is taken apart.
    work_left: u64,
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
            work_left: eliminated::WORK,
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
}
