//! The three facts of a target as at a day: never one colour.

use super::agreements::Agreement;
use super::target::{AgreedTarget, FigureDue, GivenFigure, Milestone, TargetMeasure, float};
use crate::axis::Period;
use crate::indicator::{
    AgainstTarget, AgainstValue, Area, Direction, Indicators, Polarity, against,
};
use crate::register::RegisterError;
use crate::statistic::{
    Estimate, Measured, StatisticError, TREND_POINTS, Trend, Withheld, difference_of_estimates,
    difference_of_proportions, trend_of_estimates, trend_of_proportions,
};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What can be said of a target at the end of a day, by what had come until then.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TargetFacts {
    /// Code of the target.
    pub target: String,
    /// The last period of which a figure had come; `None` where none had.
    pub period: Option<Period>,
    /// The figure with its interval.
    pub estimate: Option<Estimate>,
    /// The figure as it is written.
    pub figure: Option<Decimal>,
    /// Fact one: has the milestone of that period been reached?
    pub against_target: AgainstTarget,
    /// Whether the figure differs from the milestone by more than chance.
    pub beyond_chance: AgainstValue,
    /// Fact two: is the change since the baseline more than chance?
    pub change: AgainstValue,
    /// By how much it changed since the baseline, with the interval of the difference.
    pub changed_by: Option<Estimate>,
    /// Fact three: which way have the last five figures gone?
    pub direction: Direction,
    /// The word that the pack's rules give these facts; `None` where no rule fits.
    pub rating: Option<String>,
    /// The next milestone after the period.
    pub next: Option<Milestone>,
}

impl TargetFacts {
    /// The figure as its source writes it, with the interval where there is one.
    #[must_use]
    pub fn figure_in_words(&self) -> String {
        let interval = self.estimate.as_ref().and_then(Estimate::interval);
        let written = self.figure.map(|figure| figure.round_dp(2).normalize());
        match (written, interval) {
            (Some(figure), Some(interval)) => {
                format!("{figure} ({:.1} to {:.1})", interval.lower, interval.upper)
            }
            (Some(figure), None) => figure.to_string(),
            (None, _) => "none".to_owned(),
        }
    }
}

impl Agreement {
    /// The facts of every target, in the order of the pack.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Outcomes`] where an indicator does not answer. What cannot be said for want of figures is no
    /// error: the facts say why.
    pub fn facts(&self, on: Date) -> Result<Vec<TargetFacts>, RegisterError> {
        let all = self.targets.iter();
        all.map(|target| self.facts_of(target, on)).collect()
    }

    fn facts_of(&self, target: &AgreedTarget, on: Date) -> Result<TargetFacts, RegisterError> {
        let last = target.figures.iter().rfind(|one| one.is_known(on));
        let after = |period: Option<Period>| {
            let later = |one: &&Milestone| period.is_none_or(|period| one.period > period);
            target.milestones.iter().find(later).cloned()
        };
        let Some(last) = last else {
            let none = || "no figure has come".to_owned();
            let facts = TargetFacts {
                target: target.code.clone(),
                period: None,
                estimate: None,
                figure: None,
                against_target: AgainstTarget::CannotSay { why: none() },
                beyond_chance: AgainstValue::CannotSay { why: none() },
                change: AgainstValue::CannotSay { why: none() },
                changed_by: None,
                direction: Direction::CannotSay { why: none() },
                rating: None,
                next: after(None),
            };
            return Ok(self.rated(facts));
        };
        let period = last.period;
        let milestone = target.milestones.iter().find(|one| one.period == period);
        let milestone = milestone.map(|one| one.value);
        let better = self.better(target)?;
        let figure = self.figure_of(target, period, on)?;
        let estimate = self.estimate_of(target, period, last)?;
        let changed_by = self.changed_by(target, period, on)?;
        let beyond_chance = match (milestone, &estimate) {
            (None, _) => cannot("there is no milestone for this period"),
            (_, None) => cannot("there is no figure"),
            (Some(value), Some(estimate)) => against(estimate, float(value), better),
        };
        let facts = TargetFacts {
            target: target.code.clone(),
            period: Some(period),
            figure,
            against_target: AgainstTarget::of(figure, milestone, better),
            beyond_chance,
            change: match &changed_by {
                Ok(difference) => against(difference, 0.0, better),
                Err(why) => cannot(why),
            },
            changed_by: changed_by.ok(),
            direction: self.direction(target, period, on, better)?,
            rating: None,
            next: after(Some(period)),
            estimate,
        };
        Ok(self.rated(facts))
    }

