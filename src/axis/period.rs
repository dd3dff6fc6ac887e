//! Periods: whole months, and the financial, academic and calendar years over them.

use super::AxisError;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The first and the last year a period may lie in; anything else is a fault in the data (the
/// zero date of a spreadsheet is in 1900).
pub const YEARS: std::ops::RangeInclusive<i16> = 1948..=2099;

/// What a bare year such as `2018`, or `2011-12`, means in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum YearKind {
    /// 1 April to 31 March; a bare year is refused, `2011-12` is the financial year.
    Financial,
    /// 1 January to 31 December; a bare year is that year, `2011-12` is December 2011.
    Calendar,
    /// 1 September to 31 August; a bare year is refused, `2011-12` is the academic year.
    Academic,
}

/// A span of whole months.
///
/// Financial years run from 1 April to 31 March, academic years from 1 September to 31 August,
/// calendar years from 1 January to 31 December. `2017-18`, `2017/18`, `2017-2018`, `FYE 2018`
/// and `FY2017-18` are one financial year; a bare `2018` is refused, because three years could
/// be meant, and so is `2011-12`, which may be December 2011.
///
/// # Example
///
/// ```
/// use wholeplace::axis::Period;
/// let year: Period = "2017/18".parse()?;
/// assert_eq!(year, "FYE Mar 2018".parse()?);
/// assert_eq!(year.to_string(), "2017-18");
/// assert_eq!(year.days(), 365);
/// assert_eq!("June 2017".parse::<Period>()?.to_string(), "Jun 2017");
/// assert_eq!("calendar 2013 to calendar 2018".parse::<Period>()?.months(), 72);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: a bare year is refused
///
/// ```
/// # use wholeplace::axis::Period;
/// let error = "2018".parse::<Period>().unwrap_err();
/// assert!(error.to_string().contains("`2017-18`, `calendar 2018` or `academic 2017-18`"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    first: u16,
    last: u16,
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Period {
    fn which_months(first: i32, last: i32, found: &str) -> Result<Self, AxisError> {
        let wrong = |_| AxisError::PeriodOutOfRange {
            found: found.to_owned(),
        };
        let origin = i32::from(*YEARS.start()) * 12;
        let end = (i32::from(*YEARS.end()) + 1) * 12;
        if first < origin || last >= end || last < first {
            return Err(AxisError::PeriodOutOfRange {
                found: found.to_owned(),
            });
        }
        Ok(Self {
            first: u16::try_from(first - origin).map_err(wrong)?,
            last: u16::try_from(last - origin).map_err(wrong)?,
        })
    }

    /// The month of a year; January is 1.
    ///
    /// # Errors
    ///
    /// [`AxisError::PeriodOutOfRange`] for a year outside [`YEARS`] or a month outside 1 to 12.
    pub fn month(year: i16, month: i8) -> Result<Self, AxisError> {
        let found = format!("{year}-{month:02}");
        if !(1..=12).contains(&month) {
            return Err(AxisError::PeriodOutOfRange { found });
        }
        let month = i32::from(year) * 12 + i32::from(month) - 1;
        Self::which_months(month, month, &found)
    }

    /// The month in which a day lies.
    ///
    /// # Errors
    ///
    /// [`AxisError::PeriodOutOfRange`] for a year outside [`YEARS`].
    pub fn month_of(day: Date) -> Result<Self, AxisError> {
        Self::month(day.year(), day.month())
    }

    /// The financial year that starts in April of `year`.
    ///
    /// # Errors
    ///
    /// [`AxisError::PeriodOutOfRange`] for a year outside [`YEARS`].
    pub fn financial_year(year: i16) -> Result<Self, AxisError> {
        Self::year_from(year, 3)
    }

    /// The calendar year.
    ///
    /// # Errors
    ///
    /// [`AxisError::PeriodOutOfRange`] for a year outside [`YEARS`].
    pub fn calendar_year(year: i16) -> Result<Self, AxisError> {
        Self::year_from(year, 0)
    }

    /// The academic year that starts in September of `year`.
    ///
    /// # Errors
    ///
    /// [`AxisError::PeriodOutOfRange`] for a year outside [`YEARS`].
    pub fn academic_year(year: i16) -> Result<Self, AxisError> {
        Self::year_from(year, 8)
    }

    fn year_from(year: i16, month: i32) -> Result<Self, AxisError> {
        let first = i32::from(year) * 12 + month;
        Self::which_months(first, first + 11, &year.to_string())
    }

    /// From the start of this period to the end of a later one.
    ///
    /// # Errors
    ///
    /// [`AxisError::PeriodOutOfRange`] when `last` ends before this period starts.
    pub fn through(self, last: Self) -> Result<Self, AxisError> {
        if last.last < self.first {
            return Err(AxisError::PeriodOutOfRange {
                found: format!("{self} to {last}"),
            });
        }
        Ok(Self {
            first: self.first,
            last: last.last,
        })
    }

    /// The months in both, if any.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let first = self.first.max(other.first);
        let last = self.last.min(other.last);
        (first <= last).then_some(Self { first, last })
    }

    /// Whether all of `other` lies in this period.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// How many months.
    #[must_use]
    pub fn months(self) -> u16 {
        self.last - self.first + 1
    }

    /// How many days: the measure by which money is shared over time.
    #[must_use]
    pub fn days(self) -> u32 {
        let end = first_day(self.last + 1);
        let days = first_day(self.first).until(end).map(|span| span.get_days());
        days.unwrap_or(0).unsigned_abs()
    }

    /// Whether it starts after the end of another.
    #[must_use]
    pub fn starts_after(self, other: Self) -> bool {
        self.first > other.last
    }

    /// Whether a month or more lies between the end of another and its start.
    pub(super) fn starts_after_gap(self, other: Self) -> bool {
        self.first > other.last + 1
    }

    /// From the earlier start of two periods to the later end.
    pub(super) fn hull(self, other: Self) -> Self {
        Self {
            first: self.first.min(other.first),
            last: self.last.max(other.last),
        }
    }

    /// Its months before another starts, if any.
    pub(crate) fn before(self, other: Self) -> Option<Self> {
        (self.first < other.first).then(|| Self {
            first: self.first,
            last: self.last.min(other.first - 1),
        })
    }

    /// Its months after another ends, if any.
    pub(super) fn after(self, other: Self) -> Option<Self> {
        (self.last > other.last).then(|| Self {
            first: self.first.max(other.last + 1),
            last: self.last,
        })
    }

    /// As many months later, if that lies in the years an account may cover.
    #[must_use]
    pub fn months_later(self, months: u16) -> Option<Self> {
        let end = (i32::from(*YEARS.end()) - i32::from(*YEARS.start()) + 1) * 12;
        let (first, last) = (
            self.first.checked_add(months)?,
            self.last.checked_add(months)?,
        );
        (i32::from(last) < end).then_some(Self { first, last })
    }

    /// Its first month.
    #[must_use]
    pub fn first_month(self) -> Self {
        Self {
            first: self.first,
            last: self.first,
        }
    }

    /// Its last month.
    #[must_use]
    pub fn last_month(self) -> Self {
        Self {
            first: self.last,
            last: self.last,
        }
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        first_day(self.first)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        let next = first_day(self.last + 1);
        next.yesterday().unwrap_or(next)
    }

    /// In words that no spreadsheet takes for a day: `month of Jan 2023`, `financial year 2011-12`,
    /// and what is printed of all others.
    ///
    /// ```
    /// use wholeplace::axis::Period;
    /// let words = |text: &str| text.parse::<Period>().map(Period::in_words);
    /// assert_eq!(words("Jan 2023")?, "month of Jan 2023");
    /// assert_eq!(words("2011/12")?, "financial year 2011-12");
    /// assert_eq!(words("2017-18")?, "2017-18");
    /// assert_eq!(words(&words("Jan 2023")?), words("Jan 2023"));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn in_words(self) -> String {
        let text = self.to_string();
        match text.split_once('/') {
            Some((year, next)) => format!("financial year {year}-{next}"),
            None if self.first == self.last => format!("month of {text}"),
            None => text,
        }
    }

    /// The financial years of which some month lies in this period, in order.
    #[must_use]
    pub fn financial_years(self) -> Vec<Self> {
        let year_of = |month: u16| (i32::from(month) - 3).div_euclid(12);
        (year_of(self.first)..=year_of(self.last))
            .filter_map(|year| Self::financial_year(YEARS.start() + i16::try_from(year).ok()?).ok())
            .collect()
    }

    /// Its months, in order.
    #[must_use]
    pub fn each_month(self) -> Vec<Self> {
        let month = |first| Self { first, last: first };
        (self.first..=self.last).map(month).collect()
    }

    /// The quarters of financial years (April to June, July to September, October to December, January to
    /// March) of which some month lies in this period, in order.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::axis::Period;
    /// let months: Period = "May 2017 to Jul 2017".parse()?;
    /// assert_eq!(months.quarters(), ["Q1 2017-18".parse()?, "Q2 2017-18".parse::<Period>()?]);
    /// assert_eq!(months.each_month()[2], "Jul 2017".parse()?);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn quarters(self) -> Vec<Self> {
        // The first month that an account may cover is a January.
        let first = self.first - self.first % 3;
        let quarter = |first| Self {
            first,
            last: first + 2,
        };
        (first..=self.last).step_by(3).map(quarter).collect()
    }

    /// Whether no financial year lies partly in it.
    pub(crate) fn is_of_whole_financial_years(self) -> bool {
        let years = self.financial_years();
        years.iter().all(|&year| self.contains(year))
    }

    /// Both ends as one number, first month in the upper half; keeps the order of periods.
    pub(crate) fn packed(self) -> u32 {
        u32::from(self.first) << 16 | u32::from(self.last)
    }

    /// The period of a packed number.
    pub(crate) fn unpacked(packed: u32) -> Option<Self> {
        let first = u16::try_from(packed >> 16).ok()?;
        let last = (packed & 0xffff) as u16;
        (first <= last).then_some(Self { first, last })
    }

    /// Reads a period where the file says what a bare year means.
    ///
    /// # Errors
    ///
    /// [`AxisError::Period`] when it is none of the known spellings, [`AxisError::AmbiguousPeriod`]
    /// when it is several.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::axis::{Period, YearKind};
    /// assert_eq!(Period::parse("2013", Some(YearKind::Calendar))?.to_string(), "calendar 2013");
    /// assert_eq!(Period::parse("2011-12", Some(YearKind::Financial))?.to_string(), "2011/12");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn parse(text: &str, kind: Option<YearKind>) -> Result<Self, AxisError> {
        let text = text.trim();
        if text.len() > LONGEST {
            let start: String = text.chars().take(SHOWN).collect();
            return Err(AxisError::Period {
                found: format!("{start}…"),
            });
        }
        // A period has one start and one end: what stands between more of them is neither.
        let ends = [" to ", ".."]
            .into_iter()
            .find_map(|sign| text.split_once(sign));
        match ends {
            Some((first, last)) => {
                parse_one(first.trim(), kind)?.through(parse_one(last.trim(), kind)?)
            }
            None => parse_one(text, kind),
        }
    }
}

