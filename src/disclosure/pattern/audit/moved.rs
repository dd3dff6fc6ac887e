//! Every move multiplied out, exactly.

use super::super::system::{PrivateSum, System};
use super::super::told::{Fate, Move, Part, Pattern, Protection, Why};
use super::is_shown;
use crate::money::Ratio;

/// Checks all moves of all protections.
pub(super) fn check(system: &System, pattern: &Pattern, faults: &mut Vec<String>) {
    let mut lines_of: Vec<Vec<(u32, &Ratio)>> = vec![Vec::new(); system.sums.len()];
    for (at, line) in (0..).zip(&system.lines) {
        for (sum, share) in &line.shares {
            lines_of[*sum as usize].push((at, share));
        }
    }
    let mut audit = Moves {
        system,
        pattern,
        lines_of,
        changed: vec![false; system.lines.len()],
        by_line: vec![Ratio::zero(); system.lines.len()],
        touched: Vec::new(),
        faults,
    };
    for protection in &pattern.protections {
        audit.protection(protection);
    }
    for (at, fate) in pattern.fates.iter().enumerate() {
        let needless = *fate == Fate::Withheld(Why::TellsAnother) && !audit.changed[at];
        if needless {
            audit.faults.push(format!(
                "line {at} is withheld for the sake of others, but no move changes it"
            ));
        }
    }
}

struct Moves<'a> {
    system: &'a System,
    pattern: &'a Pattern,
    lines_of: Vec<Vec<(u32, &'a Ratio)>>,
    changed: Vec<bool>,
    by_line: Vec<Ratio>,
    touched: Vec<u32>,
    faults: &'a mut Vec<String>,
}

impl Moves<'_> {
    fn protection(&mut self, protection: &Protection) {
        let part = protection.part;
        let line = match part {
            Part::Sum(_) => None,
            Part::Line(line) | Part::LineWithout { line, .. } => Some(line),
        };
        let there = match part {
            Part::Sum(sum) => (sum as usize) < self.system.sums.len(),
            Part::Line(line) | Part::LineWithout { line, .. } => {
                (line as usize) < self.system.lines.len()
            }
        };
        if !there {
            self.faults
                .push(format!("{part:?} is protected, but is not there"));
            return;
        }
        if protection.moves.is_empty() {
            self.faults.push(format!("{part:?} has no move"));
            return;
        }
        for one in &protection.moves {
            if let Err(fault) = self.one(protection, one, line) {
                self.faults.push(format!("a move of {part:?}: {fault}"));
            }
        }
        self.lookers(protection);
    }

    fn one(
        &mut self,
        protection: &Protection,
        one: &Move,
        line: Option<u32>,
    ) -> Result<(), String> {
        let in_order = one.changes.windows(2).all(|pair| pair[0].0 < pair[1].0);
        if one.changes.is_empty() || !in_order {
            return Err("its sums do not stand in order, each once".to_owned());
        }
        for (sum, change) in &one.changes {
            let Some(it) = self.system.sums.get(*sum as usize) else {
                return Err(format!("there is no sum {sum}"));
            };
            if change.get() == 0 {
                return Err(format!("it changes sum {sum} by nothing"));
            }
            if !may_differ(self.system, it, i128::from(change.get()), 0) {
                return Err(format!(
                    "sum {sum} would differ by more than anybody takes to be possible"
                ));
            }
            let change = Ratio::new(i128::from(change.get()), 1);
            for (line, share) in &self.lines_of[*sum as usize] {
                let so_far = &mut self.by_line[*line as usize];
                *so_far = so_far.plus(&share.times(&change));
                self.touched.push(*line);
            }
        }
        self.touched.sort_unstable();
        self.touched.dedup();
        let mut fault = None;
        let mut by = match protection.part {
            Part::Sum(sum) => {
                let found = one.changes.iter().find(|(changed, _)| *changed == sum);
                Ratio::new(found.map_or(0, |(_, change)| i128::from(change.get())), 1)
            }
            _ => Ratio::zero(),
        };
        for at in self.touched.drain(..) {
            let change = std::mem::replace(&mut self.by_line[at as usize], Ratio::zero());
            if change.is_zero() {
                continue;
            }
            self.changed[at as usize] = true;
            if is_shown(self.pattern, at as usize) {
                fault = Some(format!("it changes line {at}, which is shown"));
            } else if !change.is_whole() {
                fault = Some(format!("it changes line {at} by a fraction of a penny"));
            }
            if line == Some(at) {
                by = change;
            }
        }
        if let Part::LineWithout { partner, .. } = protection.part {
            let owned =
                |(sum, _): &(u32, _)| self.system.sums[*sum as usize].owner == Some(partner);
            if one.changes.iter().any(owned) {
                fault = Some("it changes what the partner knows".to_owned());
            }
        }
        let level = Ratio::new(i128::from(protection.level.get()).abs(), 1);
        if by < level && by > Ratio::zero().minus(&level) {
            fault = Some("it does not reach the level".to_owned());
        }
        fault.map_or(Ok(()), Err)
    }

    /// Whether each who looks finds a move that agrees with what it knows.
    fn lookers(&mut self, protection: &Protection) {
        let sums: Vec<u32> = match protection.part {
            Part::Sum(sum) => vec![sum],
            Part::Line(line) => self.system.lines[line as usize]
                .shares
                .iter()
                .map(|(sum, _)| *sum)
                .collect(),
            // From one partner, who has been looked at above.
            Part::LineWithout { .. } => return,
        };
        let system = self.system;
        if system.looks.partners {
            let owner = |sum: u32| system.sums.get(sum as usize).and_then(|sum| sum.owner);
            let mut partners: Vec<u32> = system.sums.iter().filter_map(|sum| sum.owner).collect();
            partners.sort_unstable();
            partners.dedup();
            for partner in partners {
                let knows = |one: &Move| {
                    one.changes
                        .iter()
                        .any(|(sum, _)| owner(*sum) == Some(partner))
                };
                let owns = sums.iter().any(|&sum| owner(sum) == Some(partner));
                if !owns && protection.moves.iter().all(knows) {
                    self.faults.push(format!(
                        "partner {partner} sees through all moves of {:?}",
                        protection.part
                    ));
                }
            }
        }
        if system.looks.holders {
            let own = match protection.part {
                Part::Sum(sum) => Some(sum),
                _ => None,
            };
            let mut holders: Vec<u32> = (sums.iter())
                .filter_map(|&sum| system.sums.get(sum as usize))
                .flat_map(|sum| &sum.holders)
                .filter(|(_, pence)| pence.get() != 0)
                .map(|(holder, _)| *holder)
                .collect();
            holders.sort_unstable();
            holders.dedup();
            let most = super::super::problem::coalition(system);
            let looking = Coalition {
                system,
                own,
                holders,
                moves: &protection.moves,
                most,
            };
            if let Some(who) = looking.sees_through(&mut Vec::new()) {
                self.faults.push(format!(
                    "holders {who:?} see through all moves of {:?}",
                    protection.part
                ));
            }
        }
    }
}

