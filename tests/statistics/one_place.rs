//! Values of one-sample statistics as published, or computed by other programs, and what must hold
//! whatever the numbers.
//!
//! "Published test data" are numbers of the test suite of the R package PHEindicatormethods (Office
//! for Health Improvement and Disparities), which are expected results of official tools, not its
//! code. Those "computed by scipy 1.17.1" or "by numpy 2.4.6" are by short scripts that follow the
//! formula of the source, by other means than here.

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

// Wilson.

/// Newcombe RG. Two-sided confidence intervals for the single proportion: comparison of seven
/// methods. Statistics in Medicine 17, 1998, 857–872: table of examples, method 3 (score).
#[test]
fn wilson_gives_the_limits_of_newcombe_1998() {
    let cases = [
        (81.0, 263.0, 0.2553, 0.3662),
        (15.0, 148.0, 0.0624, 0.1605),
        (0.0, 20.0, 0.0, 0.1611),
        (1.0, 29.0, 0.0061, 0.1718),
    ];
    each(&cases, 4, |&(events, people, lower, upper)| {
        let got = wilson(events, people, sure(0.95)).unwrap();
        let what = format!("{events} of {people}");
        // Printed to four decimals.
        same(&what, &got, (events / people, lower, upper), 0.5e-4 + 1e-12);
    });
}

/// Published test data.
#[test]
fn wilson_gives_the_published_test_values() {
    let cases = [
        (65.0, 100.0, 0.552_544, 0.736_358, 0.5e-6),
        (0.0, 10.0, 0.0, 0.277_533, 0.5e-6),
        (1.0, 100.0, 0.001_767_43, 0.054_486_2, 0.5e-7),
    ];
    each(&cases, 3, |&(events, people, lower, upper, tolerance)| {
        let got = wilson(events, people, sure(0.95)).unwrap();
        // Half of the last digit given.
        same("wilson", &got, (events / people, lower, upper), tolerance);
    });
}

#[test]
fn wilson_keeps_nobody_and_everybody_exact() {
    for people in [1.0, 3.0, 7.0, 10.0, 263.0, 99_999.0] {
        for level in [0.5, 0.95, 0.998] {
            let nobody = wilson(0.0, people, sure(level)).unwrap();
            assert_eq!(limits(&nobody).lower, 0.0);
            let everybody = wilson(people, people, sure(level)).unwrap();
            assert_eq!(limits(&everybody).upper, 1.0);
        }
    }
}

// Counts and rates.

/// Garwood's limits at 95% as printed in standard tables, two decimals: Pearson ES, Hartley HO.
/// Biometrika Tables for Statisticians, volume 1, table 40.
#[test]
fn exact_limits_are_those_of_the_tables() {
    let cases = [
        (0.0, 0.0, 3.69),
        (1.0, 0.03, 5.57),
        (2.0, 0.24, 7.22),
        (3.0, 0.62, 8.77),
        (4.0, 1.09, 10.24),
        (5.0, 1.62, 11.67),
        (6.0, 2.20, 13.06),
        (7.0, 2.81, 14.42),
        (8.0, 3.45, 15.76),
        (9.0, 4.12, 17.08),
        (10.0, 4.80, 18.39),
        (15.0, 8.40, 24.74),
        (20.0, 12.22, 30.89),
        (25.0, 16.18, 36.90),
        (30.0, 20.24, 42.83),
        (50.0, 37.11, 65.92),
        (100.0, 81.36, 121.63),
    ];
    each(&cases, 17, |&(events, lower, upper)| {
        let got = exact_poisson(events, sure(0.95)).unwrap();
        // Printed to two decimals.
        same(
            &format!("{events}"),
            &got,
            (events, lower, upper),
            0.005 + 1e-9,
        );
    });
}

/// Computed by scipy 1.17.1: quantiles of the gamma distribution, `gamma.ppf` and `gamma.isf`.
#[test]
fn exact_limits_are_those_of_another_program() {
    let cases = [
        (0.95, 1.0, 0.025_317_807_984_289_897, 5.571_643_390_938_898),
        (0.95, 5.0, 1.623_486_390_118_421, 11.668_332_079_322_67),
        (0.95, 100.0, 81.363_991_250_923_15, 121.626_793_792_426_38),
        (0.95, 1000.0, 938.973_018_407_695_2, 1_063.952_136_016_302),
        (0.95, 1e5, 99_381.152_663_744_72, 100_621.744_739_743_88),
        (0.95, 1e6, 998_040.983_340_293_9, 1_001_961.911_945_432_2),
        (
            0.998,
            1.0,
            0.001_000_500_333_583_534_6,
            9.233_413_476_451_585,
        ),
        (0.998, 10.0, 2.960_520_372_743_76, 24.133_971_145_417_59),
        (
            0.998,
            1000.0,
            905.120_790_934_976_6,
            1_101.626_943_879_030_5,
        ),
        // Beyond a million, where Byar's limits stand in.
        (0.95, 1e8, 99_980_401.307_324_74, 100_019_601.587_079_14),
        (0.998, 1e8, 99_969_100.526_761_67, 100_030_906.173_083_3),
    ];
    each(&cases, 11, |&(level, events, lower, upper)| {
        let got = exact_poisson(events, sure(level)).unwrap();
        // Both programs sum the same series; a million terms cost about five of sixteen digits.
        let tolerance = 1e-10 * upper;
        same(
            &format!("{events}"),
            &got,
            (events, lower, upper),
            tolerance,
        );
    });
}

/// Published test data, to the digits given.
#[test]
fn byar_gives_the_published_test_values() {
    let cases = [
        (0.95, 65.0, 50.163_188, 82.849_139),
        (0.998, 65.0, 42.880_261, 94.000_291),
        (0.95, 1045.0, 982.593_202, 1_110.331_213),
    ];
    each(&cases, 3, |&(level, events, lower, upper)| {
        let got = byar(events, sure(level)).unwrap();
        same(&format!("{events}"), &got, (events, lower, upper), 0.5e-6);
    });
    let one = limits(&byar(1.0, sure(0.95)).unwrap());
    near("one event", one.lower, 0.013_072_1, 0.5e-7);
    near("one event", one.upper, 5.563_756, 0.5e-6);
}

/// Public Health England. Technical Guide: Confidence Intervals, 2018, says that Byar's limits are
/// within 0.2% of the exact ones from 10 events on at 95%. That 1.5% bounds them at 99.8% was found
/// here and by scipy 1.17.1.
#[test]
fn byar_stays_within_its_bound_of_the_exact_limits() {
    for (level, bound) in [(0.95, 0.002), (0.998, 0.015)] {
        for events in 10..300 {
            let events = f64::from(events);
            let by_byar = limits(&byar(events, sure(level)).unwrap());
            let exact = limits(&exact_poisson(events, sure(level)).unwrap());
            near("lower", by_byar.lower / exact.lower, 1.0, bound);
            near("upper", by_byar.upper / exact.upper, 1.0, bound);
        }
    }
}

#[test]
fn a_count_is_exact_below_ten_and_by_byar_from_ten() {
    for (events, method) in [
        (0.0, "exact Poisson"),
        (9.9, "exact Poisson"),
        (10.0, "Byar"),
    ] {
        assert_eq!(count(events, sure(0.95)).unwrap().method(), method);
    }
    let nothing = byar(0.0, sure(0.95)).unwrap();
    assert_eq!(nothing.value(), Some(0.0));
    assert_eq!(nothing.interval(), None);
    assert_eq!(nothing.withheld(), Some(&Withheld::NegativeLimit));
}

/// Published test data.
#[test]
fn crude_rates_give_the_published_test_values() {
    let cases = [
        (1.0, 0.025_317_8, 5.571_643, 0.5e-6),
        (5.0, 1.623_486, 11.668_332, 0.5e-6),
        // As Byar's limits of 65 events, above.
        (65.0, 50.163_188, 82.849_139, 0.5e-6),
    ];
    each(&cases, 3, |&(events, lower, upper, tolerance)| {
        let got = crude_rate(events, 100.0, 100.0, sure(0.95)).unwrap();
        same("rate", &got, (events, lower, upper), tolerance);
    });
}

