//! Published contracts: their terms as data, with the results that sources give. What no source gives is 1 pound or
//! 1 person, and says so.

use super::*;
use wholeplace::appraisal::contract::Cliff;

/// HMP Peterborough, social impact bond 2010 to 2015: pays for a fall of a tenth in a cohort of about 1,000, or else of
/// 7.5 % over all. Cohort 1: 142 reconvictions for 100 people against 155, 8.4 %: no payment. Over both
/// cohorts 9 %: paid. Ministry of Justice; NIESR; Civil Society 2014; Pioneers Post, 27 July 2017. What an
/// event is paid for is not published: 1 pound here.
#[test]
fn peterborough_pays_nothing_for_cohort_1_and_for_both() {
    let of = |at: &str, base: &str| {
        contract(
            "",
            &term(
                "reconvictions",
                "frequency",
                &format!(
                    "tariff = [\"1\"]\nbetter = \"lower\"\nbaseline = {{ kind = \"fixed\", rate = \"{base}\" }}\n\
                     threshold = {{ relative = \"{at}\" }}\nfrom = \"first\""
                ),
            ),
        )
    };
    let cohort = of("0.10", "1.55");
    let payment = paid(&cohort, &[reported("reconvictions", 1_000, 1_420)]);
    assert_eq!(payment.total.to_string(), "£0.00");
    assert_eq!(
        refused(&payment),
        [(WhyNot::BelowThreshold, "130.00".into())]
    );
    // A tenth of 1,550 is 155: 1,395 would have paid, and one more would not.
    let cliffs: Vec<Cliff> = cohort
        .cliffs(&[reported("reconvictions", 1_000, 1_395)])
        .unwrap();
    assert_eq!(cliffs[0].edge, Some(1_395));
    let beside = cliffs[0].beside.clone();
    assert_eq!(
        beside.map(|one| one.map(|(n, p)| format!("{n} {p}"))),
        ["1,394 £156.00", "1,395 £155.00", "1,396 £0.00"].map(|one| Some(one.to_owned()))
    );
    // Nine in a hundred fewer of 3,100 are 279, of which each pays.
    let both = of("0.075", "1.55");
    assert_eq!(
        pays(&both, &[reported("reconvictions", 2_000, 2_821)]),
        "£279.00"
    );
}

/// Local Justice Reinvestment, Ministry of Justice 2011 to 2013: half of what the fall in demand is worth up to the
/// threshold, all of it from there up to a fifth; nothing below the threshold. Adults 5 %, youth 10 %.
#[test]
fn justice_reinvestment_pays_half_and_then_all() {
    let of = |threshold: &str| {
        contract(
            "",
            &term(
                "demand",
                "demand",
                &format!(
                    "tariff = [\"1\"]\nbetter = \"lower\"\nbaseline = {{ kind = \"fixed\", count = \"10000000\" }}\n\
                     threshold = {{ relative = \"{threshold}\" }}\nfrom = \"first\"\nbands_in = \"relative\"\n\
                     bands = [{{ to = \"{threshold}\", share = \"0.5\" }}, {{ to = \"0.20\", share = \"1\" }}]"
                ),
            ),
        )
    };
    let adults = of("0.05");
    for (fall, pounds) in [
        (4, "£0.00"),
        (5, "£250,000.00"),
        (6, "£350,000.00"),
        (10, "£750,000.00"),
        (20, "£1,750,000.00"),
        (25, "£1,750,000.00"),
    ] {
        let row = reported("demand", 1, 10_000_000 - fall * 100_000);
        assert_eq!(pays(&adults, &[row]), pounds, "a fall of {fall} %");
    }
    let payment = paid(&adults, &[reported("demand", 1, 7_500_000)]);
    assert_eq!(
        refused(&payment),
        [
            (WhyNot::ShareOfPayer, "250000.00".into()),
            (WhyNot::BeyondBands, "500000.00".into())
        ]
    );
    let youth = of("0.10");
    for (fall, pounds) in [(9, "£0.00"), (10, "£500,000.00"), (15, "£1,000,000.00")] {
        let row = reported("demand", 1, 10_000_000 - fall * 100_000);
        assert_eq!(pays(&youth, &[row]), pounds, "a fall of {fall} %");
    }
}

