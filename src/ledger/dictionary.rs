//! Texts as small numbers.

use std::collections::HashMap;

/// The different texts of one code, numbered in the order in which they first occur.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    texts: Vec<String>,
    ids: HashMap<String, u32>,
}

impl Dictionary {
    /// The number of a text. There are no more texts than lines, and a ledger refuses more lines
    /// than 32 bits can count.
    pub(super) fn id(&mut self, text: &str) -> u32 {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.ids.insert(text.to_owned(), id);
        id
    }

    /// The texts; the number of each is its place.
    pub(super) fn into_texts(self) -> Vec<String> {
        self.texts
    }
}
