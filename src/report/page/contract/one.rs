//! The page of one contract.

use super::{NAME, chances, cliffs, name, payment, register, terms};
use crate::disclosure::Released;
use crate::report::content::ContractSheet;
use crate::report::page::address::place_href;
use crate::report::page::shell::Page;
use crate::report::page::table::whole_workbook;
use crate::report::site::Site;
use maud::html;

pub(in crate::report::page) fn one(released: &Released<Site>, sheet: &ContractSheet) -> Page {
    let site = released.get();
    let name = name(sheet);
    let (pays_for, of_terms) = terms::pays_for(&name, sheet);
    let mut datasets = vec![of_terms];
    let paid = sheet.payment.as_ref().map(|of| {
        let (markup, tables) = payment::paid_and_refused(site, &name, sheet, of);
        datasets.extend(tables.into_iter().filter(|table| !table.rows.is_empty()));
        markup
    });
    let pictures = cliffs::pictures(&name, sheet).map(|(markup, table)| {
        datasets.push(table);
        markup
    });
    let drawn = sheet.chances.as_ref().map(|of| {
        let (markup, tables) = chances::when_results_scatter(&name, sheet, of);
        datasets.extend(tables.into_iter().filter(|table| !table.rows.is_empty()));
        markup
    });
    let maturing = register::maturing(&name, sheet).map(|(markup, tables)| {
        datasets.extend(tables);
        markup
    });
    let (code, place) = &sheet.locality;
    let body = html! {
        p.crumbs { a href="index.html" { (site.report.whole.name) } " › " a href={ (NAME) ".html" } { "Contracts" } " › " (sheet.name) }
        h1 { (sheet.name) }
        p.lead { (sheet.in_words()) }
        p {
            "Paid to: " (sheet.provider) ". For people aged " (sheet.ages) " in "
            @match place_href(site, code) {
                Some(href) => { a href=(href) { (place) } }
                None => { (place) }
            }
            "."
        }
        h2 { "What it pays for" }
        (pays_for)
        @for part in [paid, pictures, drawn, maturing].into_iter().flatten() { (part) }
        (whole_workbook(&name))
    };
    Page {
        title: sheet.name.clone(),
        body,
        datasets,
        name,
    }
}
