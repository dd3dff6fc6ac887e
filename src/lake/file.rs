//! One file on an engine: its texts, its dimensions, its groups, and what they are held against.

use super::LakeError;
use super::amounts::{Amounts, pounds_taken};
use super::asked::Asked;
use super::classes::Classes;
use super::engine::{Column, EngineError, Holds, Value};
use super::query::{Amount, Dimension, Key, Sum};
use crate::axis::{Period, Placed};
use crate::ledger::{FileElsewhere, LedgerSpec, MANY, RowGroup};
use crate::place::{LedgerPlan, Place};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Groups one file where it lies.
pub(super) fn grouped<'a>(
    asked: &mut Asked<'_>,
    place: &Place,
    plan: &LedgerPlan,
    spec: &'a LedgerSpec,
    shown: &'a str,
) -> Result<FileElsewhere<'a>, LakeError> {
    let refused = |why: String| LakeError::Refused {
        ledger: plan.id.clone(),
        why,
    };
    let columns = asked.open()?;
    let headings: Vec<String> = (columns.iter())
        .map(|column| column.heading.clone())
        .collect();
    let mut file = FileElsewhere::of(spec, shown, &headings).map_err(refused)?;
    let told_by = file.told_by();
    let others = (told_by.iter().copied()).chain(file.amount_columns().into_iter().skip(1));
    fits(&columns, file.amount_column(), others, shown).map_err(refused)?;

    let rows = asked.whole(Amount::None)?;
    let amounts = Amounts::of(asked, &columns, &mut file, &rows)?;
    let mut dimensions = BTreeMap::new();
    let mut keys = Vec::new();
    for &column in &told_by {
        let (texts, sums): (Vec<String>, Vec<Sum>) =
            asked.texts(&[column], Amount::None)?.into_iter().unzip();
        let mut all = Sum::default();
        sums.iter().for_each(|sum| all.add(sum));
        let heading = headings.get(column).map_or("", String::as_str);
        asked.agree(&format!("the texts of `{heading}`"), &rows, &all)?;
        let classes = Classes::of(place, plan, &mut file, column, &texts)?;
        let name = format!("{}_c{column}", asked.table);
        let numbered = texts.into_iter().zip(&classes.of);
        asked.register(&Dimension {
            rows: numbered
                .map(|(text, &class)| (text, number(class), 0))
                .collect(),
            name: name.clone(),
        })?;
        keys.push(Key::Number {
            columns: vec![column],
            dimension: name,
        });
        dimensions.insert(column, classes.shown);
    }
    keys.push(amounts.kind.clone());
    let others: Vec<usize> = file.others().collect();
    if !others.is_empty() {
        keys.push(Key::Filled {
            columns: others,
            most: MANY,
        });
    }
    let mut groups = asked.sums_in_order(keys.clone(), amounts.amount.clone())?;
    let bare = asked.beside(&keys, amounts.bare.as_ref(), amounts.bare_control)?;
    let taken = asked.beside(&keys, amounts.taken.as_ref(), amounts.taken_control)?;
    // As reading the file would meet them.
    groups.sort_unstable_by_key(|(_, sum)| sum.first);
    let mut all = Sum::default();
    let mut of_kinds: BTreeMap<usize, Sum> = BTreeMap::new();
    let mut by_time: BTreeMap<Placed<Period>, Sum> = BTreeMap::new();
    let unknown = || EngineError::Disagrees(UNKNOWN_NUMBER.to_owned());
    for (keys, sum) in &groups {
        let (mut group, kind) = row_group(keys, sum, &told_by, &dimensions, &amounts)
            .ok_or_else(|| asked.failed(unknown()))?;
        if let Some(bare) = &bare {
            group.bare = *bare.get(keys).ok_or_else(|| asked.failed(unknown()))?;
        }
        let parts = taken.as_ref().and_then(|taken| taken.get(keys));
        if let Some(parts) = parts {
            group.taken = pounds_taken(*parts).ok_or_else(|| asked.failed(unknown()))?;
        }
        all.add(sum);
        of_kinds.entry(kind).or_default().add(sum);
        if let Some(column) = file.time_column() {
            let text = group.texts.get(&column).copied().unwrap_or_default();
            by_time.entry(file.time_of(text)).or_default().add(sum);
        }
        file.take(&group).map_err(refused)?;
    }
    asked.agree("all groups", &amounts.control, &all)?;
    let none = Sum::default();
    for (kind, expected) in &amounts.of_kinds {
        let of = amounts
            .classes
            .get(*kind)
            .map_or("", |class| class.in_words());
        let found = of_kinds.get(kind).unwrap_or(&none);
        asked.agree(&format!("rows {of}"), expected, found)?;
    }
    if let Some(column) = file.time_column() {
        let mut expected: BTreeMap<Placed<Period>, Sum> = BTreeMap::new();
        for (text, sum) in asked.texts(&[column], amounts.amount.clone())? {
            expected.entry(file.time_of(&text)).or_default().add(&sum);
        }
        for (period, sum) in &expected {
            let of = match period {
                Placed::On(period) => period.to_string(),
                Placed::Gap(_) => "no period".to_owned(),
            };
            asked.agree(&of, sum, by_time.get(period).unwrap_or(&none))?;
        }
    }
    let repeating = asked.repeating(columns.len(), amounts.amount)?;
    file.repeating(repeating.rows, repeating.pence, repeating.first);
    // What changed while it was asked was not asked about as a whole.
    if asked.open()? != columns {
        let what = "columns that changed while it was asked".to_owned();
        return Err(asked.failed(EngineError::Disagrees(what)));
    }
    let again = asked.whole(Amount::None)?;
    asked.agree("the file asked again", &rows, &again)?;
    Ok(file)
}

