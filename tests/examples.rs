//! The example programs, run as an analyst runs them.
//!
//! Plain `cargo test` builds them; `cargo test --test all` alone does not.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};

fn program(name: &str) -> Command {
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

fn run(name: &str, arguments: &[&str]) -> Output {
    program(name).args(arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    assert!(
        output.status.success(),
        "{}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
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
    wrong(&place("ludow"), "did you mean `ludlow`?");
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

#[test]
fn a_pack_that_is_not_there_ends_with_1() {
    let nowhere = [
        "--pack",
        "no/such/folder",
        "--period",
        "2017-18",
        "--phase",
        "outturn",
    ];
    let output = run("ask", &nowhere);
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.starts_with("error: cannot read the folder of the pack"),
        "{message}"
    );
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
    let one = out(&run("locality_report", &["--place", "ludlow"]));
    assert!(one.contains("Ludlow") && one.len() < text.len() / 4);
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
    let pages = names.iter().filter(|name| name.ends_with(".html")).count();
    assert_eq!(pages, 19, "{names:?}");
    assert_eq!(names.len(), 21, "{names:?}");
    let json = std::fs::read_to_string(folder.path().join("report.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json.to_string().contains("Ludlow"));
    for name in names.iter().filter(|name| name.ends_with(".html")) {
        let page = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(page.contains("For internal use"), "{name} says its terms");
    }
    let mut csv = csv::Reader::from_path(folder.path().join("report.csv")).unwrap();
    let headings = csv.headers().unwrap().clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let (place, by, amount) = (column("place"), column("axis"), column("amount_gbp"));
    let mut totals: BTreeMap<String, i64> = BTreeMap::new();
    for row in csv.records() {
        let row = row.unwrap();
        if &row[by] == "total" {
            assert!(
                totals
                    .insert(row[place].to_owned(), pence(&row[amount]))
                    .is_none()
            );
        }
    }
    let county = totals.remove("E06000051").unwrap();
    assert_eq!(totals.len(), 18);
    assert_eq!(
        totals.values().sum::<i64>(),
        county,
        "the places sum to the county"
    );
}
