//! What all programs have in common: how findings are said, with what code they end, and that a
//! wrong word is answered with what there is.

use super::examples::{out, program, run};
use crate::hostile::made;
use polars_parquet_format::Encoding;
use std::fs::File;
use std::path::Path;
use std::process::{Output, Stdio};
use tempfile::TempDir;
use wholeplace::finding::{Findings, Severity};

const PROGRAMS: [&str; 9] = [
    "appraise",
    "ask",
    "check",
    "consolidate_partners",
    "contract",
    "follow_a_pound",
    "locality_report",
    "spend_and_outcomes",
    "worklist",
];

/// What makes a program say something of an invented pack.
const SMALL: [(&str, &[&str]); 9] = [
    ("appraise", &["--proposal", "early"]),
    ("ask", &["--period", "2024-25", "--phase", "outturn"]),
    ("check", &[]),
    ("consolidate_partners", &[]),
    ("contract", &["--contract", "care"]),
    ("follow_a_pound", &[]),
    (
        "locality_report",
        &["--level", "area", "--period", "2024-25"],
    ),
    ("spend_and_outcomes", &[]),
    ("worklist", &[]),
];

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The pack of the catalogue of findings, with other texts in its files.
fn pack(changes: &[(&str, &str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/findings/pack");
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    for (file, old, new) in changes {
        let path = folder.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{file}: {old}");
        std::fs::write(&path, text.replacen(old, new, 1)).unwrap();
    }
    folder
}

/// A payment of £99.50 under a code that means nothing here, and one whose amount is none.
fn with_a_notice_and_a_fault() -> TempDir {
    let row = "15/05/2024,BOOKS AND PENS,S1,99.50\n";
    let rows = "15/05/2024,BOOKS AND PENS,S9,99.50\n17/05/2024,BOOKS AND PENS,S1,12.5O\n\
                18/05/2024,BOOKS AND PENS,S1,10.50\n";
    pack(&[("paid.csv", row, rows)])
}

fn on(program: &str, pack: &Path, more: &[&str]) -> Output {
    let (_, own) = SMALL
        .into_iter()
        .find(|(name, _)| *name == program)
        .unwrap();
    let pack = ["--pack", pack.to_str().unwrap()];
    run(program, &[&pack[..], own, more].concat())
}

const FAULT: &str =
    "fault: paid.csv:4: amount: `12.5x`: this is not an amount of money (amount-not-readable)
  correct the amount, or take the row out if it is no payment
";
const LINE: &str =
    "check: 2 ledgers, 12 of 12 months, no control totals, 11.7 % of £ not placed by activity, \
     1 fault, 1 notice with £99.50 at stake; --findings FILE writes all of them
";

/// The programs that read ledgers whatever is asked of them.
fn readers_of_ledgers() -> impl Iterator<Item = &'static str> {
    PROGRAMS
        .into_iter()
        .filter(|name| !["contract", "spend_and_outcomes"].contains(name))
}

/// What a program says of the data: that of a check has its faults on its page.
fn said(name: &str) -> String {
    let fault = if name == "check" { "" } else { FAULT };
    format!("{fault}{LINE}")
}

#[test]
fn every_program_that_reads_ledgers_says_their_findings() {
    let pack = with_a_notice_and_a_fault();
    for name in readers_of_ledgers() {
        let output = on(name, pack.path(), &[]);
        let said = said(name);
        assert_eq!(told(&output), said, "{name}");
        assert_eq!(output.status.code(), Some(0), "{name}");
        let strict = on(name, pack.path(), &["--strict"]);
        assert_eq!(
            printed(&strict),
            printed(&output),
            "{name}: results come first"
        );
        let wanted = format!("{said}error: there are faults in the data, and --strict was given\n");
        assert_eq!(told(&strict), wanted, "{name}");
        assert_eq!(strict.status.code(), Some(1), "{name}");
    }
}

#[test]
fn findings_of_packs_and_of_outcomes_count() {
    // The pack has a pool whose ledger nobody holds: that is said, and keeps nobody from the rest.
    let text = printed(&on("consolidate_partners", pack(&[]).path(), &[]));
    assert!(
        text.contains("No statements of pooled funds: the ledger of the pool `pool`"),
        "{text}"
    );
    let strange = pack(&[("place.toml", r#"name = "Small""#, r#"name = "Sm\u202Eall""#)]);
    for name in PROGRAMS {
        let output = on(name, strange.path(), &["--strict"]);
        let line = told(&output);
        assert_eq!(line.lines().count(), 1, "{name}: {line}");
        assert!(line.starts_with("check: "), "{name}: {line}");
        let end = ", no faults, 1 notice; --findings FILE writes all of them\n";
        assert!(line.ends_with(end), "{name}: {line}");
        assert_eq!(
            output.status.code(),
            Some(0),
            "notices are no faults: {name}"
        );
    }
    let unread = pack(&[("figures.csv", "south,2023-24,10,", "south,2023-24,,q")]);
    for name in ["locality_report", "spend_and_outcomes"] {
        let output = on(name, unread.path(), &["--strict"]);
        let text = told(&output);
        assert!(text.contains("figures.csv:"), "{name}: {text}");
        assert!(text.contains(", 1 fault, no notices;"), "{name}: {text}");
        assert_eq!(output.status.code(), Some(1), "{name}");
    }
}

#[test]
fn all_findings_are_in_a_file_on_request() {
    let pack = with_a_notice_and_a_fault();
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("findings.csv");
    let output = on("ask", pack.path(), &["--findings", csv.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let where_to = format!("at stake; all of them are in {}\n", csv.display());
    assert!(told(&output).ends_with(&where_to), "{}", told(&output));
    let text = std::fs::read_to_string(&csv).unwrap();
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headings: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(
        headings.join(","),
        "file,line,column,rule,severity,at_stake_gbp,text,remedy"
    );
    let rows: Vec<String> = (rows.records())
        .map(|row| row.unwrap().iter().take(6).collect::<Vec<_>>().join("|"))
        .collect();
    assert_eq!(
        rows,
        [
            "paid.csv|4|amount|amount-not-readable|fault|",
            "paid.csv|3|activity|unmapped-code|notice|99.50",
        ]
    );
    let json = folder.path().join("findings.JSON");
    on("ask", pack.path(), &["--findings", json.to_str().unwrap()]);
    let text = std::fs::read_to_string(&json).unwrap();
    let findings: Findings = serde_json::from_str(&text).unwrap();
    let severities: Vec<Severity> = findings.iter().map(|finding| finding.severity).collect();
    assert_eq!(severities.len(), 2);
    assert_eq!(findings.at_stake(), 9_950);

    // Of a pack that does not open too; a file that cannot be written is said before anything is read.
    let broken = self::pack(&[(
        "place.toml",
        r#"residents = "people""#,
        r#"residents = "poeple""#,
    )]);
    let output = on("ask", broken.path(), &["--findings", csv.to_str().unwrap()]);
    let text = told(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("check: the pack was not opened, 1 fault, no notices;"),
        "{text}"
    );
    assert!(
        text.ends_with("error: the pack has faults and was not opened\n"),
        "{text}"
    );
    let written = std::fs::read_to_string(&csv).unwrap();
    assert_eq!(written.lines().count(), 2, "{written}");
    for (file, code, says) in [
        (
            "findings.txt",
            2,
            "`findings.txt` (--findings) ends neither in .csv nor in .json",
        ),
        (
            "no/such/findings.csv",
            1,
            "cannot write `no/such/findings.csv` (--findings): ",
        ),
    ] {
        let output = on("ask", pack.path(), &["--findings", file]);
        assert!(told(&output).contains(says), "{}", told(&output));
        assert_eq!(output.status.code(), Some(code), "{}", told(&output));
        assert!(output.stdout.is_empty());
    }
}

/// Faults of scenarios are findings as all others are: said, counted, and in the file. A scenario that is not there is a
/// wrong question.
#[test]
fn faults_of_scenarios_are_findings() {
    let folder = tempfile::tempdir().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/partners");
    for entry in std::fs::read_dir(sample).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let pack = folder.path().to_str().unwrap();
    let wrong = run("scenario", &["--pack", pack, "--scenario", "earlier"]);
    assert_eq!(wrong.status.code(), Some(2), "{}", told(&wrong));
    assert_eq!(
        told(&wrong).lines().count(),
        1,
        "one line: {}",
        told(&wrong)
    );
    assert!(told(&wrong).contains("`earlier` is not a scenario of this pack"));

    let moves = folder.path().join("moves.csv");
    let text = std::fs::read_to_string(&moves).unwrap();
    let broken = text.replacen(
        "earlier-help,outturn,10000",
        "earlier-help,outturn,1OOOO",
        1,
    );
    assert_ne!(broken, text);
    std::fs::write(&moves, broken).unwrap();
    let csv = folder.path().join("findings.csv");
    let output = run(
        "scenario",
        &["--pack", pack, "--findings", csv.to_str().unwrap()],
    );
    assert_eq!(output.status.code(), Some(1));
    let said = told(&output);
    assert!(said.starts_with("fault: moves.csv:2"), "{said}");
    assert!(
        said.ends_with("error: the scenarios have faults and were not opened\n"),
        "{said}"
    );
    assert!(said.contains(", 1 fault, "), "{said}");
    let written = std::fs::read_to_string(&csv).unwrap();
    assert!(written.contains("moves.csv"), "{written}");
}

/// The page of a check has the faults of a pack that does not open: standard error has one line of it,
/// and why the program ends.
#[test]
fn a_check_of_a_pack_that_does_not_open_is_its_faults() {
    let broken = pack(&[
        ("crosswalk.csv", "S1,schools", "S1,scholls"),
        ("crosswalk.csv", "Y1,youth-justice", "Y1,youth-justise"),
        (
            "place.toml",
            r#"residents = "people""#,
            r#"residents = "poeple""#,
        ),
    ]);
    let output = on("check", broken.path(), &[]);
    let page = printed(&output);
    assert!(
        page.starts_with("The pack was not opened: it has 3 faults. "),
        "{page}"
    );
    for word in [
        "scholls",
        "youth-justise",
        "poeple",
        "crosswalk.csv: 2 faults (unknown-member)",
    ] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert_eq!(
        told(&output),
        "check: the pack was not opened, 3 faults, no notices; --findings FILE writes all of them\n\
         error: the pack has faults and was not opened\n"
    );
    assert_eq!(output.status.code(), Some(1));
    let json = printed(&on("check", broken.path(), &["--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["groups"].as_array().unwrap().len(), 2);
}

/// Equal faults of a file are said once, with their rows and all their money.
#[test]
fn equal_faults_are_said_once() {
    let row = "15/05/2024,BOOKS AND PENS,S1,99.50\n";
    let rows: String = (1..=9)
        .map(|n| format!("15/05/2024,BOOKS AND PENS,S1,{n}.001\n"))
        .collect();
    let pack = pack(&[("paid.csv", row, &format!("{row}{rows}"))]);
    let output = on("ask", pack.path(), &[]);
    let text = told(&output);
    assert_eq!(text.matches("fault: ").count(), 1, "{text}");
    // 1 + 2 + … + 9 pounds.
    let more = "; 8 more like it, in rows 4, 5, 6, 7, 8 and 3 more\n  £45.00 at stake\n";
    assert!(text.contains(more), "{text}");
    assert!(
        text.ends_with(
            "9 faults with £45.00 at stake, no notices; --findings FILE writes all of them\n"
        ),
        "{text}"
    );
}

/// What cannot be read is on the page of a check, and keeps nobody from the rest of it.
#[test]
fn a_check_shows_what_can_be_read() {
    let pack = pack(&[]);
    std::fs::write(pack.path().join("paid.csv"), b"%PDF-1.7").unwrap();
    let output = on("check", pack.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let page = printed(&output);
    assert!(
        page.contains("ledger `paid`, paid.csv\n  `paid.csv` is a PDF"),
        "{page}"
    );
    assert!(page.contains("charity.csv"), "{page}");
    let text = told(&output);
    assert!(
        text.starts_with("check: 1 ledger and 1 not read, "),
        "{text}"
    );
    assert!(
        text.ends_with("error: 1 file or ledger could not be read; the page says why\n"),
        "{text}"
    );
}

#[test]
fn a_control_total_that_is_missed_ends_with_1_and_is_named() {
    // The two payments are £349.50.
    let files = r#"files = ["paid.csv"]"#;
    let control = |total: &str| {
        let control = format!(r#"control = [{{ name = "the year's bills", total = "{total}" }}]"#);
        pack(&[("place.toml", files, &format!("{files}\n{control}"))])
    };
    let (met, missed) = (control("349.50"), control("359.50"));
    for name in readers_of_ledgers() {
        let output = on(name, met.path(), &["--strict"]);
        assert_eq!(
            told(&output),
            "check: 2 ledgers, 12 of 12 months, 1 of 1 control met, all £ placed by activity, \
             no faults, no notices\n",
            "{name}"
        );
        assert_eq!(output.status.code(), Some(0), "{name}");
        let output = on(name, missed.path(), &[]);
        let error = "error: a control total is missed: ledger `paid`: control total `the year's bills` \
                     expects £359.50, found £349.50 in 2 lines\n";
        assert!(told(&output).ends_with(error), "{name}: {}", told(&output));
        assert!(told(&output).contains(
            "0 of 1 control met, all £ placed by activity, 1 fault with £10.00 at stake,"
        ));
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(!output.stdout.is_empty(), "{name}: results come first");
    }
}

/// A wrong word in each argument: the code, and what the message says.
#[test]
fn a_wrong_word_is_answered_with_what_there_is() {
    let ask = "ask --period 2017-18 --phase outturn";
    let no_pack = "there is no place.toml in `examples/packs` (--pack), which holds `lancashire/`, \
                   `shropshire/`; a place pack is a folder with a place.toml in it";
    let table: &[(&str, &str, i32, &str)] = &[
        (
            "locality_report",
            "--place atlantis",
            2,
            "`atlantis` is not a locality of this place; write one of `ellesmere`, `market-drayton`",
        ),
        ("locality_report", "--place atlantis", 2, "and 6 more"),
        (
            "worklist",
            "--ledger concil",
            2,
            "`concil` (--ledger) is not a ledger of this pack; did you mean `council`?",
        ),
        (
            "worklist",
            "--out list.txt",
            2,
            "`list.txt` (--out) is neither .xlsx nor .csv",
        ),
        (
            "locality_report",
            "--place ludow",
            2,
            "did you mean `ludlow` (Ludlow)?",
        ),
        (
            "locality_report",
            "--place E06000051",
            2,
            "`E06000051` is Shropshire, of the level county, and the report tells of each place-plan-area; write one of `ellesmere`",
        ),
        (
            "locality_report",
            "--place ludlow --level county",
            2,
            "`ludlow` is Ludlow, of the level place-plan-area, and the report tells of each county",
        ),
        (
            "locality_report",
            "--level ward",
            2,
            "`ward` is not a level of the axis locality; its levels are police-force, county, area, place-plan-area",
        ),
        (
            "locality_report",
            "--activity-level cause",
            2,
            "`cause` is not a level of the axis activity; its levels are theme, activity",
        ),
        (
            "locality_report",
            "--boundary charites",
            2,
            "`charites` is not a partner or boundary of this place",
        ),
        (
            "locality_report",
            "--phase actual",
            2,
            "`actual` is not a phase of this place; write one of `budget`, `forecast`, `outturn`",
        ),
        (
            "locality_report",
            "--phase budget",
            2,
            "no ledger of this place is a budget; write one of `outturn`",
        ),
        (
            "locality_report",
            "--period soon",
            2,
            "`soon` is not a period; write `2017-18`",
        ),
        (
            "locality_report",
            "--period 1999-00",
            2,
            "no ledger has a line of 1999-00, outturn; write one of `2017-18`",
        ),
        (
            "locality_report",
            "--confidence 95",
            2,
            "confidence 95 is not between 0 and 1; for 95% write 0.95",
        ),
        (
            "locality_report",
            "--confidence high",
            2,
            "`high` is not a confidence; write a number between 0 and 1",
        ),
        (
            "locality_report",
            "--out Cargo.toml",
            1,
            "--out: `Cargo.toml` is a file; name a folder for the site",
        ),
        (
            "locality_report",
            "--out Cargo.toml/report",
            1,
            "--out: cannot write `Cargo.toml/report/",
        ),
        (
            ask,
            "--activity sewers",
            2,
            "`sewers` is not an activity of this place; write one of `offender-management`",
        ),
        (
            ask,
            "--locality zz",
            2,
            "`zz` is not a locality of this place; write one of `E23000016`",
        ),
        (
            ask,
            "--partner zz",
            2,
            "`zz` is not a partner of this place; write one of `shropshire-council`",
        ),
        (
            ask,
            "--group zz",
            2,
            "`zz` is not a client group of this place; write one of `everyone`",
        ),
        (
            ask,
            "--tag zz",
            2,
            "`zz` is not a tag of this place; there is none",
        ),
        (
            ask,
            "--ages old",
            2,
            "`old` is not an interval of ages; write `10-17`",
        ),
        (
            ask,
            "--resource xyz",
            2,
            "`xyz` is not a resource of this place; write one of `cash`, `staff-time`",
        ),
        (
            ask,
            "--by colour",
            2,
            "`colour` is not something to drill by; write partner, funder",
        ),
        (
            ask,
            "--by locality@ward",
            2,
            "`ward` is not a level of the axis locality; its levels are",
        ),
        (
            ask,
            "--boundary zz",
            2,
            "`zz` is not a partner or boundary of this place; write one of",
        ),
        (
            "ask --phase outturn",
            "--period 1999-00",
            2,
            "no ledger has a line of 1999-00, outturn; write one of `2017-18`",
        ),
        (
            "consolidate_partners",
            "--overlap cause,area",
            2,
            "`cause` is not a level of the axis activity; its levels are theme, activity",
        ),
        (
            "consolidate_partners",
            "--overlap theme,ward",
            2,
            "`ward` is not a level of the axis locality; its levels are county, area",
        ),
        (
            "consolidate_partners",
            "--phase budget",
            2,
            "no ledger of this place is a budget; write one of `outturn`",
        ),
        (
            "consolidate_partners",
            "--period 1999-00",
            2,
            "no ledger has a line of 1999-00, outturn; write one of `20",
        ),
        (
            "follow_a_pound",
            "--activity sewers",
            2,
            "`sewers` is not an activity of this place; write one of",
        ),
        (
            "follow_a_pound",
            "--locality ludow",
            2,
            "did you mean `ludlow` (Ludlow)?",
        ),
        (
            "follow_a_pound",
            "--ages old",
            2,
            "`old` is not an interval of ages",
        ),
        (
            "spend_and_outcomes",
            "headline --locality ludow",
            2,
            "did you mean `ludlow` (Ludlow)?",
        ),
        (
            "spend_and_outcomes",
            "places --indicator happiness --period 2015",
            2,
            "`happiness` is not an indicator of this place; write one of `children-in-income-deprivation`",
        ),
        (
            "spend_and_outcomes",
            "places --indicator income-deprivation --period 1990",
            2,
            "nothing is published of `income-deprivation` for calendar 1990; write one of `calendar 2015`",
        ),
        (
            "spend_and_outcomes",
            "places --indicator income-deprivation --period 2015 --level ward",
            2,
            "`ward` is not a level of the axis locality",
        ),
        (
            "spend_and_outcomes",
            "spend --outcome joy --phase outturn --period 2017-18",
            2,
            "`joy` is not an outcome of this place; write one of `less-youth-offending`",
        ),
        (
            "spend_and_outcomes",
            "spend --outcome less-youth-offending --phase outturn --period 1999-00",
            2,
            "no ledger has a line of 1999-00, outturn",
        ),
        (
            "spend_and_outcomes",
            "change --indicator neet-16-17 --before 2022 --after 2023 --beside Mordor",
            2,
            "`Mordor` is not an area of this place; write one of",
        ),
        (
            ask,
            "--pack no/such/pack",
            1,
            "there is no folder `no/such/pack` (--pack): `.` holds no `no`; write one of `benches`, `engines`, `examples`",
        ),
        (
            ask,
            "--pack exampels/data",
            1,
            "there is no folder `exampels/data` (--pack): `.` holds no `exampels`; did you mean `examples`?",
        ),
        (
            ask,
            "--pack examples/data/shropshir",
            1,
            "`examples/data` holds no `shropshir`; did you mean `shropshire`?",
        ),
        (
            ask,
            "--pack Cargo.toml",
            1,
            "`Cargo.toml` (--pack) is a file; name the folder it lies in",
        ),
        (ask, "--pack examples/packs", 1, no_pack),
        (
            ask,
            "--data examples/dat",
            1,
            "there is no folder `examples/dat` (--data): `examples` holds no `dat`; did you mean `data`?",
        ),
        (
            ask,
            "--data Cargo.toml",
            1,
            "`Cargo.toml` (--data) is a file; name the folder it lies in",
        ),
        (
            ask,
            "--pack examples/packs/shropshire",
            1,
            "the pack has faults and was not opened; if its data lies elsewhere, name that folder with --data",
        ),
        (
            ask,
            "--pack examples/packs/shropshire --data examples/packs",
            1,
            "its data folder is `examples/packs` (--data), which holds `lancashire/`, `shropshire/`",
        ),
        ("ask", "--period 2017-18", 2, "--phase"),
        ("draft", "--place E1 --name Ludford", 2, "<FILES>..."),
        ("draft", "--name Ludford x.csv", 2, "--place <PLACE>"),
        (
            "draft",
            "--place E1 --name Ludford no/such.csv",
            1,
            "none of the files can be drafted from:\n  `no/such.csv`: there is no such file; check the folder",
        ),
        (
            "draft",
            "--place E1 --name Ludford no/such/*.csv",
            1,
            "`no/such/*.csv`: no file matches this pattern",
        ),
        (
            "draft",
            "--place E1 --name Ludford Cargo.toml",
            1,
            "`Cargo.toml` has the extension `toml`; name its format",
        ),
        (
            "draft",
            "--place E1 --name Ludford --out Cargo.toml examples/data/partners/nhs.csv",
            1,
            "--out: `Cargo.toml` is a file; name a folder for the pack",
        ),
        (
            "draft",
            "--place E1 --name Ludford --data no/such examples/data/partners/nhs.csv",
            1,
            "there is no folder `no/such` (--data)",
        ),
        (
            "draft",
            "--place E1 --name Ludford --pack x examples/data/partners/nhs.csv",
            2,
            "a draft is written into the folder of --out",
        ),
    ];
    for (program, arguments, code, says) in table {
        let mut words = program.split(' ').chain(arguments.split(' '));
        let name = words.next().unwrap();
        let output = run(name, &words.collect::<Vec<_>>());
        let text = told(&output);
        assert!(text.contains(says), "{program} {arguments}: {text}");
        assert_eq!(
            output.status.code(),
            Some(*code),
            "{program} {arguments}: {text}"
        );
        assert!(
            output.stdout.is_empty(),
            "{program} {arguments}: no half result"
        );
    }
}

#[test]
fn help_says_what_a_program_is_for_and_a_line_that_runs() {
    for name in PROGRAMS {
        let help = out_of_help(name);
        let first = help.lines().next().unwrap();
        assert!(
            first.ends_with(['.', '?', ',']) && first.len() > 30,
            "{name}: {first}"
        );
        for words in [
            "--pack",
            "--data",
            "--findings",
            "--strict",
            "Ends with 0 when all went well",
        ] {
            assert!(help.contains(words), "{name}: {words}");
        }
        let start = format!("cargo run --release --example {name} -- ");
        let line = help
            .lines()
            .take(4)
            .find_map(|line| line.strip_prefix(start.as_str()));
        let arguments: Vec<&str> = line
            .unwrap_or_else(|| panic!("{help}"))
            .split(' ')
            .collect();
        assert!(!out(&run(name, &arguments)).is_empty(), "{name}");
    }
}

fn out_of_help(name: &str) -> String {
    let output = run(name, &["--help"]);
    assert!(output.status.success() && output.stderr.is_empty());
    printed(&output)
}

/// One whole help text, so that a change of any is seen by somebody.
#[test]
fn the_help_of_follow_a_pound() {
    insta::assert_snapshot!(out_of_help("follow_a_pound"));
}

#[test]
fn a_pipe_that_nobody_reads_ends_quietly() {
    for (name, arguments) in SMALL_AND_HELP {
        let partners = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/partners");
        let mut command = program(name);
        command.args(arguments);
        if name != "spend_and_outcomes" {
            command.args(["--pack", partners]);
        }
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let text = told(&output);
        assert_eq!(output.status.code(), Some(0), "{name}: {text}");
        let one_line = text.lines().count() == 1 && text.starts_with("check: ");
        let quiet = text.is_empty() || one_line && text.ends_with(", no faults, no notices\n");
        assert!(quiet, "{name}: {text}");
    }
}

const SMALL_AND_HELP: [(&str, &[&str]); 9] = [
    ("check", &[]),
    ("ask", &["--period", "2024-25", "--phase", "outturn"]),
    (
        "ask",
        &[
            "--period", "2024-25", "--phase", "outturn", "--format", "csv",
        ],
    ),
    (
        "ask",
        &[
            "--period", "2024-25", "--phase", "outturn", "--format", "json",
        ],
    ),
    ("consolidate_partners", &[]),
    ("follow_a_pound", &[]),
    (
        "locality_report",
        &["--level", "area", "--period", "2024-25"],
    ),
    ("spend_and_outcomes", &[]),
    ("locality_report", &["--help"]),
];

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_is_full_is_an_error_in_plain_words() {
    for (name, arguments) in SMALL_AND_HELP {
        let partners = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/partners");
        let mut command = program(name);
        command.args(arguments);
        if name != "spend_and_outcomes" {
            command.args(["--pack", partners]);
        }
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = command
            .stdout(full)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let text = told(&output);
        assert_eq!(output.status.code(), Some(1), "{name}: {text}");
        let last = text.lines().last().unwrap();
        assert!(
            last.starts_with("error: No space left on device"),
            "{name}: {text}"
        );
        assert!(!text.contains("panicked"), "{name}: {text}");
    }
}

/// Nobody reads the messages: they are no reason to fail either.
#[test]
fn messages_that_nobody_reads_change_no_code() {
    for (arguments, code) in [
        (&["--place", "ludlow"][..], 0),
        (&["--place", "atlantis"], 2),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = program("locality_report");
        let output = command
            .args(arguments)
            .stderr(writer)
            .stdout(Stdio::piped());
        assert_eq!(output.output().unwrap().status.code(), Some(code));
    }
}

/// polars panics on an encoding that there is not; the library makes an error of it.
#[test]
fn a_panic_that_became_an_error_prints_no_trace() {
    let damaged = made::with_pages(&made::parquet(), |header, page| {
        made::second_version(header, page);
        if let Some(second) = &mut header.data_page_header_v2 {
            second.encoding = Encoding(77);
        }
    });
    let pack = pack(&[(
        "place.toml",
        r#"files = ["paid.csv"]"#,
        r#"files = ["paid.parquet"]"#,
    )]);
    std::fs::write(pack.path().join("paid.parquet"), damaged).unwrap();
    let output = on("ask", pack.path(), &[]);
    let text = told(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("`paid.parquet` is not a readable Parquet file"),
        "{text}"
    );
    assert!(
        !text.contains("panicked") && !text.contains("backtrace"),
        "{text}"
    );
}

#[test]
fn what_cannot_be_read_is_not_called_without_faults() {
    let pack = pack(&[]);
    std::fs::write(pack.path().join("paid.csv"), b"%PDF-1.7").unwrap();
    let output = on("locality_report", pack.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        told(&output),
        "error: ledger `paid`: `paid.csv` is a PDF, whatever its name says; get the table itself, as \
         a workbook or as CSV\n"
    );
}

/// The list is written as it is to be filled in, never over a file that is there; templates likewise.
#[test]
fn a_worklist_is_written_once_and_is_the_crosswalk() {
    let pack = with_a_notice_and_a_fault();
    let list = pack.path().join("todo.csv");
    let written = on("worklist", pack.path(), &["--out", list.to_str().unwrap()]);
    let text = printed(&written);
    assert!(
        text.starts_with("1 code not yet placed: £99.50 in 1 line\n"),
        "{text}"
    );
    assert!(
        text.ends_with("[[crosswalk]]\nfile = \"todo.csv\"\n"),
        "{text}"
    );
    let rows = std::fs::read_to_string(&list).unwrap();
    assert_eq!(
        rows,
        "ledger,code,lines,pounds,running per cent,first file and line,nearest mapped code,activity,ages,group,locality,not spending,note\n\
         paid,S9,1,99.50,100.0,paid.csv:3,,,,,,,\n"
    );
    let again = on("worklist", pack.path(), &["--out", list.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(1));
    assert!(told(&again).contains("is there already, and somebody may have filled it in"));
    assert_eq!(std::fs::read_to_string(&list).unwrap(), rows);
    // Filled in and named in the pack, nothing is left to do.
    std::fs::write(&list, rows.replace("paid.csv:3,,", "paid.csv:3,,schools")).unwrap();
    let toml = pack.path().join("place.toml");
    let place = std::fs::read_to_string(&toml).unwrap() + "\n[[crosswalk]]\nfile = \"todo.csv\"\n";
    std::fs::write(&toml, place).unwrap();
    let done = printed(&on("worklist", pack.path(), &[]));
    assert_eq!(done, "Every code is placed.\n");
    let templates = pack.path().join("templates");
    let folder = templates.to_str().unwrap();
    let made = run("worklist", &["--templates", folder]);
    assert_eq!(made.status.code(), Some(0));
    assert_eq!(printed(&made).lines().count(), 4);
    assert_eq!(
        run("worklist", &["--templates", folder]).status.code(),
        Some(1)
    );
}
