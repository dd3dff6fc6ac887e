//! What changed where something was done, beyond what changed where it was not.

use super::counted::{computed, nothing_but_rounding, seen, symmetric};
use super::{Confidence, Estimate, Proportion, StatisticError, Withheld, finite, student};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The same group, counted before and after.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeforeAndAfter {
    /// Before the programme began.
    pub before: Proportion,
    /// After it began.
    pub after: Proportion,
}

/// Which of the two groups an observation is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arm {
    /// Something was done there.
    Treated,
    /// Nothing was done there.
    Comparison,
}

/// Whether an observation is from before or after something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Time {
    /// Before; of the comparison too.
    Before,
    /// After; of the comparison too.
    After,
}

/// One outcome, and where it is from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObservedUnit<K> {
    /// What was measured, in any unit.
    pub outcome: f64,
    /// Treated or comparison.
    pub arm: Arm,
    /// Before or after.
    pub time: Time,
    /// What it shares its luck with: its school, ward or team. The same key before and after.
    pub cluster: K,
}

/// Gives the effect of a programme on a proportion: how much more it changed where something was
/// done than where nothing was.
///
/// For four counts out of reports. With one row for each person or area, use
/// [`difference_in_differences`], which also sees what people of one area share.
///
/// # Formula
///
/// ```text
/// effect = (T₁ - T₀) - (C₁ - C₀)
/// effect ± z √(Σ p (1 - p) / n)        over the four groups
/// ```
///
/// # Units
///
/// - returns a difference of proportions; `.times(100.0)` gives percentage points
///
/// # Assumptions
///
/// - without the programme both would have changed alike (parallel trends). No figure here can show
///   it: show the gap over earlier years, and try a date on which nothing happened
/// - the four groups are independent: not the same people before and after
///
/// # Where it fails
///
/// Where a place was chosen because it was bad, part of its gain is regression to the mean. Of few
/// people the interval says nothing: pool years. Where people come in clusters it is too narrow. A
/// group in which nobody or everybody has the event adds no width, which is too little.
///
/// A difference-in-differences is level 3 of the Maryland scale as the What Works Centre for Local
/// Economic Growth scores it.
///
/// # Errors
///
/// None for proportions that were made. Where each group has no event, or nothing but events, there
/// is a value without an interval, and the reason.
///
/// # Example
///
/// From 46% to 34% of 200, against 44% to 41% of 300: nine points, and not told from nothing.
///
/// ```
/// use wholeplace::statistic::{
///     BeforeAndAfter, Confidence, Proportion, difference_in_differences_of_proportions,
/// };
/// let treated = BeforeAndAfter {
///     before: Proportion::new(92.0, 200.0)?,
///     after: Proportion::new(68.0, 200.0)?,
/// };
/// let comparison = BeforeAndAfter {
///     before: Proportion::new(132.0, 300.0)?,
///     after: Proportion::new(123.0, 300.0)?,
/// };
/// let confidence = Confidence::new(0.95)?;
/// let effect = difference_in_differences_of_proportions(treated, comparison, confidence)?;
/// assert_eq!(effect.times(100.0).to_string(), "-9.0 (-21.4 to 3.4)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Angrist JD, Pischke J-S. Mostly Harmless Econometrics. Princeton University Press, 2009. Section
/// 5.2.
///
/// HM Treasury. Magenta Book: Central Government guidance on evaluation. 2020, annex A.
pub fn difference_in_differences_of_proportions(
    treated: BeforeAndAfter,
    comparison: BeforeAndAfter,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    const METHOD: &str = "difference-in-differences, normal";
    let change = |of: BeforeAndAfter| of.after.value() - of.before.value();
    let variance = |of: BeforeAndAfter| of.after.variance() + of.before.variance();
    let effect = change(treated) - change(comparison);
    let variance = variance(treated) + variance(comparison);
    if variance <= 0.0 {
        let words = "each group has no event or nothing but events, so the normal interval has no \
                     width";
        return Ok(Estimate::without_interval(
            effect,
            confidence,
            METHOD,
            Withheld::Because {
                words: words.to_owned(),
            },
        ));
    }
    symmetric(effect, confidence.z(), variance.sqrt(), confidence, METHOD)
}

