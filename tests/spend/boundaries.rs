//! One account of many partners: who is inside decides what counts.

use crate::fixtures::partners::{Built, place, try_place};
use wholeplace::account::Boundary;
use wholeplace::axis::{Ages, Evidence, Phase, Resource};
use wholeplace::cube::{By, Memorandum, OverlapScope, Overlaps};
use wholeplace::finding::Findings;

/// The worked case of the field: the Ministry grants the PCC 400, who spends 250 and grants the
/// council 150, who spends 60 and pays the charity 90, who spends it.
const CHAIN: &str = "
    pcc     | 2024-25 | -400 | grant    | ministry | youth
    pcc     | 2024-25 |  250 |          |          | youth | north
    pcc     | 2024-25 |  150 | grant    | council  | youth
    council | 2024-25 | -150 | grant    | pcc      | youth
    council | 2024-25 |   60 |          |          | youth | south
    council | 2024-25 |   90 | contract | charity  | youth | north
    charity | 2024-25 |  -90 | contract | council  | youth
    charity | 2024-25 |   90 |          |          | youth | north
";

#[test]
fn a_chain_of_grants_counts_once_and_all_three_roles_agree() {
    let chain = place(CHAIN, "");
    let year = "2024-25";
    // The Ministry's ledger is not held: what it paid is known from the PCC's income.
    let whole = "pcc,council,charity";
    assert_eq!(
        chain.total(whole, year),
        "400; eliminated 240, incoming 400"
    );
    assert_eq!(chain.by(whole, year, "funder"), "ministry 400");
    assert_eq!(
        chain.by(whole, year, "deliverer"),
        "charity 90, council 60, pcc 250"
    );
    // The PCC decided on what it spends, the council on what it was granted and its contract.
    assert_eq!(
        chain.by(whole, year, "commissioner"),
        "council 150, pcc 250"
    );
    let answer = chain.ask(whole, year).answer().unwrap();
    assert_eq!(answer.total.gross().unwrap().to_string(), "£640.00");
    // Everybody: the Ministry inside, its ledger not held, is where the money comes from.
    assert_eq!(chain.total("all-partners", year), "400; eliminated 240");
}

#[test]
fn each_boundary_is_another_answer_over_the_same_records() {
    let chain = place(CHAIN, "");
    let cases = "
        pcc             | 400; eliminated 0, incoming 400, of it outgoing 150
        council         | 150; eliminated 0, incoming 150, of it outgoing 90
        charity         |  90; eliminated 0, incoming 90
        pcc,council     | 400; eliminated 150, incoming 400, of it outgoing 90
        council,charity | 150; eliminated 90, incoming 150
        pcc,charity     | 490; eliminated 0, incoming 490, of it outgoing 150
        ministry        |   0; eliminated 0
    ";
    for case in cases.lines().filter(|line| line.contains('|')) {
        let (boundary, wanted) = case.split_once('|').unwrap();
        assert_eq!(chain.total(boundary.trim(), "2024-25"), wanted.trim());
    }
    // Without the charity inside, it is paid, and delivers.
    assert_eq!(
        chain.by("pcc,council", "2024-25", "deliverer"),
        "charity 90, council 60, pcc 250"
    );
    assert_eq!(chain.by("pcc,council", "2024-25", "funder"), "ministry 400");
}

#[test]
fn what_is_eliminated_has_places_like_any_other_money() {
    let chain = place(CHAIN, "");
    let north = chain.ask("all-partners", "2024-25").locality("north");
    let answer = north.clone().answer().unwrap();
    // 250 and 90 are recorded in the north. Of the grant of 150 to the council, recorded for the
    // county, three tenths of the residents; the contract of 90 is recorded there.
    assert_eq!(
        crate::fixtures::partners::words(&answer),
        "340; eliminated 135"
    );
    let explained = north.explain(None, &chain.account).unwrap();
    let gone: Vec<&str> = (explained.memoranda[&Memorandum::Eliminated].iter())
        .map(|part| part.recorded["paid"].as_str())
        .collect();
    assert_eq!(gone, ["contract to charity", "grant to council"]);
}

