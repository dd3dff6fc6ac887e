//! Comparing, trending, forecasting, effects and cost-effectiveness: published values, values computed
//! by independent programs, what must hold for all numbers, known effects recovered from drawn data,
//! and what is refused in which words.
//!
//! Tolerances: a value that a source prints to so many digits is met to half of its last digit. A
//! value computed by scipy or statsmodels is met to 1 part in 10⁹, where both work in double
//! precision; the quantile of Student's t is solved for by iteration and gets 1 part in 10⁷.
//!
//! - `properties`: what must hold for all numbers
//! - `published`: values that papers and official tools print, or that other programs compute
//! - `recovery`: known effects of made-up data lie in their intervals as often as they should
//! - `refusals`: what is refused, in which words, and what has no interval

mod properties;
mod published;
mod recovery;
mod refusals;

use proptest::prelude::*;
use wholeplace::statistic::{
    Alternative, Arm, BeforeAndAfter, Confidence, CostAndEffect, Estimate, FrontierStanding,
    Interval, Measured, ObservedUnit, Order, Paired, Proportion, Simulation, StatisticError, Time,
    TrendDirection, Verdict, Withheld, acceptability, compare, cost_per_outcome, design_effect,
    difference_in_differences, difference_in_differences_of_proportions, difference_of_estimates,
    difference_of_proportions, effect_size, extra_by_bootstrap, forecast_level,
    forecast_linear_trend, frontier, incremental_ratio_by_bootstrap, net_benefit, people_per_group,
    ranks, ranks_with_intervals, ratio_by_bootstrap, ratio_by_fieller, trend_of_estimates,
    trend_of_proportions,
};

fn at(level: f64) -> Confidence {
    Confidence::new(level).unwrap()
}

fn of(events: f64, people: f64) -> Proportion {
    Proportion::new(events, people).unwrap()
}

fn known(value: f64, standard_error: f64) -> Measured {
    Measured::new(value, standard_error).unwrap()
}

fn limits(estimate: &Estimate) -> (f64, f64, f64) {
    let Interval { lower, upper } = estimate.interval().unwrap();
    (estimate.value().unwrap(), lower, upper)
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64, case: &str) {
    let apart = (found - expected).abs();
    assert!(
        apart <= tolerance,
        "{case}: found {found}, expected {expected} within {tolerance}"
    );
}

/// Within one part in `1 / part` of the larger, or of 1.
#[track_caller]
fn alike(found: f64, expected: f64, part: f64, case: &str) {
    let size = expected.abs().max(1.0);
    close(found, expected, part * size, case);
}
