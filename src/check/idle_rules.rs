//! What a pack says and no line meets.
//!
//! A rule that meets nothing is harmless today and wrong tomorrow: a code that was misspelt, a
//! driver that somebody thinks is in use. What is found while ledgers are read (crosswalk rows,
//! counterparties, replacements, excluded texts) is a finding already and is repeated here; what only the whole
//! account shows is looked for.

use super::counted_lines::CountedLines;
use crate::account::PlaceAccount;
use crate::axis::{MemberId, Period, Placed, Tree};
use crate::driver::Sharing;
use crate::finding::FindingGroup;
use crate::money::with_separators;
use crate::place::Place;
use crate::text::list;
use serde::Serialize;
use std::collections::BTreeSet;

/// Something that a pack says and no line meets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct IdleRule {
    /// What it is: `sharing rule`, `driver`, `activities`.
    pub what: &'static str,
    /// Which, as the pack writes it.
    pub which: String,
    /// What it does not meet.
    pub why: String,
}

/// Partner, activity and period of some line, as sharing rules see it.
type Shared = (Option<MemberId>, Option<MemberId>, Option<Period>);

pub(super) fn idle_rules(account: &PlaceAccount, counted: &CountedLines) -> Vec<IdleRule> {
    let place = account.place();
    let mut idle = told(account);
    let shared: BTreeSet<Shared> = (counted.kinds())
        .flat_map(|kind| {
            let parts = place.mixes().get(kind.mix).parts.iter();
            parts.map(|(part, _)| (kind.partner.member(), part.member(), kind.period.member()))
        })
        .collect();
    let used = sharing(place, &shared, &mut idle);
    drivers(place, &used, &mut idle);
    boundaries(place, &shared, &mut idle);
    let activities = shared.iter().filter_map(|(_, activity, _)| *activity);
    let without = |what, tree: &Tree, used: BTreeSet<MemberId>| members(what, tree, &used);
    idle.extend(without(
        "activities",
        &place.axes().activities,
        activities
            .chain(place.in_kind().iter().map(|given| given.activity))
            .collect(),
    ));
    idle.extend(without(
        "partners",
        &place.axes().partners,
        partners(account, counted),
    ));
    idle
}

/// What was found while ledgers were read.
fn told(account: &PlaceAccount) -> Vec<IdleRule> {
    const ENDINGS: [&str; 4] = [
        "-matches-nothing",
        "-never-used",
        "-always-beaten",
        "-in-no-file",
    ];
    let found = (account.findings().iter())
        .filter(|finding| ENDINGS.iter().any(|ending| finding.rule.ends_with(ending)));
    let what = |rule: &str| match rule.split('-').next() {
        Some("counterparty") => "counterparty rule",
        Some("crosswalk") => "crosswalk row",
        Some("replacement") => "replacement",
        Some("excluded") => "excluded",
        Some("heading") => "heading of a layout",
        Some("where") => "where_not",
        _ => "rule",
    };
    (FindingGroup::all(found).iter())
        .map(|group| {
            let lead = group.lead();
            let more = match group.count() {
                1 => String::new(),
                count => format!("; {} more like it", with_separators(count - 1)),
            };
            IdleRule {
                what: what(&lead.rule),
                which: lead.position.to_string(),
                why: format!("{}{more}", lead.found),
            }
        })
        .collect()
}

/// Sharing rules by which no line is shared; gives the numbers of the drivers of the others.
fn sharing(place: &Place, shared: &BTreeSet<Shared>, idle: &mut Vec<IdleRule>) -> BTreeSet<usize> {
    let own = place.sharing();
    let met = met(own, shared, place);
    let mut drivers = BTreeSet::new();
    for (rule, met) in own.rules().iter().zip(met) {
        if met {
            drivers.insert(rule.driver);
        } else if !rule.takes_all() {
            idle.push(IdleRule {
                what: "sharing rule",
                which: rule.text.clone(),
                why: "no line is shared by it".to_owned(),
            });
        }
    }
    for alternative in place.alternatives() {
        // Behind its own rules stand those of the pack.
        let rules = alternative.sharing.rules();
        let first = rules.len() - own.rules().len();
        let met = self::met(&alternative.sharing, shared, place);
        for (rule, met) in rules[..first].iter().zip(met) {
            if met {
                drivers.insert(rule.driver);
            } else {
                idle.push(IdleRule {
                    what: "alternative",
                    which: format!("{}: {}", alternative.code, rule.text),
                    why: "no line is shared by it".to_owned(),
                });
            }
        }
    }
    drivers
}

