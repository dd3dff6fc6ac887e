//! All findings in one file: a table for a spreadsheet, or JSON for programs.

use super::Wrong;
use std::error::Error;
use std::fs::{self, OpenOptions};
use std::path::Path;
use wholeplace::finding::Findings;
use wholeplace::report::findings_to_csv;

/// Before long work: whether the file has an ending that we know and can be written.
pub fn check(file: &Path) -> Result<(), Box<dyn Error>> {
    if !is_json(file) && !ends_in(file, "csv") {
        let file = file.display();
        return Err(Wrong::error(format!(
            "`{file}` (--findings) ends neither in .csv nor in .json; name a file that does"
        )));
    }
    let opened = OpenOptions::new().append(true).create(true).open(file);
    opened.map(|_| ()).map_err(|error| cannot(file, &error))
}

pub fn write(file: &Path, findings: &Findings) -> Result<(), Box<dyn Error>> {
    let text = if is_json(file) {
        serde_json::to_string_pretty(findings)? + "\n"
    } else {
        findings_to_csv(findings)
    };
    fs::write(file, text).map_err(|error| cannot(file, &error))
}

fn is_json(file: &Path) -> bool {
    ends_in(file, "json")
}

fn ends_in(file: &Path, ending: &str) -> bool {
    file.extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

fn cannot(file: &Path, error: &std::io::Error) -> Box<dyn Error> {
    format!("cannot write `{}` (--findings): {error}", file.display()).into()
}
