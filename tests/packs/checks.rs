//! The check of a pack and its files: what it counts, what it calls odd, what it leaves alone. All
//! right values are worked out by hand from the texts here.

use crate::fixtures::packs::{Edit, pack, with_edits};
use tempfile::TempDir;
use wholeplace::account::PlaceAccount;
use wholeplace::check::{Check, MonthState, PackFaults, SignCheck};
use wholeplace::finding::Severity;
use wholeplace::place::{Place, PlaceError};

const PLACE: &str = r#"
[place]
name = "Small"
locality = "county"

[[localities]]
rows = [{ code = "county" }]

[[activities]]
rows = [
    { code = "roads" },
    { code = "care" },
    { code = "children", parent = "care" },
    { code = "parks" },
]

[[groups]]
rows = [{ code = "everyone" }]

[[partners]]
rows = [{ code = "council" }, { code = "charity" }, { code = "police" }]

[[driver]]
code = "even"
name = "evenly"
class = "judgement"
source = "made up"
tables = [{ rows = [{ locality = "county", ages = "all", mass = "1" }] }]

[[driver]]
code = "spare"
name = "not in use"
class = "judgement"
source = "made up"
tables = [{ rows = [{ locality = "county", ages = "all", mass = "1" }] }]

[[sharing]]
activity = "parks"
driver = "spare"

[[sharing]]
driver = "even"

[[boundary]]
code = "others"
name = "Others"
partners = ["charity", "police"]

[[crosswalk]]
rows = [
    { ledger = "paid", axis = "activity", code = "R", to = "roads" },
    { ledger = "paid", axis = "activity", code = "C", to = "children" },
    { ledger = "paid", axis = "activity", code = "W", gap = "withheld" },
]

[[ledger]]
id = "paid"
name = "Payments"
source = "made up"
phase = "outturn"
files = ["*.csv"]
control = [
    { name = "published", total = "1000.00", lines = 6 },
    { name = "roads", total = "400.00", where.Service = ["R"] },
]

[ledger.layout]
amount = ["Net", "Net Amount"]
date = ["Paid"]
codes.activity = ["Service"]
codes.payee = ["Payee"]

[ledger.axes]
partner = { always = "council" }
activity = { by = "crosswalk" }
ages = { always = "all" }
group = { always = "everyone" }
locality = { always = "county" }
"#;

/// £100, £300 of roads, £200 of children, £50 unmapped, £150 withheld, and a credit of £100.
const APRIL: &str = "Paid,Service,Net,Payee,VAT\n\
    03/04/2024,R,100.00,x,1\n04/04/2024,R,300.00,x,1\n05/04/2024,C,200.00,x,1\n";
const JUNE: &str = "Paid,Service,Net Amount,Our ref\n\
    03/06/2024,Z,50.00,a\n04/06/2024,W,150.00,a\n05/06/2024,C,-100.00,a\n";

