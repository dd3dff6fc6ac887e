//! One plain page a place.

use super::outcome_html;
use super::text::{in_words, section_table};
use super::{LocalityReport, PlacePage};
use crate::disclosure::Released;
use crate::table::{Align, Table};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Readable at any width and on paper; nothing is fetched from anywhere.
const STYLE: &str = "\
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#111;background:#fff}\
.scroll{overflow-x:auto}table{border-collapse:collapse;min-width:100%;margin:0 0 2rem}\
caption{text-align:left;font-weight:bold;padding:.5rem 0}\
th,td{padding:.3rem .6rem;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}\
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
td:first-child{min-width:6rem}tr:last-child td{font-weight:bold;border-bottom:2px solid #111}\
.terms{border:2px solid #111;padding:.5rem 1rem}a{color:#00439c}";

/// The page of one place, or of the whole when `place` is the report's whole. Every text is
/// escaped.
#[must_use]
pub fn place_page(report: &Released<LocalityReport>, place: &PlacePage) -> String {
    let whole = report.get();
    let title = match place.outcomes {
        Some(_) => format!("{}: spending in {}, and outcomes", place.name, whole.period),
        None => format!("{}: spending in {}", place.name, whole.period),
    };
    let page: Markup = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style {
                    (PreEscaped(STYLE))
                    @if place.outcomes.is_some() { (PreEscaped(outcome_html::STYLE)) }
                }
            }
            body {
                main {
                    h1 { (title) }
                    p.terms { (report.terms()) }
                    p { (in_words(whole, place)) }
                    @for section in &place.sections {
                        (table(&section_table(section, place, &whole.whole)))
                    }
                    @if let Some(of) = &place.outcomes {
                        (outcome_html::outcomes(whole, place, of))
                    }
                    h2 { "What to know about these figures" }
                    ul { @for note in &whole.notes { li { (note) } } }
                    h2 { "Reconciliation, from the files to " (whole.whole.name) }
                    p {
                        @if whole.reconciliation.holds() { "Every step holds." }
                        @else { "Not every step holds; do not use these figures." }
                    }
                    details {
                        summary { "All steps" }
                        div.scroll tabindex="0" { pre { (whole.reconciliation) } }
                    }
                }
                nav aria-label="Places" {
                    h2 { "Other places" }
                    ul {
                        @for other in std::iter::once(&whole.whole).chain(&whole.places) {
                            li { a href=(other.file_name()) { (other.name) } }
                        }
                    }
                }
            }
        }
    };
    page.into_string()
}

pub(super) fn table(table: &Table) -> Markup {
    let class = |align: Align| match align {
        Align::Left => "",
        Align::Right => "number",
    };
    html! {
        div.scroll tabindex="0" {
            table {
                caption { (table.title()) }
                thead {
                    tr {
                        @for (heading, align) in table.headings() {
                            th scope="col" class=(class(*align)) { (heading) }
                        }
                    }
                }
                tbody {
                    @for row in table.rows() {
                        tr {
                            @for (cell, (_, align)) in row.iter().zip(table.headings()) {
                                td class=(class(*align)) { (cell) }
                            }
                        }
                    }
                }
            }
        }
    }
}