/// No period is written in more bytes than this.
const LONGEST: usize = 200;
/// So much of a longer text stands in a message.
const SHOWN: usize = 40;

fn first_day(month: u16) -> Date {
    let year = YEARS.start() + (month / 12).cast_signed();
    Date::new(year, i8::try_from(month % 12).unwrap_or(0) + 1, 1).unwrap_or(Date::MAX)
}

fn parse_one(text: &str, kind: Option<YearKind>) -> Result<Period, AxisError> {
    let wrong = || AxisError::Period {
        found: text.to_owned(),
    };
    // Publishers mark the outturn after the year: "2017-18 (OT)".
    let lower = text.to_lowercase();
    let bare = match lower.split_once('(') {
        Some((year, note)) if note.ends_with(')') => year.trim(),
        _ => lower.as_str(),
    };
    const KINDS: [(&str, YearKind); 8] = [
        ("calendar year ", YearKind::Calendar),
        ("calendar ", YearKind::Calendar),
        ("cy", YearKind::Calendar),
        ("academic year ", YearKind::Academic),
        ("academic ", YearKind::Academic),
        ("ay", YearKind::Academic),
        ("financial year ", YearKind::Financial),
        ("fy", YearKind::Financial),
    ];
    for ending in ["financial year ending", "year ending", "year ended", "fye"] {
        if let Some(rest) = bare.strip_prefix(ending) {
            let rest = rest.trim_start();
            let year = ["31 march ", "march ", "mar "]
                .iter()
                .find_map(|month| rest.strip_prefix(month))
                .unwrap_or(rest);
            let year = four_digits(year.trim()).ok_or_else(wrong)?;
            return Period::financial_year(year - 1);
        }
    }
    for (prefix, named) in KINDS {
        if let Some(rest) = bare.strip_prefix(prefix) {
            let rest = rest.trim_start();
            return match (named, four_digits(rest), two_years(rest)) {
                (YearKind::Calendar, Some(year), _) => Period::calendar_year(year),
                (YearKind::Academic, _, Some(year)) => Period::academic_year(year),
                (YearKind::Financial, _, Some(year)) => Period::financial_year(year),
                _ => Err(wrong()),
            };
        }
    }
    if let Some(month) = bare.strip_prefix("month of ") {
        return named_month(month).ok_or_else(wrong)?;
    }
    if let Some(rest) = bare.strip_prefix('q') {
        let (quarter, year) = rest.split_once(' ').ok_or_else(wrong)?;
        let quarter: i16 = quarter.parse().map_err(|_| wrong())?;
        let year = two_years(year.trim()).ok_or_else(wrong)?;
        if !(1..=4).contains(&quarter) {
            return Err(wrong());
        }
        let first = i32::from(year) * 12 + 3 * i32::from(quarter);
        return Period::which_months(first, first + 2, text);
    }
    if let (Some(year), Some(YearKind::Financial)) = (short_years(bare), kind) {
        return Period::financial_year(year);
    }
    let month = iso_month(bare);
    match (two_years(bare), month, kind) {
        (Some(year), None, None) | (Some(year), _, Some(YearKind::Financial)) => {
            Period::financial_year(year)
        }
        (Some(year), _, Some(YearKind::Academic)) => Period::academic_year(year),
        (None, Some((year, month)), _) | (_, Some((year, month)), Some(YearKind::Calendar)) => {
            Period::month(year, month)
        }
        (Some(year), Some(_), None) => Err(AxisError::AmbiguousPeriod {
            found: text.to_owned(),
            meanings: format!(
                "`{year}/{:02}` (financial year) or `Dec {year}`",
                (year + 1) % 100
            ),
        }),
        (Some(_), None, Some(YearKind::Calendar)) => Err(wrong()),
        (None, None, _) => match (four_digits(bare), kind) {
            (Some(year), Some(YearKind::Calendar)) => Period::calendar_year(year),
            (Some(year), _) => Err(AxisError::AmbiguousPeriod {
                found: text.to_owned(),
                meanings: format!(
                    "`{}-{:02}`, `calendar {year}` or `academic {}-{:02}`",
                    year - 1,
                    year % 100,
                    year - 1,
                    year % 100
                ),
            }),
            (None, _) => named_month(bare).ok_or_else(wrong)?,
        },
    }
}

