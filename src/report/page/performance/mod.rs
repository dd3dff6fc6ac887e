//! Agreements and the medium term: the board's paper, the whole of the agreement, and the gap.

mod board;
mod whole;
mod gap;

pub(super) use board::board;
pub(super) use gap::gap;
pub(super) use whole::whole;

use crate::report::content::PerformanceSheet;
use crate::report::site::Site;
use maud::{Markup, html};

/// The page that a board prints.
const BOARD: &str = "board";

/// The page of the whole agreement.
const WHOLE: &str = "performance";

/// The page of the medium term.
const GAP: &str = "gap";

/// What no page of targets leaves out.
fn three_facts(sheet: &PerformanceSheet) -> Markup {
    html! {
        p { "Three facts, and none of them says the others: whether the milestone of that period is reached, whether the change since the baseline is more than chance (" (sheet.percent) " intervals), and which way the last five figures went." }
        @if !sheet.ratings.is_empty() {
            p { "Ratings are rules of the agreement, of which the first that fits counts: " (sheet.ratings.join("; ")) "." }
        }
        @for note in &sheet.notes { p { (note) } }
    }
}

/// The place of a page among its neighbours.
fn crumbs(site: &Site, page: &str) -> Markup {
    html! { p.crumbs { a href="index.html" { (site.report.whole.name) } " › " (page) } }
}

/// Targets that a partner leads.
pub(super) fn of_partner(site: &Site, code: &str) -> Markup {
    let targets = site.performance.iter().flat_map(|sheet| &sheet.targets);
    let led: Vec<_> = targets.filter(|one| one.lead.0 == code).collect();
    html! {
        @if !led.is_empty() {
            h2 { "Targets that it leads" }
            ul { @for one in led { li { (one.name) ": " (one.facts.against_target.to_string()) "." } } }
            p { a href={ (WHOLE) ".html" } { "Every target of the agreement" } }
        }
    }
}
