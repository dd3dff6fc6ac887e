//! The list as a workbook: filled in, saved, and read as the crosswalk it is.

use super::*;
use calamine::{Data, Reader, Xlsx, open_workbook};
use std::path::PathBuf;
use std::process::Command;
use wholeplace::worklist::{Choices, CodeSheet, Worklist};

const STRANGE: [&str; 8] = [
    "00417", "=1+1", "10-15", "'007", "* Total", "1E5", "-3", "plain",
];

/// The pack with its crosswalk as a workbook.
fn with_workbook() -> TempDir {
    let paid: Vec<(&str, &str, &str)> = STRANGE.iter().map(|code| (*code, "", "1.00")).collect();
    let place = PLACE.replace("file = \"codes.csv\"", "file = \"codes.xlsx\"");
    pack(&[("place.toml", &place), ("paid.csv", &payments(&paid))])
}

fn write(folder: &TempDir, sheet: &CodeSheet) -> PathBuf {
    let path = folder.path().join("codes.xlsx");
    std::fs::write(&path, sheet.to_xlsx(&Choices::default()).unwrap()).unwrap();
    path
}

/// Its list, as it is drawn and as somebody fills it in.
fn lists(folder: &TempDir) -> (CodeSheet, CodeSheet) {
    write(folder, &CodeSheet::default());
    let account = account(folder.path());
    let drawn = Worklist::of(&account).sheet().clone();
    let mut filled = drawn.rows().to_vec();
    for row in &mut filled {
        row.filled.insert(
            "activity".into(),
            "Youth work 60; schools 40; judgement".into(),
        );
        row.filled.insert("ages".into(), "10-17".into());
        row.filled.insert("locality".into(), "North Ward".into());
    }
    (drawn, CodeSheet::new(filled))
}

fn all_are_placed(folder: &TempDir) {
    let account = account(folder.path());
    assert_eq!(rules(&account), [""; 0], "{}", account.findings());
    let placed = placed(&account);
    for code in STRANGE {
        assert_eq!(
            placed[code],
            "youth-work 60 + schools 40 judgement | 10-17 | (not-disaggregated) | E05-1 | ",
            "{code}"
        );
    }
}

#[test]
fn a_filled_workbook_is_the_crosswalk() {
    let folder = with_workbook();
    let (drawn, filled) = lists(&folder);
    assert_eq!(drawn.rows().len(), STRANGE.len());
    // Not filled in, the pack opens, and everything is still to be done.
    write(&folder, &drawn);
    let empty = account(folder.path());
    assert_eq!(Worklist::of(&empty).sheet().rows().len(), STRANGE.len());
    assert_eq!(rules(&empty), ["unmapped-code"]);
    assert_eq!(empty.total().to_string(), "£8.00");
    write(&folder, &filled);
    all_are_placed(&folder);
    let again = CodeSheet::read(&folder.path().join("codes.xlsx"), "codes.xlsx").unwrap();
    let codes = |sheet: &CodeSheet| -> Vec<(String, u64, i64)> {
        let rows = sheet.rows().iter();
        rows.map(|row| (row.code.clone(), row.lines, row.pence.get()))
            .collect()
    };
    assert_eq!(codes(&again), codes(&filled));
}

/// Saved by another program, as people save it.
#[test]
fn a_workbook_that_libreoffice_saved_is_read_as_it_is() {
    let folder = with_workbook();
    let (_, filled) = lists(&folder);
    let path = write(&folder, &filled);
    let saved = folder.path().join("saved");
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(&saved)
        .arg(&path)
        .output();
    if !run.is_ok_and(|run| run.status.success()) || !saved.join("codes.xlsx").is_file() {
        eprintln!("SKIPPED: LibreOffice is not there");
        return;
    }
    assert_ne!(
        std::fs::read(&path).unwrap(),
        std::fs::read(saved.join("codes.xlsx")).unwrap()
    );
    std::fs::copy(saved.join("codes.xlsx"), &path).unwrap();
    all_are_placed(&folder);
}

#[test]
fn a_workbook_offers_the_members_of_the_pack() {
    let folder = with_workbook();
    let (drawn, _) = lists(&folder);
    let place = Place::open(folder.path()).unwrap();
    let path = folder.path().join("todo.xlsx");
    let bytes = drawn.to_xlsx(&Choices::of_axes(place.axes())).unwrap();
    assert_eq!(
        bytes,
        drawn.to_xlsx(&Choices::of_axes(place.axes())).unwrap(),
        "no clock"
    );
    std::fs::write(&path, &bytes).unwrap();
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    assert_eq!(book.sheet_names(), ["codes", "# lists", "# notes"]);
    let mut names: Vec<(String, String)> = book.defined_names().to_vec();
    names.retain(|(name, _)| name.starts_with("list_"));
    let activity = names
        .iter()
        .find(|(name, _)| name == "list_activity")
        .unwrap();
    assert_eq!(activity.1.replace('\'', ""), "# lists!$A$2:$A$12");
    let lists = book.worksheet_range("# lists").unwrap();
    let column = |heading: &str| -> Vec<String> {
        let at = (0..lists.width())
            .find(|at| lists.get((0, *at)) == Some(&Data::String(heading.into())));
        let cells = lists.rows().skip(1).map(|row| row[at.unwrap()].to_string());
        cells.filter(|cell| !cell.is_empty()).collect()
    };
    // Two activities share a name: they are offered by their codes.
    assert_eq!(
        column("activity")[..5],
        ["Youth work", "Social care", "schools", "colleges", "Area 7"]
    );
    assert_eq!(
        column("locality")[..3],
        ["Midvale", "North Ward", "South Ward"]
    );
    assert!(column("not spending").contains(&"treasury".to_owned()));
    // Nothing in the sheet of codes is a formula or a number that was a text.
    let codes = book.worksheet_range("codes").unwrap();
    let texts: Vec<String> = codes.rows().skip(1).map(|row| row[1].to_string()).collect();
    assert!(
        codes
            .rows()
            .skip(1)
            .all(|row| matches!(row[1], Data::String(_)))
    );
    assert!(texts.contains(&"=1+1".to_owned()) && texts.contains(&"00417".to_owned()));
    assert!(book.worksheet_formula("codes").unwrap().is_empty());
    // What is offered is what the pack reads.
    for offered in column("activity") {
        let mut rows = drawn.rows().to_vec();
        rows[0].filled.insert("activity".into(), offered.clone());
        write(&folder, &CodeSheet::new(rows));
        Place::open(folder.path()).unwrap_or_else(|error| panic!("{offered}: {error}"));
    }
}

#[test]
fn sheets_of_remarks_are_not_read() {
    let folder = with_workbook();
    let mut book = rust_xlsxwriter::Workbook::new();
    let codes = book.add_worksheet().set_name("codes").unwrap();
    for (row, cells) in (0..).zip([["ledger", "code", "activity"], ["paid", "plain", "schools"]]) {
        for (column, cell) in (0..).zip(cells) {
            codes.write(row, column, cell).unwrap();
        }
    }
    let remarks = book.add_worksheet().set_name("# asked").unwrap();
    remarks.write(0, 0, "who was asked").unwrap();
    let hidden = book.add_worksheet().set_name("# old").unwrap();
    hidden.set_hidden(true).write(0, 0, "nothing").unwrap();
    book.save(folder.path().join("codes.xlsx")).unwrap();
    let account = account(folder.path());
    assert_eq!(rules(&account), ["unmapped-code"], "{}", account.findings());
    assert!(placed(&account)["plain"].starts_with("schools"));
}
