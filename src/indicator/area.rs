//! The places that figures are about: those of the pack, and others beside which it is set.

use crate::axis::{Leaves, LocalityId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A place that a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// A locality of the pack.
    Here(LocalityId),
    /// Another area, by its number among those that the pack names.
    Elsewhere(u32),
}

/// What another area is to this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The place itself.
    Subject,
    /// A place like it, by a published method.
    StatisticalNeighbour,
    /// A place beside it.
    Neighbour,
    /// The region it lies in.
    Region,
    /// The country.
    Country,
}

impl Relation {
    /// The words for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Subject => "this place",
            Self::StatisticalNeighbour => "statistical neighbour",
            Self::Neighbour => "neighbour",
            Self::Region => "region",
            Self::Country => "country",
        }
    }
}

impl FromStr for Relation {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.replace(' ', "-").as_str() {
            "subject" => Ok(Self::Subject),
            "statistical-neighbour" => Ok(Self::StatisticalNeighbour),
            "neighbour" => Ok(Self::Neighbour),
            "region" => Ok(Self::Region),
            "country" => Ok(Self::Country),
            _ => Err(format!(
                "`{text}` is none of subject, statistical-neighbour, neighbour, region, country"
            )),
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// An area beside which the place is set, or the place itself.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ComparedArea {
    /// Where its observations stand.
    pub area: Area,
    /// Code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What it is to the place.
    pub relation: Relation,
    /// Its rank among statistical neighbours, the nearest first.
    pub rank: Option<u32>,
    /// Its leaf areas in the pack, where the pack knows its residents.
    pub leaves: Option<Leaves>,
}
