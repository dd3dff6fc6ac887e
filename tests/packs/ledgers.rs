//! Real payment files through the library of layouts meet their control totals.
//!
//! The files lie beside the repository in `../shared/ledgers`, or where `WHOLEPLACE_SHARED` says;
//! they are not part of it, and these tests say so and pass where they are absent.

use crate::fixtures::publishers::{Entry, entries as layouts};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wholeplace::axis::Period;
use wholeplace::ledger::{Control, File, Ledger, LedgerSpec, Reader, Repeats, files};
use wholeplace::money::{ExcessDecimals, Pence, parse_amount, to_pence};

/// The figures of one file as two other programs computed them.
#[derive(Deserialize)]
struct Expected {
    file: String,
    first_date: String,
    last_date: String,
    lines: u64,
    credits: u64,
    total_gbp: String,
    credit_total_gbp: String,
    blank_rows: u64,
    total_rows: u64,
    unreadable_lines: u64,
    sha256: String,
}

fn raw_ledgers() -> Option<PathBuf> {
    crate::fixtures::shared::folder("ledgers")
}

fn expected(folder: &Path) -> BTreeMap<String, Expected> {
    csv::Reader::from_path(folder.join("control_totals.csv"))
        .unwrap()
        .into_deserialize()
        .map(|row| row.unwrap())
        .map(|row: Expected| (row.file.clone(), row))
        .collect()
}

fn pence(text: &str) -> Pence {
    to_pence(parse_amount(text).unwrap(), ExcessDecimals::Refuse)
        .unwrap()
        .0
}

fn month(iso: &str) -> Option<Period> {
    (!iso.is_empty()).then(|| Period::month_of(iso.parse().unwrap()).unwrap())
}

fn read(reader: &mut Reader<'_>, folder: &Path, entry: &Entry, controls: Vec<Control>) -> Ledger {
    let spec = LedgerSpec {
        id: entry.id.clone(),
        files: files(folder, &entry.files).unwrap(),
        layout: entry.layout.clone(),
        controls,
        repeats: Repeats::Refuse,
    };
    reader.read(&spec).unwrap()
}

