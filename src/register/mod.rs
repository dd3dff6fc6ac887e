//! What registers of a pack share: a file that `place.toml` names, opened, and cells read as what they mean.
//!
//! A register is a list that somebody keeps beside the ledgers: priorities of a place and who funds them, buildings and
//! who is in them. It joins the account by codes and references, and never adds to it.

mod error;
mod cells;
mod account_cell;
mod references;

pub use account_cell::AccountCell;
pub(crate) use cells::{Cells, DayIn, day_of, hundredths_of, pounds_of};
pub use error::RegisterError;
pub(crate) use references::{LinesOfReference, lines_by_reference};

use crate::axis::name_one_of;
use crate::finding::{Finding, Findings, Position};
use crate::place::{Folder, Lines, Place, TableSpec, read_table};
use crate::sheet;
use serde::de::DeserializeOwned;
use toml::Spanned;

/// A register while it is opened: what it may name, and everything that is wrong so far.
pub(crate) struct Register<'a> {
    pub place: &'a Place,
    pub findings: Findings,
    file: String,
    lines: Lines,
}

impl<'a> Register<'a> {
    /// Reads the file that a pack names under `key` of its `[place]`.
    pub fn read<T: DeserializeOwned>(
        place: &'a Place,
        file: Option<&str>,
        key: &'static str,
    ) -> Result<(Self, T), RegisterError> {
        let file = file.ok_or(RegisterError::NotNamed { key })?.to_owned();
        let text = (place.folders().one(Folder::Pack, &file))
            .and_then(|path| sheet::text_of(&path).map_err(|error| error.to_string()));
        let text = match text {
            Ok(text) => text,
            Err(reason) => return Err(RegisterError::Unreadable { file, reason }),
        };
        let spec = match toml::from_str(&text) {
            Ok(spec) => spec,
            Err(error) => {
                let reason = error.to_string().trim_end().to_owned();
                return Err(RegisterError::NotARegister { file, reason });
            }
        };
        let register = Self {
            place,
            findings: Findings::new(),
            lines: Lines::of(&text),
            file,
        };
        Ok((register, spec))
    }

    /// Where a table of the file stands.
    pub fn at<T>(&self, table: &Spanned<T>) -> Position {
        Position::line(&self.file, self.lines.at(table.span().start))
    }

    /// The file itself.
    pub fn file_of(&self) -> Position {
        Position::file(&self.file)
    }

    /// Something for which the register does not open.
    pub fn fault(&mut self, rule: &str, at: Position, found: impl Into<String>, remedy: &str) {
        (self.findings).push(Finding::fault(rule, at, found.into(), remedy));
    }

    /// Looks whether the lines of a ledger have a code; nothing where there is no such ledger. What is wrong is told.
    pub fn code_of_ledger(&mut self, at: &Position, ledger: &str, code: &str) -> Option<()> {
        let ledgers = self.place.ledgers();
        let Some(plan) = ledgers.iter().find(|plan| plan.id == ledger) else {
            let known = ledgers.iter().map(|plan| plan.id.as_str());
            let remedy = name_one_of(ledger, "ledger", known);
            let found = format!("there is no ledger `{ledger}`");
            self.fault(
                "unknown-ledger",
                at.clone().column("ledger"),
                found,
                &remedy,
            );
            return None;
        };
        let names = plan.layout.codes.keys().map(String::as_str);
        if !names.clone().any(|name| name == code) {
            let remedy = name_one_of(code, "code", names);
            let found = format!("the lines of ledger `{ledger}` have no code `{code}`");
            self.fault("unknown-code", at.clone().column("code"), found, &remedy);
        }
        Some(())
    }

    /// The rows of several tables of one kind.
    pub fn rows(
        &mut self,
        tables: &[Spanned<TableSpec>],
        fields: &'static [&'static str],
    ) -> Vec<Cells> {
        let mut all = Vec::new();
        for table in tables {
            let at = self.at(table);
            let rows = read_table(
                table.get_ref(),
                fields,
                &at,
                self.place.folders(),
                &mut self.findings,
                &mut Vec::new(),
            );
            all.extend(rows.into_iter().map(|row| Cells::new(row, fields)));
        }
        all
    }

    /// The register, unless something was wrong.
    pub fn finish(self) -> Result<Findings, RegisterError> {
        match self.findings.any_fault() {
            true => Err(RegisterError::Faults(self.findings)),
            false => Ok(self.findings),
        }
    }
}
