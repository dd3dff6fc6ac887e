//! Cells as dates, by the forms a layout names.

use super::dictionary::Dictionary;
use crate::axis::Period;
use crate::sheet::Key;
use jiff::Span;
use jiff::civil::Date;
use std::sync::Arc;

/// The word for the day numbers of a spreadsheet.
const SERIAL: &str = "excel-serial";

/// The forms of the United Kingdom, day first, and ISO dates; times of day are passed over.
const DEFAULT: [&str; 23] = [
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
    "%d/%b/%y",
    "%d-%B-%y",
    "%d %B %y",
    "%d/%B/%Y",
];

/// The word for all of these in a list.
const USUAL: &str = "usual";

/// Other forms that dates are found in: what is no date in the forms of a layout is tried in these,
/// so that a finding can name the form to add.
const OTHERS: [&str; 19] = [
    "%m/%d/%Y",
    "%m/%d/%y",
    "%m-%d-%Y",
    "%m-%d-%y",
    "%m.%d.%Y",
    "%m.%d.%y",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%Y-%d-%m",
    "%Y%m%d",
    "%d%m%Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%B %d %Y",
    "%d %B, %Y",
    "%A, %d %B %Y",
    "%d/%m/%y %H:%M",
    "%Y-%m-%dT%H:%M:%SZ",
];

/// The form that has month and day the other way round.
pub(crate) fn swapped(form: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 9] = [
        ("%d/%m/%Y", "%m/%d/%Y"),
        ("%d/%m/%y", "%m/%d/%y"),
        ("%d-%m-%Y", "%m-%d-%Y"),
        ("%d-%m-%y", "%m-%d-%y"),
        ("%d.%m.%Y", "%m.%d.%Y"),
        ("%d.%m.%y", "%m.%d.%y"),
        ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"),
        ("%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S"),
        ("%Y-%m-%d", "%Y-%d-%m"),
    ];
    (PAIRS.iter()).find_map(|&(day, month)| match form {
        f if f == day => Some(month),
        f if f == month => Some(day),
        _ => None,
    })
}

/// A text that reads as a date, whatever the forms of a layout are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KnownDate {
    /// The form, as a layout writes it.
    pub(crate) form: &'static str,
    /// Whether it is read where a layout names no forms.
    pub(crate) usual: bool,
    pub(crate) month: Period,
    pub(crate) day: u8,
}

impl KnownDate {
    /// The date of a text in the first of all known forms that reads it: those of the United Kingdom
    /// before others, day numbers of a spreadsheet last and only of this century.
    pub(crate) fn of(cell: &str) -> Option<Self> {
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        if !(3..=24).contains(&digits) || cell.len() > 40 {
            return None;
        }
        let cell = with_short_september(cell);
        let forms = DEFAULT.iter().chain(&OTHERS).chain(&[SERIAL]);
        forms.copied().find_map(|form| {
            let date = in_form(&cell, form)?;
            let month = Period::month_of(date).ok()?;
            if form == SERIAL && !(2000..2060).contains(&date.year()) {
                return None;
            }
            Some(Self {
                form,
                usual: DEFAULT.contains(&form),
                month,
                day: date.day().unsigned_abs(),
            })
        })
    }

    /// Whether month and day may stand the other way round as well.
    pub(crate) fn both_ways(&self) -> bool {
        self.day <= 12 && self.swapped().is_some()
    }

    /// The form that has month and day the other way round.
    pub(crate) fn swapped(&self) -> Option<&'static str> {
        swapped(self.form)
    }

    /// Whether the form has the month before the day, as in the United States.
    pub(crate) fn month_first(&self) -> bool {
        self.form.starts_with("%m") || self.form == "%Y-%d-%m"
    }

    /// Whether it is the day number of a spreadsheet.
    pub(crate) fn is_serial(&self) -> bool {
        self.form == SERIAL
    }
}

/// The calendar's word for the month has three letters or all of them; some write `Sept`.
fn with_short_september(cell: &str) -> std::borrow::Cow<'_, str> {
    let lower = cell.to_ascii_lowercase();
    match lower.find("sept") {
        Some(at) if !lower.contains("septem") => {
            format!("{}Sep{}", &cell[..at], &cell[at + 4..]).into()
        }
        _ => cell.into(),
    }
}

/// Why a cell gives no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoDate {
    Blank,
    /// With the form that it would have, where it is one that is known.
    Unreadable(Option<&'static str>),
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
    /// For each form whether some date of it can only be read so, and not with month and day the
    /// other way round.
    sure: Vec<bool>,
}

