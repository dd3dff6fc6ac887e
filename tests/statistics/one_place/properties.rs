//! What must hold whatever the numbers.

use super::*;

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
