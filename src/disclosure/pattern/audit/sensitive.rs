//! What must be protected, from the lists of holders alone.

use super::super::judged::Amounts;
use super::super::problem;
use super::super::system::System;
use super::super::told::{Fate, Part, Pattern, Why};
use super::is_shown;
use super::told::Known;
use crate::money::Ratio;
use num_integer::Integer;
use num_traits::ToPrimitive;
use std::collections::BTreeMap;

/// Checks that every sensitive line is withheld, that every sensitive part has its protection, and that nothing else is
/// withheld as sensitive. What is known already need not be.
pub(super) fn check(system: &System, pattern: &Pattern, known: &Known, faults: &mut Vec<String>) {
    let levels: BTreeMap<Part, i128> = (pattern.protections.iter())
        .map(|protection| (protection.part, i128::from(protection.level.get())))
        .collect();
    let protected_lines: Vec<u32> = (pattern.protections.iter())
        .filter_map(|protection| match protection.part {
            Part::Line(line) | Part::LineWithout { line, .. } => Some(line),
            Part::Sum(_) => None,
        })
        .collect();
    let mut told = vec![false; system.sums.len()];
    for (sum, _) in system.lines.iter().flat_map(|line| &line.shares) {
        told[*sum as usize] = true;
    }
    let mut parts = Parts::new(system);
    let wants = |part: Part, level: i128, faults: &mut Vec<String>| match levels.get(&part) {
        None => faults.push(format!("{part:?} is sensitive and has no protection")),
        Some(&given) if given < level => {
            faults.push(format!(
                "{part:?} stays open by {given}p and must by {level}p"
            ));
        }
        Some(_) => {}
    };
    let mut alone = vec![None; system.sums.len()];
    for at in 0..system.sums.len() as u32 {
        let itself = [(at, Ratio::one())];
        if known.tells(&itself) {
            continue;
        }
        if let Some((why, level)) = parts.judged(&itself, &[]) {
            alone[at as usize] = Some(why);
            if told[at as usize] && level > 0 {
                wants(Part::Sum(at), level, faults);
            }
        }
    }
    for (at, line) in (0..).zip(&system.lines) {
        let shares: Vec<(u32, Ratio)> = line
            .shares
            .iter()
            .filter(|(sum, _)| parts.has_money(*sum))
            .cloned()
            .collect();
        let mut sensitive = match &shares[..] {
            [] => {
                if !is_shown(pattern, at as usize) {
                    faults.push(format!(
                        "line {at} has nothing private in it and is withheld"
                    ));
                }
                continue;
            }
            [(one, _)] => alone[*one as usize].is_some(),
            _ => false,
        };
        let mut parts_of_it = Vec::new();
        if shares.len() > 1 {
            let owner = |sum: u32| system.sums[sum as usize].owner;
            let mut owners: Vec<u32> = shares.iter().filter_map(|(sum, _)| owner(*sum)).collect();
            owners.sort_unstable();
            owners.dedup();
            if system.looks.partners {
                for partner in owners {
                    let others: Vec<(u32, Ratio)> = shares
                        .iter()
                        .filter(|(sum, _)| owner(*sum) != Some(partner))
                        .cloned()
                        .collect();
                    if others.len() > 1 {
                        parts_of_it.push((Some(partner), others));
                    }
                }
            }
            parts_of_it.push((None, shares));
        }
        for (partner, shares) in parts_of_it {
            let Some((_, level)) = parts.judged(&shares, &[]) else {
                continue;
            };
            let told_already = match partner {
                None => known.tells(&shares),
                Some(partner) => known.tells_partner(partner, &shares),
            };
            if told_already {
                continue;
            }
            sensitive = true;
            let part = |line| match partner {
                None => Part::Line(line),
                Some(partner) => Part::LineWithout { line, partner },
            };
            let of_a_like_line =
                |&other: &u32| levels.contains_key(&part(other)) && proportional(system, at, other);
            if levels.contains_key(&part(at)) || !protected_lines.iter().any(of_a_like_line) {
                wants(part(at), level, faults);
            }
        }
        match pattern.fates.get(at as usize) {
            Some(Fate::Shown) if sensitive => {
                faults.push(format!("line {at} is sensitive by itself and is shown"));
            }
            Some(Fate::Withheld(Why::Few | Why::Dominated)) if !sensitive => {
                faults.push(format!("line {at} is withheld as sensitive and is not"));
            }
            _ => {}
        }
    }
}

