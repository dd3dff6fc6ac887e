//! Shapes of ranges held to moments and quantiles that are published or worked by hand.

use wholeplace::appraisal::uncertain::{Distribution, ShapeError};

fn close(found: f64, wanted: f64, off: f64) {
    assert!((found - wanted).abs() <= off, "{found} is not {wanted}");
}

/// Mean and deviation of the quantile function itself, over even steps.
fn drawn(of: &Distribution) -> (f64, f64) {
    const STEPS: u32 = 200_000;
    let each = || (0..STEPS).map(|step| of.quantile((f64::from(step) + 0.5) / f64::from(STEPS)));
    let mean = each().sum::<f64>() / f64::from(STEPS);
    let squares: f64 = each().map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / f64::from(STEPS)).sqrt())
}

/// Every shape is drawn with the moments that it says it has.
#[test]
fn draws_have_the_moments_of_their_shape() {
    let all = [
        Distribution::range(0.0, 2.0, 10.0).unwrap(),
        Distribution::range(1.0, 1.0, 4.0).unwrap(),
        Distribution::pert(2.0, 5.0, 14.0).unwrap(),
        Distribution::pert(0.0, 0.0, 1.0).unwrap(),
        Distribution::beta(0.2, 0.3, 0.4, 0.95).unwrap(),
        Distribution::beta(0.02, 0.1, 0.4, 0.9).unwrap(),
        Distribution::lognormal(50.0, 100.0, 200.0, 0.95).unwrap(),
        Distribution::normal(0.2, 0.3, 0.4, 0.95, (0.0, 1.0)).unwrap(),
        // Cut: a good part of it would be below nothing.
        Distribution::normal(0.0, 0.1, 0.2, 0.6, (0.0, 1.0)).unwrap(),
        Distribution::normal(0.0, 5.0, 10.0, 0.5, (0.0, f64::INFINITY)).unwrap(),
        Distribution::uniform(3.0, 4.0, 9.0).unwrap(),
        Distribution::choice(&[1.0, 5.0, 2.0], &[0.5, 0.2, 0.3]).unwrap(),
        Distribution::constant(7.0),
    ];
    for of in &all {
        let ((mean, deviation), (drawn_mean, drawn_deviation)) = (of.moments(), drawn(of));
        let scale = mean.abs().max(deviation);
        close(drawn_mean, mean, 2e-4 * scale);
        close(drawn_deviation, deviation, 2e-3 * scale);
    }
}

/// From 0 over 2 to 10: mean 12/3, variance (0 + 4 + 100 − 0 − 0 − 20) / 18 = 14/3. Below 2 lies a fifth: half of
/// its height over a fifth of its width, twice over.
#[test]
fn the_triangle_by_hand() {
    let of = Distribution::range(0.0, 2.0, 10.0).unwrap();
    let (mean, deviation) = of.moments();
    close(mean, 4.0, 1e-12);
    close(deviation * deviation, 14.0 / 3.0, 1e-12);
    close(of.quantile(0.2), 2.0, 1e-12);
    // Above x lies (10 − x)² / 80: a tenth of all above 10 − √8.
    close(of.quantile(0.9), 10.0 - 8.0_f64.sqrt(), 1e-12);
}

/// Malcolm and others 1959: an activity that takes 2 weeks if all goes well, 14 if not, and most likely 5 is expected
/// to take (2 + 20 + 14) / 6 = 6. It is a beta of 2 and 4 over 12: deviation 12 √(8 / (36 × 7)).
#[test]
fn pert_by_hand() {
    let of = Distribution::pert(2.0, 5.0, 14.0).unwrap();
    let (mean, deviation) = of.moments();
    close(mean, 6.0, 1e-12);
    close(deviation, 12.0 * (8.0_f64 / 252.0).sqrt(), 1e-12);
    // Of 2 and 4: what lies below a part x is 10x² − 20x³ + 15x⁴ − 4x⁵; at a quarter 0.3671875.
    close(of.quantile(0.3671875), 5.0, 1e-7);
    // Even on both sides it is a beta of 3 and 3: 10x³ − 15x⁴ + 6x⁵ at a quarter.
    let even = Distribution::pert(0.0, 0.5, 1.0).unwrap();
    close(even.quantile(0.103515625), 0.25, 1e-8);
}

/// A share of 0.3 of which 95 % lie between 0.2 and 0.4: s = 0.1 / 1.959964 = 0.0510213, so the two parameters are 0.3
/// and 0.7 of 0.21 / s² − 1 = 79.671, and the moments come back.
#[test]
fn the_beta_has_its_mean_and_deviation() {
    let of = Distribution::beta(0.2, 0.3, 0.4, 0.95).unwrap();
    let (mean, deviation) = of.moments();
    close(mean, 0.3, 1e-12);
    close(deviation, 0.051_021_3, 1e-7);
    assert_eq!(
        Distribution::beta(0.0, 0.5, 1.0, 0.3).unwrap_err(),
        ShapeError::TooWide {
            low: 0.0,
            central: 0.5,
            high: 1.0
        }
    );
}

