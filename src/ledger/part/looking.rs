//! A second look at the rows of a part, where the amount of one is a sum of others.

use super::Part;
use crate::ledger::heading::Columns;
use crate::ledger::layout::AmountsAlone;
use crate::ledger::total_words::says;
use crate::ledger::verdict::Look;
use crate::sheet::Cells;
use std::borrow::Cow;

/// What the rows of a part look like, each by the header above it.
#[derive(Debug)]
pub(in crate::ledger) struct Looking<'p, 'a> {
    part: &'p Part<'a>,
    columns: Cow<'p, Columns>,
    looks: Vec<Look>,
}

impl<'p, 'a> Looking<'p, 'a> {
    pub(in crate::ledger) fn at(part: &'p Part<'a>) -> Self {
        Self {
            part,
            columns: Cow::Borrowed(&part.began_with),
            looks: Vec::new(),
        }
    }

    /// Looks at the next row.
    pub(in crate::ledger) fn row(&mut self, line: u64, cells: Cells<'_>) {
        let headers = &self.part.headers;
        if headers
            .binary_search_by_key(&line, |header| header.line)
            .is_ok()
            && let Some(columns) = self.part.plan.headings.columns(cells)
        {
            self.columns = Cow::Owned(columns);
        } else {
            self.looks.extend(self.look(line, cells));
        }
    }

    /// The looks of all rows, in their order.
    pub(in crate::ledger) fn done(self) -> Vec<Look> {
        self.looks
    }

    fn look(&self, line: u64, cells: Cells<'_>) -> Option<Look> {
        let columns = &*self.columns;
        let mut said = None;
        let mut count = None;
        let mut filled = 0;
        for column in 0..cells.len() {
            let cell = cells.trimmed(column);
            if cell.is_empty() {
                continue;
            }
            filled += 1;
            if column != columns.amount {
                said = said.max(says(cell));
                let digits = cell.len() <= 9 && cell.bytes().all(|b| b.is_ascii_digit());
                count = digits.then(|| cell.parse().ok()).flatten();
            }
        }
        if filled == 1 && self.part.reading.alone == Some(AmountsAlone::Lines) {
            return None;
        }
        let blank = |column: usize| cells.trimmed(column).is_empty();
        let no_date = (columns.date.or(columns.period)).is_some_and(blank);
        let mut codes = columns.codes.iter().flatten().peekable();
        let any_code = codes.peek().is_some();
        let nothing_named = columns.date.or(columns.period).is_none() && !any_code;
        Some(Look {
            row: u32::try_from(line).ok()?,
            says: said,
            gaps: filled < columns.headings,
            no_date,
            no_codes: any_code && codes.all(|&column| blank(column)) || nothing_named,
            count: count.filter(|_| filled == 2),
        })
    }
}
