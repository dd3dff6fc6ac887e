//! Effects that may be one and the same.
//!
//! Young people who stay in education offend less: their savings and those of the crimes that they do not
//! commit may be the same pounds. Where a group of effects overlaps, or nobody knows whether it does, only the
//! one that saves most counts, over all payers and years and as of the first year. What the others would have
//! saved is said beside it.

use super::proposal::{OverlapRule, Proposal, ValueKind};
use super::saving::Saving;
use crate::money::Ratio;
use std::collections::BTreeMap;

/// Leaves savings to the effect of their group that saves most; gives what they would have saved where
/// nobody knows whether they overlap, as of the first year.
pub(super) fn settle(proposal: &Proposal, savings: &mut [Saving], factors: &[Ratio]) -> Ratio {
    let mut worth: BTreeMap<&str, Ratio> = BTreeMap::new();
    for saving in savings
        .iter()
        .filter(|saving| saving.unit.kind == ValueKind::Fiscal)
    {
        let effect = proposal
            .effects
            .iter()
            .find(|effect| effect.code == saving.effect);
        let sum = worth
            .entry(effect.map_or("", |effect| &effect.code))
            .or_insert_with(Ratio::zero);
        *sum = sum.plus(&present(&saving.corrected, factors));
    }
    let mut left = Ratio::zero();
    for (group, overlap) in &proposal.overlaps {
        let rule = overlap.rule;
        let of_group = proposal
            .effects
            .iter()
            .filter(|effect| effect.overlap.as_ref() == Some(group));
        // The first of several that save equally much.
        let nothing = Ratio::zero();
        let most = of_group.clone().reduce(|most, next| {
            let saves = |code: &str| worth.get(code).unwrap_or(&nothing).clone();
            if saves(&next.code) > saves(&most.code) {
                next
            } else {
                most
            }
        });
        if rule == OverlapRule::Separate {
            continue;
        }
        for effect in of_group.filter(|effect| most.is_some_and(|most| most.code != effect.code)) {
            if rule == OverlapRule::Unknown {
                left = left.plus(worth.get(effect.code.as_str()).unwrap_or(&nothing));
            }
            let savings = savings
                .iter_mut()
                .filter(|saving| saving.effect == effect.code);
            savings.for_each(Saving::leave_to_another);
        }
    }
    left
}

/// What sums by year are worth in the first year.
pub(super) fn present(by_year: &[Ratio], factors: &[Ratio]) -> Ratio {
    let each = by_year.iter().zip(factors);
    each.map(|(sum, factor)| sum.times(factor))
        .fold(Ratio::zero(), |sum, next| sum.plus(&next))
}
