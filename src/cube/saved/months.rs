//! Of which months each ledger has any line, as it is saved.

use super::parts::{found, member};
use crate::account::{OfLedger, OfMonths, RecordedMonths};
use crate::axis::{Months, Period, Phase, Resource};
use crate::place::Place;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The months of the lines of one partner in one ledger.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MonthsSaved {
    ledger: String,
    partner: String,
    phase: Phase,
    resource: Resource,
    whole: Months,
    /// How many lines are of each month.
    lines: BTreeMap<Period, u64>,
}

/// The months as they are saved.
///
/// # Errors
///
/// A partner that the place does not find again by its code.
pub(super) fn saved_months(
    recorded: &RecordedMonths,
    place: &Place,
) -> Result<Vec<MonthsSaved>, String> {
    let saved = |(of, recorded): (&OfLedger, &OfMonths)| {
        Ok(MonthsSaved {
            ledger: of.ledger.clone(),
            partner: member(&place.axes().partners, of.partner)?,
            phase: of.phase,
            resource: of.resource,
            whole: recorded.whole.clone(),
            lines: recorded.lines.clone(),
        })
    };
    recorded.all().map(saved).collect()
}

/// What was saved, in the numbers of this place.
///
/// # Errors
///
/// A code that the place does not have; ledgers that are not in order.
pub(super) fn read_months(
    saved: Vec<MonthsSaved>,
    place: &Place,
) -> Result<RecordedMonths, String> {
    let read = |saved: MonthsSaved| {
        let of = OfLedger {
            ledger: saved.ledger,
            partner: found(&place.axes().partners, &saved.partner)?,
            phase: saved.phase,
            resource: saved.resource,
        };
        let recorded = OfMonths {
            whole: saved.whole,
            lines: saved.lines,
            ..OfMonths::default()
        };
        Ok((of, recorded))
    };
    let all = (saved.into_iter().map(read)).collect::<Result<Vec<_>, String>>()?;
    RecordedMonths::from_saved(all)
        .ok_or_else(|| "the months of its ledgers are not in the order of the pack".to_owned())
}
