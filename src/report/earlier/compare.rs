//! A table of the new release held against the same of the earlier one, row by row.

use super::release::EarlierRelease;
use crate::report::dataset::{Dataset, Kind};
use crate::report::download::csv::to_csv;
use csv::StringRecord;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It is another.
    Changed,
    /// It is there, and was not.
    Added,
    /// It was there, and is not, or is withheld now.
    Withdrawn,
}

impl What {
    /// For people and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One figure that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub what: What,
    /// Of which row, in its words.
    pub row: String,
    /// In which column.
    pub column: String,
    /// What it was; empty where it was not there, or may not be said any more.
    pub before: String,
    /// What it is.
    pub now: String,
    /// Whether both are pounds.
    pub is_money: bool,
    /// Why, where somebody says so.
    pub why: String,
}

/// A table of both releases, or of one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCompared {
    /// Its name in files.
    pub name: String,
    /// What it holds.
    pub title: String,
    /// What became of the table itself; nothing where both have it.
    pub table: Option<What>,
    /// Rows of the new release.
    pub rows: usize,
    /// Rows that are there and were not.
    pub rows_added: usize,
    /// Rows that were there and are not.
    pub rows_withdrawn: usize,
    /// Columns that say which row it is, and are not the same in both: then rows are not held against each other.
    pub other_columns: bool,
    /// Its figures that are not as they were.
    pub changes: Vec<Change>,
}

impl TableCompared {
    /// How many of its figures became so.
    pub fn count(&self, what: What) -> usize {
        self.changes.iter().filter(|one| one.what == what).count()
    }

    /// Whether anything is not as it was.
    pub fn differs(&self) -> bool {
        self.table.is_some()
            || self.other_columns
            || self.rows_added + self.rows_withdrawn + self.changes.len() > 0
    }

    fn new(name: &str, title: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            table: None,
            rows: 0,
            rows_added: 0,
            rows_withdrawn: 0,
            other_columns: false,
            changes: Vec::new(),
        }
    }
}

/// Rows of a CSV by what they are known by, and how many rows before have the same.
type Rows = BTreeMap<(Vec<String>, usize), StringRecord>;

/// A table as text, taken apart.
struct Table {
    headings: Vec<String>,
    rows: Vec<StringRecord>,
}

impl Table {
    fn read(csv: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(csv.as_bytes());
        let headings = reader.headers().cloned().unwrap_or_default();
        Self {
            headings: headings.iter().map(str::to_owned).collect(),
            rows: reader.records().flatten().collect(),
        }
    }

    fn at(&self, column: &str) -> Option<usize> {
        self.headings.iter().position(|name| name == column)
    }

    /// Its rows by the columns that say which row it is; nothing where it has not all of them.
    fn by(&self, keys: &[&str]) -> Option<Rows> {
        let at: Vec<usize> = keys.iter().map(|key| self.at(key)).collect::<Option<_>>()?;
        let mut times: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let mut rows = Rows::new();
        for row in &self.rows {
            let cells = at.iter().map(|&at| row.get(at).unwrap_or_default());
            let key: Vec<String> = cells.map(str::to_owned).collect();
            let number = times.entry(key.clone()).or_default();
            rows.insert((key, *number), row.clone());
            *number += 1;
        }
        Some(rows)
    }
}

/// The columns by which a row is known again: words before the first number; codes, where names have some.
fn keys_of(dataset: &Dataset) -> Vec<&str> {
    let is_word = |kind: Kind| matches!(kind, Kind::Text | Kind::Day);
    let words = || {
        let before = (dataset.fields.iter()).take_while(|field| is_word(field.kind));
        before.map(|field| field.name.as_str())
    };
    let all: BTreeSet<&str> = words().collect();
    let has_code = |name: &str| {
        let stem = name.strip_suffix("_name");
        stem.is_some_and(|stem| all.contains(format!("{stem}_code").as_str()))
    };
    words().filter(|name| !has_code(name)).collect()
}

/// The columns that name a row for people: words before the first number, or the first two where there are none.
fn words_of(dataset: &Dataset) -> Vec<usize> {
    let is_word = |kind: Kind| matches!(kind, Kind::Text | Kind::Day);
    let fields = || dataset.fields.iter().enumerate();
    let first = fields().find(|(_, field)| !is_word(field.kind));
    let first = first.map_or(dataset.fields.len(), |(at, _)| at);
    let shown = || fields().filter(|(_, field)| field.shown && is_word(field.kind));
    let before: Vec<usize> = (shown().map(|(at, _)| at))
        .filter(|at| *at < first)
        .collect();
    match before.is_empty() {
        true => shown().map(|(at, _)| at).take(2).collect(),
        false => before,
    }
}

