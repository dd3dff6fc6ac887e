//! Rates made comparable between places whose people differ in age.

use super::count::Limits;
use super::counted::computed;
use super::rate::per_of;
use super::stratum::{all_in, by_name};
use super::{
    Confidence, Estimate, Interval, RepeatStratum, StandardPopulation, StatisticError, Stratum,
    Withheld, count_of, denominator, finite,
};

/// Below so many events a standardised rate is withheld.
const FEWEST_EVENTS: f64 = 10.0;

/// Gives the rate that a place would have if its people were those of a standard population, with
/// its interval by Dobson's method around Byar's limits.
///
/// For comparing places, or years, whose people differ in age. The rate itself means nothing
/// alone: it is compared with other rates by the same standard. Not for events that happen again
/// to the same people; see [`directly_standardised_rate_of_repeat_events`].
///
/// # Formula
///
/// ```text
/// rate = Σ wᵢ Oᵢ/nᵢ / Σ wᵢ
/// variance = Σ wᵢ² Oᵢ/nᵢ² / (Σ wᵢ)²
/// limits = rate + √(variance / O) (limit of O by Byar - O)        O = Σ Oᵢ
/// ```
///
/// all times `per`.
///
/// # Units
///
/// - `strata`: events `Oᵢ` and persons or person-years `nᵢ`; `standard`: weights `wᵢ`; joined by
///   name, in any order
/// - `per`: 1,000, 100,000; returns events per `per` persons
///
/// # Assumptions
///
/// - events are independent and follow a Poisson distribution in each stratum
/// - populations and weights are known without error
///
/// # Where it fails
///
/// Below 10 events in all there is no value: simulation shows that neither it nor any interval can
/// be relied upon, and [`Withheld::FewerThanTenEvents`] says so. Where the weights lie on a few
/// events, the lower limit may fall below zero: then there is a value without an interval.
///
/// # Errors
///
/// [`StatisticError::MissingStratum`] where the standard has a stratum that the data have not, or
/// the other way round; [`StatisticError::GivenTwice`]; [`StatisticError::Within`] a stratum
/// without people, or with a count that is negative or no number; [`StatisticError::OutOfRange`]
/// of `per`.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{
///     Confidence, StandardPopulation, Stratum, directly_standardised_rate,
/// };
/// let strata = [
///     Stratum::new("under 65", 40.0, 20_000.0),
///     Stratum::new("65 and over", 90.0, 9_000.0),
/// ];
/// let standard = StandardPopulation::new([("under 65", 80.0), ("65 and over", 20.0)])?;
/// let falls = directly_standardised_rate(&strata, &standard, 1_000.0, Confidence::new(0.95)?)?;
/// // Crude: 130 of 29,000, or 4.5. By the standard, in which fewer are old:
/// assert_eq!(format!("{falls:.2}"), "3.60 (2.98 to 4.30)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: a stratum without a weight
///
/// ```
/// # use wholeplace::statistic::{
/// #     Confidence, StandardPopulation, Stratum, directly_standardised_rate,
/// # };
/// let strata = [Stratum::new("all", 40.0, 900.0), Stratum::new("unknown", 2.0, 10.0)];
/// let standard = StandardPopulation::new([("all", 1.0)])?;
/// let error = directly_standardised_rate(&strata, &standard, 1_000.0, Confidence::new(0.95)?)
///     .unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "stratum `unknown` has data but no weight in the standard population; \
///      strata are joined by name"
/// );
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Dobson AJ, Kuulasmaa K, Eberle E, Scherer J. Confidence intervals for weighted sums of Poisson
/// parameters. Statistics in Medicine 10, 1991, 457–462.
///
/// Morris JK, Tan J, Fryers P, Bestwick J. Evaluation of stability of directly standardized rates
/// for sparse data using simulation methods. Population Health Metrics 16, 2018, 19.
pub fn directly_standardised_rate(
    strata: &[Stratum],
    standard: &StandardPopulation,
    per: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    standardise(strata, standard, per, confidence, "Dobson")
}

