//! By how much an outcome changed, how good the evidence is, and what may be said of it.

use super::LinkageError;
use super::grade::EvidenceGrade;
use crate::axis::Period;
use crate::indicator::{Area, Indicator, Indicators, Polarity, Relation, ValueType, number};
use crate::statistic::{
    BeforeAndAfter, Confidence, Estimate, Interval, Measured, Proportion, StatisticError,
    difference_in_differences_of_proportions, difference_of_estimates, difference_of_proportions,
};
use rust_decimal::Decimal;
use serde::Serialize;
use std::fmt;

/// How an effect was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "design", rename_all = "kebab-case")]
pub enum Design {
    /// The same place before and after.
    BeforeAndAfter,
    /// Two places at one time.
    TwoPlaces {
        /// The other place.
        other: String,
    },
    /// A place before and after, less what happened in a comparison area.
    ComparisonArea {
        /// The other place.
        other: String,
    },
}

/// A change or difference in an outcome, with the grade of its evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// Code of the indicator.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// Name of the place.
    pub place: String,
    /// The first period.
    pub before: Period,
    /// The second; the same as the first where two places are compared.
    pub after: Period,
    /// How it was looked for.
    pub design: Design,
    /// Later less earlier, this place less the other, in the indicator's unit.
    pub change: Estimate,
    /// How good the evidence is.
    pub grade: EvidenceGrade,
    /// Which way is good.
    pub better: Polarity,
    /// For so many people the unit is given.
    per: u32,
    /// Gaps between the place and its comparison area in earlier periods: they moved alike only
    /// if these are alike.
    pub gaps_before: Vec<(Period, Decimal)>,
}

impl Indicators {
    /// By how much an indicator changed between two periods (grade 1).
    ///
    /// Proportions with counts are compared by Newcombe's interval of the difference; anything
    /// else needs intervals of its own.
    ///
    /// # Errors
    ///
    /// [`LinkageError::NoCounts`] when a figure has neither counts nor limits; unknown codes.
    pub fn before_and_after(
        &self,
        code: &str,
        area: Area,
        before: Period,
        after: Period,
        confidence: Confidence,
    ) -> Result<Effect, LinkageError> {
        let indicator = self.indicator(code)?;
        self.one_after_the_other(code, before, after)?;
        let change = difference(
            indicator,
            &Figure::of(self, indicator, area, after, confidence)?,
            &Figure::of(self, indicator, area, before, confidence)?,
            confidence,
        )?;
        Ok(Effect {
            design: Design::BeforeAndAfter,
            gaps_before: Vec::new(),
            ..self.effect(indicator, area, before, after, change, EvidenceGrade::One)
        })
    }

    /// By how much an indicator differs between two places at one time (grade 1).
    ///
    /// # Errors
    ///
    /// As [`Indicators::before_and_after`].
    pub fn two_places(
        &self,
        code: &str,
        area: Area,
        other: Area,
        period: Period,
        confidence: Confidence,
    ) -> Result<Effect, LinkageError> {
        let indicator = self.indicator(code)?;
        self.apart(area, other)?;
        let change = difference(
            indicator,
            &Figure::of(self, indicator, area, period, confidence)?,
            &Figure::of(self, indicator, other, period, confidence)?,
            confidence,
        )?;
        Ok(Effect {
            design: Design::TwoPlaces {
                other: self.area_name(other).to_owned(),
            },
            gaps_before: Vec::new(),
            ..self.effect(indicator, area, period, period, change, EvidenceGrade::One)
        })
    }

