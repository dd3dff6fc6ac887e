//! One file through a layout, a part at a time.

use super::capped_findings::Limited;
use super::control::Met;
use super::date::Dates;
use super::dictionary::Dictionary;
use super::file::{Counts, File, Header};
use super::heading::Columns;
use super::part::{
    Doubts, HEADING_FITS_TWICE, Known, Lines, Looking, Part, PlainColumns, Sums, Taken, Where,
    filled,
};
use super::plan::Plan;
use super::qualifiers::Kind;
use super::runs::Runs;
use super::totals::Totals;
use super::verdict::{Look, Verdicts};
use super::{AmountFormat, LedgerError};
use crate::finding::{Finding, Findings, Position, Severity};
use crate::money::Pence;
use crate::sheet::{
    self, Block, Cells, Detected, NoRows, Opened, Plainly, ReadOptions, Stream, Window,
};
use rayon::prelude::*;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// What one file gave, before it is joined to the others of its ledger.
#[derive(Debug)]
pub(super) struct FileRead {
    pub(super) file: File,
    pub(super) findings: Findings,
    /// The lines, part by part.
    pub(super) lines: Vec<Lines>,
    pub(super) sums: Sums,
    /// For each control total what the file adds to it.
    pub(super) controls: Vec<Met>,
    /// For each sheet its name, and the number of lines up to its end.
    pub(super) sheets: Vec<(Option<String>, usize)>,
    /// For each sheet the rows that are lines.
    pub(super) rows: Vec<Runs>,
    /// The texts of each code.
    pub(super) texts: Vec<Dictionary>,
    /// What is in doubt of the file as a whole.
    pub(super) doubts: Doubts,
    pub(super) dates: Dates,
}

/// Reads one file. `tick` is called now and then.
pub(super) fn read(
    plan: &Plan<'_>,
    path: &Path,
    shown: &str,
    tick: &(dyn Fn() + Sync),
) -> Result<FileRead, LedgerError> {
    let layout = plan.layout;
    let options = ReadOptions {
        format: layout.format,
        encoding: layout.encoding.clone(),
        delimiter: layout.delimiter,
        sheets: layout.sheets.clone(),
    };
    let plainly = Plainly {
        percent: layout.amount_formats.contains(&AmountFormat::Percent),
        currency: layout.amount_formats.contains(&AmountFormat::OtherCurrency),
        formulas: false,
    };
    match sheet::opened(path, shown, &options, plainly, plan.blocks)? {
        Opened::Stream(mut stream) => loop {
            let mut reading = FileReading::new(plan, shown);
            match reading.stream(&mut stream, tick) {
                Ok(()) => {
                    let (detected, fingerprint) = stream.finish();
                    return reading.finish(detected, fingerprint);
                }
                Err(Stopped::NotUtf8) => stream = stream.without_utf8()?,
                Err(Stopped::Failed(error)) => return Err(error),
            }
        },
        Opened::Whole(source) => {
            let mut reading = FileReading::new(plan, shown);
            for sheet in source.sheets() {
                reading.sheet(&sheet)?;
                tick();
            }
            reading.finish(source.detected().clone(), source.fingerprint().to_owned())
        }
    }
}

/// Why a file was not read to its end.
enum Stopped {
    /// It has to be read again from its start.
    NotUtf8,
    Failed(LedgerError),
}

impl<E: Into<LedgerError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// The rows of a block, or why the file is not read to its end.
fn rows<T>(visited: Result<T, NoRows>) -> Result<T, Stopped> {
    visited.map_err(|error| match error {
        NoRows::NotUtf8 => Stopped::NotUtf8,
        NoRows::Unreadable(error) => error.into(),
    })
}

/// A file while it is read.
struct FileReading<'a> {
    plan: &'a Plan<'a>,
    shown: &'a str,
    known: Known,
    counts: Counts,
    headers: Vec<Header>,
    undated: u64,
    near: Vec<String>,
    lines: Vec<Lines>,
    /// How many lines there are in all parts.
    line_count: usize,
    total: i128,
    sums: Sums,
    controls: Vec<Met>,
    findings: Limited,
    sheets: Vec<(Option<String>, usize)>,
    rows: Vec<Runs>,
    /// Those of the sheet that is being read.
    rows_of_sheet: Runs,
    totals: Totals,
    doubts: Doubts,
}

