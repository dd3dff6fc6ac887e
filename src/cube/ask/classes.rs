//! What a question can tell apart: three small tables, one for each part of a place.
//!
//! A question looks at every region, matter and period once, however many records there are. Parts
//! with which it does the same have one class; parts that lie wholly outside have none.

use super::region::{Divider, Region, Settled};
use super::slice::{Drill, Slice};
use super::weigh::{self, Periods};
use super::{Cell, Fate};
use crate::account::{Stand, Standings};
use crate::axis::{Evidence, Gap, MemberId, Period, Placed, Resource};
use crate::counterparty::FlowId;
use crate::crosswalk::{Mix, MixId};
use crate::cube::Cube;
use crate::cube::records::{Matter, Records};
use crate::driver::SharingRule;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::ops::Range;

/// Of no class: it lies outside the slice.
pub(super) const OUT: u32 = u32::MAX;

/// Classes by number, the first member of each standing for all.
#[derive(Debug)]
struct Numbered<K, V> {
    numbers: HashMap<K, u32, FixedState>,
    all: Vec<V>,
}

impl<K: std::hash::Hash + Eq, V> Numbered<K, V> {
    fn new() -> Self {
        Self {
            numbers: HashMap::default(),
            all: Vec::new(),
        }
    }

    fn number(&mut self, key: K, make: impl FnOnce() -> V) -> u32 {
        let Self { numbers, all } = self;
        *numbers.entry(key).or_insert_with(|| {
            all.push(make());
            (all.len() - 1) as u32
        })
    }
}

/// One part of a mix, as far as the question can tell it from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct MixPart {
    pub(super) fate: Fate,
    pub(super) cell: Cell,
    pub(super) weight: u64,
    pub(super) driver: Option<usize>,
}

/// The parts of a mix; one part where all fare alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct MixParts {
    pub(super) parts: Vec<MixPart>,
    pub(super) whole: u64,
    pub(super) class: Evidence,
}

/// Money that a question treats alike, whatever it was for.
#[derive(Clone, Debug)]
pub(super) struct MatterClass {
    pub(super) matter: Matter,
    pub(super) tag: Fate,
    /// What it is to the boundary, with the row of its partner; where that depends on time, it is
    /// looked up for each time.
    stand: Option<Stood>,
    /// The number of its mix; where sharing rules ask for a time, it is looked up for each time.
    parts: Option<u32>,
}

/// What a line is to the boundary, and whether its partner is asked for.
pub(super) type Stood = ((Fate, Cell), Stand);

/// Times that a question treats alike.
#[derive(Debug)]
pub(super) struct PeriodClass {
    pub(super) period: Placed<Period>,
    pub(super) pieces: Periods,
}

/// What of a matter tells it from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct MatterKey {
    who: Who,
    tag: Fate,
    flexibility: u32,
    /// A mix of the question, or of the place where sharing rules ask for a time.
    mix: (bool, u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Who {
    /// Nobody else has to do with it.
    Alone(Stood),
    Named(Placed<MemberId>, FlowId, Resource),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum PeriodKey {
    /// Wholly in the slice, in this year of it.
    Inside(Cell, u64),
    Outside(u64),
    As(Placed<Period>),
}

/// The tables of one question over some records.
pub(super) struct Classes<'a> {
    cube: &'a Cube,
    slice: &'a Slice,
    drill: &'a [Drill],
    standings: Standings<'a>,
    by_period: Vec<&'a SharingRule>,
    by_partner: bool,
    by_role: bool,
    by_flexibility: bool,
    /// Ranges of records of one class of regions.
    pub(super) runs: Vec<(Range<usize>, u32)>,
    pub(super) regions: Vec<Region>,
    /// The class of each matter, and whether it is money between partners.
    pub(super) matter: Vec<(u32, bool)>,
    pub(super) matters: Vec<MatterClass>,
    /// The class of each period: of most money, and of payments between partners.
    pub(super) period: [Vec<u32>; 2],
    pub(super) periods: Vec<PeriodClass>,
    mixes: Mixes<'a>,
}

/// Mixes as the question sees them.
struct Mixes<'a> {
    known: HashMap<(MixId, Placed<MemberId>, Placed<Period>), u32, FixedState>,
    all: Numbered<MixParts, MixParts>,
    cube: &'a Cube,
    slice: &'a Slice,
    drill: Option<&'a Option<String>>,
    /// Whether rules ask for the partner.
    by_partner: bool,
    /// Whether rules ask for the time.
    by_period: bool,
    members: HashMap<Placed<MemberId>, (Fate, Cell), FixedState>,
}

