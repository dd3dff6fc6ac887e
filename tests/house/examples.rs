//! The example programs, run as an analyst runs them.
//!
//! Plain `cargo test` builds them; `cargo test --test all` alone does not.

use std::path::PathBuf;
use std::process::{Command, Output};

pub fn program(name: &str) -> Command {
    let tests = std::env::current_exe().unwrap();
    let built = tests
        .parent()
        .and_then(|deps| deps.parent())
        .unwrap()
        .join("examples")
        .join(name);
    let built: PathBuf = built.with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        built.is_file(),
        "{} is not there: run `cargo test` (or `cargo build --examples` of the same profile) first",
        built.display()
    );
    Command::new(built)
}

pub fn run(name: &str, arguments: &[&str]) -> Output {
    program(name).args(arguments).output().unwrap()
}

/// What a program printed that went well, and found its data without a fault.
pub fn out(output: &Output) -> String {
    assert!(
        output.status.success(),
        "{}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.starts_with("check: ") && told.contains(", no faults, ") && told.lines().count() == 1,
        "{told}"
    );
    String::from_utf8(output.stdout.clone()).unwrap()
}

const LUDLOW: [&str; 10] = [
    "--activity",
    "youth-justice",
    "--ages",
    "10-17",
    "--locality",
    "ludlow",
    "--period",
    "2017-18",
    "--phase",
    "outturn",
];

fn ludlow<'a>(more: &[&'a str]) -> Vec<&'a str> {
    LUDLOW.into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn ask_prints_the_figure() {
    let text = out(&run("ask", &LUDLOW));
    assert!(text.contains("£4,236.66"), "{text}");
    assert!(text.contains("all population"), "{text}");
    let text = out(&run("ask", &ludlow(&["--explain"])));
    assert!(text.contains("£126,710.00"), "the line: {text}");
    assert!(text.contains("exactly £4236.65"), "{text}");
}

#[test]
fn draft_writes_a_pack_that_other_programs_read() {
    let folder = tempfile::tempdir().unwrap();
    let (files, pack) = (folder.path().join("files"), folder.path().join("pack"));
    std::fs::create_dir(&files).unwrap();
    let text = "Directorate,Supplier Name,Payment Date,Net\nPlace,A Ltd,01/05/2024,10.50\nPeople,B Ltd,02/05/2024,1\n";
    std::fs::write(files.join("ludford.csv"), text).unwrap();
    let (files, pack) = (files.to_str().unwrap(), pack.to_str().unwrap());
    let draft = |more: &[&str]| {
        let always = ["--place", "E1", "--name", "Ludford", files];
        out(&run("draft", &[&always[..], more].concat()))
    };
    // Without a folder it only looks, and no pack is checked.
    let text = run("draft", &["--place", "E1", "--name", "Ludford", files]);
    assert!(text.status.success() && text.stderr.is_empty());
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(
        text.contains("Nothing was written: name the folder of the pack with --out."),
        "{text}"
    );
    let text = draft(&["--out", pack]);
    assert!(
        text.contains("Draft for Ludford (E1): 1 ledger from 1 file, 2 lines, £11.50"),
        "{text}"
    );
    assert!(text.contains("wrote place.toml: 1 ledger"), "{text}");
    // The command that it names next is right as it stands.
    let next = text
        .lines()
        .find(|line| line.contains("--example ask -- "))
        .unwrap();
    let words: Vec<&str> = next
        .split("--example ask -- ")
        .nth(1)
        .unwrap()
        .split(' ')
        .collect();
    let answer = out(&run("ask", &words));
    assert!(answer.contains("£11.50"), "{answer}");
    assert!(draft(&["--out", pack]).contains("Nothing is new; nothing was written."));
    let layouts = String::from_utf8(run("draft", &["--layouts"]).stdout).unwrap();
    assert_eq!(layouts.lines().count(), 11);
    assert!(layouts.contains("leeds: Leeds City Council\n"), "{layouts}");
}

#[test]
fn ask_writes_json() {
    let text = out(&run(
        "ask",
        &ludlow(&["--format", "json", "--complement", "--explain"]),
    ));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["total"]["amount"], "4236.66");
    assert_eq!(json["total"]["composition"]["population"], "4236.66");
    assert_eq!(json["rows"].as_array().unwrap().len(), 1);
    assert_eq!(json["rows"][0]["amount"], "4236.66");
    assert!(json["per_head"]["persons"].as_u64().unwrap() > 0);
    assert!(json["per_head"]["amount"].is_string());
    assert!(json["complement"]["amount"].is_string());
    assert_eq!(json["reconciliation"]["holds"], true);
    let steps = json["reconciliation"]["steps"].as_array().unwrap();
    assert!(steps.len() > 3 && steps.iter().all(|step| step["holds"] == true));
    assert_eq!(json["explanations"].as_array().unwrap().len(), 1);
}

