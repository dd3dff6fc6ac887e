//! A mean of observations.

use super::counted::computed;
use super::{Confidence, Estimate, Interval, StatisticError, count_of, finite, student};

/// The fewest observations from which a spread can be told.
const FEWEST: usize = 2;

/// Gives the mean of observations with its interval by Student's t distribution.
///
/// For measures that each person or case has one of: waiting times, scores of wellbeing, unit
/// costs of single cases. For published means without their observations, take
/// [`mean_of_summary`].
///
/// # Formula
///
/// ```text
/// mean = Σ y / n
/// s² = Σ (y - mean)² / (n - 1)
/// limits = mean ∓ t s / √n        t with n - 1 degrees of freedom
/// ```
///
/// # Units
///
/// - `values`: any one unit; returns that unit
///
/// # Assumptions
///
/// - observations are independent, and either near a normal distribution or many
///
/// # Where it fails
///
/// Sums of money of cases are skew: a few dear cases carry the mean. With fewer than about 30 of
/// them the interval is not to be relied upon.
///
/// # Errors
///
/// [`StatisticError::TooFew`] below two values; [`StatisticError::NotFinite`];
/// [`StatisticError::Undefined`] where a limit is too large to be a number.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, mean};
/// let days = mean(&[12.0, 15.0, 11.0, 18.0, 14.0], Confidence::new(0.95)?)?;
/// assert_eq!(format!("{days:.2}"), "14.00 (10.60 to 17.40)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Student. The probable error of a mean. Biometrika 6(1), 1908, 1–25.
///
/// Altman DG, Machin D, Bryant TN, Gardner MJ (editors). Statistics with Confidence, 2nd edition.
/// BMJ Books, 2000, chapter 4.
pub fn mean(values: &[f64], confidence: Confidence) -> Result<Estimate, StatisticError> {
    for value in values {
        finite("value", *value)?;
    }
    if values.len() < FEWEST {
        return Err(too_few(values.len()));
    }
    // No slice is as long as 2⁵³, so its length is exact.
    let observations = values.len() as f64;
    let mean = values.iter().sum::<f64>() / observations;
    // Two passes: a sum of squares less the square of a sum would lose the digits of values that
    // are large beside their spread.
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let deviation = (squares / (observations - 1.0)).sqrt();
    mean_of_summary(mean, deviation, observations, confidence)
}

/// Gives the interval of a mean that was published with its standard deviation and its number of
/// observations.
///
/// The same method as [`mean`], for those who do not hold the observations.
///
/// # Formula
///
/// ```text
/// limits = mean ∓ t s / √n        t with n - 1 degrees of freedom
/// ```
///
/// # Units
///
/// - `mean` and `standard_deviation`, `s`: one unit, which is returned; the deviation of the
///   observations with divisor `n - 1`, not the standard error of the mean
/// - `observations`: a whole number, `n`, at least 2
///
/// # Assumptions
///
/// - observations are independent, and either near a normal distribution or many
///
/// # Where it fails
///
/// Where the published deviation is a standard error the interval is far too narrow, and nothing
/// in the numbers shows it.
///
/// # Errors
///
/// [`StatisticError::TooFew`] below two observations; [`StatisticError::NotWhole`] of them;
/// [`StatisticError::Negative`], [`StatisticError::NotFinite`]; [`StatisticError::Undefined`] where a
/// limit is too large to be a number.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, mean_of_summary};
/// let score = mean_of_summary(51.3, 9.1, 240.0, Confidence::new(0.95)?)?;
/// assert_eq!(format!("{score:.1}"), "51.3 (50.1 to 52.5)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Student. The probable error of a mean. Biometrika 6(1), 1908, 1–25.
///
/// Altman DG, Machin D, Bryant TN, Gardner MJ (editors). Statistics with Confidence, 2nd edition.
/// BMJ Books, 2000, chapter 4.
pub fn mean_of_summary(
    mean: f64,
    standard_deviation: f64,
    observations: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    let mean = finite("mean", mean)?;
    let deviation = count_of("standard deviation", standard_deviation)?;
    let observations = count_of("number of observations", observations)?;
    if observations.fract() != 0.0 {
        return Err(StatisticError::NotWhole {
            what: "number of observations",
            given: observations,
        });
    }
    if observations < 2.0 {
        return Err(too_few(usize::from(observations > 0.0)));
    }
    let error = deviation / observations.sqrt();
    // Nothing to either side where all observations are equal, however sure one wants to be.
    let reach = if error > 0.0 {
        student::quantile(confidence, observations - 1.0)? * error
    } else {
        0.0
    };
    let interval = Interval {
        lower: computed(mean - reach)?,
        upper: computed(mean + reach)?,
    };
    Ok(Estimate::new(mean, interval, confidence, "Student's t"))
}

fn too_few(given: usize) -> StatisticError {
    StatisticError::TooFew {
        what: "observations",
        needed: FEWEST,
        given,
    }
}
