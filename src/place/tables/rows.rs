//! The rows of a sheet, and what is not one: titles, notes, areas of elsewhere.

use super::headings::Headings;
use super::{TableRow, Wanted, shown};
use crate::finding::{Finding, Findings, Position, Severity};
use crate::money::parse_number;
use crate::sheet;
use crate::text::counted;
use csv::StringRecord;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Rows about areas that the place does not have.
#[derive(Clone, Debug, Default)]
pub(in crate::place) struct LeftOut {
    pub rows: u64,
    pub areas: BTreeSet<String>,
    /// The sum of their masses, in a table of them.
    pub mass: Decimal,
}

/// The rows of a table so far.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<TableRow>,
    left_out: LeftOut,
}

impl Rows {
    /// Takes a row, or leaves it out.
    pub(super) fn push(
        &mut self,
        wanted: &Wanted<'_>,
        mut fields: Vec<String>,
        has: Arc<[bool]>,
        position: Position,
    ) {
        if wanted.leaves_out(&fields) {
            self.left_out.rows += 1;
            let mass = wanted.fields.iter().position(|field| *field == "mass");
            let mass = mass.and_then(|mass| parse_number(&fields[mass]).ok());
            self.leave(wanted, &mut fields, mass.unwrap_or_default());
        } else {
            self.rows.push(TableRow {
                fields,
                has,
                position,
            });
        }
    }

    /// Counts the area and mass of a row that is left out.
    fn leave(&mut self, wanted: &Wanted<'_>, fields: &mut [String], mass: Decimal) {
        if let Some((field, _)) = wanted.area {
            self.left_out
                .areas
                .insert(std::mem::take(&mut fields[field]));
        }
        let sum = self.left_out.mass.checked_add(mass);
        self.left_out.mass = sum.unwrap_or(Decimal::MAX);
    }

    pub(super) fn finish(self) -> (Vec<TableRow>, LeftOut) {
        (self.rows, self.left_out)
    }
}

/// A sheet while its rows are read.
pub(super) struct SheetRows<'a, 'b> {
    wanted: &'a Wanted<'b>,
    name: &'a str,
    findings: &'a mut Findings,
    rows: &'a mut Rows,
    /// Whether a row of the table stands above, and an empty one below that.
    any_row: bool,
    gap: bool,
    /// Rows of one cell below the table, with their lines: notes, unless a whole row follows.
    notes: Vec<(u64, StringRecord)>,
    /// Rows whose ages add up to another number than their total, the first of them, and the largest
    /// difference.
    unlike: (u64, Option<u64>, Decimal),
    summed: u64,
}

impl<'a, 'b> SheetRows<'a, 'b> {
    pub(super) fn new(
        wanted: &'a Wanted<'b>,
        name: &'a str,
        findings: &'a mut Findings,
        rows: &'a mut Rows,
    ) -> Self {
        Self {
            wanted,
            name,
            findings,
            rows,
            any_row: false,
            gap: false,
            notes: Vec::new(),
            unlike: (0, None, Decimal::ZERO),
            summed: 0,
        }
    }

    /// Reads all rows of a sheet.
    pub(super) fn read(mut self, sheet: &sheet::Sheet<'_>) {
        let Some(first) = Headings::line_in(self.wanted, sheet) else {
            self.findings.push(Finding::fault(
                "empty-table",
                Position::file(self.name),
                "the table is empty".to_owned(),
                "give it a row of headings and its rows",
            ));
            return;
        };
        let mut headings: Option<Headings> = None;
        sheet.for_each_row(|line, cells| match &headings {
            _ if line < first => {}
            None => {
                let (found, faults) = Headings::find(self.wanted, self.name, line, cells);
                for column in found.read_from() {
                    if let Some(error) = sheet.unread(self.name, column) {
                        let at = Position::line(self.name, line);
                        self.findings.push(Finding::fault(
                            "unreadable-table",
                            at.column(cells.get(column).unwrap_or("")),
                            error.to_string(),
                            "mend the file",
                        ));
                    }
                }
                self.findings.append(faults);
                headings = Some(found);
            }
            Some(headings) => self.row(headings, line, cells),
        });
        self.tell_notes();
        self.tell_totals(headings.as_ref());
    }

    fn row(&mut self, headings: &Headings, line: u64, cells: &StringRecord) {
        let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        match filled {
            0 => self.gap |= self.any_row,
            1 if self.gap && headings.width > 1 => self.notes.push((line, cells.clone())),
            _ => {
                self.gap = false;
                for (line, cells) in std::mem::take(&mut self.notes) {
                    self.take(headings, line, &cells);
                }
                self.take(headings, line, cells);
            }
        }
    }

