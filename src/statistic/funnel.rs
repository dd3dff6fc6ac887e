//! Control limits around an average, and flags for places outside them.

use super::counted::computed;
use super::{Confidence, Interval, StatisticError, count_of, denominator, finite, poisson};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The two bands of a funnel, by custom "two" and "three standard deviations".
const BANDS: [f64; 2] = [0.95, 0.998];

/// Where a place lies against an average: the five words of official funnel plots.
///
/// The number is the probability in one tail: outside the 95% band it is below 0.025, outside the
/// 99.8% band below 0.001. Low and high are not bad and good; that depends on the indicator. Of a
/// hundred places that are all like the average, about five lie outside the inner band.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Flag, flag_of_ratio};
/// assert_eq!(flag_of_ratio(130.0, 100.0)?, Flag::High);
/// assert_eq!(Flag::High.to_string(), "High (0.025)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Flag {
    /// Below the 99.8% band.
    #[serde(rename = "Low (0.001)")]
    VeryLow,
    /// Below the 95% band, within the 99.8% band.
    #[serde(rename = "Low (0.025)")]
    Low,
    /// Within the 95% band, its limits included.
    #[serde(rename = "Not significant")]
    NotSignificant,
    /// Above the 95% band, within the 99.8% band.
    #[serde(rename = "High (0.025)")]
    High,
    /// Above the 99.8% band.
    #[serde(rename = "High (0.001)")]
    VeryHigh,
}

impl fmt::Display for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::VeryLow => "Low (0.001)",
            Self::Low => "Low (0.025)",
            Self::NotSignificant => "Not significant",
            Self::High => "High (0.025)",
            Self::VeryHigh => "High (0.001)",
        })
    }
}

/// Gives the limits between which the proportion of a place of so many people lies, if it is like
/// the average.
///
/// For funnel plots of proportions: a place outside the limits differs from the average, and just
/// then the average lies outside the [`wilson`](super::wilson) interval of the place.
///
/// # Formula
///
/// ```text
/// p ∓ z √(p (1 - p) / n)        within 0 to 1; z = Φ⁻¹(½ + confidence/2)
/// ```
///
/// # Units
///
/// - `average`: a proportion, `p`, 0 to 1; `people`: `n`; returns proportions
///
/// # Assumptions
///
/// - people are independent; the average is without error and is not made of this place alone
///
/// # Where it fails
///
/// Places differ for more reasons than chance. Where most lie outside, the funnel says nothing of
/// any one of them.
///
/// # Errors
///
/// [`StatisticError::OutOfRange`] of an average outside 0 to 1;
/// [`StatisticError::NoDenominator`], [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, funnel_limits_of_proportion};
/// let limits = funnel_limits_of_proportion(0.25, 300.0, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{:.3} to {:.3}", limits.lower, limits.upper), "0.201 to 0.299");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Spiegelhalter DJ. Funnel plots for comparing institutional performance. Statistics in Medicine
/// 24, 2005, 1185–1202.
///
/// Wilson EB. Probable inference, the law of succession, and statistical inference. Journal of
/// the American Statistical Association 22(158), 1927, 209–212.
pub fn funnel_limits_of_proportion(
    average: f64,
    people: f64,
    confidence: Confidence,
) -> Result<Interval, StatisticError> {
    let average = finite("average", average)?;
    if !(0.0..=1.0).contains(&average) {
        return Err(StatisticError::OutOfRange {
            what: "average",
            given: average,
            allowed: "a proportion between 0 and 1",
        });
    }
    let people = denominator("people", people)?;
    let reach = confidence.z() * (average * (1.0 - average) / people).sqrt();
    Ok(Interval {
        lower: (average - reach).max(0.0),
        upper: (average + reach).min(1.0),
    })
}

