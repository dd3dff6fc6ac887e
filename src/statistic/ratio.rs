//! How sure a ratio of two uncertain numbers is.

use super::counted::computed;
use super::{Confidence, Estimate, Interval, Measured, StatisticError, Withheld, finite};

/// Gives the ratio of two estimates with Fieller's interval.
///
/// For a cost per outcome, or the extra cost per extra outcome, whose divisor was itself estimated.
/// The usual shortcut (the delta method) is even on both sides and bounded whatever the divisor;
/// a ratio is neither.
///
/// # Formula
///
/// ```text
/// r = a / b        g = z² se_b² / b²
///
/// a b - z² c ± z √(b² se_a² - 2 a b c + a² se_b² - z² (se_a² se_b² - c²))
/// ───────────────────────────────────────────────────────────────────────        c: covariance
///                            b² - z² se_b²
/// ```
///
/// # Units
///
/// - `covariance`: unit of the numerator times unit of the divisor; 0 when the two are independent.
///   A cost that is known exactly has the standard error 0, and then the covariance is 0
/// - returns unit of the numerator per unit of the divisor
///
/// # Assumptions
///
/// - numerator and divisor are jointly near to normal, and their standard errors are known rather
///   than guessed from few people
///
/// # Where it fails
///
/// Where the divisor's own interval holds zero (`g ≥ 1`), the ratios that fit the data have no bound,
/// or are all those *outside* two numbers. No pair of limits says that, so the interval is withheld
/// as [`Withheld::DivisorMayBeZero`], and the value too where the divisor is exactly zero. A value of
/// such a divisor should not be quoted by itself.
///
/// A ratio of two differences does not show its quarter of the plane: less money over less effect is
/// above zero too. Read it with [`compare`](super::compare).
///
/// # Errors
///
/// [`StatisticError::NotFinite`]; [`StatisticError::OutOfRange`] for a covariance that two such
/// standard errors cannot have.
///
/// # Example
///
/// £80,000 in the budget for 20 further outcomes, give or take 4:
///
/// ```
/// use wholeplace::statistic::{Confidence, Measured, ratio_by_fieller};
/// let confidence = Confidence::new(0.95)?;
/// let cost = Measured::exactly(80_000.0)?;
/// let outcomes = Measured::new(20.0, 4.0)?;
/// let each = ratio_by_fieller(cost, outcomes, 0.0, confidence)?;
/// assert_eq!(format!("{each:.0}"), "4000 (2874 to 6579)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: a divisor that may be zero
///
/// ```
/// # use wholeplace::statistic::{Confidence, Measured, Withheld, ratio_by_fieller};
/// # let confidence = Confidence::new(0.95)?;
/// # let cost = Measured::exactly(80_000.0)?;
/// let outcomes = Measured::new(20.0, 12.0)?;
/// let each = ratio_by_fieller(cost, outcomes, 0.0, confidence)?;
/// assert_eq!(each.interval(), None);
/// assert_eq!(each.withheld(), Some(&Withheld::DivisorMayBeZero));
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Fieller EC. Some problems in interval estimation. Journal of the Royal Statistical Society,
/// Series B 16, 1954, 175–185.
///
/// Willan AR, O'Brien BJ. Confidence intervals for cost-effectiveness ratios: an application of
/// Fieller's theorem. Health Economics 5, 1996, 297–305.
pub fn ratio_by_fieller(
    numerator: Measured,
    denominator: Measured,
    covariance: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    const METHOD: &str = "Fieller";
    finite("covariance", covariance)?;
    let most = numerator.standard_error() * denominator.standard_error();
    // Perfectly correlated estimates reach the bound, and may pass it by rounding.
    if covariance.abs() > most * (1.0 + 1e-9) {
        return Err(StatisticError::OutOfRange {
            what: "covariance",
            given: covariance,
            allowed: "no further from zero than the product of the two standard errors",
        });
    }
    let divisor = denominator.value();
    if divisor == 0.0 {
        return Ok(Estimate::withheld_because(
            confidence,
            METHOD,
            Withheld::DivisorMayBeZero,
        ));
    }
    // In units of the divisor, so that its square can neither overflow nor vanish.
    let ratio = computed(numerator.value() / divisor)?;
    let above = computed(numerator.standard_error() / divisor)?;
    let below = computed(denominator.standard_error() / divisor)?;
    let joint = computed(covariance / divisor / divisor)?;
    let z = confidence.z();
    let bound = 1.0 - (z * below).powi(2);
    if bound <= 0.0 {
        return Ok(Estimate::without_interval(
            ratio,
            confidence,
            METHOD,
            Withheld::DivisorMayBeZero,
        ));
    }
    let middle = ratio - z * z * joint;
    let inside = above * above - 2.0 * ratio * joint + (ratio * below).powi(2)
        - z * z * ((above * below).powi(2) - joint * joint);
    // Not negative while the bound is positive, but for rounding. Checked first: `max` hides NaN.
    let reach = z * computed(inside)?.max(0.0).sqrt();
    let interval = Interval {
        lower: computed((middle - reach) / bound)?,
        upper: computed((middle + reach) / bound)?,
    };
    Ok(Estimate::new(ratio, interval, confidence, METHOD))
}
