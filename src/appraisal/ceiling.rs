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
use crate::axis::{Ages, LocalityId, MemberId, Period, Phase};
use crate::cube::{Cube, Movable, Question};
use crate::money::{Pence, Ratio};
use crate::price::{PriceBase, PriceYear, Prices};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What one payer's savings are held against.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Held {
    /// Whose they are.
    pub payer: Payer,
    /// What the account says that it spends there, in the money of the baseline; nothing where no ledger
    /// has a line of it.
    pub spent: Option<Pence>,
    /// Money of which nobody knows whether it is of these people and this place; so much more may be spent there,
    /// and no saving is refused for it.
    pub beside: Pence,
    /// How what is spent is known, in words.
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

/// What the account says of those whose savings are held against it. It is asked once: other figures of the
/// same proposal are held against the same.
#[derive(Clone, Debug)]
pub(super) struct Spending(BTreeMap<Payer, Spent>);

#[derive(Clone, Debug, Default)]
struct Spent {
    spent: Option<Pence>,
    beside: Pence,
    known: String,
    movable: Option<Movable>,
}

/// Whom the account is asked of, and what: proposals for the same people in the same place ask for the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Asked<'p> {
    payer: &'p str,
    period: Period,
    phase: Phase,
    activities: &'p [MemberId],
    ages: Ages,
    locality: LocalityId,
}

/// What the account says of each that was asked of it.
pub(super) struct Answers<'p>(BTreeMap<Asked<'p>, Spent>);

impl<'p> Answers<'p> {
    /// Asks for everybody who may save by some proposals, each once.
    pub(super) fn ask(proposals: &'p [Proposal], cube: &Cube) -> Result<Self, AppraisalError> {
        let all = proposals.iter().flat_map(|one| {
            let partners = payers(one).into_iter().filter(|payer| payer.is_partner);
            partners.map(|payer| Asked::of(one, payer))
        });
        let all: BTreeSet<Asked<'p>> = all.collect();
        let all: Vec<Asked<'p>> = all.into_iter().collect();
        let answers: Vec<Result<Spent, AppraisalError>> =
            all.par_iter().map(|asked| asked.ask(cube)).collect();
        let answers: Result<Vec<Spent>, AppraisalError> = answers.into_iter().collect();
        Ok(Self(all.into_iter().zip(answers?).collect()))
    }
}

/// Everybody who may save money by a proposal.
fn payers(proposal: &Proposal) -> BTreeSet<&Payer> {
    let values = proposal.effects.iter().flat_map(|effect| &effect.values);
    let fiscal = values.filter(|value| value.unit.kind == ValueKind::Fiscal);
    fiscal.map(|value| &value.payer).collect()
}

impl Spending {
    /// Asks for everybody who may save by a proposal.
    pub(super) fn ask(proposal: &Proposal, cube: &Cube) -> Result<Self, AppraisalError> {
        let answers = Answers::ask(std::slice::from_ref(proposal), cube)?;
        Ok(Self::of_answers(proposal, &answers))
    }

    /// What was asked for one proposal.
    pub(super) fn of_answers(proposal: &Proposal, answers: &Answers<'_>) -> Self {
        let known = payers(proposal).into_iter().map(|payer| {
            let answer = payer.is_partner.then(|| Asked::of(proposal, payer));
            let spent = answer.and_then(|asked| answers.0.get(&asked)).cloned();
            (payer.clone(), spent.unwrap_or_default())
        });
        Self(known.collect())
    }

    /// Of one payer; nothing is held against it yet.
    fn of(&self, payer: &Payer) -> Held {
        let known = self.0.get(payer).cloned().unwrap_or_default();
        Held {
            payer: payer.clone(),
            spent: known.spent,
            beside: known.beside,
            most: None,
            known: known.known,
            claimed: Vec::new(),
            refused: Vec::new(),
            movable: known.movable,
        }
    }
}

/// What every payer that saves money spends on what a proposal affects; nothing is held against it yet.
pub(super) fn ceilings(
    proposal: &Proposal,
    savings: &[Saving],
    years: &[PriceYear],
    prices: &Prices<'_>,
    spending: &Spending,
) -> Result<Vec<Held>, AppraisalError> {
    let payers: BTreeSet<&Payer> = (savings.iter())
        .filter(|saving| saving.unit.kind == ValueKind::Fiscal)
        .map(|saving| &saving.payer)
        .collect();
    let mut all = Vec::with_capacity(payers.len());
    for payer in payers {
        let mut held = spending.of(payer);
        if let Some(spent) = held.spent {
            let spent = Pence::total([spent, held.beside])?;
            held.most = Some(
                (years.iter())
                    .map(|&at| Ok(in_prices(spent, proposal, at, prices)?.max(Ratio::zero())))
                    .collect::<Result<_, AppraisalError>>()?,
            );
        }
        all.push(held);
    }
    Ok(all)
}

