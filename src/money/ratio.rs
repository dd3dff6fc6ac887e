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
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// An exact fraction.
///
/// Prints as `n / d` in lowest terms with thousands separators, and a whole number as that number; serialises as
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
#[derive(Clone)]
pub struct Ratio(Terms);

/// Numerator and denominator, as they came.
///
/// *The naive way* keeps every fraction in its lowest terms. *Why it is not enough:* the common divisor takes
/// twenty times as long as the product or the sum, and most fractions of a chain are never looked at. *The trick:*
/// lowest terms are looked for where they can be seen (printed, hashed, asked for) and where terms have grown to
/// twice what they were when they were looked for last. What a fraction is worth, and how it prints, is the
/// same.
#[derive(Clone)]
enum Terms {
    /// The numerator is not the least number of 128 bits, which has no opposite; the denominator is not zero.
    Short(i128, u128),
    Long(Box<Long>),
}

#[derive(Clone)]
struct Long {
    above: BigInt,
    /// Never zero.
    below: BigUint,
    /// With more bits than this in both terms together, lowest terms are looked for.
    most: u64,
}

/// Bits of both terms that are no reason to look for lower ones.
const LONG: u64 = 512;

impl Ratio {
    /// `numerator / denominator`.
    ///
    /// # Panics
    ///
    /// When `denominator` is zero.
    #[must_use]
    pub fn new(numerator: i128, denominator: u128) -> Self {
        assert!(denominator != 0, "a ratio needs a denominator above zero");
        match numerator {
            i128::MIN => Self::reduced(numerator.into(), denominator.into()),
            _ => Self(lowest(numerator, denominator)),
        }
    }

    /// Nothing.
    #[must_use]
    pub const fn zero() -> Self {
        Self(Terms::Short(0, 1))
    }

    /// The whole.
    #[must_use]
    pub const fn one() -> Self {
        Self(Terms::Short(1, 1))
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
        if let Some(short) = short(&numerator, &denominator) {
            return Self(lowest(short.0, short.1));
        }
        let common = common_divisor(numerator.magnitude(), &denominator);
        let (above, below) = match common.is_one() {
            true => (numerator, denominator),
            false => (
                numerator / BigInt::from(common.clone()),
                denominator / common,
            ),
        };
        if let Some(short) = short(&above, &below) {
            return Self(Terms::Short(short.0, short.1));
        }
        let most = LONG.max(2 * (above.bits() + below.bits()));
        Self(Terms::Long(Box::new(Long { above, below, most })))
    }

    /// As they came, unless they have grown beyond `most`.
    fn long(above: BigInt, below: BigUint, most: u64) -> Self {
        if above.bits() + below.bits() > most {
            return Self::reduced(above, below);
        }
        Self(Terms::Long(Box::new(Long { above, below, most })))
    }

    /// The same in lowest terms, which are what is short for what comes of it.
    #[must_use]
    pub(crate) fn in_lowest_terms(&self) -> Self {
        match &self.0 {
            &Terms::Short(above, below) => Self(lowest(above, below)),
            Terms::Long(long) => Self::reduced(long.above.clone(), long.below.clone()),
        }
    }

    /// Numerator and denominator, as they came.
    pub(crate) fn terms(&self) -> (BigInt, BigUint) {
        match &self.0 {
            &Terms::Short(above, below) => (above.into(), below.into()),
            Terms::Long(long) => (long.above.clone(), long.below.clone()),
        }
    }

    /// Numerator and denominator in lowest terms.
    pub(crate) fn lowest_terms(&self) -> (BigInt, BigUint) {
        self.in_lowest_terms().terms()
    }

    /// With how many bits of both terms the lowest are looked for.
    fn most(&self) -> u64 {
        match &self.0 {
            Terms::Short(..) => LONG,
            Terms::Long(long) => long.most,
        }
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
        if let (&Terms::Short(n, d), &Terms::Short(m, e)) = (&self.0, &other.0) {
            if let Some(product) = short_product((n, d), (m, e)) {
                return product;
            }
            // What is common across, before terms outgrow 128 bits.
            let (one, two) = (divisor(n.unsigned_abs(), e), divisor(m.unsigned_abs(), d));
            let (n, e, m, d) = (n / one as i128, e / one, m / two as i128, d / two);
            if let Some(product) = short_product((n, d), (m, e)) {
                return product;
            }
            let below = BigUint::from(d) * e;
            return Self::long(BigInt::from(n) * m, below, LONG);
        }
        let ((above, below), (other_above, other_below)) = (self.terms(), other.terms());
        let most = self.most().max(other.most());
        Self::long(above * other_above, below * other_below, most)
    }