/// Gives the limits between which the events of a place lie, if it is like the average by which so
/// many are expected.
///
/// For funnel plots of counts. Of rates: expect the average rate times the population, and divide
/// the limits by the population. Of standardised ratios: divide them by what is expected.
///
/// # Formula
///
/// The lower limit is the count whose upper exact limit is just `E`, the upper limit the count
/// whose lower exact limit is just `E`; counts are taken as continuous:
///
/// ```text
/// lower: χ²⁻¹(1 - tail; 2O + 2) / 2 = E        0 where even no event is not unusual
/// upper: χ²⁻¹(tail; 2O) / 2 = E                tail = (1 - confidence) / 2
/// ```
///
/// # Units
///
/// - `expected`: events, `E`, above zero; returns events, not whole
///
/// # Assumptions
///
/// - events are independent and follow a Poisson distribution; `expected` is without error
///
/// # Where it fails
///
/// As [`funnel_limits_of_proportion`] does. Beyond a million expected, Byar's relation stands in
/// for the exact one; see [`exact_poisson`](super::exact_poisson).
///
/// # Errors
///
/// [`StatisticError::NoDenominator`], [`StatisticError::NotFinite`]; [`StatisticError::Undefined`] where
/// a limit is too large to be a number.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, funnel_limits_of_count};
/// let limits = funnel_limits_of_count(100.0, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{:.2} to {:.2}", limits.lower, limits.upper), "80.39 to 120.56");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Garwood F. Fiducial limits for the Poisson distribution. Biometrika 28(3/4), 1936, 437–442.
///
/// Spiegelhalter DJ. Funnel plots for comparing institutional performance. Statistics in Medicine
/// 24, 2005, 1185–1202.
pub fn funnel_limits_of_count(
    expected: f64,
    confidence: Confidence,
) -> Result<Interval, StatisticError> {
    let expected = denominator("expected events", expected)?;
    let limits = poisson::limits_of_count(expected, confidence.tail());
    Ok(Interval {
        lower: computed(limits.lower)?,
        upper: computed(limits.upper)?,
    })
}

/// Says where the proportion of a place lies against an average.
///
/// By the limits of [`funnel_limits_of_proportion`] at 95% and 99.8%, so that flag and funnel
/// always agree.
///
/// # Formula
///
/// ```text
/// x/n below or above p ∓ z √(p (1 - p) / n)        z = 1.96, then 3.09
/// ```
///
/// # Units
///
/// - `events`, `people`: `x` of `n`; `average`: a proportion, `p`, 0 to 1
///
/// # Assumptions
///
/// As [`funnel_limits_of_proportion`].
///
/// # Errors
///
/// As [`funnel_limits_of_proportion`]; [`StatisticError::MoreEventsThanPeople`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Flag, flag_of_proportion};
/// assert_eq!(flag_of_proportion(52.0, 300.0, 0.25)?, Flag::Low);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Spiegelhalter DJ. Funnel plots for comparing institutional performance. Statistics in Medicine
/// 24, 2005, 1185–1202.
pub fn flag_of_proportion(events: f64, people: f64, average: f64) -> Result<Flag, StatisticError> {
    let people = denominator("people", people)?;
    let events = count_of("events", events)?;
    if events > people {
        return Err(StatisticError::MoreEventsThanPeople { events, people });
    }
    flag(events / people, |confidence| {
        funnel_limits_of_proportion(average, people, confidence)
    })
}

/// Says where observed events lie against those expected.
///
/// By the limits of [`funnel_limits_of_count`] at 95% and 99.8%, so that flag and funnel always
/// agree. For rates, expect the average rate times the population.
///
/// Significance is often read from the interval of the ratio instead, which is Byar's from 10
/// events on. Byar's limits of the count differ from the exact ones that are used here by at most
/// 0.008 events at 95% and 0.06 events at 99.8%, for 10 events, and by less for more. So the two
/// flags differ only where what is expected lies within so little of a limit.
///
/// # Formula
///
/// ```text
/// O below or above the limits of E at 95%, then at 99.8%
/// ```
///
/// # Units
///
/// - `observed`, `expected`: events
///
/// # Assumptions
///
/// As [`funnel_limits_of_count`].
///
/// # Errors
///
/// As [`funnel_limits_of_count`]; [`StatisticError::Negative`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Flag, flag_of_ratio};
/// assert_eq!(flag_of_ratio(70.0, 100.0)?, Flag::VeryLow);
/// assert_eq!(flag_of_ratio(90.0, 100.0)?, Flag::NotSignificant);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Spiegelhalter DJ. Funnel plots for comparing institutional performance. Statistics in Medicine
/// 24, 2005, 1185–1202.
pub fn flag_of_ratio(observed: f64, expected: f64) -> Result<Flag, StatisticError> {
    let observed = count_of("observed events", observed)?;
    flag(observed, |confidence| {
        funnel_limits_of_count(expected, confidence)
    })
}

/// The flag of a value by its limits in both bands.
fn flag(
    value: f64,
    limits: impl Fn(Confidence) -> Result<Interval, StatisticError>,
) -> Result<Flag, StatisticError> {
    let [inner, outer] = BANDS;
    let inner = limits(Confidence::new(inner)?)?;
    let outer = limits(Confidence::new(outer)?)?;
    Ok(if value < outer.lower {
        Flag::VeryLow
    } else if value < inner.lower {
        Flag::Low
    } else if value > outer.upper {
        Flag::VeryHigh
    } else if value > inner.upper {
        Flag::High
    } else {
        Flag::NotSignificant
    })
}
