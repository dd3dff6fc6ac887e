//! The axes of the table that is asked for, with their cells.

use super::by::By;
use super::cell::Cell;
use super::roles::{Hands, Role};
use super::slice::Slice;
use crate::axis::{Ages, Axes, Leaves, LocalityId, Period, Tree};
use crate::cube::Cube;
use crate::cube::ask::error::AskError;

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
    /// The axes in numbers.
    pub fn resolve_all(cube: &Cube, by: &[By], slice: &Slice) -> Result<Vec<Self>, AskError> {
        let place = cube.place();
        let axes = place.axes();
        let mut drills: Vec<Self> = Vec::with_capacity(by.len());
        for by in by {
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

fn role(cube: &Cube, slice: &Slice, role: Role) -> Result<Drill, AskError> {
    let years = slice.period.financial_years();
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
