//! What every page has: terms, navigation, notes.

use super::address::place_href;
use super::words::counted;
use crate::disclosure::Released;
use crate::report::dataset::Dataset;
use crate::report::picture::patterns;
use crate::report::site::Site;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// One page before it is written.
pub struct Page {
    /// Its file, without an ending.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What stands in it.
    pub body: Markup,
    /// Its tables.
    pub datasets: Vec<Dataset>,
}

/// Readable at any width and on paper; nothing is fetched from anywhere.
const STYLE: &str = include_str!("style.css");

/// The whole page.
pub(super) fn whole(site: &Released<Site>, page: &Page) -> Markup {
    let report = &site.get().report;
    let mut links = vec![("index", report.whole.name.as_str())];
    if !site.get().outcomes.is_empty() {
        links.push(("outcomes", "Outcomes"));
    }
    links.extend([
        ("partners", "Partners"),
        ("method", "How it is known"),
        ("reconciliation", "Reconciliation"),
        ("data", "Data"),
    ]);
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (page.title) " · " (report.whole.name) ", " (report.period) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "To the content" }
                (patterns())
                header {
                    p.name { (report.whole.name) " " span { "what all partners spend, and what changed for people · " (report.period) " " (report.phase) } }
                    nav aria-label="Site" {
                        ul {
                            @for (file, words) in links {
                                li {
                                    @if file == page.name { a href={ (file) ".html" } aria-current="page" { (words) } }
                                    @else { a href={ (file) ".html" } { (words) } }
                                }
                            }
                        }
                    }
                }
                aside.terms aria-label="Terms" { p { (site.terms()) } }
                main id="main" { (page.body) }
                footer {
                    nav aria-label="Places" {
                        h2 { "Places" }
                        ul.places {
                            @for place in std::iter::once(&report.whole).chain(&report.places) {
                                @if let Some(href) = place_href(site.get(), &place.code) {
                                    li { a href=(href) { (place.name) } }
                                }
                            }
                        }
                    }
                    details {
                        summary { "What to know about these figures: " (counted(report.notes.len(), "note", "notes")) " and sources" }
                        ul { @for note in &report.notes { li { (note) } } }
                    }
                    p { (site.terms()) }
                }
            }
        }
    }
}
