//! Terms worked out by hand.

use super::*;
use wholeplace::finding::Finding;

const CLAIMS: &str = "tariff = [\"100\"]\nclaims_per_person = 1";

fn binary(keys: &str) -> Contract {
    contract(
        "",
        &term(
            "b",
            "binary",
            &format!("tariff = [\"1000\"]\nbetter = \"lower\"\n{keys}"),
        ),
    )
}

#[test]
fn above_a_threshold_only_what_is_above_is_paid() {
    let of = |from: &str| {
        binary(&format!(
            "baseline = {{ kind = \"fixed\", rate = \"0.40\" }}\nthreshold = {{ points = \"0.05\" }}\nfrom = \"{from}\""
        ))
    };
    // 80 of 200 expected, 66 counted: 14 fewer, of which 10 are the threshold.
    let row = reported("b", 200, 66);
    assert_eq!(pays(&of("first"), std::slice::from_ref(&row)), "£14,000.00");
    let payment = paid(&of("above"), &[row]);
    assert_eq!(payment.total.to_string(), "£4,000.00");
    assert_eq!(
        refused(&payment),
        [(WhyNot::UpToThreshold, "10000.00".into())]
    );
    assert_eq!(pays(&of("above"), &[reported("b", 200, 70)]), "£0.00");
    assert_eq!(pays(&of("first"), &[reported("b", 200, 70)]), "£10,000.00");
    assert_eq!(pays(&of("first"), &[reported("b", 200, 71)]), "£0.00");
}

#[test]
fn a_comparison_group_moves_the_baseline() {
    let contract = binary("baseline = { kind = \"comparison\", people = 300 }");
    let of = |people, count| Reported {
        comparison: beside(people, count),
        ..reported("b", 200, 70)
    };
    // 44 % of the others, 88 of 200.
    assert_eq!(pays(&contract, &[of(500, 220)]), "£18,000.00");
    let payment = paid(&contract, &[of(250, 110)]);
    assert_eq!(
        refused(&payment),
        [(WhyNot::ComparisonTooSmall, "18000.00".into())]
    );
    let error = contract
        .pay(&[reported("b", 200, 70)])
        .unwrap_err()
        .to_string();
    assert!(error.contains("(no-comparison-group)"), "{error}");
}

/// 1.96 standard errors of a difference of counts: the variance of 60 of 200 is 42, that of a baseline of 80 of 200 is 48.
#[test]
fn standard_errors_are_compared_without_rounding() {
    let of = |baseline: &str| {
        binary(&format!(
            "baseline = {baseline}\nthreshold = {{ standard_errors = \"1.96\" }}\nfrom = \"first\""
        ))
    };
    // √42 × 1.96 = 12.7 alone, √90 × 1.96 = 18.6 with that of the baseline.
    let alone = of("{ kind = \"fixed\", rate = \"0.40\" }");
    let both = of("{ kind = \"earlier-cohort\", count = \"80\", people = 200 }");
    assert_eq!(pays(&alone, &[reported("b", 200, 60)]), "£20,000.00");
    assert_eq!(pays(&both, &[reported("b", 200, 60)]), "£20,000.00");
    assert_eq!(pays(&alone, &[reported("b", 200, 65)]), "£15,000.00");
    assert_eq!(pays(&both, &[reported("b", 200, 65)]), "£0.00");
}

#[test]
fn what_would_have_come_anyway_is_of_claims_or_of_people() {
    let of = |what: &str| {
        contract(
            "",
            &term(
                "c",
                "per-outcome",
                &format!("{CLAIMS}\ndeadweight = \"0.1\"\ndeadweight_of = \"{what}\""),
            ),
        )
    };
    assert_eq!(pays(&of("claims"), &[reported("c", 100, 40)]), "£3,600.00");
    assert_eq!(pays(&of("people"), &[reported("c", 100, 40)]), "£3,000.00");
    let payment = paid(&of("people"), &[reported("c", 100, 8)]);
    assert_eq!(payment.total.to_string(), "£0.00");
    assert_eq!(refused(&payment), [(WhyNot::Deadweight, "800.00".into())]);
}

