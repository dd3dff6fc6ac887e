//! Exact pence of payers as whole ones that add up.
//!
//! Each sum rounded by itself gives tables whose rows are a penny or two from their totals, and a gap that is
//! a penny from the sums it lies between. So totals are closed first, each less than a penny from what it is
//! exactly; each is divided among payers, each payer's among years, and a year's among what it is made of.
//! Whatever is added up of them is the same, in every direction.
//!
//! ```text
//! cash less money   £-2.22 ─► cash £5.42, money £7.64     what a settlement has to divide comes first
//! saved             £9.70  ─► less that cash: freed £4.28
//! freed             £4.28  ─► council £1.11, police £3.17 ─► council: 2025-26 £0.56 ─► in notice £0.20 …
//! ```

use super::layer::{Layer, Sums};
use crate::appraisal::NotCash;
use crate::money::{Exact, MoneyError, Pence, Ratio, close_below};
use std::collections::BTreeMap;

/// Exact pence by layer, payer and year.
pub(super) type ExactLayers = BTreeMap<Layer, Vec<Vec<Ratio>>>;

/// Exact pence by payer and year.
type Cells = Vec<Vec<Ratio>>;

/// Whole pence of each payer and year, each less than a penny from what it is exactly.
pub(super) fn closed(layers: &ExactLayers) -> Result<Vec<Vec<Sums>>, MoneyError> {
    let shape = layers.values().next().map_or(&[][..], Vec::as_slice);
    let mut sums: Vec<Vec<Sums>> = (shape.iter())
        .map(|years| vec![Sums::default(); years.len()])
        .collect();
    for (total, parts, cells) in trunks(layers, shape)? {
        let each: Vec<Ratio> = cells.iter().map(|years| years.iter().sum()).collect();
        let of_payers = close_below(total, &exact(&each))?;
        for (payer, (total, years)) in of_payers.into_iter().zip(&cells).enumerate() {
            for (year, cell) in close_below(total, &exact(years))?.into_iter().enumerate() {
                let each: Vec<Ratio> = (parts.iter())
                    .map(|layer| layers[layer][payer][year].clone())
                    .collect();
                for (&layer, pence) in parts.iter().zip(close_below(cell, &exact(&each))?) {
                    sums[payer][year].set(layer, pence);
                }
            }
        }
    }
    Ok(sums)
}

/// What is closed over all payers and years: the total, the layers that it is made of, and its cells.
fn trunks(
    layers: &ExactLayers,
    shape: &[Vec<Ratio>],
) -> Result<Vec<(Pence, Vec<Layer>, Cells)>, MoneyError> {
    // Layers that an appraisal does not have are not there to be closed.
    let there = |parts: &[Layer]| -> Vec<Layer> {
        let parts = parts.iter().copied();
        parts.filter(|part| layers.contains_key(part)).collect()
    };
    let cells = |parts: &[Layer]| -> Cells {
        let zero =
            || -> Cells { (shape.iter().map(|years| vec![Ratio::zero(); years.len()])).collect() };
        parts
            .iter()
            .fold(zero(), |sums, part| added(sums, &layers[part]))
    };
    let trunk = |parts: &[Layer]| {
        let parts = there(parts);
        let cells = cells(&parts);
        let total: Ratio = cells.iter().flatten().sum();
        (parts, cells, total)
    };
    let (cash, money) = (trunk(&[Layer::Cash]), trunk(&[Layer::Money]));
    let spent = Ratio::zero().minus(&money.2);
    let net = nearest(&cash.2.plus(&spent))?;
    let mut net = close_below(net, &exact(&[cash.2.clone(), spent]))?.into_iter();
    let cash_total = net.next().unwrap_or_default();
    let money_total = -net.next().unwrap_or_default();
    let freed = trunk(&NotCash::ALL.map(Layer::Freed));
    // What is saved is the nearest penny too, where that leaves a sum for what is freed.
    let saved = nearest(&freed.2.plus(&cash.2))?;
    let rest = Pence::new(saved.get().saturating_sub(cash_total.get()));
    let freed_total = match close_below(rest, &exact(std::slice::from_ref(&freed.2))) {
        Ok(_) => rest,
        Err(_) => nearest(&freed.2)?,
    };
    let in_kind = trunk(&[Layer::InKind]);
    let cut = trunk(&[Layer::Graded, Layer::Overlapping, Layer::Refused]);
    let (in_kind_total, cut_total) = (nearest(&in_kind.2)?, nearest(&cut.2)?);
    Ok(vec![
        (cash_total, cash.0, cash.1),
        (money_total, money.0, money.1),
        (in_kind_total, in_kind.0, in_kind.1),
        (freed_total, freed.0, freed.1),
        (cut_total, cut.0, cut.1),
    ])
}

fn added(mut sums: Cells, more: &Cells) -> Cells {
    for (sums, more) in sums.iter_mut().zip(more) {
        for (sum, more) in sums.iter_mut().zip(more) {
            *sum = sum.plus(more);
        }
    }
    sums
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
