//! When the board meets, what it is asked, and what it decided.

use crate::axis::MemberId;
use crate::finding::Position;
use crate::money::Pence;
use jiff::civil::Date;
use std::fmt;

/// A meeting of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Meeting {
    /// The day.
    pub on: Date,
    /// What it is called.
    pub name: String,
    /// What stands on its agenda besides decisions, in the order of the pack.
    pub agenda: Vec<AgendaItem>,
}

/// What stands on an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AgendaItem {
    /// In words.
    pub item: String,
    /// Who brings it.
    pub by: String,
}

/// A report that is made as at a day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedReport {
    /// `Mid-year report`.
    pub name: String,
    /// What was known at the end of this day.
    pub as_at: Date,
}

/// What a board made of what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Outcome {
    /// It said yes.
    Approved,
    /// It said no.
    Refused,
    /// It will be asked again: another row of the same code says when.
    Deferred,
}

impl Outcome {
    pub(super) const WORDS: [(&'static str, Self); 3] = [
        ("approved", Self::Approved),
        ("refused", Self::Refused),
        ("deferred", Self::Deferred),
    ];
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Self::WORDS.iter().find(|(_, one)| one == self);
        f.pad(known.map_or("", |(word, _)| *word))
    }
}

/// What the board is asked to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// Code of it; a deferred one has a row a meeting.
    pub code: String,
    /// What is asked.
    pub item: String,
    /// Who asks, if it is a partner.
    pub asked_by: Option<MemberId>,
    /// The number of the target that it is for, if any.
    pub(super) target: Option<usize>,
    /// At which meeting.
    pub meeting: Date,
    /// Over how much money; `None` where over none.
    pub pounds: Option<Pence>,
    /// On which day it was decided, and how.
    pub decided: Option<(Date, Outcome)>,
    /// In words.
    pub note: String,
    /// Where it is written down.
    pub source: String,
    /// Where it stands in the register.
    pub position: Position,
}

impl Decision {
    /// What was decided by the end of a day.
    #[must_use]
    pub fn outcome(&self, on: Date) -> Option<Outcome> {
        self.decided
            .filter(|(day, _)| *day <= on)
            .map(|(_, outcome)| outcome)
    }
}
