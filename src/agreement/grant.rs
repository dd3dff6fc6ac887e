//! Grants that are paid for targets reached, or for days come, and what is drawn down of them.

use crate::axis::{MemberId, Period};
use crate::finding::Position;
use crate::money::Pence;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::fmt;

/// A grant, and what its parts hang on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RewardGrant {
    /// Code of it.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Who gives it, in words.
    pub giver: String,
    /// The partner that holds it for all.
    pub holder: MemberId,
    /// All of it, if every condition is met.
    pub pounds: Pence,
    /// Where it is written down.
    pub source: String,
    /// What its parts hang on.
    pub conditions: Vec<Condition>,
    /// What came in, and went out, in the order of time.
    pub draw_downs: Vec<DrawDown>,
    /// Where it stands in the register.
    pub position: Position,
}

/// What a part of a grant hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Condition {
    /// In words.
    pub name: String,
    /// Its part of the grant: the weight over that of all conditions of the grant.
    pub weight: u64,
    /// What earns it.
    pub earned: EarnedBy,
    /// Where it stands in the register.
    pub position: Position,
}

/// What earns a part of a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EarnedBy {
    /// A day that has come.
    Day(Date),
    /// How far a target was reached in a period, from its baseline to its milestone.
    Target {
        /// The number of the target.
        target: usize,
        /// The period of baseline and milestone that counts.
        period: Period,
        /// From which percentage of the way something is earned; 100 where only all of it counts.
        from_percent: Decimal,
        /// Whether the part is paid in proportion from there.
        pays: Pays,
    },
}

/// How a part is paid once enough of the way is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Pays {
    /// So much of the part as of the way was gone; never more than the part.
    InProportion,
    /// The whole part.
    Whole,
}

impl Pays {
    pub(super) const WORDS: [(&'static str, Self); 2] = [
        ("in proportion", Self::InProportion),
        ("whole", Self::Whole),
    ];
}

/// What money of a grant did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DrawDownKind {
    /// It came in.
    Received,
    /// It was paid out to somebody.
    Paid,
    /// It was given back to who gave it.
    Returned,
}

impl DrawDownKind {
    pub(super) const WORDS: [(&'static str, Self); 3] = [
        ("received", Self::Received),
        ("paid", Self::Paid),
        ("returned", Self::Returned),
    ];
}

impl fmt::Display for DrawDownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Self::WORDS.iter().find(|(_, one)| one == self);
        f.pad(known.map_or("", |(word, _)| *word))
    }
}

/// Money of a grant that came in or went out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DrawDown {
    /// The day.
    pub on: Date,
    /// What it did.
    pub kind: DrawDownKind,
    /// How much.
    pub pence: Pence,
    /// Who gave or got it, as a body.
    pub who: String,
    /// Code of the action that it was paid for; may be empty.
    pub action: String,
    /// Its reference in a ledger; may be empty.
    pub transaction: String,
    /// Where it stands in the register.
    pub position: Position,
}

impl RewardGrant {
    /// What came in or went out by the end of a day.
    pub(super) fn moved(&self, kind: DrawDownKind, on: Date) -> impl Iterator<Item = &DrawDown> {
        (self.draw_downs.iter()).filter(move |one| one.kind == kind && one.on <= on)
    }
}
