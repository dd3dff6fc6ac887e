//! Outcomes on the page of a place.

use super::html::table;
use super::known::{KnownList, known_lists};
use super::outcome_tables::{before, how, indicator_table, spend_in_words, spend_table, who};
use super::outcome_text::how_many;
use super::{LocalityReport, OutcomeSection, PlaceOutcomes, PlacePage};
use crate::indicator::DataGap;
use maud::{Markup, html};

/// Beside the style of every page: rows of indicators have no total, and a name needs room.
pub(super) const STYLE: &str = "\
.outcomes tr:last-child td{font-weight:normal;border-bottom:1px solid #ccc}\
.outcomes .sum tr:last-child td{font-weight:bold;border-bottom:2px solid #111}\
.outcomes td{min-width:5rem;max-width:20rem}.outcomes td:first-child{min-width:12rem}\
.outcomes table{margin-bottom:1rem}.outcomes details{margin:0 0 1rem}\
.outcomes h3{margin:2rem 0 .5rem;padding-top:.5rem;border-top:2px solid #111}\
.outcomes h4{margin:1rem 0 .3rem}.outcomes ul{margin:.3rem 0;padding-left:1.2rem}\
summary{cursor:pointer;padding:.3rem 0}\
@media(max-width:30rem){.outcomes td:first-child{min-width:8rem}\
.outcomes .number{white-space:normal}}";

/// The outcomes of a place, below its spending.
pub(super) fn outcomes(report: &LocalityReport, page: &PlacePage, of: &PlaceOutcomes) -> Markup {
    html! {
        section.outcomes {
            h2 { "What changed for people in " (page.name) }
            @for paragraph in before(report, page, of) { p { (paragraph) } }
            @for one in &of.outcomes { (outcome(report, page, one)) }
            @if let Some(others) = how_many(of.others.len(), "indicator") {
                h3 { "Beside the outcomes" }
                details {
                    summary { (others) " of no outcome" }
                    (table(&indicator_table("Indicators of no outcome", &of.others)))
                }
            }
            h3 { "What is known of " (page.name) }
            @for known in known_lists(of, &page.name) { (list(&known)) }
            @if let (true, Some(outcomes)) = (page.is_whole(report), &report.outcomes) {
                (table(&DataGap::table(&outcomes.gaps)))
            }
        }
    }
}

fn outcome(report: &LocalityReport, page: &PlacePage, outcome: &OutcomeSection) -> Markup {
    let spend = outcome.spend.as_ref();
    html! {
        h3 { (outcome.name) }
        p { (who(outcome)) }
        p { (spend_in_words(report, page, spend)) }
        @if let Some(spend) = spend.filter(|spend| !spend.parts.is_empty()) {
            div.sum { (table(&spend_table(spend))) }
            details {
                summary { "How this spending is meant to help" }
                ul { @for line in how(spend) { li { (line) } } }
            }
        }
        @if !outcome.headline.is_empty() {
            (table(&indicator_table("Indicators", &outcome.headline)))
        }
        @if let Some(more) = how_many(outcome.rest.len(), "more indicator") {
            details {
                summary { (more) }
                (table(&indicator_table("More indicators", &outcome.rest)))
            }
        }
    }
}

/// Those of the headlines; the rest behind.
fn list(list: &KnownList) -> Markup {
    let (first, rest) = list.split();
    html! {
        h4 { (list.title) " (" (list.items.len()) ")" }
        @if list.items.is_empty() { p { "Nothing." } }
        @if !first.is_empty() { ul { @for item in &first { li { (item.text) } } } }
        @if !rest.is_empty() {
            details {
                summary { (rest.len()) " outside the headlines" }
                ul { @for item in &rest { li { (item.text) } } }
            }
        }
    }
}
