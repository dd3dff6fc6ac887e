//! What stands in each column of a sheet: how many of its cells are filled, how many read as amounts,
//! dates or periods, and how many different texts there are.
//!
//! **Invariant:** texts of cells are counted here and told only of columns that hold no payees.

use super::words;
use crate::axis::{Period, YearKind};
use crate::ledger::KnownDate;
use crate::money::{ExcessDecimals, parse_amount, to_pence};
use crate::sheet::{Cells, Sheet, normalised};
use foldhash::fast::FixedState;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasher;
use std::ops::ControlFlow;

/// Beyond so many different texts their counts are no longer kept one by one.
const KEPT: usize = 4_096;
/// A row of so few cells that holds an amount may state a total.
const FEW: usize = 3;

/// A column below a heading.
#[derive(Debug)]
pub(super) struct Column {
    /// The heading as the file writes it, without blanks around it.
    pub(super) heading: String,
    /// Its words.
    pub(super) words: Vec<String>,
    /// Its place among the columns of the header row, counted from 0.
    pub(super) place: usize,
    /// Cells with anything in them.
    pub(super) filled: u64,
    /// Of these, cells that read as amounts.
    pub(super) amounts: u64,
    /// Amounts below zero.
    pub(super) negative: u64,
    /// Amounts of more than two decimals.
    pub(super) excess: u64,
    /// Amounts that are not whole pounds, or have a pound sign.
    pub(super) with_pence: u64,
    /// The amounts added up.
    pub(super) pence: i128,
    /// Cells that read as dates, by form; serials among them only where the cells are no money.
    pub(super) dates: BTreeMap<&'static str, u64>,
    /// Forms that are read without being named.
    pub(super) usual: BTreeSet<&'static str>,
    /// Dates that can only have the month first.
    pub(super) month_first: u64,
    /// Dates that can only have the day first.
    pub(super) day_first: u64,
    /// Day numbers of a spreadsheet.
    pub(super) serials: u64,
    /// Cells that read as periods.
    pub(super) periods: u64,
    /// Cells that are a year of four digits and nothing else.
    pub(super) bare_years: u64,
    /// The different texts with how often each occurs; cut off beyond [`KEPT`].
    pub(super) texts: BTreeMap<String, u64>,
    /// How many different texts there are in all.
    pub(super) distinct: u64,
    known: HashMap<u64, Read, FixedState>,
}

/// What a text reads as.
#[derive(Clone, Copy, Debug, Default)]
struct Read {
    pence: Option<i64>,
    excess: bool,
    with_pence: bool,
    date: Option<KnownDate>,
    period: bool,
    bare_year: bool,
}

impl Read {
    fn of(text: &str) -> Self {
        let amount = parse_amount(text).ok();
        let pence = amount.and_then(|pounds| to_pence(pounds, ExcessDecimals::HalfEven).ok());
        Self {
            pence: pence.map(|(pence, _)| pence.get()),
            excess: pence.is_some_and(|(_, taken)| !taken.is_zero()),
            with_pence: amount.is_some_and(|pounds| !pounds.fract().is_zero())
                || text.contains('£'),
            date: KnownDate::of(text),
            period: Period::parse(text, Some(YearKind::Financial)).is_ok(),
            bare_year: text.len() == 4 && Period::parse(text, Some(YearKind::Calendar)).is_ok(),
        }
    }
}

impl Column {
    fn new(heading: &str, place: usize) -> Self {
        Self {
            heading: heading.trim().to_owned(),
            words: words::words(heading),
            place,
            filled: 0,
            amounts: 0,
            negative: 0,
            excess: 0,
            with_pence: 0,
            pence: 0,
            dates: BTreeMap::new(),
            usual: BTreeSet::new(),
            month_first: 0,
            day_first: 0,
            serials: 0,
            periods: 0,
            bare_years: 0,
            texts: BTreeMap::new(),
            distinct: 0,
            known: HashMap::default(),
        }
    }

