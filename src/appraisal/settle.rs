//! A proposal settled by its terms.

use super::appraise::Appraisal;
use super::position::Position;
use super::settlement::{Basis, Party, SettlementError, Statement, Terms, YearSaving};
use crate::money::Ratio;

impl Appraisal<'_> {
    /// What payers pay each other so that nobody ends worse off, by the terms of the proposal; nothing where it
    /// has none.
    ///
    /// # Errors
    ///
    /// [`SettlementError::NoSurplus`] with what is missing, where no rule can leave everybody whole, and the
    /// others of [`Statement::settle`].
    pub fn settle(&self) -> Result<Option<Statement>, SettlementError> {
        match &self.proposal.settlement {
            Some(terms) => self.settle_by(terms).map(Some),
            None => Ok(None),
        }
    }

    /// The same by other terms: to hold several side by side. Cash that is verified later than the terms of
    /// the proposal say is beyond the last year.
    ///
    /// # Errors
    ///
    /// As [`Appraisal::settle`].
    pub fn settle_by(&self, terms: &Terms) -> Result<Statement, SettlementError> {
        let is_among = |code: &String| terms.among.is_empty() || terms.among.contains(code);
        let among = (self.positions.iter()).filter(|position| is_among(&position.payer.code));
        let mut parties: Vec<Party> = among
            .map(|position| self.party(position, terms))
            .collect::<Result<_, _>>()?;
        // Who neither pays nor saves may still be the one without whom nothing is done, or who advances.
        let named = (terms.among.iter())
            .chain(&terms.essential)
            .chain(&terms.loss)
            .chain(terms.loan.as_ref().map(|loan| &loan.investor));
        for code in named.filter(|code| is_among(code)) {
            if parties.iter().all(|party| party.partner != *code) {
                parties.push(Party {
                    partner: code.clone(),
                    ..Party::default()
                });
            }
        }
        let factors: Vec<Ratio> = (self.factors.iter().chain(&self.later_factors))
            .cloned()
            .collect();
        Statement::settle(terms, &parties, &factors)
    }

    /// What one payer brings into a settlement, and what it keeps.
    fn party(&self, position: &Position, terms: &Terms) -> Result<Party, SettlementError> {
        let code = position.payer.code.as_str();
        let held = self.held.iter().find(|held| held.payer == position.payer);
        let saved = match terms.from {
            Basis::Cash => &position.cash,
            Basis::Corrected { .. } => &position.corrected,
        };
        let mut party = Party {
            partner: code.to_owned(),
            ..Party::default()
        };
        for (year, (saved, cash)) in saved.iter().zip(&position.cash).enumerate() {
            let spent = held.and_then(|held| held.most.as_ref()?.get(year));
            let brought_in = terms.brought_in(YearSaving {
                partner: code,
                saved,
                spent,
                people: &self.people_by(year),
            })?;
            // Cash goes first.
            let in_cash = brought_in.clone().min(cash.clone());
            party.freed.push(brought_in.minus(&in_cash));
            party.kept.push(saved.minus(&brought_in));
            // What is spent less than without the proposal is cash too.
            let (cost, spared) = position.spent_and_spared(year);
            party.costs.push(cost);
            party.cash.push(brought_in.plus(&spared));
        }
        Ok(party)
    }

    /// How many people have entered by the end of a year, of the effect that has most.
    fn people_by(&self, year: usize) -> Ratio {
        let effects = self.proposal.effects.iter();
        let entered = effects.map(|effect| effect.people.iter().take(year + 1).sum::<Ratio>());
        entered.max().unwrap_or_else(Ratio::zero)
    }
}
