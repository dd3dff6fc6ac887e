//! Where a series goes if nothing changes: the baseline that "turning the curve" is held against.

use super::counted::{computed, nothing_but_rounding, seen, symmetric};
use super::trend::increasing;
use super::{Confidence, Estimate, StatisticError, Withheld, finite, student};

/// Forecasts one new observation on the straight line through a history.
///
/// The baseline of outcomes-based accountability: history, and what follows if nothing changes.
/// A curve is turned when the actual value lies outside this interval, in the good direction.
///
/// # Formula
///
/// ```text
/// ŷ = ȳ + b (t - t̄)            b = Σ (tᵢ - t̄)(yᵢ - ȳ) / Σ (tᵢ - t̄)²
/// ŷ ± t₍n₋₂₎ s √(1 + 1/n + (t - t̄)² / Σ (tᵢ - t̄)²)        s² = Σ residual² / (n - 2)
/// ```
///
/// # Units
///
/// - `history`: (time, value), times increasing, at least 3 points; the actual value that is to be
///   held against the forecast does not belong in it
/// - `at`: later than the history, in the same unit of time; returns the unit of the values
///
/// # Assumptions
///
/// - the line goes on, and values scatter about it evenly, normally and independently
///
/// # Where it fails
///
/// Neighbouring years are often alike (autocorrelation), and then the interval is too narrow. It
/// widens with the distance ahead, but not by as much as trends break: a few steps at most. A
/// proportion may be forecast below 0 or above 1. A history that lies exactly on a line would give an
/// interval of no width, which is an accident and not knowledge: there is a value without an interval,
/// and the reason. Exactly means within a thousand-millionth of the largest value.
///
/// # Errors
///
/// [`StatisticError::TooFew`] below 3 points; [`StatisticError::OutOfRange`] for times that do not
/// increase, or an `at` within the history; [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, forecast_linear_trend};
/// let history = [(2019.0, 41.0), (2020.0, 43.5), (2021.0, 43.0), (2022.0, 46.0), (2023.0, 47.5)];
/// let baseline = forecast_linear_trend(&history, 2024.0, Confidence::new(0.95)?)?;
/// assert_eq!(baseline.to_string(), "48.9 (44.8 to 52.9)");
/// let actual = 44.0;
/// let turned = baseline.interval().is_some_and(|interval| !interval.contains(actual));
/// assert!(turned);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Draper NR, Smith H. Applied Regression Analysis, 3rd edition. Wiley, 1998. Section 3.1.
///
/// Friedman M. Trying Hard Is Not Good Enough. Trafford, 2005 (the baseline and turning the curve).
pub fn forecast_linear_trend(
    history: &[(f64, f64)],
    at: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    let start = check(history, at, 3)?;
    let points = history.len() as f64;
    // Times are taken from the first, so that years lose no digits to their first two.
    let mean_time = history.iter().map(|(time, _)| time - start).sum::<f64>() / points;
    let mean_value = history.iter().map(|(_, value)| value).sum::<f64>() / points;
    let apart = |time: f64| time - start - mean_time;
    let mut spread = 0.0;
    let mut moment = 0.0;
    for (time, value) in history {
        spread += apart(*time) * apart(*time);
        moment += apart(*time) * (value - mean_value);
    }
    let slope = moment / spread;
    let line = |time: f64| mean_value + slope * apart(time);
    let ahead = apart(at) * apart(at) / spread;
    Baseline {
        value: line(at),
        residuals: (history.iter())
            .map(|(time, value)| value - line(*time))
            .collect(),
        freedom: points - 2.0,
        widening: 1.0 + points.recip() + ahead,
        method: "linear trend, prediction interval",
        exact: "the history lies exactly on a line: an interval of no width would be an accident, \
                not knowledge",
    }
    .estimate(history, confidence)
}

