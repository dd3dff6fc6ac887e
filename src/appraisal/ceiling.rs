//! Savings held against what is really spent.
//!
//! Nobody saves more than it spends. For each partner that saves, the account is asked what it spends on what
//! the proposal affects, for its people, in its place, in the year of the baseline; what several effects save
//! it of one year is added up first, and whatever is above that sum is refused and named. And what is bound by
//! a contract or by law does not become cash before it is free.

use super::AppraisalError;
use super::proposal::{Payer, Proposal, ValueKind};
use super::saving::Saving;
use crate::account::Boundary;
use crate::axis::Period;
use crate::cube::{Cube, Movable, Question};
use crate::money::{Pence, Ratio};
use crate::price::{PriceBase, PriceYear, Prices};
use std::collections::BTreeMap;

/// What one payer's savings are held against.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Held {
    /// Whose they are.
    pub payer: Payer,
    /// What the account says that it spends there, in the money of the baseline; nothing where no ledger
    /// has a line of it.
    pub spent: Option<Pence>,
    /// How that is known, in words.
    pub known: String,
    /// The same in each year, exact pence in the prices of the proposal: no more can be saved.
    pub most: Option<Vec<Ratio>>,
    /// What is claimed of each year, exact pence in the prices of the proposal.
    pub claimed: Vec<Ratio>,
    /// What of it is refused, because it is more than is spent.
    pub refused: Vec<Ratio>,
    /// By when how much of the spending may be given up; nothing where no ledger has a line of it.
    pub movable: Option<Movable>,
}

impl Held {
    /// Whether something is refused.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refused.iter().any(|refused| !refused.is_zero())
    }

    /// What may be given up in a year, in the money of the baseline: what is free when the year begins.
    pub(super) fn free_in(&self, year: PriceYear) -> Option<Pence> {
        let steps = &self.movable.as_ref()?.free;
        let is_free = |after: &str| {
            let month = after.parse::<Period>();
            month.map_or(after == "now", |month| year.period().starts_after(month))
        };
        steps
            .iter()
            .filter(|step| is_free(&step.after))
            .map(|step| step.by_then)
            .next_back()
    }
}

/// Holds fiscal savings against the account, and lowers them to what is spent.
pub(super) fn hold(
    proposal: &Proposal,
    savings: &mut [Saving],
    years: &[PriceYear],
    prices: &Prices<'_>,
    cube: &Cube,
) -> Result<Vec<Held>, AppraisalError> {
    let mut claimed: BTreeMap<Payer, Vec<Ratio>> = BTreeMap::new();
    for saving in savings
        .iter()
        .filter(|saving| saving.unit.kind == ValueKind::Fiscal)
    {
        let sums = claimed
            .entry(saving.payer.clone())
            .or_insert_with(|| vec![Ratio::zero(); years.len()]);
        for (sum, corrected) in sums.iter_mut().zip(&saving.corrected) {
            *sum = sum.plus(corrected);
        }
    }
    let mut all = Vec::with_capacity(claimed.len());
    for (payer, claimed) in claimed {
        let mut held = spending(proposal, payer, claimed, cube)?;
        if let Some(spent) = held.spent {
            let mut ceiling = Vec::with_capacity(years.len());
            for (year, &at) in years.iter().enumerate() {
                let most = in_prices(spent, proposal, at, prices)?.max(Ratio::zero());
                ceiling.push(most.clone());
                let claimed = &held.claimed[year];
                if *claimed <= most {
                    continue;
                }
                held.refused[year] = claimed.minus(&most);
                let part = claimed
                    .inverse()
                    .map_or_else(Ratio::zero, |one| most.times(&one));
                let of_payer = savings
                    .iter_mut()
                    .filter(|saving| saving.payer == held.payer);
                of_payer
                    .filter(|saving| saving.unit.kind == ValueKind::Fiscal)
                    .for_each(|saving| saving.lower(year, &part));
            }
            held.most = Some(ceiling);
        }
        all.push(held);
    }
    Ok(all)
}

/// Pence of the baseline in the prices of the proposal, as of a year.
pub(super) fn in_prices(
    spent: Pence,
    proposal: &Proposal,
    year: PriceYear,
    prices: &Prices<'_>,
) -> Result<Ratio, AppraisalError> {
    let of = PriceBase::Real(PriceYear::new(proposal.baseline.period)?);
    let factor = prices.conversion(of, year)?;
    Ok(Ratio::new(spent.get().into(), 1).times(factor.factor()))
}

fn spending(
    proposal: &Proposal,
    payer: Payer,
    claimed: Vec<Ratio>,
    cube: &Cube,
) -> Result<Held, AppraisalError> {
    let mut held = Held {
        spent: None,
        most: None,
        known: String::new(),
        refused: vec![Ratio::zero(); claimed.len()],
        claimed,
        movable: None,
        payer,
    };
    if !held.payer.is_partner {
        return Ok(held);
    }
    let baseline = &proposal.baseline;
    let everything = (cube.ask())
        .partner(&held.payer.code)
        .period(baseline.period)
        .phase(baseline.phase)
        .boundary(Boundary::of([&held.payer.code]));
    if everything.answer()?.total.lines == 0 {
        return Ok(held);
    }
    let here = affected(proposal, cube, everything);
    let answer = here.answer()?;
    held.spent = Some(answer.total.amount);
    held.known = answer.total.composition.in_words();
    held.movable = Some(here.movable()?);
    Ok(held)
}

/// The same question for what a proposal affects.
fn affected<'a>(proposal: &Proposal, cube: &'a Cube, question: Question<'a>) -> Question<'a> {
    let axes = cube.place().axes();
    let activities = proposal.baseline.activities.iter();
    let question = activities.fold(question, |question, &activity| {
        question.activity(&axes.activities.get(activity).code)
    });
    let locality = axes.localities.code(proposal.locality);
    question.ages(proposal.ages).locality(locality)
}
