//! What a contract pays for, in words.

use crate::report::content::ContractSheet;
use crate::report::dataset::{Dataset, terms};
use crate::report::page::table::table;
use maud::{Markup, html};

/// Its terms.
pub(super) fn pays_for(name: &str, sheet: &ContractSheet) -> (Markup, Dataset) {
    let dataset = terms(name, sheet);
    let markup = html! {
        (table(&dataset, &|_| None))
        p { (sheet.facts) "." }
    };
    (markup, dataset)
}
