//! Sums of exact shares, held until a table is closed.

use super::Pence;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
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

    /// The same sum with the other sign.
    #[must_use]
    pub fn negated(&self) -> Self {
        let parts = self.parts.iter().map(|(&d, n)| (d, -n)).collect();
        Self { parts }
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
}

impl CommonDenominator {
    pub(super) fn of(sums: &[Exact]) -> Self {
        let own: BTreeSet<u128> = sums
            .iter()
            .flat_map(|sum| sum.parts.keys().copied())
            .collect();
        // The remainder first: the common denominator of a large table has thousands of bits, and
        // a binary gcd of it walks through all of them for each bit.
        let whole = own.iter().fold(BigInt::from(1), |common, &next| {
            let rest = (&common % next).to_u128().unwrap_or(next);
            common * (next / Integer::gcd(&rest, &next))
        });
        let factors = own.into_iter().map(|own| (own, &whole / own)).collect();
        Self { whole, factors }
    }

    /// The numerator of one of these sums.
    pub(super) fn numerator(&self, sum: &Exact) -> BigInt {
        sum.parts
            .iter()
            .map(|(own, numerator)| numerator * &self.factors[own])
            .sum()
    }
}
