//! What is already spent here on this: a question to the account, beside the wish.

use super::contribution::{Contribution, Step};
use super::plans::PlacePlans;
use super::priority::Priority;
use super::quantity::Quantity;
use super::shares::Shares;
use super::state::State;
use crate::account::{Boundary, PlaceAccount};
use crate::axis::{Period, Phase};
use crate::cube::{By, Cube, Figure, Question};
use crate::money::{MoneyError, Pence};
use crate::register::RegisterError;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What the account and the register say of one priority in one period: each pound once.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SpentHere {
    /// Code of the priority.
    pub priority: String,
    /// What the account says is spent in its cell, with how that is known.
    pub figure: Figure,
    /// What the register says was spent on the priority in the same period.
    pub by_register: Pence,
    /// Of that, what ledgers have too, by its reference: the account has it, here or elsewhere.
    pub in_ledgers: Pence,
    /// Of that, what is in the figure itself. The rest is in another cell, or was paid to an insider, who spends it.
    pub in_figure: Pence,
    /// The figure, and what only the register has: each pound once.
    pub together: Pence,
}

impl PlacePlans {
    /// What is already spent on each priority that has a cell of the account, in the order of the pack.
    ///
    /// The account counts what happened, in a cell that is wider than the priority as a rule: it stands beside the
    /// cost and is no part of its funding. Money that the register has spent and a ledger has too is found by its
    /// reference (`[[matched]]`), and is counted once.
    ///
    /// # Errors
    ///
    /// [`RegisterError::AnotherPlace`] for an account of another pack; [`RegisterError::Ask`] where the account does
    /// not answer.
    pub fn spent_here(
        &self,
        cube: &Cube,
        account: &PlaceAccount,
        (period, phase): (Period, Phase),
        boundary: &Boundary,
    ) -> Result<Vec<SpentHere>, RegisterError> {
        let same = |fingerprint: &str| fingerprint == self.place.fingerprint();
        if !same(cube.place().fingerprint()) || !same(account.place().fingerprint()) {
            return Err(RegisterError::AnotherPlace);
        }
        let looked_for = self.looked_for(State::Spent);
        let references = self.references_in(account);
        let mut all = Vec::new();
        for (number, priority) in self.priorities.iter().enumerate() {
            let Some(question) = self.asked_here(cube, priority, (period, phase), boundary) else {
                continue;
            };
            let figure = question.clone().answer()?.total;
            let mut by_register = Vec::new();
            let mut by_contribution: BTreeMap<usize, Pence> = BTreeMap::new();
            let contributions = self.contributions.iter().zip(&self.shares);
            for (at, (contribution, shares)) in contributions.enumerate() {
                let (first, last) = (period.first_day(), period.last_day());
                let of_it = spent_between(contribution, shares, number, (first, last))?;
                by_register.push(of_it);
                let known = |step: &&Step| references.contains(step.reference.as_str());
                let steps = contribution.spent_between(first, last).filter(known);
                let known = Pence::total(steps.map(|step| step.pence))?;
                let all = contribution.took(State::Spent, first, last);
                by_contribution.insert(at, part_of(known, of_it, all)?);
            }
            let mut lines: BTreeMap<usize, Vec<Pence>> = BTreeMap::new();
            for (name, ledgers) in self.codes_of(State::Spent) {
                let by_reference = question.clone().of_lines(account);
                let by_reference = by_reference
                    .by([By::Code(Some(name.to_owned()))])
                    .answer()?;
                for row in by_reference.rows {
                    let [ledger, code] = row.keys.as_slice() else {
                        continue;
                    };
                    let key = (ledger.code.as_str(), code.code.as_str());
                    if let Some(&at) = looked_for.get(&key).filter(|_| ledgers.contains(&key.0)) {
                        lines.entry(at).or_default().push(row.figure.amount);
                    }
                }
            }
            // Of lines that are more than the contribution paid, the rest is somebody else's.
            let mut in_figure = Vec::new();
            for (at, sums) in lines {
                let paid = by_contribution.get(&at).copied().unwrap_or_default();
                in_figure.push(Pence::total(sums)?.max(Pence::ZERO).min(paid));
            }
            let by_register = Pence::total(by_register)?;
            let in_ledgers = Pence::total(by_contribution.into_values())?;
            let only_here = by_register.hundredths() - in_ledgers.hundredths();
            let together = figure.amount.hundredths() + only_here;
            all.push(SpentHere {
                priority: priority.code.clone(),
                figure,
                by_register,
                in_ledgers,
                in_figure: Pence::total(in_figure)?,
                together: Pence::from_wide(together)?,
            });
        }
        Ok(all)
    }

    /// What is asked of the account for a priority; nothing where it has no cell.
    #[must_use]
    pub fn asked_here<'a>(
        &self,
        cube: &'a Cube,
        priority: &Priority,
        (period, phase): (Period, Phase),
        boundary: &Boundary,
    ) -> Option<Question<'a>> {
        let cell = priority.cell.as_ref()?;
        let question = cell.question(cube, priority.place);
        Some(
            question
                .period(period)
                .phase(phase)
                .boundary(boundary.clone()),
        )
    }

    /// The references of ledgers in which spent steps are looked for.
    fn references_in<'a>(&self, account: &'a PlaceAccount) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        for (code, ledgers) in self.codes_of(State::Spent) {
            for (mapped, line, _) in account.lines() {
                if ledgers.contains(&mapped.ledger().id()) {
                    found.extend(line.code(code).filter(|text| !text.is_empty()));
                }
            }
        }
        found
    }

    /// The names of codes under which ledgers have references, with those ledgers.
    fn codes_of(&self, state: State) -> BTreeMap<&str, Vec<&str>> {
        let mut codes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for rule in self
            .matched
            .iter()
            .filter(|rule| rule.states.contains(&state))
        {
            codes.entry(&rule.code).or_default().push(&rule.ledger);
        }
        codes
    }
}

/// What was spent of a contribution on a priority between two days.
fn spent_between(
    contribution: &Contribution,
    shares: &Shares,
    priority: usize,
    (first, last): (Date, Date),
) -> Result<Pence, MoneyError> {
    let until = |day: Date| -> Result<Pence, MoneyError> {
        let parts = shares.pounds(contribution.pounds(day)?)?;
        let of_it = (shares.parts().into_iter().zip(parts))
            .filter(|(of, _)| *of == Some(priority))
            .map(|(_, standing)| standing.spent);
        Pence::total(of_it)
    };
    let before = first.yesterday().unwrap_or(Date::MIN);
    Pence::total([until(last)?, -until(before)?])
}

/// The part of a sum that belongs to one part of all that was spent.
fn part_of(sum: Pence, part: Pence, all: i128) -> Result<Pence, MoneyError> {
    let weight = |number: i128| u64::try_from(number).unwrap_or_default();
    let weights = [part.hundredths(), all - part.hundredths()].map(weight);
    if weights == [0, 0] {
        return Ok(Pence::ZERO);
    }
    Ok(sum
        .apportion(&weights)?
        .first()
        .copied()
        .unwrap_or_default())
}
