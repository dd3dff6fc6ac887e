//! What is spent on an outcome: the activities that are meant to help it, by stated weights.

use super::LinkageError;
use super::pairing::same_place;
use crate::cube::{Answer, AskError, By, Composition, Emptiness, Figure, Question, Row};
use crate::indicator::{Contribution, Indicators};
use crate::money::{Exact, Pence, Ratio, close_below};
use crate::table::{Align, Table};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Spending that is meant to help an outcome.
///
/// # Not additive over outcomes
///
/// One activity may be meant to help several outcomes, so the sums of two outcomes must not be
/// added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct SpendPart {
    /// Name of the activity.
    pub activity: String,
    /// All its spending in the slice; none where nothing is recorded.
    pub whole: Option<Pence>,
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
    /// [`LinkageError::Ask`] as the question itself; [`LinkageError::Indicator`] for an unknown
    /// outcome.
    pub fn spend_on(
        &self,
        outcome: &str,
        question: &Question<'_>,
    ) -> Result<OutcomeSpend, LinkageError> {
        let name = &self.outcome(outcome)?.name;
        let answers = self.answers_on(outcome, question)?;
        Ok(self.whole(name, &answers)?)
    }

    /// The same for the slice as a whole and for each locality of a level, by code.
    ///
    /// The places' sums add up to that of the whole, to the penny, where every pound of it lies in
    /// one of them. Each activity is asked for once, however many places there are; a place in
    /// which nothing was recorded on any of them is not there.
    ///
    /// # Errors
    ///
    /// As [`Indicators::spend_on`].
    pub fn spend_on_in_places(
        &self,
        outcome: &str,
        question: &Question<'_>,
        level: &str,
    ) -> Result<(OutcomeSpend, BTreeMap<String, OutcomeSpend>), LinkageError> {
        let name = &self.outcome(outcome)?.name;
        let question = question.clone().by([By::Locality(level.to_owned())]);
        let answers = self.answers_on(outcome, &question)?;
        let whole = self.whole(name, &answers)?;
        let figures: Vec<BTreeMap<&str, &Figure>> = (answers.iter())
            .map(|(_, answer)| answer.rows.iter().filter_map(keyed).collect())
            .collect();
        let codes: BTreeSet<&str> = figures
            .iter()
            .flat_map(|rows| rows.keys().copied())
            .collect();
        // Every place has a row for every activity, so that their tables can be compared.
        let parts: Vec<Vec<SpendPart>> = (codes.iter())
            .map(|code| {
                let rows = answers.iter().zip(&figures);
                let part = |((contribution, _), rows): (&Asked<'_>, &BTreeMap<&str, &Figure>)| {
                    self.part(contribution, rows.get(code).copied())
                };
                rows.map(part).collect()
            })
            .collect();
        let exact: Vec<Exact> = parts.iter().map(|parts| exact_sum(parts)).collect();
        let totals = close_below(whole.total, &exact).map_err(AskError::from)?;
        let mut places = BTreeMap::new();
        for ((code, parts), total) in codes.into_iter().zip(parts).zip(totals) {
            let spend = closed(name, parts, total, whole.notes.clone())?;
            places.insert(code.to_owned(), spend);
        }
        Ok((whole, places))
    }

    fn answers_on(
        &self,
        outcome: &str,
        question: &Question<'_>,
    ) -> Result<Vec<Asked<'_>>, LinkageError> {
        if !question.cut().activities.is_empty() {
            return Err(LinkageError::ActivityNamed {
                outcome: outcome.to_owned(),
            });
        }
        same_place(question, self)?;
        let activities = &self.place().axes().activities;
        self.contributions(outcome)
            .map(|contribution| {
                let activity = activities.get(contribution.activity);
                let answer = question.clone().activity(activity.code.clone()).answer()?;
                Ok((contribution, answer))
            })
            .collect()
    }

    /// The slice as a whole.
    fn whole(&self, name: &str, answers: &[Asked<'_>]) -> Result<OutcomeSpend, AskError> {
        let mut notes: Vec<String> = Vec::new();
        for note in answers.iter().flat_map(|(_, answer)| &answer.notes) {
            if !notes.contains(note) {
                notes.push(note.clone());
            }
        }
        notes.push(NOT_ADDITIVE.to_owned());
        let parts: Vec<SpendPart> = (answers.iter())
            .map(|(contribution, answer)| {
                let nothing = answer.emptiness == Some(Emptiness::NothingRecorded);
                self.part(contribution, (!nothing).then_some(&answer.total))
            })
            .collect();
        let total = exact_sum(&parts).nearest()?;
        closed(name, parts, total, notes)
    }

    /// An activity before its part is counted.
    fn part(&self, contribution: &Contribution, figure: Option<&Figure>) -> SpendPart {
        let activities = &self.place().axes().activities;
        let composition = figure.map_or_else(Composition::default, |figure| figure.composition);
        SpendPart {
            activity: activities.get(contribution.activity).name.clone(),
            whole: figure.map(|figure| figure.amount),
            composition: composition.in_words(),
            weight: contribution.weight,
            judgement: contribution.judgement.clone(),
            how: contribution.how.clone(),
            counted: Pence::ZERO,
        }
    }
}

/// An activity that is meant to help, and what is spent on it.
type Asked<'a> = (&'a Contribution, Answer);

const NOT_ADDITIVE: &str =
    "An activity may be meant to help several outcomes: sums of two outcomes must not be added.";

fn keyed(row: &Row) -> Option<(&str, &Figure)> {
    Some((row.keys.first()?.code.as_str(), &row.figure))
}

/// The parts that are meant for the outcome together, before any rounding.
fn exact_sum(parts: &[SpendPart]) -> Exact {
    let mut sum = Exact::zero();
    parts.iter().for_each(|part| sum.add(&exact(part)));
    sum
}

fn exact(part: &SpendPart) -> Exact {
    Exact::whole(part.whole.unwrap_or_default()).times(&ratio(part.weight))
}

/// Parts closed to a total that is less than a penny from what they sum to: a quarter of a pound
/// and a penny is no whole number of pence.
fn closed(
    name: &str,
    mut parts: Vec<SpendPart>,
    total: Pence,
    notes: Vec<String>,
) -> Result<OutcomeSpend, AskError> {
    let exact: Vec<Exact> = parts.iter().map(exact).collect();
    for (part, counted) in parts.iter_mut().zip(close_below(total, &exact)?) {
        part.counted = counted;
    }
    let weighed = parts.iter().filter(|part| part.weight < Decimal::ONE);
    let judgement = Pence::total(weighed.map(|part| part.counted))?;
    Ok(OutcomeSpend {
        outcome: name.to_owned(),
        parts,
        total,
        judgement,
        notes,
    })
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
                part.whole
                    .map_or_else(|| "nothing recorded".to_owned(), |whole| whole.to_string()),
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
        if self.judgement != Pence::ZERO {
            table.note(&format!(
                "Of the total, {} rests on weights that somebody chose.",
                self.judgement
            ));
        }
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
