//! A proposal laid out for drawing: everything that no draw changes, worked out once.

use crate::appraisal::AppraisalError;
use crate::appraisal::appraise::{Appraisal, Purse};
use crate::appraisal::cash::CashModel;
use crate::appraisal::ceiling::in_prices;
use crate::appraisal::input::{Input, OfEffect};
use crate::appraisal::pounds::to_f64;
use crate::appraisal::proposal::{Change, Due, Effect, OverlapRule, Proposal, ValueKind};
use crate::appraisal::settlement::{Basis, Payment, Statement, Timing};
use crate::money::Ratio;
use crate::price::{PriceBase, Prices};
use std::collections::BTreeMap;

/// A proposal laid out for drawing, in floating pence of its prices.
#[derive(Clone, Debug)]
pub(in crate::appraisal) struct Plan {
    /// Every figure that may be drawn, with its own value.
    pub inputs: Vec<(Input, f64)>,
    pub years: usize,
    /// What a pound of each year is worth in the first.
    pub factors: Vec<f64>,
    pub effects: Vec<EffectPlan>,
    pub savings: Vec<SavingPlan>,
    pub costs: Vec<CostPlan>,
    pub payers: Vec<PayerPlan>,
    /// Effects of which only the one that saves most counts.
    pub groups: Vec<Vec<usize>>,
    /// Who is inside of each purse.
    pub purses: Vec<Vec<usize>>,
    /// The agreement that is in force in all draws.
    pub agreement: Option<Agreement>,
}

/// What is handed over by the agreement for the central case.
#[derive(Clone, Debug)]
pub(in crate::appraisal) struct Agreement {
    /// So many years after its cash has arrived it is verified and handed over.
    pub late: usize,
    /// Whether everything that is saved is settled, also what is no cash.
    pub of_all_savings: bool,
    /// What happens in each year, with what a pound of it is worth in the first.
    pub years: Vec<(AgreedYear, f64)>,
}

/// One effect: a product of figures, and what one of that product is in each year.
#[derive(Clone, Debug)]
pub(in crate::appraisal) struct EffectPlan {
    /// Figures that are multiplied, and whether each counts as what is left of a whole.
    pub product: Vec<(usize, bool)>,
    /// 0 where nobody enters.
    pub is_there: f64,
}

/// What one effect saves one payer, for one of the product and one pound.
#[derive(Clone, Debug)]
pub(in crate::appraisal) struct SavingPlan {
    pub effect: usize,
    pub payer: usize,
    /// The figure of pounds for an event.
    pub unit: usize,
    /// Corrected pence in each year.
    pub worth: Vec<f64>,
    /// Corrected events in each year.
    pub events: Vec<f64>,
    /// All of the pence, as of the first year.
    pub present: f64,
    pub cash: CashPlan,
}

#[derive(Clone, Debug)]
pub(in crate::appraisal) enum CashPlan {
    None,
    Share {
        /// The figure of the share.
        share: usize,
        /// How much of it has come in each year.
        phase: Vec<f64>,
    },
    Blocks {
        block: f64,
        worth: f64,
        notice: usize,
    },
}

#[derive(Clone, Debug)]
pub(in crate::appraisal) struct CostPlan {
    pub payer: usize,
    pub year: usize,
    /// The figure of pounds; nothing where costs net to none, of which there can be no more or less in
    /// proportion.
    pub figure: Option<usize>,
    /// Pence in the prices of the proposal, raised: for one of these pounds, or all of them where there is no
    /// figure.
    pub each: f64,
    pub is_cash: bool,
}

/// What a payer's savings are held against, in each year.
#[derive(Clone, Debug)]
pub(in crate::appraisal) struct PayerPlan {
    /// What it spends there.
    pub most: Option<Vec<f64>>,
    /// What of it is free.
    pub free: Option<Vec<f64>>,
}