    /// The sum of the two.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return if self.is_zero() { other } else { self }.clone();
        }
        match (&self.0, &other.0) {
            (&Terms::Short(n, d), &Terms::Short(m, e)) => {
                let common = common_below(d, e);
                if let Some(sum) = short_sum((n, d), (m, e), common) {
                    return sum;
                }
                // In lowest terms it may fit.
                let (Terms::Short(n, d), Terms::Short(m, e)) = (lowest(n, d), lowest(m, e)) else {
                    return self.long_sum(other);
                };
                let common = common_below(d, e);
                short_sum((n, d), (m, e), common).unwrap_or_else(|| {
                    let (d, e) = (d / common, e / common);
                    let above = BigInt::from(n) * e + BigInt::from(m) * d;
                    Self::long(above, BigUint::from(d) * e * common, LONG)
                })
            }
            (Terms::Long(one), Terms::Long(two)) if one.below == two.below => Self::long(
                &one.above + &two.above,
                one.below.clone(),
                one.most.max(two.most),
            ),
            _ => self.long_sum(other),
        }
    }

    fn long_sum(&self, other: &Self) -> Self {
        let ((above, one), (other_above, two)) = (self.terms(), other.terms());
        let common = common_divisor(&one, &two);
        let (rest, other_rest) = (&one / &common, &two / common);
        let above = above * BigInt::from(other_rest.clone()) + other_above * BigInt::from(rest);
        Self::long(above, one * other_rest, self.most().max(other.most()))
    }

    /// The sums of rows, column by column; a row that is shorter has nothing more.
    ///
    /// All are put over one denominator first, which is looked for once for a whole table: one by one, it would be
    /// looked for with every sum.
    pub(crate) fn sums<'a>(
        rows: impl IntoIterator<Item = &'a [Self]>,
        columns: usize,
    ) -> Vec<Self> {
        let rows: Vec<&[Self]> = rows.into_iter().collect();
        let one_by_one = || {
            let column = |at: usize| rows.iter().filter_map(|row| row.get(at)).sum();
            (0..columns).map(column).collect()
        };
        let Some(common) = Common::of(rows.iter().copied().flatten()) else {
            return one_by_one();
        };
        let column = |at: usize| common.sum(rows.iter().filter_map(|row| row.get(at)));
        let sums: Option<Vec<Self>> = (0..columns).map(column).collect();
        sums.unwrap_or_else(one_by_one)
    }

    /// The same numbers over one denominator, as short as it can be, so that what is made of them is too.
    pub(crate) fn over_one_denominator(row: Vec<Self>) -> Vec<Self> {
        let lowest: Vec<Self> = row.iter().map(Self::in_lowest_terms).collect();
        let Some(common) = Common::of(&lowest) else {
            return lowest;
        };
        let over: Option<Vec<Self>> = lowest.iter().map(|one| common.sum([one])).collect();
        over.unwrap_or(lowest)
    }

    /// This less the other.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&Self(match &other.0 {
            &Terms::Short(above, below) => Terms::Short(-above, below),
            Terms::Long(long) => Terms::Long(Box::new(Long {
                above: -&long.above,
                ..(**long).clone()
            })),
        }))
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
        if let Terms::Short(above, below) = self.0
            && let Ok(below) = i128::try_from(below)
        {
            let sign = above.signum();
            return (above != 0).then(|| Self(Terms::Short(sign * below, above.unsigned_abs())));
        }
        let (above, below) = self.lowest_terms();
        let sign = match above.sign() {
            Sign::NoSign => return None,
            sign => sign,
        };
        Some(Self::reduced(
            BigInt::from_biguint(sign, below),
            above.into_parts().1,
        ))
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
        // Powers of numbers without a common divisor have none.
        let (above, below) = self.lowest_terms();
        let (above, below) = (above.pow(power), below.pow(power));
        match short(&above, &below) {
            Some(short) => Self(Terms::Short(short.0, short.1)),
            None => {
                let most = LONG.max(2 * (above.bits() + below.bits()));
                Self(Terms::Long(Box::new(Long { above, below, most })))
            }
        }
    }

    /// Its whole part, towards zero.
    pub(crate) fn whole_part(&self) -> BigInt {
        match &self.0 {
            &Terms::Short(above, below) => match i128::try_from(below) {
                Ok(below) => (above / below).into(),
                Err(_) => BigInt::zero(),
            },
            Terms::Long(long) => &long.above / BigInt::from(long.below.clone()),
        }
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
        let (above, below) = self.terms();
        let scaled = above.magnitude() * BigUint::from(10u32).pow(decimals);
        let nearest = (scaled * 2u32 + &below) / (&below * 2u32);
        let digits = format!("{nearest:0>width$}", width = decimals as usize + 1);
        let (whole, rest) = digits.split_at(digits.len() - decimals as usize);
        let sign = if above.is_negative() && !nearest.is_zero() {
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
        match &self.0 {
            Terms::Short(above, below) => above.unsigned_abs().is_multiple_of(*below),
            Terms::Long(long) => long.above.magnitude().is_multiple_of(&long.below),
        }
    }

    /// Whether this is the whole.
    #[must_use]
    pub fn is_one(&self) -> bool {
        match &self.0 {
            Terms::Short(above, below) => u128::try_from(*above) == Ok(*below),
            Terms::Long(long) => {
                long.above.sign() == Sign::Plus && *long.above.magnitude() == long.below
            }
        }
    }

    /// Whether this is nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        match &self.0 {
            Terms::Short(above, _) => *above == 0,
            Terms::Long(long) => long.above.is_zero(),
        }
    }

    fn sign(&self) -> Sign {
        match &self.0 {
            Terms::Short(above, _) => match above.cmp(&0) {
                Ordering::Less => Sign::Minus,
                Ordering::Equal => Sign::NoSign,
                Ordering::Greater => Sign::Plus,
            },
            Terms::Long(long) => long.above.sign(),
        }
    }
}

