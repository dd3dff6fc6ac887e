//! Recorded sums of few, rounded before anything is shared out: the method that leaves no figure out.
//!
//! Rounding what is told would be useless here: a figure is a known share of a recorded sum, so that eighteen places
//! undo the rounding of each. A sum that is rounded once, where it is recorded, is the same in all tables, and all of them
//! still add up.
//!
//! Who looks knows then of such a sum that it is within half a step of what it was rounded to. So half a step must be
//! at least what the policy asks to be left open.
//!
//! # Source
//!
//! Langsrud Ø, Heldal J. An algorithm for small count rounding of tabular data. Privacy in Statistical Databases, 2018:
//! inner cells are rounded and tables are made of them. Here the inner cells are recorded sums.

use super::DisclosureError;
use super::pattern::{Effort, Fate, Keep, Kind, Looks, Part, System, ToldLine, audit, protect};
use super::policy::{DisclosurePolicy, Method};
use super::private::PrivateMoney;
use crate::crosswalk::Coding;
use crate::cube::Cube;
use crate::money::{Pence, Ratio};
use std::collections::BTreeMap;

/// What recorded sums of few are rounded to. Confidential: the differences tell the sums.
#[derive(Clone)]
pub struct Rounding {
    step: Pence,
    /// By how much each record changes.
    by: BTreeMap<Coding, i128>,
    /// Which private sums were rounded, by their numbers.
    rounded: Vec<bool>,
}

impl std::fmt::Debug for Rounding {
    /// Counts sums, and shows none.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rounding")
            .field("rounded", &self.count())
            .finish_non_exhaustive()
    }
}

impl Rounding {
    /// What a policy whose method is `round-sources` makes of private money; nothing where its method is another.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::RoundTooFine`] where half a step leaves less open than a rule asks for;
    /// [`DisclosureError::RoundedKnown`] where the sum of some is known exactly, which rounding cannot take back;
    /// [`DisclosureError::Pattern`] where the sums cannot be judged.
    pub fn of(
        private: &PrivateMoney,
        policy: &DisclosurePolicy,
    ) -> Result<Option<Self>, DisclosureError> {
        let Method::RoundSources(step) = policy.method() else {
            return Ok(None);
        };
        let levels = levels(private, policy)?;
        let needed = levels.values().map(|level| level.saturating_mul(2)).max();
        if let Some(needed) = needed.filter(|needed| *needed > i128::from(step.get())) {
            // In whole pounds, as policies write it.
            let pounds = needed.saturating_add(99) / 100;
            return Err(DisclosureError::RoundTooFine {
                round: step.to_string(),
                needed: Pence::from_wide(pounds.saturating_mul(100))?.to_string(),
            });
        }
        let is_rounded = |sum: usize| levels.contains_key(&sum);
        for known in private.told() {
            if known.sums.iter().copied().any(is_rounded) {
                return Err(DisclosureError::RoundedKnown {
                    how: known.how.clone(),
                });
            }
        }
        let mut by: BTreeMap<Coding, i128> = BTreeMap::new();
        for (number, sum) in private.sums().enumerate() {
            if let (Some(coding), true) = (sum.coding, is_rounded(number)) {
                let pence = i128::from(sum.pence()?.get());
                *by.entry(coding).or_default() += rounded(pence, step) - pence;
            }
        }
        Ok(Some(Self {
            step,
            by,
            rounded: (0..private.len()).map(is_rounded).collect(),
        }))
    }

    /// To multiples of what.
    #[must_use]
    pub fn step(&self) -> Pence {
        self.step
    }

    /// How many sums were rounded.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rounded.iter().filter(|rounded| **rounded).count()
    }

    /// A cube of the same records, those of few rounded. The difference is a step of its reconciliation.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::Money`] where a sum is beyond 64 bits of pence.
    pub fn cube(&self, cube: &Cube) -> Result<Cube, DisclosureError> {
        let name = format!(
            "recorded sums of few, each rounded to multiples of {}",
            self.step
        );
        Ok(cube.with_differences(&self.by, &name)?)
    }

    /// Private money in which what is rounded is no unknown any more: it is told as it was rounded, and no more of it.
    #[must_use]
    pub fn private(&self, private: PrivateMoney) -> PrivateMoney {
        private.with_rounded(self.rounded.clone())
    }
}

/// The nearest multiple of a step, halves away from nothing.
fn rounded(pence: i128, step: Pence) -> i128 {
    let step = i128::from(step.get()).max(1);
    let size = pence.abs();
    (2 * size + step) / (2 * step) * step * pence.signum()
}

/// The sums that are sensitive by themselves, with how far each must stay open, in pence: each is judged alone, by those
/// who judge all others.
fn levels(
    private: &PrivateMoney,
    policy: &DisclosurePolicy,
) -> Result<BTreeMap<usize, i128>, DisclosureError> {
    let sums = private.sums().map(|sum| sum.of_system());
    let system = System {
        sums: sums.collect::<Result<_, _>>()?,
        lines: (0u32..)
            .zip(private.sums())
            .map(|(number, _)| ToldLine {
                shares: vec![(number, Ratio::one())],
                kind: 0,
                keep: Keep::IfPossible,
            })
            .collect(),
        rules: policy
            .rules()
            .iter()
            .map(|rule| rule.rule.clone())
            .collect(),
        kinds: vec![Kind {
            name: "recorded sums".into(),
            cost: 1,
        }],
        looks: Looks {
            partners: false,
            holders: false,
        },
        before: policy.before().clone(),
    };
    let pattern = protect(&system, Effort::ChooseAgain)?;
    let audited = audit(&system, pattern)?;
    let pattern = audited.pattern();
    let mut levels: BTreeMap<usize, i128> = (pattern.fates.iter().enumerate())
        .filter(|(_, fate)| **fate != Fate::Shown)
        .map(|(sum, _)| (sum, 1))
        .collect();
    for one in &pattern.protections {
        // Line `n` is sum `n`.
        let (Part::Sum(sum) | Part::Line(sum) | Part::LineWithout { line: sum, .. }) = one.part;
        let level = levels.entry(sum as usize).or_default();
        *level = (*level).max(i128::from(one.level.get()));
    }
    Ok(levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_rounded_to_the_nearest_halves_away_from_nothing() {
        let to = |pence, step| rounded(pence, Pence::new(step));
        assert_eq!(
            [to(0, 100), to(49, 100), to(50, 100), to(149, 100)],
            [0, 0, 100, 100]
        );
        assert_eq!([to(-49, 100), to(-50, 100), to(-151, 100)], [0, -100, -200]);
        assert_eq!([to(7, 5), to(8, 5), to(2, 5), to(3, 5)], [5, 10, 0, 5]);
    }
}
