//! Packs with faults in what they say between partners: rules for counterparties, boundaries,
//! transfers, pools, openings, what is given in kind, priorities.

use crate::packs::one_pack::{Case, Edit, each_is_found, faults_of, line_of, pack, with_edits};
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

#[test]
fn rules_for_counterparties() {
    const UNCLEAR: &str = "counterparty-rule-unclear";
    let line = |right, wrong, says| (right, wrong, UNCLEAR, says);
    each_line(
        "counterparties.csv",
        &[
            line(
                "paid,exact,YOUTH",
                "payed,exact,YOUTH",
                "`payed` is not a ledger of this pack; did you mean `paid`?",
            ),
            line(
                "paid,exact,YOUTH",
                ",exact,YOUTH",
                "`` is not a ledger of this pack",
            ),
            line(
                "paid,exact,YOUTH",
                "returns,exact,YOUTH",
                "the layout of ledger `returns` has no codes `counterparty`",
            ),
            line(
                "Police,fund,F1",
                "Police,found,F1",
                "the layout of ledger `paid` has no codes `found`",
            ),
            line(
                "paid,exact,YOUTH",
                "paid,exactly,YOUTH",
                "`exactly` is not a way of comparing; write exact, normalised or pattern",
            ),
            line(
                "paid,exact,YOUTH",
                "paid,,YOUTH",
                "`` is not a way of comparing",
            ),
            line(
                "exact,YOUTH TRUST,",
                "exact,,",
                "the rule has no text to compare",
            ),
            line(
                "Police,fund,F1",
                "Police,,F1",
                "`F1` is compared with no code",
            ),
            line(
                "normalised,County Police,",
                "normalised,…,",
                "`…` has no letters or digits",
            ),
            line(
                "pattern,GIVING FUND*,",
                "pattern,GIVING [FUND*,",
                "`GIVING [FUND*` is not a pattern",
            ),
            line(
                "F1,2024-25,payer",
                "F1,2024,payer",
                "`2024` may mean several periods",
            ),
            line(
                "F1,2024-25,payer",
                "F1,last year,payer",
                "`last year` is not a period",
            ),
            line("payer,police", "payor,police", "`payor` is not a side"),
            line(
                "charity,grant",
                "charty,grant",
                "`charty` is not a partner of this place; did you mean `charity`",
            ),
            line("charity,grant", ",grant", "`` is not a partner"),
            line(
                "charity,grant",
                "charity,grants",
                "`grants` is not a kind of payment; did you mean `grant`?",
            ),
            line("charity,grant", "charity,", "`` is not a kind of payment"),
            line("0.25,charity", "0.25,charty", "`charty` is not a partner"),
            line(
                "0.25,charity",
                "0.25,",
                "a share is passed on, and the rule does not say to whom",
            ),
            line("0.25,charity", "0,charity", "`0` is not a share"),
            line("0.25,charity", "-0.25,charity", "`-0.25` is not a share"),
            line("0.25,charity", "1.01,charity", "`1.01` is not a share"),
            line("0.25,charity", "25%,charity", "`25%` is not a share"),
            line(
                "0.25,charity",
                "0.1234567,charity",
                "`0.1234567` is not a share",
            ),
            line(
                "0.25,charity",
                "0.25,fund",
                "`fund` cannot pass money on to itself",
            ),
            line(
                "fund,pass-through,0.25",
                "fund,grant,0.25",
                "only a pass-through has a share",
            ),
            line(
                "fund,pass-through,0.25",
                "fund,grant,",
                "only a pass-through has a share and a partner it is passed on to",
            ),
        ],
    );
}