// Means.

/// Computed by scipy 1.17.1: `t.interval` and `t.ppf`.
#[test]
fn means_are_those_of_another_program() {
    let values = [12.0, 15.0, 11.0, 18.0, 14.0];
    let got = mean(&values, sure(0.95)).unwrap();
    // Both invert the same function; ten digits are what inversion keeps.
    let tolerance = 1e-9;
    same(
        "mean",
        &got,
        (14.0, 10.599_563_096_708_72, 17.400_436_903_291_28),
        tolerance,
    );
    let got = mean(&values, sure(0.998)).unwrap();
    same(
        "mean",
        &got,
        (14.0, 5.214_681_864_764_286, 22.785_318_135_235_713),
        tolerance,
    );

    let cases = [
        (0.95, 2.0, 12.706_204_736_174_694),
        (0.95, 240.0, 1.969_939_405_916_958_4),
        (0.998, 30.0, 3.396_240_288_356_802_6),
        (0.95, 1_000_001.0, 1.959_966_356_814_107),
    ];
    each(&cases, 4, |&(level, observations, quantile)| {
        // A deviation of √n makes the standard error 1, and the limits the quantiles themselves.
        let got = mean_of_summary(0.0, f64::sqrt(observations), observations, sure(level)).unwrap();
        same("quantile", &got, (0.0, -quantile, quantile), tolerance);
    });
}

/// Student's t at 97.5% as printed in every table: 12.706, 2.776, 2.045, 1.984.
#[test]
fn the_quantiles_of_student_are_those_of_the_tables() {
    for (observations, printed) in [(2.0, 12.706), (5.0, 2.776), (30.0, 2.045), (101.0, 1.984)] {
        let got = mean_of_summary(0.0, f64::sqrt(observations), observations, sure(0.95)).unwrap();
        near("t", limits(&got).upper, printed, 0.5e-3);
    }
}

#[test]
fn equal_observations_and_very_many_have_a_mean() {
    let equal = mean(&[3.0, 3.0], sure(0.95)).unwrap();
    assert_eq!(
        equal.interval(),
        Some(Interval {
            lower: 3.0,
            upper: 3.0
        })
    );
    // Two values with a spread that is small beside them.
    let close = mean(&[1e9, 1e9 + 2.0], sure(0.95)).unwrap();
    near(
        "close",
        limits(&close).upper - 1e9 - 1.0,
        12.706_204_736,
        1e-6,
    );
    let many = mean_of_summary(5.0, 1e6, 1e12, sure(0.95)).unwrap();
    near("many", limits(&many).upper, 5.0 + 1.959_963_984_54, 1e-9);
}

// Standardised rates.

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

/// Published test data: 895 events by the 2013 European Standard Population.
#[test]
fn directly_standardised_rates_give_the_published_test_values() {
    let european = StandardPopulation::european_2013();
    let got = directly_standardised_rate(&place(), &european, 100_000.0, sure(0.95)).unwrap();
    same(
        "895 events",
        &got,
        (10_430.248, 9_717.709, 11_178.941),
        0.5e-3,
    );
    assert_eq!(got.method(), "Dobson");
}

/// A second rate of those test data, 91 events, is published without its inputs: 1103.212 (877.456
/// to 1367.088). By Dobson both limits give the same standard error for one event.
#[test]
fn published_dobson_limits_are_byar_limits_stretched() {
    let cases = [
        (895.0, 10_430.248, 9_717.709, 11_178.941),
        (91.0, 1_103.212, 877.456, 1_367.088),
    ];
    each(&cases, 2, |&(events, rate, lower, upper)| {
        let by_byar = limits(&byar(events, sure(0.95)).unwrap());
        let below = (rate - lower) / (events - by_byar.lower);
        let above = (upper - rate) / (by_byar.upper - events);
        // Three rates rounded at the third decimal over at least 17 events.
        near("stretch", below, above, 2.0 * 1e-3 / 17.0);
    });
}

/// Fleiss JL. Statistical Methods for Rates and Proportions, 2nd edition. Wiley, 1981, table 14.4
/// (births with Down's syndrome by age of the mother and order of birth, Michigan 1950–64),
/// standardised as in Fay MP, Feuer EJ. Statistics in Medicine 16, 1997, 791–801: fifth and later
/// births 75.52901 per 100,000 (documentation of the R package dsrTest). Limits computed by scipy
/// 1.17.1 with Dobson's formula around Byar's limits.
#[test]
fn directly_standardised_rates_are_those_of_fleiss() {
    let ages = ["-19", "20-24", "25-29", "30-34", "35-39", "40+"];
    let all = [
        319_933.0, 931_318.0, 786_511.0, 488_235.0, 237_863.0, 61_313.0,
    ];
    let standard = StandardPopulation::new(ages.into_iter().zip(all)).unwrap();
    let cases = [
        (
            [107.0, 141.0, 60.0, 40.0, 39.0, 25.0],
            [230_061.0, 329_449.0, 114_920.0, 39_487.0, 14_208.0, 3_052.0],
            (
                92.304_525_533_199_44,
                80.329_221_419_484_4,
                105.187_209_208_417_49,
            ),
        ),
        (
            [0.0, 8.0, 63.0, 112.0, 262.0, 295.0],
            [327.0, 30_666.0, 123_419.0, 149_919.0, 104_088.0, 34_392.0],
            (75.529_01, 67.632_743_122_689_56, 83.867_108_708_542_43),
        ),
    ];
    each(&cases, 2, |(cases, births, wanted)| {
        let strata: Vec<_> = (0..6)
            .map(|age| Stratum::new(ages[age], cases[age], births[age]))
            .collect();
        let got = directly_standardised_rate(&strata, &standard, 1e5, sure(0.95)).unwrap();
        // The published rate has five decimals.
        same("Down's syndrome", &got, *wanted, 0.5e-5);
    });
}

/// Computed by scipy 1.17.1, from the formula with its variance written out.
#[test]
fn repeat_events_widen_the_interval_and_leave_the_rate() {
    let standard = StandardPopulation::new([("young", 80.0), ("old", 20.0)]).unwrap();
    let once = [
        Stratum::new("young", 40.0, 2e4),
        Stratum::new("old", 90.0, 9e3),
    ];
    let got = directly_standardised_rate(&once, &standard, 1e3, sure(0.95)).unwrap();
    let tolerance = 1e-12;
    same(
        "once",
        &got,
        (3.6, 2.982_295_174_946_764_8, 4.303_731_681_162_016),
        tolerance,
    );
    let again = [
        RepeatStratum::new("young", 2e4, [(1, 34.0), (3, 2.0)]),
        RepeatStratum::new("old", 9e3, [(0, 8_940.0), (1, 45.0), (3, 15.0)]),
    ];
    let got =
        directly_standardised_rate_of_repeat_events(&again, &standard, 1e3, sure(0.95)).unwrap();
    same(
        "again",
        &got,
        (3.6, 2.821_867_141_369_132, 4.486_502_294_561_99),
        tolerance,
    );
}

#[test]
fn without_repeats_both_standardised_rates_are_one() {
    let european = StandardPopulation::european_2013();
    let people: Vec<_> = AGES
        .iter()
        .map(|(age, events, people, ..)| RepeatStratum::new(*age, *people, [(1, *events)]))
        .collect();
    let again =
        directly_standardised_rate_of_repeat_events(&people, &european, 1e5, sure(0.95)).unwrap();
    let once = directly_standardised_rate(&place(), &european, 1e5, sure(0.95)).unwrap();
    assert_eq!(
        (again.value(), again.interval()),
        (once.value(), once.interval())
    );
}

