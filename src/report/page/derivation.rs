//! How each figure of a place was made.

use super::address::{place_href, slug};
use super::shell::Page;
use super::words::counted;
use crate::disclosure::Released;
use crate::money::with_pound_sign;
use crate::report::content::evidence::class_words;
use crate::report::site::Site;
use crate::report::site::{Derivation, DerivedFigure, DerivedPart};
use maud::{Markup, html};

pub(super) fn page(site: &Released<Site>, code: &str, derivation: &Derivation) -> Page {
    let report = &site.get().report;
    let pages = || std::iter::once(&report.whole).chain(&report.places);
    let name = pages()
        .find(|page| page.code == code)
        .map_or(code, |page| &page.name);
    let back = place_href(site.get(), code).unwrap_or_default();
    let followed = derivation
        .axes
        .iter()
        .flat_map(|(_, figures)| figures)
        .any(|figure| figure.closing.is_some());
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › " a href=(back) { (name) } " › How it was made" }
        h1 { "How the figures of " (name) " were made" }
        @if followed {
            p { "Each figure is a sum of parts. A part is what a partner recorded, times the share of it that belongs here. Ledger lines are named by file and line. The largest parts stand first." }
        } @else {
            p { "Each figure with the partners and activities that make it. These rows are rounded as a table of their own, so that a sum of them may differ from the figure by pennies." }
        }
        @for (axis, figures) in &derivation.axes {
            h2 { "By " (axis) }
            @for figure in figures {
                details {
                    summary { b { (figure.name) } ": " (figure.shown) @if figure.told { ", " (counted(figure.parts.len() + figure.more, "part", "parts")) } }
                    // Inside, because a browser that is led to an anchor opens what it is folded into.
                    div.target id={ (axis) "-" (slug(&figure.code)) } { (one(figure)) }
                }
            }
        }
    };
    Page {
        name: format!("made-{}", slug(code)),
        title: format!("How the figures of {name} were made"),
        body,
        datasets: Vec::new(),
    }
}

fn one(figure: &DerivedFigure) -> Markup {
    // Recorded sums and the shares of them would tell it.
    if !figure.told {
        return html! { p { "What it is made of may not be shown." } };
    }
    html! {
        @for part in &figure.parts { (one_part(part)) }
        @if figure.others { p { "What else it is made of is not shown singly." } }
        @if figure.more > 0 { p { "And " (counted(figure.more, "smaller part", "smaller parts")) "." } }
        @if let Some((exact, rounding)) = &figure.closing {
            p { "Exactly " (with_pound_sign(exact)) "; rounding the table added " (with_pound_sign(rounding)) "." }
        }
    }
}

fn one_part(part: &DerivedPart) -> Markup {
    html! {
        div.made {
            p { (part.recorded) }
            @if let Some(pence) = part.pence {
                p {
                    "Recorded: " (pence) ", " (counted(usize::try_from(part.line_count).unwrap_or(usize::MAX), "line", "lines"))
                    @for (i, (ledger, position, amount)) in part.lines.iter().enumerate() {
                        @if i == 0 { " (" } @else { "; " }
                        (ledger) " " (position) " " (amount)
                    }
                    @if !part.lines.is_empty() {
                        @if u64::try_from(part.lines.len()).is_ok_and(|shown| shown < part.line_count) { "; and more" }
                        ")"
                    }
                }
            }
            @for share in &part.shares { p { (share) } }
            p.part {
                "= " (with_pound_sign(&part.part))
                @if let Some(class) = part.class { ", " (class_words(class)) }
            }
        }
    }
}
