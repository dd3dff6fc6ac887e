//! Effects that may be one and the same.
//!
//! Young people who stay in education offend less: their savings and those of the crimes that they do not
//! commit may be the same pounds. Where a group of effects overlaps, or nobody knows whether it does, only the
//! one that saves most counts, over all payers and years and as of the first year. What the others would have
//! saved is said beside it. And where several effects save and nothing says how they count together, they are
//! added up, and what would be less if they were one and the same is said too.

use super::proposal::{OverlapRule, Proposal, ValueKind};
use super::saving::Saving;
use crate::money::Ratio;
use std::collections::{BTreeMap, BTreeSet};

/// How the same effects may be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// As the proposal says; of groups of which nobody knows, the largest.
    Central,
    /// As if no group of which nobody knows overlapped.
    NoneOverlaps,
    /// As if effects of which nothing is said were one and the same, with each other and with the rest.
    AllOverlap,
}

/// Leaves savings to the effect of their group that saves most. Of several that save equally much it is the
/// first by its code, so that the order of effects changes nothing.
pub(super) fn settle(
    proposal: &Proposal,
    savings: &mut [Saving],
    factors: &[Ratio],
    reading: Reading,
) {
    let counts_all = |rule: OverlapRule| match rule {
        OverlapRule::Separate => true,
        OverlapRule::Unknown => reading == Reading::NoneOverlaps,
        OverlapRule::Nested => false,
    };
    let mut overlaps = proposal.overlaps.values();
    if reading != Reading::AllOverlap && overlaps.all(|overlap| counts_all(overlap.rule)) {
        return;
    }
    let worth = worth(savings, factors);
    let mut left: BTreeSet<&str> = BTreeSet::new();
    for (group, overlap) in &proposal.overlaps {
        let of_group = (proposal.effects.iter())
            .filter(|effect| effect.overlap.as_ref() == Some(group))
            .map(|effect| [effect.code.as_str()].into());
        if !counts_all(overlap.rule) {
            left.extend(all_but_the_largest(of_group.collect(), &worth));
        }
    }
    if reading == Reading::AllOverlap {
        let mut sets = undeclared(proposal, savings);
        let declared = (proposal.effects.iter())
            .filter(|effect| effect.overlap.is_some() && !left.contains(effect.code.as_str()));
        sets.push(declared.map(|effect| effect.code.as_str()).collect());
        left.extend(all_but_the_largest(sets, &worth));
    }
    let left: BTreeSet<String> = left.into_iter().map(str::to_owned).collect();
    (savings.iter_mut())
        .filter(|saving| left.contains(&saving.effect))
        .for_each(Saving::leave_to_another);
}

/// Effects that save money and of which nothing says how they count together with others; none where only one
/// effect saves money.
pub(super) fn undeclared<'a>(proposal: &'a Proposal, savings: &[Saving]) -> Vec<BTreeSet<&'a str>> {
    let saves = |code: &str| {
        (savings.iter())
            .any(|saving| saving.effect == code && saving.unit.kind == ValueKind::Fiscal)
    };
    let saving: Vec<_> = (proposal.effects.iter())
        .filter(|effect| saves(&effect.code))
        .collect();
    if saving.len() < 2 {
        return Vec::new();
    }
    (saving.into_iter())
        .filter(|effect| effect.overlap.is_none())
        .map(|effect| [effect.code.as_str()].into())
        .collect()
}

/// What all of them save of public purses, as of the first year.
pub(super) fn saved(savings: &[Saving], factors: &[Ratio]) -> Ratio {
    let fiscal = savings
        .iter()
        .filter(|saving| saving.unit.kind == ValueKind::Fiscal);
    worth_of(fiscal, factors)
}

/// What savings are worth in the first year: those of a year are added up before they are discounted.
pub(super) fn worth_of<'a>(savings: impl Iterator<Item = &'a Saving>, factors: &[Ratio]) -> Ratio {
    let rows = savings.map(|saving| saving.corrected.as_slice());
    present(&Ratio::sums(rows, factors.len()), factors)
}

/// What each effect saves of public purses, as of the first year.
fn worth(savings: &[Saving], factors: &[Ratio]) -> BTreeMap<String, Ratio> {
    let mut worth: BTreeMap<String, Ratio> = BTreeMap::new();
    for saving in (savings.iter()).filter(|saving| saving.unit.kind == ValueKind::Fiscal) {
        let sum = (worth.entry(saving.effect.clone())).or_insert_with(Ratio::zero);
        *sum = sum.plus(&present(&saving.corrected, factors));
    }
    worth
}

/// The effects of all sets but that which saves most.
fn all_but_the_largest<'a>(
    sets: Vec<BTreeSet<&'a str>>,
    worth: &BTreeMap<String, Ratio>,
) -> Vec<&'a str> {
    let saves = |set: &BTreeSet<&str>| {
        (set.iter())
            .filter_map(|code| worth.get(*code))
            .fold(Ratio::zero(), |sum, next| sum.plus(next))
    };
    let mut sets: Vec<_> = sets.into_iter().map(|set| (saves(&set), set)).collect();
    sets.sort_by(|(one, codes), (other, others)| other.cmp(one).then(codes.cmp(others)));
    sets.into_iter().skip(1).flat_map(|(_, set)| set).collect()
}

/// What sums by year are worth in the first year.
pub(super) fn present(by_year: &[Ratio], factors: &[Ratio]) -> Ratio {
    let each = by_year.iter().zip(factors);
    each.map(|(sum, factor)| sum.times(factor))
        .fold(Ratio::zero(), |sum, next| sum.plus(&next))
}
