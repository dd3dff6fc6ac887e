//! A question, its cells and its figures in words: what was asked, the keys of rows, and what must
//! be said with them.

use crate::axis::{Flexibility, LocalityId, MemberId, Period, Placed, Resource, Tree};
use crate::cube::ask::answer::KeyPart;
use crate::cube::ask::plan::{
    Cell, CellKind, Drill, Memorandum, OwnCode, Plan, TimeCell, TimeKind,
};
use crate::cube::ask::whereabouts::{Whereabouts, whereabouts};
use crate::driver::{Basis, SharingRule};
use std::collections::{BTreeMap, BTreeSet};

/// The question in words, axis by axis.
pub fn question(plan: &Plan<'_>) -> BTreeMap<String, String> {
    let (cut, slice) = (&plan.cut, &plan.slice);
    let mut words = BTreeMap::new();
    let mut say = |axis: &str, members: &[String]| {
        if !members.is_empty() {
            words.insert(axis.to_owned(), members.join(", "));
        }
    };
    say("partner", cut.partners);
    say("activity", cut.activities);
    say("group", cut.groups);
    say("tag", cut.tags);
    say("locality", cut.localities);
    let ages: Vec<String> = cut.ages.iter().map(ToString::to_string).collect();
    say("ages", &ages);
    say("period", &[slice.period.to_string()]);
    say("phase", &[slice.phase.to_string()]);
    say("boundary", &[slice.inside.name().to_owned()]);
    if slice.resource != Resource::Cash {
        say("resource", &[slice.resource.to_string()]);
    }
    words
}

/// What must be said with the figures.
pub fn notes(
    plan: &Plan<'_>,
    two_bases: bool,
    memoranda: &dyn Fn(Memorandum) -> bool,
) -> Vec<String> {
    let (place, slice) = (plan.cube.place(), &plan.slice);
    let mut notes: Vec<String> = (slice.months.iter())
        .flat_map(|months| months.sentences())
        .collect();
    notes.push(if place.counterparties().flows().is_empty() {
        "Gross of payments between partners: no rule of the pack recognises them, and what one body pays another may stand in both their figures.".to_owned()
    } else {
        format!(
            "Boundary: {}. What one insider pays another is eliminated where the ledgers of both are held and go as far, and counts where it is finally spent.",
            slice.inside.name()
        )
    });
    let partners = &place.axes().partners;
    for terms in place.transfers() {
        let both = slice.inside.contains(terms.payer) && slice.inside.contains(terms.payee);
        if let (true, Some(why)) = (both, &terms.within_payer_total) {
            notes.push(format!(
                "What {} has from {} is eliminated although no line of the payer names it: {why}.",
                partners.get(terms.payee).name,
                partners.get(terms.payer).name
            ));
        }
    }
    if memoranda(Memorandum::Unheld) {
        notes.push("Part of the total was paid to insiders whose ledgers are not held, or end before; what they did with it is not known.".to_owned());
    }
    if slice.resource != Resource::Cash {
        notes.push(format!("In kind ({}), not cash.", slice.resource));
    }
    if slice.resource != Resource::Cash || memoranda(Memorandum::InKind) {
        for ledger in place
            .ledgers()
            .iter()
            .filter(|ledger| !ledger.basis.is_empty())
        {
            notes.push(format!(
                "In kind, as valued in “{}”: {}.",
                ledger.name, ledger.basis
            ));
        }
    }
    let masked = |axis: &Drill| matches!(axis, Drill::Code(codes) if codes.are_masked());
    if plan.is_drilled(masked) {
        notes.push("Letters of codes that may be payees are shown as x, because a payee may be a person; codes that look alike then are one row. `counterparty` tells apart the payees that are partners.".to_owned());
    }
    if two_bases {
        notes.push("Adds two kinds of shares: some money is shared by where people live, and tells whom it is for; some by where it happens, and tells where it is spent. The rules of the pack say which.".to_owned());
    }
    if slice.period.financial_years().len() > 1 {
        notes.push("Nominal: pounds of several years are added as they were recorded.".to_owned());
    }
    notes.extend(place.notes().iter().cloned());
    notes
}

/// Of partners of whom nothing is recorded in the slice, what is recorded and where.
pub fn elsewhere(plan: &Plan<'_>, partners: &[MemberId]) -> Vec<String> {
    let place = plan.cube.place();
    let localities = &place.axes().localities;
    let here: Vec<&str> = (plan.cut.localities.iter())
        .filter_map(|code| localities.find(code).ok())
        .map(|locality| localities.name(locality))
        .collect();
    let here = if here.is_empty() {
        place.name().to_owned()
    } else {
        here.join(", ")
    };
    let found = whereabouts(plan, partners);
    let words = |(&partner, found): (&MemberId, Whereabouts)| {
        let words = found.in_words(&here, place)?;
        let name = &place.axes().partners.get(partner).name;
        Some(format!("Of {name}: {words}."))
    };
    partners.iter().zip(found).filter_map(words).collect()
}

