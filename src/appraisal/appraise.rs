//! A proposal, appraised: everything that is worked out once, and what is asked of it.

use super::AppraisalError;
use super::ceiling::{self, Answers, Held, Spending};
use super::horizon;
use super::overlap::{self, Reading, present};
use super::position::{self, Position};
use super::proposal::{OverlapRule, Payer, Proposal, ValueKind};
use super::proposals::Proposals;
use super::saving::{self, Saving};
use super::verdict::Verdict;
use crate::account::Boundary;
use crate::cube::Cube;
use crate::money::Ratio;
use crate::place::Place;
use crate::price::{DiscountSchedule, PriceBase, PriceYear, Prices};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A proposal, appraised: who pays, who saves, when, in cash, and who settles with whom.
///
/// Everything is an exact fraction of pence in the prices of the proposal; a table closes it to the penny.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Appraisal<'a> {
    /// What was appraised.
    pub proposal: &'a Proposal,
    /// The years that are counted.
    pub years: Vec<PriceYear>,
    /// What a pound of each year is worth in the first.
    pub factors: Vec<Ratio>,
    /// What each effect saves each payer.
    pub savings: Vec<Saving>,
    /// What savings were held against.
    pub held: Vec<Held>,
    /// Each payer.
    pub positions: Vec<Position>,
    /// What effects that may overlap with others would save besides, as of the first year: between nothing
    /// and this lies what nobody knows.
    pub may_overlap: Ratio,
    /// What is saved less, as of the first year, if effects of which nothing says how they count together are
    /// one and the same: an outcome and what follows from it.
    pub may_be_one: Ratio,
    /// What is counted of no purse, as of the first year: economic and social value, and fiscal value that is
    /// no transfer.
    pub public_value: Ratio,
    /// Deflator and discount schedule, with their editions.
    pub assumptions: Vec<String>,
    pub(super) cube: &'a Cube,
    spending: Spending,
    /// The same for years in which what was saved before is verified and paid.
    pub(super) later_factors: Vec<Ratio>,
}

/// What is worked out of one set of figures.
pub(super) struct Worked {
    pub savings: Vec<Saving>,
    pub held: Vec<Held>,
    pub positions: Vec<Position>,
    pub may_overlap: Ratio,
    pub may_be_one: Ratio,
}

/// A purse: by its name in words, and which of all positions are inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Purse {
    pub name: String,
    pub inside: Vec<bool>,
}

fn work_out(
    proposal: &Proposal,
    years: &[PriceYear],
    factors: &[Ratio],
    prices: &Prices<'_>,
    spending: &Spending,
) -> Result<Worked, AppraisalError> {
    let before = saving::savings(proposal, years, prices)?;
    let ceilings = ceiling::ceilings(proposal, &before, years, prices, spending)?;
    let is_unknown = proposal.any_overlap_unknown();
    let is_undeclared = !overlap::undeclared(proposal, &before).is_empty();
    // What is left by one reading of overlaps, held against what is spent.
    let counted = |reading, mut savings: Vec<Saving>| {
        overlap::settle(proposal, &mut savings, factors, reading);
        let held = ceiling::hold(&ceilings, &mut savings, years.len());
        (savings, held)
    };
    let saved = |reading| overlap::saved(&counted(reading, before.clone()).0, factors);
    let most = is_unknown.then(|| saved(Reading::NoneOverlaps));
    let least = is_undeclared.then(|| saved(Reading::AllOverlap));
    let central = match (&most, &least) {
        (None, None) => Ratio::zero(),
        _ => saved(Reading::Central),
    };
    let may_overlap = most.map_or_else(Ratio::zero, |most| most.minus(&central));
    let may_be_one = least.map_or_else(Ratio::zero, |least| central.minus(&least));
    let (savings, held) = counted(Reading::Central, before);
    let positions = position::positions(proposal, &savings, &held, years, prices)?;
    Ok(Worked {
        savings,
        held,
        positions,
        may_overlap,
        may_be_one,
    })
}

impl Proposals {
    /// Each of them appraised, in the order of their files: several side by side where there are processors, and
    /// what they ask of the account is asked once.
    ///
    /// # Errors
    ///
    /// Those of [`Proposal::appraise`].
    pub fn appraise<'a>(&'a self, cube: &'a Cube) -> Result<Vec<Appraisal<'a>>, AppraisalError> {
        let answers = Answers::ask(&self.proposals, cube)?;
        let each = (self.proposals.par_iter())
            .map(|one| one.appraise_with(cube, Spending::of_answers(one, &answers)));
        let each: Vec<Result<Appraisal<'a>, AppraisalError>> = each.collect();
        each.into_iter().collect()
    }
}

