//! What a spreadsheet makes of our files: `5-9` became the fifth of September, and a name that begins
//! with `=` a formula.

use super::Files;
use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Ages, Period, Phase};
use wholeplace::cube::{By, Cube};
use wholeplace::disclosure::Released;
use wholeplace::place::Place;
use wholeplace::report::{ReportScope, Site, SiteFile, SiteSources, site_files};
use wholeplace::sheet::{self, CsvCell, CsvFile, ReadOptions, marked, unmarked};

/// Texts that a spreadsheet takes for a formula, a date, a number or another value, in Excel or in
/// LibreOffice.
const TAKEN: [&str; 72] = [
    // Formulas, with what hides their first sign.
    "=1+1",
    "=HYPERLINK(\"http://example.com\";\"x\")",
    "=cmd|' /C calc'!A0",
    "+1",
    "+44 1743 250000",
    "-1",
    "-5.00",
    "-abc",
    "@SUM(1)",
    " =1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\tcode",
    "\u{feff}=1+1",
    "\u{a0}=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    // Days, months and years.
    "5-9",
    "10-15",
    "1-2",
    "0-4",
    "5-64",
    "1/2",
    "13/12",
    "25-10",
    "2010-12",
    "2011/12",
    "2001-02",
    "1.5.2017",
    "01/04/2024",
    "1-2-3",
    "Jan 2023",
    "January 2023",
    "2023 Jan",
    "Apr-13",
    "SEPT1",
    "MARCH1",
    "DEC10",
    "1-Sep-17",
    "5 May",
    "Mon 5 Jan",
    "5-9 ",
    " 10-15",
    // Times.
    "12:30",
    "1:2:3",
    "1 a",
    "7 PM",
    "12:30p",
    "2017-04-01T12:30:00Z",
    // Numbers that are shown as others.
    "00123",
    "007",
    "1E5",
    "1e5",
    "1.5E+06",
    "12e-3",
    "123456789012",
    "12345678901234567890",
    "1.10",
    ".5",
    "1,000",
    "£5",
    "5%",
    "(5)",
    "1 1/2",
    "65+",
    // Other values.
    "TRUE",
    "false",
    "#N/A",
    "#REF!",
];

/// Texts that every spreadsheet leaves as they are.
const LEFT: [&str; 35] = [
    "Ludlow",
    "",
    "E06000051",
    "e12",
    "12E",
    "1A",
    "A1",
    "P01",
    "5 to 9",
    "65 and over",
    "16-19",
    "20-64",
    "2017-18",
    "2017/18",
    "1999-00",
    "2012-13",
    "2011-2012",
    "2017-18 to 2018-19",
    "Apr 2017 to Jun 2018",
    "calendar 2015",
    "academic 2017-18",
    "0",
    "7",
    "1000",
    "12345678901",
    "March",
    "May",
    "97% shared by residents",
    "5-9 years",
    "1_000 metres",
    "Shropshire, Telford & Wrekin",
    "say \"yes\"",
    "value",
    "nothing-recorded",
    "x=1",
];

#[test]
fn texts_are_marked_where_a_spreadsheet_would_change_them() {
    for text in TAKEN {
        assert_eq!(marked(text), format!("'{text}"), "{text:?}");
        assert_eq!(unmarked(&marked(text)), text);
    }
    for text in LEFT {
        assert_eq!(marked(text), text);
        assert_eq!(unmarked(text), text);
    }
    // A text that begins with an apostrophe has one more, or the rule would take its own away.
    for text in ["'t Hoekje", "'=1+1", "''", "'"] {
        assert_eq!(marked(text), format!("'{text}"));
        assert_eq!(unmarked(&marked(text)), text);
    }
}

