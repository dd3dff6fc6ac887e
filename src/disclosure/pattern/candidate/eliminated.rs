//! Any move at all: where no exchange, square, cube or sum of them serves, what is told is taken apart exactly.
//!
//! The rows that are to stay as they are are equations between changes of sums; what solves them all and changes the
//! target is a move. Which rows stay is decided one by one, the costliest first: a row stays if the target can still be
//! moved as far as its level. So what must be told stays whatever it takes, and what is withheld is what is in the way.
//!
//! How far the target can be moved is looked for as in the simplex method with bounds: from nothing, along the smallest
//! whole changes that leave all rows as they are, each as far as it goes; where each is stopped by a sum that can give
//! no more, that sum changes places with the one that moves. With shares that are all alike (tables of parts and sums)
//! that finds the farthest; with others it may stop some pence short of it, because changes are whole.
//!
//! # Sources
//!
//! Dantzig GB. Upper bounds, secondary constraints, and block triangularity in linear programming. Econometrica 23,
//! 1955, 174–183: bounds without rows of their own. Bland RG. New finite pivoting rules for the simplex method.
//! Mathematics of Operations Research 2, 1977, 103–107: the lowest number first, so that it ends. Edmonds J. Systems
//! of distinct representatives and linear algebra. J Res NBS 71B, 1967, 241–245: elimination in whole numbers.

use super::super::judged::rounded_up;
use super::super::primary::Target;
use super::tableau::{Tableau, Whole};
use super::{Candidate, Looker, Maker, StandIns, is_own};
use crate::money::Ratio;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;
use smallvec::SmallVec;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

/// Among how many sums near the target a move is sought, first few and then more.
const AMONG: [usize; 4] = [12, 48, 192, 600];
/// Numbers that are worked out in all, for one system: the same input gives the same pattern on any machine.
pub(super) const WORK: u64 = 400_000_000;

/// What is sought: changes of some sums, under which some rows stay.
struct Sought<'t> {
    target: &'t Target,
    columns: Vec<u32>,
    /// What the target is of the columns, up to a positive factor.
    aim: Whole,
}