impl<'a> FileReading<'a> {
    fn new(plan: &'a Plan<'a>, shown: &'a str) -> Self {
        Self {
            plan,
            shown,
            known: Known {
                dates: Dates::new(&plan.layout.dates),
                texts: plan
                    .layout
                    .codes
                    .keys()
                    .map(|_| Dictionary::default())
                    .collect(),
            },
            counts: Counts::default(),
            headers: Vec::new(),
            undated: 0,
            near: Vec::new(),
            lines: Vec::new(),
            line_count: 0,
            total: 0,
            sums: Sums::default(),
            controls: vec![Met::default(); plan.controls],
            findings: Limited::new(shown),
            sheets: Vec::new(),
            rows: Vec::new(),
            rows_of_sheet: Runs::default(),
            totals: Totals::new(),
            doubts: Doubts::default(),
        }
    }

    /// Reads the rows of a sheet: once to find its first header, which may stand at the foot, and
    /// once for what they are.
    fn sheet(&mut self, sheet: &sheet::Sheet<'_>) -> Result<(), LedgerError> {
        let plan = self.plan;
        let shown = match sheet.name() {
            Some(name) => format!("{} [{name}]", self.shown),
            None => self.shown.to_owned(),
        };
        let first = sheet.rows(|line, cells| header(plan, line, cells));
        if let ControlFlow::Break((first_header, columns)) = first {
            let at = Where {
                sheet: sheet.name(),
                file: self.shown,
                shown: &shown,
                delimiter: None,
                first_header,
            };
            let none = Verdicts::new();
            let mut part = Part::new(plan, at, Arc::clone(&columns), &self.known, 0, &none);
            part.take_sheet(sheet, &self.known)?;
            let verdicts = self.totals.walk(&part, || {
                let mut looking = Looking::at(&part);
                let _ = sheet.rows(|line, cells| {
                    looking.row(line, cells);
                    ControlFlow::<()>::Continue(())
                });
                Ok::<_, LedgerError>(looking.done())
            })?;
            if !verdicts.is_empty() {
                part = Part::new(plan, at, columns, &self.known, 0, &verdicts);
                part.take_sheet(sheet, &self.known)?;
            }
            self.add(part);
        } else {
            let mut without = WithoutHeader::default();
            let _ = sheet.rows(|_, cells| without.row(plan, cells));
            self.without_header(without, &shown);
        }
        self.end_sheet(sheet.name());
        Ok(())
    }

