//! Whether a series rises or falls over time.

use super::counted::{computed, symmetric};
use super::{Confidence, Estimate, Measured, Proportion, StatisticError, finite};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};
use std::fmt;

/// The fewest points of which a trend is told: five, that do not overlap.
///
/// The rule of the "recent trend" on the public health profiles of England (Fingertips): at least
/// five independent points, without a break in the series. With fewer, whether a trend is found
/// says more about the number of points than about the place.
pub const TREND_POINTS: usize = 5;

/// Which way a series goes. Whether that is good is for the indicator's polarity to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrendDirection {
    /// It rises, beyond chance at the confidence asked for.
    Rising,
    /// It falls, beyond chance at the confidence asked for.
    Falling,
    /// Chance alone may have made its slope. That is not the same as a level series.
    NoSignificantTrend,
}

impl fmt::Display for TrendDirection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
            Self::NoSignificantTrend => "no significant trend",
        })
    }
}

/// The slope of a series and its test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Trend {
    /// Change for each unit of time. Its interval uses the variance of the test, so it holds zero
    /// exactly when [`direction`](Self::direction) is [`TrendDirection::NoSignificantTrend`].
    pub slope: Estimate,
    /// The square of slope over its standard error: chi-squared with one degree of freedom.
    pub chi_squared: f64,
    /// How often chance alone would give a slope as steep, in either direction; from 0 to 1.
    pub p_value: f64,
    /// Which way it goes, at the confidence of the slope.
    pub direction: TrendDirection,
}

impl Trend {
    fn tested(
        slope: f64,
        standard_error: f64,
        confidence: Confidence,
        method: &str,
    ) -> Result<Self, StatisticError> {
        let deviate = computed(slope / standard_error)?;
        let slope = symmetric(slope, confidence.z(), standard_error, confidence, method)?;
        let direction = match slope.interval() {
            Some(interval) if interval.lower > 0.0 => TrendDirection::Rising,
            Some(interval) if interval.upper < 0.0 => TrendDirection::Falling,
            _ => TrendDirection::NoSignificantTrend,
        };
        Ok(Self {
            slope,
            chi_squared: computed(deviate * deviate)?,
            // Both tails of the normal are the tail of chi-squared; taken from below, small
            // probabilities keep their digits.
            p_value: 2.0 * Normal::standard().cdf(-deviate.abs()),
            direction,
        })
    }
}

/// Tests whether proportions rise or fall over time: the Cochran–Armitage test.
///
/// For the "recent trend" of an indicator whose counts are known: the share who reoffend, are not
/// in work, or are ready for school, year by year.
///
/// # Formula
///
/// ```text
/// t̄    = Σ nᵢ tᵢ / Σ nᵢ              p = Σ xᵢ / Σ nᵢ
/// slope = Σ xᵢ (tᵢ - t̄) / Σ nᵢ (tᵢ - t̄)²
/// χ²    = [Σ xᵢ (tᵢ - t̄)]² / (p (1 - p) Σ nᵢ (tᵢ - t̄)²)        1 degree of freedom
/// ```
///
/// # Units
///
/// - `points`: (time, events among people), times increasing, in any unit; [`TREND_POINTS`] or more
/// - slope: proportion per unit of time
///
/// # Assumptions
///
/// - points do not overlap: no rolling averages, no person counted in two of them
/// - the series has no break: the same definition and boundary throughout
/// - the change is about linear
///
/// # Where it fails
///
/// A series that falls and rises again has no slope. Of very many people the smallest change is
/// significant; read the slope too. Where people come in clusters, it finds trends too often.
///
/// # Errors
///
/// [`StatisticError::TooFew`] below five points; [`StatisticError::OutOfRange`] for times that do
/// not increase; [`StatisticError::Undefined`] where there is no event at all, or nothing else.
///
/// # Example
///
/// The same percentages, of a hundred people a year and of a thousand:
///
/// ```
/// use wholeplace::statistic::{Confidence, TrendDirection, Proportion, trend_of_proportions};
/// let confidence = Confidence::new(0.95)?;
/// let of = |people: f64| {
///     let shares = [(2019.0, 0.46), (2020.0, 0.44), (2021.0, 0.41), (2022.0, 0.39), (2023.0, 0.34)];
///     let points: Result<Vec<_>, _> = shares
///         .map(|(year, share)| Ok((year, Proportion::new(share * people, people)?)))
///         .into_iter()
///         .collect();
///     trend_of_proportions(&points?, confidence)
/// };
/// let few = of(100.0)?;
/// assert_eq!(format!("{:.3}", few.slope), "-0.029 (-0.059 to 0.001)");
/// assert_eq!(few.direction, TrendDirection::NoSignificantTrend);
/// assert_eq!(of(1_000.0)?.direction, TrendDirection::Falling);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Armitage P. Tests for linear trends in proportions and frequencies. Biometrics 11, 1955,
/// 375–386.
///
/// Cochran WG. Some methods for strengthening the common χ² tests. Biometrics 10, 1954, 417–451.
pub fn trend_of_proportions(
    points: &[(f64, Proportion)],
    confidence: Confidence,
) -> Result<Trend, StatisticError> {
    let times: Vec<f64> = points.iter().map(|(time, _)| *time).collect();
    increasing(&times, "points of a trend", TREND_POINTS)?;
    let events: f64 = points.iter().map(|(_, at)| at.events()).sum();
    let people: f64 = points.iter().map(|(_, at)| at.people()).sum();
    if events <= 0.0 || events >= people {
        return Err(StatisticError::Undefined(
            "no event at any point, or nothing but events: a trend cannot be tested",
        ));
    }
    let overall = events / people;
    // Times are taken from the first, so that years lose no digits to their first two.
    let start = times.first().copied().unwrap_or_default();
    let weighted = |(time, at): &(f64, Proportion)| at.people() * (time - start);
    let mean = points.iter().map(weighted).sum::<f64>() / people;
    let mut moment = 0.0;
    let mut spread = 0.0;
    for (time, at) in points {
        let apart = time - start - mean;
        moment += at.events() * apart;
        spread += at.people() * apart * apart;
    }
    let standard_error = (overall * (1.0 - overall) / spread).sqrt();
    Trend::tested(
        moment / spread,
        standard_error,
        confidence,
        "Cochran-Armitage",
    )
}

