//! What indicators of the pack know of what contracts count: the figure, its status, and how late it comes.

use super::ContractError;
use super::kind::TermKind;
use super::reported::Reported;
use super::terms::{Contract, Term};
use crate::axis::{LocalityId, Period};
use crate::finding::Position;
use crate::indicator::{Indicators, Knowledge, Lag, Status};
use crate::money::Ratio;
use crate::price::PriceYear;
use rust_decimal::Decimal;

/// What an indicator knows of a term and a cohort.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct KnownOutcome {
    /// The term.
    pub term: String,
    /// The cohort.
    pub cohort: String,
    /// The indicator, as its name says.
    pub indicator: String,
    /// Of which period: the latest that lies in the time in which the cohort enters, or, where none does, the
    /// latest before it.
    pub period: Option<Period>,
    /// Whether that lies inside the time that counts: from the first month in which the cohort enters until
    /// the months after the last one that the term waits before it measures.
    pub in_time: bool,
    /// What is known of the place of the contract itself.
    pub status: Status,
    /// The figure of that place, in the unit of the indicator.
    pub figure: Option<Decimal>,
    /// People and what was counted of them, where they are known.
    pub counts: Option<(Ratio, Ratio)>,
    /// A larger place for which alone it is published: its figure is never that of the contract.
    pub only_for: Option<LocalityId>,
    /// How long after spending the outcome answers, where the pack says so.
    pub lag: Option<Lag>,
    /// Whether that is longer than the term waits before it measures.
    pub measured_too_early: bool,
}

impl KnownOutcome {
    /// The figure as a row of results, paid in a year: where the place itself is known by whole counts, for a
    /// period inside the time that counts ([`Self::in_time`]).
    ///
    /// Nothing where the figure is of a time before the cohort entered, or reaches out of the time that counts: it
    /// may be shown, and is no result of the cohort. A term with a comparison group needs that reported too, and
    /// refuses the row without it.
    #[must_use]
    pub fn as_reported(&self, year: PriceYear) -> Option<Reported> {
        let (people, count) = self.counts.as_ref()?;
        if !self.in_time || !people.is_whole() || !count.is_whole() {
            return None;
        }
        Some(Reported {
            term: self.term.clone(),
            cohort: self.cohort.clone(),
            group: String::new(),
            year,
            people: people.to_string().replace(',', "").parse().ok()?,
            count: count.clone(),
            returned: Ratio::zero(),
            comparison: None,
            quality: None,
            position: Position::file(self.indicator.clone()),
        })
    }
}

impl Contract {
    /// What indicators know of each term whose metric is the code of one, for each cohort.
    ///
    /// # Errors
    ///
    /// None that a place and its own indicators can give; those of the parts are passed on.
    pub fn known_outcomes(
        &self,
        indicators: &Indicators,
    ) -> Result<Vec<KnownOutcome>, ContractError> {
        let mut known = Vec::new();
        for term in &self.terms {
            if indicators.indicator(&term.metric).is_err() {
                continue;
            }
            for cohort in &self.cohorts {
                known.push(self.known_of(term, &cohort.code, cohort.enters, indicators)?);
            }
        }
        Ok(known)
    }

    fn known_of(
        &self,
        term: &Term,
        cohort: &str,
        enters: Period,
        indicators: &Indicators,
    ) -> Result<KnownOutcome, ContractError> {
        let indicator = indicators.indicator(&term.metric)?;
        let periods = indicators.periods(&term.metric)?;
        let inside = periods
            .iter()
            .rev()
            .find(|period| period.intersection(enters).is_some());
        let before = periods
            .iter()
            .rev()
            .find(|period| !period.starts_after(enters));
        let period = inside.or(before).copied();
        let knowledge = match period {
            Some(period) => indicators.known(&term.metric, self.locality, period)?,
            None => Knowledge::Nowhere,
        };
        let observation = knowledge.observation();
        let of_counts = matches!(term.kind, TermKind::Binary | TermKind::Frequency);
        let counts = (observation.filter(|_| of_counts))
            .and_then(|observation| observation.counts())
            .map(|(above, below)| (Ratio::from(below), Ratio::from(above)));
        let lag = indicators.lag(&term.metric)?.cloned();
        Ok(KnownOutcome {
            term: term.code.clone(),
            cohort: cohort.to_owned(),
            indicator: indicator.name.clone(),
            period,
            in_time: period.is_some_and(|period| in_time(enters, term.months, period)),
            status: knowledge.status(),
            figure: observation.and_then(|observation| observation.figure(indicator)),
            counts,
            only_for: match knowledge {
                Knowledge::OnlyFor { locality, .. } => Some(locality),
                _ => None,
            },
            measured_too_early: lag.as_ref().is_some_and(|lag| lag.months > term.months),
            lag,
        })
    }
}

/// Whether a period starts no earlier than people enter, and ends no later than so many months after the last of them.
fn in_time(enters: Period, months: u16, period: Period) -> bool {
    // From the start of entering to the end of the period; nothing where that lies before it.
    let Ok(through) = enters.through(period) else {
        return false;
    };
    let most = enters.months().saturating_add(months);
    through.contains(period) && through.months() <= most
}
