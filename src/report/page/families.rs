//! Families with many services: known to how many agencies, to which together, and what they cost.

use super::shell::Page;
use super::table::{table, table_with_total, whole_workbook};
use crate::disclosure::Released;
use crate::report::content::{FamiliesSheet, Shown};
use crate::report::dataset::{
    Value, family_agencies, family_costs, family_groups, family_numbers, family_pairs,
};
use crate::report::site::Site;
use maud::html;

/// The page's file.
const NAME: &str = "families";

/// The page.
pub(super) fn page(released: &Released<Site>, sheet: &FamiliesSheet) -> Page {
    let site = released.get();
    let numbers = family_numbers(sheet);
    let agencies = family_agencies(sheet);
    let pairs = family_pairs(sheet);
    let groups = family_groups(sheet);
    let costs = family_costs(sheet);
    let all_groups = [
        Value::text("all groups that are told"),
        Value::Whole(sheet.shared),
        Value::sum(Shown::of_sum(sheet.costs.together)),
        Value::Nothing,
    ];
    let title = format!("Who is known to several agencies: {}", sheet.unit);
    let body = html! {
        p.crumbs { a href="index.html" { (site.report.whole.name) } " › Families with many services" }
        h1 { (title) }
        p.lead {
            @if sheet.shared == 0 { "No group of " (sheet.least) " or more " (sheet.unit) " is known to just the same agencies, two or more, in " (sheet.period) "." }
            @else { "At least " (sheet.shared) " " (sheet.unit) " are known to two agencies or more in " (sheet.period) ", and cost at least " (sheet.costs.together) " a year together." }
        }
        p { "Agencies hand over keys that say nothing of who it is; the keys are held against one another and forgotten. Numbers are rounded down to multiples of " (sheet.least) ", and no group of fewer is told: what is not there holds nobody, or fewer than " (sheet.least) ". How many an agency knows alone is not told, but for a number that it does not exceed." }
        @for note in &sheet.notes { p { (note) } }
        h2 { "By how many agencies" }
        (table(&numbers, &|_| None))
        h2 { "Agency by agency" }
        (table(&agencies, &|_| None))
        @if !pairs.rows.is_empty() {
            h2 { "Which two know the same" }
            (table(&pairs, &|_| None))
        }
        @if !groups.rows.is_empty() {
            h2 { "What they cost together" }
            p { "A number that is told, times what one costs each agency that knows it: an average, by a unit cost or by a share of a ledger (" (site.report.boundary) "). It is a lower bound, as the number is, and no sum of this account: who is known to several agencies may cost each of them more than anybody else does." }
            (table_with_total(&groups, &|_| None, &all_groups))
        }
        h2 { "What one costs" }
        (table(&costs, &|_| None))
        (whole_workbook(NAME))
    };
    let datasets = [numbers, agencies, pairs, groups, costs];
    Page {
        name: NAME.to_owned(),
        title,
        body,
        datasets: (datasets.into_iter())
            .filter(|dataset| !dataset.rows.is_empty())
            .collect(),
    }
}
