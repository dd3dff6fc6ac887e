//! Why figures changed, as somebody says it.

use super::release::EarlierRelease;
use crate::axis::{did_you_mean, nearest};
use crate::finding::{Finding, Findings, Position};
use crate::report::content::ReportError;
use crate::sheet::text_of;
use csv::StringRecord;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Why figures of some rows changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// Of which table; any where none is named.
    pub table: String,
    /// In which column a row has the code; any row where none is named.
    pub column: String,
    /// The code.
    pub code: String,
    /// Why.
    pub why: String,
}

/// The columns of a file of reasons.
const COLUMNS: [&str; 4] = ["table", "column", "code", "why"];

impl EarlierRelease {
    /// The same with reasons why figures changed: a CSV with `table` (a table of the site, or empty for any), `column` and
    /// `code` (which rows: `partner_code`, `council`; both empty for any), and `why`. The first that fits a row is told.
    ///
    /// # Errors
    ///
    /// [`ReportError::Earlier`] where it cannot be read or has other columns; [`ReportError::EarlierFaults`] with the line of
    /// every row that says nothing, names a column without a code, or names what the earlier release has not.
    pub fn with_reasons(mut self, file: &Path) -> Result<Self, ReportError> {
        let shown = file
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let text = text_of(file).map_err(|error| ReportError::Earlier {
            reason: format!("cannot read the reasons in `{shown}`: {error}"),
        })?;
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes());
        let headings = reader.headers().cloned().unwrap_or_default();
        let named = |record: &StringRecord| -> Vec<String> {
            record.iter().map(|cell| cell.trim().to_owned()).collect()
        };
        let mut headings = named(&headings);
        headings.sort();
        let mut wanted = COLUMNS.map(str::to_owned);
        wanted.sort();
        if headings != wanted {
            return Err(ReportError::Earlier {
                reason: format!(
                    "{shown}: its columns are {}; write {}",
                    headings.join(", "),
                    COLUMNS.join(", ")
                ),
            });
        }
        let order: Vec<String> = named(&reader.headers().cloned().unwrap_or_default());
        let mut findings = Findings::new();
        let mut reasons = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| ReportError::Earlier {
                reason: format!("cannot read the reasons in `{shown}`: {error}"),
            })?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |column: &str| {
                let at = order.iter().position(|name| name == column);
                let cell = at.and_then(|at| record.get(at));
                cell.unwrap_or_default().trim().to_owned()
            };
            let reason = Reason {
                table: cell("table"),
                column: cell("column"),
                code: cell("code"),
                why: cell("why"),
            };
            let mut fault = |column: &str, found: &str, remedy: &str| {
                let at = Position::line(&shown, line).column(column);
                findings.push(Finding::fault("reason-unclear", at, found, remedy));
            };
            if record.len() != order.len() {
                fault(
                    "why",
                    &format!(
                        "the row has {} cells, and there are {} columns",
                        record.len(),
                        order.len()
                    ),
                    "write each cell, and quote one that holds a comma",
                );
            }
            if reason.why.is_empty() {
                fault("why", "it says nothing", "write why, in words");
            }
            if reason.column.is_empty() != reason.code.is_empty() {
                fault(
                    "code",
                    "a column is named without a code, or a code without a column",
                    "write both, as `partner_code` and `council`, or leave both empty",
                );
            }
            if !reason.table.is_empty() && !self.tables.contains_key(&reason.table) {
                let near = nearest(&reason.table, self.tables.keys().map(String::as_str));
                fault(
                    "table",
                    &format!(
                        "the earlier release has no table `{}`{}",
                        reason.table,
                        did_you_mean(&near)
                    ),
                    "write the name of its file without `data/` and `.csv`, or leave it empty for all",
                );
            } else if !reason.column.is_empty() {
                let columns = self.columns(&reason.table);
                if !columns.contains(&reason.column) {
                    let near = nearest(&reason.column, columns.iter().map(String::as_str));
                    let of = match reason.table.as_str() {
                        "" => "a column of no table of the earlier release".to_owned(),
                        table => format!("no column of the table `{table}`"),
                    };
                    fault(
                        "column",
                        &format!("`{}` is {of}{}", reason.column, did_you_mean(&near)),
                        "write a heading of its CSV",
                    );
                }
            }
            reasons.push(reason);
        }
        if findings.any_fault() {
            return Err(ReportError::EarlierFaults(findings));
        }
        self.reasons = Arc::new(reasons);
        Ok(self)
    }

    /// The headings of a table, or of all where none is named.
    fn columns(&self, table: &str) -> BTreeSet<String> {
        let meant = self
            .tables
            .iter()
            .filter(|(name, _)| table.is_empty() || *name == table);
        let headings = meant.filter_map(|(_, table)| {
            let mut reader = csv::Reader::from_reader(table.csv.as_bytes());
            reader.headers().cloned().ok()
        });
        let headings: Vec<StringRecord> = headings.collect();
        headings.iter().flatten().map(str::to_owned).collect()
    }

    /// The first reason that fits a row of a table; `keys` are columns and cells of it.
    pub(super) fn why(&self, table: &str, keys: &[(&str, &str)]) -> &str {
        let fits = |reason: &&Reason| {
            let in_row = || {
                let cell = (reason.column.as_str(), reason.code.as_str());
                reason.column.is_empty() || keys.contains(&cell)
            };
            (reason.table.is_empty() || reason.table == table) && in_row()
        };
        let found = self.reasons.iter().find(fits);
        found.map_or("", |reason| reason.why.as_str())
    }
}
