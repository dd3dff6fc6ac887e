//! What each indicator last told of a place: the headline first, the rest behind.

use super::area::Area;
use super::knowledge::Knowledge;
use super::{Indicator, IndicatorError, Indicators, Progress, Status};
use crate::axis::{LocalityId, Period};
use crate::statistic::Confidence;
use crate::table::{Align, Table};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

/// What one indicator last told of one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Latest {
    /// Code of the indicator.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Code of the outcome it tells of.
    pub outcome: Option<String>,
    /// Whether it stands in the headline of its outcome.
    pub headline: bool,
    /// The last period with a figure, or with anything published.
    pub period: Option<Period>,
    /// What is known of this place.
    pub status: Status,
    /// The figure of this place.
    pub figure: Option<Decimal>,
    /// From how many parts it was rebuilt, and of which level.
    pub rebuilt_from: Option<(usize, String)>,
    /// Where it is known only for a larger place: that place, and its figure, which is not this
    /// place's.
    pub only_for: Option<(String, Option<Decimal>)>,
    /// Where it is known only for smaller places, and they cannot be added up: their level.
    pub only_for_parts: Option<String>,
    /// A newer period that is published without a figure, and why: for this place, or for the
    /// larger place whose figure is told.
    pub newer: Option<(Period, Status)>,
    /// What can be said of this place's figure.
    pub progress: Option<Progress>,
    /// Who owes the figure.
    pub owed_by: String,
}

impl Indicators {
    /// What each indicator last told of a place, in the order of the pack.
    ///
    /// # Errors
    ///
    /// None that a place and its own indicators can give; those of the parts are passed on.
    pub fn told(
        &self,
        locality: LocalityId,
        confidence: Confidence,
    ) -> Result<Vec<Latest>, IndicatorError> {
        self.indicators()
            .iter()
            .map(|indicator| self.last_told(indicator, locality, confidence))
            .collect()
    }

    fn last_told(
        &self,
        indicator: &Indicator,
        locality: LocalityId,
        confidence: Confidence,
    ) -> Result<Latest, IndicatorError> {
        let code = &indicator.code;
        let headline = indicator.outcome.as_ref().is_some_and(|outcome| {
            let outcome = self.outcomes().iter().find(|other| other.code == *outcome);
            outcome.is_some_and(|outcome| outcome.headline.contains(code))
        });
        let mut told = Latest {
            indicator: code.clone(),
            name: indicator.name.clone(),
            unit: indicator.unit.clone(),
            outcome: indicator.outcome.clone(),
            headline,
            period: None,
            status: Status::NotCollected,
            figure: None,
            rebuilt_from: None,
            only_for: None,
            only_for_parts: None,
            newer: None,
            progress: None,
            owed_by: self.owner_name(indicator),
        };
        // The place's own last figure; else the last of a larger place, or of smaller ones; else
        // what was last published without a figure.
        let mut best: Option<(u8, Period, Knowledge)> = None;
        // The newest period without a figure: of this place, and of a larger one.
        let (mut here, mut larger) = (None, None);
        for period in self.periods(code)?.into_iter().rev() {
            let known = self.known(code, locality, period)?;
            let (observation, of, far) = match &known {
                Knowledge::Here(own)
                | Knowledge::Rebuilt {
                    observation: own, ..
                } => (Some(own), &mut here, 0),
                Knowledge::OnlyFor { observation, .. } => (Some(observation), &mut larger, 1),
                Knowledge::OnlyForParts { .. } => (None, &mut larger, 1),
                Knowledge::Nowhere => continue,
            };
            let distance = match observation {
                Some(observation) if observation.figure(indicator).is_none() => {
                    of.get_or_insert((period, observation.status()));
                    // That a figure of this place is confidential says more than that of a larger one.
                    match observation.status() {
                        Status::Withheld => 1,
                        _ => 2,
                    }
                }
                _ => far,
            };
            if best.as_ref().is_none_or(|(other, ..)| distance < *other) {
                best = Some((distance, period, known));
            }
            if distance == 0 {
                break;
            }
        }
        let Some((distance, period, known)) = best else {
            return Ok(told);
        };
        // Only beside an older figure is it news that the newest is not shown.
        let newest = if distance == 0 {
            here
        } else {
            here.max(larger)
        };
        told.newer = newest.filter(|(newer, _)| *newer > period);
        told.period = Some(period);
        told.status = known.status();
        told.figure = known
            .observation()
            .and_then(|observation| observation.figure(indicator));
        match &known {
            Knowledge::OnlyFor {
                locality,
                observation,
            } => {
                let name = self.locality_name(*locality).to_owned();
                told.only_for = Some((name, observation.figure(indicator)));
            }
            Knowledge::Rebuilt { parts, level, .. } => {
                told.rebuilt_from = Some((*parts, level.clone()));
            }
            Knowledge::OnlyForParts { level } => told.only_for_parts = Some(level.clone()),
            Knowledge::Here(_) | Knowledge::Nowhere => {}
        }
        if known.observation().is_some() {
            let progress = self.progress(code, Area::Here(locality), period, confidence)?;
            told.progress = Some(progress);
        }
        Ok(told)
    }

