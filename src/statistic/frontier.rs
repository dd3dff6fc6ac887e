//! Which of several ways of working are worth considering at some price.

use super::cost_effectiveness::{Alternative, CostAndEffect};
use super::{StatisticError, counted::computed};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An alternative with its place among the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FrontierPoint {
    /// The alternative.
    pub alternative: Alternative,
    /// Where it stands.
    pub standing: FrontierStanding,
}

/// Where an alternative stands among others of which only one can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "kebab-case")]
pub enum FrontierStanding {
    /// On the frontier, and the cheapest of all: where the comparison begins.
    Cheapest,
    /// On the frontier.
    OnFrontier {
        /// Pounds for each outcome beyond those of the one before it on the frontier.
        extra_cost_per_outcome: f64,
        /// The one before it.
        beyond: String,
    },
    /// Another costs no more and achieves no less, and is better in one of the two.
    Dominated {
        /// The cheapest of those; the most effective where several are as cheap.
        by: String,
    },
    /// A mix of two others achieves as much for less (extended dominance).
    DominatedByMix {
        /// The cheaper of the two.
        cheaper: String,
        /// The dearer of the two.
        dearer: String,
    },
    /// Same cost and effect as another, which stands for both.
    Equal {
        /// The other.
        to: String,
    },
}

/// Sorts alternatives by effect and marks which lie on the frontier: those that are the best choice
/// at some price of an outcome.
///
/// For three or more ways of working of which one can be chosen. Comparing each with the present
/// state only would hide that the dearest is bought against the second dearest.
///
/// # Formula
///
/// ```text
/// dominated          another has cost ≤ and effect ≥, and one of the two is strict
/// dominated by a mix its ratio to the one before is above the ratio of the one after to it
/// on the frontier    ratio = (Cᵢ - Cᵢ₋₁) / (Eᵢ - Eᵢ₋₁), rising along the frontier
/// ```
///
/// # Units
///
/// - pounds and outcomes of each, for the same people over the same time
///
/// # Assumptions
///
/// - one is chosen for each person; a mix means some people have one and some another
///
/// # Where it fails
///
/// Estimates are taken as known. Two that lie close may change places by chance alone. Where a
/// programme cannot be split between people, ignore domination by a mix.
///
/// # Errors
///
/// [`StatisticError::TooFew`] without alternatives; [`StatisticError::GivenTwice`] for a name;
/// [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Alternative, FrontierStanding, frontier};
/// let placed = frontier(&[
///     Alternative::new("as now", 100e3, 10.0)?,
///     Alternative::new("mentors", 180e3, 20.0)?,
///     Alternative::new("mentors and housing", 200e3, 30.0)?,
///     Alternative::new("day centre", 210e3, 25.0)?,
/// ])?;
/// let standing = |name: &str| {
///     let found = placed.iter().find(|placed| placed.alternative.name == name);
///     found.map(|placed| placed.standing.clone())
/// };
/// // Half of the people as now and half with mentors and housing: 20 outcomes for 150,000.
/// let mix = FrontierStanding::DominatedByMix {
///     cheaper: "as now".into(),
///     dearer: "mentors and housing".into(),
/// };
/// assert_eq!(standing("mentors"), Some(mix));
/// let dominated = FrontierStanding::Dominated { by: "mentors and housing".into() };
/// assert_eq!(standing("day centre"), Some(dominated));
/// let best = FrontierStanding::OnFrontier { extra_cost_per_outcome: 5_000.0, beyond: "as now".into() };
/// assert_eq!(standing("mentors and housing"), Some(best));
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Johannesson M, Weinstein MC. On the decision rules of cost-effectiveness analysis. Journal of
/// Health Economics 12, 1993, 459–467.
///
/// Cantor SB. Cost-effectiveness analysis, extended dominance, and ethics: a quantitative
/// assessment. Medical Decision Making 14, 1994, 259–265.
pub fn frontier(alternatives: &[Alternative]) -> Result<Vec<FrontierPoint>, StatisticError> {
    let mut names = BTreeSet::new();
    for alternative in alternatives {
        alternative.total.checked()?;
        if !names.insert(&alternative.name) {
            return Err(StatisticError::GivenTwice {
                name: alternative.name.clone(),
            });
        }
    }
    let mut sorted: Vec<&Alternative> = alternatives.iter().collect();
    sorted.sort_by(|one, other| {
        let (a, b) = (one.total, other.total);
        let by_effect = a.effect.total_cmp(&b.effect);
        let by_cost = a.cost.total_cmp(&b.cost);
        by_effect.then(by_cost).then(one.name.cmp(&other.name))
    });
    let undominated: Vec<&Alternative> = sorted
        .iter()
        .filter(|of| dominator(of, &sorted).is_none() && equal(of, &sorted).is_none())
        .copied()
        .collect();
    let hull = lower_hull(&undominated)?;
    if hull.is_empty() {
        return Err(StatisticError::TooFew {
            what: "alternatives",
            needed: 1,
            given: 0,
        });
    }
    let mut placed = Vec::with_capacity(sorted.len());
    for &alternative in &sorted {
        placed.push(FrontierPoint {
            alternative: alternative.clone(),
            standing: standing(alternative, &sorted, &hull)?,
        });
    }
    Ok(placed)
}

