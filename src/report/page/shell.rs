//! What every page has: terms, navigation, notes.

use super::address::{STATEMENT, place_href, slug};
use super::words::counted;
use crate::disclosure::Released;
use crate::report::content::PlacePage;
use crate::report::dataset::Dataset;
use crate::report::picture::patterns;
use crate::report::site::Site;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

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

impl Page {
    /// What is said of it on other pages.
    pub(super) fn without_content(mut self) -> Self {
        self.body = Markup::default();
        for dataset in &mut self.datasets {
            dataset.rows = Vec::new();
        }
        self
    }
}

/// Readable at any width and on paper; nothing is fetched from anywhere.
const STYLE: &str = include_str!("style.css");

/// What a browser may do with a page: take its one style and the empty icon, and nothing else. No
/// program runs in it, whatever came into its texts, and nothing is fetched.
fn policy() -> String {
    let style = base64(&Sha256::digest(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// Bytes as the policy writes them.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, i| {
            bits << 8 | three.get(i).map_or(0, |&byte| usize::from(byte))
        });
        for i in 0..4 {
            let sign = SIGNS[bits >> (18 - 6 * i) & 63];
            text.push(if i <= three.len() {
                char::from(sign)
            } else {
                '='
            });
        }
    }
    text
}

/// The places that a page leads to at its foot: all of them, or where there are many those around
/// it, so that a thousand pages do not have a thousand links each.
fn linked<'a>(places: &'a [PlacePage], page: &str) -> &'a [PlacePage] {
    const MANY: usize = 100;
    const AROUND: usize = 20;
    if places.len() <= MANY {
        return places;
    }
    let own = |place: &PlacePage| page.strip_prefix("place-") == Some(&slug(&place.code));
    let at = places.iter().position(own).unwrap_or(0);
    let start = at.saturating_sub(AROUND / 2);
    &places[start..places.len().min(start + AROUND)]
}

/// The whole page.
pub(super) fn whole(site: &Released<Site>, page: &Page) -> Markup {
    let report = &site.get().report;
    let mut links = vec![("index", report.whole.name.as_str())];
    if !site.get().outcomes.is_empty() {
        links.push(("outcomes", "Outcomes"));
    }
    if site.get().modes.is_some() {
        links.push(("modes", "How it reaches people"));
    }
    if !site.get().proposals.is_empty() {
        links.push(("proposals", "Proposals"));
    }
    if !site.get().scenarios.is_empty() {
        links.push(("scenarios", "Scenarios"));
    }
    if !site.get().contracts.is_empty() {
        links.push(("contracts", "Contracts"));
    }
    if site.get().plans.is_some() {
        links.push(("plans", "Place plans"));
    }
    if site.get().premises.is_some() {
        links.push(("premises", "Premises"));
    }
    if site.get().performance.is_some() {
        links.push(("performance", "Performance"));
    }
    if site.get().gap.is_some() {
        links.push(("gap", "Gap"));
    }
    if site.get().families.is_some() {
        links.push(("families", "Families"));
    }
    if site.get().earlier.is_some() {
        links.push(("changes", "What changed"));
    }
    links.extend([
        ("partners", "Partners"),
        ("method", "How it is known"),
        ("reconciliation", "Reconciliation"),
        ("data", "Data"),
    ]);
    let places = linked(&report.places, &page.name);
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
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
                aside.terms aria-label="Terms" {
                    p {
                        (site.terms())
                        @if site.get().statement.is_some() { " " a href={ (STATEMENT) ".html" } { "What may be told" } }
                    }
                }
                main id="main" { (page.body) }
                footer {
                    nav aria-label="Places" {
                        h2 { "Places" }
                        ul.places {
                            @for place in std::iter::once(&report.whole).chain(places) {
                                @if let Some(href) = place_href(site.get(), &place.code) {
                                    li { a href=(href) { (place.name) } }
                                }
                            }
                            @if places.len() < report.places.len() {
                                li { a href="index.html#places" { "All " (counted(report.places.len(), "place", "places")) } }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_browsers_read_them() {
        assert_eq!(base64(b""), "");
        assert_eq!(base64(b"f"), "Zg==");
        assert_eq!(base64(b"fo"), "Zm8=");
        assert_eq!(base64(b"foobar"), "Zm9vYmFy");
    }
}
