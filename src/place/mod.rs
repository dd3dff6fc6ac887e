//! A place is data: the place pack, read, checked and held together.
//!
//! A pack is a folder with a `place.toml` and tables beside it. It says which localities,
//! activities, client groups and partners there are, which drivers share what, which ledgers
//! there are and how their codes are placed, who is paid by whom and which partners make up which
//! boundary. Opening a pack checks it once and reports every
//! fault with file, line and remedy.
//!
//! Ledgers and tables may lie in a data folder that is given when the pack is opened, so that a
//! pack can be shipped without the data it describes.
//!
//! Areas of another year, wards, parishes and postcodes come in through lookups: see [`recipes`].
//!
//! **Invariant:** a pack reads nothing outside its own folder and its data folder.

#[doc = include_str!("recipes.md")]
pub mod recipes {}

mod absent;
mod partner_rules;
mod check;
mod crosswalk_tables;
mod files;
mod in_kind;
mod lines;
mod lookups;
mod open;
mod outlines;
mod pack;
mod prices;
mod spec;
mod tables;
mod transfers;

pub use absent::{Absent, AbsentSize};
pub(crate) use files::Folder;
pub use in_kind::InKind;
pub(crate) use lines::Lines;
pub(crate) use open::{COUNTERPARTY as COUNTERPARTY_FIELDS, MEMBER as MEMBER_FIELDS};
pub use outlines::{Outlines, Point};
pub use pack::Place;
pub(crate) use partner_rules::ALL_PARTNERS;
pub use spec::SharingSpec;
pub(crate) use spec::TableSpec;
pub(crate) use tables::{TableRow, read as read_table};
pub use transfers::{BoundarySet, Opening, Pool, PoolRule, Priority, TransferTerms};
#[cfg(test)]
pub(crate) use {
    open::fields,
    prices::{reads as reads_prices, schema as prices_schema},
    spec::{reads, schema},
};

use crate::axis::{Period, Phase};
use crate::crosswalk::Crosswalk;
use crate::finding::Findings;
use crate::ledger::{Control, Layout, Repeats};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// One ledger of a pack, checked and ready to be read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LedgerPlan {
    /// Code of the ledger in its pack.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Publisher, edition, licence.
    pub source: String,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// Files with the names by which messages call them.
    pub files: Vec<(PathBuf, String)>,
    /// Which column is what.
    pub layout: Layout,
    /// Whether rows that were read before may be read again.
    pub repeats: Repeats,
    /// Independent totals it must meet.
    pub controls: Vec<Control>,
    /// How amounts in kind were valued; empty for a ledger of cash.
    pub basis: String,
    /// Periods of which it has everything, whichever months have a line.
    pub complete: Vec<Period>,
    /// How its codes are placed.
    pub crosswalk: Crosswalk,
}

/// Lines that finer lines of other ledgers replace: they are read, shown and left out of the
/// account, wholly or as far as the finer lines go, so that the same money is never there twice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replacement {
    /// The ledger with the coarser lines.
    pub ledger: String,
    /// Codes of the lines, for each code name of the ledger's layout.
    pub codes: BTreeMap<String, BTreeSet<String>>,
    /// Only lines of these periods.
    pub periods: Vec<Period>,
    /// The ledgers with the finer lines.
    pub by: Vec<String>,
    /// Whether finer lines are all of a coarse line, or lie inside it.
    pub rest: Rest,
    /// Why, in words.
    pub note: String,
}

/// What becomes of a coarse line where finer lines of its time are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Rest {
    /// The finer lines are all of it: the line is left out.
    #[default]
    GivesWay,
    /// The finer lines lie inside it: they count, and what they leave of the line stays on it.
    Stays,
}

/// Why a pack could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceError {
    /// There is no readable `place.toml`.
    #[error("cannot read {file}: {reason}; a place pack is a folder with a place.toml in it")]
    NoPack {
        /// The file that was looked for.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// `place.toml` is not TOML, or has a key that no pack has.
    #[error("place.toml is not a place pack: {reason}")]
    NotAPack {
        /// Line, column and reason.
        reason: String,
    },
    /// The pack has faults; all of them.
    #[error("the pack has faults and was not opened\n{0}")]
    Faults(Findings),
}
