//! Cells as amounts: the plain form at once, every other form exactly.

use super::layout::{AmountsAlone, Sign};
use crate::money::{AmountError, ExcessDecimals, Pence, parse_amount, to_pence};
use rust_decimal::Decimal;

/// How the amounts of a ledger are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) sign: Sign,
    pub(super) excess: ExcessDecimals,
    pub(super) alone: Option<AmountsAlone>,
}

/// An amount in whole pence, and what rounding to the penny took away, in pounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) pence: Pence,
    pub(super) taken: Decimal,
}

impl std::ops::Neg for Amount {
    type Output = Self;
    fn neg(self) -> Self {
        Self {
            pence: -self.pence,
            taken: -self.taken,
        }
    }
}

/// Why a cell gives no amount, and the money it would be where that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoAmount {
    pub(super) why: AmountError,
    pub(super) at_stake: Option<Pence>,
}

/// Reads the cell of an amount.
pub(super) fn read(cell: &str, excess: ExcessDecimals) -> Result<Amount, NoAmount> {
    if let Some(pence) = plain(cell.as_bytes()) {
        return Ok(Amount {
            pence: Pence::new(pence),
            taken: Decimal::ZERO,
        });
    }
    let unknown = |why| NoAmount {
        why,
        at_stake: None,
    };
    let pounds = parse_amount(cell).map_err(unknown)?;
    match to_pence(pounds, excess) {
        Ok((pence, taken)) => Ok(Amount { pence, taken }),
        Err(why @ AmountError::ExcessDecimals) => Err(NoAmount {
            why,
            at_stake: to_pence(pounds, ExcessDecimals::HalfEven)
                .ok()
                .map(|(pence, _)| pence),
        }),
        Err(why) => Err(unknown(why)),
    }
}

/// `1234`, `1234.5` and `-1234.56`, up to fifteen digits, without going through decimals: nine in
/// ten cells of a ledger.
fn plain(cell: &[u8]) -> Option<i64> {
    let (negative, digits) = match cell.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, cell),
    };
    let (pounds, decimals) = match digits.iter().position(|&b| b == b'.') {
        Some(point) => (&digits[..point], &digits[point + 1..]),
        None => (digits, &[][..]),
    };
    if pounds.is_empty() || pounds.len() > 15 || decimals.len() > 2 {
        return None;
    }
    let mut pence = 0i64;
    for digit in pounds.iter().chain(decimals) {
        if !digit.is_ascii_digit() {
            return None;
        }
        pence = pence * 10 + i64::from(digit - b'0');
    }
    for _ in decimals.len()..2 {
        pence *= 10;
    }
    Some(if negative { -pence } else { pence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_is_the_long_way(cell in "-?[0-9]{0,17}(\\.[0-9]{0,3})?") {
            if let Some(pence) = plain(cell.as_bytes()) {
                let long = to_pence(parse_amount(&cell).unwrap(), ExcessDecimals::Refuse);
                prop_assert_eq!(long, Ok((Pence::new(pence), Decimal::ZERO)), "{}", cell);
            }
        }
    }

    #[test]
    fn what_is_refused_says_what_it_would_be() {
        let refused = read("1.005", ExcessDecimals::Refuse).unwrap_err();
        assert_eq!(refused.at_stake, Some(Pence::new(100)));
        let taken = read("1.006", ExcessDecimals::HalfEven).unwrap();
        assert_eq!(
            (taken.pence, taken.taken.to_string()),
            (Pence::new(101), "-0.004".into())
        );
        assert_eq!(
            read("1E+30", ExcessDecimals::Refuse).unwrap_err().why,
            AmountError::TooLarge
        );
    }
}
