//! The engine that is there without any server: the same queries over the same files, with the
//! crate's own reader of Parquet. What others give is held against it in tests.
//!
//! It reads a file again for each query, a window of rows at a time, and holds the bytes of the one
//! file that was read last: its memory is that of the largest file of a lake, not of the lake.

use super::engine::{Column, Deadline, Engine, EngineError, Holds, Value};
use super::query::{Dimension, Query, Rows, Sum};
use super::repeating::Repeating;
use super::window::{Answering, Known, RowKey};
use crate::sheet::{self, Groups, Numbers};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

/// Reads Parquet files on this machine.
#[derive(Debug, Default)]
pub struct Embedded {
    tables: BTreeMap<String, PathBuf>,
    dimensions: BTreeMap<String, Known>,
    /// The file that was read last.
    last: Option<(PathBuf, Arc<Vec<u8>>)>,
}

impl Embedded {
    /// An engine that knows no files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn rows(&mut self, path: &PathBuf) -> Result<Groups, EngineError> {
        let shown = path.display().to_string();
        let bytes = match &self.last {
            Some((last, bytes)) if last == path => Arc::clone(bytes),
            _ => {
                // The one before goes before the next comes.
                self.last = None;
                let bytes = sheet::bytes_of(path);
                let bytes = bytes.map_err(|error| {
                    EngineError::Refused(format!("`{shown}` cannot be read: {error}"))
                })?;
                let bytes = Arc::new(bytes);
                self.last = Some((path.clone(), Arc::clone(&bytes)));
                bytes
            }
        };
        Groups::open(bytes, &shown).map_err(refused)
    }
}

fn refused(error: sheet::SheetError) -> EngineError {
    EngineError::Refused(error.to_string())
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
        let path = PathBuf::from(location);
        // What was written meanwhile is seen.
        self.last = None;
        let rows = self.rows(&path)?;
        let column = |(at, heading): (usize, &String)| Column {
            heading: heading.clone(),
            holds: match (rows.unread(at), rows.numbers(at)) {
                (Some(error), _) => Holds::Other(error.to_string()),
                (_, Some(Numbers::Whole)) => Holds::WholeNumbers,
                (_, Some(Numbers::Decimals(0..=2))) => Holds::Pounds,
                // Whatever else has one plain text here: the text that reading the file gives.
                _ => Holds::Texts,
            },
        };
        let columns = rows.names().iter().enumerate().map(column).collect();
        self.tables.insert(table.to_owned(), path);
        Ok(columns)
    }

    fn numbers_rows(&self, _table: &str) -> bool {
        true
    }

    fn register(&mut self, dimension: &Dimension, _until: Deadline) -> Result<(), EngineError> {
        let rows = dimension.rows.iter();
        let rows = rows.map(|(text, number, pence)| (text.clone(), (*number, *pence)));
        (self.dimensions).insert(dimension.name.clone(), rows.collect());
        Ok(())
    }

    fn run(&mut self, query: &Query, until: Deadline) -> Result<Vec<Vec<Value>>, EngineError> {
        let unknown = || EngineError::Refused(format!("nothing is called `{}`", query.table));
        let path = self.tables.get(&query.table).cloned().ok_or_else(unknown)?;
        if query.rows == Rows::Repeating {
            let mut repeating = Repeating::new();
            self.each(&path, query, until, |keys, _, _| repeating.first(keys))?;
            self.each(&path, query, until, |keys, pence, row| {
                repeating.again(keys, pence, row);
            })?;
            return Ok(vec![figures(Vec::new(), &repeating.sum(), query.first_row)]);
        }
        let mut sums: HashMap<RowKey, Sum> = HashMap::new();
        let mut answering = self.each(&path, query, until, |keys, pence, row| {
            let more = Sum {
                first: Some(row),
                ..Sum::of(pence, 1)
            };
            match sums.get_mut(keys) {
                Some(sum) => sum.add(&more),
                None => {
                    sums.insert(keys.into(), more);
                }
            }
        })?;
        if query.keys.is_empty() && sums.is_empty() {
            sums.insert(RowKey::default(), Sum::default());
        }
        let row = |(keys, sum): (RowKey, Sum)| {
            Ok(figures(answering.values(&keys)?, &sum, query.first_row))
        };
        let mut rows: Vec<Vec<Value>> = sums.into_iter().map(row).collect::<Result<_, _>>()?;
        rows.sort_unstable();
        Ok(rows)
    }
}

impl Embedded {
    /// Visits each row of a query: its keys as numbers, its pence, its own number.
    fn each(
        &mut self,
        path: &PathBuf,
        query: &Query,
        until: Deadline,
        mut visit: impl FnMut(&[i64], i64, u64),
    ) -> Result<Answering, EngineError> {
        let mut rows = self.rows(path)?;
        let mut answering = Answering::new(query);
        rows.want(answering.columns());
        while let Some((before, columns)) = rows.next().map_err(refused)? {
            if until.has_passed() {
                return Err(EngineError::DeadlinePassed);
            }
            answering.window(query, &self.dimensions, &columns, before, &mut visit)?;
        }
        match until.has_passed() {
            true => Err(EngineError::DeadlinePassed),
            false => Ok(answering),
        }
    }
}

/// A row of an answer.
fn figures(mut keys: Vec<Value>, sum: &Sum, with_first: bool) -> Vec<Value> {
    keys.extend(sum.figures().map(|(_, figure)| Value::Integer(figure)));
    if with_first {
        keys.push((sum.first).map_or(Value::Nothing, |row| Value::Integer(row.into())));
    }
    keys
}
