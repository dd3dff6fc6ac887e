//! What all parts of opening share: the file, and what was found wrong so far.

use crate::axis::MemberId;
use crate::disclosure::policy::spec::Number;
use crate::finding::{Finding, Findings, Position, made_plain};
use crate::money::{ExcessDecimals, Pence, Ratio, parse_amount, to_pence};
use crate::place::{Lines, Place};
use std::sync::Arc;
use toml::Spanned;

/// The file that is read, and everything that is wrong with it.
pub struct Opener<'a> {
    pub place: &'a Arc<Place>,
    pub file: &'a str,
    pub lines: Lines,
    pub findings: Findings,
}

impl Opener<'_> {
    /// The line on which a table starts.
    pub fn at<T>(&self, table: &Spanned<T>) -> Position {
        Position::line(self.file, self.lines.at(table.span().start))
    }

    pub fn fault(&mut self, rule: &str, at: Position, found: String, remedy: &str) {
        self.findings.push(Finding::fault(rule, at, found, remedy));
    }

    /// A key that is not there.
    pub fn missing(&mut self, of: &str, key: &str, at: &Position) {
        self.fault(
            "policy-key-missing",
            at.clone().column(key),
            format!("`{of}` has no `{key}`"),
            "write it down; no key of a policy has a default, because somebody answers for each",
        );
    }

    /// A table that is not there.
    pub fn missing_table(&mut self, name: &str, at: Position) {
        self.fault(
            "policy-key-missing",
            at,
            format!("there is no `{name}`"),
            "add it; no part of a policy has a default, because somebody answers for each",
        );
    }

    /// A key that must be there.
    pub fn needed<T>(&mut self, key: Option<T>, of: &str, name: &str, at: &Position) -> Option<T> {
        if key.is_none() {
            self.missing(of, name, at);
        }
        key
    }

    /// A key that must be there and say something.
    pub fn words(
        &mut self,
        key: Option<String>,
        of: &str,
        name: &str,
        at: &Position,
    ) -> Option<String> {
        let text = self.needed(key, of, name, at)?;
        if text.trim().is_empty() {
            self.fault(
                "words-missing",
                at.clone().column(name),
                format!("`{name}` is empty"),
                "write it down; whoever reads what is published relies on it",
            );
            return None;
        }
        Some(made_plain(text, at, &mut self.findings))
    }

    /// A key that says nothing beside another.
    pub fn not_used(&mut self, key: &str, because: &str, at: &Position) {
        self.fault(
            "key-of-another-kind",
            at.clone().column(key),
            format!("`{key}` says nothing where {because}"),
            "leave it out, or correct the other",
        );
    }

    /// One of a few words.
    pub fn word<const N: usize>(
        &mut self,
        text: &str,
        known: [&'static str; N],
        key: &str,
        at: &Position,
    ) -> Option<&'static str> {
        let found = known.into_iter().find(|word| *word == text.trim());
        if found.is_none() {
            self.fault(
                "not-a-word-of-this-field",
                at.clone().column(key),
                format!("`{text}` is no word of `{key}`"),
                &format!("write one of {}", known.join(", ")),
            );
        }
        found
    }

    /// `shown` or `withheld`.
    pub fn shown(
        &mut self,
        key: Option<String>,
        of: &str,
        name: &str,
        at: &Position,
    ) -> Option<bool> {
        let text = self.needed(key, of, name, at)?;
        let word = self.word(&text, ["shown", "withheld"], name, at)?;
        Some(word == "shown")
    }

    /// Pounds above zero.
    pub fn pounds(&mut self, text: &str, key: &str, at: &Position) -> Option<Pence> {
        let pence = (parse_amount(text))
            .and_then(|pounds| to_pence(pounds, ExcessDecimals::Refuse))
            .ok()
            .map(|(pence, _)| pence)
            .filter(|pence| *pence > Pence::ZERO);
        if pence.is_none() {
            self.fault(
                "not-a-number",
                at.clone().column(key),
                format!("`{text}` is no amount above nothing"),
                "write pounds and pence, as `500.00`",
            );
        }
        pence
    }

    /// Per cent above zero, and not above a most where there is one.
    pub fn percent(
        &mut self,
        number: &Number,
        most: Option<u32>,
        key: &str,
        at: &Position,
    ) -> Option<Ratio> {
        let (text, read) = match number {
            Number::Whole(number) => (number.to_string(), Some(Ratio::new((*number).into(), 1))),
            Number::Text(text) => (text.clone(), text.parse::<Ratio>().ok()),
        };
        // `10%` is a tenth, and ten is meant.
        let read = read.filter(|_| !text.contains('%'));
        let most = most.map(|most| Ratio::new(most.into(), 1));
        let fits = |number: &Ratio| {
            *number > Ratio::zero() && most.as_ref().is_none_or(|most| number <= most)
        };
        let found = read.filter(fits);
        if found.is_none() {
            let range = most.map_or("above 0".to_owned(), |most| {
                format!("above 0 and up to {most}")
            });
            self.fault(
                "not-a-number",
                at.clone().column(key),
                format!("`{text}` is no number of per cent {range}"),
                "write it in digits without the sign, as `10` or `\"12.5\"`",
            );
        }
        found
    }

    /// A whole number from a least on.
    pub fn at_least(
        &mut self,
        number: Option<u64>,
        least: u64,
        (of, key): (&str, &str),
        at: &Position,
    ) -> Option<u64> {
        let number = self.needed(number, of, key, at)?;
        if number < least {
            self.fault(
                "not-a-number",
                at.clone().column(key),
                format!("`{key}` is {number}, and must be {least} or more"),
                "correct it",
            );
            return None;
        }
        Some(number)
    }

    /// Activities by their codes; all that are unknown are told.
    pub fn activities(
        &mut self,
        codes: &[String],
        key: &str,
        at: &Position,
    ) -> Option<Vec<MemberId>> {
        let place = Arc::clone(self.place);
        let tree = &place.axes().activities;
        let mut found = Vec::with_capacity(codes.len());
        for code in codes {
            match tree.find(code) {
                Ok(member) => found.push(member),
                Err(error) => self.fault(
                    "unknown-code",
                    at.clone().column(key),
                    error.to_string(),
                    "correct the code",
                ),
            }
        }
        (found.len() == codes.len()).then_some(found)
    }
}
