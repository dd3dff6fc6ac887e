//! A check as tables for the terminal.

use super::ledgers::{ColumnCheck, LineSums};
use super::months::{LedgerMonthsCheck, MonthState, each_month};
use super::unplaced::AXES;
use super::{Check, LedgerCheck};
use crate::axis::Period;
use crate::finding::{FindingGroup, Severity, plain};
use crate::money::{Pence, with_separators};
use crate::table::{Align, Table};
use crate::text::{counted, list};
use std::collections::BTreeSet;
use std::fmt;

/// Ledgers beside each other in the table of months.
const ABREAST: usize = 3;
/// With more months than this, the table has financial years.
const MONTHS: usize = 36;
/// Files that are named one by one.
const FILES: usize = 2;
/// How long a list of headings that nothing is read from may become.
const HEADINGS: usize = 60;

pub(super) fn write(check: &Check, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "Check of {}: {}\n", plain(&check.place), check.summary)?;
    if !check.not_read.is_empty() {
        not_read(check, f)?;
    }
    writeln!(f, "{}", ledgers(&check.ledgers))?;
    writeln!(f, "{}", columns(&check.ledgers))?;
    for table in months(check) {
        writeln!(f, "{table}")?;
    }
    for table in [controls(check), signs(check), unplaced(check), idle(check)] {
        if table.rows().is_empty() {
            writeln!(f, "{}\n", table.title())?;
            table
                .notes()
                .iter()
                .try_for_each(|note| writeln!(f, "{note}\n"))?;
        } else {
            writeln!(f, "{table}")?;
        }
    }
    findings(&check.findings, f)
}

fn number(number: u64) -> String {
    with_separators(number)
}

/// A number, and nothing for none, so that what is there stands out.
fn some(count: u64) -> String {
    if count == 0 {
        String::new()
    } else {
        number(count)
    }
}

fn some_pence(pence: Pence) -> String {
    if pence == Pence::ZERO {
        String::new()
    } else {
        pence.to_string()
    }
}

/// A name that is not too long beside figures.
fn clipped(name: &str) -> String {
    const LONGEST: usize = 60;
    match name.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name.to_owned(),
    }
}

/// A few names of many.
fn few(names: &[String]) -> String {
    let shown = names.len().min(FILES);
    list(&names[..shown], names.len() - shown)
}

fn not_read(check: &Check, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "What could not be read\n")?;
    for one in &check.not_read {
        let why = plain(&one.why);
        match &one.file {
            Some(file) => writeln!(f, "ledger `{}`, {}\n  {why}\n", one.ledger, plain(file))?,
            None => writeln!(f, "ledger `{}`, all of it\n  {why}\n", one.ledger)?,
        }
    }
    writeln!(f, "Everything below is of the files that could be read.\n")
}

fn ledgers(ledgers: &[LedgerCheck]) -> Table {
    let mut table = Table::of_columns(
        "Ledgers and their files",
        &["ledger", "file"],
        &[
            "lines",
            "£",
            "credits",
            "£ credits",
            "rejected",
            "£ rejected",
            "other rows",
        ],
    );
    for ledger in ledgers {
        let files = counted(ledger.files.len(), "file");
        let mut row = |name: String, file: String, sums: &LineSums| {
            let unknown = match (sums.rejected_unknown, sums.rejected_pence) {
                (0, pence) => some_pence(pence),
                (_, Pence::ZERO) => "unknown".to_owned(),
                (_, pence) => format!("{pence} and unknown"),
            };
            let others = sums.not_selected + sums.total_rows;
            table.row([
                name,
                file,
                number(sums.lines),
                sums.pence.to_string(),
                some(sums.credits),
                some_pence(sums.credit_pence),
                some(sums.rejected),
                unknown,
                some(others),
            ]);
        };
        match ledger.files.as_slice() {
            [only] => row(ledger.ledger.clone(), only.file.clone(), &ledger.sums),
            several => {
                row(ledger.ledger.clone(), files, &ledger.sums);
                for file in several {
                    row(String::new(), file.file.clone(), &file.sums);
                }
            }
        }
    }
    table.note("Other rows: those that the layout does not select, and totals of rows above them.");
    for excluded in ledgers.iter().flat_map(|ledger| &ledger.not_spending) {
        let (ledger, name) = (&excluded.ledger, excluded.name());
        table.note(&format!("`{ledger}`: {} is {name}.", excluded.pence));
    }
    table
}

