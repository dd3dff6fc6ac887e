//! Money that is not spending leaves the account as a step with a name.

use super::*;
use wholeplace::reconciliation::Step;

const PAID: [(&str, &str, &str); 6] = [
    ("YOUTH", "revenue", "100.00"),
    ("DEPOSIT 1", "treasury", "5000.00"),
    ("DEPOSIT 2", "treasury", "-2000.00"),
    ("VAT", "control", "30.00"),
    ("VAT", "treasury", "7.00"),
    ("OTHER", "revenue", "1.00"),
];

const CODES: &str = "ledger,code,activity,not spending,note\n\
    paid,YOUTH,youth-work,,\n\
    paid,VAT,,Balance sheet,control account\n";

const EXCLUDED: &str = r#"
[[excluded]]
ledger = "paid"
codes.category = ["TREAS*"]
reason = "treasury"
note = "deposits that come back"

[[excluded]]
ledger = "paid"
codes.activity = ["DEPOSIT 1"]
reason = "treasury"
note = "an earlier rule has it"

[[excluded]]
ledger = "paid"
codes.activity = ["OTHER"]
codes.category = ["revenue"]
periods = ["May 2024"]
reason = "other"
note = "of another month"
"#;

fn with_excluded(codes: &str, excluded: &str) -> TempDir {
    let folder = folder(codes, &PAID);
    let text = format!("{PLACE}{excluded}");
    std::fs::write(folder.path().join("place.toml"), text).unwrap();
    folder
}

fn differences(step: &Step) -> Vec<(&str, String)> {
    let all = step.differences.iter();
    all.map(|one| (one.name.as_str(), one.pence.to_string()))
        .collect()
}

#[test]
fn lines_leave_the_account_once_each_with_its_name() {
    let folder = with_excluded(CODES, EXCLUDED);
    let account = account(folder.path());
    assert_eq!(account.total().to_string(), "£101.00");
    assert_eq!(account.line_count(), 2);
    assert_eq!(account.lines().count(), 2);
    let steps = &account.reconciliation().steps;
    let at = steps
        .iter()
        .position(|step| step.name == "ledger `paid`: what is spending")
        .expect("a step of its own");
    assert_eq!(steps[at].incoming.to_string(), "£3,138.00");
    assert_eq!(
        differences(&steps[at]),
        [
            (
                "not spending: treasury, deposits that come back (3 lines)",
                "-£3,007.00".to_owned()
            ),
            ("not spending: balance sheet (1 line)", "-£30.00".to_owned()),
        ]
    );
    assert_eq!(steps[at].outgoing.to_string(), "£101.00");
    assert_eq!(steps[at + 1].incoming, steps[at].outgoing);
    assert!(
        steps[at + 1].name.contains("£1.00 with activity unmapped;"),
        "{}",
        steps[at + 1].name
    );
    let last = steps.last().unwrap();
    assert_eq!(
        (last.incoming, last.outgoing),
        (account.total(), account.total())
    );
    assert!(account.reconciliation().holds());
    let listed: Vec<(String, Vec<String>, u64)> = (account.excluded())
        .map(|money| (money.reason.to_string(), money.codes.clone(), money.lines))
        .collect();
    assert_eq!(
        listed,
        [
            ("treasury".to_owned(), vec!["treasury".to_owned()], 3),
            ("balance sheet".to_owned(), vec!["VAT".to_owned()], 1),
        ]
    );
}

#[test]
fn a_rule_that_takes_nothing_is_told_and_an_excluded_code_needs_no_place() {
    let folder = with_excluded(CODES, EXCLUDED);
    let account = account(folder.path());
    let told: Vec<(&str, Option<u64>)> = (account.findings().iter())
        .map(|one| (one.rule.as_str(), one.position.line))
        .collect();
    let line = |text: &str| {
        let before = format!("{PLACE}{EXCLUDED}");
        let at = before.find(text).unwrap();
        before[..at]
            .rfind("[[excluded]]")
            .map(|at| before[..at].lines().count() as u64 + 1)
    };
    assert_eq!(
        told,
        [
            ("unmapped-code", Some(7)),
            ("excluded-matches-nothing", line("an earlier rule")),
            ("excluded-matches-nothing", line("of another month")),
        ],
        "{}",
        account.findings()
    );
}

#[test]
fn periods_narrow_a_rule() {
    let april = EXCLUDED.replace("May 2024", "Apr 2024");
    let folder = with_excluded(CODES, &april);
    let account = account(folder.path());
    assert_eq!(account.total().to_string(), "£100.00");
    assert!(
        account
            .excluded()
            .any(|money| money.name() == "not spending: other, of another month (1 line)")
    );
}

/// The cube, the figures and the walk from record to record have what the account has.
#[test]
fn figures_are_of_what_is_spending() {
    use wholeplace::{Boundary, Cube, Phase};
    let folder = with_excluded(CODES, EXCLUDED);
    let account = account(folder.path());
    let cube = Cube::build(&account).unwrap();
    let question = (cube.ask().period("2024-25".parse().unwrap()))
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners);
    let answer = question.answer().unwrap();
    assert_eq!(answer.total.amount.to_string(), "£101.00");
    assert!(answer.reconciliation.holds());
    assert_eq!(
        answer.total,
        question.answer_record_by_record().unwrap().total
    );
}

/// Coarse lines give way to finer ones of their time; finer lines that are not spending are none.
#[test]
fn what_is_not_spending_replaces_nothing() {
    let coarse = r#"
[[ledger]]
id = "return"
name = "Return"
source = "made up"
phase = "outturn"
files = ["return.csv"]

[ledger.layout]
amount = ["amount"]
period = ["year"]
codes.activity = ["for"]

[ledger.axes]
partner = { always = "council" }
activity = { by = "code" }
ages = { always = "all" }
group = { always = "everyone" }
locality = { always = "county" }

[[replaced]]
ledger = "return"
codes.activity = ["youth-work"]
by = ["paid"]
rest = "stays"
note = "payments"

[[excluded]]
ledger = "return"
codes.activity = ["schools"]
reason = "sum-of-lines"
"#;
    let folder = with_excluded(CODES, &format!("{EXCLUDED}{coarse}"));
    std::fs::write(
        folder.path().join("return.csv"),
        "year,for,amount\n2024-25,youth-work,500.00\n2024-25,schools,40.00\n",
    )
    .unwrap();
    let account = account(folder.path());
    // £101.00 of payments lie inside the return's £500.00, which counts with what they leave.
    assert_eq!(account.total().to_string(), "£500.00");
    assert!(account.reconciliation().holds());
    let read: i64 = account
        .ledgers()
        .iter()
        .map(|one| one.ledger().total().get())
        .sum();
    let excluded: i64 = account.excluded().map(|money| money.pence.get()).sum();
    let last = account.reconciliation().steps.last().unwrap();
    let replaced: i64 = last.differences.iter().map(|one| one.pence.get()).sum();
    assert_eq!(read, account.total().get() + excluded - replaced);
}
