//! A key given twice is refused, and not the last one kept.

use wholeplace::statistic::{
    Confidence, RepeatStratum, StandardPopulation, StatisticError,
    directly_standardised_rate_of_repeat_events,
};

#[test]
fn a_number_of_events_given_twice_is_refused() {
    let strata = [RepeatStratum::new("all", 1_000.0, [(1, 30.0), (1, 10.0)])];
    let standard = StandardPopulation::new([("all", 1.0)]).unwrap();
    let confidence = Confidence::new(0.95).unwrap();
    let rate = directly_standardised_rate_of_repeat_events(&strata, &standard, 1_000.0, confidence);
    assert!(
        matches!(rate, Err(StatisticError::Within { .. })),
        "{rate:?}"
    );
    let once = [RepeatStratum::new("all", 1_000.0, [(1, 30.0), (2, 10.0)])];
    let rate = directly_standardised_rate_of_repeat_events(&once, &standard, 1_000.0, confidence);
    assert_eq!(rate.unwrap().value(), Some(50.0));
    assert!(StandardPopulation::new([("all", 1.0), ("all", 2.0)]).is_err());
}
