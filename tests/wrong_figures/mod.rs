//! Files that once gave a wrong figure without a word: each kind with its smallest file, its right
//! value, and relatives in other formats, signs, encodings and positions.

mod amounts;
mod coverage;
mod dates;
mod downloads;
mod formats;
mod headings;
mod messages;
mod packs;
mod quotes;
mod repeats;
mod selections;
mod sheets;
mod statistics;
mod totals;

use rust_xlsxwriter::{Format, Workbook};
use std::path::Path;
use tempfile::TempDir;
use wholeplace::finding::{Finding, Severity};
use wholeplace::ledger::{Layout, Ledger, LedgerError, LedgerSpec, Reader, Repeats, files};

/// The layout of most of these files.
const LAYOUT: &str = "amount = ['Net Amount']\ndate = ['Paid']\ncodes.activity = ['Service']\n";

/// A folder of files, in the order of their names.
struct Files(TempDir);

impl Files {
    fn of(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn read_as(&self, layout: &str, repeats: Repeats) -> Result<Ledger, LedgerError> {
        let layout: Layout = toml::from_str(layout).unwrap();
        Reader::new().read(&LedgerSpec {
            id: "test".into(),
            files: files(self.path(), &["*".into()]).unwrap(),
            layout,
            controls: Vec::new(),
            repeats,
        })
    }

    fn read(&self, layout: &str) -> Ledger {
        let ledger = self.read_as(layout, Repeats::Refuse).unwrap();
        assert!(
            ledger.reconciliation().holds(),
            "{}",
            ledger.reconciliation()
        );
        ledger
    }
}

/// A text file by a layout.
fn by(layout: &str, text: &str) -> Ledger {
    Files::of(&[("a.csv", text)]).read(layout)
}

/// A text file by the usual layout.
fn csv(text: &str) -> Ledger {
    by(LAYOUT, text)
}

fn rules(ledger: &Ledger) -> Vec<&str> {
    ledger.findings().iter().map(|f| f.rule.as_str()).collect()
}

fn pounds(ledger: &Ledger) -> String {
    ledger.total().to_string()
}

/// The one finding of a rule.
fn only<'a>(ledger: &'a Ledger, rule: &str) -> &'a Finding {
    let mut found = ledger.findings().iter().filter(|f| f.rule == rule);
    let first = found.next();
    let first = first.unwrap_or_else(|| panic!("no {rule} in {}", ledger.findings()));
    assert!(found.next().is_none(), "{}", ledger.findings());
    first
}

/// The one fault of a rule, and what is at stake.
fn fault(ledger: &Ledger, rule: &str) -> String {
    let found = only(ledger, rule);
    assert_eq!(found.severity, Severity::Fault, "{found}");
    found
        .at_stake
        .map_or("unknown".into(), |pence| pence.to_string())
}

/// What is at stake in a notice.
fn notice(ledger: &Ledger, rule: &str) -> String {
    let found = only(ledger, rule);
    assert_eq!(found.severity, Severity::Notice, "{found}");
    found
        .at_stake
        .map_or("unknown".into(), |pence| pence.to_string())
}

/// A cell of a workbook.
#[derive(Clone, Copy)]
enum Cell<'a> {
    Text(&'a str),
    Number(f64),
    /// With a number format.
    Formatted(f64, &'a str),
    /// With the result that is stored.
    Formula(&'a str, &'a str),
}

fn fill(sheet: &mut rust_xlsxwriter::Worksheet, rows: &[&[Cell<'_>]]) {
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(*cells) {
            match cell {
                Cell::Text(text) => sheet.write(row, column, *text).unwrap(),
                Cell::Number(number) => sheet.write(row, column, *number).unwrap(),
                Cell::Formatted(number, format) => {
                    let format = Format::new().set_num_format(*format);
                    sheet
                        .write_with_format(row, column, *number, &format)
                        .unwrap()
                }
                Cell::Formula(formula, result) => {
                    let formula = rust_xlsxwriter::Formula::new(*formula).set_result(*result);
                    sheet.write(row, column, formula).unwrap()
                }
            };
        }
    }
}

/// A workbook of one sheet, in a folder of its own.
fn workbook(rows: &[&[Cell<'_>]]) -> Files {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), rows);
    let folder = Files::of(&[]);
    book.save(folder.path().join("a.xlsx")).unwrap();
    folder
}
