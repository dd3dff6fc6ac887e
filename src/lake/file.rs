//! One file on an engine: its texts, its dimensions, its groups, and what they are held against.

use super::LakeError;
use super::amounts::Amounts;
use super::asked::Asked;
use super::classes::Classes;
use super::engine::{Column, EngineError, Holds};
use super::groups::{Apart, Groups, may_be_sums};
use super::headings;
use super::query::{Amount, Dimension, Key, Sum};
use crate::axis::{Period, Placed};
use crate::ledger::{FileElsewhere, LedgerSpec};
use crate::place::{LedgerPlan, Place};
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
    let header = headings::header(asked, spec, &columns)?;
    let mut file = FileElsewhere::of(spec, shown, &header).map_err(refused)?;
    let rows = asked.whole(Amount::None)?;
    let mut taken = Sum::default();
    let is_numbers = |at: usize| {
        let holds = columns.get(at).map(|column| &column.holds);
        matches!(holds, Some(Holds::WholeNumbers | Holds::Pounds))
    };
    let mut from = 1;
    loop {
        let mut moved = None;
        if !is_numbers(file.amount_column()) {
            asked.between = (from > 1).then_some((from, END));
            let mut again = headings::again(asked, &file, &columns)?;
            moved = again.moved.take();
            if let Some(header) = &moved {
                asked.between = Some((from, header.row));
                again = headings::again(asked, &file, &columns)?;
            }
            again.note(&mut file);
        }
        taken.add(&part(asked, place, plan, &mut file, &columns)?);
        let Some(header) = moved else { break };
        file.turn_to(&header).map_err(refused)?;
        from = header.row;
    }
    asked.between = None;
    asked.agree("all parts between headings", &rows, &taken)?;
    // What changed while it was asked was not asked about as a whole.
    if asked.open()? != columns {
        let what = "columns that changed while it was asked".to_owned();
        return Err(asked.failed(EngineError::Disagrees(what)));
    }
    let again = asked.whole(Amount::None)?;
    asked.agree("the file asked again", &rows, &again)?;
    Ok(file)
}

/// More rows than any file has.
const END: u64 = 1 << 40;

/// Groups the rows that are asked about, which stand under one row of headings. Gives how many there are.
fn part(
    asked: &mut Asked<'_>,
    place: &Place,
    plan: &LedgerPlan,
    file: &mut FileElsewhere<'_>,
    columns: &[Column],
) -> Result<Sum, LakeError> {
    let refused = |why: String| LakeError::Refused {
        ledger: plan.id.clone(),
        why,
    };
    let told_by = file.told_by();
    let others = (told_by.iter().copied()).chain(file.amount_columns().into_iter().skip(1));
    fits(columns, file.amount_column(), others, &asked.file.shown).map_err(refused)?;

    let rows = asked.whole(Amount::None)?;
    let amounts = Amounts::of(asked, columns, file, &rows)?;
    let mut dimensions = BTreeMap::new();
    let mut keys = Vec::new();
    for &column in &told_by {
        let (texts, sums): (Vec<String>, Vec<Sum>) =
            asked.texts(&[column], Amount::None)?.into_iter().unzip();
        let mut all = Sum::default();
        sums.iter().for_each(|sum| all.add(sum));
        let heading = columns.get(column).map_or("", |column| &column.heading);
        asked.agree(&format!("the texts of `{heading}`"), &rows, &all)?;
        let classes = Classes::of(place, plan, file, column, &texts)?;
        let name = asked.dimension(&format!("c{column}"));
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
    keys.push(Key::Filled {
        columns: file.others().collect(),
        most: file.most_filled(),
    });
    let apart = Apart {
        told_by,
        shown: dimensions,
        keys,
    };
    let names: Vec<String> = columns.iter().map(|of| of.heading.clone()).collect();
    if file.has_rows_above() {
        file.note_names(&names);
    }
    let mut between = Vec::new();
    if file.has_top() {
        between.push(file.lines_from());
    }
    let mut groups = Groups::of(asked, &apart, &amounts, &between)?;
    let mut rows_of = groups.rows(asked, &apart, &amounts)?;
    if file.has_top() {
        let before = file.lines_from();
        file.note_lines_above(rows_of.iter().map(|(group, _)| group));
        if file.lines_from() < before {
            between = vec![file.lines_from()];
            groups = Groups::of(asked, &apart, &amounts, &between)?;
            rows_of = groups.rows(asked, &apart, &amounts)?;
        }
    }
    let sums = may_be_sums(asked, file, &rows_of, columns.len())?;
    if !sums.is_empty() {
        between.extend(sums.keys().flat_map(|&row| [row, row + 1]));
        between.sort_unstable();
        between.dedup();
        groups = Groups::of(asked, &apart, &amounts, &between)?;
        rows_of = groups.rows(asked, &apart, &amounts)?;
    }
    let mut of_kinds: BTreeMap<usize, Sum> = BTreeMap::new();
    let mut by_time: BTreeMap<Placed<Period>, Sum> = BTreeMap::new();
    let mut in_order = Vec::with_capacity(rows_of.len());
    for (group, kind) in rows_of {
        let sum = Sum {
            rows: group.rows,
            pence: group.pence,
            credits: group.credits,
            largest: group.largest,
            first: None,
        };
        of_kinds.entry(kind).or_default().add(&sum);
        if let Some(column) = file.time_column() {
            let text = group.texts.get(&column).copied().unwrap_or_default();
            by_time.entry(file.time_of(text)).or_default().add(&sum);
        }
        in_order.push(group);
    }
    if file.has_rows_above() {
        file.take_names(&names).map_err(refused)?;
    }
    file.take_in_order(&in_order, &sums).map_err(refused)?;
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
            let found = by_time.get(period).unwrap_or(&none);
            asked.agree(&of, sum, found)?;
        }
    }
    let repeating = asked.repeating(columns.len(), amounts.amount)?;
    file.repeating(repeating.rows, repeating.pence, repeating.first);
    Ok(rows)
}

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
