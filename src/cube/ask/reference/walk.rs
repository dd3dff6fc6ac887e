//! One pass over the records: what of each lies in which row, and how that is known.
//!
//! What answers are judged by, and what explains them: no record is left out for being far from the
//! slice, none is added to another, and every share is an exact fraction.

use super::lines::{self, LineRecord};
use super::rules::{self, Days};
use crate::account::Standing;
use crate::axis::{Evidence, Period, Placed};
use crate::crosswalk::Coding;
use crate::cube::Record;
use crate::cube::ask::plan::{Cell, Drill, Fate, Lines, Plan, SharedRegion, Sharer};
use crate::cube::parts::Region;
use crate::money::{Exact, Pence};
use std::collections::HashMap;
use std::rc::Rc;

/// One piece of one record, with the ratios that make it.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    pub record: &'a Record,
    pub number: usize,
    pub key: &'a [Cell],
    pub fate: Fate,
    pub standing: Standing,
    /// Part of a payment that a conduit passes on in part.
    pub flow: (u64, u64),
    pub class: Evidence,
    /// Weight of the activity over the weights of its mix.
    pub activity: (u64, u64),
    /// The place of that activity in its mix.
    pub part: usize,
    pub mix_class: Evidence,
    /// Mass of the piece over the mass of the region, and the driver's number when it was used.
    pub region: (u64, u64),
    pub region_class: Evidence,
    pub driver: Option<usize>,
    /// Days of the piece over the days of the record.
    pub days: (u32, u32),
}

impl Piece<'_> {
    /// Numerator and denominator; what is whole is 1 of 1, so that few denominators differ.
    pub fn share(&self) -> (u128, u128) {
        let days = (u64::from(self.days.0), u64::from(self.days.1));
        [self.flow, self.activity, self.region, days]
            .into_iter()
            .filter(|(part, whole)| part != whole)
            .fold((1, 1), |(n, d), (part, whole)| {
                (n * u128::from(part), d * u128::from(whole))
            })
    }

    pub fn exact(&self) -> Exact {
        let (numerator, denominator) = self.share();
        Exact::share(self.record.pence, numerator, denominator)
    }
}

/// Calls `sink` with every piece of every record of the phase, one record after another: for
/// explaining, and to judge quicker ways. Where rows are told apart by what only lines say, the lines of each
/// record are one record for each ledger and code.
pub fn visit(plan: &Plan<'_>, sink: &mut dyn FnMut(&Piece<'_>)) {
    match plan.told_by_lines() {
        Some(Lines(account)) => visit_records(plan, lines::records(plan, account), sink),
        None => {
            let records = plan.cube.records().iter();
            visit_records(plan, records.map(LineRecord::of_any_line), sink);
        }
    }
}

/// Calls `sink` with every piece of records of these coordinates, as if each had a penny: for what follows from
/// coordinates alone.
pub fn visit_codings(plan: &Plan<'_>, codings: &[Coding], sink: &mut dyn FnMut(&Piece<'_>)) {
    let record = |coding: &Coding| {
        LineRecord::of_any_line(Record {
            coding: *coding,
            pence: Pence::new(1),
            lines: 1,
        })
    };
    visit_records(plan, codings.iter().map(record), sink);
}

