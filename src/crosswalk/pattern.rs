//! Codes with a `*` in them: one row of a crosswalk for many codes.
//!
//! `* Total` is every code that ends so, `Schools*` every code that begins so, in any case. `\*` is an
//! asterisk itself; and a code that is written in the data exactly as the row has it, asterisk and
//! all, is meant before any pattern is tried.

/// A pattern, ready to be held against codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePattern {
    /// As the pack writes it.
    text: String,
    /// What stands between its asterisks, in lower case; at least two pieces.
    pieces: Vec<String>,
    /// How many letters and other signs it names.
    letters: usize,
}

impl CodePattern {
    /// The pattern that a text is; nothing for a text without an asterisk, or with `\*` only.
    pub fn new(text: &str) -> Option<Self> {
        let mut pieces = vec![String::new()];
        let mut letters = 0;
        for (letter, escaped) in signs(text) {
            if letter == '*' && !escaped {
                pieces.push(String::new());
            } else if let Some(piece) = pieces.last_mut() {
                letters += 1;
                piece.extend(letter.to_lowercase());
            }
        }
        (pieces.len() > 1).then(|| Self {
            text: text.to_owned(),
            pieces,
            letters,
        })
    }

    /// As the pack writes it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many letters and other signs it names: a pattern that names more is the narrower one.
    pub fn letters(&self) -> usize {
        self.letters
    }

    /// Whether a code is one of those that are meant.
    pub fn meets(&self, code: &str) -> bool {
        self.meets_lower(&code.to_lowercase())
    }

    /// The same of a code that is in lower case already.
    pub fn meets_lower(&self, code: &str) -> bool {
        let [first, between @ .., last] = self.pieces.as_slice() else {
            return false;
        };
        let Some(rest) = code.strip_prefix(first.as_str()) else {
            return false;
        };
        let Some(mut rest) = rest.strip_suffix(last.as_str()) else {
            return false;
        };
        for piece in between {
            match rest.split_once(piece.as_str()) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
        true
    }
}

/// The text that a code of a row stands for if it is no pattern: `\*` is an asterisk.
pub fn literal(code: &str) -> String {
    signs(code).map(|(letter, _)| letter).collect()
}

/// A code of the data as a row must write it to mean this code and no other.
///
/// # Example
///
/// ```
/// use wholeplace::crosswalk::escaped;
/// assert_eq!(escaped("** NOT FOUND **"), r"\*\* NOT FOUND \*\*");
/// assert_eq!(escaped("Schools"), "Schools");
/// ```
#[must_use]
pub fn escaped(code: &str) -> String {
    code.replace('*', r"\*")
}

/// Each letter, and whether a `\` made an asterisk of it. A `\` before anything else is itself.
fn signs(text: &str) -> impl Iterator<Item = (char, bool)> + '_ {
    let mut letters = text.chars().peekable();
    std::iter::from_fn(move || {
        let letter = letters.next()?;
        if letter == '\\' && letters.peek() == Some(&'*') {
            letters.next();
            return Some(('*', true));
        }
        Some((letter, false))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meets(pattern: &str, code: &str) -> bool {
        CodePattern::new(pattern).unwrap().meets(code)
    }

    #[test]
    fn an_asterisk_is_any_letters_or_none() {
        assert!(meets("* Total", "Adults TOTAL"));
        assert!(!meets("* Total", "Total"), "the blank is part of it");
        assert!(meets("Schools*", "Schools"));
        assert!(meets("*", ""));
        assert!(meets("a*b*c", "axxbyyc"));
        assert!(!meets("a*b*c", "axxcyyb"));
        assert!(meets("a**c", "abc"));
        assert!(
            !meets("aba*ba", "aba"),
            "both ends need letters of their own"
        );
        assert!(meets("É*", "école"));
    }

    #[test]
    fn an_asterisk_may_be_meant_itself() {
        assert_eq!(CodePattern::new(r"5\* rating"), None);
        assert_eq!(literal(r"5\* rating"), "5* rating");
        assert_eq!(literal(r"DOMAIN\user"), r"DOMAIN\user");
        assert!(meets(r"5\**", "5* rating"));
        assert!(!meets(r"5\**", "55 rating"));
        for code in [r"a*\*b", r"\*", "*", r"\"] {
            assert_eq!(literal(&escaped(code)), code);
        }
    }

    #[test]
    fn more_letters_are_narrower() {
        let letters = |text| CodePattern::new(text).unwrap().letters();
        assert_eq!(letters("*"), 0);
        assert_eq!(letters("Schools*"), 7);
        assert_eq!(letters(r"\**"), 1);
    }
}
