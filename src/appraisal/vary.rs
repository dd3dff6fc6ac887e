//! The same proposal with another figure.

use super::cash::CashModel;
use super::input::{Input, OfEffect};
use super::proposal::{Change, Cost, Due, Effect, Proposal};
use crate::money::Ratio;
use crate::price::PriceYear;
use std::collections::BTreeSet;

impl Proposal {
    /// Every figure of it that somebody had to judge, in the order of their names.
    ///
    /// A figure of people or of cost that is nothing is left out: there is nothing of which it could be more
    /// or less in proportion. So are costs of a payer and year that net to nothing; they stay as they are.
    #[must_use]
    pub fn inputs(&self) -> Vec<Input> {
        let mut all = BTreeSet::new();
        for effect in &self.effects {
            let change: &[OfEffect] = match effect.chain.change {
                Change::Part { .. } => &[OfEffect::Base, OfEffect::Impact],
                Change::Points(_) => &[OfEffect::Points],
            };
            let due = match effect.chain.due {
                Due::ToUs(_) => OfEffect::DueToUs,
                Due::ToOthers(_) => OfEffect::DueToOthers,
            };
            let each = [
                OfEffect::People,
                OfEffect::Engaged,
                OfEffect::Retained,
                OfEffect::Deadweight,
                OfEffect::Displacement,
                due,
            ];
            all.extend(each.iter().chain(change).map(|&of| Input::Effect {
                effect: effect.code.clone(),
                of,
            }));
            for value in &effect.values {
                all.insert(Input::UnitValue {
                    code: value.unit.code.clone(),
                });
                if matches!(value.cash, Some(CashModel::Share { .. })) {
                    all.insert(Input::CashShare {
                        effect: effect.code.clone(),
                        bearer: value.unit.bearer.clone(),
                    });
                }
            }
        }
        for cost in &self.costs {
            all.extend(self.cost_input(cost));
        }
        let moves = |input: &Input| match input {
            Input::Cost { .. }
            | Input::Effect {
                of: OfEffect::People,
                ..
            } => self.figure(input).is_some_and(|figure| !figure.is_zero()),
            _ => true,
        };
        all.into_iter().filter(moves).collect()
    }

    /// A figure as the proposal has it: costs and unit values in pounds, everything else in its own unit; nothing
    /// where it has no such figure.
    #[must_use]
    pub fn figure(&self, input: &Input) -> Option<Ratio> {
        let in_pounds = |pence: &Ratio| pence.times(&Ratio::new(1, 100));
        match input {
            Input::Effect { effect, of } => {
                let effect = self.effects.iter().find(|one| one.code == *effect)?;
                figure_of_effect(effect, *of)
            }
            Input::UnitValue { code } => {
                let mut values = self.effects.iter().flat_map(|effect| &effect.values);
                let value = values.find(|value| value.unit.code == *code)?;
                Some(in_pounds(&value.unit.value))
            }
            Input::Cost { .. } => {
                let rows = (self.costs.iter())
                    .filter(|cost| self.cost_input(cost).as_ref() == Some(input));
                let amounts: Vec<&Ratio> = rows.map(|cost| &cost.amount).collect();
                (!amounts.is_empty()).then(|| in_pounds(&amounts.into_iter().sum()))
            }
            Input::CashShare { effect, bearer } => {
                let effect = self.effects.iter().find(|one| one.code == *effect)?;
                let mut of_bearer = (effect.values.iter())
                    .filter(|value| value.unit.bearer == *bearer)
                    .filter_map(|value| value.cash.as_ref());
                of_bearer.find_map(|model| match model {
                    CashModel::Share { share, .. } => Some(share.clone()),
                    _ => None,
                })
            }
        }
    }

    /// The same proposal with another figure; itself where it has no such figure.
    #[must_use]
    pub fn with(&self, input: &Input, figure: &Ratio) -> Self {
        let mut other = self.clone();
        other.set(input, figure);
        other
    }

    pub(super) fn set(&mut self, input: &Input, figure: &Ratio) {
        let hundred = Ratio::new(100, 1);
        match input {
            Input::Effect { effect, of } => {
                let effects = self.effects.iter_mut().filter(|one| one.code == *effect);
                effects.for_each(|effect| set_of_effect(effect, *of, figure));
            }
            Input::UnitValue { code } => {
                let values = self
                    .effects
                    .iter_mut()
                    .flat_map(|effect| &mut effect.values);
                values
                    .filter(|value| value.unit.code == *code)
                    .for_each(|value| value.unit.value = figure.times(&hundred));
            }
            Input::Cost { .. } => {
                let Some(part) = (self.figure(input))
                    .and_then(|sum| sum.inverse())
                    .map(|inverse| figure.times(&inverse))
                else {
                    return;
                };
                let is_of_it: Vec<bool> = (self.costs.iter())
                    .map(|cost| self.cost_input(cost).as_ref() == Some(input))
                    .collect();
                let rows = self.costs.iter_mut().zip(is_of_it);
                rows.filter(|(_, is_of_it)| *is_of_it)
                    .for_each(|(cost, _)| cost.amount = cost.amount.times(&part));
            }
            Input::CashShare { effect, bearer } => {
                let effects = self.effects.iter_mut().filter(|one| one.code == *effect);
                let values = effects.flat_map(|effect| &mut effect.values);
                for value in values.filter(|value| value.unit.bearer == *bearer) {
                    if let Some(CashModel::Share { share, .. }) = &mut value.cash {
                        *share = figure.clone();
                    }
                }
            }
        }
    }

