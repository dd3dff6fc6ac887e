//! The one rounding: exact parts become whole pence that sum to their whole.

use super::{Exact, MoneyError, Pence, exact::CommonDenominator};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

/// Closes exact parts against their whole, by largest remainder.
///
/// Each part is rounded to the nearest penny, half a penny away from zero; the pennies that are
/// then missing (or too many) are given (or taken), one each, where rounding took (or gave) most,
/// earlier parts gaining first when equal. Parts of one sign are closed as if they were rounded
/// towards zero first. Parts may have different signs: each ends less than a penny from its exact
/// value, a part that was a whole number of pence is not changed, and two parts are closed to the
/// nearest penny whatever their signs.
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
    let common = CommonDenominator::of(parts);
    let denominator = &common.whole;
    let exact: Vec<BigInt> = parts.iter().map(|part| common.numerator(part)).collect();
    let sum: BigInt = exact.iter().sum();
    let off = (sum - BigInt::from(whole.get()) * denominator).abs();
    if !off.is_zero() && (gap == Gap::Nothing || off >= *denominator) {
        let mut found = Exact::zero();
        parts.iter().for_each(|part| found.add(part));
        return Err(MoneyError::PartsDiffer {
            whole,
            found: found.to_pounds(4),
        });
    }
    let mut closed = Vec::with_capacity(parts.len());
    // What rounding gave to each part, over the denominator: at most half a penny either way.
    let mut gained = Vec::with_capacity(parts.len());
    for numerator in &exact {
        let away: BigInt = (numerator.abs() * 2 + denominator) / (denominator * 2);
        let nearest = if numerator.is_negative() { -away } else { away };
        gained.push(&nearest * denominator - numerator);
        let pence = nearest.to_i128().unwrap_or(i128::MAX);
        closed.push(Pence::from_wide(pence)?.get());
    }
    let missing = i128::from(whole.get()) - closed.iter().map(|&p| i128::from(p)).sum::<i128>();
    let step: i64 = if missing >= 0 { 1 } else { -1 };
    let mut order: Vec<usize> = (0..parts.len()).collect();
    // Those from which rounding took most first, or to which it gave most. Among equals a penny
    // away from zero goes to the earlier, and a penny towards zero comes from the later.
    order.sort_by_key(|&i| {
        let grows = exact[i].is_negative() == (step < 0);
        let rank = if grows { i } else { parts.len() - i };
        (&gained[i] * step, !grows, rank)
    });
    // What was gained sums to less than one from `-missing`, and each gain is at most a half, so
    // at least that many parts lost (or gained) something.
    for &i in order.iter().take(missing.unsigned_abs() as usize) {
        closed[i] += step;
    }
    let total = closed.iter().map(|&p| i128::from(p)).sum();
    super::assert_conserved("closing a table", i128::from(whole.get()), total);
    Ok(closed.into_iter().map(Pence::new).collect())
}
