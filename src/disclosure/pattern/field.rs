//! Whole numbers modulo a prime: what is zero exactly is zero here, and what is not hardly ever is.

use crate::money::Ratio;
use num_bigint::BigUint;
use num_traits::{Signed, ToPrimitive};

/// The numbers modulo 2^BITS − 1, which must be a prime: 61 and 31 bits are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<const BITS: u32>;

impl<const BITS: u32> Field<BITS> {
    const PRIME: u64 = (1 << BITS) - 1;

    pub(super) const fn add(a: u64, b: u64) -> u64 {
        let sum = a + b;
        if sum >= Self::PRIME {
            sum - Self::PRIME
        } else {
            sum
        }
    }

    pub(super) const fn negated(a: u64) -> u64 {
        if a == 0 { 0 } else { Self::PRIME - a }
    }

    pub(super) const fn times(a: u64, b: u64) -> u64 {
        let product = a as u128 * b as u128;
        // 2^BITS is one.
        let folded = (product as u64 & Self::PRIME) + (product >> BITS) as u64;
        if folded >= Self::PRIME {
            folded - Self::PRIME
        } else {
            folded
        }
    }

    /// One over `a`, by Fermat's little theorem; zero for zero.
    pub(super) const fn inverse(a: u64) -> u64 {
        let (mut power, mut square, mut exponent) = (1, a, Self::PRIME - 2);
        while exponent > 0 {
            if exponent & 1 == 1 {
                power = Self::times(power, square);
            }
            square = Self::times(square, square);
            exponent >>= 1;
        }
        power
    }

    pub(super) const fn of(number: i64) -> u64 {
        let size = number.unsigned_abs() % Self::PRIME;
        if number < 0 {
            Self::negated(size)
        } else {
            size
        }
    }

    fn of_big(number: &BigUint) -> u64 {
        match number.to_u64() {
            Some(small) => small % Self::PRIME,
            None => (number % BigUint::from(Self::PRIME))
                .to_u64()
                .unwrap_or_default(),
        }
    }

    /// A share; `None` where the prime divides its denominator.
    pub(super) fn of_ratio(ratio: &Ratio) -> Option<u64> {
        let (above, below) = ratio.lowest_terms();
        let size = Self::of_big(above.magnitude());
        let above = if above.is_negative() {
            Self::negated(size)
        } else {
            size
        };
        match Self::of_big(&below) {
            0 => None,
            1 => Some(above),
            below => Some(Self::times(above, Self::inverse(below))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_keep_their_sums() {
        type Large = Field<61>;
        let third = Large::of_ratio(&Ratio::new(1, 3)).unwrap();
        let sixth = Large::of_ratio(&Ratio::new(-1, 6)).unwrap();
        let half = Large::of_ratio(&Ratio::new(1, 2)).unwrap();
        // 1/3 + 1/3 − 1/6 = 1/2
        assert_eq!(Large::add(Large::add(third, third), sixth), half);
        assert_eq!(Large::times(half, 2), 1);
        assert_eq!(Large::add(Large::of(-5), Large::of(5)), 0);
        assert_eq!(Field::<31>::of((1 << 31) - 1), 0);
        assert_eq!(Field::<31>::of_ratio(&Ratio::new(1, (1 << 31) - 1)), None);
        assert_eq!(Field::<31>::times(Field::<31>::inverse(7), 7), 1);
    }
}
