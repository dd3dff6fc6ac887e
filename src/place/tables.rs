//! Tables of a pack as rows of named fields.

use super::files::{Folder, Folders};
use super::spec::TableSpec;
use crate::axis::name_one_of;
use crate::finding::{Finding, Findings, Position, Severity, made_plain};
use crate::sheet::{self, Found, Name, Names, ReadOptions};
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

/// Reads a table, collects its faults and the fingerprint of its file.
pub(crate) fn read(
    table: &TableSpec,
    fields: &[&str],
    at: &Position,
    folders: &Folders,
    findings: &mut Findings,
    fingerprints: &mut Vec<String>,
) -> Vec<TableRow> {
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
    let mut rows = Vec::new();
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
        rows.push(TableRow {
            has: fields.iter().map(has).collect(),
            fields: fields.iter().map(&mut text).collect(),
            position: at.clone(),
        });
    }
    let (folder, name) = match (&table.file, &table.data) {
        (Some(name), None) => (Folder::Pack, name),
        (None, Some(name)) => (Folder::Data, name),
        (None, None) if !table.rows.is_empty() => return rows,
        _ => {
            findings.push(Finding::fault(
                "table-without-rows",
                at.clone(),
                "a table needs one of `file`, `data` and `rows`".to_owned(),
                "name the file, or write the rows here",
            ));
            return rows;
        }
    };
    match folders.one(folder, name) {
        Err(found) => findings.push(Finding::fault(
            "no-such-file",
            at.clone(),
            found,
            "correct the name; a pack reads only its own folder and its data folder",
        )),
        Ok(path) => match sheet::open(&path, name, &ReadOptions::default()) {
            Err(error) => findings.push(Finding::fault(
                "unreadable-table",
                Position::file(name),
                error.to_string(),
                "mend the file",
            )),
            Ok(source) => {
                fingerprints.push(source.fingerprint().to_owned());
                let delimiter = source.detected().delimiter;
                let hidden_sheets = source.detected().hidden.iter();
                for sheet in hidden_sheets.filter(|sheet| !is_remark(sheet)) {
                    findings.push(hidden(name, sheet));
                }
                let sheets = source.sheets().into_iter();
                for sheet in sheets.filter(|sheet| !sheet.name().is_some_and(is_remark)) {
                    read_sheet(table, fields, name, &sheet, findings, &mut rows);
                    quotes(name, &sheet, delimiter, findings);
                }
            }
        },
    }
    rows
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
    made_plain(text, at, findings)
}

fn read_sheet(
    table: &TableSpec,
    fields: &[&str],
    name: &str,
    sheet: &sheet::Sheet<'_>,
    findings: &mut Findings,
    rows: &mut Vec<TableRow>,
) {
    let mut headings: Option<Headings> = None;
    sheet.for_each_row(|line, cells| {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let Some(headings) = &headings else {
            let (found, faults) = Headings::find(table, fields, name, line, cells);
            for column in found.read_from() {
                if let Some(error) = sheet.unread(name, column) {
                    let at = Position::line(name, line).column(cells.get(column).unwrap_or(""));
                    let found = error.to_string();
                    findings.push(Finding::fault(
                        "unreadable-table",
                        at,
                        found,
                        "mend the file",
                    ));
                }
            }
            headings = Some(found);
            findings.append(faults);
            return;
        };
        let cell = |column: usize| cells.get(column).unwrap_or("").trim();
        if !headings
            .only
            .iter()
            .all(|(column, texts)| texts.iter().any(|text| text == cell(*column)))
        {
            return;
        }
        let position = Position::line(name, line);
        let text = |(field, column): (&&str, &Option<usize>)| {
            let text = match column {
                Some(column) => cell(*column).to_owned(),
                None => table.set.get(*field).cloned().unwrap_or_default(),
            };
            shown(text, field, fields, &position, findings)
        };
        rows.push(TableRow {
            fields: fields.iter().zip(&headings.columns).map(text).collect(),
            has: Arc::clone(&headings.has),
            position,
        });
    });
    if headings.is_none() {
        findings.push(Finding::fault(
            "empty-table",
            Position::file(name),
            "the table is empty".to_owned(),
            "give it a row of headings and its rows",
        ));
    }
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

/// Where each field stands.
struct Headings {
    columns: Vec<Option<usize>>,
    /// Whether there is anything of a field: a column, or a text that all rows have.
    has: Arc<[bool]>,
    only: Vec<(usize, Vec<String>)>,
}

impl Headings {
    /// Each column that something is read from.
    fn read_from(&self) -> impl Iterator<Item = usize> + '_ {
        let of_fields = self.columns.iter().flatten().copied();
        of_fields.chain(self.only.iter().map(|(column, _)| *column))
    }

    fn find(
        table: &TableSpec,
        fields: &[&str],
        name: &str,
        line: u64,
        cells: &csv::StringRecord,
    ) -> (Self, Findings) {
        let mut findings = Findings::new();
        let names = Names::of(cells.iter());
        let at = |heading: &str| Position::line(name, line).column(heading);
        let mut position = |heading: &str, must: bool| {
            let found = names.find(&Name::new(heading, None));
            match &found {
                Found::Nowhere if must => findings.push(Finding::fault(
                    "no-such-column",
                    at(heading),
                    format!("there is no column `{heading}`"),
                    name_one_of(heading, "heading", cells.iter().map(str::trim)),
                )),
                Found::Several(columns) => {
                    let shown: Vec<String> = (columns.iter())
                        .map(|&at| format!("`{}` (column {})", names.shown(at), at + 1))
                        .collect();
                    findings.push(Finding::fault(
                        "heading-fits-twice",
                        at(heading),
                        format!(
                            "the columns {} fit `{heading}` equally well",
                            shown.join(" and ")
                        ),
                        "give each column of the table a heading of its own",
                    ));
                }
                _ => {}
            }
            found.first()
        };
        let columns: Vec<Option<usize>> = fields
            .iter()
            .map(|field| match table.columns.get(*field) {
                Some(heading) => position(heading, true),
                None if table.set.contains_key(*field) => None,
                None => position(field, false),
            })
            .collect();
        let only = table
            .only
            .iter()
            .filter_map(|(heading, texts)| Some((position(heading, true)?, texts.clone())))
            .collect();
        let has = (fields.iter().zip(&columns))
            .map(|(field, column)| column.is_some() || table.set.contains_key(*field))
            .collect();
        (Self { columns, has, only }, findings)
    }
}
