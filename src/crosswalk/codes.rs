//! What the codes of a crosswalk mean on one axis: exact ones first, then patterns.

use super::pattern::{CodePattern, literal};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Meanings of codes: of single ones, and of those that a pattern names.
#[derive(Clone, Debug)]
pub struct Codes<T> {
    exact: BTreeMap<String, T>,
    /// Texts that stand for an exact code unless the code itself is there: a pattern as it is
    /// written, and a text without the mark that keeps a spreadsheet from changing it.
    also: BTreeMap<String, T>,
    /// Those that name most first.
    patterns: Vec<(CodePattern, T)>,
}

impl<T> Default for Codes<T> {
    fn default() -> Self {
        Self {
            exact: BTreeMap::new(),
            also: BTreeMap::new(),
            patterns: Vec::new(),
        }
    }
}

/// What a code was found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning<T> {
    /// A row of its own.
    Exact(T),
    /// The pattern of that number.
    Pattern(T, usize),
    /// Patterns of these numbers that name equally much and mean different things.
    Tie(Vec<usize>),
    /// Nothing.
    Unknown,
}

impl<T: Copy + PartialEq> Codes<T> {
    /// Adds a code as a row writes it. `unmarked` is the same code without the mark that keeps a
    /// spreadsheet from changing it, where it may have one.
    pub fn add(&mut self, code: &str, unmarked: Option<&str>, meaning: T) {
        let pattern = CodePattern::new(unmarked.unwrap_or(code));
        if pattern.is_some() {
            self.also.entry(code.to_owned()).or_insert(meaning);
        } else {
            self.exact.insert(literal(code), meaning);
        }
        if let Some(unmarked) = unmarked {
            self.also.entry(literal(unmarked)).or_insert(meaning);
        }
        if let Some(pattern) = pattern {
            let names_more = |(other, _): &(CodePattern, T)| {
                (Reverse(other.letters()), other.text())
                    < (Reverse(pattern.letters()), pattern.text())
            };
            let at = self.patterns.partition_point(names_more);
            self.patterns.insert(at, (pattern, meaning));
        }
    }

    /// What a code of the data means.
    pub fn find(&self, text: &str) -> Meaning<T> {
        let exact = self.exact.get(text).or_else(|| self.also.get(text));
        if let Some(&meaning) = exact {
            return Meaning::Exact(meaning);
        }
        if self.patterns.is_empty() {
            return Meaning::Unknown;
        }
        let lower = text.to_lowercase();
        let mut met = (self.patterns.iter().enumerate())
            .filter(|(_, (pattern, _))| pattern.meets_lower(&lower));
        let Some((number, (first, meaning))) = met.next() else {
            return Meaning::Unknown;
        };
        let rivals: Vec<usize> = met
            .take_while(|(_, (pattern, _))| pattern.letters() == first.letters())
            .filter(|(_, (_, other))| other != meaning)
            .map(|(rival, _)| rival)
            .collect();
        if rivals.is_empty() {
            return Meaning::Pattern(*meaning, number);
        }
        Meaning::Tie([vec![number], rivals].concat())
    }

    /// Each code that has a row of its own, with what it means.
    pub fn exact(&self) -> impl Iterator<Item = (&str, T)> {
        (self.exact.iter()).map(|(code, meaning)| (code.as_str(), *meaning))
    }

    /// What the row of exactly this text means, be it a code or a pattern.
    pub fn written(&self, code: &str) -> Option<T> {
        match CodePattern::new(code) {
            Some(_) => {
                let same = |(pattern, _): &&(CodePattern, T)| pattern.text() == code;
                (self.patterns.iter())
                    .find(same)
                    .map(|(_, meaning)| *meaning)
            }
            None => self.exact.get(&literal(code)).copied(),
        }
    }

    /// The patterns, as the pack writes them, by their numbers.
    pub fn patterns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.patterns.iter().map(|(pattern, _)| pattern.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(rows: &[(&str, u8)]) -> Codes<u8> {
        let mut codes = Codes::default();
        rows.iter()
            .for_each(|(code, meaning)| codes.add(code, None, *meaning));
        codes
    }

    #[test]
    fn exact_rows_come_before_patterns_and_narrow_patterns_before_wide_ones() {
        let codes = codes(&[("*", 1), ("Schools*", 2), ("Schools A", 3)]);
        assert_eq!(codes.find("Schools A"), Meaning::Exact(3));
        assert_eq!(codes.find("Schools B"), Meaning::Pattern(2, 0));
        assert_eq!(codes.find("Roads"), Meaning::Pattern(1, 1));
    }

    #[test]
    fn equal_patterns_tie_only_where_they_differ() {
        let codes = codes(&[("ab*", 1), ("*yz", 2), ("*xz", 1)]);
        assert_eq!(codes.find("ab-xz"), Meaning::Pattern(1, 0));
        assert!(matches!(codes.find("ab-yz"), Meaning::Tie(both) if both.len() == 2));
    }

    #[test]
    fn a_code_with_an_asterisk_is_itself_first() {
        let codes = codes(&[("A*", 1), (r"A\*", 2), ("B*", 3)]);
        assert_eq!(codes.find("A*"), Meaning::Exact(2));
        assert_eq!(codes.find("AB"), Meaning::Pattern(1, 0));
        assert_eq!(codes.find("B*"), Meaning::Exact(3));
    }

    #[test]
    fn a_marked_code_gives_way_to_the_code_itself() {
        let mut codes = Codes::default();
        codes.add("'007", Some("007"), 1);
        assert_eq!(codes.find("007"), Meaning::Exact(1));
        assert_eq!(codes.find("'007"), Meaning::Exact(1));
        codes.add("007", None, 2);
        assert_eq!(codes.find("007"), Meaning::Exact(2));
        assert_eq!(codes.find("'007"), Meaning::Exact(1));
    }
}