#[test]
fn boundaries_transfers_pools_openings_and_priorities() {
    // A fault is told at the heading above the first key of its table; of two that clash, at the
    // second.
    let cases = [
        (
            r#"["council", "police"]"#,
            r#"["council", "polise"]"#,
            "unknown-member",
            "code = \"public\"",
            "`polise` is not a partner of this place; did you mean `police`",
        ),
        (
            r#"["council", "police"]"#,
            "[]",
            "empty-boundary",
            "code = \"public\"",
            "nobody is inside the boundary `public`",
        ),
        (
            "agreement = \"Made up, section 75, 1 April 2023\"",
            "agreement = \" \"",
            "pool-without-agreement",
            "partner = \"pool\"\nhost",
            "pool `pool` has no agreement",
        ),
        (
            "host = \"council\"",
            "host = \"pool\"",
            "pool-hosts-itself",
            "partner = \"pool\"\nhost",
            "pool `pool` hosts itself",
        ),
        (
            "host = \"council\"",
            "host = \"counsil\"",
            "unknown-member",
            "partner = \"pool\"\nhost",
            "did you mean `council`",
        ),
        (
            "payee = \"charity\"",
            "payee = \"charty\"",
            "unknown-member",
            "payer = \"council\"",
            "did you mean `charity`",
        ),
        (
            "payee = \"charity\"",
            "payee = \"council\"",
            "partner-pays-itself",
            "payer = \"council\"",
            "`council` would pay itself",
        ),
        (
            "pounds = \"0.50\"",
            "pounds = \"half\"",
            "amount-not-readable",
            "payer = \"council\"",
            "`half`",
        ),
        (
            "pounds = \"0.50\"",
            "pounds = \"0.505\"",
            "amount-not-readable",
            "payer = \"council\"",
            "`0.505`",
        ),
        (
            "pounds = \"0.50\"",
            "pounds = \"\"",
            "amount-not-readable",
            "payer = \"council\"",
            "``",
        ),
        (
            "pounds = \"0.50\"",
            "pounds = \"-0.50\"",
            "amount-not-readable",
            "payer = \"council\"",
            "`-0.50` is below zero",
        ),
        (
            "year = \"2023-24\"",
            "year = \"calendar 2023\"",
            "unknown-member",
            "partner = \"pool\"\nyear",
            "`calendar 2023` is not a financial year",
        ),
        (
            "year = \"2023-24\"",
            "year = \"2023\"",
            "unknown-member",
            "partner = \"pool\"\nyear",
            "`2023` may mean several periods",
        ),
        (
            "pounds = \"12.50\"",
            "pounds = \"12.5O\"",
            "amount-not-readable",
            "partner = \"pool\"\nyear",
            "`12.5O`",
        ),
        (
            "partner = \"pool\"\nyear",
            "partner = \"pol\"\nyear",
            "unknown-member",
            "partner = \"pol\"\nyear",
            "did you mean `pool`",
        ),
        (
            "activity = \"clubs\"\nages",
            "activity = \"club\"\nages",
            "unknown-member",
            "name = \"Clubs everywhere\"",
            "did you mean `clubs`",
        ),
        (
            "ages = \"11-17\"",
            "ages = \"17-11\"",
            "unknown-member",
            "name = \"Clubs everywhere\"",
            "`17-11` is not an interval of ages",
        ),
        (
            "code = \"place\"",
            "code = \"public\"",
            "duplicate-code",
            "code = \"public\"",
            "`public` already names a partner or a boundary",
        ),
        (
            "code = \"place\"",
            "code = \"charity\"",
            "duplicate-code",
            "code = \"charity\"",
            "`charity` already names a partner or a boundary",
        ),
        (
            "code = \"place\"",
            "code = \"all-partners\"",
            "duplicate-code",
            "code = \"all-partners\"",
            "`all-partners` already names a partner or a boundary",
        ),
        (
            "code = \"place\"",
            "code = \"\"",
            "code-not-usable",
            "code = \"\"",
            "`` cannot be the code of a boundary",
        ),
        (
            "code = \"place\"",
            "code = \"the,place\"",
            "code-not-usable",
            "code = \"the,place\"",
            "`the,place` cannot be the code of a boundary",
        ),
        (
            "payer = \"police\"\npayee = \"council\"",
            "payer = \"council\"\npayee = \"charity\"",
            "duplicate-code",
            "payer = \"council\"",
            "`council` to `charity` already has terms",
        ),
        (
            "partner = \"fund\"\nhost",
            "partner = \"pool\"\nhost",
            "duplicate-code",
            "partner = \"pool\"\nhost",
            "there is already a pool `pool`",
        ),
    ];
    for (right, wrong, rule, first_key, says) in cases {
        let (findings, files) = faults(&[("place.toml", right, wrong)]);
        let text = &files
            .iter()
            .find(|(name, _)| name == "place.toml")
            .unwrap()
            .1;
        let before = &text[..text.rfind(first_key).unwrap()];
        let heading = before.matches('\n').count() as u64;
        let found = findings.iter().any(|finding| {
            finding.rule == rule
                && finding.position.file == "place.toml"
                && finding.position.line == Some(heading)
                && finding.found.contains(says)
                && !finding.remedy.is_empty()
        });
        assert!(
            found,
            "expected {rule} at line {heading}: {says}\n{findings}"
        );
        assert_eq!(findings.len(), 1, "one fault, told once\n{findings}");
    }
}

/// A partner may not be called what stands for all of them.
#[test]
fn no_partner_is_called_all_partners() {
    let (findings, _) = faults(&[(
        "place.toml",
        r#"{ code = "pool" }]"#,
        r#"{ code = "pool" }, { code = "all-partners" }]"#,
    )]);
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.rule, "reserved-code");
    assert_eq!(finding.position.file, "place.toml");
    assert!(finding.found.contains("`all-partners`"), "{finding}");
}

