//! Target, significance and direction of travel: three facts, never one colour; and whether the
//! curve is turned.

use super::area::Area;
use super::definition::{ForecastMethod, Indicator, Polarity};
use super::observation::{Observation, number};
use super::{IndicatorError, Indicators, ValueType};
use crate::axis::Period;
use crate::statistic::{
    self, Confidence, Estimate, Interval, Measured, Proportion, StatisticError, TREND_POINTS,
    forecast_level, forecast_linear_trend, trend_of_estimates, trend_of_proportions,
};
use rust_decimal::Decimal;
use serde::Serialize;
use std::fmt;

/// How a figure stands to its target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum AgainstTarget {
    /// Nobody set one for this period.
    NoTarget,
    /// On it, or on its good side.
    Met {
        /// The target.
        target: Decimal,
    },
    /// On its bad side.
    NotMet {
        /// The target.
        target: Decimal,
    },
    /// Why it cannot be said.
    CannotSay {
        /// In words.
        why: String,
    },
}

/// Whether a figure differs from a fixed value by more than chance.
///
/// The value is outside the figure's interval, or it is not. Two figures that both have
/// intervals are not compared like this, but by the interval of their difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum AgainstValue {
    /// The whole interval is on the good side.
    Better,
    /// The whole interval is on the bad side.
    Worse,
    /// The whole interval is above it, and neither side is good.
    Higher,
    /// The whole interval is below it, and neither side is good.
    Lower,
    /// The value lies in the interval.
    NoMoreThanChance,
    /// Why it cannot be said.
    CannotSay {
        /// In words.
        why: String,
    },
}

/// Which way an indicator has gone over its last points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Direction {
    /// A significant trend in the good direction.
    Improving,
    /// A significant trend in the bad direction.
    Worsening,
    /// A significant rise, and neither direction is good.
    Rising,
    /// A significant fall, and neither direction is good.
    Falling,
    /// No trend beyond chance.
    NoSignificantTrend,
    /// Why it cannot be said.
    CannotSay {
        /// In words.
        why: String,
    },
}

/// Whether the curve is turned: the figure beats the forecast of what would have happened if
/// nothing had changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum AgainstForecast {
    /// The pack makes no forecast, or this period is part of its history.
    NoForecast,
    /// Outside the forecast's interval, in the good direction.
    Turned,
    /// Inside it.
    AsForecast,
    /// Outside it, in the bad direction.
    WorseThanForecast,
    /// Why it cannot be said.
    CannotSay {
        /// In words.
        why: String,
    },
}

/// What can be said of one indicator in one place and period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Progress {
    /// The figure with its interval.
    pub estimate: Estimate,
    /// The change since the period before, in the indicator's unit, and that period. It says
    /// nothing about chance.
    pub change: Option<(Period, Decimal)>,
    /// Fact one: is the target met?
    pub target: AgainstTarget,
    /// Fact two: is the difference from the target more than chance?
    pub significance: AgainstValue,
    /// Fact three: which way has it been going?
    pub direction: Direction,
    /// What the forecast said.
    pub forecast: Option<Estimate>,
    /// Is the curve turned?
    pub curve: AgainstForecast,
}

impl Indicators {
    /// What can be said of an indicator in an area and period: target, significance, direction,
    /// and whether the curve is turned.
    ///
    /// The direction is that of the last five periods up to this one, which must follow one
    /// another without overlap and without a break that the pack names. Proportions with counts
    /// are tested by Cochran-Armitage; anything else needs intervals.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::Unknown`]. What cannot be said, for want of data or because counts
    /// cannot be what they are said to be, is no error: the facts say why.
    pub fn progress(
        &self,
        code: &str,
        area: Area,
        period: Period,
        confidence: Confidence,
    ) -> Result<Progress, IndicatorError> {
        let index = self.number(code)?;
        let indicator = &self.indicators[index as usize];
        let observation = self.held(index, area, period).unwrap_or_default();
        let figure = observation.figure(indicator);
        let estimate = observation.estimate_or_why(indicator, confidence);
        let target = self.targets.get(&(index, area, period));
        let history = self.history(index, area);
        let (forecast, curve) = self.curve(index, &history, period, figure, confidence);
        Ok(Progress {
            change: self.change(index, &history, period, figure),
            target: AgainstTarget::of(figure, target.map(|target| target.value), indicator.better),
            significance: match target {
                None => AgainstValue::CannotSay {
                    why: "there is no target".to_owned(),
                },
                Some(target) => against(&estimate, number(target.value), indicator.better),
            },
            direction: self.direction(index, history, period, confidence),
            forecast,
            curve,
            estimate,
        })
    }