#[test]
fn ask_writes_csv_that_adds_up() {
    let arguments = [
        "--period",
        "2017-18",
        "--phase",
        "outturn",
        "--by",
        "locality@place-plan-area",
        "--format",
        "csv",
        "--locality",
        "E06000051",
    ];
    let text = out(&run("ask", &arguments));
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let (mut sum, mut total, mut count) = (0, None, 0);
    for row in rows.records() {
        let row = row.unwrap();
        if &row[0] == "total" {
            total = Some(pence(&row[1]));
        } else {
            sum += pence(&row[1]);
            count += 1;
        }
    }
    assert_eq!(count, 18);
    assert_eq!(Some(sum), total);
}

/// `-4236.66` as pence, without any floating point.
fn pence(text: &str) -> i64 {
    let (pounds, rest) = text.split_once('.').unwrap();
    assert_eq!(rest.len(), 2, "{text}");
    format!("{pounds}{rest}").parse().unwrap()
}

#[test]
fn a_wrong_question_ends_with_2_and_one_line() {
    let wrong = |arguments: &[&str], wanted: &str| {
        let output = run("ask", arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
        assert!(message.contains(wanted), "{message}");
        assert!(output.stdout.is_empty());
    };
    let place = |code| {
        [
            "--locality",
            code,
            "--period",
            "2017-18",
            "--phase",
            "outturn",
        ]
    };
    wrong(&place("ludow"), "did you mean `ludlow` (Ludlow)?");
    wrong(&place("ludow"), "`ludow` is not a locality of this place");
    wrong(
        &["--period", "2018", "--phase", "outturn"],
        "`2018` may mean several periods",
    );
    wrong(
        &["--period", "2017-18", "--phase", "outurn"],
        "did you mean `outturn`?",
    );
    let by = [
        "--period",
        "2017-18",
        "--phase",
        "outturn",
        "--by",
        "locality@ward",
    ];
    wrong(&by, "`ward` is not a level of the axis locality");
}

const YEAR: [&str; 4] = ["--period", "2017-18", "--phase", "outturn"];

fn year<'a>(more: &[&'a str]) -> Vec<&'a str> {
    YEAR.into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn ask_takes_names_and_says_codes() {
    let by_code = out(&run("ask", &LUDLOW));
    let named = [
        "--activity",
        " Youth  JUSTICE",
        "--ages",
        "10-17",
        "--locality",
        "LUDLOW ",
        "--boundary",
        "all partners",
    ];
    assert_eq!(out(&run("ask", &year(&named))), by_code);
    let of = |boundary| out(&run("ask", &year(&["--boundary", boundary])));
    assert_eq!(of("shropshire council"), of("shropshire-council"));
}

#[test]
fn ask_tells_rows_by_month_ledger_and_code() {
    let text = out(&run("ask", &year(&["--by", "month"])));
    assert!(
        text.contains("2017-18 as a whole: not told by month"),
        "{text}"
    );
    let text = out(&run("ask", &year(&["--by", "ledger", "--in", "millions"])));
    assert!(
        text.contains("amount, £ millions") && text.contains("711.3"),
        "{text}"
    );
    let arguments = year(&["--locality", "Ludlow", "--by", "code", "--format", "csv"]);
    let text = out(&run("ask", &arguments));
    // Names with accents: a mark tells a spreadsheet how to read them.
    assert!(text.starts_with("\u{feff}ledger,code,amount,"), "{text}");
    assert!(
        text.contains("\nchildren,YouthJusticeFinance,4236.66,"),
        "{text}"
    );
}

#[test]
fn ask_says_what_if_beside_what_is() {
    let arguments = ludlow(&["--driver", "households", "--explain"]);
    let text = out(&run("ask", &arguments));
    assert!(
        text.starts_with("WHAT IF: everything by households, 2021 · "),
        "{text}"
    );
    assert!(text.contains("£4,236.66"), "what is: {text}");
    // What is explained is what would be.
    assert!(
        text.contains("over people and places: households, 2021"),
        "{text}"
    );
    let json = out(&run(
        "ask",
        &ludlow(&["--alternative", "by-residents", "--format", "json"]),
    ));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["what_if"], "everything by residents");
    // Youth justice is shared by residents anyway.
    assert_eq!(json["total"]["difference"], "0.00");
    let ranged = out(&run("ask", &ludlow(&["--ranges"])));
    assert!(
        ranged.contains("lowest") && ranged.contains("£4,236.66"),
        "{ranged}"
    );
    let places = out(&run(
        "locality_report",
        &[
            "--alternative",
            "everything by residents",
            "--in",
            "thousands",
        ],
    ));
    assert!(
        places.starts_with("WHAT IF: everything by residents · "),
        "{places}"
    );
    assert!(
        places.contains("Ludlow") && places.contains("For internal use"),
        "{places}"
    );
    let activities = out(&run(
        "locality_report",
        &["--driver", "households", "--place", "Ludlow"],
    ));
    assert!(activities.contains(" Adult social care "), "{activities}");
}

