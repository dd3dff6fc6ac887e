//! What is spent on an outcome: activity by activity, and place by place.

use crate::disclosure::Released;
use crate::linkage::OutcomeSpend;
use crate::report::content::OutcomeSection;
use crate::report::dataset::{Dataset, contributions, contributions_in_places};
use crate::report::page::address::place_href;
use crate::report::page::table::table;
use crate::report::site::Site;
use maud::{Markup, html};

pub(super) fn spend_table(
    page: &str,
    section: &OutcomeSection,
    spend: &OutcomeSpend,
) -> (Markup, Dataset) {
    let dataset = contributions(page, spend);
    let markup = html! {
        (table(&dataset, &|_| None))
        p { "Together: " b { (section.shown) } "." }
    };
    (markup, dataset)
}

/// What is spent on the outcome in each place.
pub(super) fn places(site: &Released<Site>, page: &str, code: &str) -> Option<(Markup, Dataset)> {
    let report = &site.get().report;
    let dataset = contributions_in_places(page, report, code)?;
    let link = |row: usize| place_href(site.get(), &report.places.get(row)?.code);
    let markup = html! {
        h3 { "In each place" }
        (table(&dataset, &link))
    };
    Some((markup, dataset))
}
