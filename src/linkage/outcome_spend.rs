//! What is spent on an outcome: the activities that are meant to help it, by stated weights.

use super::pairing::LinkageError;
use crate::cube::{AskError, Question};
use crate::indicator::Indicators;
use crate::money::{Exact, Pence, Ratio, close_below};
use crate::table::{Align, Table};
use rust_decimal::Decimal;
use serde::Serialize;

/// Spending that is meant to help an outcome.
///
/// # Not additive over outcomes
///
/// One activity may be meant to help several outcomes, so the sums of two outcomes must not be
/// added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeSpend {
    /// Name of the outcome.
    pub outcome: String,
    /// Each activity.
    pub parts: Vec<SpendPart>,
    /// Together, to the penny.
    pub total: Pence,
    /// Of the total, what rests on a weight below 1.
    pub judgement: Pence,
    /// What must be said with the figures.
    pub notes: Vec<String>,
}

/// One activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpendPart {
    /// Name of the activity.
    pub activity: String,
    /// All its spending in the slice.
    pub whole: Pence,
    /// How that is known, in words.
    pub composition: String,
    /// The part that is meant for this outcome.
    pub weight: Decimal,
    /// Who decided that, and why.
    pub judgement: String,
    /// How it is meant to help.
    pub how: String,
    /// The whole times the weight, closed to the penny with the other parts.
    pub counted: Pence,
}

impl Indicators {
    /// What is spent on an outcome in the slice of a question that names no activity.
    ///
    /// # Errors
    ///
    /// [`LinkageError::ActivityNamed`]; [`LinkageError::Ask`] as the question itself; [`LinkageError::Indicator`] for an unknown
    /// outcome.
    pub fn spend_on(
        &self,
        outcome: &str,
        question: &Question<'_>,
    ) -> Result<OutcomeSpend, LinkageError> {
        let name = self.outcome(outcome)?.name.clone();
        if !question.cut().activities.is_empty() {
            return Err(LinkageError::ActivityNamed {
                outcome: outcome.to_owned(),
            });
        }
        let activities = &self.place().axes().activities;
        let mut parts = Vec::new();
        let mut exact = Vec::new();
        let mut notes = Vec::new();
        for contribution in self.contributions(outcome) {
            let activity = activities.get(contribution.activity);
            let answer = question.clone().activity(activity.code.clone()).answer()?;
            let whole = answer.total.amount;
            exact.push(Exact::whole(whole).times(&ratio(contribution.weight)));
            parts.push(SpendPart {
                activity: activity.name.clone(),
                whole,
                composition: answer.total.composition.in_words(),
                weight: contribution.weight,
                judgement: contribution.judgement.clone(),
                how: contribution.how.clone(),
                counted: Pence::ZERO,
            });
            for note in answer.notes {
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        let mut sum = Exact::zero();
        exact.iter().for_each(|part| sum.add(part));
        let total = sum.nearest().map_err(AskError::from)?;
        let closed = close_below(total, &exact).map_err(AskError::from)?;
        for (part, counted) in parts.iter_mut().zip(closed) {
            part.counted = counted;
        }
        let weighed = parts.iter().filter(|part| part.weight < Decimal::ONE);
        let judgement = Pence::total(weighed.map(|part| part.counted)).map_err(AskError::from)?;
        notes.push(
            "An activity may be meant to help several outcomes: sums of two outcomes must not be \
             added."
                .to_owned(),
        );
        Ok(OutcomeSpend {
            outcome: name,
            parts,
            total,
            judgement,
            notes,
        })
    }
}

/// A weight as an exact ratio; weights are checked to lie in 0 to 1 when the pack is opened.
fn ratio(weight: Decimal) -> Ratio {
    let weight = weight.normalize();
    let denominator = 10_u128.checked_pow(weight.scale()).unwrap_or(u128::MAX);
    Ratio::new(weight.mantissa(), denominator)
}

impl OutcomeSpend {
    /// As a table.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new(format!("Spending meant to help: {}", self.outcome));
        table.column("activity", Align::Left);
        table.column("all of it", Align::Right);
        table.column("how it is known", Align::Left);
        table.column("part meant for this", Align::Right);
        table.column("counted", Align::Right);
        for part in &self.parts {
            table.row([
                part.activity.clone(),
                part.whole.to_string(),
                part.composition.clone(),
                part.weight.to_string(),
                part.counted.to_string(),
            ]);
        }
        table.row([
            "Total".to_owned(),
            String::new(),
            String::new(),
            String::new(),
            self.total.to_string(),
        ]);
        for part in &self.parts {
            table.note(&format!(
                "{}: {} (weight: {})",
                part.activity, part.how, part.judgement
            ));
        }
        for note in &self.notes {
            table.note(note);
        }
        table
    }
}
