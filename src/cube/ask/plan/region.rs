//! How a record's region of localities × ages × client groups is shared out between the cells of a
//! question:
//! `share = mass(R ∩ S) / mass(R)`.
//!
//! This is the one rule that the quick way and the judge have in common: it is the formula of sharing
//! itself. `tests/spend/oracle/` works it out from the files of a place, without this crate.

use super::Plan;
use super::cell::{Cell, Fate};
use super::drill::Drill;
use super::slice::{Slice, joined};
use crate::axis::{Ages, Axes, Evidence, Gap, Leaves, LocalityId, LocalityMix, MemberId, Placed};
use crate::cube::parts::Region;
use crate::driver::{Driver, Groups};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A region shared out between cells.
#[derive(Clone, Debug)]
pub struct SharedRegion {
    /// Shares that sum to one.
    pub pieces: Vec<RegionPiece>,
    /// How the sharing is known; direct when the region was not shared out.
    pub class: Evidence,
    /// Whether the driver was used.
    pub shared: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegionPiece {
    pub fate: Fate,
    pub locality: Cell,
    pub ages: Cell,
    pub group: Cell,
    /// Numerator and denominator of its share of the region.
    pub mass: u64,
    pub whole: u64,
}

impl RegionPiece {
    /// Whether it lies where the other does.
    fn lies_with(&self, other: &Self) -> bool {
        (self.fate, self.locality, self.ages, self.group)
            == (other.fate, other.locality, other.ages, other.group)
    }
}

/// The part of a record's extent on one axis that lies in the slice, by cell.
#[derive(Clone, Debug)]
struct Extent<T> {
    inside: Vec<(Cell, T)>,
    /// Whether some of it lies outside the slice.
    outside: bool,
    /// The reason when the records cannot say where it lies.
    unknown: Option<Gap>,
}

impl<T> Extent<T> {
    fn at(cell: Cell, extent: T) -> Self {
        Self {
            inside: vec![(cell, extent)],
            outside: false,
            unknown: None,
        }
    }

    fn nowhere() -> Self {
        Self {
            inside: Vec::new(),
            outside: true,
            unknown: None,
        }
    }

    /// A gap on an axis that is cut: it may lie in the slice or not.
    fn unknown(gap: Gap) -> Self {
        Self {
            inside: Vec::new(),
            outside: false,
            unknown: Some(gap),
        }
    }

    fn lies_outside(&self) -> bool {
        self.inside.is_empty() && self.unknown.is_none()
    }

    /// The only cell, or the cell of a gap when there are several. Several parts may have one
    /// cell: two client groups in the row of the group above them.
    fn cell(&self, gap: Gap) -> Cell {
        match (self.unknown, self.inside.as_slice()) {
            (Some(unknown), _) => Cell::gap(unknown),
            (None, [(cell, _), rest @ ..]) if rest.iter().all(|(other, _)| other == cell) => *cell,
            (None, _) => Cell::gap(gap),
        }
    }

    fn is_whole(&self) -> bool {
        self.inside.len() == 1 && !self.outside
    }

    fn settled(&self) -> bool {
        self.unknown.is_some() || self.is_whole()
    }

    /// What is inside; all of it where the records cannot say.
    fn parts(&self, all: T) -> Cow<'_, [(Cell, T)]>
    where
        T: Clone,
    {
        match self.unknown {
            Some(gap) => Cow::Owned(vec![(Cell::gap(gap), all)]),
            None => Cow::Borrowed(&self.inside),
        }
    }
}

/// What one axis of a region is to the slice, as far as no driver is needed to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// All of it lies outside.
    Out,
    /// All of it lies in one cell.
    Whole(Cell),
    /// It is shared out, or nobody can say.
    Open,
}

impl<T> Extent<T> {
    fn settlement(&self) -> Settled {
        if self.lies_outside() {
            Settled::Out
        } else if self.is_whole() {
            Settled::Whole(self.inside[0].0)
        } else {
            Settled::Open
        }
    }
}