    /// By how much more an indicator changed here than in a comparison area: difference in
    /// differences (grade 3).
    ///
    /// # Errors
    ///
    /// As [`Indicators::before_and_after`].
    pub fn against_comparison_area(
        &self,
        code: &str,
        area: Area,
        other: Area,
        before: Period,
        after: Period,
        confidence: Confidence,
    ) -> Result<Effect, LinkageError> {
        let indicator = self.indicator(code)?;
        self.one_after_the_other(code, before, after)?;
        self.apart(area, other)?;
        let figure = |area, period| Figure::of(self, indicator, area, period, confidence);
        let (here_before, here_after) = (figure(area, before)?, figure(area, after)?);
        let (there_before, there_after) = (figure(other, before)?, figure(other, after)?);
        let per = f64::from(indicator.per);
        let change = match (&here_before, &here_after, &there_before, &there_after) {
            (
                Figure::Counted(here_before),
                Figure::Counted(here_after),
                Figure::Counted(there_before),
                Figure::Counted(there_after),
            ) => difference_in_differences_of_proportions(
                BeforeAndAfter {
                    before: *here_before,
                    after: *here_after,
                },
                BeforeAndAfter {
                    before: *there_before,
                    after: *there_after,
                },
                confidence,
            )?
            .times(per),
            _ => {
                let here = difference(indicator, &here_after, &here_before, confidence)?;
                let there = difference(indicator, &there_after, &there_before, confidence)?;
                difference_of_estimates(
                    Measured::from_limits(&here)?,
                    Measured::from_limits(&there)?,
                    confidence,
                )?
            }
        };
        let mut gaps_before = Vec::new();
        for period in self.periods(code)? {
            if period > before {
                break;
            }
            let value = |area| -> Result<Option<Decimal>, LinkageError> {
                let known = self.known_of(code, area, period)?;
                Ok(known.observation().and_then(|told| told.figure(indicator)))
            };
            if let (Some(here), Some(there)) = (value(area)?, value(other)?)
                && let Some(gap) = here.checked_sub(there)
            {
                gaps_before.push((period, gap));
            }
        }
        Ok(Effect {
            design: Design::ComparisonArea {
                other: self.area_name(other).to_owned(),
            },
            gaps_before,
            ..self.effect(indicator, area, before, after, change, EvidenceGrade::Three)
        })
    }

    /// Two periods of which the second starts after the first has ended, in one unbroken series.
    fn one_after_the_other(
        &self,
        code: &str,
        before: Period,
        after: Period,
    ) -> Result<(), LinkageError> {
        if !after.starts_after(before) {
            return Err(LinkageError::NotOneAfterTheOther { before, after });
        }
        match self.break_between(code, before, after)? {
            None => Ok(()),
            Some((at, why)) => Err(LinkageError::SeriesBreaks {
                indicator: code.to_owned(),
                at,
                why: why.to_owned(),
            }),
        }
    }

    /// Two areas of which neither lies in the other.
    fn apart(&self, area: Area, other: Area) -> Result<(), LinkageError> {
        let compared = |wanted: Area| self.areas().iter().find(|area| area.area == wanted);
        let localities = &self.place().axes().localities;
        let leaves = |area: Area| match area {
            Area::Here(locality) => Some(localities.leaves(locality)),
            Area::Elsewhere(_) => compared(area).and_then(|area| area.leaves.as_ref()),
        };
        let around = |area: Area| {
            let relation = compared(area).map(|area| area.relation);
            matches!(relation, Some(Relation::Region | Relation::Country))
        };
        let shared = match (leaves(area), leaves(other)) {
            (Some(one), Some(other)) => !one.is_disjoint(other),
            _ => false,
        };
        if area == other || shared || around(area) || around(other) {
            return Err(LinkageError::NotApart {
                area: self.area_name(area).to_owned(),
                other: self.area_name(other).to_owned(),
            });
        }
        Ok(())
    }

    fn effect(
        &self,
        indicator: &Indicator,
        area: Area,
        before: Period,
        after: Period,
        change: Estimate,
        grade: EvidenceGrade,
    ) -> Effect {
        Effect {
            indicator: indicator.code.clone(),
            name: indicator.name.clone(),
            place: self.area_name(area).to_owned(),
            before,
            after,
            design: Design::BeforeAndAfter,
            change,
            grade,
            better: indicator.better,
            per: indicator.per,
            gaps_before: Vec::new(),
        }
    }
}

/// A figure that can be compared: counts, or an estimate with an interval.
enum Figure {
    Counted(Proportion),
    Estimated(Estimate),
}