#[test]
fn what_did_not_last_is_taken_back_at_what_was_paid_for_it() {
    let contract = contract(
        "cap_by_year = [\"500\", \"9000\"]",
        &term("c", "per-outcome", &format!("{CLAIMS}\nclawback = \"0.5\"")),
    );
    let first = reported("c", 20, 10);
    let later = Reported {
        year: year("2019-20"),
        returned: Ratio::new(4, 1),
        ..reported("c", 20, 0)
    };
    // Ten claims came to 500 under the cap, 50 each; half of four of them is 100.
    let payment = paid(&contract, &[later.clone(), first]);
    assert_eq!(
        payment
            .by_year
            .iter()
            .map(|(_, p)| p.to_string())
            .collect::<Vec<_>>(),
        ["£500.00", "-£100.00"]
    );
    assert_eq!(payment.total.to_string(), "£400.00");
    let none = contract_without_clawback();
    let payment = paid(&none, &[reported("c", 20, 10), later]);
    assert_eq!(payment.total.to_string(), "£1,000.00");
    assert_eq!(refused(&payment), [(WhyNot::NoClawback, "0.00".into())]);
}

fn contract_without_clawback() -> Contract {
    contract("", &term("c", "per-outcome", CLAIMS))
}

#[test]
fn a_year_outside_the_contract_is_not_paid() {
    let row = Reported {
        year: year("2023-24"),
        ..reported("c", 20, 10)
    };
    let payment = paid(&contract_without_clawback(), &[row]);
    assert_eq!(
        refused(&payment),
        [(WhyNot::OutsideTheContract, "1000.00".into())]
    );
}

/// The deflator of the sample has 77.0388 for 2017-18 and 85.1002 for 2020-21.
#[test]
fn a_tariff_rises_with_prices_and_says_so() {
    let contract = contract(
        "tariffs = \"2017-18\"\ndeflator = \"gdp-fy\"",
        &term("c", "per-outcome", CLAIMS),
    );
    let row = Reported {
        year: year("2020-21"),
        ..reported("c", 20, 10)
    };
    let payment = paid(&contract, &[row]);
    // 1,000 × 85.1002 / 77.0388 = 1,104.64.
    assert_eq!(payment.total.to_string(), "£1,104.64");
    assert_eq!(
        payment.notes.iter().collect::<Vec<_>>(),
        ["2017-18 to 2020-21: × 1.1046 (GDP deflator, March 2026)"]
    );
}

#[test]
fn payers_pay_their_shares_to_the_penny() {
    let text = text(
        "",
        &term(
            "c",
            "per-outcome",
            "tariff = [\"0.01\"]\nclaims_per_person = 1",
        ),
    );
    let thirds = "payers = [{ payer = \"shropshire-council\", share = \"1/3\" }, { payer = \"police\", share = \"1/3\" }, { payer = \"courts\", share = \"1/3\" }]";
    let text = text.replace(
        "payers = [{ payer = \"shropshire-council\", share = \"1\" }]",
        thirds,
    );
    let contract = open(&text).unwrap();
    let payment = paid(&contract, &[reported("c", 20, 10)]);
    let shares: Vec<String> = payment
        .by_payer
        .iter()
        .map(|(payer, p)| format!("{} {p}", payer.name))
        .collect();
    assert_eq!(
        shares,
        [
            "Shropshire Council £0.04",
            "West Mercia Police £0.03",
            "HM Courts and Tribunals Service £0.03"
        ]
    );
}

#[test]
fn a_fee_and_a_part_of_an_outcome() {
    let terms = term("fee", "fee", "tariff = [\"250\"]")
        + &term(
            "c",
            "per-outcome",
            &format!("{CLAIMS}\ntogether = \"work\"\npart = \"1/4\""),
        );
    let contract = contract("", &terms);
    assert_eq!(
        pays(&contract, &[reported("fee", 0, 12), reported("c", 20, 10)]),
        "£3,250.00"
    );
}

