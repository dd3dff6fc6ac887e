//! What must hold for all numbers.

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
    let found = ranks_with_intervals(&values, Order::HighestFirst, simulation, at(0.95)).unwrap();
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
    let found = ranks_with_intervals(&values, Order::LowestFirst, simulation, at(0.95)).unwrap();
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
    let found = ranks_with_intervals(&values, Order::LowestFirst, simulation, at(0.95)).unwrap();
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
