//! How sure an interval is meant to be.

use super::StatisticError;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use std::fmt;
use std::str::FromStr;

/// A level of confidence: a number between 0 and 1, given by whoever asks. There is no default.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::Confidence;
/// let confidence = Confidence::new(0.95)?;
/// assert_eq!(confidence.to_string(), "95%");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: 95 is refused
///
/// ```
/// # use wholeplace::statistic::Confidence;
/// let error = Confidence::new(95.0).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "confidence 95 is not between 0 and 1; for 95% write 0.95"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Confidence(f64);

impl Confidence {
    /// A level between 0 and 1, both excluded.
    ///
    /// # Errors
    ///
    /// [`StatisticError::Confidence`] for anything else.
    pub fn new(level: f64) -> Result<Self, StatisticError> {
        if level > 0.0 && level < 1.0 {
            Ok(Self(level))
        } else {
            Err(StatisticError::Confidence { given: level })
        }
    }

    /// The number between 0 and 1.
    #[must_use]
    pub fn level(self) -> f64 {
        self.0
    }

    /// The probability left on each side: 0.025 of 0.95.
    #[must_use]
    pub fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }

    /// The quantile of the normal distribution above which the tail lies: 1.959964 of 0.95.
    #[must_use]
    pub fn z(self) -> f64 {
        // By symmetry, from the lower tail: 1 - tail would lose digits near 1.
        -Normal::standard().inverse_cdf(self.tail())
    }

    /// The same quantile of Student's t with so many degrees of freedom.
    pub(super) fn t(self, freedom: f64) -> Result<f64, StatisticError> {
        let student = StudentsT::new(0.0, 1.0, freedom).map_err(|_| StatisticError::TooFew {
            what: "observations for an interval",
            needed: 2,
            given: 1,
        })?;
        Ok(-student.inverse_cdf(self.tail()))
    }
}

impl TryFrom<f64> for Confidence {
    type Error = StatisticError;
    fn try_from(level: f64) -> Result<Self, StatisticError> {
        Self::new(level)
    }
}

impl From<Confidence> for f64 {
    fn from(confidence: Confidence) -> Self {
        confidence.0
    }
}

impl FromStr for Confidence {
    type Err = StatisticError;
    /// Reads `0.95`; `95` and `95%` are refused.
    fn from_str(text: &str) -> Result<Self, StatisticError> {
        let text = text.trim();
        // `95%` is a number too, and is refused as 95 is.
        let number = text.strip_suffix('%').unwrap_or(text).trim();
        match number.parse() {
            Ok(level) => Self::new(level),
            Err(_) => Err(StatisticError::NotAConfidence {
                found: text.to_owned(),
            }),
        }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // 0.998 is 99.8%, not 99.80000000000001%.
        let percent = (self.0 * 1e10).round() / 1e8;
        write!(f, "{percent}%")
    }
}
