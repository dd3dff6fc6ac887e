//! What is wrong with a row or a header, in words: what stands there, what is at stake, what to do.

use super::{Part, filled};
use crate::finding::{Finding, Position, Severity, masked};
use crate::ledger::amount::NoAmount;
use crate::ledger::file::Header;
use crate::ledger::heading::Columns;
use crate::ledger::layout::Sign;
use crate::ledger::swallowed_rows::swallowed;
use crate::ledger::total_findings;
use crate::ledger::used_columns::used_columns;
use crate::money::{AmountError, Pence, parse_amount, to_pence};
use crate::sheet::{self, Cells, Key, has_text_after_quote};

impl Part<'_> {
    pub(super) fn rejected(
        &mut self,
        refused: &NoAmount,
        cells: Cells<'_>,
        columns: &Columns,
        line: u64,
    ) {
        let dash = refused.why == AmountError::Blank && !cells.trimmed(columns.amount).is_empty();
        let (rule, remedy) = match refused.why {
            _ if cells.trimmed(columns.amount) == sheet::NOT_CALCULATED => (
                "formula-not-calculated",
                "open the workbook in a spreadsheet program, which calculates it, and save it",
            ),
            _ if is_per_cent(cells.trimmed(columns.amount)) => (
                "amount-is-a-per-cent",
                "write the amount in pounds; where the column holds pounds that are only shown so, \
                 set `amount_formats = [\"percent\"]` in the layout",
            ),
            _ if dash => (
                "amount-not-readable",
                "write 0.00 where the dash means that nothing was paid",
            ),
            AmountError::ExcessDecimals => (
                "amount-has-excess-decimals",
                "correct the amount, or set `excess_decimals = \"half-even\"` in the layout",
            ),
            AmountError::TooLarge => ("amount-too-large", "correct the amount"),
            _ => (
                "amount-not-readable",
                "correct the amount, or take the row out if it is no payment",
            ),
        };
        let found = match cells.trimmed(columns.amount) {
            "" => format!("the row has {} cells and no amount", filled(cells)),
            sheet::NOT_CALCULATED => "a formula stands here that was never calculated".to_owned(),
            cell if dash => format!("`{cell}` stands in the place of an amount"),
            cell => format!("`{}`: {}", masked(cell), refused.why),
        };
        self.refuse(Finding {
            rule: rule.into(),
            severity: Severity::Fault,
            position: Position::line(self.at.shown, line).column(&columns.amount_heading),
            found,
            at_stake: refused.at_stake,
            remedy: remedy.into(),
        });
    }

    /// Notes a header, and what the layout names that it does not have.
    pub(super) fn header(
        &mut self,
        columns: &Columns,
        cells: Cells<'_>,
        line: u64,
        holds_line: bool,
    ) {
        let mut used = used_columns(self.plan, columns, cells);
        if holds_line {
            // What else stands there is a payment, and may be a name.
            used.unnamed.clear();
        }
        self.headers.push(Header {
            sheet: self.at.sheet.map(str::to_owned),
            line,
            amount: columns.amount_heading.clone(),
            used: used.named,
            missing: used.missing,
            unnamed: used.unnamed,
        });
        let layout = self.plan.layout;
        let had = (layout.codes.keys().zip(&columns.codes)).filter(|(_, parts)| !parts.is_empty());
        self.doubts.had.extend(had.map(|(name, _)| name.clone()));
        let mut missing: Vec<&str> = (layout.codes.keys().zip(&columns.codes))
            .filter(|(_, parts)| parts.is_empty())
            .map(|(name, _)| name.as_str())
            .collect();
        if !layout.reference.is_empty() && columns.reference.is_none() {
            missing.push("reference");
        }
        missing.extend(self.plan.headings.qualifiers.missing(&columns.qualifiers));
        let no_time =
            |headings: &[String], column: Option<usize>| !headings.is_empty() && column.is_none();
        if no_time(&layout.date, columns.date) {
            self.doubts.no_time.push((line, "date"));
        }
        if no_time(&layout.period, columns.period) {
            self.doubts.no_time.push((line, "period"));
        }
        for (heading, columns) in &columns.fit_twice {
            self.findings.push(Finding {
                rule: HEADING_FITS_TWICE.into(),
                severity: Severity::Fault,
                position: Position::line(self.at.shown, line).column(heading),
                found: format!(
                    "the columns {} fit `{heading}` of the layout equally well; the first is read",
                    columns.join(" and ")
                ),
                at_stake: None,
                remedy: format!(
                    "write the heading in the layout exactly as in the file; where both are \
                     written alike, say which is meant: `occurrence.\"{heading}\" = 2`"
                ),
            });
        }
        for name in missing {
            self.findings.push(Finding {
                rule: "heading-missing".into(),
                severity: Severity::Notice,
                position: Position::line(self.at.shown, line),
                found: format!("the header has no heading that the layout gives for `{name}`"),
                at_stake: None,
                remedy: format!("add the heading of this file to `{name}` of the layout"),
            });
        }
    }

    pub(super) fn may_be_total(&mut self, row: u32, columns: &Columns, pence: Pence) {
        let position = Position::line(self.at.shown, row.into()).column(&columns.amount_heading);
        (self.findings).push(total_findings::may_be(position, pence));
    }

    /// A header that has lost its line end holds the first line too, which is then lost: its last
    /// heading and the first cell are one, and an amount stands as far behind as the heading of the
    /// amount does at the front. Says whether it holds one.
    pub(super) fn line_in_header(
        &mut self,
        cells: Cells<'_>,
        columns: &Columns,
        line: u64,
    ) -> bool {
        let width = cells.len().div_ceil(2);
        let at = (width + columns.amount).saturating_sub(1);
        if cells.len().is_multiple_of(2) || columns.amount >= width || at < width {
            return false;
        }
        let cell = cells.trimmed(at);
        let is_date = |cell: &str| {
            cell.len() >= 8
                && cell
                    .bytes()
                    .all(|b| b.is_ascii_digit() || b"/-.".contains(&b))
        };
        // A heading may be a year.
        let no_year = cell.contains(['.', ',', '£'])
            || (width..cells.len()).any(|at| is_date(cells.trimmed(at)) && at != columns.amount);
        let pounds = parse_amount(cell).ok().filter(|_| no_year);
        let Some((pence, _)) = pounds.and_then(|pounds| to_pence(pounds, self.reading.excess).ok())
        else {
            return false;
        };
        self.findings.push(Finding {
            rule: "line-in-header".into(),
            severity: Severity::Fault,
            position: Position::line(self.at.shown, line).column(&columns.amount_heading),
            found: format!(
                "an amount of {pence} stands among the headings: the end of the line of headings was lost, and the \
                 first payment with it"
            ),
            at_stake: Some(pence),
            remedy: "end the line after the last heading".into(),
        });
        true
    }

    /// A comma in an amount or a text that is not quoted makes two cells of one, and moves those
    /// behind it: 1,250.00 reads as 1.
    pub(super) fn beyond_headings(
        &mut self,
        line: u64,
        cells: Cells<'_>,
        columns: &Columns,
        pence: Pence,
    ) {
        let beyond = (columns.width..cells.len()).filter(|&at| !cells.trimmed(at).is_empty());
        let beyond = beyond.count();
        if beyond == 0 {
            return;
        }
        self.findings.push(Finding {
            rule: "cells-beyond-headings".into(),
            severity: Severity::Notice,
            position: Position::line(self.at.shown, line).column(&columns.amount_heading),
            found: format!(
                "{} beyond the last heading: the cells of this row, and its amount, may have been \
                 moved; it is counted as it reads",
                if beyond == 1 {
                    "1 cell stands".to_owned()
                } else {
                    format!("{beyond} cells stand")
                }
            ),
            at_stake: Some(pence),
            remedy: "quote the cell that holds a delimiter, or give the last columns headings"
                .into(),
        });
    }

    /// A quote that is closed too late makes one cell of many rows, and their amounts are lost
    /// without a trace: the lines of such a record are read one by one.
    pub(super) fn quotes(
        &mut self,
        cells: Cells<'_>,
        columns: &Columns,
        line: u64,
        counted: Option<Pence>,
    ) {
        let Some(delimiter) = (self.at.delimiter).and_then(|d| u8::try_from(d).ok()) else {
            return;
        };
        let raw = cells.raw();
        let end = raw.trim_end_matches(['\r', '\n']);
        let lines = end.matches('\n').count() + 1;
        let dates = &mut self.dates;
        let found = swallowed(
            end,
            delimiter,
            columns,
            self.reading.excess,
            counted,
            |cell| dates.is_date(Key::of(cell)),
        );
        let position = Position::line(self.at.shown, line);
        if lines > 1 && found.rows > 1 {
            let counted = counted
                .filter(|_| found.has_counted)
                .map_or(0, |pence| i128::from(pence.get()));
            let signed = match self.reading.sign {
                Sign::SpendPositive => found.pence,
                Sign::IncomePositive => -found.pence,
            };
            self.findings.push(Finding {
                rule: "quote-swallows-rows".into(),
                severity: Severity::Fault,
                position,
                found: format!(
                    "a quoted cell of this row goes over {lines} lines, of which {} read as rows \
                     of their own; they are not counted",
                    found.rows
                ),
                at_stake: Pence::from_wide(signed - counted).ok(),
                remedy: "close the quote where its cell ends, or take it out".into(),
            });
        } else if has_text_after_quote(raw, delimiter) {
            self.findings.push(Finding {
                rule: "text-after-quote".into(),
                severity: Severity::Notice,
                position,
                found: "text follows a closing quote in the same cell: the quote may stand in the \
                        wrong place"
                    .into(),
                at_stake: counted,
                remedy: "write a quote inside a cell twice, or take it out".into(),
            });
        }
    }
}

/// Whether a cell is a number of per cent.
fn is_per_cent(cell: &str) -> bool {
    (cell.strip_suffix('%')).is_some_and(|number| parse_amount(number).is_ok())
}

/// The rule that is told where two columns fit a heading.
pub(in crate::ledger) const HEADING_FITS_TWICE: &str = "heading-fits-twice";
