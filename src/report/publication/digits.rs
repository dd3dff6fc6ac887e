//! Whether the digits of a withheld sum stand in a file, in any writing.
//!
//! This is no proof, and the pattern does not rest on it: it looks for a page that forgot to ask. Numbers are read out
//! of texts, of the parts of workbooks, and of the columns of Parquet files, which hold their statistics too.

use super::super::content::ReportError;
use super::super::page::SiteFile;
use crate::money::Pence;
use crate::sheet::rows_of;
use polars::prelude::DataType;
use std::collections::BTreeSet;
use std::fmt;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Sums that no file may hold: those that are withheld somewhere and told nowhere.
#[derive(Clone, Default)]
pub struct Digits {
    withheld: BTreeSet<u64>,
    told: BTreeSet<u64>,
}

impl fmt::Debug for Digits {
    /// Counts them, and shows none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digits")
            .field("withheld", &self.withheld.len())
            .finish_non_exhaustive()
    }
}

/// Sums below £100 stand in too many places by chance to be looked for.
const LEAST: u64 = 10_000;
/// A whole number is taken for pence from a million on: smaller ones count draws, people and years.
const LEAST_AS_PENCE: u64 = 1_000_000;

impl Digits {
    /// A sum that is withheld.
    pub fn withheld(&mut self, sum: Pence) {
        self.withheld.insert(sum.get().unsigned_abs());
    }

    /// A sum that is told.
    pub fn told(&mut self, sum: Pence) {
        self.told.insert(sum.get().unsigned_abs());
    }

    fn is_looked_for(&self, pence: u64) -> bool {
        pence >= LEAST && self.withheld.contains(&pence) && !self.told.contains(&pence)
    }

    /// Whether one of them stands in a file.
    ///
    /// # Errors
    ///
    /// [`ReportError::Write`] where a workbook or a Parquet file of the site cannot be read again.
    pub fn stand_in(&self, file: &SiteFile) -> Result<bool, ReportError> {
        if self.withheld.iter().all(|pence| self.told.contains(pence)) {
            return Ok(false);
        }
        let unreadable = |format, reason: String| ReportError::Write { format, reason };
        match file.path.rsplit('.').next() {
            Some("xlsx") => {
                let wrong = |error: &dyn fmt::Display| unreadable("a workbook", error.to_string());
                let mut book = ZipArchive::new(Cursor::new(&file.bytes)).map_err(|e| wrong(&e))?;
                for part in 0..book.len() {
                    let mut part = book.by_index(part).map_err(|e| wrong(&e))?;
                    // Colours and lights of every workbook: numbers of the program that writes it.
                    if part.name().is_ok_and(|name| name.starts_with("xl/theme/")) {
                        continue;
                    }
                    let mut bytes = Vec::new();
                    part.read_to_end(&mut bytes).map_err(|e| wrong(&e))?;
                    if self.in_text(&bytes) {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Some("parquet") => {
                let wrong =
                    |error: polars::prelude::PolarsError| unreadable("Parquet", error.to_string());
                let frame = rows_of(&file.bytes).map_err(wrong)?;
                for column in frame.columns() {
                    if *column.dtype() != DataType::Int64 {
                        continue;
                    }
                    let numbers = column.i64().map_err(wrong)?;
                    if (numbers.iter().flatten()).any(|one| self.is_looked_for(one.unsigned_abs()))
                    {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Ok(self.in_text(&file.bytes)),
        }
    }

    /// Whether a number of a text is one of them: pence, or pounds with two decimals or more.
    fn in_text(&self, bytes: &[u8]) -> bool {
        let mut at = 0;
        while let Some(first) = bytes
            .get(at..)
            .and_then(|rest| rest.iter().position(u8::is_ascii_digit))
        {
            let start = at + first;
            let (number, end) = Number::at(bytes, start);
            if number
                .pence()
                .is_some_and(|pence| self.is_looked_for(pence))
            {
                return true;
            }
            at = end;
        }
        false
    }
}

/// A number of a text: digits, with commas between thousands, and decimals.
#[derive(Default)]
struct Number {
    whole: u64,
    decimals: u64,
    places: u32,
    too_long: bool,
}

impl Number {
    /// The number that starts there, and where it ends.
    fn at(bytes: &[u8], start: usize) -> (Self, usize) {
        let digit = |at: usize| bytes.get(at).filter(|byte| byte.is_ascii_digit());
        let mut number = Self::default();
        let mut at = start;
        loop {
            if let Some(byte) = digit(at) {
                number.push(*byte);
                at += 1;
            } else if bytes.get(at) == Some(&b',')
                && (1..=3).all(|next| digit(at + next).is_some())
                && digit(at + 4).is_none()
                && number.whole > 0
            {
                at += 1;
            } else {
                break;
            }
        }
        if bytes.get(at) == Some(&b'.') && digit(at + 1).is_some() {
            at += 1;
            while let Some(byte) = digit(at) {
                number.push_decimal(*byte);
                at += 1;
            }
        }
        (number, at)
    }

    fn push(&mut self, byte: u8) {
        let next = self.whole.checked_mul(10);
        match next.and_then(|next| next.checked_add(u64::from(byte - b'0'))) {
            Some(next) => self.whole = next,
            None => self.too_long = true,
        }
    }

    /// Decimals behind the fourth round the fourth at the most.
    fn push_decimal(&mut self, byte: u8) {
        if self.places < 4 {
            self.decimals = self.decimals * 10 + u64::from(byte - b'0');
            self.places += 1;
        }
    }

    /// As a sum: pounds where there are decimals, pence where there are none.
    fn pence(&self) -> Option<u64> {
        if self.too_long {
            return None;
        }
        let hundredths = match self.places {
            0 => return Some(self.whole).filter(|pence| *pence >= LEAST_AS_PENCE),
            1 => self.decimals * 10,
            2 => self.decimals,
            3 => (self.decimals + 5) / 10,
            _ => (self.decimals + 50) / 100,
        };
        self.whole.checked_mul(100)?.checked_add(hundredths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked_for(sums: &[i64], told: &[i64]) -> Digits {
        let mut digits = Digits::default();
        sums.iter()
            .for_each(|&sum| digits.withheld(Pence::new(sum)));
        told.iter().for_each(|&sum| digits.told(Pence::new(sum)));
        digits
    }

    #[test]
    fn every_writing_of_a_withheld_sum_is_found() {
        let digits = looked_for(&[165_413_650], &[]);
        for text in [
            "spent £1,654,136.50 there",
            "ludlow,1654136.50,value",
            "<v>1654136.5</v>",
            "1654136.5001",
            "\"pence\": 165413650}",
            "-165413650",
        ] {
            assert!(digits.in_text(text.as_bytes()), "{text}");
        }
        for text in [
            "£1,654,136.51",
            "1654136",
            "1165413650",
            "165,413.650",
            "65413650",
        ] {
            assert!(!digits.in_text(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_is_told_elsewhere_and_small_sums_are_not_looked_for() {
        assert!(!looked_for(&[165_413_650], &[165_413_650]).in_text(b"1654136.50"));
        assert!(!looked_for(&[9_999], &[]).in_text(b"99.99"));
        assert!(!looked_for(&[20_000], &[]).in_text(b"20000 draws"));
        assert!(looked_for(&[20_000], &[]).in_text(b"200.00"));
    }
}
