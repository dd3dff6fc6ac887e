//! What changed for people in each place, beside what is spent on it.

use super::known::{IndicatorShown, KnownFor};
use super::locality::question;
use super::{LocalityReport, PlacePage, ReportError, Terms};
use crate::axis::LocalityId;
use crate::cube::Cube;
use crate::indicator::{DataGap, Indicators, Outcome};
use crate::linkage::{OutcomeSpend, same_place};
use crate::money::Pence;
use crate::statistic::Confidence;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the outcomes of a whole report have in common.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportOutcomes {
    /// How sure its intervals are meant to be.
    pub confidence: Confidence,
    /// Every figure that the pack expects and that is not there.
    pub gaps: Vec<DataGap>,
}

/// What changed for people in one place: what is known there, what only for a larger place, and
/// what nobody collects.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceOutcomes {
    /// Each outcome, in the order of the pack.
    pub outcomes: Vec<OutcomeSection>,
    /// Indicators of no outcome.
    pub others: Vec<IndicatorShown>,
    /// Every figure that the pack expects of this very place and that is not there.
    pub gaps: Vec<DataGap>,
    /// What must be said with these figures, beside the notes of the report.
    pub notes: Vec<String>,
}

/// One outcome in one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeSection {
    /// Code of the outcome.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The shared priority it belongs to; may be empty.
    pub priority: String,
    /// Name of the partner that leads on it.
    pub lead: Option<String>,
    /// Names of the partners that contribute.
    pub contributing: Vec<String>,
    /// What is spent here on it; none where the pack names no activity that is meant to help.
    /// Sums of two outcomes must not be added.
    pub spend: Option<OutcomeSpend>,
    /// The few indicators that the pack chose.
    pub headline: Vec<IndicatorShown>,
    /// The rest behind them.
    pub rest: Vec<IndicatorShown>,
}

impl PlaceOutcomes {
    /// Every indicator, those of each outcome first.
    pub fn indicators(&self) -> impl Iterator<Item = &IndicatorShown> {
        self.outcomes
            .iter()
            .flat_map(|outcome| outcome.headline.iter().chain(&outcome.rest))
            .chain(&self.others)
    }
}

impl LocalityReport {
    /// The report of [`LocalityReport::build`] with what changed for people in each place.
    ///
    /// Each activity that is meant to help an outcome is asked for once more. There is no default
    /// for the confidence of the intervals.
    ///
    /// # Errors
    ///
    /// As [`LocalityReport::build`]; [`ReportError::Linkage`] when the spending and the outcomes are
    /// those of two places or editions of a pack; [`ReportError::Indicator`] when published
    /// counts cannot be.
    pub fn build_with_outcomes(
        cube: &Cube,
        terms: &Terms,
        indicators: &Indicators,
        confidence: Confidence,
    ) -> Result<Self, ReportError> {
        let quiet = |_, _| ();
        Self::build_with_outcomes_and_progress(cube, terms, indicators, confidence, &quiet)
    }

    /// [`LocalityReport::build_with_outcomes`], telling how far it is: `progress` gets the number of
    /// steps done and of all.
    ///
    /// # Errors
    ///
    /// As [`LocalityReport::build_with_outcomes`].
    pub fn build_with_outcomes_and_progress(
        cube: &Cube,
        terms: &Terms,
        indicators: &Indicators,
        confidence: Confidence,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, ReportError> {
        same_place(&question(cube, terms), indicators)?;
        let outcomes = indicators.outcomes();
        let more = outcomes.len();
        let mut report = Self::build_with(cube, terms, &|done, of| progress(done, of + more))?;
        let mut spent = BTreeMap::new();
        for (i, outcome) in outcomes.iter().enumerate() {
            let question = question(cube, terms);
            let spend = indicators.spend_on_in_places(&outcome.code, &question, &terms.level)?;
            spent.insert(outcome.code.as_str(), spend);
            progress(Self::QUESTIONS + i + 1, Self::QUESTIONS + more);
        }
        let whole = report.whole.code.clone();
        let notes = report.notes.clone();
        for page in std::iter::once(&mut report.whole).chain(&mut report.places) {
            let spend = |outcome: &Outcome| {
                let (of_whole, of_places) = spent.get(outcome.code.as_str())?;
                if of_whole.parts.is_empty() {
                    return None;
                }
                let spend = if page.code == whole {
                    Some(of_whole)
                } else {
                    of_places.get(&page.code)
                };
                // A place without a single line on these activities.
                Some(spend.cloned().unwrap_or_else(|| OutcomeSpend {
                    parts: Vec::new(),
                    total: Pence::ZERO,
                    judgement: Pence::ZERO,
                    ..of_whole.clone()
                }))
            };
            // A page of money that lies in no place of the level has no people.
            let Ok(locality) = indicators.place().axes().localities.find(&page.code) else {
                continue;
            };
            let outcomes = of_place(indicators, locality, confidence, spend, &notes)?;
            page.outcomes = Some(outcomes);
        }
        for note in indicators.notes() {
            // Spending and outcomes often come under the same licence.
            if !report.notes.iter().any(|said| said.contains(note.as_str())) {
                report.notes.push(note.clone());
            }
        }
        report.outcomes = Some(ReportOutcomes {
            confidence,
            gaps: indicators.gaps(),
        });
        Ok(report)
    }
}

fn of_place(
    indicators: &Indicators,
    locality: LocalityId,
    confidence: Confidence,
    spend: impl Fn(&Outcome) -> Option<OutcomeSpend>,
    said: &[String],
) -> Result<PlaceOutcomes, ReportError> {
    let partners = &indicators.place().axes().partners;
    let name = |partner| partners.get(partner).name.clone();
    let mut shown = Vec::with_capacity(indicators.indicators().len());
    for told in indicators.told(locality, confidence)? {
        let known = KnownFor::of(indicators, locality, &told)?;
        shown.push(IndicatorShown { told, known });
    }
    let mut notes: Vec<String> = Vec::new();
    let mut outcomes = Vec::with_capacity(indicators.outcomes().len());
    for outcome in indicators.outcomes() {
        let own = shown.extract_if(.., |shown| {
            shown.told.outcome.as_ref() == Some(&outcome.code)
        });
        let (headline, rest) = own.partition(|shown| shown.told.headline);
        let mut spend = spend(outcome);
        // Each note is said once, not once for every outcome.
        for note in spend.iter_mut().flat_map(|spend| spend.notes.drain(..)) {
            if !said.contains(&note) && !notes.contains(&note) {
                notes.push(note);
            }
        }
        outcomes.push(OutcomeSection {
            code: outcome.code.clone(),
            name: outcome.name.clone(),
            priority: outcome.priority.clone(),
            lead: outcome.lead.map(name),
            contributing: outcome.contributing.iter().copied().map(name).collect(),
            spend,
            headline,
            rest,
        });
    }
    Ok(PlaceOutcomes {
        outcomes,
        others: shown,
        gaps: indicators.gaps_of(locality),
        notes,
    })
}

impl PlacePage {
    /// Whether this is the page of the report's whole place.
    pub(super) fn is_whole(&self, report: &LocalityReport) -> bool {
        self.code == report.whole.code
    }
}
