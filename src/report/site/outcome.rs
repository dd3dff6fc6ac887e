//! One outcome: what is spent on it, how its indicators go, and spending beside them.

use super::SiteOutcomes;
use crate::axis::{LocalityId, Period};
use crate::cube::Question;
use crate::disclosure::Telling;
use crate::indicator::{AgainstTarget, Area, Indicator, Relation, Status, figure_in_words};
use crate::linkage::{Comparison, LinkageError, Pairing, SideBySide};
use crate::report::content::{OutcomeSection, ReportError, ReportScope};
use crate::statistic::Interval;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What the page of an outcome shows.
#[derive(Clone, Debug)]
pub(in crate::report) struct OutcomeSheet {
    /// What the whole place spends on it, and what its indicators last told.
    pub section: OutcomeSection,
    /// Its headline indicators over time.
    pub series: Vec<Series>,
    /// Headline indicators of the place beside other areas, in their last period.
    pub compared: Vec<Comparison>,
    /// Headline indicators beside spending, or why they may not stand there.
    pub beside: Vec<BesideShown>,
}

/// One indicator over time, in the whole place.
#[derive(Clone, Debug)]
pub(in crate::report) struct Series {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The place.
    pub area: String,
    /// The country beside it, where the pack has figures of it.
    pub country: Option<String>,
    /// Each period that is published.
    pub points: Vec<Point>,
    /// A caution of the pack; may be empty.
    pub note: String,
    /// Publisher, edition.
    pub source: String,
}

/// One period of a series.
#[derive(Clone, Debug)]
pub(in crate::report) struct Point {
    /// The period.
    pub period: Period,
    /// The figure.
    pub figure: Option<Decimal>,
    /// What is known of it.
    pub status: Status,
    /// Its interval.
    pub interval: Option<Interval>,
    /// How the interval was made, or why there is none.
    pub how: String,
    /// The target of the period.
    pub target: Option<Decimal>,
    /// The country's figure.
    pub country: Option<Decimal>,
}

impl Point {
    /// The figure as it is said, or what is known instead.
    pub(in crate::report) fn said(&self) -> String {
        match self.figure {
            Some(figure) => figure_in_words(figure, self.status),
            None => self.status.to_string(),
        }
    }
}

/// One indicator beside spending.
#[derive(Clone, Debug)]
pub(in crate::report) struct BesideShown {
    /// Name of the indicator.
    pub name: String,
    /// Names of the activities whose spending stands beside it.
    pub activities: Vec<String>,
    /// Spending and outcome; or why they may not stand side by side.
    pub found: Result<SideBySide, String>,
}

pub(super) fn sheet(
    of: &SiteOutcomes<'_>,
    section: &OutcomeSection,
    question: &Question<'_>,
    scope: &ReportScope,
    telling: &dyn Telling,
) -> Result<OutcomeSheet, ReportError> {
    let indicators = of.indicators;
    let mut sheet = OutcomeSheet {
        section: section.clone(),
        series: Vec::new(),
        compared: Vec::new(),
        beside: Vec::new(),
    };
    let locality = indicators.place().locality();
    for shown in &section.headline {
        let indicator = indicators.indicator(&shown.told.indicator)?;
        sheet.series.push(series(of, indicator, locality)?);
        if let Some(period) = shown.told.period {
            let compared = indicators.beside_areas(
                &indicator.code,
                period,
                &[Relation::StatisticalNeighbour, Relation::Region],
                of.simulation,
                of.confidence,
            )?;
            let known = compared
                .rows
                .iter()
                .filter(|row| row.figure.is_some())
                .count();
            if known > 1 {
                sheet.compared.push(compared);
            }
        }
        if let Some(beside) = beside(of, section, indicator, question, scope, telling)? {
            sheet.beside.push(beside);
        }
    }
    Ok(sheet)
}

