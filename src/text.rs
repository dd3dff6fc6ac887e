//! Numbers of things, lists and digits, as people read them; bytes, as machines compare them.

use std::fmt::{Display, Write};

/// A number of things whose plural ends in `s`: `1 line`, `2 lines`. The number is written as it
/// was given, so that `counted(with_separators(1200), "line")` is `1,200 lines`.
pub(crate) fn counted(number: impl Display, thing: &str) -> String {
    let number = number.to_string();
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// A number of things, each form written out: `1 activity`, `2 activities`.
pub(crate) fn counted_as(number: impl Display, one: &str, several: &str) -> String {
    let number = number.to_string();
    let thing = if number == "1" { one } else { several };
    format!("{number} {thing}")
}

/// A few of many: `a, b and 3 more`; only the few where there are no more.
pub(crate) fn list(few: &[impl Display], more: usize) -> String {
    let few: Vec<String> = few.iter().map(ToString::to_string).collect();
    let few = few.join(", ");
    if more == 0 {
        few
    } else {
        format!("{few} and {more} more")
    }
}

/// Digits in groups of three: `1,272,638`. A sign before them stays there.
pub(crate) fn grouped(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    let mut text = String::with_capacity(number.len() * 4 / 3 + 1);
    text.push_str(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Bytes as people say them, in powers of ten.
pub(crate) fn bytes(count: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    let unit = UNITS.iter().find(|(of, _)| count >= 10 * of);
    match unit {
        Some((of, name)) => format!("{} {name}", grouped(&(count / of).to_string())),
        None => format!("{count} bytes"),
    }
}

/// Bytes as hexadecimal digits, two for each.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_not_several() {
        assert_eq!(counted(0, "line"), "0 lines");
        assert_eq!(counted(1, "line"), "1 line");
        assert_eq!(counted("1,200", "line"), "1,200 lines");
        assert_eq!(counted_as(1, "activity", "activities"), "1 activity");
        assert_eq!(counted_as(2, "activity", "activities"), "2 activities");
    }

    #[test]
    fn a_list_says_how_many_it_leaves_out() {
        assert_eq!(list(&["a", "b"], 0), "a, b");
        assert_eq!(list(&["a", "b"], 3), "a, b and 3 more");
        assert_eq!(list(&[0; 0], 0), "");
    }

    #[test]
    fn digits_come_in_threes() {
        let texts = ["", "1", "123", "1234", "1272638", "-123", "-1234"];
        let grouped = texts.map(grouped);
        assert_eq!(
            grouped,
            ["", "1", "123", "1,234", "1,272,638", "-123", "-1,234"]
        );
    }

    #[test]
    fn bytes_are_two_digits_each() {
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }
}
