//! Tables of a pack as rows of named fields.
//!
//! A table is read as its publisher gives it out: titles above the headings and notes below the rows
//! are passed over, headings are compared by their letters and digits, a column may be an age, and rows
//! about areas of elsewhere are left out where the pack says so.
//!
//! - `headings`: which row holds the headings, and where each field stands
//! - `ages`: which headings are ages
//! - `rows`: the rows of a sheet, and what is not one

mod ages;
mod headings;
mod rows;

use super::files::{Folder, Folders};
use super::spec::{Outside, TableSpec};
use crate::finding::{Finding, Findings, Position, Severity, made_plain};
use crate::sheet::{self, ReadOptions};
pub(super) use headings::{Headings, Top};
pub(super) use rows::LeftOut;
use rows::{Rows, SheetRows};
use std::ops::ControlFlow;
use std::sync::Arc;

/// One row: a text for each field asked for, empty where the table has none.
#[derive(Clone, Debug)]
pub(crate) struct TableRow {
    pub fields: Vec<String>,
    /// Whether its table has the field at all, in a column or for all rows.
    pub has: Arc<[bool]>,
    pub position: Position,
}

impl TableRow {
    /// The text of the field of that number.
    pub(crate) fn take(&mut self, field: usize) -> String {
        std::mem::take(&mut self.fields[field])
    }
}

/// Whether the place has an area of a code.
type Known<'a> = &'a dyn Fn(&str) -> bool;

/// What is asked of a table.
pub(super) struct Wanted<'a> {
    pub table: &'a TableSpec,
    pub fields: &'a [&'a str],
    /// The field that names an area, and whether the place has an area of that code: rows of others
    /// are left out where the table says so.
    pub area: Option<(usize, Known<'a>)>,
}

impl Wanted<'_> {
    /// Whether a row about this area is left out.
    fn leaves_out(&self, fields: &[String]) -> bool {
        self.table.outside == Some(Outside::LeftOut)
            && (self.area.as_ref()).is_some_and(|(field, known)| !known(&fields[*field]))
    }
}

/// Reads a table, collects its faults and the fingerprint of its file.
pub(crate) fn read(
    table: &TableSpec,
    fields: &[&str],
    at: &Position,
    folders: &Folders,
    findings: &mut Findings,
    fingerprints: &mut Vec<String>,
) -> Vec<TableRow> {
    let wanted = Wanted {
        table,
        fields,
        area: None,
    };
    read_areas(&wanted, at, folders, findings, fingerprints).0
}

/// The same for a table about areas; also says what was left out.
pub(super) fn read_areas(
    wanted: &Wanted<'_>,
    at: &Position,
    folders: &Folders,
    findings: &mut Findings,
    fingerprints: &mut Vec<String>,
) -> (Vec<TableRow>, LeftOut) {
    let (table, fields) = (wanted.table, wanted.fields);
    keys(wanted, at, findings);
    let mut rows = Rows::default();
    for written in &table.rows {
        let mut text = |field: &&str| {
            let text = written.get(*field).or_else(|| table.set.get(*field));
            shown(
                text.cloned().unwrap_or_default(),
                field,
                fields,
                at,
                findings,
            )
        };
        let has = |field: &&str| written.contains_key(*field) || table.set.contains_key(*field);
        let has = fields.iter().map(has).collect();
        let fields = fields.iter().map(&mut text).collect();
        rows.push(wanted, fields, has, at.clone());
    }
    if let Some((name, source)) = source(table, at, folders, findings) {
        fingerprints.push(source.fingerprint().to_owned());
        let delimiter = source.detected().delimiter;
        let hidden_sheets = source.detected().hidden.iter();
        for sheet in hidden_sheets.filter(|sheet| !is_remark(sheet)) {
            findings.push(hidden(&name, sheet));
        }
        let mut sheets = source.sheets();
        sheets.retain(|sheet| !sheet.name().is_some_and(is_remark));
        let headed = |sheet: &sheet::Sheet<'_>| Headings::stand_in(wanted, sheet);
        let any_headed = sheets.len() > 1 && sheets.iter().any(headed);
        for sheet in sheets {
            // Cover sheets and notes of a workbook whose other sheets are the table.
            if any_headed && !headed(&sheet) {
                findings.push(without_headings(&name, sheet.name().unwrap_or_default()));
                continue;
            }
            SheetRows::new(wanted, &name, findings, &mut rows).read(&sheet);
            quotes(&name, &sheet, delimiter, findings);
        }
    }
    rows.finish()
}

/// Keys of a table that its kind does not have.
pub(super) fn keys(wanted: &Wanted<'_>, at: &Position, findings: &mut Findings) {
    let (table, fields) = (wanted.table, wanted.fields);
    for name in table
        .columns
        .keys()
        .chain(table.set.keys())
        .chain(table.rows.iter().flat_map(|row| row.keys()))
    {
        if !fields.contains(&name.as_str()) {
            findings.push(Finding::fault(
                "unknown-field",
                at.clone(),
                format!("`{name}` is not a field of this table"),
                format!("its fields are {}", fields.join(", ")),
            ));
        }
    }
    let of_masses = fields.contains(&"mass");
    let of_lookup = fields.contains(&"from");
    let of_areas = of_masses || of_lookup;
    let of_members = fields.contains(&"vintage") || fields.contains(&"axis");
    let used = [
        (
            "ages_in_columns",
            table.ages_in_columns.is_some(),
            of_masses,
        ),
        ("left_out", !table.left_out.is_empty(), of_masses),
        ("lookup", table.lookup.is_some(), of_areas),
        ("outside", table.outside.is_some(), of_areas),
        ("vintage", table.vintage.is_some(), of_areas || of_members),
    ];
    for (key, _, _) in used
        .into_iter()
        .filter(|(_, given, known)| *given && !known)
    {
        findings.push(Finding::fault(
            "key-not-of-this-table",
            at.clone().column(key),
            format!("`{key}` means nothing in a table of {}", fields.join(", ")),
            "leave it out",
        ));
    }
}

