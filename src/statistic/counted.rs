//! Events counted among people, and values known with a standard error: what the methods compare.

use super::{Confidence, Estimate, Interval, StatisticError, count_of, denominator, finite};
use serde::{Deserialize, Serialize};

/// Events counted among the people to whom they could happen, each at most once.
///
/// Checked once, when made; what takes a `Proportion` need not check it again.
///
/// # Units
///
/// - `events`: people who had the event, from 0 to `people`
/// - `people`: people to whom it could happen, above 0
///
/// # Example
///
/// ```
/// use wholeplace::statistic::Proportion;
/// let reoffended = Proportion::new(68.0, 200.0)?;
/// assert_eq!(reoffended.value(), 0.34);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: events that one person may have twice are no proportion
///
/// ```
/// # use wholeplace::statistic::Proportion;
/// let error = Proportion::new(248.0, 200.0).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "248 events among 200 people: a proportion cannot be above 1"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "GivenProportion", into = "GivenProportion")]
pub struct Proportion {
    events: f64,
    people: f64,
}

impl Proportion {
    /// So many events among so many people.
    ///
    /// # Errors
    ///
    /// [`StatisticError::NoDenominator`] without people, [`StatisticError::Negative`],
    /// [`StatisticError::NotFinite`], [`StatisticError::MoreEventsThanPeople`].
    pub fn new(events: f64, people: f64) -> Result<Self, StatisticError> {
        count_of("events", events)?;
        denominator("people", people)?;
        if events > people {
            return Err(StatisticError::MoreEventsThanPeople { events, people });
        }
        Ok(Self { events, people })
    }

    /// People who had the event.
    #[must_use]
    pub fn events(self) -> f64 {
        self.events
    }

    /// People to whom it could happen.
    #[must_use]
    pub fn people(self) -> f64 {
        self.people
    }

    /// Events per person, from 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        self.events / self.people
    }

    /// `p (1 - p) / n`, the variance that the normal approximation takes.
    pub(super) fn variance(self) -> f64 {
        let value = self.value();
        value * (1.0 - value) / self.people
    }
}

/// A proportion as it is written down, before it is checked.
#[derive(Serialize, Deserialize)]
struct GivenProportion {
    events: f64,
    people: f64,
}

impl TryFrom<GivenProportion> for Proportion {
    type Error = StatisticError;
    fn try_from(given: GivenProportion) -> Result<Self, StatisticError> {
        Self::new(given.events, given.people)
    }
}

impl From<Proportion> for GivenProportion {
    fn from(proportion: Proportion) -> Self {
        Self {
            events: proportion.events,
            people: proportion.people,
        }
    }
}

/// A value with its standard error: a mean, a rate, or a difference that somebody estimated.
///
/// # Units
///
/// - `value`: any unit
/// - `standard_error`: the same unit, 0 or above; 0 says that the value is known exactly, as a
///   price or a budget is
///
/// # Example
///
/// ```
/// use wholeplace::statistic::Measured;
/// let wait = Measured::new(21.4, 1.3)?;
/// assert_eq!(wait.value(), 21.4);
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "GivenMeasured", into = "GivenMeasured")]
pub struct Measured {
    value: f64,
    standard_error: f64,
}

impl Measured {
    /// A value and its standard error.
    ///
    /// # Errors
    ///
    /// [`StatisticError::NotFinite`]; [`StatisticError::Negative`] for the standard error.
    pub fn new(value: f64, standard_error: f64) -> Result<Self, StatisticError> {
        Ok(Self {
            value: finite("value", value)?,
            standard_error: count_of("standard error", standard_error)?,
        })
    }

    /// A value that is known exactly.
    ///
    /// # Errors
    ///
    /// [`StatisticError::NotFinite`].
    pub fn exactly(value: f64) -> Result<Self, StatisticError> {
        Self::new(value, 0.0)
    }

