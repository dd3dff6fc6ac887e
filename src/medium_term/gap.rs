//! Lines of a gap, and the reductions that close it.

use crate::axis::{LocalityId, MemberId, Period};
use crate::finding::Position;
use crate::money::Pence;
use crate::register::AccountCell;
use std::fmt;

/// What a line of a gap is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LineKind {
    /// The gap as the body states it.
    Stated,
    /// What it would take to go on as before: all of a year.
    Needed,
    /// What will come in: all of a year.
    Coming,
}

impl LineKind {
    pub(super) const WORDS: [(&'static str, Self); 3] = [
        ("stated gap", Self::Stated),
        ("needed", Self::Needed),
        ("coming in", Self::Coming),
    ];
}

/// A line of a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GapLine {
    /// Whose.
    pub partner: MemberId,
    /// Of which year, or years.
    pub period: Period,
    /// What it is.
    pub kind: LineKind,
    /// In words.
    pub name: String,
    /// How much.
    pub pence: Pence,
    /// Which area the figure is for, in words: a force covers more than a county.
    pub covers: String,
    /// Who says so, and where.
    pub source: String,
    /// Where it stands in the register.
    pub position: Position,
}

/// How long a reduction counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Lasts {
    /// In its year and every one after.
    On,
    /// In its year alone.
    Once,
}

impl Lasts {
    pub(super) const WORDS: [(&'static str, Self); 2] = [("on", Self::On), ("once", Self::Once)];
}

/// How far a reduction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ReductionStatus {
    /// Somebody proposed it.
    Proposed,
    /// It is in a plan.
    Planned,
    /// Who has to agree has agreed.
    Agreed,
    /// It was made.
    Delivered,
    /// It will not be made.
    Withdrawn,
}

impl ReductionStatus {
    pub(super) const WORDS: [(&'static str, Self); 5] = [
        ("proposed", Self::Proposed),
        ("planned", Self::Planned),
        ("agreed", Self::Agreed),
        ("delivered", Self::Delivered),
        ("withdrawn", Self::Withdrawn),
    ];
}

impl fmt::Display for ReductionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Self::WORDS.iter().find(|(_, one)| one == self);
        f.pad(known.map_or("", |(word, _)| *word))
    }
}

/// A reduction that is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reduction {
    /// Code of it.
    pub code: String,
    /// Who spends less.
    pub partner: MemberId,
    /// From which year.
    pub period: Period,
    /// What is reduced.
    pub name: String,
    /// How much a year.
    pub pence: Pence,
    /// How long it counts.
    pub lasts: Lasts,
    /// How far it is.
    pub status: ReductionStatus,
    /// The partner that bears the cost then, if one does: it closes one gap and opens another.
    pub falls_on: Option<MemberId>,
    /// Where.
    pub place: LocalityId,
    /// The cell of the account that is reduced, where one is.
    pub cell: Option<AccountCell>,
    /// Where it is written down.
    pub source: String,
    /// What must be known of it.
    pub note: String,
    /// Where it stands in the register.
    pub position: Position,
}

impl Reduction {
    /// Whether it counts in a year, or years: from its own on where it lasts, else in its own alone.
    #[must_use]
    pub fn counts_in(&self, period: Period) -> bool {
        match self.lasts {
            Lasts::On => self.period.first_day() <= period.last_day(),
            Lasts::Once => period.contains(self.period),
        }
    }
}
