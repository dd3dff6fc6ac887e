//! Values of one-sample statistics as published, or computed by other programs, and what must hold
//! whatever the numbers.
//!
//! "Published test data" are numbers of the test suite of the R package PHEindicatormethods (Office
//! for Health Improvement and Disparities), which are expected results of official tools, not its
//! code. Those "computed by scipy 1.17.1" or "by numpy 2.4.6" are by short scripts that follow the
//! formula of the source, by other means than here.
//!
//! - `funnels`: limits of funnels, and the flags of places against them
//! - `intervals`: proportions, counts, rates and means: Wilson, exact Poisson, Byar, Student
//! - `properties`: what must hold whatever the numbers
//! - `refusals`: what is refused, in which words
//! - `slopes`: quantiles of areas, and the slope and relative index of inequality over them
//! - `standardised`: directly and indirectly standardised rates and ratios

mod funnels;
mod intervals;
mod properties;
mod refusals;
mod slopes;
mod standardised;

use proptest::prelude::*;
use wholeplace::statistic::{
    Confidence, Estimate, Flag, Interval, Order, QuantileValue, RepeatStratum, Scale, Simulation,
    SlopeIndex, Spread, StandardPopulation, StatisticError, Stratum, Withheld, byar, count,
    crude_rate, directly_standardised_rate, directly_standardised_rate_of_repeat_events,
    exact_poisson, expected_events, flag_of_proportion, flag_of_ratio, funnel_limits_of_count,
    funnel_limits_of_proportion, indirectly_standardised_rate, indirectly_standardised_ratio, mean,
    mean_of_summary, quantiles, slope_index, standardised_ratio, wilson,
};

fn sure(level: f64) -> Confidence {
    Confidence::new(level).unwrap()
}

fn near(what: &str, got: f64, want: f64, tolerance: f64) {
    let far = (got - want).abs();
    assert!(far <= tolerance, "{what}: {got} is not {want}, by {far}");
}

fn limits(estimate: &Estimate) -> Interval {
    estimate.interval().unwrap()
}

/// Value and limits of an estimate against those wanted.
fn same(what: &str, got: &Estimate, (value, lower, upper): (f64, f64, f64), tolerance: f64) {
    near(what, got.value().unwrap(), value, tolerance);
    near(
        &format!("{what}, lower"),
        limits(got).lower,
        lower,
        tolerance,
    );
    near(
        &format!("{what}, upper"),
        limits(got).upper,
        upper,
        tolerance,
    );
}

/// Runs a check on each case; a suite that runs on nothing proves nothing.
fn each<T>(cases: &[T], least: usize, check: impl Fn(&T)) {
    let mut ran = 0;
    for case in cases {
        check(case);
        ran += 1;
    }
    assert!(ran >= least, "only {ran} of at least {least} cases ran");
}

/// Events and people of the published test data by the nineteen ages, and of their reference.
const AGES: [(&str, f64, f64, f64, f64); 19] = [
    ("0-4", 127.0, 636.0, 10_303.0, 50_520.0),
    ("5-9", 25.0, 558.0, 2_824.0, 57_173.0),
    ("10-14", 18.0, 609.0, 3_225.0, 60_213.0),
    ("15-19", 21.0, 543.0, 3_615.0, 54_659.0),
    ("20-24", 12.0, 384.0, 3_641.0, 44_345.0),
    ("25-29", 27.0, 594.0, 3_490.0, 50_128.0),
    ("30-34", 48.0, 669.0, 3_789.0, 62_163.0),
    ("35-39", 27.0, 843.0, 3_213.0, 67_423.0),
    ("40-44", 29.0, 660.0, 3_031.0, 62_899.0),
    ("45-49", 32.0, 576.0, 2_771.0, 55_463.0),
    ("50-54", 32.0, 606.0, 3_089.0, 60_479.0),
    ("55-59", 34.0, 522.0, 3_490.0, 49_974.0),
    ("60-64", 45.0, 426.0, 3_595.0, 44_140.0),
    ("65-69", 65.0, 273.0, 4_745.0, 40_888.0),
    ("70-74", 38.0, 300.0, 5_514.0, 37_239.0),
    ("75-79", 68.0, 288.0, 7_125.0, 30_819.0),
    ("80-84", 74.0, 153.0, 5_694.0, 18_136.0),
    ("85-89", 82.0, 123.0, 6_210.0, 15_325.0),
    ("90+", 91.0, 207.0, 5_757.0, 13_918.0),
];

fn place() -> Vec<Stratum> {
    let strata = AGES.map(|(age, events, people, ..)| Stratum::new(age, events, people));
    strata.into()
}

fn reference() -> Vec<Stratum> {
    let strata = AGES.map(|(age, .., events, people)| Stratum::new(age, events, people));
    strata.into()
}

fn grouped(values: &[f64], number: u32, order: Order) -> Vec<u32> {
    let keyed: Vec<_> = values.iter().map(|value| ((), *value)).collect();
    let grouped = quantiles(&keyed, number, order).unwrap();
    grouped.into_iter().map(|(_, quantile)| quantile).collect()
}

fn index(
    points: &[(f64, f64, Spread)],
    scale: Scale,
    multiplier: f64,
    level: f64,
) -> Result<SlopeIndex, StatisticError> {
    let values: Vec<_> = points
        .iter()
        .zip(1..)
        .map(|(&(population, value, spread), quantile)| QuantileValue {
            quantile,
            population,
            value,
            spread,
        })
        .collect();
    let number = u32::try_from(values.len()).unwrap();
    let simulation = Simulation::new(100_000, 2004)?;
    slope_index(&values, number, scale, multiplier, simulation, sure(level))
}

fn between(lower: f64, upper: f64) -> Spread {
    Spread::Limits(Interval { lower, upper })
}
