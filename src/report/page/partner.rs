//! Partners: who pays whom in the whole place, and a page for each.

use super::address::{derivation_href, partner_href, place_href, slug};
use super::bars::bars_of;
use super::contract;
use super::flows::flows;
use super::modes;
use super::performance;
use super::place::whole_bar;
use super::place_plan;
use super::proposal;
use super::scenario;
use super::shell::Page;
use super::spending::{SpendRow, SpendTable, spend};
use super::table::whole_workbook;
use super::words::counted;
use crate::disclosure::{Released, ToldFigure};
use crate::report::content::{LocalityReport, OutcomeSection, SectionRow, Shown, rounding};
use crate::report::dataset::Dataset;
use crate::report::site::{PartnerSheet, Site};
use maud::{Markup, html};

/// All partners: flows between them and what they spend it on.
pub(super) fn all(site: &Released<Site>) -> Page {
    let report = &site.get().report;
    let mut datasets = Vec::new();
    let spending = site
        .get()
        .partners
        .iter()
        .filter(|partner| partner.total.is_some());
    let (flows, dataset) = flows(site.get());
    datasets.push(dataset);
    let silent: Vec<&PartnerSheet> = (site.get().partners.iter())
        .filter(|partner| partner.total.is_none())
        .collect();
    let rows = spending.filter_map(|partner| {
        Some(SpendRow {
            code: &partner.code,
            name: &partner.name,
            href: partner_href(site.get(), &partner.code),
            derivation: derivation_href(site.get(), &report.whole.code, "partner", &partner.code),
            figure: partner.total.as_ref()?.as_shown(),
            whole: None,
            range: None,
        })
    });
    let spent = SpendTable {
        name: "partners-spending".to_owned(),
        title: format!(
            "What each partner spent in {}, {}",
            report.whole.name, report.period
        ),
        axis: "partner",
        of: (&report.whole.code, &report.whole.name),
        rows: rows.collect(),
        total: ("Total".to_owned(), report.whole.as_shown()),
        whole: None,
        ranged: false,
    };
    let (markup, dataset) = spend(site, &spent);
    datasets.push(dataset);
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › Partners" }
        h1 { "Partners" }
        p.lead { "Who spends in " (report.whole.name) ", on what, and who pays whom. What partners pay each other counts once, where it is spent." }
        h2 { "Where the money flows" }
        (flows)
        h2 { "What each partner spent" }
        (markup)
        @if !silent.is_empty() {
            h2 { "Partners of whom nothing is in these figures" }
            ul {
                @for partner in silent {
                    li { a href=(partner_href(site.get(), &partner.code).unwrap_or_default()) { (partner.name) } ": " (what_there_is(report, partner)) }
                }
            }
        }
        (whole_workbook("partners"))
    };
    Page {
        name: "partners".to_owned(),
        title: "Partners".to_owned(),
        body,
        datasets,
    }
}

/// The page of one partner.
pub(super) fn one(site: &Released<Site>, partner: &PartnerSheet) -> Page {
    let report = &site.get().report;
    let name = format!("partner-{}", slug(&partner.code));
    let mut datasets = Vec::new();
    let total = (partner.total.as_ref()).map(SectionRow::as_shown);
    let total = total.filter(|total| !total.is_nothing());
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › " a href="partners.html" { "Partners" } " › " (partner.name) }
        h1 { (partner.name) }
        (lead(report, partner, total.map_or(Shown::NothingRecorded, ToldFigure::sum)))
        @if let Some(total) = total { (spent(site, partner, total, &mut datasets)) }
        (modes::of_partner(site.get(), &partner.code))
        (paid(site.get(), partner))
        (answers_for(site.get(), partner))
        (proposal::of_partner(site.get(), &partner.code))
        (scenario::of_partner(site.get(), &partner.code))
        (contract::of_partner(site.get(), &partner.code))
        (place_plan::of_partner(site.get(), &partner.code))
        (performance::of_partner(site.get(), &partner.code))
        (ledgers(partner))
        @if site.get().method.unnamed > 0 && total.is_some() { p { "Ledgers that are not public are not named." } }
        @if !datasets.is_empty() { (whole_workbook(&name)) }
    };
    Page {
        title: partner.name.clone(),
        body,
        datasets,
        name,
    }
}

/// What is recorded of a partner of whom nothing is in the figures.
fn what_there_is(report: &LocalityReport, partner: &PartnerSheet) -> String {
    (partner.elsewhere.clone()).unwrap_or_else(|| {
        format!(
            "nothing is recorded for {} ({})",
            report.period, report.phase
        )
    })
}

/// What it spent, in a sentence.
fn lead(report: &LocalityReport, partner: &PartnerSheet, shown: Shown) -> Markup {
    html! {
        p.lead {
            @match shown {
                Shown::Known(amount) => { (partner.name) " spent " b { (rounding::in_words(amount)) } " in " (report.whole.name) " in " (report.period) @if let Some(months) = report.which_months_of(Some(&partner.code)) { ", " (months) } " (" (amount) ")." }
                Shown::RecordedZero => { "What is recorded of " (partner.name) " in " (report.period) " comes to nothing." }
                Shown::NothingRecorded => { "Nothing of " (partner.name) " is in these figures, for " (report.whole.name) " in " (report.period) " (" (report.phase) "): " (what_there_is(report, partner)) "." }
                Shown::Withheld(_) => { "What " (partner.name) " spent may not be shown." }
            }
        }
    }
}

