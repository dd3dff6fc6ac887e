//! Pounds in words, rounded so that parts still add up to their total.

use crate::money::{Pence, nearest, parts_of, with_separators};

/// How coarsely a sum is said, in pence, and the words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Tenths of a billion pounds.
    Billions,
    /// Tenths of a million pounds.
    Millions,
    /// Thousands of pounds.
    Thousands,
    /// Whole pounds.
    Pounds,
}

impl Unit {
    /// The unit in which a sum is said with three or four digits.
    pub fn of(sum: Pence) -> Self {
        match sum.get().unsigned_abs() {
            100_000_000_000.. => Self::Billions,
            100_000_000.. => Self::Millions,
            1_000_000.. => Self::Thousands,
            _ => Self::Pounds,
        }
    }

    const fn pence(self) -> i128 {
        match self {
            Self::Billions => 10_000_000_000,
            Self::Millions => 10_000_000,
            Self::Thousands => 100_000,
            Self::Pounds => 100,
        }
    }

    /// So many of the unit in words: `£16.5 million`, `£12 thousand`, `£480`.
    fn said(self, number: i128) -> String {
        let sign = if number < 0 { "-" } else { "" };
        let size = u64::try_from(number.unsigned_abs()).unwrap_or(u64::MAX);
        let tenths = || format!("{sign}£{}.{}", with_separators(size / 10), size % 10);
        match self {
            Self::Billions => tenths() + " billion",
            Self::Millions => tenths() + " million",
            Self::Thousands => format!("{sign}£{} thousand", with_separators(size)),
            Self::Pounds => format!("{sign}£{}", with_separators(size)),
        }
    }
}

/// A sum in words, rounded to its unit, halves away from zero: `£16.5 million`.
pub fn in_words(sum: Pence) -> String {
    let unit = Unit::of(sum);
    unit.said(nearest(sum, unit.pence()))
}

/// A sum in whole pounds, halves away from zero: `£1,234,567`.
pub fn whole_pounds(sum: Pence) -> String {
    Unit::Pounds.said(nearest(sum, Unit::Pounds.pence()))
}

/// Parts of a total in whole pounds that add up to the total in whole pounds, by largest remainder.
/// A part that comes to nothing is said to be under a pound, unless it is zero.
pub fn parts_in_pounds(total: Pence, parts: &[Pence]) -> Vec<String> {
    let unit = Unit::Pounds;
    let numbers = parts_of(total, parts, unit.pence());
    (numbers.iter().zip(parts))
        .map(|(&number, part)| match (number, part.get()) {
            (0, 1..) => "under £1".to_owned(),
            (0, ..=-1) => "under £1 of income".to_owned(),
            _ => unit.said(number),
        })
        .collect()
}

/// Shares in whole per cent that add up to 100, or nearly where some are under 1%: `None` for
/// those.
pub fn percents(sizes: &[u64]) -> Vec<Option<u64>> {
    let whole: u128 = sizes.iter().map(|&size| u128::from(size)).sum();
    if whole == 0 {
        return vec![None; sizes.len()];
    }
    let tiny = |size: u64| 100 * u128::from(size) < whole;
    let (mut weights, mut rest) = (Vec::with_capacity(sizes.len() + 1), 0_u64);
    for &size in sizes {
        weights.push(if tiny(size) { 0 } else { size });
        rest += if tiny(size) { size } else { 0 };
    }
    let share = |hundred: i64, weights: &[u64]| Pence::new(hundred).apportion(weights);
    weights.push(rest);
    let mut shares = share(100, &weights).unwrap_or_default();
    weights.pop();
    if rest > 0 && shares.last() == Some(&Pence::ZERO) {
        shares = share(99, &weights).unwrap_or_default();
    }
    (sizes.iter().zip(shares))
        .map(|(&size, share)| (!tiny(size)).then(|| share.get().unsigned_abs()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_said_in_thousands_and_millions() {
        let said = [
            1_654_136_489,
            42_876_407_632,
            12_671_000,
            48_049,
            -125_000_000,
            0,
        ]
        .map(|pence| in_words(Pence::new(pence)));
        assert_eq!(
            said,
            [
                "£16.5 million",
                "£428.8 million",
                "£127 thousand",
                "£480",
                "-£1.3 million",
                "£0"
            ]
        );
        assert_eq!(in_words(Pence::new(123_456_789_012)), "£1.2 billion");
    }

    /// What is said of the parts must add up to what is said of the total.
    #[test]
    fn rounded_parts_add_up() {
        let parts = [3_334, 3_333, 3_333].map(Pence::new);
        let said = parts_in_pounds(Pence::new(10_000), &parts);
        assert_eq!(said, ["£34", "£33", "£33"]);
        let parts = [123_456_749, -4_050, 1].map(Pence::new);
        let total = Pence::new(123_452_700);
        let said = parts_in_pounds(total, &parts);
        assert_eq!(said, ["£1,234,567", "-£40", "under £1"]);
    }

    #[test]
    fn percentages_add_up_or_say_that_some_are_under_one() {
        assert_eq!(percents(&[1, 1, 1]), [Some(34), Some(33), Some(33)]);
        assert_eq!(percents(&[844, 153, 3]), [Some(84), Some(15), None]);
        assert_eq!(percents(&[9_990, 10]), [Some(99), None]);
        assert_eq!(percents(&[5, 0]), [Some(100), None]);
        assert_eq!(percents(&[0, 0]), [None, None]);
    }
}
