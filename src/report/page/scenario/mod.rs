//! Scenarios: all of them side by side, a page for each, and what pages of places and partners say of them.

mod account;
mod one;
mod all;

pub(super) use all::all;
pub(super) use one::one;

use super::address::slug;
use crate::money::Pence;
use crate::report::content::ScenarioSheet;
use crate::report::site::Site;
use maud::{Markup, html};

/// The page of all scenarios.
const NAME: &str = "scenarios";

/// What no page of a scenario leaves out.
const NO_EFFECT: &str = "No effect is claimed of what is moved: what it would change for people is claimed by a proposal, or measured, and never by a move.";

/// The name of the page of one.
fn name(sheet: &ScenarioSheet) -> String {
    format!("scenario-{}", slug(&sheet.code))
}

/// Where the page of one lies.
fn href(sheet: &ScenarioSheet) -> String {
    format!("{}.html", name(sheet))
}

/// By how much a place would spend more or less in scenarios.
pub(super) fn in_place(site: &Site, code: &str, place: &str) -> Markup {
    differs(
        site,
        "locality",
        code,
        &format!("Scenarios that move money in {place}"),
    )
}

/// By how much a partner would spend more or less in scenarios.
pub(super) fn of_partner(site: &Site, code: &str) -> Markup {
    differs(site, "partner", code, "Scenarios that move its money")
}

fn differs(site: &Site, axis: &str, code: &str, heading: &str) -> Markup {
    let mut all = Vec::new();
    for sheet in &site.scenarios.sheets {
        let accounts = sheet.accounts.iter().filter(|account| account.axis == axis);
        let row = accounts
            .flat_map(|account| &account.rows)
            .find(|row| row.code == code);
        let change = row.and_then(|row| row.change().pence());
        all.extend(
            change
                .filter(|change| *change != Pence::ZERO)
                .map(|change| (sheet, change)),
        );
    }
    html! {
        @if !all.is_empty() {
            h2 { (heading) }
            ul {
                @for (sheet, change) in all {
                    li {
                        a href=(href(sheet)) { "Scenario " (sheet.code) }
                        ": "
                        @if change > Pence::ZERO { (change) " more is spent." }
                        @else { (-change) " less is spent." }
                    }
                }
            }
        }
    }
}
