//! Agreements: three facts kept apart, grants to the penny, and board papers by hand.

use super::{PLACE, pounds, rules};
use crate::fixtures::packs::pack;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::sync::Arc;
use wholeplace::agreement::{ActionStatus, Agreement, TargetFacts};
use wholeplace::finding::Findings;
use wholeplace::indicator::{AgainstTarget, AgainstValue, Direction};
use wholeplace::money::Pence;
use wholeplace::register::RegisterError;
use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};

const HEAD: &str = "name = \"Agreement\"\nconfidence = 0.95\nheadline_targets_at_most = 2\n";

/// The small place with this agreement, and outcomes where there are any.
fn opened(agreement: &str, outcomes: Option<&str>) -> Result<Agreement, RegisterError> {
    let mut place = PLACE.replace(
        "premises = \"premises.toml\"",
        "agreement = \"agreement.toml\"",
    );
    if outcomes.is_some() {
        place = place.replace("agreement =", "outcomes = \"outcomes.toml\"\nagreement =");
    }
    let text = format!("{HEAD}{agreement}");
    let mut files = vec![("place.toml", place.as_str()), ("agreement.toml", &text)];
    files.extend(outcomes.map(|outcomes| ("outcomes.toml", outcomes)));
    let folder = pack(&files);
    Agreement::open(&Place::open(folder.path()).unwrap())
}

fn agreement(text: &str) -> Agreement {
    opened(text, None).unwrap()
}

fn faults(text: &str) -> Findings {
    match opened(text, None) {
        Err(RegisterError::Faults(findings)) => findings,
        other => panic!("{other:?}"),
    }
}

fn sample() -> Agreement {
    Agreement::open(&Place::open("examples/data/partners").unwrap()).unwrap()
}

fn facts(agreement: &Agreement, code: &str, on: Date) -> TargetFacts {
    let all = agreement.facts(on).unwrap();
    all.into_iter().find(|one| one.target == code).unwrap()
}

/// Of the five targets, one is met by no more than chance, and one is missed although it is better beyond chance: no
/// one colour says both. Figures are those of the examples of `statistic`: 68 of 200 against 90 of 220, and 46, 44, 41,
/// 39 and 34 per cent of 1,000 (chi-squared 34.8).
#[test]
fn three_facts_do_not_say_each_other() {
    let agreement = sample();
    let on = date(2025, 6, 26);
    let offend = facts(&agreement, "offend-again", on);
    assert!(matches!(offend.against_target, AgainstTarget::Met { .. }));
    assert_eq!(offend.beyond_chance, AgainstValue::NoMoreThanChance);
    assert_eq!(offend.change, AgainstValue::NoMoreThanChance);
    let change = offend.changed_by.as_ref().unwrap();
    assert_eq!(change.to_string(), "-6.9 (-16.0 to 2.4)");
    assert!(matches!(offend.direction, Direction::CannotSay { .. }));
    let school = facts(&agreement, "missed-school", on);
    assert!(matches!(
        school.against_target,
        AgainstTarget::NotMet { .. }
    ));
    assert_eq!(school.change, AgainstValue::Better);
    assert_eq!(school.direction, Direction::Improving);
    assert_eq!(
        [offend.rating, school.rating].map(Option::unwrap),
        ["amber", "amber"],
        "by the rules of the pack"
    );
    // 250 homes against 100: a count without limits has a change, and nobody can say whether it is chance.
    let homes = facts(&agreement, "warm-homes", on);
    assert_eq!(homes.changed_by.unwrap().value(), Some(150.0));
    assert_eq!(
        homes.change.to_string(),
        "cannot say: its figures have no limits"
    );
    let text = agreement.report(on).unwrap().table().to_string();
    assert!(
        text.contains("amber: target met ("),
        "rules are told: {text}"
    );
}

/// What had not come on the day is not told, however well it is known today.
#[test]
fn a_report_tells_what_had_come_by_its_day() {
    let agreement = sample();
    let mid_year = agreement.report(date(2024, 9, 30)).unwrap();
    let offend = &mid_year.targets[0];
    assert_eq!(offend.period.unwrap().to_string(), "2022-23");
    let owed: Vec<_> = (mid_year.owed.iter())
        .map(|owed| (owed.of.as_str(), owed.period.to_string(), owed.overdue_days))
        .collect();
    assert!(
        owed.contains(&(
            "Young people who offend again within a year",
            "2023-24".to_owned(),
            None
        )),
        "{owed:?}"
    );
    // The figure that the trust sent on 2 June was due on 31 May: overdue for a day on 1 June, there on 2 June.
    let late = |on| {
        let owed = agreement.owed(on);
        let found = owed
            .into_iter()
            .find(|one| one.owed_by == "Ludford Youth Trust");
        found.map(|one| one.overdue_days)
    };
    assert_eq!(late(date(2025, 5, 31)), Some(None));
    assert_eq!(late(date(2025, 6, 1)), Some(Some(1)));
    assert_eq!(late(date(2025, 6, 2)), None);
}