    fn add(&mut self, text: &str) {
        self.filled += 1;
        let hash = hash(text);
        let read = match self.known.get(&hash) {
            Some(read) => *read,
            None => {
                let read = Read::of(text);
                self.known.insert(hash, read);
                self.distinct += 1;
                read
            }
        };
        if let Some(pence) = read.pence {
            self.amounts += 1;
            self.pence += i128::from(pence);
            self.negative += u64::from(pence < 0);
            self.excess += u64::from(read.excess);
            self.with_pence += u64::from(read.with_pence);
        }
        if let Some(date) = read.date {
            if date.is_serial() {
                self.serials += 1;
            } else {
                *self.dates.entry(date.form).or_default() += 1;
                if date.usual {
                    self.usual.insert(date.form);
                }
                let either = date.swapped().is_some() && !date.both_ways();
                self.month_first += u64::from(either && date.month_first());
                self.day_first += u64::from(either && !date.month_first());
            }
        }
        self.periods += u64::from(read.period);
        self.bare_years += u64::from(read.bare_year);
        if let Some(count) = self.texts.get_mut(text) {
            *count += 1;
        } else if self.texts.len() < KEPT {
            self.texts.insert(text.to_owned(), 1);
        }
    }

    /// How many cells read as dates, day numbers of spreadsheets left out.
    pub(super) fn dated(&self) -> u64 {
        self.dates.values().sum()
    }

    /// Whether the texts are all there.
    pub(super) fn texts_are_all(&self) -> bool {
        self.texts.len() as u64 == self.distinct
    }
}

/// A number for a text, the same in each run.
pub(super) fn hash(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

/// `part` of `whole` in per cent, rounded down so that 100 means all.
pub(super) fn per_cent(part: u64, whole: u64) -> u64 {
    match whole {
        0 => 0,
        _ => part * 100 / whole,
    }
}

/// A header, and what stands below it; above it too, where it is the first of its sheet.
#[derive(Debug)]
pub(super) struct Table {
    /// The row of the header.
    pub(super) header: u64,
    /// The rows of it, the last not included: a sheet may have another header further down.
    from: u64,
    to: u64,
    /// The columns that have a heading.
    pub(super) columns: Vec<Column>,
    /// Rows that have anything in them, besides headers and what stands above all of them.
    pub(super) rows: u64,
    /// Cells of the rows above it.
    pub(super) titles: Vec<String>,
    /// Rows of few cells with an amount: place of the column, and pence.
    pub(super) alone: Vec<(usize, i64)>,
}

/// What a sheet is.
#[derive(Debug)]
pub(super) enum Found {
    /// One for each header that has other headings than the one before it.
    Tables(Vec<Table>),
    /// Nothing is in it.
    Empty,
    /// There is no row of headings; the cells of the row that comes nearest to one, if it is no row
    /// of data.
    NoHeader(Vec<String>),
}

impl Found {
    /// Looks for the header of a sheet, and reads its columns.
    pub(super) fn of(sheet: &Sheet<'_>) -> Self {
        let mut best: Option<(usize, u64, Vec<String>)> = None;
        let mut near: Option<(usize, Vec<String>)> = None;
        let mut first: Vec<(u64, Vec<String>)> = Vec::new();
        let _ = sheet.rows(|line, cells| {
            let filled = || cells.iter().map(str::trim).filter(|cell| !cell.is_empty());
            if first.len() < FIRST && filled().next().is_some() {
                first.push((
                    line,
                    cells.iter().map(|cell| cell.trim().to_owned()).collect(),
                ));
            }
            if let Some(known) = known_headings(cells) {
                let heading = || cells.iter().map(str::to_owned).collect();
                if has_money(cells) {
                    if best.as_ref().is_none_or(|(most, ..)| known > *most) {
                        best = Some((known, line, heading()));
                    }
                } else if near.as_ref().is_none_or(|(most, _)| known > *most) {
                    near = Some((known, filled().map(str::to_owned).collect()));
                }
            }
            ControlFlow::<()>::Continue(())
        });
        if first.is_empty() {
            return Self::Empty;
        }
        let header = best.map(|(_, line, cells)| (line, cells));
        match header.or_else(|| by_what_stands_below(&first)) {
            Some((line, cells)) => {
                let mut tables = Table::all(sheet, line, &cells);
                // A header at the foot has rows of data above it.
                let above = first.iter().take_while(|(own, _)| *own < line);
                let titles = above
                    .flat_map(|(_, cells)| cells)
                    .filter(|cell| !cell.is_empty());
                if line <= FIRST as u64 {
                    tables[0].titles = titles.cloned().collect();
                }
                Self::Tables(tables)
            }
            None => Self::NoHeader(near.map(|(_, cells)| cells).unwrap_or_default()),
        }
    }
}

/// Rows at the top of a sheet that are looked at where no heading is known.
const FIRST: usize = 40;
/// No heading is longer.
const LONGEST: usize = 120;

/// How many cells of a row are headings whose meaning is known; none if the row may be one of data.
fn known_headings(cells: Cells<'_>) -> Option<usize> {
    if has_data(cells) {
        return None;
    }
    let mut known = 0;
    let mut filled = 0;
    for cell in cells.iter().map(str::trim).filter(|cell| !cell.is_empty()) {
        filled += 1;
        if cell.len() > LONGEST {
            return None;
        }
        known += usize::from(words::is_known(&words::words(cell)));
    }
    (filled >= 2 && known >= 2 && known * 3 >= filled).then_some(known)
}

/// Whether a cell is an amount or a date, as no heading is.
fn is_of_data(cell: &str) -> bool {
    let digits = cell.bytes().any(|b| b.is_ascii_digit());
    digits && (parse_amount(cell).is_ok() || KnownDate::of(cell).is_some())
}

/// Whether some cell of a row is an amount or a date: nearly every row of data has one, and is told by
/// the first letter of that cell.
fn has_data(cells: Cells<'_>) -> bool {
    cells.iter().any(|cell| {
        let cell = cell.trim();
        cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '(' | '£'))
            && is_of_data(cell)
    })
}

