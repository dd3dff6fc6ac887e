//! What a spreadsheet makes of a text, and the mark that keeps it from doing so.
//!
//! Excel opens a CSV as if somebody had typed it: `10-15` becomes October 2015, `00123` becomes 123,
//! `=1+1` is worked out. Quotes do not help; only other characters do. So a text that would be taken
//! for something else has an apostrophe before it, and one that begins with an apostrophe has one
//! more: whoever takes one apostrophe from the front of a text has the text as it was. Numbers
//! never have a mark. In the spreadsheet the apostrophe is seen, so nothing is hidden from anybody.
//!
//! What is taken for something else was tried in LibreOffice and is documented for Excel. In doubt
//! a text is marked: `65+` stays a text in one and becomes 65 in the other.

use std::borrow::Cow;

/// The rule in a sentence, for those who get the files.
pub const MARK_IN_WORDS: &str = "A text that a spreadsheet would take for a formula, a date or a number, and one that begins with an apostrophe, has an apostrophe before it: take away the first, and you have the text. Numbers have none.";

/// Words that leave a text with digits a date or a time.
const DATE_WORDS: [&str; 40] = [
    "jan",
    "january",
    "feb",
    "february",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "june",
    "jul",
    "july",
    "aug",
    "august",
    "sep",
    "sept",
    "september",
    "oct",
    "october",
    "nov",
    "november",
    "dec",
    "december",
    "mon",
    "monday",
    "tue",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "am",
    "pm",
];

/// The most digits that Excel shows of a whole number before it writes `1.2E+11`.
const DIGITS_SHOWN: usize = 11;

/// A text as it stands in a CSV: with an apostrophe where a spreadsheet would make something else
/// of it. [`unmarked`] gives the text back.
///
/// # Example
///
/// ```
/// use wholeplace::sheet::{marked, unmarked};
/// assert_eq!(marked("Ludlow"), "Ludlow");
/// assert_eq!(marked("2017-18"), "2017-18");
/// assert_eq!(marked("=1+1"), "'=1+1");
/// assert_eq!(marked("10-15"), "'10-15");
/// assert_eq!(marked("00123"), "'00123");
/// assert_eq!(unmarked("'00123"), "00123");
/// assert_eq!(unmarked(&marked("'t Hoekje")), "'t Hoekje");
/// ```
#[must_use]
pub fn marked(text: &str) -> Cow<'_, str> {
    if text.starts_with('\'') || is_taken_for_something_else(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text of a cell that [`marked`] wrote: without the first apostrophe, if it begins with one.
///
/// For texts of files that this crate wrote. In other files an apostrophe may be part of the text,
/// so no ledger and no table of a pack is read by it.
#[must_use]
pub fn unmarked(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// Whether a spreadsheet takes a text for a formula, a date, a number or another value.
pub(crate) fn is_taken_for_something_else(text: &str) -> bool {
    let bare = text.trim_matches(is_blank);
    // A tab or a line end is what some programs cut off before they look for a formula.
    text.starts_with(|c: char| c.is_control())
        || bare.starts_with(begins_a_formula)
        || is_a_word_for_a_value(bare)
        || bare.contains(char::is_numeric) && is_a_date_or_a_number(text)
}

/// Blanks, and the marks that isolate a name which runs from right to left.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The signs of OWASP's page on CSV injection, with their wide forms; `#` begins an error value.
fn begins_a_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '#')
}

fn is_a_word_for_a_value(bare: &str) -> bool {
    ["true", "false"].contains(&bare.to_lowercase().as_str())
}

/// Of a text with digits: whether nothing in it keeps it from being a value.
fn is_a_date_or_a_number(text: &str) -> bool {
    let lower = text.trim_matches(is_blank).to_lowercase();
    let mut words = (lower.split(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty());
    if !lower.contains(char::is_alphabetic) {
        return !is_shown_unchanged(text);
    }
    words.all(|word| DATE_WORDS.contains(&word))
        || is_power_of_ten(&lower)
        || is_time_of_day(&lower)
}

/// Texts of digits and signs that every spreadsheet shows and saves as they are: whole numbers that
/// are short enough, and two numbers of which neither can be a month (`2017-18`, `16-19`).
fn is_shown_unchanged(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if let Some((first, second)) = text.split_once(['-', '/']) {
        let no_month = |part: &str| digits(part) && !matches!(part.parse(), Ok(1..=12u32));
        return no_month(first) && no_month(second);
    }
    let leading_zero = text.len() > 1 && text.starts_with('0');
    digits(text) && !leading_zero && text.len() <= DIGITS_SHOWN
}

/// `1E5`, `1.5e+06`; `E06000051` is none.
fn is_power_of_ten(lower: &str) -> bool {
    let figures = |part: &str, signs: &str| {
        part.starts_with(|c: char| c.is_numeric() || signs.contains(c))
            && part.chars().all(|c| c.is_numeric() || signs.contains(c))
    };
    (lower.split_once('e'))
        .is_some_and(|(number, power)| figures(number, "., ") && figures(power, "+-"))
}

/// `1 a`, `12:30 p`, `2017-04-01T12:30:00Z`.
fn is_time_of_day(lower: &str) -> bool {
    let hour = |lower: &str| lower.contains(char::is_numeric);
    let rest = lower.strip_suffix(['a', 'p']);
    let said = rest.is_some_and(|rest| {
        let clock = rest.ends_with(char::is_whitespace) || rest.contains(':');
        clock && hour(rest) && !rest.contains(char::is_alphabetic)
    });
    let stamp = lower.contains(':')
        && (lower.split(|c: char| !c.is_alphabetic()))
            .all(|word| matches!(word, "" | "t" | "z" | "gmt" | "utc"));
    said || stamp
}