fn series(
    of: &SiteOutcomes<'_>,
    indicator: &Indicator,
    locality: LocalityId,
) -> Result<Series, ReportError> {
    let indicators = of.indicators;
    let code = &indicator.code;
    let country = (indicators.areas().iter()).find(|area| area.relation == Relation::Country);
    let mut points = Vec::new();
    for period in indicators.periods(code)? {
        let known = indicators.known(code, locality, period)?;
        let Some(observation) = known.observation() else {
            continue;
        };
        let progress = indicators.progress(code, Area::Here(locality), period, of.confidence)?;
        let estimate = &progress.estimate;
        let withheld = estimate.withheld().map(ToString::to_string);
        let country = match country {
            Some(country) => indicators.observation(code, country.area, period)?,
            None => None,
        };
        points.push(Point {
            period,
            figure: observation.figure(indicator),
            status: known.status(),
            interval: estimate.interval(),
            how: withheld.unwrap_or_else(|| estimate.method().to_owned()),
            target: match progress.target {
                AgainstTarget::Met { target } | AgainstTarget::NotMet { target } => Some(target),
                AgainstTarget::NoTarget | AgainstTarget::CannotSay { .. } => None,
            },
            country: country.and_then(|told| told.figure(indicator)),
        });
    }
    Ok(Series {
        name: indicator.name.clone(),
        unit: indicator.unit.clone(),
        area: indicators
            .place()
            .axes()
            .localities
            .name(locality)
            .to_owned(),
        country: country.map(|country| country.name.clone()),
        points,
        note: indicator.note.clone(),
        source: indicator.source.clone(),
    })
}

/// Spending of the report's year on activities that are wholly meant for the outcome, beside an
/// indicator. Nothing where the pack names no such activity or states no lag.
fn beside(
    of: &SiteOutcomes<'_>,
    section: &OutcomeSection,
    indicator: &Indicator,
    question: &Question<'_>,
    scope: &ReportScope,
    telling: &dyn Telling,
) -> Result<Option<BesideShown>, ReportError> {
    let indicators = of.indicators;
    let activities = &indicators.place().axes().activities;
    if indicators.lag(&indicator.code)?.is_none() {
        return Ok(None);
    }
    let whole = indicators
        .contributions(&section.code)
        .filter(|contribution| contribution.weight == Decimal::ONE);
    let mut chosen: Vec<_> = whole.map(|contribution| contribution.activity).collect();
    // Other areas can only stand beside it with an activity of which they publish spending.
    let elsewhere = |activity: &_| {
        indicators.areas().iter().any(|area| {
            let years = scope.period.financial_years();
            area.relation != Relation::Subject
                && years.iter().any(|&year| {
                    indicators
                        .spend_elsewhere(*activity, area.area, year)
                        .is_some()
                })
        })
    };
    if let Some(activity) = chosen.iter().copied().find(elsewhere) {
        chosen = vec![activity];
    }
    if chosen.is_empty() {
        return Ok(None);
    }
    let mut asked = question.clone();
    for &activity in &chosen {
        asked = asked.activity(&activities.get(activity).code);
    }
    if let Some(ages) = indicator.ages {
        asked = asked.ages(ages);
    }
    let years = scope.period.financial_years();
    let shown = |found| BesideShown {
        name: indicator.name.clone(),
        activities: (chosen.iter())
            .map(|&activity| activities.get(activity).name.clone())
            .collect(),
        found,
    };
    for &year in &years {
        if !telling.is_open(&asked.clone().period(year))? {
            return Ok(Some(shown(Err("what is spent may not be told".to_owned()))));
        }
    }
    let code = &indicator.code;
    let pairing = match Pairing::new(asked.clone(), indicators, code) {
        Err(LinkageError::AudienceDiffers { .. }) => {
            Pairing::although_people_differ(asked, indicators, code, BY_AGE_ONLY)
        }
        tried => tried,
    };
    let found = pairing
        .and_then(Pairing::lag_of_the_pack)
        .and_then(|pairing| pairing.over(&years, of.confidence));
    Ok(Some(shown(found.map_err(|error| error.to_string()))))
}

const BY_AGE_ONLY: &str = "these pages cut spending by the ages of an indicator and not by its \
    group, because most spending names no group";

/// A figure as a number to draw by.
pub(in crate::report) fn drawn(figure: Decimal) -> f64 {
    figure.to_f64().unwrap_or_default()
}
