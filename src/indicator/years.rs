//! What the label of a published period means.

use crate::axis::{AxisError, Period, YearKind};
use std::fmt;
use std::str::FromStr;

/// What a bare year such as `2018` means for an indicator. A judgement that its pack writes down;
/// there is no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Years {
    /// A bare year is refused; `2017-18` is the financial year.
    Financial,
    /// `2018` is the financial year that ends in March 2018.
    FinancialEnding,
    /// `2018` is the calendar year.
    Calendar,
    /// `2018` is the academic year that ends in August 2018.
    AcademicEnding,
    /// `2018` is a count on a day of this month of 2018; January is 1.
    Month(i8),
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl FromStr for Years {
    type Err = String;

    /// Reads `financial`, `financial-ending`, `calendar`, `academic-ending`, or a month's name.
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "financial" => Ok(Self::Financial),
            "financial-ending" => Ok(Self::FinancialEnding),
            "calendar" => Ok(Self::Calendar),
            "academic-ending" => Ok(Self::AcademicEnding),
            name => (1..)
                .zip(MONTHS)
                .find_map(|(number, month)| (month == name).then_some(Self::Month(number)))
                .ok_or_else(|| {
                    format!(
                        "`{name}` does not say what a bare year means; write `financial`, \
                         `financial-ending`, `calendar`, `academic-ending` or a month such as \
                         `January`"
                    )
                }),
        }
    }
}

impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Financial => f.write_str("financial"),
            Self::FinancialEnding => f.write_str("financial-ending"),
            Self::Calendar => f.write_str("calendar"),
            Self::AcademicEnding => f.write_str("academic-ending"),
            Self::Month(month) => {
                let index = usize::from(month.unsigned_abs()).saturating_sub(1);
                f.write_str(MONTHS.get(index).copied().unwrap_or_default())
            }
        }
    }
}

impl Years {
    /// The period of a label: `2018`, `2017-18`, `2017/18`, `2014-16` (three calendar years),
    /// `2013/14-15/16` (three financial or academic years).
    ///
    /// # Errors
    ///
    /// [`AxisError`] when the label is none of these, or a bare year where those are refused.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::indicator::Years;
    /// assert_eq!(Years::FinancialEnding.period("2018")?, "2017-18".parse()?);
    /// assert_eq!(Years::Calendar.period("2014-16")?.months(), 36);
    /// assert_eq!(Years::Financial.period("2013/14-15/16")?, "2013-14 to 2015-16".parse()?);
    /// assert_eq!(Years::Month(1).period("2018")?, "Jan 2018".parse()?);
    /// assert!(Years::Financial.period("2018").is_err());
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn period(self, label: &str) -> Result<Period, AxisError> {
        let label = label.trim();
        if let Some(year) = bare_year(label) {
            return match self {
                Self::Financial => Period::parse(label, Some(YearKind::Financial)),
                Self::FinancialEnding => Period::financial_year(year - 1),
                Self::Calendar => Period::calendar_year(year),
                Self::AcademicEnding => Period::academic_year(year - 1),
                Self::Month(month) => Period::month(year, month),
            };
        }
        if let Some((first, last)) = years_through(label) {
            return match self {
                Self::Calendar if last > first + 1 => {
                    Period::calendar_year(first)?.through(Period::calendar_year(last)?)
                }
                Self::Calendar => Err(AxisError::AmbiguousPeriod {
                    found: label.to_owned(),
                    meanings: format!(
                        "`calendar {first} to calendar {last}`, or say that its years are \
                         financial or academic"
                    ),
                }),
                // Two years running are one financial or academic year, below.
                _ if last == first + 1 => Period::parse(label, Some(self.kind())),
                _ => Err(AxisError::Period {
                    found: label.to_owned(),
                }),
            };
        }
        if let Some((first, last)) = split_years_through(label) {
            let year = |first: i16| match self.kind() {
                YearKind::Academic => Period::academic_year(first),
                _ => Period::financial_year(first),
            };
            return year(first)?.through(year(last)?);
        }
        Period::parse(label, Some(self.kind()))
    }

    /// How the period module calls two-year labels.
    fn kind(self) -> YearKind {
        match self {
            Self::Financial | Self::FinancialEnding | Self::Month(_) => YearKind::Financial,
            Self::Calendar => YearKind::Calendar,
            Self::AcademicEnding => YearKind::Academic,
        }
    }

    /// The period of the same label a year later.
    pub(super) fn a_year_after(period: Period) -> Option<Period> {
        period.months_later(12)
    }
}

/// `2018`
fn bare_year(text: &str) -> Option<i16> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// `2014-16`: the first year and the last.
fn years_through(text: &str) -> Option<(i16, i16)> {
    let (first, last) = text.split_once('-')?;
    Some((bare_year(first)?, century(bare_year(first)?, last)?))
}

/// `2013/14-15/16`: the first years of the first and of the last.
fn split_years_through(text: &str) -> Option<(i16, i16)> {
    let (first, last) = text.split_once('-')?;
    let (start, end) = first.split_once('/')?;
    let start = bare_year(start)?;
    let (from, to) = last.split_once('/')?;
    let from = bare_year(from).or_else(|| century(start, from))?;
    let follows = |year: i16, next: &str| century(year, next) == Some(year + 1);
    (follows(start, end) && follows(from, to)).then_some((start, from))
}

/// The year of two digits that follows another: `16` after 2014 is 2016, `01` after 1999 is 2001.
fn century(after: i16, text: &str) -> Option<i16> {
    let two = (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse::<i16>().ok())
        .flatten()?;
    let year = after - after % 100 + two;
    Some(if year > after { year } else { year + 100 })
}