    /// Whether an area's figure differs from a fixed value, such as the country's, by more than
    /// chance.
    ///
    /// # Errors
    ///
    /// As [`Indicators::progress`].
    pub fn against_value(
        &self,
        code: &str,
        area: Area,
        period: Period,
        value: Decimal,
        confidence: Confidence,
    ) -> Result<AgainstValue, IndicatorError> {
        let index = self.number(code)?;
        let indicator = &self.indicators[index as usize];
        let observation = self.held(index, area, period).unwrap_or_default();
        let estimate = observation.estimate_or_why(indicator, confidence);
        Ok(against(&estimate, number(value), indicator.better))
    }

    /// The figure of an area in a period, in the indicator's unit: as it is published, or put together from the counts
    /// of all its parts.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::Unknown`].
    pub fn figure(
        &self,
        code: &str,
        area: Area,
        period: Period,
    ) -> Result<Option<Decimal>, IndicatorError> {
        let index = self.number(code)?;
        let indicator = &self.indicators[index as usize];
        let held = self.held(index, area, period);
        Ok(held.and_then(|held| held.figure(indicator)))
    }

    /// What is held of an area in each period, in order.
    fn history(&self, index: u32, area: Area) -> Vec<(Period, Observation)> {
        let mut periods: Vec<Period> = (self.observations[index as usize].keys())
            .map(|&(period, _)| period)
            .collect();
        periods.dedup();
        periods
            .into_iter()
            .filter_map(|period| Some((period, self.held(index, area, period)?)))
            .collect()
    }

    fn change(
        &self,
        index: u32,
        history: &[(Period, Observation)],
        period: Period,
        figure: Option<Decimal>,
    ) -> Option<(Period, Decimal)> {
        let indicator = &self.indicators[index as usize];
        let earlier = |(at, _): &&(Period, Observation)| period.starts_after(*at);
        let &(before, ref then) = history.iter().rfind(earlier)?;
        if self.broken(index, before, period).is_some() {
            return None;
        }
        let then = then.figure(indicator)?;
        Some((before, figure?.checked_sub(then)?))
    }

    /// The first break of a series that starts after one period has started and not after another
    /// has, and why.
    pub(crate) fn break_between(
        &self,
        code: &str,
        after: Period,
        until: Period,
    ) -> Result<Option<(Period, &str)>, IndicatorError> {
        Ok(self.broken(self.number(code)?, after, until))
    }

    fn broken(&self, index: u32, after: Period, until: Period) -> Option<(Period, &str)> {
        let (after, until) = (after.first_month(), until.first_month());
        let breaks = self.breaks.get(&index).map_or(&[][..], Vec::as_slice);
        let between = |(at, _): &&(Period, String)| {
            let at = at.first_month();
            after < at && at <= until
        };
        let found = breaks.iter().find(between);
        found.map(|(at, why)| (*at, why.as_str()))
    }

    fn direction(
        &self,
        index: u32,
        history: Vec<(Period, Observation)>,
        period: Period,
        confidence: Confidence,
    ) -> Direction {
        let indicator = &self.indicators[index as usize];
        let points: Vec<(Period, Observation)> = history
            .into_iter()
            .filter(|(at, observation)| *at <= period && observation.status().has_figure())
            .collect();
        let cannot = |why: &str| Direction::CannotSay {
            why: why.to_owned(),
        };
        let Some(first) = points.len().checked_sub(TREND_POINTS) else {
            return cannot("there are fewer than five figures");
        };
        let points = &points[first..];
        for pair in points.windows(2) {
            let (one, next) = (pair[0].0, pair[1].0);
            if !next.starts_after(one) {
                return cannot("its periods overlap, so its figures are not independent");
            }
            if self.broken(index, one, next).is_some() {
                return cannot("the series breaks among its last five figures");
            }
        }
        let trend = trend(indicator, points, confidence);
        match trend {
            Ok(trend) => Direction::of(trend.direction, indicator.better),
            Err(Some(error)) => cannot(&error.to_string()),
            Err(None) => cannot("no counts published"),
        }
    }

