//! Each effect in each year: promised, seen, and what lies between.

use super::seen::{Seen, moved, seen};
use super::{EvaluationError, Observation, Observed};
use crate::appraisal::pounds::to_f64;
use crate::appraisal::proposal::{Effect, Proposal, ValueKind};
use crate::appraisal::saving::{events, pounds};
use crate::appraisal::{Appraisal, AppraisalError};
use crate::linkage::EvidenceGrade;
use crate::money::{Pence, Ratio};
use crate::price::{PriceBase, PriceYear};
use crate::statistic::{Confidence, Estimate};

/// On which side of nothing an interval lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// All of it above.
    Above,
    /// All of it below.
    Below,
    /// It holds nothing: chance alone may have made it.
    NotTold,
}

impl Told {
    /// Of an estimate; nothing where it has no interval.
    #[must_use]
    pub fn of(estimate: &Estimate) -> Option<Self> {
        let interval = estimate.interval()?;
        Some(match (interval.lower > 0.0, interval.upper < 0.0) {
            (true, _) => Self::Above,
            (_, true) => Self::Below,
            _ => Self::NotTold,
        })
    }
}

/// What was promised of one effect in one year, and what was seen.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Evaluated {
    /// The effect.
    pub effect: String,
    /// The year.
    pub year: PriceYear,
    /// How many people who entered were to feel it in this year.
    pub promised_people: Ratio,
    /// Events fewer because of the proposal alone, as promised.
    pub promised_events: Ratio,
    /// What public purses were to save by it, exact pence in the prices of the proposal, before any correction.
    pub promised: Ratio,
    /// The same, lowered by the grades of its inputs.
    pub promised_corrected: Ratio,
    /// What was counted; nothing where nobody counted.
    pub observed: Option<Observation>,
    /// What that shows; nothing where nothing says how it would have been.
    pub seen: Option<Seen>,
    /// Events fewer than seen less those promised: below zero where less was seen.
    pub difference: Option<Estimate>,
    /// What public purses save by what was seen: pence, by the same unit values.
    pub supported: Option<Estimate>,
}

impl Evaluated {
    /// Whether what was seen is more than chance; nothing where no interval says so.
    #[must_use]
    pub fn beyond_chance(&self) -> Option<Told> {
        Told::of(&self.seen.as_ref()?.events)
    }

    /// Whether it is more, or less, than was promised, beyond chance.
    #[must_use]
    pub fn beside_promise(&self) -> Option<Told> {
        Told::of(self.difference.as_ref()?)
    }

    /// How good a comparison what was seen rests on; nothing where nothing was seen.
    #[must_use]
    pub fn grade(&self) -> Option<EvidenceGrade> {
        self.seen.as_ref()?;
        self.observed.as_ref().map(Observation::grade)
    }
}

/// What a term of a contract paid for an effect in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaidFor {
    /// The effect: the term counts what it changes.
    pub effect: String,
    /// The contract.
    pub contract: String,
    /// Its term.
    pub term: String,
    /// In which year it is paid, which may be later than the year in which it was seen.
    pub year: PriceYear,
    /// How much, in the money of that year, less what was taken back.
    pub pence: Pence,
}

/// What was promised by a proposal beside what was seen.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Evaluation<'a> {
    /// The proposal.
    pub proposal: &'a Proposal,
    /// How sure intervals are meant to be.
    pub confidence: Confidence,
    /// Each effect in each year in which it promised something or somebody counted, in their order.
    pub rows: Vec<Evaluated>,
    /// What contracts paid for the same outcomes; nothing where none were asked.
    pub paid: Option<Vec<PaidFor>>,
}