fn columns(ledgers: &[LedgerCheck]) -> Table {
    let mut table = Table::of_columns(
        "Headings found and missing",
        &[
            "ledger",
            "read as",
            "heading in the files",
            "files",
            "which",
        ],
        &[],
    );
    for ledger in ledgers {
        let all = ledger.files.len();
        let mut name = Some(ledger.ledger.clone());
        let mut row = |cells: [String; 4]| {
            let ledger = name.take().unwrap_or_default();
            table.row(std::iter::once(ledger).chain(cells));
        };
        let named = ledger.columns.iter().filter(|column| column.key.is_some());
        for column in named {
            let heading = column.heading.as_deref().unwrap_or("MISSING");
            let key = column.key.clone().unwrap_or_default();
            let [of, which] = in_files(column, all);
            row([key, plain(heading).into_owned(), of, which]);
        }
        for (headings, column) in not_read_columns(&ledger.columns) {
            let [of, which] = in_files(column, all);
            row(["(not read)".to_owned(), headings, of, which]);
        }
    }
    table
}

/// In how many files a column is so, and in which, or in which it is not: the fewer are named.
fn in_files(column: &ColumnCheck, all: usize) -> [String; 2] {
    let with = column.files.len();
    let which = match column.not_in.len() {
        0 => return ["all".to_owned(), String::new()],
        without if without < with => format!("not in {}", few(&column.not_in)),
        _ => format!("in {}", few(&column.files)),
    };
    [format!("{with} of {all}"), which]
}

/// Headings that nothing is read from, those of the same files together.
fn not_read_columns(columns: &[ColumnCheck]) -> Vec<(String, &ColumnCheck)> {
    let unnamed = columns.iter().filter(|column| column.key.is_none());
    let mut together: Vec<(Vec<&str>, &ColumnCheck)> = Vec::new();
    for column in unnamed {
        let heading = column.heading.as_deref().unwrap_or_default();
        let of_these = (together.iter_mut()).find(|(_, other)| other.files == column.files);
        match of_these {
            Some((headings, _)) => headings.push(heading),
            None => together.push((vec![heading], column)),
        }
    }
    (together.into_iter())
        .map(|(headings, column)| {
            let mut length = 0;
            let shown = headings.iter().take_while(|heading| {
                length += heading.chars().count() + 2;
                length <= HEADINGS
            });
            let shown: Vec<_> = shown.map(|heading| plain(heading)).collect();
            // One is always shown.
            let shown = if shown.is_empty() {
                vec![plain(headings[0])]
            } else {
                shown
            };
            (list(&shown, headings.len() - shown.len()), column)
        })
        .collect()
}

fn months(check: &Check) -> Vec<Table> {
    let all = &check.months;
    let mut periods: BTreeSet<Period> = BTreeSet::new();
    for ledger in &all.ledgers {
        periods.extend(ledger.months.iter().map(|month| month.period));
    }
    let by_year = periods.iter().filter(|period| period.months() == 1).count() > MONTHS;
    if by_year {
        periods = (periods.iter())
            .flat_map(|period| match period.months() {
                1 => period.financial_years(),
                _ => vec![*period],
            })
            .collect();
    }
    let mut tables: Vec<Table> = (all.ledgers.chunks(ABREAST))
        .map(|ledgers| of_months(ledgers, &periods, by_year))
        .collect();
    let missing = all
        .ledgers
        .iter()
        .filter(|ledger| !ledger.missing.is_empty());
    if let Some(last) = tables.last_mut() {
        for ledger in missing {
            let months = counted(ledger.missing.count(), "month");
            last.note(&format!(
                "`{}` lacks {months}: {}. If a month is empty and not missing, say so with \
                 `complete` in its ledger.",
                ledger.ledger, ledger.missing
            ));
        }
    }
    tables
}

/// Some ledgers beside each other.
fn of_months(ledgers: &[LedgerMonthsCheck], periods: &BTreeSet<Period>, by_year: bool) -> Table {
    let mut table = Table::of_columns("Months by ledger", &["period"], &[]);
    for ledger in ledgers {
        table.column(&ledger.ledger, Align::Left);
        table.column("lines", Align::Right);
        table.column("£", Align::Right);
    }
    for &period in periods {
        let cells: Vec<[String; 3]> = (ledgers.iter())
            .map(|ledger| cells(ledger, period, by_year))
            .collect();
        if cells.iter().flatten().any(|cell| !cell.is_empty()) {
            let cells = cells.into_iter().flatten();
            table.row(std::iter::once(period.to_string()).chain(cells));
        }
    }
    if ledgers.iter().any(|ledger| ledger.undated > 0) {
        let cells = ledgers.iter().flat_map(|ledger| {
            [
                String::new(),
                some(ledger.undated),
                some_pence(ledger.undated_pence),
            ]
        });
        table.row(std::iter::once("no period".to_owned()).chain(cells));
    }
    table
}

