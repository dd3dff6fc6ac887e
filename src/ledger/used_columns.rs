//! Which columns of a header are read, and as what.

use super::UsedColumn;
use super::heading::Columns;
use super::plan::Plan;
use crate::sheet::Cells;
use std::collections::BTreeSet;

/// The columns below one header.
#[derive(Debug, Default)]
pub(super) struct UsedColumns {
    pub(super) named: Vec<UsedColumn>,
    /// Keys of the layout of which there is no heading.
    pub(super) missing: Vec<String>,
    /// Headings that nothing is read from.
    pub(super) unnamed: Vec<String>,
}

/// Says what is read from where.
pub(super) fn used_columns(plan: &Plan<'_>, columns: &Columns, cells: Cells<'_>) -> UsedColumns {
    /// Longer text is no heading.
    const LONGEST: usize = 200;
    let layout = plan.layout;
    let mut used = UsedColumns::default();
    let mut note = |key: String, places: &[usize]| {
        if places.is_empty() {
            used.missing.push(key);
        } else {
            let heading = |&place: &usize| cells.trimmed(place).to_owned();
            let headings = places.iter().map(heading).collect();
            used.named.push(UsedColumn { key, headings });
        }
    };
    let one = |column: &Option<usize>| -> Vec<usize> { column.iter().copied().collect() };
    note("amount".to_owned(), &[columns.amount]);
    // One of the two is enough.
    let timed = columns.date.is_some() || columns.period.is_some();
    let times = [
        ("date", &layout.date, columns.date),
        ("period", &layout.period, columns.period),
    ];
    for (key, headings, column) in times {
        if !headings.is_empty() && (column.is_some() || !timed) {
            note(key.to_owned(), &one(&column));
        }
    }
    let optional = [
        ("reference", &layout.reference, columns.reference),
        ("currency", &layout.currency, columns.qualifiers.currency),
    ];
    for (key, headings, column) in optional {
        if !headings.is_empty() {
            note(key.to_owned(), &one(&column));
        }
    }
    let beside = (layout.signs.keys().zip(&columns.qualifiers.signs))
        .map(|(heading, column)| (format!("signs.{heading}"), column));
    let units = (layout.units.keys().zip(&columns.qualifiers.units))
        .map(|(heading, column)| (format!("units.{heading}"), column));
    let selection = (layout.selection.keys().zip(&columns.selection))
        .map(|(heading, column)| (format!("where.{heading}"), column));
    let where_not = (layout.where_not.keys().zip(&columns.where_not))
        .map(|(heading, column)| (format!("where_not.{heading}"), column));
    for (key, column) in beside.chain(units).chain(selection).chain(where_not) {
        note(key, &one(column));
    }
    for (name, parts) in layout.codes.keys().zip(&columns.codes) {
        note(format!("codes.{name}"), parts);
    }
    for (key, column) in plan.headings.of_controls(columns) {
        note(format!("control.{key}"), &one(&column));
    }
    let read: BTreeSet<usize> = columns.read_from().collect();
    used.unnamed = (0..cells.len())
        .filter(|column| !read.contains(column))
        .map(|column| cells.trimmed(column))
        .filter(|heading| !heading.is_empty() && heading.len() <= LONGEST)
        .map(str::to_owned)
        .collect();
    used
}
