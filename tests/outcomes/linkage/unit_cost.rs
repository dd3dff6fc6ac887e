//! Pounds for each, and spending on an outcome, to the penny.

use super::*;

proptest! {
    #[test]
    fn spending_for_each_is_the_nearest_penny(spend in -1_000_000_000_i64..1_000_000_000, count in 1_i64..10_000_000, scale in 0_u32..6) {
        let each = spend_per(Pence::new(spend), Decimal::new(count, scale)).unwrap().get();
        // Half a penny away from zero: |spend| · 10^scale / count, by whole numbers.
        let over = i128::from(spend.abs()) * 10_i128.pow(scale);
        let nearest = (over * 2 + i128::from(count)) / (i128::from(count) * 2);
        prop_assert_eq!(i128::from(each.abs()), nearest);
        prop_assert!(each == 0 || each.signum() == spend.signum());
        // Written otherwise, the same.
        let written = Decimal::new(count * 100, scale + 2);
        prop_assert_eq!(spend_per(Pence::new(spend), written), Some(Pence::new(each)));
    }

    /// Less change costs more for each, and the interval holds the value.
    #[test]
    fn a_unit_of_change_costs_what_division_says(pounds in 1_i64..1_000_000, lower in 0.1_f64..100.0, more in 0.0_f64..100.0, most in 0.0_f64..100.0) {
        let interval = Interval { lower, upper: lower + more + most };
        let change = Estimate::published(lower + more, interval, sure()).unwrap();
        let spend = Pence::new(pounds * 100);
        let cost = cost_per_unit_of_change(spend, &change);
        let (value, limits) = (cost.value().unwrap(), cost.interval().unwrap());
        let real = |pounds: i64| f64::from(i32::try_from(pounds).unwrap());
        prop_assert!((value * (lower + more) - real(pounds)).abs() < 1e-6 * real(pounds));
        prop_assert!((limits.upper * lower - real(pounds)).abs() < 1e-6 * real(pounds));
        prop_assert!((limits.lower * interval.upper - real(pounds)).abs() < 1e-6 * real(pounds));
        prop_assert!(limits.lower <= value + 1e-9 && value <= limits.upper + 1e-9);
        prop_assert_eq!(cost.confidence(), sure());
        // Income instead of spending: the same with its sign turned, ends in order.
        let income = cost_per_unit_of_change(Pence::new(-pounds * 100), &change);
        let turned = income.interval().unwrap();
        prop_assert!(turned.lower <= turned.upper);
        prop_assert!((turned.lower + limits.upper).abs() < 1e-9 * limits.upper);
    }
}

#[test]
fn half_a_penny_goes_away_from_zero_and_nobody_is_no_divisor() {
    let each = |pence: i64, count: i64| spend_per(Pence::new(pence), count.into()).map(Pence::get);
    assert_eq!(each(1, 2), Some(1));
    assert_eq!(each(3, 2), Some(2));
    assert_eq!(each(5, 2), Some(3));
    assert_eq!(each(-1, 2), Some(-1));
    assert_eq!(each(-5, 2), Some(-3));
    assert_eq!(each(100, 0), None);
    assert_eq!(each(100, -4), None);
    assert_eq!(each(0, 4), Some(0));
    assert_eq!(
        spend_per(Pence::new(1), Decimal::new(5, 1)).map(Pence::get),
        Some(2)
    );
}

#[test]
fn there_is_no_cost_of_a_change_that_may_be_nothing_or_worse() {
    let cost = |value: f64, lower: f64, upper: f64| {
        let change = Estimate::published(value, Interval { lower, upper }, sure()).unwrap();
        cost_per_unit_of_change(Pence::new(100_000), &change)
    };
    for (value, lower, upper) in [
        (1.0, -1.0, 3.0),
        (1.0, 0.0, 3.0),
        (-1.0, -2.0, 0.0),
        (-1.0, -2.0, 1.0),
    ] {
        let nothing = cost(value, lower, upper);
        assert_eq!((nothing.value(), nothing.interval()), (None, None));
        assert_eq!(
            nothing.to_string(),
            "withheld: the change may be nothing at all: a ratio to it has no bound"
        );
    }
    let worse = cost(-2.0, -3.0, -1.0);
    assert_eq!((worse.value(), worse.interval()), (None, None));
    assert_eq!(
        worse.to_string(),
        "withheld: it changed for the worse, beyond chance"
    );
    assert_eq!(format!("{:.0}", cost(2.0, 1.0, 4.0)), "500 (250 to 1000)");
}

