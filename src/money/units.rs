//! Thousands and millions of pounds: sums as a table of many says them.

use super::{Pence, with_separators};
use std::fmt;
use std::str::FromStr;

/// How coarsely a table says its sums. There is no default: who asks for none reads pounds and pence.
///
/// # Example: parts add up as they are said
///
/// ```
/// use wholeplace::money::{Pence, Units};
/// let thirds = [333_333_34, 333_333_33, 333_333_33].map(Pence::new);
/// let total = Pence::total(thirds)?;
/// assert_eq!(Units::Thousands.said(total), "1,000");
/// assert_eq!(Units::Thousands.parts_said(total, &thirds), ["334", "333", "333"]);
/// assert_eq!(Units::Millions.said(Pence::new(16_541_364_89)), "16.5");
/// assert_eq!(Units::Thousands.said(Pence::new(499_99)), "under 1");
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// Whole thousands of pounds.
    Thousands,
    /// Millions of pounds, to one decimal.
    Millions,
}

/// A word that is no unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a unit of pounds; write thousands or millions")]
pub struct UnitsError {
    /// What was written.
    pub found: String,
}

impl Units {
    /// As headings say it: `£ thousands`.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Thousands => "£ thousands",
            Self::Millions => "£ millions",
        }
    }

    /// A sum in these units, halves away from zero. What is not zero and comes to nothing is said to be
    /// under the least that is said.
    #[must_use]
    pub fn said(self, sum: Pence) -> String {
        self.written(nearest(sum, self.least()), sum)
    }

    /// Parts in these units that add up to their total in these units, by largest remainder. Where they do not
    /// add up in pence, each is said by itself.
    #[must_use]
    pub fn parts_said(self, total: Pence, parts: &[Pence]) -> Vec<String> {
        let numbers = self.parts(total, parts);
        (numbers.iter().zip(parts))
            .map(|(&number, &part)| self.written(number, part))
            .collect()
    }

    /// The same as numbers of the least that is said.
    pub(crate) fn parts(self, total: Pence, parts: &[Pence]) -> Vec<i128> {
        let sum: i128 = parts.iter().map(|part| i128::from(part.get())).sum();
        if sum == i128::from(total.get()) {
            parts_of(total, parts, self.least())
        } else {
            parts.iter().map(|part| self.number(*part)).collect()
        }
    }

    /// A sum as a number of the least that is said.
    pub(crate) fn number(self, sum: Pence) -> i128 {
        nearest(sum, self.least())
    }

    /// A number of the least that is said, in digits; `sum` is what it was rounded from.
    pub(crate) fn written(self, number: i128, sum: Pence) -> String {
        let least = match self {
            Self::Thousands => "1",
            Self::Millions => "0.1",
        };
        match (number, sum.get()) {
            (0, 1..) => return format!("under {least}"),
            (0, ..=-1) => return format!("over -{least}"),
            _ => {}
        }
        let sign = if number < 0 { "-" } else { "" };
        let size = u64::try_from(number.unsigned_abs()).unwrap_or(u64::MAX);
        match self {
            Self::Thousands => format!("{sign}{}", with_separators(size)),
            Self::Millions => format!("{sign}{}.{}", with_separators(size / 10), size % 10),
        }
    }

    /// The least that is said, in pence.
    const fn least(self) -> i128 {
        match self {
            Self::Thousands => 100_000,
            Self::Millions => 10_000_000,
        }
    }
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Thousands => "thousands",
            Self::Millions => "millions",
        })
    }
}

impl FromStr for Units {
    type Err = UnitsError;

    /// Reads `thousands` or `millions`, with a pound sign before it or without.
    fn from_str(text: &str) -> Result<Self, UnitsError> {
        match text.trim().trim_start_matches('£').trim() {
            "thousands" => Ok(Self::Thousands),
            "millions" => Ok(Self::Millions),
            _ => Err(UnitsError {
                found: text.to_owned(),
            }),
        }
    }
}

/// A sum in units of so many pence, halves away from zero.
pub(crate) fn nearest(sum: Pence, unit: i128) -> i128 {
    let pence = i128::from(sum.get());
    (pence + unit / 2 * pence.signum()) / unit
}

/// Parts in units of so many pence that add up to what their total is in them, by largest remainder.
pub(crate) fn parts_of(total: Pence, parts: &[Pence], unit: i128) -> Vec<i128> {
    let mut numbers: Vec<i128> = (parts.iter())
        .map(|part| i128::from(part.get()).div_euclid(unit))
        .collect();
    let mut left = nearest(total, unit) - numbers.iter().sum::<i128>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(i128::from(parts[i].get()).rem_euclid(unit)));
    for i in order {
        if left <= 0 {
            break;
        }
        numbers[i] += 1;
        left -= 1;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_said_in_thousands_and_millions() {
        let said = |units: Units, pence: i64| units.said(Pence::new(pence));
        for (pence, thousands, millions) in [
            (0, "0", "0.0"),
            (1, "under 1", "under 0.1"),
            (-1, "over -1", "over -0.1"),
            (49_999, "under 1", "under 0.1"),
            (50_000, "1", "under 0.1"),
            (-50_000, "-1", "over -0.1"),
            (4_999_999, "50", "under 0.1"),
            (5_000_000, "50", "0.1"),
            (123_456_789, "1,235", "1.2"),
            (-2_044_759_915, "-20,448", "-20.4"),
            (97_641_234_567, "976,412", "976.4"),
            (i64::MAX, "92,233,720,368,548", "92,233,720,368.5"),
        ] {
            assert_eq!(said(Units::Thousands, pence), thousands, "{pence}");
            assert_eq!(said(Units::Millions, pence), millions, "{pence}");
        }
    }

    #[test]
    fn parts_add_up_as_they_are_said_also_below_zero() {
        let parts = [140_000, 140_000, -60_000, 0, 40_000].map(Pence::new);
        let total = Pence::new(260_000);
        // 1.4 + 1.4 - 0.6 + 0 + 0.4 = 2.6 thousand, which is said as 3.
        assert_eq!(Units::Thousands.parts(total, &parts), [2, 2, -1, 0, 0]);
        let said = Units::Thousands.parts_said(total, &parts);
        assert_eq!(said, ["2", "2", "-1", "0", "under 1"]);
        // What does not add up in pence is not made to.
        let other = Units::Thousands.parts(Pence::new(900_000), &parts);
        assert_eq!(other, [1, 1, -1, 0, 0]);
    }

    #[test]
    fn units_are_read_as_headings_say_them() {
        for units in [Units::Thousands, Units::Millions] {
            assert_eq!(units.to_string().parse(), Ok(units));
            assert_eq!(units.heading().parse(), Ok(units));
        }
        let error = "pounds".parse::<Units>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`pounds` is not a unit of pounds; write thousands or millions"
        );
    }
}
