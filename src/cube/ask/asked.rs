//! A question as a text that is the same for all who ask the same.

use super::plan::{By, Drill, Plan};
use crate::axis::{MemberId, Tree};
use std::fmt::{Display, Write};

/// The members that a plan asks for, by their codes in the order of the pack; and its axes in their order.
pub fn asked(plan: &Plan<'_>, by: &[By]) -> String {
    let (place, slice) = (plan.cube.place(), &plan.slice);
    let axes = place.axes();
    let mut text = String::new();
    let mut say = |axis: &str, members: Vec<String>| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{axis}={};", members.join(","));
    };
    let mut named = |axis: &str, members: &Option<Vec<MemberId>>, tree: &Tree| {
        if let Some(members) = members {
            say(axis, in_order(members, tree));
        }
    };
    named("partner", &slice.partners, &axes.partners);
    named("activity", &slice.activities, &axes.activities);
    named("group", &slice.groups, &axes.groups);
    named("tag", &slice.tag.map(|tag| vec![tag]), &axes.tags);
    if let Some(ages) = &slice.ages {
        say("ages", texts(ages));
    }
    if slice.leaves.is_some() {
        let localities = plan.cut.localities.iter();
        let found = localities.filter_map(|text| axes.localities.find_named(text).ok());
        let mut found: Vec<_> = found.collect();
        found.sort_unstable();
        let codes = found
            .iter()
            .map(|&one| axes.localities.code(one).to_owned());
        say("locality", codes.collect());
    }
    say("period", vec![slice.period.to_string()]);
    say("phase", vec![slice.phase.to_string()]);
    say("resource", vec![slice.resource.to_string()]);
    let inside = &slice.inside;
    if inside.is_everybody() {
        say("boundary", vec!["everybody".to_owned()]);
    } else {
        let insiders = axes.partners.iter().filter(|(id, _)| inside.contains(*id));
        let codes = insiders.map(|(_, member)| member.code.clone());
        say("boundary", codes.collect());
    }
    if plan.cube.sharing() != place.sharing() {
        let rules = plan.cube.sharing().rules().iter();
        let rules = rules.map(|rule| format!("{} by {}", rule.text, rule.driver));
        say("sharing", rules.collect());
    }
    let ages = plan.drill.iter().find_map(|axis| match axis {
        Drill::Ages(bands) => Some(bands.as_slice()),
        _ => None,
    });
    let by = by.iter().map(|by| match by {
        By::Ages(_) => format!("ages@{}", texts(ages.unwrap_or_default()).join("/")),
        by => axis(by),
    });
    say("by", by.collect());
    text
}

fn in_order(members: &[MemberId], tree: &Tree) -> Vec<String> {
    let mut members = members.to_vec();
    members.sort_unstable();
    let code = |member: &MemberId| tree.get(*member).code.clone();
    members.iter().map(code).collect()
}

fn texts(all: &[impl Display]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

/// An axis as questions name it.
fn axis(by: &By) -> String {
    let at = |axis: &str, level: &Option<String>| match level {
        Some(level) => format!("{axis}@{level}"),
        None => axis.to_owned(),
    };
    match by {
        By::Partner => "partner".to_owned(),
        By::Funder => "funder".to_owned(),
        By::Commissioner => "commissioner".to_owned(),
        By::Deliverer => "deliverer".to_owned(),
        By::Counterparty => "counterparty".to_owned(),
        By::Activity(level) => at("activity", level),
        By::Ages(_) => "ages".to_owned(),
        By::Group(level) => at("group", level),
        By::Locality(level) => format!("locality@{level}"),
        By::FinancialYear => "year".to_owned(),
        By::Quarter => "quarter".to_owned(),
        By::Month => "month".to_owned(),
        By::Flexibility => "flexibility".to_owned(),
        By::Mode => "mode".to_owned(),
        By::Tag(level) => format!("tag@{level}"),
        By::Ledger => "ledger".to_owned(),
        By::Code(name) => at("code", name),
    }
}
