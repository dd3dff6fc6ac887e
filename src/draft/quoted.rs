//! Values as TOML writes them.

use crate::ledger::CodeColumn;
use std::fmt::Write as _;

/// A text as TOML writes it.
pub(super) fn text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Texts as a list.
pub(super) fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|one| text(one)).collect();
    format!("[{}]", texts.join(", "))
}

/// A column of a code.
pub(super) fn column(column: &CodeColumn) -> String {
    match column {
        CodeColumn::Heading(heading) => text(heading),
        CodeColumn::Join(join) => format!("{{ join = {} }}", list(&join.join)),
    }
}
