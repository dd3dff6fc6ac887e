//! What changed for people: outcomes, the indicators that tell of them, and what is known of each.
//!
//! A pack that names an outcomes file says which outcomes its partners share, which indicators
//! tell of each, and where their figures are published. [`Indicators::open`] reads all of it:
//! definitions that are wrong are faults and nothing opens; published figures that are wrong are
//! findings, and the rest goes on.
//!
//! # What is known, and where
//!
//! A figure has a [`Status`]: zero, not collected and suppressed are three things, and a sum says
//! which of them its parts leave. Rates are rebuilt from counts, never averaged, and never
//! shared out like money: an indicator known only for the county is
//! [`Knowledge::OnlyFor`] the county when Ludlow is asked for.
//!
//! # Three facts, not one colour
//!
//! Whether a target is met, whether the difference is more than chance, and which way things
//! have been going are three facts, and [`Progress`] keeps them apart.
//!
//! **Invariant:** nothing here knows what was spent.

mod years;
mod status;
mod area;
mod definition;
mod observation;
mod spec;
mod opener;
mod fields;
mod define;
mod read;
mod settle;
mod terms;
mod open;
mod knowledge;
mod progress;
mod inequality;
mod reoffending;
mod gaps;
mod latest;
mod withholding;

pub use area::{Area, ComparedArea, Relation};
pub use definition::{
    Accountability, Contribution, Expected, Forecast, ForecastMethod, Indicator, Lag, MeasureKind,
    Outcome, Owner, Polarity, Reoffending, ValueType,
};
pub use gaps::DataGap;
pub use inequality::{Inequality, QuantileRow, Ranking};
pub use knowledge::Knowledge;
pub use latest::Latest;
pub(crate) use latest::{figure_in_words, rounded};
pub use observation::Observation;
pub(crate) use observation::number;
pub(crate) use progress::against;
pub use progress::{AgainstForecast, AgainstTarget, AgainstValue, Direction, Progress};
pub use reoffending::{Cohort, CohortError};
#[cfg(test)]
pub(crate) use spec::{fields, reads, schema};
pub use status::{Count, Status};
pub use years::Years;

use crate::axis::{Ages, LocalityId, MemberId, Period, Phase, Suggestions};
use crate::finding::Findings;
use crate::money::Pence;
use crate::place::Place;
use crate::statistic::StatisticError;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A target with its source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// In the indicator's unit.
    pub value: Decimal,
    /// Who set it, and where it is written.
    pub source: String,
}

/// Published spending of another area.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SpendElsewhere {
    /// The sum.
    pub amount: Pence,
    /// What is counted, in words.
    pub name: String,
    /// Publisher, edition.
    pub source: String,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// The people it is spent on.
    pub ages: Ages,
}

/// Outcomes, indicators and everything that is known of them in one place.
///
/// # Example
///
/// ```
/// use wholeplace::indicator::{Indicators, Knowledge};
/// use wholeplace::place::Place;
///
/// let place = Place::open("examples/data/shropshire")?;
/// let indicators = Indicators::open(&place)?;
/// let ludlow = place.axes().localities.find("ludlow")?;
/// let year = "2017-18".parse()?;
/// // Youth reoffending is published for the county; it is not shown as Ludlow's.
/// let known = indicators.known("reoffending-15-17", ludlow, year)?;
/// assert!(matches!(known, Knowledge::OnlyFor { .. }));
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Indicators {
    place: Arc<Place>,
    outcomes: Vec<Outcome>,
    contributions: Vec<Contribution>,
    indicators: Vec<Indicator>,
    by_code: BTreeMap<String, u32>,
    areas: Vec<ComparedArea>,
    /// For each indicator.
    observations: Vec<BTreeMap<(Period, Area), Observation>>,
    targets: BTreeMap<(u32, Area, Period), Target>,
    forecasts: BTreeMap<u32, Forecast>,
    expected: Vec<(u32, Expected)>,
    breaks: BTreeMap<u32, Vec<(Period, String)>>,
    lags: BTreeMap<u32, Lag>,
    spend_elsewhere: BTreeMap<(MemberId, Area, Period), SpendElsewhere>,
    notes: Vec<String>,
    findings: Findings,
    fingerprint: String,
}