impl Maker<'_> {
    /// A move for a target that convinces all lookers: the rows that it changes beside `free` ones cost little, and it
    /// changes what must be told only where nothing else moves the target.
    pub(in super::super) fn eliminated(
        &mut self,
        target: &Target,
        looker: Option<&Looker>,
        stand_ins: StandIns,
        free: &[bool],
    ) -> Option<Candidate> {
        let against = target.against.map(Looker::Partner);
        let lookers: SmallVec<[&Looker; 2]> = against.iter().chain(looker).collect();
        let (mut before, mut best) = (0, None);
        for most in AMONG {
            let columns = self.around(target, &lookers, stand_ins, most);
            if columns.len() == before || self.work_left == 0 {
                break;
            }
            before = columns.len();
            let found = self.eliminated_among(target, columns, free);
            let convincing = |one: &Candidate| lookers.iter().all(|looker| one.convinces(looker));
            if let Some(found) = found.filter(convincing) {
                let always = |row: &u32| self.problem.rows[*row as usize].always;
                if !found.rows.iter().any(always) {
                    return Some(found);
                }
                best = best.or(Some(found));
            }
        }
        best
    }

    /// Sums near the target that may change: by the shortest rows that they have in common.
    fn around(
        &self,
        target: &Target,
        lookers: &[&Looker],
        stand_ins: StandIns,
        most: usize,
    ) -> Vec<u32> {
        let serves = |column: u32| {
            let it = &self.problem.columns[column as usize];
            let stands_in =
                is_own(target, column) || it.safe_room > 0 || stand_ins == StandIns::Any;
            it.room > 0
                && stands_in
                && lookers
                    .iter()
                    .all(|looker| self.may_change(target, column, looker, stand_ins))
        };
        let mut found: Vec<u32> = Vec::new();
        let mut seen: BTreeSet<u32> = BTreeSet::new();
        let mut rows: BTreeSet<(usize, u32)> = BTreeSet::new();
        let mut rows_seen: BTreeSet<u32> = BTreeSet::new();
        let mut own = target.own.clone();
        own.sort_by_key(|&column| (self.problem.columns[column as usize].rows.len(), column));
        let mut take = |column: u32, rows: &mut BTreeSet<(usize, u32)>, found: &mut Vec<u32>| {
            if found.len() < most && serves(column) && seen.insert(column) {
                found.push(column);
                for (row, _) in &self.problem.columns[column as usize].rows {
                    if rows_seen.insert(*row) {
                        rows.insert((self.problem.rows[*row as usize].entries.len(), *row));
                    }
                }
            }
        };
        // Of a long line half the room is for what stands in.
        let share = if target.row.is_some() { most / 2 } else { most };
        for &column in own.iter().take(share.max(1)) {
            take(column, &mut rows, &mut found);
        }
        while let Some((_, row)) = rows.pop_first() {
            for (column, _) in &self.problem.rows[row as usize].entries {
                take(*column, &mut rows, &mut found);
            }
        }
        found.sort_unstable();
        found
    }

    fn eliminated_among(
        &mut self,
        target: &Target,
        columns: Vec<u32>,
        free: &[bool],
    ) -> Option<Candidate> {
        let place: HashMap<u32, usize> = columns.iter().copied().zip(0..).collect();
        let aim = match target.row {
            None => (columns.iter())
                .map(|column| i128::from(is_own(target, *column)))
                .collect(),
            Some(row) => self.whole_row(row, &place)?,
        };
        let rooms = (columns.iter()).map(|&column| i128::from(self.room(target, column)));
        let tableau = Tableau::new(rooms.collect());
        let mut kept: Vec<u32> = (columns.iter())
            .flat_map(|&column| &self.problem.columns[column as usize].rows)
            .map(|(row, _)| *row)
            .filter(|&row| target.row != Some(row) && !free[row as usize])
            .collect();
        kept.sort_unstable();
        kept.dedup();
        let sought = Sought {
            target,
            columns,
            aim,
        };
        // Without anything that stays, as far as all sums go together.
        self.far_enough(&sought, &tableau)?;
        // Of rows that cost the same the first ones are kept, or the last ones: what withholds less.
        let mut best: Option<(u64, Candidate)> = None;
        for turned in [false, true] {
            if turned {
                kept.reverse();
            }
            kept.sort_by_key(|&row| Reverse(self.row_cost(row)));
            let rows = kept.iter().map(|&row| self.whole_row(row, &place));
            let rows: Vec<Whole> = rows.collect::<Option<_>>()?;
            let found = self.keeping(&sought, tableau.clone(), &rows);
            if let Some(found) = found.and_then(|(_, changes)| self.made(target, changes)) {
                let cost = self.cost(&found.rows, free);
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, found));
                }
            }
        }
        best.map(|(_, found)| found)
    }

    /// A candidate of changes that reach the level already, in whole pence.
    fn made(&mut self, target: &Target, changes: SmallVec<[(u32, i64); 8]>) -> Option<Candidate> {
        let mut candidate = self.candidate(target, changes)?;
        candidate.ready = self.step(&candidate)? == 1
            && self.wanted(target, &candidate.changes, target.level) == Some(1);
        self.note_holders(target, &mut candidate);
        candidate.ready.then_some(candidate)
    }

    /// As many rows as can stay, the first of them rather than the last, and a move under which they do.
    ///
    /// All at once where that can be; else the first half, and of the other half what can stay beside it.
    fn keeping(
        &mut self,
        sought: &Sought<'_>,
        tableau: Tableau,
        rows: &[Whole],
    ) -> Option<(Tableau, SmallVec<[(u32, i64); 8]>)> {
        let mut with = tableau.clone();
        let mut stays = true;
        for row in rows {
            with.add(row)?;
            stays = with.left(&sought.aim)?.iter().any(|&entry| entry != 0);
            if !stays {
                break;
            }
        }
        self.spend(with.take_work())?;
        if stays && let Some(changes) = self.far_enough(sought, &with) {
            return Some((with, changes));
        }
        if rows.len() < 2 {
            let changes = self.far_enough(sought, &tableau)?;
            return Some((tableau, changes));
        }
        let (first, second) = rows.split_at(rows.len() / 2);
        let (tableau, _) = self.keeping(sought, tableau, first)?;
        self.keeping(sought, tableau, second)
    }

    /// Changes under which all rows stay and the target reaches its level.
    fn far_enough(
        &mut self,
        sought: &Sought<'_>,
        tableau: &Tableau,
    ) -> Option<SmallVec<[(u32, i64); 8]>> {
        let mut tableau = tableau.clone();
        let level = Ratio::new(i128::from(sought.target.level.max(1)), 1);
        let mut so_far: Whole = vec![0; tableau.columns()];
        let mut reached = Ratio::zero();
        for _ in 0..64 + 4 * tableau.columns() {
            let aim = tableau.left(&sought.aim)?;
            let mut stopped: Option<(usize, Vec<(usize, i128)>)> = None;
            let mut moved = false;
            for (at, &worth) in aim.iter().enumerate().filter(|(_, worth)| **worth != 0) {
                let direction = tableau.direction(at, worth.signum())?;
                let changes = named(sought, &direction)?;
                let gain = self.gain(sought.target, &changes);
                let candidate = self.candidate(sought.target, changes);
                let step = candidate.and_then(|one| self.step(&one)).map(i128::from);
                let most = step.map_or(0, |step| tableau.times(&direction, &so_far) / step * step);
                if let Some(step) = step.filter(|_| most > 0) {
                    let missing = level.minus(&reached).times(&gain.inverse()?);
                    let wanted = rounded_up(&missing).max(1);
                    let wanted = ((wanted - 1) / step + 1).checked_mul(step)?;
                    let times = most.min(wanted);
                    for (at, by) in direction {
                        *so_far.get_mut(at)? += by * times;
                    }
                    reached = reached.plus(&gain.times(&Ratio::new(times, 1)));
                    moved = true;
                    break;
                }
                // Stopped by another than itself: the two may change places.
                let itself = direction.first().copied().into_iter().collect::<Vec<_>>();
                if stopped.is_none() && tableau.times(&itself, &so_far) > 0 {
                    stopped = Some((at, direction));
                }
            }
            self.spend(tableau.take_work())?;
            if reached >= level {
                let changes = so_far.iter().copied().enumerate();
                return named(
                    sought,
                    &changes.filter(|(_, by)| *by != 0).collect::<Vec<_>>(),
                );
            }
            if !moved {
                let (at, direction) = stopped?;
                let row = tableau.stops(&direction, &so_far)?;
                tableau.exchange(row, at)?;
            }
        }
        None
    }

    /// By how much a target differs under changes, in pence; never less than nothing of what is sought.
    fn gain(&self, target: &Target, changes: &[(u32, i64)]) -> Ratio {
        match target.row {
            Some(row) => self.problem.change(row, changes),
            None => {
                let own = changes.iter().filter(|(column, _)| is_own(target, *column));
                Ratio::new(own.map(|(_, change)| i128::from(*change)).sum(), 1)
            }
        }
    }

    /// A row's shares of some columns in whole numbers, up to a positive factor.
    fn whole_row(&self, row: u32, place: &HashMap<u32, usize>) -> Option<Whole> {
        let line = *self.problem.rows[row as usize].lines.first()?;
        let shares = &self.problem.system.lines[line as usize].shares;
        let ours: Vec<(usize, BigInt, i128)> = (shares.iter())
            .filter_map(|(sum, share)| Some((*place.get(sum)?, share.lowest_terms())))
            .map(|(at, (above, below))| Some((at, above, below.to_i128()?)))
            .collect::<Option<_>>()?;
        let common = (ours.iter()).try_fold(1_i128, |common, (_, _, below)| {
            (common / common.gcd(below)).checked_mul(*below)
        })?;
        let mut whole = vec![0; place.len()];
        for (at, above, below) in ours {
            *whole.get_mut(at)? = above.to_i128()?.checked_mul(common / below)?;
        }
        Some(whole)
    }

    fn spend(&mut self, work: u64) -> Option<()> {
        self.work_left = self.work_left.saturating_sub(work);
        (self.work_left > 0).then_some(())
    }
}

/// Changes by the numbers of sums.
fn named(sought: &Sought<'_>, changes: &[(usize, i128)]) -> Option<SmallVec<[(u32, i64); 8]>> {
    let name = |&(at, by): &(usize, i128)| Some((*sought.columns.get(at)?, by.to_i64()?));
    changes.iter().map(name).collect()
}