    fn curve(
        &self,
        index: u32,
        history: &[(Period, Observation)],
        period: Period,
        figure: Option<Decimal>,
        confidence: Confidence,
    ) -> (Option<Estimate>, AgainstForecast) {
        let indicator = &self.indicators[index as usize];
        let Some(forecast) = self.forecasts.get(&index) else {
            return (None, AgainstForecast::NoForecast);
        };
        if !period.starts_after(forecast.history) {
            return (None, AgainstForecast::NoForecast);
        }
        let cannot = |why: &str| AgainstForecast::CannotSay {
            why: why.to_owned(),
        };
        if self.broken(index, forecast.history, period).is_some() {
            return (None, cannot("the series breaks after the history begins"));
        }
        let history: Vec<(f64, f64)> = history
            .iter()
            .filter(|(at, _)| forecast.history.contains(*at))
            .filter_map(|(at, told)| Some((years(*at), number(told.figure(indicator)?))))
            .collect();
        let expected = match forecast.method {
            ForecastMethod::LinearTrend => {
                forecast_linear_trend(&history, years(period), confidence)
            }
            ForecastMethod::Level => forecast_level(&history, years(period), confidence),
        };
        let expected = match expected {
            Ok(expected) => expected,
            Err(error) => return (None, cannot(&error.to_string())),
        };
        let Some(figure) = figure.map(number) else {
            return (Some(expected), cannot("there is no figure"));
        };
        let Some(Interval { lower, upper }) = expected.interval() else {
            let why = expected.withheld().map(ToString::to_string);
            return (
                Some(expected),
                cannot(&why.unwrap_or_else(|| "the forecast has no interval".to_owned())),
            );
        };
        // The good end of the interval, the bad one, and the best that can be.
        let per = f64::from(indicator.per);
        let (good, bad, best) = match indicator.better {
            Polarity::Lower => (lower, upper, indicator.is_of_counts().then_some(0.0)),
            Polarity::Higher => {
                let share = indicator.form == ValueType::Proportion;
                (upper, lower, share.then_some(per))
            }
            Polarity::Neither => return (Some(expected), cannot("neither direction is good")),
        };
        let lower_is_better = indicator.better == Polarity::Lower;
        let beats = |one: f64, other: f64| {
            if lower_is_better {
                one < other
            } else {
                one > other
            }
        };
        let can_be = |end: f64| best.is_none_or(|best| !beats(end, best));
        let curve = if beats(bad, figure) && can_be(bad) {
            AgainstForecast::WorseThanForecast
        } else if !can_be(good) {
            // Nothing could have been better than such an end.
            cannot("the forecast's interval reaches beyond what can be")
        } else if beats(figure, good) {
            AgainstForecast::Turned
        } else {
            AgainstForecast::AsForecast
        };
        (Some(expected), curve)
    }
}

/// The trend of points, or why there is none; no reason means no counts and no limits.
fn trend(
    indicator: &Indicator,
    points: &[(Period, Observation)],
    confidence: Confidence,
) -> Result<statistic::Trend, Option<StatisticError>> {
    if indicator.form == ValueType::Proportion {
        let counted: Option<Vec<_>> = points
            .iter()
            .map(|(at, observation)| Some((years(*at), observation.counts()?)))
            .collect();
        if let Some(counted) = counted {
            let proportions: Result<Vec<_>, _> = counted
                .into_iter()
                .map(|(at, (above, below))| {
                    Ok((at, Proportion::new(number(above), number(below))?))
                })
                .collect();
            return trend_of_proportions(&proportions.map_err(Some)?, confidence).map_err(Some);
        }
    }
    let mut measured = Vec::with_capacity(points.len());
    for (at, observation) in points {
        let estimate = observation.estimate(indicator, confidence).map_err(Some)?;
        if estimate.interval().is_none() {
            return Err(None);
        }
        let point = Measured::from_limits(&estimate).map_err(Some)?;
        measured.push((years(*at), point));
    }
    trend_of_estimates(&measured, confidence).map_err(Some)
}