impl Figure {
    fn of(
        indicators: &Indicators,
        indicator: &Indicator,
        area: Area,
        period: Period,
        confidence: Confidence,
    ) -> Result<Self, LinkageError> {
        let known = indicators.known_of(&indicator.code, area, period)?;
        let observation = known.observation().cloned().unwrap_or_default();
        if let (ValueType::Proportion, Some((above, below))) =
            (indicator.form, observation.counts())
        {
            return Ok(Self::Counted(Proportion::new(
                number(above),
                number(below),
            )?));
        }
        let estimate = observation.estimate(indicator, confidence)?;
        if estimate.interval().is_none() {
            return Err(LinkageError::NoCounts {
                indicator: indicator.code.clone(),
                area: indicators.area_name(area).to_owned(),
                period,
            });
        }
        Ok(Self::Estimated(estimate))
    }

    fn estimate(
        &self,
        indicator: &Indicator,
        confidence: Confidence,
    ) -> Result<Estimate, LinkageError> {
        Ok(match self {
            Self::Estimated(estimate) => estimate.clone(),
            Self::Counted(counts) => {
                crate::statistic::wilson(counts.events(), counts.people(), confidence)?
                    .times(f64::from(indicator.per))
            }
        })
    }
}

/// The first less the second, in the indicator's unit.
fn difference(
    indicator: &Indicator,
    first: &Figure,
    second: &Figure,
    confidence: Confidence,
) -> Result<Estimate, LinkageError> {
    if let (Figure::Counted(first), Figure::Counted(second)) = (first, second) {
        let difference = difference_of_proportions(*first, *second, confidence)?;
        return Ok(difference.times(f64::from(indicator.per)));
    }
    let measured = |figure: &Figure| -> Result<Measured, LinkageError> {
        Ok(Measured::from_limits(
            &figure.estimate(indicator, confidence)?,
        )?)
    };
    Ok(difference_of_estimates(
        measured(first)?,
        measured(second)?,
        confidence,
    )?)
}

impl Effect {
    /// The change in the good direction, for so many people: 2 percentage points of 500 people
    /// are 10. Nothing where neither direction is good.
    ///
    /// # Errors
    ///
    /// [`StatisticError`] when `people` is not above zero.
    pub fn improvement_among(&self, people: f64) -> Result<Option<Estimate>, StatisticError> {
        let people = crate::statistic::denominator("people", people)?;
        let sign = match self.better {
            Polarity::Higher => 1.0,
            Polarity::Lower => -1.0,
            Polarity::Neither => return Ok(None),
        };
        Ok(Some(self.change.times(sign * people / f64::from(self.per))))
    }

    /// Whether the interval leaves nothing out: no change at all is possible.
    #[must_use]
    pub fn is_no_more_than_chance(&self) -> bool {
        self.change
            .interval()
            .is_none_or(|interval| interval.contains(0.0))
    }
}

impl fmt::Display for Effect {
    /// What was found, in the words that belong to its grade.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, interval) = match (self.change.value(), self.change.interval()) {
            (Some(value), Some(interval)) => (value, interval),
            _ => {
                write!(f, "{} in {}: {}", self.name, self.place, self.change)?;
                return match self.change.withheld() {
                    Some(why) => {
                        write!(f, " (no interval: {why}). The design is of {}.", self.grade)
                    }
                    None => Ok(()),
                };
            }
        };
        let Interval { lower, upper } = interval;
        match &self.design {
            Design::BeforeAndAfter => write!(
                f,
                "{} in {} changed by {value:+.1} from {} to {}",
                self.name, self.place, self.before, self.after
            )?,
            Design::TwoPlaces { other } => write!(
                f,
                "{} in {} is {value:+.1} beside {other} in {}",
                self.name, self.place, self.after
            )?,
            Design::ComparisonArea { other } => write!(
                f,
                "{} in {} changed by {value:+.1} more than in {other} from {} to {}",
                self.name, self.place, self.before, self.after
            )?,
        }
        write!(
            f,
            " ({} interval {lower:+.1} to {upper:+.1}). ",
            self.change.confidence()
        )?;
        if self.is_no_more_than_chance() {
            return write!(
                f,
                "That is no more than chance may make: nothing may be said of a change. The \
                 design is of {}.",
                self.grade
            );
        }
        write!(
            f,
            "Evidence: {}. {}",
            self.grade,
            self.grade.what_may_be_said()
        )
    }
}
