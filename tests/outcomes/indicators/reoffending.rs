//! Cohorts, and the three meanings of a reoffending rate.

use super::*;

fn quarter(
    period: &str,
    offenders: u64,
    reoffenders: u64,
    reoffences: u64,
) -> Result<Cohort, CohortError> {
    Cohort::new(at(period), offenders, reoffenders, reoffences, 12, 6)
}

#[test]
fn numbers_that_are_no_cohort_are_refused() {
    let refused = |offenders, reoffenders, reoffences| {
        quarter("Jan 2017 to Mar 2017", offenders, reoffenders, reoffences)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(refused(0, 0, 0), "a cohort needs at least one offender");
    assert_eq!(refused(10, 11, 20), "11 of 10 offenders cannot reoffend");
    assert_eq!(refused(10, 5, 4), "5 reoffenders cannot have 4 reoffences");
    assert_eq!(refused(10, 0, 1), "0 reoffenders cannot have 1 reoffences");
    assert_eq!(Cohort::pooled(&[]), Err(CohortError::Nobody));
}

#[test]
fn quarters_are_pooled_by_their_counts() {
    let quarters = [
        quarter("Apr 2016 to Jun 2016", 100, 50, 100).unwrap(),
        quarter("Jul 2016 to Sep 2016", 10, 0, 0).unwrap(),
        quarter("Oct 2016 to Dec 2016", 40, 10, 30).unwrap(),
        quarter("Jan 2017 to Mar 2017", 50, 2, 2).unwrap(),
    ];
    let year = Cohort::pooled(&quarters).unwrap();
    assert_eq!(year, quarter("2016-17", 200, 62, 132).unwrap());
    // 62 of 200, not the mean of 50%, 0%, 25% and 4%.
    let share = year.reoffending_proportion(sure()).unwrap();
    assert_eq!(share, wilson(62.0, 200.0, sure()).unwrap());
    let mut backwards = quarters;
    backwards.reverse();
    assert_eq!(Cohort::pooled(&backwards), Ok(year));
    // Not alike: overlapping, and followed for another time.
    let text = "the cohorts were not followed equally long, or the same people may be in two";
    assert_eq!(
        Cohort::pooled(&[quarters[0], quarters[0]])
            .unwrap_err()
            .to_string(),
        text
    );
    let longer = Cohort::new(at("Jul 2016 to Sep 2016"), 10, 0, 0, 24, 6).unwrap();
    assert_eq!(
        Cohort::pooled(&[quarters[0], longer]),
        Err(CohortError::NotAlike)
    );
    let waited = Cohort::new(at("Jul 2016 to Sep 2016"), 10, 0, 0, 12, 3).unwrap();
    assert_eq!(
        Cohort::pooled(&[quarters[0], waited]),
        Err(CohortError::NotAlike)
    );
}

#[test]
fn a_cohort_is_complete_after_follow_up_and_waiting() {
    let cohort = quarter("Jan 2017 to Mar 2017", 200, 62, 248).unwrap();
    assert_eq!(cohort.complete_after(), Some(at("Sep 2018")));
    assert!(!cohort.is_complete_by(at("Aug 2018")));
    assert!(cohort.is_complete_by(at("Sep 2018")));
    assert!(cohort.is_complete_by(at("2018-19")));
    // The old local measure: twelve months and three.
    let local = Cohort::new(at("Jan 2017 to Mar 2017"), 200, 62, 248, 12, 3).unwrap();
    assert_eq!(local.complete_after(), Some(at("Jun 2018")));
    let now = Cohort::new(at("Jan 2017 to Mar 2017"), 200, 62, 248, 0, 0).unwrap();
    assert_eq!(now.complete_after(), Some(at("Mar 2017")));
}

#[test]
fn fewer_reoffenders_can_raise_the_figure_for_each() {
    let before = quarter("Jan 2017 to Mar 2017", 200, 62, 248).unwrap();
    let after = quarter("Jan 2018 to Mar 2018", 200, 40, 200).unwrap();
    let share = |cohort: &Cohort| {
        cohort
            .reoffending_proportion(sure())
            .unwrap()
            .value()
            .unwrap()
    };
    assert!(share(&after) < share(&before));
    assert!(after.reoffences_per_reoffender() > before.reoffences_per_reoffender());
    assert_eq!(
        quarter("2016-17", 5, 0, 0)
            .unwrap()
            .reoffences_per_reoffender(),
        None
    );
    assert_eq!(
        quarter("2016-17", 5, 0, 0)
            .unwrap()
            .reoffences_per_offender(),
        Some(0.0)
    );
}

proptest! {
    #[test]
    fn the_share_times_reoffences_each_is_reoffences_for_each_offender(
        reoffenders in 1_u64..500, others in 0_u64..500, more in 0_u64..2000,
    ) {
        let cohort = quarter("2016-17", reoffenders + others, reoffenders, reoffenders + more).unwrap();
        let share = cohort.reoffending_proportion(sure()).unwrap().value().unwrap();
        let product = share * cohort.reoffences_per_reoffender().unwrap();
        prop_assert!((product - cohort.reoffences_per_offender().unwrap()).abs() < 1e-9);
    }
}

#[test]
fn reoffences_have_an_interval_only_with_people_by_reoffences() {
    let cohort = quarter("2016-17", 10, 3, 9).unwrap();
    let of = |people: &[(u64, u64)]| -> Result<Estimate, StatisticError> {
        cohort.reoffences_per_offender_estimate(&people.iter().copied().collect(), sure())
    };
    let estimate = of(&[(1, 2), (7, 1)]).unwrap();
    assert_eq!(estimate.value(), Some(0.9));
    // By hand: 0 ×7, 1 ×2, 7: squares 7·0.81 + 2·0.01 + 37.21 = 42.9; t of 9 = 2.262157.
    let reach = 2.262_157 * (42.9_f64 / 9.0).sqrt() / 10.0_f64.sqrt();
    let interval = estimate.interval().unwrap();
    assert!(
        (interval.upper - (0.9 + reach)).abs() < 1e-4,
        "{interval:?} {reach}"
    );
    for wrong in [&[(3, 2)][..], &[(1, 3)], &[(3, 3), (1, 1)], &[]] {
        assert_eq!(
            of(wrong).unwrap_err().to_string(),
            "the people by reoffences are not those of the cohort"
        );
    }
}
