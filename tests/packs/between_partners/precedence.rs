//! Of several rules that claim a line the one counts that names more, in whichever order they stand.

use crate::fixtures::packs::pack;
use std::collections::BTreeMap;
use wholeplace::account::PlaceAccount;
use wholeplace::finding::{Finding, Severity};
use wholeplace::place::Place;

const PLACE: &str = r#"
[place]
name = "Small"
locality = "county"

[[localities]]
rows = [{ code = "county" }]

[[activities]]
rows = [{ code = "all" }]

[[groups]]
rows = [{ code = "everyone" }]

[[partners]]
rows = [{ code = "payer" }, { code = "other" }, { code = "a" }, { code = "b" }, { code = "c" }]

[[driver]]
code = "even"
name = "evenly"
class = "judgement"
source = "made up"
tables = [{ rows = [{ locality = "county", ages = "all", mass = "1" }] }]

[[sharing]]
driver = "even"

[[counterparty]]
file = "rules.csv"

[[ledger]]
id = "paid"
name = "Payments"
source = "made up"
phase = "outturn"
files = ["paid.csv"]
layout = { amount = ["Net"], date = ["Paid"], codes = { counterparty = ["Payee"], account = ["Account"] } }
axes = { partner = { always = "payer" }, activity = { always = "all" }, ages = { always = "all" }, group = { always = "everyone" }, locality = { always = "county" } }

[[ledger]]
id = "more"
name = "Payments of another"
source = "made up"
phase = "outturn"
files = ["more.csv"]
layout = { amount = ["Net"], date = ["Paid"], codes = { counterparty = ["Payee"], account = ["Account"] } }
axes = { partner = { always = "other" }, activity = { always = "all" }, ages = { always = "all" }, group = { always = "everyone" }, locality = { always = "county" } }
"#;

/// What was recognised, by ledger and partner in pounds, and what was found.
struct Told {
    paid: BTreeMap<String, String>,
    findings: Vec<Finding>,
}

impl Told {
    fn rules(&self) -> Vec<&str> {
        self.findings
            .iter()
            .map(|finding| finding.rule.as_str())
            .collect()
    }

    fn paid(&self) -> String {
        let each: Vec<String> = self
            .paid
            .iter()
            .map(|(to, sum)| format!("{to} {sum}"))
            .collect();
        each.join(", ")
    }
}

/// Rules as `ledger,match,text,and_code,and_text,period,partner`; lines as `date,payee,account,net`.
fn told_in(rules: &[&str], lines: &[&str], more: &[&str]) -> Told {
    let heading = "ledger,match,text,and_code,and_text,period,partner,kind";
    let rules: String = rules.iter().map(|rule| format!("\n{rule},grant")).collect();
    let file = |lines: &[&str]| format!("Paid,Payee,Account,Net\n{}\n", lines.join("\n"));
    let folder = pack(&[
        ("place.toml", PLACE),
        ("rules.csv", &format!("{heading}{rules}\n")),
        ("paid.csv", &file(lines)),
        ("more.csv", &file(more)),
    ]);
    let place = Place::open(folder.path()).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let mut paid: BTreeMap<String, i64> = BTreeMap::new();
    for recognised in account.recognised() {
        *paid
            .entry(format!("{}.{}", recognised.ledger, recognised.partner))
            .or_default() += recognised.pence.get();
    }
    let of_rules =
        |finding: &&Finding| finding.rule.contains("rule") && !finding.rule.contains("row");
    Told {
        paid: paid
            .into_iter()
            .map(|(to, pence)| (to, (pence / 100).to_string()))
            .collect(),
        findings: account
            .findings()
            .iter()
            .filter(of_rules)
            .cloned()
            .collect(),
    }
}

const OTHER: &str = "01/04/2024,NOBODY KNOWN,,1";

fn told(rules: &[&str], lines: &[&str]) -> Told {
    told_in(rules, lines, &[OTHER])
}

/// Two rules in both orders; which partner is paid for the one line, and the findings.
fn both_orders(one: &str, other: &str, line: &str) -> (String, Vec<String>) {
    let forth = told(&[one, other], &[line]);
    let back = told(&[other, one], &[line]);
    assert_eq!(forth.paid(), back.paid(), "{one} / {other}");
    assert_eq!(forth.rules(), back.rules(), "{one} / {other}");
    let rules = forth
        .rules()
        .iter()
        .map(|rule| (*rule).to_owned())
        .collect();
    (forth.paid(), rules)
}

const LINE: &str = "03/05/2024,LUDFORD YOUTH TRUST,G1,100";

