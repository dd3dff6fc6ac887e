//! Steps of contributions that are lines of a ledger as well: found by their references, and counted once.

use super::contribution::Step as PlanStep;
use super::match_rule::MatchRule;
use super::plans::PlacePlans;
use super::state::State;
use crate::account::PlaceAccount;
use crate::finding::{Finding, Findings, Severity};
use crate::money::Pence;
use crate::reconciliation::{Reconciliation, Step};
use crate::register::{LinesOfReference, RegisterError, lines_by_reference};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A step of a contribution, and the lines of a ledger that are the same money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Matched {
    /// The contribution.
    pub contribution: String,
    /// The reference that both have.
    pub reference: String,
    /// Which step: `spent`.
    pub state: String,
    /// The ledger.
    pub ledger: String,
    /// What the register says.
    pub pence: Pence,
    /// How many lines the ledger has.
    pub lines: u64,
    /// What the lines say, without the sign: what is received stands in a ledger as income.
    pub in_ledger: Pence,
}

/// What of the register is in the ledgers too.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Matching {
    /// What is in both.
    pub matched: Vec<Matched>,
    /// What no ledger has: references with their pounds.
    pub not_found: Vec<(String, Pence)>,
    /// References that no line has, and amounts that differ.
    pub findings: Findings,
    /// For each step that is looked for: all of the register, what is in ledgers, what is not.
    pub reconciliation: Reconciliation,
}

impl PlacePlans {
    /// Finds the steps of contributions that are lines of a ledger as well.
    ///
    /// They are one money, which the account has already. Whatever is added to the account from the register leaves
    /// them out.
    ///
    /// # Errors
    ///
    /// [`RegisterError::AnotherPlace`] for an account of another pack; [`RegisterError::Money`].
    pub fn matching(&self, account: &PlaceAccount) -> Result<Matching, RegisterError> {
        if !Arc::ptr_eq(account.place(), &self.place)
            && account.place().fingerprint() != self.place.fingerprint()
        {
            return Err(RegisterError::AnotherPlace);
        }
        let mut all = Matching {
            matched: Vec::new(),
            not_found: Vec::new(),
            findings: Findings::new(),
            reconciliation: Reconciliation::default(),
        };
        for rule in &self.matched {
            let lines = lines_by_reference(account, &rule.ledger, &rule.code)?;
            for state in &rule.states {
                self.matching_of(rule, *state, &lines, &mut all)?;
            }
        }
        Ok(all)
    }

    fn matching_of(
        &self,
        rule: &MatchRule,
        state: State,
        lines: &BTreeMap<&str, LinesOfReference>,
        all: &mut Matching,
    ) -> Result<(), RegisterError> {
        let mut steps: BTreeMap<&str, (Vec<Pence>, &str, &PlanStep)> = BTreeMap::new();
        let (mut without, mut whole) = (Vec::new(), Vec::new());
        for contribution in &self.contributions {
            let of_state = (contribution.steps.iter()).filter(|step| step.state == state);
            for step in of_state {
                whole.push(step.pence);
                if step.reference.is_empty() || !step.is_row {
                    without.push(step.pence);
                    continue;
                }
                let found = (steps.entry(&step.reference))
                    .or_insert_with(|| (Vec::new(), &contribution.reference, step));
                found.0.push(step.pence);
            }
        }
        let (mut in_both, mut only_here, mut differs) = (Vec::new(), Vec::new(), Vec::new());
        for (reference, (sums, contribution, step)) in steps {
            let pence = Pence::total(sums)?;
            let Some(of_ledger) = lines.get(reference) else {
                only_here.push(pence);
                all.not_found.push((reference.to_owned(), pence));
                all.findings.push(Finding {
                    rule: "reference-not-in-ledger".into(),
                    severity: Severity::Notice,
                    position: step.position.clone().column(step.columns.1),
                    found: format!("no line of ledger `{}` has `{reference}` as its {}, and {pence} is `{state}` by the register alone", rule.ledger, rule.code),
                    at_stake: Some(pence),
                    remedy: "correct the reference, or leave it where the ledger's body did not pay it".into(),
                });
                continue;
            };
            let sum = of_ledger.pence;
            let in_ledger = if sum < Pence::ZERO { -sum } else { sum };
            if in_ledger != pence {
                let difference = Pence::total([in_ledger, -pence])?;
                differs.push(difference);
                all.findings.push(Finding {
                    rule: "ledger-amount-differs".into(),
                    severity: Severity::Notice,
                    position: step.position.clone().column(step.columns.0),
                    found: format!("`{reference}` is {pence} here and {in_ledger} in ledger `{}`; the ledger's counts", rule.ledger),
                    at_stake: Some(if difference < Pence::ZERO { -difference } else { difference }),
                    remedy: "correct the one that is wrong".into(),
                });
            }
            in_both.push(in_ledger);
            all.matched.push(Matched {
                contribution: contribution.to_owned(),
                reference: reference.to_owned(),
                state: state.to_string(),
                ledger: rule.ledger.clone(),
                pence,
                lines: of_ledger.lines,
                in_ledger,
            });
        }
        let whole = Pence::total(whole)?;
        let only = Pence::total(only_here.into_iter().chain(without))?;
        let step = Step::new(
            format!(
                "`{state}` by the register, against ledger `{}`",
                rule.ledger
            ),
            whole,
            only,
        )
        .difference("other amounts in the ledger", Pence::total(differs)?)
        .difference(
            "lines of the ledger too, counted there",
            -Pence::total(in_both)?,
        );
        all.reconciliation.push(step);
        Ok(())
    }

    /// The references of a contribution's steps of one state that are looked for in a ledger.
    pub(super) fn looked_for(&self, state: State) -> BTreeMap<(&str, &str), usize> {
        let mut found = BTreeMap::new();
        for rule in self
            .matched
            .iter()
            .filter(|rule| rule.states.contains(&state))
        {
            for (number, contribution) in self.contributions.iter().enumerate() {
                let steps = contribution.steps.iter();
                let steps = steps.filter(|step| step.state == state && step.is_row);
                for step in steps.filter(|step| !step.reference.is_empty()) {
                    found.insert((rule.ledger.as_str(), step.reference.as_str()), number);
                }
            }
        }
        found
    }
}
