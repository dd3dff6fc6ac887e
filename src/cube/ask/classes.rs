//! What a question can tell apart: three small tables, one for each part of a place.
//!
//! A question looks at every region, matter and period once, however many records there are. Parts
//! with which it does the same have one class; parts that lie wholly outside have none.

use super::region::{Divider, Region, Settled};
use super::slice::{Drill, Slice};
use super::source::Source;
use super::weigh::{self, Periods};
use super::{Cell, Fate};
use crate::account::{Stand, Standings};
use crate::axis::{Evidence, Gap, MemberId, Period, Placed, Resource};
use crate::counterparty::FlowId;
use crate::crosswalk::MixId;
use crate::cube::Cube;
use crate::cube::records::Matter;
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

/// The parts of a mix, those together that fare alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct MixParts {
    pub(super) parts: Vec<MixPart>,
    pub(super) whole: u64,
    pub(super) class: Evidence,
}

/// What a line is to the boundary, with the fate and the row of its partner.
pub(super) type Stood = ((Fate, Cell), Stand);

/// Money that a question treats alike, whatever it was for.
#[derive(Clone, Debug)]
pub(super) struct MatterClass {
    pub(super) matter: Matter,
    pub(super) tag: Fate,
    /// The number of what it is to the boundary; where that depends on time, it is looked up for
    /// each time.
    stands: Option<u32>,
    /// The number of its mix; where sharing rules ask for a time, it is looked up for each time.
    parts: Option<u32>,
}

/// Times that a question treats alike.
#[derive(Debug)]
pub(super) struct PeriodClass {
    pub(super) period: Placed<Period>,
    pub(super) pieces: Periods,
}

/// The class of a matter, and whether it is told apart by its own period.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClassOf(u32);

impl ClassOf {
    fn new(class: Option<u32>, own_period: bool) -> Self {
        Self(class.map_or(OUT, |class| class << 1 | u32::from(own_period)))
    }

    pub(super) fn get(self) -> (u32, bool) {
        match self.0 {
            OUT => (OUT, false),
            class => (class >> 1, class & 1 == 1),
        }
    }
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
    /// All that is asked for of those who paid and were paid.
    Stands(u32),
    Named(Placed<MemberId>, FlowId, Resource),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum PeriodKey {
    /// Wholly in the slice, in this year of it.
    Inside(Cell, u64),
    Outside(u64),
    As(Placed<Period>),
}

/// What a region is to the slice, as far as it is settled without its driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum RegionKey {
    Outside,
    Whole([Cell; 3]),
    As(Region),
}

/// The tables of one question over some sums.
pub(super) struct Classes<'a> {
    cube: &'a Cube,
    slice: &'a Slice,
    drill: &'a [Drill],
    /// Whether what lies outside has classes too.
    everything: bool,
    /// Runs of regions with their class, in the order of classes.
    pub(super) runs: Vec<(Range<usize>, u32)>,
    pub(super) regions: Vec<Region>,
    pub(super) matter: Vec<ClassOf>,
    pub(super) matters: Vec<MatterClass>,
    /// The class of each period: of most money, and of money that is told apart by it.
    pub(super) period: [Vec<u32>; 2],
    pub(super) periods: Vec<PeriodClass>,
    /// The periods that have classes all lie in this range.
    pub(super) within: Range<usize>,
    mixes: Mixes<'a>,
    stands: Stands<'a>,
}

impl<'a> Classes<'a> {
    /// The tables; with `everything`, also of what lies outside the slice.
    pub(super) fn new(
        cube: &'a Cube,
        source: &impl Source,
        slice: &'a Slice,
        drill: &'a [Drill],
        everything: bool,
    ) -> Self {
        let mut classes = Self {
            cube,
            slice,
            drill,
            everything,
            runs: Vec::new(),
            regions: Vec::new(),
            matter: Vec::new(),
            matters: Vec::new(),
            period: [Vec::new(), Vec::new()],
            periods: Vec::new(),
            within: 0..source.periods().len(),
            mixes: Mixes::new(cube, slice, drill),
            stands: Stands::new(cube, slice, drill),
        };
        classes.tell_periods(source.periods());
        classes.tell_matters(source.matters());
        classes.tell_regions(source.regions());
        classes
    }

