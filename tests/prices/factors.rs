//! Discount factors of both schedules, and what must hold of any.

use proptest::prelude::*;
use wholeplace::finding::Position;
use wholeplace::money::{Exact, Pence, Ratio};
use wholeplace::place::Place;
use wholeplace::price::{Band, DiscountSchedule, DiscountSpec, Discounts, PriceError, YearZero};

fn schedule(
    discounts: Discounts,
    year_zero: YearZero,
    bands: &[(u32, u32, &str)],
) -> DiscountSchedule {
    let at = Position::file("prices.toml");
    let band = |&(from, to, rate): &(u32, u32, &str)| Band {
        from,
        to,
        rate: rate.into(),
        position: at.clone(),
    };
    let (schedule, findings) = DiscountSchedule::build(DiscountSpec {
        code: "rates".into(),
        edition: "2026".into(),
        discounts,
        year_zero,
        bands: bands.iter().map(band).collect(),
        position: at.clone(),
    });
    assert!(findings.is_empty(), "{findings}");
    schedule
}

/// HM Treasury's annex, as quoted in the Green Book's tables: standard factors to four decimals, and
/// that of health after a hundred years, whose rates are ratios (0.275402 by rates that were rounded).
#[test]
fn factors_are_those_of_the_green_book() {
    let place = Place::open("examples/data/shropshire").unwrap();
    let money = place.prices().discount("green-book").unwrap();
    const STANDARD: [(u32, &str); 14] = [
        (0, "1.0000"),
        (1, "0.9662"),
        (2, "0.9335"),
        (3, "0.9019"),
        (4, "0.8714"),
        (5, "0.8420"),
        (10, "0.7089"),
        (20, "0.5026"),
        (30, "0.3563"),
        (31, "0.3459"),
        (40, "0.2651"),
        (50, "0.1973"),
        (75, "0.0942"),
        (100, "0.0508"),
    ];
    for (year, factor) in STANDARD {
        assert_eq!(
            money.factor(year).unwrap().to_decimal(4),
            factor,
            "year {year}"
        );
    }
    let health = place.prices().discount("green-book-health").unwrap();
    for (year, factor) in [(1, "0.985222"), (30, "0.639762"), (100, "0.275829")] {
        assert_eq!(
            health.factor(year).unwrap().to_decimal(6),
            factor,
            "year {year}"
        );
    }
    let rounded = schedule(
        Discounts::Health,
        YearZero::Undiscounted,
        &[(0, 30, "0.015"), (31, 75, "0.0129"), (76, 125, "0.0107")],
    );
    assert_eq!(rounded.factor(100).unwrap().to_decimal(6), "0.275402");
    assert_eq!(
        money.factor(126).unwrap_err().to_string(),
        "the discount schedule green-book, 2026 ends with year 125; it has no rate for year 126"
    );
}

/// Costs of £77,000 and £44,000 in the first two years are £119,512.08 in the first: 77,000 + 44,000 / 1.035.
#[test]
fn present_values_are_exact_until_they_are_closed() {
    let bands: &[(u32, u32, &str)] = &[(1, 30, "3.5%")];
    let money = schedule(Discounts::Money, YearZero::Undiscounted, bands);
    let costs = [7_700_000, 4_400_000].map(|pence| Exact::whole(Pence::new(pence)));
    let value = money.present_value(&costs).unwrap();
    assert_eq!(value.to_pounds(2), "119512.08");
    let from_the_start = schedule(Discounts::Money, YearZero::Discounted, bands);
    let later = from_the_start.present_value(&costs).unwrap();
    assert_eq!(later, value.times(&Ratio::new(200, 207)));
    // The money of a health service is money.
    let health = schedule(Discounts::Health, YearZero::Undiscounted, bands);
    assert!(matches!(
        health.present_value(&costs),
        Err(PriceError::NotForMoney { .. })
    ));
}

proptest! {
    /// At no rate the present value is the sum, and each factor is the one before it times one step.
    #[test]
    fn factors_are_products_of_steps(
        pence in proptest::collection::vec(-1_000_000_i64..1_000_000, 1..12),
        rate in 0_u32..1_000,
        later in 0_u32..1_000,
    ) {
        let sums: Vec<Exact> = pence.iter().map(|&p| Exact::whole(Pence::new(p))).collect();
        let nothing = schedule(Discounts::Money, YearZero::Undiscounted, &[(1, 40, "0")]);
        let total: i64 = pence.iter().sum();
        prop_assert_eq!(nothing.present_value(&sums).unwrap().to_whole(), Some(Pence::new(total)));
        let (first, second) = (format!("{rate}/1001"), format!("{later}/1001"));
        let rates = schedule(
            Discounts::Money,
            YearZero::Undiscounted,
            &[(1, 5, first.as_str()), (6, 40, second.as_str())],
        );
        for year in 1..=12_u32 {
            let rate = if year <= 5 { rate } else { later };
            let step = Ratio::new(1_001, u128::from(1_001 + rate));
            let before = rates.factor(year - 1).unwrap();
            prop_assert_eq!(rates.factor(year).unwrap(), before.times(&step));
        }
    }
}