#[test]
fn every_raw_ledger_meets_its_control_totals() {
    let Some(folder) = raw_ledgers() else { return };
    let mut expected = expected(&folder);
    let mut reader = Reader::new();
    let mut wrong = Vec::new();
    let mut folders = BTreeMap::<String, (usize, u64, i64, u64)>::new();
    for entry in layouts() {
        let ledger = read(&mut reader, &folder, &entry, Vec::new());
        assert!(
            ledger.reconciliation().holds(),
            "{}",
            ledger.reconciliation()
        );
        assert_eq!(
            ledger.lines().map(|l| l.pence().get()).sum::<i64>(),
            ledger.total().get()
        );
        let mut lines = ledger.lines();
        for file in ledger.files() {
            let own: Vec<_> = lines.by_ref().take(file.counts.lines as usize).collect();
            let credits = own.iter().map(|l| l.pence().get()).filter(|&p| p < 0).sum();
            let months = own.iter().filter_map(|l| l.period().member());
            let found = (
                [
                    file.counts.lines,
                    file.counts.credits,
                    file.counts.blank,
                    file.counts.total_rows,
                    file.counts.rejected,
                ],
                [file.total, Pence::new(credits)],
                [months.clone().min(), months.max()],
            );
            let Some(truth) = expected.remove(&file.shown) else {
                wrong.push(format!("{} is not in control_totals.csv", file.shown));
                continue;
            };
            assert_eq!(file.fingerprint, truth.sha256, "{}", file.shown);
            // The last row of one sheet has formats and no cells; to the workbook reader it does
            // not exist.
            let formats_only = u64::from(file.shown == "lancashire_pcc/pcc-2022-23.xlsx");
            let wanted = (
                [
                    truth.lines,
                    truth.credits,
                    truth.blank_rows - formats_only,
                    truth.total_rows,
                    truth.unreadable_lines,
                ],
                [pence(&truth.total_gbp), pence(&truth.credit_total_gbp)],
                [month(&truth.first_date), month(&truth.last_date)],
            );
            if found != wanted {
                wrong.push(format!(
                    "{}\n  expected {wanted:?}\n  found    {found:?}\n  {file}",
                    file.shown
                ));
            }
            add(&mut folders, file);
        }
        assert!(lines.next().is_none());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(expected.is_empty(), "not read: {:?}", expected.keys());
    let mut all = (0, 0, 0, 0);
    for (name, (files, lines, total, unreadable)) in &folders {
        all = (
            all.0 + files,
            all.1 + lines,
            all.2 + total,
            all.3 + unreadable,
        );
        println!(
            "{name:16} {files:3} files {lines:6} lines {:>18} {unreadable} unreadable",
            Pence::new(*total)
        );
    }
    println!(
        "{:16} {:3} files {:6} lines {:>18} {} unreadable",
        "all",
        all.0,
        all.1,
        Pence::new(all.2),
        all.3
    );
    assert_eq!(all, (67, 84_391, 87_856_007_945, 1));
}

fn add(folders: &mut BTreeMap<String, (usize, u64, i64, u64)>, file: &File) {
    let name = file.shown.split('/').next().unwrap_or_default();
    let sums = folders.entry(name.to_owned()).or_default();
    sums.0 += 1;
    sums.1 += file.counts.lines;
    sums.2 += file.total.get();
    sums.3 += file.counts.rejected;
}

#[test]
fn what_was_detected_is_told_in_one_line() {
    let Some(folder) = raw_ledgers() else { return };
    let entries = layouts();
    let hyndburn = read(&mut Reader::new(), &folder, &entries[0], Vec::new());
    let file = |name: &str| {
        let file = hyndburn
            .files()
            .iter()
            .find(|file| file.shown.ends_with(name))
            .unwrap();
        file.to_string()
    };
    assert_eq!(
        file("1705.csv"),
        "hyndburn/1705.csv: windows-1252; bare CR (178), CRLF (1); cells separated by `,`; \
         header in row 1; amount in `Net Amount(£)`; dates %d/%m/%Y (169), %d-%b-%y (9); \
         178 lines, £766,376.54"
    );
    assert!(file("March-25-CSV.csv").contains("amount in `Amount Paid`"));
    assert!(file("1908.csv").contains("dates excel-serial (223)"));
}

#[test]
fn an_answer_does_not_depend_on_threads() {
    let Some(folder) = raw_ledgers() else { return };
    let entries = layouts();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let ledger = pool.install(|| read(&mut Reader::new(), &folder, &entries[0], Vec::new()));
        let ids = ledger.code_ids("activity").to_vec();
        let texts = ledger.code_texts("activity").to_vec();
        let findings = serde_json::to_string(ledger.findings()).unwrap();
        let positions: Vec<String> = ledger.lines().map(|l| l.position().to_string()).collect();
        (ids, texts, findings, positions)
    };
    assert_eq!(on(1), on(8));
}

#[test]
fn control_totals_are_checked_on_part_of_a_ledger() {
    let Some(folder) = raw_ledgers() else { return };
    let entries = layouts();
    let leeds = entries.iter().find(|entry| entry.id == "leeds").unwrap();
    let control = |total: &str, lines| Control {
        name: "all payments".into(),
        selection: BTreeMap::new(),
        total: pence(total),
        lines: Some(lines),
        source: Some("README of the raw ledgers".into()),
    };
    let right = read(
        &mut Reader::new(),
        &folder,
        leeds,
        vec![control("195532374.38", 24_510)],
    );
    assert!(right.reconciliation().holds() && !right.findings().any_fault());
    let wrong = read(
        &mut Reader::new(),
        &folder,
        leeds,
        vec![control("195532374.39", 24_510)],
    );
    assert!(!wrong.reconciliation().holds());
    let faults: Vec<String> = wrong.findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        faults.last().unwrap(),
        "ledger `leeds`: control total `all payments` expects £195,532,374.39 in 24510 lines \
         (README of the raw ledgers), found £195,532,374.38 in 24510 lines \
         (control-total-not-met)\n  -£0.01 at stake\n  look for missing, repeated or rejected \
         rows, or correct the control total"
    );
}

#[test]
fn findings_name_no_payee() {
    let Some(folder) = raw_ledgers() else { return };
    for entry in layouts() {
        let ledger = read(&mut Reader::new(), &folder, &entry, Vec::new());
        for finding in ledger.findings() {
            println!("{finding}");
        }
        println!("{}\n", ledger.reconciliation());
    }
}
