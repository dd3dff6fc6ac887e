//! Control totals, met and missed.

use crate::account::PlaceAccount;
use crate::ledger::ControlResult;
use serde::Serialize;

/// A control total of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ControlCheck {
    /// Code of the ledger.
    pub ledger: String,
    /// Whether it is met to the penny and the line.
    pub met: bool,
    /// The figure, and what was found.
    #[serde(flatten)]
    pub result: ControlResult,
}

/// Each control total, in the order of the pack.
pub fn controls(account: &PlaceAccount) -> Vec<ControlCheck> {
    let ledgers = account.ledgers().iter().map(|mapped| mapped.ledger());
    let controls = ledgers.flat_map(|ledger| {
        (ledger.controls().iter()).map(|result| ControlCheck {
            ledger: ledger.id().to_owned(),
            met: result.is_met(),
            result: result.clone(),
        })
    });
    controls.collect()
}
