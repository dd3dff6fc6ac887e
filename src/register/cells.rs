//! The cells of a row by the names of their columns, read as what they mean.

use super::Register;
use crate::axis::{Ages, AxisError, LocalityId, MemberId, Period, name_one_of};
use crate::finding::Position;
use crate::money::{ExcessDecimals, Pence, parse_amount, parse_number, to_pence};
use crate::place::TableRow;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::str::FromStr;

/// A row of a register.
pub(crate) struct Cells {
    row: TableRow,
    fields: &'static [&'static str],
}

impl Cells {
    pub(super) fn new(row: TableRow, fields: &'static [&'static str]) -> Self {
        Self { row, fields }
    }

    /// Where it stands.
    pub(crate) fn at(&self) -> Position {
        self.row.position.clone()
    }

    /// Where one of its cells stands.
    pub(crate) fn at_column(&self, field: &str) -> Position {
        self.at().column(field)
    }

    /// The text of a cell, without blanks around it.
    pub(crate) fn text(&self, field: &str) -> &str {
        let found = (self.fields.iter().zip(&self.row.fields)).find(|(name, _)| **name == field);
        found.map_or("", |(_, text)| text.trim())
    }
}

/// Pounds of a cell; nothing where it is empty.
pub(crate) fn pounds_of(text: &str) -> Result<Option<Pence>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let pence = parse_amount(text).and_then(|pounds| to_pence(pounds, ExcessDecimals::Refuse));
    pence
        .map(|(pence, _)| Some(pence))
        .map_err(|error| format!("`{text}`: {error}"))
}

/// A quantity of a cell in hundredths; nothing where it is empty.
pub(crate) fn hundredths_of(text: &str) -> Result<Option<i64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let number = parse_number(text).map_err(|error| format!("`{text}`: {error}"))?;
    match to_pence(number, ExcessDecimals::Refuse) {
        Ok((hundredths, _)) => Ok(Some(hundredths.get())),
        Err(_) => Err(format!(
            "`{text}` is too large, or has more than two decimals"
        )),
    }
}

/// What may stand for a day: a day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayIn {
    /// A month or a year begins.
    First,
    /// A month or a year ends.
    Last,
}

/// The day of a cell; nothing where it is empty. `2025-04` and `2025` are allowed, as the standards
/// for published registers allow them.
pub(crate) fn day_of(text: &str, part: DayIn) -> Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("`{text}` is no day");
    // A time of day behind a day says nothing more here.
    let text = text.split(['T', ' ']).next().unwrap_or(text);
    let parts: Vec<&str> = text.split('-').collect();
    let number = |text: &str, digits: usize| match text.len() == digits {
        true => text.parse::<i16>().ok(),
        false => None,
    };
    let small = |text: &str| number(text, 2).and_then(|number| i8::try_from(number).ok());
    let day = match parts.as_slice() {
        [year, month, day] => {
            let found = number(year, 4).zip(small(month)).zip(small(day));
            found.and_then(|((year, month), day)| Date::new(year, month, day).ok())
        }
        [year, month] => {
            let first = (number(year, 4).zip(small(month)))
                .and_then(|(year, month)| Date::new(year, month, 1).ok());
            first.map(|first| match part {
                DayIn::First => first,
                DayIn::Last => first.last_of_month(),
            })
        }
        [year] => number(year, 4).and_then(|year| match part {
            DayIn::First => Date::new(year, 1, 1).ok(),
            DayIn::Last => Date::new(year, 12, 31).ok(),
        }),
        _ => None,
    };
    day.map(Some).ok_or_else(wrong)
}