/// 65 of 100 are 55.3 to 73.6 per cent (Wilson); 160 of 200 by carers with a design effect of 2 are as good as 80 of
/// 100: 71.1 to 86.7. By hand: (2 × 80 + 3.8415 ± 1.96 √(3.8415 + 4 × 80 × 0.2)) / (2 × 103.8415).
#[test]
fn what_service_users_say_has_an_interval() {
    let report = sample();
    let report = report.report(date(2025, 6, 26)).unwrap();
    let clubs = report
        .surveys
        .iter()
        .find(|one| one.code == "clubs")
        .unwrap();
    assert_eq!(clubs.estimate.to_string(), "65.0 (55.3 to 73.6)");
    assert_eq!(clubs.since.as_ref().unwrap().0.to_string(), "2023-24");
    assert_eq!(
        clubs.since.as_ref().unwrap().1.to_string(),
        "15.0 (-0.7 to 30.0)"
    );
    assert_eq!(clubs.response_percent.unwrap().to_string(), "40");
    // 65 of 100 said so, and 150 of 250 did not answer: 65 / 250 and 215 / 250.
    let silent = clubs.non_response.unwrap();
    assert_eq!(
        silent.to_string(),
        "150 of 250 who were asked did not answer; whatever they would have said, between 26% and 86% of all who were asked say so"
    );
    let care = report
        .surveys
        .iter()
        .find(|one| one.code == "care")
        .unwrap();
    assert_eq!(care.estimate.to_string(), "80.0 (71.1 to 86.7)");
}

/// £100,000 in five parts: two for a signature, two for 250 of 300 homes from 100 (three quarters of the way), one for
/// victims called back, of whom half of the way is not enough.
#[test]
fn a_grant_is_earned_lost_and_open_to_the_penny() {
    let agreement = sample();
    let on = |day| agreement.grants_on(day).unwrap().remove(0);
    let before = on(date(2024, 3, 31));
    assert_eq!((before.earned, before.open), (Pence::ZERO, pounds(100_000)));
    let after = on(date(2025, 6, 26));
    assert_eq!(
        (after.earned, after.not_earned, after.open),
        (pounds(70_000), pounds(30_000), Pence::ZERO)
    );
    assert_eq!(
        (after.received, after.paid, after.held),
        (pounds(40_000), pounds(30_000), pounds(10_000))
    );
    assert_eq!(after.earned_and_not_received, pounds(30_000));
    // On every day of two years.
    let mut day = date(2024, 1, 1);
    while day < date(2026, 1, 1) {
        let grant = on(day);
        let parts = Pence::total([grant.earned, grant.not_earned, grant.open]).unwrap();
        assert_eq!(parts, grant.whole, "{day}");
        assert!(
            grant.reconciliation.holds(),
            "{day}: {}",
            grant.reconciliation
        );
        day = day.checked_add(1.week()).unwrap();
    }
    // What is paid for mentors is the council's payment T-2 as well: in the account once.
    let account = PlaceAccount::load(agreement.place()).unwrap();
    let both = agreement
        .grants_in_account(&account, date(2025, 3, 31))
        .unwrap();
    assert!(both.findings.is_empty(), "{}", both.findings);
    assert_eq!(both.matched[0].in_ledger, pounds(30_000));
    assert!(both.reconciliation.holds());
    // On the day before it was paid, nothing of it had come: neither the register nor a ledger tells it.
    let before = agreement
        .grants_in_account(&account, date(2024, 11, 28))
        .unwrap();
    assert!(before.matched.is_empty());
    assert!(before.reconciliation.holds());
    assert!(before.findings.is_empty(), "{}", before.findings);
}

