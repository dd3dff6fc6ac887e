//! Contracts that pay by results: all of them, a page for each, and what pages of places and partners say of them.

mod terms;
mod payment;
mod cliffs;
mod chances;
mod register;
mod one;
mod all;

pub(super) use all::all;
pub(super) use one::one;

use super::address::slug;
use crate::report::content::ContractSheet;
use crate::report::site::Site;
use maud::{Markup, html};

/// The page of all contracts.
const NAME: &str = "contracts";

/// The name of the page of one.
fn name(sheet: &ContractSheet) -> String {
    format!("contract-{}", slug(&sheet.code))
}

/// Where the page of one lies.
fn href(sheet: &ContractSheet) -> String {
    format!("{}.html", name(sheet))
}

/// Contracts for people in a place.
pub(super) fn in_place(site: &Site, code: &str) -> Markup {
    let here = || (site.contracts.iter()).filter(|sheet| sheet.locality.0 == code);
    html! {
        @if here().next().is_some() {
            h2 { "Contracts that pay by results here" }
            @for sheet in here() {
                div.card {
                    h3 { a href=(href(sheet)) { (sheet.name) } }
                    p { (sheet.in_words()) }
                }
            }
        }
    }
}

/// Contracts that a partner pays for.
pub(super) fn of_partner(site: &Site, code: &str) -> Markup {
    let mut all = Vec::new();
    for sheet in &site.contracts {
        let payers = sheet.payment.iter().flat_map(|payment| &payment.by_payer);
        let own = payers.filter(|payer| payer.is_partner && payer.code == code);
        all.extend(own.map(|payer| (sheet, payer.sum)));
    }
    html! {
        @if !all.is_empty() {
            h2 { "Contracts that it pays for by results" }
            ul {
                @for (sheet, sum) in all {
                    li { a href=(href(sheet)) { (sheet.name) } ": pays " (sum) " for what was reported." }
                }
            }
        }
    }
}
