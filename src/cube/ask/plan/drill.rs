//! The axes of the table that is asked for, with their cells.

use super::by::By;
use super::cell::Cell;
use super::labels::{Labels, MODE};
use super::own_codes::{Ledgers, Lines, OwnCodes};
use super::roles::{Hands, Role};
use super::slice::Slice;
use super::times::{TimeKind, Times};
use crate::axis::{Ages, Axes, Leaves, LocalityId, Tree};
use crate::cube::Cube;
use crate::cube::ask::error::AskError;
use std::sync::Arc;

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
    Times(Times),
    Flexibility,
    Labels(Labels),
    Ledger(Arc<Ledgers>),
    Code(Arc<OwnCodes>),
}

impl Drill {
    /// The axes in numbers. A partner's codes mean something within its ledger only, so that of codes alone
    /// the ledger is told first.
    pub fn resolve_all(
        cube: &Cube,
        lines: Option<Lines<'_>>,
        by: &[By],
        slice: &Slice,
    ) -> Result<Vec<Self>, AskError> {
        let place = cube.place();
        let axes = place.axes();
        let mut drills: Vec<Self> = Vec::with_capacity(by.len());
        let of_ledgers = by.contains(&By::Ledger);
        let codes = by.iter().position(|one| matches!(one, By::Code(_)));
        let with_ledgers = by.iter().enumerate().flat_map(|(number, one)| {
            let ledger = codes == Some(number) && !of_ledgers;
            ledger.then_some(&By::Ledger).into_iter().chain([one])
        });
        for by in with_ledgers {
            let drill = match by {
                By::Partner => Self::Partner,
                By::Funder => role(cube, slice, Role::Funder)?,
                By::Commissioner => role(cube, slice, Role::Commissioner)?,
                By::Deliverer => role(cube, slice, Role::Deliverer)?,
                By::Counterparty => Self::Counterparty,
                By::Activity(level) => {
                    Self::Activity(level_of("activity", &axes.activities, level.as_ref())?)
                }
                By::Group(level) => Self::Group(level_of("group", &axes.groups, level.as_ref())?),
                By::Ages(bands) => Self::Ages(bands_of(bands.as_deref(), place.age_bands())?),
                By::Locality(level) => Self::Locality(cells_of(axes, slice, level)?),
                By::FinancialYear => Self::Times(Times::years(slice.period)),
                By::Quarter => Self::Times(told(cube, slice, TimeKind::Quarters)),
                By::Month => Self::Times(told(cube, slice, TimeKind::Months)),
                By::Flexibility => Self::Flexibility,
                By::Mode => Self::Labels(Labels::of(&axes.tags, MODE)?),
                By::Tag(level) => Self::Labels(Labels::of(&axes.tags, level)?),
                By::Ledger => Self::Ledger(Ledgers::of(lines.ok_or(AskError::NoLines)?.0)),
                By::Code(name) => {
                    let account = lines.ok_or(AskError::NoLines)?.0;
                    Self::Code(OwnCodes::of(account, name.as_deref().unwrap_or(ACTIVITY))?)
                }
            };
            if drills.iter().any(|other| other.axis() == drill.axis()) {
                return Err(AskError::DrilledTwice { axis: drill.axis() });
            }
            drills.push(drill);
        }
        refuse_unlike(&drills)?;
        Ok(drills)
    }

    /// Whether it tells lines apart by what a cube does not hold.
    pub fn is_of_lines(&self) -> bool {
        matches!(self, Self::Ledger(_) | Self::Code(_))
    }

    /// Whether it tells months or quarters apart.
    pub fn tells_months(&self) -> bool {
        matches!(self, Self::Times(times) if !times.share_by_days())
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
            | Self::Times(_)
            | Self::Flexibility
            | Self::Labels(_)
            | Self::Ledger(_)
            | Self::Code(_) => None,
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
            Self::Times(_) => "period",
            Self::Flexibility => "flexibility",
            Self::Labels(labels) if labels.are_modes() => "mode",
            Self::Labels(_) => "tag",
            Self::Ledger(_) => "ledger",
            Self::Code(_) => "code",
        }
    }
}

/// The code by which crosswalks tell what money is for, and which is meant where none is named.
const ACTIVITY: &str = "activity";

/// Refuses axes that say nothing together.
fn refuse_unlike(drills: &[Drill]) -> Result<(), AskError> {
    let followed = drills.iter().find_map(|axis| match axis {
        Drill::Role(role, hands) if hands.are_followed() => Some(role.name()),
        _ => None,
    });
    match followed {
        Some(role) if drills.iter().any(Drill::tells_months) => {
            Err(AskError::FollowedByYear { role })
        }
        _ => Ok(()),
    }
}

fn told(cube: &Cube, slice: &Slice, kind: TimeKind) -> Times {
    let recorded = cube.records().parts.periods.iter();
    let recorded = recorded.filter_map(|time| time.member());
    Times::told(kind, slice.period, recorded)
}

fn role(cube: &Cube, slice: &Slice, role: Role) -> Result<Drill, AskError> {
    let years = Times::years(slice.period);
    let hands = Hands::new(cube, role, (slice.phase, slice.resource), years)?;
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
                .map_or("", |(cell, _)| localities.code(LocalityId(cell.number())));
            return Err(AskError::Overlap {
                axis: "locality",
                first: other.to_owned(),
                second: localities.code(member).to_owned(),
            });
        }
        taken = Leaves::union([&taken, &leaves]);
        if !leaves.is_empty() {
            cells.push((Cell::member(member.0), leaves));
        }
    }
    Ok(cells)
}