/// A third of a pound cannot be parted: three conditions of £100 have 33.34, 33.33 and 33.33, and of two thirds of the
/// way two thirds of the part are paid: £22.23 of £33.34.
#[test]
fn parts_of_a_grant_close_to_the_penny() {
    let agreement = agreement(
        r#"
[[agreed_targets]]
rows = [{ code = "t", name = "T", lead = "council", better = "lower", unit = "days", baseline = "2022-23", source = "made up" }]
[[milestones]]
rows = [{ target = "t", period = "2024-25", value = "10", source = "made up" }]
[[figures_due]]
set = { target = "t", owed_by = "the council", source = "made up" }
rows = [
    { period = "2022-23", due = "2023-05-31", received = "2023-05-31", value = "25" },
    { period = "2024-25", due = "2025-05-31", received = "2025-05-31", value = "15" },
]
[[reward_grants]]
rows = [{ code = "g", name = "G", giver = "the state", holder = "council", pounds = "100", source = "made up" }]
[[conditions]]
set = { grant = "g", weight = "1", target = "t", period = "2024-25" }
rows = [
    { name = "in proportion", pays = "in proportion", from_percent = "60" },
    { name = "whole", pays = "whole", from_percent = "66.6" },
    { name = "nearly", pays = "in proportion", from_percent = "66.7" },
]
"#,
    );
    let grant = agreement.grants_on(date(2025, 6, 1)).unwrap().remove(0);
    let pence = |of: fn(&wholeplace::agreement::ConditionStanding) -> Pence| {
        let parts = grant.conditions.iter().map(of);
        parts.map(Pence::get).collect::<Vec<i64>>()
    };
    assert_eq!(pence(|one| one.part), [3_334, 3_333, 3_333]);
    assert_eq!(pence(|one| one.earned), [2_223, 3_333, 0]);
    assert_eq!(pence(|one| one.not_earned), [1_111, 0, 3_333]);
    assert!(grant.reconciliation.holds());
}

/// West Cheshire, 30 April 2009: a migration fund of £940,000 over two years from April 2010. How it falls on the two
/// years is not in the minutes; half each stands for it.
#[test]
fn a_fund_over_two_years_comes_due_year_by_year() {
    let agreement = agreement(
        r#"
[[reward_grants]]
rows = [{ code = "migration", name = "Migration fund", giver = "the state", holder = "council", pounds = "940000", source = "minutes of 30 April 2009" }]
[[conditions]]
set = { grant = "migration", weight = "1" }
rows = [{ name = "2010-11", on = "2010-04-01" }, { name = "2011-12", on = "2011-04-01" }]
[[draw_downs]]
set = { grant = "migration" }
rows = [
    { on = "2010-04-30", kind = "received", pounds = "470000", who = "the state" },
    { on = "2010-12-15", kind = "paid", pounds = "200000", who = "the trust" },
    { on = "2011-04-30", kind = "received", pounds = "470000", who = "the state" },
]
"#,
    );
    assert!(agreement.findings().is_empty(), "{}", agreement.findings());
    let on = |day| agreement.grants_on(day).unwrap().remove(0);
    let before = on(date(2010, 3, 31));
    assert_eq!((before.earned, before.open), (Pence::ZERO, pounds(940_000)));
    let first = on(date(2011, 3, 31));
    assert_eq!(
        (first.earned, first.open),
        (pounds(470_000), pounds(470_000))
    );
    assert_eq!(
        (first.received, first.paid, first.held),
        (pounds(470_000), pounds(200_000), pounds(270_000))
    );
    let last = on(date(2012, 3, 31));
    assert_eq!((last.earned, last.open), (pounds(940_000), Pence::ZERO));
    assert_eq!(last.held, pounds(740_000));
    assert!(last.reconciliation.to_string().contains("-£200,000.00"));
    for grant in [before, first, last] {
        assert!(grant.reconciliation.holds(), "{}", grant.reconciliation);
    }
}

/// Shropshire's leaders, January 2012: a cold-weather bid of £126,983 was approved in December 2011. The days are made
/// up within the months of the minutes.
#[test]
fn an_approved_bid_stands_in_the_next_paper() {
    let agreement = agreement(
        r#"
[[meetings]]
rows = [{ on = "2011-10-20" }, { on = "2011-12-15" }, { on = "2012-01-26" }, { on = "2012-04-19" }]
[[decisions]]
rows = [{ code = "cold", item = "Bid for cold weather", asked_by = "council", meeting = "2011-12-15", pounds = "126983", decided = "2011-12-15", outcome = "approved" }]
"#,
    );
    let december = agreement
        .board_paper(date(2011, 10, 20), date(2011, 12, 15))
        .unwrap();
    assert_eq!(december.to_decide.len(), 1, "it is asked on the day");
    assert_eq!(
        december.approved().unwrap(),
        Pence::ZERO,
        "and not yet decided"
    );
    let on = date(2012, 1, 26);
    let since = agreement.meeting_before(on).unwrap().on;
    let january = agreement.board_paper(since, on).unwrap();
    assert!(january.to_decide.is_empty());
    assert_eq!(january.approved().unwrap(), pounds(126_983));
    assert!(january.decided_table().to_string().contains("£126,983.00"));
    let april = agreement.board_paper(on, date(2012, 4, 19)).unwrap();
    assert!(april.decided.is_empty(), "it is told once");
}