/// All that is wrong with what was reported, at once.
#[test]
fn every_fault_of_what_was_reported_is_told() {
    let terms = term("c", "per-outcome", CLAIMS)
        + &term(
            "b",
            "binary",
            "tariff = [\"1\"]\nbetter = \"lower\"\nbaseline = { kind = \"fixed\", rate = \"0.4\" }",
        );
    let contract = contract("", &terms);
    let half = Reported {
        count: Ratio::new(7, 2),
        ..reported("c", 20, 0)
    };
    let rows = [
        half,
        Reported {
            cohort: "none".into(),
            ..reported("c", 20, 1)
        },
        reported("d", 20, 1),
        reported("b", 20, 21),
        reported("b", 20, 5),
        Reported {
            group: "more".into(),
            ..reported("c", 20, 21)
        },
        Reported {
            group: "back".into(),
            returned: Ratio::new(3, 1),
            ..reported("c", 20, 2)
        },
    ];
    let Err(ContractError::Reported(faults)) = contract.pay(&rows) else {
        panic!("it is refused");
    };
    let rules: Vec<&str> = faults
        .iter()
        .map(|finding: &Finding| finding.rule.as_str())
        .collect();
    assert_eq!(
        rules,
        [
            "claim-not-whole",
            "unknown-code",
            "unknown-code",
            "more-than-people",
            "result-given-twice",
            "returned-above-claims",
            "claims-above-people",
        ]
    );
}

/// Every fault of a contract, at once.
#[test]
fn every_fault_of_a_contract_is_told() {
    let text = text(
        "cap = \"many\"",
        &(term("c", "per-outcome", "tariff = [\"100\"]\nbetter = \"lower\"")
            + &term(
                "b",
                "binary",
                "tariff = [\"1\"]\nbetter = \"lower\"\nbaseline = { kind = \"fixed\" }\nhurdle = \"b\"",
            )),
    );
    let text = text
        .replace("share = \"1\"", "share = \"0.9\"")
        .replace("locality = \"ludlow\"", "locality = \"ludlov\"");
    let Err(ContractError::Faults(faults)) = open(&text) else {
        panic!("it is refused");
    };
    let rules: Vec<&str> = faults.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(
        rules,
        [
            "unknown-code",
            "payers-are-not-the-whole",
            "not-a-number",
            "key-of-another-kind",
            "key-of-another-kind",
            "baseline-unclear",
            "hurdle-unclear",
        ],
        "{faults}"
    );
    assert!(
        faults.iter().all(|finding| finding.position.line.is_some()),
        "{faults}"
    );
}

/// What an indicator knows is a result where it is known for the place itself; for Ludlow it is not.
#[test]
fn a_figure_of_the_county_is_no_result_of_ludlow() {
    let keys =
        "tariff = [\"1\"]\nbetter = \"lower\"\nbaseline = { kind = \"fixed\", rate = \"0.4\" }";
    let of = |locality: &str, metric: &str| {
        let text = text(
            "",
            &term("b", "binary", keys).replace("metric = \"b\"", &format!("metric = \"{metric}\"")),
        );
        let folder = pack(&text.replace("\"ludlow\"", &format!("\"{locality}\"")));
        let place = Place::open(folder.path()).unwrap();
        let contracts = Contracts::open(&Proposals::open(&place).unwrap()).unwrap();
        let indicators = wholeplace::indicator::Indicators::open(&place).unwrap();
        let known = contracts
            .find("one")
            .unwrap()
            .known_outcomes(&indicators)
            .unwrap();
        known.into_iter().next()
    };
    let ludlow = of("ludlow", "reoffending-15-17").unwrap();
    assert!(ludlow.only_for.is_some() && ludlow.figure.is_none());
    assert_eq!(ludlow.lag.as_ref().map(|lag| lag.months), Some(12));
    assert!(!ludlow.measured_too_early);
    assert!(ludlow.as_reported(year("2018-19")).is_none());
    let county = of("E06000051", "reoffending-15-17").unwrap();
    assert_eq!(county.status.to_string(), "value");
    assert!(county.figure.is_some() && county.only_for.is_none());
    assert!(of("ludlow", "something-else").is_none());
}
