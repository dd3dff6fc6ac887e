//! `place.toml` with texts added to its lists, and every other byte as it was.

use crate::money::Pence;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, TableLike, Value};

/// A document while texts are added to it.
pub(super) struct Edit {
    document: DocumentMut,
    /// What stands before the document, and how its lines end.
    mark: bool,
    crlf: bool,
    changed: bool,
}

impl Edit {
    pub(super) fn of(text: &str) -> Result<Self, String> {
        let mark = text.starts_with('\u{feff}');
        let own = text.trim_start_matches('\u{feff}');
        let crlf = own.contains("\r\n");
        let plain = own.replace("\r\n", "\n");
        let document: DocumentMut = plain
            .parse()
            .map_err(|error: toml_edit::TomlError| error.to_string())?;
        let edit = Self {
            document,
            mark,
            crlf,
            changed: false,
        };
        // Only what is written back as it was is added to.
        if edit.text() != text {
            return Err("its line ends are of several kinds; save it with one".to_owned());
        }
        Ok(edit)
    }

    fn text(&self) -> String {
        let text = self.document.to_string();
        let text = if self.crlf {
            text.replace('\n', "\r\n")
        } else {
            text
        };
        if self.mark {
            format!("\u{feff}{text}")
        } else {
            text
        }
    }

    /// The whole text with blocks at its end; nothing where nothing was added.
    pub(super) fn finish(&self, old: &str, blocks: &str) -> Result<Option<String>, String> {
        if !self.changed && blocks.is_empty() {
            return Ok(None);
        }
        let mut text = if self.changed {
            self.text()
        } else {
            old.to_owned()
        };
        let end = if self.crlf { "\r\n" } else { "\n" };
        if !blocks.is_empty() && !text.ends_with('\n') {
            text.push_str(end);
        }
        text.push_str(&blocks.replace('\n', end));
        match text.trim_start_matches('\u{feff}').parse::<DocumentMut>() {
            Ok(_) => Ok(Some(text)),
            Err(error) => Err(error.to_string()),
        }
    }

    fn ledger(&mut self, at: usize) -> Option<&mut dyn TableLike> {
        match self.document.get_mut("ledger")? {
            Item::ArrayOfTables(tables) => Some(tables.get_mut(at)? as &mut dyn TableLike),
            Item::Value(Value::Array(array)) => {
                Some(array.get_mut(at)?.as_inline_table_mut()? as &mut dyn TableLike)
            }
            _ => None,
        }
    }

    /// Adds a file to a list of a ledger, with a comment above it.
    pub(super) fn push_file(
        &mut self,
        ledger: usize,
        key: &str,
        file: &str,
        comment: &str,
    ) -> Result<(), String> {
        let table = self
            .ledger(ledger)
            .ok_or("its ledgers are written in a way that cannot be added to")?;
        if !table.contains_key(key) {
            table.insert(key, Item::Value(Value::Array(Array::new())));
        }
        let array = table.get_mut(key).and_then(Item::as_array_mut);
        let array = array.ok_or_else(|| format!("`{key}` of a ledger is no list"))?;
        push(array, Value::from(file), Some(comment));
        self.changed = true;
        Ok(())
    }

    /// Adds alternatives to a key of the layout of a ledger; each is a value as TOML writes it.
    pub(super) fn push_alternatives(
        &mut self,
        ledger: usize,
        key: &[String],
        more: &[String],
    ) -> Result<(), String> {
        let table = self
            .ledger(ledger)
            .ok_or("its ledgers are written in a way that cannot be added to")?;
        let mut table = table
            .get_mut("layout")
            .and_then(Item::as_table_like_mut)
            .ok_or("a ledger has no layout")?;
        let (last, path) = key.split_last().ok_or("no key was named")?;
        for part in path {
            if !table.contains_key(part) {
                let mut inner = toml_edit::Table::new();
                inner.set_dotted(true);
                table.insert(part, Item::Table(inner));
            }
            table = table
                .get_mut(part)
                .and_then(Item::as_table_like_mut)
                .ok_or_else(|| format!("`{part}` is no table"))?;
        }
        let values: Vec<Value> = more
            .iter()
            .map(|text| text.parse::<Value>().map_err(|error| error.to_string()))
            .collect::<Result<_, _>>()?;
        // One word is set, a list is added to.
        if let [only] = values.as_slice()
            && last == "excess_decimals"
        {
            table.insert(last, Item::Value(only.clone()));
            self.changed = true;
            return Ok(());
        }
        if !table.contains_key(last) {
            table.insert(last, Item::Value(Value::Array(Array::new())));
        }
        let array = table
            .get_mut(last)
            .and_then(Item::as_array_mut)
            .ok_or_else(|| format!("`{last}` is no list"))?;
        for value in values {
            push(array, value, None);
        }
        self.changed = true;
        Ok(())
    }

    /// Brings a control that an earlier draft added up to the sum with new files, or takes it out
    /// where one of these states no total; says which.
    pub(super) fn control(
        &mut self,
        ledger: usize,
        source: &str,
        more: Option<i128>,
    ) -> Option<String> {
        let table = self.ledger(ledger)?;
        let controls: &mut ArrayOfTables = table.get_mut("control")?.as_array_of_tables_mut()?;
        let at = controls
            .iter()
            .position(|control| control.get("source").and_then(Item::as_str) == Some(source))?;
        let old = controls
            .get(at)?
            .get("total")
            .and_then(Item::as_str)
            .and_then(|text| crate::money::parse_amount(text).ok());
        let sum = old.zip(more).and_then(|(old, more)| {
            let (old, _) =
                crate::money::to_pence(old, crate::money::ExcessDecimals::Refuse).ok()?;
            Pence::from_wide(i128::from(old.get()) + more).ok()
        });
        let words = match sum {
            Some(sum) => {
                let total = controls.get_mut(at)?.get_mut("total")?.as_value_mut()?;
                let decor = total.decor().clone();
                *total = Value::from(sum.to_plain());
                *total.decor_mut() = decor;
                format!("its control, which adds up what its files state, is {sum} now")
            }
            None => {
                controls.remove(at);
                "its control was taken out: a new file states no total of its own".to_owned()
            }
        };
        self.changed = true;
        Some(words)
    }
}

/// Adds a value at the end of a list, on a line of its own where the list has several lines or the value a
/// comment. A comment behind the last text stays behind it.
fn push(array: &mut Array, mut value: Value, comment: Option<&str>) {
    let trailing = array.trailing().as_str().unwrap_or_default().to_owned();
    let lines = trailing.contains('\n') || comment.is_some();
    if lines {
        let stays = trailing.trim_end_matches([' ', '\t', '\n']);
        // A comment behind the last value belongs behind its comma.
        let comment = comment
            .map(|words| format!("# {words}\n    "))
            .unwrap_or_default();
        value
            .decor_mut()
            .set_prefix(format!("{stays}\n    {comment}"));
        value.decor_mut().set_suffix("");
        array.push_formatted(value);
        array.set_trailing("\n");
        array.set_trailing_comma(true);
    } else {
        let first = array.is_empty();
        value.decor_mut().set_prefix(if first { "" } else { " " });
        value.decor_mut().set_suffix("");
        array.push_formatted(value);
    }
}
