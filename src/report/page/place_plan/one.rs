//! The plan of one place.

use super::{ADDS_UP, as_at, crumbs, in_words, money, name};
use crate::disclosure::Released;
use crate::report::content::{ContributionShown, PlaceOfPlan, PlansSheet, PriorityShown};
use crate::report::dataset::{contributions_to_plans, priorities, sources, units};
use crate::report::page::address::place_href;
use crate::report::page::shell::Page;
use crate::report::page::table::{table, whole_workbook};
use crate::report::site::Site;
use maud::html;

pub(in crate::report::page) fn one(
    released: &Released<Site>,
    sheet: &PlansSheet,
    place: &PlaceOfPlan,
) -> Page {
    let site = released.get();
    let of: Vec<&PriorityShown> = sheet.of_place(&place.code);
    let name = name(&place.code);
    let title = format!("Place plan: {}", place.name);
    let called = |what: &str| format!("{title}: {what}");
    let mut wishes = priorities(&name, called("what is wanted"), &of);
    let fields = wishes.fields.iter_mut();
    fields
        .filter(|field| field.name == "place")
        .for_each(|field| field.shown = false);
    let total = ("All priorities", &place.total);
    let (cost, funding) = money::cost(
        &name,
        called("what it costs and has"),
        (&of, &|_| None),
        total,
    );
    let by_source = sources(&name, called("who pays"), &of);
    let own = |one: &&ContributionShown| {
        let priority = one.priority.as_ref().map(|(code, _)| code);
        of.iter().any(|wish| Some(&wish.priority.code) == priority)
    };
    let contributions: Vec<&ContributionShown> = sheet.contributions.iter().filter(own).collect();
    let contributions = contributions_to_plans(&name, called("each contribution"), &contributions);
    let wanted = table(&wishes, &|_| None);
    let mut datasets = vec![wishes, funding];
    let counted = units(&name, called("what is no money"), &of, &[]);
    let no_pounds = money::no_pounds(counted, &mut datasets);
    let spent = called("spent here already");
    let already = money::already(site, &name, spent, &of, &mut datasets);
    let body = html! {
        (crumbs(site, Some(place)))
        h1 { (title) }
        p.lead { (in_words(&of, &place.total)) }
        @if let Some(href) = place_href(site, &place.code) {
            p { a href=(href) { "What all partners spend in " (place.name) } }
        }
        h2 { "What is wanted, and why" }
        (wanted)
        h2 { "What it costs, and what there is" }
        (as_at(sheet))
        (cost)
        (no_pounds)
        (already)
        @if !by_source.rows.is_empty() {
            h2 { "Who pays" }
            p { (ADDS_UP) }
            (table(&by_source, &|_| None))
            h3 { "Each contribution" }
            (table(&contributions, &|_| None))
        }
        (whole_workbook(&name))
    };
    if !by_source.rows.is_empty() {
        datasets.extend([by_source, contributions]);
    }
    Page {
        name,
        title,
        body,
        datasets,
    }
}