impl Indicators {
    /// Opens the outcomes of a place and reads all their figures.
    ///
    /// # Errors
    ///
    /// [`IndicatorError`]; [`IndicatorError::Faults`] holds every fault of the definitions.
    pub fn open(place: &Arc<Place>) -> Result<Self, IndicatorError> {
        open::open(place)
    }

    /// The place.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// The outcomes, in the order of the pack.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// The outcome of that code.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::Unknown`] with the nearest known codes.
    pub fn outcome(&self, code: &str) -> Result<&Outcome, IndicatorError> {
        let found = self.outcomes.iter().find(|outcome| outcome.code == code);
        found.ok_or_else(|| IndicatorError::Unknown {
            what: "an outcome",
            found: code.to_owned(),
            instead: Suggestions::of(code, self.outcomes.iter().map(|o| o.code.as_str())),
        })
    }

    /// The activities that are meant to help an outcome.
    pub fn contributions(&self, outcome: &str) -> impl Iterator<Item = &Contribution> {
        let of_outcome = move |contribution: &&Contribution| contribution.outcome == outcome;
        self.contributions.iter().filter(of_outcome)
    }

    /// The indicators, in the order of the pack.
    #[must_use]
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// The indicator of that code.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::Unknown`] with the nearest known codes.
    pub fn indicator(&self, code: &str) -> Result<&Indicator, IndicatorError> {
        Ok(&self.indicators[self.number(code)? as usize])
    }

    fn number(&self, code: &str) -> Result<u32, IndicatorError> {
        let found = self.by_code.get(code).copied();
        found.ok_or_else(|| IndicatorError::Unknown {
            what: "an indicator",
            found: code.to_owned(),
            instead: Suggestions::of(code, self.by_code.keys().map(String::as_str)),
        })
    }

    /// Indicators of an outcome: those of its headline first, then the rest behind.
    #[must_use]
    pub fn of_outcome(&self, outcome: &Outcome) -> (Vec<&Indicator>, Vec<&Indicator>) {
        let own = self
            .indicators
            .iter()
            .filter(|indicator| indicator.outcome.as_ref() == Some(&outcome.code));
        own.partition(|indicator| outcome.headline.contains(&indicator.code))
    }

    /// The areas beside which the place is set, in the order of the pack.
    #[must_use]
    pub fn areas(&self) -> &[ComparedArea] {
        &self.areas
    }

    /// The periods of which something is published, in order.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::Unknown`].
    pub fn periods(&self, code: &str) -> Result<Vec<Period>, IndicatorError> {
        let number = self.number(code)?;
        let mut periods: Vec<Period> = self.observations[number as usize]
            .keys()
            .map(|&(period, _)| period)
            .collect();
        periods.dedup();
        Ok(periods)
    }

    /// What was published for an area and period, in no other place's name.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::Unknown`].
    pub fn observation(
        &self,
        code: &str,
        area: Area,
        period: Period,
    ) -> Result<Option<Observation>, IndicatorError> {
        Ok(self.observed(self.number(code)?, area, period))
    }

    /// The target of an area for a period.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::Unknown`].
    pub fn target(
        &self,
        code: &str,
        area: Area,
        period: Period,
    ) -> Result<Option<&Target>, IndicatorError> {
        let number = self.number(code)?;
        Ok(self.targets.get(&(number, area, period)))
    }

    /// The lag that the pack states for an indicator.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::Unknown`].
    pub fn lag(&self, code: &str) -> Result<Option<&Lag>, IndicatorError> {
        Ok(self.lags.get(&self.number(code)?))
    }

