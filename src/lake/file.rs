//! One file on an engine: its texts, its dimensions, its groups, and its controls.

use super::classes::Classes;
use super::engine::{Column, Deadline, Engine, EngineError, Holds, Value};
use super::query::{Amount, Dimension, Key, Query, Sum};
use super::{Disagreement, LakeError, LakeFile};
use crate::axis::{Period, Placed};
use crate::ledger::{AmountKind, FileElsewhere, LedgerSpec, MANY, RowGroup};
use crate::place::{LedgerPlan, Place};
use std::collections::BTreeMap;

/// An engine that is asked about one file.
pub(super) struct Asked<'a> {
    pub(super) engine: &'a mut dyn Engine,
    pub(super) until: Deadline,
    pub(super) file: &'a LakeFile,
    pub(super) table: String,
}

impl Asked<'_> {
    fn failed(&self, source: EngineError) -> LakeError {
        LakeError::Engine {
            engine: self.engine.name().to_owned(),
            file: self.file.shown.clone(),
            source,
        }
    }

    fn open(&mut self) -> Result<Vec<Column>, LakeError> {
        (self.engine)
            .open(&self.file.location, &self.table, self.until)
            .map_err(|source| self.failed(source))
    }

    fn register(&mut self, dimension: &Dimension) -> Result<(), LakeError> {
        (self.engine)
            .register(dimension, self.until)
            .map_err(|source| self.failed(source))
    }

    fn sums(
        &mut self,
        keys: Vec<Key>,
        amount: Amount,
    ) -> Result<Vec<(Vec<Value>, Sum)>, LakeError> {
        if self.until.has_passed() {
            return Err(self.failed(EngineError::DeadlinePassed));
        }
        let query = Query {
            table: self.table.clone(),
            keys,
            amount,
        };
        (self.engine.run(&query, self.until))
            .and_then(|rows| query.sums(rows))
            .map_err(|source| self.failed(source))
    }

    /// The sum of the whole file.
    fn whole(&mut self, amount: Amount) -> Result<Sum, LakeError> {
        let sums = self.sums(Vec::new(), amount)?;
        Ok(sums.first().map_or_else(Sum::default, |(_, sum)| *sum))
    }

    /// The different texts of a column, each with its sum.
    fn texts(&mut self, column: usize, amount: Amount) -> Result<Vec<(String, Sum)>, LakeError> {
        let sums = self.sums(vec![Key::Text(column)], amount)?;
        let text = |(keys, sum): (Vec<Value>, Sum)| match keys.into_iter().next() {
            Some(Value::Text(text)) => Some((text, sum)),
            _ => None,
        };
        Ok(sums.into_iter().filter_map(text).collect())
    }

    /// Holds what one query gave against what another did.
    fn agree(&self, of: &str, expected: &Sum, found: &Sum) -> Result<(), LakeError> {
        let pairs = expected.figures().into_iter().zip(found.figures());
        for ((what, expected), (_, found)) in pairs {
            if expected != found {
                return Err(LakeError::EngineDisagrees(Box::new(Disagreement {
                    engine: self.engine.name().to_owned(),
                    file: self.file.shown.clone(),
                    of: of.to_owned(),
                    what,
                    expected,
                    found,
                })));
            }
        }
        Ok(())
    }
}

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
    let codes = told_by.iter().copied();
    fits(&columns, file.amount_column(), codes, shown).map_err(refused)?;

    let rows = asked.whole(Amount::None)?;
    let (amount, kind, control) = amounts(asked, &columns, &mut file)?;
    asked.agree("all amounts", &counted(rows, &control), &control)?;
    let mut dimensions = BTreeMap::new();
    let mut keys = Vec::new();
    for &column in &told_by {
        let (texts, sums): (Vec<String>, Vec<Sum>) =
            asked.texts(column, Amount::None)?.into_iter().unzip();
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
            column,
            dimension: name,
        });
        dimensions.insert(column, classes.shown);
    }
    keys.push(kind);
    let others: Vec<usize> = file.others().collect();
    if !others.is_empty() {
        keys.push(Key::Filled {
            columns: others,
            most: MANY,
        });
    }
    let groups = asked.sums(keys, amount.clone())?;
    let mut all = Sum::default();
    let mut by_time: BTreeMap<Placed<Period>, Sum> = BTreeMap::new();
    let is_text = matches!(amount, Amount::Known { .. });
    for (keys, sum) in &groups {
        let group = row_group(keys, sum, &told_by, &dimensions, is_text)
            .ok_or_else(|| asked.failed(EngineError::Disagrees(UNKNOWN_NUMBER.to_owned())))?;
        all.add(sum);
        if let Some(column) = file.time_column() {
            let text = group.texts.get(&column).copied().unwrap_or_default();
            by_time.entry(file.time_of(text)).or_default().add(sum);
        }
        file.take(&group).map_err(refused)?;
    }
    asked.agree("all groups", &control, &all)?;
    if let Some(column) = file.time_column() {
        let mut expected: BTreeMap<Placed<Period>, Sum> = BTreeMap::new();
        for (text, sum) in asked.texts(column, amount)? {
            expected.entry(file.time_of(&text)).or_default().add(&sum);
        }
        let none = Sum::default();
        for (period, sum) in &expected {
            let of = match period {
                Placed::On(period) => period.to_string(),
                Placed::Gap(_) => "no period".to_owned(),
            };
            asked.agree(&of, sum, by_time.get(period).unwrap_or(&none))?;
        }
    }
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

