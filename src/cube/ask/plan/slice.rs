//! The question in numbers: which members, which cells.

use super::cell::Cell;
use super::roles::{Hands, Role};
use crate::account::{Figures, Inside, Standings};
use crate::axis::{
    Ages, Axes, Leaves, Localities, LocalityId, MemberId, Period, Phase, Resource, Tree,
};
use crate::cube::Cube;
use crate::cube::ask::error::AskError;
use crate::cube::ask::question::{By, Question};

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
    pub inside: Inside,
    pub resource: Resource,
}

impl Slice {
    pub fn resolve(question: &Question<'_>) -> Result<Self, AskError> {
        let axes = question.cube.place().axes();
        let localities = localities(&axes.localities, &question.localities)?;
        let leaves = localities.as_ref().map(|members| {
            Leaves::union(members.iter().map(|&member| axes.localities.leaves(member)))
        });
        let tag = match question.tags.as_slice() {
            [] => None,
            [tag] => Some(axes.tags.find(tag)?),
            [first, second, ..] => {
                axes.tags.find(first)?;
                axes.tags.find(second)?;
                return Err(AskError::TagsOverlap {
                    first: first.clone(),
                    second: second.clone(),
                });
            }
        };
        let period = question.period.ok_or(AskError::NoPeriod)?;
        let phase = question.phase.ok_or(AskError::NoPhase)?;
        let boundary = (question.boundary.as_ref()).ok_or_else(|| AskError::NoBoundary {
            sets: (question.cube.place().boundaries().iter())
                .map(|set| set.code.clone())
                .collect(),
        })?;
        Ok(Self {
            inside: boundary.inside(question.cube.place())?,
            resource: question.resource,
            partners: members("partner", &axes.partners, &question.partners)?,
            activities: members("activity", &axes.activities, &question.activities)?,
            ages: ages(&question.ages)?,
            groups: members("group", &axes.groups, &question.groups)?,
            tag,
            leaves,
            period,
            phase,
        })
    }

    /// What the lines of a cube are to the boundary of the question.
    pub fn standings<'a>(&'a self, cube: &'a Cube) -> Standings<'a> {
        Standings {
            inside: &self.inside,
            figures: Figures {
                terms: cube.place().transfers(),
                held: cube.held(),
                phase: self.phase,
                resource: self.resource,
            },
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
        let member = tree.find(code)?;
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
        let member = all.find(code)?;
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

/// An axis of the table, with its cells.
#[derive(Clone, Debug)]
pub enum Drill {
    Partner,
    Role(Role, Hands),
    Counterparty,
    Activity(Option<String>),
    Ages(Vec<Ages>),
    Group(Option<String>),
    Locality(Vec<(Cell, Leaves)>),
    Years(Vec<Period>),
    Flexibility,
}

impl Drill {
    pub fn resolve_all(question: &Question<'_>, slice: &Slice) -> Result<Vec<Self>, AskError> {
        let place = question.cube.place();
        let axes = place.axes();
        let mut drills: Vec<Self> = Vec::with_capacity(question.by.len());
        for by in &question.by {
            let drill = match by {
                By::Partner => Self::Partner,
                By::Funder => role(question, slice, Role::Funder)?,
                By::Commissioner => role(question, slice, Role::Commissioner)?,
                By::Deliverer => role(question, slice, Role::Deliverer)?,
                By::Counterparty => Self::Counterparty,
                By::Activity(level) => {
                    Self::Activity(level_of("activity", &axes.activities, level.as_ref())?)
                }
                By::Group(level) => Self::Group(level_of("group", &axes.groups, level.as_ref())?),
                By::Ages(bands) => Self::Ages(bands_of(bands.as_deref(), place.age_bands())?),
                By::Locality(level) => Self::Locality(cells_of(axes, slice, level)?),
                By::FinancialYear => Self::Years(slice.period.financial_years()),
                By::Flexibility => Self::Flexibility,
            };
            if drills.iter().any(|other| other.axis() == drill.axis()) {
                return Err(AskError::DrilledTwice { axis: drill.axis() });
            }
            drills.push(drill);
        }
        Ok(drills)
    }

    /// Its place among the axes of a region (locality, ages, group); `None` for others.
    pub fn of_region(&self) -> Option<usize> {
        match self {
            Self::Locality(_) => Some(0),
            Self::Ages(_) => Some(1),
            Self::Group(_) => Some(2),
            Self::Partner
            | Self::Role(..)
            | Self::Counterparty
            | Self::Activity(_)
            | Self::Years(_)
            | Self::Flexibility => None,
        }
    }

    /// The name of the axis, as keys of rows say it.
    pub fn axis(&self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Role(role, _) => role.name(),
            Self::Counterparty => "counterparty",
            Self::Activity(_) => "activity",
            Self::Ages(_) => "ages",
            Self::Group(_) => "group",
            Self::Locality(_) => "locality",
            Self::Years(_) => "period",
            Self::Flexibility => "flexibility",
        }
    }
}

fn role(question: &Question<'_>, slice: &Slice, role: Role) -> Result<Drill, AskError> {
    let years = slice.period.financial_years();
    let hands = Hands::new(question.cube, role, (slice.phase, slice.resource), years)?;
    Ok(Drill::Role(role, hands))
}

fn level_of(
    axis: &'static str,
    tree: &Tree,
    level: Option<&String>,
) -> Result<Option<String>, AskError> {
    match level {
        Some(level) if !tree.levels().contains(&level.as_str()) => Err(AskError::NoSuchLevel {
            axis,
            found: level.clone(),
            known: tree.levels().into_iter().map(str::to_owned).collect(),
        }),
        level => Ok(level.cloned()),
    }
}

fn bands_of(asked: Option<&[Ages]>, own: &[Ages]) -> Result<Vec<Ages>, AskError> {
    let bands = asked.unwrap_or(own).to_vec();
    if bands.is_empty() {
        return Err(AskError::NoAgeBands);
    }
    if !Ages::make_up_all_ages(&bands) {
        let list: Vec<String> = bands.iter().map(Ages::to_string).collect();
        return Err(AskError::AgeBands {
            found: list.join(", "),
        });
    }
    Ok(bands)
}

/// The localities of a level that share something with the slice; they may not overlap.
fn cells_of(axes: &Axes, slice: &Slice, level: &str) -> Result<Vec<(Cell, Leaves)>, AskError> {
    let localities = &axes.localities;
    let members = localities.at_level(level);
    if members.is_empty() {
        return Err(AskError::NoSuchLevel {
            axis: "locality",
            found: level.to_owned(),
            known: localities.levels().into_iter().map(str::to_owned).collect(),
        });
    }
    let mut cells: Vec<(Cell, Leaves)> = Vec::with_capacity(members.len());
    let mut taken = Leaves::default();
    for member in members {
        let leaves = match &slice.leaves {
            Some(cut) => cut.intersection(localities.leaves(member)),
            None => localities.leaves(member).clone(),
        };
        if !taken.is_disjoint(&leaves) {
            let other = cells
                .iter()
                .find(|(_, earlier)| !earlier.is_disjoint(&leaves))
                .map_or("", |(cell, _)| localities.code(LocalityId(*cell)));
            return Err(AskError::Overlap {
                axis: "locality",
                first: other.to_owned(),
                second: localities.code(member).to_owned(),
            });
        }
        taken = Leaves::union([&taken, &leaves]);
        if !leaves.is_empty() {
            cells.push((member.0, leaves));
        }
    }
    Ok(cells)
}
