//! One figure as it was published, or its two counts.

use super::{Count, Indicator, Status, ValueType};
use crate::statistic::{
    Confidence, Estimate, Interval, StatisticError, Withheld, count, crude_rate, wilson,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What is known of an indicator in one area and period.
///
/// A figure may be published as a value, as counts above and below the line, or as both. Where
/// there are counts, intervals are made from them and larger places are rebuilt from them; a
/// published value alone is shown as it is, without an interval.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Observation {
    /// The published value, in the indicator's unit.
    pub value: Option<Count>,
    /// The count above the line.
    pub numerator: Option<Count>,
    /// The count below it.
    pub denominator: Option<Count>,
    /// Published limits.
    pub lower: Option<Decimal>,
    /// Published limits.
    pub upper: Option<Decimal>,
    /// How sure the published limits are meant to be, in the publisher's words: `0.95`.
    pub limits_at: Option<Decimal>,
}

impl Observation {
    /// Takes the figures out, because the pack does not believe them.
    pub(super) fn withdraw(&mut self) {
        *self = Self {
            value: Some(Count::missing(Status::Unavailable)),
            ..Self::default()
        };
    }

    /// What is known of it as a whole.
    #[must_use]
    pub fn status(&self) -> Status {
        if let Some(value) = self.value {
            return value.status;
        }
        match (self.numerator, self.denominator) {
            (None, None) => Status::NotCollected,
            (Some(count), None) | (None, Some(count)) if !count.status.has_figure() => count.status,
            // One count without the other is no figure of a rate.
            (None, Some(_)) => Status::NotCollected,
            (Some(above), None) => above.status,
            (Some(above), Some(below)) => of_ratio(above, below),
        }
    }

    /// The figure in the indicator's unit: as published, or else rebuilt from its counts.
    #[must_use]
    pub fn figure(&self, indicator: &Indicator) -> Option<Decimal> {
        if let Some(value) = self.value {
            return value.figure;
        }
        let above = self.numerator?.figure?;
        match indicator.form {
            ValueType::Count => Some(above),
            _ => {
                let below = self.denominator?.figure?;
                if below <= Decimal::ZERO {
                    return None;
                }
                above
                    .checked_mul(Decimal::from(indicator.per))?
                    .checked_div(below)
            }
        }
    }

    /// The counts above and below the line, where both are known.
    #[must_use]
    pub fn counts(&self) -> Option<(Decimal, Decimal)> {
        Some((self.numerator?.figure?, self.denominator?.figure?))
    }

    /// The published value and what its own counts make, where they differ by more than the
    /// rounding of the published digits.
    pub(super) fn unlike(&self, indicator: &Indicator) -> Option<(Decimal, Decimal)> {
        let published = self.value?.figure?;
        let (above, below) = self.counts()?;
        let counted = matches!(indicator.form, ValueType::Proportion | ValueType::Rate);
        if !counted || below <= Decimal::ZERO {
            return None;
        }
        let made = above
            .checked_mul(Decimal::from(indicator.per))?
            .checked_div(below)?;
        // Half of the last digit, and a little for publishers who round half to even.
        let rounding = Decimal::try_new(51, published.scale().saturating_add(2)).ok()?;
        let apart = published.checked_sub(made)?.abs();
        (apart > rounding).then(|| (published, made.round_dp(published.scale())))
    }

    /// The counts above and below the line; for a proportion published with its denominator
    /// alone, the count above worked out from the rounded value.
    #[must_use]
    pub fn counts_worked_out(&self, indicator: &Indicator) -> Option<(Decimal, Decimal)> {
        self.counts().or_else(|| {
            // A count that is published as withheld is not worked out.
            if self.numerator.is_some() {
                return None;
            }
            let below = self.denominator?.figure?;
            let value = self.value?.figure?;
            let above = value
                .checked_mul(below)?
                .checked_div(Decimal::from(indicator.per))?;
            (indicator.form == ValueType::Proportion).then_some((above, below))
        })
    }