#[test]
fn the_rule_that_names_more_takes_the_line_whatever_stands_first() {
    // Each pair: the first names more, by the criterion that is written beside it.
    for (more, less) in [
        // exact, whole pattern, normalised, pattern
        (
            "paid,exact,LUDFORD YOUTH TRUST,,,,a",
            "paid,normalised,Ludford Youth Trust,,,,b",
        ),
        (
            "paid,exact,LUDFORD YOUTH TRUST,,,,a",
            "paid,pattern,ludford youth trust,,,,b",
        ),
        (
            "paid,pattern,ludford youth trust,,,,a",
            "paid,normalised,Ludford Youth Trust,,,,b",
        ),
        (
            "paid,normalised,Ludford Youth Trust,,,,a",
            "paid,pattern,LUDFORD*,,,,b",
        ),
        ("paid,exact,LUDFORD YOUTH TRUST,,,,a", "paid,pattern,*,,,,b"),
        // patterns: more written out, fewer left open
        (
            "paid,pattern,LUDFORD YOUTH*,,,,a",
            "paid,pattern,LUDFORD*,,,,b",
        ),
        (
            "paid,pattern,LUDFORD*TRUST,,,,a",
            "paid,pattern,*TRUST,,,,b",
        ),
        (
            "paid,pattern,LUDFORD YOUTH TRUS?,,,,a",
            "paid,pattern,LUDFORD YOUTH TRUS*,,,,b",
        ),
        (
            "paid,pattern,*YOUTH TRUST,,,,a",
            "paid,pattern,*YOUTH TRUST*,,,,b",
        ),
        // another code of the line
        (
            "paid,pattern,LUDFORD*,account,G1,,a",
            "paid,pattern,LUDFORD*,,,,b",
        ),
        // period
        (
            "paid,pattern,LUDFORD*,,,2024-25,a",
            "paid,pattern,LUDFORD*,,,,b",
        ),
        (
            "paid,pattern,LUDFORD*,,,May 2024,a",
            "paid,pattern,LUDFORD*,,,2024-25,b",
        ),
        // ledger
        ("paid,pattern,LUDFORD*,,,,a", "every,pattern,LUDFORD*,,,,b"),
    ] {
        let (paid, rules) = both_orders(more, less, LINE);
        assert_eq!(paid, "paid.a 100", "{more} / {less}");
        // The other is inside out of the way: it never counts here, and that alone is told.
        assert_eq!(
            rules,
            ["counterparty-rule-always-beaten"],
            "{more} / {less}"
        );
    }
}

#[test]
fn an_earlier_criterion_goes_before_a_later_one() {
    for (more, less) in [
        // The text before the other code, that before the period, that before the ledger.
        (
            "paid,pattern,LUDFORD YOUTH*,,,,a",
            "paid,pattern,LUDFORD*,account,G1,,b",
        ),
        (
            "paid,pattern,LUDFORD*,account,G1,,a",
            "paid,pattern,LUDFORD*,,,May 2024,b",
        ),
        (
            "every,pattern,LUDFORD*,,,2024-25,a",
            "paid,pattern,LUDFORD*,,,,b",
        ),
        // Neither pattern lies inside the other; the longer one counts.
        ("paid,pattern,LUDFORD*,,,,a", "paid,pattern,*TRUST,,,,b"),
        // Periods that overlap.
        (
            "paid,pattern,LUDFORD*,,,calendar 2024,a",
            "paid,pattern,LUDFORD*,,,Jan 2024 to Mar 2025,b",
        ),
    ] {
        let (paid, rules) = both_orders(more, less, LINE);
        assert_eq!(paid, "paid.a 100", "{more} / {less}");
        let overlap = rules
            .iter()
            .any(|rule| rule == "counterparty-rules-overlap");
        // The year lies inside the fifteen months; in the others neither lies inside the other.
        assert_eq!(
            overlap,
            !more.contains("calendar"),
            "{more} / {less}: {rules:?}"
        );
    }
}

#[test]
fn only_a_tie_is_a_fault_and_leaves_the_line_as_spending() {
    for (one, other) in [
        (
            "paid,exact,LUDFORD YOUTH TRUST,,,,a",
            "paid,exact,LUDFORD YOUTH TRUST,,,,b",
        ),
        (
            "paid,normalised,Ludford Youth Trust,,,,a",
            "paid,normalised,LUDFORD-YOUTH-TRUST,,,,b",
        ),
        ("paid,pattern,LUDFORD*,,,,a", "paid,pattern,ludford*,,,,b"),
        // As many signs written out, and as much left open.
        ("paid,pattern,LUDFORD*,,,,a", "paid,pattern,*H TRUST,,,,b"),
        (
            "paid,exact,LUDFORD YOUTH TRUST,,,2024-25,a",
            "paid,exact,LUDFORD YOUTH TRUST,,,2024-25,b",
        ),
    ] {
        let (paid, rules) = both_orders(one, other, LINE);
        assert_eq!(
            (paid.as_str(), rules.as_slice()),
            ("", &["two-rules-claim-one-line".to_owned()][..]),
            "{one} / {other}"
        );
    }
    // A third rule that names more ends it.
    let three = [
        "paid,pattern,LUDFORD*,,,,a",
        "paid,pattern,ludford*,,,,b",
        "paid,exact,LUDFORD YOUTH TRUST,,,,c",
    ];
    let told = self::told(&three, &[LINE]);
    assert_eq!(told.paid(), "paid.c 100");
    assert!(
        told.findings
            .iter()
            .all(|finding| finding.severity == Severity::Notice)
    );
}

