//! Comparing, trending, forecasting, effects and cost-effectiveness: published values, values computed
//! by independent programs, what must hold for all numbers, known effects recovered from drawn data,
//! and what is refused in which words.
//!
//! Tolerances: a value that a source prints to so many digits is met to half of its last digit. A
//! value computed by scipy or statsmodels is met to 1 part in 10⁹, where both work in double
//! precision; the quantile of Student's t is solved for by iteration and gets 1 part in 10⁷.

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

mod published {
    use super::*;

    #[test]
    fn differences_of_proportions() {
        // Newcombe RG. Statistics in Medicine 17, 1998, 873-890, Table II, method 10, 95%: four
        // decimals printed.
        const NEWCOMBE: [(f64, f64, f64, f64, f64, f64); 8] = [
            (56.0, 70.0, 48.0, 80.0, 0.0524, 0.3339),
            (9.0, 10.0, 3.0, 10.0, 0.1705, 0.8090),
            (6.0, 7.0, 2.0, 7.0, 0.0582, 0.8062),
            (5.0, 56.0, 0.0, 29.0, -0.0381, 0.1926),
            (0.0, 10.0, 0.0, 20.0, -0.1611, 0.2775),
            (0.0, 10.0, 0.0, 10.0, -0.2775, 0.2775),
            (10.0, 10.0, 0.0, 20.0, 0.6791, 1.0000),
            (10.0, 10.0, 0.0, 10.0, 0.6075, 1.0000),
        ];
        // 34% of 200 against 41% of 220 is -7.0 points (-16.1 to +2.3), three decimals as printed.
        const REOFFENDING: (f64, f64, f64, f64, f64, f64) =
            (68.0, 200.0, 90.2, 220.0, -0.161, 0.023);
        let mut ran = 0;
        let printed = NEWCOMBE.map(|case| (case, 0.00005));
        for (case, tolerance) in printed.into_iter().chain([(REOFFENDING, 0.0005)]) {
            let (a, m, b, n, lower, upper) = case;
            let found = difference_of_proportions(of(a, m), of(b, n), at(0.95)).unwrap();
            let (value, found_lower, found_upper) = limits(&found);
            let case = format!("{a}/{m} - {b}/{n}");
            close(value, a / m - b / n, 1e-15, &case);
            close(found_lower, lower, tolerance, &case);
            close(found_upper, upper, tolerance, &case);
            ran += 1;
        }
        assert_eq!(ran, 9, "every case ran");
        // Computed by statsmodels 0.15.0, confint_proportions_2indep, method newcomb.
        let found = difference_of_proportions(of(68.0, 200.0), of(90.0, 220.0), at(0.95)).unwrap();
        let (_, lower, upper) = limits(&found);
        close(lower, -0.159_694_110_073_699_77, 1e-9, "statsmodels");
        close(upper, 0.023_602_360_496_057_198, 1e-9, "statsmodels");
        assert_eq!(found.method(), "Newcombe hybrid score");
    }

    #[test]
    fn difference_of_estimates_by_hand() {
        // 3 - 1 with standard errors 3 and 4: 2 ± 1.959964 × 5.
        let found = difference_of_estimates(known(3.0, 3.0), known(1.0, 4.0), at(0.95)).unwrap();
        let (value, lower, upper) = limits(&found);
        assert_eq!(value, 2.0);
        // Six decimals of the quantile, times five.
        close(lower, 2.0 - 9.79982, 5e-6, "lower");
        close(upper, 2.0 + 9.79982, 5e-6, "upper");
    }

    #[test]
    fn trends_of_proportions() {
        // Worked example, a falling share of reoffenders: slope -0.029; chi-squared 3.48 of 100 a year and 34.8 of
        // 1,000. Digits beyond those printed computed by scipy 1.17.1.
        let series = |people: f64| {
            let percent = [46.0, 44.0, 41.0, 39.0, 34.0];
            let points: Vec<_> = (2019_u32..)
                .zip(percent)
                .map(|(year, percent)| (f64::from(year), of(percent * people / 100.0, people)))
                .collect();
            trend_of_proportions(&points, at(0.95)).unwrap()
        };
        let (few, many) = (series(100.0), series(1_000.0));
        for (trend, chi_squared, p_value, case) in [
            (&few, 3.481_882_617_912_029, 0.062_044_116_565_642_81, "100"),
            (
                &many,
                34.818_826_179_120_29,
                3.618_573_906_197_48e-9,
                "1,000",
            ),
        ] {
            close(trend.slope.value().unwrap(), -0.029, 1e-12, case);
            alike(trend.chi_squared, chi_squared, 1e-9, case);
            // Relative: the second probability is as small as the tolerance.
            close(trend.p_value / p_value, 1.0, 1e-9, case);
        }
        assert_eq!(few.direction, TrendDirection::NoSignificantTrend);
        assert_eq!(many.direction, TrendDirection::Falling);
        assert_eq!(
            series(100.0).slope.confidence(),
            at(0.95),
            "a trend says how sure"
        );

        // Caesarean sections by the mother's shoe size: Altman DG. Practical Statistics for Medical
        // Research, 1991, chapter 10. Chi-squared for trend 8.0237, p 0.004617 as printed by
        // Dalgaard P. Introductory Statistics with R, 2nd edition, 2008, chapter 8.
        let sections = [5.0, 7.0, 6.0, 7.0, 8.0, 10.0];
        let births = [22.0, 35.0, 42.0, 48.0, 54.0, 150.0];
        let points: Vec<_> = sections
            .into_iter()
            .zip(births)
            .zip(1_u32..)
            .map(|((events, people), size)| (f64::from(size), of(events, people)))
            .collect();
        let trend = trend_of_proportions(&points, at(0.95)).unwrap();
        close(trend.chi_squared, 8.0237, 5e-5, "shoe size");
        close(trend.p_value, 0.004617, 5e-7, "shoe size");
        assert_eq!(trend.direction, TrendDirection::Falling);
        // At 99.8% the same series is no trend: p is above 0.002.
        let strict = trend_of_proportions(&points, at(0.998)).unwrap();
        assert_eq!(strict.direction, TrendDirection::NoSignificantTrend);
    }

    #[test]
    fn trends_of_estimates() {
        // Computed by statsmodels 0.15.0: WLS with weights 1/se², fit(cov_type="fixed scale").
        let points = [
            (2019.0, known(410.0, 12.0)),
            (2020.0, known(405.0, 12.0)),
            (2021.0, known(421.0, 11.0)),
            (2022.0, known(436.0, 11.0)),
            (2023.0, known(448.0, 10.0)),
        ];
        let trend = trend_of_estimates(&points, at(0.95)).unwrap();
        let (slope, _, upper) = limits(&trend.slope);
        // Eight decimals printed by the program.
        close(slope, 10.902_851_79, 5e-9, "slope");
        let standard_error = (upper - slope) / at(0.95).z();
        close(standard_error, 3.500_262_4, 5e-9, "standard error");
        alike(trend.chi_squared, 9.702_396_331_793_12, 1e-9, "chi-squared");
        close(trend.p_value, 0.001_840_28, 5e-9, "p");
        assert_eq!(trend.direction, TrendDirection::Rising);
    }

    #[test]
    fn forecasts() {
        // Computed by statsmodels 0.15.0: OLS, get_prediction(...).conf_int(obs=True).
        let history = [
            (2019.0, 41.0),
            (2020.0, 43.5),
            (2021.0, 43.0),
            (2022.0, 46.0),
            (2023.0, 47.5),
        ];
        let found = forecast_linear_trend(&history, 2024.0, at(0.95)).unwrap();
        let (value, lower, upper) = limits(&found);
        alike(value, 48.85, 1e-12, "trend");
        alike(lower, 44.833_934_332_711_03, 1e-7, "trend, lower");
        alike(upper, 52.866_065_667_288_94, 1e-7, "trend, upper");
        let strict = forecast_linear_trend(&history, 2024.0, at(0.998)).unwrap();
        let (_, lower, upper) = limits(&strict);
        // Eight decimals printed by the program.
        close(lower, 35.959_843_58, 1e-6, "99.8%, lower");
        close(upper, 61.740_156_42, 1e-6, "99.8%, upper");

        let level = [
            (2020.0, 43.5),
            (2021.0, 43.0),
            (2022.0, 46.0),
            (2023.0, 44.5),
        ];
        let found = forecast_level(&level, 2024.0, at(0.95)).unwrap();
        let (value, lower, upper) = limits(&found);
        alike(value, 44.25, 1e-12, "level");
        close(lower, 39.543_098_44, 1e-6, "level, lower");
        close(upper, 48.956_901_56, 1e-6, "level, upper");
    }

    #[test]
    fn differences_in_differences_of_proportions() {
        // Worked example: 46% to 34% of 200 against 44% to 41% of 300: -9.0 points, standard error 6.3,
        // -21.4 to +3.4. One decimal of a point printed.
        let treated = BeforeAndAfter {
            before: of(92.0, 200.0),
            after: of(68.0, 200.0),
        };
        let comparison = BeforeAndAfter {
            before: of(132.0, 300.0),
            after: of(123.0, 300.0),
        };
        let found =
            difference_in_differences_of_proportions(treated, comparison, at(0.95)).unwrap();
        let (value, lower, upper) = limits(&found);
        close(value, -0.090, 1e-12, "effect");
        close(lower, -0.214, 0.0005, "lower");
        close(upper, 0.034, 0.0005, "upper");
        close(
            (upper - value) / at(0.95).z(),
            0.063,
            0.0005,
            "standard error",
        );
    }

