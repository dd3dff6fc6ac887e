//! Under which policy a site was released, how much is withheld, and what that means.

use super::address::{STATEMENT, slug};
use super::shell::Page;
use super::words::counted;
use crate::disclosure::Shown;
use crate::report::site::{Site, Statement};
use maud::html;

pub(super) fn page(site: &Site, statement: &Statement) -> Page {
    let all = statement.told + statement.withheld;
    let body = html! {
        p.crumbs { a href="index.html" { (site.report.whole.name) } " › What may be told" }
        h1 { "What may be told" }
        p.lead { (statement.terms()) }
        p { "The policy was decided by: " (statement.decided) "." }
        @if statement.withheld == 0 {
            h2 { "Why nothing is withheld" }
            @if statement.private == 0 {
                p { "Every ledger behind these figures is published by somebody already, to the line. Whoever has those files can work out every figure here. So none of them tells anything that is not known, however few lines it rests on." }
            } @else {
                p { "Some money behind these figures is not published by anybody. Enough different people and bodies have a part in each sum of it that none of them can be told from the others." }
            }
        } @else {
            h2 { "What is withheld, and why" }
            p {
                (counted(statement.withheld, "figure", "figures")) " of " (all) " cannot be shown. " (Shown::CONFIDENTIAL) " stands where one would. "
                "Some would tell what one person or body got or paid, or how it went for a few people. Others are left out so that those cannot be worked out from what is left: by adding up, by taking away, or because two figures are known shares of the same sum."
            }
            p { "Each figure that is shown is exact. None was changed, and all tables add up to the same totals." }
            h3 { "Table by table" }
            ul {
                @for (table, told, withheld) in &statement.tables {
                    @let (page, words) = in_words(site, table);
                    li { a href=(page) { (words) } ": " (withheld) " of " (told + withheld) " withheld" }
                }
            }
        }
        @if !statement.left_out.is_empty() {
            h2 { "What is not here at all" }
            ul { @for what in &statement.left_out { li { (what) } } }
        }
        h2 { "What everybody has already" }
        @if statement.public.is_empty() { p { "No ledger is published." } }
        @else {
            ul {
                @for ledger in &statement.public {
                    li {
                        (ledger.name) ": " (ledger.source)
                        @if let Some(from) = &ledger.from_pounds { " (lines from " (from) " on)" }
                    }
                }
            }
        }
        @if statement.private > 0 { p { (counted(statement.private, "ledger is", "ledgers are")) " not published." } }
        h2 { "How this was checked" }
        @if statement.private == 0 {
            p { "No money here has to be kept from anybody, so that there is no sum to protect." }
        } @else {
            p { "For every sum that must not be told there are other accounts, in whole pence, that give exactly these pages and differ in that sum by at least what the policy asks for. So nobody can tell from these pages which of them is true, with whatever computer. That was worked out, and then checked by other means." }
        }
        p.note { "Policy " (statement.policy_fingerprint) ", what is shown " (statement.pattern_fingerprint) " (SHA-256)." }
    };
    Page {
        name: STATEMENT.to_owned(),
        title: "What may be told".to_owned(),
        body,
        datasets: Vec::new(),
    }
}

/// The page on which a table stands, and the table in words: its files are named `place-hills-by-partner`.
fn in_words(site: &Site, table: &str) -> (String, String) {
    let (page, by) =
        (table.rsplit_once("-by-")).unwrap_or_else(|| match table.strip_suffix("-places") {
            Some(page) => (page, "place"),
            None => (table, ""),
        });
    let report = &site.report;
    let places = report
        .places
        .iter()
        .map(|one| ("place", &one.code, &one.name));
    let partners = site
        .partners
        .iter()
        .map(|one| ("partner", &one.code, &one.name));
    let sections = site.outcomes.iter().map(|one| &one.section);
    let outcomes = sections.map(|one| ("outcome", &one.code, &one.name));
    let named = (places.chain(partners).chain(outcomes))
        .find(|(kind, code, _)| format!("{kind}-{}", slug(code)) == page);
    let name = match (named, page) {
        (Some((_, _, name)), _) => name.as_str(),
        (None, "index") => report.whole.name.as_str(),
        (None, _) => "Indicators of outcomes, in the period last told",
    };
    let words = match by {
        "" => name.to_owned(),
        by => format!("{name}, by {}", by.replace('-', " ")),
    };
    (format!("{page}.html"), words)
}
