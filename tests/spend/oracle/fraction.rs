//! Fractions of pence.

use super::*;

/// A fraction of pence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fraction {
    pub over: BigInt,
    pub under: BigInt,
}

impl Fraction {
    pub fn new(over: BigInt, under: BigInt) -> Self {
        let common = over.gcd(&under);
        Self {
            over: over / &common,
            under: under / common,
        }
    }

    pub fn zero() -> Self {
        Self::new(BigInt::zero(), BigInt::from(1))
    }

    pub fn plus(&self, other: &Self) -> Self {
        Self::new(
            &self.over * &other.under + &other.over * &self.under,
            &self.under * &other.under,
        )
    }

    pub fn times(&self, over: u64, under: u64) -> Self {
        Self::new(
            &self.over * BigInt::from(over),
            &self.under * BigInt::from(under),
        )
    }

    /// In ten-thousandths of a pound, rounded half to even.
    pub fn told(&self) -> i128 {
        let (floor, rest) = (&self.over * BigInt::from(100)).div_mod_floor(&self.under);
        let up = match (rest * BigInt::from(2)).cmp(&self.under) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => floor.is_odd(),
            std::cmp::Ordering::Greater => true,
        };
        i128::try_from(floor).unwrap() + i128::from(up)
    }

    /// Whether so many pence are no further away than half a penny.
    pub fn is_nearly(&self, pence: i64) -> bool {
        let off: BigInt = &self.over - BigInt::from(pence) * &self.under;
        off.abs() * BigInt::from(2) <= self.under
    }

    /// Whether so many pence are less than so many away.
    pub fn is_within(&self, least: u8, pence: i64) -> bool {
        let off: BigInt = &self.over - BigInt::from(pence) * &self.under;
        off.abs() < &self.under * BigInt::from(least)
    }

    pub fn is_whole(&self) -> bool {
        self.under == BigInt::from(1)
    }
}