/// The start of a period, in years.
fn years(period: Period) -> f64 {
    let day = period.first_day();
    f64::from(day.year()) + f64::from(day.month() - 1) / 12.0
}

impl AgainstTarget {
    /// How a figure stands to a target, where the one and the other are known.
    pub(crate) fn of(figure: Option<Decimal>, target: Option<Decimal>, better: Polarity) -> Self {
        let Some(target) = target else {
            return Self::NoTarget;
        };
        let cannot = |why: &str| Self::CannotSay {
            why: why.to_owned(),
        };
        let met = match (figure, better) {
            (None, _) => return cannot("there is no figure"),
            (_, Polarity::Neither) => return cannot("neither direction is good"),
            (Some(figure), Polarity::Lower) => figure <= target,
            (Some(figure), Polarity::Higher) => figure >= target,
        };
        if met {
            Self::Met { target }
        } else {
            Self::NotMet { target }
        }
    }
}

impl Direction {
    /// Which way a trend goes where one direction is good.
    pub(crate) fn of(trend: statistic::TrendDirection, better: Polarity) -> Self {
        match (trend, better) {
            (statistic::TrendDirection::NoSignificantTrend, _) => Self::NoSignificantTrend,
            (statistic::TrendDirection::Rising, Polarity::Higher)
            | (statistic::TrendDirection::Falling, Polarity::Lower) => Self::Improving,
            (statistic::TrendDirection::Rising, Polarity::Lower)
            | (statistic::TrendDirection::Falling, Polarity::Higher) => Self::Worsening,
            (statistic::TrendDirection::Rising, Polarity::Neither) => Self::Rising,
            (statistic::TrendDirection::Falling, Polarity::Neither) => Self::Falling,
        }
    }
}

/// Where an interval lies beside a value.
pub(crate) fn against(estimate: &Estimate, value: f64, better: Polarity) -> AgainstValue {
    let Some(Interval { lower, upper }) = estimate.interval() else {
        let why = estimate
            .withheld()
            .map_or_else(|| "there is no interval".to_owned(), ToString::to_string);
        return AgainstValue::CannotSay { why };
    };
    match (lower > value, upper < value, better) {
        (false, false, _) => AgainstValue::NoMoreThanChance,
        (true, _, Polarity::Higher) | (_, true, Polarity::Lower) => AgainstValue::Better,
        (true, _, Polarity::Lower) | (_, true, Polarity::Higher) => AgainstValue::Worse,
        (true, _, Polarity::Neither) => AgainstValue::Higher,
        (_, true, Polarity::Neither) => AgainstValue::Lower,
    }
}

impl fmt::Display for AgainstTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTarget => f.pad("no target"),
            Self::Met { target } => write!(f, "target {target} met"),
            Self::NotMet { target } => write!(f, "target {target} not met"),
            Self::CannotSay { why } => write!(f, "cannot say: {why}"),
        }
    }
}

impl fmt::Display for AgainstValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Better => f.pad("better, beyond chance"),
            Self::Worse => f.pad("worse, beyond chance"),
            Self::Higher => f.pad("higher, beyond chance"),
            Self::Lower => f.pad("lower, beyond chance"),
            Self::NoMoreThanChance => f.pad("no more than chance"),
            Self::CannotSay { why } => write!(f, "cannot say: {why}"),
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Improving => f.pad("improving"),
            Self::Worsening => f.pad("worsening"),
            Self::Rising => f.pad("rising"),
            Self::Falling => f.pad("falling"),
            Self::NoSignificantTrend => f.pad("no trend beyond chance"),
            Self::CannotSay { why } => write!(f, "cannot say: {why}"),
        }
    }
}

impl fmt::Display for AgainstForecast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoForecast => f.pad("no forecast"),
            Self::Turned => f.pad("the curve is turned"),
            Self::AsForecast => f.pad("as forecast"),
            Self::WorseThanForecast => f.pad("worse than forecast"),
            Self::CannotSay { why } => write!(f, "cannot say: {why}"),
        }
    }
}
