//! Who pays whom so that nobody ends worse off, or why nobody can.

use crate::money::Pence;
use crate::report::content::{PaymentShown, ProposalSheet, SettlementShown};
use crate::report::dataset::{Dataset, settlement, settlement_total};
use crate::report::page::table::{table, table_with_total};
use maud::{Markup, html};

/// The section, and its table where there is a settlement.
pub(super) fn settled(name: &str, sheet: &ProposalSheet) -> (Markup, Option<Dataset>) {
    match &sheet.settlement {
        SettlementShown::NotAsked => {
            let markup = html! {
                p { "The proposal names no rule by which its payers settle, so nobody pays anybody and each ends where it stands above." }
            };
            (markup, None)
        }
        SettlementShown::NoSurplus => (no_surplus(sheet), None),
        SettlementShown::Refused { reason } => {
            let markup = html! { p { b { "There is none: " } (reason) "." } };
            (markup, None)
        }
        SettlementShown::Made { rule, payments } => {
            let dataset = settlement(name, sheet, payments);
            (made(sheet, rule, payments, &dataset), Some(dataset))
        }
    }
}

fn made(sheet: &ProposalSheet, rule: &str, payments: &[PaymentShown], dataset: &Dataset) -> Markup {
    let better = payments.iter().filter(|one| one.before < Pence::ZERO);
    html! {
        p { "By the rule: " b { (rule) } ". Below zero a payer pays, above zero it receives, out of cash that has arrived; the payments of each year are nothing together. Before and after are cash less money paid, all years as of the first." }
        @for one in better {
            p { (one.name) " would end " (-one.before) " worse off; after the settlement it has " (one.after) "." }
        }
        @match settlement_total(sheet, payments) {
            Ok(total) => { (table_with_total(dataset, &|_| None, &total)) }
            Err(_) => { (table(dataset, &|_| None)) }
        }
    }
}

/// Why there is none: what is short, whose it is, and what is saved that is no cash.
fn no_surplus(sheet: &ProposalSheet) -> Markup {
    let short = (sheet.payers.iter())
        .map(|payer| (payer.payer.name.as_str(), payer.present.cash_gain()))
        .filter(|(_, gain)| *gain < Pence::ZERO);
    let has = (sheet.payers.iter())
        .map(|payer| (payer.payer.name.as_str(), payer.present.cash_gain()))
        .filter(|(_, gain)| *gain > Pence::ZERO);
    let freed = sheet.whole.freed();
    html! {
        p {
            b { "There is none. " }
            "All payers together pay " (-sheet.whole.cash_gain()) " more in money than they save in cash, so no rule leaves everybody whole. Lower the cost, or say who bears the difference."
        }
        dl.steps {
            @for (name, gain) in short { div { dt { (name) " is short in cash by" } dd { (-gain) } } }
            @for (name, gain) in has { div { dt { (name) " has in cash" } dd { (gain) } } }
            div { dt { "Short together" } dd { (-sheet.whole.cash_gain()) } }
        }
        @if freed > Pence::ZERO { p { (freed) " more is saved and is no cash: it can settle nothing." } }
    }
}
