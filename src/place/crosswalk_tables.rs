//! Tables of crosswalks: the long form and the wide one, told apart by their headings.

use super::spec::TableSpec;
use super::tables::TableRow;
use crate::crosswalk::{CROSSWALK_AXES, CrosswalkRow, CrosswalkRows, MemberNames, WideRow};
use crate::finding::{Finding, Findings, Position};
use crate::text::list;

/// The fields of a crosswalk that are not axes: of its long form, then of its wide one.
const OTHERS: [&str; 10] = [
    "ledger",
    "code",
    "weight",
    "class",
    "axis",
    "to",
    "gap",
    "of",
    "not_spending",
    "note",
];

/// The fields of a crosswalk, in either form.
pub(super) fn fields() -> Vec<&'static str> {
    [&OTHERS[..], &CROSSWALK_AXES].concat()
}

/// Adds the rows of one table. A table with a field `axis` is long: a row a code and axis. One
/// without it has a column an axis, and a row a code.
pub(super) fn add(
    rows: Vec<TableRow>,
    fields: &[&'static str],
    table: &TableSpec,
    at: &Position,
    names: &MemberNames<'_>,
    all: &mut CrosswalkRows,
    findings: &mut Findings,
) {
    let heading = |field: &str| match table.columns.get(field) {
        Some(headings) => headings.each().join(" or "),
        None => field.replace('_', " "),
    };
    let mut may_be_filled_in = true;
    for mut row in rows {
        let number = |field: &str| fields.iter().position(|known| *known == field);
        let has = |field: &str| number(field).is_some_and(|at| row.has[at]);
        let is_long = ["axis", "to", "gap"].into_iter().any(has);
        may_be_filled_in &= is_long || has("not_spending") || CROSSWALK_AXES.into_iter().any(has);
        let position = row.position.clone();
        let mut take = |field: &str| number(field).map(|at| row.take(at)).unwrap_or_default();
        let (ledger, code) = (take("ledger"), take("code"));
        let (weight, class) = (take("weight"), take("class"));
        if is_long {
            all.placed.push(CrosswalkRow {
                ledger,
                axis: take("axis"),
                code,
                to: take("to"),
                weight,
                class,
                gap: take("gap"),
                position,
                ..CrosswalkRow::default()
            });
            continue;
        }
        let wide = WideRow {
            ledger,
            of: take("of"),
            code,
            cells: CROSSWALK_AXES.map(|axis| (axis, take(axis))).into(),
            weight,
            class,
            not_spending: take("not_spending"),
            note: take("note"),
            position,
        };
        if !wide.is_empty() {
            all.spread(&wide, names, heading, findings);
        }
    }
    if !may_be_filled_in {
        findings.push(Finding::fault(
            "no-such-column",
            at.clone(),
            "the crosswalk has no column that says what a code means".to_owned(),
            format!(
                "give it a column for each axis ({}), or the columns axis, code and to",
                list(&CROSSWALK_AXES, 0)
            ),
        ));
    }
}
