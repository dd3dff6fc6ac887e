//! Intervals of ratios by drawing people again, for data that are nothing like normal.

use super::cost_effectiveness::CostAndEffect;
use super::counted::computed;
use super::random::{Draws, percentile};
use super::{Confidence, Estimate, Interval, Simulation, StatisticError, Withheld, finite};
use serde::{Deserialize, Serialize};

const METHOD: &str = "percentile bootstrap";

/// Two numbers of one unit, whose sums make a ratio: a person's cost and days in work, a team's
/// reoffences and clients.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paired {
    /// Summed above the line.
    pub numerator: f64,
    /// Summed below it.
    pub denominator: f64,
}

/// Gives the ratio of two sums over the same units, with a percentile bootstrap interval.
///
/// For a cost per outcome when each person's cost and outcome are known: costs are skewed, and cost
/// and outcome go together. Units are drawn whole, so that what goes together stays together.
///
/// # Formula
///
/// ```text
/// r  = Σ aᵢ / Σ bᵢ
/// r* = the same over n units drawn with replacement; percentiles of r* over all draws
/// ```
///
/// # Units
///
/// - returns unit of the numerator per unit of the divisor
///
/// # Assumptions
///
/// - the units were drawn independently from those one wants to speak of; if they come in clusters,
///   hand over one pair for each cluster
///
/// # Where it fails
///
/// Of few units (below about 30) it is too narrow. Where the divisor of any draw is zero or has the
/// other sign, ratios of both ends of the number line mix and percentiles mean nothing: the interval
/// is withheld as [`Withheld::DivisorMayBeZero`]. More draws find such a draw sooner.
///
/// # Errors
///
/// [`StatisticError::TooFew`] below two units; [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, Paired, Simulation, ratio_by_bootstrap};
/// let people: Vec<Paired> = (0..40)
///     .map(|person| Paired {
///         numerator: 500.0 + 100.0 * f64::from(person % 7),
///         denominator: f64::from(person % 3),
///     })
///     .collect();
/// let simulation = Simulation::new(2_000, 2013)?;
/// let each = ratio_by_bootstrap(&people, simulation, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{:.0}", each.value().unwrap_or_default()), "808");
/// assert_eq!(each.withheld(), None);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Efron B, Tibshirani RJ. An Introduction to the Bootstrap. Chapman & Hall, 1993. Chapter 13.
///
/// Briggs AH, Wonderling DE, Mooney CZ. Pulling cost-effectiveness analysis up by its bootstraps.
/// Health Economics 6, 1997, 327–340.
pub fn ratio_by_bootstrap(
    units: &[Paired],
    simulation: Simulation,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    enough(units.len(), "units to draw from")?;
    for unit in units {
        finite("a numerator", unit.numerator)?;
        finite("a denominator", unit.denominator)?;
    }
    let add = |sum: Paired, unit: &Paired| Paired {
        numerator: sum.numerator + unit.numerator,
        denominator: sum.denominator + unit.denominator,
    };
    let nothing = Paired {
        numerator: 0.0,
        denominator: 0.0,
    };
    let whole = units.iter().fold(nothing, add);
    let mut draws = simulation.start();
    let sums = (0..simulation.len())
        .map(|_| again(units, &mut draws).fold(nothing, add))
        .collect();
    percentiles(whole, sums, confidence)
}

/// Gives the extra cost per extra effect of one group of people beyond another, with a percentile
/// bootstrap interval.
///
/// For two groups of people whose cost and effect are known one by one. The ratio is of means, so the
/// groups need not be equally large. Read it with [`compare`](super::compare): a ratio below zero
/// means that one of the two dominates, and one above zero may be a saving per outcome lost.
///
/// # Formula
///
/// ```text
/// r  = (C̄_to - C̄_from) / (Ē_to - Ē_from)
/// r* = the same, each group drawn with replacement by itself; percentiles of r* over all draws
/// ```
///
/// # Units
///
/// - pounds per outcome
///
/// # Assumptions
///
/// - people were put into the two groups by chance, or are alike in all that matters
///
/// # Where it fails
///
/// As [`ratio_by_bootstrap`]; and where the extra effect of a draw is zero or has the other sign, the
/// interval is withheld. Then draw [`extra_by_bootstrap`] and show
/// [`acceptability`](super::acceptability).
///
/// # Errors
///
/// [`StatisticError::TooFew`] below two people in a group; [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{
///     Confidence, CostAndEffect, Simulation, incremental_ratio_by_bootstrap,
/// };
/// let group = |cost: f64, effect: f64| -> Vec<CostAndEffect> {
///     (0..50)
///         .map(|person| CostAndEffect {
///             cost: cost + 40.0 * f64::from(person % 11),
///             effect: effect + 0.1 * f64::from(person % 5),
///         })
///         .collect()
/// };
/// let (from, to) = (group(1_000.0, 0.2), group(1_800.0, 0.4));
/// let simulation = Simulation::new(2_000, 2013)?;
/// let confidence = Confidence::new(0.95)?;
/// let ratio = incremental_ratio_by_bootstrap(&from, &to, simulation, confidence)?;
/// assert_eq!(format!("{:.0}", ratio.value().unwrap_or_default()), "4000");
/// assert!(ratio.interval().is_some_and(|interval| interval.contains(4_000.0)));
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Briggs AH, Wonderling DE, Mooney CZ. Pulling cost-effectiveness analysis up by its bootstraps.
/// Health Economics 6, 1997, 327–340.
pub fn incremental_ratio_by_bootstrap(
    from: &[CostAndEffect],
    to: &[CostAndEffect],
    simulation: Simulation,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    let pair = |extra: CostAndEffect| Paired {
        numerator: extra.cost,
        denominator: extra.effect,
    };
    let drawn = extra_by_bootstrap(from, to, simulation)?;
    let whole = mean(to.iter()).beyond(mean(from.iter()))?;
    let drawn = drawn.into_iter().map(pair).collect();
    percentiles(pair(whole), drawn, confidence)
}

