//! Held against the account, and the way from what was hoped for to cash.

use crate::appraisal::NotCash;
use crate::money::Pence;
use crate::report::content::{Layer, ProposalSheet};
use crate::report::dataset::{Dataset, held};
use crate::report::page::address::{derivation_href, partner_href, place_href, slug};
use crate::report::page::table::table;
use crate::report::site::Site;
use maud::{Markup, html};

/// What is spent, claimed and refused.
pub(super) fn held_against(site: &Site, name: &str, sheet: &ProposalSheet) -> (Markup, Dataset) {
    let dataset = held(name, sheet);
    let link = |row: usize| {
        let code = &sheet.held.get(row)?.code;
        let payer = sheet.payers.iter().find(|one| one.payer.code == *code)?;
        partner_href(site, code).filter(|_| payer.payer.is_partner)
    };
    let markup = html! {
        p { "Nobody saves more than it spends. Here is what each payer spends on what the proposal affects, and what it claims to save of that; what is above is refused." }
        (table(&dataset, &link))
        (spent_where(site, sheet))
    };
    (markup, dataset)
}

/// On what, for whom, where and when that is spent, with the way to the figure of the place.
fn spent_where(site: &Site, sheet: &ProposalSheet) -> Markup {
    let (period, phase) = &sheet.held_against;
    let report = &site.report;
    let is_here = *period == report.period && *phase == report.phase;
    html! {
        p {
            "Spent: " (period) ", " (phase) ", on "
            @for (i, (code, activity)) in sheet.activities.iter().enumerate() {
                @if i > 0 { ", " }
                @match derivation_href(site, &sheet.locality, "activity", code).filter(|_| is_here) {
                    Some(href) => { a href=(href) { (activity) } }
                    None => { (activity) }
                }
            }
            ", for people aged " (sheet.ages) ", in "
            @match place_href(site, &sheet.locality) {
                Some(href) => { a href={ (href) "#" (anchor(site, sheet)) } { (sheet.locality_name) } }
                None => { (sheet.locality_name) }
            }
            "."
            @if !is_here { " The pages of places tell of " (report.period) ", " (report.phase) ", so their figures are others." }
            " The page of the place has people of all ages; of them only those that the proposal is for are counted here."
        }
    }
}

/// The table of activities on the page of the place.
fn anchor(site: &Site, sheet: &ProposalSheet) -> String {
    match sheet.locality == site.report.whole.code {
        true => "index-by-activity".to_owned(),
        false => format!("place-{}-by-activity", slug(&sheet.locality)),
    }
}

/// From what is hoped for to cash: each step by its name.
pub(super) fn to_cash(sheet: &ProposalSheet) -> Markup {
    let whole = &sheet.whole;
    let off = |layer| -whole.get(layer);
    let cuts = [
        (
            "Lowered by the grades of what it rests on",
            off(Layer::Graded),
        ),
        (
            "Left to another effect that may be the same",
            off(Layer::Overlapping),
        ),
        ("Refused: more than is spent", off(Layer::Refused)),
    ];
    let freed = NotCash::ALL.map(|why| {
        let words = match why {
            NotCash::NotCashable => "Freed, and no budget can give it up",
            NotCash::BelowABlock => "Freed, and less than a block: an officer, a ward",
            NotCash::InNotice => "Freed, and in notice",
            NotCash::Locked => "Freed, and bound by contract or law, or not stated to be free",
        };
        (words, off(Layer::Freed(why)))
    });
    let steps = |steps: &[(&str, Pence)]| {
        html! {
            @for (words, sum) in steps.iter().filter(|(_, sum)| *sum != Pence::ZERO) {
                div { dt { (words) } dd { (sum) } }
            }
        }
    };
    html! {
        p { "All payers and years, as of the first year. What is freed is time and room for other people: it is worth something, and nobody can pay a bill with it. It is never added to cash." }
        dl.steps {
            div { dt { "Hoped for, before anything is taken off" } dd { (whole.hoped_for()) } }
            (steps(&cuts))
            div { dt { b { "Saved" } } dd { b { (whole.saved()) } } }
            (steps(&freed))
            div { dt { "Cash" } dd { (whole.get(Layer::Cash)) } }
        }
    }
}
