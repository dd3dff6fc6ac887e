//! Broken, strange and enormous files: each is an error or a finding that says what to do, and no
//! byte sequence is a panic.

use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};
use tempfile::TempDir;
use wholeplace::axis::{Gap, Placed};
use wholeplace::ledger::{
    Control, Counts, Layout, Ledger, LedgerError, LedgerSpec, Progress, Reader, Repeats, files,
};
use wholeplace::money::Pence;
use wholeplace::sheet::{self, ReadOptions, SheetError};

const LAYOUT: &str = "amount = ['Net']\ndate = ['Paid']\ncodes.activity = ['Service']";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.0.path().join(name), bytes).unwrap();
        self
    }

    fn spec(&self, id: &str, layout: &str, pattern: &str) -> LedgerSpec {
        let layout: Layout = toml::from_str(layout).unwrap();
        LedgerSpec {
            id: id.into(),
            files: files(self.0.path(), &[pattern.into()]).unwrap(),
            layout,
            controls: Vec::new(),
            repeats: Repeats::Refuse,
        }
    }

    fn read_with(&self, layout: &str) -> Result<Ledger, LedgerError> {
        Reader::new().read(&self.spec("test", layout, "*"))
    }

    fn read(&self) -> Result<Ledger, LedgerError> {
        self.read_with(LAYOUT)
    }
}

fn one(name: &str, bytes: impl AsRef<[u8]>) -> Result<Ledger, LedgerError> {
    Folder::new().with(name, bytes).read()
}

fn csv(bytes: impl AsRef<[u8]>) -> Ledger {
    one("a.csv", bytes).unwrap()
}

fn rules(ledger: &Ledger) -> Vec<String> {
    ledger
        .findings()
        .iter()
        .map(|finding| finding.rule.clone())
        .collect()
}

