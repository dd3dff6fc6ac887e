//! What changed for people in each place, beside what is spent on it.

use super::error::ReportError;
use super::knowledge::{IndicatorShown, KnownFor};
use crate::axis::LocalityId;
use crate::disclosure::{Shown, Why};
use crate::indicator::{DataGap, Indicators, Outcome};
use crate::linkage::OutcomeSpend;
use crate::statistic::Confidence;

/// What the outcomes of a whole report have in common.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReportOutcomes {
    /// How sure its intervals are meant to be.
    pub confidence: Confidence,
    /// Every figure that the pack expects and that is not there.
    pub gaps: Vec<DataGap>,
}

/// What changed for people in one place: what is known there, what only for a larger place, and
/// what nobody collects.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
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
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
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
    /// What is spent here on it; none where the pack names no activity that is meant to help, or where it
    /// may not be shown. Sums of two outcomes must not be added.
    pub spend: Option<OutcomeSpend>,
    /// What may be shown of that spending.
    pub shown: Shown,
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

/// What is told of the spending on an outcome in a place.
pub enum SpendTold {
    /// The pack names no activity that is meant to help.
    OnNothing,
    /// It may not be shown.
    Withheld(Why),
    /// All of it.
    Told(OutcomeSpend),
}

pub fn of_place(
    indicators: &Indicators,
    locality: LocalityId,
    confidence: Confidence,
    spend: impl Fn(&Outcome) -> SpendTold,
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
        let (mut spend, withheld) = match spend(outcome) {
            SpendTold::OnNothing => (None, None),
            SpendTold::Withheld(why) => (None, Some(why)),
            SpendTold::Told(spend) => (Some(spend), None),
        };
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
            shown: match (withheld, &spend) {
                (Some(why), _) => Shown::Withheld(why),
                (None, Some(spend)) => shown_of(spend),
                (None, None) => Shown::NothingRecorded,
            },
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

/// What spending on an outcome shows: nothing is recorded where no activity has a line.
fn shown_of(spend: &OutcomeSpend) -> Shown {
    if spend.parts.is_empty() {
        Shown::NothingRecorded
    } else {
        Shown::of_sum(spend.total)
    }
}

impl OutcomeSection {
    /// The spending on it, where there is some and it may be shown.
    pub(in crate::report) fn open_spend(&self) -> Option<&OutcomeSpend> {
        let spend = self.spend.as_ref()?;
        (!self.shown.is_withheld() && !spend.parts.is_empty()).then_some(spend)
    }
}