/// The rows of a control, and all else of it, so that only the rows are compared.
fn counted(rows: Sum, control: &Sum) -> Sum {
    Sum {
        rows: rows.rows,
        ..*control
    }
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
        if matches!(column.holds, Holds::Other(_) | Holds::Pounds) {
            return Err(format!(
                "what stands in `{shown}` under `{}` has no plain text that every engine agrees \
                 on; write it as texts",
                column.heading
            ));
        }
    }
    Ok(())
}

/// How the amounts are added up, what tells their kinds apart, and the sum of the file by a query
/// without any join.
fn amounts(
    asked: &mut Asked<'_>,
    columns: &[Column],
    file: &mut FileElsewhere<'_>,
) -> Result<(Amount, Key, Sum), LakeError> {
    let column = file.amount_column();
    if columns
        .get(column)
        .is_some_and(|of| of.holds != Holds::Texts)
    {
        let amount = Amount::Pounds {
            column,
            negated: file.income_is_positive(),
        };
        let kind = Key::Filled {
            columns: vec![column],
            most: 1,
        };
        let control = asked.whole(amount.clone())?;
        return Ok((amount, kind, control));
    }
    // Each different text is read here, once, by the code that reads files; the sum is made here too.
    let mut control = Sum::default();
    let mut rows = Vec::new();
    for (text, sum) in asked.texts(column, Amount::None)? {
        let read = file.amount(&text);
        if read.kind == AmountKind::Read {
            file.rounded(read.taken, sum.rows);
        }
        control.add(&Sum::of(read.pence, sum.rows));
        let kind = AmountKind::ALL.iter().position(|kind| *kind == read.kind);
        rows.push((text, number(kind.unwrap_or_default()), read.pence));
    }
    let name = format!("{}_amounts", asked.table);
    asked.register(&Dimension {
        name: name.clone(),
        rows,
    })?;
    let kind = Key::Number {
        column,
        dimension: name.clone(),
    };
    let amount = Amount::Known {
        column,
        dimension: name,
    };
    Ok((amount, kind, control))
}

/// A group with the texts that its numbers stand for.
fn row_group<'a>(
    keys: &[Value],
    sum: &Sum,
    told_by: &[usize],
    dimensions: &'a BTreeMap<usize, Vec<String>>,
    amounts_are_texts: bool,
) -> Option<RowGroup<'a>> {
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
    let kind = match (amounts_are_texts, kind) {
        (true, kind) => *AmountKind::ALL.get(kind)?,
        (false, 0) => AmountKind::Empty,
        (false, 1) => AmountKind::Read,
        _ => return None,
    };
    let filled = match keys.len() > told_by.len() + 1 {
        true => number(told_by.len() + 1)?,
        false => 0,
    };
    Some(RowGroup {
        texts,
        kind,
        filled,
        rows: sum.rows,
        pence: sum.pence,
        credits: sum.credits,
    })
}
