//! Settlements as payments by year.

use proptest::prelude::*;
use wholeplace::appraisal::settlement::{ClaimsRule, Party, SettlementError, Statement};
use wholeplace::money::{Pence, Ratio};

fn pence(sums: &[i128]) -> Vec<Ratio> {
    sums.iter().map(|&sum| Ratio::new(sum, 1)).collect()
}

/// The council pays £70,000 and £40,000; police and DWP save in cash. At 3.5 per cent the cost is
/// £108,647.34 in the first year and the savings £138,003.99, so £29,356.65 are left (worked out by hand).
#[test]
fn who_saves_pays_when_its_cash_arrives() {
    let parties = [
        Party {
            partner: "council".into(),
            costs: pence(&[7_000_000, 4_000_000, 0]),
            cash: pence(&[0, 0, 0]),
        },
        Party {
            partner: "police".into(),
            costs: pence(&[0, 0, 0]),
            cash: pence(&[0, 2_000_000, 1_000_000]),
        },
        Party {
            partner: "dwp".into(),
            costs: pence(&[0, 0, 0]),
            cash: pence(&[0, 8_000_000, 3_433_333]),
        },
    ];
    let step = Ratio::new(200, 207);
    let factors = [Ratio::one(), step.clone(), step.to_the(2)];
    let statement = Statement::settle(ClaimsRule::InProportion, &parties, &factors, None).unwrap();
    // 2,000,000 × 0.966184 + 1,000,000 × 0.933511 and 8,000,000 × 0.966184 + 3,433,333 × 0.933511.
    let before: Vec<i64> = statement
        .payments
        .iter()
        .map(|one| one.before.get())
        .collect();
    assert_eq!(before, [-10_864_734, 2_865_878, 10_934_521]);
    assert_eq!(statement.surplus.get(), 2_935_665);
    let after: Vec<i64> = statement
        .payments
        .iter()
        .map(|one| one.after.get())
        .collect();
    assert_eq!(after[0], 0);
    // Each keeps the same part, £29,356.65 of £138,003.99: £6,096.39 and £23,260.27, less a penny so that
    // both are the surplus.
    assert_eq!(after[1..], [609_639, 2_326_026]);
    for year in 0..3 {
        let sum: i64 = statement
            .payments
            .iter()
            .map(|one| one.by_year[year].get())
            .sum();
        assert_eq!(sum, 0, "year {year}");
    }
    assert!(
        statement
            .payments
            .iter()
            .all(|one| one.by_year[0] == Pence::ZERO),
        "no cash has arrived"
    );
}

#[test]
fn nothing_can_be_settled_out_of_a_loss() {
    let parties = [
        Party {
            partner: "council".into(),
            costs: pence(&[10_000]),
            cash: pence(&[0]),
        },
        Party {
            partner: "nhs".into(),
            costs: pence(&[0]),
            cash: pence(&[9_000]),
        },
    ];
    let refused = Statement::settle(ClaimsRule::EqualGains, &parties, &[Ratio::one()], None);
    assert_eq!(
        refused,
        Err(SettlementError::NoSurplus {
            short: "£10.00".into()
        })
    );
}

proptest! {
    /// Every year sums to nothing, nobody pays more than its cash of the year, and nobody ends worse off.
    #[test]
    fn payments_are_conserved(
        rows in proptest::collection::vec(
            (proptest::collection::vec(0_i128..100_000, 4), proptest::collection::vec(0_i128..100_000, 4)),
            1..6,
        ),
        rate in 0_i128..100,
        rule in 0_usize..6,
    ) {
        let parties: Vec<Party> = (rows.iter().enumerate())
            .map(|(i, (costs, cash))| Party {
                partner: i.to_string(),
                // Costs are the smaller part, so that most have a surplus.
                costs: costs.iter().map(|&cost| Ratio::new(cost, 3)).collect(),
                cash: pence(cash),
            })
            .collect();
        let step = Ratio::new(1_000, u128::try_from(1_000 + rate).unwrap());
        let factors: Vec<Ratio> = (0..4).map(|year| step.to_the(year)).collect();
        match Statement::settle(ClaimsRule::ALL[rule], &parties, &factors, None) {
            Ok(statement) => {
                for year in 0..4 {
                    let sums = statement.payments.iter().map(|one| one.by_year[year]);
                    prop_assert_eq!(Pence::total(sums).unwrap(), Pence::ZERO);
                }
                for (party, one) in parties.iter().zip(&statement.payments) {
                    prop_assert!(one.after >= Pence::ZERO);
                    for (paid, cash) in one.by_year.iter().zip(&party.cash) {
                        // Closing a year moves a payment by less than a penny.
                        let left = cash.plus(&Ratio::new(i128::from(paid.get()), 1));
                        prop_assert!(left > Ratio::new(-1, 1));
                    }
                }
            }
            Err(SettlementError::NoSurplus { .. }) => {}
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
