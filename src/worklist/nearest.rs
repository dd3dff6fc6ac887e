//! The mapped code that looks most like one that nobody has placed yet.

use crate::axis::nearest;

/// How many codes are compared with each other at most: beyond that only those with most money are
/// told their nearest.
const COMPARISONS: usize = 4_000_000;

/// Codes that mean something, with what they mean: those of the ledger first, then those of others.
#[derive(Debug)]
pub(super) struct Mapped<'a> {
    own: Vec<(&'a str, &'a str)>,
    others: Vec<(&'a str, &'a str)>,
}

impl<'a> Mapped<'a> {
    /// Of the codes of all ledgers.
    pub fn new(ledger: &str, all: &'a [(String, String, String)]) -> Self {
        let mut mapped = Self {
            own: Vec::new(),
            others: Vec::new(),
        };
        for (of, code, meaning) in all {
            let codes = if of == ledger {
                &mut mapped.own
            } else {
                &mut mapped.others
            };
            codes.push((code, meaning));
        }
        mapped
    }

    /// How many codes may be told their nearest.
    pub fn affordable(&self) -> usize {
        COMPARISONS / (self.own.len() + self.others.len()).max(1)
    }

    /// The nearest code with what it means, `YOUTH = Youth work`; empty where none is near.
    pub fn to(&self, code: &str) -> String {
        let near = |known: &[(&str, &str)]| {
            let first = nearest(code, known.iter().map(|(code, _)| *code))
                .into_iter()
                .next()?;
            let (_, meaning) = known.iter().find(|(code, _)| *code == first)?;
            Some(format!("{first} = {meaning}"))
        };
        near(&self.own)
            .or_else(|| near(&self.others))
            .unwrap_or_default()
    }
}