    /// Invented test scores of six schools of unequal size, before and after.
    const SCHOOLS: [(&str, Arm, &[f64], &[f64]); 6] = [
        (
            "a",
            Arm::Treated,
            &[39.0, 38.9, 37.2],
            &[29.3, 31.2, 33.4, 34.1],
        ),
        (
            "b",
            Arm::Treated,
            &[38.4, 40.2, 36.4, 41.6, 38.7],
            &[31.1, 30.9, 34.7],
        ),
        ("c", Arm::Treated, &[35.3, 32.7], &[32.2, 28.5]),
        (
            "d",
            Arm::Comparison,
            &[43.0, 42.2, 42.8, 42.2],
            &[32.3, 38.3, 36.7, 40.1],
        ),
        (
            "e",
            Arm::Comparison,
            &[43.5, 45.3, 47.0],
            &[39.7, 38.9, 40.4, 39.8, 39.3],
        ),
        ("f", Arm::Comparison, &[44.7, 44.3], &[39.5, 37.8, 42.3]),
    ];

    pub fn schools() -> Vec<ObservedUnit<String>> {
        let mut rows = Vec::new();
        for (cluster, arm, before, after) in SCHOOLS {
            for (time, outcomes) in [(Time::Before, before), (Time::After, after)] {
                rows.extend(outcomes.iter().map(|outcome| ObservedUnit {
                    outcome: *outcome,
                    arm,
                    time,
                    cluster: cluster.to_owned(),
                }));
            }
        }
        rows
    }

    #[test]
    fn differences_in_differences_with_clusters() {
        // Computed by statsmodels 0.15.0: ols("y ~ treated * after"), cov_type="cluster" with
        // use_correction and df_correction, use_t: t with 5 degrees of freedom.
        let rows = schools();
        assert_eq!(rows.len(), 40);
        let found = difference_in_differences(&rows, at(0.95)).unwrap();
        let (value, lower, upper) = limits(&found);
        // The program solves a least-squares problem where this takes means; 1 part in 10¹¹.
        close(value, -0.998_333_333_333_340_2, 1e-11, "effect");
        close(lower, -2.940_975_780_427_188, 1e-6, "lower");
        close(upper, 0.944_309_113_760_507_5, 1e-6, "upper");
        let strict = difference_in_differences(&rows, at(0.998)).unwrap();
        let (_, lower, upper) = limits(&strict);
        close(lower, -5.452_121_268_754_029, 1e-6, "99.8%, lower");
        close(upper, 3.455_454_602_087_348_4, 1e-6, "99.8%, upper");
    }

    #[test]
    fn cost_of_one_more_outcome() {
        // Worked example: A £120,000 for 40, B £200,000 for 60: 4,000 though averages are 3,000 and 3,333.
        assert_eq!(cost_per_outcome(120_000.0, 40.0).unwrap(), 3_000.0);
        close(
            cost_per_outcome(200_000.0, 60.0).unwrap(),
            3_333.0,
            0.5,
            "B",
        );
        let a = Alternative::new("A", 120_000.0, 40.0).unwrap();
        let b = Alternative::new("B", 200_000.0, 60.0).unwrap();
        let comparison = compare(&a, &b).unwrap();
        assert_eq!(
            comparison.verdict,
            Verdict::ExtraCostPerOutcome { ratio: 4_000.0 }
        );
        let extra = CostAndEffect {
            cost: 80_000.0,
            effect: 20.0,
        };
        assert_eq!(comparison.extra, extra);
    }

    #[test]
    fn every_part_of_the_plane() {
        // From (100, 10), by hand: where one dominates there is no ratio.
        let cases = [
            (
                150.0,
                20.0,
                Verdict::ExtraCostPerOutcome { ratio: 5.0 },
                "north-east",
            ),
            (
                50.0,
                5.0,
                Verdict::SavingPerOutcomeLost { ratio: 10.0 },
                "south-west",
            ),
            (50.0, 20.0, Verdict::Dominates, "south-east"),
            (150.0, 5.0, Verdict::Dominated, "north-west"),
            (100.0, 20.0, Verdict::Dominates, "more for the same"),
            (50.0, 10.0, Verdict::Dominates, "the same for less"),
            (100.0, 5.0, Verdict::Dominated, "less for the same"),
            (150.0, 10.0, Verdict::Dominated, "the same for more"),
            (100.0, 10.0, Verdict::NoDifference, "the same"),
        ];
        let from = Alternative::new("from", 100.0, 10.0).unwrap();
        for (cost, effect, expected, case) in cases {
            let to = Alternative::new("to", cost, effect).unwrap();
            assert_eq!(compare(&from, &to).unwrap().verdict, expected, "{case}");
        }
    }

    /// What is expected of one alternative.
    enum Place {
        Cheapest,
        On(f64),
        Dominated,
        Mix(&'static str, &'static str),
    }

    #[track_caller]
    fn check_frontier(cases: &[(&str, f64, f64, Place)], tolerance: f64) {
        let alternatives: Vec<_> = cases
            .iter()
            .map(|(name, cost, effect, _)| Alternative::new(*name, *cost, *effect).unwrap())
            .collect();
        let placed = frontier(&alternatives).unwrap();
        assert_eq!(placed.len(), cases.len());
        let effects: Vec<f64> = placed.iter().map(|p| p.alternative.total.effect).collect();
        assert!(effects.is_sorted(), "sorted by effect: {effects:?}");
        for (name, _, _, expected) in cases {
            let found = placed.iter().find(|p| p.alternative.name == *name).unwrap();
            match (expected, &found.standing) {
                (Place::Cheapest, FrontierStanding::Cheapest)
                | (Place::Dominated, FrontierStanding::Dominated { .. }) => {}
                (
                    Place::On(ratio),
                    FrontierStanding::OnFrontier {
                        extra_cost_per_outcome,
                        ..
                    },
                ) => close(*extra_cost_per_outcome, *ratio, tolerance, name),
                (Place::Mix(one, other), FrontierStanding::DominatedByMix { cheaper, dearer }) => {
                    assert_eq!((cheaper.as_str(), dearer.as_str()), (*one, *other))
                }
                (_, found) => panic!("{name}: {found:?}"),
            }
        }
    }

    #[test]
    fn frontiers() {
        // Screening for HIV in a high-risk population: Paltiel AD et al. Annals of Internal Medicine
        // 145, 2006, 797-806, Table 4: dollars and quality-adjusted life-months a person. Testing
        // every year is dominated. Ratios are of the printed, rounded figures, by hand: 1000/0.32,
        // 1020/0.21, 420/0.05 a month. Differences of effects lose five digits of sixteen.
        check_frontier(
            &[
                ("as now", 26_000.0, 277.25, Place::Cheapest),
                ("once", 27_000.0, 277.57, Place::On(3_125.0)),
                ("every 5 years", 28_020.0, 277.78, Place::On(1_020.0 / 0.21)),
                ("every 3 years", 28_440.0, 277.83, Place::On(8_400.0)),
                ("every year", 29_440.0, 277.76, Place::Dominated),
            ],
            1e-6 * 8_400.0,
        );
        // Radiation therapy: JNCI Cancer Spectrum 4, 2020, pkaa004, Table 1: the printed ratio is
        // 529 365.8 of unrounded effects; effects are printed to six decimals, so a difference of
        // 0.0197 is known to 5 parts in 100,000.
        check_frontier(
            &[
                ("none", 1_695.865, 8.570992, Place::Cheapest),
                ("test all", 12_224.17, 8.583273, Place::Dominated),
                ("for all", 12_118.17, 8.590681, Place::On(529_365.8)),
            ],
            5e-5 * 529_365.8,
        );
        // Treatment of Clostridioides difficile: Rajasingham R et al. Clinical Infectious Diseases
        // 70, 2020, 754-762, the eleven strategies of the worked example of the dampack vignette
        // "Basic Cost Effectiveness Analysis", with its printed ratios. Effects rounded here to seven
        // decimals: the smallest difference, 0.0155, is known to 7 parts in a million.
        check_frontier(
            &[
                ("s3", 57336.0060, 12.9399639, Place::Cheapest),
                ("s27", 57541.2526, 13.0140641, Place::On(2_769.85)),
                ("s33", 57642.2588, 13.0389116, Place::On(4_065.03)),
                ("s31", 57934.0743, 13.0966258, Place::On(5_056.22)),
                ("s43", 58072.1137, 13.1128577, Place::On(8_504.22)),
                ("s44", 58665.7823, 13.1283328, Place::On(38_362.65)),
                ("s39", 57814.6471, 13.0462790, Place::Mix("s33", "s31")),
                ("s4", 57887.4815, 12.9970657, Place::Dominated),
                ("s13", 58018.6252, 13.0650412, Place::Dominated),
                ("s37", 58081.7948, 13.1029711, Place::Dominated),
                ("s20", 58634.2026, 13.1100569, Place::Dominated),
            ],
            7e-6 * 38_362.65,
        );
    }

    #[test]
    fn a_frontier_keeps_what_lies_on_a_line_and_one_of_what_is_equal() {
        // By hand: three on one line of 10 each, and a twin.
        let alternatives = [
            ("c", 40.0, 3.0),
            ("twin", 30.0, 2.0),
            ("b", 30.0, 2.0),
            ("a", 20.0, 1.0),
        ]
        .map(|(name, cost, effect)| Alternative::new(name, cost, effect).unwrap());
        let placed = frontier(&alternatives).unwrap();
        let on = |beyond: &str| FrontierStanding::OnFrontier {
            extra_cost_per_outcome: 10.0,
            beyond: beyond.to_owned(),
        };
        let found: Vec<_> = placed
            .into_iter()
            .map(|p| (p.alternative.name, p.standing))
            .collect();
        let twin = FrontierStanding::Equal { to: "b".to_owned() };
        let expected = [
            ("a", FrontierStanding::Cheapest),
            ("b", on("a")),
            ("twin", twin),
            ("c", on("b")),
        ];
        assert_eq!(found, expected.map(|(name, s)| (name.to_owned(), s)));
    }