#[test]
fn our_own_words_need_no_mark() {
    for youngest in 0..=90 {
        for oldest in youngest..=90 {
            let ages = Ages::new(youngest, oldest).unwrap();
            let words = ages.in_words();
            assert_eq!(marked(&words), words);
            assert_eq!(words.parse::<Ages>().unwrap(), ages, "{words}");
        }
    }
    let first = Period::month(1998, 1).unwrap();
    for later in 0..240 {
        for months in 0..14 {
            let from = first.months_later(later).unwrap();
            let period = from.through(from.months_later(months).unwrap()).unwrap();
            let words = period.in_words();
            assert_eq!(marked(&words), words);
            assert_eq!(words.parse::<Period>().unwrap(), period, "{words}");
        }
    }
    for wrong in [
        "month of 2017-18",
        "month of month of Jan 2023",
        "month of 1",
    ] {
        assert!(wrong.parse::<Period>().is_err(), "{wrong}");
    }
}

fn file_of(rows: &[Vec<String>]) -> String {
    let mut file = CsvFile::default();
    for row in rows {
        file.row(row.iter().map(|text| CsvCell::text(text.as_str())));
    }
    file.into_text()
}

/// The rows of a CSV as the crate's own reader has them, texts unmarked.
fn read_back(csv: &str) -> Vec<Vec<String>> {
    let folder = Files::of(&[("a.csv", csv)]);
    let options = ReadOptions {
        delimiter: Some(','),
        encoding: Some("utf-8".to_owned()),
        ..ReadOptions::default()
    };
    let source = sheet::open(&folder.path().join("a.csv"), "a.csv", &options).unwrap();
    let mut rows = Vec::new();
    for sheet in source.sheets() {
        sheet.for_each_row(|_, cells| {
            rows.push(
                (0..cells.len())
                    .map(|i| unmarked(&cells[i]).to_owned())
                    .collect(),
            );
        });
    }
    rows
}

/// Texts of the signs that matter, and any others.
fn nasty() -> impl Strategy<Value = String> {
    let known = || prop::sample::select(TAKEN.to_vec()).prop_map(str::to_owned);
    prop_oneof![
        known(),
        "[-=+@'\",;|\t\r\n0-9eE./: £a-c]{0,12}",
        "'{0,3}[=a0]{0,2}",
        any::<String>().prop_map(|text| text.replace('\0', "")),
        (known(), "[-=' ,\"]{0,3}").prop_map(|(text, before)| before + &text),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_comes_back_and_none_begins_a_formula(
        rows in (1usize..5).prop_flat_map(|width| {
            prop::collection::vec(prop::collection::vec(nasty(), width), 1..6)
        })
    ) {
        // A heading that is never blank, as every file of ours has.
        let mut all = vec![vec!["heading".to_owned(); rows[0].len()]];
        all.extend(rows);
        let csv = file_of(&all);
        prop_assert_eq!(csv.starts_with('\u{feff}'), !csv.is_ascii());
        for record in csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes()).records() {
            for cell in record.unwrap().iter() {
                let begins = cell.trim().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
                prop_assert!(!begins && !cell.starts_with(['\t', '\r', '\n']), "{:?}", cell);
            }
        }
        let known: Vec<Vec<String>> = (csv::ReaderBuilder::new().has_headers(false))
            .from_reader(csv.as_bytes())
            .records()
            .map(|record| record.unwrap().iter().map(|cell| unmarked(cell).to_owned()).collect())
            .collect();
        prop_assert_eq!(&known, &all);
        // Our reader of ledgers makes one line end of all, within cells too.
        let one_end = |text: &String| text.replace("\r\n", "\n").replace('\r', "\n");
        let with_one_end = |rows: Vec<Vec<String>>| -> Vec<Vec<String>> {
            rows.iter().map(|row| row.iter().map(one_end).collect()).collect()
        };
        prop_assert_eq!(with_one_end(read_back(&csv)), with_one_end(all));
    }
}

#[test]
fn figures_stay_figures() {
    let mut file = CsvFile::default();
    file.row(["what", "amount_gbp", "from"].map(CsvCell::text));
    file.row([
        CsvCell::text("-5.00"),
        CsvCell::figure("-5.00"),
        CsvCell::figure("2017-04-01"),
    ]);
    assert_eq!(
        file.into_text(),
        "what,amount_gbp,from\n'-5.00,-5.00,2017-04-01\n"
    );
}