#[test]
fn the_general_rule_still_takes_what_is_left() {
    let rules = [
        "paid,pattern,LUDFORD*,,,,a",
        "paid,pattern,LUDFORD*,account,G1,,b",
        "paid,exact,LUDFORD YOUTH TRUST,,,May 2024,c",
    ];
    let lines = [
        "03/05/2024,LUDFORD YOUTH TRUST,G1,100",
        "03/06/2024,LUDFORD YOUTH TRUST,G1,20",
        "04/06/2024,LUDFORD PARISH,C1,3",
    ];
    let told = told(&rules, &lines);
    assert_eq!(told.paid(), "paid.a 3, paid.b 20, paid.c 100");
    // Of May the one with an account and the exact one of a month: neither lies inside the other.
    assert_eq!(told.rules(), ["counterparty-rules-overlap"]);
    let overlap = &told.findings[0];
    assert_eq!(overlap.at_stake.unwrap().to_string(), "£100.00");
    assert!(
        overlap
            .found
            .starts_with("the rules at rules.csv:4 and rules.csv:3 both claim it"),
        "{overlap}"
    );
    assert!(
        !overlap.to_string().contains("LUDFORD"),
        "no letters of a payee: {overlap}"
    );
}

#[test]
fn a_rule_that_is_always_beaten_says_by_which() {
    let told = told(
        &[
            "paid,pattern,LUDFORD*,,,,a",
            "paid,exact,LUDFORD YOUTH TRUST,,,,b",
            "paid,exact,LUDFORD PARISH,,,,c",
        ],
        &[LINE, "04/05/2024,LUDFORD PARISH,C1,-30"],
    );
    assert_eq!(told.rules(), ["counterparty-rule-always-beaten"]);
    let beaten = &told.findings[0];
    assert_eq!(beaten.position.to_string(), "rules.csv:2");
    assert_eq!(
        beaten.found,
        "`LUDFORD*` meets 2 lines, and all are taken by rules at rules.csv:3, rules.csv:4, which name more or stand first"
    );
    assert_eq!(beaten.at_stake.unwrap().to_string(), "£130.00");
}

/// A rule for every ledger is beaten only where it counts in none.
#[test]
fn a_rule_for_every_ledger_is_beaten_in_all_or_not_at_all() {
    let rules = [
        "every,pattern,LUDFORD*,,,,a",
        "paid,exact,LUDFORD YOUTH TRUST,,,,b",
    ];
    let in_one = told_in(&rules, &[LINE], &[LINE, OTHER]);
    assert_eq!(in_one.paid(), "more.a 100, paid.b 100");
    assert_eq!(in_one.rules(), [""; 0]);
    let in_none = told_in(&rules, &[LINE], &[OTHER]);
    assert_eq!(in_none.rules(), ["counterparty-rule-always-beaten"]);
    // What no line has at all still matches nothing.
    let nothing = told_in(
        &["every,exact,NOWHERE,,,,a", "paid,exact,NOT HERE,,,,b"],
        &[LINE],
        &[OTHER],
    );
    assert_eq!(nothing.rules(), ["counterparty-rule-matches-nothing"; 2]);
}

/// Rules that say the same do not contradict each other; of two the first is the one that counts.
#[test]
fn rules_that_say_the_same_are_no_fault() {
    let told = told(
        &[
            "paid,exact,LUDFORD YOUTH TRUST,,,,a",
            "paid,exact,LUDFORD YOUTH TRUST,,,,a",
        ],
        &[LINE],
    );
    assert_eq!(
        (told.paid().as_str(), told.rules()),
        ("paid.a 100", vec!["counterparty-rule-always-beaten"])
    );
    assert!(told.findings[0].position.to_string().ends_with(":3"));
}

/// Only a text that no rule claims is a near miss.
#[test]
fn a_line_that_a_rule_takes_is_no_near_miss_of_another() {
    let told = told(
        &[
            "paid,exact,LUDFORD YOUTH TRUSTS,,,,a",
            "paid,pattern,LUDFORD*,,,,b",
        ],
        &[LINE],
    );
    assert_eq!(told.paid(), "paid.b 100");
    assert_eq!(told.rules(), ["counterparty-rule-matches-nothing"]);
}
