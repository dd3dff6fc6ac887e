//! Findings as a catalogue: for every rule in `src` a small pack that breaks it, and the exact text
//! that its user reads.
//!
//! `pack/` is a place without faults. `rules/<rule>/` changes a little of it:
//!
//! - `case.toml` says in one sentence when the rule is broken, and which texts of the pack change;
//! - any other file there stands in the pack under its own name, in place of the pack's own;
//! - `expected.txt` is all that is told, from the first fault to the number of findings.
//!
//! A rule that is broken in several ways may have several folders: `rules/<rule>.<way>/`.
//!
//! A new rule needs a new folder with a `case.toml`; `INSTA_UPDATE=always` then writes its
//! `expected.txt`, and `FINDINGS.md` at the top, which is the same catalogue for readers.

mod case;
mod document;
mod rules_in_src;

use case::Told;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// One folder of `rules/`, with what is told of it now.
struct Broken {
    /// `unmapped-code`, or `unmapped-code.tag`.
    folder: String,
    rule: String,
    /// When the rule is broken, in one sentence.
    says: String,
    told: Told,
    /// What `expected.txt` holds.
    expected: String,
}

/// Every case, run once for all tests here.
static CASES: LazyLock<Vec<Broken>> = LazyLock::new(|| {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(own_folder().join("rules"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders.iter().map(|folder| broken(folder)).collect()
});

fn own_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings")
}

fn broken(path: &Path) -> Broken {
    let folder = path.file_name().unwrap().to_string_lossy().into_owned();
    let case = case::read(path);
    let told = case::told(path, &case);
    let expected = std::fs::read_to_string(path.join("expected.txt")).unwrap_or_default();
    Broken {
        rule: folder.split('.').next().unwrap().to_owned(),
        folder,
        says: case.says,
        told,
        expected,
    }
}

/// Whether texts that are held against golden ones are to be written instead.
fn updating() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always")
}

#[test]
fn the_pack_itself_has_no_findings() {
    let told = case::told(Path::new(""), &case::Case::default());
    assert_eq!(told.text, "0 findings");
}

/// All that a user reads, word for word.
#[test]
fn each_rule_is_told_as_it_is_written_down() {
    let mut wrong = Vec::new();
    for case in CASES.iter() {
        let (folder, told) = (&case.folder, &case.told.text);
        let breaks_its_rule = case
            .told
            .findings
            .iter()
            .any(|found| found.rule == case.rule);
        if !breaks_its_rule {
            wrong.push(format!("{folder}: `{}` is not among\n{told}\n", case.rule));
        } else if case.expected.trim_end() != told {
            if updating() {
                let file = own_folder().join("rules").join(folder).join("expected.txt");
                std::fs::write(file, format!("{told}\n")).unwrap();
            } else {
                wrong.push(format!(
                    "{folder}: expected\n{}\ntold\n{told}\n",
                    case.expected
                ));
            }
        }
        for found in &case.told.findings {
            assert!(
                !found.remedy.is_empty(),
                "{folder}: a finding says what to do"
            );
        }
    }
    assert!(
        wrong.is_empty(),
        "{} cases (INSTA_UPDATE=always writes what is told)\n\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_rule_in_the_sources_has_a_golden_text() {
    let in_src = rules_in_src::all();
    assert!(in_src.len() > 90, "the rules were found");
    let golden: BTreeSet<&str> = CASES.iter().map(|case| case.rule.as_str()).collect();
    let without: Vec<&String> = in_src
        .iter()
        .filter(|rule| !golden.contains(rule.as_str()))
        .collect();
    assert!(
        without.is_empty(),
        "give each of these a folder in tests/findings/rules (or, where it is no rule of findings, \
         a line in WORDS): {without:#?}"
    );
    let nowhere: Vec<&&str> = golden
        .iter()
        .filter(|rule| !in_src.contains(**rule))
        .collect();
    assert!(
        nowhere.is_empty(),
        "no source names these rules: {nowhere:#?}"
    );
}

/// `FINDINGS.md` is the catalogue for readers, and part of the documentation.
#[test]
fn the_document_is_this_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("FINDINGS.md");
    let now = document::of(&CASES);
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    if written == now {
        return;
    }
    assert!(
        updating(),
        "FINDINGS.md is not of today; INSTA_UPDATE=always writes it"
    );
    std::fs::write(path, now).unwrap();
}
