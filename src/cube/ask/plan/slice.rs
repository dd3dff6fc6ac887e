//! The members that are asked for, in numbers: one set for each axis.

use super::cut::Cut;
use crate::account::{AskedMonths, Insiders, WhoseMonths};
use crate::axis::{Ages, Leaves, Localities, LocalityId, MemberId, Period, Phase, Resource, Tree};
use crate::cube::Cube;
use crate::cube::ask::error::AskError;
use std::sync::Arc;

/// One set of members for each axis; `None` is an axis that is not cut.
#[derive(Clone, Debug)]
pub struct Slice {
    pub partners: Option<Vec<MemberId>>,
    pub activities: Option<Vec<MemberId>>,
    pub ages: Option<Vec<Ages>>,
    pub groups: Option<Vec<MemberId>>,
    pub tag: Option<MemberId>,
    pub leaves: Option<Leaves>,
    pub period: Period,
    pub phase: Phase,
    pub inside: Insiders,
    pub resource: Resource,
    /// Of which months of the period ledgers have lines, where some have not all.
    pub months: Option<Arc<AskedMonths>>,
}

impl Slice {
    /// The members that a question names, in the numbers of the place.
    pub fn resolve(cube: &Cube, cut: &Cut<'_>) -> Result<Self, AskError> {
        let place = cube.place();
        let axes = place.axes();
        let localities = localities(&axes.localities, cut.localities)?;
        let leaves = localities.as_ref().map(|members| {
            Leaves::union(members.iter().map(|&member| axes.localities.leaves(member)))
        });
        let tag = tag(&axes.tags, cut.tags)?;
        let period = cut.period.ok_or_else(|| cube.no_period())?;
        let phase = cut.phase.ok_or(AskError::NoPhase)?;
        let boundary = cut.boundary.ok_or_else(|| AskError::NoBoundary {
            sets: (place.boundaries().iter())
                .map(|set| set.code.clone())
                .collect(),
        })?;
        let inside = boundary.inside(place)?;
        let partners = members("partner", &axes.partners, cut.partners)?;
        let whose = WhoseMonths {
            period,
            phase,
            resource: cut.resource,
            inside: &inside,
            partners: partners.as_deref(),
        };
        let months = AskedMonths::of(cube.recorded_months(), place, whose);
        Ok(Self {
            months: months.map(Arc::new),
            inside,
            resource: cut.resource,
            partners,
            activities: members("activity", &axes.activities, cut.activities)?,
            ages: ages(cut.ages)?,
            groups: members("group", &axes.groups, cut.groups)?,
            tag,
            leaves,
            period,
            phase,
        })
    }
}

/// Tags overlap, so that only one can be asked for.
fn tag(tags: &Tree, codes: &[String]) -> Result<Option<MemberId>, AskError> {
    match codes {
        [] => Ok(None),
        [tag] => Ok(Some(tags.find_named(tag)?)),
        [first, second, ..] => {
            tags.find_named(first)?;
            tags.find_named(second)?;
            Err(AskError::TagsOverlap {
                first: first.clone(),
                second: second.clone(),
            })
        }
    }
}

fn members(
    axis: &'static str,
    tree: &Tree,
    codes: &[String],
) -> Result<Option<Vec<MemberId>>, AskError> {
    let mut found: Vec<MemberId> = Vec::with_capacity(codes.len());
    for code in codes {
        let member = tree.find_named(code)?;
        if let Some(&other) = found
            .iter()
            .find(|&&other| tree.contains(other, member) || tree.contains(member, other))
        {
            return Err(AskError::Overlap {
                axis,
                first: tree.get(other).code.clone(),
                second: code.clone(),
            });
        }
        found.push(member);
    }
    Ok((!found.is_empty()).then_some(found))
}

fn localities(all: &Localities, codes: &[String]) -> Result<Option<Vec<LocalityId>>, AskError> {
    let mut found: Vec<LocalityId> = Vec::with_capacity(codes.len());
    for code in codes {
        let member = all.find_named(code)?;
        let overlapping = found
            .iter()
            .find(|&&other| !all.leaves(other).is_disjoint(all.leaves(member)));
        if let Some(&other) = overlapping {
            return Err(AskError::Overlap {
                axis: "locality",
                first: all.code(other).to_owned(),
                second: code.clone(),
            });
        }
        found.push(member);
    }
    Ok((!found.is_empty()).then_some(found))
}

/// Intervals in order; those that touch are joined, so that a driver's bands can be matched.
fn ages(asked: &[Ages]) -> Result<Option<Vec<Ages>>, AskError> {
    let mut sorted = asked.to_vec();
    sorted.sort();
    for pair in sorted.windows(2) {
        if pair[0].intersection(pair[1]).is_some() {
            return Err(AskError::Overlap {
                axis: "ages",
                first: pair[0].to_string(),
                second: pair[1].to_string(),
            });
        }
    }
    Ok((!sorted.is_empty()).then(|| joined(sorted)))
}

/// Joins intervals that touch; they must be in order and not overlap.
pub fn joined(sorted: Vec<Ages>) -> Vec<Ages> {
    let mut all: Vec<Ages> = Vec::with_capacity(sorted.len());
    for next in sorted {
        match all.last_mut() {
            Some(last) if last.oldest() + 1 == next.youngest() => {
                *last = Ages::new(last.youngest(), next.oldest()).unwrap_or(*last);
            }
            _ => all.push(next),
        }
    }
    all
}