fn four_digits(text: &str) -> Option<i16> {
    let year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    year.then(|| text.parse().ok()).flatten()
}

/// The first year of `2017-18`, `2017/18`, `2017-2018` or `2017–18`.
fn two_years(text: &str) -> Option<i16> {
    let (first, second) = text.split_once(['-', '/', '–'])?;
    let first = four_digits(first.trim())?;
    let second = second.trim();
    let follows = match second.len() {
        2 => second.parse() == Ok((first + 1) % 100),
        4 => four_digits(second) == Some(first + 1),
        _ => false,
    };
    follows.then_some(first)
}

/// The first year of `13/14`, of this century.
fn short_years(text: &str) -> Option<i16> {
    let (first, second) = text.split_once(['-', '/', '–'])?;
    let two = |text: &str| {
        let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<i16>().ok()).flatten()
    };
    let first = two(first)?;
    (two(second)? == first + 1).then_some(2000 + first)
}

/// Year and month of `2017-06`.
fn iso_month(text: &str) -> Option<(i16, i8)> {
    let (year, month) = text.split_once('-')?;
    let month = month.strip_prefix('m').unwrap_or(month);
    let month: i8 = (month.len() == 2).then(|| month.parse().ok()).flatten()?;
    (1..=12)
        .contains(&month)
        .then_some((four_digits(year)?, month))
}

