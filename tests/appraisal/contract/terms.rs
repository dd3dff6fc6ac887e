//! Terms worked out by hand.

use super::*;
use wholeplace::finding::Finding;
use wholeplace::price::Prices;

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

/// Of 100 people 10 would have had it anyway, whether it is claimed for in one year or in two: 60 and 40 claims at 1,000
/// pounds are (100 − 10) × 1,000, as 100 claims in one year are.
#[test]
fn people_who_would_have_done_so_anyway_are_taken_off_once() {
    let contract = contract(
        "",
        &term(
            "c",
            "per-outcome",
            "tariff = [\"1000\"]\nclaims_per_person = 1\ndeadweight = \"0.1\"\ndeadweight_of = \"people\"",
        ),
    );
    let at = |years: &str, people: u64, count| Reported {
        year: year(years),
        ..reported("c", people, count)
    };
    assert_eq!(pays(&contract, &[at("2018-19", 100, 100)]), "£90,000.00");
    let payment = paid(&contract, &[at("2019-20", 100, 40), at("2018-19", 100, 60)]);
    let by_year = |payment: &Payment| -> Vec<String> {
        let years = payment.by_year.iter();
        years.map(|(_, pence)| pence.to_string()).collect()
    };
    assert_eq!(by_year(&payment), ["£50,000.00", "£40,000.00"]);
    assert_eq!(refused(&payment), [(WhyNot::Deadweight, "10000.00".into())]);
    // 4 in the first year are all of those 10, and 6 of the second; 50 more people bring 5 more.
    let payment = paid(&contract, &[at("2018-19", 100, 4), at("2019-20", 100, 40)]);
    assert_eq!(by_year(&payment), ["£0.00", "£34,000.00"]);
    let payment = paid(&contract, &[at("2018-19", 50, 40), at("2019-20", 100, 40)]);
    assert_eq!(by_year(&payment), ["£35,000.00", "£35,000.00"]);
    // Other people have their own, and a year that is not paid uses nothing up.
    let other = Reported {
        group: "others".into(),
        ..at("2019-20", 100, 40)
    };
    let some = Reported {
        group: "some".into(),
        ..at("2018-19", 100, 60)
    };
    assert_eq!(pays(&contract, &[some, other]), "£80,000.00");
    let payment = paid(&contract, &[at("2017-18", 100, 60), at("2018-19", 100, 40)]);
    assert_eq!(by_year(&payment), ["£0.00", "£30,000.00"]);
}

