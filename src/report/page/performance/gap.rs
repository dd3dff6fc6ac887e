//! The medium term: gaps by partner and year, and what closes them.

use super::{GAP, crumbs};
use crate::disclosure::Released;
use crate::report::content::GapSheet;
use crate::report::dataset::{gap_totals, money_gaps, phases_beside, reductions};
use crate::report::page::shell::Page;
use crate::report::page::table::{table, whole_workbook};
use crate::report::site::Site;
use maud::html;

pub(in crate::report::page) fn gap(released: &Released<Site>, sheet: &GapSheet) -> Page {
    let site = released.get();
    let rows = money_gaps(
        "gap-by-partner",
        "Gap by partner and year".to_owned(),
        sheet,
    );
    let totals = gap_totals(
        "gap-totals",
        "Gap of all who state one for the same area".to_owned(),
        &sheet.totals,
    );
    let planned = reductions(
        "gap-reductions",
        "Planned reductions".to_owned(),
        &sheet.reductions,
    );
    let phases = phases_beside(
        "gap-phases",
        format!("Budget, forecast and outturn, {}", site.report.period),
        &sheet.phases,
    );
    let body = html! {
        (crumbs(site, "Medium-term gap"))
        h1 { "Medium-term gap: what partners are short of, and what closes it" }
        h2 { "By partner and year" }
        (table(&rows, &|_| None))
        @for note in &sheet.notes { p { (note) } }
        h2 { "Of all who cover the same area" }
        p {
            "Gaps of different areas are never added. Who states none is named: it is not in the total, and may be short all the same."
            @if !sheet.holds { " NOT EVERY STEP OF THIS HOLDS." }
        }
        (table(&totals, &|_| None))
        @if !planned.rows.is_empty() {
            h2 { "What is planned to close it" }
            p { "What falls on another partner closes one gap and opens another." }
            (table(&planned, &|_| None))
        }
        @if !phases.rows.is_empty() {
            h2 { "Budget, forecast and outturn, side by side" }
            p { "Three measures of one thing, never added; " (site.report.period) ", inside " (site.report.boundary) ". Where months differ, that is said, and the one is no saving on the other." }
            (table(&phases, &|_| None))
        }
        (whole_workbook(GAP))
    };
    let datasets = [rows, totals, planned, phases];
    Page {
        name: GAP.to_owned(),
        title: "Medium-term gap".to_owned(),
        body,
        datasets: (datasets.into_iter())
            .filter(|dataset| !dataset.rows.is_empty())
            .collect(),
    }
}