impl<'a> Classes<'a> {
    /// The tables; with `everything`, also of what lies outside the slice.
    pub(super) fn new(
        cube: &'a Cube,
        records: &Records,
        slice: &'a Slice,
        drill: &'a [Drill],
        everything: bool,
    ) -> Self {
        let rules = cube.sharing().rules();
        let by_period: Vec<&SharingRule> = (rules.iter())
            .filter(|rule| rule.period.is_some())
            .collect();
        let drilled = |by: fn(&Drill) -> bool| drill.iter().any(by);
        let mut classes = Self {
            by_partner: drilled(|axis| matches!(axis, Drill::Partner)),
            by_role: drilled(|axis| matches!(axis, Drill::Role(..))),
            by_flexibility: drilled(|axis| matches!(axis, Drill::Flexibility)),
            cube,
            slice,
            drill,
            standings: slice.standings(cube),
            runs: Vec::new(),
            regions: Vec::new(),
            matter: Vec::new(),
            matters: Vec::new(),
            period: [Vec::new(), Vec::new()],
            periods: Vec::new(),
            mixes: Mixes {
                known: HashMap::default(),
                all: Numbered::new(),
                cube,
                slice,
                drill: weigh::activity_drill(drill),
                by_partner: rules.iter().any(|rule| rule.partner.is_some()),
                by_period: !by_period.is_empty(),
                members: HashMap::default(),
            },
            by_period,
        };
        classes.regions(records, everything);
        classes.matters(records, everything);
        classes.periods(records, everything);
        classes
    }

    fn regions(&mut self, records: &Records, everything: bool) {
        let divider = Divider::new(self.cube.place().axes(), self.slice, self.drill);
        let groups_matter = divider.tells_groups(self.cube.place().drivers());
        let mut classes = Numbered::new();
        let mut number = 0;
        let mut settled_ages = None;
        let mut settled_group = None;
        let outside = if everything { Some([0; 3]) } else { None };
        for of_locality in (records.parts.regions).chunk_by(|one, two| one.locality == two.locality)
        {
            let locality = divider.settled_locality(of_locality[0].locality);
            for region in of_locality {
                let records = records.of_region(number);
                number += 1;
                let class = if locality == Settled::Out && !everything {
                    OUT
                } else {
                    let ages = remembered(&mut settled_ages, region.ages, |ages| {
                        divider.settled_ages(ages)
                    });
                    let group = remembered(&mut settled_group, region.group, |group| {
                        divider.settled_group(group)
                    });
                    let key = match (locality, ages, group) {
                        (Settled::Out, ..) | (_, Settled::Out, _) | (_, _, Settled::Out) => {
                            outside.map(|_| RegionKey::Outside)
                        }
                        (Settled::Whole(locality), Settled::Whole(ages), Settled::Whole(group)) => {
                            Some(RegionKey::Whole([locality, ages, group]))
                        }
                        _ => Some(RegionKey::As(Region {
                            group: if groups_matter {
                                region.group
                            } else {
                                of_locality[0].group
                            },
                            ..*region
                        })),
                    };
                    key.map_or(OUT, |key| classes.number(key, || *region))
                };
                match self.runs.last_mut() {
                    Some((run, last)) if *last == class => run.end = records.end,
                    _ => self.runs.push((records, class)),
                }
            }
        }
        self.runs.retain(|(_, class)| *class != OUT);
        self.runs.sort_by_key(|(_, class)| *class);
        self.regions = classes.all;
    }

