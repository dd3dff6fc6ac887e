//! Outcomes for the terminal.

use super::knowledge::known_lists;
use super::outcome_tables::{before, how, indicator_table, spend_in_words, spend_table, who};
use crate::indicator::DataGap;
use crate::report::content::{LocalityReport, PlaceOutcomes, PlacePage};
use crate::text::counted;

/// The outcomes of a place, below its spending.
pub fn outcomes_text(report: &LocalityReport, page: &PlacePage, of: &PlaceOutcomes) -> String {
    let mut text = format!("\nWhat changed for people in {}\n", page.name);
    for paragraph in before(report, page, of) {
        text.push_str(&format!("\n{paragraph}\n"));
    }
    for outcome in &of.outcomes {
        text.push_str(&format!(
            "\n{}\n\n{}\n",
            outcome.name.to_uppercase(),
            who(outcome)
        ));
        text.push_str(&format!("{}\n", spend_in_words(report, page, outcome)));
        if let Some(spend) = outcome.open_spend() {
            text.push_str(&format!("\n{}", spend_table(spend)));
            // Once for all places: it is the same everywhere.
            if page.is_whole(report) {
                for line in how(spend) {
                    text.push_str(&format!("\n{line}\n"));
                }
            }
        }
        if !outcome.headline.is_empty() {
            let table = indicator_table("Indicators", &outcome.headline);
            text.push_str(&format!("\n{table}"));
        }
        if let Some(more) = how_many(outcome.rest.len(), "more indicator") {
            text.push_str(&format!("\n{more} of this outcome behind these.\n"));
        }
    }
    text.push_str(&format!(
        "\nWHAT IS KNOWN OF {}\n",
        page.name.to_uppercase()
    ));
    for list in known_lists(of, &page.name) {
        text.push_str(&format!("\n{}:\n", list.title));
        let (first, rest) = list.split();
        for item in &first {
            text.push_str(&format!("  {}\n", item.text));
        }
        match (first.len(), rest.len()) {
            (0, 0) => text.push_str("  nothing\n"),
            (_, 0) => {}
            (0, rest) => text.push_str(&format!("  {rest} outside the headlines\n")),
            (_, rest) => text.push_str(&format!("  and {rest} more outside the headlines\n")),
        }
    }
    if let (true, Some(outcomes)) = (page.is_whole(report), &report.outcomes) {
        text.push_str(&format!("\n{}", DataGap::table(&outcomes.gaps)));
    }
    text
}

/// `3 more indicators`; nothing where there are none.
pub fn how_many(count: usize, what: &str) -> Option<String> {
    match count {
        0 => None,
        _ => Some(counted(count, what)),
    }
}
