//! Input that was made to do harm, or looks as if it had been: each is an error, a finding or the
//! right figure, within bounds of time and memory, and nothing is left out without a word.

mod formats;
mod growth;
pub mod made;
mod mutated;
mod names;
mod process;
mod readers;
mod saving;
mod silent;

use std::path::Path;
use tempfile::TempDir;
use wholeplace::ledger::{Layout, Ledger, LedgerError, LedgerSpec, Reader, Repeats, files};

/// Columns of the small payment files of these tests.
pub const LAYOUT: &str = "amount = ['Net']\ndate = ['Paid']\ncodes.activity = ['Service']";

/// A folder of files that goes away with the test.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// What a ledger of the files of a pattern is.
    pub fn spec(&self, pattern: &str) -> Result<LedgerSpec, LedgerError> {
        let layout: Layout = toml::from_str(LAYOUT).unwrap();
        Ok(LedgerSpec {
            id: "test".into(),
            files: files(self.path(), &[pattern.into()])?,
            layout,
            controls: Vec::new(),
            repeats: Repeats::Refuse,
        })
    }

    pub fn read(&self, pattern: &str) -> Result<Ledger, LedgerError> {
        Reader::new().read(&self.spec(pattern)?)
    }
}

/// A ledger of one file.
pub fn one(name: &str, bytes: impl AsRef<[u8]>) -> Result<Ledger, LedgerError> {
    Folder::new().with(name, bytes).read("*")
}

/// What is wrong with a ledger, whether it was read or not.
pub fn told(result: Result<Ledger, LedgerError>) -> String {
    match result {
        Ok(ledger) => ledger.findings().to_string(),
        Err(error) => whole(&error),
    }
}

/// An error with its causes.
pub fn whole(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}