    /// Reads a file a few blocks at a time: while these become lines, the next are read.
    fn stream(&mut self, stream: &mut Stream, tick: &(dyn Fn() + Sync)) -> Result<(), Stopped> {
        self.undecodable(stream.undecodable());
        let plan = self.plan;
        let mut top: Vec<Window> = Vec::new();
        let mut found = None;
        while found.is_none()
            && let Some(window) = stream.next(Vec::new())?
        {
            for (number, block) in window.blocks().iter().enumerate() {
                let found_here = rows(block.rows(|line, cells| header(plan, line, cells)))?;
                if let ControlFlow::Break((line, columns)) = found_here {
                    found = Some((number, line, columns));
                    break;
                }
            }
            top.push(window);
        }
        let Some((with_header, first_header, mut columns)) = found else {
            return self.stream_without_header(&top, stream);
        };
        if let Some(error) = (columns.read_from()).find_map(|column| stream.unread(column)) {
            return Err(error.into());
        }
        stream.want(columns.read_from());
        let at = Where {
            sheet: None,
            file: self.shown,
            shown: self.shown,
            delimiter: stream.delimiter(),
            first_header,
        };
        let (mut window, mut skipped) = (top.pop(), 0);
        // Rows above the first header are read with it, in one part: there are lines among them,
        // or there are not.
        if with_header > 0 || !top.is_empty() {
            let above = top.iter().flat_map(Window::blocks);
            skipped = with_header + 1;
            let blocks: Vec<Block<'_>> =
                (above.chain(window.iter().flat_map(Window::blocks).take(skipped))).collect();
            let none = Verdicts::new();
            let read = |verdicts| {
                let mut first = Part::new(plan, at, Arc::clone(&columns), &self.known, 0, verdicts);
                for block in &blocks {
                    rows(first.take_block(block, &self.known))??;
                }
                Ok::<_, Stopped>(first)
            };
            let mut first = read(&none)?;
            let verdicts = self.totals.walk(&first, || looks(&first, &blocks))?;
            if !verdicts.is_empty() {
                first = read(&verdicts)?;
            }
            for block in &blocks {
                stream.and_ascii(block.is_ascii());
            }
            columns = Arc::clone(&first.columns);
            self.add(first);
        }
        drop(top);
        let mut spare = Vec::new();
        while let Some(current) = window {
            let began_with = Arc::clone(&columns);
            let plain = match current.columns() {
                None => None,
                Some(cells) => {
                    cells.decode(&began_with.read_from().collect())?;
                    PlainColumns::of(plan, at, &began_with, cells)
                }
            };
            let blocks = match &plain {
                Some(_) if skipped == 0 => current.long_blocks(),
                _ => current.blocks(),
            };
            let blocks = blocks.get(skipped..).unwrap_or_default();
            let none = Verdicts::new();
            let plainly = |columns: &Columns| plain.as_ref().filter(|_| *columns == *began_with);
            let read = |block: &Block<'_>| {
                let how = (block, plain.as_ref());
                let part = taken(plan, at, &began_with, &self.known, how, &none);
                tick();
                part
            };
            let (parts, next) = rayon::join(
                || blocks.par_iter().map(read).collect::<Result<Vec<_>, _>>(),
                || stream.next(std::mem::take(&mut spare)),
            );
            let parts = rows(parts)?;
            for ((mut part, mut took, ascii), block) in parts.into_iter().zip(blocks) {
                // A header further up may have moved the columns of this part.
                if *part.began_with != *columns {
                    let how = (block, plainly(&columns));
                    (part, took, _) = rows(taken(plan, at, &columns, &self.known, how, &none))?;
                }
                took?;
                let looks = || looks(&part, std::slice::from_ref(block));
                let verdicts = self.totals.walk(&part, looks)?;
                if !verdicts.is_empty() {
                    let above = Arc::clone(&part.began_with);
                    let how = (block, plainly(&above));
                    (part, took, _) = rows(taken(plan, at, &above, &self.known, how, &verdicts))?;
                    took?;
                }
                stream.and_ascii(ascii);
                columns = Arc::clone(&part.columns);
                self.add(part);
            }
            spare = current.into_bytes();
            (window, skipped) = (next?, 0);
        }
        self.end_sheet(None);
        Ok(())
    }

    /// Adds the next part.
    fn add(&mut self, part: Part<'_>) {
        let mut lines = part.lines;
        let texts = self.known.texts.iter_mut().zip(part.texts);
        for (ids, (known, new)) in lines.codes.iter_mut().zip(texts) {
            new.join(known, ids);
        }
        self.known.dates.add(part.dates);
        self.counts += part.counts;
        self.headers.extend(part.headers);
        self.undated += part.undated;
        self.line_count += lines.pence.len();
        self.rows_of_sheet.append(&lines.rows);
        self.lines.push(lines);
        self.total += part.total;
        self.sums.add(&part.sums);
        self.doubts.add(part.doubts);
        for (all, more) in self.controls.iter_mut().zip(&part.controls) {
            all.add(more);
        }
        self.findings.append(part.findings);
        if let Some(line) = part.cut_off {
            self.findings.push(Finding {
                rule: "quote-not-closed".into(),
                severity: Severity::Fault,
                position: Position::line(self.shown, line),
                found: "a quote opens in this row and never closes: the file was cut off here, \
                        or the rows after it were taken for one cell"
                    .into(),
                at_stake: None,
                remedy: "fetch the file again, or close the quote".into(),
            });
        }
    }

    /// Notes that a sheet ends here.
    fn end_sheet(&mut self, name: Option<&str>) {
        self.sheets.push((name.map(str::to_owned), self.line_count));
        self.rows.push(std::mem::take(&mut self.rows_of_sheet));
        self.totals.end_sheet();
    }

    /// A file without any header.
    fn stream_without_header(
        &mut self,
        windows: &[Window],
        stream: &mut Stream,
    ) -> Result<(), Stopped> {
        let mut without = WithoutHeader::default();
        for block in windows.iter().flat_map(Window::blocks) {
            let _ = rows(block.rows(|_, cells| without.row(self.plan, cells)))?;
            stream.and_ascii(block.is_ascii());
        }
        self.without_header(without, self.shown);
        self.end_sheet(None);
        Ok(())
    }

    /// A sheet without a header is a cover page or a note, unless it is all there is.
    fn without_header(&mut self, found: WithoutHeader, shown: &str) {
        self.counts.records += found.rows;
        self.counts.preamble += found.rows;
        if self.near.is_empty() {
            self.near = found.near;
        }
        if found.filled > 0 {
            self.findings.push(Finding {
                rule: "sheet-without-header".into(),
                severity: Severity::Notice,
                position: Position::file(shown),
                found: format!(
                    "none of its {} rows has the headings of the layout",
                    found.filled
                ),
                at_stake: None,
                remedy: "name the sheets with payments in `sheets` of the layout, or add the \
                         headings of this sheet"
                    .into(),
            });
        }
    }

    fn undecodable(&mut self, count: u64) {
        if count > 0 {
            self.findings.push(Finding {
                rule: "not-in-its-encoding".into(),
                severity: Severity::Notice,
                position: Position::file(self.shown),
                found: format!(
                    "{count} sequences of bytes do not exist in the encoding of the file"
                ),
                at_stake: None,
                remedy: "correct `encoding` in the layout, or leave it out to have it detected"
                    .into(),
            });
        }
    }

    fn finish(mut self, detected: Detected, fingerprint: String) -> Result<FileRead, LedgerError> {
        if self.headers.is_empty() {
            return Err(LedgerError::NoHeading {
                file: self.shown.to_owned(),
                wanted: self.plan.layout.amount.clone(),
                near: self.near,
            });
        }
        self.hidden(&detected.hidden);
        self.counts.assert_complete();
        if self.counts.lines == 0 {
            self.findings.push(Finding {
                rule: "file-without-lines".into(),
                severity: Severity::Notice,
                position: Position::file(self.shown),
                found: "the file has a header and no line of this ledger".into(),
                at_stake: None,
                remedy: "check that the file is complete and `where` selects its rows".into(),
            });
        }
        let held = |sum: i128| {
            Pence::from_wide(sum).map_err(|source| LedgerError::TooLarge {
                ledger: self.plan.ledger.to_owned(),
                source,
            })
        };
        let (total, rejected) = (held(self.total)?, held(self.sums.rejected)?);
        self.findings.settle(HEADING_FITS_TWICE, total);
        self.in_doubt(total);
        Ok(FileRead {
            file: File {
                shown: self.shown.to_owned(),
                fingerprint,
                detected,
                headers: self.headers,
                date_forms: self.known.dates.counts(),
                undated: self.undated,
                counts: self.counts,
                total,
                rejected,
                rejected_unknown: self.sums.rejected_unknown,
            },
            findings: self.findings.finish(),
            lines: self.lines,
            sums: self.sums,
            controls: self.controls,
            sheets: self.sheets,
            rows: self.rows,
            texts: self.known.texts,
            doubts: self.doubts,
            dates: self.known.dates,
        })
    }

    /// Sheets that were not read.
    fn hidden(&mut self, sheets: &[String]) {
        for sheet in sheets {
            self.findings.push(Finding {
                rule: "hidden-sheet-not-read".into(),
                severity: Severity::Notice,
                position: Position::file(format!("{} [{sheet}]", self.shown)),
                found: "the sheet is hidden and was not read".into(),
                at_stake: None,
                remedy: "name the sheets with payments in `sheets` of the layout; hidden ones are \
                         read only then"
                    .into(),
            });
        }
    }

    /// What is in doubt of the file as a whole.
    fn in_doubt(&mut self, total: Pence) {
        let undated = Pence::from_wide(self.doubts.undated).ok();
        let lines = self.undated;
        for &(line, name) in &self.doubts.no_time {
            // One of the two is enough.
            let both = self
                .doubts
                .no_time
                .iter()
                .filter(|other| other.0 == line)
                .count()
                > 1;
            let wanted = [&self.plan.layout.date, &self.plan.layout.period];
            if !both && wanted.iter().all(|headings| !headings.is_empty()) && lines == 0 {
                continue;
            }
            self.findings.push(Finding {
                rule: "heading-missing".into(),
                severity: Severity::Notice,
                position: Position::line(self.shown, line),
                found: format!(
                    "the header has no heading that the layout gives for `{name}`: {} of this \
                     file {} in no period",
                    counted(lines, "line", "lines"),
                    if lines == 1 { "is" } else { "are" }
                ),
                at_stake: undated,
                remedy: format!("add the heading of this file to `{name}` of the layout"),
            });
        }
        if let Some((row, shown, form)) = &self.doubts.swapped {
            self.findings.push(swapped_dates(
                Position::line(self.shown, (*row).into()),
                format!(
                    "`{shown}` can be a date only with month and day the other way round: every \
                     date of this column is in doubt"
                ),
                form,
                total,
            ));
        } else if let Some((one, other)) = self.known.dates.both_ways() {
            self.findings.push(swapped_dates(
                Position::file(self.shown),
                format!(
                    "some dates were read as `{one}` and others, which cannot be that, as \
                     `{other}`: every date of this column is in doubt"
                ),
                other,
                total,
            ));
        }
        if let Some(sure) = self.doubts.cut.sure() {
            let cut = self.doubts.cut;
            let beside = if sure {
                "beside other amounts stand no three digits there"
            } else {
                "they are counted as they stand"
            };
            self.findings.push(Finding {
                rule: "amount-cut-by-delimiter".into(),
                severity: if sure {
                    Severity::Fault
                } else {
                    Severity::Notice
                },
                position: Position::line(self.shown, cut.first.into()),
                found: format!(
                    "{} and the three digits in the cell after {} read as one amount that its own \
                     comma cut in two; {beside}",
                    counted(cut.rows, "small amount", "small amounts"),
                    if cut.rows == 1 { "it" } else { "each" },
                ),
                at_stake: Pence::from_wide(cut.joined).ok(),
                remedy: "quote the amounts, or write them without commas".into(),
            });
        }
        for fault in unnamed_columns(&self.doubts, self.shown) {
            self.findings.push(fault);
        }
    }
}