/// Whether two lines have the same private part up to a factor.
fn proportional(system: &System, one: u32, other: u32) -> bool {
    let (one, other) = (
        &system.lines[one as usize].shares,
        &system.lines[other as usize].shares,
    );
    let by_sum: BTreeMap<u32, &Ratio> = other.iter().map(|(sum, share)| (*sum, share)).collect();
    let mut factor: Option<Ratio> = None;
    one.len() == other.len()
        && one.iter().all(|(sum, share)| {
            let Some(inverse) = by_sum.get(sum).and_then(|share| share.inverse()) else {
                return false;
            };
            let ratio = share.times(&inverse);
            *factor.get_or_insert_with(|| ratio.clone()) == ratio
        })
}

/// Adds up what holders have.
pub(super) struct Parts<'a> {
    system: &'a System,
    by_holder: Vec<i128>,
    seen: Vec<u32>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(system: &'a System) -> Self {
        let holders = system.sums.iter().flat_map(|sum| &sum.holders);
        let end = holders
            .map(|(holder, _)| *holder as usize + 1)
            .max()
            .unwrap_or(0);
        Self {
            system,
            by_holder: vec![0; end],
            seen: Vec::new(),
        }
    }

    fn has_money(&self, sum: u32) -> bool {
        self.system.sums[sum as usize]
            .holders
            .iter()
            .any(|(_, pence)| pence.get() != 0)
    }

    /// Why a part is sensitive, and how far it must stay open in pence; as far as is possible beforehand.
    pub(super) fn judged(&mut self, shares: &[(u32, Ratio)], but: &[u32]) -> Option<(Why, i128)> {
        let system = self.system;
        let common = shares.iter().try_fold(1_i128, |common, (_, share)| {
            let below = share.lowest_terms().1.to_i128()?;
            Some(common.lcm(&below)).filter(|common| *common <= 1 << 40)
        });
        let scale = common.unwrap_or(1 << 40);
        let mut value = 0;
        let mut room = Ratio::zero();
        for (sum, share) in shares {
            let it = &system.sums[*sum as usize];
            let scaled = share.times(&Ratio::new(scale, 1)).whole_part().to_i128()?;
            for (holder, pence) in it
                .holders
                .iter()
                .filter(|(holder, _)| !but.contains(holder))
            {
                value += scaled * i128::from(pence.get());
                self.by_holder[*holder as usize] += scaled * i128::from(pence.get());
                self.seen.push(*holder);
            }
            let size = match i128::from(it.pence.get()).abs() {
                0 if it.may_be_negative => it
                    .holders
                    .iter()
                    .map(|(_, pence)| i128::from(pence.get()).abs())
                    .sum(),
                size => size,
            };
            let before = system.before.times(&Ratio::new(size, 100));
            let most = Ratio::new(size, 1);
            let its = if it.may_be_negative || before < most {
                before
            } else {
                most
            };
            let its = Ratio::new(its.whole_part().to_i128()?, 1);
            room = room.plus(&its.times(&Ratio::new(scaled.abs(), 1)));
        }
        let by_holder = &mut self.by_holder;
        let taken = self
            .seen
            .drain(..)
            .map(|holder| std::mem::take(&mut by_holder[holder as usize]));
        let amounts = Amounts::of(taken, problem::looks_at(system));
        let mut rules: Vec<usize> = shares
            .iter()
            .map(|(sum, _)| system.sums[*sum as usize].rule)
            .collect();
        rules.sort_unstable();
        rules.dedup();
        let room = room
            .times(&Ratio::new(1, scale.unsigned_abs()))
            .whole_part()
            .to_i128()?;
        (rules.iter())
            .filter_map(|&rule| {
                let rule = &system.rules[rule];
                Some((
                    rule.judge(&amounts)?,
                    rule.level(&amounts, value, scale).min(room),
                ))
            })
            .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    }
}
