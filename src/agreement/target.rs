//! What partners have agreed to reach, and the figures that tell of it.

use crate::axis::{LocalityId, MemberId, Period};
use crate::finding::Position;
use crate::indicator::Polarity;
use crate::statistic::{
    Confidence, Estimate, Interval, Proportion, StatisticError, Withheld, wilson,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::fmt;

/// A target, who leads on it and who helps.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AgreedTarget {
    /// Code of it.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// The partner that leads on it.
    pub lead: MemberId,
    /// The law that names the lead; empty where partners agreed who it is.
    pub named_in_law: String,
    /// Partners that contribute.
    pub contributing: Vec<MemberId>,
    /// Whether it is one of the few in the headline.
    pub is_headline: bool,
    /// By what it is measured.
    pub measure: TargetMeasure,
    /// The period from which it starts, if it has a baseline.
    pub baseline: Option<Period>,
    /// Where it is written down.
    pub source: String,
    /// What must be known of it, in words.
    pub note: String,
    /// What it should have reached by when, in the order of time.
    pub milestones: Vec<Milestone>,
    /// Its figures, in the order of time.
    pub figures: Vec<FigureDue>,
    /// Where it stands in the register.
    pub position: Position,
}

/// By what a target is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TargetMeasure {
    /// An indicator of the pack, in a place of it.
    Indicator {
        /// Its code.
        code: String,
        /// Of which place.
        area: LocalityId,
    },
    /// Figures that are given by hand with their source.
    ByHand {
        /// Which way is good.
        better: Polarity,
        /// What one of it is: `%`, `homes`.
        unit: String,
    },
}

/// What a target should have reached.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Milestone {
    /// In which period.
    pub period: Period,
    /// In the unit of the target.
    pub value: Decimal,
    /// Who set it, and where it is written.
    pub source: String,
}

/// A figure of a target: when it is due, who owes it, and when it came.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FigureDue {
    /// Of which period it tells.
    pub period: Period,
    /// The day by which it should be there.
    pub due: Date,
    /// Who owes it.
    pub owed_by: String,
    /// The day on which it came; `None` where it has not.
    pub received: Option<Date>,
    /// What it says, where it is given by hand.
    pub given: Option<GivenFigure>,
    /// Who says so, and where.
    pub source: String,
    /// Where it stands in the register.
    pub position: Position,
}

/// A figure that is given by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GivenFigure {
    /// A number, with limits where its source gives them.
    Value {
        /// The figure.
        value: Decimal,
        /// The lower and the upper limit, at the confidence of the agreement.
        limits: Option<(Decimal, Decimal)>,
    },
    /// So many people of so many: a percentage.
    Counted {
        /// People of whom it is so.
        number: Decimal,
        /// People who were looked at.
        of: Decimal,
    },
}

impl FigureDue {
    /// Whether it is known at the end of a day.
    #[must_use]
    pub fn is_known(&self, on: Date) -> bool {
        self.received.is_some_and(|day| day <= on)
    }
}

impl GivenFigure {
    /// The figure: per cent where people were counted.
    #[must_use]
    pub fn figure(self) -> Option<Decimal> {
        match self {
            Self::Value { value, .. } => Some(value),
            Self::Counted { number, of } => number
                .checked_mul(Decimal::ONE_HUNDRED)
                .and_then(|number| number.checked_div(of)),
        }
    }

    /// The people that were counted.
    pub(super) fn proportion(self) -> Option<Result<Proportion, StatisticError>> {
        match self {
            Self::Value { .. } => None,
            Self::Counted { number, of } => Some(Proportion::new(float(number), float(of))),
        }
    }

    /// The figure with its interval: as its source gives it, or Wilson's where people were counted.
    ///
    /// # Errors
    ///
    /// [`StatisticError`] where limits or counts cannot be what they are said to be.
    pub fn estimate(self, confidence: Confidence) -> Result<Estimate, StatisticError> {
        match self {
            Self::Value {
                value,
                limits: None,
            } => Ok(Estimate::without_interval(
                float(value),
                confidence,
                "as published",
                Withheld::NoCounts,
            )),
            Self::Value {
                value,
                limits: Some((lower, upper)),
            } => {
                let interval = Interval {
                    lower: float(lower),
                    upper: float(upper),
                };
                Estimate::published(float(value), interval, confidence)
            }
            Self::Counted { number, of } => {
                Ok(wilson(float(number), float(of), confidence)?.times(100.0))
            }
        }
    }
}