/// Whether a sum may differ by so much for somebody who knows so much of it.
fn may_differ(system: &System, sum: &PrivateSum, change: i128, known: i128) -> bool {
    let all: i128 = sum
        .holders
        .iter()
        .map(|(_, pence)| i128::from(pence.get()).abs())
        .sum();
    let size = match i128::from(sum.pence.get()).abs() {
        0 if sum.may_be_negative => all,
        size => size,
    };
    let size = (size - known).max(0);
    let within = Ratio::new(change.abs(), 1).times(&Ratio::new(100, 1))
        <= system.before.times(&Ratio::new(size, 1));
    within && (sum.may_be_negative || change.abs() <= size)
}

/// Holders who look together.
struct Coalition<'a> {
    system: &'a System,
    /// The sum that is protected, of which what others have is left whoever looks.
    own: Option<u32>,
    /// Who has something in the part: together they know it.
    holders: Vec<u32>,
    moves: &'a [Move],
    most: usize,
}

impl Coalition<'_> {
    /// Holders who together see through every move, if there are any beside these.
    fn sees_through(&self, who: &mut Vec<u32>) -> Option<Vec<u32>> {
        if !self.holders.is_empty() && self.holders.iter().all(|holder| who.contains(holder)) {
            return None;
        }
        let Some(left) = self.moves.iter().find(|one| self.agrees(one, who)) else {
            return Some(who.clone());
        };
        if who.len() == self.most {
            return None;
        }
        for (sum, change) in &left.changes {
            if Some(*sum) == self.own {
                continue;
            }
            let sum = &self.system.sums[*sum as usize];
            let mut amounts: Vec<(i128, u32)> = sum
                .holders
                .iter()
                .map(|(holder, pence)| (i128::from(pence.get()).abs(), *holder))
                .collect();
            amounts.sort_unstable_by(|one, other| other.cmp(one));
            let most: i128 = amounts
                .iter()
                .take(self.most)
                .map(|(amount, _)| amount)
                .sum();
            if may_differ(self.system, sum, i128::from(change.get()), most) {
                continue;
            }
            for (_, holder) in amounts {
                if !who.contains(&holder) {
                    who.push(holder);
                    let found = self.sees_through(who);
                    who.pop();
                    if found.is_some() {
                        return found;
                    }
                }
            }
        }
        None
    }

    /// Whether a move agrees with what they know.
    fn agrees(&self, one: &Move, who: &[u32]) -> bool {
        one.changes.iter().all(|(sum, change)| {
            let it = &self.system.sums[*sum as usize];
            let known: i128 = (it.holders.iter())
                .filter(|(holder, _)| who.contains(holder))
                .map(|(_, pence)| i128::from(pence.get()).abs())
                .sum();
            Some(*sum) == self.own
                || known == 0
                || may_differ(self.system, it, i128::from(change.get()), known)
        })
    }
}
