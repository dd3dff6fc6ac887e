//! A proportion of people.

use super::counted::computed;
use super::{Confidence, Estimate, Interval, StatisticError, count_of, denominator, finite};

/// Gives the proportion of people to whom something happened, with its interval by Wilson's
/// score method.
///
/// For shares of people who each count once: the share of a cohort that reoffended, of pupils
/// who were absent. Unlike the textbook interval it never leaves 0 to 1, and it has a width where
/// nobody or everybody is counted. Not for rates of events that may happen to one person again;
/// see [`crude_rate`](super::crude_rate).
///
/// # Formula
///
/// ```text
/// p = x / n
/// lower, upper = (2x + z² ∓ z √(z² + 4x(1 - p))) / (2(n + z²))      z = Φ⁻¹(½ + confidence/2)
/// ```
///
/// # Units
///
/// - `events`: people to whom it happened, `x`; `people`: all people, `n`
/// - returns a proportion, 0 to 1; for per cent, [`times(100.0)`](Estimate::times)
///
/// # Assumptions
///
/// - each person counts once, and one person's outcome does not move another's
/// - the people are seen as drawn from a process that would give other numbers another year; for
///   a whole population at one moment the interval is about that process, not about the count
///
/// # Where it fails
///
/// Its chance of holding the true proportion varies around the level asked, and may be a few
/// points below it for true proportions very near 0 or 1.
///
/// # Errors
///
/// [`StatisticError::MoreEventsThanPeople`]; [`StatisticError::NoDenominator`] of no people;
/// [`StatisticError::Negative`], [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, wilson};
/// let reoffended = wilson(65.0, 100.0, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{:.1}", reoffended.times(100.0)), "65.0 (55.3 to 73.6)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: nobody is not certainty
///
/// ```
/// # use wholeplace::statistic::{Confidence, wilson};
/// let nobody = wilson(0.0, 10.0, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{:.2}", nobody), "0.00 (0.00 to 0.28)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Wilson EB. Probable inference, the law of succession, and statistical inference. Journal of
/// the American Statistical Association 22(158), 1927, 209–212.
///
/// Newcombe RG. Two-sided confidence intervals for the single proportion: comparison of seven
/// methods. Statistics in Medicine 17, 1998, 857–872 (method 3).
pub fn wilson(
    events: f64,
    people: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    let people = denominator("people", people)?;
    let events = count_of("events", events)?;
    if events > people {
        return Err(StatisticError::MoreEventsThanPeople { events, people });
    }
    let proportion = events / people;
    let z = confidence.z();
    let middle = 2.0 * events + z * z;
    let reach = computed(z * (z * z + 4.0 * events * (1.0 - proportion)).sqrt())?;
    let divisor = finite("people", 2.0 * (people + z * z))?;
    // The formula gives 0 and 1 where nobody and everybody are counted; rounding must not spoil
    // that, nor put the proportion outside its own interval.
    let interval = Interval {
        lower: ((middle - reach) / divisor).clamp(0.0, proportion),
        upper: ((middle + reach) / divisor).clamp(proportion, 1.0),
    };
    Ok(Estimate::new(proportion, interval, confidence, "Wilson"))
}
