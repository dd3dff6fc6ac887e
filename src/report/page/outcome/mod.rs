//! Outcomes: in short on the page of a place, and a page for each.

mod comparison;
mod pairs;
mod series;
mod spending;

use super::address::{partner_href, slug};
use super::shell::Page;
use super::table::{table, whole_workbook};
use super::words::counted;
use crate::disclosure::Released;
use crate::indicator::Status;
use crate::report::content::{IndicatorShown, KnownFor, OutcomeSection, PlacePage};
use crate::report::dataset::{Dataset, gaps, known};
use crate::report::site::OutcomeSheet;
use crate::report::site::Site;
use crate::report::text::{before, how, in_short, known_lists, spend_in_words};
use comparison::one_comparison;
use maud::{Markup, html};
use pairs::one_beside;
use series::one_series;
use spending::{places, spend_table};

fn href(code: &str) -> String {
    format!("outcome-{}.html", slug(code))
}

/// What changed for people in one place, in short: each outcome with its headline.
pub(super) fn in_place(site: &Released<Site>, page: &PlacePage) -> Markup {
    let Some(of) = &page.outcomes else {
        return html! {};
    };
    let report = &site.get().report;
    html! {
        h2 id="outcomes" { "What changed for people in " (page.name) }
        @for paragraph in before(report, page, of) { p { (paragraph) } }
        @for outcome in &of.outcomes {
            div.card {
                h3 { a href=(href(&outcome.code)) { (outcome.name) } }
                p { (spend_in_words(report, page, outcome)) }
                @if !outcome.headline.is_empty() {
                    ul { @for shown in &outcome.headline { li { (headline(shown)) } } }
                }
            }
        }
        details {
            summary { "What is known of " (page.name) ", and what is not. " (in_short(of, &page.name)) }
            @for list in known_lists(of, &page.name) {
                h3 { (list.title) " (" (list.items.len()) ")" }
                @if list.items.is_empty() { p { "Nothing." } }
                @let (first, rest) = list.split();
                ul { @for item in first { li { (item.text) } } }
                @if !rest.is_empty() {
                    details {
                        summary { (rest.len()) " outside the headlines" }
                        ul { @for item in rest { li { (item.text) } } }
                    }
                }
            }
        }
    }
}

/// One headline indicator in a line: the place's own figure, or where alone it is known.
fn headline(shown: &IndicatorShown) -> Markup {
    let told = &shown.told;
    let when = told
        .period_in_words()
        .map_or_else(String::new, |when| format!(", {when}"));
    html! {
        (told.name) ": "
        @match told.figure_in_words() {
            Some(figure) => {
                b { (figure) } " " (told.unit) (when)
                @if let Some(interval) = told.interval_in_words() { " (interval " (interval) ")" }
                @if let Some(progress) = &told.progress {
                    "; direction: " (progress.direction)
                    @if !matches!(progress.target, crate::indicator::AgainstTarget::NoTarget) { "; target: " (progress.target) }
                }
            }
            None => {
                @match (shown.elsewhere(), &shown.known) {
                    (Some(elsewhere), KnownFor::OnlyFor { .. }) => { "not known here; known only for " (elsewhere) " " (told.unit) (when) }
                    (Some(elsewhere), _) => { "not known here as one figure; known for " (elsewhere) }
                    (None, _) if told.status == Status::Withheld => { "[c], confidential" (when) }
                    (None, _) => { (told.status) (when) "; owed by " (told.owed_by) }
                }
            }
        }
    }
}

/// All outcomes on one page.
pub(super) fn all(site: &Released<Site>) -> Page {
    let report = &site.get().report;
    let dataset = known(report, site.terms());
    let missing = report.outcomes.as_ref().map(|of| of.gaps.as_slice());
    let gaps = missing
        .filter(|missing| !missing.is_empty())
        .map(gaps)
        .map(|gaps| (table(&gaps, &|_| None), gaps));
    let sums = site.get().outcomes.iter().map(|sheet| &sheet.section);
    let body = html! {
        h1 { "Outcomes" }
        p.lead { "What " (report.whole.name) " wants for its people, what is spent on it, and what is known to have changed." }
        p { "One activity may be meant to help several outcomes, so the sums of two outcomes must not be added." }
        h2 { "Each outcome" }
        @for section in sums {
            div.card {
                h3 { a href=(href(&section.code)) { (section.name) } }
                p { (who(site, section)) }
                p { (spend_in_words(report, &report.whole, section)) }
                ul { @for shown in &section.headline { li { (headline(shown)) } } }
            }
        }
        @if let Some((gaps, _)) = &gaps {
            h2 { "Figures that are not there, and who owes them" }
            (gaps)
        }
        h2 { "Every indicator, here and in each place" }
        p { (counted(dataset.rows.len(), "row", "rows")) ": what each indicator last told of each place, with its interval, its status, and for whom it is known." }
        (super::table::downloads(&dataset))
    };
    Page {
        name: "outcomes".to_owned(),
        title: "Outcomes".to_owned(),
        body,
        datasets: std::iter::once(dataset)
            .chain(gaps.map(|(_, gaps)| gaps))
            .collect(),
    }
}

