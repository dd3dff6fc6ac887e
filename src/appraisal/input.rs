//! The figures of a proposal that somebody had to judge, by name.

use crate::price::PriceYear;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What of an effect is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfEffect {
    /// How many people enter, in the first year that any do; later years move with it.
    People,
    /// The share of them who take part.
    Engaged,
    /// The share of those who stay.
    Retained,
    /// Events for each of them in a year, without the proposal.
    Base,
    /// By which part of these it is less.
    Impact,
    /// Or events less for each of them.
    Points,
    /// The share that would have happened anyway.
    Deadweight,
    /// The share that only moves elsewhere.
    Displacement,
    /// The share that is due to this proposal.
    DueToUs,
    /// The share that is due to others.
    DueToOthers,
}

impl OfEffect {
    /// As a proposal writes it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Engaged => "engaged",
            Self::Retained => "retained",
            Self::Base => "base",
            Self::Impact => "impact",
            Self::Points => "points",
            Self::Deadweight => "deadweight",
            Self::Displacement => "displacement",
            Self::DueToUs => "due_to_us",
            Self::DueToOthers => "due_to_others",
        }
    }

    /// Whether it is a share of a whole.
    #[must_use]
    pub fn is_share(self) -> bool {
        !matches!(self, Self::People | Self::Base | Self::Points)
    }
}

/// A figure of a proposal that somebody had to judge.
///
/// Prints as people find it in the file: `incidents.impact`, `unit value CR8.0.1`, `cost of
/// shropshire-council in 2017-18`, `cash share of incidents for nhs`; where costs of one payer and year are in
/// pounds of several years, `cost of shropshire-council in 2017-18, in pounds of 2010-11`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub enum Input {
    /// A figure of an effect.
    Effect {
        /// Its code.
        effect: String,
        /// Which of its figures.
        of: OfEffect,
    },
    /// Pounds for an event, in the prices of its own year, wherever the proposal uses it.
    UnitValue {
        /// Its code.
        code: String,
    },
    /// What one payer pays in one year, in pounds as stated; several rows in pounds of the same year move
    /// together.
    Cost {
        /// The payer.
        partner: String,
        /// Its year.
        year: PriceYear,
        /// In the pounds of which year, where its costs of that year are stated in those of several; nothing
        /// where all of them are in the same.
        prices: Option<PriceYear>,
    },
    /// How much of what an effect saves a bearer becomes cash.
    CashShare {
        /// The effect.
        effect: String,
        /// The bearer, as unit values name it.
        bearer: String,
    },
}

impl Input {
    /// Whether it is a share of a whole; other inputs are numbers from 0 up.
    #[must_use]
    pub fn is_share(&self) -> bool {
        match self {
            Self::Effect { of, .. } => of.is_share(),
            Self::CashShare { .. } => true,
            Self::UnitValue { .. } | Self::Cost { .. } => false,
        }
    }

    /// Whether it is in pounds.
    #[must_use]
    pub fn is_pounds(&self) -> bool {
        matches!(self, Self::UnitValue { .. } | Self::Cost { .. })
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&match self {
            Self::Effect { effect, of } => format!("{effect}.{}", of.key()),
            Self::UnitValue { code } => format!("unit value {code}"),
            Self::Cost {
                partner,
                year,
                prices: None,
            } => format!("cost of {partner} in {year}"),
            Self::Cost {
                partner,
                year,
                prices: Some(prices),
            } => format!("cost of {partner} in {year}, in pounds of {prices}"),
            Self::CashShare { effect, bearer } => format!("cash share of {effect} for {bearer}"),
        })
    }
}
