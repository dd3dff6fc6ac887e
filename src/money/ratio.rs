//! Exact shares whose terms outgrow 128 bits: money followed through many hands.

use super::{AmountError, parse_number};
use crate::text::grouped;
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;
use serde::Serialize;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// An exact fraction, always in its lowest terms.
///
/// Prints as `n / d` with thousands separators, and a whole number as that number; serialises as
/// the same text without separators.
///
/// # Example
///
/// ```
/// use wholeplace::money::Ratio;
/// let shares = [Ratio::new(1_000, 3_000), Ratio::new(2, 3)];
/// assert_eq!(shares[0].to_string(), "1 / 3");
/// assert_eq!(shares.iter().sum::<Ratio>(), Ratio::one());
/// assert_eq!(Ratio::new(-12_345, 1_000_000).to_string(), "-2,469 / 200,000");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: BigInt,
    /// Never zero.
    denominator: BigUint,
}

impl Ratio {
    /// `numerator / denominator`.
    ///
    /// # Panics
    ///
    /// When `denominator` is zero.
    #[must_use]
    pub fn new(numerator: i128, denominator: u128) -> Self {
        Self::reduced(numerator.into(), denominator.into())
    }

    /// Nothing.
    #[must_use]
    pub fn zero() -> Self {
        Self::new(0, 1)
    }

    /// The whole.
    #[must_use]
    pub fn one() -> Self {
        Self::new(1, 1)
    }

    /// `numerator / denominator` in lowest terms.
    ///
    /// # Panics
    ///
    /// When `denominator` is zero.
    pub(crate) fn reduced(numerator: BigInt, denominator: BigUint) -> Self {
        assert!(
            !denominator.is_zero(),
            "a ratio needs a denominator above zero"
        );
        let common = common_divisor(numerator.magnitude(), &denominator);
        if common.is_one() {
            return Self {
                numerator,
                denominator,
            };
        }
        Self {
            numerator: numerator / BigInt::from(common.clone()),
            denominator: denominator / common,
        }
    }

    pub(crate) fn numerator(&self) -> &BigInt {
        &self.numerator
    }

    pub(crate) fn denominator(&self) -> &BigUint {
        &self.denominator
    }

