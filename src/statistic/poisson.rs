//! Tails of the Poisson distribution, for counts that need not be whole.

use super::Interval;
use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur};

/// Beyond so many events the incomplete gamma function takes long and loses digits to
/// cancellation, while the cube-root transformation that Byar's limits rest on agrees with it:
/// limits at 99.8% differ by less than 1 part in 10⁹.
const MANY: f64 = 1e6;

/// The probability of so many events or more, when `mean` are expected. Rises with the mean.
pub(super) fn at_least(events: f64, mean: f64) -> f64 {
    if events <= 0.0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    if events > MANY {
        return Normal::standard().cdf(deviate(events, mean));
    }
    checked_gamma_lr(events, mean).unwrap_or(1.0)
}

/// The probability of so many events or fewer, when `mean` are expected. Falls with the mean.
pub(super) fn at_most(events: f64, mean: f64) -> f64 {
    if events < 0.0 {
        return 0.0;
    }
    if mean <= 0.0 {
        return 1.0;
    }
    let next = events + 1.0;
    if next > MANY {
        return Normal::standard().cdf(-deviate(next, mean));
    }
    checked_gamma_ur(next, mean).unwrap_or(0.0)
}

/// How far a mean lies above a count, in standard deviations, by Wilson and Hilferty's cube root
/// of a chi-squared.
fn deviate(events: f64, mean: f64) -> f64 {
    3.0 * events.sqrt() * ((mean / events).cbrt() - 1.0 + 1.0 / (9.0 * events))
}

/// The means for which a count is just as extreme as its tail allows: Garwood's exact limits.
pub(super) fn limits_of_mean(events: f64, tail: f64) -> Interval {
    let lower = if events > 0.0 {
        // The median of a gamma variable lies below its mean, so at a mean of `events` the
        // probability is above a half, and every tail is below a half.
        crossing(0.0, events, |mean| at_least(events, mean) >= tail)
    } else {
        0.0
    };
    let mut above = events + 1.0;
    while at_most(events, above) > tail && above.is_finite() {
        above *= 2.0;
    }
    let upper = crossing(events, above, |mean| at_most(events, mean) <= tail);
    Interval { lower, upper }
}

/// The counts, not only whole ones, of which one limit is just this mean.
///
/// The lower one is 0 where not even no event at all is unusual.
pub(super) fn limits_of_count(mean: f64, tail: f64) -> Interval {
    let lower = if at_most(0.0, mean) >= tail {
        0.0
    } else {
        crossing(0.0, mean, |events| at_most(events, mean) >= tail)
    };
    let mut above = mean + 1.0;
    while at_least(above, mean) > tail && above.is_finite() {
        above *= 2.0;
    }
    let upper = crossing(0.0, above, |events| at_least(events, mean) <= tail);
    Interval { lower, upper }
}

/// Where a condition that is false below and true above turns true, by halving.
///
/// Halving is slow and cannot go wrong: it needs no derivative and stops when no number lies
/// between. Two hundred halvings are more than any two numbers need that are not almost 0.
fn crossing(mut below: f64, mut above: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..200 {
        let middle = below + (above - below) / 2.0;
        if middle <= below || middle >= above {
            break;
        }
        if holds(middle) {
            above = middle;
        } else {
            below = middle;
        }
    }
    below + (above - below) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_of_few_events_are_sums_of_their_probabilities() {
        // Of 2 expected: P(0) = e⁻², P(1) = 2e⁻², P(2) = 2e⁻². Only rounding may differ.
        let once = (-2.0_f64).exp();
        assert!((at_most(2.0, 2.0) - 5.0 * once).abs() < 1e-14);
        assert!((at_least(2.0, 2.0) - (1.0 - 3.0 * once)).abs() < 1e-14);
    }

    #[test]
    fn the_two_ways_to_a_tail_meet_where_one_takes_over() {
        let (few, many) = (
            limits_of_mean(MANY, 0.001),
            limits_of_mean(MANY + 1.0, 0.001),
        );
        // One event more moves both limits by about one; the change of method by less than 0.001.
        assert!(
            (many.lower - few.lower - 1.0).abs() < 0.005,
            "{few:?} {many:?}"
        );
        assert!(
            (many.upper - few.upper - 1.0).abs() < 0.005,
            "{few:?} {many:?}"
        );
    }

    #[test]
    fn the_limits_of_a_count_undo_the_limits_of_a_mean() {
        for events in [1.0, 4.0, 12.5, 300.0] {
            let means = limits_of_mean(events, 0.025);
            // Halving ends within rounding of the crossing; tails are flat there to 1e-12.
            let low = limits_of_count(means.upper, 0.025).lower;
            let high = limits_of_count(means.lower, 0.025).upper;
            assert!((low - events).abs() < 1e-9 * events, "{low} {events}");
            assert!((high - events).abs() < 1e-9 * events, "{high} {events}");
        }
    }

    #[test]
    fn nothing_expected_and_huge_counts_end() {
        assert_eq!(limits_of_mean(0.0, 0.025).lower, 0.0);
        for events in [1e-9, 0.5, 1e9, 1e18, 1e200] {
            let limits = limits_of_mean(events, 0.025);
            assert!(
                limits.lower <= events && events <= limits.upper,
                "{limits:?}"
            );
        }
        for mean in [1e-9, 0.5, 1e9, 1e18] {
            let limits = limits_of_count(mean, 0.025);
            assert!(limits.lower <= mean && limits.upper > 0.0, "{limits:?}");
        }
    }
}
