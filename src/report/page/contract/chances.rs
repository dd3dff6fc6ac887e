//! What a contract pays when results scatter.

use crate::report::content::{ChancesShown, ContractSheet};
use crate::report::dataset::{Dataset, chances, term_chances};
use crate::report::page::table::table;
use maud::{Markup, html};

/// Chances of the contract and of its terms.
pub(super) fn when_results_scatter(
    name: &str,
    sheet: &ContractSheet,
    drawn: &ChancesShown,
) -> (Markup, [Dataset; 2]) {
    let (all, terms) = (
        chances(name, sheet, drawn),
        term_chances(name, sheet, drawn),
    );
    let markup = html! {
        h2 { "When results scatter" }
        p { "Few people have more or fewer events by chance alone. So a contract may pay when nothing works, and may not when it does." }
        dl.facts {
            div { dt { "Chance of paying for results when nothing works" } dd { (drawn.pays_for_nothing) } }
            @if let Some(chance) = &drawn.misses_effect {
                div { dt { "Chance of paying for no result when it works as expected" } dd { (chance) } }
            }
        }
        (table(&all, &|_| None))
        @if !terms.rows.is_empty() { (table(&terms, &|_| None)) }
        p.note { "By " (drawn.drawn) ", as the contract says. Terms scatter independently of each other." }
        @for found in &drawn.findings { p { (found) } }
    };
    (markup, [all, terms])
}
