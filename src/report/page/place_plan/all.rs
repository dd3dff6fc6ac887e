//! The plans of all places.

use super::{ADDS_UP, NAME, as_at, crumbs, href, in_words, money};
use crate::disclosure::Released;
use crate::report::content::{ContributionShown, PlansSheet, PriorityShown};
use crate::report::dataset::{
    contributions_to_plans, findings_of, in_ledgers, priorities, rolls, sources_of_all, units,
};
use crate::report::page::shell::Page;
use crate::report::page::table::{downloads, table, table_with_total, whole_workbook};
use crate::report::page::words::counted;
use crate::report::site::Site;
use maud::html;

pub(in crate::report::page) fn all(released: &Released<Site>, sheet: &PlansSheet) -> Page {
    let site = released.get();
    let of: Vec<&PriorityShown> = sheet.priorities.iter().collect();
    let wishes = priorities(NAME, "What places want".to_owned(), &of);
    let title = "What it costs, and what there is".to_owned();
    let (cost, funding) = money::cost(
        NAME,
        title,
        (&of, &money::plan_links(&of)),
        ("All priorities", &sheet.all),
    );
    let title = format!("Where each source's money stands, {}", sheet.on);
    let (by_source, total) = sources_of_all(NAME, title, sheet);
    let title = format!("What each source held, got and gave, {}", sheet.period);
    let year = rolls(NAME, title, sheet);
    let matched = in_ledgers(NAME, "In the register and in a ledger".to_owned(), sheet);
    let contributions: Vec<&ContributionShown> = sheet.contributions.iter().collect();
    let title = "Every contribution to place plans".to_owned();
    let contributions = contributions_to_plans(NAME, title, &contributions);
    let title = "Findings in the register of place plans".to_owned();
    let findings = findings_of("plans-findings", title, &sheet.findings);
    let wanted = table(&wishes, &money::plan_links(&of));
    let mut datasets = vec![wishes, funding];
    let title = "What is no money".to_owned();
    let counted_units = units(NAME, title, &of, &sheet.units_unassigned);
    let no_pounds = money::no_pounds(counted_units, &mut datasets);
    let title = "Spent here already".to_owned();
    let already = money::already(site, NAME, title, &of, &mut datasets);
    let body = html! {
        (crumbs(site, None))
        h1 { "Place plans: what places want, and who pays" }
        p.lead { (in_words(&of, &sheet.all)) }
        @for place in &sheet.places {
            div.card {
                h3 { a href=(href(&place.code)) { (place.name) } }
                p { (in_words(&sheet.of_place(&place.code), &place.total)) }
            }
        }
        h2 { "What is wanted, and why" }
        (wanted)
        h2 { "What it costs, and what there is" }
        (as_at(sheet))
        (cost)
        @if !sheet.unassigned.is_nothing() {
            p { "For no priority: " (sheet.unassigned.secured) " secured, " (sheet.unassigned.received) " received, " (sheet.unassigned.spent) " spent. It is in no row above." }
        }
        (no_pounds)
        (already)
        @if !by_source.rows.is_empty() {
            h2 { "Who pays" }
            p {
                (ADDS_UP)
                @if !sheet.holds { " NOT EVERY STEP OF THIS HOLDS." }
            }
            (table_with_total(&by_source, &|_| None, &total))
            h3 { "In " (sheet.period) }
            p { "Held before + received - spent - transferred - given back = held after." }
            (table(&year, &|_| None))
            p { (counted(contributions.rows.len(), "contribution", "contributions")) ", or parts of them for one priority, in one table:" }
            (downloads(&contributions))
        }
        @if !matched.rows.is_empty() {
            h2 { "In the register and in a ledger" }
            p { "The same money, found by its reference. It counts once, with the sum of the ledger." }
            (table(&matched, &|_| None))
        }
        @if !findings.rows.is_empty() {
            h2 { "What is wrong or odd in the register" }
            (table(&findings, &|_| None))
        }
        (whole_workbook(NAME))
    };
    if !by_source.rows.is_empty() {
        datasets.extend([by_source, year, contributions]);
    }
    let some = [matched, findings].into_iter();
    datasets.extend(some.filter(|dataset| !dataset.rows.is_empty()));
    Page {
        name: NAME.to_owned(),
        title: "Place plans: what places want, and who pays".to_owned(),
        body,
        datasets,
    }
}