const PACK: &str = r#"
[place]
name = "=Test"
locality = "all"
age_bands = ["0-4", "5-9", "10-15", "16-19", "20-64", "65+"]
[[localities]]
rows = [
    { code = "all", name = "=All" , level = "county" },
    { code = "00123", name = "10-15", level = "area", parent = "all" },
    { code = "1E5", name = "@B & Sön", level = "area", parent = "all" },
]
[[activities]]
rows = [
    { code = "2010-12", name = "=HYPERLINK(\"http://example.com\")", level = "theme" },
    { code = "1/2", name = "'t Park", level = "theme" },
]
[[partners]]
rows = [{ code = "12345678901234567890", name = "-Council" }]
[[driver]]
code = "residents"
name = "residents"
class = "population"
source = "test"
tables = [{ file = "masses.csv" }]
[[sharing]]
driver = "residents"
[[ledger]]
id = "council"
name = "Council"
source = "test"
phase = "outturn"
files = ["payments.csv"]
layout = { amount = ["Net"], date = ["Paid"], codes = { activity = ["Service"] } }
axes = { partner = { always = "12345678901234567890" }, activity = { by = "crosswalk" }, ages = { always = "all" }, group = { gap = "unknown" }, locality = { always = "all" } }
[[crosswalk]]
file = "crosswalk.csv"
set = { ledger = "council", axis = "activity" }
"#;

/// Ten residents in each year of age in each of two areas; £910.00 of roads, and £91.00 back for parks.
fn pack() -> &'static (Cube, Vec<SiteFile>) {
    static PACK_MADE: OnceLock<(Cube, Vec<SiteFile>)> = OnceLock::new();
    PACK_MADE.get_or_init(|| {
        let mut masses = "locality,ages,mass\n".to_owned();
        for area in ["00123", "1E5"] {
            for (ages, years) in [
                ("0-4", 5),
                ("5-9", 5),
                ("10-15", 6),
                ("16-19", 4),
                ("20-64", 45),
                ("65+", 26),
            ] {
                masses += &format!("{area},{ages},{}\n", 10 * years);
            }
        }
        let files = Files::of(&[
            ("place.toml", PACK),
            ("masses.csv", &masses),
            ("crosswalk.csv", "code,to\nR,2010-12\nP,1/2\n"),
            (
                "payments.csv",
                "Service,Paid,Net\nR,01/04/2017,910.00\nP,01/04/2017,-91.00\n",
            ),
        ]);
        let place = Place::open(files.path()).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        let cube = Cube::build(&account).unwrap();
        let scope = ReportScope {
            level: "area".to_owned(),
            activity_level: "theme".to_owned(),
            period: "2017-18".parse().unwrap(),
            phase: Phase::Outturn,
            boundary: Boundary::AllPartners,
        };
        let site = Site::build(&SiteSources {
            account: Some(&account),
            ..SiteSources::of(&cube, &scope)
        });
        let site = Released::for_internal_use(site.unwrap(), "a test").unwrap();
        let files = site_files(&site).unwrap();
        (cube, files)
    })
}

fn bytes(path: &str) -> &'static [u8] {
    let file = pack().1.iter().find(|file| file.path == path);
    &file.unwrap_or_else(|| panic!("there is no {path}")).bytes
}

/// The rows of a CSV of the site by their headings, as anybody's reader has them.
fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes(path));
    let headings = reader.headers().unwrap().clone();
    let named = |row: csv::StringRecord| {
        (headings.iter().map(str::to_owned))
            .zip(row.iter().map(str::to_owned))
            .collect()
    };
    reader.records().map(|row| named(row.unwrap())).collect()
}

fn column(path: &str, name: &str) -> Vec<String> {
    rows(path).iter().map(|row| row[name].clone()).collect()
}