/// What it spent on what, and where, with their tables.
fn spent(
    site: &Released<Site>,
    partner: &PartnerSheet,
    total: &ToldFigure,
    datasets: &mut Vec<Dataset>,
) -> Markup {
    let by_activity = by_activity(site.get(), partner, total);
    let (activity, one) = spend(site, &by_activity);
    let (place, other) = spend(site, &by_place(site.get(), partner, total));
    datasets.extend([one, other]);
    let title = format!("What {} spends, by activity", partner.name);
    html! {
        (whole_bar(total))
        h2 { "What it spends on" }
        (bars_of(&by_activity, "activities", &title))
        (activity)
        h2 { "Where" }
        (place)
    }
}

fn by_activity<'a>(
    site: &'a Site,
    partner: &'a PartnerSheet,
    total: &'a ToldFigure,
) -> SpendTable<'a> {
    let report = &site.report;
    let own = (report.whole.crossings.iter()).filter(|one| one.partner == partner.code);
    SpendTable {
        name: format!("partner-{}-by-activity", slug(&partner.code)),
        title: format!("{} by activity, {}", partner.name, report.period),
        axis: "activity",
        of: (&report.whole.code, &report.whole.name),
        rows: own
            .map(|one| SpendRow {
                code: &one.activity,
                name: &one.activity_name,
                href: None,
                derivation: derivation_href(site, &report.whole.code, "partner", &partner.code),
                figure: one.as_shown(),
                whole: None,
                range: None,
            })
            .collect(),
        total: ("Total".to_owned(), total),
        whole: None,
        ranged: false,
    }
}

fn by_place<'a>(
    site: &'a Site,
    partner: &'a PartnerSheet,
    total: &'a ToldFigure,
) -> SpendTable<'a> {
    let report = &site.report;
    SpendTable {
        name: format!("partner-{}-by-place", slug(&partner.code)),
        title: format!("{} by place, {}", partner.name, report.period),
        axis: "place",
        of: (&report.whole.code, &report.whole.name),
        rows: (partner.places.iter())
            .map(|row| SpendRow {
                code: &row.code,
                name: &row.name,
                href: place_href(site, &row.code),
                derivation: derivation_href(site, &row.code, "partner", &partner.code),
                figure: row.as_shown(),
                whole: None,
                range: None,
            })
            .collect(),
        total: (report.whole.name.clone(), total),
        whole: None,
        ranged: false,
    }
}

/// What it spent of the money of others, and others of its own.
fn paid(site: &Site, partner: &PartnerSheet) -> Markup {
    let flows = site.flows.iter().filter(|flows| flows.any_between());
    let between = flows
        .flat_map(|flows| &flows.funded)
        .filter(|flow| flow.from.code != flow.to.code);
    let (mut from, mut to) = (Vec::new(), Vec::new());
    for flow in between {
        if flow.to.code == partner.code {
            from.push((&flow.from.name, flow.shown));
        }
        if flow.from.code == partner.code {
            to.push((&flow.to.name, flow.shown));
        }
    }
    html! {
        @if !from.is_empty() || !to.is_empty() {
            h2 { "Paid by and paid to other partners" }
            @for (who, amount) in &from { p { (amount) " of what it spent was the money of " (who) "." } }
            @for (who, amount) in &to { p { (amount) " of its own money was spent by " (who) "." } }
        }
    }
}

/// The outcomes it leads on and contributes to.
fn answers_for(site: &Site, partner: &PartnerSheet) -> Markup {
    let sections = || site.outcomes.iter().map(|sheet| &sheet.section);
    let leads: Vec<&OutcomeSection> = sections()
        .filter(|section| section.lead.as_ref() == Some(&partner.name))
        .collect();
    let helps: Vec<&OutcomeSection> = sections()
        .filter(|section| section.contributing.contains(&partner.name))
        .collect();
    html! {
        @if !leads.is_empty() || !helps.is_empty() {
            h2 { "What it answers for" }
            (outcome_list("Leads on", &leads))
            (outcome_list("Contributes to", &helps))
        }
    }
}

fn outcome_list(title: &str, sections: &[&OutcomeSection]) -> Markup {
    html! {
        @if !sections.is_empty() {
            h3 { (title) }
            ul { @for section in sections { li { a href={ "outcome-" (slug(&section.code)) ".html" } { (section.name) } } } }
        }
    }
}

fn ledgers(partner: &PartnerSheet) -> Markup {
    html! {
        @if !partner.ledgers.is_empty() {
            h2 { "Where its lines come from" }
            ul {
                @for ledger in &partner.ledgers {
                    li { b { (ledger.name) } " (" (ledger.phase) "): " (counted(usize::try_from(ledger.lines).unwrap_or(usize::MAX), "line", "lines")) ", of all periods. " (ledger.source) }
                }
            }
        }
    }
}