#[test]
fn a_board_paper_tells_what_changed_and_what_waits() {
    let agreement = sample();
    let paper = agreement
        .board_paper(date(2025, 3, 20), date(2025, 6, 26))
        .unwrap();
    let waiting: Vec<&str> = paper
        .to_decide
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    assert_eq!(
        waiting,
        ["share-data", "caretaker"],
        "the one left over first"
    );
    let overdue: Vec<(&str, i64)> = (paper.overdue.iter())
        .map(|one| (one.kind, one.days))
        .collect();
    // 20 March to 26 June are 98 days, 31 March 87, 31 May 26.
    assert_eq!(
        overdue,
        [
            ("decision", 98),
            ("action", 87),
            ("action", 26),
            ("figure", 26)
        ]
    );
    let mentors = paper
        .changes
        .iter()
        .find(|one| one.kind == "action")
        .unwrap();
    assert_eq!(
        (mentors.before.as_str(), mentors.now.as_str()),
        ("under way", "done")
    );
    // Held against itself nothing has changed.
    let same = agreement.board_paper(paper.on, paper.on).unwrap();
    assert!(same.changes.is_empty(), "{:?}", same.changes);
    // A year has four meetings or five, and each has its own: the one of October is the last.
    let meetings: Vec<Date> = paper.work_plan.iter().map(|row| row.meeting).collect();
    assert_eq!(meetings.first(), Some(&date(2025, 6, 26)));
    assert_eq!(meetings.last(), Some(&date(2025, 10, 9)));
    assert_eq!(
        agreement.actions()[0].status(date(2024, 6, 14)),
        ActionStatus::NotStarted
    );
}

/// What the account has in the cell of an action is what it answers when it is asked, and is added to nothing.
#[test]
fn money_beside_an_action_is_that_of_its_cell() {
    let agreement = sample();
    let account = PlaceAccount::load(agreement.place()).unwrap();
    let cube = Cube::build(&account).unwrap();
    let year = "2024-25".parse().unwrap();
    let spent = agreement
        .spent(&cube, year, &Boundary::AllPartners)
        .unwrap();
    let visits = spent.iter().find(|one| one.action == "visits").unwrap();
    let asked = cube
        .ask()
        .activity("home-care")
        .ages("16+".parse().unwrap())
        .locality("hills")
        .partner("nhs")
        .period(year)
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners)
        .answer()
        .unwrap();
    let outturn = visits
        .phases
        .iter()
        .find(|(phase, _)| *phase == Phase::Outturn);
    let figure = outturn.and_then(|(_, figure)| figure.as_ref()).unwrap();
    assert_eq!(figure.amount, asked.total.amount);
    assert!(figure.amount > Pence::ZERO);
    let budget = visits
        .phases
        .iter()
        .find(|(phase, _)| *phase == Phase::Budget);
    assert!(budget.unwrap().1.is_none(), "nobody wrote down a budget");
    let mentors = spent.iter().find(|one| one.action == "mentors").unwrap();
    assert_eq!(mentors.same_cell, ["evenings"]);
}

const OUTCOMES: &str = r#"
headline_at_most = 2
[[outcomes]]
rows = [{ code = "safe", name = "Fewer offend" }]
[[indicators]]
set = { better = "lower", level = "county", years = "financial", publisher = "Board", source = "made up" }
rows = [{ code = "share", name = "Share", outcome = "safe", headline = "yes", accountability = "population", form = "proportion", per = "100", unit = "%" }]
[[observations]]
dataset = "figures"
table = { source = "made up", rows = [
    { series = "n", area = "county", period = "2020-21", value = "460" },
    { series = "n", area = "county", period = "2021-22", value = "440" },
    { series = "n", area = "county", period = "2022-23", value = "410" },
    { series = "n", area = "county", period = "2023-24", value = "390" },
    { series = "n", area = "county", period = "2024-25", value = "340" },
    { series = "of", area = "county", period = "2020-21", value = "1000" },
    { series = "of", area = "county", period = "2021-22", value = "1000" },
    { series = "of", area = "county", period = "2022-23", value = "1000" },
    { series = "of", area = "county", period = "2023-24", value = "1000" },
    { series = "of", area = "county", period = "2024-25", value = "1000" },
] }
[[series]]
set = { dataset = "figures", indicator = "share" }
rows = [{ published = "n", part = "numerator" }, { published = "of", part = "denominator" }]
"#;

