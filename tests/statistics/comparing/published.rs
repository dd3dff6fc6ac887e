//! Values that papers and official tools print, or that other programs compute.

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
    const REOFFENDING: (f64, f64, f64, f64, f64, f64) = (68.0, 200.0, 90.2, 220.0, -0.161, 0.023);
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
    let found = difference_in_differences_of_proportions(treated, comparison, at(0.95)).unwrap();
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
