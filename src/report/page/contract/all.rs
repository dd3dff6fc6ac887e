//! All contracts.

use super::{NAME, href};
use crate::disclosure::Released;
use crate::report::content::ContractSheet;
use crate::report::dataset::contracts;
use crate::report::page::shell::Page;
use crate::report::page::table::{table, whole_workbook};
use crate::report::page::words::counted;
use crate::report::site::Site;
use maud::html;

pub(in crate::report::page) fn all(released: &Released<Site>) -> Page {
    let site = released.get();
    let sheets: Vec<&ContractSheet> = site.contracts.iter().collect();
    let dataset = contracts(NAME, &sheets);
    let link = |row: usize| sheets.get(row).map(|sheet| href(sheet));
    let body = html! {
        p.crumbs { a href="index.html" { (site.report.whole.name) } " › Contracts" }
        h1 { "Contracts: paid by results" }
        p.lead { (counted(sheets.len(), "contract", "contracts")) " that pay for what comes of a service: for what, how much, what is refused and why, and what they pay when nothing works." }
        (table(&dataset, &link))
        (whole_workbook(NAME))
    };
    Page {
        name: NAME.to_owned(),
        title: "Contracts: paid by results".to_owned(),
        body,
        datasets: vec![dataset],
    }
}
