//! How many people it takes to see an effect.

use super::counted::computed;
use super::{Confidence, StatisticError, finite};

/// Gives the distance of two proportions on the scale where all distances are as easy to see
/// (Cohen's effect size h).
///
/// # Formula
///
/// ```text
/// h = 2 arcsin √p₁ - 2 arcsin √p₂
/// ```
///
/// # Units
///
/// - `first`, `second`: proportions, 0–1; returns radians, from -π to π
///
/// # Errors
///
/// [`StatisticError::OutOfRange`] for what is no proportion; [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::effect_size;
/// // Two points are further apart near 0 than in the middle.
/// assert_eq!(format!("{:.3}", effect_size(0.52, 0.50)?), "0.040");
/// assert_eq!(format!("{:.3}", effect_size(0.03, 0.01)?), "0.148");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Cohen J. Statistical Power Analysis for the Behavioral Sciences, 2nd edition. Lawrence Erlbaum,
/// 1988. Section 6.2.
pub fn effect_size(first: f64, second: f64) -> Result<f64, StatisticError> {
    let angle = |given: f64| {
        finite("a proportion", given)?;
        if !(0.0..=1.0).contains(&given) {
            return Err(StatisticError::OutOfRange {
                what: "a proportion",
                given,
                allowed: "between 0 and 1; for 34% write 0.34",
            });
        }
        Ok(2.0 * given.sqrt().asin())
    };
    Ok(angle(first)? - angle(second)?)
}

/// Gives how many people each of two equal groups needs, so that a difference of two proportions is
/// likely to be seen.
///
/// Ask it before a pilot: a pilot that is too small finds nothing whatever it does.
///
/// # Formula
///
/// ```text
/// n = 2 ((z₁₋α⸝₂ + z_power) / h)²        h: effect size; rounded up
/// ```
///
/// # Units
///
/// - `first`, `second`: proportions, 0–1, that are thought to hold without and with the programme
/// - `confidence` of the two-sided test: 0.95 for a test at 5%
/// - `power`: chance that the difference is seen if it is there; from 0.5 up to but not including 1
/// - returns whole people in each group
///
/// # Assumptions
///
/// - two groups of the same size, people independent; for clusters multiply by [`design_effect`]
/// - nobody is lost; for a loss of one in five divide by 0.8
///
/// # Where it fails
///
/// For proportions very near 0 or 1 and few people. A difference-in-differences compares four groups,
/// and needs about twice as many people in each.
///
/// # Errors
///
/// [`StatisticError::OutOfRange`] for what is no proportion or no power;
/// [`StatisticError::Undefined`] when the two proportions are equal.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, people_per_group};
/// let people = people_per_group(0.46, 0.40, Confidence::new(0.95)?, 0.8)?;
/// assert_eq!(people, 1068.0);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Cohen J. Statistical Power Analysis for the Behavioral Sciences, 2nd edition. Lawrence Erlbaum,
/// 1988. Section 6.4.
pub fn people_per_group(
    first: f64,
    second: f64,
    confidence: Confidence,
    power: f64,
) -> Result<f64, StatisticError> {
    let size = effect_size(first, second)?;
    finite("power", power)?;
    if !(0.5..1.0).contains(&power) {
        return Err(StatisticError::OutOfRange {
            what: "power",
            given: power,
            allowed: "at least 0.5 and below 1; for 80% write 0.8",
        });
    }
    if size == 0.0 {
        return Err(StatisticError::Undefined(
            "the two proportions are equal: no number of people shows a difference",
        ));
    }
    // A one-sided quantile is the two-sided one of a confidence that leaves as much in each tail.
    let z_power = if power > 0.5 {
        Confidence::new(2.0 * power - 1.0)?.z()
    } else {
        0.0
    };
    computed((2.0 * ((confidence.z() + z_power) / size).powi(2)).ceil())
}

/// Gives by how much more people are needed when they come in clusters.
///
/// Multiply a number of people by it before a study; after one, divide events and people by it
/// before an interval is made of them.
///
/// # Formula
///
/// ```text
/// 1 + (m - 1) ρ
/// ```
///
/// # Units
///
/// - `cluster_size` m: people in each cluster, 1 or more
/// - `intraclass_correlation` ρ: share of the variance that lies between clusters, 0–1
///
/// # Assumptions
///
/// - clusters of about the same size; the mean size understates it where sizes differ much
///
/// # Errors
///
/// [`StatisticError::OutOfRange`]; [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::design_effect;
/// // Probation offices of 50 people each, alike by 0.05: three and a half times as many people.
/// assert_eq!(format!("{:.2}", design_effect(50.0, 0.05)?), "3.45");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Kish L. Survey Sampling. Wiley, 1965. Section 5.4.
///
/// Donner A, Klar N. Design and Analysis of Cluster Randomization Trials in Health Research. Arnold,
/// 2000. Chapter 5.
pub fn design_effect(
    cluster_size: f64,
    intraclass_correlation: f64,
) -> Result<f64, StatisticError> {
    finite("cluster size", cluster_size)?;
    finite("intraclass correlation", intraclass_correlation)?;
    if cluster_size < 1.0 {
        return Err(StatisticError::OutOfRange {
            what: "cluster size",
            given: cluster_size,
            allowed: "1 or more",
        });
    }
    if !(0.0..=1.0).contains(&intraclass_correlation) {
        return Err(StatisticError::OutOfRange {
            what: "intraclass correlation",
            given: intraclass_correlation,
            allowed: "between 0 and 1",
        });
    }
    computed(1.0 + (cluster_size - 1.0) * intraclass_correlation)
}
