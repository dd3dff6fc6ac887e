//! What stages of opening share: the file being read, and what was found wrong so far.

use super::area::Area;
use crate::finding::{Findings, Position};
use crate::place::{Lines, Place};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use toml::Spanned;

/// What is read so far, and everything that is wrong with it.
pub(super) struct Opener<'a> {
    pub place: &'a Arc<Place>,
    pub file: &'a str,
    pub text: &'a str,
    pub lines: Lines,
    pub findings: Findings,
    pub fingerprints: Vec<String>,
    /// Codes of indicators whose definition has a fault of its own: rows that name them have none.
    pub faulty: BTreeSet<String>,
}

impl Opener<'_> {
    /// The line on which a key of the file itself stands.
    pub(super) fn at_key(&self, key: &str) -> Position {
        let before = self.text.lines().take_while(|line| !line.starts_with(key));
        Position::line(self.file, before.count() as u64 + 1).column(key)
    }

    pub(super) fn at<T>(&self, table: &Spanned<T>) -> Position {
        Position::line(self.file, self.lines.at(table.span().start))
    }
}

/// Every text by which files call an area.
pub(super) type Names = BTreeMap<String, Area>;
