//! Queries, engine-neutral, and as SQL: one shape, with no text of a user in it.

use super::engine::{EngineError, Value};

/// What stands between the texts of several columns where they are one text: the unit separator of
/// ASCII, which no ledger writes.
pub(super) const BETWEEN: char = '\u{1f}';

/// A small table that says of each text which number it is, and what amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Its name.
    pub name: String,
    /// Each text once, as the file has it, with its number and its pence.
    pub rows: Vec<(String, i64, i64)>,
}

/// What rows are told apart by.
///
/// The texts of several columns are one text, with U+001F between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The text in some columns.
    Text(Vec<usize>),
    /// The number that a dimension gives the text in some columns. Rows with other texts are left out.
    Number {
        /// The columns.
        columns: Vec<usize>,
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
    /// The number of the row. Only of an engine that numbers rows ([`Engine::numbers_rows`]).
    ///
    /// [`Engine::numbers_rows`]: super::Engine::numbers_rows
    Row,
    /// How many of some rows stand at or above it, by their numbers in order. Likewise.
    Segment(Vec<u64>),
}

/// The pence of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// No amount: rows are counted.
    None,
    /// What a dimension says of the text in some columns. Rows with other texts are left out.
    Known {
        /// The columns.
        columns: Vec<usize>,
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

/// Which rows of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Every row.
    All,
    /// Rows in which fewer than so many of some columns are filled.
    Few {
        /// The columns.
        columns: Vec<usize>,
        /// The first number of filled columns that is too many.
        below: usize,
    },
    /// Rows that have another row's keys and come after the first of them: one sum of them all, without
    /// keys.
    Repeating,
}

/// Rows of one file, counted and added up by some keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The name under which the file was opened.
    pub table: String,
    /// Of which rows.
    pub rows: Rows,
    /// Only of rows from a number on and below another. Of an engine that numbers rows.
    pub between: Option<(u64, u64)>,
    /// By what.
    pub keys: Vec<Key>,
    /// Of what.
    pub amount: Amount,
    /// Whether the number of the first row of each is asked for too, of an engine that numbers rows.
    pub first_row: bool,
}

/// The sum of some rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) rows: u64,
    pub(super) pence: i128,
    pub(super) credits: u64,
    pub(super) largest: i128,
    /// The number of the first of them, where it was asked for.
    pub(super) first: Option<u64>,
}

impl Sum {
    pub(super) fn add(&mut self, more: &Self) {
        self.rows += more.rows;
        self.pence += more.pence;
        self.credits += more.credits;
        self.largest = self.largest.max(more.largest);
        self.first = match (self.first, more.first) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }

