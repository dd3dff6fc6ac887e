//! The library of layouts: publishers whose files are known.

use super::words::words;
use crate::ledger::Layout;
use serde::Deserialize;
use std::sync::OnceLock;

/// A publisher whose payment files are known, with the layout that reads them.
///
/// # Example
///
/// ```
/// use wholeplace::draft;
/// let leeds = draft::publisher("leeds").expect("Leeds is in the library");
/// assert_eq!(leeds.name, "Leeds City Council");
/// assert_eq!(leeds.layout.amount, ["Net Amount", "Amount"]);
/// assert_eq!(draft::publishers().len(), 11);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Publisher {
    /// A short code.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// By which names folders, files and columns of bodies call it, in small letters.
    pub words: Vec<String>,
    /// Which column is what in its files, general enough for other months.
    pub layout: Layout,
}

impl Publisher {
    /// Whether a name of a folder, file or body is this publisher's.
    pub(super) fn is_named(&self, name: &str) -> bool {
        let text = format!(" {} ", words(&name.replace('&', " and ")).join(" "));
        self.words
            .iter()
            .any(|own| text.contains(&format!(" {own} ")))
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Library {
    publisher: Vec<Publisher>,
}

/// All publishers of the library.
#[must_use]
pub fn publishers() -> &'static [Publisher] {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    // The file is a part of the crate, and a test reads it.
    let read = || toml::from_str(include_str!("layouts.toml")).unwrap_or_default();
    &LIBRARY.get_or_init(read).publisher
}

/// The publisher of this code or name, in any case.
#[must_use]
pub fn publisher(id_or_name: &str) -> Option<&'static Publisher> {
    let wanted = id_or_name.trim();
    let is = |text: &str| text.eq_ignore_ascii_case(wanted);
    publishers().iter().find(|one| is(&one.id) || is(&one.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_is_read_and_each_has_what_a_ledger_needs() {
        assert_eq!(publishers().len(), 11);
        for one in publishers() {
            assert!(
                !one.layout.amount.is_empty() && !one.layout.date.is_empty(),
                "{}",
                one.id
            );
            assert!(one.layout.codes.contains_key("activity"), "{}", one.id);
            assert!(!one.layout.codes.contains_key("counterparty"), "{}", one.id);
            assert!(one.is_named(&one.words[0]), "{}", one.id);
        }
        assert!(publisher("Hyndburn borough council").is_some() && publisher("nobody").is_none());
    }

    #[test]
    fn names_are_whole_words() {
        let named = |id: &str, name: &str| publisher(id).unwrap().is_named(name);
        assert!(named("leeds", "leeds_2013-06") && named("leeds", "Leeds City Council"));
        assert!(!named("leeds", "leedsham") && !named("oxford", "oxfordshire"));
        assert!(named(
            "nhs-hammersmith-and-fulham",
            "NHS Hammersmith And Fulham CCG"
        ));
        assert!(named("lancashire-pcc", "lancashire_pcc"));
        assert!(!named("lancashire-pcc", "Lancashire County Council"));
    }
}
