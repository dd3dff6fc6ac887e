//! A window of rows, whose keys become numbers: what a text means is looked up once for each that is
//! different, and not for each row.

use super::engine::{EngineError, Value};
use super::query::{Amount, BETWEEN, Key, Query, Rows};
use crate::money::{ExcessDecimals, parse_amount, to_pence};
use crate::sheet::{AmountCell, Columns, Numbered};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Not;

/// A dimension: the number and the pence of each text.
pub(super) type Known = HashMap<String, (i64, i64)>;

/// The keys of a row.
pub(super) type RowKey = Box<[i64]>;

/// A query while it is answered: the texts that its keys stand for.
#[derive(Debug)]
pub(super) struct Answering {
    wanted: BTreeSet<usize>,
    /// Of each key that is a text, the texts by their numbers.
    texts: Vec<Option<Texts>>,
}

#[derive(Debug, Default)]
struct Texts {
    numbers: HashMap<String, i64>,
    in_order: Vec<String>,
}

impl Texts {
    fn number(&mut self, text: &str) -> i64 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let next = i64::try_from(self.in_order.len()).unwrap_or(i64::MAX);
        self.numbers.insert(text.to_owned(), next);
        self.in_order.push(text.to_owned());
        next
    }
}

/// What the rows of a window have of one thing: nothing where a join finds nothing.
struct OfRows {
    /// The number of the value of each row; none where each row has its own.
    ids: Option<Vec<u32>>,
    values: Vec<Option<i64>>,
}

impl OfRows {
    fn get(&self, row: usize) -> Option<i64> {
        let at = match &self.ids {
            Some(ids) => *ids.get(row)? as usize,
            None => row,
        };
        self.values.get(at).copied().flatten()
    }

    /// What a text in some columns says, asked once for each that is different.
    fn of_texts(
        columns: &Columns,
        places: &[usize],
        mut says: impl FnMut(&str) -> Option<i64>,
    ) -> Self {
        let text = |row: usize| {
            let mut all = String::new();
            for (number, &place) in places.iter().enumerate() {
                if number > 0 {
                    all.push(BETWEEN);
                }
                all.push_str(&columns.text(place, row));
            }
            all
        };
        match numbered(columns, places) {
            Some((ids, firsts)) => Self {
                ids: Some(ids),
                values: (firsts.iter())
                    .map(|&first| says(&text(first as usize)))
                    .collect(),
            },
            None => Self {
                ids: None,
                values: (0..columns.height()).map(|row| says(&text(row))).collect(),
            },
        }
    }

    fn of_each(values: impl Iterator<Item = i64>) -> Self {
        Self {
            ids: None,
            values: values.map(Some).collect(),
        }
    }
}

/// The numbers of the texts in some columns, and the first row of each.
fn numbered(columns: &Columns, places: &[usize]) -> Option<(Vec<u32>, Vec<u32>)> {
    let (first, rest) = places.split_first()?;
    let mut joined: Option<Numbered> = None;
    let first = columns.numbered(*first)?;
    for &place in rest {
        let next = columns.numbered(place)?;
        joined = Some(joined.as_ref().unwrap_or(first).pairs(next));
    }
    let all = joined.as_ref().unwrap_or(first);
    Some((all.ids().to_vec(), all.firsts().to_vec()))
}

impl Answering {
    pub(super) fn new(query: &Query) -> Self {
        let mut wanted = BTreeSet::new();
        for key in &query.keys {
            match key {
                Key::Text(columns) | Key::Number { columns, .. } | Key::Filled { columns, .. } => {
                    wanted.extend(columns.iter().copied())
                }
                Key::Row | Key::Segment(_) => {}
            }
        }
        match &query.amount {
            Amount::None => {}
            Amount::Known { columns, .. } => wanted.extend(columns.iter().copied()),
            Amount::Pounds { column, .. } => {
                wanted.insert(*column);
            }
        }
        if let Rows::Few { columns, .. } = &query.rows {
            wanted.extend(columns.iter().copied());
        }
        let texts = |key: &Key| matches!(key, Key::Text(_)).then(Texts::default);
        Self {
            wanted,
            texts: query.keys.iter().map(texts).collect(),
        }
    }

