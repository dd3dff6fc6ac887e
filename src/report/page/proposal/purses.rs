//! What it is to each payer before anything is settled, and to each purse.

use crate::appraisal::Return;
use crate::report::content::ProposalSheet;
use crate::report::dataset::{Dataset, Value, layer_cells, present, purses};
use crate::report::page::address::partner_href;
use crate::report::page::table::{table, table_with_total};
use crate::report::site::Site;
use maud::{Markup, html};

/// Each payer, as of the first year.
pub(super) fn before(site: &Site, name: &str, sheet: &ProposalSheet) -> (Markup, Dataset) {
    let dataset = present(name, sheet);
    let mut total = vec![Value::Nothing, Value::text("Together"), Value::Nothing];
    total.extend(layer_cells(&sheet.whole));
    let link = |row: usize| {
        let payer = sheet.payers.get(row)?;
        partner_href(site, &payer.payer.code).filter(|_| payer.payer.is_partner)
    };
    let markup = html! {
        (table_with_total(&dataset, &link, &total))
        p.note { "All years, as of the first: " (sheet.vintage) ". What is given in kind is paid, and is no money. Sums are rounded so that the table adds up, so one may be a penny from what it is by itself." }
    };
    (markup, dataset)
}

/// The same proposal for different purses, with what it is worth to everybody.
pub(super) fn for_purses(name: &str, sheet: &ProposalSheet) -> (Markup, Dataset) {
    let dataset = purses(name, sheet);
    let markup = html! {
        p { "One proposal is several answers: who is inside a purse decides what it pays and what it saves. Bodies that publish no ledger here are only in the whole public purse." }
        (table(&dataset, &|_| None))
        p { "Paid back: savings so far are at least costs so far. Where that is so in one year and no longer in a later one, both are said; not discounted, and as of the first year." }
        @if let Some(whole) = sheet.purses.first() {
            p {
                "Public value: " b { (whole.public_value) }
                @if let Return::Of(ratio) = &whole.public_return { ", £" (ratio.to_decimal(2)) " for every pound that all purses pay" }
                ": what it is worth to people, whoever pays, with what purses save that does not only move money between them. Little of it is money, and it stands in no return above. The files have it for each purse."
            }
        }
    };
    (markup, dataset)
}
