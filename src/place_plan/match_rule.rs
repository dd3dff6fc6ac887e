//! Which steps are lines of a ledger as well.

use super::state::State;
use std::collections::BTreeSet;

/// Which steps are looked for in which ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MatchRule {
    /// The ledger.
    pub ledger: String,
    /// The code of its lines that holds the reference.
    pub code: String,
    /// Which steps.
    pub states: BTreeSet<State>,
}