/// Troubled Families, first phase: 4,000 pounds a family at most, of which on joining and by result 3,200 and 800
/// in 2012-13, 2,400 and 1,600, 1,600 and 2,400; a sixth of families is deducted. LocalGov; Ronicle.
#[test]
fn troubled_families_pay_less_on_joining_each_year() {
    let keys = |tariff: &str| {
        format!(
            "tariff = {tariff}\nclaims_per_person = 1\ndeadweight = \"1/6\"\ndeadweight_of = \"people\""
        )
    };
    let terms = term(
        "joins",
        "attachment",
        &keys("[\"3200\", \"2400\", \"1600\"]"),
    ) + &term(
        "result",
        "per-outcome",
        &keys("[\"800\", \"1600\", \"2400\"]"),
    );
    let contract = contract("", &terms);
    for (at, on_joining, by_result) in [
        ("2018-19", "£1,600,000.00", "£400,000.00"),
        ("2019-20", "£1,200,000.00", "£800,000.00"),
        ("2020-21", "£800,000.00", "£1,200,000.00"),
    ] {
        let of = |term: &str| Reported {
            year: year(at),
            ..reported(term, 600, 600)
        };
        // 600 families, of which 500 are paid for.
        assert_eq!(pays(&contract, &[of("joins")]), on_joining);
        assert_eq!(pays(&contract, &[of("result")]), by_result);
        assert_eq!(
            pays(&contract, &[of("joins"), of("result")]),
            "£2,000,000.00"
        );
    }
}

/// DWP Innovation Fund, round one (INDIGO, project 0139): tariffs, and 8,200 pounds a person at most.
#[test]
fn the_innovation_fund_caps_a_person() {
    let tariffs = [
        ("behaviour", 1_300),
        ("attendance", 1_400),
        ("attitude", 700),
        ("level-1", 1_100),
        ("level-2", 3_300),
        ("level-3", 5_100),
        ("work-13-weeks", 3_500),
        ("work-26-weeks", 2_000),
        ("entry-level", 900),
        ("basic-skills", 900),
    ];
    let terms: String = tariffs
        .iter()
        .map(|(code, tariff)| {
            term(
                code,
                "per-outcome",
                &format!("tariff = [\"{tariff}\"]\nclaims_per_person = 1"),
            )
        })
        .collect();
    let contract = contract("cap_per_person = \"8200\"", &terms);
    let one = |codes: &[&str]| -> Vec<Reported> {
        codes.iter().map(|code| reported(code, 1, 1)).collect()
    };
    assert_eq!(
        pays(&contract, &one(&["behaviour", "attendance", "attitude"])),
        "£3,400.00"
    );
    let payment = paid(
        &contract,
        &one(&[
            "behaviour",
            "attendance",
            "attitude",
            "level-2",
            "work-13-weeks",
        ]),
    );
    // 10,200 at the tariffs.
    assert_eq!(payment.total.to_string(), "£8,200.00");
    assert_eq!(refused(&payment), [(WhyNot::CapByPerson, "2000.00".into())]);
    // Two people who achieve the same, and one who achieves little: the cap binds for the two alone.
    let mut rows = Vec::new();
    for (group, people, codes) in [
        ("all of it", 2, &["attendance", "level-2", "level-3"][..]),
        ("a little", 1, &["attitude"][..]),
    ] {
        rows.extend(codes.iter().map(|code| Reported {
            group: group.into(),
            ..reported(code, people, i128::from(people))
        }));
    }
    assert_eq!(pays(&contract, &rows), "£17,100.00");
}

/// Greater Manchester, rough sleeping: 600 pounds after three months, for 300 people at most (180,000); 329 are
/// reported. INDIGO.
#[test]
fn the_cap_of_a_metric_binds() {
    let contract = contract(
        "",
        &term(
            "three-months",
            "per-outcome",
            "tariff = [\"600\"]\nclaims_per_person = 1\ncap = \"180000\"",
        ),
    );
    let payment = paid(&contract, &[reported("three-months", 400, 329)]);
    assert_eq!(payment.total.to_string(), "£180,000.00");
    assert_eq!(
        refused(&payment),
        [(WhyNot::CapByMetric, "17400.00".into())]
    );
}

/// Care leavers: 527 claims are paid for 231 people: a claim is no person. INDIGO. The tariff is not in our
/// sources: 1 pound.
#[test]
fn claims_may_exceed_people_where_the_term_says_so() {
    let of = |times: u8| {
        contract(
            "",
            &term(
                "education",
                "per-outcome",
                &format!("tariff = [\"1\"]\nclaims_per_person = {times}"),
            ),
        )
    };
    assert_eq!(pays(&of(3), &[reported("education", 231, 527)]), "£527.00");
    let error = of(1)
        .pay(&[reported("education", 231, 527)])
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "what was reported cannot be paid for\nresults.csv: count: 527 claims of `education` for `all`, and 231 people may be \
         claimed for 1 each (claims-above-people)\n  £296.00 at stake\n  take out what is claimed twice, or correct the people\n\
         1 finding; £296.00 at stake"
    );
}

