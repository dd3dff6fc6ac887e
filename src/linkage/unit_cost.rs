//! Pounds for each head, person, outcome, and unit of change.

use crate::money::{Exact, Pence};
use crate::statistic::{Confidence, Estimate, Interval, Withheld};
use rust_decimal::Decimal;

/// A sum divided by a count, to the nearest penny; nothing when there is nothing to divide by.
///
/// # Example
///
/// ```
/// use wholeplace::linkage::spend_per;
/// use wholeplace::money::Pence;
/// let spend = Pence::new(12_671_000);
/// assert_eq!(spend_per(spend, 27_635.into()).map(|p| p.to_string()), Some("£4.59".into()));
/// assert_eq!(spend_per(spend, 0.into()), None);
/// ```
#[must_use]
pub fn spend_per(spend: Pence, count: Decimal) -> Option<Pence> {
    if count <= Decimal::ZERO {
        return None;
    }
    let count = count.normalize();
    let tens = 10_u128.checked_pow(count.scale())?;
    let whole = u128::try_from(count.mantissa()).ok()?;
    // Shares are at most one, so the sum is divided and the tens come back afterwards.
    let exact = Exact::share(spend, 1, whole)
        .times(&crate::money::Ratio::new(i128::try_from(tens).ok()?, 1));
    exact.nearest().ok()
}

/// Pounds for each unit by which something changed for the better, with the interval of the
/// change turned round.
///
/// `improvement` is the change in the good direction, in units: 20 fewer reoffenders are 20. Where
/// its interval holds zero the change may be nothing at all, a ratio has no bound, and the
/// result is withheld. Where the whole interval is below zero things got worse, and there is no
/// cost of an improvement. The interval has the confidence of the change; the sum itself is taken
/// as exact.
///
/// This is spending beside change. It is the cost of a change only if the spending made it, which
/// this library does not claim.
///
/// # Example
///
/// ```
/// use wholeplace::linkage::cost_per_unit_of_change;
/// use wholeplace::money::Pence;
/// use wholeplace::statistic::{Confidence, Estimate, Interval};
/// let confidence = Confidence::new(0.95)?;
/// let fewer = Estimate::published(40.0, Interval { lower: 20.0, upper: 80.0 }, confidence)?;
/// let cost = cost_per_unit_of_change(Pence::new(8_000_000), &fewer);
/// assert_eq!(format!("{cost:.0}"), "2000 (1000 to 4000)");
///
/// let perhaps = Estimate::published(40.0, Interval { lower: -5.0, upper: 80.0 }, confidence)?;
/// assert_eq!(cost_per_unit_of_change(Pence::new(8_000_000), &perhaps).value(), None);
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[must_use]
pub fn cost_per_unit_of_change(spend: Pence, improvement: &Estimate) -> Estimate {
    const METHOD: &str = "spend divided by change, limits turned round";
    let confidence: Confidence = improvement.confidence();
    let withheld = |why: Withheld| Estimate::withheld_because(confidence, METHOD, why);
    let because = |words: &str| {
        withheld(Withheld::Because {
            words: words.to_owned(),
        })
    };
    let pounds = pounds(spend);
    match (improvement.value(), improvement.interval()) {
        (Some(value), Some(Interval { lower, upper })) if lower > 0.0 => {
            let interval = Interval {
                lower: (pounds / upper).min(pounds / lower),
                upper: (pounds / upper).max(pounds / lower),
            };
            Estimate::new(pounds / value, interval, confidence, METHOD)
        }
        (_, Some(Interval { upper, .. })) if upper < 0.0 => {
            because("it changed for the worse, beyond chance")
        }
        (_, Some(_)) => withheld(Withheld::DivisorMayBeZero),
        (_, None) => withheld(
            improvement
                .withheld()
                .cloned()
                .unwrap_or(Withheld::NoCounts),
        ),
    }
}

/// Pounds for statistics; money itself is never a float.
#[expect(
    clippy::cast_precision_loss,
    reason = "a float holds every penny up to ninety trillion pounds"
)]
fn pounds(pence: Pence) -> f64 {
    pence.get() as f64 / 100.0
}
