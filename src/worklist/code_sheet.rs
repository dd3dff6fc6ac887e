//! A sheet of codes, one row a code: the wide form of a crosswalk.

use super::WorklistError;
use crate::crosswalk::escaped;
use crate::finding::Position;
use crate::money::{ExcessDecimals, Pence, parse_amount, to_pence};
use crate::sheet::{self, CsvCell, CsvFile, Name, Names, ReadOptions, marked, unmarked};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One code of a ledger, and what somebody has filled in for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeRow {
    /// The ledger it stands in.
    pub ledger: String,
    /// Which codes of the ledger it is one of, where several columns are looked up: their name in the
    /// layout. Empty where that is clear.
    pub of: String,
    /// The code as a row of a crosswalk writes it; [`CodeRow::new`] makes it of a code of the data.
    pub code: String,
    /// How many lines carry it.
    pub lines: u64,
    /// Their pence.
    pub pence: Pence,
    /// The file and line where it first stands.
    pub first: String,
    /// The mapped code that looks most like it, with what it means; empty where none does.
    pub nearest: String,
    /// What is filled in, by field: `activity`, `ages`, `not_spending`, `note` and the others of
    /// [`CodeSheet::FIELDS`].
    pub filled: BTreeMap<String, String>,
    /// Fields that are not to be filled in, because the pack says elsewhere how the code is placed there.
    pub closed: BTreeSet<String>,
}

impl CodeRow {
    /// A code as the data has it, with its lines, its pence, and where it first stands.
    #[must_use]
    pub fn new(ledger: &str, code: &str, lines: u64, pence: Pence, first: &Position) -> Self {
        Self {
            ledger: ledger.to_owned(),
            code: escaped(code),
            lines,
            pence,
            first: Position {
                column: None,
                ..first.clone()
            }
            .to_string(),
            ..Self::default()
        }
    }

    /// What is filled in for a field; empty where nothing is.
    #[must_use]
    pub fn filled(&self, field: &str) -> &str {
        self.filled.get(field).map_or("", String::as_str)
    }

    /// Whether nothing but a remark is filled in.
    #[must_use]
    pub fn is_to_do(&self) -> bool {
        (self.filled.iter()).all(|(field, text)| field == "note" || text.is_empty())
    }

    /// The size of its money, whatever its sign.
    fn size(&self) -> i128 {
        i128::from(self.pence.get()).abs()
    }
}

