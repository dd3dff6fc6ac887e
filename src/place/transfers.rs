//! What a pack says about payments between its partners, checked.

use crate::axis::{Ages, MemberId, Period, Side};
use crate::finding::Position;
use crate::money::Pence;
use serde::{Deserialize, Serialize};

/// A named set of partners: who counts as inside.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BoundarySet {
    /// Its code; no partner has the same.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// The partners it names; a branch stands for all below it.
    pub members: Vec<MemberId>,
}

/// How the payments from one partner to another are held against each other, where both have
/// written them down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferTerms {
    /// Who pays.
    pub payer: MemberId,
    /// Who is paid.
    pub payee: MemberId,
    /// Whose figure counts where the two differ. Never an average.
    pub figure: Side,
    /// By how many days the two dates of one payment may differ.
    pub days: u32,
    /// By how much the two amounts of one payment may differ.
    pub pence: Pence,
    /// Why the payer's own total is known to hold this money although none of its lines names
    /// it: an allocation in one number.
    pub within_payer_total: Option<String>,
    /// Where this stands.
    pub position: Position,
}

/// A pooled fund: money of several partners under one agreement.
///
/// A pool is a partner of its own: contributions are payments to it, and what is spent from it
/// is its spending, whoever hosts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The pool, as a partner.
    pub partner: MemberId,
    /// The partner that keeps its books.
    pub host: MemberId,
    /// The agreement, in words: its name, section and date.
    pub agreement: String,
    /// Who gets what is left at the end of a year, and who makes good what is missing.
    pub rule: PoolRule,
}

/// What the agreement says of a surplus or a deficit at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PoolRule {
    /// It stays in the pool.
    CarriedForward,
    /// It is shared among the contributors, in proportion to what each put in that year.
    ByContribution,
    /// It is shared among the contributors in equal parts.
    Equally,
    /// It is the host's.
    Host,
}

/// What a partner held from earlier years, at the start of a financial year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Opening {
    /// Who held it; often a pool.
    pub partner: MemberId,
    /// The financial year at whose start it was held.
    pub year: Period,
    /// How much.
    pub pence: Pence,
    /// How that is known.
    pub source: String,
}

/// Something that ought to be done in every place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Priority {
    /// Name for people.
    pub name: String,
    /// The activity.
    pub activity: MemberId,
    /// For people of these ages; everybody when `None`.
    pub ages: Option<Ages>,
}
