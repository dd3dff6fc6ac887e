//! Who pays whom so that nobody ends worse off, or why nobody can.

use crate::money::Pence;
use crate::report::content::{ProposalSheet, SettlementShown, StatementShown};
use crate::report::dataset::{Dataset, loan, settlement, settlement_total};
use crate::report::page::table::{table, table_with_total};
use maud::{Markup, html};

/// The section, and its tables where there is a settlement.
pub(super) fn settled(name: &str, sheet: &ProposalSheet) -> (Markup, Vec<Dataset>) {
    match &sheet.settlement {
        SettlementShown::NotAsked => {
            let markup = html! {
                p { "The proposal names no rule by which its payers settle, so nobody pays anybody and each ends where it stands above." }
            };
            (markup, Vec::new())
        }
        SettlementShown::NoSurplus => (no_surplus(sheet), Vec::new()),
        SettlementShown::Refused { reason } => {
            let markup = html! { p { b { "There is none: " } (reason) "." } };
            (markup, Vec::new())
        }
        SettlementShown::Made(statement) => made(name, sheet, statement),
    }
}

fn made(name: &str, sheet: &ProposalSheet, statement: &StatementShown) -> (Markup, Vec<Dataset>) {
    let dataset = settlement(name, sheet, statement);
    let advanced = (statement.loan.as_ref()).map(|of| (of, loan(name, statement, of)));
    let worse = (statement.payments.iter()).filter(|one| one.before < Pence::ZERO);
    let markup = html! {
        p { "By the rule: " b { (statement.rule) } ". The payments of each year are nothing together." }
        @for one in worse {
            p {
                (one.name) " has " (one.before) " before, and "
                @if one.after == one.before { "the same" } @else { (one.after) }
                " after the settlement."
            }
        }
        @match settlement_total(statement) {
            Ok(total) => { (table_with_total(&dataset, &|_| None, &total)) }
            Err(_) => { (table(&dataset, &|_| None)) }
        }
        @for note in &statement.notes { p { (note) } }
        @if let Some((of, advanced)) = &advanced {
            h3 { "What " (of.investor) " advances" }
            (table(advanced, &|_| None))
            p { "In the prices of the proposal, not discounted." @if of.written_off > Pence::ZERO { " " (of.written_off) " is written off." } }
        }
    };
    let mut datasets = vec![dataset];
    datasets.extend(advanced.map(|(_, advanced)| advanced));
    (markup, datasets)
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
