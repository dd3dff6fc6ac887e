//! What is not yet placed: codes without a row in any crosswalk, and what is not spending.

use super::shell::Page;
use super::table::table;
use super::words::counted;
use crate::disclosure::Released;
use crate::report::dataset::{self, Dataset};
use crate::report::site::{Site, Unplaced};
use maud::{Markup, html};

/// The name of the page.
const NAME: &str = "unplaced";

/// How many codes stand on the page; all of them are in its files.
const SHOWN: usize = 100;

pub(super) fn page(site: &Released<Site>, unplaced: &Unplaced) -> Page {
    let report = &site.get().report;
    let sheet = unplaced.list.sheet();
    let (codes, excluded) = (
        dataset::unplaced(sheet),
        dataset::not_spending(&unplaced.excluded),
    );
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › " a href="reconciliation.html" { "Reconciliation" } " › What is not yet placed" }
        h1 { "What is not yet placed" }
        p.lead { "Codes of partners that no crosswalk gives a meaning. Their money is in the account, of every period and phase that was read; on these pages it stands beside, as unmapped, until somebody says what the code is for." }
        @if sheet.rows().is_empty() {
            p.good { "Every code is placed." }
        } @else {
            (first(&codes))
        }
        @if let Some(words) = unplaced.list.payees_in_words() { p { (words) "." } }
        @if !unplaced.excluded.is_empty() {
            h2 { "What is not spending" }
            p { "Lines that the pack names as no spending. They are read and counted, and are in no figure of these pages; the reconciliation has each as a step." }
            (table(&excluded, &|_| None))
        }
    };
    let datasets = [codes, excluded].into_iter();
    Page {
        name: NAME.to_owned(),
        title: "What is not yet placed".to_owned(),
        body,
        datasets: datasets
            .filter(|dataset| !dataset.rows.is_empty())
            .collect(),
    }
}

/// The codes with most money.
fn first(codes: &Dataset) -> Markup {
    let more = codes.rows.len().saturating_sub(SHOWN);
    if more == 0 {
        return table(codes, &|_| None);
    }
    let mut shown = codes.clone();
    shown.rows.truncate(SHOWN);
    html! {
        p { "The first " (SHOWN) " of " (counted(codes.rows.len(), "code", "codes")) "; all of them are in the files." }
        (table(&shown, &|_| None))
    }
}

/// A sentence for other pages, with a link where there is such a page.
pub(super) fn told(site: &Released<Site>) -> Markup {
    let Some(unplaced) = &site.get().unplaced else {
        return html! {};
    };
    let codes = unplaced.list.sheet().rows().len();
    html! {
        @if codes == 0 { p { "Every code of the ledgers is placed." @if !unplaced.is_empty() { " " a href={ (NAME) ".html" } { "What is not spending" } } } }
        @else { p { a href={ (NAME) ".html" } { (counted(codes, "code is", "codes are")) " not yet placed" } ", most money first." } }
    }
}