#[test]
fn what_is_given_in_kind() {
    const CLUB: &str =
        "charity,clubs,11-17,everyone,north,2024-25,outturn,volunteer-time,1200,hours,signed in";
    let wrong = |from: &str, to: &str| CLUB.replacen(from, to, 1);
    let cases = [
        (
            wrong("charity", "charty"),
            "unknown-member",
            "`charty` is not a partner",
        ),
        (
            wrong("clubs", "club"),
            "unknown-member",
            "`club` is not an activity",
        ),
        (
            wrong("11-17", "11-"),
            "unknown-member",
            "`11-` is not an interval of ages",
        ),
        (
            wrong("everyone", "somebody"),
            "unknown-member",
            "`somebody` is not a client group",
        ),
        (
            wrong("north", "nroth"),
            "unknown-member",
            "`nroth` is not a locality",
        ),
        (
            wrong("2024-25", "2024"),
            "unknown-member",
            "`2024` may mean several periods",
        ),
        (
            wrong("outturn", "outurn"),
            "unknown-member",
            "did you mean `outturn`",
        ),
        (
            wrong("volunteer-time", "volunteers"),
            "unknown-member",
            "`volunteers` is not a resource",
        ),
        (
            wrong("volunteer-time", "cash"),
            "cash-in-kind",
            "cash is not given in kind",
        ),
        (
            wrong("1200", "1200 h"),
            "quantity-not-readable",
            "`1200 h` is not a quantity",
        ),
        (
            wrong("1200", "0"),
            "quantity-not-readable",
            "`0` is not a quantity",
        ),
        (
            wrong("1200", "-5"),
            "quantity-not-readable",
            "`-5` is not a quantity",
        ),
        (
            wrong("1200", "NaN"),
            "quantity-not-readable",
            "`NaN` is not a quantity",
        ),
        (
            wrong("1200", ""),
            "quantity-not-readable",
            "`` is not a quantity",
        ),
        (wrong("hours", ""), "in-kind-without-basis", "has no unit"),
        (
            wrong("signed in", " "),
            "in-kind-without-basis",
            "has no basis",
        ),
    ];
    let lines: Vec<(&str, &str, &str, &str)> = (cases.iter())
        .map(|(wrong, rule, says)| (CLUB, wrong.as_str(), *rule, *says))
        .collect();
    each_line("given.csv", &lines);
}

#[test]
fn resource_and_flexibility_of_a_ledger() {
    each_line(
        "crosswalk.csv",
        &[
            (
                "S,staff-time",
                "S,staff-tme",
                "unknown-member",
                "`staff-tme` is not a resource of this place; did you mean `staff-time`",
            ),
            (
                "lease,contracted to Mar 2027",
                "lease,contracted to 2027",
                "unknown-member",
                "`2027` may mean several periods",
            ),
            (
                "law,statutory",
                "law,statuory",
                "unknown-member",
                "`statuory` is not a flexibility of this place",
            ),
            (
                "S,staff-time,",
                "S,,unknown",
                "crosswalk-rows-clash",
                "`S` of ledger `paid` has, on resource, a gap, which it has not",
            ),
            (
                "law,statutory,",
                "law,,unknown",
                "crosswalk-rows-clash",
                "`law` of ledger `paid` has, on flexibility, a gap, which it has not",
            ),
            (
                "paid,resource,S,staff-time,",
                "paid,resource,S,staff-time,\npaid,resource,S,premises,",
                "crosswalk-rows-clash",
                "several members; only an activity may be a mix",
            ),
            (
                "paid,flexibility,law,statutory,",
                "returns,flexibility,law,statutory,",
                "crosswalk-row-never-used",
                "ledger `returns` does not look flexibility up in the crosswalk",
            ),
        ],
    );
    let ledger = |right, wrong, rule, says| (right, wrong, rule, says);
    for (right, wrong, rule, says) in [
        ledger(
            "basis = \"hours × £20.00\"\n",
            "",
            "in-kind-without-basis",
            "ledger `paid` holds more than cash and does not say how it was valued",
        ),
        ledger(
            "resource = { by = \"crosswalk\" }",
            "resource = { gap = \"unknown\" }",
            "axis-rule-unclear",
            "ledger `paid` places money in a gap of resource",
        ),
        ledger(
            "flexibility = { by = \"crosswalk\" }",
            "flexibility = { by = \"crosswalk\", otherwise_gap = \"withheld\" }",
            "axis-rule-unclear",
            "ledger `paid` places money in a gap of flexibility",
        ),
        ledger(
            "resource = { by = \"crosswalk\" }",
            "resource = { always = \"staf-time\" }",
            "unknown-member",
            "did you mean `staff-time`",
        ),
        ledger(
            "flexibility = { by = \"crosswalk\" }",
            "flexibility = { always = \"free\" }",
            "unknown-member",
            "`free` is not a flexibility of this place",
        ),
        ledger(
            "flexibility = { by = \"crosswalk\" }",
            "flexibility = { always = \"statutory\", by = \"code\" }",
            "axis-rule-unclear",
            "must have one of `by`, `always` and `gap`",
        ),
        ledger(
            "codes.flexibility = [\"how\"]\n",
            "",
            "no-such-column",
            "ledger `paid` places flexibility by codes, but its layout names no column of them",
        ),
    ] {
        let (findings, files) = faults(&[("place.toml", right, wrong)]);
        let heading = line_of(&files, "place.toml", "id = \"paid\"") - 1;
        let found = findings.iter().any(|finding| {
            finding.rule == rule
                && finding.position.file == "place.toml"
                && finding.position.line == Some(heading)
                && finding.found.contains(says)
        });
        assert!(
            found,
            "expected {rule} at line {heading}: {says}\n{findings}"
        );
    }
}

