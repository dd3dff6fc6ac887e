//! What a matter at a time gives to the rows of a table, whatever its region.

use super::classes::{Classes, OUT};
use super::pairs::Pairs;
use super::slice::Drill;
use super::weigh::other;
use super::{Cell, Fate};
use crate::account::Standing;
use crate::axis::Evidence;
use crate::money::Share;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::ops::Range;

/// What a matter at a time gives to one row, whatever its region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lane {
    /// Its row, without places, ages and groups.
    pub(super) outer: u32,
    pub(super) driver: Option<usize>,
    /// Fates decided before the division and after it; the first reason is told.
    pub(super) before: Fate,
    pub(super) after: Fate,
    pub(super) standing: Standing,
    pub(super) class: Evidence,
    /// Numerator and denominator of the shares taken before the division, and about how much that
    /// is.
    pub(super) weight: (u128, u128),
    pub(super) share: Share,
}

/// The lanes of a question.
#[derive(Debug)]
pub(super) struct Lanes<'a> {
    drill: &'a [Drill],
    /// Whether what lies outside is wanted too.
    everything: bool,
    pub(super) lanes: Vec<Lane>,
    /// Rows without places, ages and groups, by number.
    pub(super) outers: Vec<Vec<Cell>>,
    numbers: HashMap<Vec<Cell>, u32, FixedState>,
    /// Which lanes each class of matters at each class of periods has.
    known: Pairs,
    ranges: Vec<Range<usize>>,
}

impl<'a> Lanes<'a> {
    pub(super) fn new(drill: &'a [Drill], classes: &Classes<'_>, everything: bool) -> Self {
        Self {
            drill,
            everything,
            lanes: Vec::new(),
            outers: Vec::new(),
            numbers: HashMap::default(),
            known: Pairs::new(classes.matters.len(), classes.periods.len()),
            ranges: Vec::new(),
        }
    }

    /// The lanes of a class of matters at a class of periods, which are known.
    pub(super) fn of(&self, matter: u32, period: u32) -> Range<usize> {
        self.ranges[self.known.get(matter, period) as usize].clone()
    }

    /// Gets to know the lanes of a class of matters at a class of periods.
    pub(super) fn know(&mut self, classes: &mut Classes<'_>, matter: u32, period: u32) {
        if self.known.get(matter, period) != OUT {
            return;
        }
        let start = self.lanes.len();
        let time = classes.periods[period as usize].period;
        let parts = classes.parts(matter, time);
        let stands = classes.stands(matter, time);
        let days = &classes.periods[period as usize].pieces;
        let of = &classes.matters[matter as usize];
        for part in &parts.parts {
            for &(when, year, of_days) in &days.pieces {
                for &((partner, partner_cell), stand) in &stands {
                    let before = partner.and(of.tag.and(part.fate));
                    if !self.everything && before.and(when) == Fate::Out {
                        continue;
                    }
                    let key: Vec<Cell> = (self.drill.iter())
                        .filter_map(|axis| match axis {
                            Drill::Partner => Some(partner_cell),
                            Drill::Role(role, hands) => Some(hands.cell(*role, &stand, year)),
                            Drill::Counterparty => Some(other(&stand)),
                            Drill::Activity(_) => Some(part.cell),
                            Drill::Years(_) => Some(year),
                            Drill::Flexibility => Some(of.matter.flexibility.packed()),
                            Drill::Ages(_) | Drill::Group(_) | Drill::Locality(_) => None,
                        })
                        .collect();
                    let shares = [
                        stand.part,
                        (part.weight, parts.whole),
                        (of_days.into(), days.whole.into()),
                    ];
                    let weight = (shares.into_iter())
                        .filter(|(part, whole)| part != whole)
                        .fold((1, 1), |(n, d), (part, whole)| {
                            (n * u128::from(part), d * u128::from(whole))
                        });
                    let chosen = |whole: bool| match whole {
                        true => Evidence::Direct,
                        false => Evidence::Judgement,
                    };
                    let by_flow = chosen(stand.part.0 == stand.part.1);
                    let by_days = chosen(of_days == days.whole);
                    let next = self.outers.len() as u32;
                    let outer = *self.numbers.entry(key).or_insert_with_key(|key| {
                        self.outers.push(key.clone());
                        next
                    });
                    self.lanes.push(Lane {
                        outer,
                        driver: part.driver,
                        before,
                        after: when,
                        standing: stand.standing,
                        class: parts.class.max(by_days).max(by_flow),
                        weight,
                        share: Share::of(weight.0, weight.1),
                    });
                }
            }
        }
        *self.known.number(matter, period) = self.ranges.len() as u32;
        self.ranges.push(start..self.lanes.len());
    }
}
