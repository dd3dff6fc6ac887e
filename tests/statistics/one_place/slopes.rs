//! Quantiles of areas, and the slope and relative index of inequality over them.

use super::*;

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
