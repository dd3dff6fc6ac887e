//! How counts scatter around what they should be: tables of chances, and draws from them.

use super::{StatisticError, count_of, finite};
use serde::{Deserialize, Serialize};
use statrs::function::beta::ln_beta;
use statrs::function::gamma::ln_gamma;
use std::fmt;

/// How a count scatters around what it should be.
///
/// # Formula
///
/// ```text
/// binomial           variance n p (1 − p)
/// over-dispersed     beta-binomial, variance d n p (1 − p)
/// Poisson            variance m = n r
/// over-dispersed     negative binomial, variance d m
/// ```
///
/// # Sources
///
/// Johnson NL, Kemp AW, Kotz S. Univariate Discrete Distributions, third edition. Wiley, 2005, chapters 3
/// to 6.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noise {
    /// It does not: the count is what it should be, rounded to a whole number.
    None,
    /// People who each count once, independently of each other.
    Binomial,
    /// The same, of people who are like each other: the variance is so many times as large.
    BinomialOverDispersed(f64),
    /// Events that happen independently of each other.
    Poisson,
    /// The same, of people some of whom have many: the variance is so many times as large.
    PoissonOverDispersed(f64),
}

impl Noise {
    /// Whether a count of it cannot be above the number of people.
    #[must_use]
    pub fn counts_people(self) -> bool {
        matches!(self, Self::Binomial | Self::BinomialOverDispersed(_))
    }
}

impl fmt::Display for Noise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Binomial => f.write_str("binomial"),
            Self::BinomialOverDispersed(times) => {
                write!(f, "binomial, variance times {times}")
            }
            Self::Poisson => f.write_str("Poisson"),
            Self::PoissonOverDispersed(times) => write!(f, "Poisson, variance times {times}"),
        }
    }
}

/// The chance of each count, from the least to the greatest that is not all but impossible.
#[derive(Clone, Debug)]
pub(crate) struct CountChances {
    first: u64,
    /// The chance of at most so many, from the first on; the last is 1.
    cumulative: Vec<f64>,
}

/// Counts so far from what they should be are left out: less than one in 10¹⁵ lies beyond, also where
/// the tail is that of a geometric distribution.
const SPREADS: f64 = 40.0;

/// No table is longer: half a gigabyte of chances serves nobody.
const MOST_COUNTS: f64 = 5_000_000.0;

impl CountChances {
    /// The chances of a count among `people` who have it at a `rate` each.
    ///
    /// # Errors
    ///
    /// [`StatisticError::OutOfRange`] for a share above 1 of people who count once, for a variance that
    /// is not larger than without over-dispersion, and for too many counts;
    /// [`StatisticError::Negative`], [`StatisticError::NotFinite`].
    pub(crate) fn of(noise: Noise, people: u64, rate: f64) -> Result<Self, StatisticError> {
        count_of("rate", rate)?;
        if noise.counts_people() && rate > 1.0 {
            return Err(StatisticError::OutOfRange {
                what: "share of people who count once",
                given: rate,
                allowed: "at most 1",
            });
        }
        // Exact below 2⁵³ people.
        let n = people as f64;
        let mean = n * rate;
        if mean == 0.0 || noise == Noise::None || noise.counts_people() && rate == 1.0 {
            return Ok(Self::only(finite("expected count", mean)?.round() as u64));
        }
        match noise {
            Noise::None => Ok(Self::only(mean.round() as u64)),
            Noise::Binomial => {
                let chance = |k: f64| {
                    ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
                        + k * rate.ln()
                        + (n - k) * (-rate).ln_1p()
                };
                Self::around(mean, (mean * (1.0 - rate)).sqrt(), Some(people), chance)
            }
            Noise::BinomialOverDispersed(times) => {
                dispersion(times)?;
                // The variance of beta-binomial counts is 1 + (n − 1) ρ times that of binomial ones.
                let alike = (times - 1.0) / (n - 1.0);
                if alike.partial_cmp(&1.0) != Some(std::cmp::Ordering::Less) {
                    return Err(StatisticError::OutOfRange {
                        what: "dispersion of people who count once",
                        given: times,
                        allowed: "below the number of people",
                    });
                }
                let size = 1.0 / alike - 1.0;
                let (a, b) = (rate * size, (1.0 - rate) * size);
                let chance = |k: f64| {
                    ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
                        + ln_beta(k + a, n - k + b)
                        - ln_beta(a, b)
                };
                let spread = (times * mean * (1.0 - rate)).sqrt();
                Self::around(mean, spread, Some(people), chance)
            }
            Noise::Poisson => {
                let chance = |k: f64| k * mean.ln() - mean - ln_gamma(k + 1.0);
                Self::around(mean, mean.sqrt(), None, chance)
            }
            Noise::PoissonOverDispersed(times) => {
                dispersion(times)?;
                let size = mean / (times - 1.0);
                let chance = |k: f64| {
                    ln_gamma(k + size) - ln_gamma(k + 1.0) - ln_gamma(size) - size * times.ln()
                        + k * (1.0 - 1.0 / times).ln()
                };
                Self::around(mean, (times * mean).sqrt(), None, chance)
            }
        }
    }