#[test]
fn fewer_than_ten_events_are_withheld() {
    let standard = StandardPopulation::new([("all", 1.0)]).unwrap();
    let nine = [Stratum::new("all", 9.0, 1_000.0)];
    let got = directly_standardised_rate(&nine, &standard, 1e5, sure(0.95)).unwrap();
    assert_eq!((got.value(), got.interval()), (None, None));
    assert_eq!(got.withheld(), Some(&Withheld::FewerThanTenEvents));
    assert_eq!(
        got.to_string(),
        "withheld: fewer than 10 events: not reliable"
    );
    let ten = [Stratum::new("all", 10.0, 1_000.0)];
    let got = directly_standardised_rate(&ten, &standard, 1e5, sure(0.95)).unwrap();
    assert_eq!(got.value(), Some(1_000.0));
}

#[test]
fn a_standardised_limit_below_zero_is_not_shown() {
    // Nearly all weight on one event of a hundred and one.
    let standard = StandardPopulation::new([("few", 1e6), ("many", 1.0)]).unwrap();
    let strata = [
        Stratum::new("few", 1.0, 1e3),
        Stratum::new("many", 100.0, 1e3),
    ];
    let got = directly_standardised_rate(&strata, &standard, 1e3, sure(0.95)).unwrap();
    assert_eq!(got.interval(), None);
    assert_eq!(got.withheld(), Some(&Withheld::NegativeLimit));
}

#[test]
fn the_european_standard_has_nineteen_ages_and_100_000_people() {
    let european = StandardPopulation::european_2013();
    assert_eq!(european.iter().count(), 19);
    assert_eq!(european.total(), 100_000.0);
    assert!(AGES.iter().all(|(age, ..)| european.weight(age).is_some()));
}

/// The published test data give 868.501517 expected events by the nineteen numbers of their sheet,
/// to which the seventeen printed digits add up.
#[test]
fn expected_events_are_those_of_the_published_sheet() {
    let printed = [
        129.7052257,
        27.56182114,
        32.61795626,
        35.91256701,
        31.52878566,
        41.35533035,
        40.77732735,
        40.17262655,
        31.80432121,
        28.7776716,
        30.95180145,
        36.45455637,
        34.69574082,
        31.68130014,
        44.42117135,
        66.58230312,
        48.03606087,
        49.84208809,
        85.62286248,
    ];
    let expected = expected_events(&place(), &reference()).unwrap();
    // Nineteen numbers rounded at the seventh decimal.
    near("expected", expected, printed.iter().sum(), 19.0 * 0.5e-7);
}

/// Published test data: 895 observed, 835.8836 expected: 107.07%; as a rate per 100,000, 10011.138
/// (9365.916 to 10689.098).
#[test]
fn standardised_ratios_give_the_published_test_values() {
    let ratio = standardised_ratio(895.0, 835.8836, 100.0, sure(0.95)).unwrap();
    near("ratio", ratio.value().unwrap(), 107.07, 0.5e-2);
    let scale = 10_011.138 / ratio.value().unwrap();
    // Three decimals, once in the rate and once in the limit.
    same(
        "rate",
        &ratio.times(scale),
        (10_011.138, 9_365.916, 10_689.098),
        1e-3,
    );
}

/// OpenEpi, Standardized Mortality Ratio and Confidence Interval, 2006: 4 observed, 3.3 expected:
/// 1.212. The exact limits by the table of Garwood: 1.09 and 10.24 of 4 events.
#[test]
fn a_ratio_of_few_events_is_exact() {
    let got = standardised_ratio(4.0, 3.3, 1.0, sure(0.95)).unwrap();
    // Limits of the count have two decimals in the table.
    same("ratio", &got, (1.212, 1.09 / 3.3, 10.24 / 3.3), 0.005 / 3.3);
    assert_eq!(got.method(), "exact Poisson");
}

/// The published sheet again: 895 observed of 868.501517 expected; its reference has 85,421 events
/// among 926,904 people.
#[test]
fn indirectly_standardised_figures_are_ratio_and_rate() {
    let ratio = indirectly_standardised_ratio(&place(), &reference(), 1.0, sure(0.95)).unwrap();
    near("ratio", ratio.value().unwrap(), 1.030_510_577_103_2, 1e-12);
    let rate = indirectly_standardised_rate(&place(), &reference(), 1e5, sure(0.95)).unwrap();
    // Computed by numpy 2.4.6.
    near("rate", rate.value().unwrap(), 10_014.578_176_786_836, 1e-8);
    let crude = rate.value().unwrap() / ratio.value().unwrap();
    near(
        "upper",
        limits(&rate).upper,
        limits(&ratio).upper * crude,
        1e-8,
    );
}

#[test]
fn nobody_of_an_age_is_no_fault_in_a_small_place() {
    let place = [
        Stratum::new("young", 3.0, 50.0),
        Stratum::new("old", 0.0, 0.0),
    ];
    let county = [
        Stratum::new("young", 40.0, 1e3),
        Stratum::new("old", 90.0, 1e3),
    ];
    assert_eq!(expected_events(&place, &county).unwrap(), 2.0);
}

// Quantiles.

fn grouped(values: &[f64], number: u32, order: Order) -> Vec<u32> {
    let keyed: Vec<_> = values.iter().map(|value| ((), *value)).collect();
    let grouped = quantiles(&keyed, number, order).unwrap();
    grouped.into_iter().map(|(_, quantile)| quantile).collect()
}

