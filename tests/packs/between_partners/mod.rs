//! Packs with faults in what they say between partners: rules for counterparties, boundaries,
//! transfers, pools, openings, what is given in kind, priorities.
//!
//! - `boundaries`: boundaries, transfers, pools, openings and priorities
//! - `counterparties`: rules for counterparties, and those that meet nothing
//! - `precedence`: of several rules that claim a line the one that names more counts
//! - `in_kind`: what is given in kind; resource and flexibility of a ledger

mod boundaries;
mod counterparties;
mod in_kind;
mod precedence;

use crate::fixtures::packs::{Case, Edit, each_is_found, faults_of, line_of, pack, with_edits};
use std::sync::Arc;
use wholeplace::account::PlaceAccount;
use wholeplace::axis::{Flexibility, Resource};
use wholeplace::finding::{Findings, Severity};
use wholeplace::place::{Place, PlaceError};

const PLACE: &str = r#"[place]
name = "Between"
locality = "county"

[[localities]]
rows = [{ code = "county" }, { code = "north", level = "area", parent = "county" }]

[[activities]]
rows = [{ code = "youth", level = "theme" }, { code = "clubs", level = "activity", parent = "youth" }]

[[groups]]
rows = [{ code = "everyone" }]

[[partners]]
rows = [{ code = "council" }, { code = "police" }, { code = "charity" }, { code = "fund" }, { code = "pool" }]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ rows = [{ locality = "north", ages = "all", mass = "10" }] }]

[[sharing]]
driver = "people"

[[boundary]]
code = "public"
name = "Public bodies"
partners = ["council", "police"]

[[boundary]]
code = "place"
name = "The whole place"
partners = ["council", "police", "charity"]

[[counterparty]]
file = "counterparties.csv"

[[transfer]]
payer = "council"
payee = "charity"
figure = "payer"
days = 14
pounds = "0.50"

[[transfer]]
payer = "police"
payee = "council"
figure = "payee"
days = 0
pounds = "0"

[[pool]]
partner = "pool"
host = "council"
agreement = "Made up, section 75, 1 April 2023"
rule = "equally"

[[pool]]
partner = "fund"
host = "police"
agreement = "Made up, 1 April 2022"
rule = "host"

[[opening]]
partner = "pool"
year = "2023-24"
pounds = "12.50"
source = "made up"

[[in_kind]]
file = "given.csv"

[[priority]]
name = "Clubs everywhere"
activity = "clubs"
ages = "11-17"

[[crosswalk]]
file = "crosswalk.csv"

[[ledger]]
id = "paid"
name = "Payments"
source = "made up"
basis = "hours × £20.00"
phase = "outturn"
files = ["paid.csv"]

[ledger.layout]
amount = ["amount"]
codes.counterparty = ["name"]
codes.fund = ["fund"]
codes.resource = ["what"]
codes.flexibility = ["how"]

[ledger.axes]
partner = { always = "council" }
activity = { always = "youth" }
ages = { always = "all" }
group = { always = "everyone" }
locality = { always = "county" }
period = { always = "2024-25" }
resource = { by = "crosswalk" }
flexibility = { by = "crosswalk" }

[[ledger]]
id = "returns"
name = "A return that names nobody"
source = "made up"
phase = "budget"
files = ["returns.csv"]

[ledger.layout]
amount = ["amount"]
codes.line = ["line"]

[ledger.axes]
partner = { always = "police" }
activity = { always = "youth" }
ages = { always = "all" }
group = { always = "everyone" }
locality = { always = "county" }
period = { always = "2024-25" }
"#;

const COUNTERPARTIES: &str = "\
ledger,match,text,and_code,and_text,period,side,partner,kind,share,onward
paid,exact,YOUTH TRUST,,,,,charity,grant,,
paid,normalised,County Police,fund,F1,2024-25,payer,police,recharge,,
paid,pattern,GIVING FUND*,,,,payer,fund,pass-through,0.25,charity
every,exact,POOL,,,,payee,pool,pool-contribution,,
";