    /// The same proposal as it is stated, without the corrections by grades.
    #[must_use]
    pub fn without_correction(&self) -> Self {
        let mut other = self.clone();
        for effect in &mut other.effects {
            effect.correction = Ratio::zero();
        }
        for cost in &mut other.costs {
            cost.correction = Ratio::zero();
        }
        other
    }

    /// The figure of which a row of costs is a part. Pounds of one year are never added to those of another.
    pub(super) fn cost_input(&self, cost: &Cost) -> Option<Input> {
        let year = self.year(cost.year)?;
        let partner = cost.payer.code.clone();
        let is_mixed = self.pounds_of_costs(&partner, year).len() > 1;
        Some(Input::Cost {
            prices: is_mixed.then(|| cost.prices.year_of(year)),
            partner,
            year,
        })
    }

    /// In the pounds of which years the costs of a payer in one year are stated.
    pub(super) fn pounds_of_costs(&self, partner: &str, year: PriceYear) -> BTreeSet<PriceYear> {
        let rows = (self.costs.iter())
            .filter(|cost| cost.payer.code == partner && self.year(cost.year) == Some(year));
        rows.map(|cost| cost.prices.year_of(year)).collect()
    }

    /// The year so many years after the first.
    pub(super) fn year(&self, later: usize) -> Option<PriceYear> {
        u16::try_from(later)
            .ok()
            .and_then(|later| self.first_year.later(later))
    }
}

fn figure_of_effect(effect: &Effect, of: OfEffect) -> Option<Ratio> {
    let chain = &effect.chain;
    match (of, &chain.change, &chain.due) {
        (OfEffect::People, ..) => {
            let first = effect.people.iter().find(|people| !people.is_zero());
            Some(first.cloned().unwrap_or_else(Ratio::zero))
        }
        (OfEffect::Engaged, ..) => Some(chain.engaged.clone()),
        (OfEffect::Retained, ..) => Some(chain.retained.clone()),
        (OfEffect::Base, Change::Part { base, .. }, _) => Some(base.clone()),
        (OfEffect::Impact, Change::Part { impact, .. }, _) => Some(impact.clone()),
        (OfEffect::Points, Change::Points(points), _) => Some(points.clone()),
        (OfEffect::Deadweight, ..) => Some(chain.deadweight.clone()),
        (OfEffect::Displacement, ..) => Some(chain.displacement.clone()),
        (OfEffect::DueToUs, _, Due::ToUs(ours)) => Some(ours.clone()),
        (OfEffect::DueToOthers, _, Due::ToOthers(others)) => Some(others.clone()),
        _ => None,
    }
}

fn set_of_effect(effect: &mut Effect, of: OfEffect, figure: &Ratio) {
    let chain = &mut effect.chain;
    match (of, &mut chain.change, &mut chain.due) {
        (OfEffect::People, ..) => {
            let first = effect.people.iter().find(|people| !people.is_zero());
            let Some(part) = first.and_then(Ratio::inverse).map(|one| figure.times(&one)) else {
                return;
            };
            for people in &mut effect.people {
                *people = people.times(&part);
            }
        }
        (OfEffect::Engaged, ..) => chain.engaged = figure.clone(),
        (OfEffect::Retained, ..) => chain.retained = figure.clone(),
        (OfEffect::Base, Change::Part { base, .. }, _) => *base = figure.clone(),
        (OfEffect::Impact, Change::Part { impact, .. }, _) => *impact = figure.clone(),
        (OfEffect::Points, Change::Points(points), _) => *points = figure.clone(),
        (OfEffect::Deadweight, ..) => chain.deadweight = figure.clone(),
        (OfEffect::Displacement, ..) => chain.displacement = figure.clone(),
        (OfEffect::DueToUs, _, Due::ToUs(ours)) => *ours = figure.clone(),
        (OfEffect::DueToOthers, _, Due::ToOthers(others)) => *others = figure.clone(),
        _ => {}
    }
}
