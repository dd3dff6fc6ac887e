//! Sums of exact shares, held until a table is closed.

use super::ratio::common_divisor;
use super::{Pence, Ratio};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// An exact sum of money: a sum of `pence × numerator / denominator`, never rounded.
///
/// Shares of one answer have as many denominators as there are regions (a county's residents,
/// a force's residents). Adding fractions keeps one numerator for each denominator, so that
/// adding stays cheap and the order of adding cannot matter; the common denominator is formed
/// only when a value is printed or closed.
///
/// # Example
///
/// Youth justice money of the county, by residents aged 10 to 17:
///
/// ```
/// use wholeplace::money::{Exact, Pence};
/// let ludlow = Exact::share(Pence::new(12_671_000), 924, 27_635);
/// assert_eq!(ludlow.to_pounds(4), "4236.6579");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exact {
    /// denominator → numerator, in pence; no numerator is zero
    parts: BTreeMap<u128, BigInt>,
    /// The same for denominators beyond 128 bits, which only [`Exact::times`] makes: kept apart,
    /// so that other sums do not pay for them.
    wide: BTreeMap<BigUint, BigInt>,
}

impl Exact {
    /// Nothing.
    #[must_use]
    pub fn zero() -> Self {
        Self::default()
    }

    /// A whole sum.
    #[must_use]
    pub fn whole(sum: Pence) -> Self {
        Self::share(sum, 1, 1)
    }

    /// A whole sum that an account may not be able to hold.
    pub(crate) fn wide(pence: i128) -> Self {
        let mut exact = Self::zero();
        exact.add_part(1, pence.into());
        exact
    }

    /// `sum × numerator / denominator`.
    ///
    /// # Panics
    ///
    /// When `denominator` is zero: callers decide before what a region without mass means.
    #[must_use]
    pub fn share(sum: Pence, numerator: u128, denominator: u128) -> Self {
        let mut exact = Self::zero();
        exact.add_share(sum, numerator, denominator);
        exact
    }

    /// Adds `sum × numerator / denominator`.
    ///
    /// # Panics
    ///
    /// When `denominator` is zero.
    pub fn add_share(&mut self, sum: Pence, numerator: u128, denominator: u128) {
        assert!(denominator != 0, "a share needs a denominator above zero");
        let common = Integer::gcd(&numerator, &denominator);
        let pence = BigInt::from(sum.get()) * (numerator / common);
        self.add_part(denominator / common, pence);
    }

    /// Adds `pence / denominator`, for sums that were added up over one denominator before.
    ///
    /// # Panics
    ///
    /// When `denominator` is zero.
    pub(crate) fn add_wide(&mut self, pence: i128, denominator: u128) {
        assert!(denominator != 0, "a share needs a denominator above zero");
        let common = Integer::gcd(&pence.unsigned_abs(), &denominator);
        let reduced = BigInt::from(pence) / BigInt::from(common);
        self.add_part(denominator / common, reduced);
    }

    /// Adds another exact sum.
    pub fn add(&mut self, other: &Self) {
        for (&denominator, numerator) in &other.parts {
            self.add_part(denominator, numerator.clone());
        }
        for (denominator, numerator) in &other.wide {
            self.add_wide_part(denominator.clone(), numerator.clone());
        }
    }

    fn add_part(&mut self, denominator: u128, numerator: BigInt) {
        if numerator.is_zero() {
            return;
        }
        let sum = self.parts.entry(denominator).or_default();
        *sum += numerator;
        if sum.is_zero() {
            self.parts.remove(&denominator);
        }
    }

    fn add_wide_part(&mut self, denominator: BigUint, numerator: BigInt) {
        if numerator.is_zero() {
            return;
        }
        match self.wide.entry(denominator) {
            Entry::Vacant(slot) => {
                slot.insert(numerator);
            }
            Entry::Occupied(mut slot) => {
                *slot.get_mut() += numerator;
                if slot.get().is_zero() {
                    slot.remove();
                }
            }
        }
    }

    /// Adds `numerator / denominator` pence, where both may have any length.
    fn add_fraction(&mut self, numerator: BigInt, denominator: BigUint) {
        let common = common_divisor(numerator.magnitude(), &denominator);
        let (numerator, denominator) = if common.is_one() {
            (numerator, denominator)
        } else {
            let reduced = denominator / &common;
            (numerator / BigInt::from(common), reduced)
        };
        match denominator.to_u128() {
            Some(denominator) => self.add_part(denominator, numerator),
            None => self.add_wide_part(denominator, numerator),
        }
    }

