//! Delivery plans: who does what for which target by when.

use crate::axis::{LocalityId, MemberId};
use crate::finding::Position;
use crate::money::Pence;
use crate::register::AccountCell;
use jiff::civil::Date;
use std::fmt;

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ActionStatus {
    /// Nobody has begun.
    NotStarted,
    /// It is being done.
    UnderWay,
    /// It is being done, and something stands in its way.
    HeldUp,
    /// It is done.
    Done,
    /// It will not be done.
    Withdrawn,
}

impl ActionStatus {
    pub(super) const WORDS: [(&'static str, Self); 5] = [
        ("not started", Self::NotStarted),
        ("under way", Self::UnderWay),
        ("held up", Self::HeldUp),
        ("done", Self::Done),
        ("withdrawn", Self::Withdrawn),
    ];

    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Withdrawn)
    }
}

impl fmt::Display for ActionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Self::WORDS.iter().find(|(_, one)| one == self);
        f.pad(known.map_or("", |(word, _)| *word))
    }
}

/// An action of a delivery plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Action {
    /// Code of it.
    pub code: String,
    /// The number of its target.
    pub(super) target: usize,
    /// What is done.
    pub name: String,
    /// The partner that answers for it.
    pub owner: MemberId,
    /// Who does there, as a role: `head of service`.
    pub owner_name: String,
    /// From when; `None` where nobody says.
    pub from: Option<Date>,
    /// By when.
    pub by: Date,
    /// What the plan puts to it; `None` where it puts no money.
    pub pounds: Option<Pence>,
    /// Where.
    pub place: LocalityId,
    /// The cell of the account that its money lies in, where one is.
    pub cell: Option<AccountCell>,
    /// Where it is written down.
    pub source: String,
    /// What must be known of it.
    pub note: String,
    /// How far it was, in the order of time.
    pub history: Vec<StatusOn>,
    /// Where it stands in the register.
    pub position: Position,
}

/// How far an action was on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatusOn {
    /// The day.
    pub on: Date,
    /// How far.
    pub status: ActionStatus,
    /// Why, in words.
    pub note: String,
}

impl Action {
    /// How far it is at the end of a day: by the last word before, and not started where there is none.
    #[must_use]
    pub fn status(&self, on: Date) -> ActionStatus {
        self.last_word(on)
            .map_or(ActionStatus::NotStarted, |last| last.status)
    }

    /// What was written of it last.
    #[must_use]
    pub fn last_word(&self, on: Date) -> Option<&StatusOn> {
        self.history.iter().rfind(|one| one.on <= on)
    }

    /// Whether it should be done at the end of a day, and is not.
    #[must_use]
    pub fn is_overdue(&self, on: Date) -> bool {
        self.by < on && !self.status(on).is_over()
    }
}
