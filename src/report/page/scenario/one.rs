//! The page of one scenario.

use super::{NAME, NO_EFFECT, account, name};
use crate::disclosure::Released;
use crate::report::content::ScenarioSheet;
use crate::report::dataset::moves;
use crate::report::page::shell::Page;
use crate::report::page::table::{table, whole_workbook};
use crate::report::page::words::counted;
use crate::report::site::Site;
use maud::html;

pub(in crate::report::page) fn one(released: &Released<Site>, sheet: &ScenarioSheet) -> Page {
    let site = released.get();
    let report = &site.report;
    let name = name(sheet);
    let title = format!("Scenario {}", sheet.code);
    let moves = moves(
        &name,
        format!("{title}: what is moved, and what is not"),
        &[sheet],
    );
    let (before_after, accounts) = account::of_one(site, &name, sheet);
    let made = || sheet.moves.iter().filter(|one| one.is_made());
    let elsewhere = made().filter(|one| !one.is_in_report).count();
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › " a href={ (NAME) ".html" } { "Scenarios" } " › " (sheet.code) }
        h1 { (title) }
        p.lead { (sheet.in_words()) }
        p { (NO_EFFECT) }
        h2 { "What is moved, and what holds the rest" }
        p { "Each move is held against the account as those before it leave it: against what is spent where the money comes from, and against what is free to move by its month. One that may not be made is left out whole." }
        (table(&moves, &|_| None))
        h2 { "The account before and after" }
        p {
            (report.period) ", " (report.phase) ", inside " (report.boundary) ", as on every page here. Money that goes to another partner is paid by the one and spent by the other, and counts once: where it is spent."
            @if elsewhere > 0 { " " (counted(elsewhere, "move is", "moves are")) " of another time or of other accounts, and in none of these tables." }
        }
        (before_after)
        (whole_workbook(&name))
    };
    let mut datasets = vec![moves];
    datasets.extend(accounts);
    Page {
        title,
        body,
        datasets,
        name,
    }
}
