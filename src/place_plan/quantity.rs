//! What is counted: pounds, or things that are no pounds.

use crate::money::{MoneyError, Pence, with_separators};
use serde::{Serialize, Serializer};
use std::fmt;

/// How many of something that is no money: homes, hours, places. Never added to pounds, and never to another unit.
///
/// # Units
///
/// Kept in hundredths, so that a quarter of a hectare is exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Units(i64);

impl Units {
    /// So many hundredths.
    #[must_use]
    pub const fn of_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// As many below nothing.
    pub(super) const fn negated(self) -> Self {
        Self(self.0.wrapping_neg())
    }
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let whole = with_separators(whole);
        let text = match rest {
            0 => format!("{sign}{whole}"),
            rest if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
            rest => format!("{sign}{whole}.{rest:02}"),
        };
        f.pad(&text)
    }
}

impl Serialize for Units {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string().replace(',', ""))
    }
}

/// Pounds or units: what a [`Standing`](super::Standing) is counted in.
pub trait Quantity: Copy + Default + Ord + fmt::Display + fmt::Debug + sealed::Sealed {
    /// In hundredths: pence, or hundredths of a unit.
    fn hundredths(self) -> i128;

    /// Of so many hundredths.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    fn of(hundredths: i128) -> Result<Self, MoneyError>;
}

impl Quantity for Pence {
    fn hundredths(self) -> i128 {
        self.get().into()
    }

    fn of(hundredths: i128) -> Result<Self, MoneyError> {
        Self::from_wide(hundredths)
    }
}

impl Quantity for Units {
    fn hundredths(self) -> i128 {
        self.0.into()
    }

    fn of(hundredths: i128) -> Result<Self, MoneyError> {
        Ok(Self(Pence::from_wide(hundredths)?.get()))
    }
}

mod sealed {
    /// Nothing else is counted here.
    pub trait Sealed {}
    impl Sealed for crate::money::Pence {}
    impl Sealed for super::Units {}
}