impl Evaluation<'_> {
    /// The evidence that there now is of an effect: the weakest of all years that were seen. Nothing where none was.
    #[must_use]
    pub fn grade_of(&self, effect: &str) -> Option<EvidenceGrade> {
        let of_effect = self.rows.iter().filter(|row| row.effect == effect);
        of_effect.filter_map(Evaluated::grade).min()
    }

    /// Whether the effect is still a judgement: no comparison group says that a change is due to the proposal.
    #[must_use]
    pub fn is_assumed(&self, effect: &str) -> bool {
        self.grade_of(effect) < Some(EvidenceGrade::Three)
    }
}

impl<'a> Appraisal<'a> {
    /// Holds what was counted against what was promised.
    ///
    /// # Units
    ///
    /// Events fewer in a year; pence in the prices of the proposal, of fiscal unit values only: what an event is worth to
    /// people themselves spares no purse. Not discounted, not held against the account and before overlaps: promised and
    /// seen are worked out alike.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Counts`] for counts too extreme to be computed with; [`EvaluationError::Appraisal`] where a
    /// unit value cannot be said in the prices of the proposal.
    pub fn evaluate(
        &self,
        observed: &Observed,
        confidence: Confidence,
    ) -> Result<Evaluation<'a>, EvaluationError> {
        let mut rows = Vec::new();
        for effect in &self.proposal.effects {
            let (promised, _) = events(effect, self.years.len());
            for (number, (&year, promised)) in self.years.iter().zip(promised).enumerate() {
                let row = observed.find(&self.proposal.code, &effect.code, year);
                if row.is_none() && promised.is_zero() {
                    continue;
                }
                rows.push(self.evaluated(effect, (number, year), promised, row, confidence)?);
            }
        }
        Ok(Evaluation {
            proposal: self.proposal,
            confidence,
            rows,
            paid: None,
        })
    }

    fn evaluated(
        &self,
        effect: &Effect,
        (number, year): (usize, PriceYear),
        promised: Ratio,
        observed: Option<&Observation>,
        confidence: Confidence,
    ) -> Result<Evaluated, EvaluationError> {
        let wrong = |fault| EvaluationError::Counts {
            effect: effect.code.clone(),
            year,
            fault,
        };
        let pence = self.pence_of_an_event(effect, year)?;
        let seen = match observed {
            Some(row) => seen(row, &effect.chain, confidence).map_err(wrong)?,
            None => None,
        };
        let difference = match &seen {
            Some(seen) => moved(&seen.events, -to_f64(&promised)).map_err(wrong)?,
            None => None,
        };
        let gross = promised.times(&pence);
        Ok(Evaluated {
            effect: effect.code.clone(),
            year,
            promised_people: people(effect, number),
            promised_corrected: gross.times(&Ratio::one().minus(&effect.correction)),
            promised: gross,
            promised_events: promised,
            supported: (seen.as_ref()).map(|seen| seen.events.times(to_f64(&pence))),
            observed: observed.cloned(),
            seen,
            difference,
        })
    }

    /// What public purses save by an event fewer in a year.
    fn pence_of_an_event(
        &self,
        effect: &Effect,
        year: PriceYear,
    ) -> Result<Ratio, EvaluationError> {
        let prices = self.prices()?;
        let last = *self.years.last().ok_or(AppraisalError::NoYears)?;
        let fiscal = (effect.values.iter()).filter(|value| value.unit.kind == ValueKind::Fiscal);
        let mut sum = Ratio::zero();
        for value in fiscal {
            let from = PriceBase::Real(value.unit.prices);
            let conversion = prices
                .conversion(from, last)
                .map_err(AppraisalError::from)?;
            sum = sum.plus(&pounds(&value.unit, &conversion, year, &prices)?);
        }
        Ok(sum)
    }
}

/// How many people who entered feel the effect in the year of that number.
fn people(effect: &Effect, year: usize) -> Ratio {
    let entered = effect.people.iter().enumerate();
    let felt = entered.filter(|(entered, _)| {
        let later = year.checked_sub(entered + effect.lag);
        let part = later.and_then(|later| effect.persist.get(later));
        part.is_some_and(|part| !part.is_zero())
    });
    felt.map(|(_, people)| people).sum()
}
