//! What a driver follows: the people money is for, or where it is spent.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What the masses of a driver stand for, on the map.
///
/// A shop theft is dealt with where the shop is, and a school place is for a child who may live
/// in the next town. Money shared by the one answers *what is spent on the people of a place*, by the
/// other *what is spent in it*; a total may add the two, and then says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Masses stand where the people live whom the money is for.
    WherePeopleLive,
    /// Masses stand where the work is done or the event happens.
    WhereItHappens,
}

impl Basis {
    /// In words, as they stand after "by".
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::WherePeopleLive => "where people live",
            Self::WhereItHappens => "where it happens",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_words())
    }
}