    fn tell_regions(&mut self, regions: &[Region]) {
        let divider = Divider::new(self.cube.place().axes(), self.slice, self.drill);
        let groups_matter = divider.tells_groups(self.cube.place().drivers());
        let mut classes = Numbered::new();
        let (mut settled_ages, mut settled_group) = (None, None);
        let mut number = 0;
        for of_locality in regions.chunk_by(|one, two| one.locality == two.locality) {
            let locality = divider.settled_locality(of_locality[0].locality);
            if locality == Settled::Out && !self.everything {
                number += of_locality.len();
                continue;
            }
            for region in of_locality {
                let ages = remembered(&mut settled_ages, region.ages, |a| divider.settled_ages(a));
                let group = remembered(&mut settled_group, region.group, |g| {
                    divider.settled_group(g)
                });
                let key = match (locality, ages, group) {
                    (Settled::Out, ..) | (_, Settled::Out, _) | (_, _, Settled::Out) => {
                        RegionKey::Outside
                    }
                    (Settled::Whole(locality), Settled::Whole(ages), Settled::Whole(group)) => {
                        RegionKey::Whole([locality, ages, group])
                    }
                    _ if groups_matter => RegionKey::As(*region),
                    _ => RegionKey::As(Region {
                        group: Placed::Gap(Gap::Unknown),
                        ..*region
                    }),
                };
                if key != RegionKey::Outside || self.everything {
                    let class = classes.number(key, || *region);
                    match self.runs.last_mut() {
                        Some((run, last)) if *last == class && run.end == number => run.end += 1,
                        _ => self.runs.push((number..number + 1, class)),
                    }
                }
                number += 1;
            }
        }
        self.runs.sort_by_key(|(_, class)| *class);
        self.regions = classes.all;
    }

    fn tell_matters(&mut self, matters: &[Matter]) {
        let mut classes = Numbered::new();
        let by_flexibility = (self.drill.iter()).any(|axis| matches!(axis, Drill::Flexibility));
        self.matter.reserve(matters.len());
        for of_activity in matters.chunk_by(|one, two| one.activity == two.activity) {
            // Most activities lie outside most questions, whoever paid for them.
            let known = !self.mixes.by_partner && !self.mixes.by_period && !self.everything;
            if known && self.mixes.is_outside(&of_activity[0]) {
                let end = self.matter.len() + of_activity.len();
                self.matter.resize(end, ClassOf::new(None, false));
                continue;
            }
            for matter in of_activity {
                let class = self.class_of(matter, by_flexibility, &mut classes);
                // What a payment is may depend on how far the ledgers of both partners go.
                let own_period = class.is_some_and(|class| {
                    let class: &MatterClass = &classes.all[class as usize];
                    class.stands.is_none()
                });
                self.matter.push(ClassOf::new(class, own_period));
            }
        }
        self.matters = classes.all;
    }

    fn class_of(
        &mut self,
        matter: &Matter,
        by_flexibility: bool,
        classes: &mut Numbered<MatterKey, MatterClass>,
    ) -> Option<u32> {
        if matter.phase != self.slice.phase {
            return None;
        }
        let parts = (!self.mixes.by_period).then(|| self.mixes.of(matter, None));
        if let Some(parts) = parts
            && !self.everything
            && self.mixes.all.all[parts as usize].1
        {
            return None;
        }
        let tag = weigh::tag(matter.tags, self.slice);
        if !self.everything && tag == Fate::Out {
            return None;
        }
        let stands = self.stands.of(matter);
        if let Some(stands) = stands {
            let fate = |((fate, _), _): &Stood| *fate;
            let stands = self.stands.get(stands);
            if stands.is_empty()
                || !self.everything && stands.iter().all(|stood| fate(stood) == Fate::Out)
            {
                return None;
            }
        }
        let who = match (stands, parts) {
            (Some(stands), Some(_)) => Who::Stands(self.stands.seen[stands as usize]),
            _ => Who::Named(matter.partner, matter.flow, matter.resource),
        };
        let key = MatterKey {
            who,
            tag,
            flexibility: match by_flexibility {
                true => matter.flexibility.packed(),
                false => 0,
            },
            mix: match parts {
                Some(parts) => (true, parts),
                None => (false, matter.activity.0),
            },
        };
        Some(classes.number(key, || MatterClass {
            matter: *matter,
            tag,
            stands,
            parts,
        }))
    }

