//! Two accounts that differ in what is withheld are the same files, byte for byte.
//!
//! An amount of a ledger is changed, and whatever differs between the two accounts is withheld. If then a
//! single byte differs, somebody who has the files knows more of the amount than that it is withheld: by the
//! order of rows, a scale, a bar, a sentence, the name of a file, the statistics of a column.

use super::sites::{PARTNERS, partners, published, written};
use super::withholding::{InCommon, Noting};
use super::writings::Unpacked;
use crate::disclosure::Say;
use std::path::Path;
use tempfile::TempDir;

/// The partners' place with some lines of a ledger written otherwise.
fn otherwise(file: &str, changes: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(PARTNERS).unwrap() {
        let entry = entry.unwrap();
        let to = folder.path().join(entry.file_name());
        if entry.file_name() == *file {
            let mut text = std::fs::read_to_string(entry.path()).unwrap();
            for (from, into) in changes {
                assert_eq!(text.matches(from).count(), 1, "{from}");
                text = text.replace(from, into);
            }
            std::fs::write(to, text).unwrap();
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
    folder
}

/// All files of two accounts, and how many figures were withheld, of which both tell what they have in common.
fn both(
    folders: [&Path; 2],
    ledger: &'static str,
    lines: bool,
    written: impl Fn(crate::report::Site) -> Vec<Unpacked>,
) -> ([Vec<Unpacked>; 2], usize) {
    let noted = || {
        folders.map(|folder| {
            let noting = Noting::default();
            partners(folder, true, &noting);
            noting
        })
    };
    let mut withheld = 0;
    let files = folders.map(|folder| {
        let [one, other] = noted();
        let telling = InCommon::of(one, other, ledger, lines);
        let files = written(partners(folder, true, &telling));
        withheld = *telling.withheld.lock().unwrap();
        files
    });
    (files, withheld)
}

fn same(files: [Vec<Unpacked>; 2]) {
    let [one, other] = files;
    let names = |files: &[Unpacked]| -> Vec<String> {
        files.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(&one), names(&other));
    let differing: Vec<&str> = (one.iter().zip(&other))
        .filter(|((_, one), (_, other))| one != other)
        .map(|((name, _), _)| name.as_str())
        .collect();
    assert_eq!(differing, [""; 0]);
}

/// The changes of each test: what the amount is otherwise is far more, far less, and below zero.
const AMOUNTS: [&str; 3] = ["913456.78", "3.21", "-45678.90"];

#[test]
fn an_amount_of_which_everything_is_withheld_is_in_no_byte() {
    for amount in AMOUNTS {
        let line = "A supplier,,VICTIMS,town,contracted to Mar 2026,";
        let changed = (format!("{line}180000.00"), format!("{line}{amount}"));
        let folder = otherwise("pcc.csv", &[(&changed.0, &changed.1)]);
        let folders = [Path::new(PARTNERS), folder.path()];
        let (files, withheld) = both(folders, "pcc", true, written);
        assert!(withheld > 4, "{withheld}");
        same(files);
    }
}

/// What one line has more another has less, so that totals are told and only what is below them is withheld.
#[test]
fn a_move_below_what_is_told_is_in_no_byte() {
    for (one, other) in [
        ("170000.00", "80000.00"),
        ("90000.00", "160000.00"),
        ("260000.00", "-10000.00"),
    ] {
        let victims = "VICTIMS,town,contracted to Mar 2026,";
        let youth = "A supplier,,YOUTH,hills,discretionary,";
        let changes = [
            (format!("{victims}180000.00"), format!("{victims}{one}")),
            (format!("{youth}70000.00"), format!("{youth}{other}")),
        ];
        let changes = [0, 1].map(|i| (changes[i].0.as_str(), changes[i].1.as_str()));
        let folder = otherwise("pcc.csv", &changes);
        let folders = [Path::new(PARTNERS), folder.path()];
        for say in [Say::Confidential, Say::Why] {
            let publish = |site: crate::report::Site| {
                let told = site.figures_told();
                assert!(told.withheld > 2 && told.told > 10, "{told:?}");
                published(site, say)
            };
            let (files, withheld) = both(folders, "pcc", false, publish);
            assert!(withheld > 2, "{withheld}");
            // The whole is told.
            let (_, index) = files[0]
                .iter()
                .find(|(name, _)| name == "index.html")
                .unwrap();
            let index = String::from_utf8_lossy(index);
            assert!(index.contains("£878,997.00"), "{index}");
            same(files);
        }
        let (files, _) = both(folders, "pcc", false, written);
        same(files);
    }
}

/// The test itself: where all is told the files differ.
#[test]
fn an_amount_that_is_told_is_in_many_bytes() {
    let line = "A supplier,,VICTIMS,town,contracted to Mar 2026,";
    let changed = (format!("{line}180000.00"), format!("{line}170000.00"));
    let folder = otherwise("pcc.csv", &[(&changed.0, &changed.1)]);
    let everything = &crate::disclosure::Everything;
    let one = written(partners(Path::new(PARTNERS), true, everything));
    let other = written(partners(folder.path(), true, everything));
    let differing = one.iter().zip(&other).filter(|(one, other)| one != other);
    assert!(differing.count() > 20);
}
