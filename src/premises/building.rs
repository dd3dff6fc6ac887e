//! A building, who is in it, and what is paid for it.

use crate::account::Insiders;
use crate::axis::{LocalityId, MemberId, Period};
use crate::finding::Position;
use crate::money::{Pence, Ratio};
use crate::place::Place;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::fmt;

/// A body: a partner of the pack, or one outside it by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Party {
    /// A partner of the pack.
    Partner(MemberId),
    /// A body outside the pack: a landlord, a supplier, a community trust.
    Outside(String),
}

impl Party {
    /// Whether it is inside a boundary. Who is no partner never is.
    pub(super) fn is_inside(&self, insiders: &Insiders) -> bool {
        match self {
            Self::Partner(partner) => insiders.contains(*partner),
            Self::Outside(_) => false,
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn name<'a>(&'a self, place: &'a Place) -> &'a str {
        match self {
            Self::Partner(partner) => &place.axes().partners.get(*partner).name,
            Self::Outside(name) => name,
        }
    }
}

/// In what state a building is, by the four categories of condition surveys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Condition {
    /// A: performing as intended.
    Good,
    /// B: minor deterioration.
    Satisfactory,
    /// C: major defects.
    Poor,
    /// D: life expired, or about to fail.
    Bad,
}

impl Condition {
    pub(super) const WORDS: [(&'static str, Self); 4] = [
        ("good", Self::Good),
        ("satisfactory", Self::Satisfactory),
        ("poor", Self::Poor),
        ("bad", Self::Bad),
    ];
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Self::WORDS.iter().find(|(_, one)| one == self);
        f.pad(known.map_or("", |(word, _)| *word))
    }
}

/// How a building is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Tenure {
    /// By its owner.
    Freehold,
    /// On a lease, which has an end.
    Leasehold,
    /// On a licence, which either side may end with notice.
    Licence,
}

impl Tenure {
    pub(super) const WORDS: [(&'static str, Self); 3] = [
        ("freehold", Self::Freehold),
        ("leasehold", Self::Leasehold),
        ("licence", Self::Licence),
    ];
}

impl fmt::Display for Tenure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Self::WORDS.iter().find(|(_, one)| one == self);
        f.pad(known.map_or("", |(word, _)| *word))
    }
}

/// A building.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Building {
    /// Code of it.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Whose it is; `None` where nobody said.
    pub owner: Option<Party>,
    /// Where.
    pub place: LocalityId,
    /// Latitude and longitude in degrees (WGS84).
    pub point: Option<(Decimal, Decimal)>,
    /// Floor area in hundredths of a square metre, as its register measures it (gross or net internal).
    pub area: Option<i64>,
    /// How many people can work there at once.
    pub desks: Option<u32>,
    /// In what state it is.
    pub condition: Option<Condition>,
    /// How it is held.
    pub tenure: Option<Tenure>,
    /// When the lease ends.
    pub lease_end: Option<Date>,
    /// From when on it may be ended earlier.
    pub break_on: Option<Date>,
    /// How many months before that this must be said.
    pub notice_months: Option<u32>,
    /// Until when something else forbids to let it go, and what: a grant's condition, a covenant.
    pub lock: Option<(Date, String)>,
    /// Where it stands in the register.
    pub position: Position,
}

/// A team in a building.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Occupier {
    /// Of which building, by its place in the register.
    pub building: usize,
    /// Which team.
    pub team: String,
    /// Whose team.
    pub who: Party,
    /// Which part of the building is its own.
    pub share: Ratio,
    /// Desks in use by day, Monday first; `None` where nobody counted that day.
    pub desks: [Option<u32>; 7],
    /// Where it stands in the register.
    pub position: Position,
}

/// When a cost ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Ends {
    /// When nobody is in the building: energy, cleaning.
    WithUse,
    /// When the building is given up: rent, rates, insurance, repairs.
    WithBuilding,
    /// Never: the charge of a loan, of a private finance contract.
    Never,
}

impl Ends {
    pub(super) const WORDS: [(&'static str, Self); 3] = [
        ("use", Self::WithUse),
        ("building", Self::WithBuilding),
        ("never", Self::Never),
    ];
}

/// What was paid for a building in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cost {
    /// For which building, by its place in the register.
    pub building: usize,
    /// In which year.
    pub year: Period,
    /// What for: rent, rates, energy.
    pub item: String,
    /// How much.
    pub pence: Pence,
    /// Who paid.
    pub payer: Party,
    /// Who was paid.
    pub payee: Party,
    /// When it ends.
    pub ends: Ends,
    /// The ledger that has it too.
    pub ledger: Option<String>,
    /// Where it stands in the register.
    pub position: Position,
}