    fn tell_periods(&mut self, periods: &[Placed<Period>]) {
        let years = weigh::years(self.drill);
        let rules: Vec<&SharingRule> = (self.cube.sharing().rules().iter())
            .filter(|rule| rule.period.is_some())
            .collect();
        let mut classes: Numbered<PeriodKey, PeriodClass> = Numbered::new();
        let (mut first, mut end) = (periods.len(), 0);
        for (number, period) in periods.iter().enumerate() {
            let pieces = weigh::periods(*period, self.slice, years);
            let outside = pieces.pieces.iter().all(|(fate, ..)| *fate == Fate::Out);
            if outside && !self.everything {
                self.period.iter_mut().for_each(|table| table.push(OUT));
                continue;
            }
            (first, end) = (first.min(number), number + 1);
            self.stands.periods.push(*period);
            let key = match (pieces.pieces.as_slice(), taken(&rules, *period)) {
                ([(Fate::In, cell, _)], Some(rules)) => PeriodKey::Inside(*cell, rules),
                ([(Fate::Out, ..)], Some(rules)) => PeriodKey::Outside(rules),
                _ => PeriodKey::As(*period),
            };
            for (table, key) in self.period.iter_mut().zip([key, PeriodKey::As(*period)]) {
                table.push(classes.number(key, || PeriodClass {
                    period: *period,
                    pieces: pieces.clone(),
                }));
            }
        }
        self.within = first.min(end)..end;
        self.periods = classes.all;
    }

    /// What money of a class is to the boundary at a time, part by part.
    pub(super) fn stands(&mut self, class: u32, period: Placed<Period>) -> Vec<Stood> {
        let MatterClass { matter, stands, .. } = &self.matters[class as usize];
        match stands {
            Some(stands) => self.stands.get(*stands).to_vec(),
            None => self.stands.at(matter, period),
        }
    }

    /// The parts of the mix of a class at a time.
    pub(super) fn parts(&mut self, class: u32, period: Placed<Period>) -> MixParts {
        let MatterClass { matter, parts, .. } = &self.matters[class as usize];
        let number = match parts {
            Some(parts) => *parts,
            None => self.mixes.of(matter, Some(period)),
        };
        self.mixes.all.all[number as usize].0.clone()
    }
}

/// A bit for each sharing rule that asks for a time and gets it; `None` for more rules than bits.
fn taken(rules: &[&SharingRule], period: Placed<Period>) -> Option<u64> {
    if rules.len() > u64::BITS as usize {
        return None;
    }
    let takes = |rule: &SharingRule| match (rule.period, period) {
        (Some(wanted), Placed::On(found)) => wanted.contains(found),
        _ => false,
    };
    let bits = (0..u64::BITS).zip(rules).filter(|(_, rule)| takes(rule));
    Some(bits.fold(0, |bits, (bit, _)| bits | 1 << bit))
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

/// A mix, and who and when where sharing rules ask for it.
type MixKey = (MixId, Placed<MemberId>, Option<Placed<Period>>);

/// Mixes as the question sees them.
struct Mixes<'a> {
    cube: &'a Cube,
    slice: &'a Slice,
    drill: Option<&'a Option<String>>,
    /// Whether sharing rules ask for the partner.
    by_partner: bool,
    /// Whether they ask for the time.
    by_period: bool,
    last: Option<((MixId, Placed<MemberId>), u32)>,
    known: HashMap<MixKey, u32, FixedState>,
    /// Each with whether all of it lies outside the slice.
    all: Numbered<MixParts, (MixParts, bool)>,
    members: HashMap<Placed<MemberId>, (Fate, Cell), FixedState>,
}

impl<'a> Mixes<'a> {
    fn new(cube: &'a Cube, slice: &'a Slice, drill: &'a [Drill]) -> Self {
        let rules = cube.sharing().rules();
        Self {
            cube,
            slice,
            drill: weigh::activity_drill(drill),
            by_partner: rules.iter().any(|rule| rule.partner.is_some()),
            by_period: rules.iter().any(|rule| rule.period.is_some()),
            last: None,
            known: HashMap::default(),
            all: Numbered::new(),
            members: HashMap::default(),
        }
    }

    /// The number of a mix, as it is divided at a time where sharing rules ask for one.
    fn of(&mut self, matter: &Matter, period: Option<Placed<Period>>) -> u32 {
        let partner = match self.by_partner || period.is_some() {
            true => matter.partner,
            false => Placed::Gap(Gap::Unknown),
        };
        // Matters of one activity stand together.
        let last = (matter.activity, partner);
        if let (Some((known, number)), None) = (self.last, period)
            && known == last
        {
            return number;
        }
        let key = (matter.activity, partner, period);
        let number = match self.known.get(&key) {
            Some(known) => *known,
            None => {
                let parts = self.seen(matter, period);
                let outside = parts.parts.iter().all(|part| part.fate == Fate::Out);
                let number = self.all.number(parts.clone(), || (parts, outside));
                self.known.insert(key, number);
                number
            }
        };
        self.last = period.is_none().then_some((last, number));
        number
    }

