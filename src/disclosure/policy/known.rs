//! What everybody has already, ledger by ledger and driver by driver.

use crate::money::Pence;

/// What is known of a ledger outside the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KnownLedger {
    /// Every line is published.
    Public {
        /// By whom, where, under what licence.
        source: String,
    },
    /// Lines from an amount on are published, whichever sign they have.
    PublicFrom {
        /// The least amount of a line that is published, without its sign.
        pence: Pence,
        /// By whom, where, under what licence.
        source: String,
        /// Whom the lines below the limit are about.
        holders: HoldersOf,
    },
    /// No line is published.
    Private {
        /// Whom its lines are about.
        holders: HoldersOf,
    },
}

impl KnownLedger {
    /// Whether every line of it is public.
    #[must_use]
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Public { .. })
    }

    /// Whether a line of so much is public.
    #[must_use]
    pub fn tells(&self, pence: Pence) -> bool {
        match self {
            Self::Public { .. } => true,
            Self::PublicFrom { pence: from, .. } => {
                pence.get().unsigned_abs() >= from.get().unsigned_abs()
            }
            Self::Private { .. } => false,
        }
    }

    /// Whom the lines are about that are not public, if there may be any.
    #[must_use]
    pub fn holders(&self) -> Option<&HoldersOf> {
        match self {
            Self::Public { .. } => None,
            Self::PublicFrom { holders, .. } | Self::Private { holders } => Some(holders),
        }
    }

    /// From which amount on its lines are published, where not all are.
    #[must_use]
    pub fn from(&self) -> Option<Pence> {
        match self {
            Self::PublicFrom { pence, .. } => Some(*pence),
            Self::Public { .. } | Self::Private { .. } => None,
        }
    }

    /// Who published it, if somebody did.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        match self {
            Self::Public { source } | Self::PublicFrom { source, .. } => Some(source),
            Self::Private { .. } => None,
        }
    }
}

/// Whom lines are about: who could say of a sum how much of it is his own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoldersOf {
    /// Who is paid. One payee of two ledgers is one holder.
    Payee,
    /// The texts of a code of this name. One text in two ledgers under one name is one holder.
    Code(String),
    /// Each line is about somebody else.
    Line,
    /// All lines are about the same.
    One,
}

/// What is known of a driver outside the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KnownDriver {
    /// Its masses are published.
    Public {
        /// By whom, where, under what licence.
        source: String,
    },
    /// They are not: every share by it tells of them.
    Private {
        /// Below how many of what it counts nothing may be shared by it.
        least: u64,
    },
}

impl KnownDriver {
    /// Whether its masses are public.
    #[must_use]
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Public { .. })
    }
}