    /// What an area is published to have spent on an activity in a period.
    #[must_use]
    pub fn spend_elsewhere(
        &self,
        activity: MemberId,
        area: Area,
        period: Period,
    ) -> Option<&SpendElsewhere> {
        self.spend_elsewhere.get(&(activity, area, period))
    }

    /// How many figures were read, with and without a value, by what is known of them.
    #[must_use]
    pub fn by_status(&self) -> BTreeMap<Status, usize> {
        let mut counts = BTreeMap::new();
        for observation in self.observations.iter().flat_map(BTreeMap::values) {
            *counts.entry(observation.status()).or_default() += 1;
        }
        counts
    }

    /// What must be said with the figures.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What was wrong with published figures, and which were not read.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// SHA-256 over the outcomes file and all tables it names.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Name of a partner or publisher that owes a figure.
    #[must_use]
    pub fn owner_name(&self, indicator: &Indicator) -> String {
        match &indicator.owner {
            Owner::Partner(partner) => self.place.axes().partners.get(*partner).name.clone(),
            Owner::Publisher(name) => name.clone(),
        }
    }

    /// Name of an area.
    #[must_use]
    pub fn area_name(&self, area: Area) -> &str {
        // The pack may call an area of its localities by a shorter name where it compares.
        let compared = self.areas.iter().find(|compared| compared.area == area);
        match (compared, area) {
            (Some(compared), _) => &compared.name,
            (None, Area::Here(locality)) => self.place.axes().localities.name(locality),
            (None, Area::Elsewhere(_)) => "",
        }
    }

    pub(crate) fn locality_name(&self, locality: LocalityId) -> &str {
        self.place.axes().localities.name(locality)
    }
}

/// Why outcomes could not be opened or asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndicatorError {
    /// The pack names no outcomes file.
    #[error(
        "this pack has no outcomes; write `outcomes = \"outcomes.toml\"` in [place] and describe \
         them there"
    )]
    NoOutcomes,
    /// The file cannot be read.
    #[error("cannot read {file}: {reason}")]
    Unreadable {
        /// As the pack names it.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// The file is not TOML, or has a key that no outcomes file has.
    #[error("{file} does not describe outcomes: {reason}")]
    NotOutcomes {
        /// As the pack names it.
        file: String,
        /// Line, column and reason.
        reason: String,
    },
    /// The definitions have faults; all of them.
    #[error("the outcomes have faults and were not opened\n{0}")]
    Faults(Findings),
    /// A code that the pack does not have.
    #[error("`{found}` is not {what} of this place{instead}")]
    Unknown {
        /// What it should be, with its article.
        what: &'static str,
        /// What was written.
        found: String,
        /// What there is in its place.
        instead: Suggestions,
    },
    /// Rates of several places cannot be added up.
    #[error(
        "`{indicator}` is a {form}: its figures for several places cannot be added up or averaged \
         without the counts behind them, and {missing}"
    )]
    NotSummable {
        /// Code of the indicator.
        indicator: String,
        /// What kind of number it is.
        form: ValueType,
        /// What is not there.
        missing: String,
    },
    /// Something that does not say which end is the less advantaged.
    #[error(
        "`{indicator}` is a {form} and ranks nothing; name an indicator of form rank, of which 1 \
         is the least advantaged"
    )]
    NotARanking {
        /// Code of the indicator.
        indicator: String,
        /// What kind of number it is.
        form: ValueType,
    },
    /// Nothing ranks the places.
    #[error("`{indicator}` ranks none of the {level}s in {period}")]
    NothingRanked {
        /// Code of the ranking indicator.
        indicator: String,
        /// The level.
        level: String,
        /// The period.
        period: Period,
    },
    /// A method cannot be applied to the figures.
    #[error("`{indicator}`: {source}")]
    Statistic {
        /// Code of the indicator.
        indicator: String,
        /// Why.
        source: StatisticError,
    },
}
