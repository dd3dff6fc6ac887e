//! Which of several rules that claim a line names more.
//!
//! The order is total, so that a reader can say beforehand which rule counts; two rules that name
//! equally much tie. It agrees with what lies inside what: a rule all of whose lines another would take
//! too never names less than that one.

use super::rule::{Rule, Test, normalised};
use std::cmp::Reverse;

/// How much a rule names; the greater names more. In the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Names {
    way: Way,
    /// Of a pattern, the signs that it writes out, those that it leaves open one by one, and how often
    /// it leaves open any number of them.
    written: usize,
    open: usize,
    stars: Reverse<usize>,
    and: bool,
    /// Fewer months name more, and all time names least.
    months: Option<Reverse<u16>>,
    ledger: bool,
}

/// How a text is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Pattern,
    Normalised,
    /// A pattern that leaves nothing open: the text in any case.
    Whole,
    Exact,
}

impl Names {
    pub(super) fn of(rule: &Rule) -> Self {
        let (way, written, open, stars) = match &rule.test {
            // Those that claim one text have the same text.
            Test::Exact(..) => (Way::Exact, 0, 0, 0),
            Test::Normalised(_) => (Way::Normalised, 0, 0, 0),
            Test::Pattern(pattern) => match of_pattern(pattern.as_str()) {
                (_, 0, 0) => (Way::Whole, 0, 0, 0),
                (written, open, stars) => (Way::Pattern, written, open, stars),
            },
        };
        Self {
            way,
            written,
            open,
            stars: Reverse(stars),
            and: rule.and.is_some(),
            months: rule.period.map(|period| Reverse(period.months())),
            ledger: rule.ledger.is_some(),
        }
    }
}

/// Signs written out, left open one by one, and `*`.
fn of_pattern(pattern: &str) -> (usize, usize, usize) {
    let signs = signs(pattern);
    let count = |wanted: fn(&Sign) -> bool| signs.iter().filter(|&sign| wanted(sign)).count();
    (
        count(|sign| matches!(sign, Sign::Written(_))),
        count(|sign| matches!(sign, Sign::One | Sign::OneOf(_))),
        count(|sign| *sign == Sign::Any),
    )
}

fn leaves_open(pattern: &str) -> bool {
    let (_, open, stars) = of_pattern(pattern);
    open + stars > 0
}

/// A sign of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sign {
    Written(char),
    /// `?`
    One,
    /// `[abc]`
    OneOf(String),
    /// `*`
    Any,
}

fn signs(pattern: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut rest = pattern.chars();
    while let Some(sign) = rest.next() {
        match sign {
            '*' => signs.push(Sign::Any),
            '?' => signs.push(Sign::One),
            '[' => {
                // What follows the bracket, or `!` after it, is one of the signs even if it closes.
                let text = rest.as_str();
                let from = if text.starts_with('!') { 2 } else { 1 };
                let inside: String = (text.chars().enumerate())
                    .take_while(|&(at, sign)| at < from || sign != ']')
                    .map(|(_, sign)| sign)
                    .collect();
                rest = text[inside.len()..].chars();
                rest.next();
                signs.push(Sign::OneOf(inside.to_lowercase()));
            }
            written => signs.extend(written.to_lowercase().map(Sign::Written)),
        }
    }
    signs
}

/// Whether each line that the first rule takes is one that the second would take, as far as that can
/// be told from how they are written.
pub(super) fn lies_within(inner: &Rule, outer: &Rule) -> bool {
    let ledger = outer.ledger.is_none() || outer.ledger == inner.ledger;
    let and = outer.and.is_none() || outer.and == inner.and;
    let period = match (outer.period, inner.period) {
        (None, _) => true,
        (Some(outer), Some(inner)) => outer.contains(inner),
        (Some(_), None) => false,
    };
    ledger && and && period && text_lies_within(inner, outer)
}

fn text_lies_within(inner: &Rule, outer: &Rule) -> bool {
    match (&inner.test, &outer.test) {
        (Test::Pattern(inner), Test::Pattern(outer)) => {
            includes(&signs(outer.as_str()), &signs(inner.as_str()))
        }
        (Test::Pattern(pattern), _) if leaves_open(pattern.as_str()) => false,
        // A whole text: the other would take it as the pack writes it.
        _ => outer.test.meets(&inner.text, &normalised(&inner.text)),
    }
}

/// Whether a pattern takes every text that another takes, sign by sign.
fn includes(outer: &[Sign], inner: &[Sign]) -> bool {
    // `ends[i]`: what is left of the outer pattern includes the inner one from its sign `i`.
    let mut ends: Vec<bool> = (0..=inner.len()).map(|at| at == inner.len()).collect();
    for sign in outer.iter().rev() {
        let mut now = vec![false; inner.len() + 1];
        for at in (0..=inner.len()).rev() {
            now[at] = if *sign == Sign::Any {
                ends[at] || at < inner.len() && now[at + 1]
            } else {
                at < inner.len() && takes(sign, &inner[at]) && ends[at + 1]
            };
        }
        ends = now;
    }
    ends[0]
}

/// Whether one sign takes whatever another takes.
fn takes(outer: &Sign, inner: &Sign) -> bool {
    match (outer, inner) {
        (_, Sign::Any) => false,
        (Sign::One, _) => true,
        (Sign::OneOf(signs), Sign::Written(sign)) => {
            let pattern = glob::Pattern::new(&format!("[{signs}]"));
            pattern.is_ok_and(|pattern| pattern.matches(&sign.to_string()))
        }
        (outer, inner) => outer == inner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn includes_text(outer: &str, inner: &str) -> bool {
        includes(&signs(outer), &signs(inner))
    }

    #[test]
    fn patterns_that_lie_inside_others() {
        for (outer, inner) in [
            ("a*", "ab*"),
            ("*council*", "lancashire*council"),
            ("a?c", "abc"),
            ("a[bc]d", "abd"),
            ("A*", "ab"),
            ("*", "?"),
            ("a[]]b", "a]b"),
        ] {
            assert!(includes_text(outer, inner), "{inner} in {outer}");
        }
        for (outer, inner) in [
            ("ab*", "a*"),
            ("*council", "lancashire*"),
            ("a?c", "a*c"),
            ("abc", "a?c"),
            ("a[bc]d", "aed"),
            ("a[!b]d", "abd"),
        ] {
            assert!(!includes_text(outer, inner), "{inner} not in {outer}");
        }
    }

    proptest! {
        /// What lies inside another names no less, and every text that it takes the other takes too.
        #[test]
        fn the_order_agrees_with_what_lies_inside_what(
            outer in "[ab?*]{1,5}",
            inner in "[ab?*]{1,5}",
            text in "[ab]{0,6}",
        ) {
            prop_assume!(!outer.contains("**") && !inner.contains("**"));
            if includes_text(&outer, &inner) {
                let rank = |pattern: &str| {
                    let (written, open, stars) = of_pattern(pattern);
                    (open + stars == 0, written, open, Reverse(stars))
                };
                prop_assert!(rank(&inner) >= rank(&outer), "{inner} in {outer}");
                let takes = |pattern: &str| glob::Pattern::new(pattern).unwrap().matches(&text);
                prop_assert!(!takes(&inner) || takes(&outer), "{text}: {inner} in {outer}");
            }
        }
    }
}
