//! Each payer, before anything is settled: what it pays and saves, year by year.

use super::AppraisalError;
use super::cash::{CashModel, NotCash};
use super::ceiling::{Held, in_prices};
use super::proposal::{Payer, Proposal, ValueKind};
use super::saving::Saving;
use crate::money::Ratio;
use crate::price::{PriceYear, Prices};
use std::collections::BTreeMap;

/// One payer, year by year, in exact pence of the prices of the proposal.
///
/// **Invariant:** `gross ≥ corrected ≥ cashable ≥ cash ≥ 0`, and cash and what is freed are what is corrected:
/// one pound is never both.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Position {
    /// Who it is.
    pub payer: Payer,
    /// What the proposal costs it, raised by grades, with what is given in kind; below zero where less is
    /// spent than without the proposal.
    pub cost: Vec<Ratio>,
    /// What of that is money.
    pub cash_cost: Vec<Ratio>,
    /// What it saves before any correction.
    pub gross: Vec<Ratio>,
    /// What it saves after corrections, and held against what it spends.
    pub corrected: Vec<Ratio>,
    /// What of that may become cash.
    pub cashable: Vec<Ratio>,
    /// What leaves its budget in that year.
    pub cash: Vec<Ratio>,
    /// What is free for other people instead, by why it is no cash.
    pub freed: BTreeMap<NotCash, Vec<Ratio>>,
}

impl Position {
    fn new(payer: Payer, years: usize) -> Self {
        let nothing = || vec![Ratio::zero(); years];
        Self {
            payer,
            cost: nothing(),
            cash_cost: nothing(),
            gross: nothing(),
            corrected: nothing(),
            cashable: nothing(),
            cash: nothing(),
            freed: NotCash::ALL
                .into_iter()
                .map(|why| (why, nothing()))
                .collect(),
        }
    }

    /// What it spends in a year, and what it spends less than without the proposal: one of them is nothing.
    pub(super) fn spent_and_spared(&self, year: usize) -> (Ratio, Ratio) {
        let nothing = Ratio::zero;
        let cost = self.cash_cost.get(year).cloned().unwrap_or_else(nothing);
        let spared = nothing().minus(&cost).max(nothing());
        (cost.max(nothing()), spared)
    }
}

fn add(sums: &mut [Ratio], year: usize, more: &Ratio) {
    sums[year] = sums[year].plus(more);
}

/// What the savings of one payer come to, saving by saving and year by year, before it is added up.
#[derive(Default)]
struct Parts<'s> {
    gross: Vec<&'s [Ratio]>,
    corrected: Vec<&'s [Ratio]>,
    cashable: Vec<Vec<Ratio>>,
    freed: BTreeMap<NotCash, Vec<Vec<Ratio>>>,
}

impl<'s> Parts<'s> {
    fn add(&mut self, saving: &'s Saving, model: &CashModel) {
        let years = saving.corrected.len();
        self.gross.push(&saving.gross);
        self.corrected.push(&saving.corrected);
        let mut cash = Vec::with_capacity(years);
        let mut freed: BTreeMap<NotCash, Vec<Ratio>> = BTreeMap::new();
        for (year, one) in (model
            .of(&saving.corrected, &saving.corrected_events)
            .into_iter())
        .enumerate()
        {
            cash.push(one.cash);
            for (why, sum) in one.freed {
                let row = (freed.entry(why)).or_insert_with(|| vec![Ratio::zero(); years]);
                if let Some(of_year) = row.get_mut(year) {
                    *of_year = sum;
                }
            }
        }
        self.cashable.push(cash);
        for (why, row) in freed {
            self.freed.entry(why).or_default().push(row);
        }
    }

    fn sum_up(&self, position: &mut Position, years: usize) {
        let sums = |rows: &[Vec<Ratio>]| Ratio::sums(rows.iter().map(Vec::as_slice), years);
        position.gross = Ratio::sums(self.gross.iter().copied(), years);
        position.corrected = Ratio::sums(self.corrected.iter().copied(), years);
        position.cashable = sums(&self.cashable);
        for (why, rows) in &self.freed {
            position.freed.insert(*why, sums(rows));
        }
    }
}

/// All payers, in the order of their codes.
pub(super) fn positions(
    proposal: &Proposal,
    savings: &[Saving],
    held: &[Held],
    years: &[PriceYear],
    prices: &Prices<'_>,
) -> Result<Vec<Position>, AppraisalError> {
    let mut all: BTreeMap<Payer, Position> = BTreeMap::new();
    let of = |all: &mut BTreeMap<Payer, Position>, payer: &Payer| {
        all.entry(payer.clone())
            .or_insert_with(|| Position::new(payer.clone(), years.len()));
    };
    for cost in &proposal.costs {
        of(&mut all, &cost.payer);
        let conversion = prices.conversion(cost.prices, years[cost.year])?;
        let raised = Ratio::one().plus(&cost.correction);
        let amount = cost.amount.times(conversion.factor()).times(&raised);
        if let Some(position) = all.get_mut(&cost.payer) {
            add(&mut position.cost, cost.year, &amount);
            if !cost.in_kind {
                add(&mut position.cash_cost, cost.year, &amount);
            }
        }
    }
    let mut by_payer: BTreeMap<&Payer, Parts<'_>> = BTreeMap::new();
    for saving in savings
        .iter()
        .filter(|saving| saving.unit.kind == ValueKind::Fiscal)
    {
        of(&mut all, &saving.payer);
        let value = proposal
            .effects
            .iter()
            .filter(|effect| effect.code == saving.effect);
        let value = value
            .flat_map(|effect| &effect.values)
            .find(|value| value.unit == saving.unit);
        if let Some(model) = value.and_then(|value| value.cash.as_ref()) {
            let parts = by_payer.entry(&saving.payer).or_default();
            parts.add(saving, model);
        }
    }
    for (payer, parts) in by_payer {
        if let Some(position) = all.get_mut(payer) {
            parts.sum_up(position, years.len());
        }
    }
    for (payer, position) in &mut all {
        let locks = held.iter().find(|held| held.payer == *payer);
        for (year, &at) in years.iter().enumerate() {
            let may = &position.cashable[year];
            let free = match locks.and_then(|held| held.free_in(at)) {
                Some(free) => in_prices(free, proposal, at, prices)?.max(Ratio::zero()),
                // No ledger says what binds it.
                None => may.clone(),
            };
            let cash = may.clone().min(free);
            let locked = may.minus(&cash);
            position.cash[year] = cash;
            if let Some(sums) = position.freed.get_mut(&NotCash::Locked) {
                add(sums, year, &locked);
            }
        }
    }
    Ok(all.into_values().collect())
}
