//! What is given, and how free it is to move.

use super::{AxisError, Period, Suggestions};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a partner gives: cash, or something in kind. Never added to each other.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Resource {
    /// Money.
    #[default]
    Cash,
    /// The time of paid staff.
    StaffTime,
    /// Rooms and buildings.
    Premises,
    /// The time of volunteers.
    VolunteerTime,
    /// Goods and equipment.
    Goods,
}

impl Resource {
    /// All of them, cash first.
    pub const ALL: [Self; 5] = [
        Self::Cash,
        Self::StaffTime,
        Self::Premises,
        Self::VolunteerTime,
        Self::Goods,
    ];

    /// The word for it, as packs write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::StaffTime => "staff-time",
            Self::Premises => "premises",
            Self::VolunteerTime => "volunteer-time",
            Self::Goods => "goods",
        }
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Resource {
    type Err = AxisError;

    fn from_str(text: &str) -> Result<Self, AxisError> {
        let known = Self::ALL.into_iter().find(|known| known.name() == text);
        known.ok_or_else(|| AxisError::Unknown {
            axis: "a resource",
            found: text.to_owned(),
            instead: Suggestions::of(text, Self::ALL.map(Self::name)),
        })
    }
}

/// How free money is to be spent on something else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flexibility {
    /// The law asks for it.
    Statutory,
    /// A contract binds it to the end of this month; after that it may move.
    ContractedTo(Period),
    /// It may move now.
    Discretionary,
    /// Nobody has said.
    #[default]
    NotStated,
}

impl Flexibility {
    const DISCRETIONARY: u32 = u32::MAX - 65;
    const NOT_STATED: u32 = u32::MAX - 64;

    /// As one number, which keeps the order; a contract is one more than its packed month.
    pub(crate) fn packed(self) -> u32 {
        match self {
            Self::Statutory => 0,
            Self::ContractedTo(month) => 1 + month.packed(),
            Self::Discretionary => Self::DISCRETIONARY,
            Self::NotStated => Self::NOT_STATED,
        }
    }

    /// The flexibility of a packed number.
    pub(crate) fn unpacked(packed: u32) -> Self {
        match packed {
            0 => Self::Statutory,
            Self::DISCRETIONARY => Self::Discretionary,
            Self::NOT_STATED => Self::NotStated,
            contract => Period::unpacked(contract - 1).map_or(Self::NotStated, Self::ContractedTo),
        }
    }
}

impl FromStr for Flexibility {
    type Err = AxisError;

    /// Reads `statutory`, `discretionary`, `not-stated` and `contracted to Mar 2027`, with any
    /// period; the contract binds to its last month.
    fn from_str(text: &str) -> Result<Self, AxisError> {
        match text {
            "statutory" => return Ok(Self::Statutory),
            "discretionary" => return Ok(Self::Discretionary),
            "not-stated" => return Ok(Self::NotStated),
            _ => {}
        }
        match text.strip_prefix("contracted to ") {
            Some(period) => Ok(Self::ContractedTo(period.parse::<Period>()?.last_month())),
            None => Err(AxisError::Unknown {
                axis: "a flexibility",
                found: text.to_owned(),
                instead: Suggestions::first_of([
                    "statutory",
                    "contracted to Mar 2027",
                    "discretionary",
                    "not-stated",
                ]),
            }),
        }
    }
}

impl fmt::Display for Flexibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Statutory => f.pad("statutory"),
            Self::Discretionary => f.pad("discretionary"),
            Self::NotStated => f.pad("not-stated"),
            Self::ContractedTo(month) => f.pad(&format!("contracted to {month}")),
        }
    }
}