    /// So many rows of one amount.
    pub(super) fn of(pence: i64, rows: u64) -> Self {
        let pence = i128::from(pence);
        Self {
            rows,
            pence: pence * i128::from(rows),
            credits: if pence < 0 { rows } else { 0 },
            largest: pence.abs(),
            first: None,
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

/// The joins of a query, and what stands for the texts of its columns.
#[derive(Default)]
struct Joins {
    sql: String,
    known: usize,
}

impl Joins {
    /// Joins a dimension, and gives its name.
    fn with(&mut self, columns: &[usize], dimension: &str) -> String {
        let name = format!("d{}", self.known);
        self.known += 1;
        let on = text(columns);
        (self.sql).push_str(&format!(" JOIN {dimension} {name} ON {name}.text = {on}"));
        name
    }

    fn key(&mut self, key: &Key) -> String {
        match key {
            Key::Text(columns) => text(columns),
            Key::Number { columns, dimension } => format!("{}.id", self.with(columns, dimension)),
            Key::Filled { columns, .. } if columns.is_empty() => "0".to_owned(),
            Key::Filled { columns, most } => format!("LEAST({most}, {})", filled(columns)),
            Key::Row => "l.at_row".to_owned(),
            Key::Segment(rows) if rows.is_empty() => "0".to_owned(),
            Key::Segment(rows) => {
                let one = |(number, row)| format!(" WHEN l.at_row < {row} THEN {number}");
                let all: String = rows.iter().enumerate().map(one).collect();
                format!("CASE{all} ELSE {} END", rows.len())
            }
        }
    }

    fn pence(&mut self, amount: &Amount) -> String {
        match amount {
            Amount::None => "CAST(0 AS DECIMAL(28,0))".to_owned(),
            Amount::Known { columns, dimension } => {
                let name = self.with(columns, dimension);
                format!("CAST({name}.value AS DECIMAL(28,0))")
            }
            Amount::Pounds { column, negated } => {
                let by = if *negated { -100 } else { 100 };
                // A cell without an amount has none: a sum of such cells alone is zero.
                format!(
                    "COALESCE(CAST(CAST(l.c{column} AS DECIMAL(24,2)) * CAST({by} AS DECIMAL(4,0)) \
                     AS DECIMAL(28,0)), CAST(0 AS DECIMAL(28,0)))"
                )
            }
        }
    }
}

/// The text in some columns.
fn text(columns: &[usize]) -> String {
    let one = |column: &usize| format!("COALESCE(CAST(l.c{column} AS STRING), '')");
    let all: Vec<String> = columns.iter().map(one).collect();
    match all.as_slice() {
        [one] => one.clone(),
        all => format!("CONCAT({})", all.join(", CHR(31), ")),
    }
}

/// How many of some columns are filled.
fn filled(columns: &[usize]) -> String {
    let one = |column: &usize| {
        let text = text(&[*column]);
        format!("CASE WHEN TRIM({text}) = '' THEN 0 ELSE 1 END")
    };
    let all: Vec<String> = columns.iter().map(one).collect();
    all.join(" + ")
}

impl Query {
    /// The query as SQL that only reads: names of its own, numbers, and nothing that anybody typed.
    #[must_use]
    pub fn sql(&self) -> String {
        let mut joins = Joins::default();
        let keys: Vec<String> = self.keys.iter().map(|key| joins.key(key)).collect();
        let pence = joins.pence(&self.amount);
        let from = format!("FROM {} l{}", self.table, joins.sql);
        let mut only = Vec::new();
        if let Some((from, below)) = self.between {
            only.push(format!("l.at_row >= {from} AND l.at_row < {below}"));
        }
        if let Rows::Few { columns, below } = &self.rows
            && !columns.is_empty()
        {
            only.push(format!("{} < {below}", filled(columns)));
        }
        let only = match only.is_empty() {
            true => String::new(),
            false => format!(" WHERE {}", only.join(" AND ")),
        };
        let by = match keys.is_empty() {
            true => String::new(),
            false => format!(" GROUP BY {}", keys.join(", ")),
        };
        if self.rows == Rows::Repeating {
            let (row, last) = match self.first_row {
                true => (", MIN(r.last) AS first", ", MAX(l.at_row) AS last"),
                false => ("", ""),
            };
            return format!(
                "SELECT COALESCE(SUM(r.n - 1), 0) AS n, CAST(SUM(r.pence * CAST(r.n - 1 AS \
                 DECIMAL(10,0))) AS DECIMAL(38,0)) AS pence, COALESCE(SUM(CASE WHEN r.pence < 0 \
                 THEN r.n - 1 ELSE 0 END), 0) AS credits, MAX(ABS(r.pence)) AS largest{row} FROM \
                 (SELECT COUNT(*) AS n, MIN({pence}) AS pence{last} {from}{only}{by} HAVING COUNT(*) > 1) r"
            );
        }
        let mut shown: Vec<String> = (keys.iter().enumerate())
            .map(|(number, key)| format!("{key} AS k{number}"))
            .collect();
        shown.extend([
            "COUNT(*) AS n".to_owned(),
            format!("CAST(SUM({pence}) AS DECIMAL(38,0)) AS pence"),
            format!("SUM(CASE WHEN {pence} < 0 THEN 1 ELSE 0 END) AS credits"),
            format!("MAX(ABS({pence})) AS largest"),
        ]);
        if self.first_row {
            shown.push("MIN(l.at_row) AS first".to_owned());
        }
        format!("SELECT {} {from}{only}{by}", shown.join(", "))
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
        let keys = match self.rows {
            Rows::Repeating => 0,
            _ => self.keys.len(),
        };
        for mut row in rows {
            let width = keys + 4 + usize::from(self.first_row);
            if row.len() != width {
                return Err(wrong(
                    "a row with more or fewer columns than were asked for",
                ));
            }
            let mut figures = row.split_off(keys);
            let first = match figures.get(4) {
                Some(Value::Integer(row)) => u64::try_from(*row).ok(),
                _ => None,
            };
            figures.truncate(4);
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
                        | (
                            Key::Number { .. } | Key::Filled { .. } | Key::Row | Key::Segment(_),
                            Value::Integer(_)
                        )
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
                first,
            };
            if self.first_row && first.is_none() && sum.rows > 0 {
                return Err(wrong("no number where that of a row should be"));
            }
            sums.push((row, sum));
        }
        sums.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        if sums.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(wrong("the same group twice"));
        }
        if keys == 0 && sums.len() != 1 {
            return Err(wrong(
                "another number of rows than one for the sum of a whole file",
            ));
        }
        Ok(sums)
    }
}