fn message(result: Result<Ledger, LedgerError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn an_empty_file() {
    let expected = "`a.csv` is empty; fetch it again, or take it out of the files of its ledger";
    assert_eq!(message(one("a.csv", "")), expected);
    assert_eq!(message(one("a.csv", b"\xEF\xBB\xBF")), expected);
    assert!(matches!(
        one("a.csv", "\n\n"),
        Err(LedgerError::NoHeading { .. })
    ));
}

#[test]
fn only_a_header() {
    let ledger = csv("Service,Paid,Net\n");
    assert_eq!((ledger.len(), ledger.total()), (0, Pence::ZERO));
    assert_eq!(rules(&ledger), ["file-without-lines"]);
}

#[test]
fn an_encoding_that_is_not_the_one_named() {
    let bytes = b"Service,Paid,Net(\xA3)\nParks,01/04/2022,\xA312.50\n";
    let folder = Folder::new().with("a.csv", bytes);
    let ledger = folder
        .read_with(&format!("encoding = 'utf-8'\n{LAYOUT}"))
        .unwrap();
    assert_eq!(ledger.total(), Pence::new(1250));
    assert_eq!(rules(&ledger), ["not-in-its-encoding"]);
    assert_eq!(ledger.files()[0].detected.undecodable, 2);
    let unknown = folder.read_with(&format!("encoding = 'utf-9'\n{LAYOUT}"));
    assert!(message(unknown).starts_with("`utf-9` is not an encoding"));
}

#[test]
fn a_cell_of_a_million_characters() {
    let long = "x".repeat(1_000_000);
    let ledger = csv(format!(
        "Service,Paid,Net\n{long},01/04/2022,1\nParks,01/04/2022,{long}\n"
    ));
    assert_eq!((ledger.len(), ledger.total()), (1, Pence::new(100)));
    assert_eq!(rules(&ledger), ["amount-not-readable"]);
    assert!(
        ledger.findings().to_string().len() < 500,
        "a message stays readable"
    );
}

#[test]
fn an_amount_beyond_64_bits_of_pence() {
    let ledger =
        csv("Service,Paid,Net\nParks,01/04/2022,92233720368547758.08\nParks,01/04/2022,1\n");
    assert_eq!((ledger.len(), ledger.total()), (1, Pence::new(100)));
    assert_eq!(rules(&ledger), ["amount-too-large"]);
    assert_eq!(ledger.counts().rejected, 1);
}

#[test]
fn amounts_whose_sum_is_beyond_64_bits_of_pence() {
    let row = "Parks,01/04/2022,90000000000000000\n";
    let result = one("a.csv", format!("Service,Paid,Net\n{row}{row}"));
    assert!(matches!(result, Err(LedgerError::TooLarge { .. })));
}

#[test]
fn dates_of_1900_and_2100_leave_the_money_in() {
    let ledger =
        csv("Service,Paid,Net\na,01/01/1900,1\nb,01/01/2100,2\nc,,4\nd,soon,8\ne,1/4/22,16\n");
    assert_eq!(ledger.total(), Pence::new(3100));
    let mut told = vec!["date-not-readable"; 4];
    told.push("most-lines-without-period");
    assert_eq!(rules(&ledger), told);
    let unknown = ledger
        .lines()
        .filter(|l| l.period() == Placed::Gap(Gap::Unknown))
        .count();
    assert_eq!(unknown, 4);
    let first = ledger.findings().iter().next().unwrap();
    assert_eq!(
        (first.position.to_string().as_str(), first.at_stake),
        ("a.csv:2: Paid", Some(Pence::new(100)))
    );
}

#[test]
fn nul_bytes() {
    let ledger = csv(b"Service,Paid,Net\nPa\0rks,01/04/2022,1\0\nParks\0,01/04/2022,2\n");
    assert_eq!(ledger.total(), Pence::new(200));
    assert_eq!(rules(&ledger), ["amount-not-readable"]);
}

#[test]
fn a_record_cut_off_inside_a_quote() {
    let ledger = csv("Service,Paid,Net\nParks,01/04/2022,5\nPa,01/04/2022,\"1,2");
    assert_eq!(ledger.total(), Pence::new(500));
    assert_eq!(rules(&ledger), ["amount-not-readable", "quote-not-closed"]);
    assert_eq!(
        ledger.findings().iter().nth(1).unwrap().position.line,
        Some(3)
    );
}

#[test]
fn a_quote_that_swallows_rows_is_told() {
    let ledger =
        csv("Service,Paid,Net\n\"Parks,01/04/2022,5\nRoads,01/04/2022,6\nx\",01/04/2022,7\n");
    assert_eq!(rules(&ledger), ["quote-swallows-rows"]);
    assert!(ledger.findings().any_fault());
    assert_eq!(ledger.findings().at_stake(), 1100);
}

/// A comma that is not quoted makes two cells of a text.
#[test]
fn cells_beyond_the_headings_are_told() {
    let ledger = csv(
        "Service,Paid,Net,Note\nParks,01/04/2022,12.50,pads,paper\nRoads,01/04/2022,20.00,pens\nRoads,01/04/2022,30.00,ink,,\n",
    );
    assert_eq!(
        ledger.total(),
        Pence::new(6_250),
        "it is counted as it reads"
    );
    assert_eq!(rules(&ledger), ["cells-beyond-headings"]);
    let told = ledger.findings().iter().next().unwrap();
    assert_eq!(told.position.line, Some(2));
    assert_eq!(told.at_stake, Some(Pence::new(1_250)));
}

#[test]
fn a_header_at_the_foot() {
    let ledger = csv("Parks,01/04/2022,5\nRoads,02/05/2022,6\nService,Paid,Net\n");
    assert_eq!(ledger.total(), Pence::new(1100));
    assert_eq!(ledger.counts().header, 1);
    assert_eq!(ledger.code_texts("activity"), ["Parks", "Roads"]);
    assert_eq!(ledger.line(1).unwrap().position().to_string(), "a.csv:2");
}

#[test]
fn a_second_header_with_the_columns_shifted() {
    let ledger = csv(
        "Service,Class,Paid,Net\nParks,c,01/04/2022,5\n,,,\nPaid,Service,Net\n02/05/2022,Roads,6\n",
    );
    assert_eq!(ledger.total(), Pence::new(1100));
    assert_eq!((ledger.counts().header, ledger.counts().blank), (2, 1));
    assert_eq!(ledger.code_texts("activity"), ["Parks", "Roads"]);
    let month = ledger.line(1).unwrap().period().member().unwrap();
    assert_eq!(month.to_string(), "May 2022");
}

#[test]
fn the_same_extract_twice() {
    let bytes = "Service,Paid,Net\nParks,01/04/2022,5\nRoads,01/04/2022,6\n";
    let folder = Folder::new().with("a.csv", bytes).with("b.csv", bytes);
    assert_eq!(
        message(folder.read()),
        "`b.csv` of ledger `test` is the same extract as `a.csv` of ledger `test`, byte for byte, \
         and 2 of its rows are already read; take one out, or allow repeats for the ledger"
    );
    let mut reader = Reader::new();
    reader.read(&folder.spec("one", LAYOUT, "a.csv")).unwrap();
    let mut again = folder.spec("two", LAYOUT, "b.csv");
    assert!(matches!(
        reader.read(&again),
        Err(LedgerError::SameExtract { lines: 2, .. })
    ));
    again.repeats = Repeats::Allow;
    assert_eq!(rules(&reader.read(&again).unwrap()), ["extract-read-again"]);
}

#[test]
fn one_file_may_feed_two_ledgers_with_different_rows() {
    let bytes =
        "Service,Paid,Net,Body\nParks,01/04/2022,5,A\nRoads,01/04/2022,6,B\nX,01/04/2022,?,B\n";
    let folder = Folder::new().with("a.csv", bytes);
    let mut reader = Reader::new();
    let of = |body: &str| format!("{LAYOUT}\nwhere.Body = ['{body}']");
    let first = reader.read(&folder.spec("a", &of("A"), "*")).unwrap();
    assert_eq!(
        (first.total(), first.counts().not_selected),
        (Pence::new(500), 2)
    );
    assert!(first.reconciliation().holds() && first.findings().is_empty());
    let second = reader.read(&folder.spec("b", &of("B"), "*")).unwrap();
    assert_eq!(
        (second.total(), second.counts().rejected),
        (Pence::new(600), 1)
    );
    assert!(reader.read(&folder.spec("c", &of("A"), "*")).is_err());
    let wrong = folder.read_with(&format!("{LAYOUT}\nwhere.Bodies = ['A']"));
    assert!(message(wrong).contains("the header has no `Bodies`"));
}

#[test]
fn no_column_of_amounts() {
    assert_eq!(
        message(one("a.csv", "Service,Paid,Net £k\nParks,01/04/2022,5\n")),
        "`a.csv` has no header row with an amount: no row has one of `Net` beside another heading \
         of the layout (it has `Net £k`); add the heading of the amount to the layout"
    );
    let names = message(one("a.csv", "Net Ltd,J Person,Network\n"));
    assert!(
        !names.contains("Person") && !names.contains("Network"),
        "{names}"
    );
}

#[test]
fn every_unreadable_file_is_told() {
    let folder = Folder::new()
        .with("a.csv", "")
        .with("b.xlsx", b"PK\x03\x04 and then nothing of use")
        .with("c.xls", b"not a workbook\0")
        .with("d.parquet", b"PAR1 and then nothing of use")
        .with("e.doc", b"a letter");
    let told = message(folder.read());
    for part in [
        "5 files of ledger `test`",
        "`a.csv` is",
        "`b.xlsx` is not a readable XLSX",
        "`c.xls` is not a readable XLS",
        "`d.parquet` is not",
        "`e.doc` has the extension `doc`",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn no_file_matches() {
    let folder = Folder::new();
    let missing = files(folder.0.path(), &["*.csv".into()]);
    assert_eq!(
        missing.unwrap_err().to_string(),
        "no file matches `*.csv`; check the folder and the spelling"
    );
    let spec = LedgerSpec {
        id: "x".into(),
        files: vec![("/nowhere/a.csv".into(), "a.csv".into())],
        layout: toml::from_str(LAYOUT).unwrap(),
        controls: Vec::new(),
        repeats: Repeats::Refuse,
    };
    assert!(matches!(
        Reader::new().read(&spec),
        Err(LedgerError::Sheet(SheetError::Read { .. }))
    ));
}

#[test]
fn a_parquet_file() {
    let folder = Folder::new();
    let mut frame = DataFrame::new_infer_height(vec![
        Series::new("Service".into(), ["Parks", "Roads"]).into_column(),
        Series::new("Paid".into(), ["2022-04-01", "2022-05-01"]).into_column(),
        Series::new("Net".into(), [12.5, -0.1]).into_column(),
    ])
    .unwrap();
    let file = std::fs::File::create(folder.0.path().join("a.parquet")).unwrap();
    ParquetWriter::new(file).finish(&mut frame).unwrap();
    let ledger = folder.read().unwrap();
    assert_eq!(
        (ledger.total(), ledger.counts().credits),
        (Pence::new(1240), 1)
    );
    assert_eq!(
        ledger.line(0).unwrap().position().to_string(),
        "a.parquet:2"
    );
}

/// Texts with empty cells, a dictionary and amounts, in small groups.
fn parquet_of_lines() -> Vec<u8> {
    let services = (0..40).map(|i| (i % 7 > 0).then(|| ["Parks", "Roads"][i % 2]));
    let mut frame = DataFrame::new_infer_height(vec![
        Column::new("Service".into(), services.collect::<Vec<_>>()),
        Column::new("Paid".into(), vec!["2022-04-01"; 40]),
        Column::new("Net".into(), (0..40).map(f64::from).collect::<Vec<_>>()),
    ])
    .unwrap();
    let mut bytes = Vec::new();
    let writer = ParquetWriter::new(&mut bytes).with_row_group_size(Some(16));
    writer.finish(&mut frame).unwrap();
    bytes
}

/// polars gives the one text of such a column as another kind of value.
#[test]
fn a_parquet_file_of_one_row_keeps_its_texts() {
    let folder = Folder::new();
    let mut frame = DataFrame::new_infer_height(vec![
        Series::new("Service".into(), ["Parks"]).into_column(),
        Series::new("Paid".into(), ["2022-04-01"]).into_column(),
        Series::new("Net".into(), [12.5]).into_column(),
    ])
    .unwrap();
    let file = std::fs::File::create(folder.0.path().join("a.parquet")).unwrap();
    ParquetWriter::new(file).finish(&mut frame).unwrap();
    let ledger = folder.read().unwrap();
    assert_eq!(ledger.code_texts("activity"), ["Parks"]);
    assert_eq!(ledger.files()[0].undated, 0);
}

#[test]
fn utf_16_and_semicolons() {
    let text = "Service;Paid;Net (£)\r\nParks;01/04/2022;£1,250.00\r\n";
    let wide: Vec<u8> = std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let ledger = csv(wide);
    assert_eq!(ledger.total(), Pence::new(125_000));
    assert_eq!(
        ledger.files()[0].detected.to_string(),
        "utf-16le with BOM; CRLF; cells separated by `;`"
    );
}

#[test]
fn more_decimals_than_pence() {
    let folder = Folder::new().with(
        "a.csv",
        "Service,Paid,Net\na,1/4/22,1.005\nb,1/4/22,0.125\nc,1/4/22,2\n",
    );
    let refused = folder.read().unwrap();
    assert_eq!(rules(&refused), vec!["amount-has-excess-decimals"; 2]);
    assert_eq!(
        (refused.total(), refused.findings().at_stake()),
        (Pence::new(200), 112)
    );
    assert!(refused.reconciliation().holds());
    let rounded = folder
        .read_with(&format!("excess_decimals = 'half-even'\n{LAYOUT}"))
        .unwrap();
    assert_eq!(rounded.total(), Pence::new(312));
    let statement = rounded.reconciliation().to_string();
    let named = "rounding of 2 amounts half to even to the penny took £0.01";
    assert!(
        statement.contains(named) && rounded.reconciliation().holds(),
        "{statement}"
    );
}

#[test]
fn a_total_row_is_no_payment_and_one_with_a_word_is_told() {
    let ledger = csv("Service,Paid,Net\na,1/4/22,1\n,,1\nTotal,,1\n");
    assert_eq!(
        (ledger.total(), ledger.counts().total_rows),
        (Pence::new(100), 2)
    );
    assert_eq!(rules(&ledger), ["total-row-left-out"]);
    assert!(ledger.reconciliation().to_string().contains("2 total rows"));
}

#[test]
fn a_column_read_wrongly_gives_no_million_findings() {
    let rows: String = (0..5000).map(|i| format!("a,soon,{i}\n")).collect();
    let ledger = csv(format!("Service,Paid,Net\n{rows}"));
    let of_dates = ledger
        .findings()
        .iter()
        .filter(|f| f.rule == "date-not-readable");
    assert_eq!(of_dates.clone().count(), 101);
    let all: i64 = (0..5000).map(|i| i * 100).sum();
    let at_stake = of_dates.map(|f| f.at_stake.unwrap_or_default().get());
    assert_eq!(at_stake.sum::<i64>(), all);
    assert_eq!(ledger.findings().len(), 102);
}

#[test]
fn a_control_total_on_some_lines() {
    let folder = Folder::new().with(
        "a.csv",
        "Service,Paid,Net,Kind\na,1/4/22,1,R\nb,1/4/22,2,C\n",
    );
    let mut spec = folder.spec("test", LAYOUT, "*");
    spec.controls = vec![Control {
        name: "revenue".into(),
        selection: BTreeMap::from([("kind".into(), vec!["R".into()])]),
        total: Pence::new(100),
        lines: Some(1),
        source: None,
    }];
    let right = Reader::new().read(&spec).unwrap();
    assert!(right.reconciliation().holds() && right.findings().is_empty());
    spec.controls[0].lines = Some(2);
    assert!(Reader::new().read(&spec).unwrap().findings().any_fault());
}

#[test]
fn income_positive_files_change_their_sign() {
    let folder = Folder::new().with("a.csv", "Service,Paid,Net\na,1/4/22,-5\nb,1/4/22,2\n");
    let ledger = folder
        .read_with(&format!("sign = 'income-positive'\n{LAYOUT}"))
        .unwrap();
    assert_eq!(
        (ledger.total(), ledger.counts().credits),
        (Pence::new(300), 1)
    );
}

#[test]
fn periods_as_text() {
    let folder = Folder::new().with(
        "a.csv",
        "Service,Year,Net\na,2017-18,5\nb,2018,2\nc,2011-12,1\n",
    );
    let ledger = folder
        .read_with("amount = ['Net']\nperiod = ['Year']\nyears = 'financial'\n")
        .unwrap();
    let periods: Vec<_> = ledger.lines().map(|line| line.period().member()).collect();
    assert_eq!(periods[0].unwrap().to_string(), "2017-18");
    assert_eq!(periods[1], None);
    assert_eq!(periods[2].unwrap().to_string(), "2011/12");
}

#[test]
fn progress_ends_with_everything() {
    let folder = Folder::new()
        .with("a.csv", "Service,Paid,Net\na,1/4/22,1\n")
        .with("b.csv", "Service,Paid,Net\nb,1/4/22,1\n");
    let told = Mutex::new(Vec::<Progress>::new());
    let callback = |progress: &Progress| told.lock().unwrap().push(progress.clone());
    Reader::new()
        .progress(&callback)
        .read(&folder.spec("test", LAYOUT, "*"))
        .unwrap();
    let told = told.into_inner().unwrap();
    assert!(
        told.iter()
            .any(|p| p.files_done == 2 && p.bytes_done == p.bytes && p.bytes > 0)
    );
}

#[test]
fn unknown_keys_of_a_layout_are_refused() {
    let error = toml::from_str::<Layout>("amount = ['Net']\namounts = ['x']").unwrap_err();
    assert!(
        error.to_string().contains("unknown field `amounts`"),
        "{error}"
    );
}

fn complete(counts: Counts) -> bool {
    let no_lines =
        counts.blank + counts.header + counts.total_rows + counts.preamble + counts.not_selected;
    counts.lines + counts.rejected + no_lines == counts.records
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_row_is_something(
        rows in prop::collection::vec("[a-c\",; \t\n0-9.£()-]{0,30}", 0..20),
        place in 0usize..20,
    ) {
        let mut rows = rows;
        rows.insert(place.min(rows.len()), "Service,Paid,Net".to_owned());
        if let Ok(ledger) = one("a.csv", rows.join("\r\n")) {
            prop_assert!(complete(ledger.counts()));
            prop_assert!(ledger.reconciliation().holds());
            prop_assert_eq!(ledger.counts().lines as usize, ledger.len());
            let sum: i64 = ledger.lines().map(|line| line.pence().get()).sum();
            prop_assert_eq!(sum, ledger.total().get());
        }
    }

    #[test]
    fn no_bytes_are_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        extension in prop::sample::select(vec!["csv", "xlsx", "xls", "xlsb", "ods", "parquet"]),
        magic in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"PAR1", b"\xFF\xFE",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"Service,Paid,Net\n"]),
    ) {
        let _ = one(&format!("a.{extension}"), [magic, &bytes].concat());
    }

    /// polars alone panics on some of these, and asks for all memory there is for others.
    #[test]
    fn a_damaged_parquet_file_is_no_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(parquet_of_lines);
        let mut bytes = WHOLE.clone();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.drain(cut.index(bytes.len())..);
        }
        if let Ok(ledger) = one("a.parquet", bytes) {
            prop_assert!(ledger.reconciliation().holds());
        }
    }

    #[test]
    fn lines_of_a_text_are_counted_as_written(
        rows in prop::collection::vec("[a-c,]{0,6}", 1..30),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let folder = Folder::new().with("a.csv", rows.join(end) + end);
        let path = folder.0.path().join("a.csv");
        let source = sheet::open(&path, "a.csv", &ReadOptions::default()).unwrap();
        let mut lines = Vec::new();
        source.sheets()[0].for_each_row(|line, cells| {
            lines.push((line, cells.iter().map(str::to_owned).collect::<Vec<_>>()));
        });
        let wanted: Vec<_> = (1u64..)
            .zip(&rows)
            .map(|(line, row)| {
                let cells = row.split(',').map(str::to_owned).collect::<Vec<_>>();
                (line, if row.is_empty() { Vec::new() } else { cells })
            })
            .collect();
        prop_assert_eq!(lines, wanted);
    }
}