/// Skill Mill: a young person who achieves everything. INDIGO.
#[test]
fn skill_mill_pays_all_of_one_person() {
    let tariffs = [4_390, 1_310, 8_240, 9_340, 430, 320];
    let terms: String = (tariffs.iter().enumerate())
        .map(|(number, tariff)| {
            term(
                &format!("t{number}"),
                "per-outcome",
                &format!("tariff = [\"{tariff}\"]\nclaims_per_person = 1"),
            )
        })
        .collect();
    let rows: Vec<Reported> = (0..6)
        .map(|number| reported(&format!("t{number}"), 1, 1))
        .collect();
    assert_eq!(pays(&contract("", &terms), &rows), "£24,030.00");
}

/// Shared savings of US Medicare (42 CFR 425): the threshold falls from 3.9 % at 5,000 people to 2.0 % at 60,000 on a
/// straight line; above it the share is of the first pound: half, times quality, times 0.98; a tenth of the
/// benchmark at most.
#[test]
fn shared_savings_have_a_threshold_that_falls_with_people() {
    let contract = contract(
        "",
        &term(
            "cost",
            "gain-share",
            "better = \"lower\"\nbaseline = { kind = \"fixed\", rate = \"10000\" }\n\
             threshold = { by_people = [{ people = 5000, at = \"0.039\" }, { people = 60000, at = \"0.020\" }], scale = \"relative\" }\n\
             from = \"first\"\nbands = [{ share = \"0.49\" }]\nbands_in = \"relative\"\ntimes_quality = true\nlimit = \"0.10\"",
        ),
    );
    let of = |people: u64, saved: i128| Reported {
        quality: Some(Ratio::new(9, 10)),
        ..reported("cost", people, i128::from(people) * 10_000 - saved)
    };
    // 3.9 % of 50 million pounds.
    assert_eq!(pays(&contract, &[of(5_000, 1_950_000)]), "£859,950.00");
    assert_eq!(pays(&contract, &[of(5_000, 1_949_999)]), "£0.00");
    // Half-way, 2.95 % of 325 million; and no lower than 2 % beyond the table.
    assert_eq!(pays(&contract, &[of(32_500, 9_587_500)]), "£4,228,087.50");
    assert_eq!(pays(&contract, &[of(32_500, 9_587_499)]), "£0.00");
    assert_eq!(pays(&contract, &[of(100_000, 20_000_000)]), "£8,820,000.00");
    assert_eq!(pays(&contract, &[of(100_000, 19_999_999)]), "£0.00");
    let payment = paid(&contract, &[of(5_000, 15_000_000)]);
    assert_eq!(payment.total.to_string(), "£5,000,000.00");
    assert_eq!(
        refused(&payment).last(),
        Some(&(WhyNot::Limit, "1615000.00".into()))
    );
}

/// Transforming Rehabilitation: a frequency term pays only where the share who reoffend is not worse than its
/// baseline (Justice Committee HC 1004, 2014, paragraph 66). Against 47.5 %, 45.6 % in the last quarter of 2015.
/// The tariffs and the baseline of frequency are not published: 1 pound, and 2 offences each.
#[test]
fn a_binary_hurdle_stands_before_frequency() {
    let keys = |rate: &str| {
        format!(
            "tariff = [\"1\"]\nbetter = \"lower\"\nbaseline = {{ kind = \"fixed\", rate = \"{rate}\" }}"
        )
    };
    let terms = term("binary", "binary", &keys("0.475"))
        + &term(
            "frequency",
            "frequency",
            &(keys("2") + "\nhurdle = \"binary\""),
        );
    let contract = contract("", &terms);
    let both = |reoffend: i128| {
        [
            reported("binary", 1_000, reoffend),
            reported("frequency", 1_000, 1_900),
        ]
    };
    assert_eq!(pays(&contract, &both(456)), "£119.00");
    let payment = paid(&contract, &both(476));
    assert_eq!(payment.total.to_string(), "£0.00");
    assert_eq!(
        refused(&payment),
        [
            (WhyNot::NoImprovement, "0.00".into()),
            (WhyNot::Hurdle, "100.00".into())
        ]
    );
    let payment = paid(&contract, &both(456)[1..]);
    assert_eq!(
        refused(&payment),
        [(WhyNot::HurdleNotReported, "100.00".into())]
    );
}
