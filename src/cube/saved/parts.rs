//! The parts of coordinates by the codes of their pack.
//!
//! A member is its code (`code@vintage` where the pack names a vintage), and a gap its word; packs
//! may not use those words as codes.

use crate::axis::{
    Ages, Evidence, Flexibility, FlowKind, Gap, LocalityId, MemberId, Period, Phase, Placed,
    Resource, Side, Tree,
};
use crate::counterparty::{Flow, FlowId};
use crate::crosswalk::{Mix, MixId, TagSet};
use crate::cube::parts::{Matter, Parts, Region};
use crate::place::Place;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;
use std::str::FromStr;

/// The parts of coordinates as columns: row `n` is what the number `n` stands for.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartsSaved {
    regions: Regions,
    matters: Matters,
    periods: Vec<String>,
    /// What partners' codes are spent on.
    mixes: Vec<MixSaved>,
    /// Payments between partners.
    flows: Vec<FlowSaved>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Regions {
    locality: Vec<String>,
    ages: Vec<String>,
    group: Vec<String>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Matters {
    phase: Vec<Phase>,
    resource: Vec<Resource>,
    /// Numbers of `mixes`.
    activity: Vec<u32>,
    partner: Vec<String>,
    /// Numbers of `flows`; none for what is not paid to a partner.
    flow: Vec<Option<u32>>,
    flexibility: Vec<String>,
    tags: Vec<Vec<String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MixSaved {
    class: Evidence,
    whole: u64,
    parts: Vec<(String, u64)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlowSaved {
    side: Side,
    kind: FlowKind,
    whole: u64,
    parts: Vec<(String, u64)>,
}

const NOT_OF_PLACE: &str = "it holds a member that its place does not have";
const LENGTHS: &str = "the columns of its header differ in length";
const CONTRACTED: &str = "contracted to ";

/// The parts as they are saved.
///
/// # Errors
///
/// A member that its place does not find again by its code.
pub(super) fn saved(parts: &Parts, place: &Place) -> Result<PartsSaved, String> {
    let axes = place.axes();
    let locality = |id: LocalityId| {
        let code = axes.localities.spelled(id)?;
        (axes.localities.find_recorded(code) == Ok(id)).then(|| code.to_owned())
    };
    let mut regions = Regions::default();
    for region in &parts.regions {
        let code = word(region.locality, locality)?;
        regions.locality.push(code);
        regions
            .ages
            .push(word(region.ages, |ages| Some(ages.to_string()))?);
        regions.group.push(member(&axes.groups, region.group)?);
    }
    let known: Vec<&Mix> = place.mixes().iter().map(|(_, mix)| mix).collect();
    let (mut mixes, mut flows) = (Numbered::default(), Numbered::default());
    let mut matters = Matters::default();
    for matter in &parts.matters {
        matters.phase.push(matter.phase);
        matters.resource.push(matter.resource);
        matters.activity.push(mixes.number(matter.activity, |id| {
            let mix = known.get(id.0 as usize).ok_or(NOT_OF_PLACE)?;
            let part = |&(to, weight): &(Placed<MemberId>, u64)| {
                member(&axes.activities, to).map(|code| (code, weight))
            };
            Ok(MixSaved {
                class: mix.class,
                whole: mix.whole,
                parts: mix.parts.iter().map(part).collect::<Result<_, _>>()?,
            })
        })?);
        matters
            .partner
            .push(member(&axes.partners, matter.partner)?);
        matters.flow.push(if matter.flow == FlowId::NONE {
            None
        } else {
            Some(flows.number(matter.flow, |id| {
                let flow = place.counterparties().flows().get(id).ok_or(NOT_OF_PLACE)?;
                let part = |&(other, share): &(MemberId, u64)| {
                    member(&axes.partners, Placed::On(other)).map(|code| (code, share))
                };
                Ok(FlowSaved {
                    side: flow.side,
                    kind: flow.kind,
                    whole: flow.whole,
                    parts: flow.parts.iter().map(part).collect::<Result<_, _>>()?,
                })
            })?)
        });
        matters.flexibility.push(matter.flexibility.to_string());
        matters.tags.push(tags(&axes.tags, matter.tags)?);
    }
    let period = |&period: &Placed<Period>| word(period, |period| Some(period.to_string()));
    Ok(PartsSaved {
        regions,
        matters,
        periods: parts.periods.iter().map(period).collect::<Result<_, _>>()?,
        mixes: mixes.all,
        flows: flows.all,
    })
}

/// Things in the order in which they are first met.
struct Numbered<K, T> {
    numbers: BTreeMap<K, u32>,
    all: Vec<T>,
}

impl<K, T> Default for Numbered<K, T> {
    fn default() -> Self {
        Self {
            numbers: BTreeMap::new(),
            all: Vec::new(),
        }
    }
}

impl<K: Copy + Ord, T> Numbered<K, T> {
    fn number(&mut self, key: K, make: impl FnOnce(K) -> Result<T, String>) -> Result<u32, String> {
        if let Some(&known) = self.numbers.get(&key) {
            return Ok(known);
        }
        // There are fewer of them than matters, which are counted in 24 bits.
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(make(key)?);
        self.numbers.insert(key, number);
        Ok(number)
    }
}

fn word<T: Copy>(
    placed: Placed<T>,
    text: impl FnOnce(T) -> Option<String>,
) -> Result<String, String> {
    match placed {
        Placed::Gap(gap) => Ok(gap.name().to_owned()),
        Placed::On(on) => text(on).ok_or_else(|| NOT_OF_PLACE.to_owned()),
    }
}

pub(super) fn member(tree: &Tree, placed: Placed<MemberId>) -> Result<String, String> {
    word(placed, |id| {
        let code = tree.spelled(id)?;
        (tree.find(code) == Ok(id)).then(|| code.to_owned())
    })
}

fn tags(tree: &Tree, set: TagSet) -> Result<Vec<String>, String> {
    let has = tree.iter().map(|(id, _)| id).filter(|&id| set.has(id));
    let ids: Vec<MemberId> = has.collect();
    if ids
        .iter()
        .fold(TagSet::default(), |all, &id| all.and(TagSet::one(id)))
        != set
    {
        return Err(NOT_OF_PLACE.to_owned());
    }
    ids.into_iter()
        .map(|id| member(tree, Placed::On(id)))
        .collect()
}

impl PartsSaved {
    /// The parts in the numbers of this place.
    ///
    /// # Errors
    ///
    /// A code that the place does not have; parts that are not in order.
    pub(super) fn parts(&self, place: &Place) -> Result<Parts, String> {
        let periods = self.periods.iter().map(|text| placed(text, read));
        let parts = Parts::new(
            self.regions.read(place)?,
            self.matters(place)?,
            periods.collect::<Result<_, _>>()?,
        );
        parts.check().map_err(said)?;
        let in_order =
            ascending(&parts.regions) && ascending(&parts.matters) && ascending(&parts.periods);
        if !in_order {
            return Err("the parts of its places are not in the order of the pack".to_owned());
        }
        Ok(parts)
    }

    fn matters(&self, place: &Place) -> Result<Vec<Matter>, String> {
        let (axes, saved) = (place.axes(), &self.matters);
        let known: HashMap<&Mix, MixId> = place.mixes().iter().map(|(id, mix)| (mix, id)).collect();
        let mixes: Vec<MixId> = (self.mixes.iter())
            .map(|mix| {
                let part =
                    |(to, weight): &(String, u64)| Ok((found(&axes.activities, to)?, *weight));
                let mix = Mix {
                    parts: mix.parts.iter().map(part).collect::<Result<_, String>>()?,
                    whole: mix.whole,
                    class: mix.class,
                };
                known.get(&mix).copied().ok_or(NOT_OF_PLACE.to_owned())
            })
            .collect::<Result<_, String>>()?;
        let flows = place.counterparties().flows();
        let known: HashMap<&Flow, FlowId> = flows.iter().map(|(id, flow)| (flow, id)).collect();
        let flows: Vec<FlowId> = (self.flows.iter())
            .map(|flow| {
                let part = |(other, share): &(String, u64)| {
                    Ok((axes.partners.find(other).map_err(said)?, *share))
                };
                let flow = Flow {
                    side: flow.side,
                    kind: flow.kind,
                    parts: flow.parts.iter().map(part).collect::<Result<_, String>>()?,
                    whole: flow.whole,
                };
                known.get(&flow).copied().ok_or(NOT_OF_PLACE.to_owned())
            })
            .collect::<Result<_, String>>()?;
        let count = saved.phase.len();
        let lengths = [
            saved.resource.len(),
            saved.activity.len(),
            saved.partner.len(),
            saved.flow.len(),
            saved.flexibility.len(),
            saved.tags.len(),
        ];
        if lengths != [count; 6] {
            return Err(LENGTHS.to_owned());
        }
        let matter = |i: usize| {
            let tag = |all: TagSet, code: &String| {
                Ok::<_, String>(all.and(TagSet::one(axes.tags.find(code).map_err(said)?)))
            };
            Ok(Matter {
                phase: saved.phase[i],
                resource: saved.resource[i],
                activity: numbered(&mixes, saved.activity[i])?,
                partner: found(&axes.partners, &saved.partner[i])?,
                flow: (saved.flow[i]).map_or(Ok(FlowId::NONE), |flow| numbered(&flows, flow))?,
                flexibility: flexibility(&saved.flexibility[i])?,
                tags: saved.tags[i].iter().try_fold(TagSet::default(), tag)?,
            })
        };
        (0..count).map(matter).collect()
    }
}

impl Regions {
    fn read(&self, place: &Place) -> Result<Vec<Region>, String> {
        let axes = place.axes();
        if self.ages.len() != self.locality.len() || self.group.len() != self.locality.len() {
            return Err(LENGTHS.to_owned());
        }
        let columns = self.locality.iter().zip(&self.ages).zip(&self.group);
        let region = |((locality, ages), group): ((&String, &String), &String)| {
            Ok(Region {
                locality: placed(locality, |code| {
                    axes.localities.find_recorded(code).map_err(said)
                })?,
                ages: placed(ages, read::<Ages>)?,
                group: found(&axes.groups, group)?,
            })
        };
        columns.map(region).collect()
    }
}

fn placed<T>(text: &str, on: impl FnOnce(&str) -> Result<T, String>) -> Result<Placed<T>, String> {
    match Gap::ALL.into_iter().find(|gap| gap.name() == text) {
        Some(gap) => Ok(Placed::Gap(gap)),
        None => on(text).map(Placed::On),
    }
}

pub(super) fn found(tree: &Tree, text: &str) -> Result<Placed<MemberId>, String> {
    placed(text, |code| tree.find(code).map_err(said))
}

/// A contract may bind to any period here; in packs it is always to a month.
fn flexibility(text: &str) -> Result<Flexibility, String> {
    match text.strip_prefix(CONTRACTED) {
        Some(period) => read(period).map(Flexibility::ContractedTo),
        None => read(text),
    }
}

fn read<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(said)
}

fn numbered<T: Copy>(all: &[T], number: u32) -> Result<T, String> {
    let one = all.get(number as usize).copied();
    one.ok_or_else(|| format!("its header has nothing under number {number}"))
}

fn said(error: impl Display) -> String {
    error.to_string()
}

fn ascending<T: Ord>(parts: &[T]) -> bool {
    parts.is_sorted_by(|one, other| one < other)
}