impl Register<'_> {
    /// What a cell says, or a fault; nothing where it is empty.
    fn read_as<T>(
        &mut self,
        cells: &Cells,
        field: &str,
        rule: &str,
        remedy: &str,
        read: impl FnOnce(&str) -> Result<Option<T>, String>,
    ) -> Option<T> {
        match read(cells.text(field)) {
            Ok(found) => found,
            Err(found) => {
                self.fault(rule, cells.at_column(field), found, remedy);
                None
            }
        }
    }

    /// Pounds from nothing up; nothing where the cell is empty.
    pub(crate) fn pounds(&mut self, cells: &Cells, field: &str, rule: &str) -> Option<Pence> {
        let remedy = "write pounds from nothing up, as `12500.00`, without a pound sign";
        self.read_as(cells, field, rule, remedy, |text| match pounds_of(text)? {
            Some(pence) if pence < Pence::ZERO => Err(format!("`{text}` is below nothing")),
            found => Ok(found),
        })
    }

    /// A quantity from nothing up in hundredths; nothing where the cell is empty.
    pub(crate) fn quantity(&mut self, cells: &Cells, field: &str, rule: &str) -> Option<i64> {
        let remedy = "write a number from nothing up, as `12` or `2.5`";
        self.read_as(cells, field, rule, remedy, |text| {
            match hundredths_of(text)? {
                Some(number) if number < 0 => Err(format!("`{text}` is below nothing")),
                found => Ok(found),
            }
        })
    }

    /// A number, as it is written; nothing where the cell is empty.
    pub(crate) fn number(&mut self, cells: &Cells, field: &str, rule: &str) -> Option<Decimal> {
        let remedy = "write a number, as `12` or `2.5`, without a unit";
        self.read_as(cells, field, rule, remedy, |text| match text {
            "" => Ok(None),
            _ => {
                let number = parse_number(text).map_err(|error| format!("`{text}`: {error}"))?;
                Ok(Some(number))
            }
        })
    }

    /// A period; nothing where the cell is empty.
    pub(crate) fn period(&mut self, cells: &Cells, field: &str, rule: &str) -> Option<Period> {
        let remedy = "write a month, a quarter or a year, as `2024-25`";
        self.read_as(cells, field, rule, remedy, |text| match text {
            "" => Ok(None),
            _ => Period::from_str(text)
                .map(Some)
                .map_err(|error| error.to_string()),
        })
    }

    /// Degrees of latitude or longitude; nothing where the cell is empty.
    pub(crate) fn degrees(
        &mut self,
        cells: &Cells,
        field: &str,
        most: u8,
        rule: &str,
    ) -> Option<Decimal> {
        let remedy = "write degrees with decimals, as `52.3676`";
        self.read_as(cells, field, rule, remedy, |text| {
            if text.is_empty() {
                return Ok(None);
            }
            let wrong = || format!("`{text}` is no number of degrees up to {most}");
            let number = parse_number(text).map_err(|_| wrong())?;
            match number.abs() <= Decimal::from(most) {
                true => Ok(Some(number)),
                false => Err(wrong()),
            }
        })
    }

    /// A day; nothing where the cell is empty.
    pub(crate) fn day(
        &mut self,
        cells: &Cells,
        field: &str,
        part: DayIn,
        rule: &str,
    ) -> Option<Date> {
        let remedy = "write it as `2025-06-30`, or as a month, `2025-06`";
        self.read_as(cells, field, rule, remedy, |text| day_of(text, part))
    }

    /// A word of a field; nothing where the cell is empty.
    pub(crate) fn word<T: Copy>(
        &mut self,
        cells: &Cells,
        field: &str,
        rule: &str,
        known: &[(&'static str, T)],
    ) -> Option<T> {
        let text = cells.text(field);
        let found = known.iter().find(|(word, _)| *word == text);
        if found.is_none() && !text.is_empty() {
            let remedy = name_one_of(text, field, known.iter().map(|(word, _)| *word));
            let found = format!("`{text}` is no {field}");
            self.fault(rule, cells.at_column(field), found, &remedy);
        }
        found.map(|(_, meant)| *meant)
    }

    /// Something that has to be there.
    pub(crate) fn needed(&mut self, cells: &Cells, field: &str, rule: &str, what: &str) -> bool {
        let there = !cells.text(field).is_empty();
        if !there {
            let found = format!("`{field}` is empty");
            self.fault(rule, cells.at_column(field), found, what);
        }
        there
    }

    /// A member of an axis; nothing where the cell is empty.
    fn member<T>(
        &mut self,
        cells: &Cells,
        field: &str,
        find: impl FnOnce(&str) -> Result<T, AxisError>,
    ) -> Option<T> {
        let text = cells.text(field);
        if text.is_empty() {
            return None;
        }
        match find(text) {
            Ok(found) => Some(found),
            Err(error) => {
                let (at, found) = (cells.at_column(field), error.to_string());
                self.fault("unknown-member", at, found, "correct the code");
                None
            }
        }
    }

    pub(crate) fn partner(&mut self, cells: &Cells, field: &str) -> Option<MemberId> {
        let place = self.place;
        self.member(cells, field, |code| place.axes().partners.find(code))
    }

    pub(crate) fn activity(&mut self, cells: &Cells, field: &str) -> Option<MemberId> {
        let place = self.place;
        self.member(cells, field, |code| place.axes().activities.find(code))
    }

    pub(crate) fn group(&mut self, cells: &Cells, field: &str) -> Option<MemberId> {
        let place = self.place;
        self.member(cells, field, |code| place.axes().groups.find(code))
    }

    pub(crate) fn locality(&mut self, cells: &Cells, field: &str) -> Option<LocalityId> {
        let place = self.place;
        self.member(cells, field, |code| place.axes().localities.find(code))
    }

    pub(crate) fn ages(&mut self, cells: &Cells, field: &str) -> Option<Ages> {
        self.member(cells, field, Ages::from_str)
    }

    /// The codes of rows, each once: those that are there already are faults.
    pub(crate) fn once(&mut self, cells: &Cells, field: &str, seen: &mut Vec<String>) {
        let code = cells.text(field).to_owned();
        if !code.is_empty() && seen.contains(&code) {
            let found = format!("there is already a row `{code}`");
            let remedy = "give each row a code of its own";
            self.fault("duplicate-code", cells.at_column(field), found, remedy);
        }
        seen.push(code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_or_a_year_is_its_first_or_last_day() {
        let read = |text, part| day_of(text, part).ok().flatten();
        assert_eq!(read("2025-04-19", DayIn::Last), Some(date(2025, 4, 19)));
        assert_eq!(read("2025-04", DayIn::First), Some(date(2025, 4, 1)));
        assert_eq!(read("2024-02", DayIn::Last), Some(date(2024, 2, 29)));
        assert_eq!(read("2025", DayIn::Last), Some(date(2025, 12, 31)));
        assert_eq!(
            read("2025-04-19T00:00:00", DayIn::First),
            Some(date(2025, 4, 19))
        );
        for wrong in ["19/04/2025", "2025-13", "25", "2025-4-19", "2025-02-30"] {
            assert!(day_of(wrong, DayIn::First).is_err(), "{wrong}");
        }
    }

    #[test]
    fn quantities_have_two_decimals_at_most() {
        assert_eq!(hundredths_of("40"), Ok(Some(4000)));
        assert_eq!(hundredths_of("0.25"), Ok(Some(25)));
        assert_eq!(hundredths_of(""), Ok(None));
        assert!(hundredths_of("0.125").is_err());
    }
}
