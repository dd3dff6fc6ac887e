//! How sure the answer is: chances, how it may run, and what it hangs on.

use crate::money::with_separators;
use crate::report::content::{HowSure, ProposalSheet, SureShown};
use crate::report::dataset::{
    Dataset, sure_paybacks, sure_payers, sure_purses, sure_sources, sure_years,
};
use crate::report::page::table::table;
use crate::report::page::words::counted;
use crate::report::picture::{Fan, Frame, fans, tornado};
use maud::{Markup, html};

/// The part of the page, with its tables; nothing where nobody asked for draws.
pub(super) fn how_sure(name: &str, sheet: &ProposalSheet) -> (Markup, Vec<Dataset>) {
    match &sheet.sure {
        HowSure::NotAsked => (html! {}, Vec::new()),
        HowSure::NotDrawn(why) => {
            let said = html! {
                h2 { "How sure" }
                p { "Nothing is known of how sure these figures are: " (why) "." }
            };
            (said, Vec::new())
        }
        HowSure::Drawn(sure) => {
            let (said, tables) = drawn(name, sheet, sure);
            let said = html! {
                h2 { "How sure" }
                (said)
            };
            (said, tables.into())
        }
    }
}

fn drawn(name: &str, sheet: &ProposalSheet, sure: &SureShown) -> (Markup, [Dataset; 5]) {
    let (purses, payers) = (
        sure_purses(name, sheet, sure),
        sure_payers(name, sheet, sure),
    );
    let (paybacks, years) = (
        sure_paybacks(name, sheet, sure),
        sure_years(name, sheet, sure),
    );
    let sources = sure_sources(name, sheet, sure);
    let [before, after] = sure.all_at_once;
    let markup = html! {
        p { "The figures of this proposal are not known exactly. Here all of them are drawn from their ranges together, and what people ask is counted." }
        dl.facts {
            @if let Some(whole) = sure.purses.first() {
                div { dt { "All purses save what they pay" } dd { (whole.saves) } }
                div { dt { "Cash alone pays for it" } dd { (whole.cash_pays) } }
            }
            @if let Some(chance) = before { div { dt { "Nobody ends worse off, before anything is settled" } dd { (chance) } } }
            @if let Some(chance) = after { div { dt { "Nobody ends worse off, with the agreement" } dd { (chance) } } }
        }
        (table(&purses, &|_| None))
        h3 { "Who ends no worse off" }
        (table(&payers, &|_| None))
        @match &sure.no_agreement {
            Some(why) => { p.note { "No agreement is followed in draws: " (why) "." } }
            None => { p.note { "With the agreement of the central case: who hands over cash hands over the same part of the cash that arrives, and the receivers divide that in the same proportions." } }
        }
        h3 { "How cash may run over the years" }
        (over_the_years(name, sheet, sure, &years))
        details {
            summary { (counted(years.rows.len(), "row", "rows")) ", one for each payer and year" }
            (table(&years, &|_| None))
        }
        h3 { "When it is paid back" }
        (table(&paybacks, &|_| None))
        h3 { "What the answer hangs on" }
        (hangs_on(name, sure, &sources))
        (table(&sources, &|_| None))
        p.note {
            "By " (sure.drawn) ". After ±: the error that drawing leaves; where all draws say the same, how far that is certain. "
            "What has no range counts as certain, and ranges that share no source have nothing to do with each other."
        }
        @if let Some(needs) = sure.needs {
            p { "Some of these chances rest on fewer than 100 draws on their rarer side, so they are off by more than a tenth of it. It takes " (with_separators(needs.into())) " draws." }
        }
    };
    (markup, [purses, payers, paybacks, years, sources])
}

fn over_the_years(name: &str, sheet: &ProposalSheet, sure: &SureShown, table: &Dataset) -> Markup {
    let drawn: Vec<Fan<'_>> = (sure.payers.iter())
        .filter(|payer| payer.so_far.iter().any(|band| band.p10 != band.p90))
        .map(|payer| Fan {
            name: &payer.name,
            years: (sheet.years.iter().map(String::as_str))
                .zip(payer.so_far.iter().copied())
                .collect(),
        })
        .collect();
    let certain: Vec<&str> = (sure.payers.iter())
        .filter(|payer| payer.so_far.iter().all(|band| band.p10 == band.p90))
        .map(|payer| payer.name.as_str())
        .collect();
    let note = match certain.is_empty() {
        true => {
            "Cash less money paid so far, not discounted and before anything is settled.".to_owned()
        }
        false => format!(
            "Cash less money paid so far, not discounted and before anything is settled. It is the same to the pound in eight of ten draws for {}.",
            certain.join(", ")
        ),
    };
    if drawn.is_empty() {
        return html! { p { (note) } };
    }
    let frame = Frame {
        id: &format!("{name}-fan"),
        title: "Cash less money paid so far, by the end of each year",
        description: "For each payer the middle of all draws by year, and between what eight in ten lie.",
        note: Some(&note),
        table: Some(&table.name),
    };
    fans(&frame, &drawn)
}

fn hangs_on(name: &str, sure: &SureShown, table: &Dataset) -> Markup {
    let description = format!(
        "Savings less costs of all purses are {} with all figures as they are; each bar moves one source from its lower to its upper end.",
        sure.tornado.central
    );
    let frame = Frame {
        id: &format!("{name}-tornado"),
        title: "Savings less costs of all purses, one source at a time",
        description: &description,
        note: Some(
            "Ends are those of the ranges in the file. Where a range is of another kind its ends are not as likely.",
        ),
        table: Some(&table.name),
    };
    tornado(&frame, &sure.tornado)
}
