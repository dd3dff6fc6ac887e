//! Contracts of a site, paid and drawn.

use crate::appraisal::contract::{ContractError, Contracts, Register};
use crate::report::content::{ContractSheet, ReportError};
use rayon::prelude::*;

/// Contracts of a site.
#[derive(Clone, Copy, Debug)]
pub struct SiteContracts<'a> {
    /// Contracts of the pack, with what was reported.
    pub contracts: &'a Contracts,
    /// Payments as they mature, where the pack keeps a register.
    pub register: Option<&'a Register>,
}

/// A sheet for each contract, in the order of the pack.
pub(super) fn sheets(of: SiteContracts<'_>) -> Result<Vec<ContractSheet>, ReportError> {
    let all: Vec<_> = of.contracts.iter().collect();
    let sheets = (all.par_iter())
        .map(|contract| ContractSheet::of(contract, of.contracts, of.register))
        .collect::<Result<_, ContractError>>()
        .map_err(Box::new)?;
    Ok(sheets)
}
