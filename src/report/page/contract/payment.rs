//! What was paid for what was reported, and what was refused with its reasons.

use crate::report::content::{ContractSheet, PaymentShown};
use crate::report::dataset::{Dataset, paid, refused};
use crate::report::page::address::partner_href;
use crate::report::page::table::table;
use crate::report::site::Site;
use maud::{Markup, html};

/// Both, with who pays.
pub(super) fn paid_and_refused(
    site: &Site,
    name: &str,
    sheet: &ContractSheet,
    payment: &PaymentShown,
) -> (Markup, [Dataset; 2]) {
    let (paid, refused) = (paid(name, sheet, payment), refused(name, sheet, payment));
    let markup = html! {
        h2 { "What is paid" }
        dl.facts {
            div { dt { "In all" } dd { (payment.total) } }
            @for payer in &payment.by_payer {
                div {
                    dt {
                        @match partner_href(site, &payer.code).filter(|_| payer.is_partner) {
                            Some(href) => { a href=(href) { (payer.name) } }
                            None => { (payer.name) }
                        }
                    }
                    dd { (payer.sum) }
                }
            }
        }
        (table(&paid, &|_| None))
        @for note in &payment.notes { p.note { "Tariffs of " (note) "." } }
        h2 { "What is refused, and why" }
        @if payment.refused.is_empty() {
            p { "Everything that was reported is paid." }
        } @else {
            p { "Of each row above, what is paid, what is taken back and what is refused are what it would come to at the tariff." }
            (table(&refused, &|_| None))
        }
    };
    (markup, [paid, refused])
}
