//! What a reader must know beside the figures.

use super::AppraisalError;
use super::appraise::Appraisal;
use super::overlap::present;
use super::pounds::in_pounds;
use super::proposal::{Payer, ValueKind};
use super::settlement::Statement;
use crate::account::Boundary;
use crate::money::{Pence, Ratio};
use crate::price::PriceBase;
use std::collections::BTreeSet;

impl Appraisal<'_> {
    /// What is not in the figures, or hangs on what nobody knows.
    #[must_use]
    pub fn cautions(&self) -> Vec<String> {
        let mut all: Vec<String> = [
            self.not_held(),
            self.overlapping(),
            self.perhaps_one(),
            self.after_the_end(),
            self.averages(),
            self.assumed(),
            self.forecasts(),
        ]
        .into_iter()
        .flatten()
        .collect();
        all.extend(self.saved_by_others());
        if let Ok(Some(statement)) = self.settle() {
            all.extend(self.without_reason(&statement));
            all.extend(self.unbound(&statement));
        }
        all
    }

    /// What bodies outside a purse save, as of the first year: shown beside its answer, and counted in none of
    /// its figures.
    ///
    /// # Errors
    ///
    /// [`AppraisalError::Axis`] for a boundary that the pack does not have.
    pub fn saved_outside(
        &self,
        boundary: &Boundary,
    ) -> Result<Vec<(&Payer, Ratio)>, AppraisalError> {
        let inside = self.inside(boundary)?;
        let is_inside = |payer: &Payer| inside.iter().any(|one| one.payer == *payer);
        Ok((self.positions.iter())
            .filter(|position| !is_inside(&position.payer))
            .map(|position| (&position.payer, present(&position.corrected, &self.factors)))
            .filter(|(_, saved)| !saved.is_zero())
            .collect())
    }

    fn not_held(&self) -> Option<String> {
        let nothing = self.held_against_nothing();
        (!nothing.is_zero()).then(|| {
            format!(
                "{} of the savings are held against nothing: no ledger here says what these bodies spend.",
                in_pounds(&nothing)
            )
        })
    }

    fn overlapping(&self) -> Option<String> {
        (!self.may_overlap.is_zero()).then(|| {
            format!(
                "Effects may overlap; only the largest counts. If none overlaps, {} more is saved.",
                in_pounds(&self.may_overlap)
            )
        })
    }

    fn perhaps_one(&self) -> Option<String> {
        (!self.may_be_one.is_zero()).then(|| {
            format!(
                "Nothing says whether one effect follows from another. If they are one and the same, {} less is \
                 saved.",
                in_pounds(&self.may_be_one)
            )
        })
    }

    fn after_the_end(&self) -> Option<String> {
        let after = (self.savings.iter())
            .filter(|saving| saving.unit.kind == ValueKind::Fiscal && !saving.is_inside_another)
            .fold(Ratio::zero(), |sum, saving| sum.plus(&saving.after_the_end));
        (!after.is_zero()).then(|| {
            format!(
                "{} is saved after the last year that is counted, and is in no figure.",
                in_pounds(&after)
            )
        })
    }

    fn averages(&self) -> Option<String> {
        let codes: BTreeSet<&str> = (self.cash_of_averages())
            .map(|saving| saving.unit.code.as_str())
            .collect();
        (!codes.is_empty()).then(|| {
            format!(
                "Average costs, of which less is saved in the short run: {}.",
                listed(codes)
            )
        })
    }

    /// Effects that no comparison group stands behind.
    fn assumed(&self) -> Option<String> {
        let effects = self.proposal.effects.iter();
        let codes: Vec<&str> = (effects.filter(|effect| effect.is_assumed()))
            .map(|effect| effect.code.as_str())
            .collect();
        (!codes.is_empty()).then(|| {
            format!(
                "Assumed, and a judgement: no comparison says that the proposal causes {}.",
                listed(codes)
            )
        })
    }

    /// Years whose price index is a forecast, in whatever was converted: savings, costs, what is spent.
    fn forecasts(&self) -> Option<String> {
        let prices = self.prices().ok()?;
        let savings = self.savings.iter().map(|saving| saving.unit.prices);
        let baseline = self.proposal.baseline_prices();
        let of_years = (savings.map(PriceBase::Real).chain(baseline))
            .flat_map(|from| self.years.iter().map(move |&year| (from, year)));
        let of_costs = (self.proposal.costs.iter())
            .filter_map(|cost| Some((cost.prices, *self.years.get(cost.year)?)));
        let years: BTreeSet<_> = (of_years.chain(of_costs))
            .filter_map(|(from, year)| prices.conversion(from, year).ok())
            .flat_map(|conversion| conversion.forecasts)
            .collect();
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        (!years.is_empty()).then(|| {
            format!(
                "Forecast prices of {} ({}): a later edition changes them.",
                listed(years.iter().map(String::as_str)),
                prices.deflator()
            )
        })
    }

    /// For each purse that the pack names, what bodies outside it save.
    fn saved_by_others(&self) -> Vec<String> {
        let boundaries = self.place().boundaries().iter();
        let said = boundaries.filter_map(|set| {
            let others = self.saved_outside(&Boundary::of([&set.code])).ok()?;
            let each: Vec<String> = (others.iter())
                .map(|(payer, saved)| format!("{} {}", payer.name, in_pounds(saved)))
                .collect();
            (!each.is_empty()).then(|| {
                format!(
                    "Saved by others, and not counted for {}: {}. Nobody in that purse can be assumed to keep it.",
                    set.name,
                    each.join(", ")
                )
            })
        });
        said.collect()
    }

    /// Who pays for it and gains nothing.
    fn without_reason(&self, statement: &Statement) -> Vec<String> {
        let pays = |code: &str| {
            let position = self.positions.iter().find(|one| one.payer.code == code)?;
            let cost = present(&position.cash_cost, &self.factors);
            (cost > Ratio::zero()).then_some(&position.payer.name)
        };
        (statement.payments.iter())
            .filter(|payment| payment.after == Pence::ZERO)
            .filter_map(|payment| pays(&payment.partner))
            .map(|name| {
                format!(
                    "{name} pays for it and gains nothing by the settlement: it has no reason to act. Name it \
                     `essential`, or agree what it gains."
                )
            })
            .collect()
    }

    /// What bodies would pay that are no partners.
    fn unbound(&self, statement: &Statement) -> Option<String> {
        let outside = |code: &str| {
            let position = self.positions.iter().find(|one| one.payer.code == code);
            position.is_some_and(|position| !position.payer.is_partner)
        };
        let pays: Vec<&[Pence]> = (statement.payments.iter())
            .filter(|payment| outside(&payment.partner))
            .map(|payment| payment.by_year.as_slice())
            .filter(|by_year| by_year.iter().any(|pence| *pence < Pence::ZERO))
            .collect();
        let paid = pays
            .iter()
            .copied()
            .flatten()
            .filter(|pence| **pence < Pence::ZERO);
        let paid = Pence::total(paid.map(|pence| Pence::new(pence.get().saturating_neg()))).ok()?;
        (!pays.is_empty()).then(|| {
            format!(
                "{paid} of the settlement is to be paid by {} outside the pack, whom no agreement among the partners \
                 binds.",
                match pays.len() {
                    1 => "a body".to_owned(),
                    bodies => format!("{bodies} bodies"),
                }
            )
        })
    }
}

/// `a, b and c`.
fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