    /// Takes a row of the table.
    fn take(&mut self, headings: &Headings, line: u64, cells: &StringRecord) {
        let cell = |column: usize| cells.get(column).unwrap_or("").trim();
        let has =
            |(column, texts): &(usize, Vec<String>)| texts.iter().any(|text| text == cell(*column));
        if !headings.only.iter().all(has) || headings.where_not.iter().any(has) {
            return;
        }
        self.any_row = true;
        let (table, fields) = (self.wanted.table, self.wanted.fields);
        let position = Position::line(self.name, line);
        let text = |(field, column): (&&str, &Option<usize>)| {
            let text = match column {
                Some(column) => cell(*column).to_owned(),
                None => table.set.get(*field).cloned().unwrap_or_default(),
            };
            shown(text, field, fields, &position, self.findings)
        };
        let found: Vec<String> = fields.iter().zip(&headings.columns).map(text).collect();
        let Some(ages) = &headings.ages else {
            let has = Arc::clone(&headings.has);
            return self.rows.push(self.wanted, found, has, position);
        };
        let sum = |columns: &[usize]| {
            let masses = columns
                .iter()
                .map(|&column| parse_number(cell(column)).ok());
            masses.sum::<Option<Decimal>>()
        };
        let each: Vec<Option<Decimal>> = ages.bands.iter().map(|(_, of)| sum(of)).collect();
        let all: Option<Decimal> = each.iter().copied().sum();
        if self.wanted.leaves_out(&found) {
            let mut found = found;
            self.rows.left_out.rows += 1;
            return self
                .rows
                .leave(self.wanted, &mut found, all.unwrap_or_default());
        }
        if let (Some((column, _)), Some(all)) = (&ages.total, all)
            && let Ok(total) = parse_number(cell(*column))
        {
            self.summed += 1;
            if total != all {
                self.unlike.0 += 1;
                self.unlike.1.get_or_insert(line);
                self.unlike.2 = self.unlike.2.max((total - all).abs());
            }
        }
        let at = |field: &str| fields.iter().position(|name| *name == field);
        let (Some(of_ages), Some(of_mass)) = (at("ages"), at("mass")) else {
            return;
        };
        for ((band, columns), sum) in ages.bands.iter().zip(each) {
            let mut fields = found.clone();
            fields[of_ages] = band.to_string();
            fields[of_mass] = match (sum, columns.as_slice()) {
                (Some(sum), [_, _, ..]) => sum.to_string(),
                // As it is written: what cannot be read is told by whoever reads it.
                (_, [only]) => cell(*only).to_owned(),
                (_, several) => {
                    let unread = several.iter().find(|&&at| parse_number(cell(at)).is_err());
                    unread.map_or_else(String::new, |&at| cell(at).to_owned())
                }
            };
            let has = Arc::clone(&headings.has);
            self.rows.push(self.wanted, fields, has, position.clone());
        }
    }

    /// What stands below the table was no row of it.
    fn tell_notes(&mut self) {
        if let Some((line, _)) = self.notes.first() {
            self.findings.push(Finding {
                rule: "notes-below-table".into(),
                severity: Severity::Notice,
                position: Position::line(self.name, *line),
                found: format!(
                    "{} of one cell below the table, after an empty row, were taken for notes",
                    counted(self.notes.len(), "row")
                ),
                at_stake: None,
                remedy: "take out the empty row if they belong to the table; otherwise nothing"
                    .into(),
            });
        }
    }

    /// Ages that do not add up to the column of all ages.
    fn tell_totals(&mut self, headings: Option<&Headings>) {
        let total = headings.and_then(|headings| headings.ages.as_ref()?.total.as_ref());
        if let (Some((_, heading)), (unlike @ 1.., Some(line), most)) = (total, self.unlike) {
            self.findings.push(Finding {
                rule: "ages-unlike-their-total".into(),
                severity: Severity::Notice,
                position: Position::line(self.name, line).column(heading),
                found: format!(
                    "in {unlike} of {} the ages add up to another number than `{heading}`, by {most} at most",
                    counted(self.summed, "row")
                ),
                at_stake: None,
                remedy: "the ages count; where the publisher rounds or perturbs its figures that is so, otherwise look for a column that is missing or read twice".into(),
            });
        }
    }
}