/// The least denominator over which some short ratios are whole numbers.
struct Common {
    whole: BigUint,
    /// The same where it fits 128 bits.
    short: Option<u128>,
    /// For each denominator, by what a numerator over it is multiplied.
    factors: Vec<(u128, BigInt)>,
}

impl Common {
    /// Nothing where one of them is long.
    fn of<'a>(all: impl IntoIterator<Item = &'a Ratio>) -> Option<Self> {
        let mut belows: Vec<u128> = Vec::new();
        for ratio in all {
            match ratio.0 {
                Terms::Short(0, _) => {}
                Terms::Short(_, below) if belows.last() == Some(&below) => {}
                Terms::Short(_, below) => belows.push(below),
                Terms::Long(_) => return None,
            }
        }
        belows.sort_unstable();
        belows.dedup();
        let whole = belows.iter().fold(BigUint::one(), |whole, &below| {
            let rest = (&whole % below).to_u128().unwrap_or_default();
            whole * (below / divisor(rest, below))
        });
        Some(Self {
            factors: (belows.iter())
                .map(|&below| (below, BigInt::from(&whole / below)))
                .collect(),
            short: whole.to_u128(),
            whole,
        })
    }

    fn factor(&self, below: u128) -> Option<&BigInt> {
        let at = self.factors.binary_search_by_key(&below, |(of, _)| *of);
        Some(&self.factors.get(at.ok()?)?.1)
    }

    /// The sum of some of them.
    fn sum<'a>(&self, some: impl IntoIterator<Item = &'a Ratio>) -> Option<Ratio> {
        let mut sum = BigInt::zero();
        for ratio in some {
            match ratio.0 {
                Terms::Short(0, _) => {}
                Terms::Short(above, below) => sum += self.factor(below)? * above,
                Terms::Long(_) => return None,
            }
        }
        let above = sum.to_i128().filter(|above| *above != i128::MIN);
        Some(match (above, self.short) {
            (Some(0), _) => Ratio::zero(),
            (Some(above), Some(below)) => Ratio(Terms::Short(above, below)),
            _ => Ratio::long(sum, self.whole.clone(), LONG),
        })
    }
}

