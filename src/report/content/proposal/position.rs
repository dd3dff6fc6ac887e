//! Each payer by year, and as of the first year, in pence that add up.

use super::closing::{ExactLayers, closed};
use super::layer::{Layer, Sums};
use crate::appraisal::{Appraisal, NotCash, Payer, Position, ValueKind};
use crate::money::{MoneyError, Ratio};
use std::cmp::Reverse;

/// One payer.
#[derive(Clone, Debug)]
pub struct PayerShown {
    /// Who it is.
    pub payer: Payer,
    /// Each year, in the prices of the proposal, not discounted.
    pub by_year: Vec<Sums>,
    /// All years, not discounted.
    pub all_years: Sums,
    /// All years as of the first.
    pub present: Sums,
}

/// All payers, those with most money at stake first.
pub(super) fn payers(appraisal: &Appraisal<'_>) -> Result<Vec<PayerShown>, MoneyError> {
    let exact = exact(appraisal);
    let present: ExactLayers = (exact.iter())
        .map(|(&layer, payers)| {
            let worth = |years: &Vec<Ratio>| -> Ratio {
                let each = years.iter().zip(&appraisal.factors);
                each.map(|(sum, factor)| sum.times(factor))
                    .fold(Ratio::zero(), |sum, next| sum.plus(&next))
            };
            let payers = payers.iter().map(|years| vec![worth(years)]).collect();
            (layer, payers)
        })
        .collect();
    let (by_year, present) = (closed(&exact)?, closed(&present)?);
    let payers = appraisal.positions.iter().zip(by_year).zip(present);
    let mut payers: Vec<PayerShown> = payers
        .map(|((position, by_year), present)| PayerShown {
            payer: position.payer.clone(),
            all_years: by_year.iter().sum(),
            present: present.iter().sum(),
            by_year,
        })
        .collect();
    payers.sort_by_key(|one| {
        let (paid, hoped_for) = (one.present.paid(), one.present.hoped_for());
        Reverse(i128::from(paid.get()) + i128::from(hoped_for.get()))
    });
    Ok(payers)
}

fn exact(appraisal: &Appraisal<'_>) -> ExactLayers {
    let years = appraisal.years.len();
    let mut layers = ExactLayers::new();
    let mut add = |layer: Layer, years: Vec<Ratio>| layers.entry(layer).or_default().push(years);
    for position in &appraisal.positions {
        let refused = appraisal
            .held
            .iter()
            .find(|held| held.payer == position.payer)
            .map_or_else(|| vec![Ratio::zero(); years], |held| held.refused.clone());
        let overlapping = overlapping(appraisal, position);
        // Whatever else lies between what was hoped for and what is saved is the work of grades.
        let cut = less(&position.gross, &position.corrected);
        let graded = less(&less(&cut, &refused), &overlapping);
        add(Layer::Money, position.cash_cost.clone());
        add(Layer::InKind, less(&position.cost, &position.cash_cost));
        add(Layer::Graded, graded);
        add(Layer::Overlapping, overlapping);
        add(Layer::Refused, refused);
        for why in NotCash::ALL {
            let freed = position.freed.get(&why).cloned();
            add(
                Layer::Freed(why),
                freed.unwrap_or_else(|| vec![Ratio::zero(); years]),
            );
        }
        add(Layer::Cash, position.cash.clone());
    }
    layers
}

/// What effects would save it that count for nothing because another of their group does.
fn overlapping(appraisal: &Appraisal<'_>, position: &Position) -> Vec<Ratio> {
    let inside = appraisal.savings.iter().filter(|saving| {
        saving.payer == position.payer
            && saving.unit.kind == ValueKind::Fiscal
            && saving.is_inside_another
    });
    let mut sums = vec![Ratio::zero(); appraisal.years.len()];
    for saving in inside {
        let effects = appraisal.proposal.effects.iter();
        let correction = effects
            .filter(|effect| effect.code == saving.effect)
            .map(|effect| effect.correction.clone())
            .next()
            .unwrap_or_else(Ratio::zero);
        let kept = Ratio::one().minus(&correction);
        for (sum, gross) in sums.iter_mut().zip(&saving.gross) {
            *sum = sum.plus(&gross.times(&kept));
        }
    }
    sums
}

fn less(one: &[Ratio], other: &[Ratio]) -> Vec<Ratio> {
    one.iter()
        .zip(other)
        .map(|(one, other)| one.minus(other))
        .collect()
}
