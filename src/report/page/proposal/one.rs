//! The page of one proposal.

use super::{NAME, held, inputs, name, picture, purses, settlement, sure};
use crate::disclosure::Released;
use crate::report::content::{Layer, ProposalSheet};
use crate::report::page::address::place_href;
use crate::report::page::shell::Page;
use crate::report::page::table::whole_workbook;
use crate::report::site::Site;
use maud::{Markup, html};

pub(in crate::report::page) fn one(released: &Released<Site>, sheet: &ProposalSheet) -> Page {
    let site = released.get();
    let name = name(sheet);
    let (years, by_year) = picture::over_the_years(&name, sheet);
    let (before, present) = purses::before(site, &name, sheet);
    let (for_purses, verdicts) = purses::for_purses(&name, sheet);
    let (held_against, spent) = held::held_against(site, &name, sheet);
    let (settled, statement) = settlement::settled(&name, sheet);
    let (how_sure, chances) = sure::how_sure(&name, sheet);
    let (rests_on, behind) = inputs::rests_on(&name, sheet);
    let body = html! {
        p.crumbs { a href="index.html" { (site.report.whole.name) } " › " a href={ (NAME) ".html" } { "Proposals" } " › " (sheet.name) }
        h1 { (sheet.name) }
        p.lead { (sheet.words) }
        (facts(site, sheet))
        @for caution in &sheet.cautions { p { (caution) } }
        h2 { "Who pays and who saves over the years" }
        (years)
        h2 { "Before anything is settled" }
        (before)
        h2 { "Settlement" }
        (settled)
        h2 { "The same proposal for different purses" }
        (for_purses)
        (how_sure)
        h2 { "Held against what is spent" }
        (held_against)
        h2 { "From what is hoped for to cash" }
        (held::to_cash(sheet))
        h2 { "What it rests on" }
        (rests_on)
        (whole_workbook(&name))
    };
    let mut datasets = vec![by_year, present];
    datasets.extend(statement);
    datasets.push(verdicts);
    datasets.extend(chances);
    datasets.push(spent);
    datasets.extend(behind);
    Page {
        title: sheet.name.clone(),
        body,
        datasets,
        name,
    }
}

/// Against what, for whom, where, and over which years; and what it is to all purses.
fn facts(site: &Site, sheet: &ProposalSheet) -> Markup {
    let years = match sheet.years.as_slice() {
        [first, .., last] => format!("{first} to {last}"),
        one => one.concat(),
    };
    let whole = &sheet.whole;
    html! {
        p {
            "For people aged " (sheet.ages) " in "
            @match place_href(site, &sheet.locality) {
                Some(href) => { a href=(href) { (sheet.locality_name) } }
                None => { (sheet.locality_name) }
            }
            ", counted over " (years) ", against: " (sheet.against) "."
        }
        dl.facts {
            div { dt { "All purses pay" } dd { (whole.paid()) } }
            div { dt { "They save" } dd { (whole.saved()) } }
            div { dt { "Of that cash" } dd { (whole.get(Layer::Cash)) } }
            div { dt { "Saves less pays" } dd { (whole.gain()) } }
            div { dt { "Cash less money paid" } dd { (whole.cash_gain()) } }
        }
    }
}
