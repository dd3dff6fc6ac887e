//! Of all moves that would protect each part, those that together withhold least.
//!
//! - `family`: the moves of one part, given what the others withhold

mod family;

use super::candidate::{Candidate, Looker, Maker, StandIns};
use super::error::PatternError;
use super::known::Known;
use super::primary::{Judge, Target};
use super::problem::{GIVEN_UP, Problem};
use smallvec::SmallVec;
use std::collections::BTreeMap;
use std::sync::Arc;

/// For each target the moves that protect it.
#[derive(Debug)]
pub(super) struct Choice<'a> {
    problem: &'a Problem<'a>,
    targets: &'a [Target],
    maker: Maker<'a>,
    judge: Judge<'a>,
    known: Known,
    /// By target; behind them those for lookers who know a part of one, for whom it must stay open less far.
    lists: Vec<List>,
    for_insiders: BTreeMap<(usize, Looker), usize>,
    /// By target: its moves.
    families: Vec<Vec<Candidate>>,
    /// By row: how many moves change it; one more where it is sensitive by itself.
    uses: Vec<u32>,
    costs: Vec<u64>,
    /// How often a move changes a row that must be told.
    given_up: u64,
    /// Steps that are left: candidates that may still be looked at.
    steps: u64,
}

/// What must be protected, and candidates for it.
#[derive(Debug)]
struct List {
    target: Target,
    candidates: Vec<Candidate>,
    /// Whether more were sought because those at hand change what must be told.
    sought: bool,
}

/// How many candidates are looked at in all; the same input gives the same pattern on any machine.
const STEPS: u64 = 60_000_000;
/// A part that needs more moves than this, each for somebody who sees through the others, is not protected.
const MOST_MOVES: usize = 12;
/// How often everybody chooses again at most.
const ROUNDS: usize = 12;

impl<'a> Choice<'a> {
    /// Everybody's first choice, those that must stay open widest first.
    pub(super) fn first(
        problem: &'a Problem<'a>,
        targets: &'a [Target],
        sensitive: &[bool],
        known: Known,
    ) -> Result<Self, PatternError> {
        let mut maker = Maker::new(problem);
        let lists = (targets.iter())
            .map(|target| List {
                target: target.clone(),
                candidates: maker.candidates(target, None, StandIns::Safe, sensitive),
                sought: false,
            })
            .collect();
        let mut made = Self {
            problem,
            targets,
            judge: Judge::new(problem),
            known,
            lists,
            for_insiders: BTreeMap::new(),
            families: vec![Vec::new(); targets.len()],
            uses: sensitive
                .iter()
                .map(|&sensitive| u32::from(sensitive))
                .collect(),
            costs: (0..problem.rows.len() as u32)
                .map(|row| maker.row_cost(row))
                .collect(),
            maker,
            given_up: 0,
            steps: STEPS,
        };
        for at in made.order() {
            let family = made.family(at, None);
            match family {
                Some(family) => made.take(at, family),
                None => {
                    return Err(PatternError::Alone {
                        part: targets[at].part,
                        too_fine: made.too_fine(at),
                    });
                }
            }
        }
        Ok(made)
    }

