//! What contracts paid for the outcomes of a proposal.

use super::{Evaluation, EvaluationError, PaidFor};
use crate::appraisal::contract::{Contract, Contracts, Term};
use crate::place::Place;

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
