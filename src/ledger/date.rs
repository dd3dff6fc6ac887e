//! Cells as dates, by the forms a layout names.

use crate::axis::Period;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashMap;

/// The word for the day numbers of a spreadsheet.
const SERIAL: &str = "excel-serial";

/// The forms of the United Kingdom, day first, and ISO dates; times of day are passed over.
const DEFAULT: [&str; 19] = [
    "%d/%m/%Y",
    "%d/%m/%y",
    "%Y-%m-%d",
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d %b %y",
    "%d-%B-%Y",
    "%d-%m-%Y",
    "%d-%m-%y",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d/%b/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y/%m/%d",
];

/// Why a cell gives no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoDate {
    Blank,
    Unreadable,
    OutOfRange,
}

/// A date: its month, and the day of that month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) month: Period,
    pub(super) of_month: u8,
}

/// Reads dates, and counts which form each had.
#[derive(Debug)]
pub(super) struct Dates {
    forms: Vec<String>,
    counts: Vec<u64>,
    /// A ledger has a few hundred dates and millions of lines.
    known: HashMap<String, Result<(usize, Day), NoDate>>,
}

impl Dates {
    pub(super) fn new(forms: &[String]) -> Self {
        let forms: Vec<String> = if forms.is_empty() {
            DEFAULT.map(str::to_owned).to_vec()
        } else {
            forms.to_vec()
        };
        Self {
            counts: vec![0; forms.len()],
            forms,
            known: HashMap::new(),
        }
    }

    /// The date in a cell.
    pub(super) fn day(&mut self, cell: &str) -> Result<Day, NoDate> {
        /// Beyond this many different texts, the column does not hold dates.
        const KEPT: usize = 1 << 14;
        let cell = cell.trim();
        let found = match self.known.get(cell) {
            Some(&found) => found,
            None => {
                let found = self.read(cell);
                if self.known.len() < KEPT {
                    self.known.insert(cell.to_owned(), found);
                }
                found
            }
        };
        let (form, day) = found?;
        self.counts[form] += 1;
        Ok(day)
    }

    /// How many dates had each form, in the order of the forms, those without any left out.
    pub(super) fn counts(&self) -> Vec<(String, u64)> {
        (self.forms.iter().cloned())
            .zip(self.counts.iter().copied())
            .filter(|&(_, count)| count > 0)
            .collect()
    }

    fn read(&self, cell: &str) -> Result<(usize, Day), NoDate> {
        if cell.is_empty() {
            return Err(NoDate::Blank);
        }
        let mut reason = NoDate::Unreadable;
        for (form, pattern) in self.forms.iter().enumerate() {
            let date = if pattern == SERIAL {
                serial(cell)
            } else {
                Date::strptime(pattern, cell).ok()
            };
            // `%Y` takes the 17 of 01/02/17 for the year 17: a form counts only where the year is
            // one that an account may cover.
            let Some(date) = date else { continue };
            match Period::month_of(date) {
                Ok(month) => {
                    let of_month = date.day().unsigned_abs();
                    return Ok((form, Day { month, of_month }));
                }
                Err(_) => reason = NoDate::OutOfRange,
            }
        }
        Err(reason)
    }
}

/// Whole days since 30 December 1899, with or without a time of day after the point.
fn serial(cell: &str) -> Option<Date> {
    let (days, time) = cell.split_once('.').unwrap_or((cell, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if days.is_empty() || days.len() > 7 || !digits(days) || !digits(time) {
        return None;
    }
    let days: i64 = days.parse().ok()?;
    Date::constant(1899, 12, 30).checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(cell: &str) -> Result<String, NoDate> {
        Dates::new(&[]).day(cell).map(|day| day.month.to_string())
    }

    #[test]
    fn uk_forms() {
        for cell in [
            "04/01/2017",
            "4/1/2017",
            "04/01/17",
            "04-Jan-17",
            "4-Jan-2017",
            "4 Jan 2017",
            "4 January 2017",
            "2017-01-04",
            "04.01.2017",
            " 04/01/2017 ",
            "04/01/2017 00:00",
            "2017-01-04 12:30:00",
            "04-JAN-17",
        ] {
            assert_eq!(month(cell).as_deref(), Ok("Jan 2017"), "{cell}");
        }
    }

    #[test]
    fn what_is_no_date() {
        assert_eq!(month(""), Err(NoDate::Blank));
        assert_eq!(month("43658"), Err(NoDate::Unreadable));
        assert_eq!(month("31/02/2017"), Err(NoDate::Unreadable));
        assert_eq!(month("01/01/1900"), Err(NoDate::OutOfRange));
        assert_eq!(month("01/01/2100"), Err(NoDate::OutOfRange));
    }

    #[test]
    fn serials_are_read_where_the_layout_says_so() {
        let mut dates = Dates::new(&["%d/%m/%Y".to_owned(), SERIAL.to_owned()]);
        assert_eq!(
            dates.day("43658").map(|day| day.month.to_string()),
            Ok("Jul 2019".into())
        );
        assert_eq!(
            dates.day("43658.75").map(|day| day.month.to_string()),
            Ok("Jul 2019".into())
        );
        assert_eq!(dates.day("1"), Err(NoDate::OutOfRange));
        assert_eq!(dates.counts(), [(SERIAL.to_owned(), 2)]);
    }
}