/// Forecasts one new observation at the level of a history, as if it had no trend.
///
/// The other baseline: for a series that goes up and down about one level. Choose between it and
/// [`forecast_linear_trend`] before the actual value is known.
///
/// # Formula
///
/// ```text
/// ȳ ± t₍n₋₁₎ s √(1 + 1/n)        s² = Σ (yᵢ - ȳ)² / (n - 1)
/// ```
///
/// # Units
///
/// - `history`: (time, value), times increasing, at least 2 points
/// - `at`: later than the history; the forecast is the same for every such time
///
/// # Assumptions
///
/// - values scatter about one level evenly, normally and independently
///
/// # Where it fails
///
/// A series with a trend leaves its level in the end, and neighbouring years that are alike make the
/// interval too narrow. A history of equal values has no interval, as one that lies on a line has none
/// with [`forecast_linear_trend`].
///
/// # Errors
///
/// [`StatisticError::TooFew`] below 2 points; [`StatisticError::OutOfRange`] for times that do not
/// increase, or an `at` within the history; [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, forecast_level};
/// let history = [(2020.0, 43.5), (2021.0, 43.0), (2022.0, 46.0), (2023.0, 44.5)];
/// let baseline = forecast_level(&history, 2024.0, Confidence::new(0.95)?)?;
/// assert_eq!(baseline.to_string(), "44.2 (39.5 to 49.0)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Hahn GJ, Meeker WQ. Statistical Intervals: A Guide for Practitioners. Wiley, 1991. Chapter 4.
pub fn forecast_level(
    history: &[(f64, f64)],
    at: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    check(history, at, 2)?;
    let points = history.len() as f64;
    let mean = history.iter().map(|(_, value)| value).sum::<f64>() / points;
    Baseline {
        value: mean,
        residuals: history.iter().map(|(_, value)| value - mean).collect(),
        freedom: points - 1.0,
        widening: 1.0 + points.recip(),
        method: "level, prediction interval",
        exact: "the history is exactly level: an interval of no width would be an accident, not \
                knowledge",
    }
    .estimate(history, confidence)
}

/// A forecast before its interval is made.
struct Baseline {
    value: f64,
    residuals: Vec<f64>,
    freedom: f64,
    /// By how much the variance of one new observation exceeds that of the residuals.
    widening: f64,
    method: &'static str,
    /// Why there is no interval where no residual differs from zero.
    exact: &'static str,
}

impl Baseline {
    fn estimate(
        self,
        history: &[(f64, f64)],
        confidence: Confidence,
    ) -> Result<Estimate, StatisticError> {
        let value = computed(self.value)?;
        let scale = (history.iter()).fold(0.0_f64, |most, (_, value)| most.max(value.abs()));
        if nothing_but_rounding(self.residuals.iter().copied(), scale) {
            let why = Withheld::Because {
                words: self.exact.to_owned(),
            };
            let method = self.method;
            return Ok(Estimate::without_interval(value, confidence, method, why));
        }
        let squares: f64 = (self.residuals.iter())
            .map(|residual| residual.powi(2))
            .sum();
        symmetric(
            value,
            student::quantile(confidence, self.freedom)?,
            seen((squares / self.freedom * self.widening).sqrt())?,
            confidence,
            self.method,
        )
    }
}

/// The first time of a history that can be forecast from, to a time after it.
fn check(history: &[(f64, f64)], at: f64, needed: usize) -> Result<f64, StatisticError> {
    let times: Vec<f64> = history.iter().map(|(time, _)| *time).collect();
    increasing(&times, "points of a history", needed)?;
    for (_, value) in history {
        finite("a value of the history", *value)?;
    }
    finite("the time of a forecast", at)?;
    if times.last().is_some_and(|last| at <= *last) {
        return Err(StatisticError::OutOfRange {
            what: "the time of a forecast",
            given: at,
            allowed: "later than the history",
        });
    }
    Ok(times.first().copied().unwrap_or_default())
}