/// Gives the effect of a programme from single observations, with a variance that allows for what
/// the observations of one cluster share.
///
/// For rows of people or areas, before and after, some of whom had the programme. A cluster is the
/// level at which the programme was given or refused: the place, school or team.
///
/// # Formula
///
/// Ordinary least squares of `y = b₀ + b₁ treated + b₂ after + b₃ treated × after`. The effect `b₃`
/// is the double difference of the four cell means, so each cluster's share in its error is a sum:
///
/// ```text
/// effect = (ȳ₁₁ - ȳ₁₀) - (ȳ₀₁ - ȳ₀₀)
/// ψ_g    = Σ over the cluster of ± (y - its cell's mean) / (its cell's size)
/// var    = G/(G - 1) × (N - 1)/(N - 4) × Σ_g ψ_g²        t with G - 1 degrees of freedom
/// ```
///
/// # Units
///
/// - `observations`: in any order, in any unit, which is the unit of the effect
///
/// # Assumptions
///
/// - parallel trends, as in [`difference_in_differences_of_proportions`]
/// - clusters are independent of each other; within a cluster anything may be shared
///
/// # Where it fails
///
/// With few clusters (below about 30), or very unequal ones, it is too narrow. A cell of a single
/// cluster gives no residual to that cluster at all: the interval would leave the whole luck of that
/// place out, so it is withheld. One treated place against many is such a case; it needs another
/// method (synthetic control, placebo places). Where no cluster differs from the others by more than
/// rounding, an interval would have no width: then too there is a value without one, and the reason.
///
/// # Errors
///
/// [`StatisticError::TooFew`] when one of the four cells is empty, when there are fewer than two
/// clusters, or no more than four observations; [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Arm, Confidence, ObservedUnit, Time, difference_in_differences};
/// let rows = [
///     (Arm::Treated, "Ludlow", 41.0, 35.0),
///     (Arm::Treated, "Oswestry", 44.0, 37.5),
///     (Arm::Comparison, "Bridgnorth", 39.0, 38.0),
///     (Arm::Comparison, "Whitchurch", 43.0, 41.0),
/// ];
/// let mut observations = Vec::new();
/// for (arm, cluster, before, after) in rows {
///     for (time, outcome) in [(Time::Before, before), (Time::After, after)] {
///         observations.push(ObservedUnit { outcome, arm, time, cluster });
///     }
/// }
/// let effect = difference_in_differences(&observations, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{effect:.2}"), "-4.75 (-6.67 to -2.83)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Liang K-Y, Zeger SL. Longitudinal data analysis using generalized linear models. Biometrika 73,
/// 1986, 13–22.
///
/// Bertrand M, Duflo E, Mullainathan S. How much should we trust differences-in-differences
/// estimates? Quarterly Journal of Economics 119, 2004, 249–275.
///
/// Cameron AC, Miller DL. A practitioner's guide to cluster-robust inference. Journal of Human
/// Resources 50, 2015, 317–372 (the factors, and t with G - 1).
pub fn difference_in_differences<K: Ord>(
    observations: &[ObservedUnit<K>],
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    const METHOD: &str = "difference-in-differences, cluster-robust";
    // Parameters of the saturated model.
    const PARAMETERS: f64 = 4.0;
    let cells = Cells::of(observations)?;
    if observations.len() <= 4 {
        return Err(StatisticError::TooFew {
            what: "observations",
            needed: 5,
            given: observations.len(),
        });
    }
    let mut shares: BTreeMap<&K, Share> = BTreeMap::new();
    for observation in observations {
        let cell = cells.at(observation.arm, observation.time);
        let residual = observation.outcome - cell.mean;
        let share = shares.entry(&observation.cluster).or_default();
        share.of_error += cell.sign * residual / cell.size;
        share.of_rows += cell.size.recip();
    }
    if shares.len() < 2 {
        return Err(StatisticError::TooFew {
            what: "clusters",
            needed: 2,
            given: shares.len(),
        });
    }
    let effect = computed(cells.effect())?;
    if fewest_clusters(observations) < 2 {
        let words = "before or after, treated or comparison is a single cluster: its own luck cannot \
                     be told from the effect";
        return Ok(Estimate::without_interval(
            effect,
            confidence,
            METHOD,
            Withheld::Because {
                words: words.to_owned(),
            },
        ));
    }
    let outcomes = observations.iter();
    let scale = outcomes.fold(0.0_f64, |most, row| most.max(row.outcome.abs()));
    let differences = shares.values().map(|share| share.of_error / share.of_rows);
    if nothing_but_rounding(differences, scale) {
        let words = "no cluster differs from the others: an interval of no width would be an \
                     accident, not knowledge";
        return Ok(Estimate::without_interval(
            effect,
            confidence,
            METHOD,
            Withheld::Because {
                words: words.to_owned(),
            },
        ));
    }
    let (clusters, rows) = (shares.len() as f64, observations.len() as f64);
    let correction = clusters / (clusters - 1.0) * (rows - 1.0) / (rows - PARAMETERS);
    let squares: f64 = shares.values().map(|share| share.of_error.powi(2)).sum();
    let quantile = student::quantile(confidence, clusters - 1.0)?;
    let standard_error = seen((correction * squares).sqrt())?;
    symmetric(effect, quantile, standard_error, confidence, METHOD)
}