/// What the drivers follow that may share money of the slice, as far as the pack says: where people
/// live, where it happens, or both.
pub fn bases(plan: &Plan<'_>) -> BTreeSet<Basis> {
    let (place, sharing, slice) = (plan.cube.place(), plan.cube.sharing(), &plan.slice);
    let basis = |rule: &SharingRule| place.drivers()[rule.driver].basis();
    let any: BTreeSet<Basis> = sharing.rules().iter().filter_map(basis).collect();
    // Seldom more than one, and then members need not be looked through.
    if any.len() < 2 {
        return any;
    }
    let axes = place.axes();
    let asked = |members: &Option<Vec<MemberId>>, tree: &Tree, found: Placed<MemberId>| {
        members.as_ref().is_none_or(|members| {
            let found = found.member();
            found.is_some_and(|found| members.iter().any(|&member| tree.contains(member, found)))
        })
    };
    let matters = plan.cube.records().parts.matters.iter().filter(|matter| {
        (matter.phase, matter.resource) == (slice.phase, slice.resource)
            && asked(&slice.partners, &axes.partners, matter.partner)
    });
    let mut found = BTreeSet::new();
    for matter in matters {
        for &(activity, _) in &place.mixes().get(matter.activity).parts {
            if !asked(&slice.activities, &axes.activities, activity) {
                continue;
            }
            let (partner, activity) = (matter.partner.member(), activity.member());
            let rule = sharing.rule(partner, activity, Some(slice.period), &axes.activities);
            found.extend(rule.and_then(basis));
            if found == any {
                return found;
            }
        }
    }
    found
}

/// `Q1 2017-18`.
fn quarter(span: Period) -> String {
    let years = span.financial_years();
    let year = years.first().copied().unwrap_or(span);
    let before = year.before(span).map_or(0, Period::months);
    format!("Q{} {year}", before / 3 + 1)
}

/// A time of which nobody says how it lies in months: `2017-18 as a whole: not told by month`.
fn whole_time(time: Period, asked: Period, kind: TimeKind) -> String {
    let part = if asked.contains(time) {
        "as a whole".to_owned()
    } else {
        // A longer time is in the slice with its days there.
        let within = time.intersection(asked).unwrap_or(asked);
        format!("as a whole, its days of {within}")
    };
    let span = match kind {
        TimeKind::Months => "month",
        TimeKind::Quarters => "quarter",
        TimeKind::Years => "year",
    };
    format!("{time} {part}: not told by {span}")
}

/// A cell in words.
pub fn key_part(plan: &Plan<'_>, axis: &Drill, cell: Cell) -> KeyPart {
    let axes = plan.cube.place().axes();
    let part = |code: &str, name: &str| KeyPart {
        axis: axis.axis().to_owned(),
        code: code.to_owned(),
        name: name.to_owned(),
    };
    let number = match cell.kind() {
        CellKind::Member(number) => number,
        CellKind::Rest => return part("elsewhere", "elsewhere in the slice"),
        CellKind::Nobody => return part("nobody", "(no partner)"),
        CellKind::Gap(gap) => {
            return part(gap.name(), &format!("({})", gap.name().replace('-', " ")));
        }
    };
    match axis {
        Drill::Partner | Drill::Role(..) | Drill::Counterparty => {
            let member = axes.partners.get(MemberId(number));
            part(&member.code, &member.name)
        }
        Drill::Activity(level) => {
            let member = axes.activities.get(MemberId(number));
            let coarser = level.as_ref().is_some_and(|level| *level != member.level);
            let note = if coarser { " (not broken down)" } else { "" };
            part(&member.code, &format!("{}{note}", member.name))
        }
        Drill::Group(_) => {
            let member = axes.groups.get(MemberId(number));
            part(&member.code, &member.name)
        }
        Drill::Locality(_) => {
            let locality = LocalityId(number);
            part(
                axes.localities.code(locality),
                axes.localities.name(locality),
            )
        }
        Drill::Ages(bands) => {
            let band = bands[number as usize].to_string();
            part(&band, &band)
        }
        Drill::Flexibility => {
            let flexibility = Flexibility::unpacked(number).to_string();
            part(&flexibility, &flexibility.replace('-', " "))
        }
        Drill::Labels(labels) => {
            let (code, name) = labels.named(number, &axes.tags);
            part(code, name)
        }
        Drill::Ledger(ledgers) => {
            let (code, name) = ledgers.at(number);
            part(code, name)
        }
        Drill::Code(codes) => match codes.at(number) {
            OwnCode::Text(text) => part(text, text),
            OwnCode::Empty => part("", "(left empty)"),
            OwnCode::NotNamed => part("", &format!("(the ledger has no code `{}`)", codes.name())),
        },
        Drill::Times(times) => match times.at(number) {
            Some(TimeCell::Span(span)) if times.kind() == TimeKind::Quarters => {
                part(&span.to_string(), &quarter(span))
            }
            Some(TimeCell::Span(span)) => part(&span.to_string(), &span.to_string()),
            Some(TimeCell::Whole(time)) => {
                let name = whole_time(time, plan.slice.period, times.kind());
                part(&time.to_string(), &name)
            }
            None => part("", ""),
        },
    }
}
