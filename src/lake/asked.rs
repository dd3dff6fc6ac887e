//! An engine that is asked about one file, and held to what it says.

use super::engine::{Column, Deadline, Engine, EngineError, Value};
use super::query::{Amount, Dimension, Key, Query, Rows, Sum};
use super::{Disagreement, LakeError, LakeFile};
use std::collections::HashMap;

/// An engine that is asked about one file.
pub(super) struct Asked<'a> {
    pub(super) engine: &'a mut dyn Engine,
    pub(super) until: Deadline,
    pub(super) file: &'a LakeFile,
    pub(super) table: String,
    /// The rows that are asked about, where headings further down give other columns.
    pub(super) between: Option<(u64, u64)>,
}

/// The sum of each group.
type Sums = Vec<(Vec<Value>, Sum)>;

impl Asked<'_> {
    pub(super) fn failed(&self, source: EngineError) -> LakeError {
        LakeError::Engine {
            engine: self.engine.name().to_owned(),
            file: self.file.shown.clone(),
            source,
        }
    }

    pub(super) fn open(&mut self) -> Result<Vec<Column>, LakeError> {
        (self.engine)
            .open(&self.file.location, &self.table, self.until)
            .map_err(|source| self.failed(source))
    }

    pub(super) fn register(&mut self, dimension: &Dimension) -> Result<(), LakeError> {
        (self.engine)
            .register(dimension, self.until)
            .map_err(|source| self.failed(source))
    }

    pub(super) fn sums(&mut self, keys: Vec<Key>, amount: Amount) -> Result<Sums, LakeError> {
        self.query(Rows::All, keys, amount, false)
    }

    /// Whether the engine numbers the rows of the file.
    pub(super) fn numbers_rows(&self) -> bool {
        self.engine.numbers_rows(&self.table)
    }

    /// Sums of some rows, with the first row of each where the engine numbers rows.
    pub(super) fn sums_in_order(
        &mut self,
        rows: Rows,
        keys: Vec<Key>,
        amount: Amount,
    ) -> Result<Sums, LakeError> {
        self.query(rows, keys, amount, self.numbers_rows())
    }

    fn query(
        &mut self,
        rows: Rows,
        keys: Vec<Key>,
        amount: Amount,
        first_row: bool,
    ) -> Result<Sums, LakeError> {
        if self.until.has_passed() {
            return Err(self.failed(EngineError::DeadlinePassed));
        }
        let query = Query {
            table: self.table.clone(),
            rows,
            between: self.between,
            keys,
            amount,
            first_row,
        };
        (self.engine.run(&query, self.until))
            .and_then(|rows| query.sums(rows))
            .map_err(|source| self.failed(source))
    }

    /// The sum of the whole file.
    pub(super) fn whole(&mut self, amount: Amount) -> Result<Sum, LakeError> {
        let sums = self.sums(Vec::new(), amount)?;
        Ok(sums.first().map_or_else(Sum::default, |(_, sum)| *sum))
    }

    /// Another amount of the same groups, held against its own control.
    pub(super) fn beside(
        &mut self,
        keys: &[Key],
        amount: Option<&Amount>,
        control: i128,
    ) -> Result<Option<HashMap<Vec<Value>, i128>>, LakeError> {
        let Some(amount) = amount else {
            return Ok(None);
        };
        let sums = self.sums(keys.to_vec(), amount.clone())?;
        let found = sums.iter().map(|(_, sum)| sum.pence).sum();
        let of = |pence| Sum {
            pence,
            ..Sum::default()
        };
        self.agree(
            "all groups before units, signs and rounding",
            &of(control),
            &of(found),
        )?;
        let pence = sums.into_iter().map(|(keys, sum)| (keys, sum.pence));
        Ok(Some(pence.collect()))
    }

    /// Rows that repeat others in every one of so many cells, with this amount.
    pub(super) fn repeating(&mut self, width: usize, amount: Amount) -> Result<Sum, LakeError> {
        let keys = (0..width).map(|column| Key::Text(vec![column])).collect();
        let sums = self.sums_in_order(Rows::Repeating, keys, amount)?;
        Ok(sums.first().map_or_else(Sum::default, |(_, sum)| *sum))
    }

    /// The different texts of some columns, each with its sum.
    pub(super) fn texts(
        &mut self,
        columns: &[usize],
        amount: Amount,
    ) -> Result<Vec<(String, Sum)>, LakeError> {
        let sums = self.sums(vec![Key::Text(columns.to_vec())], amount)?;
        let text = |(keys, sum): (Vec<Value>, Sum)| match keys.into_iter().next() {
            Some(Value::Text(text)) => Some((text, sum)),
            _ => None,
        };
        Ok(sums.into_iter().filter_map(text).collect())
    }

    /// The name of a dimension of the rows that are asked about.
    pub(super) fn dimension(&self, what: &str) -> String {
        match self.between {
            None => format!("{}_{what}", self.table),
            Some((from, _)) => format!("{}_{from}_{what}", self.table),
        }
    }

    /// Why the file cannot be grouped where it lies.
    pub(super) fn refused(&self, why: String) -> LakeError {
        LakeError::Refused {
            ledger: self.file.ledger.clone(),
            why,
        }
    }

    /// Holds what one query gave against what another did.
    pub(super) fn agree(&self, of: &str, expected: &Sum, found: &Sum) -> Result<(), LakeError> {
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
