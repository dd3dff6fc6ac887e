//! Places sorted into groups of equal number.

use super::{StatisticError, finite};

/// Which end of the values quantile 1 takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Quantile 1 has the highest values: the most deprived of a deprivation score.
    HighestFirst,
    /// Quantile 1 has the lowest values: the poorest of an income.
    LowestFirst,
}

/// Sorts areas into quantiles by a value: deprivation deciles, fifths of spending per head.
///
/// Areas with equal values come into the same quantile, so quantiles need not have the same
/// number of areas. For a slope index of inequality these are the groups; see
/// [`slope_index`](super::slope_index).
///
/// # Formula
///
/// ```text
/// r = 1 + number of areas that come before this one by value (ties share the best rank)
/// q = (Q + 1) - ⌈(n + 1 - r) Q / n⌉
/// ```
///
/// Counted in whole numbers. A program that divides by `n/Q` in floating point may round upwards
/// a quotient that is whole, and puts such an area one quantile lower; official practice mends
/// that only where it would give quantile 0.
///
/// # Units
///
/// - `values`: a key with its value, any one unit; `quantiles`: `Q`, 2 or more
/// - returns each key with its quantile, 1 to `Q`, in the order given
///
/// # Assumptions
///
/// - areas count the same whatever their population
///
/// # Where it fails
///
/// Where many areas share a value a quantile may be empty.
///
/// # Errors
///
/// [`StatisticError::TooFew`] when there are fewer areas than quantiles;
/// [`StatisticError::OutOfRange`] below two quantiles; [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Order, quantiles};
/// let scores = [("ludlow", 21.0), ("oswestry", 34.5), ("shrewsbury", 18.2), ("telford", 40.1)];
/// let halves = quantiles(&scores, 2, Order::HighestFirst)?;
/// assert_eq!(
///     halves,
///     [("ludlow", 2), ("oswestry", 1), ("shrewsbury", 2), ("telford", 1)]
/// );
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// The rule of the tools of Public Health England, now of the Office for Health Improvement and
/// Disparities; see its Technical Guide: Assigning Deprivation Categories, 2017.
pub fn quantiles<K: Clone>(
    values: &[(K, f64)],
    quantiles: u32,
    order: Order,
) -> Result<Vec<(K, u32)>, StatisticError> {
    if quantiles < 2 {
        return Err(StatisticError::OutOfRange {
            what: "number of quantiles",
            given: f64::from(quantiles),
            allowed: "2 or more",
        });
    }
    for (_, value) in values {
        finite("value", *value)?;
    }
    let needed = usize::try_from(quantiles).unwrap_or(usize::MAX);
    if values.len() < needed {
        return Err(StatisticError::TooFew {
            what: "areas",
            needed,
            given: values.len(),
        });
    }
    // Turned round, the highest come first; adding 0 makes the two zeros one.
    let place = |value: f64| match order {
        Order::HighestFirst => 0.0 - value,
        Order::LowestFirst => value + 0.0,
    };
    let mut sorted: Vec<f64> = values.iter().map(|(_, value)| place(*value)).collect();
    sorted.sort_by(f64::total_cmp);
    let ranked = values.iter().map(|(key, value)| {
        let place = place(*value);
        let before = sorted.partition_point(|other| *other < place);
        (key.clone(), quantile(before, values.len(), quantiles))
    });
    Ok(ranked.collect())
}

/// The quantile of an area before which so many of all areas come.
fn quantile(before: usize, areas: usize, quantiles: u32) -> u32 {
    // As 128 bits no product can be too large. `before` is below `areas`, so the rounded-up
    // quotient lies between 1 and the number of quantiles.
    let wide = |number: usize| u128::try_from(number).unwrap_or(u128::MAX);
    let left = wide(areas - before) * u128::from(quantiles);
    let up = left.div_ceil(wide(areas));
    quantiles + 1 - u32::try_from(up).unwrap_or(quantiles)
}