/// What is handed over in one year, by the agreement for the central case.
#[derive(Clone, Debug)]
pub(in crate::appraisal) struct AgreedYear {
    /// Which part of its cash each payer hands over, of the year that is settled then.
    pub parts: Vec<f64>,
    /// What each hands over whatever its cash is: advances out of its own money.
    pub sums: Vec<f64>,
    /// Which part of all that is handed over each receives.
    pub receives: Vec<f64>,
    /// What those hand over who are in the agreement alone.
    pub from_others: f64,
}

impl Plan {
    /// Lays a proposal out; it may differ from the appraised one in its figures and corrections.
    pub(in crate::appraisal) fn new(
        appraisal: &Appraisal<'_>,
        proposal: &Proposal,
        purses: &[Purse],
        statement: Option<&Statement>,
    ) -> Result<Self, AppraisalError> {
        let inputs = proposal.inputs();
        let inputs: Vec<(Input, f64)> = (inputs.into_iter())
            .map(|input| {
                let figure = proposal.figure(&input);
                let figure = figure.as_ref().map_or(0.0, to_f64);
                (input, figure)
            })
            .collect();
        let mut layout = Layout {
            appraisal,
            proposal,
            prices: appraisal.prices()?,
            numbers: (inputs.iter().enumerate())
                .map(|(number, (input, _))| (input.clone(), number))
                .collect(),
        };
        Ok(Self {
            years: appraisal.years.len(),
            factors: appraisal.factors.iter().map(to_f64).collect(),
            effects: (proposal.effects.iter())
                .map(|effect| layout.effect(effect))
                .collect(),
            savings: layout.savings()?,
            costs: layout.costs()?,
            payers: layout.payers()?,
            groups: layout.groups(),
            purses: (purses.iter())
                .map(|purse| {
                    let all = purse.inside.iter().enumerate();
                    all.filter_map(|(number, &inside)| inside.then_some(number))
                        .collect()
                })
                .collect(),
            agreement: statement.map(|statement| layout.agreement(statement)),
            inputs,
        })
    }
}

/// What a plan is made from.
struct Layout<'a> {
    appraisal: &'a Appraisal<'a>,
    proposal: &'a Proposal,
    prices: Prices<'a>,
    numbers: BTreeMap<Input, usize>,
}