/// What statistics compute with; what is no finite number is refused by them.
pub(super) fn float(number: Decimal) -> f64 {
    number.to_f64().unwrap_or(f64::NAN)
}

/// What service users were asked, and what they said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Survey {
    /// Code of the measure: its waves share it.
    pub code: String,
    /// The number of the target that it stands beside, if any.
    pub(super) target: Option<usize>,
    /// Name for people: of a service, and of what its users say.
    pub name: String,
    /// What was asked.
    pub question: String,
    /// When.
    pub period: Period,
    /// The day by which it should be there.
    pub due: Date,
    /// Who owes it.
    pub owed_by: String,
    /// The day on which it came; `None` where it has not.
    pub received: Option<Date>,
    /// What they said, once it came.
    pub answers: Option<Answers>,
    /// Who asked, and how people were chosen.
    pub source: String,
    /// Where it stands in the register.
    pub position: Position,
}

/// What people of a survey said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answers {
    /// People who said so.
    pub number: Decimal,
    /// People who answered.
    pub of: Decimal,
    /// People who were asked; `None` where nobody says.
    pub asked: Option<Decimal>,
    /// By how much the variance is larger than that of a simple random sample: 1 for such a sample.
    pub design_effect: Decimal,
}

/// People who were asked and did not answer, and between what their silence leaves the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NonResponse {
    /// People who were asked.
    pub asked: Decimal,
    /// Of those, who did not answer.
    pub silent: Decimal,
    /// Per cent of all who were asked, if none of the silent would have said so.
    pub lowest_percent: Decimal,
    /// The same if all of them would have.
    pub highest_percent: Decimal,
}

impl fmt::Display for NonResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            asked,
            silent,
            lowest_percent,
            highest_percent,
        } = self;
        match silent.is_zero() {
            true => write!(f, "all {asked} who were asked answered"),
            false => write!(
                f,
                "{silent} of {asked} who were asked did not answer; whatever they would have said, between {lowest_percent}% and {highest_percent}% of all who were asked say so"
            ),
        }
    }
}

impl Answers {
    /// The people who said so of those who answered, as many as a simple random sample would need to know as much.
    ///
    /// # Sources
    ///
    /// Kish L. Survey Sampling. Wiley, 1965. Section 8.2: the effective sample is `n / deff`.
    pub(super) fn proportion(self) -> Result<Proportion, StatisticError> {
        let effect = float(self.design_effect);
        Proportion::new(float(self.number) / effect, float(self.of) / effect)
    }

    /// The percentage who said so, with its interval: Wilson's over the effective sample.
    ///
    /// It says how far chance in who was asked may have moved the figure, and nothing of those who did not answer.
    ///
    /// # Errors
    ///
    /// [`StatisticError`] where more say so than answered.
    pub fn estimate(self, confidence: Confidence) -> Result<Estimate, StatisticError> {
        let proportion = self.proportion()?;
        Ok(wilson(proportion.events(), proportion.people(), confidence)?.times(100.0))
    }

    /// What is known of those who did not answer; nothing where nobody says how many were asked.
    ///
    /// Nothing is adjusted for them: whatever they would have said, the percentage of all who were asked lies between the
    /// two limits, which no assumption makes. An interval of [`Answers::estimate`] is of chance alone, and stands beside.
    ///
    /// # Formula
    ///
    /// ```text
    /// lowest = number / asked,  highest = (number + asked - of) / asked
    /// ```
    ///
    /// # Sources
    ///
    /// Manski CF. Partial Identification of Probability Distributions. Springer, 2003. Chapter 1: the worst-case bounds of a
    /// probability where some outcomes are missing.
    #[must_use]
    pub fn non_response(self) -> Option<NonResponse> {
        let asked = self.asked.filter(|asked| *asked > Decimal::ZERO)?;
        let silent = asked.checked_sub(self.of)?;
        let percent = |people: Decimal| {
            let percent = people
                .checked_mul(Decimal::ONE_HUNDRED)?
                .checked_div(asked)?;
            Some(percent.round_dp(1).normalize())
        };
        Some(NonResponse {
            asked,
            silent,
            lowest_percent: percent(self.number)?,
            highest_percent: percent(self.number.checked_add(silent)?)?,
        })
    }

    /// The percentage of those asked who answered.
    #[must_use]
    pub fn response_percent(self) -> Option<Decimal> {
        let asked = self.asked.filter(|asked| *asked > Decimal::ZERO)?;
        let answered = self.of.checked_mul(Decimal::ONE_HUNDRED)?;
        answered
            .checked_div(asked)
            .map(|percent| percent.round_dp(1))
    }
}