    /// The columns that are asked for.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> + use<> {
        self.wanted.clone().into_iter()
    }

    /// Visits each row of a window that all joins find.
    pub(super) fn window(
        &mut self,
        query: &Query,
        dimensions: &BTreeMap<String, Known>,
        columns: &Columns,
        before: usize,
        visit: &mut impl FnMut(&[i64], i64, u64),
    ) -> Result<(), EngineError> {
        let dimension = |name: &String| {
            let unknown = || EngineError::Refused(format!("nothing is called `{name}`"));
            dimensions.get(name).ok_or_else(unknown)
        };
        // The names of the columns are row 1.
        let number = |row: usize| (before + row) as u64 + 2;
        let mut keys = Vec::with_capacity(query.keys.len());
        for (key, texts) in query.keys.iter().zip(&mut self.texts) {
            keys.push(match (key, texts) {
                (Key::Text(places), Some(texts)) => {
                    OfRows::of_texts(columns, places, |text| Some(texts.number(text)))
                }
                (Key::Text(_), None) => OfRows::of_each(std::iter::empty()),
                (
                    Key::Number {
                        columns: places,
                        dimension: name,
                    },
                    _,
                ) => {
                    let known = dimension(name)?;
                    OfRows::of_texts(columns, places, |text| {
                        known.get(text).map(|(number, _)| *number)
                    })
                }
                (
                    Key::Filled {
                        columns: places,
                        most,
                    },
                    _,
                ) => filled(columns, places, *most),
                (Key::Row, _) => {
                    let rows = 0..columns.height();
                    OfRows::of_each(rows.map(|row| i64::try_from(number(row)).unwrap_or(i64::MAX)))
                }
                (Key::Segment(starts), _) => {
                    let at = |row| starts.partition_point(|&start| start <= number(row));
                    let rows = 0..columns.height();
                    OfRows::of_each(rows.map(|row| i64::try_from(at(row)).unwrap_or(i64::MAX)))
                }
            });
        }
        let pence = match &query.amount {
            Amount::None => None,
            Amount::Known {
                columns: places,
                dimension: name,
            } => {
                let known = dimension(name)?;
                Some(OfRows::of_texts(columns, places, |text| {
                    known.get(text).map(|(_, pence)| *pence)
                }))
            }
            Amount::Pounds { column, negated } => Some(pounds(columns, before, *column, *negated)?),
        };
        let few = match &query.rows {
            Rows::Few {
                columns: places,
                below,
            } => Some((filled(columns, places, *below), *below)),
            Rows::All | Rows::Repeating => None,
        };
        let mut of_row = vec![0; keys.len()];
        let (from, below) = query.between.unwrap_or((0, u64::MAX));
        'rows: for row in 0..columns.height() {
            if !(from..below).contains(&number(row)) {
                continue;
            }
            if let Some((filled, below)) = &few {
                let filled = filled.get(row).and_then(|n| usize::try_from(n).ok());
                if filled.is_none_or(|filled| filled >= *below) {
                    continue;
                }
            }
            for (key, values) in of_row.iter_mut().zip(&keys) {
                let Some(value) = values.get(row) else {
                    continue 'rows;
                };
                *key = value;
            }
            let pence = match &pence {
                None => 0,
                Some(pence) => match pence.get(row) {
                    Some(pence) => pence,
                    None => continue,
                },
            };
            visit(&of_row, pence, number(row));
        }
        Ok(())
    }

    /// The keys of an answer.
    pub(super) fn values(&mut self, keys: &[i64]) -> Result<Vec<Value>, EngineError> {
        let value = |(key, texts): (&i64, &Option<Texts>)| match texts {
            None => Ok(Value::Integer((*key).into())),
            Some(texts) => {
                let text = usize::try_from(*key)
                    .ok()
                    .and_then(|at| texts.in_order.get(at));
                let text =
                    text.ok_or_else(|| EngineError::Disagrees("the number of no text".to_owned()))?;
                Ok(Value::Text(text.clone()))
            }
        };
        keys.iter().zip(&self.texts).map(value).collect()
    }
}

/// How many of some columns are filled in each row, as far as it is told.
fn filled(columns: &Columns, places: &[usize], most: usize) -> OfRows {
    let mut filled = vec![0usize; columns.height()];
    for &place in places {
        if filled.iter().all(|&filled| filled >= most) {
            break;
        }
        let here = OfRows::of_texts(columns, &[place], |text| {
            text.trim().is_empty().not().then_some(1)
        });
        for (row, filled) in filled.iter_mut().enumerate() {
            *filled = (*filled + usize::from(here.get(row).is_some())).min(most);
        }
    }
    let told = filled.into_iter();
    OfRows::of_each(told.map(|filled| i64::try_from(filled).unwrap_or(i64::MAX)))
}

/// The pence of a column of numbers; of a cell without one, none.
fn pounds(
    columns: &Columns,
    before: usize,
    column: usize,
    negated: bool,
) -> Result<OfRows, EngineError> {
    let amounts = columns.amounts(column);
    let pence = |row: usize| {
        if let Some(AmountCell::Pence(pence)) = amounts.as_ref().map(|amounts| amounts.get(row)) {
            return Ok(pence);
        }
        let text = columns.text(column, row);
        if text.is_empty() {
            return Ok(0);
        }
        let read = parse_amount(&text).and_then(|pounds| to_pence(pounds, ExcessDecimals::Refuse));
        read.map(|(pence, _)| pence.get()).map_err(|error| {
            EngineError::Refused(format!("the amount of row {}: {error}", before + row + 2))
        })
    };
    let signed = |row: usize| pence(row).map(|pence| if negated { -pence } else { pence });
    let pence: Result<Vec<i64>, _> = (0..columns.height()).map(signed).collect();
    Ok(OfRows::of_each(pence?.into_iter()))
}