/// Gives a directly standardised rate of events that happen again to the same people, with an
/// interval that is widened for that.
///
/// For reoffences, admissions, calls: one person's second event is not independent of the first,
/// so an interval that counts events as independent is too narrow. The rate is that of
/// [`directly_standardised_rate`]; only its variance differs.
///
/// # Formula
///
/// ```text
/// Oᵢ = Σ_f f kᵢ(f)                                kᵢ(f): people with just f events
/// variance = Σ_f f² variance of people with f events = Σ_f f² Σ wᵢ² kᵢ(f)/nᵢ² / (Σ wᵢ)²
/// ```
///
/// The rest is as there. Where nobody has more than one event, so is the result.
///
/// # Units
///
/// - `strata`: people by how many events they had; `standard`, `per`: as there
///
/// # Assumptions
///
/// - people are independent of each other, and the number of those with `f` events follows a
///   Poisson distribution in each stratum
///
/// # Where it fails
///
/// As [`directly_standardised_rate`] does. It counts total events against the rule of ten, so ten
/// events of two people do pass: look at the width of the interval.
///
/// # Errors
///
/// As [`directly_standardised_rate`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{
///     Confidence, RepeatStratum, StandardPopulation,
///     directly_standardised_rate_of_repeat_events,
/// };
/// // Again 40 and 90 falls, but some people fell three times.
/// let strata = [
///     RepeatStratum::new("under 65", 20_000.0, [(1, 34.0), (3, 2.0)]),
///     RepeatStratum::new("65 and over", 9_000.0, [(1, 45.0), (3, 15.0)]),
/// ];
/// let standard = StandardPopulation::new([("under 65", 80.0), ("65 and over", 20.0)])?;
/// let confidence = Confidence::new(0.95)?;
/// let falls =
///     directly_standardised_rate_of_repeat_events(&strata, &standard, 1_000.0, confidence)?;
/// assert_eq!(format!("{falls:.2}"), "3.60 (2.82 to 4.49)");
/// assert_eq!(falls.method(), "Dobson, repeat events");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Dobson AJ, Kuulasmaa K, Eberle E, Scherer J. Confidence intervals for weighted sums of Poisson
/// parameters. Statistics in Medicine 10, 1991, 457–462.
///
/// Stukel TA, Glynn RJ, Fisher ES, Sharp SM, Lu-Yao G, Wennberg JE. Standardized rates of
/// recurrent outcomes. Statistics in Medicine 13, 1994, 1781–1791.
pub fn directly_standardised_rate_of_repeat_events(
    strata: &[RepeatStratum],
    standard: &StandardPopulation,
    per: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    standardise(strata, standard, per, confidence, "Dobson, repeat events")
}

/// What both kinds of strata tell of themselves.
trait Rated {
    fn name(&self) -> &str;
    fn population(&self) -> f64;
    /// Events, and the sum that the variance of their number is estimated by.
    fn events_and_variance(&self) -> Result<(f64, f64), StatisticError>;
}

impl Rated for Stratum {
    fn name(&self) -> &str {
        &self.name
    }
    fn population(&self) -> f64 {
        self.population
    }
    fn events_and_variance(&self) -> Result<(f64, f64), StatisticError> {
        // The variance of a Poisson count is its mean.
        self.counted().map(|events| (events, events))
    }
}

impl Rated for RepeatStratum {
    fn name(&self) -> &str {
        &self.name
    }
    fn population(&self) -> f64 {
        self.population
    }
    fn events_and_variance(&self) -> Result<(f64, f64), StatisticError> {
        let (mut events, mut variance) = (0.0, 0.0);
        let mut seen = std::collections::BTreeSet::new();
        for &(times, people) in &self.people_by_events {
            if !seen.insert(times) {
                let name = format!("{times} events of one person");
                return Err(StatisticError::GivenTwice { name }.within(&self.name));
            }
            let people = count_of("people", people).map_err(|fault| fault.within(&self.name))?;
            let times = f64::from(times);
            events += times * people;
            variance += times * times * people;
        }
        Ok((events, variance))
    }
}

fn standardise<S: Rated>(
    strata: &[S],
    standard: &StandardPopulation,
    per: f64,
    confidence: Confidence,
    method: &'static str,
) -> Result<Estimate, StatisticError> {
    let per = per_of(per)?;
    let named = by_name(strata, S::name)?;
    all_in(
        named.keys().copied(),
        |name| standard.weight(name).is_some(),
        "data",
        "weight in the standard population",
    )?;
    all_in(
        standard.iter().map(|(name, _)| name),
        |name| named.contains_key(name),
        "a weight in the standard population",
        "data",
    )?;

    let total = standard.total();
    let (mut events, mut rate, mut variance) = (0.0, 0.0, 0.0);
    // In the order of names, whatever order the strata came in: so the last digit is the same.
    for (name, stratum) in &named {
        let population =
            denominator("population", stratum.population()).map_err(|fault| fault.within(name))?;
        let (own_events, own_variance) = stratum.events_and_variance()?;
        let share = standard.weight(name).unwrap_or(0.0) / total / population;
        events += own_events;
        rate += share * own_events;
        variance += share * share * own_variance;
    }
    if finite("total of events", events)? < FEWEST_EVENTS {
        let why = Withheld::FewerThanTenEvents;
        return Ok(Estimate::withheld_because(confidence, method, why));
    }
    finite("standardised rate", rate * per)?;
    let scale = finite(
        "standard error of the rate",
        (variance / events).sqrt() * per,
    )?;
    let limit = |of_events: f64| rate * per + scale * (of_events - events);
    let interval = Limits::byar(events, confidence)
        .interval
        .map(|byar| {
            Ok(Interval {
                lower: computed(limit(byar.lower))?,
                upper: computed(limit(byar.upper))?,
            })
        })
        .transpose()?
        .filter(|interval| interval.lower >= 0.0);
    Ok(match interval {
        Some(interval) => Estimate::new(rate * per, interval, confidence, method),
        None => {
            let why = Withheld::NegativeLimit;
            Estimate::without_interval(rate * per, confidence, method, why)
        }
    })
}
