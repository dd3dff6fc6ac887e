//! Sums of exact shares, held until a table is closed.

use super::Pence;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::collections::BTreeMap;

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
        let denominator = common_denominator(std::slice::from_ref(self));
        (self.over(&denominator), denominator)
    }

    /// The numerator of the sum over a denominator that each of its own divides.
    pub(super) fn over(&self, denominator: &BigInt) -> BigInt {
        self.parts
            .iter()
            .map(|(&own, numerator)| numerator * (denominator / BigInt::from(own)))
            .sum()
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

    /// Compares two exact sums.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        let both = [self.clone(), other.clone()];
        let denominator = common_denominator(&both);
        self.over(&denominator).cmp(&other.over(&denominator))
    }
}

/// The least denominator over which all the sums are whole numbers.
pub(super) fn common_denominator(sums: &[Exact]) -> BigInt {
    let own: std::collections::BTreeSet<u128> = sums
        .iter()
        .flat_map(|sum| sum.parts.keys().copied())
        .collect();
    own.into_iter().fold(BigInt::from(1), |common, next| {
        common.lcm(&BigInt::from(next))
    })
}
