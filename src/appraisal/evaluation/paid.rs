//! What contracts paid for the outcomes of a proposal.

use super::{Evaluation, EvaluationError};
use crate::appraisal::contract::{Contract, Contracts, Term};
use crate::money::Pence;
use crate::place::Place;
use crate::price::PriceYear;

/// What a term of a contract paid for an effect in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaidFor {
    /// The effect: the term counts what it changes.
    pub effect: String,
    /// The contract.
    pub contract: String,
    /// Its term.
    pub term: String,
    /// In which year it is paid, which may be later than the year in which it was seen.
    pub year: PriceYear,
    /// How much, in the money of that year, less what was taken back.
    pub pence: Pence,
}

impl Evaluation<'_> {
    /// The same, with what contracts pay for the same outcomes, for people who overlap in age and place: terms whose
    /// metric is the code of an effect, and that hang on results.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Contract`] where what was reported of such a contract cannot be paid for.
    pub fn with_contracts(mut self, contracts: &Contracts) -> Result<Self, EvaluationError> {
        let mut paid = Vec::new();
        for contract in contracts.iter() {
            let terms: Vec<&Term> = (contract.terms.iter())
                .filter(|term| {
                    !term.kind.is_certain() && self.pays_for(contract, term, contracts.place())
                })
                .collect();
            if terms.is_empty() {
                continue;
            }
            let payment = contract.pay(contracts.reported(contract))?;
            for row in &payment.paid {
                let Some(term) = terms.iter().find(|term| term.code == row.term) else {
                    continue;
                };
                paid.push(PaidFor {
                    effect: term.metric.clone(),
                    contract: contract.code.clone(),
                    term: term.code.clone(),
                    year: row.year,
                    pence: row.pence,
                });
            }
        }
        self.paid = Some(paid);
        Ok(self)
    }

    fn pays_for(&self, contract: &Contract, term: &Term, place: &Place) -> bool {
        let localities = &place.axes().localities;
        let apart = (localities.leaves(contract.locality))
            .is_disjoint(localities.leaves(self.proposal.locality));
        let mut effects = self.proposal.effects.iter();
        !apart
            && contract.ages.intersection(self.proposal.ages).is_some()
            && effects.any(|effect| effect.code == term.metric)
    }
}
