//! What is refused, in which words.

use super::*;

#[test]
fn a_limit_that_is_no_number_is_refused() {
    let sure = sure(0.95);
    let words = "the numbers are too large, or too close to zero, to be computed with";
    let huge = 1.7e308;
    let age = |events: f64, people: f64| [Stratum::new("all", events, people)];
    let standard = StandardPopulation::new([("all", 1.0)]).unwrap();
    let cases = vec![
        exact_poisson(huge, sure),
        // The rate itself is a number, its upper limit is not.
        crude_rate(1.0, 1.0, 1e308, sure),
        crude_rate(25.0, 25.0, 1.3e308, sure),
        standardised_ratio(25.0, 25.0, 1.3e308, sure),
        indirectly_standardised_ratio(&age(9.0, 10.0), &age(9.0, 10.0), 1.2e308, sure),
        directly_standardised_rate(&age(10.0, 10.0), &standard, 1.2e308, sure),
        mean_of_summary(1.0, 1e308, 2.0, sure),
        mean_of_summary(-1.7e308, 1e307, 4.0, sure),
        wilson(8e307, 8.5e307, sure),
    ];
    each(&cases, 9, |got| {
        assert_eq!(got.as_ref().unwrap_err().to_string(), words);
    });
    let limits = funnel_limits_of_count(huge, sure);
    assert_eq!(limits.unwrap_err().to_string(), words);
    assert_eq!(flag_of_ratio(1.0, huge).unwrap_err().to_string(), words);
    // Byar's limits of so many events are themselves.
    let byar = byar(huge, sure).unwrap();
    same("byar", &byar, (huge, huge, huge), 1e-9 * huge);
}

#[test]
fn refusals_say_what_is_wrong() {
    let sure = sure(0.95);
    let cases: Vec<(Result<Estimate, StatisticError>, &str)> = vec![
        (
            wilson(11.0, 10.0, sure),
            "11 events among 10 people: a proportion cannot be above 1",
        ),
        (
            wilson(0.0, 0.0, sure),
            "people is 0; a rate needs a denominator above zero",
        ),
        (
            wilson(-1.0, 10.0, sure),
            "events is -1; it cannot be negative",
        ),
        (
            wilson(f64::NAN, 10.0, sure),
            "events is NaN, which is not a finite number",
        ),
        (
            exact_poisson(f64::INFINITY, sure),
            "events is inf, which is not a finite number",
        ),
        (byar(-0.5, sure), "events is -0.5; it cannot be negative"),
        (
            count(f64::NAN, sure),
            "events is NaN, which is not a finite number",
        ),
        (
            crude_rate(1.0, 0.0, 1e5, sure),
            "population is 0; a rate needs a denominator above zero",
        ),
        (
            crude_rate(1.0, -5.0, 1e5, sure),
            "population is -5; a rate needs a denominator above zero",
        ),
        (
            crude_rate(1.0, 5.0, 0.0, sure),
            "per is 0; it must be above zero",
        ),
        (
            mean(&[1.0], sure),
            "there are 1 observations; the method needs at least 2",
        ),
        (
            mean(&[], sure),
            "there are 0 observations; the method needs at least 2",
        ),
        (
            mean(&[1.0, f64::NAN], sure),
            "value is NaN, which is not a finite number",
        ),
        (
            mean_of_summary(1.0, -1.0, 5.0, sure),
            "standard deviation is -1; it cannot be negative",
        ),
        (
            mean_of_summary(1.0, 1.0, 4.5, sure),
            "number of observations is 4.5, which is not a whole number",
        ),
        (
            mean_of_summary(1.0, 1.0, 1.0, sure),
            "there are 1 observations; the method needs at least 2",
        ),
        (
            standardised_ratio(5.0, 0.0, 100.0, sure),
            "expected events is 0; a rate needs a denominator above zero",
        ),
    ];
    each(&cases, 17, |(got, words)| {
        assert_eq!(got.as_ref().unwrap_err().to_string(), *words);
    });
    assert_eq!(
        Confidence::new(95.0).unwrap_err().to_string(),
        "confidence 95 is not between 0 and 1; for 95% write 0.95"
    );
    for level in [0.0, 1.0, -0.95, f64::NAN] {
        assert!(Confidence::new(level).is_err());
    }
    assert_eq!(
        Simulation::new(999, 0).unwrap_err().to_string(),
        "there are 999 draws of a simulation; the method needs at least 1000"
    );
}

