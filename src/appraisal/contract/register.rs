//! Payments as they mature: where the claims of each cohort and term stand, and what is still to come.

use super::ContractError;
use super::pounds::pence;
use super::state::{State, out_of_order};
use super::{Contract, Contracts};
use crate::finding::{Finding, Findings, Position, Severity};
use crate::money::{Pence, Ratio};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Where so many claims stand from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Of which contract.
    pub contract: String,
    /// Of which term.
    pub term: String,
    /// Of which cohort.
    pub cohort: String,
    /// Where they stand.
    pub state: State,
    /// From which day on, until the next day of the same cohort and term.
    pub on: Date,
    /// How many.
    pub claims: u64,
    /// What they are worth, or what was paid for them.
    pub pence: Pence,
    /// Why, where they are refused or taken back.
    pub reason: String,
    /// Where it is written down.
    pub position: Position,
}

/// Claims and what they are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sum {
    /// How many.
    pub claims: u64,
    /// What they are worth.
    pub pence: Pence,
}

/// Where claims stand on a day, and what is still to be paid.
///
/// **Invariant:** the sums of all states are all claims that are in the register on that day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// On which day, at its end.
    pub on: Date,
    /// By state; all of them, those without claims too.
    pub by_state: BTreeMap<State, Sum>,
    /// Verified, and not paid yet: it will be paid.
    pub certain: Pence,
    /// Claimed, and not verified yet.
    pub likely: Pence,
    /// In delivery or being measured: claims may come of it.
    pub possible: Pence,
}

/// The register of payments of all contracts of a pack.
#[derive(Clone, Debug)]
pub struct Register {
    pub(super) entries: Vec<Entry>,
    pub(super) findings: Findings,
}

/// All entries of a cohort and term of one day: together they say where all its claims stand.
type Day<'a> = BTreeMap<State, (Sum, &'a Entry)>;

impl Register {
    /// Its entries, in the order of contracts, terms, cohorts and days.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What is odd in it: claims out of order, claims that vanish, more paid than was earned.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Where claims stand at the end of a day; of one contract, or of all.
    ///
    /// # Errors
    ///
    /// [`ContractError::Money`] for sums beyond what an account can hold.
    pub fn standing(&self, on: Date, contract: Option<&str>) -> Result<Standing, ContractError> {
        let mut sums: BTreeMap<State, (u64, Vec<Pence>)> = State::ALL
            .into_iter()
            .map(|state| (state, (0, Vec::new())))
            .collect();
        for (key, days) in self.days() {
            if contract.is_some_and(|contract| contract != key.0) {
                continue;
            }
            let Some((_, day)) = days.range(..=on).next_back() else {
                continue;
            };
            for (state, (sum, _)) in day {
                let (claims, pence) = sums.entry(*state).or_default();
                *claims = claims.saturating_add(sum.claims);
                pence.push(sum.pence);
            }
        }
        let mut by_state = BTreeMap::new();
        for (state, (claims, sums)) in sums {
            let pence = Pence::total(sums)?;
            by_state.insert(state, Sum { claims, pence });
        }
        let of = |states: &[State]| {
            let sums = states.iter().filter_map(|state| by_state.get(state));
            Pence::total(sums.map(|sum| sum.pence))
        };
        Ok(Standing {
            on,
            certain: of(&[State::Verified])?,
            likely: of(&[State::Claimed])?,
            possible: of(&[State::InDelivery, State::InMeasurement])?,
            by_state,
        })
    }

