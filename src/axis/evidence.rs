//! How a pound is known: evidence classes, and the reasons why one is not placed.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How the share of a figure that lies in a slice is known; best first.
///
/// A figure reached by several steps has the class of its weakest step, so that `max` of two
/// classes is the class of both steps together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Recorded inside the slice.
    Direct,
    /// Shared by a measure of service use: caseload, incidents, pupils.
    Driver,
    /// Shared by residents.
    Population,
    /// Shared by a weight that somebody chose, or evenly over days.
    Judgement,
}

impl Evidence {
    /// All classes, best first.
    pub const ALL: [Self; 4] = [
        Self::Direct,
        Self::Driver,
        Self::Population,
        Self::Judgement,
    ];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Driver => "driver",
            Self::Population => "population",
            Self::Judgement => "judgement",
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why money has no member on an axis, or cannot be said to lie in a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Gap {
    /// The partner gave a coarser figure only, and nothing measures how it divides.
    NotDisaggregated,
    /// Known, but it fits no member of the axis.
    NotElsewhereClassified,
    /// Spent on the whole place by nature; dividing it would say nothing.
    WholePlace,
    /// Nobody knows.
    Unknown,
    /// Known to the partner, who does not say.
    Withheld,
    /// Outside the boundary of the place.
    OutsideBoundary,
    /// The partner's code is not in the crosswalk.
    Unmapped,
    /// The driver has no mass where the money is: nothing to share by.
    NoMass,
    /// The driver is coarser than the question, or does not cover the area.
    DriverTooCoarse,
}

impl Gap {
    /// All reasons, in the order of their numbers.
    pub const ALL: [Self; 9] = [
        Self::NotDisaggregated,
        Self::NotElsewhereClassified,
        Self::WholePlace,
        Self::Unknown,
        Self::Withheld,
        Self::OutsideBoundary,
        Self::Unmapped,
        Self::NoMass,
        Self::DriverTooCoarse,
    ];

    /// The word for it, as files write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotDisaggregated => "not-disaggregated",
            Self::NotElsewhereClassified => "not-elsewhere-classified",
            Self::WholePlace => "whole-place",
            Self::Unknown => "unknown",
            Self::Withheld => "withheld",
            Self::OutsideBoundary => "outside-boundary",
            Self::Unmapped => "unmapped",
            Self::NoMass => "no-mass",
            Self::DriverTooCoarse => "driver-too-coarse",
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A member of an axis, or the reason why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Placed<T> {
    /// On this member.
    On(T),
    /// On none, for this reason.
    Gap(Gap),
}

impl<T: Copy> Placed<T> {
    /// Member or reason as one number, in 33 bits: what is hashed once for a line.
    pub(crate) fn word(self, number: impl FnOnce(T) -> u32) -> u64 {
        match self {
            Self::On(member) => number(member).into(),
            Self::Gap(gap) => 1 << 32 | gap as u64,
        }
    }

    /// The member, if there is one.
    #[must_use]
    pub fn member(self) -> Option<T> {
        match self {
            Self::On(member) => Some(member),
            Self::Gap(_) => None,
        }
    }
}

impl<T: fmt::Display> fmt::Display for Placed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(member) => member.fmt(f),
            Self::Gap(gap) => f.pad(&format!("({gap})")),
        }
    }
}

/// Which figure of the money's life this is; never added to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Planned before the year.
    Budget,
    /// Expected during the year.
    Forecast,
    /// Spent.
    Outturn,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Budget => "budget",
            Self::Forecast => "forecast",
            Self::Outturn => "outturn",
        })
    }
}

impl std::str::FromStr for Phase {
    type Err = super::AxisError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().to_lowercase().as_str() {
            "budget" => Ok(Self::Budget),
            "forecast" => Ok(Self::Forecast),
            "outturn" => Ok(Self::Outturn),
            other => Err(super::AxisError::Unknown {
                axis: "a phase",
                found: other.to_owned(),
                instead: super::Suggestions::of(other, ["budget", "forecast", "outturn"]),
            }),
        }
    }
}
