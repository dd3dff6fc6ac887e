//! A value with what is known of its uncertainty.

use super::{Confidence, StatisticError};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A range of values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end, in the unit of the value.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

impl Interval {
    /// Whether a value lies in it, its ends included.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// `1.9 to 2.8`; shares of one need more digits: `0.018 to 0.027`.
    pub(crate) fn in_words(self) -> String {
        let Self { lower, upper } = self;
        let digits = if lower.abs().max(upper.abs()) <= 1.0 {
            3
        } else {
            1
        };
        format!("{lower:.digits$} to {upper:.digits$}")
    }

    /// Both ends multiplied.
    #[must_use]
    pub(crate) fn times(self, factor: f64) -> Self {
        let (one, other) = (self.lower * factor, self.upper * factor);
        Self {
            lower: one.min(other),
            upper: one.max(other),
        }
    }
}

/// Why a value or its interval is not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Withheld {
    /// A standardised rate of fewer than ten events is not reliable.
    FewerThanTenEvents,
    /// The source gives a figure without counts or limits, so no interval can be made.
    NoCounts,
    /// The method gives a lower limit below zero for a count.
    NegativeLimit,
    /// The divisor may be zero: its own interval holds zero, so the ratio has no bound.
    DivisorMayBeZero,
    /// What the method needs is not there, in words.
    Because {
        /// A whole sentence without its full stop.
        words: String,
    },
}

impl fmt::Display for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FewerThanTenEvents => f.write_str("fewer than 10 events: not reliable"),
            Self::NoCounts => f.write_str("no counts published, so no interval can be made"),
            Self::NegativeLimit => f.write_str("the method's lower limit is below zero"),
            Self::DivisorMayBeZero => {
                f.write_str("the change may be nothing at all: a ratio to it has no bound")
            }
            Self::Because { words } => f.write_str(words),
        }
    }
}

/// A value with its interval, how sure the interval is meant to be, and the method.
///
/// # Overlapping intervals are not a test
///
/// Two values may differ although their intervals overlap. To say that they differ, ask for the
/// interval of the difference.
///
/// # A value may be withheld
///
/// Where a method says that its result is not reliable, there is no value and no interval, and
/// [`withheld`](Self::withheld) says why. Where a value is known but its uncertainty is not,
/// there is a value without an interval, and again the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    value: Option<f64>,
    interval: Option<Interval>,
    confidence: Confidence,
    method: String,
    withheld: Option<Withheld>,
}

impl Estimate {
    /// A value with its interval.
    pub(crate) fn new(
        value: f64,
        interval: Interval,
        confidence: Confidence,
        method: impl Into<String>,
    ) -> Self {
        Self {
            value: Some(value),
            interval: Some(interval),
            confidence,
            method: method.into(),
            withheld: None,
        }
    }

    /// A value without an interval, and why it has none.
    pub(crate) fn without_interval(
        value: f64,
        confidence: Confidence,
        method: impl Into<String>,
        why: Withheld,
    ) -> Self {
        Self {
            value: Some(value),
            interval: None,
            confidence,
            method: method.into(),
            withheld: Some(why),
        }
    }

    /// Nothing, and why.
    pub(crate) fn withheld_because(
        confidence: Confidence,
        method: impl Into<String>,
        why: Withheld,
    ) -> Self {
        Self {
            value: None,
            interval: None,
            confidence,
            method: method.into(),
            withheld: Some(why),
        }
    }

    /// A figure that somebody published with its limits.
    ///
    /// # Errors
    ///
    /// [`StatisticError::NotFinite`]; [`StatisticError::LimitsCrossed`] when the value does not
    /// lie between the limits.
    pub fn published(
        value: f64,
        interval: Interval,
        confidence: Confidence,
    ) -> Result<Self, StatisticError> {
        for (what, given) in [
            ("value", value),
            ("lower limit", interval.lower),
            ("upper limit", interval.upper),
        ] {
            super::finite(what, given)?;
        }
        if !interval.contains(value) {
            return Err(StatisticError::LimitsCrossed {
                value,
                lower: interval.lower,
                upper: interval.upper,
            });
        }
        Ok(Self::new(value, interval, confidence, "as published"))
    }