/// Codes that nobody knows keep their money, and the notice says as what.
#[test]
fn unknown_codes_of_resource_and_flexibility_are_kept() {
    const ROWS: &str =
        "name,fund,what,how,amount\n,,M,law,10.00\n,,staff-tme,free,7.00\n,,staff-tme,law,5.00\n";
    let right = "name,fund,what,how,amount\nYOUTH TRUST,,M,law,10.00\n,,S,lease,20.00\n";
    // By the crosswalk, and by codes of the place itself.
    let by_code = [
        (
            "place.toml",
            "resource = { by = \"crosswalk\" }\nflexibility = { by = \"crosswalk\" }",
            "resource = { by = \"code\" }\nflexibility = { by = \"code\" }",
        ),
        ("crosswalk.csv", CROSSWALK, "ledger,axis,code,to,gap\n"),
        ("paid.csv", right, ROWS),
        ("paid.csv", "M,law,10.00", "cash,statutory,10.00"),
        ("paid.csv", "tme,law", "tme,statutory"),
    ];
    let by_crosswalk = [("paid.csv", right, ROWS)];
    for edits in [&by_crosswalk[..], &by_code[..]] {
        let files = with_edits(&FILES, edits);
        let shown: Vec<(&str, &str)> = (files.iter())
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let folder = pack(&shown);
        let place = Place::open(folder.path()).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        let unmapped: Vec<_> = (account.findings().iter())
            .filter(|finding| finding.rule == "unmapped-code")
            .collect();
        let told: Vec<String> = (unmapped.iter())
            .map(|finding| {
                let stake = finding.at_stake.unwrap();
                format!("{} {} {}", finding.position, stake, finding.remedy)
            })
            .collect();
        assert_eq!(
            told,
            [
                "paid.csv:3: flexibility £7.00 the money is kept, and its flexibility is not \
                 stated; correct `free`, add it to the crosswalk, or write down `otherwise` for \
                 flexibility",
                "paid.csv:3: resource £12.00 it is kept as cash; correct `staff-tme`, add it to \
                 the crosswalk, or write down `otherwise` for resource",
            ]
        );
        assert!(
            unmapped
                .iter()
                .all(|finding| finding.severity == Severity::Notice)
        );
        let codings: Vec<_> = account.lines().map(|(_, _, coding)| coding).collect();
        let kept: Vec<_> = codings[..3]
            .iter()
            .map(|coding| (coding.resource, coding.flexibility))
            .collect();
        assert_eq!(
            kept,
            [
                (Resource::Cash, Flexibility::Statutory),
                (Resource::Cash, Flexibility::NotStated),
                (Resource::Cash, Flexibility::Statutory),
            ]
        );
        assert_eq!(account.total().to_string(), "£23.00", "with the return");
    }
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

/// A rule that meets no line is told, unless another rule wants the same lines: that is told.
#[test]
fn rules_that_meet_nothing_are_told() {
    let told = |edits: &[Edit<'_>]| -> Vec<String> {
        let files = with_edits(&FILES, edits);
        let shown: Vec<(&str, &str)> = (files.iter())
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let folder = pack(&shown);
        let place = Place::open(folder.path()).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        (account.findings().iter())
            .map(|finding| format!("{}: {}", finding.position, finding.found))
            .filter(|finding| finding.contains("no line of"))
            .collect()
    };
    assert_eq!(
        told(&[]),
        [
            "counterparties.csv:3: no line of ledger `paid` meets `County Police`",
            "counterparties.csv:4: no line of ledger `paid` meets `GIVING FUND*`",
            "counterparties.csv:5: no line of any ledger meets `POOL`",
        ]
    );
    let clash = ("counterparties.csv", "GIVING FUND*", "YOUTH*");
    let met = ("paid.csv", ",,S,lease", "POOL,,S,lease");
    assert_eq!(
        told(&[clash, met]),
        ["counterparties.csv:3: no line of ledger `paid` meets `County Police`"]
    );
}
