//! Settlements as payments by year.

use proptest::prelude::*;
use wholeplace::appraisal::settlement::{
    Band, ClaimsRule, CountsFrom, Fewer, Loan, LoanYear, Measure, Party, SettlementError,
    SettlementRule, Statement, Terms, Threshold, Timing, YearSaving,
};
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
            ..Party::default()
        },
        Party {
            partner: "police".into(),
            costs: pence(&[0, 0, 0]),
            cash: pence(&[0, 2_000_000, 1_000_000]),
            ..Party::default()
        },
        Party {
            partner: "dwp".into(),
            costs: pence(&[0, 0, 0]),
            cash: pence(&[0, 8_000_000, 3_433_333]),
            ..Party::default()
        },
    ];
    let step = Ratio::new(200, 207);
    let factors = [Ratio::one(), step.clone(), step.to_the(2)];
    let statement =
        Statement::settle(&Terms::of(ClaimsRule::InProportion), &parties, &factors).unwrap();
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
            ..Party::default()
        },
        Party {
            partner: "nhs".into(),
            costs: pence(&[0]),
            cash: pence(&[9_000]),
            ..Party::default()
        },
    ];
    let refused = Statement::settle(
        &Terms::of(ClaimsRule::EqualGains),
        &parties,
        &[Ratio::one()],
    );
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
                ..Party::default()
            })
            .collect();
        let step = Ratio::new(1_000, u128::try_from(1_000 + rate).unwrap());
        let factors: Vec<Ratio> = (0..4).map(|year| step.to_the(year)).collect();
        match Statement::settle(&Terms::of(ClaimsRule::ALL[rule]), &parties, &factors) {
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

/// A partner with its cost and cash of three years, in pounds.
fn party(partner: &str, costs: [i128; 3], cash: [i128; 3]) -> Party {
    Party {
        partner: partner.into(),
        costs: pence(&costs.map(|pounds| pounds * 100)),
        cash: pence(&cash.map(|pounds| pounds * 100)),
        ..Party::default()
    }
}

fn three() -> [Party; 3] {
    [
        party("council", [60_000, 0, 0], [0, 0, 0]),
        party("police", [0, 0, 0], [0, 40_000, 20_000]),
        party("nhs", [0, 0, 0], [0, 30_000, 10_000]),
    ]
}

fn undiscounted(years: usize) -> Vec<Ratio> {
    vec![Ratio::one(); years]
}

fn by_year(statement: &Statement) -> Vec<Vec<String>> {
    let payments = statement.payments.iter();
    payments
        .map(|one| one.by_year.iter().map(ToString::to_string).collect())
        .collect()
}

/// £60,000 are saved by the police, £40,000 by the NHS, and it costs the council £60,000: £40,000 are left. In
/// proportion the police gain £24,000 and hand over £36,000, the NHS £16,000 and £24,000.
#[test]
fn a_level_annuity_runs_ahead_of_cash_and_says_so() {
    let mut terms = Terms::of(ClaimsRule::InProportion);
    terms.pay = Timing::LevelAnnuity;
    let statement = Statement::settle(&terms, &three(), &undiscounted(3)).unwrap();
    assert_eq!(
        by_year(&statement),
        [
            ["£0.00", "£30,000.00", "£30,000.00"],
            ["£0.00", "-£18,000.00", "-£18,000.00"],
            ["£0.00", "-£12,000.00", "-£12,000.00"],
        ]
    );
    assert!(
        statement
            .payments
            .iter()
            .all(|one| one.ahead_of_cash == Pence::ZERO)
    );
    // With little cash first and more later, a level sum is more than has arrived: £30,000 with £10,000 there.
    let late = [
        party("council", [60_000, 0, 0], [0, 0, 0]),
        party("police", [0, 0, 0], [0, 10_000, 60_000]),
    ];
    let mut terms = Terms::of(ClaimsRule::InProportion);
    terms.pay = Timing::LevelAnnuity;
    let statement = Statement::settle(&terms, &late, &undiscounted(3)).unwrap();
    assert_eq!(
        statement.payments[1].ahead_of_cash.to_string(),
        "£20,000.00"
    );
    assert_eq!(statement.payments[1].after.to_string(), "£10,000.00");
}

/// Verified a year later, everything is paid a year later, and worth as much as of the first year: at a quarter
/// a year the police hand over more pounds for it.
#[test]
fn what_is_verified_later_is_paid_later_and_worth_the_same() {
    let step = Ratio::new(4, 5);
    let factors: Vec<Ratio> = (0..4).map(|year| step.to_the(year)).collect();
    let at_once = Statement::settle(&Terms::of(ClaimsRule::EqualGains), &three(), &factors);
    let mut terms = Terms::of(ClaimsRule::EqualGains);
    terms.verified_after = 1;
    // £70,000 × 0.8 + £30,000 × 0.64 are £75,200: £15,200 are left.
    let late = Statement::settle(&terms, &three(), &factors).unwrap();
    let at_once = at_once.unwrap();
    assert_eq!(late.surplus.to_string(), "£15,200.00");
    for (early, late) in at_once.payments.iter().zip(&late.payments) {
        assert_eq!((early.before, early.after), (late.before, late.after));
        for year in 0..3 {
            let grown = early.by_year[year].get() * 5 / 4;
            assert!((late.by_year[year + 1].get() - grown).abs() <= 1);
        }
        assert_eq!(late.by_year[1], Pence::ZERO);
    }
    terms.verified_after = 3;
    let refused = Statement::settle(&terms, &three(), &factors);
    assert!(matches!(refused, Err(SettlementError::TooLate { .. })));
}

/// The NHS advances everything. It hands £60,000 to the council in the first year, is owed that and 5 per cent,
/// and is paid back out of the cash of the police, two fifths of which stay with them.
#[test]
fn an_investor_advances_and_is_paid_back() {
    let mut terms = Terms::of(ClaimsRule::InProportion);
    terms.loan = Some(Loan::new("nhs", Ratio::one(), Ratio::new(1, 20), None));
    let statement = Statement::settle(&terms, &three(), &undiscounted(3)).unwrap();
    // Police and NHS gain £24,000 and £16,000 as without a loan; the police hand over £36,000.
    assert_eq!(
        by_year(&statement),
        [
            ["£60,000.00", "£0.00", "£0.00"],
            ["£0.00", "-£24,000.00", "-£12,000.00"],
            ["-£60,000.00", "£24,000.00", "£12,000.00"],
        ]
    );
    let after: Vec<String> = statement
        .payments
        .iter()
        .map(|one| one.after.to_string())
        .collect();
    assert_eq!(after, ["£0.00", "£24,000.00", "£16,000.00"]);
    let loan = statement.loan.unwrap();
    let pounds = |pence: &Ratio| pence.times(&Ratio::new(1, 100)).to_decimal(2);
    let owed: Vec<String> = loan.years.iter().map(|year| pounds(&year.owed)).collect();
    // Its own saving bears £24,000: £18,000 and £6,000. 60,000; 63,000 − 24,000 − 18,000; 21,000 × 1.05 − 12,000 −
    // 6,000. What is left is interest.
    assert_eq!(owed, ["60000.00", "21000.00", "4050.00"]);
    assert_eq!(pounds(&loan.owed()), "4050.00");
}

/// Written off after the second year, the last £12,000 stay with the police; the investor would lose, and only
/// where the terms give it the loss is that settled.
#[test]
fn a_write_off_needs_somebody_who_bears_it() {
    let parties = [
        party("council", [60_000, 0, 0], [0, 0, 0]),
        party("police", [0, 0, 0], [0, 40_000, 24_000]),
        party("bank", [0, 0, 0], [0, 0, 0]),
    ];
    let mut terms = Terms::of(ClaimsRule::InProportion);
    terms.loan = Some(Loan::new("bank", Ratio::one(), Ratio::zero(), Some(1)));
    let refused = Statement::settle(&terms, &parties, &undiscounted(3));
    assert_eq!(
        refused.unwrap_err().to_string(),
        "`bank` would end £22,500.00 worse off; write off later, or say in `loss` who bears it"
    );
    terms.loss = Some("bank".into());
    let statement = Statement::settle(&terms, &parties, &undiscounted(3)).unwrap();
    // The police would hand over £60,000 of £64,000: 15/16 of £40,000, and of £24,000.
    assert_eq!(by_year(&statement)[1], ["£0.00", "-£37,500.00", "£0.00"]);
    assert_eq!(statement.payments[1].after.to_string(), "£26,500.00");
    assert_eq!(statement.payments[2].after.to_string(), "-£22,500.00");
    let loan = statement.loan.unwrap();
    assert_eq!(loan.written_off, Ratio::new(2_250_000, 1));
    assert!(loan.owed().is_zero());
}

/// A loss is settled only where somebody bears it; the others then end with nothing gained and nothing lost.
#[test]
fn a_loss_is_borne_by_whom_the_terms_name() {
    let parties = [
        party("council", [60_000, 0, 0], [0, 0, 0]),
        party("police", [0, 0, 0], [0, 40_000, 10_000]),
    ];
    let mut terms = Terms::of(ClaimsRule::EvenHanded);
    terms.loss = Some("council".into());
    let statement = Statement::settle(&terms, &parties, &undiscounted(3)).unwrap();
    assert_eq!(statement.surplus.to_string(), "-£10,000.00");
    let after: Vec<String> = statement
        .payments
        .iter()
        .map(|one| one.after.to_string())
        .collect();
    assert_eq!(after, ["-£10,000.00", "£0.00"]);
    terms.loss = Some("fire".into());
    let refused = Statement::settle(&terms, &parties, &undiscounted(3));
    assert!(matches!(refused, Err(SettlementError::NotAmong { .. })));
}

/// A year without a factor is worth nothing that anybody stated: its sums are not left out without a word.
#[test]
fn a_year_that_is_not_counted_is_refused() {
    let refused = Statement::settle(
        &Terms::of(ClaimsRule::EqualGains),
        &three(),
        &undiscounted(2),
    );
    assert_eq!(
        refused.unwrap_err().to_string(),
        "`police` has costs or savings in year 3, and 2 years are counted; count more years, or leave them out"
    );
}

#[test]
fn each_may_keep_its_own() {
    let terms = Terms::of(SettlementRule::EachKeepsItsOwn);
    let statement = Statement::settle(&terms, &three(), &undiscounted(3)).unwrap();
    for one in &statement.payments {
        assert_eq!(one.before, one.after);
        assert!(one.by_year.iter().all(|&pence| pence == Pence::ZERO));
    }
    assert_eq!(statement.payments[0].after.to_string(), "-£60,000.00");
}

/// What the terms leave with who saves it is no claim, and is in what it has before and after.
#[test]
fn what_is_kept_is_in_no_division() {
    let mut parties = three();
    parties[1].kept = pence(&[0, 500_000, 0]);
    let statement = Statement::settle(
        &Terms::of(ClaimsRule::InProportion),
        &parties,
        &undiscounted(3),
    );
    let statement = statement.unwrap();
    assert_eq!(statement.kept.to_string(), "£5,000.00");
    assert_eq!(statement.payments[1].before.to_string(), "£65,000.00");
    assert_eq!(statement.payments[1].after.to_string(), "£29,000.00");
    // Where it is only short because of them, the refusal says so.
    parties[1].cash = pence(&[0, 0, 0]);
    let refused = Statement::settle(
        &Terms::of(ClaimsRule::InProportion),
        &parties,
        &undiscounted(3),
    );
    assert_eq!(
        refused.unwrap_err().to_string(),
        "the programme costs £20,000.00 more than the terms bring in, and £5,000.00 stays outside with those \
         who save it; no settlement leaves everybody whole: bring in more, or say who bears the loss"
    );
}

/// Thresholds, bands and caps at their edges.
#[test]
fn terms_bring_in_what_they_say() {
    let brought_in = |terms: &Terms, saved: i128, people: i128| {
        let brought_in = terms.brought_in(YearSaving {
            partner: "police",
            saved: &Ratio::new(saved, 1),
            spent: Some(&Ratio::new(10_000, 1)),
            people: &Ratio::new(people, 1),
        });
        brought_in.unwrap()
    };
    let whole = |pence: i128| Ratio::new(pence, 1);
    let mut terms = Terms::of(ClaimsRule::InProportion);
    assert_eq!(brought_in(&terms, 777, 0), whole(777));
    let least = Measure::OfSpending(Ratio::new(2, 100));
    terms.threshold = Some(Threshold::new(least, CountsFrom::Above));
    for (saved, counts) in [(199, 0), (200, 0), (201, 1), (1_000, 800)] {
        assert_eq!(brought_in(&terms, saved, 0), whole(counts), "{saved}");
    }
    let mut threshold = Threshold::new(Measure::OfSpending(Ratio::new(2, 100)), CountsFrom::First);
    for (than, least) in [(100, whole(10_000)), (500, whole(400))] {
        threshold.fewer.push(Fewer {
            than: whole(than),
            least: Measure::Pence(least),
        });
    }
    terms.threshold = Some(threshold);
    for (saved, people, counts) in [
        (9_000, 99, 0),
        (399, 100, 0),
        (400, 499, 400),
        (200, 500, 200),
    ] {
        assert_eq!(
            brought_in(&terms, saved, people),
            whole(counts),
            "{saved} of {people}"
        );
    }
    terms.threshold = None;
    terms.bands = vec![Band::new(
        Some(Measure::Pence(whole(300))),
        Ratio::new(1, 3),
    )];
    // Above the last band nothing counts.
    assert_eq!(brought_in(&terms, 900, 0), whole(100));
    terms.cap = Some(Measure::OfSpending(Ratio::new(1, 200)));
    assert_eq!(brought_in(&terms, 900, 0), whole(50));
    let unknown = terms.brought_in(YearSaving {
        partner: "courts",
        saved: &whole(900),
        spent: None,
        people: &whole(0),
    });
    assert_eq!(
        unknown.unwrap_err().to_string(),
        "the terms measure savings by what is spent, and no ledger says what `courts` spends on it; state them \
         in pounds, or leave it out of `among`"
    );
}

/// A part of a whole, in tenths.
fn tenths(tenths: i128) -> Ratio {
    Ratio::new(tenths, 10)
}

proptest! {
    /// By whatever terms: every year sums to nothing, all together have as much after as before, and nobody ends
    /// worse off but who bears the loss.
    #[test]
    fn terms_of_any_kind_conserve(
        rows in proptest::collection::vec(
            (proptest::collection::vec(0_i128..60_000, 4), proptest::collection::vec(0_i128..100_000, 4)),
            2..6,
        ),
        rule in 0_usize..7,
        annuity in any::<bool>(),
        late in 0_usize..3,
        loan in proptest::option::of((0_usize..2, 0_i128..=10, 0_i128..3, proptest::option::of(0_usize..4))),
        loss in proptest::option::of(0_usize..2),
        cap in proptest::option::of(0_i128..120_000),
        threshold in proptest::option::of((0_i128..50_000, any::<bool>())),
    ) {
        let mut terms = match rule {
            6 => Terms::of(SettlementRule::EachKeepsItsOwn),
            rule => Terms::of(ClaimsRule::ALL[rule]),
        };
        if annuity {
            terms.pay = Timing::LevelAnnuity;
        }
        terms.verified_after = late;
        terms.loan = loan.map(|(who, advance, rate, write_off)| {
            Loan::new(&who.to_string(), tenths(advance), Ratio::new(rate, 50), write_off)
        });
        terms.loss = loss.map(|who| who.to_string());
        terms.cap = cap.map(|cap| Measure::Pence(Ratio::new(cap, 1)));
        terms.threshold = threshold.map(|(least, first)| {
            let least = Measure::Pence(Ratio::new(least, 1));
            Threshold::new(least, if first { CountsFrom::First } else { CountsFrom::Above })
        });
        let parties: Vec<Party> = (rows.iter().enumerate())
            .map(|(number, (costs, cash))| {
                let mut party = Party {
                    partner: number.to_string(),
                    costs: costs.iter().map(|&cost| Ratio::new(cost, 3)).collect(),
                    ..Party::default()
                };
                for &saved in cash {
                    let saved = Ratio::new(saved, 1);
                    let year = YearSaving {
                        partner: &party.partner,
                        saved: &saved,
                        spent: None,
                        people: &Ratio::one(),
                    };
                    let brought_in = terms.brought_in(year).unwrap();
                    assert!(brought_in <= saved && brought_in >= Ratio::zero());
                    party.kept.push(saved.minus(&brought_in));
                    party.cash.push(brought_in);
                }
                party
            })
            .collect();
        let step = Ratio::new(200, 207);
        let factors: Vec<Ratio> = (0..7).map(|year| step.to_the(year)).collect();
        let statement = match Statement::settle(&terms, &parties, &factors) {
            Ok(statement) => statement,
            Err(refused) => {
                let worse = matches!(refused, SettlementError::WorseOff { .. });
                let short = matches!(
                    refused,
                    SettlementError::NoSurplus { .. } | SettlementError::NoSurplusByTerms { .. }
                );
                prop_assert!(worse && loan.is_some() || short && loss.is_none(), "{}", refused);
                return Ok(());
            }
        };
        for year in 0..7 {
            let sums = statement.payments.iter().map(|one| one.by_year[year]);
            prop_assert_eq!(Pence::total(sums).unwrap(), Pence::ZERO);
        }
        let before = Pence::total(statement.payments.iter().map(|one| one.before)).unwrap();
        let after = Pence::total(statement.payments.iter().map(|one| one.after)).unwrap();
        prop_assert_eq!(before, after);
        for (number, one) in statement.payments.iter().enumerate() {
            if rule != 6 && loss != Some(number) {
                prop_assert!(one.after >= Pence::ZERO, "{} ends at {}", number, one.after);
            }
            if !annuity && loan.is_none() {
                // Each year is closed to the penny.
                prop_assert!(one.ahead_of_cash <= Pence::new(7), "{}", one.ahead_of_cash);
            }
        }
        if let Some(loan) = &statement.loan {
            let sum = |part: fn(&LoanYear) -> &Ratio| -> Ratio { loan.years.iter().map(part).sum() };
            let given = sum(|year| &year.advanced).plus(&sum(|year| &year.interest));
            let ended = sum(|year| &year.repaid).plus(&sum(|year| &year.own)).plus(&loan.written_off).plus(&loan.owed());
            prop_assert_eq!(given, ended, "what was advanced and grew came back, was written off or is owed");
        }
    }
}
