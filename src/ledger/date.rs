//! Cells as dates, by the forms a layout names.

use super::dictionary::Dictionary;
use crate::axis::Period;
use crate::sheet::Key;
use jiff::ToSpan;
use jiff::civil::Date;
use std::sync::Arc;

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
#[derive(Clone, Debug)]
pub(super) struct Dates {
    forms: Arc<[String]>,
    counts: Vec<u64>,
    /// A ledger has a few hundred dates and millions of lines: texts that were read before, and
    /// what each is.
    texts: Dictionary,
    known: Vec<Result<(usize, Day), NoDate>>,
}

impl Dates {
    pub(super) fn new(forms: &[String]) -> Self {
        let forms: Arc<[String]> = if forms.is_empty() {
            DEFAULT.map(str::to_owned).into()
        } else {
            forms.into()
        };
        Self {
            counts: vec![0; forms.len()],
            forms,
            texts: Dictionary::default(),
            known: Vec::new(),
        }
    }

    /// As this one, with what it has learnt, and nothing counted.
    pub(super) fn uncounted(&self) -> Self {
        Self {
            counts: vec![0; self.forms.len()],
            ..self.clone()
        }
    }

    /// The date in a cell, without blanks around it.
    #[inline]
    pub(super) fn day(&mut self, cell: Key<'_>) -> Result<Day, NoDate> {
        let found = match self.texts.get(cell) {
            Some(id) => self.known[id as usize],
            None => self.learn(cell),
        };
        let (form, day) = found?;
        self.counts[form] += 1;
        Ok(day)
    }

    #[cold]
    fn learn(&mut self, cell: Key<'_>) -> Result<(usize, Day), NoDate> {
        /// Beyond this many different texts, the column does not hold dates.
        const KEPT: usize = 1 << 14;
        let found = self.read(&cell.text());
        if self.known.len() < KEPT {
            self.texts.id(cell);
            self.known.push(found);
        }
        found
    }

    /// Adds what another has counted, and takes over what it has learnt where that is more.
    pub(super) fn add(&mut self, other: Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        if other.known.len() > self.known.len() {
            (self.texts, self.known) = (other.texts, other.known);
        }
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
        Dates::new(&[])
            .day(Key::of(cell.trim()))
            .map(|day| day.month.to_string())
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
            dates.day(Key::of("43658")).map(|day| day.month.to_string()),
            Ok("Jul 2019".into())
        );
        assert_eq!(
            dates
                .day(Key::of("43658.75"))
                .map(|day| day.month.to_string()),
            Ok("Jul 2019".into())
        );
        assert_eq!(dates.day(Key::of("1")), Err(NoDate::OutOfRange));
        assert_eq!(dates.counts(), [(SERIAL.to_owned(), 2)]);
    }
}
