//! Proposals: all of them side by side, a page for each, and what pages of places and partners say of them.

mod held;
mod picture;
mod purses;
mod settlement;
mod sure;
mod inputs;
mod one;
mod all;

pub(super) use all::all;
pub(super) use one::one;

use super::address::slug;
use crate::report::content::{About, ProposalSheet};
use crate::report::site::Site;
use maud::{Markup, html};

/// The page of all proposals.
const NAME: &str = "proposals";

/// The name of the page of one.
fn name(sheet: &ProposalSheet) -> String {
    format!("proposal-{}", slug(&sheet.code))
}

/// Where the page of one lies.
fn href(sheet: &ProposalSheet) -> String {
    format!("{}.html", name(sheet))
}

/// Proposals about a place, with what each comes to.
pub(super) fn in_place(site: &Site, code: &str, place: &str) -> Markup {
    let about = |sheet: &ProposalSheet| sheet.about(code);
    let sheets: Vec<&ProposalSheet> = (site.proposals.sheets.iter())
        .filter(|sheet| about(sheet).is_some())
        .collect();
    html! {
        @if !sheets.is_empty() {
            h2 id="proposals" { "Proposals about " (place) }
            @for sheet in sheets {
                div.card {
                    h3 { a href=(href(sheet)) { (sheet.name) } }
                    @match about(sheet) {
                        Some(About::APart) if sheet.locality_name != place => { p { "For " (sheet.locality_name) ", which is a part of " (place) "." } }
                        Some(About::ALargerPlace) => { p { "For all of " (sheet.locality_name) ", of which " (place) " is a part." } }
                        _ => {}
                    }
                    p { (sheet.words) }
                }
            }
            p { a href={ (NAME) ".html" } { "All proposals side by side" } }
        }
    }
}

/// Proposals in which a partner pays or saves.
pub(super) fn of_partner(site: &Site, code: &str) -> Markup {
    let mut all = Vec::new();
    for sheet in &site.proposals.sheets {
        let payer = sheet.payers.iter().find(|payer| payer.payer.code == code);
        let payer = payer.filter(|payer| payer.payer.is_partner && !payer.present.is_nothing());
        all.extend(payer.map(|payer| (sheet, &payer.present)));
    }
    html! {
        @if !all.is_empty() {
            h2 { "Proposals in which it pays or saves" }
            ul {
                @for (sheet, sums) in all {
                    li {
                        a href=(href(sheet)) { (sheet.name) }
                        ": pays " (sums.paid()) " and saves " (sums.saved()) ", "
                        (sums.get(crate::report::content::Layer::Cash)) " of it in cash."
                    }
                }
            }
        }
    }
}