    /// The days of each contract, term and cohort, in their order.
    fn days(&self) -> BTreeMap<(&str, &str, &str), BTreeMap<Date, Day<'_>>> {
        let mut days: BTreeMap<(&str, &str, &str), BTreeMap<Date, Day<'_>>> = BTreeMap::new();
        for entry in &self.entries {
            let key = (
                entry.contract.as_str(),
                entry.term.as_str(),
                entry.cohort.as_str(),
            );
            let day = days.entry(key).or_default().entry(entry.on).or_default();
            let (sum, _) = day.entry(entry.state).or_insert((Sum::default(), entry));
            sum.claims = sum.claims.saturating_add(entry.claims);
            // Sums of a register are far below what an account can hold; one that is not is held there.
            sum.pence = Pence::total([sum.pence, entry.pence]).unwrap_or(Pence::new(i64::MAX));
        }
        days
    }

    /// Finds what is odd.
    pub(super) fn check(&mut self, contracts: &Contracts) -> Result<(), ContractError> {
        let mut found = Findings::new();
        for days in self.days().values() {
            let mut before: Option<&Day> = None;
            for day in days.values() {
                found.extend(day_by_day(before, day));
                before = Some(day);
            }
        }
        for contract in contracts.iter() {
            found.append(self.above_results(contract, contracts)?);
        }
        self.findings = found;
        Ok(())
    }

    /// More paid or verified for a term than the contract pays for what was reported.
    fn above_results(
        &self,
        contract: &Contract,
        contracts: &Contracts,
    ) -> Result<Findings, ContractError> {
        let reported = contracts.reported(contract);
        let mut findings = Findings::new();
        if reported.is_empty() {
            return Ok(findings);
        }
        let payment = contract.pay(reported)?;
        let mut last: BTreeMap<&str, (Vec<Pence>, Option<&Entry>)> = BTreeMap::new();
        for ((code, term, _), days) in self.days() {
            let Some((_, day)) = days.last_key_value().filter(|_| code == contract.code) else {
                continue;
            };
            let (sums, entry) = last.entry(term).or_default();
            for state in [State::Verified, State::Paid] {
                if let Some((sum, of)) = day.get(&state) {
                    sums.push(sum.pence);
                    *entry = Some(of);
                }
            }
        }
        for (term, (sums, entry)) in last {
            let all = Pence::total(sums)?;
            let rows = payment.paid.iter().filter(|row| row.term == term);
            let earned = pence(&rows.map(|row| &row.exact).sum::<Ratio>()).unwrap_or(Pence::ZERO);
            if let Some(entry) = entry.filter(|_| all > earned) {
                findings.push(Finding {
                    rule: "paid-above-results".into(),
                    severity: Severity::Notice,
                    position: entry.position.clone().column("pence"),
                    found: format!("{all} is verified or paid for `{term}`, and the contract pays {earned} for what was reported"),
                    at_stake: Some(Pence::total([all, -earned])?),
                    remedy: "correct the register, or add the results that are not reported yet".into(),
                });
            }
        }
        Ok(findings)
    }
}

/// What is odd in a day after the one before.
fn day_by_day(before: Option<&Day>, day: &Day) -> Vec<Finding> {
    let claims = |day: &Day| -> BTreeMap<State, u64> {
        day.iter()
            .map(|(state, (sum, _))| (*state, sum.claims))
            .collect()
    };
    let mut found = Vec::new();
    let old = before.map(claims);
    let new = claims(day);
    if let Some(wrong) = out_of_order(old.as_ref(), &new)
        && let Some((sum, entry)) = day.get(&wrong.state)
    {
        found.push(Finding {
            rule: "payment-out-of-order".into(),
            severity: Severity::Notice,
            position: entry.position.clone().column("state"),
            found: format!(
                "{} claims of `{}` for `{}` are `{}` on {}, and at most {} can be: {}",
                sum.claims,
                entry.term,
                entry.cohort,
                wrong.state,
                entry.on,
                wrong.most,
                wrong.state.comes_after()
            ),
            at_stake: Some(sum.pence),
            remedy: "add the day on which they were in the state before, or correct the state"
                .into(),
        });
    }
    let all = |day: &BTreeMap<State, u64>| {
        day.values()
            .fold(0_u64, |sum, one| sum.saturating_add(*one))
    };
    if let (Some(old), Some((_, (_, entry)))) = (&old, day.first_key_value())
        && all(old) > all(&new)
    {
        found.push(Finding {
            rule: "claims-vanish".into(),
            severity: Severity::Notice,
            position: entry.position.clone().column("claims"),
            found: format!(
                "{} claims of `{}` for `{}` stand somewhere on {}, and {} did on the day before it in the register",
                all(&new), entry.term, entry.cohort, entry.on, all(old)
            ),
            at_stake: None,
            remedy: "write where the others stand: those that came to nothing are `refused`, with a reason".into(),
        });
    }
    found
}
