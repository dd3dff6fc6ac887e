//! The account before and after, by place, by partner and by theme.

use super::NAME;
use crate::report::content::{BeforeAfter, ScenarioSheet};
use crate::report::dataset::{Dataset, accounts_side_by_side, before_after, before_after_total};
use crate::report::page::address::{partner_href, place_href, slug};
use crate::report::page::table::table_with_total;
use crate::report::site::Site;
use maud::{Markup, html};

/// How an axis is called in a heading.
fn by(axis: &str) -> &'static str {
    match axis {
        "locality" => "By place",
        "partner" => "By partner",
        _ => "By what it is spent on",
    }
}

/// The page of a member, where it has one.
fn member_href(site: &Site, axis: &str, code: &str) -> Option<String> {
    match axis {
        "locality" => place_href(site, code),
        "partner" => partner_href(site, code),
        _ => None,
    }
}

/// Of one scenario.
pub(super) fn of_one(site: &Site, name: &str, sheet: &ScenarioSheet) -> (Markup, Vec<Dataset>) {
    let mut datasets = Vec::with_capacity(sheet.accounts.len());
    let mut tables = Vec::with_capacity(sheet.accounts.len());
    for account in &sheet.accounts {
        let heading = by(account.axis);
        let title = format!("Scenario {}: {}", sheet.code, heading.to_lowercase());
        let dataset = before_after(name, title, account);
        let link = |row: usize| member_href(site, account.axis, &account.rows.get(row)?.code);
        let total = before_after_total(account);
        tables.push((heading, table_with_total(&dataset, &link, &total)));
        datasets.push(dataset);
    }
    (in_order(tables), datasets)
}

/// Of all of them, beside one another.
pub(super) fn of_all(site: &Site, sheets: &[&ScenarioSheet]) -> (Markup, Vec<Dataset>) {
    let columns: Vec<(String, &ScenarioSheet)> = (sheets.iter())
        .map(|sheet| (slug(&sheet.code), *sheet))
        .collect();
    let axes: Vec<&BeforeAfter> = (sheets.first().iter())
        .flat_map(|sheet| &sheet.accounts)
        .collect();
    let mut datasets = Vec::with_capacity(axes.len());
    let mut tables = Vec::with_capacity(axes.len());
    for (number, account) in axes.into_iter().enumerate() {
        let heading = by(account.axis);
        let title = format!("Scenarios beside one another, {}", heading.to_lowercase());
        let Some((dataset, total)) = accounts_side_by_side(NAME, title, &columns, number) else {
            continue;
        };
        let codes: Vec<String> = (dataset.rows.iter())
            .map(|row| row.first().map(|code| code.plain()).unwrap_or_default())
            .collect();
        let link = |row: usize| member_href(site, account.axis, codes.get(row)?);
        tables.push((heading, table_with_total(&dataset, &link, &total)));
        datasets.push(dataset);
    }
    (in_order(tables), datasets)
}

fn in_order(tables: Vec<(&str, Markup)>) -> Markup {
    html! {
        @for (heading, table) in tables {
            h3 { (heading) }
            (table)
        }
    }
}