    #[test]
    fn ratios_by_fieller() {
        // 14 ± 3 over 7 ± 2 at t = 1.812461: 1.051413 to 4.414296, as printed by the example of the
        // DCSTATS program (its section on Fieller). Here the quantile is normal, so the confidence
        // is the one whose normal quantile is 1.812461; six decimals printed.
        let confidence = at(0.930_085_005_219_149_2);
        let found = ratio_by_fieller(known(14.0, 3.0), known(7.0, 2.0), 0.0, confidence).unwrap();
        let (value, lower, upper) = limits(&found);
        assert_eq!(value, 2.0);
        close(lower, 1.051_413, 2e-6, "lower");
        close(upper, 4.414_296, 2e-6, "upper");
        // Computed with numpy 2.4.6 as the roots of (b² - z²v)θ² - 2(ab - z²c)θ + a² - z²u = 0.
        for (a, u, b, v, c, lower, upper) in [
            (
                80e3,
                0.0,
                20.0,
                4.0,
                0.0,
                2_873.578_088_108_697_6,
                6_578.869_427_299_885_5,
            ),
            (
                80e3,
                9e3,
                20.0,
                4.0,
                12e3,
                2_834.251_185_040_636_3,
                6_345.862_421_228_836,
            ),
            (
                -80e3,
                9e3,
                20.0,
                4.0,
                12e3,
                -7_240.851_422_761_679,
                -2_483.930_001_786_013,
            ),
            (
                80e3,
                9e3,
                -20.0,
                4.0,
                12e3,
                -7_240.851_422_761_679,
                -2_483.930_001_786_013,
            ),
        ] {
            let found = ratio_by_fieller(known(a, u), known(b, v), c, at(0.95)).unwrap();
            let (value, found_lower, found_upper) = limits(&found);
            let case = format!("{a} ± {u} over {b} ± {v}");
            alike(value, a / b, 1e-15, &case);
            alike(found_lower, lower, 1e-9, &case);
            alike(found_upper, upper, 1e-9, &case);
        }
    }

    #[test]
    fn sizes_of_samples() {
        // Cohen 1988, Table 6.4.1, two-sided test at 5%, h = 0.10: 1,570 people in each group for a
        // power of 0.80, 2,102 for 0.90; h = 0.50 needs 63. Proportions that are h apart, from 0.5.
        for (h, power, expected) in [(0.10, 0.8, 1570.0), (0.10, 0.9, 2102.0), (0.50, 0.8, 63.0)] {
            let half: f64 = std::f64::consts::FRAC_PI_2;
            let first = ((half + h) / 2.0).sin().powi(2);
            let found = people_per_group(first, 0.5, at(0.95), power).unwrap();
            assert_eq!(found, expected, "h {h}, power {power}");
        }
        // Cohen 1988, Table 6.2.2 gives 2 arcsin √p: 1.471 for 0.45, 1.571 for 0.50.
        close(effect_size(0.50, 0.45).unwrap(), 1.571 - 1.471, 0.0005, "h");
        // Computed by statsmodels 0.15.0, NormalIndPower.solve_power: 1067.37 and 260.15, rounded up.
        assert_eq!(people_per_group(0.46, 0.40, at(0.95), 0.8).unwrap(), 1068.0);
        assert_eq!(people_per_group(0.46, 0.34, at(0.95), 0.8).unwrap(), 261.0);
        // Kish 1965: 1 + (m - 1) ICC; by hand, 51 people at 0.02 and at 0.07.
        close(design_effect(51.0, 0.02).unwrap(), 2.0, 1e-12, "0.02");
        close(design_effect(51.0, 0.07).unwrap(), 4.5, 1e-12, "0.07");
    }

    #[test]
    fn ranks_with_ties() {
        // By hand: min ranks, the rule of the field for quantiles too.
        let values = [("a", 5.0), ("b", 2.0), ("c", 5.0), ("d", 9.0), ("e", 2.0)];
        let found = ranks(&values, Order::LowestFirst).unwrap();
        assert_eq!(found, [("a", 3), ("b", 1), ("c", 3), ("d", 5), ("e", 1)]);
        let found = ranks(&values, Order::HighestFirst).unwrap();
        assert_eq!(found, [("a", 2), ("b", 4), ("c", 2), ("d", 1), ("e", 4)]);
    }
}

mod properties {
    use super::*;

    fn many() -> ProptestConfig {
        ProptestConfig {
            cases: 200,
            failure_persistence: None,
            ..ProptestConfig::default()
        }
    }

    fn any_proportion() -> impl Strategy<Value = Proportion> {
        (1_u32..2_000, 0.0..=1.0_f64).prop_map(|(people, share)| {
            let people = f64::from(people);
            of((people * share).round(), people)
        })
    }

    fn any_level() -> impl Strategy<Value = f64> {
        prop_oneof![Just(0.95), Just(0.998), 0.5..0.999_f64]
    }

    fn any_measured() -> impl Strategy<Value = Measured> {
        (-1e4..1e4_f64, 0.0..1e3_f64).prop_map(|(value, error)| known(value, error))
    }