#[test]
fn what_cannot_be_combined_is_said() {
    let wrong = |arguments: &[&str], wanted: &str| {
        let output = run("ask", &year(arguments));
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(wanted), "{message}");
    };
    wrong(
        &["--by", "funder,month"],
        "money is followed back year by year",
    );
    wrong(
        &["--by", "month,quarter"],
        "the axis period is drilled twice",
    );
    wrong(&["--by", "code@activty"], "did you mean `activity`?");
    wrong(
        &["--by", "weekday"],
        "quarter, month, flexibility, mode, tag@<level>, ledger or code",
    );
    wrong(&["--in", "pennies"], "write thousands or millions");
    wrong(
        &["--in", "thousands", "--format", "csv"],
        "CSV and JSON keep pence",
    );
    wrong(
        &["--ranges", "--explain"],
        "--ranges tells between what figures lie",
    );
    wrong(
        &["--driver", "houshold"],
        "did you mean `households` (households, 2021)",
    );
    wrong(
        &["--alternative", "nothing at all"],
        "is not a set of other sharing rules of this place",
    );
    wrong(
        &["--driver", "households", "--ranges"],
        "cannot be used with",
    );
}

/// The whole and the cash in one sentence, and what the account refuses.
#[test]
fn appraise_says_both_halves() {
    let output = run("appraise", &["--proposal", "youth-diversion", "--explain"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains(
            "Every pound spent saves the public purse £0.78 over 4 years, £0.02 of it in cash."
        ),
        "{text}"
    );
    assert!(
        text.contains("Shropshire Council                      £4,236.66   all population"),
        "{text}"
    );
    assert!(
        text.contains("No settlement: the programme costs £22,224.06 more"),
        "{text}"
    );
    assert!(
        text.contains("2010/11 to 2017-18: × 1.1188 (GDP deflator, March 2026)"),
        "{text}"
    );
    let all = run("appraise", &[]);
    let text = String::from_utf8(all.stdout).unwrap();
    assert!(text.contains("youth-diversion"), "{text}");
    let wrong = run("appraise", &["--proposal", "youth"]);
    assert_eq!(wrong.status.code(), Some(2));
    let told = String::from_utf8_lossy(&wrong.stderr);
    assert!(
        told.contains("`youth` is not a proposal of this pack"),
        "{told}"
    );
}

/// Chances, with number and seed said; nothing is drawn without both.
#[test]
fn appraise_says_how_sure() {
    let falls = ["--proposal", "falls-at-home"];
    let drawn = [&falls[..], &["--draws", "2000", "--seed", "7"]].concat();
    let text = String::from_utf8(run("appraise", &drawn).stdout).unwrap();
    for said in [
        "How sure: nobody ends worse off in cash",
        "All at once",
        "2000 draws from seed 7, around figures that are corrected by their grades.",
        "What is unsure about the net saving of the whole public purse comes from",
        "One figure at a time: net saving of the whole public purse",
        "How far a figure may be off: Shropshire Council",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(
        String::from_utf8(run("appraise", &drawn).stdout).unwrap(),
        text
    );
    let sure = String::from_utf8(run("appraise", &falls).stdout).unwrap();
    assert!(
        !sure.contains("draws") && text.contains(sure.trim_end()),
        "{sure}"
    );
    let half = [&falls[..], &["--draws", "2000"]].concat();
    let half = run("appraise", &half);
    assert_eq!(half.status.code(), Some(2));
    let told = String::from_utf8_lossy(&half.stderr);
    assert!(told.contains("--seed"), "{told}");
    let few = [&falls[..], &["--draws", "10", "--seed", "7"]].concat();
    let few = run("appraise", &few);
    assert_eq!(few.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&few.stderr),
        "error: there are 10 draws; take at least 100\n"
    );
    let all = run("appraise", &["--draws", "2000", "--seed", "7"]);
    let text = String::from_utf8(all.stdout).unwrap();
    assert!(
        text.contains("What it would be worth to know first"),
        "{text}"
    );
}

/// What is paid, what is not and why, the cliff, the chances, and where claims stand.
#[test]
fn contract_says_what_it_pays_and_why_not() {
    let arguments = ["--contract", "youth-reoffending", "--on", "2019-03-31"];
    let text = out(&run("contract", &arguments));
    for wanted in [
        "Young offenders",
        "only for Shropshire",
        "Shropshire Council pays £",
        "Tariffs of 2018-19 to 2019-20: × 1.0264 (GDP deflator, March 2026).",
        "above the cap of the year                                £10,500.00",
        "What one event more or less does to",
        "The chance of paying for results when nothing works: above 99.97 %.",
        "By 10000 draws from seed 2018",
        "Still to be paid: £6,000.00 for certain (verified), £0.00 likely (claimed), £37,000.00 possible",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert_eq!(out(&run("contract", &arguments)), text, "the same twice");
    assert!(out(&run("contract", &[])).contains("youth-reoffending   Ludlow"));
    let wrong = run("contract", &["--contract", "youth"]);
    assert_eq!(wrong.status.code(), Some(2));
    let told = String::from_utf8_lossy(&wrong.stderr);
    assert!(
        told.contains("`youth` is not a contract of this pack"),
        "{told}"
    );
    let few = run(
        "contract",
        &[
            "--contract",
            "youth-reoffending",
            "--draws",
            "500",
            "--seed",
            "1",
        ],
    );
    let told = String::from_utf8_lossy(&few.stderr);
    assert!(told.contains("the method needs at least 1000"), "{told}");
}

/// A program of somebody's own, with nothing of what the others share.
#[test]
fn embed_runs() {
    let output = run("embed", &[]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.is_empty(), "{told}");
    let text = String::from_utf8(output.stdout).unwrap();
    for stage in [
        "LOAD",
        "ASK",
        "A DATA FRAME",
        "JOIN",
        "WHAT IF",
        "SAVE AND OPEN",
    ] {
        assert!(
            text.contains(&format!("\n---- {stage}: ")),
            "{stage}: {text}"
        );
    }
    // £1,409,261.14 among 31 children, in whole pence.
    assert!(
        text.contains("│ Ludlow        ┆ 140926114    ┆ 31       ┆ 4546003         │"),
        "{text}"
    );
    assert!(text.contains("£1,409,261.14, as before: true"), "{text}");
    let source = include_str!("../../examples/embed.rs");
    assert!(!source.contains("mod common"), "it can be copied alone");
}

#[test]
fn follow_a_pound_runs() {
    let text = out(&run("follow_a_pound", &[]));
    for stage in [
        "THE PLACE",
        "THE ACCOUNT",
        "THE LINE",
        "THE CUBE",
        "THE ANSWER",
        "EXPLAINED",
        "RECONCILED",
        "RELEASED",
    ] {
        assert!(text.contains(stage), "{stage}: {text}");
    }
    assert!(
        text.contains("£4,236.66") && text.contains("Every step holds."),
        "{text}"
    );
}

/// The 18 Place Plan areas of the sample, by name.
fn areas() -> Vec<String> {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/shropshire/localities.csv"
    );
    let mut rows = csv::Reader::from_path(file).unwrap();
    let rows = rows.records().map(Result::unwrap);
    rows.filter(|row| &row[2] == "place-plan-area")
        .map(|row| row[1].to_owned())
        .collect()
}

#[test]
fn locality_report_prints_every_place() {
    let text = out(&run("locality_report", &[]));
    let areas = areas();
    assert_eq!(areas.len(), 18);
    for area in &areas {
        assert!(text.contains(area.as_str()), "{area}");
    }
    assert!(text.contains("every step holds"), "{text}");
    // A place in full only where it is asked for.
    let one = out(&run("locality_report", &["--place", "ludlow"]));
    assert!(
        one.contains("LUDLOW\n") && one.contains("By activity"),
        "{one}"
    );
    assert!(!text.contains("LUDLOW") && !text.contains("By activity"));
    let all = out(&run("locality_report", &["--all"]));
    assert!(one.len() < all.len() / 4);
    // What is read first is short, and stands below everything too.
    assert!(text.starts_with("SHROPSHIRE") && text.lines().count() < 250);
    assert!(all.contains(text.lines().nth(4).unwrap()));
    assert_eq!(out(&run("locality_report", &[])), text, "the same twice");
}

#[test]
fn locality_report_writes_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().to_str().unwrap();
    out(&run("locality_report", &["--out", at]));
    let names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let pages = || names.iter().filter(|name| name.ends_with(".html"));
    let places = pages().filter(|name| name.starts_with("place-")).count();
    assert_eq!(places, 18, "{names:?}");
    for name in ["index.html", "method.html", "datapackage.json"] {
        assert!(names.iter().any(|other| other == name), "{name}: {names:?}");
    }
    for name in pages() {
        let page = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(page.contains("For internal use"), "{name} says its terms");
        if name.starts_with("place-") {
            let sure = page.contains("Intervals are 95% intervals.");
            assert!(sure, "{name} says how sure");
        }
    }
    let amounts = |name: &str| -> Vec<i64> {
        let mut csv = csv::Reader::from_path(folder.path().join("data").join(name)).unwrap();
        let headings = csv.headers().unwrap().clone();
        let amount = headings
            .iter()
            .position(|name| name == "amount_gbp")
            .unwrap();
        csv.records()
            .map(|row| pence(&row.unwrap()[amount]))
            .collect()
    };
    let (places, partners) = (
        amounts("index-by-place.csv"),
        amounts("index-by-partner.csv"),
    );
    assert_eq!(places.len(), 18);
    let sum = |sums: &[i64]| sums.iter().sum::<i64>();
    assert_eq!(
        sum(&places),
        sum(&partners),
        "places sum to what partners spend"
    );
}

