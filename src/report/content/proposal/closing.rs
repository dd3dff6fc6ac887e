//! Exact pence of payers as whole ones that add up.
//!
//! Each sum rounded by itself gives tables whose rows are a penny or two from their totals. So three groups
//! are closed from their totals down: what is paid; what is saved; what was cut from what was hoped for. Each
//! group is divided among its layers, each layer among payers, and each payer's sum among years: whatever is
//! added up of them is the same, in every direction.
//!
//! ```text
//! saved £10.00 ─► cash £3.33, freed £6.67 ─► cash: council £1.11, police £2.22 ─► council: 2025-26 £0.56 …
//! ```

use super::layer::{Layer, Sums};
use crate::appraisal::NotCash;
use crate::money::{Exact, MoneyError, Pence, Ratio, close_below};
use std::collections::BTreeMap;

/// Exact pence by layer, payer and year.
pub(super) type ExactLayers = BTreeMap<Layer, Vec<Vec<Ratio>>>;

/// Whole pence of each payer and year. Each sum is less than a penny from what it is exactly.
pub(super) fn closed(layers: &ExactLayers) -> Result<Vec<Vec<Sums>>, MoneyError> {
    let payers = layers.values().next().map_or(0, Vec::len);
    let years = |payer: usize| layers.values().next().map_or(0, |all| all[payer].len());
    let mut sums: Vec<Vec<Sums>> = (0..payers)
        .map(|payer| vec![Sums::default(); years(payer)])
        .collect();
    for group in groups() {
        let of_layer = |layer: &Layer| layers.get(layer).map_or(&[][..], Vec::as_slice);
        let totals: Vec<Ratio> = (group.iter())
            .map(|layer| of_layer(layer).iter().flatten().sum())
            .collect();
        let closed = close_below(nearest(&totals.iter().sum())?, &exact(&totals))?;
        for (layer, total) in group.iter().zip(closed) {
            let each: Vec<Ratio> = (of_layer(layer).iter())
                .map(|years| years.iter().sum())
                .collect();
            let of_payers = close_below(total, &exact(&each))?;
            for ((payer, total), years) in of_payers.into_iter().enumerate().zip(of_layer(layer)) {
                let by_year = close_below(total, &exact(years))?;
                for (sums, pence) in sums[payer].iter_mut().zip(by_year) {
                    sums.set(*layer, pence);
                }
            }
        }
    }
    Ok(sums)
}

/// Layers that have a total together.
fn groups() -> [Vec<Layer>; 3] {
    let freed = NotCash::ALL.into_iter().map(Layer::Freed);
    [
        vec![Layer::Money, Layer::InKind],
        std::iter::once(Layer::Cash).chain(freed).collect(),
        vec![Layer::Graded, Layer::Overlapping, Layer::Refused],
    ]
}

/// Exact pence, rounded to whole ones.
pub(super) fn nearest(pence: &Ratio) -> Result<Pence, MoneyError> {
    of_pence(pence).nearest()
}

fn exact(pence: &[Ratio]) -> Vec<Exact> {
    pence.iter().map(of_pence).collect()
}

fn of_pence(pence: &Ratio) -> Exact {
    Exact::whole(Pence::new(1)).times(pence)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thirds of pence: rounded each by itself they would be nothing, and their sum two pence.
    #[test]
    fn what_is_closed_adds_up_in_every_direction() {
        let third = Ratio::new(1, 3);
        let of = |number: usize| vec![vec![third.clone(); number]; 2];
        let layers =
            ExactLayers::from([(Layer::Cash, of(2)), (Layer::Freed(NotCash::Locked), of(2))]);
        let closed = closed(&layers).unwrap();
        let sum = |layer| -> i64 {
            closed
                .iter()
                .flatten()
                .map(|sums| sums.get(layer).get())
                .sum()
        };
        // Eight thirds are three pence; of four thirds each one layer has two and one has one.
        assert_eq!(sum(Layer::Cash) + sum(Layer::Freed(NotCash::Locked)), 3);
        assert_eq!(
            (sum(Layer::Cash), sum(Layer::Freed(NotCash::Locked))),
            (2, 1)
        );
        let saved: i64 = closed.iter().flatten().map(|sums| sums.saved().get()).sum();
        assert_eq!(saved, 3);
    }

    #[test]
    fn what_is_exactly_nothing_stays_nothing() {
        let half = || vec![vec![Ratio::new(1, 2)], vec![Ratio::zero()]];
        let layers = ExactLayers::from([(Layer::Money, half()), (Layer::InKind, half())]);
        let closed = closed(&layers).unwrap();
        assert_eq!(closed[1][0], Sums::default());
        assert_eq!(closed[0][0].paid(), Pence::new(1));
    }
}