impl Proposal {
    /// Works a proposal out, with what its account says is spent.
    ///
    /// # Errors
    ///
    /// [`AppraisalError::Price`] where its amounts are in no prices that can be converted, or its years are
    /// beyond the discount schedule; [`AppraisalError::Ask`] where the account cannot be asked.
    pub fn appraise<'a>(&'a self, cube: &'a Cube) -> Result<Appraisal<'a>, AppraisalError> {
        self.appraise_with(cube, Spending::ask(self, cube)?)
    }

    fn appraise_with<'a>(
        &'a self,
        cube: &'a Cube,
        spending: Spending,
    ) -> Result<Appraisal<'a>, AppraisalError> {
        let book = cube.place().prices();
        let deflator = book.deflator(&self.deflator)?;
        let prices = Prices::new(self.prices, deflator, &[])?;
        let discount = book.discount(&self.discount)?;
        let (years, factors) = horizon::years(self, discount)?;
        let later_factors = self.later_factors(discount)?;
        let Worked {
            savings,
            held,
            positions,
            may_overlap,
            may_be_one,
        } = work_out(self, &years, &factors, &prices, &spending)?;
        let no_transfers = savings.iter().filter(|saving| !saving.unit.is_transfer);
        let public_value = overlap::worth_of(no_transfers, &factors);
        Ok(Appraisal {
            assumptions: vec![
                format!("{}, by {deflator}", self.prices),
                format!("discounted by {discount}, to {}", self.first_year),
            ],
            proposal: self,
            years,
            factors,
            savings,
            held,
            positions,
            may_overlap,
            may_be_one,
            public_value,
            cube,
            spending,
            later_factors,
        })
    }

    /// In what prices its baseline is.
    pub(super) fn baseline_prices(&self) -> Option<PriceBase> {
        PriceYear::new(self.baseline.period)
            .ok()
            .map(PriceBase::Real)
    }

    fn any_overlap_unknown(&self) -> bool {
        let mut overlaps = self.overlaps.values();
        overlaps.any(|overlap| overlap.rule == OverlapRule::Unknown)
    }

    /// Of the years after the last, in which what was saved before is verified and paid.
    fn later_factors(&self, discount: &DiscountSchedule) -> Result<Vec<Ratio>, AppraisalError> {
        let late = (self.settlement.as_ref()).map_or(0, |terms| terms.verified_after);
        (self.years..self.years + late)
            .map(|year| {
                let year = u32::try_from(year).map_err(|_| AppraisalError::NoYears)?;
                Ok(discount.money_factor(year)?)
            })
            .collect()
    }
}