fn has_money(cells: Cells<'_>) -> bool {
    cells
        .iter()
        .any(|cell| words::amount(&words::words(cell)).is_some())
}

/// The first row of words alone below which a column of amounts stands.
fn by_what_stands_below(rows: &[(u64, Vec<String>)]) -> Option<(u64, Vec<String>)> {
    rows.iter().enumerate().find_map(|(at, (line, cells))| {
        let filled: Vec<usize> = (0..cells.len()).filter(|&c| !cells[c].is_empty()).collect();
        let different: BTreeSet<&str> = filled.iter().map(|&c| cells[c].as_str()).collect();
        let words = (filled.iter()).all(|&c| cells[c].len() <= LONGEST && !is_of_data(&cells[c]));
        if filled.len() < 2 || !words || different.len() < filled.len() {
            return None;
        }
        let below = &rows[at + 1..];
        let amounts = |&column: &usize| {
            let there = below
                .iter()
                .filter_map(|(_, cells)| cells.get(column))
                .filter(|cell| !cell.is_empty());
            let (all, amounts) = there.fold((0, 0), |(all, amounts), cell| {
                (all + 1, amounts + usize::from(parse_amount(cell).is_ok()))
            });
            all > 0 && amounts * 10 >= all * 9
        };
        let wide = below
            .iter()
            .take(3)
            .any(|(_, cells)| cells.len() >= filled.len());
        (wide && filled.iter().any(amounts)).then(|| (*line, cells.clone()))
    })
}

impl Table {
    /// Reads the rows of a sheet with a header in this row. Another row of mostly the same headings is a
    /// header too, for the rows below it: of the same table if all of its headings are the same.
    fn all(sheet: &Sheet<'_>, header: u64, cells: &[String]) -> Vec<Self> {
        let mut tables = vec![Self::new(header, cells.iter().map(String::as_str))];
        let mut places = tables[0].places();
        let _ = sheet.rows(|line, cells| {
            let last = tables.len() - 1;
            let table = &mut tables[last];
            if line == header {
                places = table.places();
            } else if let Some(moved) = moved(&table.own(), cells) {
                let same = moved.iter().all(Option::is_some)
                    && cells
                        .iter()
                        .filter(|cell| !normalised(cell).is_empty())
                        .count()
                        <= moved.len();
                if same || line < header {
                    places = moved;
                } else {
                    table.to = line;
                    let next = Self::new(line, cells.iter());
                    places = next.places();
                    tables.push(Self { from: line, ..next });
                }
            } else {
                table.row(&places, cells);
            }
            ControlFlow::<()>::Continue(())
        });
        tables
    }

