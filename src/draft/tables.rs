//! The tables of a pack as a draft writes them: rows by their headings, so that they can be added to a
//! table whose columns somebody has put into another order.

use super::bodies;
use super::plan::Draft;
use super::reading::CodeSum;
use crate::money::Pence;
use crate::sheet::{marked, unmarked};
use crate::worklist::{CodeRow, CodeSheet};
use std::collections::{BTreeMap, BTreeSet};

/// The list of activities to start with.
pub(super) const ACTIVITIES: &str = include_str!("activities.csv");

/// A row: the text of each heading.
pub(super) type Row = Vec<(&'static str, String)>;

pub(super) const PARTNERS: [&str; 3] = ["code", "name", "level"];
pub(super) const BODIES: [&str; 4] = ["ledger", "axis", "code", "to"];
pub(super) const COUNTERPARTIES: [&str; 9] = [
    "ledger", "match", "text", "partner", "kind", "decided", "lines", "pounds", "note",
];

/// A table as CSV.
pub(super) fn csv(headings: &[&str], rows: &[Row]) -> Vec<u8> {
    let mut out = String::new();
    push(&mut out, headings.iter().copied(), ',');
    for row in rows {
        let cell = |heading: &&str| {
            row.iter()
                .find(|(own, _)| own == heading)
                .map_or("", |(_, text)| text.as_str())
        };
        push(&mut out, headings.iter().map(cell), ',');
    }
    // Excel takes a text of more than ASCII for another encoding without this mark.
    if out.is_ascii() {
        return out.into_bytes();
    }
    format!("\u{feff}{out}").into_bytes()
}

/// Adds a record to a text.
pub(super) fn push<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>, delimiter: char) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(delimiter);
        }
        let bare = !cell.contains([',', ';', '\t', '|', '"', '\n', '\r', delimiter])
            && cell.trim().len() == cell.len();
        if bare {
            out.push_str(cell);
        } else {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        }
    }
    out.push('\n');
}

/// Partners of the ledgers, each once.
pub(super) fn partners(draft: &Draft) -> Vec<Row> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let rows = draft
        .ledgers
        .iter()
        .flat_map(|ledger| match ledger.proposal.bodies.as_slice() {
            [] => vec![partner(&ledger.named.code, &ledger.named.name)],
            several => partners_of(several)
                .into_iter()
                .chain(
                    (ledger.proposal.some_unsaid)
                        .then(|| partner(&ledger.named.code, &ledger.named.name)),
                )
                .collect(),
        });
    rows.filter(|row| known.insert(row[0].1.clone())).collect()
}

/// The row of a partner.
pub(super) fn partner(code: &str, name: &str) -> Row {
    vec![
        ("code", code.to_owned()),
        ("name", name.to_owned()),
        ("level", "public-body".to_owned()),
    ]
}

/// The bodies that a column names, as partners. Two ways to write one name are one: the first.
pub(super) fn partners_of(names: &[String]) -> Vec<Row> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let different = names.iter().filter(|name| known.insert(bodies::key(name)));
    different
        .map(|name| partner(&bodies::code(name), &bodies::title(name)))
        .collect()
}

/// Which partner each name of a body is.
pub(super) fn bodies(names: &[String], id: &str) -> Vec<Row> {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let rows = names.iter().map(|name| {
        let code = first
            .entry(bodies::key(name))
            .or_insert_with(|| bodies::code(name));
        vec![
            ("ledger", id.to_owned()),
            ("axis", "partner".to_owned()),
            ("code", name.clone()),
            ("to", code.clone()),
        ]
    });
    rows.collect()
}

/// One row a code, with nothing filled in.
pub(super) fn codes(id: &str, codes: &[CodeSum]) -> Vec<CodeRow> {
    let row = |sum: &CodeSum| {
        let pence = Pence::from_wide(sum.pence).unwrap_or_default();
        CodeRow::new(id, &sum.code, sum.lines, pence, &sum.first)
    };
    codes.iter().map(row).collect()
}

/// The rows of a sheet of codes, to be added to one that is there.
pub(super) fn crosswalk(sheet: &CodeSheet) -> Vec<Row> {
    let rows = sheet.rows().iter().zip(sheet.running());
    rows.map(|(row, running)| {
        vec![
            ("ledger", row.ledger.clone()),
            ("code", marked(&row.code).into_owned()),
            ("lines", row.lines.to_string()),
            ("pounds", row.pence.to_plain()),
            (
                "running per cent",
                format!("{}.{}", running / 10, running % 10),
            ),
            ("first file and line", row.first.clone()),
        ]
    })
    .collect()
}

/// The code of a row of a crosswalk, as the files write it.
pub(super) fn code_of_row(cell: &str) -> String {
    unmarked(cell).replace("\\*", "*")
}

/// Public bodies that were paid, as rules that are not in force.
pub(super) fn counterparties(draft: &Draft, id: &str, own: &str, paid: &[CodeSum]) -> Vec<Row> {
    let known: BTreeMap<String, String> = partners(draft)
        .into_iter()
        .filter_map(|row| {
            let text = |heading: &str| {
                row.iter()
                    .find(|(own, _)| *own == heading)
                    .map(|(_, text)| text.clone())
            };
            Some((bodies::key(&text("name")?), text("code")?))
        })
        .collect();
    let row = |sum: &CodeSum| {
        let partner = known
            .get(&bodies::key(&sum.code))
            .cloned()
            .unwrap_or_else(|| bodies::code(&sum.code));
        let note = if partner == own {
            "paid to itself: reserves, recharges or an error"
        } else {
            ""
        };
        vec![
            ("ledger", id.to_owned()),
            ("match", "normalised".to_owned()),
            ("text", sum.code.clone()),
            ("partner", partner),
            ("lines", sum.lines.to_string()),
            ("pounds", plain_pounds(sum.pence)),
            ("note", note.to_owned()),
        ]
    };
    paid.iter().map(row).collect()
}

fn plain_pounds(pence: i128) -> String {
    Pence::from_wide(pence)
        .map(Pence::to_plain)
        .unwrap_or_default()
}
