//! One table with the kind and meaning of each column.

use crate::finding::plain;
use crate::money::Pence;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Kind {
    /// Words and codes.
    Text,
    /// Money: pounds with two decimals in text, whole pence in Parquet.
    Pounds,
    /// A count.
    Whole,
    /// A decimal number.
    Number,
}

/// A column.
#[derive(Clone, Debug)]
pub(in crate::report) struct Field {
    /// Its name in files: `amount_gbp`.
    pub name: String,
    /// Its heading for people.
    pub title: String,
    /// What it means.
    pub about: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// What it is to the Fiscal Data Package, where that has a word for it.
    pub fiscal: Option<&'static str>,
    /// Whether it stands on the page too.
    pub shown: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) enum Value {
    /// Nothing: the status column says why.
    Nothing,
    /// Words.
    Text(String),
    /// Money.
    Pounds(Pence),
    /// A count.
    Whole(u64),
    /// A number, as it is written.
    Number(String),
}

impl Value {
    /// As it is written in a file.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Pounds(pence) => pence.to_plain(),
            Self::Whole(number) => number.to_string(),
        }
    }

    /// As it is shown to people.
    pub(in crate::report) fn shown(&self) -> String {
        match self {
            Self::Nothing => "–".to_owned(),
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Pounds(pence) => pence.to_string(),
            Self::Whole(number) => crate::money::with_separators(*number),
        }
    }

    /// Words, or nothing for no words.
    pub(in crate::report) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Nothing
        } else {
            Self::Text(plain(&text).into_owned())
        }
    }

    /// A sum, if there is one.
    pub(in crate::report) fn pounds(sum: Option<Pence>) -> Self {
        sum.map_or(Self::Nothing, Self::Pounds)
    }

    /// A number, if there is one.
    pub(in crate::report) fn number(number: Option<impl ToString>) -> Self {
        number.map_or(Self::Nothing, |number| Self::Number(number.to_string()))
    }
}

/// A table to take away.
#[derive(Clone, Debug)]
pub(in crate::report) struct Dataset {
    /// Its name in files, without an ending: letters, digits and hyphens.
    pub name: String,
    /// What it holds.
    pub title: String,
    /// Its columns.
    pub fields: Vec<Field>,
    /// Its rows, a cell a column.
    pub rows: Vec<Vec<Value>>,
}

impl Dataset {
    pub(in crate::report) fn new(name: String, title: String) -> Self {
        Self {
            name,
            title: plain(&title).into_owned(),
            fields: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Adds a column that stands on the page under this heading.
    pub(in crate::report) fn column(
        &mut self,
        name: &str,
        title: &str,
        kind: Kind,
        about: &'static str,
    ) {
        self.fields.push(Field {
            name: name.to_owned(),
            title: title.to_owned(),
            about,
            kind,
            fiscal: None,
            shown: true,
        });
    }

    /// Adds a column of the files only.
    pub(in crate::report) fn behind(&mut self, name: &str, kind: Kind, about: &'static str) {
        self.column(name, name, kind, about);
        if let Some(last) = self.fields.last_mut() {
            last.shown = false;
        }
    }

    /// Says what the last column is to the Fiscal Data Package.
    pub(in crate::report) fn fiscal(&mut self, role: &'static str) {
        if let Some(last) = self.fields.last_mut() {
            last.fiscal = Some(role);
        }
    }
}