    /// The standard error behind a published interval: its width over twice the quantile.
    ///
    /// For figures that come with limits but without counts. It takes the interval as normal and
    /// even on both sides, so it is rough where the limits lie unevenly around the value.
    ///
    /// # Formula
    ///
    /// ```text
    /// se = (upper - lower) / (2 z)
    /// ```
    ///
    /// # Errors
    ///
    /// [`StatisticError::Undefined`] without a value or an interval;
    /// [`StatisticError::NotFinite`] where a limit is infinite.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::statistic::{Confidence, Estimate, Interval, Measured};
    /// let confidence = Confidence::new(0.95)?;
    /// let limits = Interval { lower: 10.0, upper: 20.0 };
    /// let published = Estimate::published(15.0, limits, confidence)?;
    /// let measured = Measured::from_limits(&published)?;
    /// assert_eq!(format!("{:.3}", measured.standard_error()), "2.551");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    ///
    /// # Sources
    ///
    /// Higgins JPT, Thomas J, et al. (editors). Cochrane Handbook for Systematic Reviews of
    /// Interventions, 2nd edition. Wiley, 2019. Section 6.3.1.
    pub fn from_limits(estimate: &Estimate) -> Result<Self, StatisticError> {
        let (Some(value), Some(Interval { lower, upper })) =
            (estimate.value(), estimate.interval())
        else {
            return Err(StatisticError::Undefined(
                "an estimate without a value or without an interval has no standard error",
            ));
        };
        finite("lower limit", lower)?;
        finite("upper limit", upper)?;
        Self::new(value, (upper - lower) / (2.0 * estimate.confidence().z()))
    }

    /// The value.
    #[must_use]
    pub fn value(self) -> f64 {
        self.value
    }

    /// Its standard error.
    #[must_use]
    pub fn standard_error(self) -> f64 {
        self.standard_error
    }
}

/// A measured value as it is written down, before it is checked.
#[derive(Serialize, Deserialize)]
struct GivenMeasured {
    value: f64,
    standard_error: f64,
}

impl TryFrom<GivenMeasured> for Measured {
    type Error = StatisticError;
    fn try_from(given: GivenMeasured) -> Result<Self, StatisticError> {
        Self::new(given.value, given.standard_error)
    }
}

impl From<Measured> for GivenMeasured {
    fn from(measured: Measured) -> Self {
        Self {
            value: measured.value,
            standard_error: measured.standard_error,
        }
    }
}

/// A value with limits at equal distance, `quantile` standard errors away.
pub(super) fn symmetric(
    value: f64,
    quantile: f64,
    standard_error: f64,
    confidence: Confidence,
    method: &str,
) -> Result<Estimate, StatisticError> {
    let reach = quantile * standard_error;
    let interval = Interval {
        lower: computed(value - reach)?,
        upper: computed(value + reach)?,
    };
    Ok(Estimate::new(
        computed(value)?,
        interval,
        confidence,
        method,
    ))
}

/// What was computed of finite numbers, unless they were so extreme that nothing is left of it.
pub(super) fn computed(value: f64) -> Result<f64, StatisticError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(EXTREME)
    }
}

/// Why numbers cannot be computed with although each of them is finite.
const EXTREME: StatisticError = StatisticError::Undefined(
    "the numbers are too large, or too close to zero, to be computed with",
);

/// Below so large a part of the values that they are made of, differences are rounding.
const ROUNDING: f64 = 1e-9;

/// Whether no difference is larger than the rounding of values of this scale. What is not a number
/// is not rounding.
pub(super) fn nothing_but_rounding(mut differences: impl Iterator<Item = f64>, scale: f64) -> bool {
    differences.all(|difference| difference.abs() <= ROUNDING * scale)
}

/// A standard error of what does differ, unless its square was too small to be told from zero.
pub(super) fn seen(standard_error: f64) -> Result<f64, StatisticError> {
    if standard_error > 0.0 {
        Ok(standard_error)
    } else {
        Err(EXTREME)
    }
}