#[test]
fn codes_and_names_of_a_pack_are_harmless_in_every_csv_and_come_back() {
    let by_place = "data/index-by-place.csv";
    let sorted = |mut texts: Vec<String>| {
        texts.sort();
        texts.dedup();
        texts
    };
    assert_eq!(sorted(column(by_place, "place_code")), ["'00123", "'1E5"]);
    assert_eq!(
        sorted(column(by_place, "place_name")),
        ["'10-15", "'@B & Sön"]
    );
    let by_activity = "data/index-by-activity.csv";
    assert_eq!(
        sorted(column(by_activity, "activity_code")),
        ["'1/2", "'2010-12"]
    );
    assert_eq!(
        sorted(column(by_activity, "activity_name")),
        ["''t Park", "'=HYPERLINK(\"http://example.com\")"]
    );
    assert_eq!(
        column("data/index-by-partner.csv", "partner_code"),
        ["'12345678901234567890"]
    );
    assert_eq!(
        column("data/index-by-partner.csv", "partner_name"),
        ["'-Council"]
    );
    // A negative sum is a number; the period is no date and has no mark.
    let sums = column(by_activity, "amount_gbp");
    assert_eq!(sorted(sums), ["-91.00", "910.00"]);
    assert_eq!(sorted(column(by_activity, "period")), ["2017-18"]);
    // The same texts stand in JSON as they are.
    let json: serde_json::Value =
        serde_json::from_slice(bytes("data/index-by-place.json")).unwrap();
    let plain: Vec<String> = (json["rows"].as_array().unwrap().iter())
        .map(|row| row["place_code"].as_str().unwrap().to_owned())
        .collect();
    let back = column(by_place, "place_code");
    let back: Vec<&str> = back.iter().map(|cell| unmarked(cell)).collect();
    assert_eq!(back, plain);
}

/// £819.00 over 91 single years of age and two areas alike: £9.00 a year of age.
#[test]
fn age_bands_are_words() {
    let path = "data/index-by-ages.csv";
    let bands = [
        "0 to 4",
        "5 to 9",
        "10 to 15",
        "16 to 19",
        "20 to 64",
        "65 and over",
    ];
    assert_eq!(column(path, "ages_code"), bands);
    assert_eq!(column(path, "ages_name"), bands);
    assert_eq!(
        column(path, "amount_gbp"),
        ["45.00", "45.00", "54.00", "36.00", "405.00", "234.00"]
    );
    let json: serde_json::Value = serde_json::from_slice(bytes("data/index-by-ages.json")).unwrap();
    assert_eq!(json["rows"][1]["ages_code"], "5 to 9");
}

#[test]
fn a_mark_of_byte_order_stands_where_there_is_more_than_ascii() {
    let mark = b"\xef\xbb\xbf";
    let (mut with, mut without) = (0, 0);
    for file in pack().1.iter().filter(|file| file.path.ends_with(".csv")) {
        let marked = file.bytes.starts_with(mark);
        assert_eq!(marked, !file.bytes.is_ascii(), "{}", file.path);
        *(if marked { &mut with } else { &mut without }) += 1;
    }
    assert!(with > 0 && without > 0, "{with} with, {without} without");
    assert!(bytes("data/index-by-place.csv").starts_with(mark), "Sön");
    assert!(!bytes("data/index-by-ages.csv").starts_with(mark));
}

#[test]
fn an_answer_is_written_by_the_same_rule() {
    let cube = &pack().0;
    let asked = cube.ask().period("2017-18".parse().unwrap());
    let asked = asked.phase(Phase::Outturn).boundary(Boundary::AllPartners);
    let answer = asked
        .by([By::Activity(None), By::Ages(None)])
        .answer()
        .unwrap();
    let csv = answer.to_csv();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(
        lines[0].starts_with("activity,ages,amount,direct,"),
        "{csv}"
    );
    assert!(csv.contains("\n'2010-12,5 to 9,50.00,"), "{csv}");
    assert!(csv.contains("\n'1/2,10 to 15,-6.00,"), "{csv}");
    assert!(lines.last().unwrap().starts_with("total,,819.00,"), "{csv}");
    assert!(csv.is_ascii());
}

