//! What the indicators of a proposal's effects say of its place, from its first year on.

use super::EvaluationError;
use crate::appraisal::Appraisal;
use crate::axis::Period;
use crate::indicator::{Indicators, Status};
use rust_decimal::Decimal;

/// One figure of an indicator that an effect names: of everybody in the place, so that it shows no effect by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Indicated {
    /// The effect.
    pub effect: String,
    /// Name of the indicator.
    pub indicator: String,
    /// Of which period.
    pub period: Period,
    /// Whether it is of a time before the proposal's first year: the last such, to begin with.
    pub is_before: bool,
    /// What is known of the place of the proposal itself.
    pub status: Status,
    /// The figure of that place, in the unit of the indicator.
    pub figure: Option<Decimal>,
}

impl Appraisal<'_> {
    /// The last figure before the first year and every later one, of each effect that names an indicator. A figure that
    /// is published for a larger place only is no figure of this one.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Indicator`] where an effect names one that the pack does not have.
    pub fn indicated(&self, indicators: &Indicators) -> Result<Vec<Indicated>, EvaluationError> {
        let mut told = Vec::new();
        let first = self.proposal.first_year.period();
        for effect in &self.proposal.effects {
            let Some(code) = &effect.indicator else {
                continue;
            };
            let wrong = |fault| EvaluationError::Indicator {
                effect: effect.code.clone(),
                fault,
            };
            let indicator = indicators.indicator(code).map_err(wrong)?;
            let periods = indicators.periods(code).map_err(wrong)?;
            let is_before = |period: &Period| {
                period.intersection(first).is_none() && !period.starts_after(first)
            };
            let last_before = periods.iter().rposition(is_before).unwrap_or(0);
            for &period in periods.iter().skip(last_before) {
                let known = indicators
                    .known(code, self.proposal.locality, period)
                    .map_err(wrong)?;
                let observation = known.observation();
                told.push(Indicated {
                    effect: effect.code.clone(),
                    indicator: indicator.name.clone(),
                    period,
                    is_before: is_before(&period),
                    status: known.status(),
                    figure: observation.and_then(|observation| observation.figure(indicator)),
                });
            }
        }
        Ok(told)
    }
}
