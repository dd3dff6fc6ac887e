//! A board paper: one page, for paper too.

use super::{BOARD, WHOLE, crumbs, three_facts};
use crate::disclosure::Released;
use crate::report::content::PerformanceSheet;
use crate::report::dataset::{changes, decisions, overdue, surveys, targets, work_plan};
use crate::report::page::shell::Page;
use crate::report::page::table::{table, whole_workbook};
use crate::report::page::words::counted;
use crate::report::site::Site;
use maud::html;

pub(in crate::report::page) fn board(released: &Released<Site>, sheet: &PerformanceSheet) -> Page {
    let (since, on) = (sheet.since, sheet.on);
    let waits = decisions(
        "board-to-decide",
        format!("For decision on {on}"),
        &sheet.to_decide,
    );
    let changed = changes(
        "board-changes",
        format!("What changed from {since} to {on}"),
        &sheet.changes,
    );
    let decided = decisions(
        "board-decided",
        format!("Decided since {since}"),
        &sheet.decided,
    );
    let late = overdue("board-overdue", format!("Overdue on {on}"), &sheet.overdue);
    let headline = targets(
        "board-headline",
        format!("Headline targets as at {on}"),
        sheet.targets.iter().filter(|one| one.is_headline),
        &[
            "lead",
            "period",
            "figure",
            "unit",
            "against_target",
            "change",
            "direction",
            "rating",
        ],
    );
    let users = surveys(
        "board-users",
        format!("What service users say, as at {on}"),
        &sheet.surveys,
    );
    let work = work_plan("board-work-plan", "Work plan".to_owned(), &sheet.work_plan);
    let title = format!("{}: paper for the board of {on}", sheet.name);
    let some = |rows: usize, one: &str, several: &str| match rows {
        0 => format!("no {one}"),
        rows => counted(rows, one, several),
    };
    let body = html! {
        (crumbs(released.get(), "Board paper"))
        h1 { (title) }
        p.lead {
            (some(waits.rows.len(), "decision", "decisions")) " to make, "
            (some(changed.rows.len(), "change", "changes")) " since " (since) ", "
            (some(late.rows.len(), "thing", "things")) " overdue."
        }
        @for (heading, dataset, none) in [
            ("What needs a decision", &waits, "Nothing."),
            ("What changed since the last meeting", &changed, "Nothing that the agreement knows of."),
            ("What the board decided", &decided, "Nothing since then."),
            ("What is overdue", &late, "Nothing."),
            ("Headline targets", &headline, "No target is in the headline."),
            ("What service users say", &users, "Nobody was asked."),
            ("The year's work", &work, "No meeting is planned."),
        ] {
            h2 { (heading) }
            @if dataset.rows.is_empty() { p { (none) } }
            @else { (table(dataset, &|_| None)) }
        }
        @if !users.rows.is_empty() {
            p { "Intervals of what service users say are of chance in who was asked, and of nothing else. Nobody's silence is adjusted for: beside the percentage of those who answered stands between what it lies of all who were asked, whatever those would have said who did not answer (worst-case bounds, Manski 2003)." }
            ul {
                @for one in &sheet.surveys {
                    li {
                        (one.standing.name) ", " (one.standing.period) ": "
                        @match &one.standing.non_response {
                            Some(silent) => { (silent) }
                            None => { "nobody says how many were asked" }
                        }
                        "."
                    }
                }
            }
        }
        (three_facts(sheet))
        p { a href={ (WHOLE) ".html" } { "The whole agreement: every target, delivery plans and grants" } }
        (whole_workbook(BOARD))
    };
    let datasets = [waits, changed, decided, late, headline, users, work];
    Page {
        name: BOARD.to_owned(),
        title,
        body,
        datasets: (datasets.into_iter())
            .filter(|dataset| !dataset.rows.is_empty())
            .collect(),
    }
}
