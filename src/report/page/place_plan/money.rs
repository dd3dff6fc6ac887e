//! What both kinds of page say of money: what priorities cost and have, and what is spent there already.

use super::href;
use crate::report::content::{PlanTotal, PriorityShown};
use crate::report::dataset::{Dataset, funding, funding_total, spent_here};
use crate::report::page::table::{table, table_with_total};
use crate::report::site::Site;
use maud::{Markup, html};

/// The pages of the places of some rows.
pub(super) fn plan_links<'a>(of: &'a [&PriorityShown]) -> impl Fn(usize) -> Option<String> + 'a {
    |row| of.get(row).map(|one| href(&one.place.0))
}

/// What it costs, and who pays.
pub(super) fn cost(
    name: &str,
    title: String,
    (of, links): (&[&PriorityShown], &dyn Fn(usize) -> Option<String>),
    (words, total): (&str, &PlanTotal),
) -> (Markup, Dataset) {
    let dataset = funding(name, title, of);
    let total = funding_total(words, total);
    let markup = html! {
        (table_with_total(&dataset, links, &total))
        p { "A gap is the cost beyond what is secured, less what went back; what is asked for does not close it. What is done or withdrawn has none." }
    };
    (markup, dataset)
}

/// What is no money.
pub(super) fn no_pounds(dataset: Dataset, datasets: &mut Vec<Dataset>) -> Markup {
    if dataset.rows.is_empty() {
        return html! {};
    }
    let markup = html! {
        h2 { "What is no money" }
        p { "Homes, hours and places are counted, each kind by itself. None is added to another, and none to pounds." }
        (table(&dataset, &|_| None))
    };
    datasets.push(dataset);
    markup
}

/// What the account says beside the wish.
pub(super) fn already(
    site: &Site,
    name: &str,
    title: String,
    of: &[&PriorityShown],
    datasets: &mut Vec<Dataset>,
) -> Markup {
    let dataset = spent_here(name, title, of);
    if dataset.rows.is_empty() {
        return html! {};
    }
    let report = &site.report;
    let markup = html! {
        h2 { "What is already spent here on this" }
        p {
            "What the account has in the cell that is about a priority, " (report.period) ", " (report.phase)
            ", inside " (report.boundary) ". The cell is wider than the priority as a rule: it stands beside the cost and funds nothing of it."
        }
        (table(&dataset, &|_| None))
        p { "Money that the register has spent and a ledger has too is found by its reference, and counts once: together is the figure and what only the register has." }
    };
    datasets.push(dataset);
    markup
}