/// `jun 2017`, `june 2017`, `jun-17` is not taken: it may be a day.
fn named_month(text: &str) -> Option<Result<Period, AxisError>> {
    const FULL: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let (name, year) = text.split_once(' ')?;
    let month = FULL.iter().position(|full| {
        *full == name
            || (name.len() == 3 && full.starts_with(name))
            || name == "sept" && *full == "september"
    })?;
    let year = four_digits(year.trim())?;
    Some(Period::month(year, i8::try_from(month).ok()? + 1))
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let split = |month: u16| {
            (
                YEARS.start() + (month / 12).cast_signed(),
                usize::from(month % 12),
            )
        };
        let (year, month) = split(self.first);
        let next = (year + 1) % 100;
        let text = match (month, self.months()) {
            // 2001-02 to 2011-12 could be read as months, so these print with a stroke.
            (3, 12) if (1..=12).contains(&next) => format!("{year}/{next:02}"),
            (3, 12) => format!("{year}-{next:02}"),
            (0, 12) => format!("calendar {year}"),
            (8, 12) => format!("academic {year}-{next:02}"),
            (_, 1) => format!("{} {year}", MONTHS[month]),
            _ => {
                let (last_year, last_month) = split(self.last);
                format!(
                    "{} {year} to {} {last_year}",
                    MONTHS[month], MONTHS[last_month]
                )
            }
        };
        f.pad(&text)
    }
}

impl std::str::FromStr for Period {
    type Err = AxisError;
    fn from_str(text: &str) -> Result<Self, AxisError> {
        Self::parse(text, None)
    }
}

impl TryFrom<String> for Period {
    type Error = AxisError;
    fn try_from(text: String) -> Result<Self, AxisError> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}
