//! What a question can tell apart: three small tables, one each for regions, matters and periods.
//!
//! *The naive way* asks of every record whether it lies in the slice, and in which row. *Why it is not
//! enough:* a county of ten million lines has 8,095,581 records, and asking takes a hundred times as
//! long as adding. *The trick:* a record is only a combination of parts that occur again and again.
//! That county has 45,688 regions, 54,703 matters and 60 months. Each part is looked at once, and gets
//! the number of a bucket: parts with which the question does the same share one, and parts that lie
//! wholly outside have none. After that a record costs three look-ups.
//!
//! *For example*, youth justice of 10 to 17 year-olds in Ludlow in 2017-18: the region "Shropshire, 10 to
//! 17" has a bucket because some of it may lie in Ludlow; "Telford, all ages" has none. The months of
//! 2017-18 share one bucket, and all other months have none.

use super::mixes::{MixParts, Mixes};
use super::pair_table::{OUT, PairTable};
use super::standings::{SeenStanding, SeenStandings};
use crate::axis::{Gap, MemberId, Period, Placed, Resource};
use crate::counterparty::FlowId;
use crate::crosswalk::TagSet;
use crate::cube::ask::plan::rules::{self, Periods};
use crate::cube::ask::plan::{Cell, Drill, Fate, Interner, Plan, Settled, Sharer};
use crate::cube::parts::{Matter, Parts, Region};
use crate::cube::source::Source;
use crate::driver::{Sharing, SharingRule};
use std::ops::Range;

/// Money that a question treats alike, whatever it was for.
#[derive(Clone, Debug)]
pub struct MatterBucket {
    pub matter: Matter,
    pub tag: Fate,
    /// The number of what it is to the boundary; where that depends on time, it is looked up for
    /// each time.
    stands: Option<u32>,
    /// The number of its mix; where sharing rules ask for a time, it is looked up for each time.
    parts: Option<u32>,
}

/// Times that a question treats alike.
#[derive(Debug)]
pub struct PeriodBucket {
    pub period: Placed<Period>,
    pub pieces: Periods,
}

/// The bucket of a matter, and whether it is told apart by its own period.
#[derive(Clone, Copy, Debug)]
pub struct BucketOf(u32);

impl BucketOf {
    pub const OUT: Self = Self(OUT);

    pub fn is_out(self) -> bool {
        self.0 == OUT
    }

    fn new(bucket: u32, own_period: bool) -> Self {
        Self(bucket << 1 | u32::from(own_period))
    }

    pub fn get(self) -> (u32, bool) {
        match self.0 {
            OUT => (OUT, false),
            bucket => (bucket >> 1, bucket & 1 == 1),
        }
    }
}

/// What of a matter tells it from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct MatterKey {
    who: Who,
    tag: Fate,
    flexibility: u32,
    /// Those by which rows are told apart.
    labels: TagSet,
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
pub struct Buckets<'a> {
    /// What lies outside has buckets too where the plan asks for it.
    plan: &'a Plan<'a>,
    /// Runs of regions with their bucket, in the order of buckets.
    pub runs: Vec<(Range<usize>, u32)>,
    pub regions: Vec<Region>,
    pub matter: Vec<BucketOf>,
    pub matters: Vec<MatterBucket>,
    /// The bucket of each period: of most money, and of money that is told apart by it.
    pub period: [Vec<u32>; 2],
    pub periods: Vec<PeriodBucket>,
    /// The slabs of the source in which sums have buckets, and how many slabs it has.
    pub slabs: (Vec<Range<usize>>, usize),
    mixes: Mixes<'a>,
    stands: SeenStandings<'a>,
}