#[test]
fn locality_report_of_a_pack_without_outcomes_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().to_str().unwrap();
    let partners = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/partners");
    let asked = [
        "--pack", partners, "--level", "area", "--period", "2024-25", "--out", at,
    ];
    let text = out(&run("locality_report", &asked));
    assert!(
        text.contains("Written to ") && text.ends_with("Open index.html.\n"),
        "{text}"
    );
    assert!(!text.contains("What changed for people"), "{text}");
    let mut pages = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(!name.starts_with("outcome"), "{name}");
        if name.ends_with(".html") {
            pages += 1;
            let written = std::fs::read_to_string(&path).unwrap();
            assert!(!written.contains("What changed for people in"), "{name}");
        }
    }
    assert!(pages > 8, "{pages} pages");
}

#[test]
fn locality_report_asks_for_a_confidence_below_one() {
    let output = run("locality_report", &["--confidence", "95"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("for 95% write 0.95"), "{message}");
    let text = out(&run(
        "locality_report",
        &["--confidence", "0.9", "--place", "ludlow"],
    ));
    assert!(text.contains("Intervals are 90% intervals."), "{text}");
}

/// The rows of a table that `consolidate_partners` prints: cells are two spaces apart or more.
fn table(text: &str, title: &str) -> Vec<Vec<String>> {
    let mut lines = text.lines().skip_while(|line| !line.starts_with(title));
    assert!(lines.next().is_some(), "{title}: {text}");
    let rows = lines.skip_while(|line| !line.starts_with('─')).skip(1);
    rows.take_while(|line| !line.trim().is_empty())
        .map(|line| {
            let cells = line.split("  ").map(str::trim);
            let cells = cells.filter(|cell| !cell.is_empty());
            cells.map(str::to_owned).collect()
        })
        .collect()
}

/// `boundary: gross, eliminated, agency, spent, of it outgoing, through unheld, incoming, in kind`.
fn boundaries(text: &str) -> Vec<String> {
    (table(text, "Spent inside each boundary").iter())
        .map(|row| format!("{}: {}", row[0], row[1..].join(" ")))
        .collect()
}

#[test]
fn consolidate_partners_prints_what_a_pencil_gives() {
    let text = out(&run("consolidate_partners", &[]));
    // The council: 60,000 + 90,000 to the trust + 40,000 into the fund + 25,000 + 310,000; the
    // precept of 900,000 is nobody's; the second half of the commissioner's grant came in April.
    // Public bodies: 400,000 + 525,000 + 105,000 + 104,000, less the grant of 150,000 and the two
    // contributions. With the trust: its 84,997 for the 90,000 it was paid.
    assert_eq!(
        boundaries(&text),
        [
            "Police and Crime Commissioner: £400,000.00 £0.00 £0.00 £400,000.00 £150,000.00 £0.00 \
             £400,000.00 £9,800.00",
            "Ludford Council: £1,425,000.00 £0.00 £900,000.00 £525,000.00 £130,000.00 £0.00 \
             £100,000.00 £0.00",
            "Ludford NHS: £105,000.00 £0.00 £0.00 £105,000.00 £60,000.00 £0.00 £0.00 £0.00",
            "Ludford Care Fund: £104,000.00 £0.00 £0.00 £104,000.00 £0.00 £0.00 £0.00 £0.00",
            "Ludford Youth Trust: £84,997.00 £0.00 £0.00 £84,997.00 £0.00 £0.00 £89,997.00 £0.00",
            "Public bodies: £2,034,000.00 £250,000.00 £900,000.00 £884,000.00 £90,000.00 £0.00 \
             £400,000.00 £9,800.00",
            "The whole place: £2,118,997.00 £340,000.00 £900,000.00 £878,997.00 £0.00 £0.00 \
             £400,000.00 £9,800.00",
            "all partners: £2,118,997.00 £340,000.00 £900,000.00 £878,997.00 £0.00 £0.00 £0.00 \
             £9,800.00",
        ]
    );
    // One total in three roles: each column adds up to it.
    let roles = table(&text, "One total in three roles");
    let (total, partners) = roles.split_last().unwrap();
    assert_eq!(total.join(" "), "Total £878,997.00 £878,997.00 £878,997.00");
    for role in 1..=3 {
        let sum: i64 = partners.iter().map(|row| pounds(&row[role])).sum();
        assert_eq!(sum, 87_899_700);
    }
    // 60,000 + 25,000 + 310,000 are the council's to spend; it decides on the trust's 84,997 too.
    let council = partners.iter().find(|row| row[0] == "Ludford Council");
    assert_eq!(council.unwrap()[2..], ["£479,997.00", "£395,000.00"]);
    // The pool: 15,000 of old, and 100,000 a year.
    let pool: Vec<String> = (table(&text, "Pooled fund: Ludford Care Fund").iter())
        .map(|row| row.join(" "))
        .collect();
    assert_eq!(
        pool,
        [
            "held from earlier years £15,000.00 £6,499.45",
            "put in by Ludford Council £40,000.00 £40,000.00",
            "put in by Ludford NHS £60,000.00 £60,000.00",
            "all contributions £100,000.00 £100,000.00",
            "spent £108,500.55 £104,000.00",
            "surplus, or deficit (-) £6,499.45 £2,499.45",
            "carried forward £6,499.45 £2,499.45",
        ]
    );
    // What could move: the trust's, the commissioner's and the council's own, then by contract.
    let free: Vec<String> = (table(&text, "How much could move, and by when").iter())
        .map(|row| row.join(" "))
        .collect();
    assert_eq!(
        free,
        [
            "may move now £239,997.00 £239,997.00",
            "contracted, free after Sep 2025 £45,000.00 £284,997.00",
            "contracted, free after Mar 2026 £284,000.00 £568,997.00",
            "statutory £310,000.00",
            "not stated £0.00",
            "Total £878,997.00",
        ]
    );
    assert!(
        text.contains("1200 hours of volunteer-time by Ludford Youth Trust"),
        "{text}"
    );
    assert!(
        text.contains("match across the end of a financial year"),
        "{text}"
    );
    assert_eq!(
        out(&run("consolidate_partners", &[])),
        text,
        "the same twice"
    );
}

/// `-£4,236.66` as pence.
fn pounds(text: &str) -> i64 {
    pence(&text.replace(['£', ','], ""))
}

#[test]
fn consolidate_partners_shows_one_boundary_lines_and_overlaps() {
    let text = out(&run(
        "consolidate_partners",
        &[
            "--boundary",
            "charity,council",
            "--lines",
            "--overlap",
            "theme,area",
        ],
    ));
    assert_eq!(
        boundaries(&text),
        [
            "Ludford Council, Ludford Youth Trust: £1,509,997.00 £90,000.00 £900,000.00 \
             £519,997.00 £40,000.00 £0.00 £100,000.00 £0.00"
        ]
    );
    assert!(text.contains("£29,997.00"), "the payee's line: {text}");
    let leads = table(&text, "Where several partners spend on the same");
    // Of the town's 8,000 residents 6,000 are older than 15; the council spends 60,000 there, the
    // trust 55,000.
    assert_eq!(
        leads[0][..5],
        ["Safer places", "16+", "The town", "£86,250.00", "5009"]
    );
    let gaps = table(&text, "Where a priority has nothing");
    assert_eq!(gaps.len(), 2, "neither spends on victims: {gaps:?}");
}

#[test]
fn a_wrong_boundary_of_consolidate_partners_ends_with_2_and_one_line() {
    let wrong = |arguments: &[&str], wanted: &str| {
        let output = run("consolidate_partners", arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
        assert!(message.contains(wanted), "{message}");
        assert!(output.stdout.is_empty());
    };
    wrong(
        &["--boundary", "council,chairty"],
        "`chairty` is not a partner or boundary of this place; did you mean `charity` (Ludford Youth Trust)?",
    );
    wrong(
        &["--boundary", "public"],
        "`public` is not a partner or boundary of this place; did you mean `public-bodies` (Public bodies)?",
    );
    wrong(&["--boundary", ""], "`` is not a partner or boundary");
    wrong(&["--period", "2024"], "`2024` may mean several periods");
}

/// The real payment files beside the project, where they are there.
#[test]
fn consolidate_partners_on_real_payment_files() {
    let Some(data) = crate::fixtures::shared::folder("ledgers") else {
        return;
    };
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/packs/lancashire");
    let text = out(&run(
        "consolidate_partners",
        &[
            "--pack",
            pack,
            "--data",
            data.to_str().unwrap(),
            "--period",
            "2022/23",
        ],
    ));
    // Gross sums as two other programs counted them; of what the three paid each other
    // 21,184.06 + 173,486.76 + 35,073.80 + 76,690.75 + 3,027.00 is eliminated.
    let rows = boundaries(&text);
    for row in [
        "Hyndburn Borough Council: £7,162,035.78 £0.00 £0.00 £7,162,035.78 £34,821.55 £0.00 £0.00 \
         £0.00",
        "Hyndburn, police and fire: £98,485,637.12 £309,462.37 £0.00 £98,176,174.75 \
         £2,782,839.98 £0.00 £0.00 £0.00",
        "Hyndburn and police: £83,391,022.28 £194,670.82 £0.00 £83,196,351.46 £2,295,490.44 £0.00 \
         £0.00 £0.00",
    ] {
        assert!(rows.iter().any(|found| found == row), "{row}\n{rows:#?}");
    }
    let roles = table(&text, "One total in three roles");
    assert_eq!(
        roles.last().unwrap().join(" "),
        "Total £98,176,174.75 £98,176,174.75 £98,176,174.75"
    );
    let not_held = "Also inside, with ledgers that are not held: Lancashire County Council.";
    assert!(text.contains(not_held), "{text}");
}

// ---- spend_and_outcomes

#[test]
fn spend_and_outcomes_prints_the_headline_and_what_is_missing() {
    let text = out(&run("spend_and_outcomes", &[]));
    for words in [
        "What changed for people in Shropshire: the headline, 95% intervals",
        "FEWER YOUNG PEOPLE OFFEND",
        "Young offenders aged 15 to 17 who reoffend (% of the cohort)",
        "Figures that are not there, and who owes them",
        "Youth Justice Board",
        "Figures read: 4 zero, 92 value, 26 estimated, 11 suppressed, 9 not available.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let ludlow = out(&run(
        "spend_and_outcomes",
        &["headline", "--locality", "ludlow"],
    ));
    let line = ludlow
        .lines()
        .find(|line| line.contains("15 to 17"))
        .unwrap();
    assert!(
        line.contains("only for Shropshire") && !line.contains("14.81"),
        "{line}"
    );
    assert_eq!(out(&run("spend_and_outcomes", &[])), text, "the same twice");
}

const BESIDE: [&str; 9] = [
    "beside",
    "--activity",
    "youth-justice",
    "--ages",
    "10-17",
    "--years",
    "2017-18",
    "--phase",
    "outturn",
];

fn beside<'a>(more: &[&'a str]) -> Vec<&'a str> {
    BESIDE.into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn spend_and_outcomes_sets_spending_beside_an_outcome() {
    let text = out(&run(
        "spend_and_outcomes",
        &beside(&["--indicator", "first-time-entrants"]),
    ));
    for words in [
        "spending, and what happened in the same year",
        "£126,710.00",
        "£4.59",
        "Herefordshire (statistical neighbour 6)",
        "£199,767.00",
        "England (country)",
        "an assumption of this project: prevention shows within the year",
        "Nothing here says that the one made the other.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let own = text
        .lines()
        .find(|line| line.contains("£126,710.00"))
        .unwrap();
    assert!(
        own.contains("calendar 2018"),
        "2017 began before the money was spent: {own}"
    );
    let later = [
        "--indicator",
        "first-time-entrants",
        "--lag-months",
        "12",
        "--lag-why",
        "we say so",
    ];
    let text = out(&run("spend_and_outcomes", &beside(&later)));
    let own = text
        .lines()
        .find(|line| line.contains("£126,710.00"))
        .unwrap();
    assert!(
        own.contains("calendar 2019") && text.contains("we say so"),
        "{text}"
    );
}

#[test]
fn spend_and_outcomes_compares_places_and_areas() {
    let text = out(&run(
        "spend_and_outcomes",
        &[
            "places",
            "--indicator",
            "income-deprivation",
            "--period",
            "2015",
        ],
    ));
    for area in areas() {
        assert!(text.contains(&area), "{area}: {text}");
    }
    assert!(text.contains("(all of these with counts)"), "{text}");
    let text = out(&run(
        "spend_and_outcomes",
        &["places", "--indicator", "neet-16-17", "--period", "2023"],
    ));
    assert_eq!(text.matches("only for Shropshire").count(), 18, "{text}");
    let text = out(&run(
        "spend_and_outcomes",
        &["areas", "--indicator", "neet-16-17", "--period", "2023"],
    ));
    assert!(
        text.contains("Herefordshire (statistical neighbour)"),
        "{text}"
    );
}

#[test]
fn a_wrong_question_of_spend_and_outcomes_ends_with_2_and_one_line() {
    let wrong = |arguments: &[&str], wanted: &str| {
        let output = run("spend_and_outcomes", arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
        assert!(message.contains(wanted), "{message}");
        assert!(output.stdout.is_empty());
    };
    wrong(
        &beside(&[
            "--indicator",
            "first-time-entrants",
            "--partner",
            "shropshire-council",
        ]),
        "`first-time-entrants` tells of everybody in a place, and this is the spending of \
         shropshire-council only; no single body answers for a population",
    );
    wrong(
        &beside(&["--indicator", "reoffending-15-17"]),
        "`reoffending-15-17` tells of ages 15-17, and the spending is on ages 10-17; ask for the \
         same people, or say why they may differ",
    );
    wrong(
        &beside(&["--indicator", "first-time-entrants", "--locality", "ludlow"]),
        "`first-time-entrants` is not known for Ludlow, only for Shropshire",
    );
    wrong(
        &beside(&["--indicator", "looked-after-convicted"]),
        "`looked-after-convicted` is a performance measure of",
    );
    wrong(
        &beside(&["--indicator", "first-time-entrant"]),
        "`first-time-entrant` is not an indicator of this place; did you mean `first-time-entrants`?",
    );
    wrong(
        &["--confidence", "95"],
        "confidence 95 is not between 0 and 1; for 95% write 0.95",
    );
    wrong(
        &[
            "places",
            "--indicator",
            "income-deprivation",
            "--period",
            "2015",
            "--draws",
            "10",
        ],
        "draws",
    );
}

/// The outcomes of the whole published data, where it is there.
#[test]
fn spend_and_outcomes_on_real_figures() {
    let Some(data) = crate::fixtures::shared::folder("shropshire") else {
        return;
    };
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/packs/shropshire");
    let real = ["--pack", pack, "--data", data.to_str().unwrap()];
    let run_on = |arguments: &[&str]| {
        let all: Vec<&str> = real.iter().chain(arguments).copied().collect();
        let output = run("spend_and_outcomes", &all);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let text = run_on(&[]);
    assert!(
        text.contains("19476 value, 549 estimated, 20 suppressed, 963 not available."),
        "{text}"
    );
    let nine = [
        "beside",
        "--indicator",
        "first-time-entrants",
        "--activity",
        "youth-justice",
        "--ages",
        "10-17",
        "--group",
        "children-and-young-people",
        "--years",
        "2016-17..2024-25",
        "--phase",
        "outturn",
        "--although",
        "the account does not say",
    ];
    let text = run_on(&nine);
    assert_eq!(text.matches("not held").count(), 8 * 9, "{text}");
}

/// £220,000 are secured and £2,040,000 wanted for; the £60,000 that the council's ledger has too count once.
#[test]
fn place_plan_says_who_pays_and_what_is_spent_already() {
    let text = out(&run("place_plan", &["--boundary", "council"]));
    for figure in [
        "£220,000.00",
        "£2,040,000.00",
        "affordable homes",
        "nhb-2024",
    ] {
        assert!(text.contains(figure), "{figure}: {text}");
    }
    assert_eq!(text.matches("Every step holds.").count(), 2, "{text}");
    let last = text
        .lines()
        .rfind(|line| line.contains("A youth hub"))
        .unwrap();
    assert!(
        last.contains("£120,000.00") && last.contains("all direct"),
        "{last}"
    );
    let early = out(&run("place_plan", &["--on", "2024-04-01"]));
    assert!(!early.contains("£220,000.00"), "{early}");
}

/// Three houses cost £76,500; the trust's rent of £6,000 to the council is no cost of both.
#[test]
fn premises_says_what_buildings_cost_and_what_would_be_freed() {
    let text = out(&run("premises", &["--decided", "2025-04-01"]));
    for figure in [
        "£76,500.00",
        "£4,137.93",
        "2026-03-31: the lease can be broken then",
        "12 (8)",
    ] {
        assert!(text.contains(figure), "{figure}: {text}");
    }
    assert!(
        text.contains("Victims unit could move into Market House, in the same place"),
        "{text}"
    );
    let public = out(&run("premises", &["--boundary", "public-bodies"]));
    assert!(public.contains("£70,500.00"), "{public}");
}

/// A board paper of the sample: what waits, what is overdue, a grant to the penny, and the gap.
#[test]
fn performance_makes_a_board_paper() {
    let text = out(&run("performance", &["--on", "2025-06-26", "--gap"]));
    for words in [
        "For decision on 2025-06-26",
        "What changed from 2025-03-20 to 2025-06-26",
        "-6.9 (-16.0 to +2.4)",
        "amber: target met (the board, 20 June 2024)",
        "65.0 (55.3 to 73.6)",
        "75% of the way from 100 to 300 is gone, at 250",
        "£70,000.00",
        "gap 2025-26, Ludford → left",
        "£115,000.00",
        "gap-reductions.csv:6",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let before = run("performance", &["--on", "2024-06-20"]);
    let said = String::from_utf8_lossy(&before.stderr).into_owned();
    assert!(said.contains("--since"), "{said}");
}

/// A site that is held against itself changed nothing, and says so on a page; a folder that is none is told.
#[test]
fn locality_report_says_what_changed_since_an_earlier_site() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let pack = [
        "--pack",
        "examples/data/partners",
        "--level",
        "area",
        "--out",
    ];
    let [at, then] = [&first, &second].map(|folder| folder.path().to_str().unwrap());
    out(&run("locality_report", &[&pack[..], &[at]].concat()));
    out(&run(
        "locality_report",
        &[&pack[..], &[then, "--since", at]].concat(),
    ));
    let page = std::fs::read_to_string(second.path().join("changes.html")).unwrap();
    assert!(page.contains("Nothing is other than it was."), "{page}");
    let none = run(
        "locality_report",
        &[&pack[..], &[then, "--since", "examples"]].concat(),
    );
    let said = String::from_utf8_lossy(&none.stderr).into_owned();
    assert!(said.contains("name the folder of a site"), "{said}");
}

/// Families in sixes: the four that police and NHS both know are in no table.
#[test]
fn families_tells_groups_in_multiples_of_the_least() {
    let text = out(&run("families", &[]));
    for words in [
        "£18,000.00",
        "£30,000.00",
        "111",
        "rounded down to multiples of 6",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}