/// Codes of ledgers, most money first, with columns to be filled in.
///
/// # Example: written, filled in, and read by a pack
///
/// ```
/// use wholeplace::finding::Position;
/// use wholeplace::money::Pence;
/// use wholeplace::worklist::{CodeRow, CodeSheet};
/// let first = Position::line("paid.csv", 7);
/// let mut youth = CodeRow::new("paid", "00417", 3, Pence::new(750_000), &first);
/// youth.filled.insert("activity".into(), "youth-work".into());
/// let sheet = CodeSheet::new(vec![
///     CodeRow::new("paid", "ROADS", 1, Pence::new(-250_000), &first),
///     youth,
/// ]);
/// assert_eq!(
///     sheet.to_csv(),
///     "ledger,code,lines,pounds,running per cent,first file and line,nearest mapped code,\
///      activity,ages,group,locality,not spending,note\n\
///      paid,'00417,3,7500.00,75.0,paid.csv:7,,youth-work,,,,,\n\
///      paid,ROADS,1,-2500.00,100.0,paid.csv:7,,,,,,,\n"
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeSheet {
    rows: Vec<CodeRow>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Ledger,
    Of,
    Code,
    Lines,
    Pounds,
    Running,
    First,
    Nearest,
    Filled(&'static str),
}

impl Column {
    /// The heading, by which the column is found again.
    pub fn heading(self) -> String {
        match self {
            Self::Ledger => "ledger".to_owned(),
            Self::Of => "of".to_owned(),
            Self::Code => "code".to_owned(),
            Self::Lines => "lines".to_owned(),
            Self::Pounds => "pounds".to_owned(),
            Self::Running => "running per cent".to_owned(),
            Self::First => "first file and line".to_owned(),
            Self::Nearest => "nearest mapped code".to_owned(),
            Self::Filled(field) => field.replace('_', " "),
        }
    }
}

impl CodeSheet {
    /// The fields that are filled in. The first six always have a column, the others where some row
    /// has anything in them.
    pub const FIELDS: [&str; 12] = [
        "activity",
        "ages",
        "group",
        "locality",
        "not_spending",
        "note",
        "partner",
        "tag",
        "resource",
        "flexibility",
        "weight",
        "class",
    ];

    /// A sheet of these rows: most money first, and of equal sums by ledger and code.
    #[must_use]
    pub fn new(mut rows: Vec<CodeRow>) -> Self {
        rows.sort_by(|one, other| {
            let key = |row: &CodeRow| (Reverse(row.size()), Reverse(row.lines));
            let words = |row: &CodeRow| [row.ledger.clone(), row.of.clone(), row.code.clone()];
            (key(one).cmp(&key(other))).then_with(|| words(one).cmp(&words(other)))
        });
        Self { rows }
    }

    /// Its rows, most money first.
    #[must_use]
    pub fn rows(&self) -> &[CodeRow] {
        &self.rows
    }

    /// For each row how much of the money of all rows it and those above it have, in tenths of a per
    /// cent; sums without their signs.
    #[must_use]
    pub fn running(&self) -> Vec<u32> {
        let whole: i128 = self.rows.iter().map(CodeRow::size).sum();
        let mut above = 0;
        let share = |row: &CodeRow| {
            above += row.size();
            // Without money all of it is done from the first row.
            let tenths = (above * 1000).checked_div(whole).unwrap_or(1000);
            u32::try_from(tenths).unwrap_or(1000)
        };
        self.rows.iter().map(share).collect()
    }

    /// The columns: those that tell codes apart and inform, then those that are filled in.
    pub(super) fn columns(&self) -> Vec<Column> {
        /// How many fields always have a column.
        const ALWAYS: usize = 6;
        let several = self.rows.iter().any(|row| !row.of.is_empty());
        let used = |field: &str| self.rows.iter().any(|row| row.filled.contains_key(field));
        let mut columns = vec![Column::Ledger];
        columns.extend(several.then_some(Column::Of));
        columns.extend([
            Column::Code,
            Column::Lines,
            Column::Pounds,
            Column::Running,
            Column::First,
            Column::Nearest,
        ]);
        let fields = Self::FIELDS.into_iter().enumerate();
        let fields = fields.filter(|(number, field)| *number < ALWAYS || used(field));
        columns.extend(fields.map(|(_, field)| Column::Filled(field)));
        columns
    }

    /// The sheet as CSV, ready to be filled in and named in a `[[crosswalk]]`. A text that a
    /// spreadsheet would change has an apostrophe before it, which the pack takes off again.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let columns = self.columns();
        let mut file = CsvFile::default();
        file.row(columns.iter().map(|column| CsvCell::text(column.heading())));
        for (row, running) in self.rows.iter().zip(self.running()) {
            file.row(columns.iter().map(|column| match column {
                Column::Ledger => CsvCell::text(&row.ledger),
                Column::Of => CsvCell::text(&row.of),
                Column::Code => CsvCell::text(&row.code),
                Column::Lines => CsvCell::figure(row.lines.to_string()),
                Column::Pounds => CsvCell::figure(row.pence.to_plain()),
                Column::Running => CsvCell::figure(tenths(running)),
                Column::First => CsvCell::text(&row.first),
                Column::Nearest => CsvCell::text(&row.nearest),
                Column::Filled(field) => CsvCell::text(row.filled(field)),
            }));
        }
        file.into_text()
    }

    /// Reads a sheet again, CSV or workbook, as far as somebody has filled it in. `shown` is its name
    /// in messages.
    ///
    /// # Errors
    ///
    /// [`WorklistError::Sheet`] where it is no table, [`WorklistError::NotASheet`] where it has no
    /// column of codes.
    pub fn read(path: &Path, shown: &str) -> Result<Self, WorklistError> {
        let source = sheet::open(path, shown, &ReadOptions::default())?;
        let mut rows = Vec::new();
        let sheets = source.sheets().into_iter();
        for sheet in sheets.filter(|sheet| !sheet.name().is_some_and(|name| name.starts_with('#')))
        {
            let mut found: Option<Vec<(Column, usize)>> = None;
            sheet.for_each_row(|_, cells| match &found {
                None if cells.iter().all(|cell| cell.trim().is_empty()) => {}
                None => found = Some(found_columns(cells)),
                Some(columns) => rows.extend(read_row(columns, cells)),
            });
            let has_codes = |columns: &Vec<(Column, usize)>| {
                columns.iter().any(|(column, _)| *column == Column::Code)
            };
            if !found.as_ref().is_some_and(has_codes) {
                return Err(WorklistError::NotASheet {
                    file: shown.to_owned(),
                    reason: "it has no column `code`".to_owned(),
                });
            }
        }
        Ok(Self::new(rows))
    }
}

/// `12.5`, of 125 tenths.
pub(super) fn tenths(number: u32) -> String {
    format!("{}.{}", number / 10, number % 10)
}

/// A text without the mark that keeps a spreadsheet from changing it, if it has one.
fn without_mark(text: &str) -> &str {
    let bare = unmarked(text);
    if marked(bare) == text { bare } else { text }
}

fn found_columns(cells: &csv::StringRecord) -> Vec<(Column, usize)> {
    let names = Names::of(cells.iter());
    let known = [
        Column::Ledger,
        Column::Of,
        Column::Code,
        Column::Lines,
        Column::Pounds,
        Column::First,
        Column::Nearest,
    ];
    let all = known
        .into_iter()
        .chain(CodeSheet::FIELDS.map(Column::Filled));
    let found = all.map(|column| {
        (
            column,
            names.find(&Name::new(&column.heading(), None)).first(),
        )
    });
    found
        .filter_map(|(column, at)| Some((column, at?)))
        .collect()
}

fn read_row(columns: &[(Column, usize)], cells: &csv::StringRecord) -> Option<CodeRow> {
    let mut row = CodeRow::default();
    for &(column, at) in columns {
        let text = cells.get(at).unwrap_or("").trim();
        let plain = || without_mark(text).to_owned();
        match column {
            Column::Ledger => row.ledger = plain(),
            Column::Of => row.of = plain(),
            Column::Code => row.code = plain(),
            Column::First => row.first = plain(),
            Column::Nearest => row.nearest = plain(),
            Column::Lines => row.lines = text.parse().unwrap_or_default(),
            Column::Pounds => row.pence = pounds(text).unwrap_or_default(),
            Column::Running => {}
            Column::Filled(field) => {
                if !text.is_empty() {
                    row.filled.insert(field.to_owned(), plain());
                }
            }
        }
    }
    (!row.ledger.is_empty() || !row.code.is_empty() || !row.is_to_do()).then_some(row)
}

/// A sum that only informs: what cannot be read is nothing.
fn pounds(text: &str) -> Option<Pence> {
    let pence = to_pence(parse_amount(text).ok()?, ExcessDecimals::HalfEven).ok()?;
    Some(pence.0)
}
