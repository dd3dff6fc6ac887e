//! The years that are counted, and what a pound of each is worth in the first.

use super::AppraisalError;
use super::proposal::Proposal;
use crate::money::Ratio;
use crate::price::{DiscountSchedule, PriceYear};

/// The years of a proposal, with the factor of each.
pub(super) fn years(
    proposal: &Proposal,
    discount: &DiscountSchedule,
) -> Result<(Vec<PriceYear>, Vec<Ratio>), AppraisalError> {
    let mut years = Vec::with_capacity(proposal.years);
    let mut factors = Vec::with_capacity(proposal.years);
    for later in 0..proposal.years {
        let later = u16::try_from(later).map_err(|_| AppraisalError::NoYears)?;
        let year = proposal.first_year.later(later);
        years.push(year.ok_or(AppraisalError::NoYears)?);
        factors.push(discount.money_factor(u32::from(later))?);
    }
    Ok((years, factors))
}
