//! Directly and indirectly standardised rates and ratios.

use super::*;

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