impl Layout<'_> {
    fn of_effect(&self, effect: &Effect, of: OfEffect) -> Option<usize> {
        let input = Input::Effect {
            effect: effect.code.clone(),
            of,
        };
        self.numbers.get(&input).copied()
    }

    fn payer(&self, code: &str) -> Option<usize> {
        let mut positions = self.appraisal.positions.iter();
        positions.position(|position| position.payer.code == code)
    }

    fn effect(&self, effect: &Effect) -> EffectPlan {
        let change: &[(OfEffect, bool)] = match effect.chain.change {
            Change::Part { .. } => &[(OfEffect::Base, false), (OfEffect::Impact, false)],
            Change::Points(_) => &[(OfEffect::Points, false)],
        };
        let due = match effect.chain.due {
            Due::ToUs(_) => (OfEffect::DueToUs, false),
            Due::ToOthers(_) => (OfEffect::DueToOthers, true),
        };
        let each = [
            (OfEffect::People, false),
            (OfEffect::Engaged, false),
            (OfEffect::Retained, false),
            (OfEffect::Deadweight, true),
            (OfEffect::Displacement, true),
            due,
        ];
        let all = each.iter().chain(change);
        EffectPlan {
            product: all
                .filter_map(|&(of, left)| Some((self.of_effect(effect, of)?, left)))
                .collect(),
            is_there: match effect.people.iter().all(Ratio::is_zero) {
                true => 0.0,
                false => 1.0,
            },
        }
    }

    /// For one person in the first year that any enter: how many times the full effect of one there is in
    /// each year.
    fn profile(&self, effect: &Effect) -> Vec<Ratio> {
        let mut profile = vec![Ratio::zero(); self.appraisal.years.len()];
        let first = effect.people.iter().find(|people| !people.is_zero());
        let Some(one) = first.and_then(Ratio::inverse) else {
            return profile;
        };
        for (entered, people) in effect.people.iter().enumerate() {
            let each = people.times(&one);
            for (later, part) in effect.persist.iter().enumerate() {
                if let Some(sum) = profile.get_mut(entered + effect.lag + later) {
                    *sum = sum.plus(&each.times(part));
                }
            }
        }
        profile
    }

    fn savings(&mut self) -> Result<Vec<SavingPlan>, AppraisalError> {
        let mut all = Vec::new();
        for (number, effect) in self.proposal.effects.iter().enumerate() {
            let kept = Ratio::one().minus(&effect.correction);
            let events: Vec<Ratio> = (self.profile(effect).iter())
                .map(|events| events.times(&kept))
                .collect();
            let fiscal = effect.values.iter();
            for value in fiscal.filter(|value| value.unit.kind == ValueKind::Fiscal) {
                let unit = Input::UnitValue {
                    code: value.unit.code.clone(),
                };
                let (Some(payer), Some(&unit)) =
                    (self.payer(&value.payer.code), self.numbers.get(&unit))
                else {
                    continue;
                };
                let mut worth = Vec::with_capacity(events.len());
                for (events, &year) in events.iter().zip(&self.appraisal.years) {
                    let from = PriceBase::Real(value.unit.prices);
                    let conversion = self.prices.conversion(from, year)?;
                    let pence = events.times(conversion.factor()).times(&Ratio::new(100, 1));
                    worth.push(to_f64(&pence));
                }
                let factors = self.appraisal.factors.iter().map(to_f64);
                all.push(SavingPlan {
                    effect: number,
                    payer,
                    unit,
                    present: worth
                        .iter()
                        .zip(factors)
                        .map(|(one, factor)| one * factor)
                        .sum(),
                    worth,
                    events: events.iter().map(to_f64).collect(),
                    cash: self.cash(effect, &value.unit.bearer, value.cash.as_ref()),
                });
            }
        }
        Ok(all)
    }

    fn cash(&self, effect: &Effect, bearer: &str, model: Option<&CashModel>) -> CashPlan {
        let input = Input::CashShare {
            effect: effect.code.clone(),
            bearer: bearer.to_owned(),
        };
        match (model, self.numbers.get(&input)) {
            (Some(CashModel::Share { phase, .. }), Some(&share)) => CashPlan::Share {
                share,
                phase: (0..self.appraisal.years.len())
                    .map(|year| phase.get(year).or(phase.last()).map_or(1.0, to_f64))
                    .collect(),
            },
            (
                Some(CashModel::Blocks {
                    block,
                    worth,
                    notice,
                }),
                _,
            ) => CashPlan::Blocks {
                block: to_f64(block),
                worth: to_f64(worth),
                notice: *notice,
            },
            _ => CashPlan::None,
        }
    }

    fn costs(&self) -> Result<Vec<CostPlan>, AppraisalError> {
        let mut all = Vec::new();
        for cost in &self.proposal.costs {
            let (Some(payer), Some(year)) =
                (self.payer(&cost.payer.code), self.proposal.year(cost.year))
            else {
                continue;
            };
            let figure = self.proposal.cost_input(cost).and_then(|input| {
                let number = *self.numbers.get(&input)?;
                let one = self.proposal.figure(&input)?.inverse()?;
                Some((number, one))
            });
            let (figure, amount) = match figure {
                Some((number, one)) => (Some(number), cost.amount.times(&one)),
                None => (None, cost.amount.clone()),
            };
            let conversion = self.prices.conversion(cost.prices, year)?;
            let raised = Ratio::one().plus(&cost.correction);
            let each = amount.times(conversion.factor()).times(&raised);
            all.push(CostPlan {
                payer,
                year: cost.year,
                figure,
                each: to_f64(&each),
                is_cash: !cost.in_kind,
            });
        }
        Ok(all)
    }

    fn payers(&self) -> Result<Vec<PayerPlan>, AppraisalError> {
        let mut all = Vec::with_capacity(self.appraisal.positions.len());
        for position in &self.appraisal.positions {
            let mut held = self.appraisal.held.iter();
            let held = held.find(|held| held.payer == position.payer);
            let by_year = |sums: Vec<Option<crate::money::Pence>>| {
                let years = self.appraisal.years.iter().zip(sums);
                let each: Result<Option<Vec<f64>>, AppraisalError> = years
                    .map(|(&year, sum)| match sum {
                        None => Ok(None),
                        Some(sum) => in_prices(sum, self.proposal, year, &self.prices)
                            .map(|sum| Some(to_f64(&sum).max(0.0))),
                    })
                    .collect();
                each
            };
            let years = &self.appraisal.years;
            let spent = years.iter().map(|_| held.and_then(|held| held.spent));
            let free = years
                .iter()
                .map(|&year| held.and_then(|held| held.free_in(year)));
            all.push(PayerPlan {
                most: by_year(spent.collect())?,
                free: by_year(free.collect())?,
            });
        }
        Ok(all)
    }

    fn groups(&self) -> Vec<Vec<usize>> {
        let overlaps = self.proposal.overlaps.iter();
        overlaps
            .filter(|(_, overlap)| overlap.rule != OverlapRule::Separate)
            .map(|(group, _)| {
                let effects = self.proposal.effects.iter().enumerate();
                effects
                    .filter(|(_, effect)| effect.overlap.as_ref() == Some(group))
                    .map(|(number, _)| number)
                    .collect()
            })
            .collect()
    }

    /// The agreement as it is written for the central case: who hands over which part of its cash of a year,
    /// and who receives which part of that.
    fn agreement(&self, statement: &Statement) -> Agreement {
        let terms = self.proposal.settlement.as_ref();
        let late = terms.map_or(0, |terms| terms.verified_after);
        let of_all_savings =
            terms.is_some_and(|terms| matches!(terms.from, Basis::Corrected { .. }));
        let is_level = terms.is_some_and(|terms| terms.pay == Timing::LevelAnnuity);
        let factors = self
            .appraisal
            .factors
            .iter()
            .chain(&self.appraisal.later_factors);
        let agreed = |year: usize| {
            let mut agreed = AgreedYear::nothing(self.appraisal.positions.len());
            let pence = |payment: &Payment| {
                payment
                    .by_year
                    .get(year)
                    .map_or(0.0, |pence| pence.get() as f64)
            };
            let received: f64 = statement
                .payments
                .iter()
                .map(|payment| pence(payment).max(0.0))
                .sum();
            for payment in &statement.payments {
                let moved = pence(payment);
                let Some(payer) = self.payer(&payment.partner) else {
                    // It neither pays nor saves by the proposal itself.
                    agreed.from_others += (-moved).max(0.0);
                    continue;
                };
                let position = &self.appraisal.positions[payer];
                let settled = match of_all_savings {
                    true => &position.corrected,
                    false => &position.cash,
                };
                let settled = year.checked_sub(late).and_then(|year| settled.get(year));
                let settled = settled.map_or(0.0, to_f64);
                if moved > 0.0 {
                    agreed.receives[payer] = moved / received;
                } else if !is_level && settled > 0.0 && -moved <= settled + 1.0 {
                    agreed.parts[payer] = -moved / settled;
                } else {
                    agreed.sums[payer] = -moved;
                }
            }
            agreed
        };
        Agreement {
            late,
            of_all_savings,
            years: (factors.enumerate())
                .map(|(year, factor)| (agreed(year), to_f64(factor)))
                .collect(),
        }
    }
}

impl AgreedYear {
    fn nothing(payers: usize) -> Self {
        let none = || vec![0.0; payers];
        Self {
            parts: none(),
            sums: none(),
            receives: none(),
            from_others: 0.0,
        }
    }
}
