//! What stands beside a total, because of its boundary.

use crate::account::Standing;
use crate::cube::ask::answer::Figure;
use crate::money::Pence;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why money stands beside a total, or which part of the total it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beside {
    /// Paid by one insider to another, and taken out: it counts where it is finally spent.
    Eliminated,
    /// Collected for another body: nobody's spend here, and not in the total.
    Agency,
    /// Received from partners outside, less what was given back; not in the total, which is what
    /// is spent and not what it is spent from.
    Incoming,
    /// Staff time, rooms, volunteers' time, as valued; not in the total, which is cash.
    InKind,
    /// Of the total: paid to partners outside.
    Outgoing,
    /// Of the total: paid to insiders whose ledgers are not held, and seen nowhere else.
    Unheld,
}

impl Beside {
    /// All of them; the last two are parts of the total.
    pub const ALL: [Self; 6] = [
        Self::Eliminated,
        Self::Agency,
        Self::Incoming,
        Self::InKind,
        Self::Outgoing,
        Self::Unheld,
    ];

    /// The words for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eliminated => "eliminated",
            Self::Agency => "agency",
            Self::Incoming => "incoming",
            Self::InKind => "in kind",
            Self::Outgoing => "of it outgoing",
            Self::Unheld => "of it through unheld",
        }
    }

    /// Why it stands beside the total.
    pub(in crate::cube::ask) const fn why(self) -> &'static str {
        match self {
            Self::Eliminated => "eliminated, because an insider spends it",
            Self::Agency => "agency money, which is nobody's spend here",
            Self::Incoming => "from partners outside",
            Self::InKind => "in kind, and not cash",
            Self::Outgoing => "paid to partners outside",
            Self::Unheld => "paid to insiders whose ledgers are not held",
        }
    }

    /// Those of which there is some money beside some of these figures: the columns of a table.
    pub fn among<'a>(figures: impl Iterator<Item = &'a Figure> + Clone) -> Vec<Self> {
        let some =
            |what: &Self| (figures.clone()).any(|figure| figure.beside(*what) != Pence::ZERO);
        Self::ALL.into_iter().filter(some).collect()
    }

    /// The name of its column in open data.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Eliminated => "eliminated",
            Self::Agency => "agency",
            Self::Incoming => "incoming",
            Self::InKind => "in_kind",
            Self::Outgoing => "outgoing",
            Self::Unheld => "unheld",
        }
    }

    /// Where money of a standing is shown beside the total, and with which sign.
    pub(in crate::cube::ask) fn of(standing: Standing) -> Option<(Self, i64)> {
        match standing {
            Standing::Eliminated => Some((Self::Eliminated, 1)),
            // Income has a negative sign.
            Standing::EliminatedByReceipt => Some((Self::Eliminated, -1)),
            Standing::Incoming => Some((Self::Incoming, -1)),
            Standing::Agency => Some((Self::Agency, 1)),
            Standing::OtherResource => Some((Self::InKind, 1)),
            Standing::Outgoing => Some((Self::Outgoing, 1)),
            Standing::Unheld => Some((Self::Unheld, 1)),
            Standing::Spent | Standing::Mirror | Standing::Outside => None,
        }
    }
}

impl fmt::Display for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A sum beside a total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BesideSum {
    /// What of it lies here, closed to the penny.
    pub amount: Pence,
    /// What of it may lie here or not.
    pub unshared: Pence,
}
