//! A chance as counted among draws, with the error that counting leaves.

use serde::Serialize;
use std::fmt;

/// In how many of all draws something is so.
///
/// Prints as `97.3 % ± 0.2`: the share with its standard error, in percentage points. Where all draws say the
/// same that is no certainty: of `n` draws none says that the chance is below `3/n`, with 95 % confidence, and so it
/// prints.
///
/// # Formula
///
/// ```text
/// p = x / n        error = √(p (1 − p) / n)
/// ```
///
/// The error is that of drawing alone. What the ranges do not say is not in it.
///
/// # Example
///
/// ```
/// use wholeplace::appraisal::uncertain::Chance;
/// assert_eq!(Chance::new(9_730, 10_000).to_string(), "97.3 % ± 0.2");
/// assert_eq!(Chance::new(0, 10_000).to_string(), "0 % (below 0.03)");
/// assert_eq!(Chance::new(500, 500).to_string(), "100 % (above 99.4)");
/// ```
///
/// # Sources
///
/// Three over `n`: Hanley J, Lippman-Hand A. If nothing goes wrong, is everything all right? JAMA 1983; 249:
/// 1743–1745.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Chance {
    hits: u32,
    draws: u32,
}

impl Chance {
    /// So many hits; more than all draws count as all.
    #[must_use]
    pub fn new(hits: u32, draws: u32) -> Self {
        Self {
            hits: hits.min(draws),
            draws,
        }
    }

    /// Counts the values for which something is so.
    pub(super) fn of(values: &[f64], is_so: impl Fn(f64) -> bool) -> Self {
        let hits = values.iter().filter(|value| is_so(**value)).count();
        let whole = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self::new(whole(hits), whole(values.len()))
    }

    /// The share of draws, from 0 to 1; nothing of no draws.
    #[must_use]
    pub fn share(self) -> f64 {
        match self.draws {
            0 => 0.0,
            draws => f64::from(self.hits) / f64::from(draws),
        }
    }

    /// Its standard error, from drawing alone.
    #[must_use]
    pub fn error(self) -> f64 {
        let share = self.share();
        (share * (1.0 - share) / f64::from(self.draws.max(1))).sqrt()
    }

    /// In how many draws it was so.
    #[must_use]
    pub fn hits(self) -> u32 {
        self.hits
    }

    /// Of how many draws.
    #[must_use]
    pub fn draws(self) -> u32 {
        self.draws
    }

    /// How many draws it would take for the rarer side of this chance to be known to a tenth of itself;
    /// nothing where there are as many, or where all draws say the same.
    ///
    /// # Example: 500 draws for a chance of 1 %
    ///
    /// ```
    /// use wholeplace::appraisal::uncertain::Chance;
    /// assert_eq!(Chance::new(5, 500).needs(), Some(10_000));
    /// assert_eq!(Chance::new(250, 500).needs(), None);
    /// ```
    #[must_use]
    pub fn needs(self) -> Option<u32> {
        // The error of a rare count x is about √x, a tenth of it from 100 up.
        const COUNTED: u64 = 100;
        let rarer = self.hits.min(self.draws - self.hits);
        if rarer == 0 || u64::from(rarer) >= COUNTED {
            return None;
        }
        let needed = (COUNTED * u64::from(self.draws)).div_ceil(u64::from(rarer));
        Some(u32::try_from(needed).unwrap_or(u32::MAX))
    }
}

impl fmt::Display for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per_cent = 100.0 * self.share();
        let error = 100.0 * self.error();
        // A rare chance and its bound need the second decimal.
        let beyond = 300.0 / f64::from(self.draws.max(1));
        let decimals = if error.max(beyond) < 0.1 { 2 } else { 1 };
        let text = match self.hits {
            0 => format!("0 % (below {beyond:.decimals$})"),
            hits if hits == self.draws => format!("100 % (above {:.decimals$})", 100.0 - beyond),
            _ if error < 0.05 => format!("{per_cent:.2} % ± {error:.2}"),
            _ => format!("{per_cent:.1} % ± {error:.1}"),
        };
        f.pad(&text)
    }
}