#[test]
fn figures_that_differ_are_both_kept_and_one_counts() {
    let table = "
        council | 2024-25 |  150 | grant | charity
        council | 2024-25 |   10 |       |
        charity | 2024-25 | -147 | grant | council
        charity | 2024-25 |  147 |       |
    ";
    let payers = place(table, "");
    assert_eq!(
        payers.total("all-partners", "2024-25"),
        "157; eliminated 150"
    );
    let terms = "
[[transfer]]
payer = \"council\"
payee = \"charity\"
figure = \"payee\"
days = 0
pounds = \"0\"
";
    let payees = place(table, terms);
    assert_eq!(
        payees.total("all-partners", "2024-25"),
        "160; eliminated 147"
    );
    for built in [&payers, &payees] {
        let pairs = built.account.transfers().pairs();
        assert_eq!(pairs.len(), 1);
        assert_eq!(pairs[0].difference.to_string(), "£3.00");
        assert!(pairs[0].reconciliation.holds());
    }
}

#[test]
fn a_payment_to_an_insider_whose_ledger_is_not_held_stays() {
    let table = "
        council | 2024-25 | 150 | grant    | charity
        council | 2024-25 |  10 |          |
        council | 2024-25 | 500 | agency   | county
    ";
    let built = place(table, "");
    assert_eq!(
        built.total("all-partners", "2024-25"),
        "160; eliminated 0, agency 500, of it through unheld 150"
    );
    assert_eq!(
        built.by("all-partners", "2024-25", "deliverer"),
        "charity 150, council 10, county 0"
            .strip_suffix(", county 0")
            .unwrap()
    );
}

#[test]
fn a_grant_counts_in_the_year_it_is_spent() {
    let built = place(
        "
        council | 2025-03-28 |  100 | grant | charity
        charity | 2025-04-02 | -100 | grant | council
        charity | 2025-06-30 |   40 |       |
        charity | 2026-05-31 |   60 |       |
        ",
        "
[[transfer]]
payer = \"council\"
payee = \"charity\"
figure = \"payer\"
days = 10
pounds = \"0\"
",
    );
    assert_eq!(built.total("all-partners", "2024-25"), "0; eliminated 100");
    assert_eq!(built.total("all-partners", "2025-26"), "40; eliminated 0");
    assert_eq!(built.total("all-partners", "2026-27"), "60; eliminated 0");
    assert_eq!(built.by("all-partners", "2026-27", "funder"), "council 60");
    let pair = &built.account.transfers().pairs()[0];
    assert_eq!(pair.matches.len(), 1);
    assert!(pair.matches[0].crosses_year_end);
    // The charity's ledger begins a year later than the payment: somebody should know.
    let finding = found(&built, "paid-in-a-year-without-ledger");
    assert_eq!(finding.at_stake.unwrap().to_string(), "£100.00");
    assert_eq!(finding.position.to_string(), "council.csv:2");
}

