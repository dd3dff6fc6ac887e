//! The whole of an agreement: targets, delivery plans, what is owed, and grants.

use super::{BOARD, WHOLE, crumbs, three_facts};
use crate::disclosure::Released;
use crate::report::content::PerformanceSheet;
use crate::report::dataset::{
    actions, beside_actions, figures_owed, findings_of, grant_conditions, grants,
    grants_in_ledgers, targets,
};
use crate::report::page::shell::Page;
use crate::report::page::table::{table, whole_workbook};
use crate::report::site::Site;
use maud::html;

pub(in crate::report::page) fn whole(released: &Released<Site>, sheet: &PerformanceSheet) -> Page {
    let on = sheet.on;
    let all = targets(
        "performance-targets",
        format!("Targets as at {on}"),
        sheet.targets.iter(),
        // Who leads stands below.
        &[
            "period",
            "figure",
            "unit",
            "against_target",
            "beyond_chance",
            "change",
            "direction",
            "rating",
            "next_value",
            "next_by",
        ],
    );
    let owed = figures_owed(
        "performance-owed",
        format!("Figures not yet available, as at {on}"),
        &sheet.owed,
    );
    let plans = actions(
        "performance-actions",
        format!("Delivery plans as at {on}"),
        &sheet.actions,
    );
    let site = released.get();
    let spent = beside_actions(
        "performance-spent",
        format!(
            "Delivery plans and what is spent there, {}",
            site.report.period
        ),
        &sheet.spent,
    );
    let matched = grants_in_ledgers(
        "performance-in-ledgers",
        format!("Grants in the register and in a ledger, as at {on}"),
        &sheet.in_ledgers,
    );
    let findings = findings_of(
        "performance-findings",
        "Findings in the agreement".to_owned(),
        &sheet.findings,
    );
    let money = grants(
        "performance-grants",
        format!("Reward grants as at {on}"),
        &sheet.grants,
    );
    let conditions = grant_conditions(
        "performance-conditions",
        format!("What grants hang on, as at {on}"),
        &sheet.grants,
    );
    let title = format!("{}: targets, plans and grants", sheet.name);
    let body = html! {
        (crumbs(released.get(), "Performance"))
        h1 { (title) }
        p.lead { "As at " (on) ": what had not come by then is not told, and stands below with who owes it." }
        p { a href={ (BOARD) ".html" } { "The board's paper: what changed, what needs a decision, what is overdue" } }
        h2 { "Targets" }
        (table(&all, &|_| None))
        (three_facts(sheet))
        h2 { "Who leads, and who contributes" }
        ul {
            @for one in &sheet.targets {
                li {
                    (one.name) ": " (one.lead.1) " leads, named by "
                    @if one.named_in_law.is_empty() { "the partners" } @else { (one.named_in_law) }
                    @if !one.contributing.is_empty() { "; " (one.contributing) " contribute" }
                    ". Agreed in: " (one.source) "."
                }
            }
        }
        @if !owed.rows.is_empty() {
            h2 { "Figures not yet available" }
            (table(&owed, &|_| None))
        }
        @if !plans.rows.is_empty() {
            h2 { "Delivery plans" }
            (table(&plans, &|_| None))
        }
        @if !spent.rows.is_empty() {
            h2 { "What is spent there" }
            p {
                "What the account has in the cell of an action, " (site.report.period) ", inside " (site.report.boundary)
                ". The cell is wider than the action as a rule: it stands beside what the plan puts to it, and neither is added to the other. Phases are measures of one thing, and are never added."
            }
            (table(&spent, &|_| None))
        }
        @if !money.rows.is_empty() {
            h2 { "Reward grants" }
            p {
                "Earned, not earned and open are the whole; received is held, paid out and given back."
                @if !sheet.holds { " NOT EVERY STEP OF THIS HOLDS." }
            }
            (table(&money, &|_| None))
            (table(&conditions, &|_| None))
        }
        @if !matched.rows.is_empty() {
            h2 { "In the register and in a ledger" }
            p { "The same money, found by its reference, as far as it had moved by " (on) ". It counts once, with the sum of the ledger." }
            (table(&matched, &|_| None))
        }
        @if !findings.rows.is_empty() {
            h2 { "What is wrong or odd in the register" }
            (table(&findings, &|_| None))
        }
        (whole_workbook(WHOLE))
    };
    let datasets = [
        all, owed, plans, spent, money, conditions, matched, findings,
    ];
    Page {
        name: WHOLE.to_owned(),
        title,
        body,
        datasets: (datasets.into_iter())
            .filter(|dataset| !dataset.rows.is_empty())
            .collect(),
    }
}