impl<'a> Buckets<'a> {
    /// The tables for the parts of a source.
    pub fn new(plan: &'a Plan<'a>, source: &impl Source, mixes: Mixes<'a>) -> Self {
        let mut buckets = Self {
            plan,
            runs: Vec::new(),
            regions: Vec::new(),
            matter: Vec::new(),
            matters: Vec::new(),
            period: [Vec::new(), Vec::new()],
            periods: Vec::new(),
            slabs: (Vec::new(), 0),
            mixes,
            stands: SeenStandings::new(plan),
        };
        let parts = source.parts();
        buckets.tell_periods(&parts.periods);
        buckets.tell_matters(parts);
        (buckets.runs, buckets.regions) = regions_told(plan, parts);
        buckets.slabs = source.slabs(
            |period| buckets.period.iter().any(|table| table[period] != OUT),
            |matter| !buckets.matter[matter].is_out(),
        );
        buckets
    }

    fn tell_matters(&mut self, parts: &Parts) {
        let mut buckets = Interner::new();
        let by_flexibility = self
            .plan
            .is_drilled(|axis| matches!(axis, Drill::Flexibility));
        let of_activity_alone = !self.mixes.by_partner && !self.mixes.by_period;
        let by_labels = (self.plan).is_drilled(|axis| matches!(axis, Drill::Labels(_)));
        let by_rest = by_flexibility || by_labels || self.plan.slice.tag.is_some();
        self.stands.prepare(parts.runs.payment_count);
        self.matter = vec![BucketOf::OUT; parts.matters.len()];
        // Where tags and how money is bound make no difference: by mix and payment.
        // Mixes may have numbers already; each activity has one at most that is new.
        let mixes = self.mixes.len() + parts.runs.activities.len();
        let mut alike = PairTable::new(mixes, parts.runs.payment_count);
        for of_activity in &parts.runs.activities {
            let first = &parts.matters[of_activity.start];
            let mix = of_activity_alone.then(|| self.mixes.of(first.activity, first.partner, None));
            // Most activities lie outside most questions, whoever paid for them.
            if let Some(mix) = mix
                && !self.plan.complement
                && self.mixes.is_outside(mix)
            {
                continue;
            }
            let mix = mix.filter(|_| !by_rest);
            for number in of_activity.clone() {
                let payment = parts.runs.payments[number];
                let known = mix.map_or(OUT, |mix| alike.get(mix, payment));
                let bucket = match known {
                    OUT => {
                        let matter = (&parts.matters[number], payment);
                        self.bucket_of(matter, by_flexibility, &mut buckets)
                    }
                    known => Some(known),
                };
                let Some(bucket) = bucket else {
                    continue;
                };
                if let Some(mix) = mix {
                    *alike.number(mix, payment) = bucket;
                }
                // What a payment is may depend on how far the ledgers of both partners go.
                let own_period = buckets.all[bucket as usize].stands.is_none();
                self.matter[number] = BucketOf::new(bucket, own_period);
            }
        }
        self.matters = buckets.all;
    }

    fn bucket_of(
        &mut self,
        (matter, payment): (&Matter, u32),
        by_flexibility: bool,
        buckets: &mut Interner<MatterKey, MatterBucket>,
    ) -> Option<u32> {
        if matter.phase != self.plan.slice.phase {
            return None;
        }
        let parts =
            (!self.mixes.by_period).then(|| self.mixes.of(matter.activity, matter.partner, None));
        if let Some(parts) = parts
            && !self.plan.complement
            && self.mixes.is_outside(parts)
        {
            return None;
        }
        let tag = rules::tag(matter.tags, &self.plan.slice);
        if !self.plan.complement && tag == Fate::Out {
            return None;
        }
        let stands = self.stands.of(matter, payment);
        if let Some(stands) = stands {
            let stands = self.stands.get(stands);
            if stands.is_empty()
                || !self.plan.complement && stands.iter().all(|seen| seen.fate == Fate::Out)
            {
                return None;
            }
        }
        let who = match (stands, parts) {
            (Some(stands), Some(_)) => Who::Stands(self.stands.seen(stands)),
            _ => Who::Named(matter.partner, matter.flow, matter.resource),
        };
        let key = MatterKey {
            who,
            tag,
            flexibility: if by_flexibility {
                matter.flexibility.packed()
            } else {
                0
            },
            labels: (self.plan.drill.iter())
                .filter_map(|axis| match axis {
                    Drill::Labels(labels) => Some(labels.among(matter.tags)),
                    _ => None,
                })
                .fold(TagSet::default(), TagSet::and),
            mix: match parts {
                Some(parts) => (true, parts),
                None => (false, matter.activity.0),
            },
        };
        Some(buckets.number(key, |_| MatterBucket {
            matter: *matter,
            tag,
            stands,
            parts,
        }))
    }