    fn matters(&mut self, records: &Records, everything: bool) {
        let mut classes = Numbered::new();
        let mut stood = None;
        self.matter = (records.parts.matters.iter())
            .map(|matter| {
                let class = self.matter_class(matter, &mut stood, &mut classes, everything);
                (class.unwrap_or(OUT), matter.flow != FlowId::NONE)
            })
            .collect();
        self.matters = classes.all;
    }

    fn matter_class(
        &mut self,
        matter: &Matter,
        last_stood: &mut Option<((Placed<MemberId>, Resource), Option<Stood>)>,
        classes: &mut Numbered<MatterKey, MatterClass>,
        everything: bool,
    ) -> Option<u32> {
        if matter.phase != self.slice.phase {
            return None;
        }
        let parts = (!self.mixes.by_period)
            .then(|| self.mixes.number(matter.activity, matter.partner, None));
        if let Some(parts) = parts
            && !everything
            && (self.mix(parts).parts.iter()).all(|part| part.fate == Fate::Out)
        {
            return None;
        }
        let tag = weigh::tag(matter.tags, self.slice);
        if !everything && tag == Fate::Out {
            return None;
        }
        let mut stand = None;
        if matter.flow == FlowId::NONE {
            let found = remembered(last_stood, (matter.partner, matter.resource), |of| {
                let stand = self.standings.alone(of.0, of.1);
                let partner = || weigh::partner(stand.whose, self.slice, self.by_partner);
                weigh::shown(stand.standing, self.slice).then(|| (partner(), stand))
            })?;
            if !everything && found.0.0 == Fate::Out {
                return None;
            }
            stand = Some(found);
        }
        let who = match (stand, parts) {
            // Whose it is shows in its row, or not at all.
            (Some((partner, stand)), Some(_)) if !self.by_role => {
                let whose = Placed::Gap(Gap::Unknown);
                Who::Alone((partner, Stand { whose, ..stand }))
            }
            _ => Who::Named(matter.partner, matter.flow, matter.resource),
        };
        let flexibility = match self.by_flexibility {
            true => matter.flexibility.packed(),
            false => 0,
        };
        let key = MatterKey {
            who,
            tag,
            flexibility,
            mix: match parts {
                Some(parts) => (true, parts),
                None => (false, matter.activity.0),
            },
        };
        Some(classes.number(key, || MatterClass {
            matter: *matter,
            tag,
            stand,
            parts,
        }))
    }

    fn periods(&mut self, records: &Records, everything: bool) {
        let years = weigh::years(self.drill);
        let mut classes: Numbered<PeriodKey, PeriodClass> = Numbered::new();
        for period in &records.parts.periods {
            let pieces = weigh::periods(*period, self.slice, years);
            let outside = pieces.pieces.iter().all(|(fate, ..)| *fate == Fate::Out);
            let rules = self.rules(*period);
            let key = match (pieces.pieces.as_slice(), rules) {
                ([(Fate::In, cell, _)], Some(rules)) => PeriodKey::Inside(*cell, rules),
                ([(Fate::Out, ..)], Some(rules)) => PeriodKey::Outside(rules),
                _ => PeriodKey::As(*period),
            };
            let class = |pieces| PeriodClass {
                period: *period,
                pieces,
            };
            let both = if outside && !everything {
                [OUT; 2]
            } else {
                // What a payment is depends on how far the ledgers of both partners go.
                let own = classes.number(PeriodKey::As(*period), || class(pieces.clone()));
                [classes.number(key, || class(pieces)), own]
            };
            for (table, class) in self.period.iter_mut().zip(both) {
                table.push(class);
            }
        }
        self.periods = classes.all;
    }

    /// A bit for each sharing rule that asks for a time and gets it; `None` for more rules than
    /// bits.
    fn rules(&self, period: Placed<Period>) -> Option<u64> {
        if self.by_period.len() > u64::BITS as usize {
            return None;
        }
        let takes = |rule: &SharingRule| match (rule.period, period) {
            (Some(wanted), Placed::On(found)) => wanted.contains(found),
            _ => false,
        };
        let taken = (0..u64::BITS).zip(&self.by_period);
        Some(
            taken
                .filter(|(_, rule)| takes(rule))
                .fold(0, |bits, (bit, _)| bits | 1 << bit),
        )
    }