/// Around 100, with 95 % from 50 to 200: σ = ln 4 / (2 × 1.959964) = 0.353653. The ends are its quantiles, P90 is
/// 100 exp(0.353653 × 1.281552) = 157.33, the mean 100 exp(σ²/2) = 106.45.
#[test]
fn the_lognormal_by_hand() {
    let of = Distribution::lognormal(50.0, 100.0, 200.0, 0.95).unwrap();
    for (part, wanted, off) in [
        (0.025, 50.0, 1e-6),
        (0.5, 100.0, 1e-9),
        (0.9, 157.33, 0.01),
        (0.975, 200.0, 1e-6),
    ] {
        close(of.quantile(part), wanted, off);
    }
    close(of.moments().0, 106.45, 0.01);
}

/// Half of a normal is cut off at its own middle: the rest is a half-normal with the mean σ √(2/π).
#[test]
fn a_normal_that_is_cut_in_half() {
    let of = Distribution::normal(-1.0, 0.0, 1.0, 0.682_689_492_137_086, (0.0, f64::INFINITY));
    let of = of.unwrap();
    let (mean, deviation) = of.moments();
    close(mean, (2.0 / std::f64::consts::PI).sqrt(), 1e-9);
    close(deviation, (1.0 - 2.0 / std::f64::consts::PI).sqrt(), 1e-9);
    close(of.quantile(0.5), 0.674_489_75, 1e-7);
    assert!(of.quantile(1e-12) >= 0.0);
}

#[test]
fn a_choice_is_one_of_its_values() {
    let of = Distribution::choice(&[0.75, 0.25, 0.5], &[0.2, 0.2, 0.6]).unwrap();
    let drawn: Vec<f64> = [0.1, 0.19, 0.21, 0.79, 0.81, 0.999]
        .map(|part| of.quantile(part))
        .into();
    assert_eq!(drawn, [0.25, 0.25, 0.5, 0.5, 0.75, 0.75]);
    // 0.25 × 0.2 + 0.5 × 0.6 + 0.75 × 0.2, and twice 0.25² × 0.2.
    close(of.moments().0, 0.5, 1e-12);
    close(of.moments().1, 0.025_f64.sqrt(), 1e-12);
}

/// A range of no width is its figure, whatever its shape.
#[test]
fn no_width_is_no_doubt() {
    let all = [
        Distribution::range(0.3, 0.3, 0.3),
        Distribution::pert(0.3, 0.3, 0.3),
        Distribution::beta(0.3, 0.3, 0.3, 0.9),
        Distribution::lognormal(0.3, 0.3, 0.3, 0.9),
        Distribution::normal(0.3, 0.3, 0.3, 0.9, (0.0, 1.0)),
        Distribution::uniform(0.3, 0.3, 0.3),
        Distribution::choice(&[0.3], &[1.0]),
    ];
    for of in all {
        let of = of.unwrap();
        assert_eq!((of.quantile(0.01), of.quantile(0.99)), (0.3, 0.3));
        assert_eq!(of.moments(), (0.3, 0.0));
    }
}

#[test]
fn what_has_no_shape_says_why() {
    let said = [
        Distribution::pert(0.2, 0.1, 0.3).unwrap_err(),
        Distribution::normal(0.1, 0.15, 0.4, 0.95, (0.0, 1.0)).unwrap_err(),
        Distribution::lognormal(0.0, 0.1, 0.3, 0.95).unwrap_err(),
        Distribution::normal(0.1, 0.2, 0.3, 1.0, (0.0, 1.0)).unwrap_err(),
        Distribution::choice(&[0.1, 0.2], &[0.5, 0.4]).unwrap_err(),
        Distribution::choice(&[0.1, 0.2], &[1.0]).unwrap_err(),
        Distribution::range(f64::NAN, 0.1, 0.3).unwrap_err(),
    ];
    assert_eq!(
        said.map(|error| error.to_string()),
        [
            "the figure 0.1 does not lie between 0.2 and 0.3",
            "the figure 0.15 is not in the middle between 0.1 and 0.4, as it is in this shape",
            "0 has no logarithm",
            "1 is no part of the whole between the two ends",
            "the chances of the values make 0.9, and not 1",
            "there are 1 chances for 2 values",
            "the figure 0.1 does not lie between NaN and 0.3",
        ]
    );
}