fn standing(
    of: &Alternative,
    sorted: &[&Alternative],
    hull: &[&Alternative],
) -> Result<FrontierStanding, StatisticError> {
    if let Some(by) = dominator(of, sorted) {
        return Ok(FrontierStanding::Dominated {
            by: by.name.clone(),
        });
    }
    if let Some(to) = equal(of, sorted) {
        return Ok(FrontierStanding::Equal {
            to: to.name.clone(),
        });
    }
    // The frontier rises in effect, so what is on it has one before it unless it is the first.
    let before = hull
        .iter()
        .rev()
        .find(|other| other.total.effect < of.total.effect);
    let Some(before) = before else {
        return Ok(FrontierStanding::Cheapest);
    };
    if hull.iter().any(|other| other.name == of.name) {
        let extra = of.total.beyond(before.total)?;
        return Ok(FrontierStanding::OnFrontier {
            extra_cost_per_outcome: computed(extra.cost / extra.effect)?,
            beyond: before.name.clone(),
        });
    }
    let after = hull
        .iter()
        .find(|other| other.total.effect > of.total.effect);
    Ok(FrontierStanding::DominatedByMix {
        cheaper: before.name.clone(),
        // What no mix dominates is on the frontier, so there is always one after.
        dearer: after.map_or_else(String::new, |after| after.name.clone()),
    })
}

/// The best of those that dominate it.
fn dominator<'a>(of: &Alternative, all: &[&'a Alternative]) -> Option<&'a Alternative> {
    let dominates = |other: &&&Alternative| {
        let (CostAndEffect { cost, effect }, own) = (other.total, of.total);
        cost <= own.cost && effect >= own.effect && (cost < own.cost || effect > own.effect)
    };
    let better = |one: &&&Alternative, other: &&&Alternative| {
        let (a, b) = (one.total, other.total);
        let by_cost = a.cost.total_cmp(&b.cost);
        by_cost.then(b.effect.total_cmp(&a.effect))
    };
    all.iter().filter(dominates).min_by(better).copied()
}

/// The one that stands for it, where several have the same cost and effect: the first by name.
fn equal<'a>(of: &Alternative, all: &[&'a Alternative]) -> Option<&'a Alternative> {
    let same = |other: &&&Alternative| other.total == of.total;
    let first = all
        .iter()
        .filter(same)
        .min_by(|one, other| one.name.cmp(&other.name));
    first.copied().filter(|first| first.name != of.name)
}

/// The alternatives along which the ratio never falls, of some that rise in cost and effect.
fn lower_hull<'a>(rising: &[&'a Alternative]) -> Result<Vec<&'a Alternative>, StatisticError> {
    let mut hull: Vec<&Alternative> = Vec::new();
    for &next in rising {
        while let [.., before, last] = hull.as_slice() {
            let one = last.total.beyond(before.total)?;
            let two = next.total.beyond(last.total)?;
            // The ratio to the last is above the ratio from it. Multiplied out, because a ratio of
            // rounded numbers would throw out what lies exactly on a line.
            if computed(one.cost * two.effect)? > computed(two.cost * one.effect)? {
                hull.pop();
            } else {
                break;
            }
        }
        hull.push(next);
    }
    Ok(hull)
}
