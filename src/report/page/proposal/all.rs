//! All proposals side by side, by what a named purse gains.

use super::{NAME, href, shown};
use crate::disclosure::Released;
use crate::report::content::{ProposalSheet, PurseShown, ranked};
use crate::report::dataset::{Dataset, side_by_side};
use crate::report::page::address::{place_href, slug};
use crate::report::page::shell::Page;
use crate::report::page::table::{table, whole_workbook};
use crate::report::page::words::counted;
use crate::report::site::Site;
use maud::{Markup, html};
use std::collections::BTreeSet;

pub(in crate::report::page) fn all(released: &Released<Site>) -> Page {
    let site = released.get();
    let report = &site.report;
    let sheets = shown(site);
    let hidden = site.proposals.len() - sheets.len();
    let mut datasets = Vec::new();
    let purses = shared_purses(&sheets);
    let tables: Vec<(String, Markup)> = (purses.iter())
        .map(|(code, name)| {
            let ranked = ranked(&sheets, code);
            let (markup, dataset) = ranking(&format!("{NAME}-{}", slug(code)), &ranked);
            datasets.push(dataset);
            (name.clone(), markup)
        })
        .collect();
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › Proposals" }
        h1 { "Proposals: spend to save" }
        p.lead {
            (counted(sheets.len(), "proposal", "proposals")) " to act early: who pays, who saves, when, and how much of it is cash. What each claims to save is held against what the account says is spent."
        }
        @if hidden > 0 { p { (counted(hidden, "proposal is", "proposals are")) " not shown, because what is spent on what it affects may not be." } }
        h2 { "Each proposal" }
        @for sheet in &sheets { (card(site, sheet)) }
        h2 { "Side by side" }
        p { "The same proposals, in another order for another purse: first the one by which it gains most pounds, savings less costs. A return says how much a pound brings and not how many pounds there are, so none is ranked by it." }
        @for (name, markup) in &tables {
            h3 { "By what " (name) " gains" }
            (markup)
        }
        p { "Sums are as of the first year of each proposal, in its own prices; its page has both. To compare them to the pound they must be of the same year: the files say which." }
        @if !datasets.is_empty() { (whole_workbook(NAME)) }
    };
    Page {
        name: NAME.to_owned(),
        title: "Proposals: spend to save".to_owned(),
        body,
        datasets,
    }
}

/// Purses of which every proposal says something: the whole, and the boundaries of the pack.
fn shared_purses(sheets: &[&ProposalSheet]) -> Vec<(String, String)> {
    let codes = |sheet: &ProposalSheet| -> BTreeSet<String> {
        sheet
            .purses
            .iter()
            .map(|purse| purse.code.clone())
            .collect()
    };
    let shared = (sheets.iter())
        .map(|sheet| codes(sheet))
        .reduce(|all, next| all.intersection(&next).cloned().collect())
        .unwrap_or_default();
    let first = sheets.first().map_or(&[][..], |sheet| &sheet.purses);
    let purses = first.iter().filter(|purse| shared.contains(&purse.code));
    purses
        .map(|purse| (purse.code.clone(), purse.name.clone()))
        .collect()
}

fn ranking(name: &str, ranked: &[(&ProposalSheet, &PurseShown)]) -> (Markup, Dataset) {
    let dataset = side_by_side(name, ranked);
    let link = |row: usize| ranked.get(row).map(|(sheet, _)| href(sheet));
    (table(&dataset, &link), dataset)
}

fn card(site: &Site, sheet: &ProposalSheet) -> Markup {
    html! {
        div.card {
            h3 { a href=(href(sheet)) { (sheet.name) } }
            p {
                "For people aged " (sheet.ages) " in "
                @match place_href(site, &sheet.locality) {
                    Some(href) => { a href=(href) { (sheet.locality_name) } }
                    None => { (sheet.locality_name) }
                }
                ", against: " (sheet.against) "."
            }
            p { (sheet.words) }
        }
    }
}
