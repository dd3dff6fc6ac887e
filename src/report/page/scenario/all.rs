//! All scenarios side by side.

use super::{NAME, NO_EFFECT, account, href};
use crate::disclosure::Released;
use crate::report::content::ScenarioSheet;
use crate::report::dataset::moves;
use crate::report::page::shell::Page;
use crate::report::page::table::{table, whole_workbook};
use crate::report::page::words::counted;
use crate::report::site::Site;
use maud::html;

pub(in crate::report::page) fn all(released: &Released<Site>) -> Page {
    let site = released.get();
    let report = &site.report;
    let sheets: Vec<&ScenarioSheet> = site.scenarios.sheets.iter().collect();
    let hidden = site.scenarios.hidden;
    let mut datasets = Vec::new();
    let (tables, accounts) = account::of_all(site, &sheets);
    let moves = moves(
        NAME,
        "What is moved in each scenario, and what is not".to_owned(),
        &sheets,
    );
    let links: Vec<String> = (sheets.iter())
        .flat_map(|sheet| sheet.moves.iter().map(|_| href(sheet)))
        .collect();
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › Scenarios" }
        h1 { "Scenarios: moving the money" }
        p.lead {
            (counted(sheets.len(), "scenario", "scenarios")) " of the same money spent on something else, by somebody else, for others or elsewhere: what may be moved, what holds the rest, and what everybody then has."
        }
        @if hidden > 0 { p { (counted(hidden, "scenario is", "scenarios are")) " not shown, because a figure before or after may not be." } }
        p { (NO_EFFECT) }
        @for sheet in &sheets {
            div.card {
                h3 { a href=(href(sheet)) { "Scenario " (sheet.code) } }
                p { (sheet.in_words()) }
            }
        }
        @if !sheets.is_empty() {
            h2 { "What is moved, and what holds the rest" }
            (table(&moves, &|row| links.get(row).cloned()))
            h2 { "The account beside itself" }
            p { (report.period) ", " (report.phase) ", inside " (report.boundary) ": as it is, with each scenario, and by how much it differs." }
            (tables)
            (whole_workbook(NAME))
        }
    };
    if !sheets.is_empty() {
        datasets.push(moves);
        datasets.extend(accounts);
    }
    Page {
        name: NAME.to_owned(),
        title: "Scenarios: moving the money".to_owned(),
        body,
        datasets,
    }
}