    fn only(count: u64) -> Self {
        Self {
            first: count,
            cumulative: vec![1.0],
        }
    }

    fn around(
        mean: f64,
        spread: f64,
        most: Option<u64>,
        ln_chance: impl Fn(f64) -> f64,
    ) -> Result<Self, StatisticError> {
        let reach = SPREADS * spread + SPREADS;
        let low = (mean - reach).max(0.0).floor();
        let high = match most {
            Some(most) => (mean + reach).min(most as f64).ceil(),
            None => (mean + reach).ceil(),
        };
        if finite("expected count", high)? - low > MOST_COUNTS {
            return Err(StatisticError::OutOfRange {
                what: "number of counts that may come out",
                given: high - low,
                allowed: "at most 5,000,000",
            });
        }
        let first = low as u64;
        let mut sum = 0.0;
        let mut cumulative: Vec<f64> = (first..=high as u64)
            .map(|count| {
                sum += ln_chance(count as f64).exp();
                sum
            })
            .collect();
        // The chances beyond are given to all alike.
        cumulative.iter_mut().for_each(|chance| *chance /= sum);
        Ok(Self { first, cumulative })
    }

    /// The count at a number evenly drawn between 0 and 1: the least that is reached with that chance.
    pub(crate) fn at(&self, evenly: f64) -> u64 {
        let below = self
            .cumulative
            .partition_point(|chance| *chance < evenly)
            .min(self.cumulative.len().saturating_sub(1));
        self.first + u64::try_from(below).unwrap_or(0)
    }

    /// Each count with its chance.
    pub(crate) fn each(&self) -> impl Iterator<Item = (u64, f64)> + '_ {
        let mut before = 0.0;
        (self.first..)
            .zip(&self.cumulative)
            .map(move |(count, up_to)| {
                let chance = up_to - before;
                before = *up_to;
                (count, chance)
            })
    }
}

fn dispersion(times: f64) -> Result<(), StatisticError> {
    if finite("dispersion", times)? > 1.0 {
        return Ok(());
    }
    Err(StatisticError::OutOfRange {
        what: "dispersion",
        given: times,
        allowed: "above 1; without it counts are not over-dispersed",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(chances: &CountChances) -> (f64, f64) {
        let mean: f64 = chances.each().map(|(k, p)| k as f64 * p).sum();
        let variance = chances.each().map(|(k, p)| (k as f64 - mean).powi(2) * p);
        (mean, variance.sum())
    }

    #[test]
    fn means_and_variances_are_those_of_the_books() {
        for (noise, people, rate, variance) in [
            (Noise::Binomial, 200, 0.4, 48.0),
            (Noise::BinomialOverDispersed(1.5), 200, 0.4, 72.0),
            (Noise::Poisson, 1_000, 1.55, 1_550.0),
            (Noise::PoissonOverDispersed(3.0), 1_000, 1.55, 4_650.0),
            (Noise::PoissonOverDispersed(9.0), 10, 0.1, 9.0),
        ] {
            let (mean, found) = moments(&CountChances::of(noise, people, rate).unwrap());
            let expected = people as f64 * rate;
            // Sums of at most ten thousand chances, each good to some 14 digits.
            assert!((mean - expected).abs() < 1e-6 * expected, "{noise}: {mean}");
            assert!(
                (found - variance).abs() < 1e-5 * variance,
                "{noise}: {found}"
            );
        }
    }

    #[test]
    fn chances_are_those_of_the_formula() {
        // Three of ten at a half: 120 / 1024.
        let chances = CountChances::of(Noise::Binomial, 10, 0.5).unwrap();
        let three = chances.each().find(|(count, _)| *count == 3).unwrap().1;
        assert!((three - 120.0 / 1024.0).abs() < 1e-12);
        // None where two are expected: exp(-2).
        let chances = CountChances::of(Noise::Poisson, 4, 0.5).unwrap();
        let none = chances.each().next().unwrap();
        assert_eq!(none.0, 0);
        assert!((none.1 - (-2.0_f64).exp()).abs() < 1e-12);
        assert_eq!(chances.at(0.1), 0);
        assert_eq!(chances.at(0.14), 1);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(CountChances::of(Noise::Binomial, 10, 1.1).is_err());
        assert!(CountChances::of(Noise::Poisson, 10, -0.1).is_err());
        assert!(CountChances::of(Noise::PoissonOverDispersed(1.0), 10, 0.1).is_err());
        assert!(CountChances::of(Noise::BinomialOverDispersed(12.0), 10, 0.1).is_err());
        assert!(CountChances::of(Noise::Poisson, u64::MAX, 1.0).is_err());
        assert_eq!(
            CountChances::of(Noise::Binomial, 10, 1.0).unwrap().at(0.3),
            10
        );
        assert_eq!(CountChances::of(Noise::None, 10, 0.26).unwrap().at(0.9), 3);
    }
}