    /// Whether all of a mix lies outside the slice.
    fn is_outside(&mut self, matter: &Matter) -> bool {
        let number = self.of(matter, None);
        self.all.all[number as usize].1
    }

    fn seen(&mut self, matter: &Matter, period: Option<Placed<Period>>) -> MixParts {
        let place = self.cube.place();
        let tree = &place.axes().activities;
        let mix = place.mixes().get(matter.activity);
        let mut parts: Vec<MixPart> = Vec::with_capacity(mix.parts.len());
        for &(activity, weight) in &mix.parts {
            let (slice, drill) = (self.slice, self.drill);
            let (fate, cell) = *(self.members.entry(activity))
                .or_insert_with(|| weigh::activity_fate(activity, slice, drill, tree));
            let rule = self.cube.sharing().rule(
                matter.partner.member(),
                activity.member(),
                period.and_then(Placed::member),
                tree,
            );
            let driver = rule.map(|rule| rule.driver);
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
            1 => self.slice.activities.is_some() || self.drill.is_some(),
            _ => parts.len() > 1,
        };
        let mut whole = mix.whole;
        if let [only] = parts.as_mut_slice() {
            (only.weight, whole) = (1, 1);
        }
        MixParts {
            parts,
            whole,
            class: match weighed {
                true => mix.class,
                false => Evidence::Direct,
            },
        }
    }
}

/// What money is to the boundary.
struct Stands<'a> {
    cube: &'a Cube,
    slice: &'a Slice,
    standings: Standings<'a>,
    by_partner: bool,
    by_counterparty: bool,
    by_role: bool,
    /// The times of which there is money.
    periods: Vec<Placed<Period>>,
    known: HashMap<(Placed<MemberId>, FlowId, Resource), Option<u32>, FixedState>,
    all: Vec<Vec<Stood>>,
    /// Of each of these what the question sees of it.
    seen: Vec<u32>,
    numbers: HashMap<Vec<Stood>, u32, FixedState>,
}

impl<'a> Stands<'a> {
    fn new(cube: &'a Cube, slice: &'a Slice, drill: &'a [Drill]) -> Self {
        let drilled = |by: fn(&Drill) -> bool| drill.iter().any(by);
        Self {
            cube,
            slice,
            standings: slice.standings(cube),
            by_partner: drilled(|axis| matches!(axis, Drill::Partner)),
            by_counterparty: drilled(|axis| matches!(axis, Drill::Counterparty)),
            by_role: drilled(|axis| matches!(axis, Drill::Role(..))),
            periods: Vec::new(),
            known: HashMap::default(),
            all: Vec::new(),
            seen: Vec::new(),
            numbers: HashMap::default(),
        }
    }

    /// The number of what a matter is at all times; `None` where that depends on the time.
    fn of(&mut self, matter: &Matter) -> Option<u32> {
        let key = (matter.partner, matter.flow, matter.resource);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mut times = self.periods.iter();
        let any_time = Placed::Gap(Gap::Unknown);
        let first = self.at(matter, *times.next().unwrap_or(&any_time));
        let always =
            matter.flow == FlowId::NONE || times.all(|period| self.at(matter, *period) == first);
        let number = always.then(|| {
            let next = self.numbers.len() as u32;
            let seen = *self.numbers.entry(self.seen_of(&first)).or_insert(next);
            self.seen.push(seen);
            self.all.push(first);
            (self.all.len() - 1) as u32
        });
        self.known.insert(key, number);
        number
    }

    fn get(&self, number: u32) -> &[Stood] {
        &self.all[number as usize]
    }

    /// What a matter is at a time.
    fn at(&self, matter: &Matter, period: Placed<Period>) -> Vec<Stood> {
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
            .map(|stand| {
                (
                    weigh::partner(stand.whose, self.slice, self.by_partner),
                    stand,
                )
            })
            .collect()
    }

    /// Without what shows in no row.
    fn seen_of(&self, stands: &[Stood]) -> Vec<Stood> {
        let mut stands = stands.to_vec();
        for (_, stand) in &mut stands {
            if !self.by_role {
                stand.whose = Placed::Gap(Gap::Unknown);
            }
            if !self.by_role && !self.by_counterparty {
                stand.other = None;
            }
        }
        stands
    }
}