/// A cohort of 20 with a cap of 100 pounds each: told of as a whole beside a group of 5, the five would have two caps
/// (500 pounds); in groups of 12 and 15, seven people would (700 pounds).
#[test]
fn nobody_has_two_caps() {
    let terms = term("c", "per-outcome", CLAIMS) + &term("d", "per-outcome", CLAIMS);
    let text = text("cap_per_person = \"100\"", &terms);
    let contract =
        open(&text.replace("enters = \"2017-18\"", "enters = \"2017-18\"\npeople = 20")).unwrap();
    let of = |term: &str, group: &str, people: u64| Reported {
        group: group.into(),
        ..reported(term, people, 5)
    };
    let told = |rows: &[Reported]| -> Vec<(String, String)> {
        let faults = contract.faults(rows);
        let stake =
            |finding: &Finding| finding.at_stake.map_or_else(String::new, |p| p.to_string());
        (faults.iter())
            .map(|finding| (finding.rule.clone(), stake(finding)))
            .collect()
    };
    let fault = |rule: &str, stake: &str| vec![(rule.to_owned(), stake.to_owned())];
    assert_eq!(
        told(&[of("c", "", 20), of("d", "some", 5)]),
        fault("groups-beside-all", "£500.00")
    );
    assert_eq!(
        told(&[of("c", "some", 12), of("d", "others", 15)]),
        fault("more-than-people", "£700.00")
    );
    // The same twelve in two terms, and eight others, are the twenty.
    assert_eq!(
        told(&[
            of("c", "some", 12),
            of("d", "some", 12),
            of("d", "others", 8)
        ]),
        []
    );
    assert_eq!(told(&[of("c", "", 20), of("d", "", 5)]), []);
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
            "groups-beside-all",
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

/// Children looked after in Shropshire who had their assessment: 253 of 303 in the year to March 2020, 413 of 520 in that
/// to March 2024, the last that is published. No cohort that enters later has results yet.
#[test]
fn a_figure_of_before_the_cohort_is_no_result_of_it() {
    let of = |enters: &str, months: &str| {
        let keys = "tariff = [\"1\"]\nbetter = \"higher\"\nbaseline = { kind = \"fixed\", rate = \"0.4\" }";
        let terms = term("b", "binary", keys)
            .replace(
                "metric = \"b\"",
                "metric = \"looked-after-health-assessments\"",
            )
            .replace("months = 12", &format!("months = {months}"));
        let text = text("", &terms)
            .replace("\"ludlow\"", "\"E06000051\"")
            .replace("\"2017-18\"", &format!("\"{enters}\""));
        let folder = pack(&text);
        let place = Place::open(folder.path()).unwrap();
        let contracts = Contracts::open(&Proposals::open(&place).unwrap()).unwrap();
        let indicators = wholeplace::indicator::Indicators::open(&place).unwrap();
        let known = contracts.find("one").unwrap().known_outcomes(&indicators);
        let known = known.unwrap().into_iter().next().unwrap();
        let (people, count) = known.counts.clone().unwrap();
        let row = known.as_reported(year("2020-21"));
        (
            format!("{count} of {people}"),
            row.map(|row| (row.people, row.count)),
        )
    };
    let (known, row) = of("2019-20", "12");
    assert_eq!(known, "253 of 303");
    assert_eq!(row, Some((303, Ratio::new(253, 1))));
    // Shown, and no result.
    assert_eq!(of("2025-26", "12"), ("413 of 520".to_owned(), None));
    // Entering in the second half of the year to March 2020, people are not those of all of it.
    assert_eq!(
        of("Oct 2019 to Mar 2020", "12"),
        ("253 of 303".to_owned(), None)
    );
    // A year that ends six months after the last of them entered, and eighteen: one waits long enough.
    assert_eq!(
        of("Apr 2019 to Sep 2019", "3"),
        ("253 of 303".to_owned(), None)
    );
    assert!(of("Apr 2019 to Sep 2019", "6").1.is_some());
}

/// Cash tariffs of several years in the prices of a proposal: converted, and it says by what. Twice 1,000 pounds, of
/// 2018-19 and of 2020-21, in the prices of 2017-18 (indices 77.0388, 78.7948 and 85.1002).
#[test]
fn payments_are_converted_into_the_prices_of_a_proposal() {
    let contract = contract_without_clawback();
    let later = Reported {
        year: year("2020-21"),
        ..reported("c", 20, 10)
    };
    let payment = paid(&contract, &[reported("c", 20, 10), later]);
    let place = Place::open("examples/data/shropshire").unwrap();
    let deflator = place.prices().deflator("gdp-fy").unwrap();
    let prices = Prices::new("2017-18".parse().unwrap(), deflator, &[]).unwrap();
    let said: Vec<String> = (payment.in_prices(&prices).unwrap().iter())
        .map(|(year, pence, by)| {
            format!(
                "{year}: {} ({by})",
                pence.times(&Ratio::new(1, 100)).to_decimal(2)
            )
        })
        .collect();
    let first = 1_000.0 * index("2017-18") / index("2018-19");
    let last = 1_000.0 * 77.0388 / 85.1002;
    assert!(
        said[0].starts_with(&format!("2018-19: {first:.2} (2018-19 to 2017-18: × ")),
        "{said:?}"
    );
    assert!(
        said[1].starts_with(&format!(
            "2020-21: {last:.2} (2020-21 to 2017-18: × 0.9053 (GDP deflator, March 2026)"
        )),
        "{said:?}"
    );
}

/// The index of a year, from the file itself.
fn index(year: &str) -> f64 {
    let file = std::fs::read_to_string("examples/data/shropshire/deflators.csv").unwrap();
    let row = file.lines().find(|line| line.starts_with(year)).unwrap();
    row.split(',').nth(1).unwrap().parse().unwrap()
}

/// What has a cap by person and a cap of a term binds where the sources say it does, one after the other: the earlier
/// year first, then the earlier term of the contract.
#[test]
fn caps_are_used_up_in_the_order_of_years_and_of_terms() {
    let terms = term("first", "per-outcome", &format!("{CLAIMS}\ncap = \"300\""))
        + &term("second", "per-outcome", CLAIMS);
    let contract = contract(
        "cap_per_person = \"100\"\ncap_by_year = [\"1000\", \"200\"]\ncap = \"900\"",
        &terms,
    );
    let at = |term: &str, years: &str, count| Reported {
        year: year(years),
        ..reported(term, 10, count)
    };
    let payment = paid(
        &contract,
        &[
            at("second", "2019-20", 3),
            at("second", "2018-19", 7),
            at("first", "2018-19", 5),
        ],
    );
    let each: Vec<String> = payment
        .paid
        .iter()
        .map(|row| format!("{} {} {}", row.year, row.term, row.pence))
        .collect();
    assert_eq!(
        each,
        [
            "2018-19 first £300.00",
            "2018-19 second £600.00",
            "2019-20 second £0.00"
        ]
    );
    assert_eq!(
        refused(&payment),
        [
            (WhyNot::CapByMetric, "200.00".into()),
            (WhyNot::CapByContract, "100.00".into()),
            (WhyNot::CapByPerson, "200.00".into()),
            (WhyNot::CapByContract, "100.00".into()),
        ]
    );
}
