//! How money reaches people: directly provided, commissioned, granted, pooled, or paid to people themselves.

use super::bars::bars_of;
use super::shell::Page;
use super::spending::{SpendRow, SpendTable, spend};
use super::table::{downloads, table, whole_workbook};
use super::words::{self, counted};
use crate::disclosure::Released;
use crate::report::content::{CrossedModes, ModesSheet, Shown};
use crate::report::dataset::{Dataset, modes_within};
use crate::report::site::Site;
use maud::{Markup, html};

/// The page's file.
const NAME: &str = "modes";

/// The page.
pub(super) fn page(released: &Released<Site>, sheet: &ModesSheet) -> Page {
    let report = &released.get().report;
    let rows = sheet.modes.iter().map(|row| SpendRow {
        code: &row.code,
        name: &row.name,
        href: None,
        derivation: None,
        figure: row.as_shown(),
        whole: None,
        range: None,
    });
    let by_mode = SpendTable {
        name: "modes-whole".to_owned(),
        title: format!(
            "{} by how it reaches people, {}",
            report.whole.name, report.period
        ),
        axis: "mode",
        of: (&report.whole.code, &report.whole.name),
        rows: rows.collect(),
        total: ("Total".to_owned(), &sheet.total),
        whole: None,
        ranged: false,
    };
    let (markup, dataset) = spend(released, &by_mode);
    let title = format!("How money reaches people in {}", report.whole.name);
    let picture = bars_of(&by_mode, "modes-picture", &title);
    let mut datasets = vec![dataset];
    let sections: Vec<Markup> = (sheet.crossed.iter())
        .map(|crossed| section(released, sheet, crossed, &mut datasets))
        .collect();
    let something = sheet.modes.iter().any(|row| !row.as_shown().is_nothing());
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › How money reaches people" }
        h1 { "How money reaches people" }
        p.lead { (in_words(&sheet.of_whole(), &report.whole.name, &report.period)) }
        p { "By the way in which the pack says that it does: directly provided by a body itself, commissioned from another, granted, pooled, or paid to people who choose for themselves. Every sum stands in one row: what is two ways at once, and what nobody says it of, have rows of their own, so that the rows are all that is spent." }
        @if something { (picture) }
        (markup)
        @for section in sections { (section) }
        (whole_workbook(NAME))
    };
    Page {
        name: NAME.to_owned(),
        title: "How money reaches people".to_owned(),
        body,
        datasets,
    }
}

/// Headings by axis.
fn heading(axis: &str) -> &'static str {
    match axis {
        "activity" => "What is bought in which way",
        "partner" => "Who uses which way",
        "place" => "Where money comes in which way",
        _ => "For whom in which way",
    }
}

/// Modes crossed with another axis: on the page what somebody says a mode of, in the files all of it.
fn section(
    released: &Released<Site>,
    sheet: &ModesSheet,
    crossed: &CrossedModes,
    datasets: &mut Vec<Dataset>,
) -> Markup {
    let report = &released.get().report;
    let title = format!(
        "{} by {} and how it reaches people, {}",
        report.whole.name, crossed.axis, report.period
    );
    let whole = modes_within(
        format!("{NAME}-by-{}", crossed.axis),
        title,
        (report, released.terms()),
        crossed,
    );
    // The page leaves out members of which nobody says a mode: they are in the table to take away.
    let mut on_page = whole.clone();
    let kept = crossed.rows.iter().zip(&whole.rows).filter(|(row, _)| {
        !row.figure.is_nothing() && !sheet.within(crossed.axis, &row.member.code).is_empty()
    });
    on_page.rows = kept.map(|(_, cells)| cells.clone()).collect();
    let members = |all: &Dataset| {
        let mut names: Vec<_> = all.rows.iter().filter_map(|row| row.first()).collect();
        names.dedup();
        names.len()
    };
    let left_out = members(&whole) - members(&on_page);
    let markup = html! {
        h2 { (heading(crossed.axis)) }
        @if on_page.rows.is_empty() {
            p { "Nobody says it of anything." }
            (downloads(&whole))
        } @else {
            (table(&on_page, &|_| None))
            @if left_out > 0 {
                p.downloads { "Of " (counted(left_out, "other", "others")) " nobody says how their money reaches people, or nothing is recorded; they are in the files." }
            }
        }
    };
    datasets.push(whole);
    markup
}

/// `Commissioned £2.00; direct payments £1.00; of £3.00 nobody says it.`
fn in_words(modes: &[(&str, Shown)], of: &str, period: &str) -> String {
    let each = modes.iter().map(|(mode, sum)| format!("{mode} {sum}"));
    let each: Vec<String> = each.collect();
    match each.is_empty() {
        true => format!("Nothing is recorded for {of} in {period}."),
        false => format!("What is spent in {of} in {period}: {}.", each.join("; ")),
    }
}

/// The ways in which money reaches a place.
pub(super) fn in_place(site: &Site, code: &str, name: &str) -> Markup {
    let Some(sheet) = &site.modes else {
        return html! {};
    };
    let modes = match code == site.report.whole.code {
        true => sheet.of_whole(),
        false => sheet.within("place", code),
    };
    listed(&modes, &format!("How money reaches people in {name}"))
}

/// The ways in which a partner's money reaches people.
pub(super) fn of_partner(site: &Site, code: &str) -> Markup {
    let modes = (site.modes.as_ref()).map(|sheet| sheet.within("partner", code));
    listed(&modes.unwrap_or_default(), "How its money reaches people")
}

fn listed(modes: &[(&str, Shown)], heading: &str) -> Markup {
    html! {
        @if !modes.is_empty() {
            h2 { (heading) }
            ul { @for (mode, sum) in modes { li { (mode) ": " (words::sum(*sum)) } } }
            p { a href={ (NAME) ".html" } { "How money reaches people, by what it is spent on, by whom and where" } }
        }
    }
}
