//! From the files to the whole place: each step, in, out, and every named difference.

use super::shell::Page;
use super::table::table;
use super::unplaced;
use super::words::counted;
use crate::disclosure::Released;
use crate::finding::Severity;
use crate::money::Pence;
use crate::reconciliation::Step;
use crate::report::content::Shown;
use crate::report::dataset;
use crate::report::site::Site;
use maud::{Markup, html};

pub(super) fn page(site: &Released<Site>) -> Page {
    let report = &site.get().report;
    let statement = &report.reconciliation;
    let dataset = dataset::reconciliation(statement);
    let broken = statement.steps.iter().filter(|step| !step.holds()).count();
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › Reconciliation" }
        h1 { "Reconciliation" }
        p.lead { "From the files that partners sent to the sums on these pages: what went into each step, what came out, and every difference by name." }
        @if statement.steps.is_empty() {
            p class=(if report.holds { "good" } else { "bad" }) { "Some ledgers are not public, so that steps are not shown. " @if report.holds { "Every step holds." } @else { "Not every step holds. Do not use these figures." } }
        } @else {
                    @if broken == 0 { p.good { "Every one of " (counted(statement.steps.len(), "step", "steps")) " holds." } }
            @else { p.bad { (broken) " of " (counted(statement.steps.len(), "step", "steps")) " do not hold. Do not use these figures." } }
            h2 { "Where something is left out or moved" }
            @let differing: Vec<&Step> = statement.steps.iter().filter(|step| step.differences.iter().any(|d| d.pence != Pence::ZERO)).collect();
            @if differing.is_empty() { p { "In no step." } }
            @for step in differing { (one(step)) }
            h2 { "All steps" }
            details {
                summary { (counted(statement.steps.len(), "step", "steps")) " as a table" }
                (table(&dataset, &|_| None))
            }
        }
        (findings(site))
    };
    Page {
        name: "reconciliation".to_owned(),
        title: "Reconciliation".to_owned(),
        body,
        datasets: Some(dataset)
            .filter(|dataset| !dataset.rows.is_empty())
            .into_iter()
            .collect(),
    }
}

fn one(step: &Step) -> Markup {
    html! {
        h3 { (step.name) @if !step.holds() { " (does not hold)" } }
        dl.steps {
            div { dt { "In" } dd { (Shown::of_sum(step.incoming)) } }
            @for difference in step.differences.iter().filter(|difference| difference.pence != Pence::ZERO) {
                div { dt { (difference.name) } dd { (Shown::of_sum(difference.pence)) } }
            }
            div { dt { "Out" } dd { (Shown::of_sum(step.outgoing)) } }
        }
    }
}

/// What was wrong or strange in the data, the most money first.
fn findings(site: &Released<Site>) -> Markup {
    const SHOWN: usize = 100;
    let Some(findings) = &site.get().method.findings else {
        return html! {};
    };
    let faults = findings
        .iter()
        .filter(|(severity, _)| *severity == Severity::Fault)
        .count();
    html! {
        h2 { "What was found in the data" }
        (unplaced::told(site))
        @if findings.is_empty() { p { "Nothing to mend or to mention." } }
        @else {
            p { (counted(findings.len(), "finding", "findings")) ", of which " (counted(faults, "fault", "faults")) ". The letters of ledger text are masked." }
            details {
                summary { "The first " (findings.len().min(SHOWN)) " by money" }
                ul { @for (severity, words) in findings.iter().take(SHOWN) { li { @if *severity == Severity::Fault { b { "Fault. " } } (words) } } }
            }
        }
    }
}
