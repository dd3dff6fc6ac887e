//! The engine that is there without any server: the same queries over the same files, with the
//! crate's own reader of Parquet. What others give is held against it in tests.

use super::engine::{Column, Deadline, Engine, EngineError, Holds, Value};
use super::query::{Amount, Dimension, Key, Query, Sum};
use crate::sheet::{self, Cells, Source};
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::Path;

/// Reads files on this machine. Every column holds texts to it.
#[derive(Debug, Default)]
pub struct Embedded {
    tables: BTreeMap<String, Source>,
    dimensions: BTreeMap<String, HashMap<String, (i64, i64)>>,
}

impl Embedded {
    /// An engine that knows no files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

/// A key of a row, from its cells.
enum Told<'a> {
    Text(usize),
    Number(usize, &'a HashMap<String, (i64, i64)>),
    Filled(&'a [usize], usize),
}

impl Told<'_> {
    /// Nothing where a join finds nothing.
    fn of(&self, cells: Cells<'_>) -> Option<Value> {
        let text = |column: usize| cells.get(column).unwrap_or_default();
        match self {
            Self::Text(column) => Some(Value::Text(text(*column).to_owned())),
            Self::Number(column, known) => {
                let (number, _) = known.get(text(*column))?;
                Some(Value::Integer((*number).into()))
            }
            Self::Filled(columns, most) => {
                let filled = columns.iter().filter(|&&at| !text(at).trim().is_empty());
                let filled = filled.count().min(*most);
                Some(Value::Integer(i128::try_from(filled).unwrap_or(i128::MAX)))
            }
        }
    }
}

impl Engine for Embedded {
    fn name(&self) -> &str {
        "embedded"
    }

    fn open(
        &mut self,
        location: &str,
        table: &str,
        _until: Deadline,
    ) -> Result<Vec<Column>, EngineError> {
        let path = Path::new(location);
        let source = sheet::open(path, location, &sheet::ReadOptions::default())
            .map_err(|error| EngineError::Refused(error.to_string()))?;
        let mut columns = Vec::new();
        if let Some(first) = source.sheets().first() {
            let _ = first.rows(|_, cells| {
                columns = (cells.iter())
                    .map(|heading| Column {
                        heading: heading.to_owned(),
                        holds: Holds::Texts,
                    })
                    .collect();
                ControlFlow::Break(())
            });
            for (at, column) in columns.iter_mut().enumerate() {
                if let Some(error) = first.unread(location, at) {
                    column.holds = Holds::Other(error.to_string());
                }
            }
        }
        self.tables.insert(table.to_owned(), source);
        Ok(columns)
    }

    fn register(&mut self, dimension: &Dimension, _until: Deadline) -> Result<(), EngineError> {
        let rows = dimension.rows.iter();
        let rows = rows.map(|(text, number, pence)| (text.clone(), (*number, *pence)));
        (self.dimensions).insert(dimension.name.clone(), rows.collect());
        Ok(())
    }

    fn run(&mut self, query: &Query, until: Deadline) -> Result<Vec<Vec<Value>>, EngineError> {
        /// How many rows between looks at the clock.
        const LOOK: u64 = 1 << 12;
        let unknown = |name: &str| EngineError::Refused(format!("nothing is called `{name}`"));
        let dimension = |name: &String| self.dimensions.get(name).ok_or_else(|| unknown(name));
        let told = |key| {
            Ok(match key {
                &Key::Text(column) => Told::Text(column),
                Key::Number {
                    column,
                    dimension: name,
                } => Told::Number(*column, dimension(name)?),
                Key::Filled { columns, most } => Told::Filled(columns, *most),
            })
        };
        let told: Vec<Told<'_>> = (query.keys.iter().map(told)).collect::<Result<_, _>>()?;
        let amounts = match &query.amount {
            Amount::None => None,
            Amount::Known {
                column,
                dimension: name,
            } => Some((*column, dimension(name)?)),
            Amount::Pounds { .. } => {
                let why = "every column holds texts here, and none pounds";
                return Err(EngineError::Refused(why.to_owned()));
            }
        };
        let source = (self.tables.get(&query.table)).ok_or_else(|| unknown(&query.table))?;
        let mut sums: BTreeMap<Vec<Value>, Sum> = BTreeMap::new();
        let mut late = false;
        let mut take = |line: u64, cells: Cells<'_>| {
            if line.is_multiple_of(LOOK) && until.has_passed() {
                late = true;
                return ControlFlow::Break(());
            }
            // The first row is the headings.
            if line == 1 {
                return ControlFlow::Continue(());
            }
            let keys: Option<Vec<Value>> = told.iter().map(|key| key.of(cells)).collect();
            let pence = match amounts {
                None => Some(0),
                Some((column, known)) => {
                    let amount = known.get(cells.get(column).unwrap_or_default());
                    amount.map(|&(_, pence)| pence)
                }
            };
            if let (Some(keys), Some(pence)) = (keys, pence) {
                sums.entry(keys).or_default().add(&Sum::of(pence, 1));
            }
            ControlFlow::Continue(())
        };
        for sheet in source.sheets() {
            let _ = sheet.rows(&mut take);
        }
        if late || until.has_passed() {
            return Err(EngineError::DeadlinePassed);
        }
        if query.keys.is_empty() {
            sums.entry(Vec::new()).or_default();
        }
        let row = |(mut keys, sum): (Vec<Value>, Sum)| {
            keys.extend(sum.figures().map(|(_, figure)| Value::Integer(figure)));
            keys
        };
        Ok(sums.into_iter().map(row).collect())
    }
}
