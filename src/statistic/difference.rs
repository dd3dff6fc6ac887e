//! How far two independent figures differ, and how sure that is.

use super::counted::{computed, symmetric};
use super::{Confidence, Estimate, Interval, Measured, Proportion, StatisticError, wilson};

/// Gives the difference of two independent proportions, first minus second, with Newcombe's
/// hybrid score interval.
///
/// For the question whether two places, two years or two groups differ. Two intervals that
/// overlap do not answer it; this interval does: where it holds zero, the two are not told apart.
///
/// # Formula
///
/// ```text
/// d     = p₁ - p₂                                  pᵢ = eventsᵢ / peopleᵢ
/// lower = d - √((p₁ - l₁)² + (u₂ - p₂)²)            lᵢ, uᵢ: Wilson's limits of pᵢ
/// upper = d + √((u₁ - p₁)² + (p₂ - l₂)²)
/// ```
///
/// # Units
///
/// - returns a difference of proportions, from -1 to 1; `.times(100.0)` gives percentage points
///
/// # Assumptions
///
/// - each person has the event at most once, and independently of the others
/// - the two groups have no person in common: not for the same people before and after
///
/// # Where it fails
///
/// Where people come in clusters (schools, teams, households) it is too narrow; divide events and
/// people by the [design effect](super::design_effect) first.
///
/// # Errors
///
/// None for proportions that were made; those of Wilson's interval are passed on.
///
/// # Example
///
/// 68 of 200 reoffended, against 90 of 220: the interval holds zero.
///
/// ```
/// use wholeplace::statistic::{Confidence, Proportion, difference_of_proportions};
/// let ours = Proportion::new(68.0, 200.0)?;
/// let theirs = Proportion::new(90.0, 220.0)?;
/// let difference = difference_of_proportions(ours, theirs, Confidence::new(0.95)?)?;
/// assert_eq!(difference.times(100.0).to_string(), "-6.9 (-16.0 to 2.4)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Newcombe RG. Interval estimation for the difference between independent proportions: comparison
/// of eleven methods. Statistics in Medicine 17, 1998, 873–890. Method 10.
pub fn difference_of_proportions(
    first: Proportion,
    second: Proportion,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    let limits = |proportion: Proportion| {
        wilson(proportion.events(), proportion.people(), confidence)?
            .interval()
            .ok_or(StatisticError::Undefined("a proportion without limits"))
    };
    let (one, two) = (limits(first)?, limits(second)?);
    let (p1, p2) = (first.value(), second.value());
    let difference = p1 - p2;
    let interval = Interval {
        lower: computed(difference - (p1 - one.lower).hypot(two.upper - p2))?,
        upper: computed(difference + (one.upper - p1).hypot(p2 - two.lower))?,
    };
    Ok(Estimate::new(
        difference,
        interval,
        confidence,
        "Newcombe hybrid score",
    ))
}

/// Gives the difference of two independent estimates, first minus second.
///
/// For means, rates or costs that were published with a standard error, or with limits
/// ([`Measured::from_limits`]).
///
/// # Formula
///
/// ```text
/// d ± z √(se₁² + se₂²)
/// ```
///
/// # Units
///
/// - both in the same unit, which is the unit of the difference
///
/// # Assumptions
///
/// - the two are independent: no overlap in people, and neither is part of the other. A place
///   against a country that contains it is not independent; for a small place that matters little
/// - both are near enough to normal
///
/// # Where it fails
///
/// For rates of few events, or of sums with a long tail (costs of few people), normal limits are
/// wrong on both sides.
///
/// # Errors
///
/// [`StatisticError::Undefined`] for numbers too extreme to be computed with.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, Measured, difference_of_estimates};
/// let ours = Measured::new(21.4, 1.2)?;
/// let theirs = Measured::new(18.0, 0.5)?;
/// let difference = difference_of_estimates(ours, theirs, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{difference:.2}"), "3.40 (0.85 to 5.95)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Altman DG, Machin D, Bryant TN, Gardner MJ. Statistics with Confidence, 2nd edition. BMJ Books,
/// 2000. Chapter 4.
///
/// Altman DG, Bland JM. Interaction revisited: the difference between two estimates. BMJ 326, 2003,
/// 219.
pub fn difference_of_estimates(
    first: Measured,
    second: Measured,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    symmetric(
        first.value() - second.value(),
        confidence.z(),
        first.standard_error().hypot(second.standard_error()),
        confidence,
        "normal, independent estimates",
    )
}