    /// The word of the first rule that fits; of a target without a figure too, if a rule says so.
    fn rated(&self, facts: TargetFacts) -> TargetFacts {
        let fits = self
            .ratings
            .iter()
            .find(|rule| rule.fits(&facts.against_target, &facts.change, &facts.direction));
        TargetFacts {
            rating: fits.map(|rule| rule.word.clone()),
            ..facts
        }
    }

    /// Which way is good of a target.
    pub(super) fn better(&self, target: &AgreedTarget) -> Result<Polarity, RegisterError> {
        match (&target.measure, &self.indicators) {
            (TargetMeasure::ByHand { better, .. }, _) => Ok(*better),
            (TargetMeasure::Indicator { code, .. }, Some(indicators)) => {
                Ok(indicators.indicator(code)?.better)
            }
            // Opening refuses an indicator without outcomes.
            (TargetMeasure::Indicator { .. }, None) => Ok(Polarity::Neither),
        }
    }

    /// The figure of a period, if it had come by the end of a day.
    ///
    /// The baseline of a target that an indicator measures was there before the agreement, unless a row says when it
    /// came.
    pub(super) fn figure_of(
        &self,
        target: &AgreedTarget,
        period: Period,
        on: Date,
    ) -> Result<Option<Decimal>, RegisterError> {
        let due = target.figures.iter().find(|one| one.period == period);
        match (&target.measure, &self.indicators) {
            (TargetMeasure::ByHand { .. }, _) => {
                let known = due.filter(|due| due.is_known(on));
                Ok(known.and_then(|due| due.given?.figure()))
            }
            (TargetMeasure::Indicator { code, area }, Some(indicators)) => {
                let is_baseline = target.baseline == Some(period);
                match due.map_or(is_baseline, |due| due.is_known(on)) {
                    true => Ok(indicators.figure(code, Area::Here(*area), period)?),
                    false => Ok(None),
                }
            }
            (TargetMeasure::Indicator { .. }, None) => Ok(None),
        }
    }

    fn estimate_of(
        &self,
        target: &AgreedTarget,
        period: Period,
        due: &FigureDue,
    ) -> Result<Option<Estimate>, RegisterError> {
        match (&target.measure, &self.indicators) {
            (TargetMeasure::ByHand { .. }, _) => {
                let given = due.given.map(|given| given.estimate(self.confidence));
                Ok(given.transpose()?)
            }
            (TargetMeasure::Indicator { code, area }, Some(indicators)) => {
                let area = Area::Here(*area);
                let progress = indicators.progress(code, area, period, self.confidence)?;
                Ok(Some(progress.estimate))
            }
            (TargetMeasure::Indicator { .. }, None) => Ok(None),
        }
    }

    /// The figure less that of the baseline with the interval of the difference, or why there is none.
    ///
    /// Never by whether two intervals overlap: that is no test of a difference.
    fn changed_by(
        &self,
        target: &AgreedTarget,
        period: Period,
        on: Date,
    ) -> Result<Result<Estimate, String>, RegisterError> {
        let Some(baseline) = target.baseline else {
            return Ok(Err("there is no baseline".to_owned()));
        };
        if !period.starts_after(baseline) {
            return Ok(Err("the figure is not later than the baseline".to_owned()));
        }
        match (&target.measure, &self.indicators) {
            (TargetMeasure::ByHand { .. }, _) => {
                let known = |period| {
                    let of = target.figures.iter().find(|one| one.period == period);
                    of.filter(|one| one.is_known(on)).and_then(|one| one.given)
                };
                let (Some(then), Some(now)) = (known(baseline), known(period)) else {
                    return Ok(Err("the figure of the baseline is not there".to_owned()));
                };
                Ok(self
                    .difference(now, then)
                    .map_err(|error| error.to_string()))
            }
            (TargetMeasure::Indicator { code, area }, Some(indicators)) => {
                let effect = indicators.before_and_after(
                    code,
                    Area::Here(*area),
                    baseline,
                    period,
                    self.confidence,
                );
                Ok(effect
                    .map(|effect| effect.change)
                    .map_err(|error| error.to_string()))
            }
            (TargetMeasure::Indicator { .. }, None) => Ok(Err("there is no figure".to_owned())),
        }
    }

