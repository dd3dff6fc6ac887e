//! Events of a place against those expected at the rates of a reference.

use super::count::Limits;
use super::rate::per_of;
use super::stratum::{all_in, by_name};
use super::{Confidence, Estimate, StatisticError, Stratum, count_of, denominator, finite};
use std::collections::BTreeMap;

/// Gives the events that a place would have if each of its strata had the rate of the reference.
///
/// The divisor of a standardised ratio, for those who publish it too, or who set it into a
/// [funnel](super::funnel_limits_of_count).
///
/// # Formula
///
/// ```text
/// E = Σ nᵢ Rᵢ / Nᵢ        nᵢ people of the place; Rᵢ events among Nᵢ people of the reference
/// ```
///
/// # Units
///
/// - `strata`, `reference`: events and persons or person-years, joined by name, in any order
/// - returns events
///
/// # Assumptions
///
/// - the rates of the reference are known without error, which holds where it is far larger
///
/// # Errors
///
/// [`StatisticError::MissingStratum`] where one side has a stratum that the other has not;
/// [`StatisticError::GivenTwice`]; [`StatisticError::Within`] a stratum of the reference without
/// people, or one of the place that has events but no people; [`StatisticError::NoDenominator`]
/// where no event at all is expected.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Stratum, expected_events};
/// let place = [Stratum::new("men", 12.0, 500.0), Stratum::new("women", 9.0, 700.0)];
/// let county = [Stratum::new("men", 400.0, 20_000.0), Stratum::new("women", 210.0, 21_000.0)];
/// // 500 at 2 of 100, and 700 at 1 of 100.
/// assert_eq!(expected_events(&place, &county)?, 17.0);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Breslow NE, Day NE. Statistical Methods in Cancer Research, volume II: the design and analysis
/// of cohort studies. IARC Scientific Publications 82, Lyon, 1987, chapter 2.
pub fn expected_events(strata: &[Stratum], reference: &[Stratum]) -> Result<f64, StatisticError> {
    Ok(Totals::of(strata, reference)?.expected)
}

/// Gives the ratio of the events of a place to those expected at the rates of a reference, with
/// its interval.
///
/// For places with too few events for rates of their own in each stratum. Each ratio compares a
/// place with the reference; ratios of two places, weighted by different people, do not compare
/// with each other.
///
/// # Formula
///
/// ```text
/// ratio = O / E × per
/// limits = limits of O / E × per        exact Poisson for O < 10, otherwise Byar
/// ```
///
/// `E` by [`expected_events`].
///
/// # Units
///
/// - `strata`, `reference`: events and persons or person-years, joined by name, in any order
/// - `per`: 1 or 100; returns the ratio, 1 or 100 where as many happen as are expected
///
/// # Assumptions
///
/// - events are independent and follow a Poisson distribution
/// - the rates of the reference are known without error; a place that is a good part of its own
///   reference is compared with itself
///
/// # Where it fails
///
/// As [`count`](super::count) does.
///
/// # Errors
///
/// Those of [`expected_events`]; [`StatisticError::OutOfRange`] of `per`.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, Stratum, indirectly_standardised_ratio};
/// let place = [Stratum::new("men", 12.0, 500.0), Stratum::new("women", 9.0, 700.0)];
/// let county = [Stratum::new("men", 400.0, 20_000.0), Stratum::new("women", 210.0, 21_000.0)];
/// let confidence = Confidence::new(0.95)?;
/// let ratio = indirectly_standardised_ratio(&place, &county, 100.0, confidence)?;
/// assert_eq!(format!("{ratio:.0}"), "124 (76 to 189)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Breslow NE, Day NE. Statistical Methods in Cancer Research, volume II: the design and analysis
/// of cohort studies. IARC Scientific Publications 82, Lyon, 1987, chapter 2.
pub fn indirectly_standardised_ratio(
    strata: &[Stratum],
    reference: &[Stratum],
    per: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    let totals = Totals::of(strata, reference)?;
    standardised_ratio(totals.observed, totals.expected, per, confidence)
}