    /// The value; `None` when it is withheld.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.value
    }

    /// The interval; `None` when there is none.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        self.interval
    }

    /// How sure the interval is meant to be.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// How it was made: `Wilson`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Why the value, or its interval, is not there.
    #[must_use]
    pub fn withheld(&self) -> Option<&Withheld> {
        self.withheld.as_ref()
    }

    /// The same, by a method described more exactly.
    pub(crate) fn by(mut self, method: impl Into<String>) -> Self {
        self.method = method.into();
        self
    }

    /// The same with both limits moved outwards: by what rounding may have taken from a published
    /// value, which the interval made of it does not hold. `by` is in the unit of the value and not
    /// negative; anything else leaves the limits as they are.
    pub(crate) fn widened(self, by: f64) -> Self {
        if !(by > 0.0 && by.is_finite()) {
            return self;
        }
        let interval = self.interval.map(|Interval { lower, upper }| Interval {
            lower: (lower - by).max(f64::MIN),
            upper: (upper + by).min(f64::MAX),
        });
        Self { interval, ..self }
    }

    /// The same in another unit: a proportion as per cent is 100 times itself. A negative
    /// factor turns the ends of the interval round.
    ///
    /// Where the value so found is no finite number, as of a factor that is none, it is withheld,
    /// and where only an end of the interval is not, the interval is.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        let confidence = self.confidence;
        let method = self.method.as_str();
        let extreme = || Withheld::Because {
            words: "in this unit it is not a finite number".to_owned(),
        };
        let value = self.value.map(|value| value * factor);
        let interval = self.interval.map(|interval| interval.times(factor));
        match (value, interval) {
            (Some(value), _) if !value.is_finite() => {
                Self::withheld_because(confidence, method, extreme())
            }
            (Some(value), Some(Interval { lower, upper }))
                if !(lower.is_finite() && upper.is_finite()) =>
            {
                Self::without_interval(value, confidence, method, extreme())
            }
            _ => Self {
                value,
                interval,
                ..self.clone()
            },
        }
    }
}

impl fmt::Display for Estimate {
    /// `18.9 (12.1 to 28.3)`; digits by the formatter's precision, one where none is given.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = f.precision().unwrap_or(1);
        match (self.value, self.interval) {
            (Some(value), Some(Interval { lower, upper })) => {
                write!(f, "{value:.digits$} ({lower:.digits$} to {upper:.digits$})")
            }
            (Some(value), None) => write!(f, "{value:.digits$}"),
            (None, _) => match &self.withheld {
                Some(why) => write!(f, "withheld: {why}"),
                None => f.write_str("withheld"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(value: f64, lower: f64, upper: f64) -> Estimate {
        let confidence = Confidence::new(0.95).unwrap();
        Estimate::published(value, Interval { lower, upper }, confidence).unwrap()
    }

    #[test]
    fn another_unit_turns_the_ends_round_and_never_makes_what_is_no_number() {
        let estimate = published(0.25, 0.125, 0.5);
        assert_eq!(estimate.times(100.0), published(25.0, 12.5, 50.0));
        assert_eq!(estimate.times(-100.0), published(-25.0, -50.0, -12.5));
        assert_eq!(estimate.times(0.0), published(0.0, 0.0, 0.0));
        for factor in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let found = estimate.times(factor);
            assert_eq!((found.value(), found.interval()), (None, None), "{factor}");
            assert_eq!(
                found.to_string(),
                "withheld: in this unit it is not a finite number"
            );
        }
        // Only the upper end overflows.
        let found = published(1.0, 0.5, 20.0).times(1e307);
        assert_eq!((found.value(), found.interval()), (Some(1e307), None));
        assert!(found.withheld().is_some());
    }

    #[test]
    fn a_rounded_value_is_no_surer_than_its_rounding() {
        // NEET of England, 2.8% of 1,236,365: Wilson 0.029 points to each side, rounding 0.05.
        let confidence = Confidence::new(0.95).unwrap();
        let people = 1_236_365.0;
        let exact = super::super::wilson(0.028 * people, people, confidence).unwrap();
        let narrow = exact.times(100.0);
        let wide = narrow.clone().widened(0.05);
        let (narrower, wider) = (narrow.interval().unwrap(), wide.interval().unwrap());
        assert_eq!(wider.lower, narrower.lower - 0.05);
        assert_eq!(wider.upper, narrower.upper + 0.05);
        assert_eq!(format!("{narrow:.3}"), "2.800 (2.771 to 2.829)");
        assert_eq!(format!("{wide:.3}"), "2.800 (2.721 to 2.879)");
        assert_eq!((wide.value(), wide.method()), (narrow.value(), "Wilson"));
        // Nothing to widen, or nothing to widen it by.
        let without = exact.times(f64::NAN);
        assert_eq!(without.clone().widened(0.05), without);
        for by in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(narrow.clone().widened(by), narrow, "{by}");
        }
        let huge = published(0.0, -f64::MAX, f64::MAX);
        assert_eq!(huge.clone().widened(f64::MAX), huge);
    }
}
