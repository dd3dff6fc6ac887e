//! Which row of a table holds its headings, and in which column each field stands.

use super::Wanted;
use super::ages::AgeColumns;
use crate::axis::name_one_of;
use crate::finding::{Finding, Findings, Position};
use crate::sheet::{self, Found, Name, Names};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Titles above the headings take fewer rows than this.
const TITLES: usize = 40;

/// How many headings of a table a row has: those that the pack names, and those that are fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    named: usize,
    own: usize,
}

/// Where each field stands.
pub(in crate::place) struct Headings {
    /// The line of the headings.
    pub line: u64,
    pub columns: Vec<Option<usize>>,
    /// Whether there is anything of a field: a column, or a text that all rows have.
    pub has: Arc<[bool]>,
    pub only: Vec<(usize, Vec<String>)>,
    pub where_not: Vec<(usize, Vec<String>)>,
    pub ages: Option<AgeColumns>,
    /// How many columns have a heading.
    pub width: usize,
}

impl Headings {
    /// Each column that something is read from.
    pub(in crate::place) fn read_from(&self) -> impl Iterator<Item = usize> + '_ {
        let of_fields = self.columns.iter().flatten().copied();
        let of_ages = self.ages.iter().flat_map(AgeColumns::columns);
        let of_rows = self.only.iter().chain(&self.where_not);
        of_fields
            .chain(of_rows.map(|(column, _)| *column))
            .chain(of_ages)
    }

    /// Whether a sheet has any heading of the table.
    pub(super) fn stand_in(wanted: &Wanted<'_>, sheet: &sheet::Sheet<'_>) -> bool {
        let mut top = Top::new(wanted);
        let _ = sheet.try_for_each_row(|line, cells| top.row(line, cells));
        top.best.is_some_and(|(fit, _)| fit != Fit::default())
    }

    /// The line of the headings of a sheet: the row near its top that has most of them, or its first
    /// row where none has any.
    pub(in crate::place) fn line_in(wanted: &Wanted<'_>, sheet: &sheet::Sheet<'_>) -> Option<u64> {
        let mut top = Top::new(wanted);
        let _ = sheet.try_for_each_row(|line, cells| top.row(line, cells));
        top.line()
    }

    pub(in crate::place) fn find(
        wanted: &Wanted<'_>,
        name: &str,
        line: u64,
        cells: &csv::StringRecord,
    ) -> (Self, Findings) {
        let (table, fields) = (wanted.table, wanted.fields);
        let mut findings = Findings::new();
        let names = Names::of(cells.iter());
        let at = |heading: &str| Position::line(name, line).column(heading);
        let mut position = |headings: &[String], must: bool| {
            let of = |heading: &String| names.find(&Name::new(heading, None));
            let known = headings.iter().find(|one| of(one) != Found::Nowhere);
            let (heading, found) = match (known, headings) {
                (Some(heading), _) | (None, [heading, ..]) => (heading.as_str(), of(heading)),
                (None, []) => ("", Found::Nowhere),
            };
            match &found {
                Found::Nowhere if must => {
                    let all: Vec<String> = headings.iter().map(|one| format!("`{one}`")).collect();
                    findings.push(Finding::fault(
                        "no-such-column",
                        at(heading),
                        format!("there is no column {}", all.join(" or ")),
                        name_one_of(heading, "heading", cells.iter().map(str::trim)),
                    ));
                }
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
        let in_columns =
            |field: &str| table.ages_in_columns.is_some() && matches!(field, "ages" | "mass");
        let columns: Vec<Option<usize>> = fields
            .iter()
            .map(|field| match table.columns.get(*field) {
                Some(headings) => position(headings.each(), true),
                None if table.set.contains_key(*field) || in_columns(field) => None,
                None => position(&[(*field).to_owned()], false),
            })
            .collect();
        let mut rows = |texts: &BTreeMap<String, Vec<String>>| -> Vec<(usize, Vec<String>)> {
            let mut found = Vec::with_capacity(texts.len());
            for (heading, texts) in texts {
                let column = position(std::slice::from_ref(heading), true);
                found.extend(column.map(|column| (column, texts.clone())));
            }
            found
        };
        let (only, where_not) = (rows(&table.only), rows(&table.where_not));
        let taken: Vec<usize> = columns.iter().flatten().copied().collect();
        let ages = table.ages_in_columns.as_ref().map(|patterns| {
            let (ages, faults) = AgeColumns::find(
                patterns.each(),
                &table.left_out,
                cells,
                &taken,
                &Position::line(name, line),
            );
            findings.append(faults);
            ages
        });
        let has = (fields.iter().zip(&columns))
            .map(|(field, column)| column.is_some() || table.set.contains_key(*field))
            .collect();
        let headings = Self {
            line,
            columns,
            has,
            only,
            where_not,
            ages,
            width: cells.iter().filter(|cell| !cell.trim().is_empty()).count(),
        };
        (headings, findings)
    }
}

/// The rows at the top of a table, of which one holds the headings.
pub(in crate::place) struct Top<'a> {
    /// Headings that the pack names, each with those that stand for the same field.
    named: Vec<&'a [String]>,
    own: Vec<Name>,
    seen: usize,
    best: Option<(Fit, u64)>,
}

impl<'a> Top<'a> {
    pub(in crate::place) fn new(wanted: &Wanted<'a>) -> Self {
        let table = wanted.table;
        let named = table.columns.values().map(|headings| headings.each());
        let named = named
            .chain((table.only.keys().chain(table.where_not.keys())).map(std::slice::from_ref));
        let own = (wanted.fields.iter()).filter(|field| {
            !table.columns.contains_key(**field) && !table.set.contains_key(**field)
        });
        Self {
            named: named.collect(),
            own: own.map(|field| Name::new(field, None)).collect(),
            seen: 0,
            best: None,
        }
    }

    /// Looks at the next row, until there are enough.
    pub(in crate::place) fn row(
        &mut self,
        line: u64,
        cells: &csv::StringRecord,
    ) -> ControlFlow<()> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return ControlFlow::Continue(());
        }
        let names = Names::of(cells.iter());
        let has = |heading: &String| names.has(&Name::new(heading, None));
        let fit = Fit {
            named: (self.named.iter())
                .filter(|all| all.iter().any(has))
                .count(),
            own: self.own.iter().filter(|name| names.has(name)).count(),
        };
        // Of two that fit equally well the upper is the headings.
        if self.best.is_none_or(|(best, _)| best < fit) {
            self.best = Some((fit, line));
        }
        self.seen += 1;
        if self.seen < TITLES {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }

    /// The line of the headings.
    pub(in crate::place) fn line(&self) -> Option<u64> {
        self.best.map(|(_, line)| line)
    }
}