fn small(edits: &[Edit<'_>]) -> TempDir {
    let files = [
        ("place.toml", PLACE),
        ("april.csv", APRIL),
        ("june.csv", JUNE),
    ];
    let files = with_edits(&files, edits);
    let shown: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    pack(&shown)
}

fn check(edits: &[Edit<'_>]) -> Check {
    let folder = small(edits);
    let place = Place::open(folder.path()).unwrap();
    Check::of(&PlaceAccount::load(&place).unwrap())
}

#[test]
fn lines_pounds_credits_and_rejected_rows_are_counted_by_file() {
    let check = check(&[(
        "june.csv",
        "04/06/2024,W,150.00,a\n",
        "04/06/2024,W,150.00,a\n06/06/2024,R,12.345,a\n07/06/2024,R,1x,a\n",
    )]);
    let ledger = &check.ledgers[0];
    let sums = |sums: &wholeplace::check::LineSums| {
        let pence = [sums.pence, sums.credit_pence, sums.rejected_pence].map(|p| p.to_string());
        (
            [
                sums.lines,
                sums.credits,
                sums.rejected,
                sums.rejected_unknown,
            ],
            pence.join(" "),
        )
    };
    assert_eq!(
        sums(&ledger.files[0].sums),
        ([3, 0, 0, 0], "£600.00 £0.00 £0.00".into())
    );
    // An amount of a tenth of a penny too many is known to the penny; `1x` is not.
    assert_eq!(
        sums(&ledger.files[1].sums),
        ([3, 1, 2, 1], "£100.00 -£100.00 £12.34".into())
    );
    assert_eq!(
        sums(&ledger.sums),
        ([6, 1, 2, 1], "£700.00 -£100.00 £12.34".into())
    );
    assert!(check.any_fault());
}

#[test]
fn each_file_says_which_headings_it_uses_lacks_and_has_besides() {
    let check = check(&[]);
    let columns: Vec<String> = (check.ledgers[0].columns.iter())
        .map(|column| {
            let key = column.key.as_deref().unwrap_or("-");
            let heading = column.heading.as_deref().unwrap_or("missing");
            format!("{key}: {heading} in {}", column.files.join(" "))
        })
        .collect();
    assert_eq!(
        columns,
        [
            "amount: Net in april.csv",
            "amount: Net Amount in june.csv",
            "date: Paid in april.csv june.csv",
            "codes.activity: Service in april.csv june.csv",
            "codes.payee: missing in june.csv",
            "codes.payee: Payee in april.csv",
            "control.Service: Service in april.csv june.csv",
            "-: Our ref in june.csv",
            "-: VAT in april.csv",
        ]
    );
}

/// A header that has lost its line end holds the first payment: its cells are no headings, and
/// may be names.
#[test]
fn what_stands_in_a_header_and_is_a_payment_is_not_shown() {
    let run_on = (
        "april.csv",
        "VAT\n03/04/2024,R,100.00,x,1",
        "VAT03/04/2024,R,100.00,Jo Smith,1",
    );
    let check = check(&[run_on]);
    assert!(
        check
            .findings
            .iter()
            .any(|group| group.lead().rule == "line-in-header")
    );
    assert!(!check.to_json().contains("Smith") && !check.to_string().contains("Smith"));
}

#[test]
fn a_month_between_two_others_is_missing_until_the_pack_says_that_it_is_empty() {
    let months = |check: &Check| -> Vec<String> {
        let months = check.months.ledgers[0].months.iter();
        let told = months.map(|m| format!("{} {} {} {:?}", m.period, m.lines, m.pence, m.state));
        told.collect()
    };
    let gap = check(&[]);
    assert_eq!(
        months(&gap),
        [
            "Apr 2024 3 £600.00 There",
            "May 2024 0 £0.00 Missing",
            "Jun 2024 3 £100.00 There"
        ]
    );
    assert_eq!((gap.months.complete, gap.months.expected), (2, 3));
    assert!(gap.summary.to_string().contains(", 2 of 3 months, "));
    assert!(gap.to_string().contains("`paid` lacks 1 month: May 2024."));
    let empty = check(&[(
        "place.toml",
        "files = [\"*.csv\"]",
        "files = [\"*.csv\"]\ncomplete = [\"May 2024\"]",
    )]);
    assert_eq!((empty.months.complete, empty.months.expected), (3, 3));
}

#[test]
fn stray_lines_are_outside_and_what_reports_are_of_is_expected() {
    // Forty lines in April, one in February: fewer than a twentieth.
    let many = "03/04/2024,R,1.00,x,1\n".repeat(40);
    let april = format!("Paid,Service,Net,Payee,VAT\n03/02/2024,R,1.00,x,1\n{many}");
    let reports = [
        ("april.csv", APRIL, april.as_str()),
        (
            "june.csv",
            "03/06/2024,Z,50.00,a\n04/06/2024,W,150.00,a\n05/06/2024,C,-100.00,a\n",
            "03/06/2024,Z,50.00,a\n",
        ),
        (
            "place.toml",
            "locality = \"county\"",
            "locality = \"county\"\nreport_period = \"Q1 2024-25\"",
        ),
    ];
    let check = check(&reports);
    let states: Vec<(String, MonthState)> = (check.months.ledgers[0].months.iter())
        .map(|month| (month.period.to_string(), month.state))
        .collect();
    let wanted = [
        ("Feb 2024", MonthState::Outside),
        ("Apr 2024", MonthState::There),
        ("May 2024", MonthState::Missing),
        ("Jun 2024", MonthState::Few),
    ];
    assert_eq!(
        states,
        wanted.map(|(month, state)| (month.to_owned(), state))
    );
    assert_eq!((check.months.complete, check.months.expected), (1, 3));
}

#[test]
fn control_totals_say_by_how_much_they_are_missed() {
    let check = check(&[]);
    let told: Vec<(bool, String)> = (check.controls.iter())
        .map(|control| {
            (
                control.met,
                control.result.difference().unwrap().to_string(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [(false, "-£300.00".to_owned()), (true, "£0.00".to_owned())]
    );
    assert!(check.summary.to_string().contains("1 of 2 controls met"));
    // Pounds that are met in another number of lines are not.
    let lines = check_with_lines();
    assert!(!lines.controls[0].met && lines.any_fault());
}

/// A year without any line is one row; one with strays has its months.
#[test]
fn a_whole_year_that_is_missing_is_one_row() {
    let of = |lines: &str| -> Vec<String> {
        let april = format!("{APRIL}{}", "03/04/2022,R,1.00,x,1\n".repeat(40));
        let june = format!("{JUNE}{}{lines}", "03/06/2024,R,1.00,a\n".repeat(40));
        let check = check(&[("april.csv", APRIL, &april), ("june.csv", JUNE, &june)]);
        let months = check.months.ledgers[0].months.iter();
        let missing = months.filter(|month| month.state == MonthState::Missing);
        missing.map(|month| month.period.to_string()).collect()
    };
    let of_2022 = 11;
    let none = of("");
    // Then the whole of 2023-24, and May 2024: April 2024 has three lines, a twentieth of forty-one and more.
    assert!(none.contains(&"2023-24".to_owned()), "{none:?}");
    assert_eq!(none.len(), of_2022 + 2, "{none:?}");
    let strays = of("03/09/2023,R,1.00,a\n");
    assert!(!strays.contains(&"2023-24".to_owned()), "{strays:?}");
    assert_eq!(strays.len(), of_2022 + 11 + 1, "{strays:?}");
}

fn check_with_lines() -> Check {
    check(&[(
        "place.toml",
        "total = \"1000.00\", lines = 6",
        "total = \"700.00\", lines = 7",
    )])
}

fn odd(check: &Check) -> Vec<(Option<&str>, &str)> {
    let odd = |sign: &'_ SignCheck| sign.odd.is_some();
    (check.signs.iter().filter(|sign| odd(sign)))
        .map(|sign| (sign.file.as_deref(), sign.odd.as_deref().unwrap()))
        .collect()
}

#[test]
fn a_file_of_other_signs_than_the_rest_is_told_and_so_is_a_ledger() {
    assert_eq!(odd(&check(&[])), []);
    let turned = JUNE
        .replace("50.00", "-50.00")
        .replace("150.00", "-150.00")
        .replace("1-50.00", "150.00");
    let turned = turned.replace(",W,150.00", ",W,-150.00");
    let check_june = check(&[("june.csv", JUNE, &turned)]);
    let found = odd(&check_june);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, Some("june.csv"));
    assert!(
        found[0]
            .1
            .starts_with("mostly below zero, and the ledger as a whole mostly above")
    );
    // Both turned round: the ledger itself, and no file of it.
    let april = APRIL
        .replace("100.00", "-100.00")
        .replace("300.00", "-300.00")
        .replace("200.00", "-200.00");
    let both = check(&[("june.csv", JUNE, &turned), ("april.csv", APRIL, &april)]);
    let found = odd(&both);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0.is_none() && found[0].1.contains("sign = \"income-positive\""));
}

#[test]
fn what_is_on_no_member_is_a_part_of_pounds_without_signs() {
    let check = check(&[]);
    let activity = &check.unplaced[0];
    assert_eq!(
        (activity.ledger.as_str(), activity.axis),
        ("paid", "activity")
    );
    // £50 unmapped and £150 withheld of £900 without signs; two and one of six lines.
    let shares = [
        activity.pounds,
        activity.lines,
        activity.unmapped_pounds,
        activity.unmapped_lines,
    ];
    assert_eq!(
        shares.map(|share| share.to_string()),
        ["22.2 %", "33.3 %", "5.6 %", "16.7 %"]
    );
    let gaps: Vec<String> = (activity.gaps.iter())
        .map(|gap| format!("{} {} {}", gap.gap, gap.lines, gap.pence))
        .collect();
    assert_eq!(gaps, ["withheld 1 £150.00", "unmapped 1 £50.00"]);
    assert!(check.unplaced[1..].iter().all(|one| one.gaps.is_empty()));
    assert!(
        check
            .summary
            .to_string()
            .ends_with("22.2 % of £ not placed by activity")
    );
}

/// A code that is divided between an activity and a gap is in the gap with its part.
#[test]
fn a_part_of_a_mix_may_be_in_a_gap() {
    let mix = "{ ledger = \"paid\", axis = \"activity\", code = \"R\", to = \"roads\", weight = \"75\", class = \"judgement\" },\n\
               { ledger = \"paid\", axis = \"activity\", code = \"R\", gap = \"unknown\", weight = \"25\", class = \"judgement\" }";
    let edit = (
        "place.toml",
        "{ ledger = \"paid\", axis = \"activity\", code = \"R\", to = \"roads\" }",
        mix,
    );
    let check = check(&[edit]);
    let unknown = check.unplaced[0]
        .gaps
        .iter()
        .find(|gap| gap.gap.name() == "unknown")
        .unwrap();
    assert_eq!(
        (unknown.lines, unknown.pence.to_string().as_str()),
        (2, "£100.00")
    );
}

#[test]
fn rules_that_no_line_meets_are_listed_and_those_in_use_are_not() {
    let check = check(&[]);
    let idle: Vec<String> = (check.idle.iter())
        .map(|rule| format!("{}: {}", rule.what, rule.which))
        .collect();
    assert_eq!(
        idle,
        [
            "sharing rule: activity parks by spare",
            "driver: spare",
            "boundary: others",
            "activities: parks",
            "partners: charity, police",
        ]
    );
    // Something in the park, and all of that is in use.
    let parks = [(
        "place.toml",
        "code = \"W\", gap = \"withheld\"",
        "code = \"W\", to = \"parks\"",
    )];
    let idle = self::check(&parks).idle;
    assert!(
        idle.iter()
            .all(|rule| ["boundary", "partners"].contains(&rule.what)),
        "{idle:?}"
    );
}

#[test]
fn an_alternative_that_shares_nothing_otherwise_is_told() {
    let alternative = "[[alternative]]\ncode = \"other\"\nname = \"other\"\nsharing = [{ activity = \"parks\", driver = \"even\" }]\n\n[[boundary]]";
    let check = check(&[("place.toml", "[[boundary]]", alternative)]);
    assert!(
        check
            .idle
            .iter()
            .any(|rule| rule.what == "alternative" && rule.which.starts_with("other: "))
    );
}

#[test]
fn equal_faults_of_a_file_are_one_group_with_all_their_money() {
    let rows: String = (1..=7)
        .map(|day| format!("0{day}/06/2024,R,{day}.001,a\n"))
        .collect();
    let june = format!("{JUNE}{rows}");
    let check = check(&[("june.csv", JUNE, &june)]);
    let faults: Vec<_> = (check.findings.iter())
        .filter(|group| group.severity() == Severity::Fault)
        .collect();
    let excess = faults
        .iter()
        .find(|group| group.lead().rule == "amount-has-excess-decimals")
        .unwrap();
    // 1 + 2 + … + 7 pounds; the one of £7 leads.
    assert_eq!(
        (
            excess.count(),
            excess.at_stake().unwrap().to_string().as_str()
        ),
        (7, "£28.00")
    );
    assert_eq!(excess.lead().position.line, Some(11));
    assert!(
        excess
            .to_string()
            .contains("; 6 more like it, in rows 5, 6, 7, 8, 9 and 1 more\n"),
        "{excess}"
    );
    assert!(
        check.findings.is_sorted_by_key(|group| group.severity()),
        "faults come first"
    );
}

#[test]
fn what_can_be_read_is_checked_where_something_cannot() {
    let folder = small(&[]);
    std::fs::write(folder.path().join("may.csv"), b"%PDF-1.7").unwrap();
    let place = Place::open(folder.path()).unwrap();
    assert!(PlaceAccount::load(&place).is_err());
    let (check, account) = Check::read(&place).unwrap();
    assert_eq!(account.total().to_string(), "£700.00");
    assert_eq!(check.not_read.len(), 1);
    assert_eq!(check.not_read[0].file.as_deref(), Some("may.csv"));
    assert!(
        check.not_read[0].why.contains("is a PDF"),
        "{:?}",
        check.not_read
    );
    assert!(check.any_fault());
    assert!(
        check
            .summary
            .to_string()
            .starts_with("1 ledger, 1 file not read, ")
    );
    assert!(check.controls.is_empty(), "they are of all files");
    let of_part = check
        .findings
        .iter()
        .any(|group| group.lead().rule == "control-totals-not-compared");
    assert!(of_part);

    // A ledger of which nothing can be read.
    let other = PLACE[PLACE.find("[[ledger]]").unwrap()..]
        .replace("id = \"paid\"", "id = \"other\"")
        .replace("*.csv", "other.txt")
        .replace("by = \"crosswalk\"", "always = \"roads\"");
    let place = PLACE.to_owned() + &other;
    let folder = small(&[("place.toml", PLACE, &place)]);
    std::fs::write(folder.path().join("other.txt"), "nothing\nof the kind\n").unwrap();
    let place = Place::open(folder.path()).unwrap();
    let (check, _) = Check::read(&place).unwrap();
    assert_eq!((check.ledgers.len(), check.not_read.len()), (1, 1));
    assert_eq!(check.not_read[0].ledger, "other");
    assert!(
        check
            .summary
            .to_string()
            .starts_with("1 ledger and 1 not read, ")
    );
}

#[test]
fn a_pack_that_does_not_open_tells_all_and_with_which_to_begin() {
    let folder = small(&[
        (
            "place.toml",
            "code = \"R\", to = \"roads\"",
            "code = \"R\", to = \"raods\"",
        ),
        (
            "place.toml",
            "code = \"C\", to = \"children\"",
            "code = \"C\", to = \"chidlren\"",
        ),
        ("place.toml", "files = [\"*.csv\"]", "files = [\"*.txt\"]"),
    ]);
    let Err(PlaceError::Faults(faults)) = Place::open(folder.path()) else {
        panic!("it has faults")
    };
    let faults = PackFaults::new(&faults);
    assert_eq!(faults.count(), 3);
    let rules: Vec<&str> = faults
        .groups
        .iter()
        .map(|group| group.lead().rule.as_str())
        .collect();
    assert_eq!(rules, ["no-such-file", "unknown-member"]);
    let text = faults.to_string();
    assert!(
        text.starts_with(
            "The pack was not opened: it has 3 faults. Begin with what cannot be read"
        ),
        "{text}"
    );
    // Each of the two wrong codes is told: both must be mended.
    assert!(
        text.contains("raods") && text.contains("chidlren"),
        "{text}"
    );
}

/// `where_not` of a table leaves rows out, beside its `where`.
#[test]
fn rows_of_a_table_may_be_left_out() {
    const TABLE: &str =
        "Theme,Kind,Code\nNorth,use,n1\nNorth,sum,n2\nSouth,use,s1\nSouth, old ,s2\n";
    let activities = "[[activities]]\nfile = \"more.txt\"\ncolumns = { code = \"Code\" }\n\
                      where_not.Kind = [\"sum\", \"old\"]\n\n[[activities]]";
    let opened = |activities: &str| {
        let folder = small(&[("place.toml", "[[activities]]", activities)]);
        std::fs::write(folder.path().join("more.txt"), TABLE).unwrap();
        Place::open(folder.path())
    };
    let codes = |activities: &str| -> Vec<&str> {
        let place = opened(activities).unwrap();
        let mut known = vec!["n1", "n2", "s1", "s2"];
        known.retain(|code| place.axes().activities.find(code).is_ok());
        known
    };
    assert_eq!(codes(activities), ["n1", "s1"]);
    let and_where = activities.replace("where_not", "where.Theme = [\"North\"]\nwhere_not");
    assert_eq!(codes(&and_where), ["n1"]);
    // A heading that the table does not have is a fault.
    let Err(PlaceError::Faults(faults)) = opened(&activities.replace("Kind", "Sort")) else {
        panic!("it has a fault")
    };
    assert!(
        faults.iter().any(|fault| fault.rule == "no-such-column"),
        "{faults}"
    );
}

#[test]
fn the_page_has_all_parts_and_json_has_no_less() {
    let check = check(&[]);
    let page = check.to_string();
    for title in [
        "Check of Small: 1 ledger, 2 of 3 months",
        "Ledgers and their files",
        "Headings found and missing",
        "Months by ledger",
        "Control totals",
        "Signs",
        "Not placed",
        "What no line meets",
        "Faults",
        "Notices",
    ] {
        assert!(page.contains(title), "{title}: {page}");
    }
    let json: serde_json::Value = serde_json::from_str(&check.to_json()).unwrap();
    assert_eq!(json["ledgers"][0]["files"][1]["file"], "june.csv");
    assert_eq!(json["ledgers"][0]["files"][1]["pence"], "100.00");
    assert_eq!(
        json["months"]["ledgers"][0]["months"][1]["state"],
        "missing"
    );
    assert_eq!(json["controls"][0]["met"], false);
    assert_eq!(json["summary"]["not_placed"], "22.2");
}