/// The leaves of a region, by cell.
type Places = Extent<Option<Leaves>>;

/// The extents of a region on its three axes.
struct Extents {
    localities: Places,
    ages: Extent<Vec<Ages>>,
    groups: Extent<Option<MemberId>>,
}

impl Extents {
    fn cells(&self, gap: Gap) -> [Cell; 3] {
        [
            self.localities.cell(gap),
            self.ages.cell(gap),
            self.groups.cell(gap),
        ]
    }

    fn partly_outside(&self) -> bool {
        self.localities.outside || self.ages.outside || self.groups.outside
    }

    /// Whether there is nothing to share out: each axis is whole, or is not known at all.
    fn settled(&self) -> bool {
        self.localities.settled() && self.ages.settled() && self.groups.settled()
    }
}

/// Shares regions out between the cells of one question.
pub struct Sharer<'a> {
    axes: &'a Axes,
    slice: &'a Slice,
    locality_cells: Option<&'a [(Cell, Leaves)]>,
    age_cells: Option<&'a [Ages]>,
    group_level: Option<&'a Option<String>>,
    /// Localities met before: many regions share one.
    known: RefCell<HashMap<Placed<LocalityId>, Rc<Places>>>,
}

impl<'a> Sharer<'a> {
    pub fn new(plan: &'a Plan<'_>) -> Self {
        let mut sharer = Self {
            axes: plan.cube.place().axes(),
            slice: &plan.slice,
            locality_cells: None,
            age_cells: None,
            group_level: None,
            known: RefCell::default(),
        };
        for axis in &plan.drill {
            match axis {
                Drill::Locality(cells) => sharer.locality_cells = Some(cells),
                Drill::Ages(bands) => sharer.age_cells = Some(bands),
                Drill::Group(level) => sharer.group_level = Some(level),
                Drill::Partner
                | Drill::Role(..)
                | Drill::Counterparty
                | Drill::Activity(_)
                | Drill::Times(_)
                | Drill::Flexibility
                | Drill::Labels(_)
                | Drill::Ledger(_)
                | Drill::Code(_) => {}
            }
        }
        sharer
    }

    /// Whether a region is shared out otherwise for one client group than for another.
    pub fn tells_groups(&self, drivers: &[Driver]) -> bool {
        self.slice.groups.is_some()
            || self.group_level.is_some()
            || drivers.iter().any(Driver::knows_groups)
    }

    pub fn settled_locality(&self, place: Placed<LocalityId>) -> Settled {
        let Some(mix) = self.mix(place) else {
            return self.known_localities(place).settlement();
        };
        let mut settled = (mix.parts.iter()).map(|(part, _)| self.settled_locality(*part));
        match settled.next() {
            Some(first) if !settled.all(|other| other == first) => Settled::Open,
            // A code that means one locality may still do so by judgement.
            Some(Settled::Whole(_)) if mix.parts.len() == 1 && self.tells_places() => Settled::Open,
            Some(first) => first,
            None => Settled::Open,
        }
    }

