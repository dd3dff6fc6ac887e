//! The groups of one file by the numbers of its texts, and the rows among them that may be sums of others.

use super::LakeError;
use super::amounts::{Amounts, pounds_taken};
use super::asked::Asked;
use super::engine::{EngineError, Value};
use super::query::{Amount, Key, Rows, Sum};
use crate::ledger::{FileElsewhere, MANY, MayBeSums, RowGroup};
use crate::text::counted;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// What rows of a file are told apart by.
#[derive(Debug)]
pub(super) struct Apart {
    /// The columns whose texts matter.
    pub(super) told_by: Vec<usize>,
    /// Of each of them what the numbers stand for.
    pub(super) shown: BTreeMap<usize, Vec<String>>,
    pub(super) keys: Vec<Key>,
}

/// The groups of a file, in the order of their first rows where these are numbered.
#[derive(Debug)]
pub(super) struct Groups {
    sums: Vec<(Vec<Value>, Sum)>,
    bare: Option<HashMap<Vec<Value>, i128>>,
    taken: Option<HashMap<Vec<Value>, i128>>,
}

const UNKNOWN_NUMBER: &str = "a number that no text has";

impl Groups {
    /// Asks for them, those above and below some rows apart.
    pub(super) fn of(
        asked: &mut Asked<'_>,
        apart: &Apart,
        amounts: &Amounts,
        between: &[u64],
    ) -> Result<Self, LakeError> {
        let mut keys = apart.keys.clone();
        if !between.is_empty() {
            keys.push(Key::Segment(between.to_vec()));
        }
        let mut sums = asked.sums_in_order(Rows::All, keys.clone(), amounts.amount.clone())?;
        let bare = asked.beside(&keys, amounts.bare.as_ref(), amounts.bare_control)?;
        let taken = asked.beside(&keys, amounts.taken.as_ref(), amounts.taken_control)?;
        sums.sort_unstable_by_key(|(_, sum)| sum.first);
        let mut all = Sum::default();
        sums.iter().for_each(|(_, sum)| all.add(sum));
        asked.agree("all groups", &amounts.control, &all)?;
        Ok(Self { sums, bare, taken })
    }

    /// Each with the texts that its numbers stand for, and the number of its kind.
    pub(super) fn rows<'g>(
        &self,
        asked: &Asked<'_>,
        apart: &'g Apart,
        amounts: &'g Amounts,
    ) -> Result<Vec<(RowGroup<'g>, usize)>, LakeError> {
        let rows = self.sums.iter().map(|(keys, sum)| {
            let (mut group, kind) = row_group(keys, sum, apart, amounts)?;
            if let Some(bare) = &self.bare {
                group.bare = *bare.get(keys)?;
            }
            if let Some(parts) = self.taken.as_ref().and_then(|taken| taken.get(keys)) {
                group.taken = pounds_taken(*parts)?;
            }
            Some((group, kind))
        });
        rows.collect::<Option<_>>()
            .ok_or_else(|| asked.failed(EngineError::Disagrees(UNKNOWN_NUMBER.to_owned())))
    }
}

fn row_group<'g>(
    keys: &[Value],
    sum: &Sum,
    apart: &'g Apart,
    amounts: &'g Amounts,
) -> Option<(RowGroup<'g>, usize)> {
    let number = |at: usize| match keys.get(at) {
        Some(Value::Integer(number)) => usize::try_from(*number).ok(),
        _ => None,
    };
    let mut texts = BTreeMap::new();
    for (at, column) in apart.told_by.iter().enumerate() {
        let shown = apart.shown.get(column)?.get(number(at)?)?;
        texts.insert(*column, shown.as_str());
    }
    let kind = number(apart.told_by.len())?;
    let group = RowGroup {
        texts,
        class: amounts.classes.get(kind)?,
        filled: number(apart.told_by.len() + 1)?,
        rows: sum.rows,
        pence: sum.pence,
        bare: sum.pence,
        credits: sum.credits,
        largest: sum.largest,
        taken: Decimal::ZERO,
        first: sum.first,
    };
    Some((group, kind))
}

