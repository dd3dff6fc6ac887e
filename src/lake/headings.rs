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

/// Finds rows that hold the headings once more, as at the top of each page.
pub(super) fn headings_again(
    asked: &mut Asked<'_>,
    file: &mut FileElsewhere<'_>,
    columns: &[Column],
) -> Result<(), LakeError> {
    let column = file.amount_column();
    let heading = columns
        .get(column)
        .map_or("", |column| &column.heading)
        .to_owned();
    let mut texts = asked.texts(&[column], Amount::None)?;
    texts.retain(|(text, _)| file.may_be_heading(text));
    let rows: u64 = texts.iter().map(|(_, sum)| sum.rows).sum();
    if rows == 0 {
        return Ok(());
    }
    if rows > MOST {
        // A column of other things than amounts: of headings, that of the amount stands in it.
        texts.retain(|(text, _)| file.is_heading_of_amount(text));
    }
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    for (text, sum) in &texts {
        *all.entry(text.trim().to_owned()).or_default() += sum.rows;
    }
    let mut headings: BTreeMap<String, u64> = BTreeMap::new();
    for (cells, sum) in whole_rows(asked, columns.len(), column, texts)? {
        let at = sum.first.map_or_else(String::new, |row| format!(":{row}"));
        let text = cells.get(column).map_or("", |text| text.trim());
        match file.header_again(&cells) {
            None => {}
            Some(true) => *headings.entry(text.to_owned()).or_default() += sum.rows,
            Some(false) => {
                return Err(asked.refused(format!(
                    "`{}{at}` has other headings than those above it, under `{heading}` among \
                     others, and an engine keeps the order of columns; divide the file there",
                    asked.file.shown
                )));
            }
        }
    }
    let mixed = headings
        .iter()
        .find(|(text, rows)| all.get(*text) != Some(rows));
    if mixed.is_some() {
        return Err(asked.refused(format!(
            "rows of `{}` have the heading of the amount under `{heading}` and are no headings; \
             correct them",
            asked.file.shown
        )));
    }
    let texts: BTreeSet<String> = headings.into_keys().collect();
    file.headings_are(texts);
    Ok(())
}

/// The different rows that have one of some texts in a column, with all their cells.
fn whole_rows(
    asked: &mut Asked<'_>,
    width: usize,
    column: usize,
    texts: Vec<(String, Sum)>,
) -> Result<Vec<(Vec<String>, Sum)>, LakeError> {
    let dimension = format!("{}_h{column}", asked.table);
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
