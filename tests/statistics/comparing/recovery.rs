//! Known effects of made-up data lie in their intervals as often as they should.

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
fn coverage(sets: u32, seed: u64, truth: f64, mut drawn: impl FnMut(&mut Luck) -> Estimate) -> f64 {
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
    let ranked = ranks_with_intervals(&places, Order::HighestFirst, simulation, at(0.95)).unwrap();
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
