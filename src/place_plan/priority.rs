//! A priority of a place: what is needed, what it would cost, and which cell of the account is about it.

use super::quantity::Units;
use crate::axis::{LocalityId, MemberId};
use crate::finding::Position;
use crate::money::Pence;
use crate::register::AccountCell;
use jiff::civil::Date;
use std::fmt;

/// Whose priority it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Level {
    /// Of the whole place: a by-pass, a hospital wing.
    Strategic,
    /// Of the people there: a footpath, a hall.
    Local,
}

impl Level {
    pub(super) const WORDS: [(&'static str, Self); 2] =
        [("strategic", Self::Strategic), ("local", Self::Local)];
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Strategic => "strategic",
            Self::Local => "local",
        })
    }
}

/// How far a priority is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Progress {
    /// Somebody wrote it down.
    Identified,
    /// It has a project with a cost.
    Planned,
    /// It is being done.
    UnderWay,
    /// It is there.
    Done,
    /// It is no longer wanted.
    Withdrawn,
}

impl Progress {
    pub(super) const WORDS: [(&'static str, Self); 5] = [
        ("identified", Self::Identified),
        ("planned", Self::Planned),
        ("under way", Self::UnderWay),
        ("done", Self::Done),
        ("withdrawn", Self::Withdrawn),
    ];
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Self::WORDS.iter().find(|(_, one)| one == self);
        f.pad(known.map_or("", |(word, _)| *word))
    }
}

/// What a place wants, and what that takes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Priority {
    /// Code of it.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Where.
    pub place: LocalityId,
    /// Whose priority it is.
    pub level: Level,
    /// Why it is needed, in words.
    pub need: String,
    /// What it is estimated to cost; `None` where nobody has estimated it.
    pub cost: Option<Pence>,
    /// How many units are needed, and of what; never added to the cost.
    pub wanted: Option<(Units, String)>,
    /// How far it is.
    pub progress: Progress,
    /// From when.
    pub from: Option<Date>,
    /// By when.
    pub by: Option<Date>,
    /// Who leads it.
    pub lead: Option<MemberId>,
    /// The cell of the account that is about it, where one is.
    pub cell: Option<AccountCell>,
    /// Where it is written down by whom it comes from.
    pub source: String,
    /// Where it stands in the register.
    pub position: Position,
}