/// Faults of columns that say something of amounts, and that the layout does not name.
pub(super) fn unnamed_columns(doubts: &Doubts, shown: &str) -> Vec<Finding> {
    let fault =
        |((kind, heading), (rows, pence, first)): (&(Kind, String), &(u64, i128, u32))| Finding {
            rule: "column-changes-amounts".into(),
            severity: Severity::Fault,
            position: match first {
                0 => Position::file(shown),
                row => Position::line(shown, (*row).into()),
            }
            .column(heading),
            found: format!(
                "{} under `{heading}` {} that the amount beside {} is not simply spending in \
                 pounds, and the layout does not name this column",
                counted(*rows, "cell", "cells"),
                if *rows == 1 { "says" } else { "say" },
                if *rows == 1 { "it" } else { "them" },
            ),
            at_stake: Pence::from_wide(*pence).ok(),
            remedy: format!("name the column under `{}` of the layout", kind.key()),
        };
    doubts.unnamed.iter().map(fault).collect()
}

/// The fault of a column in which month and day may have changed places.
pub(super) fn swapped_dates(
    position: Position,
    found: String,
    form: &str,
    total: Pence,
) -> Finding {
    Finding {
        rule: "month-and-day-in-doubt".into(),
        severity: Severity::Fault,
        position,
        found,
        at_stake: Some(total),
        remedy: format!(
            "if its dates are written so, write `dates = [\"{form}\"]` in a layout for this file; \
             if not, correct the date"
        ),
    }
}

fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// What the rows of some blocks look like.
fn looks(part: &Part<'_>, blocks: &[Block<'_>]) -> Result<Vec<Look>, Stopped> {
    let mut looking = Looking::at(part);
    for block in blocks {
        let _ = rows(block.rows(|line, cells| {
            looking.row(line, cells);
            ControlFlow::<()>::Continue(())
        }))?;
    }
    Ok(looking.done())
}

/// Reads one block into a part of its own, which began with these columns; also says whether all
/// rows could be taken, and whether the block is ASCII.
fn taken<'a>(
    plan: &'a Plan<'a>,
    at: Where<'a>,
    columns: &Arc<Columns>,
    known: &Known,
    (block, plain): (&Block<'_>, Option<&PlainColumns<'_>>),
    verdicts: &'a Verdicts,
) -> Result<(Part<'a>, Taken, bool), NoRows> {
    let columns = Arc::clone(columns);
    let mut part = Part::new(plan, at, columns, known, block.most_rows(), verdicts);
    let taken = match plain {
        Some(plain) => part.take_columns(plain, block, known)?,
        None => part.take_block(block, known)?,
    };
    Ok((part, taken, block.is_ascii()))
}

/// Breaks off at a header.
fn header(plan: &Plan<'_>, line: u64, cells: Cells<'_>) -> ControlFlow<(u64, Arc<Columns>)> {
    match plan.headings.columns(cells) {
        Some(columns) => ControlFlow::Break((line, Arc::new(columns))),
        None => ControlFlow::Continue(()),
    }
}

/// The rows of a sheet without a header.
#[derive(Debug, Default)]
struct WithoutHeader {
    rows: u64,
    filled: u64,
    /// Cells that look like headings of the amount.
    near: Vec<String>,
}

impl WithoutHeader {
    fn row(&mut self, plan: &Plan<'_>, cells: Cells<'_>) -> ControlFlow<()> {
        self.rows += 1;
        self.filled += u64::from(filled(cells) > 0);
        if self.near.is_empty()
            && let Some(near) = plan.headings.near_amount(cells)
        {
            self.near = near;
        }
        ControlFlow::Continue(())
    }
}