/// Terms that fit 128 bits.
fn short(above: &BigInt, below: &BigUint) -> Option<(i128, u128)> {
    let above = above.to_i128().filter(|above| *above != i128::MIN)?;
    Some((above, below.to_u128()?))
}

/// Short terms without a common divisor.
fn lowest(above: i128, below: u128) -> Terms {
    if below == 1 {
        return Terms::Short(above, below);
    }
    match divisor(above.unsigned_abs(), below) {
        1 => Terms::Short(above, below),
        // No more than 2^127 above, so that the divisor is one that has an opposite, unless it is all there is.
        common => match i128::try_from(common) {
            Ok(divisor) => Terms::Short(above / divisor, below / common),
            Err(_) => Terms::Short(0, 1),
        },
    }
}

fn short_product((n, d): (i128, u128), (m, e): (i128, u128)) -> Option<Ratio> {
    let above = n.checked_mul(m).filter(|above| *above != i128::MIN)?;
    Some(Ratio(Terms::Short(above, d.checked_mul(e)?)))
}

/// What two denominators have in common; most often one is a multiple of the other.
fn common_below(d: u128, e: u128) -> u128 {
    if d == e {
        return d;
    }
    let (more, less) = if d > e { (d, e) } else { (e, d) };
    divisor(more, less)
}

/// A sum over the least common denominator.
fn short_sum((n, d): (i128, u128), (m, e): (i128, u128), common: u128) -> Option<Ratio> {
    let (up, other_up) = (e / common, d / common);
    let part = |above: i128, up: u128| above.checked_mul(i128::try_from(up).ok()?);
    let above = part(n, up)?.checked_add(part(m, other_up)?)?;
    let above = Some(above).filter(|above| *above != i128::MIN)?;
    Some(Ratio(Terms::Short(above, d.checked_mul(up)?)))
}

/// The greatest common divisor of two short numbers; `b` is not zero.
fn divisor(a: u128, b: u128) -> u128 {
    match u64::try_from(b) {
        // Half as long, after one remainder.
        Ok(b) => {
            let rest = match u64::try_from(a) {
                Ok(a) => a % b,
                Err(_) => (a % u128::from(b)) as u64,
            };
            rest.gcd(&b).into()
        }
        Err(_) => a.gcd(&b),
    }
}

/// The product of two short numbers, its upper half first.
fn wide_product(a: u128, b: u128) -> (u128, u128) {
    const HALF: u128 = u64::MAX as u128;
    let (a_up, a_low) = (a >> 64, a & HALF);
    let (b_up, b_low) = (b >> 64, b & HALF);
    let low = a_low * b_low;
    let (one, two) = (a_up * b_low, a_low * b_up);
    let middle = (low >> 64) + (one & HALF) + (two & HALF);
    let up = a_up * b_up + (one >> 64) + (two >> 64) + (middle >> 64);
    (up, middle << 64 | low & HALF)
}

/// The greatest common divisor.
///
/// # Method
///
/// Euclid's algorithm on the leading 62 bits for as long as they settle its quotients, and all those steps at once
/// on the long numbers: half as many bits are gone as one digit has, by four products with a digit.
///
/// # Sources
///
/// Lehmer DH. Euclid's algorithm for large numbers. American Mathematical Monthly 1938; 45: 227-233, as algorithm L in
/// Knuth, The Art of Computer Programming, volume 2, 4.5.2.
pub(crate) fn common_divisor(a: &BigUint, b: &BigUint) -> BigUint {
    const LEADING: u64 = 62;
    let (long, short) = if a > b { (a, b) } else { (b, a) };
    if short.is_zero() {
        return long.clone();
    }
    let (mut long, mut short) = (short.clone(), long % short);
    loop {
        if let Some(below) = short.to_u128() {
            return match (below, (&long % below.max(1)).to_u128()) {
                (0, _) | (_, None) => long,
                (below, Some(rest)) => divisor(rest, below).into(),
            };
        }
        let down = long.bits().saturating_sub(LEADING);
        let leading = |number: &BigUint| (number >> down).to_i64().unwrap_or(0);
        let [[a, b], [c, d]] = steps(leading(&long), leading(&short));
        if b == 0 {
            let rest = &long % &short;
            long = std::mem::replace(&mut short, rest);
            continue;
        }
        // One of the two is below zero, and what they come to together is not.
        let together = |up: i64, other: i64| {
            let (one, two) = (&long * up.unsigned_abs(), &short * other.unsigned_abs());
            if other < 0 { one - two } else { two - one }
        };
        (long, short) = (together(a, b), together(c, d));
    }
}