/// Gives an indirectly standardised rate: the standardised ratio of a place times the crude rate
/// of the reference.
///
/// The same comparison as [`indirectly_standardised_ratio`], in the unit of a rate.
///
/// # Formula
///
/// ```text
/// rate = O / E × Σ Rᵢ / Σ Nᵢ × per
/// ```
///
/// # Units
///
/// - `per`: 1,000, 100,000; returns events per `per` persons
///
/// # Assumptions
///
/// As [`indirectly_standardised_ratio`].
///
/// # Where it fails
///
/// It looks like a rate by which places may be compared with each other, and is not.
///
/// # Errors
///
/// As [`indirectly_standardised_ratio`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, Stratum, indirectly_standardised_rate};
/// let place = [Stratum::new("men", 12.0, 500.0), Stratum::new("women", 9.0, 700.0)];
/// let county = [Stratum::new("men", 400.0, 20_000.0), Stratum::new("women", 210.0, 21_000.0)];
/// let confidence = Confidence::new(0.95)?;
/// let rate = indirectly_standardised_rate(&place, &county, 1_000.0, confidence)?;
/// // The county has 14.9 per 1,000.
/// assert_eq!(rate.to_string(), "18.4 (11.4 to 28.1)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Eayres D. Commonly used public health statistics and their confidence intervals. Technical
/// Briefing 3, Association of Public Health Observatories, 2008.
pub fn indirectly_standardised_rate(
    strata: &[Stratum],
    reference: &[Stratum],
    per: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    let totals = Totals::of(strata, reference)?;
    let per = finite("crude rate of the reference", totals.crude * per_of(per)?)?;
    // A reference without any event expects none, and was refused above, so this is not zero.
    standardised_ratio(totals.observed, totals.expected, per, confidence)
}

/// Gives the ratio of observed to expected events, with its interval, where the expected number is
/// known already.
///
/// For expected numbers that come from a model or a publication: reoffending by predicted risk.
/// Where strata are held, [`indirectly_standardised_ratio`] counts both.
///
/// # Formula
///
/// ```text
/// ratio = O / E × per
/// limits = limits of O / E × per        exact Poisson for O < 10, otherwise Byar
/// ```
///
/// # Units
///
/// - `observed`, `expected`: events; `per`: 1 or 100
///
/// # Assumptions
///
/// - events are independent and follow a Poisson distribution; `expected` is without error
///
/// # Where it fails
///
/// As [`count`](super::count) does.
///
/// # Errors
///
/// [`StatisticError::NoDenominator`] of `expected`; [`StatisticError::OutOfRange`] of `per`;
/// [`StatisticError::Negative`], [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, standardised_ratio};
/// let ratio = standardised_ratio(4.0, 3.3, 1.0, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{ratio:.2}"), "1.21 (0.33 to 3.10)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Breslow NE, Day NE. Statistical Methods in Cancer Research, volume II: the design and analysis
/// of cohort studies. IARC Scientific Publications 82, Lyon, 1987, 68–69.
pub fn standardised_ratio(
    observed: f64,
    expected: f64,
    per: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    let observed = count_of("observed events", observed)?;
    let expected = denominator("expected events", expected)?;
    let factor = finite("ratio of one event", per_of(per)? / expected)?;
    finite("ratio", observed * factor)?;
    Limits::of(observed, confidence).estimate(observed, factor, confidence)
}

/// The sums that an indirectly standardised figure is made of.
struct Totals {
    observed: f64,
    expected: f64,
    /// Events of the reference for each of its people.
    crude: f64,
}

impl Totals {
    fn of(strata: &[Stratum], reference: &[Stratum]) -> Result<Self, StatisticError> {
        let place = by_name(strata, |stratum| &stratum.name)?;
        let reference = by_name(reference, |stratum| &stratum.name)?;
        all_in(
            place.keys().copied(),
            |name| reference.contains_key(name),
            "data",
            "rate in the reference",
        )?;
        all_in(
            reference.keys().copied(),
            |name| place.contains_key(name),
            "a rate in the reference",
            "data",
        )?;

        let (mut observed, mut expected) = (0.0, 0.0);
        let (mut reference_events, mut reference_people) = (0.0, 0.0);
        for (name, own, other) in pairs(&place, &reference) {
            let events = own.counted()?;
            // A place may have nobody of some age, but then nothing can have happened to them.
            let people = if events > 0.0 {
                denominator("population", own.population)
            } else {
                count_of("population", own.population)
            }
            .map_err(|fault| fault.within(name))?;
            let other_events = other.counted()?;
            let other_people = denominator("population of the reference", other.population)
                .map_err(|fault| fault.within(name))?;
            observed += events;
            expected += people * (other_events / other_people);
            reference_events += other_events;
            reference_people += other_people;
        }
        Ok(Self {
            observed: finite("total of observed events", observed)?,
            expected: denominator("expected events", expected)?,
            crude: reference_events / denominator("population of the reference", reference_people)?,
        })
    }
}

/// Strata of the place with those of the reference, in the order of names.
fn pairs<'a>(
    place: &'a BTreeMap<&'a str, &'a Stratum>,
    reference: &'a BTreeMap<&'a str, &'a Stratum>,
) -> impl Iterator<Item = (&'a str, &'a Stratum, &'a Stratum)> {
    place.iter().filter_map(|(name, own)| {
        let other = reference.get(name)?;
        Some((*name, *own, *other))
    })
}