const UNKNOWN_NUMBER: &str = "a number that no text has";

fn number(class: usize) -> i64 {
    i64::try_from(class).unwrap_or(i64::MAX)
}

/// Whether what stands in the columns can be counted and added up as it is.
fn fits(
    columns: &[Column],
    amount: usize,
    codes: impl Iterator<Item = usize>,
    shown: &str,
) -> Result<(), String> {
    let of = |at: usize| columns.get(at);
    if let Some(Column {
        heading,
        holds: Holds::Other(what),
    }) = of(amount)
    {
        return Err(format!(
            "the amounts of `{shown}` under `{heading}` are {what}; write them as decimals of two \
             digits after the point, or as texts"
        ));
    }
    for column in codes.filter_map(of) {
        if matches!(
            column.holds,
            Holds::Other(_) | Holds::Floats | Holds::Pounds
        ) {
            return Err(format!(
                "what stands in `{shown}` under `{}` has no plain text that every engine agrees \
                 on; write it as texts",
                column.heading
            ));
        }
    }
    Ok(())
}

/// A group with the texts that its numbers stand for, and the number of its kind.
fn row_group<'a>(
    keys: &[Value],
    sum: &Sum,
    told_by: &[usize],
    dimensions: &'a BTreeMap<usize, Vec<String>>,
    amounts: &'a Amounts,
) -> Option<(RowGroup<'a>, usize)> {
    let number = |at: usize| match keys.get(at) {
        Some(Value::Integer(number)) => usize::try_from(*number).ok(),
        _ => None,
    };
    let mut texts = BTreeMap::new();
    for (at, column) in told_by.iter().enumerate() {
        let shown = dimensions.get(column)?.get(number(at)?)?;
        texts.insert(*column, shown.as_str());
    }
    let kind = number(told_by.len())?;
    let filled = match keys.len() > told_by.len() + 1 {
        true => number(told_by.len() + 1)?,
        false => 0,
    };
    let group = RowGroup {
        texts,
        class: amounts.classes.get(kind)?,
        filled,
        rows: sum.rows,
        pence: sum.pence,
        bare: sum.pence,
        credits: sum.credits,
        taken: Decimal::ZERO,
        first: sum.first,
    };
    Some((group, kind))
}
