//! A plain table: the waist between computing and showing.

use crate::finding::plain;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table as Grid, TableStyle};
use serde::{Deserialize, Serialize};
use std::fmt;

/// To which side the cells of a column lean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A table of finished texts, with its title and notes.
///
/// # Example
///
/// ```
/// use wholeplace::table::{Align, Table};
/// let mut table = Table::new("Youth justice, 2017-18");
/// table.column("place", Align::Left);
/// table.column("amount", Align::Right);
/// table.row(["Ludlow", "£4,236.66"]);
/// assert_eq!(
///     table.to_string(),
///     "Youth justice, 2017-18\n\n place       amount \n────────────────────\n Ludlow   £4,236.66 \n"
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    title: String,
    headings: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

impl Table {
    /// An empty table.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// An empty table with words in the first columns and numbers in the others.
    pub(crate) fn of_columns(title: impl Into<String>, words: &[&str], numbers: &[&str]) -> Self {
        let mut table = Self::new(title);
        words
            .iter()
            .for_each(|word| table.column(word, Align::Left));
        (numbers.iter()).for_each(|number| table.column(number, Align::Right));
        table
    }

    /// Adds a column.
    pub fn column(&mut self, heading: &str, align: Align) {
        self.headings.push((heading.to_owned(), align));
    }

    /// Adds a row, a text a column; missing texts are empty.
    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// Adds a note below.
    pub fn note(&mut self, note: &str) {
        self.notes.push(note.to_owned());
    }

    /// What it is about.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Headings with the side their cells lean to.
    #[must_use]
    pub fn headings(&self) -> &[(String, Align)] {
        &self.headings
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// The notes below.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.title.is_empty() {
            writeln!(f, "{}\n", plain(&self.title))?;
        }
        let mut grid = Grid::new();
        let line = LineStyle::none().fill('─').junction('─');
        grid.load_style(TableStyle::new().header_separator(line))
            .set_content_arrangement(ContentArrangement::Disabled)
            .set_header(self.headings.iter().map(|(heading, _)| plain(heading)));
        for row in &self.rows {
            grid.add_row(row.iter().map(|cell| plain(cell)));
        }
        for (column, (_, align)) in grid.column_iter_mut().zip(&self.headings) {
            column.set_cell_alignment(match align {
                Align::Left => CellAlignment::Left,
                Align::Right => CellAlignment::Right,
            });
        }
        writeln!(f, "{grid}")?;
        for note in &self.notes {
            writeln!(f, "\n{}", plain(note))?;
        }
        Ok(())
    }
}