/// What a ledger has of a month, or of a longer period with its months: a word, lines, pounds.
fn cells(ledger: &LedgerMonthsCheck, period: Period, by_year: bool) -> [String; 3] {
    let is_year = by_year && period.financial_years() == [period];
    let within: Vec<_> = (ledger.months.iter())
        .filter(|month| {
            month.period == period
                || is_year && month.period.months() == 1 && period.contains(month.period)
        })
        .collect();
    if within.is_empty() {
        return Default::default();
    }
    let words: Vec<&str> = (within.iter())
        .map(|month| match month.state {
            MonthState::There => "",
            MonthState::Missing => "MISSING",
            MonthState::Few => "few",
            MonthState::Outside => "outside",
        })
        .collect();
    let word = match words.as_slice() {
        [one] => (*one).to_owned(),
        several => {
            let there = several.iter().filter(|word| word.is_empty()).count();
            let months = each_month(period).count();
            if there == months {
                String::new()
            } else {
                format!("{there} of {months}")
            }
        }
    };
    let lines = within.iter().map(|month| month.lines).sum();
    let pence = (within.iter())
        .map(|month| i128::from(month.pence.get()))
        .sum();
    if lines == 0 {
        return [word, String::new(), String::new()];
    }
    [word, number(lines), super::ledgers::held(pence).to_string()]
}

fn controls(check: &Check) -> Table {
    let mut table = Table::of_columns(
        "Control totals",
        &["ledger", "control", ""],
        &[
            "expected",
            "found",
            "difference",
            "lines expected",
            "lines found",
        ],
    );
    for control in &check.controls {
        let result = &control.result;
        let difference = result.difference();
        table.row([
            control.ledger.clone(),
            clipped(&result.control.name),
            if control.met { "met" } else { "MISSED" }.to_owned(),
            result.control.total.to_string(),
            result.found.to_string(),
            difference.map_or_else(|| "too large".to_owned(), some_pence),
            result.control.lines.map(number).unwrap_or_default(),
            number(result.lines),
        ]);
    }
    let with: BTreeSet<&str> = check
        .controls
        .iter()
        .map(|one| one.ledger.as_str())
        .collect();
    let without: Vec<&str> = (check.ledgers.iter())
        .map(|ledger| ledger.ledger.as_str())
        .filter(|ledger| !with.contains(ledger))
        .collect();
    if !without.is_empty() {
        table.note(&format!("No control total: {}.", without.join(", ")));
    }
    table
}

fn signs(check: &Check) -> Table {
    let mut table = Table::of_columns(
        "Signs",
        &["ledger", "file"],
        &["lines", "credits", "£ credits"],
    );
    for sign in &check.signs {
        table.row([
            sign.ledger.clone(),
            sign.file.clone().unwrap_or_default(),
            number(sign.lines),
            sign.credits.to_string(),
            sign.credit_pounds.to_string(),
        ]);
    }
    for sign in &check.signs {
        if let Some(odd) = &sign.odd {
            let file = sign.file.iter().map(|file| format!(", {file}"));
            let file: String = file.collect();
            table.note(&format!("`{}`{file}: {odd}.", sign.ledger));
        }
    }
    table
}

fn unplaced(check: &Check) -> Table {
    let mut table = Table::of_columns(
        "Not placed",
        &["ledger", "axis"],
        &["% of £", "% of lines", "unmapped £", "unmapped lines"],
    );
    table.column("why", Align::Left);
    for one in check.unplaced.iter().filter(|one| !one.gaps.is_empty()) {
        let gaps: Vec<String> = (one.gaps.iter())
            .map(|gap| format!("{} {}", gap.gap, gap.pounds))
            .collect();
        table.row([
            one.ledger.clone(),
            one.axis.to_owned(),
            one.pounds.to_string(),
            one.lines.to_string(),
            one.unmapped_pounds.to_string(),
            one.unmapped_lines.to_string(),
            gaps.join(", "),
        ]);
    }
    let placed: Vec<&str> = (AXES.into_iter())
        .filter(|axis| {
            let mut of_axis = check.unplaced.iter().filter(|one| one.axis == *axis);
            of_axis.all(|one| one.gaps.is_empty())
        })
        .collect();
    if !placed.is_empty() {
        table.note(&format!(
            "Every line is on a member of {}.",
            placed.join(", ")
        ));
    }
    table
}

fn idle(check: &Check) -> Table {
    let mut table = Table::of_columns("What no line meets", &["what", "which", "why"], &[]);
    for rule in &check.idle {
        table.row([rule.what.to_owned(), rule.which.clone(), rule.why.clone()]);
    }
    if check.idle.is_empty() {
        table.note("Every rule of the pack meets some line.");
    }
    table
}

fn findings(groups: &[FindingGroup], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (severity, title) in [(Severity::Fault, "Faults"), (Severity::Notice, "Notices")] {
        let of: Vec<&FindingGroup> = (groups.iter())
            .filter(|group| group.severity() == severity)
            .collect();
        writeln!(f, "{title}")?;
        for group in &of {
            writeln!(f, "\n{group}")?;
        }
        if of.is_empty() {
            writeln!(f, "\nNone.")?;
        }
        writeln!(f)?;
    }
    Ok(())
}
