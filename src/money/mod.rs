//! Whole pence: checked arithmetic, parsing, printing and exact sharing.
//!
//! Every recorded amount of the crate is a [`Pence`]. Shares of it are exact ratios
//! ([`Exact`]) until a table is closed, and closing ([`close`]) is the only rounding there is.
//!
//! **Sign**: spending is positive, income is negative, everywhere.
//!
//! **Invariant:** no floating point in this module or in anything money passes through.
#![deny(clippy::float_arithmetic)]

mod apportion;
mod exact;
mod bounded;
mod parse;
mod ratio;
mod units;

pub use apportion::{close, close_below};
pub(crate) use bounded::{Bounded, BoundedSums, Few, Share, close_bounded};
pub use exact::Exact;
pub(crate) use parse::parse_number;
pub use parse::{AmountError, ExcessDecimals, parse_amount, to_pence};
pub use ratio::Ratio;
pub(crate) use ratio::common_divisor;
pub use units::{Units, UnitsError};
pub(crate) use units::{nearest, parts_of};

use crate::text::grouped;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A sum of money in whole pence; positive is spending, negative is income.
///
/// Prints as `£4,236.66`; serialises as the string `"4236.66"`, so that no reader turns it
/// into a floating-point number.
///
/// # Units
///
/// Pence of the price base in which the ledger was kept. Sums of different years are nominal.
///
/// # Example
///
/// ```
/// use wholeplace::money::Pence;
/// let spend = Pence::new(12_671_000);
/// assert_eq!(spend.to_string(), "£126,710.00");
/// assert_eq!(Pence::new(-5).to_string(), "-£0.05");
/// assert_eq!(spend.to_plain(), "126710.00");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pence(i64);

impl Pence {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A sum of so many pence.
    #[must_use]
    pub const fn new(pence: i64) -> Self {
        Self(pence)
    }

    /// The number of pence.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The sum as a plain decimal of pounds, with two decimals and no separators: `-4236.66`.
    #[must_use]
    pub fn to_plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let pence = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", pence / 100, pence % 100)
    }

    /// Adds up sums in 128 bits, so that neither order nor grouping can matter.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] when the total does not fit into 64 bits of pence.
    pub fn total(sums: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        Self::from_wide(sums.into_iter().map(|sum| i128::from(sum.0)).sum())
    }

    /// A 128-bit number of pence as a sum.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] when it does not fit into 64 bits.
    pub fn from_wide(pence: i128) -> Result<Self, MoneyError> {
        i64::try_from(pence)
            .map(Self)
            .map_err(|_| MoneyError::TooLarge { pence })
    }

    /// Shares this sum over parts in proportion to whole-number weights, to the penny.
    ///
    /// Each part first receives its share rounded towards zero; the pennies left over go, one
    /// each, to the parts that lost most by that rounding, earlier parts first when equal
    /// (largest remainder). The parts always sum to the whole, for negative sums too, and a
    /// part of weight zero receives nothing.
    ///
    /// # Errors
    ///
    /// [`MoneyError::NoWeight`] when `weights` is empty or all zero: there is no share to follow.
    ///
    /// # Example
    ///
    /// £1,000.01 over three wards by residents:
    ///
    /// ```
    /// # use wholeplace::money::Pence;
    /// let shares = Pence::new(100_001).apportion(&[612, 244, 144])?;
    /// assert_eq!(shares, [61_201, 24_400, 14_400].map(Pence::new));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    ///
    /// # Example: an income line keeps its sign
    ///
    /// ```
    /// # use wholeplace::money::Pence;
    /// assert_eq!(Pence::new(-5).apportion(&[70, 30])?, [-4, -1].map(Pence::new));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    ///
    /// # Sources
    ///
    /// Largest remainder (Hamilton) method: Balinski ML, Young HP. Fair Representation. Yale
    /// University Press, 1982, chapter 2 and appendix A.
    pub fn apportion(self, weights: &[u64]) -> Result<Vec<Self>, MoneyError> {
        let whole: u128 = weights.iter().map(|&w| u128::from(w)).sum();
        if whole == 0 {
            return Err(MoneyError::NoWeight {
                whole: self,
                parts: weights.len(),
            });
        }
        let parts: Vec<Exact> = weights
            .iter()
            .map(|&weight| Exact::share(self, u128::from(weight), whole))
            .collect();
        close(self, &parts)
    }
}

impl fmt::Display for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pence = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let pounds = with_separators(pence / 100);
        f.pad(&format!("{sign}£{pounds}.{:02}", pence % 100))
    }
}

/// Pounds written as a plain decimal, with the pound sign after the minus sign.
pub(crate) fn with_pound_sign(pounds: &str) -> String {
    match pounds.strip_prefix('-') {
        Some(size) => format!("-£{size}"),
        None => format!("£{pounds}"),
    }
}

/// Adds a number with so many decimals to a text, as plain as it can be.
pub(crate) fn push_decimal(text: &mut String, unscaled: i128, decimals: usize) {
    let mut digits = itoa::Buffer::new();
    let digits = digits.format(unscaled.unsigned_abs());
    if unscaled < 0 {
        text.push('-');
    }
    let (whole, rest) = digits.split_at(digits.len().saturating_sub(decimals));
    text.push_str(if whole.is_empty() { "0" } else { whole });
    if decimals > 0 {
        text.push('.');
        text.extend(std::iter::repeat_n('0', decimals - rest.len()));
        text.push_str(rest);
    }
}

/// A whole number with a comma between groups of three digits.
///
/// # Example
///
/// ```
/// assert_eq!(wholeplace::money::with_separators(1_272_638), "1,272,638");
/// ```
#[must_use]
pub fn with_separators(number: u64) -> String {
    grouped(&number.to_string())
}

impl std::ops::Neg for Pence {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Serialize for Pence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_plain())
    }
}

impl<'de> Deserialize<'de> for Pence {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let amount = parse_amount(&text).map_err(serde::de::Error::custom)?;
        to_pence(amount, ExcessDecimals::Refuse)
            .map(|(pence, _)| pence)
            .map_err(serde::de::Error::custom)
    }
}

/// Why a sum could not be shared, closed or added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// There is no positive weight to share by.
    #[error(
        "cannot share {whole} over {parts} parts: every weight is zero; give one a positive \
         weight or keep the sum whole under a named gap"
    )]
    NoWeight {
        /// The sum that was to be shared.
        whole: Pence,
        /// How many parts were offered.
        parts: usize,
    },
    /// The exact parts do not add up to the whole that they are closed against.
    #[error(
        "cannot close a table of {whole}: its exact parts add up to £{found}; no pound may be lost or made"
    )]
    PartsDiffer {
        /// The total the parts had to meet.
        whole: Pence,
        /// What they add up to, in pounds.
        found: String,
    },
    /// A total beyond 64 bits of pence.
    #[error(
        "a total of {pence} pence is beyond what an account can hold (about £92 quadrillion); check the amounts read"
    )]
    TooLarge {
        /// The total.
        pence: i128,
    },
}

/// Stops the program when two sums that must be equal are not: a bug of this crate, never a
/// fault in data. Kept in release builds.
#[track_caller]
pub(crate) fn assert_conserved(what: &str, expected: i128, found: i128) {
    assert!(
        expected == found,
        "{what}: {expected} pence went in and {found} came out; this is a bug of wholeplace"
    );
}
