//! Payments as they mature.

use crate::appraisal::contract::{Contract, ContractError, Register, Standing};
use crate::money::Pence;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Where claims stand at the end of a day.
#[derive(Clone, Debug)]
pub struct StandingShown {
    /// Which day.
    pub on: Date,
    /// State, claims and what they are worth; all states.
    pub by_state: Vec<(String, u64, Pence)>,
    /// Verified, and not paid yet.
    pub certain: Pence,
    /// Claimed, and not verified yet.
    pub likely: Pence,
    /// In delivery or being measured.
    pub possible: Pence,
}

/// A row of the register.
#[derive(Clone, Debug)]
pub struct EntryShown {
    /// From which day on.
    pub on: Date,
    /// Of which term.
    pub term: String,
    /// Of which cohort.
    pub cohort: String,
    /// Where the claims stand.
    pub state: String,
    /// How many.
    pub claims: u64,
    /// What they are worth, or what was paid.
    pub sum: Pence,
    /// Why, where they are refused or taken back.
    pub reason: String,
}

/// The rows of a contract, and where its claims stood on each day on which one moved.
pub(super) fn register(
    contract: &Contract,
    register: &Register,
) -> Result<(Vec<EntryShown>, Vec<StandingShown>), ContractError> {
    let own = register.entries().iter();
    let own = own.filter(|entry| entry.contract == contract.code);
    let entries: Vec<EntryShown> = own
        .map(|entry| EntryShown {
            on: entry.on,
            term: (contract.term(&entry.term))
                .map_or_else(|| entry.term.clone(), |term| term.name.clone()),
            cohort: entry.cohort.clone(),
            state: entry.state.to_string(),
            claims: entry.claims,
            sum: entry.pence,
            reason: entry.reason.clone(),
        })
        .collect();
    let days: BTreeSet<Date> = entries.iter().map(|entry| entry.on).collect();
    let standings = (days.into_iter())
        .map(|on| {
            Ok(StandingShown::of(
                &register.standing(on, Some(&contract.code))?,
            ))
        })
        .collect::<Result<_, ContractError>>()?;
    Ok((entries, standings))
}

impl StandingShown {
    fn of(standing: &Standing) -> Self {
        let states = standing.by_state.iter();
        Self {
            on: standing.on,
            by_state: states
                .map(|(state, sum)| (state.to_string(), sum.claims, sum.pence))
                .collect(),
            certain: standing.certain,
            likely: standing.likely,
            possible: standing.possible,
        }
    }
}