/// The rows that may be sums of rows above them; the order of rows tells whether they are.
pub(super) fn may_be_sums(
    asked: &mut Asked<'_>,
    file: &mut FileElsewhere<'_>,
    groups: &[(RowGroup<'_>, usize)],
    width: usize,
) -> Result<MayBeSums, LakeError> {
    /// Each makes groups of its own.
    const MOST_SUMS: usize = 64;
    const MOST_ROWS: u64 = 10_000;
    let mut sums = MayBeSums::new();
    let candidates: Vec<&RowGroup<'_>> = (groups.iter().map(|(group, _)| group))
        .filter(|group| file.may_be_sums(group))
        .collect();
    if candidates.is_empty() {
        return Ok(sums);
    }
    let rows: u64 = candidates.iter().map(|group| group.rows).sum();
    let first = candidates.iter().filter_map(|group| group.first).min();
    let heading = file.amount_heading().to_owned();
    let refused = |asked: &Asked<'_>, rows: u64, first: Option<u64>, why: &str| {
        let at = first.map_or_else(String::new, |row| format!(":{row}"));
        asked.refused(format!(
            "{} of `{}{at}` {} words of a total, or few cells, beside the amount under `{}` and may \
             be sums of the rows above, {why}; take them out of the file, or say what rows of an \
             amount alone are in `amounts_alone` of the layout",
            counted(rows, "row"),
            asked.file.shown,
            if rows == 1 { "has" } else { "have" },
            heading,
        ))
    };
    if first.is_none() {
        let why = format!(
            "which are told by their order, and the {} engine numbers no rows",
            asked.engine.name()
        );
        return Err(refused(asked, rows, first, &why));
    }
    let few = |group: &RowGroup<'_>| group.filled < MANY;
    let all_few = groups.iter().filter(|(group, _)| few(group));
    let all_few: u64 = all_few.map(|(group, _)| group.rows).sum();
    let several = candidates.iter().any(|group| !few(group) && group.rows > 1);
    if several || all_few > MOST_ROWS {
        return Err(refused(
            asked,
            rows,
            first,
            "and are too many to be looked at one by one",
        ));
    }
    // Those with many cells are single rows: what matters of them is known.
    for group in candidates.iter().filter(|group| !few(group)) {
        let cell = |at: usize| {
            group
                .texts
                .get(&at)
                .map_or_else(String::new, |t| (*t).to_owned())
        };
        let mut cells: Vec<String> = (0..width).map(cell).collect();
        if let Some(amount) = cells.get_mut(file.amount_column()) {
            // Any amount: what it is is known.
            *amount = "1".to_owned();
        }
        let looks = file.looks(&cells);
        sums.extend(group.first.zip(looks));
    }
    let mut keys: Vec<Key> = (0..width).map(|at| Key::Text(vec![at])).collect();
    keys.push(Key::Row);
    let only = Rows::Few {
        columns: file.others().collect(),
        below: MANY,
    };
    for (keys, _) in asked.sums_in_order(only, keys, Amount::None)? {
        let row = match keys.last() {
            Some(Value::Integer(row)) => u64::try_from(*row).ok(),
            _ => None,
        };
        let cells = keys.into_iter().filter_map(|key| match key {
            Value::Text(text) => Some(text),
            _ => None,
        });
        let cells: Vec<String> = cells.collect();
        if row.is_some_and(|row| row >= file.lines_from()) {
            sums.extend(row.zip(file.looks(&cells)));
        }
    }
    if sums.len() > MOST_SUMS {
        let first = sums.keys().next().copied();
        let rows = u64::try_from(sums.len()).unwrap_or(u64::MAX);
        return Err(refused(
            asked,
            rows,
            first,
            "and are too many to be taken apart",
        ));
    }
    Ok(sums)
}