#[test]
fn workbooks_hold_texts_as_texts() {
    let book = bytes("data/index.xlsx").to_vec();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(formulas.rows().flatten().all(String::is_empty), "{name}");
        let cells = book.worksheet_range(&name).unwrap();
        for cell in cells.rows().flatten() {
            if let Data::String(text) = cell {
                *found.entry(text.clone()).or_default() += 1;
            }
        }
    }
    for text in [
        "=All",
        "00123",
        "10-15",
        "1E5",
        "@B & Sön",
        "2010-12",
        "=HYPERLINK(\"http://example.com\")",
        "'t Park",
        "12345678901234567890",
        "-Council",
        "5 to 9",
    ] {
        assert!(found.contains_key(text), "{text}: {found:?}");
    }
}

/// What the rule is, where people look for it.
#[test]
fn the_rule_is_said_on_the_data_page_and_in_the_descriptor() {
    let page = String::from_utf8(bytes("data.html").to_vec()).unwrap();
    assert!(page.contains(sheet::MARK_IN_WORDS), "{page}");
    let package: serde_json::Value = serde_json::from_slice(bytes("datapackage.json")).unwrap();
    let said = package["description"].as_str().unwrap();
    assert!(said.contains(sheet::MARK_IN_WORDS), "{said}");
}

/// LibreOffice, if it is there: every text is a text of the same characters, although it is asked to
/// look for dates, numbers and formulas.
#[test]
fn a_spreadsheet_leaves_every_text_as_it_is() {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let office = std::env::split_paths(&paths)
        .map(|folder| folder.join("soffice"))
        .find(|path| path.is_file());
    let Some(office) = office else {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED a_spreadsheet_leaves_every_text_as_it_is: there is no soffice; install Debian's \
             `libreoffice-calc-nogui`"
        );
        return;
    };
    let texts: Vec<&str> = TAKEN
        .into_iter()
        .chain(LEFT)
        .filter(|text| !text.is_empty())
        .collect();
    // A line end within a cell and blanks at its ends are the spreadsheet's to keep or not.
    let texts: Vec<&str> = (texts.into_iter())
        .filter(|text| text.trim() == *text && !text.starts_with('\u{feff}'))
        .collect();
    let cells: Vec<Vec<String>> = (texts.iter().map(|text| vec![(*text).to_owned()])).collect();
    let csv = file_of(&cells);
    let opened = opened_by(&office, &csv);
    let expected: Vec<Data> = (texts.iter())
        .map(|text| match text.parse::<f64>() {
            // Whole numbers that are short enough are shown and saved as they are.
            Ok(number) if !csv.contains(&format!("'{text}\n")) => Data::Float(number),
            _ => Data::String(marked(text).into_owned()),
        })
        .collect();
    assert_eq!(opened.len(), expected.len());
    for (cell, expected) in opened.iter().zip(&expected) {
        assert_eq!(cell, expected);
    }
}

/// The first column of a CSV, as a spreadsheet has it.
fn opened_by(office: &Path, csv: &str) -> Vec<Data> {
    let folder = Files::of(&[("a.csv", csv)]);
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    // Commas, double quotes, UTF-8, from line 1, British, special numbers, formulas.
    let filter =
        "Text - txt - csv (StarCalc):44,34,76,1,,2057,false,true,false,false,false,-1,true";
    let ended = Command::new(office)
        .args([&profile, "--headless", &format!("--infilter={filter}")])
        .args(["--convert-to", "xlsx", "--outdir"])
        .args([folder.path(), &folder.path().join("a.csv")])
        .output()
        .unwrap();
    let book = std::fs::read(folder.path().join("a.xlsx"));
    let book = book.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&ended.stderr)));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let name = book.sheet_names()[0].clone();
    let cells = book.worksheet_range(&name).unwrap();
    cells.rows().map(|row| row[0].clone()).collect()
}
