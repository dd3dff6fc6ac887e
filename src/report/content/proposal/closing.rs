//! Exact pence of payers as whole ones that add up.
//!
//! Each sum rounded by itself gives tables whose rows are a penny or two from their totals, and a gap that is
//! a penny from the sums it lies between. So totals are closed first, each less than a penny from what it is
//! exactly; then each is divided among payers, and each payer's among years. Whatever is added up of them is
//! the same, in every direction.
//!
//! ```text
//! cash less money   £-2.22 ─► cash £5.42, money £7.64     what a settlement has to divide comes first
//! saved             £9.70  ─► less that cash: freed £4.28 ─► by reason
//! cash              £5.42  ─► council £1.11, police £4.31 ─► council: 2025-26 £0.56, 2026-27 £0.55
//! ```

use super::layer::{Layer, Sums};
use crate::appraisal::NotCash;
use crate::money::{Exact, MoneyError, Pence, Ratio, close_below};
use std::collections::BTreeMap;

/// Exact pence by layer, payer and year.
pub(super) type ExactLayers = BTreeMap<Layer, Vec<Vec<Ratio>>>;

/// Whole pence of each payer and year, each less than a penny from what it is exactly.
pub(super) fn closed(layers: &ExactLayers) -> Result<Vec<Vec<Sums>>, MoneyError> {
    let shape = layers.values().next().map_or(&[][..], Vec::as_slice);
    let mut sums: Vec<Vec<Sums>> = (shape.iter())
        .map(|years| vec![Sums::default(); years.len()])
        .collect();
    for (layer, total) in totals(layers)? {
        let payers = layers.get(&layer).map_or(&[][..], Vec::as_slice);
        let each: Vec<Ratio> = payers.iter().map(|years| years.iter().sum()).collect();
        let of_payers = close_below(total, &exact(&each))?;
        for ((sums, total), years) in sums.iter_mut().zip(of_payers).zip(payers) {
            let by_year = close_below(total, &exact(years))?;
            for (sums, pence) in sums.iter_mut().zip(by_year) {
                sums.set(layer, pence);
            }
        }
    }
    Ok(sums)
}

/// Each layer over all payers and years.
fn totals(layers: &ExactLayers) -> Result<BTreeMap<Layer, Pence>, MoneyError> {
    let exactly = |layer: Layer| -> Ratio {
        let payers = layers.get(&layer).into_iter().flatten();
        payers.flatten().sum()
    };
    let (cash, money) = (exactly(Layer::Cash), exactly(Layer::Money));
    let spent = Ratio::zero().minus(&money);
    let net = close_below(nearest(&cash.minus(&money))?, &exact(&[cash, spent]))?;
    let [cash, spent] = net.as_slice() else {
        return Ok(BTreeMap::new());
    };
    let mut all = BTreeMap::from([
        (Layer::Cash, *cash),
        (Layer::Money, -*spent),
        (Layer::InKind, nearest(&exactly(Layer::InKind))?),
    ]);
    let freed = NotCash::ALL.map(Layer::Freed);
    let each = freed.map(exactly);
    let freed_exactly: Ratio = each.iter().sum();
    let saved = nearest(&freed_exactly.plus(&exactly(Layer::Cash)))?;
    // What is saved is the nearest penny too, where that leaves a sum for what is freed.
    let rest = Pence::new(saved.get().saturating_sub(cash.get()));
    let closed = match close_below(rest, &exact(&each)) {
        Err(MoneyError::PartsDiffer { .. }) => close_below(nearest(&freed_exactly)?, &exact(&each)),
        closed => closed,
    };
    all.extend(freed.into_iter().zip(closed?));
    let cut = [Layer::Graded, Layer::Overlapping, Layer::Refused];
    let each = cut.map(exactly);
    let closed = close_below(nearest(&each.iter().sum())?, &exact(&each))?;
    all.extend(cut.into_iter().zip(closed));
    Ok(all)
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

    fn total(closed: &[Vec<Sums>], of: impl Fn(&Sums) -> Pence) -> i64 {
        closed.iter().flatten().map(|sums| of(sums).get()).sum()
    }

    /// Thirds of pence: rounded each by itself they would be nothing, and their sum three pence.
    #[test]
    fn what_is_closed_adds_up_in_every_direction() {
        let thirds = || vec![vec![Ratio::new(1, 3); 2]; 2];
        let layers = ExactLayers::from([
            (Layer::Cash, thirds()),
            (Layer::Freed(NotCash::Locked), thirds()),
        ]);
        let closed = closed(&layers).unwrap();
        // Four thirds of cash are a penny; with as much that is freed eight thirds are three.
        assert_eq!(total(&closed, |sums| sums.get(Layer::Cash)), 1);
        assert_eq!(total(&closed, Sums::freed), 2);
        assert_eq!(total(&closed, Sums::saved), 3);
    }

    /// 0.4 of cash and 0.3 of money: the gap is 0.1, so nothing; 1.4 and 0.8 leave 0.6, which is a penny.
    #[test]
    fn the_gap_is_the_nearest_penny_and_what_it_lies_between_agrees_with_it() {
        let of = |cash: i128, money: i128| {
            let layers = ExactLayers::from([
                (Layer::Cash, vec![vec![Ratio::new(cash, 10)]]),
                (Layer::Money, vec![vec![Ratio::new(money, 10)]]),
            ]);
            let closed = closed(&layers).unwrap();
            let sums = &closed[0][0];
            assert_eq!(
                sums.cash_gain().get(),
                sums.get(Layer::Cash).get() - sums.get(Layer::Money).get()
            );
            sums.cash_gain()
        };
        assert_eq!(of(4, 3), Pence::ZERO);
        assert_eq!(of(14, 8), Pence::new(1));
        assert_eq!(of(54_115, 2_276_522), Pence::new(-222_241));
    }

    #[test]
    fn what_is_exactly_nothing_stays_nothing() {
        let half = || vec![vec![Ratio::new(1, 2)], vec![Ratio::zero()]];
        let layers = ExactLayers::from([(Layer::Money, half()), (Layer::InKind, half())]);
        let closed = closed(&layers).unwrap();
        assert_eq!(closed[1][0], Sums::default());
        assert!(closed[0][0].paid() > Pence::ZERO);
    }
}