    /// The product of the two.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::money::Ratio;
    /// assert_eq!(Ratio::new(3, 4).times(&Ratio::new(2, 3)), Ratio::new(1, 2));
    /// ```
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_one() {
            return self.clone();
        }
        if other.is_zero() || self.is_one() {
            return other.clone();
        }
        // Both are in lowest terms, so that only across can anything be common: two divisors of short numbers
        // instead of one of long ones.
        let across = |above: &BigInt, below: &BigUint| {
            let common = common_divisor(above.magnitude(), below);
            match common.is_one() {
                true => (above.clone(), below.clone()),
                false => (above / BigInt::from(common.clone()), below / common),
            }
        };
        let (first, below_other) = across(&self.numerator, &other.denominator);
        let (second, below_first) = across(&other.numerator, &self.denominator);
        Self {
            numerator: first * second,
            denominator: below_first * below_other,
        }
    }

    /// The sum of the two.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return if self.is_zero() { other } else { self }.clone();
        }
        let (one, two) = (&self.denominator, &other.denominator);
        if one == two {
            return Self::reduced(&self.numerator + &other.numerator, one.clone());
        }
        // What the denominators have in common is all that the sum may have in common with them (Knuth, The Art of
        // Computer Programming, volume 2, 4.5.1).
        let common = common_divisor(one, two);
        let (one, two) = (one / &common, two / &common);
        let sum = &self.numerator * BigInt::from(two.clone())
            + &other.numerator * BigInt::from(one.clone());
        let again = common_divisor(sum.magnitude(), &common);
        Self {
            numerator: sum / BigInt::from(again.clone()),
            denominator: one * (&other.denominator / again),
        }
    }

    /// This less the other.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&Self {
            numerator: -other.numerator.clone(),
            denominator: other.denominator.clone(),
        })
    }

    /// One over this; nothing has none.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::money::Ratio;
    /// assert_eq!(Ratio::new(-2, 3).inverse(), Some(Ratio::new(-3, 2)));
    /// assert_eq!(Ratio::zero().inverse(), None);
    /// ```
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        let sign = match self.numerator.sign() {
            Sign::NoSign => return None,
            sign => sign,
        };
        Some(Self {
            numerator: BigInt::from_biguint(sign, self.denominator.clone()),
            denominator: self.numerator.magnitude().clone(),
        })
    }

    /// The ratio times itself, so many times in all; to the power of nothing it is the whole.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::money::Ratio;
    /// assert_eq!(Ratio::new(2, 3).to_the(3), Ratio::new(8, 27));
    /// assert_eq!(Ratio::zero().to_the(0), Ratio::one());
    /// ```
    #[must_use]
    pub fn to_the(&self, power: u32) -> Self {
        // In lowest terms already: powers of numbers without a common divisor have none.
        Self {
            numerator: self.numerator.pow(power),
            denominator: self.denominator.pow(power),
        }
    }

    /// Its whole part, towards zero.
    pub(crate) fn whole_part(&self) -> BigInt {
        &self.numerator / BigInt::from(self.denominator.clone())
    }

    /// The ratio as a decimal with so many decimals, half away from zero: for people to read.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::money::Ratio;
    /// assert_eq!(Ratio::new(200, 207).to_decimal(4), "0.9662");
    /// assert_eq!(Ratio::new(-1, 8).to_decimal(2), "-0.13");
    /// assert_eq!(Ratio::new(-1, 1000).to_decimal(2), "0.00");
    /// ```
    #[must_use]
    pub fn to_decimal(&self, decimals: u32) -> String {
        let scaled = self.numerator.magnitude() * BigUint::from(10u32).pow(decimals);
        let nearest = (scaled * 2u32 + &self.denominator) / (&self.denominator * 2u32);
        let digits = format!("{nearest:0>width$}", width = decimals as usize + 1);
        let (whole, rest) = digits.split_at(digits.len() - decimals as usize);
        let sign = if self.numerator.is_negative() && !nearest.is_zero() {
            "-"
        } else {
            ""
        };
        let point = if rest.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{rest}")
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.denominator.is_one()
    }

    /// Whether this is the whole.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.numerator.is_one() && self.denominator.is_one()
    }

    /// Whether this is nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }
}

/// The greatest common divisor, the remainder first: a binary gcd of a long and a short number
/// walks through every bit of the long one.
pub(crate) fn common_divisor(a: &BigUint, b: &BigUint) -> BigUint {
    let (long, short) = if a > b { (a, b) } else { (b, a) };
    if short.is_zero() {
        return long.clone();
    }
    let rest = long % short;
    match (rest.to_u128(), short.to_u128()) {
        (Some(rest), Some(short)) => rest.gcd(&short).into(),
        _ => short.gcd(&rest),
    }
}

impl<'a> std::iter::Sum<&'a Ratio> for Ratio {
    fn sum<I: Iterator<Item = &'a Self>>(ratios: I) -> Self {
        ratios.fold(Self::zero(), |sum, next| sum.plus(next))
    }
}