    fn series() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((0.1..3.0_f64, -100.0..100.0_f64), 5..12).prop_map(|steps| {
            let mut time = 0.0;
            let later = |(step, value)| {
                time += step;
                (time, value)
            };
            steps.into_iter().map(later).collect()
        })
    }

    /// Mirrored: the value and both limits change sign.
    fn negated(one: &Estimate, other: &Estimate) -> bool {
        let ((a, b, c), (d, e, f)) = (limits(one), limits(other));
        [(a, -d), (b, -f), (c, -e)]
            .iter()
            .all(|(x, y)| (x - y).abs() <= 1e-12 * (1.0 + x.abs()))
    }

    proptest! {
        #![proptest_config(many())]

        #[test]
        fn swapping_groups_negates_a_difference(
            a in any_proportion(), b in any_proportion(), level in any_level(),
        ) {
            let there = difference_of_proportions(a, b, at(level)).unwrap();
            let back = difference_of_proportions(b, a, at(level)).unwrap();
            prop_assert!(negated(&there, &back), "{there:?} {back:?}");
            let (value, lower, upper) = limits(&there);
            prop_assert!(-1.0 - 1e-12 <= lower && lower <= value);
            prop_assert!(value <= upper && upper <= 1.0 + 1e-12);
        }

        #[test]
        fn swapping_estimates_negates_a_difference(
            a in any_measured(), b in any_measured(), level in any_level(),
        ) {
            let there = difference_of_estimates(a, b, at(level)).unwrap();
            let back = difference_of_estimates(b, a, at(level)).unwrap();
            prop_assert!(negated(&there, &back));
        }

        #[test]
        fn swapping_arms_negates_an_effect(
            a in any_proportion(), b in any_proportion(),
            c in any_proportion(), d in any_proportion(), level in any_level(),
        ) {
            let (one, other) = (
                BeforeAndAfter { before: a, after: b },
                BeforeAndAfter { before: c, after: d },
            );
            let there = difference_in_differences_of_proportions(one, other, at(level)).unwrap();
            let back = difference_in_differences_of_proportions(other, one, at(level)).unwrap();
            if there.interval().is_some() {
                prop_assert!(negated(&there, &back));
            }
        }

        #[test]
        fn a_surer_interval_is_wider(a in any_proportion(), b in any_proportion()) {
            let (_, lower, upper) = limits(&difference_of_proportions(a, b, at(0.95)).unwrap());
            let wide = difference_of_proportions(a, b, at(0.998)).unwrap();
            let (_, wide_lower, wide_upper) = limits(&wide);
            prop_assert!(wide_lower <= lower && upper <= wide_upper);
        }

        #[test]
        fn a_trend_does_not_depend_on_when_time_begins(
            points in prop::collection::vec(any_proportion(), 5..10),
            shift in -3_000_i32..3_000,
        ) {
            let from = |start: i32| {
                let points: Vec<_> = (start..).map(f64::from).zip(points.clone()).collect();
                trend_of_proportions(&points, at(0.95))
            };
            match (from(0), from(shift)) {
                (Ok(one), Ok(other)) => {
                    // Whole times shift without rounding, so nothing may change at all.
                    prop_assert_eq!(one, other);
                }
                (Err(one), Err(other)) => prop_assert_eq!(one, other),
                (one, other) => prop_assert!(false, "{:?} {:?}", one, other),
            }
        }

        #[test]
        fn a_trend_run_backwards_turns_round(points in prop::collection::vec(any_proportion(), 5..10)) {
            let times = (0_u32..).map(f64::from);
            let there: Vec<_> = times.clone().zip(points.clone()).collect();
            let back: Vec<_> = times.zip(points.into_iter().rev()).collect();
            let (there, back) = (
                trend_of_proportions(&there, at(0.95)),
                trend_of_proportions(&back, at(0.95)),
            );
            if let (Ok(there), Ok(back)) = (there, back) {
                prop_assert!(negated(&there.slope, &back.slope));
                let holds_zero = there.slope.interval().unwrap().contains(0.0);
                prop_assert_eq!(there.direction == TrendDirection::NoSignificantTrend, holds_zero);
                prop_assert!((0.0..=1.0).contains(&there.p_value));
            }
        }

        #[test]
        fn equal_standard_errors_cancel_out_of_a_slope(points in series(), error in 0.1..10.0_f64) {
            let with = |error: f64| {
                let points: Vec<_> = points.iter().map(|(t, y)| (*t, known(*y, error))).collect();
                trend_of_estimates(&points, at(0.95)).unwrap()
            };
            let (one, other) = (with(1.0), with(error));
            let slope = one.slope.value().unwrap();
            // Scaled by the size of values up to 100.
            prop_assert!((slope - other.slope.value().unwrap()).abs() < 1e-9);
            let chi_squared = one.chi_squared / error.powi(2);
            prop_assert!((other.chi_squared - chi_squared).abs() < 1e-8 * (1.0 + chi_squared));
        }

        #[test]
        fn a_forecast_scales_with_its_unit(points in series(), factor in 0.01..100.0_f64) {
            let last = points.last().unwrap().0;
            let scaled: Vec<_> = points.iter().map(|(t, y)| (*t, y * factor)).collect();
            for forecast in [forecast_linear_trend, forecast_level] {
                let one = forecast(&points, last + 1.0, at(0.95)).unwrap().times(factor);
                let other = forecast(&scaled, last + 1.0, at(0.95)).unwrap();
                let ((a, b, c), (d, e, f)) = (limits(&one), limits(&other));
                for (x, y) in [(a, d), (b, e), (c, f)] {
                    prop_assert!((x - y).abs() <= 1e-9 * (1.0 + x.abs()), "{} {}", x, y);
                }
            }
        }

        #[test]
        fn a_forecast_is_less_sure_further_ahead(points in series(), ahead in 0.1..10.0_f64) {
            let last = points.last().unwrap().0;
            let width = |at_time: f64| {
                let forecast = forecast_linear_trend(&points, at_time, at(0.95)).unwrap();
                let (_, lower, upper) = limits(&forecast);
                upper - lower
            };
            prop_assert!(width(last + ahead) <= width(last + 2.0 * ahead));
        }

        #[test]
        fn fieller_of_an_exact_divisor_is_the_simple_interval(
            a in any_measured(), b in 0.1..1e3_f64, level in any_level(),
        ) {
            let divisor = Measured::exactly(b).unwrap();
            let found = ratio_by_fieller(a, divisor, 0.0, at(level)).unwrap();
            let reach = at(level).z() * a.standard_error() / b;
            let (value, lower, upper) = limits(&found);
            let size = 1.0 + value.abs() + reach;
            prop_assert!((lower - (a.value() / b - reach)).abs() < 1e-12 * size);
            prop_assert!((upper - (a.value() / b + reach)).abs() < 1e-12 * size);
        }

        #[test]
        fn fieller_withholds_exactly_where_the_divisor_may_be_zero(
            a in any_measured(), b in any_measured(), rho in -1.0..=1.0_f64, level in any_level(),
        ) {
            let covariance = rho * a.standard_error() * b.standard_error();
            let found = ratio_by_fieller(a, b, covariance, at(level)).unwrap();
            let reach = at(level).z() * b.standard_error();
            let may_be_zero = b.value().abs() <= reach;
            match found.interval() {
                Some(interval) => {
                    prop_assert!(!may_be_zero);
                    let slack = 1e-9 * (1.0 + interval.lower.abs() + interval.upper.abs());
                    let value = found.value().unwrap();
                    prop_assert!(interval.lower <= value + slack);
                    prop_assert!(value <= interval.upper + slack);
                }
                None => {
                    prop_assert!(may_be_zero);
                    prop_assert_eq!(found.withheld(), Some(&Withheld::DivisorMayBeZero));
                }
            }
        }

        #[test]
        fn an_acceptability_curve_rises_where_every_draw_gains(
            draws in prop::collection::vec((-1e4..1e4_f64, 0.01..10.0_f64), 1..40),
        ) {
            let draws: Vec<_> = draws
                .into_iter()
                .map(|(cost, effect)| CostAndEffect { cost, effect })
                .collect();
            let prices: Vec<f64> = (0..50).map(|step| 300.0 * f64::from(step)).collect();
            let curve = acceptability(&draws, &prices).unwrap();
            let shares: Vec<f64> = curve.iter().map(|(_, share)| *share).collect();
            prop_assert!(shares.is_sorted());
            prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
        }

        #[test]
        fn a_ratio_is_the_price_at_which_nothing_is_gained(
            a in (0.0..1e6_f64, 0.0..100.0_f64), b in (0.0..1e6_f64, 0.0..100.0_f64),
        ) {
            let from = Alternative::new("from", a.0, a.1).unwrap();
            let to = Alternative::new("to", b.0, b.1).unwrap();
            let comparison = compare(&from, &to).unwrap();
            let mirror = compare(&to, &from).unwrap().verdict;
            match comparison.verdict {
                Verdict::ExtraCostPerOutcome { ratio } => {
                    let gain = net_benefit(comparison.extra, ratio).unwrap();
                    prop_assert!(gain.abs() < 1e-9 * (1.0 + comparison.extra.cost.abs()));
                    prop_assert_eq!(mirror, Verdict::SavingPerOutcomeLost { ratio });
                }
                Verdict::SavingPerOutcomeLost { ratio } => {
                    prop_assert_eq!(mirror, Verdict::ExtraCostPerOutcome { ratio });
                }
                Verdict::Dominates => prop_assert_eq!(mirror, Verdict::Dominated),
                Verdict::Dominated => prop_assert_eq!(mirror, Verdict::Dominates),
                Verdict::NoDifference => prop_assert_eq!(mirror, Verdict::NoDifference),
            }
        }

        #[test]
        fn the_frontier_is_what_is_best_at_some_price(
            given in prop::collection::vec((0_u32..40, 0_u32..40), 1..12),
        ) {
            let alternatives: Vec<_> = given
                .iter()
                .enumerate()
                .map(|(place, (cost, effect))| {
                    Alternative::new(format!("{place:02}"), f64::from(*cost), f64::from(*effect))
                        .unwrap()
                })
                .collect();
            let placed = frontier(&alternatives).unwrap();
            let on = |standing: &FrontierStanding| {
                matches!(standing, FrontierStanding::Cheapest | FrontierStanding::OnFrontier { .. })
            };
            // A second way of working it out: at each price, the best net benefit.
            let best = |price: f64| {
                let worth = |p: &Alternative| net_benefit(p.total, price).unwrap();
                let best = alternatives.iter().map(worth).fold(f64::MIN, f64::max);
                placed
                    .iter()
                    .filter(|p| on(&p.standing))
                    .any(|p| (worth(&p.alternative) - best).abs() < 1e-9)
            };
            for price in 0..100 {
                prop_assert!(best(f64::from(price)), "at {}", price);
            }
            let mut ratios = Vec::new();
            let mut cheapest = 0;
            for p in &placed {
                match &p.standing {
                    FrontierStanding::Cheapest => cheapest += 1,
                    FrontierStanding::OnFrontier { extra_cost_per_outcome, .. } => {
                        ratios.push(*extra_cost_per_outcome);
                    }
                    FrontierStanding::DominatedByMix { cheaper, dearer } => {
                        // Some mix of the two costs less for the same effect.
                        let of = |name: &str| {
                            alternatives.iter().find(|a| a.name == name).unwrap().total
                        };
                        let (a, b, own) = (of(cheaper), of(dearer), p.alternative.total);
                        let share = (own.effect - a.effect) / (b.effect - a.effect);
                        prop_assert!((0.0..1.0).contains(&share));
                        prop_assert!(a.cost + share * (b.cost - a.cost) < own.cost);
                    }
                    FrontierStanding::Dominated { .. } | FrontierStanding::Equal { .. } => {}
                }
            }
            prop_assert_eq!(cheapest, 1);
            // Ratios of whole numbers below 40: equal ones are equal, others differ by 1/1600.
            prop_assert!(ratios.is_sorted_by(|a, b| a <= b), "{:?}", ratios);
        }

        #[test]
        fn ranks_move_with_their_keys(
            values in prop::collection::vec(-5_i32..5, 1..30), turn in 0_usize..30,
        ) {
            let values: Vec<_> = values.into_iter().map(f64::from).enumerate().collect();
            let mut ranked = ranks(&values, Order::HighestFirst).unwrap();
            let mut rotated = values.clone();
            rotated.rotate_left(turn % values.len());
            let mut other = ranks(&rotated, Order::HighestFirst).unwrap();
            ranked.sort_unstable();
            other.sort_unstable();
            prop_assert_eq!(&ranked, &other);
            // Every rank is one more than the number before it.
            for (key, rank) in ranked {
                let own = values[key].1;
                let before = values.iter().filter(|(_, value)| *value > own).count();
                prop_assert_eq!(rank, before + 1);
            }
        }

        #[test]
        fn the_order_of_rows_and_the_names_of_clusters_do_not_matter(
            turn in 0_usize..40, factor in 0.01..100.0_f64,
        ) {
            let rows = published::schools();
            let one = difference_in_differences(&rows, at(0.95)).unwrap().times(factor);
            let mut others = rows.clone();
            others.rotate_left(turn);
            for row in &mut others {
                row.outcome = row.outcome * factor + 7.0;
                row.cluster = format!("another {}", row.cluster);
            }
            let other = difference_in_differences(&others, at(0.95)).unwrap();
            let ((a, b, c), (d, e, f)) = (limits(&one), limits(&other));
            for (x, y) in [(a, d), (b, e), (c, f)] {
                prop_assert!((x - y).abs() <= 1e-9 * factor.max(1.0));
            }
        }
    }

    /// Every kind of number: signed zeros, the smallest and largest, infinities and NaN.
    fn wild() -> impl Strategy<Value = f64> {
        prop_oneof![
            3 => any::<f64>(),
            1 => prop::sample::select(vec![
                0.0, -0.0, 1.0, -1.0, f64::MIN_POSITIVE, 5e-324, f64::MAX, f64::MIN, 1e300, 1e-300,
                f64::INFINITY, f64::NEG_INFINITY, f64::NAN,
            ]),
            2 => -10.0..10.0_f64,
        ]
    }

    fn sound(estimate: &Estimate) -> bool {
        let ends = estimate
            .interval()
            .map(|Interval { lower, upper }| [lower, upper]);
        let numbers = estimate
            .value()
            .into_iter()
            .chain(ends.into_iter().flatten());
        numbers.into_iter().all(f64::is_finite)
            && (estimate.interval().is_some() || estimate.withheld().is_some())
            && ends.is_none_or(|[lower, upper]| lower <= upper)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, ..many() })]

        #[test]
        fn whatever_is_given_the_answer_is_a_number_or_a_reason(
            n in prop::collection::vec(wild(), 12), level in any_level(),
        ) {
            let confidence = at(level);
            let proportions: Vec<_> = n
                .chunks(2)
                .filter_map(|pair| Proportion::new(pair[0].min(pair[1]), pair[0].max(pair[1])).ok())
                .collect();
            let measured: Vec<_> = n
                .chunks(2)
                .filter_map(|pair| Measured::new(pair[0], pair[1].abs()).ok())
                .collect();
            let mut found = Vec::new();
            for pair in proportions.windows(2) {
                found.extend(difference_of_proportions(pair[0], pair[1], confidence));
            }
            for four in proportions.windows(4) {
                let (one, other) = (
                    BeforeAndAfter { before: four[0], after: four[1] },
                    BeforeAndAfter { before: four[2], after: four[3] },
                );
                found.extend(difference_in_differences_of_proportions(one, other, confidence));
            }
            for pair in measured.windows(2) {
                found.extend(difference_of_estimates(pair[0], pair[1], confidence));
                for covariance in [0.0, n[0], pair[0].standard_error()] {
                    found.extend(ratio_by_fieller(pair[0], pair[1], covariance, confidence));
                }
            }
            let mut times = n.clone();
            times.sort_by(f64::total_cmp);
            let history: Vec<_> = times.iter().copied().zip(n.clone()).take(4).collect();
            found.extend(forecast_linear_trend(&history, times[5], confidence));
            found.extend(forecast_level(&history, times[5], confidence));
            let years = || (0_u32..).map(f64::from);
            let points: Vec<_> = years().zip(proportions.clone()).collect();
            found.extend(trend_of_proportions(&points, confidence).map(|trend| trend.slope));
            let points: Vec<_> = years().zip(measured.clone()).collect();
            found.extend(trend_of_estimates(&points, confidence).map(|trend| trend.slope));
            let rows: Vec<_> = n
                .iter()
                .zip(0_u32..)
                .map(|(outcome, place)| ObservedUnit {
                    outcome: *outcome,
                    arm: if place % 2 == 0 { Arm::Treated } else { Arm::Comparison },
                    time: if place % 4 < 2 { Time::Before } else { Time::After },
                    cluster: place % 5,
                })
                .collect();
            found.extend(difference_in_differences(&rows, confidence));
            for estimate in &found {
                prop_assert!(sound(estimate), "{:?} from {:?}", estimate, n);
            }

            let pairs: Vec<_> = n
                .chunks(2)
                .map(|pair| CostAndEffect { cost: pair[0], effect: pair[1] })
                .collect();
            let alternatives: Vec<_> = pairs
                .iter()
                .enumerate()
                .filter_map(|(name, pair)| {
                    Alternative::new(name.to_string(), pair.cost, pair.effect).ok()
                })
                .collect();
            // These need only answer at all.
            let _ = frontier(&alternatives);
            let _ = acceptability(&pairs, &n);
            let _ = ranks(&history, Order::LowestFirst);
            for pair in alternatives.windows(2) {
                if let Ok(comparison) = compare(&pair[0], &pair[1]) {
                    match comparison.verdict {
                        Verdict::ExtraCostPerOutcome { ratio }
                        | Verdict::SavingPerOutcomeLost { ratio } => {
                            prop_assert!(ratio.is_finite() && ratio >= 0.0);
                        }
                        _ => {}
                    }
                }
            }
            let power = n[2].abs().min(0.9);
            let people = people_per_group(n[0], n[1], confidence, power);
            for size in [people, design_effect(n[3], n[4])] {
                prop_assert!(size.map_or(true, f64::is_finite));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 50, ..many() })]

        #[test]
        fn whatever_is_drawn_from_the_answer_is_a_number_or_a_reason(
            n in prop::collection::vec(wild(), 12),
        ) {
            let simulation = Simulation::new(1_000, 1).unwrap();
            let units: Vec<_> = n
                .chunks(2)
                .map(|pair| Paired { numerator: pair[0], denominator: pair[1] })
                .collect();
            let people: Vec<_> = n
                .chunks(2)
                .map(|pair| CostAndEffect { cost: pair[0], effect: pair[1] })
                .collect();
            let (from, to) = people.split_at(3);
            let measured: Vec<_> = n
                .chunks(2)
                .filter_map(|pair| Some((0, Measured::new(pair[0], pair[1].abs()).ok()?)))
                .collect();
            let mut found = Vec::new();
            found.extend(ratio_by_bootstrap(&units, simulation, at(0.95)));
            found.extend(incremental_ratio_by_bootstrap(from, to, simulation, at(0.95)));
            let ranked = ranks_with_intervals(&measured, Order::LowestFirst, simulation, at(0.95));
            found.extend(ranked.into_iter().flatten().map(|(_, rank)| rank));
            for estimate in &found {
                prop_assert!(sound(estimate), "{:?} from {:?}", estimate, n);
            }
        }
    }

    #[test]
    fn ranks_of_what_is_known_exactly_have_no_width() {
        let values = [
            ("a", known(3.0, 0.0)),
            ("b", known(1.0, 0.0)),
            ("c", known(3.0, 0.0)),
        ];
        let simulation = Simulation::new(1_000, 1).unwrap();
        let found =
            ranks_with_intervals(&values, Order::HighestFirst, simulation, at(0.95)).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|(key, rank)| (*key, limits(rank)))
            .collect();
        let expected = [
            ("a", (1.0, 1.0, 1.0)),
            ("b", (3.0, 3.0, 3.0)),
            ("c", (1.0, 1.0, 1.0)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn ranks_of_what_cannot_be_told_apart_reach_over_the_whole_list() {
        let values: Vec<_> = (0..10).map(|place| (place, known(0.0, 1.0))).collect();
        let simulation = Simulation::new(4_000, 1).unwrap();
        let found =
            ranks_with_intervals(&values, Order::LowestFirst, simulation, at(0.95)).unwrap();
        for (key, rank) in found {
            let (_, lower, upper) = limits(&rank);
            // Each rank is as likely as the others, one in ten, so 2.5% lies within the first.
            assert_eq!((lower, upper), (1.0, 10.0), "{key}");
        }
    }

    #[test]
    fn ranks_of_more_than_can_be_counted_singly_are_those_of_few() {
        // Groups of five far apart: whatever the number of groups, ranks stay in their group.
        let values: Vec<_> = (0_u32..5_000)
            .map(|place| (place, known(f64::from(place / 5) * 100.0, 1.0)))
            .collect();
        let simulation = Simulation::new(1_000, 1).unwrap();
        let found =
            ranks_with_intervals(&values, Order::LowestFirst, simulation, at(0.95)).unwrap();
        for (place, rank) in found {
            let first = f64::from(place / 5 * 5) + 1.0;
            assert_eq!(limits(&rank), (first, first, first + 4.0), "{place}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_interval_and_another_seed_nearly_so() {
        let units: Vec<_> = (0..50)
            .map(|unit| Paired {
                numerator: 100.0 + f64::from(unit * unit),
                denominator: 1.0 + f64::from(unit % 4),
            })
            .collect();
        let with = |seed: u64| {
            let simulation = Simulation::new(20_000, seed).unwrap();
            ratio_by_bootstrap(&units, simulation, at(0.95)).unwrap()
        };
        assert_eq!(with(7), with(7));
        let ((value, lower, upper), (_, other_lower, other_upper)) =
            (limits(&with(7)), limits(&with(8)));
        assert_ne!((lower, upper), (other_lower, other_upper));
        // The 2.5th percentile of 20,000 draws has a standard error of about 2% of the half-width.
        let allowed = 0.1 * (upper - value);
        close(lower, other_lower, allowed, "lower");
        close(upper, other_upper, allowed, "upper");
    }
}

mod refusals {
    use super::*;

    #[track_caller]
    fn says<T: std::fmt::Debug>(refused: Result<T, StatisticError>, text: &str) {
        assert_eq!(refused.unwrap_err().to_string(), text);
    }

    #[test]
    fn proportions_and_confidence() {
        says(
            Proportion::new(0.0, 0.0),
            "people is 0; a rate needs a denominator above zero",
        );
        says(
            Proportion::new(11.0, 10.0),
            "11 events among 10 people: a proportion cannot be above 1",
        );
        says(
            Proportion::new(-1.0, 10.0),
            "events is -1; it cannot be negative",
        );
        says(
            Proportion::new(f64::NAN, 10.0),
            "events is NaN, which is not a finite number",
        );
        says(
            Measured::new(1.0, -1.0),
            "standard error is -1; it cannot be negative",
        );
        says(
            Measured::new(f64::INFINITY, 1.0),
            "value is inf, which is not a finite number",
        );
        says(
            Confidence::new(95.0),
            "confidence 95 is not between 0 and 1; for 95% write 0.95",
        );
    }

    #[test]
    fn proportions_that_are_read_are_checked_too() {
        let read: Proportion = serde_json::from_str(r#"{"events": 5, "people": 10}"#).unwrap();
        assert_eq!(read.value(), 0.5);
        let error = serde_json::from_str::<Proportion>(r#"{"events": 5, "people": 4}"#);
        let text = "5 events among 4 people: a proportion cannot be above 1";
        assert_eq!(error.unwrap_err().to_string(), text);
        let error = serde_json::from_str::<Measured>(r#"{"value": 5, "standard_error": -4}"#);
        let text = "standard error is -4; it cannot be negative";
        assert_eq!(error.unwrap_err().to_string(), text);
    }

    #[test]
    fn trends() {
        let points =
            |times: &[f64]| -> Vec<_> { times.iter().map(|time| (*time, of(3.0, 10.0))).collect() };
        says(
            trend_of_proportions(&points(&[1.0, 2.0, 3.0, 4.0]), at(0.95)),
            "there are 4 points of a trend; the method needs at least 5",
        );
        says(
            trend_of_proportions(&points(&[1.0, 2.0, 3.0, 3.0, 4.0]), at(0.95)),
            "a time is 3; it must be later than the time before it",
        );
        says(
            trend_of_proportions(&points(&[1.0, 2.0, f64::NAN, 3.0, 4.0]), at(0.95)),
            "a time is NaN, which is not a finite number",
        );
        let none: Vec<_> = (0..5).map(|t| (f64::from(t), of(0.0, 10.0))).collect();
        says(
            trend_of_proportions(&none, at(0.95)),
            "no event at any point, or nothing but events: a trend cannot be tested",
        );
        let exact: Vec<_> = (0..5)
            .map(|t| (f64::from(t), known(f64::from(t), 0.0)))
            .collect();
        says(
            trend_of_estimates(&exact, at(0.95)),
            "a standard error is 0; it must be above zero for a weighted trend",
        );
        let published = Estimate::published(
            5.0,
            Interval {
                lower: 4.0,
                upper: 6.0,
            },
            at(0.95),
        );
        let measured = Measured::from_limits(&published.unwrap()).unwrap();
        // 1 / 1.959964, six decimals of the quantile.
        close(measured.standard_error(), 1.0 / 1.959_964, 1e-6, "limits");
    }

    #[test]
    fn forecasts() {
        says(
            forecast_linear_trend(&[(1.0, 1.0), (2.0, 2.0)], 3.0, at(0.95)),
            "there are 2 points of a history; the method needs at least 3",
        );
        says(
            forecast_level(&[(1.0, 1.0)], 3.0, at(0.95)),
            "there are 1 points of a history; the method needs at least 2",
        );
        // The value to be judged must not stand in the history.
        let history = [(1.0, 1.0), (2.0, 2.0), (3.0, 4.0)];
        says(
            forecast_linear_trend(&history, 3.0, at(0.95)),
            "the time of a forecast is 3; it must be later than the history",
        );
        says(
            forecast_level(&history, f64::NAN, at(0.95)),
            "the time of a forecast is NaN, which is not a finite number",
        );
        says(
            forecast_level(&[(1.0, 1.0), (2.0, f64::NAN)], 3.0, at(0.95)),
            "a value of the history is NaN, which is not a finite number",
        );
    }

    #[test]
    fn differences_in_differences() {
        let rows = published::schools();
        let without = |arm: Arm, time: Time| -> Vec<_> {
            let kept = rows.iter().filter(|row| (row.arm, row.time) != (arm, time));
            kept.cloned().collect()
        };
        says(
            difference_in_differences(&without(Arm::Treated, Time::After), at(0.95)),
            "there are 0 treated after; the method needs at least 1",
        );
        let mut one_cluster = rows.clone();
        for row in &mut one_cluster {
            row.cluster = "all".to_owned();
        }
        says(
            difference_in_differences(&one_cluster, at(0.95)),
            "there are 1 clusters; the method needs at least 2",
        );
        let mut broken = rows.clone();
        broken[0].outcome = f64::NAN;
        says(
            difference_in_differences(&broken, at(0.95)),
            "an outcome is NaN, which is not a finite number",
        );
        let mut extreme = one_cluster;
        for (row, cluster) in extreme.iter_mut().zip(0..) {
            row.outcome = if row.time == Time::After {
                f64::MAX
            } else {
                f64::MIN
            };
            row.cluster = if row.arm == Arm::Treated {
                "one".to_owned()
            } else {
                cluster.to_string()
            };
        }
        says(
            difference_in_differences(&extreme, at(0.95)),
            "the numbers are too large, or too close to zero, to be computed with",
        );
        let four = [
            rows[0].clone(),
            rows[3].clone(),
            rows[19].clone(),
            rows[23].clone(),
        ];
        let one_each: Vec<_> = [Arm::Treated, Arm::Comparison]
            .into_iter()
            .flat_map(|arm| [(arm, Time::Before), (arm, Time::After)])
            .zip(four)
            .map(|((arm, time), row)| ObservedUnit { arm, time, ..row })
            .collect();
        says(
            difference_in_differences(&one_each, at(0.95)),
            "there are 4 observations; the method needs at least 5",
        );
    }

    #[test]
    fn a_history_without_scatter_has_a_forecast_and_no_interval() {
        // On a line; the last digits of the residuals are rounding, and may not say "turned".
        let years = [2021.0, 2022.0, 2023.0, 2024.0];
        let on_a_line = [[59.2, 57.6, 56.0], [0.592, 0.576, 0.56], [0.1, 0.2, 0.3]];
        for values in on_a_line {
            let history: Vec<_> = years.into_iter().zip(values).collect();
            let found = forecast_linear_trend(&history, 2026.0, at(0.95)).unwrap();
            let expected = values[2] + 3.0 * (values[2] - values[1]);
            alike(found.value().unwrap(), expected, 1e-12, "on a line");
            assert_eq!(found.interval(), None, "{values:?}");
            assert_eq!(
                found.withheld().unwrap().to_string(),
                "the history lies exactly on a line: an interval of no width would be an accident, \
                 not knowledge"
            );
        }
        for value in [51.2, 0.1, 0.0, -3.7e9] {
            let history = years.map(|year| (year, value));
            let level = forecast_level(&history, 2026.0, at(0.95)).unwrap();
            let trend = forecast_linear_trend(&history, 2026.0, at(0.95)).unwrap();
            alike(level.value().unwrap(), value, 1e-12, "level");
            assert_eq!(
                (level.interval(), trend.interval()),
                (None, None),
                "{value}"
            );
            assert_eq!(
                level.withheld().unwrap().to_string(),
                "the history is exactly level: an interval of no width would be an accident, not \
                 knowledge"
            );
        }
        // The least scatter that a publisher prints is scatter.
        let history = [(2021.0, 59.2), (2022.0, 57.6), (2023.0, 56.000_001)];
        let found = forecast_linear_trend(&history, 2024.0, at(0.95)).unwrap();
        let (_, lower, upper) = limits(&found);
        assert!(lower < upper);
        // Scatter whose square is too small to be a number is refused, not shown as no width.
        let tiny = [(1.0, 1e-200), (2.0, 3e-200), (3.0, 2e-200)];
        for forecast in [forecast_linear_trend, forecast_level] {
            says(
                forecast(&tiny, 4.0, at(0.95)),
                "the numbers are too large, or too close to zero, to be computed with",
            );
        }
    }

    #[test]
    fn clusters_without_difference_have_an_effect_and_no_interval() {
        let rows = |levels: [f64; 4], change: f64| {
            let arms = [Arm::Treated, Arm::Treated, Arm::Comparison, Arm::Comparison];
            let mut rows = Vec::new();
            for ((cluster, arm), level) in (0..).zip(arms).zip(levels) {
                let change = if arm == Arm::Treated { change } else { 0.0 };
                for (time, outcome) in [(Time::Before, level), (Time::After, level + change)] {
                    rows.push(ObservedUnit {
                        outcome,
                        arm,
                        time,
                        cluster,
                    });
                }
            }
            rows
        };
        // Equal cells; places at levels of their own that all changed alike, but for rounding.
        for levels in [[10.0; 4], [10.3, 12.1, 9.7, 30.9]] {
            let found = difference_in_differences(&rows(levels, -2.0), at(0.95)).unwrap();
            alike(found.value().unwrap(), -2.0, 1e-12, "effect");
            assert_eq!(found.interval(), None, "{levels:?}");
            assert_eq!(
                found.withheld().unwrap().to_string(),
                "no cluster differs from the others: an interval of no width would be an accident, \
                 not knowledge"
            );
        }
        let mut differing = rows([10.3, 12.1, 9.7, 30.9], -2.0);
        differing[1].outcome += 0.000_001;
        let found = difference_in_differences(&differing, at(0.95)).unwrap();
        let (_, lower, upper) = limits(&found);
        assert!(lower < upper);
    }

    #[test]
    fn a_single_treated_cluster_has_an_effect_and_no_interval() {
        let rows: Vec<_> = published::schools()
            .into_iter()
            .filter(|row| row.arm == Arm::Comparison || row.cluster == "a")
            .collect();
        let found = difference_in_differences(&rows, at(0.95)).unwrap();
        assert!(found.value().is_some());
        assert_eq!(found.interval(), None);
        assert_eq!(
            found.withheld().unwrap().to_string(),
            "before or after, treated or comparison is a single cluster: its own luck cannot be \
             told from the effect"
        );
    }

    #[test]
    fn groups_without_variance_have_an_effect_and_no_interval() {
        let group = |after: f64| BeforeAndAfter {
            before: of(0.0, 10.0),
            after: of(after, 10.0),
        };
        let found =
            difference_in_differences_of_proportions(group(10.0), group(0.0), at(0.95)).unwrap();
        assert_eq!((found.value(), found.interval()), (Some(1.0), None));
        assert_eq!(
            found.withheld().unwrap().to_string(),
            "each group has no event or nothing but events, so the normal interval has no width"
        );
    }

    #[test]
    fn cost_effectiveness() {
        says(
            cost_per_outcome(100.0, 0.0),
            "outcomes is 0; a rate needs a denominator above zero",
        );
        says(
            cost_per_outcome(f64::NAN, 1.0),
            "cost is NaN, which is not a finite number",
        );
        says(
            Alternative::new("a", f64::NAN, 1.0),
            "a cost is NaN, which is not a finite number",
        );
        says(
            frontier(&[]),
            "there are 0 alternatives; the method needs at least 1",
        );
        let a = Alternative::new("a", 1.0, 1.0).unwrap();
        says(frontier(&[a.clone(), a.clone()]), "`a` is given twice");
        // Public fields may be changed after the check; they are checked again.
        let mut broken = a.clone();
        broken.total.effect = f64::NAN;
        says(
            compare(&a, &broken),
            "an effect is NaN, which is not a finite number",
        );
        says(
            acceptability(&[], &[1.0]),
            "there are 0 draws of extra cost and effect; the method needs at least 1",
        );
        says(
            net_benefit(a.total, -1.0),
            "willingness to pay is -1; it cannot be negative",
        );
        let huge = Alternative::new("huge", f64::MAX, 1.0).unwrap();
        let other = Alternative::new("other", -f64::MAX, 2.0).unwrap();
        says(
            compare(&huge, &other),
            "the numbers are too large, or too close to zero, to be computed with",
        );
    }

    #[test]
    fn ratios() {
        let (a, b) = (known(10.0, 1.0), known(5.0, 2.0));
        says(
            ratio_by_fieller(a, b, 2.5, at(0.95)),
            "covariance is 2.5; it must be no further from zero than the product of the two \
             standard errors",
        );
        says(
            ratio_by_fieller(a, b, f64::NAN, at(0.95)),
            "covariance is NaN, which is not a finite number",
        );
        let zero = ratio_by_fieller(a, known(0.0, 1.0), 0.0, at(0.95)).unwrap();
        assert_eq!((zero.value(), zero.interval()), (None, None));
        assert_eq!(
            zero.withheld().unwrap().to_string(),
            "the change may be nothing at all: a ratio to it has no bound"
        );
        let unsure = ratio_by_fieller(a, known(5.0, 3.0), 0.0, at(0.95)).unwrap();
        assert_eq!((unsure.value(), unsure.interval()), (Some(2.0), None));

        // What overflows on the way is refused, not shown as a zero or an interval of no width.
        let extreme = "the numbers are too large, or too close to zero, to be computed with";
        says(
            ratio_by_fieller(known(1.0, 1e200), b, 0.0, at(0.95)),
            extreme,
        );
        let simulation = Simulation::new(1_000, 1).unwrap();
        let huge = Paired {
            numerator: 1.0,
            denominator: f64::MAX,
        };
        says(
            ratio_by_bootstrap(&[huge; 3], simulation, at(0.95)),
            extreme,
        );
        let one = Paired {
            numerator: 1.0,
            denominator: 1.0,
        };
        says(
            ratio_by_bootstrap(&[one], simulation, at(0.95)),
            "there are 1 units to draw from; the method needs at least 2",
        );
        // A divisor that some draws turn round, and one that is zero.
        let units = |denominators: [f64; 3]| {
            denominators.map(|denominator| Paired {
                numerator: 1.0,
                denominator,
            })
        };
        let turned = ratio_by_bootstrap(&units([2.0, -1.0, 1.0]), simulation, at(0.95)).unwrap();
        assert_eq!((turned.value(), turned.interval()), (Some(1.5), None));
        assert_eq!(turned.withheld(), Some(&Withheld::DivisorMayBeZero));
        let zero = ratio_by_bootstrap(&units([2.0, -1.0, -1.0]), simulation, at(0.95)).unwrap();
        assert_eq!((zero.value(), zero.interval()), (None, None));

        let person = CostAndEffect {
            cost: 1.0,
            effect: 1.0,
        };
        says(
            extra_by_bootstrap(&[person], &[person, person], simulation),
            "there are 1 people in a group to draw from; the method needs at least 2",
        );
        let same = incremental_ratio_by_bootstrap(&[person; 3], &[person; 3], simulation, at(0.95));
        assert_eq!(
            same.unwrap().withheld(),
            Some(&Withheld::DivisorMayBeZero),
            "no extra effect"
        );
        says(
            Simulation::new(10, 1),
            "there are 10 draws of a simulation; the method needs at least 1000",
        );
        says(
            Simulation::new(u32::MAX, 1),
            "number of draws of a simulation is 4294967295; it must be at most 10,000,000",
        );
        assert!(Simulation::new(Simulation::MOST_DRAWS, 1).is_ok());
        let read: Result<Simulation, _> = serde_json::from_str(r#"{"draws":10000001,"seed":1}"#);
        assert!(read.is_err());
    }

    #[test]
    fn ranks_and_sizes() {
        says(
            ranks(&[("a", f64::NAN)], Order::HighestFirst),
            "a value to rank is NaN, which is not a finite number",
        );
        let simulation = Simulation::new(1_000, 1).unwrap();
        says(
            ranks_with_intervals(
                &[("a", known(1.0, 1.0))],
                Order::HighestFirst,
                simulation,
                at(0.95),
            ),
            "there are 1 estimates to rank; the method needs at least 2",
        );
        says(
            people_per_group(34.0, 0.4, at(0.95), 0.8),
            "a proportion is 34; it must be between 0 and 1; for 34% write 0.34",
        );
        says(
            people_per_group(0.3, 0.4, at(0.95), 80.0),
            "power is 80; it must be at least 0.5 and below 1; for 80% write 0.8",
        );
        says(
            people_per_group(0.3, 0.3, at(0.95), 0.8),
            "the two proportions are equal: no number of people shows a difference",
        );
        says(
            design_effect(0.5, 0.1),
            "cluster size is 0.5; it must be 1 or more",
        );
        says(
            design_effect(5.0, 1.5),
            "intraclass correlation is 1.5; it must be between 0 and 1",
        );
    }
}

/// Data drawn from a known truth: intervals must hold it about as often as they say.
mod recovery {
    use super::*;

    /// How many data sets are drawn for each method.
    const SETS: u32 = 2_000;

    /// Four standard errors of a share of 2,000 that is 95%: 4 √(0.95 × 0.05 / 2,000). By chance
    /// alone one test in 16,000 would leave them, and the seeds are fixed.
    const ALLOWED: f64 = 0.0195;

    /// SplitMix64 (Steele, Lea, Flood, 2014): numbers of the tests' own, not the library's.
    struct Luck(u64);

    impl Luck {
        fn word(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut word = self.0;
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            word ^ (word >> 31)
        }

        fn even(&mut self) -> f64 {
            ((self.word() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        }

        /// Standard normal, by Box and Muller.
        fn normal(&mut self) -> f64 {
            let radius = (-2.0 * self.even().ln()).sqrt();
            radius * (std::f64::consts::TAU * self.even()).cos()
        }

        fn events(&mut self, people: u32, chance: f64) -> Proportion {
            let events = (0..people).filter(|_| self.even() < chance).count();
            of(events as f64, f64::from(people))
        }
    }

    /// The share of drawn data sets whose interval holds the truth.
    fn coverage(
        sets: u32,
        seed: u64,
        truth: f64,
        mut drawn: impl FnMut(&mut Luck) -> Estimate,
    ) -> f64 {
        let mut luck = Luck(seed);
        let mut held = 0_u32;
        for _ in 0..sets {
            let estimate = drawn(&mut luck);
            let interval = estimate.interval().expect("an interval in every set");
            held += u32::from(interval.contains(truth));
        }
        f64::from(held) / f64::from(sets)
    }

    #[test]
    fn a_difference_of_proportions() {
        let share = coverage(SETS, 1, 0.34 - 0.41, |luck| {
            let (one, two) = (luck.events(200, 0.34), luck.events(220, 0.41));
            difference_of_proportions(one, two, at(0.95)).unwrap()
        });
        close(share, 0.95, ALLOWED, "Newcombe, hundreds of people");
        // Few people and rare events: so few counts are possible that the coverage itself jumps from
        // one truth to the next, so it may only not fall short.
        let share = coverage(SETS, 2, 0.1 - 0.2, |luck| {
            let (one, two) = (luck.events(15, 0.1), luck.events(12, 0.2));
            difference_of_proportions(one, two, at(0.95)).unwrap()
        });
        assert!(share > 0.95 - ALLOWED, "Newcombe, few people: {share}");
    }

    #[test]
    fn a_difference_in_differences_of_proportions() {
        let truth = (0.34 - 0.46) - (0.41 - 0.44);
        let share = coverage(SETS, 3, truth, |luck| {
            let treated = BeforeAndAfter {
                before: luck.events(200, 0.46),
                after: luck.events(200, 0.34),
            };
            let comparison = BeforeAndAfter {
                before: luck.events(300, 0.44),
                after: luck.events(300, 0.41),
            };
            difference_in_differences_of_proportions(treated, comparison, at(0.95)).unwrap()
        });
        close(share, 0.95, ALLOWED, "normal");
    }

    /// Places with a level of their own, a luck of their own in each year, and four people in each.
    fn places(luck: &mut Luck, effect: f64) -> Vec<ObservedUnit<u32>> {
        let mut rows = Vec::new();
        for cluster in 0..40 {
            let treated = cluster % 2 == 0;
            let arm = if treated {
                Arm::Treated
            } else {
                Arm::Comparison
            };
            let level = 40.0 + 5.0 * luck.normal() - if treated { 3.0 } else { 0.0 };
            for time in [Time::Before, Time::After] {
                let after = time == Time::After;
                let year = luck.normal() + if after { -2.0 } else { 0.0 };
                let gained = if after && treated { effect } else { 0.0 };
                for _ in 0..4 {
                    let outcome = level + year + gained + luck.normal();
                    rows.push(ObservedUnit {
                        outcome,
                        arm,
                        time,
                        cluster,
                    });
                }
            }
        }
        rows
    }

    #[test]
    fn a_difference_in_differences_with_clusters() {
        let share = coverage(SETS, 4, -4.0, |luck| {
            difference_in_differences(&places(luck, -4.0), at(0.95)).unwrap()
        });
        close(share, 0.95, ALLOWED, "cluster-robust, 40 places");
        // The same data with each person taken for a place of their own. What people of a place
        // share before and after cancels in truth and not in the variance: far too wide.
        let share = coverage(500, 5, -4.0, |luck| {
            let mut rows = places(luck, -4.0);
            for (row, place) in rows.iter_mut().zip(0..) {
                row.cluster = place;
            }
            difference_in_differences(&rows, at(0.95)).unwrap()
        });
        assert!(share > 0.99, "clusters ignored: {share}");
    }

    #[test]
    fn clusters_that_are_ignored_make_an_interval_too_narrow() {
        // Without a level of its own, but with luck in each year that its people share.
        let drawn = |luck: &mut Luck, by_person: bool| {
            let mut rows = Vec::new();
            for place in 0..40 {
                let arm = if place % 2 == 0 {
                    Arm::Treated
                } else {
                    Arm::Comparison
                };
                for time in [Time::Before, Time::After] {
                    let year = luck.normal();
                    for person in 0..4 {
                        rows.push(ObservedUnit {
                            outcome: year + luck.normal(),
                            arm,
                            time,
                            cluster: if by_person {
                                (place, time, person)
                            } else {
                                (place, Time::Before, 0)
                            },
                        });
                    }
                }
            }
            difference_in_differences(&rows, at(0.95)).unwrap()
        };
        let share = coverage(SETS, 6, 0.0, |luck| drawn(luck, false));
        close(share, 0.95, ALLOWED, "by place");
        // The variance is too small by 1 + 3 × 0.5 = 2.5: coverage 2 Φ(1.96 / √2.5) - 1 = 0.785.
        let share = coverage(SETS, 6, 0.0, |luck| drawn(luck, true));
        close(share, 0.785, 2.0 * ALLOWED, "by person");
    }

    #[test]
    fn a_ratio_by_fieller() {
        // Correlated by 0.5; the divisor is six standard errors from zero.
        let share = coverage(SETS, 7, 4_000.0, |luck| {
            let (one, two) = (luck.normal(), luck.normal());
            let cost = 80_000.0 + 9_000.0 * one;
            let outcomes = 20.0 + 3.3 * (0.5 * one + 0.75_f64.sqrt() * two);
            let covariance = 0.5 * 9_000.0 * 3.3;
            let (cost, outcomes) = (known(cost, 9_000.0), known(outcomes, 3.3));
            ratio_by_fieller(cost, outcomes, covariance, at(0.95)).unwrap()
        });
        close(share, 0.95, ALLOWED, "Fieller");
        let share = coverage(SETS, 8, 4_000.0, |luck| {
            let outcomes = known(20.0 + 3.3 * luck.normal(), 3.3);
            ratio_by_fieller(known(80_000.0, 0.0), outcomes, 0.0, at(0.95)).unwrap()
        });
        close(share, 0.95, ALLOWED, "Fieller, cost known");
    }

    #[test]
    fn a_ratio_by_bootstrap() {
        // Skewed costs (exponential, mean 500) and outcomes that go with them: one in two people
        // with one or two. Percentile intervals of 60 people fall short by a point or two, so four
        // standard errors of 300 sets (0.05) and two points more below.
        let simulation = Simulation::new(1_000, 1).unwrap();
        let share = coverage(300, 9, 500.0 / 0.75, |luck| {
            let people: Vec<_> = (0..60)
                .map(|_| {
                    let cost = -500.0 * luck.even().ln();
                    let some = if luck.even() < 0.5 { 0.0 } else { 1.0 };
                    let more = if luck.even() < 0.5 { 1.0 } else { 2.0 };
                    Paired {
                        numerator: cost,
                        denominator: some * more,
                    }
                })
                .collect();
            ratio_by_bootstrap(&people, simulation, at(0.95)).unwrap()
        });
        assert!((0.88..=0.995).contains(&share), "bootstrap: {share}");
    }

    #[test]
    fn an_extra_cost_per_extra_outcome_by_bootstrap() {
        // 800 more for 0.2 more: 4,000 each. Bounds as above.
        let simulation = Simulation::new(1_000, 1).unwrap();
        let share = coverage(300, 10, 4_000.0, |luck| {
            let mut group = |cost: f64, effect: f64| -> Vec<_> {
                (0..60)
                    .map(|_| CostAndEffect {
                        cost: cost - 300.0 * luck.even().ln(),
                        effect: effect + 0.15 * luck.normal(),
                    })
                    .collect()
            };
            let (from, to) = (group(1_000.0, 0.3), group(1_800.0, 0.5));
            incremental_ratio_by_bootstrap(&from, &to, simulation, at(0.95)).unwrap()
        });
        assert!((0.88..=0.995).contains(&share), "bootstrap: {share}");
    }

    #[test]
    fn forecasts_hold_the_next_value() {
        let mut luck = Luck(11);
        let (mut on_trend, mut on_level) = (0_u32, 0_u32);
        for _ in 0..SETS {
            let trend: Vec<_> = (0..6)
                .map(f64::from)
                .map(|year| (year, 40.0 + 1.5 * year + 2.0 * luck.normal()))
                .collect();
            let forecast = forecast_linear_trend(&trend, 7.0, at(0.95)).unwrap();
            let actual = 40.0 + 1.5 * 7.0 + 2.0 * luck.normal();
            on_trend += u32::from(forecast.interval().unwrap().contains(actual));

            let level: Vec<_> = (0..4)
                .map(|year| (f64::from(year), 40.0 + 2.0 * luck.normal()))
                .collect();
            let forecast = forecast_level(&level, 7.0, at(0.95)).unwrap();
            let actual = 40.0 + 2.0 * luck.normal();
            on_level += u32::from(forecast.interval().unwrap().contains(actual));
        }
        // Both are exact for normal values.
        let sets = f64::from(SETS);
        close(f64::from(on_trend) / sets, 0.95, ALLOWED, "trend");
        close(f64::from(on_level) / sets, 0.95, ALLOWED, "level");
    }

    #[test]
    fn a_difference_of_estimates_and_slopes() {
        let share = coverage(SETS, 12, 3.0, |luck| {
            let one = known(21.0 + 1.2 * luck.normal(), 1.2);
            let two = known(18.0 + 0.5 * luck.normal(), 0.5);
            difference_of_estimates(one, two, at(0.95)).unwrap()
        });
        close(share, 0.95, ALLOWED, "difference");
        let share = coverage(SETS, 13, 2.5, |luck| {
            let points: Vec<_> = (0..6)
                .map(|year| {
                    let error = 3.0 + f64::from(year);
                    let value = 400.0 + 2.5 * f64::from(year) + error * luck.normal();
                    (f64::from(year), known(value, error))
                })
                .collect();
            trend_of_estimates(&points, at(0.95)).unwrap().slope
        });
        close(share, 0.95, ALLOWED, "slope");
    }

    #[test]
    fn a_level_series_is_called_a_trend_once_in_twenty_times() {
        let share = coverage(SETS, 14, 0.0, |luck| {
            let points: Vec<_> = (0..5)
                .map(|year| (f64::from(year), luck.events(150, 0.4)))
                .collect();
            trend_of_proportions(&points, at(0.95)).unwrap().slope
        });
        close(share, 0.95, ALLOWED, "no trend");
    }

    #[test]
    fn a_sample_of_the_size_asked_sees_the_effect_as_often_as_asked() {
        let people = people_per_group(0.46, 0.34, at(0.95), 0.8).unwrap() as u32;
        let mut luck = Luck(15);
        let mut seen = 0_u32;
        for _ in 0..SETS {
            let (one, two) = (luck.events(people, 0.46), luck.events(people, 0.34));
            let difference = difference_of_proportions(one, two, at(0.95)).unwrap();
            seen += u32::from(!difference.interval().unwrap().contains(0.0));
        }
        // Four standard errors of a share of 2,000 that is 80%: 4 √(0.8 × 0.2 / 2,000).
        close(f64::from(seen) / f64::from(SETS), 0.8, 0.036, "power");
    }

    #[test]
    fn ranks_of_places_that_differ_are_found_and_of_places_that_do_not_are_not() {
        // Two places far above and eight alike: the two are never out of the first three.
        let places: Vec<_> = (0..10)
            .map(|place| {
                let value = if place < 2 { 60.0 } else { 40.0 };
                (place, known(value + f64::from(place) * 0.1, 2.0))
            })
            .collect();
        let simulation = Simulation::new(5_000, 3).unwrap();
        let ranked =
            ranks_with_intervals(&places, Order::HighestFirst, simulation, at(0.95)).unwrap();
        for (place, rank) in ranked {
            let (_, lower, upper) = limits(&rank);
            if place < 2 {
                assert!(upper <= 2.0, "place {place}: {rank}");
            } else {
                assert!(
                    lower >= 3.0 && upper - lower >= 5.0,
                    "place {place}: {rank}"
                );
            }
        }
    }
}