#[test]
fn a_stated_half_of_a_pass_through_is_eliminated() {
    // The intermediary's ledger is not held. Half of what it gets goes on to the charity, whose
    // ledger is.
    let table = "
        council | 2024-25 | 100 | by-rule | fund
        charity | 2024-25 |  50 |         |
    ";
    let rule = |more: &str| {
        format!(
            r#"
[[counterparty]]
rows = [{{ ledger = "council", match = "exact", text = "fund", partner = "fund", kind = "pass-through"{more} }}]
"#
        )
    };
    let half = place(table, &rule(r#", share = "0.5", onward = "charity""#));
    assert_eq!(
        half.total("all-partners", "2024-25"),
        "100; eliminated 50, of it through unheld 50"
    );
    // Without the fund inside, its half is outgoing; the other half still ends with an insider.
    assert_eq!(
        half.total("council,charity", "2024-25"),
        "100; eliminated 50, of it outgoing 50"
    );
    assert_eq!(
        half.total("council", "2024-25"),
        "100; eliminated 0, of it outgoing 100"
    );
    let plain = place(table, &rule(""));
    assert_eq!(
        plain.total("all-partners", "2024-25"),
        "150; eliminated 0, of it through unheld 100"
    );
    let answer = half.ask("all-partners", "2024-25").answer().unwrap();
    assert_eq!(answer.total.composition.judgement.to_string(), "£50.00");
    for (more, wanted) in [
        (
            r#", share = "1.5", onward = "charity""#,
            "`1.5` is not a share",
        ),
        (r#", share = "0.5""#, "does not say to whom"),
        (
            r#", share = "0.5", onward = "fund""#,
            "cannot pass money on to itself",
        ),
    ] {
        let error = try_place(table, &rule(more)).err().unwrap().to_string();
        assert!(error.contains(wanted), "{error}");
    }
}

#[test]
fn two_who_pay_each_other_are_solved_and_not_looped() {
    // Of the council's 100 the charity uses 60 and gives back 40 for rooms.
    let built = place(
        "
        council | 2024-25 | 100 | contract | charity
        council | 2024-25 |  90 |          |
        charity | 2024-25 |  40 | recharge | council
        charity | 2024-25 |  80 |          |
        ",
        "",
    );
    assert_eq!(
        built.total("all-partners", "2024-25"),
        "170; eliminated 140"
    );
    // Council uses 190, gets 40, own 150. Charity uses 120, gets 100, own 20.
    // C = 150/190 + 40/190 × H, H = 100/120 × C, of the council's own money:
    // C = (150/190) / (1 − 40/190 × 100/120) = 0.957…; H = 0.797…
    let answer = built
        .ask("all-partners", "2024-25")
        .by([By::Funder])
        .answer()
        .unwrap();
    assert_eq!(answer.total.amount.to_string(), "£170.00");
    let rows: Vec<String> = (answer.rows.iter())
        .map(|row| format!("{} {}", row.keys[0].code, row.figure.amount))
        .collect();
    assert_eq!(rows, ["charity £20.00", "council £150.00"]);
}

#[test]
fn a_circle_into_which_no_money_comes_is_an_error_that_names_it() {
    let built = place(
        "
        council | 2024-25 | 100 | grant | charity
        charity | 2024-25 | 100 | grant | trust
        trust   | 2024-25 | 100 | grant | council
        police  | 2024-25 |  50 |       |
        ",
        "",
    );
    assert_eq!(built.total("all-partners", "2024-25"), "50; eliminated 300");
    let by = [wholeplace::cube::By::Funder];
    let error = (built.ask("all-partners", "2024-25").by(by).answer()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "in 2024-25 charity, council, trust pay each other, and no other money is known to come \
         in: whose it is cannot be said; write down what one of them held before, or what it spent"
    );
    // The police have nothing to do with it.
    assert_eq!(built.by("police", "2024-25", "deliverer"), "police 50");
}

fn rules(findings: &Findings) -> Vec<(&str, String)> {
    (findings.iter())
        .map(|finding| {
            let stake = finding
                .at_stake
                .map_or("-".to_owned(), |pence| pence.to_string());
            (finding.rule.as_str(), stake)
        })
        .collect()
}

fn found<'a>(built: &'a Built, rule: &str) -> &'a wholeplace::finding::Finding {
    let findings = built.account.findings();
    (findings.iter().find(|finding| finding.rule == rule))
        .unwrap_or_else(|| panic!("{rule} is not among {:?}", rules(findings)))
}

#[test]
fn two_rules_that_claim_one_line_are_a_fault_with_lines_and_pence() {
    let table = "
        council | 2024-25 | 100 | grant | charity
        council | 2024-25 |  30 | grant | charity
        charity | 2024-25 |  50 |       |
    ";
    let second = "
[[counterparty]]
rows = [{ ledger = \"every\", match = \"exact\", text = \"charity\", and_code = \"kind\", and_text = \"payer grant\", partner = \"charity\", kind = \"contract\" }]
";
    let built = place(table, second);
    let finding = found(&built, "two-rules-claim-one-line");
    assert_eq!(finding.at_stake.unwrap().to_string(), "£130.00");
    assert!(
        finding.found.contains("council.csv:2, council.csv:3"),
        "{finding}"
    );
    // Until one rule claims them, the lines stay spending.
    assert_eq!(built.total("all-partners", "2024-25"), "180; eliminated 0");
}

#[test]
fn a_partner_that_pays_itself_and_a_pool_without_agreement_are_faults() {
    let built = place(
        "
        council | 2024-25 | 100 | recharge          | council
        council | 2024-25 |  70 | pool-contribution | pool
        pool    | 2024-25 |  70 |                   |
        ",
        "",
    );
    let own = found(&built, "partner-pays-itself");
    assert_eq!(own.at_stake.unwrap().to_string(), "£100.00");
    let pool = found(&built, "pool-without-agreement");
    assert_eq!(pool.at_stake.unwrap().to_string(), "£70.00");
    assert!(pool.found.contains("council.csv:3"), "{pool}");
}

#[test]
fn money_got_back_lowers_what_was_paid_wherever_the_boundary_runs() {
    // The charity's ledger is not held; what it sent back was not spent.
    let paid = place(
        "
        council | 2024-25 | 100 | contract  | charity
        council | 2024-25 | -40 | repayment | charity
        ",
        "",
    );
    assert_eq!(
        paid.total("council", "2024-25"),
        "60; eliminated 0, of it outgoing 60"
    );
    assert_eq!(
        paid.total("all-partners", "2024-25"),
        "60; eliminated 0, of it through unheld 60"
    );
    for boundary in ["council", "all-partners"] {
        assert_eq!(paid.by(boundary, "2024-25", "deliverer"), "charity 60");
    }
    // Of what the council paid nothing is in the account, so nothing can be taken off it.
    let got = place(
        "
        council | 2024-25 | -4 | repayment | charity
        charity | 2024-25 | 10 |           |
        ",
        "",
    );
    assert_eq!(got.total("all-partners", "2024-25"), "10; eliminated 0");
    // The same from the other side: the council's ledger is not held.
    let granted = place(
        "
        charity | 2024-25 | -100 | grant     | council
        charity | 2024-25 |   60 |           |
        charity | 2024-25 |   40 | repayment | council
        ",
        "",
    );
    assert_eq!(
        granted.total("charity", "2024-25"),
        "60; eliminated 0, incoming 60"
    );
    assert_eq!(granted.total("all-partners", "2024-25"), "60; eliminated 0");
}

#[test]
fn where_the_payees_figure_counts_the_payee_still_delivers() {
    let table = "
        council | 2024-25 |  150 | grant | charity
        council | 2024-25 |   10 |       |
        charity | 2024-25 | -147 | grant | council
        charity | 2024-25 |  147 |       |
    ";
    let terms = |within: &str| {
        format!(
            "[[transfer]]\npayer = \"council\"\npayee = \"charity\"\nfigure = \"payee\"\ndays = 0\n\
             pounds = \"0\"\n{within}\n"
        )
    };
    let built = place(table, &terms(""));
    for role in ["partner", "deliverer", "commissioner"] {
        assert_eq!(
            built.by("all-partners", "2024-25", role),
            "charity 147, council 13",
            "{role}"
        );
    }
    assert_eq!(built.by("all-partners", "2024-25", "funder"), "council 160");
    // An allocation in one number holds the 12 that the council spends.
    let built = place(
        "
        ccg     | 2024-25 | 100 |       |
        council | 2024-25 | -12 | grant | ccg
        council | 2024-25 |  30 |       |
        ",
        &terms("within_payer_total = \"one allocation\"")
            .replace("council", "ccg")
            .replace("charity", "council"),
    );
    assert_eq!(built.total("all-partners", "2024-25"), "118; eliminated 12");
    let by = |role| built.by("all-partners", "2024-25", role);
    assert_eq!(by("deliverer"), "ccg 88, council 30");
    assert_eq!(by("funder"), "ccg 100, council 18");
    // Sources and uses say the same.
    for (boundary, wanted) in [
        ("ccg", [88, 12]),
        ("council", [30, 0]),
        ("all-partners", [118, 0]),
    ] {
        let boundary: Boundary = boundary.parse().unwrap();
        let statement = built
            .cube
            .sources_and_uses(&boundary, Phase::Outturn)
            .unwrap();
        let year = statement.years()[0];
        let pounds = [year.spent, year.outgoing].map(|pence| pence.get() / 100);
        assert_eq!(pounds, wanted, "{boundary}");
    }
}

#[test]
fn a_payee_whose_figure_counts_and_that_says_nothing_is_a_fault() {
    let built = place(
        "
        council | 2024-25 | 150 | grant | charity
        charity | 2024-25 | 147 |       |
        ",
        "
[[transfer]]
payer = \"council\"
payee = \"charity\"
figure = \"payee\"
days = 0
pounds = \"0\"
",
    );
    let fault = found(&built, "payee-says-nothing");
    assert_eq!(fault.at_stake.unwrap().to_string(), "£150.00");
    assert!(
        fault.found.contains("£150.00 on 1 line stays in a total"),
        "{fault}"
    );
}

#[test]
fn agency_money_that_both_sides_wrote_down_is_shown_once() {
    let built = place(
        "
        council | 2024-25 |  500 | agency | pcc
        pcc     | 2024-25 | -500 | agency | council
        pcc     | 2024-25 |  480 |        |
        ",
        "",
    );
    assert_eq!(
        built.total("all-partners", "2024-25"),
        "480; eliminated 0, agency 500"
    );
}

#[test]
fn a_partner_that_a_conduit_pays_with_its_own_money_pays_itself() {
    let built = place(
        "
        council | 2024-25 | 100 | by-rule | fund
        charity | 2024-25 |  80 | by-rule | fund
        charity | 2024-25 |  50 |         |
        ",
        r#"
[[counterparty]]
rows = [{ ledger = "every", match = "exact", text = "fund", partner = "fund", kind = "pass-through", share = "0.5", onward = "charity" }]
"#,
    );
    let own = found(&built, "partner-pays-itself");
    assert_eq!(own.at_stake.unwrap().to_string(), "£80.00");
    assert_eq!(built.total("charity", "2024-25"), "130; eliminated 0");
}

#[test]
fn what_is_given_in_kind_is_no_payment_of_cash() {
    let built = place(
        "
        council | 2024-25 |  100 | grant | charity | | |  |
        council | 2024-25 |   30 | grant | charity | | |  | staff-time
        charity | 2024-25 | -100 | grant | council
        charity | 2024-25 |   90 |       |
        ",
        "",
    );
    let pair = &built.account.transfers().pairs()[0];
    assert_eq!(pair.paid.to_string(), "£100.00");
    assert_eq!(
        built.total("all-partners", "2024-25"),
        "90; eliminated 100, in kind 30"
    );
    // The charity's cash says nothing of what it did with the time.
    let in_kind = |boundary| {
        let question = built.ask(boundary, "2024-25").resource(Resource::StaffTime);
        crate::fixtures::partners::words(&question.answer().unwrap())
    };
    assert_eq!(in_kind("council"), "30; eliminated 0, of it outgoing 30");
    assert_eq!(
        in_kind("all-partners"),
        "30; eliminated 0, of it through unheld 30"
    );
    // Nor is it a source or a use of cash.
    let statement = (built.cube).sources_and_uses(&Boundary::of(["council"]), Phase::Outturn);
    assert_eq!(
        statement.unwrap().years()[0].outgoing.to_string(),
        "£100.00"
    );
}

#[test]
fn a_partner_that_only_gives_in_kind_has_no_ledger_of_cash() {
    let built = place(
        "
        council | 2024-25 | 100 | grant | charity
        charity | 2024-25 |  20 |       |  | | | | volunteer-time
        ",
        "",
    );
    assert_eq!(
        built.total("all-partners", "2024-25"),
        "100; eliminated 0, in kind 20, of it through unheld 100"
    );
}

#[test]
fn whoever_buys_commissions_and_whoever_is_granted_commissions() {
    for (kind, commissioner) in [
        ("contract", "council 110"),
        ("recharge", "council 110"),
        ("grant", "charity 100, council 10"),
        ("pass-through", "charity 100, council 10"),
    ] {
        let table = format!("council | 2024-25 | 100 | {kind} | charity\ncouncil | 2024-25 | 10");
        let built = place(&table, "");
        for boundary in ["council", "all-partners"] {
            let found = built.by(boundary, "2024-25", "commissioner");
            assert_eq!(found, commissioner, "{kind}, {boundary}");
        }
    }
}

#[test]
fn a_share_of_a_mixture_is_known_by_judgement() {
    let built = place(
        "
        council | 2024-25 |  50 | grant | charity
        charity | 2024-25 | 200 |       |
        ",
        "",
    );
    let question = built.ask("charity", "2024-25");
    let answer = question.by([By::Funder]).answer().unwrap();
    let known: Vec<(&str, String, String)> = (answer.rows.iter())
        .map(|row| {
            let composition = &row.figure.composition;
            let known = [composition.direct, composition.judgement].map(|pence| pence.to_string());
            let [direct, judgement] = known;
            (row.keys[0].code.as_str(), direct, judgement)
        })
        .collect();
    let none = "£0.00".to_owned();
    assert_eq!(
        known,
        [
            ("charity", none.clone(), "£150.00".to_owned()),
            ("council", none, "£50.00".to_owned())
        ]
    );
}

#[test]
fn what_was_held_before_belongs_to_those_who_held_it() {
    let built = place(
        "
        council | 2024-25 |  60 | grant | charity
        charity | 2024-25 | 100 |       |
        ",
        "
[[opening]]
partner = \"charity\"
year = \"2024-25\"
pounds = \"40.00\"
source = \"accounts\"
",
    );
    let boundary = Boundary::of(["charity"]);
    let statement = built
        .cube
        .sources_and_uses(&boundary, Phase::Outturn)
        .unwrap();
    let year = statement.years()[0];
    assert_eq!(year.opening.to_string(), "£40.00");
    assert_eq!(year.own.to_string(), "£0.00");
}

#[test]
fn a_rule_of_one_year_takes_no_other_and_credits_hide_no_stake() {
    let rule = |by: &str, text: &str, period: &str| {
        format!(
            "[[counterparty]]\nrows = [{{ ledger = \"council\", match = \"{by}\", text = \"{text}\", \
             partner = \"charity\", kind = \"grant\", period = \"{period}\" }}]\n"
        )
    };
    let table = "
        council | 2023-24 |  70 | by-rule | charity
        council | 2024-25 | 100 | by-rule | charity
        council | 2024-25 | -90 | by-rule | charity
        charity | 2024-25 |   5 |         |
    ";
    let built = place(table, &rule("exact", "charity", "2024-25"));
    assert_eq!(built.total("all-partners", "2023-24"), "70; eliminated 0");
    assert_eq!(built.total("all-partners", "2024-25"), "5; eliminated 10");
    let second = rule("exact", "charity", "2024-25").replace("grant", "contract");
    let both = rule("exact", "charity", "2024-25") + &second;
    let built = place(table, &both);
    let fault = found(&built, "two-rules-claim-one-line");
    assert_eq!(fault.at_stake.unwrap().to_string(), "£190.00");
}

#[test]
fn rows_say_how_much_of_what_was_eliminated_may_lie_elsewhere() {
    // Recorded for everything: whether it is for the young nobody can say.
    let built = place(
        "
        council | 2024-25 | 100 | grant | charity | everything | north
        pcc     | 2024-25 |  40 | grant | charity | everything | south
        charity | 2024-25 | 140 |       |         | youth      | north
        ",
        "",
    );
    let question = built.ask("all-partners", "2024-25").activity("youth");
    let answer = question.by([By::Partner]).answer().unwrap();
    let unshared: Vec<(&str, String)> = (answer.rows.iter())
        .filter_map(|row| {
            let sum = row.figure.memoranda.get(&Memorandum::Eliminated)?;
            Some((row.keys[0].code.as_str(), sum.unshared.to_string()))
        })
        .collect();
    let wanted = [
        ("charity", "£0.00"),
        ("council", "£100.00"),
        ("pcc", "£40.00"),
    ];
    assert_eq!(
        unshared,
        wanted.map(|(code, pounds)| (code, pounds.to_owned()))
    );
}

#[test]
fn the_debug_output_of_a_ledger_shows_nobody_it_pays() {
    let built = place("council | 2024-25 | 33 | by-rule | Mr John Smithson", "");
    let ledger = built.account.ledgers()[0].ledger();
    assert!(format!("{ledger:?}").contains("\"counterparty\""));
    assert!(!format!("{ledger:?}").contains("Smithson"));
}

#[test]
fn money_of_nobody_and_of_no_place_is_no_overlap() {
    let built = place(
        "
        council | 2024-25 | 50 | | | youth | nowhere
        charity | 2024-25 | 40 | | | youth | nowhere
        council | 2024-25 | 30 | | | youth | north
        charity | 2024-25 | 10 | | | youth | north
        ",
        "",
    );
    let terms = OverlapScope {
        activity_level: "theme".to_owned(),
        locality_level: "area".to_owned(),
        ages: Some(vec![Ages::ALL]),
        weakest: Evidence::Judgement,
        period: "2024-25".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let found = Overlaps::find(&built.cube, &terms).unwrap();
    let places: Vec<&str> = (found.cells.iter())
        .map(|cell| cell.locality.code.as_str())
        .collect();
    assert_eq!(places, ["north"]);
}

#[test]
fn what_is_paid_after_the_payees_ledger_ends_stays_in_the_total() {
    let built = place(
        "
        council | 2023-24 | 100 | grant | charity
        council | 2024-25 | 100 | grant | charity
        council | 2024-25 |   5 |       |
        charity | 2023-24 |  90 |       |
        ",
        "",
    );
    let total = |year| built.total("all-partners", year);
    assert_eq!(total("2023-24"), "90; eliminated 100");
    // Nothing shows what the charity did with it, so it is counted where it is last seen.
    assert_eq!(
        total("2024-25"),
        "105; eliminated 0, of it through unheld 100"
    );
}

#[test]
fn a_rule_names_one_body_and_rules_that_agree_do_not_clash() {
    let branch = r#"
[[partners]]
rows = [{ code = "nhs" }, { code = "trust", parent = "nhs" }]

[[counterparty]]
rows = [{ ledger = "council", match = "exact", text = "nhs", partner = "nhs", kind = "grant" }]
"#;
    let error = try_place("council | 2024-25 | 5 | |", branch)
        .err()
        .unwrap();
    assert!(error.to_string().contains("`nhs` is a branch of partners"));
    let again = r#"
[[counterparty]]
rows = [{ ledger = "council", match = "pattern", text = "CHAR*", and_code = "kind", and_text = "payer grant", partner = "charity", kind = "grant" }]
"#;
    let table = "
        council | 2024-25 | 100 | grant | charity
        charity | 2024-25 |  50 |       |
    ";
    let built = place(table, again);
    assert_eq!(built.total("all-partners", "2024-25"), "50; eliminated 100");
}

#[test]
fn every_pound_outside_the_total_has_its_name_in_the_reconciliation() {
    let built = place(
        "
        council | 2024-25 |  100 | grant    | charity
        council | 2024-25 |   40 | agency   | county
        council | 2024-25 |  -30 | grant    | ministry
        council | 2024-25 |    7 |          |
        charity | 2024-25 | -100 | grant    | council
        charity | 2024-25 |   90 |          |
        police  | 2024-25 |   11 |          |
        ",
        "",
    );
    let answer = built.ask("council,charity", "2024-25").answer().unwrap();
    let steps = &answer.reconciliation.steps;
    let step = (steps.iter())
        .find(|step| step.name.contains("into the boundary"))
        .unwrap();
    let named: Vec<String> = (step.differences.iter())
        .map(|difference| format!("{} {}", difference.name, difference.pence))
        .collect();
    assert_eq!(
        named,
        [
            "of partners outside the boundary -£11.00",
            "eliminated: paid to insiders, who spend it -£100.00",
            "the mirror of what insiders paid £100.00",
            "agency money, nobody's spend -£40.00",
            "incoming from partners outside, less what went back £30.00",
        ]
    );
    assert_eq!(answer.total.amount.to_string(), "£97.00");
}

#[test]
fn the_reason_why_a_payer_names_no_line_stands_only_where_both_are_inside() {
    let terms = r#"
[[transfer]]
payer = "nhs"
payee = "council"
figure = "payee"
days = 0
pounds = "0"
within_payer_total = "one number holds it"
"#;
    let built = place(
        "
        nhs     | 2024-25 | 400 |          |
        council | 2024-25 | -12 | contract | nhs
        council | 2024-25 | 100 |          |
        ",
        terms,
    );
    let says = |boundary| {
        let answer = built.ask(boundary, "2024-25").answer().unwrap();
        answer
            .notes
            .iter()
            .any(|note| note.contains("one number holds it"))
    };
    assert!(says("nhs,council") && !says("council") && !says("nhs"));
    assert_eq!(built.total("nhs,council", "2024-25"), "488; eliminated 12");
    assert_eq!(
        built.total("council", "2024-25"),
        "100; eliminated 0, incoming 12"
    );
}