impl Dates {
    pub(super) fn new(forms: &[String]) -> Self {
        let usual = DEFAULT.map(str::to_owned);
        let forms: Arc<[String]> = if forms.is_empty() {
            usual.into()
        } else {
            let one = |form: &String| match form.as_str() {
                USUAL => usual.to_vec(),
                _ => vec![form.clone()],
            };
            forms.iter().flat_map(one).collect()
        };
        Self {
            counts: vec![0; forms.len()],
            sure: vec![false; forms.len()],
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
        let (form, day) = self.read_once(cell)?;
        self.count(form);
        Ok(day)
    }

    /// The date in a cell and the place of its form; it is not counted.
    #[inline]
    pub(super) fn read_once(&mut self, cell: Key<'_>) -> Result<(usize, Day), NoDate> {
        match self.texts.get(cell) {
            Some(id) => self.known[id as usize],
            None => self.learn(cell),
        }
    }

    /// Counts a date of a form.
    #[inline]
    pub(super) fn count(&mut self, form: usize) {
        if let Some(count) = self.counts.get_mut(form) {
            *count += 1;
        }
    }

    #[cold]
    fn learn(&mut self, cell: Key<'_>) -> Result<(usize, Day), NoDate> {
        /// Beyond this many different texts, the column does not hold dates.
        const KEPT: usize = 1 << 14;
        let text = cell.text();
        let found = self.read(&text);
        if let Ok((form, day)) = found
            && day.of_month > 12
            && swapped(&self.forms[form]).is_some()
        {
            self.sure[form] = true;
        }
        if self.known.len() < KEPT {
            self.texts.id(cell);
            self.known.push(found);
        }
        found
    }

    /// Whether a cell holds a date; it is not counted.
    pub(super) fn is_date(&mut self, cell: Key<'_>) -> bool {
        self.read_once(cell).is_ok()
    }

    /// Whether the layout reads dates of this form.
    pub(super) fn has(&self, form: &str) -> bool {
        self.forms.iter().any(|known| known == form)
    }

    /// Forms that read dates here, and read month and day the other way round too: which of the
    /// two is right can be seen of none of them.
    pub(super) fn both_ways(&self) -> Option<(&str, &str)> {
        let used = |form: &str| {
            let mut counted = self.forms.iter().zip(&self.counts);
            counted.any(|(known, &count)| known == form && count > 0)
        };
        (self.forms.iter()).find_map(|form| {
            let other = swapped(form)?;
            (used(form) && used(other)).then_some((form.as_str(), other))
        })
    }

    /// The form of dates that were read, and may as well have month and day the other way round.
    pub(super) fn unsure(&self) -> Option<(&str, &'static str)> {
        let forms = self.forms.iter().zip(self.counts.iter().zip(&self.sure));
        let mut unsure = None;
        for (form, (&count, &sure)) in forms {
            if sure {
                return None;
            }
            if count > 0
                && unsure.is_none()
                && let Some(other) = swapped(form)
                && form != "%Y-%m-%d"
            {
                unsure = Some((form.as_str(), other));
            }
        }
        unsure
    }

    /// Adds what another has counted, and takes over what it has learnt where that is more.
    pub(super) fn add(&mut self, other: Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        for (sure, more) in self.sure.iter_mut().zip(&other.sure) {
            *sure |= more;
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
        let cell = with_short_september(cell);
        let cell = cell.as_ref();
        let mut reason = NoDate::Unreadable(None);
        for (form, pattern) in self.forms.iter().enumerate() {
            let date = in_form(cell, pattern);
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
        let others = DEFAULT.iter().chain(&OTHERS).chain(&[SERIAL]);
        let fits = |form: &&str| {
            in_form(cell, form).is_some_and(|date| {
                // Days of a spreadsheet before 1970 are numbers of another kind.
                Period::month_of(date).is_ok() && (*form != SERIAL || date.year() >= 1970)
            })
        };
        match others.copied().find(fits) {
            Some(form) => Err(NoDate::Unreadable(Some(form))),
            None => Err(reason),
        }
    }
}

/// The date of a cell in one form.
fn in_form(cell: &str, form: &str) -> Option<Date> {
    if form == SERIAL {
        serial(cell)
    } else {
        Date::strptime(form, cell).ok()
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
    // More days than the calendar has are no date.
    let days = Span::new().try_days(days).ok()?;
    Date::constant(1899, 12, 30).checked_add(days).ok()
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
            "04/Jan/17",
        ] {
            assert_eq!(month(cell).as_deref(), Ok("Jan 2017"), "{cell}");
        }
    }

    #[test]
    fn what_is_no_date() {
        assert_eq!(month(""), Err(NoDate::Blank));
        assert_eq!(month("43658"), Err(NoDate::Unreadable(Some(SERIAL))));
        assert_eq!(month("31/02/2017"), Err(NoDate::Unreadable(None)));
        let month_first = NoDate::Unreadable(Some("%m/%d/%Y"));
        assert_eq!(month("06/25/2024"), Err(month_first));
        assert_eq!(month("4 Sept 2017").as_deref(), Ok("Sep 2017"));
        assert_eq!(month("01/01/1900"), Err(NoDate::OutOfRange));
        assert_eq!(month("01/01/2100"), Err(NoDate::OutOfRange));
    }

    #[test]
    fn forms_of_texts_are_known_without_a_layout() {
        let form = |text: &str| KnownDate::of(text).map(|date| (date.form, date.usual));
        assert_eq!(form("04/01/2017"), Some(("%d/%m/%Y", true)));
        assert_eq!(form("4 Sept 2017"), Some(("%d %b %Y", true)));
        assert_eq!(form("06/25/2024"), Some(("%m/%d/%Y", false)));
        assert_eq!(form("43658"), Some((SERIAL, false)));
        for no in ["", "9012345", "123", "Parks", "12.50", "31/02/2017"] {
            assert_eq!(form(no), None, "{no}");
        }
        let either = KnownDate::of("04/01/2017").unwrap();
        assert!(either.both_ways() && !either.month_first());
        assert!(!KnownDate::of("14/01/2017").unwrap().both_ways());
    }

    #[test]
    fn a_list_may_begin_with_the_usual_forms() {
        let mut dates = Dates::new(&["usual".to_owned(), SERIAL.to_owned()]);
        assert!(dates.day(Key::of("4 Jan 2017")).is_ok());
        assert!(dates.day(Key::of("43658")).is_ok());
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
        // A payment number in the wrong column.
        assert_eq!(dates.day(Key::of("9012345")), Err(NoDate::Unreadable(None)));
        assert_eq!(dates.counts(), [(SERIAL.to_owned(), 2)]);
    }
}