/// What steps of Euclid's algorithm do to two numbers of which these are the leading bits: of the larger and the
/// smaller, how many of each the next two are.
fn steps(mut x: i64, mut y: i64) -> [[i64; 2]; 2] {
    let ([mut a, mut b], [mut c, mut d]) = ([1, 0], [0, 1]);
    while y + c != 0 && y + d != 0 {
        // Whatever the bits that are not seen, the quotient lies between these two.
        let quotient = (x + a) / (y + c);
        if quotient != (x + b) / (y + d) {
            break;
        }
        (a, c) = (c, a - quotient * c);
        (b, d) = (d, b - quotient * d);
        (x, y) = (y, x - quotient * y);
    }
    [[a, b], [c, d]]
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
        if let (&Terms::Short(n, d), &Terms::Short(m, e)) = (&self.0, &other.0) {
            if d == e || n.signum() != m.signum() {
                return if d == e {
                    n.cmp(&m)
                } else {
                    n.signum().cmp(&m.signum())
                };
            }
            let [one, two] = [(n, e), (m, d)].map(|(a, b)| wide_product(a.unsigned_abs(), b));
            return if n < 0 { two.cmp(&one) } else { one.cmp(&two) };
        }
        if self.sign() != other.sign() {
            return self.sign().cmp(&other.sign());
        }
        if let (Terms::Long(one), Terms::Long(two)) = (&self.0, &other.0)
            && one.below == two.below
        {
            return one.above.cmp(&two.above);
        }
        let ((n, d), (m, e)) = (self.terms(), other.terms());
        (n * BigInt::from(e)).cmp(&(m * BigInt::from(d)))
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ratio {}

impl Hash for Ratio {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.lowest_terms().hash(state);
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ratio").field(&self.to_string()).finish()
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
        let (above, below) = self.lowest_terms();
        let sign = if above.is_negative() { "-" } else { "" };
        let above = grouped(&above.magnitude().to_string());
        if below.is_one() {
            f.pad(&format!("{sign}{above}"))
        } else {
            let below = grouped(&below.to_string());
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

    /// Sums, products and order by their short ways are those of the definition, whatever the length of the terms.
    #[test]
    fn sums_and_products_are_those_of_the_definition() {
        let numbers = [
            -90_i128,
            -7,
            -1,
            0,
            1,
            4,
            6,
            35,
            1 << 100,
            i128::MAX,
            i128::MIN,
        ];
        let below = [1_u128, 2, 6, 15, 36, 1 << 90, u128::MAX];
        let all: Vec<Ratio> = (numbers.iter())
            .flat_map(|&above| below.iter().map(move |&below| Ratio::new(above, below)))
            .collect();
        for one in &all {
            for other in &all {
                let ((n, b), (m, c)) = (one.terms(), other.terms());
                let (d, e) = (BigInt::from(b.clone()), BigInt::from(c.clone()));
                let sum = Ratio::reduced(&n * &e + &m * &d, &b * &c);
                assert_eq!(one.plus(other), sum, "{one} + {other}");
                assert_eq!(one.plus(other).to_string(), sum.to_string());
                let product = Ratio::reduced(&n * &m, b * c);
                assert_eq!(one.times(other), product, "{one} × {other}");
                assert_eq!(one.times(other).to_string(), product.to_string());
                assert_eq!(one.cmp(other), (n * e).cmp(&(m * d)), "{one} and {other}");
                assert_eq!(one.plus(other).minus(other), *one);
                if let Some(inverse) = other.inverse() {
                    assert!(inverse.times(other).is_one() && inverse.times(other).is_whole());
                }
            }
        }
    }

    /// A table added up over one denominator is the table added up one by one.
    #[test]
    fn sums_of_rows_are_those_of_their_columns() {
        let row = |up: i128, below: [u128; 3]| below.map(|below| Ratio::new(up, below)).to_vec();
        let mut rows = vec![
            row(1, [3, 3, 3]),
            row(-2, [7, 1, 1 << 120]),
            row(5, [(1 << 90) + 1, 9, (1 << 97) - 1]),
            vec![Ratio::new(-1, 3)],
        ];
        for long in [false, true] {
            if long {
                rows.push(vec![Ratio::zero(), Ratio::new(2, 3).to_the(200)]);
            }
            let sums = Ratio::sums(rows.iter().map(Vec::as_slice), 3);
            for (at, sum) in sums.iter().enumerate() {
                let column = rows.iter().filter_map(|row| row.get(at));
                assert_eq!(*sum, column.sum());
            }
            for row in &rows {
                assert_eq!(Ratio::over_one_denominator(row.clone()), *row);
            }
        }
        let [one, two] = [row(6, [4, 6, 9]), row(0, [1, 2, 3])].map(Ratio::over_one_denominator);
        let below = |row: &[Ratio]| row.iter().map(|one| one.terms().1).collect::<Vec<_>>();
        assert_eq!(below(&one), [6u32, 6, 6].map(BigUint::from));
        assert!(two.iter().all(Ratio::is_zero));
        assert_eq!(Ratio::sums([], 2), [Ratio::zero(), Ratio::zero()]);
    }

    /// A long chain stays as short as its lowest terms are, but for twice.
    #[test]
    fn terms_that_grow_are_looked_at_again() {
        let (mut sum, mut expected) = (Ratio::zero(), Ratio::one());
        for n in 1..400 {
            // 1/1·2 + 1/2·3 + … = n / (n + 1).
            sum = sum.plus(&Ratio::new(1, n).times(&Ratio::new(1, n + 1)));
            expected = Ratio::new(n as i128, n + 1);
            let (above, below) = sum.terms();
            assert!(above.bits() + below.bits() <= 2 * LONG);
        }
        assert_eq!(sum, expected);
        assert_eq!(sum.to_string(), "399 / 400");
        let mut states = [sum, expected].map(|ratio| {
            let mut state = std::hash::DefaultHasher::new();
            ratio.hash(&mut state);
            state.finish()
        });
        states.sort_unstable();
        assert_eq!(states[0], states[1], "equal ratios have one hash");
        let third = Ratio::new(1, 3);
        let power = third.to_the(900);
        assert_eq!(power.times(&Ratio::new(3, 1).to_the(899)), third);
        assert_eq!(power.whole_part(), BigInt::zero());
        assert_eq!(power.inverse(), Some(Ratio::new(3, 1).to_the(900)));
        assert!(!power.is_whole() && power.inverse().is_some_and(|long| long.is_whole()));
    }

    #[test]
    fn the_common_divisor_is_the_greatest() {
        let of = |a: u32, b: u32| common_divisor(&a.into(), &b.into());
        assert_eq!(of(12, 18), 6u32.into());
        assert_eq!(of(0, 7), 7u32.into());
        assert_eq!(of(7, 0), 7u32.into());
        // Long numbers of all lengths against Euclid's own steps; neighbours of Fibonacci are the most steps.
        let euclid = |a: &BigUint, b: &BigUint| {
            let (mut a, mut b) = (a.clone(), b.clone());
            while !b.is_zero() {
                (a, b) = (b.clone(), a % b);
            }
            a
        };
        let (mut one, mut two) = (BigUint::from(3u32), BigUint::from(5u32));
        for n in 0u32..900 {
            let (a, b) = (&one * (n % 7 + 1), &two * (n % 11 + 1));
            assert_eq!(common_divisor(&a, &b), euclid(&a, &b), "{a} and {b}");
            assert_eq!(
                common_divisor(&(&a * &b), &(&a + &b)),
                euclid(&(&a * &b), &(&a + &b))
            );
            (one, two) = (two.clone(), &one * (n % 3 + 1) + &two);
        }
        let wide = BigUint::from(u128::MAX) * 35u32;
        let other = BigUint::from(u128::MAX) * 21u32;
        assert_eq!(
            common_divisor(&wide, &other),
            BigUint::from(u128::MAX) * 7u32
        );
    }
}
