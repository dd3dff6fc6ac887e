//! What draws tell: chances and spreads, with how far off they may be themselves.

use crate::money::Pence;
use crate::statistic::percentile;
use serde::Serialize;
use std::fmt;

/// How often something happened among draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Chance {
    /// In so many draws it did.
    pub happened: u32,
    /// Of so many.
    pub draws: u32,
}

impl Chance {
    /// From 0 to 1.
    #[must_use]
    pub fn share(self) -> f64 {
        match self.draws {
            0 => f64::NAN,
            draws => f64::from(self.happened) / f64::from(draws),
        }
    }

    /// The standard error that the number of draws leaves: of a share `p` of `n` draws, `√(p (1 − p) / n)`.
    #[must_use]
    pub fn error(self) -> f64 {
        let share = self.share();
        (share * (1.0 - share) / f64::from(self.draws)).sqrt()
    }

    /// Whether the draws are too few to tell it: it happened, or did not, in fewer than 25 of them, so that the
    /// smaller of the two is off by a fifth of itself or more. What is surely rarer than one in a thousand is told
    /// well enough.
    #[must_use]
    pub fn is_rough(self) -> bool {
        let rare = f64::from(self.happened.min(self.draws.saturating_sub(self.happened)));
        // About the upper limit of a rare count, with a confidence of 95 %.
        let most = rare + 2.0 * rare.sqrt() + 3.0;
        (1.0..25.0).contains(&rare) && most >= f64::from(self.draws) / 1_000.0
    }
}

impl fmt::Display for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // With none of n draws, the chance is below 3 / n with a confidence of 95 %: (1 − 3/n)ⁿ ≈ 0.05.
        // Rounded up, so that it stays a bound.
        let bound = (30_000.0 / f64::from(self.draws) - 1e-9).ceil() / 100.0;
        match self.happened {
            0 => write!(f, "below {bound:.2} %"),
            all if all == self.draws => write!(f, "above {:.2} %", 100.0 - bound),
            some => {
                // As many digits as its error leaves.
                let digits = if some.min(self.draws.saturating_sub(some)) < self.draws / 100 {
                    2
                } else {
                    1
                };
                let (share, error) = (self.share() * 100.0, self.error() * 100.0);
                write!(f, "{share:.digits$} % (± {error:.digits$})")
            }
        }
    }
}

/// How payments spread over draws.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Spread {
    /// Their mean, in pence.
    pub mean: f64,
    /// The standard error that the number of draws leaves in it.
    pub mean_error: f64,
    /// Below which a tenth of them lie, in pence (type 7).
    pub p10: f64,
    /// The half.
    pub p50: f64,
    /// Nine tenths.
    pub p90: f64,
}

impl Spread {
    /// Of payments in whole pence, in any order.
    pub(super) fn of(pence: &[i64]) -> Self {
        let mut sorted: Vec<f64> = pence.iter().map(|one| *one as f64).collect();
        sorted.sort_by(f64::total_cmp);
        let draws = sorted.len().max(1) as f64;
        let sum: i128 = pence.iter().map(|one| i128::from(*one)).sum();
        let mean = sum as f64 / draws;
        let squares: f64 = sorted.iter().map(|one| (one - mean).powi(2)).sum();
        Self {
            mean,
            mean_error: (squares / (draws - 1.0).max(1.0) / draws).sqrt(),
            p10: percentile(&sorted, 0.1),
            p50: percentile(&sorted, 0.5),
            p90: percentile(&sorted, 0.9),
        }
    }
}

/// A sum of drawn pence to the nearest whole one.
pub(super) fn to_pence(pence: f64) -> Pence {
    // Sums of an account are far below 2⁶³ pence; what is not is held at the end of the range.
    Pence::new(pence.round() as i64)
}
