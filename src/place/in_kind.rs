//! What partners give in kind and nobody has valued in pounds.

use crate::axis::{Ages, LocalityId, MemberId, Period, Phase, Resource};
use rust_decimal::Decimal;

/// Something given in kind: hours, rooms, goods, counted and not valued.
///
/// What somebody has valued in pounds is a ledger line with a resource that is not cash; its
/// ledger says on what basis. Both stand beside cash and are never added to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InKind {
    /// Who gives it.
    pub partner: MemberId,
    /// What for.
    pub activity: MemberId,
    /// Whom it serves, by age.
    pub ages: Ages,
    /// Whom it serves, by client group; everybody where none is named.
    pub group: Option<MemberId>,
    /// Where.
    pub locality: LocalityId,
    /// When.
    pub period: Period,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// What it is.
    pub resource: Resource,
    /// How much of it.
    pub quantity: Decimal,
    /// In what unit: hours, room days.
    pub unit: String,
    /// How the quantity is known.
    pub basis: String,
}