/// Of each rule whether some line is shared by it.
fn met(sharing: &Sharing, shared: &BTreeSet<Shared>, place: &Place) -> Vec<bool> {
    let mut met = vec![false; sharing.rules().len()];
    let activities = &place.axes().activities;
    for &(partner, activity, period) in shared {
        let rule = sharing.rule(partner, activity, period, activities);
        let number = rule
            .and_then(|rule| (sharing.rules().iter()).position(|other| std::ptr::eq(other, rule)));
        number.into_iter().for_each(|number| met[number] = true);
    }
    met
}

/// Drivers by which no line is shared, and that nothing else needs.
fn drivers(place: &Place, used: &BTreeSet<usize>, idle: &mut Vec<IdleRule>) {
    let residents = place.residents().map(|driver| driver.code());
    let named: BTreeSet<&str> = place
        .drivers()
        .iter()
        .filter_map(|one| one.ages_of())
        .collect();
    for (number, driver) in place.drivers().iter().enumerate() {
        let needed = used.contains(&number)
            || residents == Some(driver.code())
            || named.contains(driver.name());
        if !needed {
            idle.push(IdleRule {
                what: "driver",
                which: driver.code().to_owned(),
                why: "no line is shared by it, nor are residents counted by it".to_owned(),
            });
        }
    }
}

/// Sets of partners none of whom has a line of a ledger.
fn boundaries(place: &Place, shared: &BTreeSet<Shared>, idle: &mut Vec<IdleRule>) {
    let partners = &place.axes().partners;
    let with_lines: BTreeSet<MemberId> = shared.iter().filter_map(|(own, ..)| *own).collect();
    for set in place.boundaries() {
        let mut inside = (set.members.iter()).flat_map(|&top| partners.branch(top));
        if !inside.any(|partner| with_lines.contains(&partner)) {
            idle.push(IdleRule {
                what: "boundary",
                which: set.code.clone(),
                why: "no partner inside it has a line of a ledger".to_owned(),
            });
        }
    }
}

/// Partners whose lines are held, who are paid or pay by a rule, or who give in kind.
fn partners(account: &PlaceAccount, counted: &CountedLines) -> BTreeSet<MemberId> {
    let place = account.place();
    let flows = place.counterparties().flows();
    let mut used: BTreeSet<MemberId> = BTreeSet::new();
    for kind in counted.kinds() {
        used.extend(match kind.partner {
            Placed::On(partner) => Some(partner),
            Placed::Gap(_) => None,
        });
        if let Some(flow) = flows.get(kind.flow) {
            used.extend(flow.parts.iter().map(|(other, _)| *other));
        }
    }
    let recognised = account.recognised().iter();
    used.extend(recognised.filter_map(|rule| place.axes().partners.find(&rule.partner).ok()));
    used.extend(place.in_kind().iter().map(|given| given.partner));
    used
}

/// The tops of branches in which no line is.
fn members(what: &'static str, tree: &Tree, used: &BTreeSet<MemberId>) -> Option<IdleRule> {
    /// How many are named.
    const NAMED: usize = 8;
    let in_branch = |top: MemberId| {
        used.range(top..)
            .next()
            .is_some_and(|&m| tree.contains(top, m))
    };
    let empty = |(member, _): &(MemberId, _)| !in_branch(*member);
    let tops: Vec<&str> = (tree.iter().filter(empty))
        .filter(|(member, _)| tree.parent(*member).is_none_or(in_branch))
        .map(|(_, member)| member.code.as_str())
        .collect();
    (!tops.is_empty()).then(|| IdleRule {
        what,
        which: list(
            &tops[..tops.len().min(NAMED)],
            tops.len().saturating_sub(NAMED),
        ),
        why: "no line is on any of them, or below".to_owned(),
    })
}
