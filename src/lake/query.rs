//! Queries, engine-neutral, and as SQL: one shape, with no text of a user in it.

use super::engine::{EngineError, Value};

/// A small table that says of each text which number it is, and what amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Its name.
    pub name: String,
    /// Each text once, as the file has it, with its number and its pence.
    pub rows: Vec<(String, i64, i64)>,
}

/// What rows are told apart by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The text in a column.
    Text(usize),
    /// The number that a dimension gives the text in a column.
    Number {
        /// The column.
        column: usize,
        /// The dimension.
        dimension: String,
    },
    /// How many of some columns are filled.
    Filled {
        /// The columns.
        columns: Vec<usize>,
        /// The most that is told.
        most: usize,
    },
}

/// The pence of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// No amount: rows are counted.
    None,
    /// What a dimension says of the text in a column.
    Known {
        /// The column.
        column: usize,
        /// The dimension.
        dimension: String,
    },
    /// Pounds in a column of numbers.
    Pounds {
        /// The column.
        column: usize,
        /// Whether its sign is the other one.
        negated: bool,
    },
}

/// Rows of one file, counted and added up by some keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The name under which the file was opened.
    pub table: String,
    /// By what.
    pub keys: Vec<Key>,
    /// Of what.
    pub amount: Amount,
}

/// The sum of some rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) rows: u64,
    pub(super) pence: i128,
    pub(super) credits: u64,
    pub(super) largest: i128,
}

impl Sum {
    pub(super) fn add(&mut self, more: &Self) {
        self.rows += more.rows;
        self.pence += more.pence;
        self.credits += more.credits;
        self.largest = self.largest.max(more.largest);
    }

    /// So many rows of one amount.
    pub(super) fn of(pence: i64, rows: u64) -> Self {
        let pence = i128::from(pence);
        Self {
            rows,
            pence: pence * i128::from(rows),
            credits: if pence < 0 { rows } else { 0 },
            largest: pence.abs(),
        }
    }

    /// The figures of a sum, each with its name.
    pub(super) fn figures(&self) -> [(&'static str, i128); 4] {
        [
            ("lines", i128::from(self.rows)),
            ("pence", self.pence),
            ("credits", i128::from(self.credits)),
            ("pence of the largest amount", self.largest),
        ]
    }
}

impl Query {
    /// The query as SQL that only reads: names of its own, numbers, and nothing that anybody typed.
    #[must_use]
    pub fn sql(&self) -> String {
        let text = |column: &usize| format!("COALESCE(CAST(l.c{column} AS STRING), '')");
        let mut joins = String::new();
        let mut known = 0;
        let mut join = |column: &usize, dimension: &str| {
            let name = format!("d{known}");
            known += 1;
            let on = text(column);
            joins.push_str(&format!(" JOIN {dimension} {name} ON {name}.text = {on}"));
            name
        };
        let mut keys = Vec::with_capacity(self.keys.len());
        for key in &self.keys {
            keys.push(match key {
                Key::Text(column) => text(column),
                Key::Number { column, dimension } => {
                    format!("{}.id", join(column, dimension))
                }
                Key::Filled { columns, most } => {
                    let one =
                        |column| format!("CASE WHEN TRIM({}) = '' THEN 0 ELSE 1 END", text(column));
                    let all: Vec<String> = columns.iter().map(one).collect();
                    match all.is_empty() {
                        true => "0".to_owned(),
                        false => format!("LEAST({most}, {})", all.join(" + ")),
                    }
                }
            });
        }
        let pence = match &self.amount {
            Amount::None => "CAST(0 AS DECIMAL(28,0))".to_owned(),
            Amount::Known { column, dimension } => {
                format!("CAST({}.value AS DECIMAL(28,0))", join(column, dimension))
            }
            Amount::Pounds { column, negated } => {
                let by = if *negated { -100 } else { 100 };
                format!(
                    "CAST(CAST(l.c{column} AS DECIMAL(24,2)) * CAST({by} AS DECIMAL(4,0)) AS \
                     DECIMAL(28,0))"
                )
            }
        };
        let table = &self.table;
        let mut shown: Vec<String> = (keys.iter().enumerate())
            .map(|(number, key)| format!("{key} AS k{number}"))
            .collect();
        shown.extend([
            "COUNT(*) AS n".to_owned(),
            format!("CAST(SUM({pence}) AS DECIMAL(38,0)) AS pence"),
            format!("SUM(CASE WHEN {pence} < 0 THEN 1 ELSE 0 END) AS credits"),
            format!("MAX(ABS({pence})) AS largest"),
        ]);
        let by = match keys.is_empty() {
            true => String::new(),
            false => format!(" GROUP BY {}", keys.join(", ")),
        };
        format!("SELECT {} FROM {table} l{joins}{by}", shown.join(", "))
    }

    /// The rows of an answer: the keys, and the sum of each.
    ///
    /// # Errors
    ///
    /// [`EngineError::Disagrees`] where a row has not the shape that was asked for, or a key is there
    /// twice.
    pub(super) fn sums(
        &self,
        rows: Vec<Vec<Value>>,
    ) -> Result<Vec<(Vec<Value>, Sum)>, EngineError> {
        let wrong = |what: &str| EngineError::Disagrees(what.to_owned());
        let mut sums = Vec::with_capacity(rows.len());
        for mut row in rows {
            if row.len() != self.keys.len() + 4 {
                return Err(wrong(
                    "a row with more or fewer columns than were asked for",
                ));
            }
            let figures = row.split_off(self.keys.len());
            let mut numbers = [0i128; 4];
            let nothing = figures.first() == Some(&Value::Integer(0));
            for (number, value) in numbers.iter_mut().zip(figures) {
                *number = match value {
                    Value::Integer(value) => value,
                    // The sum of no rows.
                    Value::Nothing if nothing => 0,
                    Value::Nothing => return Err(wrong("no value where a sum should be")),
                    Value::Text(_) => return Err(wrong("a text where a sum should be")),
                };
            }
            for (key, value) in self.keys.iter().zip(&row) {
                let fits = matches!(
                    (key, value),
                    (Key::Text(_), Value::Text(_))
                        | (Key::Number { .. } | Key::Filled { .. }, Value::Integer(_))
                );
                if !fits {
                    return Err(wrong(
                        "no value, or one of another kind, where a key should be",
                    ));
                }
            }
            let [rows, pence, credits, largest] = numbers;
            let count = |number: i128| {
                u64::try_from(number).map_err(|_| wrong("a count of lines below zero"))
            };
            let sum = Sum {
                rows: count(rows)?,
                pence,
                credits: count(credits)?,
                largest,
            };
            sums.push((row, sum));
        }
        sums.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        if sums.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(wrong("the same group twice"));
        }
        if self.keys.is_empty() && sums.len() != 1 {
            return Err(wrong(
                "another number of rows than one for the sum of a whole file",
            ));
        }
        Ok(sums)
    }
}