impl std::iter::Sum for Ratio {
    fn sum<I: Iterator<Item = Self>>(ratios: I) -> Self {
        ratios.fold(Self::zero(), |sum, next| sum.plus(&next))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = &self.numerator * BigInt::from(other.denominator.clone());
        let right = &other.numerator * BigInt::from(self.denominator.clone());
        left.cmp(&right)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<Decimal> for Ratio {
    /// A decimal is a ratio, exactly.
    fn from(number: Decimal) -> Self {
        let below = BigUint::from(10u32).pow(number.scale());
        Self::reduced(number.mantissa().into(), below)
    }
}

impl FromStr for Ratio {
    type Err = AmountError;

    /// Reads `7/200`, `0.035` and `3.5%`, exactly.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::money::Ratio;
    /// assert_eq!("7/200".parse::<Ratio>()?, "3.5%".parse()?);
    /// assert_eq!("0.035".parse::<Ratio>()?, Ratio::new(7, 200));
    /// assert!("1/0".parse::<Ratio>().is_err());
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, AmountError> {
        let number = |text: &str| parse_number(text).map(Self::from);
        if let Some((above, below)) = text.split_once('/') {
            let below = number(below)?.inverse().ok_or(AmountError::NotANumber)?;
            return Ok(number(above)?.times(&below));
        }
        match text.trim_end().strip_suffix('%') {
            Some(per_cent) => Ok(number(per_cent)?.times(&Self::new(1, 100))),
            None => number(text),
        }
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.numerator.is_negative() {
            "-"
        } else {
            ""
        };
        let above = grouped(&self.numerator.magnitude().to_string());
        if self.denominator.is_one() {
            f.pad(&format!("{sign}{above}"))
        } else {
            let below = grouped(&self.denominator.to_string());
            f.pad(&format!("{sign}{above} / {below}"))
        }
    }
}

impl Serialize for Ratio {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string().replace(',', ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_reduced_added_and_ordered() {
        assert_eq!(Ratio::new(6, 8), Ratio::new(3, 4));
        assert_eq!(Ratio::new(0, 8), Ratio::zero());
        assert_eq!(
            [Ratio::new(1, 2), Ratio::new(-1, 3)].iter().sum::<Ratio>(),
            Ratio::new(1, 6)
        );
        assert!(Ratio::new(1, 3) < Ratio::new(34, 100));
        assert!(Ratio::new(-1, 3) < Ratio::zero());
        let long = BigUint::from(u128::MAX) * 3u32;
        assert_eq!(
            Ratio::reduced(BigInt::from(u128::MAX), long),
            Ratio::new(1, 3)
        );
        assert_eq!(
            serde_json::to_string(&Ratio::new(1_000, 2_001)).unwrap(),
            "\"1000 / 2001\""
        );
    }

    /// Sums and products by their short ways are those of the definition, in lowest terms.
    #[test]
    fn sums_and_products_are_those_of_the_definition() {
        let numbers = [-90_i128, -7, -1, 0, 1, 4, 6, 35, 1 << 100];
        let below = [1_u128, 2, 6, 15, 36, 1 << 90];
        let all: Vec<Ratio> = (numbers.iter())
            .flat_map(|&above| below.iter().map(move |&below| Ratio::new(above, below)))
            .collect();
        for one in &all {
            for other in &all {
                let (n, d) = (&one.numerator, BigInt::from(one.denominator.clone()));
                let (m, e) = (&other.numerator, BigInt::from(other.denominator.clone()));
                let both = &one.denominator * &other.denominator;
                let sum = Ratio::reduced(n * &e + m * &d, both.clone());
                assert_eq!(one.plus(other), sum, "{one} + {other}");
                assert_eq!(
                    one.times(other),
                    Ratio::reduced(n * m, both),
                    "{one} × {other}"
                );
            }
        }
    }

    #[test]
    fn the_common_divisor_is_the_greatest() {
        let of = |a: u32, b: u32| common_divisor(&a.into(), &b.into());
        assert_eq!(of(12, 18), 6u32.into());
        assert_eq!(of(0, 7), 7u32.into());
        assert_eq!(of(7, 0), 7u32.into());
        let wide = BigUint::from(u128::MAX) * 35u32;
        let other = BigUint::from(u128::MAX) * 21u32;
        assert_eq!(
            common_divisor(&wide, &other),
            BigUint::from(u128::MAX) * 7u32
        );
    }
}