fn outcome_spend(weights: &[(&str, &str)], spent: &str) -> Linked {
    let rows: Vec<String> = (weights.iter())
        .map(|(activity, weight)| {
            format!(
                r#"{{ outcome = "safe", activity = "{activity}", weight = "{weight}", judgement = "we say", contribution = "it helps" }}"#
            )
        })
        .collect();
    linked(&Given {
        toml: format!(
            "{}\n[[contributions]]\nrows = [{}]\n",
            indicators(&[""]),
            rows.join(", ")
        ),
        spent: spent.to_owned(),
        ..Given::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn parts_of_an_outcome_sum_to_its_total_to_the_penny(
        pence in prop::collection::vec(-100_000_i64..1_000_000, 3),
        weights in prop::collection::vec(1_i64..=1000, 3),
    ) {
        let activities = ["youth-justice", "youth-work", "roads"];
        let written: Vec<String> = weights.iter().map(|weight| Decimal::new(*weight, 3).to_string()).collect();
        let contributions: Vec<(&str, &str)> = activities.iter().copied().zip(written.iter().map(String::as_str)).collect();
        let spent: String = activities.iter().zip(&pence)
            .map(|(activity, pence)| format!("council,{activity},county,2017-18,{}\n", Decimal::new(*pence, 2)))
            .collect();
        let linked = outcome_spend(&contributions, &spent);
        let question = linked.ask().period(at("2017-18"));
        let told = linked.indicators.spend_on("safe", &question).unwrap();
        let parts: i64 = told.parts.iter().map(|part| part.counted.get()).sum();
        prop_assert_eq!(parts, told.total.get());
        // In thousandths of a penny, rounded half away from zero.
        let exact: i64 = pence.iter().zip(&weights).map(|(pence, weight)| pence * weight).sum();
        let total = (exact.abs() * 2 + 1000) / 2000 * exact.signum();
        prop_assert_eq!(told.total.get(), total);
        let mut judged = 0;
        for ((part, pence), weight) in told.parts.iter().zip(&pence).zip(&weights) {
            prop_assert_eq!(part.whole.unwrap_or_default().get(), *pence);
            let off = part.counted.get() * 1000 - pence * weight;
            prop_assert!(off.abs() < 1000, "less than a penny from its share");
            if *weight < 1000 {
                judged += part.counted.get();
            }
        }
        prop_assert_eq!(told.judgement.get(), judged);
    }
}

#[test]
fn a_weight_of_one_is_the_answer_itself() {
    let linked = outcome_spend(&[("youth-justice", "1"), ("youth-work", "0.25")], SPENT);
    let question = linked.ask().period(at("2017-18"));
    let told = linked.indicators.spend_on("safe", &question).unwrap();
    let answer = question.clone().activity("youth-justice").answer().unwrap();
    assert_eq!(told.parts[0].counted, answer.total.amount);
    assert_eq!(told.parts[1].counted, Pence::new(750));
    assert_eq!(
        (told.total, told.judgement),
        (Pence::new(150_750), Pence::new(750))
    );
    let table = told.table().to_string();
    for words in [
        "Spending meant to help: Fewer offend",
        "Youth work: it helps (weight: we say)",
        "£1,507.50",
        "sums of two outcomes must not be added",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
    // An activity in the question would be counted into every part.
    let named = linked
        .indicators
        .spend_on("safe", &question.clone().activity("roads"));
    assert_eq!(
        named.unwrap_err().to_string(),
        "the pack says which activities are meant to help `safe`; name none in the question"
    );
    assert_eq!(
        linked
            .indicators
            .spend_on("saef", &question)
            .unwrap_err()
            .to_string(),
        "`saef` is not an outcome of this place; did you mean `safe`?"
    );
    let nothing = linked.indicators.spend_on("well", &question).unwrap();
    assert_eq!((nothing.parts.len(), nothing.total), (0, Pence::ZERO));
}
