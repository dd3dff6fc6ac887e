//! The same proposal for different purses.

use super::closing::nearest;
use super::layer::Sums;
use super::position::PayerShown;
use crate::account::Boundary;
use crate::appraisal::{Appraisal, AppraisalError, Paybacks, Return};
use crate::money::Pence;

/// One purse's answer, as of the first year: the positions of its payers, added up.
#[derive(Clone, Debug)]
pub struct PurseShown {
    /// Its code: `all-partners`, a boundary of the pack, or a partner.
    pub code: String,
    /// Whose it is, in words.
    pub name: String,
    /// What it pays and saves, as of the first year.
    pub sums: Sums,
    /// Savings for a pound of cost.
    pub fiscal_return: Return,
    /// Cash for a pound of cost.
    pub cash_return: Return,
    /// When savings have paid for costs.
    pub payback: Paybacks,
    /// What it is worth to people, whoever pays, with what this purse saves that is no transfer; as of the
    /// first year.
    pub public_value: Pence,
    /// Public value for a pound of cost.
    pub public_return: Return,
}

pub(super) fn purses(
    appraisal: &Appraisal<'_>,
    payers: &[PayerShown],
) -> Result<Vec<PurseShown>, AppraisalError> {
    let purse = |boundary: Boundary| {
        let verdict = appraisal.verdict(&boundary)?;
        let inside = appraisal.inside(&boundary)?;
        let is_inside =
            |one: &&PayerShown| inside.iter().any(|position| position.payer == one.payer);
        Ok(PurseShown {
            code: boundary.to_string(),
            name: verdict.purse,
            sums: (payers.iter().filter(is_inside))
                .map(|one| &one.present)
                .sum(),
            fiscal_return: verdict.fiscal_return,
            cash_return: verdict.cash_return,
            payback: verdict.payback,
            public_value: nearest(&verdict.public_value)?,
            public_return: verdict.public_return,
        })
    };
    appraisal.purses().into_iter().map(purse).collect()
}
