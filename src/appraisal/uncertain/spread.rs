//! How a sum lies over all draws.

use crate::appraisal::pounds::in_pounds;
use crate::money::Ratio;
use crate::statistic::percentile;
use serde::Serialize;

/// How a sum of pence lies over all draws: an estimate, never an amount of an account.
///
/// Quantiles are of type 7 (Hyndman and Fan 1996): on the straight line between the two nearest draws.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Spread {
    /// A tenth of all draws is below.
    pub p10: f64,
    /// Half of all draws is below.
    pub p50: f64,
    /// A tenth of all draws is above.
    pub p90: f64,
    /// The mean.
    pub mean: f64,
    /// The standard error of the mean, from drawing alone.
    pub mean_error: f64,
    /// The standard deviation of the draws.
    pub deviation: f64,
}

impl Spread {
    /// Of all draws, in any order.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let number = (sorted.len().max(1)) as f64;
        // Summed in order of size, so that the order of draws does not matter.
        let mean = sorted.iter().sum::<f64>() / number;
        let squares: f64 = sorted
            .iter()
            .map(|value| (value - mean) * (value - mean))
            .sum();
        let deviation = (squares / (number - 1.0).max(1.0)).sqrt();
        Self {
            p10: percentile(&sorted, 0.1),
            p50: percentile(&sorted, 0.5),
            p90: percentile(&sorted, 0.9),
            mean,
            mean_error: deviation / number.sqrt(),
            deviation,
        }
    }
}

/// Floating pence as people read them, to whole pounds: draws say no more than that.
#[must_use]
pub(in crate::appraisal) fn rounded(pence: f64) -> String {
    if !pence.is_finite() {
        return "no number".to_owned();
    }
    // Far inside of what 128 bits hold.
    let pounds = (pence / 100.0).round().clamp(-1e20, 1e20) as i128;
    let text = in_pounds(&Ratio::new(pounds * 100, 1));
    text.strip_suffix(".00").unwrap_or(&text).to_owned()
}