/// The same figures by an indicator of the pack and by hand have the same facts; only a row that says that a figure came
/// lets it be told.
#[test]
fn an_indicator_and_the_same_figures_by_hand_say_the_same() {
    let text = r#"
[[agreed_targets]]
set = { lead = "council", baseline = "2020-21", source = "made up" }
rows = [
    { code = "by-hand", name = "By hand", better = "lower", unit = "%" },
    { code = "indicator", name = "Indicator", indicator = "share" },
]
[[milestones]]
set = { period = "2024-25", value = "30", source = "made up" }
rows = [{ target = "by-hand" }, { target = "indicator" }]
[[figures_due]]
set = { owed_by = "the board", due = "2025-06-30", source = "made up" }
rows = [
    { target = "by-hand", period = "2020-21", received = "2021-06-30", number = "460", of = "1000" },
    { target = "by-hand", period = "2021-22", received = "2022-06-30", number = "440", of = "1000" },
    { target = "by-hand", period = "2022-23", received = "2023-06-30", number = "410", of = "1000" },
    { target = "by-hand", period = "2023-24", received = "2024-06-30", number = "390", of = "1000" },
    { target = "by-hand", period = "2024-25", received = "2025-06-30", number = "340", of = "1000" },
    { target = "indicator", period = "2024-25", received = "2025-06-30" },
]
"#;
    let agreement = opened(text, Some(OUTCOMES)).unwrap();
    let on = date(2025, 6, 30);
    let [hand, indicator] = ["by-hand", "indicator"].map(|code| facts(&agreement, code, on));
    assert_eq!(
        hand.figure.unwrap().normalize(),
        indicator.figure.unwrap().normalize()
    );
    assert_eq!(hand.against_target, indicator.against_target);
    assert_eq!(hand.beyond_chance, indicator.beyond_chance);
    assert_eq!(hand.change, indicator.change);
    assert_eq!(
        hand.changed_by.unwrap().to_string(),
        indicator.changed_by.unwrap().to_string()
    );
    assert_eq!(hand.direction, indicator.direction);
    assert_eq!(hand.direction, Direction::Improving);
    let before = facts(&agreement, "indicator", date(2025, 6, 29));
    assert_eq!(
        before.period, None,
        "the outcomes have it, and it had not come"
    );
}

/// Every fault at once, with its line.
#[test]
fn faults_are_told_together() {
    let findings = faults(
        r#"
[[agreed_targets]]
rows = [
    { code = "a", name = "A", lead = "nobody", better = "lower", unit = "%", source = "made up" },
    { code = "a", name = "", lead = "council", contributing = "council", better = "more", source = "made up" },
]
[[milestones]]
rows = [{ target = "b", period = "2024-25", value = "x", source = "made up" }]
[[surveys]]
rows = [{ code = "s", name = "S", question = "Q", period = "2024-25", due = "2025-04-30", owed_by = "X", received = "2025-04-01", number = "5", of = "4", design_effect = "1", source = "made up" }]
[[meetings]]
rows = [{ on = "20 June" }]
"#,
    );
    let found = rules(&findings);
    for rule in [
        "unknown-member",
        "duplicate-code",
        "agreement-unclear",
        "unknown-code",
    ] {
        assert!(found.contains(&rule), "{rule}: {findings}");
    }
    assert!(findings.iter().count() >= 9, "{findings}");
    assert!(
        findings.iter().all(|one| one.position.line.is_some()),
        "{findings}"
    );
}

#[test]
fn unknown_keys_and_a_long_headline_are_refused() {
    let error = opened("headline = 3\n", None).unwrap_err().to_string();
    assert!(error.contains("headline"), "{error}");
    let long = r#"
[[agreed_targets]]
set = { lead = "council", headline = "yes", better = "lower", unit = "%", source = "made up" }
rows = [{ code = "a", name = "A" }, { code = "b", name = "B" }, { code = "c", name = "C" }]
"#;
    assert_eq!(rules(&faults(long)), ["headline-too-long"]);
    let account_of_another = Place::open("examples/data/shropshire").unwrap();
    let account = PlaceAccount::load(&account_of_another).unwrap();
    let agreement: Arc<Agreement> = Arc::new(sample());
    assert!(matches!(
        agreement.grants_in_account(&account, date(2025, 3, 31)),
        Err(RegisterError::AnotherPlace)
    ));
}
