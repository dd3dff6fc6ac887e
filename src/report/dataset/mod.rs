//! One table with the kind and meaning of each column.

mod value;
mod spending;
mod reconciliation;
mod contributions;
mod outcomes;

pub use contributions::{contributions, contributions_in_places};
pub use outcomes::{dates, days, gaps, interval_cells, interval_fields, known, known_with_basis};
pub use reconciliation::reconciliation;
pub use spending::{FINEST, crossings, figures, finest, spend_cells, spend_fields};
pub use value::Value;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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
pub struct Field {
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

/// A table to take away.
#[derive(Clone, Debug)]
pub struct Dataset {
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
    pub fn new(name: String, title: String) -> Self {
        Self {
            name,
            title,
            fields: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Adds a column that stands on the page under this heading.
    pub fn column(&mut self, name: &str, title: &str, kind: Kind, about: &'static str) {
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
    pub fn behind(&mut self, name: &str, kind: Kind, about: &'static str) {
        self.column(name, name, kind, about);
        if let Some(last) = self.fields.last_mut() {
            last.shown = false;
        }
    }

    /// Says what the last column is to the Fiscal Data Package.
    pub fn fiscal(&mut self, role: &'static str) {
        if let Some(last) = self.fields.last_mut() {
            last.fiscal = Some(role);
        }
    }
}