    /// This sum times an exact ratio.
    ///
    /// # Example
    ///
    /// A third of a third of a pound:
    ///
    /// ```
    /// use wholeplace::money::{Exact, Pence, Ratio};
    /// let third = Exact::share(Pence::new(100), 1, 3);
    /// let ninth = third.times(&Ratio::new(1, 3));
    /// assert_eq!(ninth.to_pounds(4), "0.1111");
    /// assert_eq!(ninth.times(&Ratio::new(9, 1)).to_whole(), Some(Pence::new(100)));
    /// ```
    #[must_use]
    pub fn times(&self, ratio: &Ratio) -> Self {
        let mut product = Self::zero();
        let (above, below) = ratio.terms();
        for (&denominator, numerator) in &self.parts {
            product.add_fraction(numerator * &above, &below * denominator);
        }
        for (denominator, numerator) in &self.wide {
            product.add_fraction(numerator * &above, &below * denominator);
        }
        product
    }

    /// The same sum with the other sign.
    #[must_use]
    pub fn negated(&self) -> Self {
        let wide = self.wide.iter().map(|(d, n)| (d.clone(), -n));
        Self {
            parts: self.parts.iter().map(|(&d, n)| (d, -n)).collect(),
            wide: wide.collect(),
        }
    }

    /// Whether this is exactly nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.fraction().0.is_zero()
    }

    /// The sum as one fraction of pence.
    fn fraction(&self) -> (BigInt, BigInt) {
        let common = CommonDenominator::of(std::slice::from_ref(self));
        (common.numerator(self), common.whole)
    }

    /// The sum in pounds, rounded half to even to so many decimals; for explanations.
    #[must_use]
    pub fn to_pounds(&self, decimals: u32) -> String {
        let (numerator, denominator) = self.fraction();
        let unit = BigInt::from(10).pow(decimals);
        let (mut scaled, rest): (BigInt, BigInt) =
            (numerator.abs() * &unit).div_rem(&(&denominator * 100));
        let twice: BigInt = rest * 2;
        match twice.cmp(&(denominator * 100)) {
            Ordering::Greater => scaled += 1,
            Ordering::Equal if scaled.is_odd() => scaled += 1,
            Ordering::Equal | Ordering::Less => {}
        }
        let sign = if numerator.is_negative() && !scaled.is_zero() {
            "-"
        } else {
            ""
        };
        let (pounds, rest) = scaled.div_rem(&unit);
        match decimals {
            0 => format!("{sign}{pounds}"),
            decimals => format!("{sign}{pounds}.{rest:0>width$}", width = decimals as usize),
        }
    }

    /// The sum if it is a whole number of pence that an account can hold.
    #[must_use]
    pub fn to_whole(&self) -> Option<Pence> {
        let (numerator, denominator) = self.fraction();
        let (whole, rest): (BigInt, BigInt) = numerator.div_rem(&denominator);
        rest.is_zero()
            .then(|| whole.to_i64().map(Pence::new))
            .flatten()
    }

    /// The nearest penny, half a penny away from zero.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`](super::MoneyError) beyond 64 bits of pence.
    pub(crate) fn nearest(&self) -> Result<Pence, super::MoneyError> {
        let (numerator, denominator) = self.fraction();
        let away: BigInt = (numerator.abs() * 2 + &denominator) / (denominator * 2);
        let nearest = if numerator.is_negative() { -away } else { away };
        Pence::from_wide(nearest.to_i128().unwrap_or(i128::MAX))
    }

    /// How many units this is, of which so many make a penny, rounded down, and whether that is all
    /// of it; `None` beyond 128 bits.
    pub(crate) fn in_units(&self, penny: u64) -> Option<(i128, bool)> {
        let (numerator, denominator) = self.fraction();
        let (whole, rest) = (numerator * penny).div_mod_floor(&denominator);
        Some((whole.to_i128()?, rest.is_zero()))
    }

    /// Compares two exact sums.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        let both = [self.clone(), other.clone()];
        let common = CommonDenominator::of(&both);
        common.numerator(self).cmp(&common.numerator(other))
    }
}

/// The least denominator over which several sums are whole numbers.
pub(super) struct CommonDenominator {
    pub(super) whole: BigInt,
    /// By what a numerator over each denominator is multiplied: the same few for all cells of a
    /// table, and each a division of a large number.
    factors: BTreeMap<u128, BigInt>,
    wide_factors: BTreeMap<BigUint, BigInt>,
}