/// Who leads on an outcome and who contributes, with their pages.
fn who(site: &Released<Site>, section: &OutcomeSection) -> Markup {
    let partner = |name: &str| {
        let found = site
            .get()
            .partners
            .iter()
            .find(|partner| partner.name == name);
        let href = found.and_then(|partner| partner_href(site.get(), &partner.code));
        html! {
            @match href {
                Some(href) => { a href=(href) { (name) } }
                None => { (name) }
            }
        }
    };
    html! {
        @if !section.priority.is_empty() { "Priority: " (section.priority) ". " }
        @match &section.lead {
            Some(lead) => { "Lead: " (partner(lead)) "." }
            None => { "Nobody is named as lead." }
        }
        @if !section.contributing.is_empty() {
            " Contributing: "
            @for (i, name) in section.contributing.iter().enumerate() {
                @if i > 0 { ", " } (partner(name))
            }
            "."
        }
    }
}

/// The page of one outcome.
pub(super) fn one(site: &Released<Site>, sheet: &OutcomeSheet) -> Page {
    let report = &site.get().report;
    let section = &sheet.section;
    let name = format!("outcome-{}", slug(&section.code));
    let mut datasets = Vec::new();
    let mut keep = |(markup, dataset): (Markup, Dataset)| {
        datasets.push(dataset);
        markup
    };
    let spending = section.open_spend();
    let spent = spending.map(|spend| keep(spend_table(&name, section, spend)));
    let places = spending
        .and_then(|_| places(site, &name, &section.code))
        .map(&mut keep);
    let series: Vec<Markup> = (sheet.series.iter().enumerate())
        .map(|(i, series)| keep(one_series(&name, i, series)))
        .collect();
    let compared: Vec<Markup> = (sheet.compared.iter().enumerate())
        .map(|(i, compared)| keep(one_comparison(&name, i, compared, &report.whole.name)))
        .collect();
    let beside: Vec<Markup> = (sheet.beside.iter().enumerate())
        .map(|(i, beside)| match &beside.found {
            Ok(found) => keep(one_beside(&name, i, beside, found, &report.whole.name)),
            Err(why) => {
                html! { h3 { (beside.name) } p { "Spending cannot stand beside it: " (why) "." } }
            }
        })
        .collect();
    let behind = &section.rest;
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › " a href="outcomes.html" { "Outcomes" } " › " (section.name) }
        h1 { (section.name) }
        p.lead { (spend_in_words(report, &report.whole, section)) }
        p { (who(site, section)) }
        @if !section.headline.is_empty() {
            p { "What is known last:" }
            ul { @for shown in &section.headline { li { (headline(shown)) } } }
        }
        @if !series.is_empty() {
            h2 { "What changed" }
            p { "Each figure is that of " (report.whole.name) " as published. An upright bar is its interval; where there is none, no counts are published to make one from. Whether two intervals overlap is no test of a difference." }
            div.up { @for one in &series { div { (one) } } }
        }
        @if !compared.is_empty() {
            h2 { "Beside other areas" }
            p { "Grey bands show where chance alone would leave an area that is like the average: 95 of 100 times in the dark band, 998 of 1,000 in the light one. They are there only where counts are published." }
            @for (i, one) in compared.iter().enumerate() {
                details open[i == 0] {
                    summary { (sheet.compared[i].name) ", " (sheet.compared[i].period) }
                    (one)
                }
            }
        }
        @if let Some(spent) = &spent {
            h2 { "What is spent on it" }
            (spent)
            @if let Some(spend) = spending {
                details {
                    summary { "How this spending is meant to help, and who decided how much of it counts" }
                    ul { @for line in how(spend) { li { (line) } } }
                }
            }
        }
        @if let Some(places) = &places { (places) }
        @if !beside.is_empty() {
            h2 { "Spending beside outcome" }
            p { "They stand side by side. Nothing here says that the one made the other." }
            @for one in &beside { (one) }
        }
        @if !behind.is_empty() {
            h2 { "More that is known" }
            ul { @for shown in behind { li { (headline(shown)) } } }
        }
        @if !datasets.is_empty() { (whole_workbook(&name)) }
    };
    Page {
        title: section.name.clone(),
        body,
        datasets,
        name,
    }
}