/// Holds fiscal savings against what is spent: those of one payer and year are added up first, and lowered to
/// that.
pub(super) fn hold(ceilings: &[Held], savings: &mut [Saving], years: usize) -> Vec<Held> {
    let mut all = Vec::with_capacity(ceilings.len());
    for ceiling in ceilings {
        let mut held = ceiling.clone();
        let mut of_payer: Vec<&mut Saving> = (savings.iter_mut())
            .filter(|saving| saving.unit.kind == ValueKind::Fiscal)
            .filter(|saving| saving.payer == held.payer)
            .collect();
        let claims = (of_payer.iter()).map(|saving| saving.corrected.as_slice());
        for (year, claimed) in Ratio::sums(claims, years).into_iter().enumerate() {
            let most = (ceiling.most.as_ref()).and_then(|most| most.get(year));
            let refused = match most {
                Some(most) if claimed > *most => {
                    lower(&mut of_payer, year, &claimed, most);
                    claimed.minus(most)
                }
                _ => Ratio::zero(),
            };
            held.claimed.push(claimed);
            held.refused.push(refused);
        }
        all.push(held);
    }
    all
}

/// Lowers the savings of one payer and year in proportion, so that together they are what is spent.
///
/// The proportion is cut to twelve decimals, and what is left by that goes to the first that has room: an exact one
/// would be over a number as long as all claims together, and a sum of many payers and years over a product of
/// those.
fn lower(savings: &mut [&mut Saving], year: usize, claimed: &Ratio, most: &Ratio) {
    const DECIMALS: u128 = 1_000_000_000_000;
    let exact = claimed
        .inverse()
        .map_or_else(Ratio::zero, |one| most.times(&one));
    let whole = exact.times(&Ratio::new(DECIMALS as i128, 1)).whole_part();
    let part = Ratio::reduced(whole, DECIMALS.into());
    let mut left = most.clone();
    let mut room: Vec<Ratio> = Vec::with_capacity(savings.len());
    savings.sort_by(|one, other| {
        (&one.effect, &one.unit.code).cmp(&(&other.effect, &other.unit.code))
    });
    for saving in savings.iter_mut() {
        let Some(claim) = saving.corrected.get(year).cloned() else {
            continue;
        };
        saving.lower(year, &part, &exact);
        let lowered = claim.times(&part);
        left = left.minus(&lowered);
        room.push(claim.minus(&lowered));
    }
    for (saving, room) in savings.iter_mut().zip(room) {
        let more = left.clone().min(room);
        if let Some(lowered) = saving.corrected.get_mut(year) {
            *lowered = lowered.plus(&more);
        }
        left = left.minus(&more);
    }
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

impl<'p> Asked<'p> {
    fn of(proposal: &'p Proposal, payer: &'p Payer) -> Self {
        let baseline = &proposal.baseline;
        Self {
            payer: &payer.code,
            period: baseline.period,
            phase: baseline.phase,
            activities: &baseline.activities,
            ages: proposal.ages,
            locality: proposal.locality,
        }
    }

    fn ask(&self, cube: &Cube) -> Result<Spent, AppraisalError> {
        let everything = (cube.ask())
            .partner(self.payer)
            .period(self.period)
            .phase(self.phase)
            .boundary(Boundary::of([self.payer]));
        let affected = self.affected(cube, everything.clone());
        let (total, movable) = affected.answer_with_movable()?;
        // Nothing here is nothing spent only where its ledger is.
        if total.lines == 0 && everything.answer()?.total.lines == 0 {
            return Ok(Spent::default());
        }
        // What lies beside for one reason is no less for what lies there for another.
        let beside = (total.unshared.values()).map(|&pence| pence.max(Pence::ZERO));
        Ok(Spent {
            spent: Some(total.amount),
            beside: Pence::total(beside)?,
            known: total.composition.in_words(),
            movable: Some(movable),
        })
    }

    /// The same question for what a proposal affects.
    fn affected<'c>(&self, cube: &'c Cube, question: Question<'c>) -> Question<'c> {
        let axes = cube.place().axes();
        let question = (self.activities.iter()).fold(question, |question, &activity| {
            question.activity(&axes.activities.get(activity).code)
        });
        let locality = axes.localities.code(self.locality);
        question.ages(self.ages).locality(locality)
    }
}
