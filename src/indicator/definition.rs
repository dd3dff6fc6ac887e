//! Outcomes and the indicators that tell of them.

use super::Years;
use crate::axis::{Ages, MemberId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A condition of people in the place that partners want, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// Code by which indicators and questions name it.
    pub code: String,
    /// `Fewer young people reoffend`.
    pub name: String,
    /// The shared priority it belongs to, in words; may be empty.
    pub priority: String,
    /// The partner that leads on it.
    pub lead: Option<MemberId>,
    /// Partners that contribute.
    pub contributing: Vec<MemberId>,
    /// Indicators of the headline, in the order of the pack: no more than the pack allows.
    pub headline: Vec<String>,
}

/// How an activity is meant to help an outcome. A contribution, never a cause.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contribution {
    /// Code of the outcome.
    pub outcome: String,
    /// The activity; all below it are meant too.
    pub activity: MemberId,
    /// The part of the activity's spending that is meant for this outcome, 0 to 1.
    pub weight: rust_decimal::Decimal,
    /// Who decided the weight, and why. A weight is always judgement.
    pub judgement: String,
    /// How spending there is meant to help.
    pub how: String,
}

/// Of whom an indicator tells: of everybody in a place, or of the people a service serves.
///
/// Friedman's two accountabilities: no single body answers for a population; a service answers
/// for its own customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accountability {
    /// A population indicator: a condition of all people of some kind in a place.
    Population,
    /// A performance measure of one partner's service.
    Performance {
        /// What it asks.
        asks: MeasureKind,
        /// The partner whose service it is.
        partner: MemberId,
        /// The service.
        activity: MemberId,
    },
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(format!("`{text}` is none of {}", [$($text),+].join(", "))),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(match self { $(Self::$variant => $text,)+ })
            }
        }
    };
}

words! {
    /// The three questions of performance accountability.
    MeasureKind {
        /// How much did we do?
        HowMuch = "how-much",
        /// How well did we do it?
        HowWell = "how-well",
        /// Is anyone better off?
        BetterOff = "better-off",
    }
}

words! {
    /// Which way is good.
    Polarity {
        /// A lower value is better.
        Lower = "lower",
        /// A higher value is better.
        Higher = "higher",
        /// Neither: demand, need or context.
        Neither = "neither",
    }
}

words! {
    /// What kind of number it is: what may be summed, and what interval fits.
    ValueType {
        /// Events or people: may be summed over places that do not overlap.
        Count = "count",
        /// People with the condition, of all who could have it.
        Proportion = "proportion",
        /// Events for so many people; one person may have several.
        Rate = "rate",
        /// An average.
        Mean = "mean",
        /// A score that somebody built.
        Index = "index",
        /// A position in an order.
        Rank = "rank",
    }
}

words! {
    /// What "reoffending rate" means; the word alone may mean any of these.
    Reoffending {
        /// Of all in the cohort, the share who reoffend.
        Binary = "binary",
        /// Reoffences for each person who reoffends. Fewer reoffenders can raise it.
        PerReoffender = "per-reoffender",
        /// Reoffences for each person in the cohort.
        PerOffender = "per-offender",
    }
}

impl Reoffending {
    /// In words that cannot be mistaken.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Binary => "share of the cohort who reoffend",
            Self::PerReoffender => "reoffences for each reoffender",
            Self::PerOffender => "reoffences for each offender in the cohort",
        }
    }
}

/// Who owes the figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A partner of the place.
    Partner(MemberId),
    /// A publisher that is no partner.
    Publisher(String),
}

/// An indicator: what is measured, of whom, how, and by whom.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Indicator {
    /// Code by which questions name it.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Code of the outcome it tells of, if any fits.
    pub outcome: Option<String>,
    /// Of whom it tells.
    pub accountability: Accountability,
    /// Which way is good.
    pub better: Polarity,
    /// What kind of number.
    pub form: ValueType,
    /// The number of people (or whatever the denominator counts) for which a proportion or rate is given: 100, 100,000. One for
    /// anything else.
    pub per: u32,
    /// The unit, in words.
    pub unit: String,
    /// What is counted above the line, in words.
    pub numerator: String,
    /// What is counted below it.
    pub denominator: String,
    /// The ages it is about; all when `None`.
    pub ages: Option<Ages>,
    /// The client group it is about.
    pub group: Option<MemberId>,
    /// The level at which it is published.
    pub level: String,
    /// What a bare year means.
    pub years: Years,
    /// Who owes the figure.
    pub owner: Owner,
    /// The partner that leads on it.
    pub lead: Option<MemberId>,
    /// Partners that contribute.
    pub contributing: Vec<MemberId>,
    /// Publisher, edition.
    pub source: String,
    /// Which of its meanings a measure of reoffending has.
    pub reoffending: Option<Reoffending>,
    /// A caution; may be empty.
    pub note: String,
}

impl Indicator {
    /// Whether it is built from counts, so that it can be rebuilt for a larger place.
    #[must_use]
    pub fn is_of_counts(&self) -> bool {
        matches!(
            self.form,
            ValueType::Count | ValueType::Proportion | ValueType::Rate
        )
    }
}

/// How long after spending an outcome answers to it. Never without a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lag {
    /// Months from the start of the spending to the start of the year in which the outcome's
    /// period must start.
    pub months: u16,
    /// Why.
    pub why: String,
}

/// The forecast of what would happen if nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forecast {
    /// How the history is carried on.
    pub method: ForecastMethod,
    /// The history: observations of periods wholly within this one.
    pub history: crate::axis::Period,
    /// Who chose it, and why.
    pub judgement: String,
}

words! {
    /// How a history is carried on.
    ForecastMethod {
        /// A straight line through it.
        LinearTrend = "linear-trend",
        /// Its mean.
        Level = "level",
    }
}

/// Where a figure ought to be known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Expected {
    /// At each locality of this level.
    pub level: String,
    /// The first period.
    pub first: crate::axis::Period,
    /// The last.
    pub last: crate::axis::Period,
}