impl EarlierRelease {
    /// What of a table of the new release is not as it was. `is_open` says that what it was may be said, also where it is
    /// not told any more.
    pub fn compare(&self, dataset: &Dataset, is_open: bool) -> TableCompared {
        let mut found = TableCompared::new(&dataset.name, &dataset.title);
        found.rows = dataset.rows.len();
        let Some(earlier) = self.tables.get(&dataset.name.to_lowercase()) else {
            found.table = Some(What::Added);
            return found;
        };
        let (now, before) = (Table::read(&to_csv(dataset)), Table::read(&earlier.csv));
        let keys = keys_of(dataset);
        let (Some(rows), Some(were)) = (now.by(&keys), before.by(&keys)) else {
            found.other_columns = true;
            return found;
        };
        let figures: Vec<(&str, &str, bool)> = (dataset.fields.iter())
            .filter(|field| field.shown && !matches!(field.kind, Kind::Text | Kind::Day))
            .map(|field| {
                (
                    field.name.as_str(),
                    field.title.as_str(),
                    field.kind == Kind::Pounds,
                )
            })
            .collect();
        let words = words_of(dataset);
        for ((key, number), row) in &rows {
            let of: Vec<&str> = (words.iter().filter_map(|&at| row.get(at)))
                .filter(|word| !word.is_empty())
                .collect();
            let cells: Vec<(&str, &str)> = (keys.iter().copied())
                .zip(key.iter().map(String::as_str))
                .collect();
            let why = self.why(&dataset.name, &cells);
            let was = were.get(&(key.clone(), *number));
            found.rows_added += usize::from(was.is_none());
            for &(name, title, is_money) in &figures {
                let cell = |table: &Table, row: Option<&StringRecord>| {
                    let at = table.at(name);
                    let cell = at.zip(row).and_then(|(at, row)| row.get(at));
                    cell.unwrap_or_default().to_owned()
                };
                let (is, had) = (cell(&now, Some(row)), cell(&before, was));
                // A column that the earlier release did not have is a column more, and not so many figures.
                if is == had || was.is_some() && before.at(name).is_none() {
                    continue;
                }
                let what = match (is.is_empty(), had.is_empty()) {
                    (false, false) => What::Changed,
                    (_, true) => What::Added,
                    (true, _) => What::Withdrawn,
                };
                found.changes.push(Change {
                    what,
                    row: of.join(" · "),
                    column: title.to_owned(),
                    before: match what == What::Withdrawn && !is_open {
                        true => String::new(),
                        false => had,
                    },
                    now: is,
                    is_money,
                    why: why.to_owned(),
                });
            }
        }
        for ((key, number), row) in &were {
            if rows.contains_key(&(key.clone(), *number)) {
                continue;
            }
            found.rows_withdrawn += 1;
            if !is_open {
                continue;
            }
            let cells: Vec<(&str, &str)> = (keys.iter().copied())
                .zip(key.iter().map(String::as_str))
                .collect();
            for &(name, title, is_money) in &figures {
                let had = before
                    .at(name)
                    .and_then(|at| row.get(at))
                    .unwrap_or_default();
                if had.is_empty() {
                    continue;
                }
                found.changes.push(Change {
                    what: What::Withdrawn,
                    row: key.join(" · "),
                    column: title.to_owned(),
                    before: had.to_owned(),
                    now: String::new(),
                    is_money,
                    why: self.why(&dataset.name, &cells).to_owned(),
                });
            }
        }
        found.changes.sort_by_key(|one| one.what);
        found
    }

    /// The tables that the earlier release has and the new one has not; `now` are the names of those that it has.
    pub fn withdrawn(&self, now: &BTreeSet<String>) -> Vec<TableCompared> {
        let gone = self.tables.iter().filter(|(name, _)| !now.contains(*name));
        gone.map(|(name, table)| TableCompared {
            table: Some(What::Withdrawn),
            ..TableCompared::new(name, &table.title)
        })
        .collect()
    }
}