    fn tell_periods(&mut self, periods: &[Placed<Period>]) {
        let times = self.plan.times();
        let rules: Vec<&SharingRule> = (self.plan.sharings())
            .flat_map(Sharing::rules)
            .filter(|rule| rule.period.is_some())
            .collect();
        let mut buckets: Interner<PeriodKey, PeriodBucket> = Interner::new();
        for period in periods {
            let pieces = rules::periods(*period, &self.plan.slice, times);
            let outside = pieces.pieces.iter().all(|(fate, ..)| *fate == Fate::Out);
            if outside && !self.plan.complement {
                self.period.iter_mut().for_each(|table| table.push(OUT));
                continue;
            }
            self.stands.periods.push(*period);
            let key = match (pieces.pieces.as_slice(), taken(&rules, *period)) {
                ([(Fate::In, cell, _)], Some(rules)) => PeriodKey::Inside(*cell, rules),
                ([(Fate::Out, ..)], Some(rules)) => PeriodKey::Outside(rules),
                _ => PeriodKey::As(*period),
            };
            for (table, key) in self.period.iter_mut().zip([key, PeriodKey::As(*period)]) {
                table.push(buckets.number(key, |_| PeriodBucket {
                    period: *period,
                    pieces: pieces.clone(),
                }));
            }
        }
        self.periods = buckets.all;
    }

    /// What money of a bucket is to the boundary at a time, part by part.
    pub fn stands(&mut self, bucket: u32, period: Placed<Period>) -> Vec<SeenStanding> {
        let MatterBucket { matter, stands, .. } = &self.matters[bucket as usize];
        match stands {
            Some(stands) => self.stands.get(*stands).to_vec(),
            None => self.stands.at(matter, period),
        }
    }

    /// The parts of the mix of a bucket at a time.
    pub fn parts(&mut self, bucket: u32, period: Placed<Period>) -> MixParts {
        let MatterBucket { matter, parts, .. } = &self.matters[bucket as usize];
        let number = match parts {
            Some(parts) => *parts,
            None => self.mixes.of(matter.activity, matter.partner, Some(period)),
        };
        self.mixes.get(number).clone()
    }
}

/// Runs of regions with their bucket, in the order of buckets; and the first of each bucket.
fn regions_told(plan: &Plan<'_>, parts: &Parts) -> (Vec<(Range<usize>, u32)>, Vec<Region>) {
    let sharer = Sharer::new(plan);
    let groups_matter = sharer.tells_groups(plan.cube.place().drivers());
    let mut buckets = Interner::new();
    let mut runs: Vec<(Range<usize>, u32)> = Vec::new();
    let (mut settled_ages, mut settled_group) = (None, None);
    for of_locality in &parts.runs.localities {
        let locality = sharer.settled_locality(parts.regions[of_locality.start].locality);
        if locality == Settled::Out && !plan.complement {
            continue;
        }
        for number in of_locality.clone() {
            let region = &parts.regions[number];
            let ages = remembered(&mut settled_ages, region.ages, |a| sharer.settled_ages(a));
            let group = remembered(&mut settled_group, region.group, |g| {
                sharer.settled_group(g)
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
            if key != RegionKey::Outside || plan.complement {
                let bucket = buckets.number(key, |_| *region);
                match runs.last_mut() {
                    Some((run, last)) if *last == bucket && run.end == number => run.end += 1,
                    _ => runs.push((number..number + 1, bucket)),
                }
            }
        }
    }
    runs.sort_by_key(|(_, bucket)| *bucket);
    (runs, buckets.all)
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