/// By hand: rank 1 of ten in fifths is ⌈10 × 5/10⌉ = 5, 6 - 5 = 1; rank 3, ⌈8 × 5/10⌉ = 4, so 2.
#[test]
fn quantiles_are_those_by_hand() {
    let down = [10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0];
    assert_eq!(
        grouped(&down, 5, Order::HighestFirst),
        [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    );
    assert_eq!(
        grouped(&down, 5, Order::LowestFirst),
        [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    );
    // Seven areas in three: 7×3/7 = 3, 18/7 → 3, 15/7 → 3, 12/7 → 2, 9/7 → 2, 6/7 → 1, 3/7 → 1.
    let seven = [7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0];
    assert_eq!(
        grouped(&seven, 3, Order::HighestFirst),
        [1, 1, 1, 2, 2, 3, 3]
    );
    // As many areas as quantiles; a whole quotient that floating point may round up.
    assert_eq!(
        grouped(&seven, 7, Order::HighestFirst),
        [1, 2, 3, 4, 5, 6, 7]
    );
}

/// By hand: two share rank 2 of four, so both take ⌈3 × 4/4⌉ = 3, quantile 2, and none is 3.
#[test]
fn equal_values_share_the_best_rank() {
    assert_eq!(
        grouped(&[9.0, 5.0, 5.0, 1.0], 4, Order::HighestFirst),
        [1, 2, 2, 4]
    );
    assert_eq!(grouped(&[1.0; 5], 5, Order::LowestFirst), [1; 5]);
    assert_eq!(grouped(&[0.0, -0.0, 1.0], 3, Order::LowestFirst), [1, 1, 3]);
}

// Slope index.

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

/// Slope, relative index and ends against values computed by numpy 2.4.6: `lstsq` of the equation
/// with square roots, and a million draws of its own generator.
fn same_index(got: &SlopeIndex, ends: (f64, f64), slope: [f64; 5], relative: [f64; 5]) {
    near("at 0", got.at_0, ends.0, 1e-9 * ends.0.abs());
    near("at 1", got.at_1, ends.1, 1e-9 * ends.1.abs());
    for (got, [value, lower, upper, error, tails]) in
        [(&got.slope, slope), (&got.relative, relative)]
    {
        near("index", got.value().unwrap(), value, 1e-9 * value);
        // A limit found by 100,000 draws has itself an error of about 0.0085 standard errors at
        // 95% and 0.03 at 99.8%; five of those.
        near("lower", limits(got).lower, lower, tails * error);
        near("upper", limits(got).upper, upper, tails * error);
    }
}

/// Inputs: published test data, life expectancy of men in Hartlepool by tenths of deprivation.
fn life_expectancy() -> Vec<(f64, f64, Spread)> {
    [
        (13_837.0, 70.563_139_11, 1.133_868_862),
        (14_519.0, 72.613_474_73, 1.020_288_759),
        (14_940.0, 75.067_103_59, 1.108_685_178),
        (14_599.0, 75.206_622_76, 1.485_618_539),
        (12_311.0, 76.234_690_45, 1.311_653_285),
        (13_196.0, 75.218_019_32, 1.169_033_147),
        (13_335.0, 77.092_403_97, 1.306_645_801),
        (13_388.0, 79.841_562_22, 1.090_905_616),
        (13_685.0, 80.813_299_18, 0.979_426_096),
        (11_779.0, 82.737_638_32, 1.319_452_272),
    ]
    .map(|(population, value, error)| (population, value, Spread::StandardError(error)))
    .into()
}

#[test]
fn slopes_as_they_are_agree_with_another_program() {
    let ends = (70.552_962_521_092_06, 82.241_823_912_104_51);
    let (slope, error) = (11.688_861_391_012_452, 1.254);
    let (relative, relative_error) = (1.165_674_990_437_404, 0.0193);
    let got = index(&life_expectancy(), Scale::AsIs, 1.0, 0.95).unwrap();
    same_index(
        &got,
        ends,
        [slope, 9.223_942_52, 14.144_377_6, error, 0.0425],
        [relative, 1.128_439_57, 1.204_133_66, relative_error, 0.0425],
    );
    let got = index(&life_expectancy(), Scale::AsIs, 1.0, 0.998).unwrap();
    same_index(
        &got,
        ends,
        [slope, 7.812_457_58, 15.560_367_59, error, 0.15],
        [relative, 1.107_661_69, 1.227_055_01, relative_error, 0.15],
    );
}

/// Inputs: published test data, a directly standardised rate of 2010 by fifths, with 95% limits.
#[test]
fn slopes_of_rates_agree_with_another_program() {
    let rates = [
        (
            1_434_002.0,
            150.220_020_5,
            between(147.319_418_5, 153.149_824_1),
        ),
        (
            1_450_590.0,
            131.022_174_7,
            between(128.367_697_2, 133.705_112_9),
        ),
        (
            1_453_827.0,
            127.495_497_3,
            between(125.042_119_8, 129.975_513),
        ),
        (
            1_440_980.0,
            130.494_241,
            between(128.246_951_5, 132.765_755_3),
        ),
        (
            1_457_780.0,
            135.466_424_1,
            between(133.246_951_5, 137.865_755_3),
        ),
    ];
    let got = index(&rates, Scale::Log, -1.0, 0.95).unwrap();
    same_index(
        &got,
        (141.880_105_699_715_13, 127.843_262_218_577_1),
        [
            14.036_843_481_138_035,
            10.112_297_27,
            17.971_611_1,
            2.0048,
            0.0425,
        ],
        [
            1.109_797_288_003_640_4,
            1.078_039_55,
            1.142_483_17,
            0.016_44,
            0.0425,
        ],
    );
}

/// Inputs: published test data, children of ten to eleven who are obese, England 2006/07, by
/// tenths of deprivation, with 95% limits.
#[test]
fn slopes_of_proportions_agree_with_another_program() {
    let proportions = [
        (
            34_353.0,
            7_287.0,
            20.783_049_922_555_5,
            21.647_630_081_289_9,
        ),
        (
            32_112.0,
            6_881.0,
            20.982_771_146_528_8,
            21.880_317_078_886_2,
        ),
        (
            27_715.0,
            5_656.0,
            19.937_351_725_899_9,
            20.886_293_359_092_5,
        ),
        (25_372.0, 4_868.0, 18.706_664_869_424_1, 19.675_673_996_565),
        (
            23_889.0,
            4_176.0,
            17.004_464_070_303_8,
            17.967_690_552_753_5,
        ),
        (23_260.0, 3_876.0, 16.190_410_576_997, 17.148_199_783_417),
        (
            23_180.0,
            3_617.0,
            15.142_507_546_851_8,
            16.076_828_867_592_7,
        ),
        (
            24_193.0,
            3_546.0,
            14.217_075_378_353_3,
            15.108_411_052_992_4,
        ),
        (
            23_609.0,
            3_314.0,
            13.599_767_093_637_6,
            14.485_973_753_715_3,
        ),
        (
            24_488.0,
            2_960.0,
            11.685_200_990_738_2,
            12.501_798_050_476_1,
        ),
    ]
    .map(|(children, obese, lower, upper)| {
        let spread = between(lower / 100.0, upper / 100.0);
        (children, obese / children, spread)
    });
    let got = index(&proportions, Scale::Logit, -100.0, 0.95).unwrap();
    same_index(
        &got,
        (0.235_382_100_708_871_22, 0.125_735_839_596_280_62),
        [
            10.964_626_111_259_06,
            10.446_713_22,
            11.484_304_17,
            0.264_47,
            0.0425,
        ],
        [
            1.872_036_656_093_033_5,
            1.817_085_43,
            1.928_740_92,
            0.028_47,
            0.0425,
        ],
    );
}

/// Invented inputs with groups of very different size.
#[test]
fn slopes_of_uneven_groups_agree_with_another_program() {
    let groups = [
        (500.0, 12.0, 0.5),
        (4e3, 9.5, 0.2),
        (900.0, 9.0, 0.4),
        (2.5e3, 7.0, 0.25),
        (100.0, 8.2, 1.1),
    ]
    .map(|(people, value, error)| (people, value, Spread::StandardError(error)));
    let got = index(&groups, Scale::AsIs, -1.0, 0.95).unwrap();
    same_index(
        &got,
        (11.270_909_343_715_248, 6.334_090_656_284_766),
        [
            4.936_818_687_430_482,
            3.927_267_89,
            5.947_147_02,
            0.515_06,
            0.0425,
        ],
        [
            1.779_404_488_398_363_5,
            1.572_765_92,
            2.024_806_55,
            0.115_34,
            0.0425,
        ],
    );
}

/// Values on a line through ranks by the shares of the population come back exactly, on each scale.
#[test]
fn a_line_is_found_exactly() {
    // Shares of 0.12, 0.10, 0.28, 0.30 and 0.20: ranks 0.06, 0.17, 0.36, 0.65, 0.90.
    let ranks = [
        (0.12, 0.06),
        (0.10, 0.17),
        (0.28, 0.36),
        (0.30, 0.65),
        (0.20, 0.90),
    ];
    let none = Spread::StandardError(0.0);
    let line = ranks.map(|(share, rank)| (share, 70.0 + 10.0 * rank, none));
    let got = index(&line, Scale::AsIs, 1.0, 0.95).unwrap();
    same("slope", &got.slope, (10.0, 10.0, 10.0), 1e-10);
    same(
        "relative",
        &got.relative,
        (80.0 / 70.0, 80.0 / 70.0, 80.0 / 70.0),
        1e-12,
    );

    let rates = ranks.map(|(share, rank)| {
        let value = 300.0 * (0.5_f64).powf(rank);
        (share, value, between(value, value))
    });
    let got = index(&rates, Scale::Log, 1.0, 0.95).unwrap();
    same("slope", &got.slope, (-150.0, -150.0, -150.0), 1e-9);
    same("relative", &got.relative, (0.5, 0.5, 0.5), 1e-12);

    let shares = ranks.map(|(share, rank)| {
        let value = 1.0 / (1.0 + (-(-1.0 + 2.0 * rank)).exp());
        (share, value, between(value, value))
    });
    let got = index(&shares, Scale::Logit, 100.0, 0.95).unwrap();
    let (low, high) = (1.0 / (1.0 + 1.0_f64.exp()), 1.0 / (1.0 + (-1.0_f64).exp()));
    let slope = 100.0 * (high - low);
    same("slope", &got.slope, (slope, slope, slope), 1e-10);
}

#[test]
fn a_negative_multiplier_turns_the_polarity() {
    let up = index(&life_expectancy(), Scale::AsIs, 2.0, 0.95).unwrap();
    let down = index(&life_expectancy(), Scale::AsIs, -2.0, 0.95).unwrap();
    let turned = up.slope.times(-1.0);
    let limits_turned = limits(&turned);
    same(
        "slope",
        &down.slope,
        (
            turned.value().unwrap(),
            limits_turned.lower,
            limits_turned.upper,
        ),
        1e-9,
    );
    let relative = limits(&up.relative);
    let inverse = 1.0 / up.relative.value().unwrap();
    // The percentile of inverses interpolates inverses: the same but for the last draw's step.
    same(
        "relative",
        &down.relative,
        (inverse, 1.0 / relative.upper, 1.0 / relative.lower),
        1e-5,
    );
    assert_eq!((up.at_0, up.at_1), (down.at_0, down.at_1));
}

#[test]
fn a_line_through_zero_has_no_ratio() {
    let none = Spread::StandardError(0.1);
    let crossing = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|value| (1.0, value, none));
    let got = index(&crossing, Scale::AsIs, 1.0, 0.95).unwrap();
    assert!(got.slope.interval().is_some());
    assert_eq!(
        got.relative.to_string(),
        "withheld: the fitted line falls to zero or below: its ends have no ratio"
    );
    // Above zero, but not surely so.
    let near_zero = [0.2, 0.4, 0.6, 0.8, 1.0].map(|value| (1.0, value, Spread::StandardError(0.3)));
    let got = index(&near_zero, Scale::AsIs, 1.0, 0.95).unwrap();
    assert!(got.relative.value().is_some());
    assert_eq!(got.relative.interval(), None);
    let why = got.relative.withheld().unwrap().to_string();
    assert_eq!(
        why,
        "the fitted line may fall to zero: the ratio of its ends has no bound"
    );
}

#[test]
fn a_relative_index_has_no_limit_below_zero() {
    // The line ends at about 11.0 and 1.5, so that its upper end may be below zero.
    let falling = |error: f64| {
        [10.05, 8.15, 6.25, 4.35, 2.45].map(|value| (1.0, value, Spread::StandardError(error)))
    };
    let why = "the fitted line may fall to zero: the ratio of its ends has no bound";
    for multiplier in [1.0, -1.0] {
        let got = index(&falling(1.3), Scale::AsIs, multiplier, 0.95).unwrap();
        let ratio: f64 = if multiplier > 0.0 {
            1.5 / 11.0
        } else {
            11.0 / 1.5
        };
        near("ratio", got.relative.value().unwrap(), ratio, 1e-9);
        assert!(got.slope.interval().is_some());
        assert_eq!(got.relative.interval(), None, "{multiplier}");
        assert_eq!(got.relative.withheld().unwrap().to_string(), why);
        // Where fewer draws than the tail holds fall to zero, both limits are ratios.
        let got = index(&falling(0.6), Scale::AsIs, multiplier, 0.95).unwrap();
        let Interval { lower, upper } = limits(&got.relative);
        assert!(
            0.0 < lower && lower < ratio && ratio < upper,
            "{lower} {upper}"
        );
        let got = index(&falling(0.6), Scale::AsIs, multiplier, 0.998).unwrap();
        assert_eq!(got.relative.interval(), None, "{multiplier}");
    }
}

#[test]
fn the_same_seed_gives_the_same_limits() {
    let one = index(&life_expectancy(), Scale::AsIs, 1.0, 0.95).unwrap();
    let other = index(&life_expectancy(), Scale::AsIs, 1.0, 0.95).unwrap();
    assert_eq!(one, other);
    assert_eq!(
        one.slope.method(),
        "weighted regression, limits from 100000 draws from seed 2004"
    );
}

// Funnels.

/// Published test data: 80.642448% on average.
#[test]
fn funnel_limits_of_proportions_give_the_published_test_values() {
    let cases = [
        (1.0, 3.204_264, 100.0, 0.0, 100.0),
        (3.0, 35.933_491, 100.0, 10.150_815, 100.0),
        (18.0, 62.390_093, 98.894_803, 51.864_359, 100.0),
        (102.0, 72.974_925, 88.309_971, 68.553_233, 92.731_663),
        (1_008.0, 78.203_374, 83.081_521, 76.796_814, 84.488_082),
        (110_000.0, 80.408_963, 80.875_933, 80.274_317, 81.010_578),
    ];
    each(
        &cases,
        6,
        |&(people, lower_2, upper_2, lower_3, upper_3)| {
            for (level, lower, upper) in [(0.95, lower_2, upper_2), (0.998, lower_3, upper_3)] {
                let got = funnel_limits_of_proportion(0.806_424_48, people, sure(level)).unwrap();
                // The average is rounded at the sixth decimal of per cent too, which the root of the
                // fewest people enlarges.
                near("lower", 100.0 * got.lower, lower, 2e-6);
                near("upper", 100.0 * got.upper, upper, 2e-6);
            }
        },
    );
}

/// Published test data.
#[test]
fn flags_of_proportions_are_the_published_ones() {
    let cases = [
        ("New Forest", 35_078.488, 41_980.0, "High (0.001)"),
        ("Norwich", 24_803.625_6, 31_824.0, "Low (0.001)"),
        (
            "South Gloucestershire",
            50_050.744_3,
            61_921.0,
            "Not significant",
        ),
        ("West Norfolk", 26_789.238, 33_012.0, "High (0.025)"),
        ("North Devon", 30_277.531_2, 37_828.0, "Low (0.025)"),
        ("North Tees", 36_850.049_2, 45_449.0, "High (0.025)"),
        ("St Helens", 37_299.262, 46_277.0, "Not significant"),
        ("Uttlesford", 15_524.993_4, 19_257.0, "Not significant"),
        ("Barnsley", 46_717.749, 58_617.0, "Low (0.001)"),
    ];
    each(&cases, 9, |&(place, events, people, flag)| {
        let got = flag_of_proportion(events, people, 0.806_424_48).unwrap();
        assert_eq!(got.to_string(), flag, "{place}");
    });
}

/// Published test data: for each number of observed events, what must be expected for it to lie on
/// a limit. The expected numbers were found by search and are exact to about one part in a million.
#[test]
fn funnel_limits_of_counts_give_the_published_test_values() {
    let cases = [
        (
            5.0,
            11.668_333_1,
            1.623_486_324,
            16.454_744_78,
            0.739_371_928,
        ),
        (
            10.0,
            18.390_357_99,
            4.795_387_629,
            24.133_972_35,
            2.960_519_925,
        ),
        (
            20.0,
            30.888_380_97,
            12.216_518_77,
            38.041_886_68,
            8.958_211_233,
        ),
        (
            100.0,
            121.626_811_1,
            81.364_006_99,
            134.924_318_7,
            71.921_399_74,
        ),
        (
            716.0,
            770.422_212_8,
            664.508_301_1,
            802.604_14,
            636.152_117_4,
        ),
    ];
    each(
        &cases,
        5,
        |&(observed, above_2, below_2, above_3, below_3)| {
            for (level, above, below) in [(0.95, above_2, below_2), (0.998, above_3, below_3)] {
                let low = funnel_limits_of_count(above, sure(level)).unwrap().lower;
                let high = funnel_limits_of_count(below, sure(level)).unwrap().upper;
                near("low", low, observed, 1e-5 * observed);
                near("high", high, observed, 1e-5 * observed);
            }
        },
    );
}

/// Computed by scipy 1.17.1: roots of the incomplete gamma functions by `brentq`.
#[test]
fn funnel_limits_of_counts_agree_with_another_program() {
    let cases = [
        (0.95, 1.0, 0.0, 3.820_471_202_871_609_7),
        (0.95, 3.7, 0.005_291_341_091_619_62, 8.375_697_916_794_16),
        (0.95, 10.0, 3.833_616_121_562_074_8, 17.127_158_816_966_197),
        (0.998, 10.0, 1.371_476_845_586_330_4, 21.570_600_212_196_06),
        (0.95, 100.0, 80.390_550_695_934_28, 120.557_965_455_377_53),
        (
            0.998,
            1234.5,
            1_126.862_656_201_410_1,
            1_344.987_838_601_891,
        ),
        (0.95, 20_000.0, 19_722.793_939_419, 20_278.153_220_331_22),
    ];
    each(&cases, 7, |&(level, expected, lower, upper)| {
        let got = funnel_limits_of_count(expected, sure(level)).unwrap();
        // Both search the same functions, which are sums of up to some hundred terms.
        near("lower", got.lower, lower, 1e-9 * expected);
        near("upper", got.upper, upper, 1e-9 * expected);
    });
}

#[test]
fn flags_have_five_words() {
    let cases = [
        (60.0, Flag::VeryLow, "Low (0.001)"),
        (78.0, Flag::Low, "Low (0.025)"),
        (100.0, Flag::NotSignificant, "Not significant"),
        (125.0, Flag::High, "High (0.025)"),
        (140.0, Flag::VeryHigh, "High (0.001)"),
    ];
    each(&cases, 5, |&(observed, flag, words)| {
        assert_eq!(flag_of_ratio(observed, 100.0).unwrap(), flag);
        assert_eq!(flag.to_string(), words);
        let written = serde_json::to_string(&flag).unwrap();
        assert_eq!(written, format!("\"{words}\""));
    });
}

/// Every whole number of events from 10 to 200 against many expected numbers: the interval by Byar
/// says otherwise than the exact limits only within the sliver that the documentation gives.
#[test]
fn flags_differ_from_byar_only_in_a_sliver() {
    let (mut compared, mut differ) = (0, 0);
    for observed in (10..=200).step_by(5) {
        let observed = f64::from(observed);
        for step in 1..300 {
            let expected = observed * f64::from(step) / 100.0;
            let flag = flag_of_ratio(observed, expected).unwrap();
            let inner = limits(&count(observed, sure(0.95)).unwrap());
            let outer = limits(&count(observed, sure(0.998)).unwrap());
            let by_interval = if outer.upper < expected {
                Flag::VeryLow
            } else if inner.upper < expected {
                Flag::Low
            } else if outer.lower > expected {
                Flag::VeryHigh
            } else if inner.lower > expected {
                Flag::High
            } else {
                Flag::NotSignificant
            };
            compared += 1;
            if flag != by_interval {
                differ += 1;
                let edges = [inner.lower, inner.upper, outer.lower, outer.upper];
                assert!(
                    edges.iter().any(|edge| (edge - expected).abs() <= 0.06),
                    "{observed} of {expected}: {flag} and {by_interval}"
                );
            }
        }
    }
    assert!(compared > 10_000);
    assert!(differ * 1_000 < compared, "{differ} of {compared}");
}

// Refusals, with their words.

#[test]
fn a_limit_that_is_no_number_is_refused() {
    let sure = sure(0.95);
    let words = "the numbers are too large, or too close to zero, to be computed with";
    let huge = 1.7e308;
    let age = |events: f64, people: f64| [Stratum::new("all", events, people)];
    let standard = StandardPopulation::new([("all", 1.0)]).unwrap();
    let cases = vec![
        exact_poisson(huge, sure),
        // The rate itself is a number, its upper limit is not.
        crude_rate(1.0, 1.0, 1e308, sure),
        crude_rate(25.0, 25.0, 1.3e308, sure),
        standardised_ratio(25.0, 25.0, 1.3e308, sure),
        indirectly_standardised_ratio(&age(9.0, 10.0), &age(9.0, 10.0), 1.2e308, sure),
        directly_standardised_rate(&age(10.0, 10.0), &standard, 1.2e308, sure),
        mean_of_summary(1.0, 1e308, 2.0, sure),
        mean_of_summary(-1.7e308, 1e307, 4.0, sure),
        wilson(8e307, 8.5e307, sure),
    ];
    each(&cases, 9, |got| {
        assert_eq!(got.as_ref().unwrap_err().to_string(), words);
    });
    let limits = funnel_limits_of_count(huge, sure);
    assert_eq!(limits.unwrap_err().to_string(), words);
    assert_eq!(flag_of_ratio(1.0, huge).unwrap_err().to_string(), words);
    // Byar's limits of so many events are themselves.
    let byar = byar(huge, sure).unwrap();
    same("byar", &byar, (huge, huge, huge), 1e-9 * huge);
}

#[test]
fn refusals_say_what_is_wrong() {
    let sure = sure(0.95);
    let cases: Vec<(Result<Estimate, StatisticError>, &str)> = vec![
        (
            wilson(11.0, 10.0, sure),
            "11 events among 10 people: a proportion cannot be above 1",
        ),
        (
            wilson(0.0, 0.0, sure),
            "people is 0; a rate needs a denominator above zero",
        ),
        (
            wilson(-1.0, 10.0, sure),
            "events is -1; it cannot be negative",
        ),
        (
            wilson(f64::NAN, 10.0, sure),
            "events is NaN, which is not a finite number",
        ),
        (
            exact_poisson(f64::INFINITY, sure),
            "events is inf, which is not a finite number",
        ),
        (byar(-0.5, sure), "events is -0.5; it cannot be negative"),
        (
            count(f64::NAN, sure),
            "events is NaN, which is not a finite number",
        ),
        (
            crude_rate(1.0, 0.0, 1e5, sure),
            "population is 0; a rate needs a denominator above zero",
        ),
        (
            crude_rate(1.0, -5.0, 1e5, sure),
            "population is -5; a rate needs a denominator above zero",
        ),
        (
            crude_rate(1.0, 5.0, 0.0, sure),
            "per is 0; it must be above zero",
        ),
        (
            mean(&[1.0], sure),
            "there are 1 observations; the method needs at least 2",
        ),
        (
            mean(&[], sure),
            "there are 0 observations; the method needs at least 2",
        ),
        (
            mean(&[1.0, f64::NAN], sure),
            "value is NaN, which is not a finite number",
        ),
        (
            mean_of_summary(1.0, -1.0, 5.0, sure),
            "standard deviation is -1; it cannot be negative",
        ),
        (
            mean_of_summary(1.0, 1.0, 4.5, sure),
            "number of observations is 4.5, which is not a whole number",
        ),
        (
            mean_of_summary(1.0, 1.0, 1.0, sure),
            "there are 1 observations; the method needs at least 2",
        ),
        (
            standardised_ratio(5.0, 0.0, 100.0, sure),
            "expected events is 0; a rate needs a denominator above zero",
        ),
    ];
    each(&cases, 17, |(got, words)| {
        assert_eq!(got.as_ref().unwrap_err().to_string(), *words);
    });
    assert_eq!(
        Confidence::new(95.0).unwrap_err().to_string(),
        "confidence 95 is not between 0 and 1; for 95% write 0.95"
    );
    for level in [0.0, 1.0, -0.95, f64::NAN] {
        assert!(Confidence::new(level).is_err());
    }
    assert_eq!(
        Simulation::new(999, 0).unwrap_err().to_string(),
        "there are 999 draws of a simulation; the method needs at least 1000"
    );
}

#[test]
fn strata_that_do_not_join_are_refused() {
    let sure = sure(0.95);
    let standard = StandardPopulation::new([("a", 1.0), ("b", 2.0)]).unwrap();
    let of = |strata: &[(&str, f64, f64)]| {
        let strata: Vec<_> = strata
            .iter()
            .map(|(name, events, people)| Stratum::new(*name, *events, *people))
            .collect();
        strata
    };
    let direct = |strata: &[(&str, f64, f64)]| {
        let got = directly_standardised_rate(&of(strata), &standard, 1e3, sure);
        got.unwrap_err().to_string()
    };
    assert_eq!(
        direct(&[("a", 20.0, 100.0)]),
        "stratum `b` has a weight in the standard population but no data; strata are joined by name"
    );
    assert_eq!(
        direct(&[("a", 20.0, 100.0), ("b", 1.0, 9.0), ("c", 0.0, 5.0)]),
        "stratum `c` has data but no weight in the standard population; strata are joined by name"
    );
    assert_eq!(
        direct(&[("a", 20.0, 100.0), ("a", 20.0, 100.0), ("b", 1.0, 9.0)]),
        "`a` is given twice"
    );
    assert_eq!(
        direct(&[("a", 20.0, 100.0), ("b", 0.0, 0.0)]),
        "in `b`, population is 0; a rate needs a denominator above zero"
    );
    assert_eq!(
        direct(&[("a", -20.0, 100.0), ("b", 0.0, 5.0)]),
        "in `a`, events is -20; it cannot be negative"
    );

    let county = of(&[("a", 10.0, 100.0), ("b", 10.0, 100.0)]);
    let indirect = |strata: &[(&str, f64, f64)], county: &[Stratum]| {
        expected_events(&of(strata), county)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        indirect(&[("a", 20.0, 100.0)], &county),
        "stratum `b` has a rate in the reference but no data; strata are joined by name"
    );
    assert_eq!(
        indirect(
            &[("a", 1.0, 9.0), ("b", 1.0, 9.0), ("c", 1.0, 9.0)],
            &county
        ),
        "stratum `c` has data but no rate in the reference; strata are joined by name"
    );
    assert_eq!(
        indirect(&[("a", 1.0, 9.0), ("b", 1.0, 0.0)], &county),
        "in `b`, population is 0; a rate needs a denominator above zero"
    );
    let empty = of(&[("a", 10.0, 100.0), ("b", 0.0, 0.0)]);
    assert_eq!(
        indirect(&[("a", 1.0, 9.0), ("b", 1.0, 9.0)], &empty),
        "in `b`, population of the reference is 0; a rate needs a denominator above zero"
    );
    let quiet = of(&[("a", 0.0, 100.0), ("b", 0.0, 100.0)]);
    assert_eq!(
        indirect(&[("a", 1.0, 9.0), ("b", 1.0, 9.0)], &quiet),
        "expected events is 0; a rate needs a denominator above zero"
    );

    let standard = |weights: &[(&str, f64)]| {
        let got = StandardPopulation::new(weights.iter().copied());
        got.unwrap_err().to_string()
    };
    assert_eq!(standard(&[("a", 1.0), ("a", 1.0)]), "`a` is given twice");
    assert_eq!(
        standard(&[("a", -1.0)]),
        "in `a`, weight is -1; it cannot be negative"
    );
    let nothing = "the weights of a standard population must add up to more than zero";
    assert_eq!(standard(&[("a", 0.0), ("b", 0.0)]), nothing);
    assert_eq!(standard(&[]), nothing);
}

#[test]
fn groups_that_make_no_quantiles_or_slope_are_refused() {
    let few = [("a", 1.0), ("b", 2.0)];
    assert_eq!(
        quantiles(&few, 5, Order::HighestFirst)
            .unwrap_err()
            .to_string(),
        "there are 2 areas; the method needs at least 5"
    );
    assert_eq!(
        quantiles(&few, 1, Order::HighestFirst)
            .unwrap_err()
            .to_string(),
        "number of quantiles is 1; it must be 2 or more"
    );
    let odd = [("a", 1.0), ("b", f64::NAN)];
    assert!(quantiles(&odd, 2, Order::LowestFirst).is_err());

    let error = Spread::StandardError(1.0);
    let refused = |points: &[(f64, f64, Spread)], scale, multiplier| {
        index(points, scale, multiplier, 0.95)
            .unwrap_err()
            .to_string()
    };
    let five = [(1.0, 0.5, error); 5];
    assert_eq!(
        refused(&five[..4], Scale::AsIs, 1.0),
        "number of quantiles is 4; it must be between 5 and 100"
    );
    assert_eq!(
        refused(&[(1.0, 0.5, error); 101], Scale::AsIs, 1.0),
        "number of quantiles is 101; it must be between 5 and 100"
    );
    assert_eq!(
        refused(&five, Scale::AsIs, 0.0),
        "multiplier is 0; it must be other than zero"
    );
    assert_eq!(
        refused(&five, Scale::Log, 1.0),
        "in `quantile 1`, a standard error does not carry over to a logarithmic or logit scale; \
         give the 95% limits of the value"
    );
    let mut nobody = five;
    nobody[2].0 = 0.0;
    assert_eq!(
        refused(&nobody, Scale::AsIs, 1.0),
        "in `quantile 3`, population is 0; a rate needs a denominator above zero"
    );
    let zero = [(1.0, 0.0, between(0.0, 0.1)); 5];
    assert_eq!(
        refused(&zero, Scale::Log, 1.0),
        "in `quantile 1`, value is 0; it must be above zero on a logarithmic scale"
    );
    let certain = [(1.0, 0.5, between(0.4, 1.0)); 5];
    assert_eq!(
        refused(&certain, Scale::Logit, 1.0),
        "in `quantile 1`, upper limit is 1; it must be a proportion above 0 and below 1 on a \
         logit scale"
    );
    let crossed = [(1.0, 0.5, between(0.6, 0.7)); 5];
    assert_eq!(
        refused(&crossed, Scale::AsIs, 1.0),
        "in `quantile 1`, the value 0.5 does not lie between its limits 0.6 and 0.7"
    );

    let value = |quantile| QuantileValue {
        quantile,
        population: 1.0,
        value: 1.0,
        spread: error,
    };
    let numbered = |numbers: &[u32]| {
        let values: Vec<_> = numbers.iter().map(|number| value(*number)).collect();
        let simulation = Simulation::new(1_000, 1).unwrap();
        let got = slope_index(&values, 5, Scale::AsIs, 1.0, simulation, sure(0.95));
        got.unwrap_err().to_string()
    };
    assert_eq!(
        numbered(&[1, 2, 3, 4]),
        "quantile 5 of 5 has no value; a slope needs every quantile"
    );
    assert_eq!(numbered(&[1, 2, 2, 4, 5]), "`quantile 2` is given twice");
    assert_eq!(
        numbered(&[0, 1, 2, 3, 4]),
        "quantile is 0; it must be between 1 and the number of quantiles"
    );
}

#[test]
fn funnels_refuse_what_cannot_be() {
    assert_eq!(
        funnel_limits_of_proportion(80.6, 100.0, sure(0.95))
            .unwrap_err()
            .to_string(),
        "average is 80.6; it must be a proportion between 0 and 1"
    );
    assert_eq!(
        flag_of_proportion(5.0, 4.0, 0.5).unwrap_err().to_string(),
        "5 events among 4 people: a proportion cannot be above 1"
    );
    assert_eq!(
        flag_of_ratio(1.0, 0.0).unwrap_err().to_string(),
        "expected events is 0; a rate needs a denominator above zero"
    );
    assert!(flag_of_ratio(-1.0, 5.0).is_err());
    assert!(funnel_limits_of_count(f64::NAN, sure(0.95)).is_err());
}

// What holds whatever the numbers.

fn levels() -> impl Strategy<Value = (f64, f64)> {
    (0.01_f64..0.998, 0.0005_f64..0.5).prop_map(|(low, step)| (low, (low + step).min(0.9999)))
}

fn holds_and_widens(
    make: impl Fn(Confidence) -> Result<Estimate, StatisticError>,
    (low, high): (f64, f64),
) -> Result<(), TestCaseError> {
    let (narrow, wide) = (make(sure(low)).unwrap(), make(sure(high)).unwrap());
    if let Some(narrow_limits) = narrow.interval() {
        prop_assert!(
            narrow_limits.contains(narrow.value().unwrap()),
            "{narrow:?}"
        );
        if let Some(wide_limits) = wide.interval() {
            // Limits found by halving may differ in the last digits.
            let slack = 1e-9 * (1.0 + wide_limits.upper.abs());
            prop_assert!(
                wide_limits.lower <= narrow_limits.lower + slack,
                "{narrow:?} {wide:?}"
            );
            prop_assert!(
                wide_limits.upper >= narrow_limits.upper - slack,
                "{narrow:?} {wide:?}"
            );
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn intervals_hold_their_value_and_widen_with_confidence(
        events in 0.0_f64..5_000.0,
        more in 0.001_f64..5_000.0,
        spread in 0.0_f64..50.0,
        both in levels(),
    ) {
        holds_and_widens(|sure| wilson(events, events + more, sure), both)?;
        holds_and_widens(|sure| exact_poisson(events, sure), both)?;
        holds_and_widens(|sure| byar(events, sure), both)?;
        holds_and_widens(|sure| count(events, sure), both)?;
        holds_and_widens(|sure| crude_rate(events, more, 1e3, sure), both)?;
        holds_and_widens(|sure| mean_of_summary(events, spread, 12.0, sure), both)?;
        holds_and_widens(|sure| standardised_ratio(events, more, 100.0, sure), both)?;
        let standard = StandardPopulation::new([("a", 3.0), ("b", 1.0)]).unwrap();
        let strata = [Stratum::new("a", events, 1e4), Stratum::new("b", more, 5e3)];
        holds_and_widens(|sure| directly_standardised_rate(&strata, &standard, 1e3, sure), both)?;
    }

    #[test]
    fn wilson_of_those_left_is_the_mirror(events in 0.0_f64..1e4, left in 0.001_f64..1e4) {
        let people = events + left;
        let (yes, no) = (wilson(events, people, sure(0.95)), wilson(people - events, people, sure(0.95)));
        let (yes, no) = (limits(&yes.unwrap()), limits(&no.unwrap()));
        // Sixteen digits, of which taking away from 1 costs a few.
        prop_assert!((yes.lower - (1.0 - no.upper)).abs() < 1e-12);
        prop_assert!((yes.upper - (1.0 - no.lower)).abs() < 1e-12);
    }

    #[test]
    fn a_rate_is_its_count_in_another_unit(
        events in 0.0_f64..1e5,
        population in 0.1_f64..1e7,
        per in 0.1_f64..1e6,
    ) {
        let of_count = limits(&count(events, sure(0.95)).unwrap());
        let of_rate = limits(&crude_rate(events, population, per, sure(0.95)).unwrap());
        let factor = per / population;
        prop_assert!((of_rate.lower - of_count.lower * factor).abs() <= 1e-12 * of_rate.upper);
        prop_assert!((of_rate.upper - of_count.upper * factor).abs() <= 1e-12 * of_rate.upper);
    }

    #[test]
    fn the_order_of_strata_does_not_matter(turn in 0_usize..19, swap in 0_usize..18) {
        let european = StandardPopulation::european_2013();
        let (mut place, mut county) = (place(), reference());
        let of = |place: &[Stratum], county: &[Stratum]| (
            directly_standardised_rate(place, &european, 1e5, sure(0.95)).unwrap(),
            indirectly_standardised_rate(place, county, 1e5, sure(0.95)).unwrap(),
        );
        let before = of(&place, &county);
        place.rotate_left(turn);
        place.swap(swap, swap + 1);
        county.rotate_right(turn);
        // To the last digit.
        prop_assert_eq!(before, of(&place, &county));
    }

    #[test]
    fn quantiles_follow_their_values(
        values in prop::collection::vec(-50_i32..50, 4..60),
        number in 2_u32..5,
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let found = grouped(&values, number, Order::LowestFirst);
        let turned: Vec<f64> = values.iter().map(|value| -value).collect();
        prop_assert_eq!(&found, &grouped(&turned, number, Order::HighestFirst));
        prop_assert!(found.contains(&1));
        for (one, quantile) in values.iter().zip(&found) {
            prop_assert!((1..=number).contains(quantile));
            for (other, other_quantile) in values.iter().zip(&found) {
                prop_assert!(one > other || quantile <= other_quantile);
            }
        }
    }

    #[test]
    fn quantiles_without_ties_are_of_equal_size(areas in 4_u32..200, number in 2_u32..5) {
        let values: Vec<f64> = (0..areas).map(f64::from).collect();
        let found = grouped(&values, number, Order::LowestFirst);
        let size = |quantile| found.iter().filter(|found| **found == quantile).count();
        let sizes: Vec<usize> = (1..=number).map(size).collect();
        let (least, most) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
        prop_assert!(most - least <= 1, "{sizes:?}");
    }

    #[test]
    fn flags_of_ratios_agree_with_exact_intervals(observed in 0_u32..300, expected in 0.05_f64..300.0) {
        let observed = f64::from(observed);
        let flag = flag_of_ratio(observed, expected).unwrap();
        let inner = limits(&exact_poisson(observed, sure(0.95)).unwrap());
        let outer = limits(&exact_poisson(observed, sure(0.998)).unwrap());
        prop_assert_eq!(matches!(flag, Flag::Low | Flag::VeryLow), inner.upper < expected);
        prop_assert_eq!(matches!(flag, Flag::High | Flag::VeryHigh), inner.lower > expected);
        prop_assert_eq!(flag == Flag::VeryLow, outer.upper < expected);
        prop_assert_eq!(flag == Flag::VeryHigh, outer.lower > expected);
    }

    #[test]
    fn flags_of_proportions_agree_with_wilson(
        people in 1_u32..2_000,
        share in 0.0_f64..=1.0,
        average in 0.001_f64..0.999,
    ) {
        let people = f64::from(people);
        let events = (people * share).round();
        let flag = flag_of_proportion(events, people, average).unwrap();
        let inner = limits(&wilson(events, people, sure(0.95)).unwrap());
        let outer = limits(&wilson(events, people, sure(0.998)).unwrap());
        prop_assert_eq!(matches!(flag, Flag::Low | Flag::VeryLow), inner.upper < average);
        prop_assert_eq!(matches!(flag, Flag::High | Flag::VeryHigh), inner.lower > average);
        prop_assert_eq!(flag == Flag::VeryLow, outer.upper < average);
        prop_assert_eq!(flag == Flag::VeryHigh, outer.lower > average);
    }

    #[test]
    fn nothing_panics_on_any_number(
        one in any::<f64>(),
        other in any::<f64>(),
        third in any::<f64>(),
    ) {
        let sure = sure(0.95);
        let estimates = [
            wilson(one, other, sure),
            exact_poisson(one, sure),
            byar(one, sure),
            count(one, sure),
            crude_rate(one, other, third, sure),
            mean(&[one, other, third], sure),
            mean_of_summary(one, other, third.trunc(), sure),
            standardised_ratio(one, other, third, sure),
        ];
        // Whatever is answered is a number.
        for estimate in estimates.into_iter().flatten() {
            prop_assert!(estimate.value().is_none_or(f64::is_finite), "{estimate:?}");
            if let Some(Interval { lower, upper }) = estimate.interval() {
                prop_assert!(lower.is_finite() && upper.is_finite(), "{estimate:?}");
                prop_assert!(lower <= upper, "{estimate:?}");
            }
        }
        for average in [one, other, third] {
            if let Ok(Interval { lower, upper }) = funnel_limits_of_count(average, sure) {
                prop_assert!(lower.is_finite() && upper.is_finite() && lower <= upper);
            }
        }
        let _ = flag_of_ratio(one, other);
        let _ = flag_of_proportion(one, other, third);
    }
}