    /// What money of a class is to the boundary at a time, part by part.
    pub(super) fn stands(&self, class: &MatterClass, period: Placed<Period>) -> Vec<Stood> {
        if let Some(stood) = class.stand {
            return vec![stood];
        }
        let matter = &class.matter;
        let by_partner = self.by_partner;
        let flows = self.cube.place().counterparties().flows();
        (self.standings)
            .of_payment(
                matter.partner,
                matter.resource,
                period,
                flows.get(matter.flow),
            )
            .into_iter()
            .filter(|stand| weigh::shown(stand.standing, self.slice))
            .map(|stand| (weigh::partner(stand.whose, self.slice, by_partner), stand))
            .collect()
    }

    /// The parts of the mix of a class at a time.
    pub(super) fn parts(&mut self, class: u32, period: Placed<Period>) -> u32 {
        let MatterClass { matter, parts, .. } = &self.matters[class as usize];
        match parts {
            Some(parts) => *parts,
            None => (self.mixes).number(matter.activity, matter.partner, Some(period)),
        }
    }

    pub(super) fn mix(&self, number: u32) -> &MixParts {
        &self.mixes.all.all[number as usize]
    }
}

/// What a region is to the slice, as far as it is settled without its driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum RegionKey {
    Outside,
    Whole([Cell; 3]),
    As(Region),
}

/// The last answer again, where the same is asked again.
fn remembered<K: Copy + PartialEq, V: Copy>(
    last: &mut Option<(K, V)>,
    key: K,
    find: impl FnOnce(K) -> V,
) -> V {
    match last {
        Some((known, value)) if *known == key => *value,
        _ => {
            let value = find(key);
            *last = Some((key, value));
            value
        }
    }
}

impl Mixes<'_> {
    fn number(
        &mut self,
        id: MixId,
        partner: Placed<MemberId>,
        period: Option<Placed<Period>>,
    ) -> u32 {
        let (nobody, any_time) = (Placed::Gap(Gap::Unknown), Placed::Gap(Gap::Unknown));
        let key = (
            id,
            if self.by_partner { partner } else { nobody },
            period.unwrap_or(any_time),
        );
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mix = self.cube.place().mixes().get(id);
        let parts = self.seen(mix, partner, period);
        let number = self.all.number(parts.clone(), || parts);
        self.known.insert(key, number);
        number
    }

    fn seen(
        &mut self,
        mix: &Mix,
        partner: Placed<MemberId>,
        period: Option<Placed<Period>>,
    ) -> MixParts {
        let tree = &self.cube.place().axes().activities;
        let mut parts = Vec::with_capacity(mix.parts.len());
        for &(activity, weight) in &mix.parts {
            let (slice, drill) = (self.slice, self.drill);
            let (fate, cell) = *(self.members.entry(activity))
                .or_insert_with(|| weigh::activity_fate(activity, slice, drill, tree));
            let rule = self.cube.sharing().rule(
                partner.member(),
                activity.member(),
                period.and_then(Placed::member),
                tree,
            );
            parts.push(MixPart {
                fate,
                cell,
                weight,
                driver: rule.map(|rule| rule.driver),
            });
        }
        // Weights matter only where the parts of the mix fare differently.
        let fares = |part: &MixPart| (part.fate, part.cell, part.driver);
        let alike = parts.windows(2).all(|two| fares(&two[0]) == fares(&two[1]));
        let activity_matters = self.slice.activities.is_some() || self.drill.is_some();
        let weighed = match parts.len() {
            1 => activity_matters,
            _ => !alike,
        };
        let whole = if alike {
            parts.truncate(1);
            parts.iter_mut().for_each(|part| part.weight = 1);
            1
        } else {
            mix.whole
        };
        MixParts {
            parts,
            whole,
            class: if weighed { mix.class } else { Evidence::Direct },
        }
    }
}