    /// The weights of a place that is several localities.
    fn mix(&self, place: Placed<LocalityId>) -> Option<&'a LocalityMix> {
        self.axes.localities.mix(place.member()?)
    }

    /// Whether it matters in which locality money lies.
    fn tells_places(&self) -> bool {
        self.slice.leaves.is_some() || self.locality_cells.is_some()
    }

    pub fn settled_ages(&self, ages: Placed<Ages>) -> Settled {
        self.ages(ages).settlement()
    }

    /// A driver may share out what this leaves open, and settles nothing else.
    pub fn settled_group(&self, group: Placed<MemberId>) -> Settled {
        self.groups(group, None).settlement()
    }

    fn known_localities(&self, place: Placed<LocalityId>) -> Rc<Places> {
        if let Some(known) = self.known.borrow().get(&place) {
            return Rc::clone(known);
        }
        let extent = Rc::new(self.localities(place));
        (self.known.borrow_mut()).insert(place, Rc::clone(&extent));
        extent
    }

    /// Shares a region out by a driver; without one, what would need it cannot be said.
    pub fn share(&self, region: Region, driver: Option<&Driver>) -> SharedRegion {
        match self.mix(region.locality) {
            Some(mix) => self.share_mix(region, mix, driver),
            None => self.share_place(region, driver),
        }
    }

    /// Shares out a region of several localities: to each the part that its weight says, and that
    /// part as if it had been recorded there. The weights matter only where the parts fare
    /// differently.
    fn share_mix(
        &self,
        region: Region,
        mix: &LocalityMix,
        driver: Option<&Driver>,
    ) -> SharedRegion {
        let mut all = SharedRegion {
            pieces: Vec::new(),
            class: Evidence::Direct,
            shared: false,
        };
        for &(locality, weight) in &mix.parts {
            let of_part = self.share_place(Region { locality, ..region }, driver);
            all.class = all.class.max(of_part.class);
            all.shared |= of_part.shared;
            for piece in of_part.pieces {
                // Packs in which this would be too large do not open.
                let (mass, whole) = (weight * piece.mass, mix.whole * piece.whole);
                let piece = RegionPiece {
                    mass,
                    whole,
                    ..piece
                };
                let same =
                    |known: &&mut RegionPiece| known.lies_with(&piece) && known.whole == whole;
                match all.pieces.iter_mut().find(same) {
                    Some(known) => known.mass += mass,
                    None => all.pieces.push(piece),
                }
            }
        }
        let alike = all.pieces.len() == 1 && !all.shared;
        if let (true, [only]) = (alike, all.pieces.as_mut_slice()) {
            (only.mass, only.whole) = (1, 1);
        }
        let weighed = match mix.parts.len() {
            1 => self.tells_places() && all.pieces.iter().any(|piece| piece.fate != Fate::Out),
            _ => !alike,
        };
        if weighed {
            all.class = all.class.max(mix.class);
        }
        all
    }

    /// Shares out a region of one locality, or of none.
    fn share_place(&self, region: Region, driver: Option<&Driver>) -> SharedRegion {
        let localities = self.known_localities(region.locality);
        let ages = self.ages(region.ages);
        let groups = self.groups(region.group, driver);
        if localities.lies_outside() || ages.lies_outside() || groups.lies_outside() {
            return whole(Fate::Out, [Cell::WHOLE; 3]);
        }
        if localities.is_whole() && ages.is_whole() && groups.is_whole() {
            let cells = [localities.inside[0].0, ages.inside[0].0, groups.inside[0].0];
            return whole(Fate::In, cells);
        }
        // What one axis does not say does not hinder the others from being shared.
        let unknown = localities.unknown.or(ages.unknown).or(groups.unknown);
        let fate = unknown.map_or(Fate::In, Fate::Unknown);
        let mut extents = Extents {
            localities: Rc::unwrap_or_clone(localities),
            ages,
            groups,
        };
        let mut reason = Gap::NotDisaggregated;
        // A driver may be too coarse for the rows but not for the slice: then the slice is
        // shared, and its rows on that axis are one row that says why.
        for merge in [Merge::Nothing, Merge::Ages, Merge::Localities] {
            match merge {
                Merge::Nothing => {}
                Merge::Ages => extents.ages = merged_ages(extents.ages, reason),
                Merge::Localities => {
                    extents.localities = merged_localities(extents.localities, reason);
                }
            }
            match self.by_masses(region, &extents, driver, fate) {
                Ok(shared) => return shared,
                Err(gap) => reason = gap,
            }
        }
        let fate = if extents.partly_outside() {
            fate.and(Fate::Unknown(reason))
        } else {
            fate
        };
        whole(fate, extents.cells(reason))
    }

    /// The sharing by masses, or why the driver cannot give them.
    fn by_masses(
        &self,
        region: Region,
        extents: &Extents,
        driver: Option<&Driver>,
        fate: Fate,
    ) -> Result<SharedRegion, Gap> {
        if extents.settled() {
            return Ok(whole(fate, extents.cells(Gap::NotDisaggregated)));
        }
        let driver = driver.ok_or(Gap::NotDisaggregated)?;
        let Placed::On(locality) = region.locality else {
            return Err(extents.localities.unknown.unwrap_or(Gap::NotDisaggregated));
        };
        let all_leaves = self.axes.localities.leaves(locality);
        let all_ages = region.ages.member().unwrap_or(Ages::ALL);
        let group = region.group.member();
        let mass = |leaves: &Leaves, ages: &[Ages], branch: Option<MemberId>| {
            let groups = match branch.or(group) {
                Some(top) if driver.knows_groups() => Groups::Branch(&self.axes.groups, top),
                _ => Groups::All,
            };
            ages.iter()
                .try_fold(0, |sum, &ages| Ok(sum + driver.mass(leaves, ages, groups)?))
        };
        let total = mass(all_leaves, &[all_ages], None)?;
        if total == 0 {
            return Err(Gap::NoMass);
        }
        // The ages by which it is divided, and those that it is for.
        let ages = extents.ages.parts(vec![all_ages]);
        let cut: Vec<Ages> = (ages.iter().flat_map(|(_, intervals)| intervals).copied())
            .chain([all_ages])
            .collect();
        let mut pieces = Vec::new();
        let mut inside = 0;
        for (locality, leaves) in extents.localities.parts(Some(all_leaves.clone())).iter() {
            let leaves = leaves.as_ref().unwrap_or(all_leaves);
            for (age, intervals) in extents.ages.parts(vec![all_ages]).iter() {
                for (group, branch) in extents.groups.parts(None).iter() {
                    let mass = mass(leaves, intervals, *branch)?;
                    inside += mass;
                    if mass > 0 {
                        pieces.push(RegionPiece {
                            fate,
                            locality: *locality,
                            ages: *age,
                            group: *group,
                            mass,
                            whole: total,
                        });
                    }
                }
            }
        }
        if inside < total {
            pieces.push(RegionPiece {
                fate: Fate::Out,
                locality: Cell::WHOLE,
                ages: Cell::WHOLE,
                group: Cell::WHOLE,
                mass: total - inside,
                whole: total,
            });
        }
        Ok(SharedRegion {
            pieces,
            class: driver.class_of(&cut),
            shared: true,
        })
    }

    fn localities(&self, place: Placed<LocalityId>) -> Places {
        let locality = match place {
            Placed::On(locality) => locality,
            Placed::Gap(gap) if self.slice.leaves.is_some() => return Extent::unknown(gap),
            Placed::Gap(gap) => {
                let cell = if self.locality_cells.is_some() {
                    Cell::gap(gap)
                } else {
                    Cell::WHOLE
                };
                return Extent::at(cell, None);
            }
        };
        let all = self.axes.localities.leaves(locality);
        let inside = match &self.slice.leaves {
            Some(cut) => all.intersection(cut),
            None => all.clone(),
        };
        let outside = inside.count() < all.count();
        if inside.is_empty() {
            return Extent::nowhere();
        }
        let Some(cells) = self.locality_cells else {
            return Extent {
                inside: vec![(Cell::WHOLE, Some(inside))],
                outside,
                unknown: None,
            };
        };
        let mut rest = inside.clone();
        let mut parts = Vec::new();
        for (cell, leaves) in cells {
            let part = inside.intersection(leaves);
            if !part.is_empty() {
                rest = rest.without(&part);
                parts.push((*cell, Some(part)));
            }
        }
        if !rest.is_empty() {
            parts.push((Cell::REST, Some(rest)));
        }
        Extent {
            inside: parts,
            outside,
            unknown: None,
        }
    }

    fn ages(&self, place: Placed<Ages>) -> Extent<Vec<Ages>> {
        let all = match place {
            Placed::On(ages) => ages,
            Placed::Gap(gap) if self.slice.ages.is_some() => return Extent::unknown(gap),
            Placed::Gap(gap) => {
                let cell = if self.age_cells.is_some() {
                    Cell::gap(gap)
                } else {
                    Cell::WHOLE
                };
                return Extent::at(cell, vec![Ages::ALL]);
            }
        };
        let everything = [Ages::ALL];
        let cut = self.slice.ages.as_deref().unwrap_or(&everything);
        let inside: Vec<Ages> = cut
            .iter()
            .filter_map(|&cut| cut.intersection(all))
            .collect();
        if inside.is_empty() {
            return Extent::nowhere();
        }
        let outside = inside != [all];
        let Some(bands) = self.age_cells else {
            return Extent {
                inside: vec![(Cell::WHOLE, inside)],
                outside,
                unknown: None,
            };
        };
        let parts = (0..)
            .zip(bands)
            .map(|(cell, &band)| {
                let part: Vec<Ages> = inside
                    .iter()
                    .filter_map(|&ages| ages.intersection(band))
                    .collect();
                (Cell::member(cell), part)
            })
            .filter(|(_, part)| !part.is_empty())
            .collect();
        Extent {
            inside: parts,
            outside,
            unknown: None,
        }
    }

    fn groups(&self, place: Placed<MemberId>, driver: Option<&Driver>) -> Extent<Option<MemberId>> {
        let tree = &self.axes.groups;
        let group = match place {
            Placed::On(group) => group,
            Placed::Gap(gap) if self.slice.groups.is_some() => return Extent::unknown(gap),
            Placed::Gap(gap) => {
                let cell = if self.group_level.is_some() {
                    Cell::gap(gap)
                } else {
                    Cell::WHOLE
                };
                return Extent::at(cell, None);
            }
        };
        let cell = |member: MemberId| match self.group_level {
            None => Cell::WHOLE,
            Some(None) => Cell::member(member.0),
            Some(Some(level)) => Cell::member(tree.at_level(member, level).unwrap_or(member).0),
        };
        let Some(cut) = &self.slice.groups else {
            return Extent::at(cell(group), None);
        };
        if cut.iter().any(|&top| tree.contains(top, group)) {
            return Extent::at(cell(group), None);
        }
        let below: Vec<MemberId> = cut
            .iter()
            .copied()
            .filter(|&top| tree.contains(group, top))
            .collect();
        if below.is_empty() {
            return Extent::nowhere();
        }
        if !driver.is_some_and(Driver::knows_groups) {
            return Extent::unknown(Gap::NotDisaggregated);
        }
        let mut inside: Vec<(Cell, Option<MemberId>)> = below
            .into_iter()
            .map(|top| (cell(top), Some(top)))
            .collect();
        inside.sort();
        Extent {
            inside,
            outside: true,
            unknown: None,
        }
    }
}

enum Merge {
    Nothing,
    Ages,
    Localities,
}

fn merged_ages(extent: Extent<Vec<Ages>>, reason: Gap) -> Extent<Vec<Ages>> {
    if extent.inside.len() < 2 {
        return extent;
    }
    let mut all: Vec<Ages> = extent
        .inside
        .iter()
        .flat_map(|(_, ages)| ages.iter().copied())
        .collect();
    all.sort();
    Extent {
        inside: vec![(Cell::gap(reason), joined(all))],
        ..extent
    }
}

fn merged_localities(extent: Places, reason: Gap) -> Places {
    if extent.inside.len() < 2 {
        return extent;
    }
    let all = Leaves::union(
        extent
            .inside
            .iter()
            .filter_map(|(_, leaves)| leaves.as_ref()),
    );
    Extent {
        inside: vec![(Cell::gap(reason), Some(all))],
        ..extent
    }
}

/// A region that is not shared out.
fn whole(fate: Fate, [locality, ages, group]: [Cell; 3]) -> SharedRegion {
    SharedRegion {
        pieces: vec![RegionPiece {
            fate,
            locality,
            ages,
            group,
            mass: 1,
            whole: 1,
        }],
        class: Evidence::Direct,
        shared: false,
    }
}
