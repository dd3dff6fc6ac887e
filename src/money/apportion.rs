//! The one rounding: exact parts become whole pence that sum to their whole.

use super::{Exact, MoneyError, Pence, exact::common_denominator};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cmp::Reverse;

/// Closes exact parts against their whole, by largest remainder.
///
/// Each part is rounded towards zero; the pennies that are then missing (or too many) are given
/// (or taken), one each, where rounding took most, earlier parts first when equal. Parts may
/// have different signs. Each part ends less than a penny from its exact value, a part that was
/// a whole number of pence is not changed, and two parts are closed to the nearest penny.
///
/// Tables of several levels are closed from the grand total down: this closes the grand total,
/// [`close_below`] each part in turn.
///
/// # Errors
///
/// [`MoneyError::PartsDiffer`] when the exact parts do not sum to `whole`.
///
/// # Example
///
/// ```
/// use wholeplace::money::{Exact, Pence, close};
/// let whole = Pence::new(18_225);
/// let parts = [Exact::share(whole, 98, 100), Exact::share(whole, 2, 100)];
/// assert_eq!(close(whole, &parts)?, [17_861, 364].map(Pence::new));
/// # Ok::<(), wholeplace::Error>(())
/// ```
pub fn close(whole: Pence, parts: &[Exact]) -> Result<Vec<Pence>, MoneyError> {
    close_to(whole, parts, Gap::Nothing)
}

/// Closes exact parts against a whole that was itself closed before, and is therefore less than a
/// penny from what they sum to.
///
/// # Errors
///
/// [`MoneyError::PartsDiffer`] when they differ by a penny or more.
///
/// # Example
///
/// A part of £0.015 that was closed to two pence, over two halves:
///
/// ```
/// use wholeplace::money::{Exact, Pence, close_below};
/// let halves = [Exact::share(Pence::new(3), 1, 4), Exact::share(Pence::new(3), 1, 4)];
/// assert_eq!(close_below(Pence::new(2), &halves)?, [1, 1].map(Pence::new));
/// # Ok::<(), wholeplace::Error>(())
/// ```
pub fn close_below(whole: Pence, parts: &[Exact]) -> Result<Vec<Pence>, MoneyError> {
    close_to(whole, parts, Gap::BelowAPenny)
}

/// How far the exact parts may be from their whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    BelowAPenny,
}

fn close_to(whole: Pence, parts: &[Exact], gap: Gap) -> Result<Vec<Pence>, MoneyError> {
    let denominator = common_denominator(parts);
    let exact: Vec<BigInt> = parts.iter().map(|part| part.over(&denominator)).collect();
    let sum: BigInt = exact.iter().sum();
    let off = (sum - BigInt::from(whole.get()) * &denominator).abs();
    if !off.is_zero() && (gap == Gap::Nothing || off >= denominator) {
        let mut found = Exact::zero();
        parts.iter().for_each(|part| found.add(part));
        return Err(MoneyError::PartsDiffer {
            whole,
            found: found.to_pounds(4),
        });
    }
    let mut closed = Vec::with_capacity(parts.len());
    let mut lost = Vec::with_capacity(parts.len());
    for numerator in &exact {
        let (towards_zero, rest) = numerator.div_rem(&denominator);
        let pence = towards_zero.to_i128().unwrap_or(i128::MAX);
        closed.push(Pence::from_wide(pence)?.get());
        lost.push(rest);
    }
    let missing = i128::from(whole.get()) - closed.iter().map(|&p| i128::from(p)).sum::<i128>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let step = if missing >= 0 {
        order.sort_by_key(|&i| Reverse(&lost[i]));
        1
    } else {
        order.sort_by_key(|&i| &lost[i]);
        -1
    };
    // The remainders sum to less than one from `missing`, and each is below one, so at least
    // that many of them have its sign.
    for &i in order.iter().take(missing.unsigned_abs() as usize) {
        closed[i] += step;
    }
    let total = closed.iter().map(|&p| i128::from(p)).sum();
    super::assert_conserved("closing a table", i128::from(whole.get()), total);
    Ok(closed.into_iter().map(Pence::new).collect())
}
