//! Limits of funnels, and the flags of places against them.

use super::*;

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