    /// Targets by level, the widest first.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.targets.len()).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(self.targets[at].level), at));
        order
    }

    /// Rows that must be told are never withheld for anybody, so that they never come free for others.
    fn take(&mut self, at: usize, family: Vec<Candidate>) {
        for row in family.iter().flat_map(|one| &one.rows) {
            let gives_up = self.costs[*row as usize] >= GIVEN_UP;
            self.uses[*row as usize] += u32::from(!gives_up);
            self.given_up += u64::from(gives_up);
        }
        self.families[at] = family;
    }

    fn give_back(&mut self, at: usize) -> Vec<Candidate> {
        let family = std::mem::take(&mut self.families[at]);
        for row in family.iter().flat_map(|one| &one.rows) {
            let gives_up = self.costs[*row as usize] >= GIVEN_UP;
            self.uses[*row as usize] -= u32::from(!gives_up);
            self.given_up -= u64::from(gives_up);
        }
        family
    }

    /// What a family would withhold that is not withheld yet.
    fn cost_of(&self, family: &[Candidate]) -> u64 {
        let mut rows: SmallVec<[u32; 32]> = family
            .iter()
            .flat_map(|one| one.rows.iter().copied())
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows.iter()
            .filter(|&&row| self.uses[row as usize] == 0)
            .fold(0, |sum: u64, &row| {
                sum.saturating_add(self.costs[row as usize])
            })
    }

    /// What all withhold beside what is sensitive by itself.
    fn total(&self, sensitive: &[bool]) -> u64 {
        (self.uses.iter().zip(sensitive).zip(&self.costs))
            .filter(|((uses, sensitive), _)| **uses > 0 && !**sensitive)
            .map(|(_, cost)| *cost)
            .fold(self.given_up.saturating_mul(GIVEN_UP), u64::saturating_add)
    }

    /// The kinds of lines that have shares of a target's sums so fine that few changes of them, or none, are of whole pence.
    fn too_fine(&self, at: usize) -> Vec<Arc<str>> {
        let system = self.problem.system;
        let lines = (self.targets[at].own.iter()).flat_map(|&own| self.problem.fine_lines(own));
        let mut kinds: Vec<u16> = lines
            .filter_map(|line| Some(system.lines.get(line as usize)?.kind))
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        (kinds.iter())
            .filter_map(|&kind| Some(Arc::clone(&system.kinds.get(usize::from(kind))?.name)))
            .collect()
    }

    /// Everybody chooses again, given what the others chose, until nothing changes.
    pub(super) fn again(&mut self) {
        for _ in 0..ROUNDS {
            let mut changed = false;
            for at in self.order() {
                if self.steps == 0 {
                    return;
                }
                let before = self.give_back(at);
                let cost = self.cost_of(&before);
                let family = self
                    .family(at, None)
                    .filter(|family| self.cost_of(family) < cost);
                changed |= family.is_some();
                self.take(at, family.unwrap_or(before));
            }
            if !changed {
                return;
            }
        }
    }

    /// Shows a withheld row again where all whose moves change it find others that together withhold less.
    pub(super) fn show_again(&mut self, sensitive: &[bool]) {
        let mut total = self.total(sensitive);
        for _ in 0..ROUNDS {
            let before = total;
            let mut rows: Vec<u32> = (0..self.uses.len() as u32)
                .filter(|&row| self.uses[row as usize] > 0 && !sensitive[row as usize])
                .collect();
            rows.sort_by_key(|&row| {
                (
                    std::cmp::Reverse(self.costs[row as usize]),
                    self.uses[row as usize],
                    row,
                )
            });
            for row in rows {
                if self.steps == 0 {
                    return;
                }
                if self.uses[row as usize] > 0 {
                    total = self.without(row, total, sensitive);
                }
            }
            if total >= before {
                return;
            }
        }
    }

    fn without(&mut self, row: u32, total: u64, sensitive: &[bool]) -> u64 {
        let users: Vec<usize> = (0..self.targets.len())
            .filter(|&at| {
                self.families[at]
                    .iter()
                    .any(|one| one.rows.binary_search(&row).is_ok())
            })
            .collect();
        let before: Vec<Vec<Candidate>> = users.iter().map(|&at| self.give_back(at)).collect();
        let mut found = 0;
        for &at in &users {
            let Some(family) = self.family(at, Some(row)) else {
                break;
            };
            self.take(at, family);
            found += 1;
        }
        let now = if found == users.len() {
            self.total(sensitive)
        } else {
            u64::MAX
        };
        if now < total {
            return now;
        }
        for (at, family) in users.into_iter().zip(before) {
            self.give_back(at);
            self.take(at, family);
        }
        total
    }

    /// Lines that must be told and that a target's moves change all the same.
    pub(super) fn given_up(&self, at: usize) -> Vec<u32> {
        let mut lines: Vec<u32> = (self.families[at].iter())
            .flat_map(|one| &one.rows)
            .filter(|&&row| self.costs[row as usize] >= GIVEN_UP)
            .flat_map(|&row| self.problem.rows[row as usize].lines.iter().copied())
            .collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    pub(super) fn families(&self) -> &[Vec<Candidate>] {
        &self.families
    }

    pub(super) fn is_withheld(&self, row: u32) -> bool {
        self.uses[row as usize] > 0
    }
}
