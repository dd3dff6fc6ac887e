//! A count of events.

use super::counted::computed;
use super::{Confidence, Estimate, Interval, StatisticError, Withheld, count_of, poisson};

/// Below so many events an interval is exact; from so many on it is Byar's.
const FEW: f64 = 10.0;

/// Gives a count of events with its exact interval from the Poisson distribution.
///
/// For counts of independent events, above all for few of them. For counts from 10 on, official
/// statistics use [`byar`], which hardly differs there; [`count`] chooses as they do.
///
/// # Formula
///
/// ```text
/// lower = χ²⁻¹(tail; 2x) / 2          0 where x = 0
/// upper = χ²⁻¹(1 - tail; 2x + 2) / 2      tail = (1 - confidence) / 2
/// ```
///
/// # Units
///
/// - `events`: a count, `x`, which need not be whole (an average of years); returns events
///
/// # Assumptions
///
/// - events are independent and follow a Poisson distribution; repeated events of one person are
///   not independent, and the interval is then too narrow
///
/// # Where it fails
///
/// It holds the true mean at least as often as asked, so for few events it is somewhat wide.
/// Beyond a million events Byar's limits stand in for it; they differ there by less than 1 part
/// in 10⁹ at 99.8%.
///
/// # Errors
///
/// [`StatisticError::Negative`], [`StatisticError::NotFinite`]; [`StatisticError::Undefined`] where a
/// limit is too large to be a number.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, exact_poisson};
/// let none = exact_poisson(0.0, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{none:.4}"), "0.0000 (0.0000 to 3.6889)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Garwood F. Fiducial limits for the Poisson distribution. Biometrika 28(3/4), 1936, 437–442.
///
/// Armitage P, Berry G, Matthews JNS. Statistical Methods in Medical Research, 4th edition.
/// Blackwell Science, 2002, chapter 5.
pub fn exact_poisson(events: f64, confidence: Confidence) -> Result<Estimate, StatisticError> {
    let events = count_of("events", events)?;
    Limits::exact(events, confidence).estimate(events, 1.0, confidence)
}

/// Gives a count of events with its interval by Byar's approximation.
///
/// For counts of independent events (admissions, offences) from about ten on. Not for sums of
/// money, nor for repeated events of the same person, whose interval would be too narrow.
///
/// # Formula
///
/// ```text
/// lower = x (1 - 1/(9x) - z/(3 √x))³
/// upper = (x+1) (1 - 1/(9(x+1)) + z/(3 √(x+1)))³      z = Φ⁻¹(½ + confidence/2)
/// ```
///
/// # Units
///
/// - `events`: a count, `x`, which need not be whole; returns events
///
/// # Assumptions
///
/// - events are independent and follow a Poisson distribution
///
/// # Where it fails
///
/// From 10 events on its limits are within 0.2% of the exact ones at 95%, and within 1.5% at
/// 99.8%. For one event at 95% the lower limit is half the exact one. For few events and high
/// confidence the formula goes below zero: then there is a value without an interval, withheld as
/// [`Withheld::NegativeLimit`].
///
/// # Errors
///
/// [`StatisticError::Negative`], [`StatisticError::NotFinite`]; [`StatisticError::Undefined`] where a
/// limit is too large to be a number.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, byar};
/// let offences = byar(25.0, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{offences:.2}"), "25.00 (16.17 to 36.91)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: a limit below zero is not shown
///
/// ```
/// # use wholeplace::statistic::{Confidence, Withheld, byar};
/// let one = byar(1.0, Confidence::new(0.998)?)?;
/// assert_eq!(one.interval(), None);
/// assert_eq!(one.withheld(), Some(&Withheld::NegativeLimit));
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Breslow NE, Day NE. Statistical Methods in Cancer Research, volume II: the design and analysis
/// of cohort studies. IARC Scientific Publications 82, Lyon, 1987, 68–69.
pub fn byar(events: f64, confidence: Confidence) -> Result<Estimate, StatisticError> {
    let events = count_of("events", events)?;
    Limits::byar(events, confidence).estimate(events, 1.0, confidence)
}

/// Gives a count of events with the interval that official statistics give it: exact below 10
/// events, Byar's from 10 on.
///
/// # Formula
///
/// That of [`exact_poisson`] for `x < 10`, otherwise that of [`byar`]. The method of the estimate
/// says which it was.
///
/// # Units
///
/// - `events`: a count, which need not be whole; returns events
///
/// # Assumptions
///
/// - events are independent and follow a Poisson distribution
///
/// # Where it fails
///
/// Where one method takes over from the other, limits step by a little: at 10 events and 95%, the
/// lower one is 4.79 instead of 4.80.
///
/// # Errors
///
/// [`StatisticError::Negative`], [`StatisticError::NotFinite`]; [`StatisticError::Undefined`] where a
/// limit is too large to be a number.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, count};
/// let confidence = Confidence::new(0.95)?;
/// assert_eq!(count(9.0, confidence)?.method(), "exact Poisson");
/// assert_eq!(count(10.0, confidence)?.method(), "Byar");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Eayres D. Commonly used public health statistics and their confidence intervals. Technical
/// Briefing 3, Association of Public Health Observatories, 2008; the change at 10 events follows
/// Public Health England's tool of the same name, 2018.
pub fn count(events: f64, confidence: Confidence) -> Result<Estimate, StatisticError> {
    let events = count_of("events", events)?;
    Limits::of(events, confidence).estimate(events, 1.0, confidence)
}

/// Limits of a count that has been checked, and the method they are by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// None where the lower one would be below zero.
    pub(super) interval: Option<Interval>,
    pub(super) method: &'static str,
}

impl Limits {
    /// Exact below 10 events, Byar's from 10 on.
    pub(super) fn of(events: f64, confidence: Confidence) -> Self {
        if events < FEW {
            Self::exact(events, confidence)
        } else {
            Self::byar(events, confidence)
        }
    }

    pub(super) fn exact(events: f64, confidence: Confidence) -> Self {
        Self {
            interval: Some(poisson::limits_of_mean(events, confidence.tail())),
            method: "exact Poisson",
        }
    }

    pub(super) fn byar(events: f64, confidence: Confidence) -> Self {
        let z = confidence.z();
        let cube = |count: f64, z: f64| {
            count * (1.0 - 1.0 / (9.0 * count) + z / (3.0 * count.sqrt())).powi(3)
        };
        let interval = Interval {
            lower: cube(events, -z),
            upper: cube(events + 1.0, z),
        };
        Self {
            // Of no events the lower limit is not even a number.
            interval: (interval.lower >= 0.0).then_some(interval),
            method: "Byar",
        }
    }

    /// The count with these limits, all times a factor.
    pub(super) fn estimate(
        self,
        events: f64,
        factor: f64,
        confidence: Confidence,
    ) -> Result<Estimate, StatisticError> {
        let value = computed(events * factor)?;
        let method = self.method;
        let Some(interval) = self.interval else {
            let why = Withheld::NegativeLimit;
            return Ok(Estimate::without_interval(value, confidence, method, why));
        };
        let interval = Interval {
            lower: computed(interval.lower * factor)?,
            upper: computed(interval.upper * factor)?,
        };
        Ok(Estimate::new(value, interval, confidence, method))
    }
}