const GIVEN: &str = "\
partner,activity,ages,group,locality,period,phase,resource,quantity,unit,basis
charity,clubs,11-17,everyone,north,2024-25,outturn,volunteer-time,1200,hours,signed in
council,youth,all,,county,2024-25,outturn,premises,9.5,evenings,bookings
";

const CROSSWALK: &str = "\
ledger,axis,code,to,gap
paid,resource,M,cash,
paid,resource,S,staff-time,
paid,flexibility,law,statutory,
paid,flexibility,lease,contracted to Mar 2027,
";

const FILES: [(&str, &str); 6] = [
    ("place.toml", PLACE),
    ("counterparties.csv", COUNTERPARTIES),
    ("given.csv", GIVEN),
    ("crosswalk.csv", CROSSWALK),
    (
        "paid.csv",
        "name,fund,what,how,amount\nYOUTH TRUST,,M,law,10.00\n,,S,lease,20.00\n",
    ),
    ("returns.csv", "line,amount\n190,1.00\n"),
];

fn faults(edits: &[Edit<'_>]) -> (Findings, Vec<(String, String)>) {
    faults_of(with_edits(&FILES, edits), edits)
}

fn opened(edits: &[Edit<'_>]) -> Result<Arc<Place>, PlaceError> {
    let files = with_edits(&FILES, edits);
    let shown: Vec<(&str, &str)> = (files.iter())
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Place::open(pack(&shown).path())
}

/// Faults of single lines of a table: the line as it should be, as it is, the rule it breaks, and
/// what is told of it.
fn each_line(file: &str, lines: &[(&str, &str, &str, &str)]) {
    let edits: Vec<[Edit<'_>; 1]> = (lines.iter())
        .map(|(right, wrong, ..)| [(file, *right, *wrong)])
        .collect();
    let cases: Vec<Case<'_>> = (lines.iter().zip(&edits))
        .map(|((_, wrong, rule, says), edits)| Case {
            edits,
            rule,
            file,
            on: wrong,
            says,
        })
        .collect();
    each_is_found(&cases, faults);
}

#[test]
fn the_pack_without_faults_opens() {
    let place = opened(&[]).unwrap();
    assert_eq!(place.boundaries().len(), 2);
    assert_eq!(place.transfers().len(), 2);
    assert_eq!(place.pools().len(), 2);
    assert_eq!(place.openings().len(), 1);
    assert_eq!(place.in_kind().len(), 2);
    assert_eq!(place.priorities().len(), 1);
    assert_eq!(place.counterparties().flows().iter().count(), 4);
}

/// A fault in each new table, in one pack: all are told at once, each with its file and line.
#[test]
fn all_faults_are_told_at_once() {
    let edits = [
        ("counterparties.csv", "payer,police", "payor,police"),
        ("counterparties.csv", "0.25,charity", "2,charity"),
        ("counterparties.csv", "charity,grant", "charty,grants"),
        ("given.csv", "volunteer-time,1200", "cash,many"),
        ("crosswalk.csv", "S,staff-time", "S,staff-tme"),
        ("place.toml", r#"["council", "police"]"#, r#"["counsil"]"#),
        ("place.toml", "code = \"place\"", "code = \"police\""),
        ("place.toml", "pounds = \"0.50\"", "pounds = \"-1\""),
        (
            "place.toml",
            "partner = \"fund\"\nhost = \"police\"",
            "partner = \"fund\"\nhost = \"fund\"",
        ),
        ("place.toml", "year = \"2023-24\"", "year = \"Q1 2023-24\""),
        (
            "place.toml",
            "activity = \"clubs\"\nages",
            "activity = \"club\"\nages",
        ),
        ("place.toml", "basis = \"hours × £20.00\"\n", ""),
    ];
    let (findings, files) = faults(&edits);
    let mut told: Vec<String> = (findings.iter())
        .map(|finding| {
            let position = &finding.position;
            let line = position.line.expect("each fault has its line");
            // Lines of `place.toml` are those of headings: with the line after, they can be told.
            let text = &files
                .iter()
                .find(|(name, _)| *name == position.file)
                .unwrap()
                .1;
            let lines: Vec<&str> = text.lines().collect();
            let line = usize::try_from(line).unwrap();
            let at = match position.file.as_str() {
                "place.toml" => format!("{} {}", lines[line - 1], lines[line]),
                file => format!("{file}:{line}"),
            };
            format!("{at}: {}", finding.rule)
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            "[[boundary]] code = \"police\": duplicate-code",
            "[[boundary]] code = \"public\": unknown-member",
            "[[ledger]] id = \"paid\": in-kind-without-basis",
            "[[opening]] partner = \"pool\": unknown-member",
            "[[pool]] partner = \"fund\": pool-hosts-itself",
            "[[priority]] name = \"Clubs everywhere\": unknown-member",
            "[[transfer]] payer = \"council\": amount-not-readable",
            // Both faults of the first rule.
            "counterparties.csv:2: counterparty-rule-unclear",
            "counterparties.csv:2: counterparty-rule-unclear",
            "counterparties.csv:3: counterparty-rule-unclear",
            "counterparties.csv:4: counterparty-rule-unclear",
            "crosswalk.csv:3: unknown-member",
            "given.csv:2: cash-in-kind",
            "given.csv:2: quantity-not-readable",
        ]
    );
}

/// What is not in the right shape at all is refused with its line.
#[test]
fn keys_that_are_unknown_or_missing_are_refused() {
    let cases = [
        (
            "figure = \"payer\"",
            "figure = \"average\"",
            "unknown variant `average`, expected `payer` or `payee`",
        ),
        ("days = 14", "days = -1", "invalid value: integer `-1`"),
        (
            "pounds = \"0.50\"",
            "pounds = 0.50",
            "invalid type: floating point `0.5`, expected a string",
        ),
        (
            "pounds = \"0.50\"",
            "tolerance = \"0.50\"",
            "unknown field `tolerance`",
        ),
        (
            "rule = \"equally\"",
            "rule = \"equaly\"",
            "unknown variant `equaly`",
        ),
        (
            "year = \"2023-24\"",
            "yaer = \"2023-24\"",
            "unknown field `yaer`",
        ),
        ("ages = \"11-17\"", "age = \"11-17\"", "unknown field `age`"),
    ];
    for (right, wrong, says) in cases {
        let error = opened(&[("place.toml", right, wrong)]).unwrap_err();
        assert!(matches!(error, PlaceError::NotAPack { .. }), "{error}");
        let files = with_edits(&FILES, &[("place.toml", right, wrong)]);
        let line = line_of(&files, "place.toml", wrong);
        let error = error.to_string();
        assert!(error.contains(says), "{error}");
        assert!(
            error.contains(&format!("line {line},")),
            "line {line}: {error}"
        );
    }
    for (left_out, says) in [
        (
            "agreement = \"Made up, section 75, 1 April 2023\"\n",
            "missing field `agreement`",
        ),
        ("name = \"Public bodies\"\n", "missing field `name`"),
        ("figure = \"payer\"\n", "missing field `figure`"),
        (
            "source = \"made up\"\n\n[[in_kind]]",
            "missing field `source`",
        ),
    ] {
        let instead = if left_out.ends_with(']') {
            "\n[[in_kind]]"
        } else {
            ""
        };
        let error = opened(&[("place.toml", left_out, instead)]).unwrap_err();
        let error = error.to_string();
        assert!(error.contains(says), "{error}");
        assert!(error.contains("line "), "{error}");
    }
    // A column that a table does not have.
    let (findings, _) = faults(&[(
        "place.toml",
        "[[in_kind]]\nfile = \"given.csv\"",
        "[[in_kind]]\nfile = \"given.csv\"\nset = { value = \"5\" }",
    )]);
    assert!(
        findings
            .iter()
            .any(|finding| finding.rule == "unknown-field"),
        "{findings}"
    );
}