/// The file of a table, opened.
fn source(
    table: &TableSpec,
    at: &Position,
    folders: &Folders,
    findings: &mut Findings,
) -> Option<(String, sheet::Source)> {
    let (name, path) = path(table, at, folders, findings)?;
    let options = ReadOptions {
        sheets: table.sheets.clone(),
        ..ReadOptions::default()
    };
    match sheet::open(&path, &name, &options) {
        Ok(source) => Some((name, source)),
        Err(error) => {
            findings.push(Finding::fault(
                "unreadable-table",
                Position::file(&name),
                error.to_string(),
                mend(&name),
            ));
            None
        }
    }
}

/// What to do about a file that cannot be read.
pub(super) fn mend(name: &str) -> &'static str {
    if name.to_ascii_lowercase().ends_with(".zip") {
        "unpack it, and name the file in it that holds the table"
    } else {
        "mend the file"
    }
}

/// Where the file of a table lies, with its name in messages.
pub(super) fn path(
    table: &TableSpec,
    at: &Position,
    folders: &Folders,
    findings: &mut Findings,
) -> Option<(String, std::path::PathBuf)> {
    let (folder, name) = match (&table.file, &table.data) {
        (Some(name), None) => (Folder::Pack, name),
        (None, Some(name)) => (Folder::Data, name),
        (None, None) if !table.rows.is_empty() => return None,
        _ => {
            findings.push(Finding::fault(
                "table-without-rows",
                at.clone(),
                "a table needs one of `file`, `data` and `rows`".to_owned(),
                "name the file, or write the rows here",
            ));
            return None;
        }
    };
    match folders.one(folder, name) {
        Ok(path) => Some((name.clone(), path)),
        Err(found) => {
            findings.push(Finding::fault(
                "no-such-file",
                at.clone(),
                found,
                "correct the name; a pack reads only its own folder and its data folder",
            ));
            None
        }
    }
}

/// A field as it may be shown. What is compared with the cells of a ledger stays as it is: the codes
/// of a crosswalk, the texts of counterparties.
fn shown(
    text: String,
    field: &str,
    fields: &[&str],
    at: &Position,
    findings: &mut Findings,
) -> String {
    let compared = field.contains("text") || field.ends_with("code") && fields.contains(&"ledger");
    if compared {
        return text;
    }
    // People press Alt and Enter in the cells of a sheet that they fill in.
    let is_of_people = fields.contains(&"not_spending") && text.contains('\n');
    let text = if is_of_people {
        text.replace('\r', "").replace('\n', "; ")
    } else {
        text
    };
    made_plain(text, at, findings)
}

/// Whether a sheet of a workbook is no part of the table: one whose name begins with `#` holds
/// remarks, or the lists from which cells are filled in.
fn is_remark(sheet: &str) -> bool {
    sheet.starts_with('#')
}

/// A sheet of a table that was not read.
fn hidden(name: &str, sheet: &str) -> Finding {
    Finding {
        rule: "hidden-sheet-not-read".into(),
        severity: Severity::Notice,
        position: Position::file(format!("{name} [{sheet}]")),
        found: "the sheet is hidden and was not read".into(),
        at_stake: None,
        remedy: "unhide the sheet if its rows belong to the table, or take it out".into(),
    }
}

/// A sheet of a workbook that is no part of the table.
fn without_headings(name: &str, sheet: &str) -> Finding {
    Finding {
        rule: "sheet-without-header".into(),
        severity: Severity::Notice,
        position: Position::file(format!("{name} [{sheet}]")),
        found: "none of the headings of the table stands in the sheet, and it was not read".into(),
        at_stake: None,
        remedy: "name the sheets of the table with `sheets`".into(),
    }
}

/// A quote that is not closed, or too late, makes one cell of many rows.
fn quotes(name: &str, sheet: &sheet::Sheet<'_>, delimiter: Option<char>, findings: &mut Findings) {
    const REMEDY: &str = "close the quote where its cell ends, or take it out";
    let Some(delimiter) = delimiter.and_then(|d| u8::try_from(d).ok()) else {
        return;
    };
    let mut width = 0;
    let _ = sheet.rows(|line, cells| {
        // A line of the record that is as wide as the rows above it is one.
        let is_row = |text: &&str| width > 1 && sheet::split(text, delimiter).len() >= width;
        let rows = cells.raw().lines().filter(is_row).count();
        width = width.max(cells.len());
        if rows > 1 {
            let found = format!("a quoted cell of this row holds lines that read as {rows} rows");
            let at = Position::line(name, line);
            findings.push(Finding::fault("quote-swallows-rows", at, found, REMEDY));
        }
        ControlFlow::<()>::Continue(())
    });
    if let Some(line) = sheet.cut_off() {
        let found = "a quote opens in this row and never closes";
        let at = Position::line(name, line);
        findings.push(Finding::fault("quote-not-closed", at, found, REMEDY));
    }
}