    fn new<'a>(header: u64, cells: impl Iterator<Item = &'a str>) -> Self {
        let columns = cells
            .enumerate()
            .filter(|(_, heading)| !heading.trim().is_empty());
        Self {
            header,
            from: 0,
            to: u64::MAX,
            columns: columns
                .map(|(place, heading)| Column::new(heading, place))
                .collect(),
            rows: 0,
            titles: Vec::new(),
            alone: Vec::new(),
        }
    }

    /// Where each column stands below its own header.
    fn places(&self) -> Vec<Option<usize>> {
        self.columns
            .iter()
            .map(|column| Some(column.place))
            .collect()
    }

    fn own(&self) -> Vec<String> {
        self.columns
            .iter()
            .map(|column| normalised(&column.heading))
            .collect()
    }

    fn row(&mut self, places: &[Option<usize>], cells: Cells<'_>) {
        let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        if filled == 0 {
            return;
        }
        let few = filled <= FEW && self.columns.len() > FEW;
        if few {
            for (column, place) in places.iter().enumerate() {
                let Some(cell) = place.map(|place| cells.trimmed(place)) else {
                    continue;
                };
                if let Some(pence) = Read::of(cell).pence
                    && self.alone.len() < KEPT
                {
                    self.alone.push((column, pence));
                }
            }
        }
        if filled < 2 {
            return;
        }
        self.rows += 1;
        for (column, place) in self.columns.iter_mut().zip(places) {
            let Some(cell) = place.map(|place| cells.trimmed(place)) else {
                continue;
            };
            if !cell.is_empty() {
                column.add(cell);
            }
        }
    }

    /// Visits the rows again, with the cells of these columns.
    pub(super) fn each_row(
        &self,
        sheet: &Sheet<'_>,
        columns: &[usize],
        mut visit: impl FnMut(&[&str]),
    ) {
        let own = self.own();
        let mut places = self.places();
        let mut texts: Vec<String> = vec![String::new(); columns.len()];
        let _ = sheet.rows(|line, cells| {
            if line >= self.to {
                return ControlFlow::Break(());
            }
            if line < self.from {
                return ControlFlow::Continue(());
            }
            if line == self.header {
                places = self.places();
                return ControlFlow::Continue(());
            }
            if let Some(moved) = moved(&own, cells) {
                places = moved;
                return ControlFlow::Continue(());
            }
            if cells.iter().filter(|cell| !cell.trim().is_empty()).count() < 2 {
                return ControlFlow::Continue(());
            }
            for (text, &column) in texts.iter_mut().zip(columns) {
                text.clear();
                text.push_str(places[column].map_or("", |place| cells.trimmed(place)));
            }
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            visit(&texts);
            ControlFlow::Continue(())
        });
    }

    /// The headings by their letters and digits: what two files of one publisher have in common.
    pub(super) fn letters(&self) -> BTreeSet<String> {
        self.columns
            .iter()
            .map(|column| normalised(&column.heading))
            .collect()
    }
}

/// The places of columns in a row that has most of these headings, and so is a header too.
fn moved(own: &[String], cells: Cells<'_>) -> Option<Vec<Option<usize>>> {
    if has_data(cells) {
        return None;
    }
    let headings: Vec<String> = cells.iter().map(normalised).collect();
    let met = own
        .iter()
        .filter(|heading| !heading.is_empty() && headings.contains(heading))
        .count();
    if met < 2 || met * 2 < own.len() {
        return None;
    }
    let mut taken = BTreeSet::new();
    let mut place = |heading: &String| {
        let place =
            (0..headings.len()).find(|&at| headings[at] == *heading && !taken.contains(&at))?;
        taken.insert(place);
        Some(place)
    };
    Some(own.iter().map(&mut place).collect())
}
