//! Place plans: all places, a page a place, and what pages of places and partners say of them.

mod money;
mod one;
mod all;

pub(super) use all::all;
pub(super) use one::one;

use super::address::slug;
use super::words::counted;
use crate::money::Pence;
use crate::report::content::{PlaceOfPlan, PlanTotal, PlansSheet, PriorityShown};
use crate::report::site::Site;
use maud::{Markup, html};

/// The page of all plans.
const NAME: &str = "plans";

/// What no page of a plan leaves out.
const ONCE: &str = "Secured is all that was promised, whatever became of it since: received is a part of it, and what was set aside, spent or given back a part of that. No pound stands in two of these at the end of a day.";

/// How the places in which money can be add up.
const ADDS_UP: &str = "Every pound in one place: secured and above it = not due + due + received, and received + paid ahead = held for nobody yet + set aside + transferred + spent + given back. What is nowhere is left off.";

/// The name of the page of a place.
fn name(code: &str) -> String {
    format!("plan-{}", slug(code))
}

/// Where the page of a place lies.
fn href(code: &str) -> String {
    format!("{}.html", name(code))
}

/// How many priorities, what they cost, what they have and lack.
fn in_words(priorities: &[&PriorityShown], total: &PlanTotal) -> String {
    let number =
        |is: &dyn Fn(&PriorityShown) -> bool| priorities.iter().filter(|one| is(one)).count();
    let estimated = number(&|one| one.priority.cost.is_some());
    let mut words = counted(priorities.len(), "priority", "priorities");
    words.push_str(&match (estimated, priorities.len() - estimated) {
        (0, _) => ". Nobody has estimated a cost".to_owned(),
        (_, 0) => format!(", estimated to cost {}", total.cost),
        (some, none) => format!(
            ", of which {some} {} estimated to cost {}, and {none} {} no estimate in pounds",
            if some == 1 { "is" } else { "are" },
            total.cost,
            if none == 1 { "has" } else { "have" }
        ),
    });
    words.push_str(&format!(
        ". Secured {}, received {}, spent {}.",
        total.funds.secured, total.funds.received, total.funds.spent
    ));
    if total.gap > Pence::ZERO {
        words.push_str(&format!(" The gap is {}.", total.gap));
    }
    words
}

/// Priorities in a place and in all that lies in it.
pub(super) fn in_place(site: &Site, code: &str, place: &str) -> Markup {
    let Some(sheet) = &site.plans else {
        return html! {};
    };
    let here = sheet.inside(code);
    html! {
        @if !here.is_empty() {
            h2 { "What " (place) " wants" }
            ul { @for one in here { li { (line(one)) } } }
            p { a href={ (NAME) ".html" } { "Every place's plan, and who pays for it" } }
        }
    }
}

/// Priorities that a partner leads.
pub(super) fn of_partner(site: &Site, code: &str) -> Markup {
    let priorities = site.plans.iter().flat_map(|sheet| &sheet.priorities);
    let led: Vec<&PriorityShown> = priorities
        .filter(|one| one.lead.as_ref().is_some_and(|(lead, _)| lead == code))
        .collect();
    html! {
        @if !led.is_empty() {
            h2 { "Priorities of places that it leads" }
            ul { @for one in led { li { (line(one)) } } }
        }
    }
}

/// One priority in a line, with the way to its plan.
fn line(one: &PriorityShown) -> Markup {
    html! {
        a href=(href(&one.place.0)) { (one.priority.name) }
        " (" (one.place.1) ", " (one.priority.level.to_string()) ", " (one.priority.progress.to_string()) ")"
        @if let Some(cost) = one.priority.cost { ": estimated cost " (cost) }
        @if let Some(gap) = one.gap.filter(|gap| *gap > Pence::ZERO) { ", gap " (gap) }
        @for units in &one.units {
            @if let Some(wanted) = units.wanted { ": " (wanted) " " (units.unit) " wanted, " (units.secured) " secured" }
        }
        "."
    }
}

/// The place of a page of plans among its neighbours.
fn crumbs(site: &Site, place: Option<&PlaceOfPlan>) -> Markup {
    html! {
        p.crumbs {
            a href="index.html" { (site.report.whole.name) } " › "
            @match place {
                None => { "Place plans" }
                Some(place) => { a href={ (NAME) ".html" } { "Place plans" } " › " (place.name) }
            }
        }
    }
}

/// At the end of which day, and what must be said with it.
fn as_at(sheet: &PlansSheet) -> Markup {
    html! {
        p { "Money as it stands at the end of " (sheet.on) ". " (ONCE) }
        @for note in &sheet.notes { p { (note) } }
    }
}
