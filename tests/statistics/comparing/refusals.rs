//! What is refused, in which words, and what has no interval.

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