impl CommonDenominator {
    pub(super) fn of(sums: &[Exact]) -> Self {
        let own: BTreeSet<u128> = sums
            .iter()
            .flat_map(|sum| sum.parts.keys().copied())
            .collect();
        // The remainder first: the common denominator of a large table has thousands of bits, and
        // a binary gcd of it walks through all of them for each bit.
        let narrow = own.iter().fold(BigInt::from(1), |common, &next| {
            let rest = (&common % next).to_u128().unwrap_or(next);
            common * (next / Integer::gcd(&rest, &next))
        });
        let wide: BTreeSet<&BigUint> = sums.iter().flat_map(|sum| sum.wide.keys()).collect();
        let whole = wide.iter().fold(narrow, |common, &next| {
            let new = next / common_divisor(common.magnitude(), next);
            common * BigInt::from(new)
        });
        let factors = own.into_iter().map(|own| (own, &whole / own)).collect();
        let wide_factors = wide
            .into_iter()
            .map(|own| (own.clone(), &whole / BigInt::from(own.clone())))
            .collect();
        Self {
            whole,
            factors,
            wide_factors,
        }
    }

    /// The numerator of one of these sums.
    pub(super) fn numerator(&self, sum: &Exact) -> BigInt {
        let narrow: BigInt = sum
            .parts
            .iter()
            .map(|(own, numerator)| numerator * &self.factors[own])
            .sum();
        let wide = sum.wide.iter();
        wide.map(|(own, numerator)| numerator * &self.wide_factors[own])
            .fold(narrow, |sum, next| sum + next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::close;

    /// One over three odd numbers just below 2^127: far beyond 128 bits when multiplied.
    fn shares() -> [Ratio; 3] {
        const BELOW: [u128; 3] = [
            170_141_183_460_469_231_731_687_303_715_884_105_727,
            170_141_183_460_469_231_731_687_303_715_884_105_703,
            170_141_183_460_469_231_731_687_303_715_884_105_689,
        ];
        BELOW.map(|number| Ratio::new(1, number))
    }

    fn wide(pence: i64) -> Exact {
        let all = shares();
        all.iter()
            .fold(Exact::whole(Pence::new(pence)), |sum, ratio| {
                sum.times(ratio)
            })
    }

    #[test]
    fn a_wide_denominator_comes_back_to_whole_pence() {
        let tiny = wide(7);
        assert!(tiny.parts.is_empty() && tiny.wide.len() == 1);
        assert!(!tiny.is_zero());
        assert_eq!(tiny.to_whole(), None);
        assert_eq!(tiny.to_pounds(4), "0.0000");
        let back = shares().iter().fold(tiny, |sum, ratio| {
            let inverse = Ratio::reduced(BigInt::from(ratio.lowest_terms().1), BigUint::one());
            sum.times(&inverse)
        });
        assert_eq!(back, Exact::whole(Pence::new(7)));
        assert!(
            back.wide.is_empty(),
            "what fits into 128 bits is kept there"
        );
    }

    #[test]
    fn wide_sums_are_added_negated_and_compared() {
        let mut sum = wide(2);
        sum.add(&wide(3));
        assert_eq!(sum, wide(5));
        assert!(wide(5).compare(&wide(6)).is_lt());
        assert!(wide(5).compare(&Exact::zero()).is_gt());
        assert!(wide(5).compare(&Exact::share(Pence::new(1), 1, 3)).is_lt());
        sum.add(&wide(5).negated());
        assert_eq!(sum, Exact::zero());
        assert!(sum.is_zero());
        // Nothing, although no part cancels another of the same denominator.
        let [first, second, _] = shares();
        let over_both = Exact::whole(Pence::new(1)).times(&first).times(&second);
        let mut nothing = over_both.times(&Ratio::reduced(
            BigInt::from(first.lowest_terms().1),
            BigUint::one(),
        ));
        nothing.add(&Exact::whole(Pence::new(-1)).times(&second));
        assert!(nothing.is_zero());
    }

    #[test]
    fn wide_parts_are_closed_to_the_penny() {
        let [first, second, _] = shares();
        let whole = Pence::new(1_000);
        let tiny = Exact::whole(whole).times(&first).times(&second);
        let third = Exact::share(whole, 1, 3);
        let mut rest = Exact::whole(whole);
        rest.add(&third.negated());
        rest.add(&tiny.negated());
        let closed = close(whole, &[third, tiny.clone(), rest.clone()]).unwrap();
        assert_eq!(closed, [333, 0, 667].map(Pence::new));
        assert!(close(whole, &[tiny, rest]).is_err());
    }

    #[test]
    fn wide_and_narrow_halves_make_a_whole() {
        let unit = wide(1);
        let mut half = Exact::share(Pence::new(1), 1, 2);
        half.add(&unit);
        let mut other = Exact::share(Pence::new(1), 1, 2);
        other.add(&unit.negated());
        assert_eq!(half.to_pounds(2), "0.01", "a little more than half a penny");
        assert_eq!(other.to_pounds(2), "0.00");
        half.add(&other);
        assert_eq!(half.to_whole(), Some(Pence::new(1)));
    }
}