/// Draws the extra cost and effect of one group of people beyond another, again and again.
///
/// For an acceptability curve, or a cloud on the cost-effectiveness plane.
///
/// # Formula
///
/// ```text
/// (C̄*_to - C̄*_from, Ē*_to - Ē*_from)        each group drawn with replacement by itself
/// ```
///
/// # Units
///
/// - pounds and outcomes per person; one for each draw of the simulation
///
/// # Assumptions
///
/// - as [`incremental_ratio_by_bootstrap`]
///
/// # Errors
///
/// [`StatisticError::TooFew`] below two people in a group; [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{CostAndEffect, Simulation, acceptability, extra_by_bootstrap};
/// let from = [(900.0, 0.0), (1_100.0, 1.0), (1_000.0, 0.0)];
/// let to = [(1_500.0, 1.0), (1_700.0, 0.0), (1_600.0, 1.0)];
/// let [from, to] = [from, to].map(|group| group.map(|(cost, effect)| CostAndEffect { cost, effect }));
/// let draws = extra_by_bootstrap(&from, &to, Simulation::new(1_000, 2013)?)?;
/// assert_eq!(draws.len(), 1_000);
/// let curve = acceptability(&draws, &[0.0])?;
/// assert_eq!(curve, [(0.0, 0.0)]); // dearer in every draw
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Efron B, Tibshirani RJ. An Introduction to the Bootstrap. Chapman & Hall, 1993. Chapter 8.
pub fn extra_by_bootstrap(
    from: &[CostAndEffect],
    to: &[CostAndEffect],
    simulation: Simulation,
) -> Result<Vec<CostAndEffect>, StatisticError> {
    for group in [from, to] {
        enough(group.len(), "people in a group to draw from")?;
        for person in group {
            person.checked()?;
        }
    }
    let mut draws = simulation.start();
    (0..simulation.len())
        .map(|_| {
            let first = mean(again(from, &mut draws));
            mean(again(to, &mut draws)).beyond(first)
        })
        .collect()
}

fn enough(given: usize, what: &'static str) -> Result<(), StatisticError> {
    if given < 2 {
        return Err(StatisticError::TooFew {
            what,
            needed: 2,
            given,
        });
    }
    Ok(())
}

/// As many of them as there are, drawn with replacement.
fn again<'a, T>(all: &'a [T], draws: &mut Draws) -> impl Iterator<Item = &'a T> {
    (0..all.len()).filter_map(move |_| all.get(draws.below(all.len())))
}

fn mean<'a>(group: impl Iterator<Item = &'a CostAndEffect>) -> CostAndEffect {
    let (mut people, mut cost, mut effect) = (0.0, 0.0, 0.0);
    for person in group {
        people += 1.0;
        cost += person.cost;
        effect += person.effect;
    }
    CostAndEffect {
        cost: cost / people,
        effect: effect / people,
    }
}

/// The ratio of the data, with percentiles of the ratios of the draws.
fn percentiles(
    whole: Paired,
    draws: Vec<Paired>,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    let why = Withheld::DivisorMayBeZero;
    if whole.denominator == 0.0 {
        return Ok(Estimate::withheld_because(confidence, METHOD, why));
    }
    let value = ratio(whole)?;
    let sign = whole.denominator.signum();
    if draws.iter().any(|draw| draw.denominator * sign <= 0.0) {
        return Ok(Estimate::without_interval(value, confidence, METHOD, why));
    }
    let mut ratios = Vec::with_capacity(draws.len());
    for draw in draws {
        ratios.push(ratio(draw)?);
    }
    ratios.sort_by(f64::total_cmp);
    let interval = Interval {
        lower: computed(percentile(&ratios, confidence.tail()))?,
        upper: computed(percentile(&ratios, 1.0 - confidence.tail()))?,
    };
    Ok(Estimate::new(value, interval, confidence, METHOD))
}

/// Anything over a sum that overflowed would be a believable zero, so the sums are checked first.
fn ratio(of: Paired) -> Result<f64, StatisticError> {
    computed(computed(of.numerator)? / computed(of.denominator)?)
}