/// Tests whether estimates rise or fall over time: regression weighted by their precision.
///
/// For indicators that are no proportions, or are published with limits only
/// ([`Measured::from_limits`]): rates, means, standardised rates.
///
/// # Formula
///
/// ```text
/// wᵢ = 1 / seᵢ²         t̄ = Σ wᵢ tᵢ / Σ wᵢ
/// slope = Σ wᵢ (tᵢ - t̄) yᵢ / Σ wᵢ (tᵢ - t̄)²        var = 1 / Σ wᵢ (tᵢ - t̄)²
/// χ²    = slope² / var                              1 degree of freedom
/// ```
///
/// # Units
///
/// - `points`: (time, estimate), times increasing, in any unit; [`TREND_POINTS`] or more
/// - slope: unit of the estimates per unit of time
///
/// # Assumptions
///
/// - the standard errors hold all the chance there is: if years differ for other reasons too, it
///   finds trends too often
/// - points do not overlap and the series has no break; the change is about linear
///
/// # Where it fails
///
/// Where standard errors come from the values themselves (rates of few events), low values weigh too
/// much.
///
/// # Errors
///
/// [`StatisticError::TooFew`] below five points; [`StatisticError::OutOfRange`] for times that do
/// not increase and for a standard error of zero.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, TrendDirection, Measured, trend_of_estimates};
/// let points = [
///     (2019.0, Measured::new(410.0, 12.0)?),
///     (2020.0, Measured::new(405.0, 12.0)?),
///     (2021.0, Measured::new(421.0, 11.0)?),
///     (2022.0, Measured::new(436.0, 11.0)?),
///     (2023.0, Measured::new(448.0, 10.0)?),
/// ];
/// let trend = trend_of_estimates(&points, Confidence::new(0.95)?)?;
/// assert_eq!(trend.slope.to_string(), "10.9 (4.0 to 17.8)");
/// assert_eq!(trend.direction, TrendDirection::Rising);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Draper NR, Smith H. Applied Regression Analysis, 3rd edition. Wiley, 1998. Section 9.2.
pub fn trend_of_estimates(
    points: &[(f64, Measured)],
    confidence: Confidence,
) -> Result<Trend, StatisticError> {
    let times: Vec<f64> = points.iter().map(|(time, _)| *time).collect();
    increasing(&times, "points of a trend", TREND_POINTS)?;
    if points.iter().any(|(_, at)| at.standard_error() <= 0.0) {
        return Err(StatisticError::OutOfRange {
            what: "a standard error",
            given: 0.0,
            allowed: "above zero for a weighted trend",
        });
    }
    let weight = |at: &Measured| at.standard_error().powi(-2);
    let start = times.first().copied().unwrap_or_default();
    let weights: f64 = points.iter().map(|(_, at)| weight(at)).sum();
    let mean = |of: fn(f64, f64) -> f64| {
        let weighted = points.iter();
        let weighted = weighted.map(|(time, at)| weight(at) * of(time - start, at.value()));
        weighted.sum::<f64>() / weights
    };
    let (mean_time, mean_value) = (mean(|time, _| time), mean(|_, value| value));
    let mut moment = 0.0;
    let mut spread = 0.0;
    for (time, at) in points {
        let apart = time - start - mean_time;
        moment += weight(at) * apart * (at.value() - mean_value);
        spread += weight(at) * apart * apart;
    }
    Trend::tested(
        moment / spread,
        spread.recip().sqrt(),
        confidence,
        "weighted regression",
    )
}

/// Refuses times that are too few, no numbers, or not each later than the one before.
pub(super) fn increasing(
    times: &[f64],
    what: &'static str,
    needed: usize,
) -> Result<(), StatisticError> {
    if times.len() < needed {
        return Err(StatisticError::TooFew {
            what,
            needed,
            given: times.len(),
        });
    }
    for time in times {
        finite("a time", *time)?;
    }
    for (before, time) in times.iter().zip(times.iter().skip(1)) {
        if time <= before {
            return Err(StatisticError::OutOfRange {
                what: "a time",
                given: *time,
                allowed: "later than the time before it",
            });
        }
    }
    Ok(())
}
