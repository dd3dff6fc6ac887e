//! Every move multiplied out, exactly.

use super::super::system::{PrivateSum, System};
use super::super::told::{Fate, Move, Part, Pattern, Protection, Why};
use super::is_shown;
use super::sensitive::Parts;
use super::told::{Known, shares_of};
use crate::money::Ratio;

/// Checks all moves of all protections.
pub(super) fn check(system: &System, pattern: &Pattern, known: &Known, faults: &mut Vec<String>) {
    let mut lines_of: Vec<Vec<(u32, &Ratio)>> = vec![Vec::new(); system.sums.len()];
    for (at, line) in (0..).zip(&system.lines) {
        for (sum, share) in &line.shares {
            lines_of[*sum as usize].push((at, share));
        }
    }
    let mut audit = Moves {
        system,
        pattern,
        known,
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
    known: &'a Known,
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
        let mut sizes = Vec::with_capacity(protection.moves.len());
        for one in &protection.moves {
            match self.one(protection, one, line) {
                Ok(size) => sizes.push(size),
                Err(fault) => {
                    self.faults.push(format!("a move of {part:?}: {fault}"));
                    return;
                }
            }
        }
        if !sizes.iter().any(|size| *size >= level_of(protection)) {
            self.faults
                .push(format!("no move of {part:?} reaches its level"));
            return;
        }
        self.lookers(protection, &sizes);
    }

    fn one(
        &mut self,
        protection: &Protection,
        one: &Move,
        line: Option<u32>,
    ) -> Result<Ratio, String> {
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
        let size = if by < Ratio::zero() {
            Ratio::zero().minus(&by)
        } else {
            by
        };
        if size.is_zero() {
            fault = Some("it does not change what it protects".to_owned());
        }
        match fault {
            None => Ok(size),
            Some(fault) => Err(fault),
        }
    }

    /// Whether each who looks finds a move that agrees with what it knows.
    fn lookers(&mut self, protection: &Protection, sizes: &[Ratio]) {
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
                let level = level_of(protection);
                let convinces = |(one, size): (&Move, &Ratio)| !knows(one) && *size >= level;
                let told =
                    || (self.known).tells_partner(partner, &shares_of(system, protection.part));
                if !owns && !protection.moves.iter().zip(sizes).any(convinces) && !told() {
                    self.faults.push(format!(
                        "partner {partner} sees through all moves of {:?}",
                        protection.part
                    ));
                }
            }
        }
        if system.looks.holders {
            let shares = match protection.part {
                Part::Sum(sum) => vec![(sum, Ratio::one())],
                Part::Line(line) | Part::LineWithout { line, .. } => {
                    system.lines[line as usize].shares.clone()
                }
            };
            let most = super::super::problem::coalition(system);
            let looking = Coalition {
                system,
                own: &sums,
                shares: &shares,
                known: self.known,
                protection,
                sizes,
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

fn level_of(protection: &Protection) -> Ratio {
    Ratio::new(i128::from(protection.level.get()).abs(), 1)
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
    /// The sums that are protected: while they do not know the whole of one, a part of the move is left to them.
    own: &'a [u32],
    shares: &'a [(u32, Ratio)],
    known: &'a Known,
    protection: &'a Protection,
    /// By how much each of its moves changes the part.
    sizes: &'a [Ratio],
    most: usize,
}

impl Coalition<'_> {
    /// Holders who together see through every move, if there are any beside these.
    fn sees_through(&self, who: &mut Vec<u32>) -> Option<Vec<u32>> {
        let level = self.level(who)?;
        let moves = || self.protection.moves.iter().zip(self.sizes);
        let Some((left, _)) = moves().find(|(one, size)| **size >= level && self.agrees(one, who))
        else {
            // What they knew before, nothing that is told now tells them.
            return (!self.knew(who)).then(|| who.clone());
        };
        if who.len() == self.most {
            return None;
        }
        for (sum, change) in &left.changes {
            let own = self.own.contains(sum);
            let sum = &self.system.sums[*sum as usize];
            let mut amounts: Vec<(i128, u32)> = (sum.holders.iter())
                .map(|(holder, pence)| (i128::from(pence.get()).abs(), *holder))
                .filter(|(amount, _)| *amount > 0)
                .collect();
            amounts.sort_unstable_by(|one, other| other.cmp(one));
            let most: i128 = amounts
                .iter()
                .take(self.most)
                .map(|(amount, _)| amount)
                .sum();
            let safe = if own {
                amounts.len() > self.most
            } else {
                may_differ(self.system, sum, i128::from(change.get()), most)
            };
            if safe {
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

    /// Whether they could work the part out before anything is told.
    fn knew(&self, who: &[u32]) -> bool {
        let whole = |sum: u32| {
            let holders = &self.system.sums[sum as usize].holders;
            (holders.iter()).all(|(holder, pence)| pence.get() == 0 || who.contains(holder))
        };
        self.known.tells_those(whole, self.shares)
    }

    /// How far the part must stay open for them; none where they have part in it and what others have is one sum only,
    /// which is protected by itself, or need not be protected.
    fn level(&self, who: &[u32]) -> Option<Ratio> {
        let has = |sum: u32, theirs: bool| {
            let holders = &self.system.sums[sum as usize].holders;
            holders
                .iter()
                .any(|(holder, pence)| pence.get() != 0 && who.contains(holder) == theirs)
        };
        let level = level_of(self.protection);
        if !self.own.iter().any(|&sum| has(sum, true)) {
            return Some(level);
        }
        let left = self.own.iter().filter(|&&sum| has(sum, false)).count();
        let is_line = !matches!(self.protection.part, Part::Sum(_));
        if left == 0 || left == 1 && is_line {
            return None;
        }
        let (_, theirs) = Parts::new(self.system).judged(self.shares, who)?;
        Some(level.min(Ratio::new(theirs, 1)))
    }

    /// Whether a move agrees with what they know. Of a sum that is protected, a part of the move is left while they do
    /// not know all of it.
    fn agrees(&self, one: &Move, who: &[u32]) -> bool {
        one.changes.iter().all(|(sum, change)| {
            let it = &self.system.sums[*sum as usize];
            let held = it.holders.iter().filter(|(_, pence)| pence.get() != 0);
            let (theirs, others): (Vec<_>, Vec<_>) =
                held.partition(|(holder, _)| who.contains(holder));
            let known: i128 = theirs
                .iter()
                .map(|(_, pence)| i128::from(pence.get()).abs())
                .sum();
            if self.own.contains(sum) {
                !others.is_empty()
            } else {
                known == 0 || may_differ(self.system, it, i128::from(change.get()), known)
            }
        })
    }
}