    /// The figure with its interval; where the counts cannot be what they are said to be, none,
    /// with the reason. For tables of many places, of which one must not spoil the rest.
    pub(crate) fn estimate_or_why(
        &self,
        indicator: &Indicator,
        confidence: Confidence,
    ) -> Estimate {
        self.estimate(indicator, confidence)
            .unwrap_or_else(|error| {
                Estimate::withheld_because(
                    confidence,
                    "none",
                    Withheld::Because {
                        words: error.to_string(),
                    },
                )
            })
    }

    /// The figure with its interval, in the indicator's unit.
    ///
    /// | Form | Known | Method |
    /// |---|---|---|
    /// | proportion | both counts | Wilson |
    /// | proportion | published value and denominator | Wilson, with the count above the line worked out from the value, wider by half of its last digit |
    /// | rate | both counts | exact Poisson below 10 events, Byar from 10 |
    /// | count | the count | the same |
    /// | any | published limits at this confidence | as published |
    /// | any | a value alone | no interval |
    ///
    /// # Errors
    ///
    /// [`StatisticError`] when the counts cannot be what they are said to be: a denominator of
    /// zero, more people with the condition than people.
    pub fn estimate(
        &self,
        indicator: &Indicator,
        confidence: Confidence,
    ) -> Result<Estimate, StatisticError> {
        let per = f64::from(indicator.per);
        let status = self.status();
        if !status.has_figure() {
            return Ok(Estimate::withheld_because(
                confidence,
                "none",
                Withheld::Because {
                    words: status.name().to_owned(),
                },
            ));
        }
        if let (Some(value), Some(lower), Some(upper), Some(at)) = (
            self.value.and_then(|value| value.figure),
            self.lower,
            self.upper,
            self.limits_at,
        ) && number(at) == confidence.level()
        {
            let interval = Interval {
                lower: number(lower),
                upper: number(upper),
            };
            return Estimate::published(number(value), interval, confidence);
        }
        let above = self.numerator.and_then(|count| count.figure).map(number);
        let below = self.denominator.and_then(|count| count.figure).map(number);
        let value = self.value.and_then(|value| value.figure).map(number);
        if let (ValueType::Proportion, Some((above, below))) =
            (indicator.form, self.counts_worked_out(indicator))
        {
            let estimate = wilson(number(above), number(below), confidence)?.times(per);
            return Ok(if self.counts().is_some() {
                estimate
            } else {
                // The value may lie half of its last digit away from what was counted.
                let digits = self.value.and_then(|value| value.figure);
                let scale = digits.map_or(0, |figure| figure.scale());
                let half = Decimal::try_new(5, scale.saturating_add(1)).unwrap_or_default();
                estimate
                    .by("Wilson, count worked out from the rounded value")
                    .widened(number(half))
            });
        }
        match (indicator.form, above, below, value) {
            (ValueType::Rate, Some(above), Some(below), _) => {
                crude_rate(above, below, per, confidence)
            }
            (ValueType::Count, Some(above), _, _) => count(above, confidence),
            (ValueType::Count, None, _, Some(value)) => count(value, confidence),
            (_, _, _, Some(value)) => Ok(Estimate::without_interval(
                value,
                confidence,
                "as published",
                Withheld::NoCounts,
            )),
            // A mean of counts, of which nothing says how much single ones differ.
            _ => match self.figure(indicator) {
                Some(figure) => Ok(Estimate::without_interval(
                    number(figure),
                    confidence,
                    "from its counts",
                    Withheld::NoCounts,
                )),
                None => Ok(Estimate::withheld_because(
                    confidence,
                    "none",
                    Withheld::Because {
                        words: "only one of the two counts is known".to_owned(),
                    },
                )),
            },
        }
    }
}

/// What two counts leave known of their ratio.
fn of_ratio(above: Count, below: Count) -> Status {
    // Of nobody nothing can be said, however well nobody was counted.
    let nobody = below.status == Status::NotApplicable
        || below.figure.is_some_and(|figure| figure.is_zero());
    if nobody || above.status == Status::NotApplicable {
        return Status::NotApplicable;
    }
    match above.status.max(below.status) {
        // Counted, and none: whatever the denominator.
        Status::Value if above.status == Status::Zero => Status::Zero,
        status => status,
    }
}

/// A decimal for statistics.
pub(crate) fn number(decimal: Decimal) -> f64 {
    decimal.to_f64().unwrap_or(f64::NAN)
}