/// What a cluster has of the error of the effect.
#[derive(Clone, Copy, Default)]
struct Share {
    /// Its residuals with their signs, each over the size of its cell.
    of_error: f64,
    /// Its rows, each over the size of its cell: how large rounding may make `of_error`.
    of_rows: f64,
}

/// One of the four groups.
#[derive(Clone, Copy, Default)]
struct Cell {
    size: f64,
    mean: f64,
    /// How it enters the effect: 1 or -1.
    sign: f64,
}

struct Cells {
    treated_before: Cell,
    treated_after: Cell,
    comparison_before: Cell,
    comparison_after: Cell,
}

impl Cells {
    fn of<K>(observations: &[ObservedUnit<K>]) -> Result<Self, StatisticError> {
        for observation in observations {
            finite("an outcome", observation.outcome)?;
        }
        let cell = |arm: Arm, time: Time, sign: f64, what: &'static str| {
            let within = observations.iter();
            let within = within.filter(|row| row.arm == arm && row.time == time);
            let size = within.clone().count();
            if size == 0 {
                return Err(StatisticError::TooFew {
                    what,
                    needed: 1,
                    given: 0,
                });
            }
            let size = size as f64;
            let mean = within.map(|row| row.outcome).sum::<f64>() / size;
            Ok(Cell { size, mean, sign })
        };
        Ok(Self {
            treated_before: cell(Arm::Treated, Time::Before, -1.0, "treated before")?,
            treated_after: cell(Arm::Treated, Time::After, 1.0, "treated after")?,
            comparison_before: cell(Arm::Comparison, Time::Before, 1.0, "comparison before")?,
            comparison_after: cell(Arm::Comparison, Time::After, -1.0, "comparison after")?,
        })
    }

    fn at(&self, arm: Arm, time: Time) -> Cell {
        match (arm, time) {
            (Arm::Treated, Time::Before) => self.treated_before,
            (Arm::Treated, Time::After) => self.treated_after,
            (Arm::Comparison, Time::Before) => self.comparison_before,
            (Arm::Comparison, Time::After) => self.comparison_after,
        }
    }

    fn effect(&self) -> f64 {
        (self.treated_after.mean - self.treated_before.mean)
            - (self.comparison_after.mean - self.comparison_before.mean)
    }
}

/// How many clusters the cell with the fewest has.
fn fewest_clusters<K: Ord>(observations: &[ObservedUnit<K>]) -> usize {
    let mut clusters: BTreeMap<(Arm, Time), BTreeSet<&K>> = BTreeMap::new();
    for row in observations {
        let cell = clusters.entry((row.arm, row.time)).or_default();
        cell.insert(&row.cluster);
    }
    clusters.values().map(BTreeSet::len).min().unwrap_or(0)
}
