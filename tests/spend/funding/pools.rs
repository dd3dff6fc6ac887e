//! Pooled funds: what is left, what is due, who shares it.

use super::*;

const POOL: &str = "2023-24 pool held 1000
     2023-24 council pays pool pool-contribution 6000
     2023-24 nhs pays pool pool-contribution 3000
     2023-24 pool spends 7000
     2023-24 pool pays charity contract 2000.01
     2024-25 council pays pool pool-contribution 6000
     2024-25 nhs pays pool pool-contribution 3000
     2024-25 pool spends 10000";

fn pool(rest: &str) -> Told {
    Told::new("pool council", "nhs charity", &format!("{POOL}\n{rest}"))
}

#[test]
fn what_is_left_is_carried_forward() {
    let statement = pool("").pool(PoolRule::CarriedForward);
    shown(
        &statement.to_string(),
        "Pooled fund: pool
                                       2023-24      2024-25
         held from earlier years     £1,000.00      £999.99
         put in by council           £6,000.00    £6,000.00
         put in by nhs               £3,000.00    £3,000.00
         all contributions           £9,000.00    £9,000.00
         spent                       £7,000.00   £10,000.00
         paid to partners            £2,000.01        £0.00
         surplus, or deficit (-)       £999.99       -£0.01
         carried forward               £999.99       -£0.01
         Section 75 agreement, April 2023. What is left at the end of a year is carried forward. The host is council.",
    );
    // 9,000.01 over 6,000 : 3,000 : 1,000, and 10,000 over 6,000 : 3,000 : 999.99.
    shown(
        &statement.attribution_table().to_string(),
        "Pooled fund: pool: spending by whose money went in
                                       2023-24      2024-25
         council                     £5,400.01    £6,000.01
         nhs                         £2,700.00    £3,000.00
         held from earlier years       £900.00      £999.99
         This is attribution, not a fact of any ledger: the spending of a year is divided in proportion to what each put in, and what was held from earlier years.",
    );
}

#[test]
fn what_is_left_is_shared_as_the_agreement_says() {
    let told = pool("");
    shown(
        &told.pool(PoolRule::ByContribution).to_string(),
        "Pooled fund: pool
                                       2023-24      2024-25
         held from earlier years     £1,000.00        £0.00
         put in by council           £6,000.00    £6,000.00
         put in by nhs               £3,000.00    £3,000.00
         all contributions           £9,000.00    £9,000.00
         spent                       £7,000.00   £10,000.00
         paid to partners            £2,000.01        £0.00
         surplus, or deficit (-)       £999.99   -£1,000.00
         due to (-: from) council      £666.66     -£666.67
         due to (-: from) nhs          £333.33     -£333.33
         carried forward                 £0.00        £0.00
         Section 75 agreement, April 2023. What is left at the end of a year is shared by what each partner put in that year. The host is council.",
    );
    let due = |rule| -> Vec<Vec<String>> {
        let statement = told.pool(rule);
        let of_year = |year: &wholeplace::account::PoolYear| {
            let due = year.due.iter();
            due.map(|due| format!("{} {}", due.partner, due.pence))
                .collect()
        };
        statement.years().iter().map(of_year).collect()
    };
    assert_eq!(
        due(PoolRule::Equally),
        [
            ["council £500.00", "nhs £499.99"],
            ["council -£500.00", "nhs -£500.00"]
        ]
    );
    assert_eq!(
        due(PoolRule::Host),
        [["council £999.99"], ["council -£1,000.00"]]
    );
}

/// What was due is paid in the next year: that is neither spending nor a contribution of it.
#[test]
fn repayments_settle_what_was_due_first() {
    let told = pool(
        "2024-25 pool pays council repayment 700
         2024-25 pool pays nhs repayment 333.33
         2025-26 council pays pool repayment 688.89
         2025-26 nhs pays pool repayment 400",
    );
    let statement = told.pool(PoolRule::ByContribution);
    shown(
        &statement.to_string(),
        "Pooled fund: pool
                                                   2023-24     2024-25   2025-26
         held from earlier years                 £1,000.00       £0.00     £0.00
         put in by council                       £6,000.00   £6,000.00     £0.00
         put in by nhs                           £3,000.00   £3,000.00    £55.55
         all contributions                       £9,000.00   £9,000.00    £55.55
         spent                                   £7,000.00  £10,000.00     £0.00
         paid to partners                        £2,000.01       £0.00     £0.00
         given back                                  £0.00      £33.34     £0.00
         surplus, or deficit (-)                   £999.99  -£1,033.34    £55.55
         due to (-: from) council                  £666.66    -£688.89     £0.00
         due to (-: from) nhs                      £333.33    -£344.45    £55.55
         carried forward                             £0.00       £0.00     £0.00
         earlier dues paid to (-: by) council        £0.00     £666.66  -£688.89
         earlier dues paid to (-: by) nhs            £0.00     £333.33  -£344.45
         Section 75 agreement, April 2023. What is left at the end of a year is shared by what each partner put in that year. The host is council.",
    );
}

#[test]
fn a_deficit_without_contributors_is_shared_with_nobody() {
    let story = "2023-24 council pays pool pool-contribution 100
         2023-24 pool spends 100
         2024-25 pool spends 40
         2025-26 council pays pool pool-contribution 10
         2025-26 pool spends 10";
    let told = Told::new("pool council", "", story);
    for rule in [PoolRule::ByContribution, PoolRule::Equally] {
        shown(
            &told.pool(rule).to_table().rows()[4].join(" "),
            "not shared: nobody contributed this year    £0.00  -£40.00   £0.00",
        );
        assert!(told.pool(rule).years()[1].due.is_empty());
        assert_eq!(told.pool(rule).years()[2].opening, Pence::ZERO);
    }
    let carried = told.pool(PoolRule::CarriedForward);
    assert_eq!(carried.years()[2].opening, pounds("-40"));
    let attributed = &carried.years()[1].attribution;
    assert_eq!(
        attributed[0].name,
        "not attributed: nothing had been put in"
    );
    assert_eq!(attributed[0].spending, pounds("40"));
}

#[test]
fn a_pool_whose_ledger_is_not_held_has_no_statement() {
    let told = Told::new(
        "council",
        "pool",
        "2023-24 council pays pool pool-contribution 1",
    );
    let pool = Pool {
        partner: told.id("pool"),
        host: told.id("council"),
        agreement: String::new(),
        rule: PoolRule::Host,
    };
    assert_eq!(
        PoolStatement::of(&pool, &told.flows, &told.partners).unwrap_err(),
        FundingError::PoolNotHeld {
            pool: "pool".to_owned()
        }
    );
}

#[test]
fn statements_are_written_with_codes_and_plain_pounds() {
    let told = pool("");
    let json = serde_json::to_value(told.pool(PoolRule::Host)).unwrap();
    assert_eq!(json["pool"], "pool");
    assert_eq!(json["rule"], "host");
    assert_eq!(json["years"][0]["year"], "2023-24");
    assert_eq!(json["years"][0]["due"][0]["partner"], "council");
    assert_eq!(json["years"][0]["due"][0]["pence"], "999.99");
    let set = [told.id("council"), told.id("nhs")];
    let balances = Balances::of(&told.flows).unwrap();
    let statement = balances.statement(set, &told.partners).unwrap();
    let json = serde_json::to_value(statement).unwrap();
    assert_eq!(json["partners"][0]["code"], "council");
    assert_eq!(json["not_held"][0]["code"], "nhs");
    assert_eq!(json["years"][1]["outgoing"], "6000.00");
}
