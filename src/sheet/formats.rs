//! What the format of a workbook cell says of its number, and formulas that nobody calculated.
//!
//! A number in a cell is only a number: 0.12 is shown as 12 % or £0.12 by its format. Ledgers read
//! such cells as they are shown, so that a per cent is no amount of money.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a cell shows that its number does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Percent,
    /// An amount in a currency of this sign.
    Currency(String),
    /// A formula without a result, or with the 0 that a program writes before it is calculated.
    NotCalculated,
}

/// Cells that show something else than their number, by row and column.
pub(super) type ShownCells = BTreeMap<(u32, u32), Shown>;

/// What stands in a cell whose formula was never calculated.
pub(crate) const NOT_CALCULATED: &str = "#NOT CALCULATED";

/// Which of these are read as plain numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plainly {
    pub(crate) percent: bool,
    pub(crate) currency: bool,
    pub(crate) formulas: bool,
}

impl Plainly {
    /// All of them: as whoever reads a table wants them.
    pub(crate) const ALL: Self = Self {
        percent: true,
        currency: true,
        formulas: true,
    };
}

/// The number formats that a workbook has of its own, by number.
#[derive(Debug, Default)]
pub(super) struct Formats(BTreeMap<u16, Option<Shown>>);

impl Formats {
    pub(super) fn add(&mut self, number: u16, code: &str) {
        self.0.insert(number, of_code(code));
    }

    /// What a format of that number shows.
    pub(super) fn shown(&self, number: u16) -> Option<Shown> {
        match self.0.get(&number) {
            Some(shown) => shown.clone(),
            // `0%` and `0.00%` need not be written.
            None => matches!(number, 9 | 10).then_some(Shown::Percent),
        }
    }
}

/// What a number format shows, by its first section.
pub(super) fn of_code(code: &str) -> Option<Shown> {
    let mut plain = String::new();
    let mut quoted = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '\\' | '_' | '*' => {
                let next = chars.next();
                if c == '\\' {
                    quoted.extend(next);
                }
            }
            '"' => quoted.extend(chars.by_ref().take_while(|&c| c != '"')),
            '[' => {
                let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
                // `[$€-2]`, `[$USD-409]`: the sign stands before the locale.
                if let Some(sign) = inside.strip_prefix('$') {
                    quoted.push_str(sign.split('-').next().unwrap_or_default());
                }
            }
            c => plain.push(c),
        }
    }
    if plain.contains('%') || quoted.contains('%') {
        return Some(Shown::Percent);
    }
    let sign = |text: &str| {
        let signs = ['$', '€', '¥', '₹', '₽', '₩', '₺', '₪', '₫', '₴', '฿'];
        let letters = [
            "USD", "EUR", "CHF", "AUD", "CAD", "NZD", "JPY", "SEK", "NOK", "DKK", "PLN", "INR",
            "CNY", "ZAR",
        ];
        (text.chars().find(|c| signs.contains(c)).map(String::from)).or_else(|| {
            letters
                .iter()
                .find(|l| text.contains(**l))
                .map(|l| (*l).to_owned())
        })
    };
    sign(&plain).or_else(|| sign(&quoted)).map(Shown::Currency)
}

/// Writes a number as its cell shows it.
pub(super) fn write(text: &mut String, number: f64, shown: &Shown) {
    // Writing to a string cannot fail.
    let _ = match shown {
        // What the binary number adds to a hundredfold decimal is taken off again.
        Shown::Percent => write!(text, "{}%", (number * 100.0 * 1e9).round() / 1e9),
        Shown::Currency(sign) => write!(text, "{sign} {number}"),
        Shown::NotCalculated => text.write_str(NOT_CALCULATED),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let currency = |sign: &str| Some(Shown::Currency(sign.to_owned()));
        for (code, shown) in [
            ("General", None),
            ("#,##0.00", None),
            ("£#,##0.00", None),
            ("[$£-809]#,##0.00", None),
            ("_-£* #,##0.00_-", None),
            ("\"£\"#,##0.00;[Red]-\"£\"#,##0.00", None),
            ("0%", Some(Shown::Percent)),
            ("0.00%", Some(Shown::Percent)),
            ("0\\ %", Some(Shown::Percent)),
            ("0;0%", None),
            ("$#,##0.00", currency("$")),
            ("[$$-409]#,##0.00", currency("$")),
            ("#,##0.00 [$€-1]", currency("€")),
            ("[$USD] #,##0", currency("USD")),
            ("_-[$€-2] * #,##0.00_-", currency("€")),
        ] {
            assert_eq!(of_code(code), shown, "{code}");
        }
    }
}