#[test]
fn strata_that_do_not_join_are_refused() {
    let sure = sure(0.95);
    let standard = StandardPopulation::new([("a", 1.0), ("b", 2.0)]).unwrap();
    let of = |strata: &[(&str, f64, f64)]| {
        let strata: Vec<_> = strata
            .iter()
            .map(|(name, events, people)| Stratum::new(*name, *events, *people))
            .collect();
        strata
    };
    let direct = |strata: &[(&str, f64, f64)]| {
        let got = directly_standardised_rate(&of(strata), &standard, 1e3, sure);
        got.unwrap_err().to_string()
    };
    assert_eq!(
        direct(&[("a", 20.0, 100.0)]),
        "stratum `b` has a weight in the standard population but no data; strata are joined by name"
    );
    assert_eq!(
        direct(&[("a", 20.0, 100.0), ("b", 1.0, 9.0), ("c", 0.0, 5.0)]),
        "stratum `c` has data but no weight in the standard population; strata are joined by name"
    );
    assert_eq!(
        direct(&[("a", 20.0, 100.0), ("a", 20.0, 100.0), ("b", 1.0, 9.0)]),
        "`a` is given twice"
    );
    assert_eq!(
        direct(&[("a", 20.0, 100.0), ("b", 0.0, 0.0)]),
        "in `b`, population is 0; a rate needs a denominator above zero"
    );
    assert_eq!(
        direct(&[("a", -20.0, 100.0), ("b", 0.0, 5.0)]),
        "in `a`, events is -20; it cannot be negative"
    );

    let county = of(&[("a", 10.0, 100.0), ("b", 10.0, 100.0)]);
    let indirect = |strata: &[(&str, f64, f64)], county: &[Stratum]| {
        expected_events(&of(strata), county)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        indirect(&[("a", 20.0, 100.0)], &county),
        "stratum `b` has a rate in the reference but no data; strata are joined by name"
    );
    assert_eq!(
        indirect(
            &[("a", 1.0, 9.0), ("b", 1.0, 9.0), ("c", 1.0, 9.0)],
            &county
        ),
        "stratum `c` has data but no rate in the reference; strata are joined by name"
    );
    assert_eq!(
        indirect(&[("a", 1.0, 9.0), ("b", 1.0, 0.0)], &county),
        "in `b`, population is 0; a rate needs a denominator above zero"
    );
    let empty = of(&[("a", 10.0, 100.0), ("b", 0.0, 0.0)]);
    assert_eq!(
        indirect(&[("a", 1.0, 9.0), ("b", 1.0, 9.0)], &empty),
        "in `b`, population of the reference is 0; a rate needs a denominator above zero"
    );
    let quiet = of(&[("a", 0.0, 100.0), ("b", 0.0, 100.0)]);
    assert_eq!(
        indirect(&[("a", 1.0, 9.0), ("b", 1.0, 9.0)], &quiet),
        "expected events is 0; a rate needs a denominator above zero"
    );

    let standard = |weights: &[(&str, f64)]| {
        let got = StandardPopulation::new(weights.iter().copied());
        got.unwrap_err().to_string()
    };
    assert_eq!(standard(&[("a", 1.0), ("a", 1.0)]), "`a` is given twice");
    assert_eq!(
        standard(&[("a", -1.0)]),
        "in `a`, weight is -1; it cannot be negative"
    );
    let nothing = "the weights of a standard population must add up to more than zero";
    assert_eq!(standard(&[("a", 0.0), ("b", 0.0)]), nothing);
    assert_eq!(standard(&[]), nothing);
}

