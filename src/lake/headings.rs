//! Headings that stand below the first row of a file, and headings that stand there once more: told from
//! the few rows that may hold them, each asked for whole.

use super::LakeError;
use super::asked::Asked;
use super::engine::{Column, Value};
use super::query::{Amount, Dimension, Key, Rows, Sum};
use crate::ledger::{FileElsewhere, HeaderRow, HeadingSearch, LedgerSpec};
use std::collections::{BTreeMap, BTreeSet};

/// More rows than this that may be headings are not asked for.
const MOST: u64 = 10_000;

/// The row that holds the headings of a file.
pub(super) fn header(
    asked: &mut Asked<'_>,
    spec: &LedgerSpec,
    columns: &[Column],
) -> Result<HeaderRow, LakeError> {
    let search = HeadingSearch::of(spec);
    let names: Vec<String> = columns
        .iter()
        .map(|column| column.heading.clone())
        .collect();
    if search.is_header(&names) {
        return Ok(HeaderRow {
            row: 1,
            cells: names,
        });
    }
    let shown = asked.file.shown.clone();
    if !asked.numbers_rows() {
        return Err(asked.refused(format!(
            "the names of the columns of `{shown}` are no headings that the layout gives for \
             `amount` together with another, and the {} engine numbers no rows, which tells what \
             stands above headings further down; write the headings as the names of the columns",
            asked.engine.name()
        )));
    }
    let mut found: Option<HeaderRow> = None;
    for column in 0..columns.len() {
        let texts = asked.texts(&[column], Amount::None)?;
        let of_amount = texts
            .into_iter()
            .filter(|(text, _)| search.is_of_amount(text));
        let of_amount: Vec<(String, Sum)> = of_amount.collect();
        if of_amount.is_empty() {
            continue;
        }
        for (cells, sum) in whole_rows(asked, columns.len(), column, of_amount)? {
            let row = sum.first.unwrap_or(u64::MAX);
            if search.is_header(&cells) && found.as_ref().is_none_or(|known| row < known.row) {
                found = Some(HeaderRow { row, cells });
            }
        }
    }
    found.ok_or_else(|| {
        asked.refused(format!(
            "no row of `{shown}` has a heading that the layout gives for `amount` together with \
             another of the layout"
        ))
    })
}

/// What rows further down hold headings.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// Texts in the column of amounts whose rows are the headings once more.
    texts: BTreeSet<String>,
    /// The first row of headings that give other columns.
    pub(super) moved: Option<HeaderRow>,
}

/// Finds rows that hold headings once more, as at the top of each page, or others.
pub(super) fn again(
    asked: &mut Asked<'_>,
    file: &FileElsewhere<'_>,
    columns: &[Column],
) -> Result<Again, LakeError> {
    let column = file.amount_column();
    let mut texts = asked.texts(&[column], Amount::None)?;
    // Under the heading of the amount stands another, or nothing where the columns are others.
    texts.retain(|(text, _)| text.trim().is_empty() || file.may_be_heading(text));
    let rows: u64 = texts.iter().map(|(_, sum)| sum.rows).sum();
    if rows > MOST {
        // A column of other things than amounts: of headings, that of the amount stands in it.
        texts.retain(|(text, _)| file.is_heading_of_amount(text));
    }
    let mut found = Again::default();
    if texts.is_empty() {
        return Ok(found);
    }
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    for (text, sum) in &texts {
        *all.entry(text.trim().to_owned()).or_default() += sum.rows;
    }
    let mut headings: BTreeMap<String, u64> = BTreeMap::new();
    for (cells, sum) in whole_rows(asked, columns.len(), column, texts)? {
        let text = cells.get(column).map_or("", |text| text.trim());
        match (file.header_again(&cells), sum.first) {
            (None, _) => {}
            (Some(true), _) => *headings.entry(text.to_owned()).or_default() += sum.rows,
            (Some(false), Some(row)) => {
                if found.moved.as_ref().is_none_or(|known| row < known.row) {
                    found.moved = Some(HeaderRow { row, cells });
                }
            }
            (Some(false), None) => {
                return Err(asked.refused(format!(
                    "a row of `{}` has other headings than its first, `{}` among them, and the {} \
                     engine numbers no rows, which tells what stands below; divide the file there",
                    asked.file.shown,
                    file.amount_heading(),
                    asked.engine.name()
                )));
            }
        }
    }
    // Where headings move, these rows are looked at once more, up to there.
    let mixed = headings
        .iter()
        .any(|(text, rows)| all.get(text) != Some(rows));
    if mixed && found.moved.is_none() {
        return Err(asked.refused(format!(
            "rows of `{}` have a heading under `{}` and are no headings; correct them",
            asked.file.shown,
            file.amount_heading()
        )));
    }
    found.texts = headings.into_keys().collect();
    Ok(found)
}

impl Again {
    /// Notes which texts are headings.
    pub(super) fn note(self, file: &mut FileElsewhere<'_>) {
        file.headings_are(self.texts);
    }
}

/// The different rows that have one of some texts in a column, with all their cells.
fn whole_rows(
    asked: &mut Asked<'_>,
    width: usize,
    column: usize,
    texts: Vec<(String, Sum)>,
) -> Result<Vec<(Vec<String>, Sum)>, LakeError> {
    let dimension = asked.dimension(&format!("h{column}"));
    asked.register(&Dimension {
        name: dimension.clone(),
        rows: texts.into_iter().map(|(text, _)| (text, 0, 0)).collect(),
    })?;
    let mut keys: Vec<Key> = (0..width).map(|at| Key::Text(vec![at])).collect();
    keys.push(Key::Number {
        columns: vec![column],
        dimension,
    });
    let sums = asked.sums_in_order(Rows::All, keys, Amount::None)?;
    let texts = |(keys, sum): (Vec<Value>, Sum)| {
        let cells = keys.into_iter().filter_map(|key| match key {
            Value::Text(text) => Some(text),
            _ => None,
        });
        (cells.collect(), sum)
    };
    Ok(sums.into_iter().map(texts).collect())
}
