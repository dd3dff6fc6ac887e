//! All proposals side by side, by what a named purse gains.

use super::{NAME, href};
use crate::disclosure::Released;
use crate::report::content::{ProposalSheet, PurseShown, RankingShown};
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
    let sheets: Vec<&ProposalSheet> = site.proposals.sheets.iter().collect();
    let hidden = site.proposals.hidden;
    let mut datasets = Vec::new();
    let rankings = &site.proposals.rankings;
    let tables: Vec<(&str, Markup)> = (rankings.iter())
        .map(|ranking| {
            let (markup, dataset) = side_by_side_of(ranking, &sheets);
            datasets.push(dataset);
            (ranking.name.as_str(), markup)
        })
        .collect();
    // The same stands in the ranking of every purse. What they say may be of a proposal that is not shown.
    let cautions: BTreeSet<&str> = (rankings.iter().filter(|_| hidden == 0))
        .flat_map(|ranking| &ranking.cautions)
        .map(String::as_str)
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
        p { "Sums are as of the first year of each proposal, in its own prices; its page says which." }
        @for words in cautions { p { (words) } }
        @if !datasets.is_empty() { (whole_workbook(NAME)) }
    };
    Page {
        name: NAME.to_owned(),
        title: "Proposals: spend to save".to_owned(),
        body,
        datasets,
    }
}

/// The proposals in the order of one purse.
fn side_by_side_of(ranking: &RankingShown, sheets: &[&ProposalSheet]) -> (Markup, Dataset) {
    let find = |code: &String| -> Option<(&ProposalSheet, &PurseShown)> {
        let sheet = sheets.iter().find(|sheet| sheet.code == *code)?;
        let purse = sheet.purses.iter().find(|one| one.code == ranking.purse)?;
        Some((sheet, purse))
    };
    let ranked: Vec<_> = ranking.order.iter().filter_map(find).collect();
    let name = format!("{NAME}-{}", slug(&ranking.purse));
    let dataset = side_by_side(&name, &ranked);
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