#[test]
fn groups_that_make_no_quantiles_or_slope_are_refused() {
    let few = [("a", 1.0), ("b", 2.0)];
    assert_eq!(
        quantiles(&few, 5, Order::HighestFirst)
            .unwrap_err()
            .to_string(),
        "there are 2 areas; the method needs at least 5"
    );
    assert_eq!(
        quantiles(&few, 1, Order::HighestFirst)
            .unwrap_err()
            .to_string(),
        "number of quantiles is 1; it must be 2 or more"
    );
    let odd = [("a", 1.0), ("b", f64::NAN)];
    assert!(quantiles(&odd, 2, Order::LowestFirst).is_err());

    let error = Spread::StandardError(1.0);
    let refused = |points: &[(f64, f64, Spread)], scale, multiplier| {
        index(points, scale, multiplier, 0.95)
            .unwrap_err()
            .to_string()
    };
    let five = [(1.0, 0.5, error); 5];
    assert_eq!(
        refused(&five[..4], Scale::AsIs, 1.0),
        "number of quantiles is 4; it must be between 5 and 100"
    );
    assert_eq!(
        refused(&[(1.0, 0.5, error); 101], Scale::AsIs, 1.0),
        "number of quantiles is 101; it must be between 5 and 100"
    );
    assert_eq!(
        refused(&five, Scale::AsIs, 0.0),
        "multiplier is 0; it must be other than zero"
    );
    assert_eq!(
        refused(&five, Scale::Log, 1.0),
        "in `quantile 1`, a standard error does not carry over to a logarithmic or logit scale; \
         give the 95% limits of the value"
    );
    let mut nobody = five;
    nobody[2].0 = 0.0;
    assert_eq!(
        refused(&nobody, Scale::AsIs, 1.0),
        "in `quantile 3`, population is 0; a rate needs a denominator above zero"
    );
    let zero = [(1.0, 0.0, between(0.0, 0.1)); 5];
    assert_eq!(
        refused(&zero, Scale::Log, 1.0),
        "in `quantile 1`, value is 0; it must be above zero on a logarithmic scale"
    );
    let certain = [(1.0, 0.5, between(0.4, 1.0)); 5];
    assert_eq!(
        refused(&certain, Scale::Logit, 1.0),
        "in `quantile 1`, upper limit is 1; it must be a proportion above 0 and below 1 on a \
         logit scale"
    );
    let crossed = [(1.0, 0.5, between(0.6, 0.7)); 5];
    assert_eq!(
        refused(&crossed, Scale::AsIs, 1.0),
        "in `quantile 1`, the value 0.5 does not lie between its limits 0.6 and 0.7"
    );

    let value = |quantile| QuantileValue {
        quantile,
        population: 1.0,
        value: 1.0,
        spread: error,
    };
    let numbered = |numbers: &[u32]| {
        let values: Vec<_> = numbers.iter().map(|number| value(*number)).collect();
        let simulation = Simulation::new(1_000, 1).unwrap();
        let got = slope_index(&values, 5, Scale::AsIs, 1.0, simulation, sure(0.95));
        got.unwrap_err().to_string()
    };
    assert_eq!(
        numbered(&[1, 2, 3, 4]),
        "quantile 5 of 5 has no value; a slope needs every quantile"
    );
    assert_eq!(numbered(&[1, 2, 2, 4, 5]), "`quantile 2` is given twice");
    assert_eq!(
        numbered(&[0, 1, 2, 3, 4]),
        "quantile is 0; it must be between 1 and the number of quantiles"
    );
}

#[test]
fn funnels_refuse_what_cannot_be() {
    assert_eq!(
        funnel_limits_of_proportion(80.6, 100.0, sure(0.95))
            .unwrap_err()
            .to_string(),
        "average is 80.6; it must be a proportion between 0 and 1"
    );
    assert_eq!(
        flag_of_proportion(5.0, 4.0, 0.5).unwrap_err().to_string(),
        "5 events among 4 people: a proportion cannot be above 1"
    );
    assert_eq!(
        flag_of_ratio(1.0, 0.0).unwrap_err().to_string(),
        "expected events is 0; a rate needs a denominator above zero"
    );
    assert!(flag_of_ratio(-1.0, 5.0).is_err());
    assert!(funnel_limits_of_count(f64::NAN, sure(0.95)).is_err());
}