    fn difference(&self, now: GivenFigure, then: GivenFigure) -> Result<Estimate, StatisticError> {
        if let (Some(now), Some(then)) = (now.proportion(), then.proportion()) {
            return Ok(difference_of_proportions(now?, then?, self.confidence)?.times(100.0));
        }
        let (first, second) = (
            now.estimate(self.confidence)?,
            then.estimate(self.confidence)?,
        );
        // Counts of homes have no limits: the difference is told, and nothing of chance.
        if let (Some(now), Some(then)) = (first.value(), second.value())
            && (first.interval().is_none() || second.interval().is_none())
        {
            let words = "its figures have no limits".to_owned();
            return Ok(Estimate::without_interval(
                now - then,
                self.confidence,
                "difference",
                Withheld::Because { words },
            ));
        }
        difference_of_estimates(
            Measured::from_limits(&first)?,
            Measured::from_limits(&second)?,
            self.confidence,
        )
    }

    fn direction(
        &self,
        target: &AgreedTarget,
        period: Period,
        on: Date,
        better: Polarity,
    ) -> Result<Direction, RegisterError> {
        match (&target.measure, &self.indicators) {
            (TargetMeasure::ByHand { .. }, _) => {
                let known = target.figures.iter();
                let known: Vec<_> = known
                    .filter(|one| one.period <= period && one.is_known(on))
                    .filter_map(|one| Some((one.period, one.given?)))
                    .collect();
                Ok(match self.trend(&known) {
                    Ok(trend) => Direction::of(trend.direction, better),
                    Err(why) => Direction::CannotSay { why },
                })
            }
            (TargetMeasure::Indicator { code, area }, Some(indicators)) => {
                let area = Area::Here(*area);
                let progress = indicators.progress(code, area, period, self.confidence)?;
                Ok(progress.direction)
            }
            (TargetMeasure::Indicator { .. }, None) => Ok(Direction::CannotSay {
                why: "there is no figure".to_owned(),
            }),
        }
    }

    /// The trend of the last five figures given by hand, or why there is none.
    fn trend(&self, known: &[(Period, GivenFigure)]) -> Result<Trend, String> {
        let first = known.len().checked_sub(TREND_POINTS);
        let points = first.and_then(|first| known.get(first..));
        let points = points.ok_or_else(|| "there are fewer than five figures".to_owned())?;
        let apart = (points.iter().zip(points.iter().skip(1)))
            .all(|((one, _), (next, _))| next.starts_after(*one));
        if !apart {
            return Err("its periods overlap, so its figures are not independent".to_owned());
        }
        let counted: Option<Result<Vec<_>, StatisticError>> = points
            .iter()
            .map(|(period, given)| Some(given.proportion()?.map(|one| (years(*period), one))))
            .collect();
        let trend = match counted {
            Some(counted) => {
                counted.and_then(|counted| trend_of_proportions(&counted, self.confidence))
            }
            None => (points.iter())
                .map(|(period, given)| {
                    let estimate = given.estimate(self.confidence)?;
                    Ok((years(*period), Measured::from_limits(&estimate)?))
                })
                .collect::<Result<Vec<_>, StatisticError>>()
                .and_then(|measured| trend_of_estimates(&measured, self.confidence)),
        };
        trend.map_err(|error| error.to_string())
    }

    /// The indicators that measure targets.
    #[must_use]
    pub fn indicators(&self) -> Option<&Indicators> {
        self.indicators.as_ref()
    }
}

fn cannot(why: &str) -> AgainstValue {
    AgainstValue::CannotSay {
        why: why.to_owned(),
    }
}

/// The start of a period, in years.
fn years(period: Period) -> f64 {
    let day = period.first_day();
    f64::from(day.year()) + f64::from(day.month() - 1) / 12.0
}
