//! A rate of events in a population.

use super::count::Limits;
use super::{Confidence, Estimate, StatisticError, count_of, denominator, finite};

/// Gives a rate of events per so many people with its interval: exact below 10 events, Byar's
/// from 10 on.
///
/// For events that may happen to one person more than once, or to people who are not counted in
/// the population, so that there may be more events than people: reoffences per offender,
/// admissions, offences per 1,000 residents. For people who each count once, take
/// [`wilson`](super::wilson).
///
/// # Formula
///
/// ```text
/// rate = x / n × per
/// limits = limits of x / n × per        exact Poisson for x < 10, otherwise Byar
/// ```
///
/// # Units
///
/// - `events`: a count, `x`; `population`: persons or person-years, `n`; `per`: 1,000, 100,000
/// - returns events per `per` persons
///
/// # Assumptions
///
/// - events are independent and follow a Poisson distribution; where a few people have most of
///   the events, the interval is too narrow
/// - the population is known without error
///
/// # Where it fails
///
/// As [`count`](super::count) does. A crude rate also compares badly between places whose people
/// differ in age; see [`directly_standardised_rate`](super::directly_standardised_rate).
///
/// # Errors
///
/// [`StatisticError::NoDenominator`] where the population is zero or less;
/// [`StatisticError::OutOfRange`] of `per`; [`StatisticError::Negative`],
/// [`StatisticError::NotFinite`]; [`StatisticError::Undefined`] where a limit is too large to be a
/// number.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, crude_rate};
/// let admissions = crude_rate(5.0, 100.0, 100.0, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{admissions:.2}"), "5.00 (1.62 to 11.67)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: more events than people
///
/// ```
/// # use wholeplace::statistic::{Confidence, crude_rate};
/// // 248 reoffences of 200 offenders.
/// let reoffences = crude_rate(248.0, 200.0, 1.0, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{reoffences:.2}"), "1.24 (1.09 to 1.40)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Breslow NE, Day NE. Statistical Methods in Cancer Research, volume II: the design and analysis
/// of cohort studies. IARC Scientific Publications 82, Lyon, 1987, 68–69.
///
/// Eayres D. Commonly used public health statistics and their confidence intervals. Technical
/// Briefing 3, Association of Public Health Observatories, 2008.
pub fn crude_rate(
    events: f64,
    population: f64,
    per: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    let events = count_of("events", events)?;
    let population = denominator("population", population)?;
    let factor = finite("rate of one event", per_of(per)? / population)?;
    finite("rate", events * factor)?;
    Limits::of(events, confidence).estimate(events, factor, confidence)
}

/// The multiplier of a rate if it may be one: finite and above zero.
pub(super) fn per_of(per: f64) -> Result<f64, StatisticError> {
    if finite("per", per)? <= 0.0 {
        return Err(StatisticError::OutOfRange {
            what: "per",
            given: per,
            allowed: "above zero",
        });
    }
    Ok(per)
}
