//! Mixes of activities as a question sees them.
//!
//! A partner's code may stand for several activities with weights. A question that asks for none of them
//! in particular need not tell them apart: parts of a mix that lie in the same row, on the same side of
//! the slice, and are shared out by the same driver, are one part with their weights added up. Mixes that
//! look alike after that have one number.

use crate::axis::{Evidence, Gap, MemberId, Period, Placed};
use crate::crosswalk::MixId;
use crate::cube::ask::plan::rules;
use crate::cube::ask::plan::{Cell, Fate, Interner, Plan};
use crate::driver::Sharing;
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// One part of a mix, as far as the question can tell it from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MixPart {
    pub fate: Fate,
    pub cell: Cell,
    pub weight: u64,
    pub driver: Option<usize>,
}

/// The parts of a mix, those together that fare alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MixParts {
    pub parts: Vec<MixPart>,
    pub whole: u64,
    pub class: Evidence,
}

/// A mix, and who and when where sharing rules ask for it.
type MixKey = (MixId, Placed<MemberId>, Option<Placed<Period>>);

/// For rules that ask for no partner.
const ANYBODY: Placed<MemberId> = Placed::Gap(Gap::Unknown);

/// Mixes as the question sees them.
pub struct Mixes<'a> {
    plan: &'a Plan<'a>,
    /// The level of activities by which the table is drilled, if it is.
    level: Option<&'a Option<String>>,
    /// Whether sharing rules ask for the partner.
    pub by_partner: bool,
    /// Whether they ask for the time.
    pub by_period: bool,
    last: Option<((MixId, Placed<MemberId>), u32)>,
    known: HashMap<MixKey, u32, FixedState>,
    /// Drivers under one set of sharing rules after the other, where there are several.
    drivers: Interner<Vec<Option<usize>>, ()>,
    /// Each with whether all of it lies outside the slice.
    all: Interner<MixParts, (MixParts, bool)>,
    members: HashMap<Placed<MemberId>, (Fate, Cell), FixedState>,
}

impl<'a> Mixes<'a> {
    pub fn new(plan: &'a Plan<'a>) -> Self {
        Self {
            plan,
            level: plan.activity_level(),
            by_partner: plan.sharings().any(Sharing::asks_for_partner),
            by_period: plan.sharings().any(Sharing::asks_for_period),
            last: None,
            known: HashMap::default(),
            drivers: Interner::new(),
            all: Interner::new(),
            members: HashMap::default(),
        }
    }

    /// The number of a mix of a partner, as it is shared out at a time where sharing rules ask for one.
    pub fn of(
        &mut self,
        mix: MixId,
        partner: Placed<MemberId>,
        period: Option<Placed<Period>>,
    ) -> u32 {
        let partner = if self.by_partner || period.is_some() {
            partner
        } else {
            ANYBODY
        };
        // Matters of one activity stand together.
        let last = (mix, partner);
        if let (Some((known, number)), None) = (self.last, period)
            && known == last
        {
            return number;
        }
        let key = (mix, partner, period);
        let number = match self.known.get(&key) {
            Some(known) => *known,
            None => {
                let parts = self.seen(key);
                let outside = parts.parts.iter().all(|part| part.fate == Fate::Out);
                let number = self.all.number(parts, |parts| (parts.clone(), outside));
                self.known.insert(key, number);
                number
            }
        };
        self.last = period.is_none().then_some((last, number));
        number
    }

    /// How many numbers were given.
    pub fn len(&self) -> usize {
        self.all.all.len()
    }

    /// Whether the question cannot tell apart the two of any of these pairs.
    pub fn sees_alike(&mut self, pairs: &[[MixId; 2]]) -> bool {
        if self.by_partner || self.by_period {
            return false;
        }
        let mut number = |mix: MixId| self.of(mix, ANYBODY, None);
        (pairs.iter()).all(|&[one, other]| number(one) == number(other))
    }

    /// Whether all of a mix lies outside the slice.
    pub fn is_outside(&self, number: u32) -> bool {
        self.all.all[number as usize].1
    }

    /// The parts of a mix.
    pub fn get(&self, number: u32) -> &MixParts {
        &self.all.all[number as usize].0
    }

    fn seen(&mut self, (mix, partner, period): MixKey) -> MixParts {
        let place = self.plan.cube.place();
        let tree = &place.axes().activities;
        let mix = place.mixes().get(mix);
        let mut parts: Vec<MixPart> = Vec::with_capacity(mix.parts.len());
        for &(activity, weight) in &mix.parts {
            let (slice, level) = (&self.plan.slice, self.level);
            let (fate, cell) = *(self.members.entry(activity))
                .or_insert_with(|| rules::activity_fate(activity, slice, level, tree));
            let driver_of = |sharing: &Sharing| {
                let period = period.and_then(Placed::member);
                let rule = sharing.rule(partner.member(), activity.member(), period, tree);
                rule.map(|rule| rule.driver)
            };
            let driver = if self.plan.also.is_empty() {
                driver_of(self.plan.cube.sharing())
            } else {
                // Nothing is shared out by it: it only tells apart what some rules do.
                let of_each = self.plan.sharings().map(driver_of).collect();
                Some(self.drivers.number(of_each, |_| ()) as usize)
            };
            let same =
                |part: &&mut MixPart| (part.fate, part.cell, part.driver) == (fate, cell, driver);
            match parts.iter_mut().find(same) {
                Some(part) => part.weight += weight,
                None => parts.push(MixPart {
                    fate,
                    cell,
                    weight,
                    driver,
                }),
            }
        }
        // Weights matter only where the parts of the mix fare differently.
        let weighed = match mix.parts.len() {
            1 => self.plan.slice.activities.is_some() || self.level.is_some(),
            _ => parts.len() > 1,
        };
        let mut whole = mix.whole;
        if let [only] = parts.as_mut_slice() {
            (only.weight, whole) = (1, 1);
        }
        MixParts {
            parts,
            whole,
            class: if weighed { mix.class } else { Evidence::Direct },
        }
    }
}