    /// The headline of each outcome as a table: figure, and the three facts side by side.
    ///
    /// # Errors
    ///
    /// As [`Indicators::told`].
    pub fn headline_table(
        &self,
        locality: LocalityId,
        confidence: Confidence,
    ) -> Result<Table, IndicatorError> {
        let mut table = Table::new(format!(
            "What changed for people in {}: the headline, {confidence} intervals",
            self.locality_name(locality)
        ));
        table.column("indicator", Align::Left);
        table.column("period", Align::Left);
        table.column("figure", Align::Right);
        table.column("interval", Align::Left);
        table.column("since before", Align::Right);
        let told = self.told(locality, confidence)?;
        let targets = told.iter().any(|told| {
            let progress = told.progress.as_ref();
            progress.is_some_and(|progress| progress.target != super::AgainstTarget::NoTarget)
        });
        if targets {
            table.column("target", Align::Left);
            table.column("beside target", Align::Left);
        }
        table.column("direction", Align::Left);
        table.column("forecast", Align::Left);
        for outcome in self.outcomes() {
            let own = told
                .iter()
                .filter(|told| told.headline && told.outcome.as_ref() == Some(&outcome.code));
            table.row([outcome.name.to_uppercase()]);
            for told in own {
                table.row(headline_cells(told, targets));
            }
        }
        if targets {
            table.note(
                "Target, significance and direction are three facts; none stands for another.",
            );
        } else {
            table.note("No targets are set for these periods.");
        }
        for note in self.notes() {
            table.note(note);
        }
        Ok(table)
    }
}

impl Latest {
    /// The figure of this place, marked where it may still be revised or was worked out.
    pub(crate) fn figure_in_words(&self) -> Option<String> {
        Some(figure_in_words(self.figure?, self.status))
    }

    /// The period of the figure, and the newer one that has none.
    pub(crate) fn period_in_words(&self) -> Option<String> {
        let period = self.period?;
        Some(match self.newer {
            Some((newer, status)) => format!("{period} ({newer} {status})"),
            None => period.to_string(),
        })
    }

    /// Its interval.
    pub(crate) fn interval_in_words(&self) -> Option<String> {
        let interval = self.progress.as_ref()?.estimate.interval()?;
        Some(interval.in_words())
    }

    /// The change since the period before, with its sign.
    pub(crate) fn change_in_words(&self) -> Option<String> {
        let (_, change) = self.progress.as_ref()?.change?;
        let change = two_decimals(change).normalize();
        Some(match (change.is_zero(), change.is_sign_negative()) {
            (true, _) => "0".to_owned(),
            (false, true) => change.to_string(),
            (false, false) => format!("+{change}"),
        })
    }
}

/// A figure as it was published, with at most two decimals.
pub(crate) fn rounded(figure: Decimal) -> String {
    two_decimals(figure).to_string()
}

fn two_decimals(figure: Decimal) -> Decimal {
    figure.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// The same, marked where it may still be revised or was worked out.
pub(crate) fn figure_in_words(figure: Decimal, status: Status) -> String {
    let figure = rounded(figure);
    match status {
        Status::Provisional | Status::Estimated => format!("{figure} ({status})"),
        _ => figure,
    }
}

fn headline_cells(told: &Latest, targets: bool) -> Vec<String> {
    let dash = || "–".to_owned();
    let mut cells = vec![
        format!("{} ({})", told.name, told.unit),
        told.period_in_words().unwrap_or_else(dash),
    ];
    match (&told.only_for, told.figure) {
        (Some((larger, _)), _) => cells.push(format!("only for {larger}")),
        (None, None) if told.only_for_parts.is_some() => {
            let level = told.only_for_parts.as_deref().unwrap_or_default();
            cells.push(format!("only for each {level}"));
        }
        (None, Some(_)) => cells.push(told.figure_in_words().unwrap_or_else(dash)),
        (None, None) => cells.push(told.status.to_string()),
    }
    let Some(progress) = &told.progress else {
        return cells;
    };
    cells.push(told.interval_in_words().unwrap_or_else(dash));
    cells.push(told.change_in_words().unwrap_or_else(dash));
    if targets {
        cells.push(progress.target.to_string());
        cells.push(match &progress.target {
            super::AgainstTarget::NoTarget => dash(),
            _ => progress.significance.to_string(),
        });
    }
    cells.push(progress.direction.to_string());
    cells.push(progress.curve.to_string());
    cells
}