impl Appraisal<'_> {
    /// The place whose account it was held against.
    #[must_use]
    pub fn place(&self) -> &Place {
        self.cube.place()
    }

    /// The answer of one purse: of a boundary of the pack. Bodies without a ledger are only in that of all.
    ///
    /// # Errors
    ///
    /// [`AppraisalError::Axis`] for a boundary that the pack does not have.
    pub fn verdict(&self, boundary: &Boundary) -> Result<Verdict, AppraisalError> {
        let name = self.purse_name(boundary)?;
        let positions = self.inside(boundary)?;
        let is_inside = |payer: &Payer| positions.iter().any(|one| one.payer == *payer);
        let public_value = (self.savings.iter())
            .filter(|saving| saving.unit.kind != ValueKind::Fiscal || is_inside(&saving.payer))
            .filter(|saving| !saving.unit.is_transfer);
        let public_value = overlap::worth_of(public_value, &self.factors);
        let positions = positions.iter().copied();
        let verdict = Verdict::over(name, positions, public_value, &self.years, &self.factors);
        Ok(verdict)
    }

    /// Whose purse a boundary is, in words.
    fn purse_name(&self, boundary: &Boundary) -> Result<String, AppraisalError> {
        let inside = boundary.inside(self.cube.place())?;
        Ok(match inside.is_everybody() {
            true => "the whole public purse".to_owned(),
            false => inside.name().to_owned(),
        })
    }

    /// The payers that are inside a boundary: those whose positions its [`Verdict`] adds up.
    ///
    /// # Errors
    ///
    /// As [`Appraisal::verdict`].
    pub fn inside(&self, boundary: &Boundary) -> Result<Vec<&Position>, AppraisalError> {
        let place = self.cube.place();
        let inside = boundary.inside(place)?;
        let partners = &place.axes().partners;
        let is_inside = |payer: &Payer| match payer.is_partner {
            true => partners
                .find(&payer.code)
                .is_ok_and(|member| inside.contains(member)),
            false => inside.is_everybody(),
        };
        let positions = self.positions.iter();
        Ok(positions
            .filter(|position| is_inside(&position.payer))
            .collect())
    }

    /// Who of all positions is inside a boundary.
    pub(super) fn purse(&self, boundary: &Boundary) -> Result<Purse, AppraisalError> {
        let inside = self.inside(boundary)?;
        Ok(Purse {
            name: self.purse_name(boundary)?,
            inside: (self.positions.iter())
                .map(|position| inside.iter().any(|one| one.payer == position.payer))
                .collect(),
        })
    }

    /// The same with other figures, held against the same spending.
    pub(super) fn again(&self, proposal: &Proposal) -> Result<Worked, AppraisalError> {
        let prices = self.prices()?;
        work_out(
            proposal,
            &self.years,
            &self.factors,
            &prices,
            &self.spending,
        )
    }

    /// The prices of the proposal.
    pub(super) fn prices(&self) -> Result<Prices<'_>, AppraisalError> {
        let deflator = (self.cube.place().prices()).deflator(&self.proposal.deflator)?;
        Ok(Prices::new(self.proposal.prices, deflator, &[])?)
    }

    /// The whole purse, each boundary that the pack names, and each partner that pays.
    ///
    /// # Errors
    ///
    /// As [`Appraisal::verdict`].
    pub fn verdicts(&self) -> Result<Vec<Verdict>, AppraisalError> {
        let purses = self.purses();
        purses
            .iter()
            .map(|boundary| self.verdict(boundary))
            .collect()
    }

    /// Whose verdicts those are: the whole purse, each boundary that the pack names, and each partner that pays.
    #[must_use]
    pub fn purses(&self) -> Vec<Boundary> {
        let named = self
            .cube
            .place()
            .boundaries()
            .iter()
            .map(|set| Boundary::of([&set.code]));
        let payers: BTreeSet<&str> = (self.proposal.costs.iter())
            .filter(|cost| cost.payer.is_partner)
            .map(|cost| cost.payer.code.as_str())
            .collect();
        let payers = payers.into_iter().map(|code| Boundary::of([code]));
        (std::iter::once(Boundary::AllPartners).chain(named))
            .chain(payers)
            .collect()
    }

    /// What of a saving may become cash in each year, by its model: whole blocks, a share, or none. What is
    /// bound by contracts or law is still in it; that is known of a payer, not of a saving.
    #[must_use]
    pub fn cashable(&self, saving: &Saving) -> Vec<Ratio> {
        let effects = self.proposal.effects.iter();
        let value = (effects.filter(|effect| effect.code == saving.effect))
            .flat_map(|effect| &effect.values)
            .find(|value| value.unit == saving.unit);
        match value.and_then(|value| value.cash.as_ref()) {
            Some(model) => (model.of(&saving.corrected, &saving.corrected_events))
                .into_iter()
                .map(|one| one.cash)
                .collect(),
            None => vec![Ratio::zero(); saving.corrected.len()],
        }
    }

    /// What is refused of all savings, because more was claimed than is spent, as of the first year.
    #[must_use]
    pub fn refused(&self) -> Ratio {
        let each = self
            .held
            .iter()
            .map(|held| present(&held.refused, &self.factors));
        each.fold(Ratio::zero(), |sum, next| sum.plus(&next))
    }

    /// What is saved by bodies of whom no ledger is here, as of the first year: kept, and held against
    /// nothing.
    #[must_use]
    pub fn held_against_nothing(&self) -> Ratio {
        let without = self.held.iter().filter(|held| held.spent.is_none());
        let each = without.map(|held| present(&held.claimed, &self.factors));
        each.fold(Ratio::zero(), |sum, next| sum.plus(&next))
    }

    /// Fiscal savings whose cash is a share of an average cost: in the short run less is saved than that.
    pub fn cash_of_averages(&self) -> impl Iterator<Item = &Saving> {
        let of_average =
            |saving: &&Saving| saving.unit.is_average && saving.unit.kind == ValueKind::Fiscal;
        self.savings.iter().filter(of_average)
    }
}