fn visit_records(
    plan: &Plan<'_>,
    records: impl IntoIterator<Item = LineRecord>,
    sink: &mut dyn FnMut(&Piece<'_>),
) {
    let (cube, slice, drill) = (plan.cube, &plan.slice, &plan.drill);
    let place = cube.place();
    let axes = place.axes();
    let sharer = Sharer::new(plan);
    let mut shared_regions: HashMap<(Region, Option<usize>), Rc<SharedRegion>> = HashMap::new();
    let level = plan.activity_level();
    let activity_matters = slice.activities.is_some() || level.is_some();
    let times = plan.times();
    let mut all_days: HashMap<Placed<Period>, Rc<Days>> = HashMap::new();
    let partner_drill = drill.iter().any(|axis| matches!(axis, Drill::Partner));
    let mut key: Vec<Cell> = Vec::with_capacity(drill.len());
    let standings = plan.standings();
    let flows = place.counterparties().flows();
    for (number, LineRecord { record, own }) in records.into_iter().enumerate() {
        let coding = &record.coding;
        if coding.phase != slice.phase {
            continue;
        }
        let stands: Vec<_> = (standings.of(coding, flows.get(coding.flow)).into_iter())
            .filter(|stand| rules::is_shown(stand.standing, slice.resource))
            .collect();
        if stands.is_empty() {
            continue;
        }
        let stands: Vec<_> = (stands.into_iter())
            .map(|stand| (rules::partner(stand.whose, slice, partner_drill), stand))
            .collect();
        let outer = rules::tag(coding.tags, slice);
        let days = Rc::clone(
            (all_days.entry(coding.period))
                .or_insert_with(|| Rc::new(rules::days(coding.period, slice, times))),
        );
        let (region, ..) = crate::cube::parts::parts(coding);
        let mix = place.mixes().get(coding.activity);
        let parts: Vec<_> = mix
            .parts
            .iter()
            .map(|(activity, weight)| {
                let (fate, cell) = rules::activity(*activity, slice, level, &axes.activities);
                let rule = cube.sharing().rule(
                    coding.partner.member(),
                    activity.member(),
                    coding.period.member(),
                    &axes.activities,
                );
                (fate, cell, *weight, rule.map(|rule| rule.driver))
            })
            .collect();
        // Weights matter only where the parts of the mix fare differently.
        let alike = parts
            .windows(2)
            .all(|two| (two[0].0, two[0].1, two[0].3) == (two[1].0, two[1].1, two[1].3));
        let weighed = if parts.len() == 1 {
            activity_matters
        } else {
            !alike
        };
        let mix_class = if weighed { mix.class } else { Evidence::Direct };
        for (part, &(fate, activity_cell, weight, driver)) in parts.iter().enumerate() {
            let fate = outer.and(fate);
            let shared = Rc::clone(shared_regions.entry((region, driver)).or_insert_with(|| {
                Rc::new(sharer.share(region, driver.map(|driver| &place.drivers()[driver])))
            }));
            for &(when, year_cell, of_days) in &days.pieces {
                let days_class = if of_days == days.whole {
                    Evidence::Direct
                } else {
                    Evidence::Judgement
                };
                for (piece, ((partner, partner_cell), stand)) in (shared.pieces.iter())
                    .flat_map(|piece| stands.iter().map(move |stand| (piece, stand)))
                {
                    key.clear();
                    key.extend(drill.iter().map(|axis| match axis {
                        Drill::Partner => *partner_cell,
                        Drill::Role(role, hands) => hands.cell(*role, stand, year_cell),
                        Drill::Counterparty => match stand.other {
                            Some((partner, _)) => Cell::member(partner.0),
                            None => Cell::NOBODY,
                        },
                        Drill::Activity(_) => activity_cell,
                        Drill::Ages(_) => piece.ages,
                        Drill::Group(_) => piece.group,
                        Drill::Locality(_) => piece.locality,
                        Drill::Times(_) => year_cell,
                        Drill::Flexibility => Cell::member(coding.flexibility.packed()),
                        Drill::Labels(labels) => labels.cell(coding.tags),
                        Drill::Ledger(_) => own.ledger,
                        Drill::Code(_) => own.code,
                    }));
                    let flow_class = if stand.part.0 == stand.part.1 {
                        Evidence::Direct
                    } else {
                        Evidence::Judgement
                    };
                    sink(&Piece {
                        record: &record,
                        number,
                        key: &key,
                        fate: partner.and(fate).and(piece.fate).and(when),
                        standing: stand.standing,
                        flow: stand.part,
                        class: (mix_class.max(shared.class).max(days_class)).max(flow_class),
                        activity: (weight, mix.whole),
                        part,
                        mix_class,
                        region: (piece.mass, piece.whole),
                        region_class: shared.class,
                        driver: driver.filter(|_| shared.shared),
                        days: (of_days, days.whole),
                    });
                }
            }
        }
    }
}
