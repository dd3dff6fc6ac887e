//! For which place something is known: here, only for a larger place, or for nobody.
//!
//! Most outcomes are published for a county and wanted for a town. It is tempting to print the county's
//! figure on the town's page; then 18 towns have the same reoffending, and somebody ranks them. So
//! each indicator of a place says for whom its figure is known, and the page of a place shows as its own
//! only what is.
//!
//! | What is published | On the page of Ludlow |
//! |---|---|
//! | a figure of Ludlow | [`KnownFor::Here`] |
//! | counts of all its parts, which can be added up | [`KnownFor::Rebuilt`] |
//! | a row for Ludlow that is suppressed | [`KnownFor::WithoutFigure`] |
//! | a figure of Shropshire only | [`KnownFor::OnlyFor`], with the county's name beside it |
//! | figures of its parts that cannot be added up, such as medians | [`KnownFor::OnlyForParts`] |
//! | nothing that covers it | [`KnownFor::Nobody`] |
//!
//! [`Latest`] says what was last told; it names the larger place, but neither its code nor what is known of
//! it. That is asked for again here.

use crate::axis::LocalityId;
use crate::disclosure::Shown;
use crate::indicator::{IndicatorError, Indicators, Knowledge, Latest, Status, rounded};
use serde::Serialize;
use std::fmt;

/// One indicator on the page of a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IndicatorShown {
    /// What it last told of the place.
    #[serde(flatten)]
    pub told: Latest,
    /// For which place that is known.
    pub known: KnownFor,
}

/// For which place something is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "for", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum KnownFor {
    /// Published for this very place.
    Here,
    /// Rebuilt for this very place from the counts of its parts.
    Rebuilt {
        /// From how many parts.
        parts: usize,
        /// Of which level.
        level: String,
    },
    /// Published or put together for this very place, and there is no figure: the status of the
    /// indicator says why.
    WithoutFigure,
    /// Known for a larger place only: it says nothing of this one.
    OnlyFor {
        /// Code of the larger place.
        code: String,
        /// Its name.
        name: String,
        /// What is known of the larger place.
        status: Status,
    },
    /// Known for smaller places only, and they cannot be added up.
    OnlyForParts {
        /// The level of those places.
        level: String,
    },
    /// Held for no place that holds this one or lies in it.
    Nobody,
}

impl KnownFor {
    pub(in crate::report) fn of(
        indicators: &Indicators,
        locality: LocalityId,
        told: &Latest,
    ) -> Result<Self, IndicatorError> {
        let Some(period) = told.period else {
            return Ok(Self::Nobody);
        };
        Ok(match indicators.known(&told.indicator, locality, period)? {
            Knowledge::Here(_) | Knowledge::Rebuilt { .. } if told.figure.is_none() => {
                Self::WithoutFigure
            }
            Knowledge::Here(_) => Self::Here,
            Knowledge::Rebuilt { parts, level, .. } => Self::Rebuilt { parts, level },
            Knowledge::OnlyFor {
                locality,
                observation,
            } => {
                let localities = &indicators.place().axes().localities;
                Self::OnlyFor {
                    code: localities.code(locality).to_owned(),
                    name: localities.name(locality).to_owned(),
                    status: observation.status(),
                }
            }
            Knowledge::OnlyForParts { level } => Self::OnlyForParts { level },
            Knowledge::Nowhere => Self::Nobody,
        })
    }
}

impl fmt::Display for KnownFor {
    /// By codes, as open data has it: `here`, `rebuilt from 18 place-plan-area`,
    /// `only for E06000051`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Here => f.pad("here"),
            Self::Rebuilt { parts, level } => write!(f, "rebuilt from {parts} {level}"),
            Self::WithoutFigure => f.pad("without a figure"),
            Self::OnlyFor { code, .. } => write!(f, "only for {code}"),
            Self::OnlyForParts { level } => write!(f, "only for each {level}"),
            Self::Nobody => f.pad("nobody"),
        }
    }
}

impl IndicatorShown {
    /// The figure of the larger place, or the smaller places, for which alone it is known.
    pub(in crate::report) fn elsewhere(&self) -> Option<String> {
        match &self.known {
            KnownFor::OnlyFor { name, status, .. } => {
                let figure = self.told.only_for.as_ref().and_then(|(_, figure)| *figure);
                let figure = figure.map_or_else(|| known_of(*status), rounded);
                Some(format!("{name}: {figure}"))
            }
            KnownFor::OnlyForParts { level } => Some(format!("each {}", in_words(level))),
            _ => None,
        }
    }
}

/// What stands for a figure that is not there.
fn known_of(status: Status) -> String {
    match status {
        Status::Withheld => Shown::CONFIDENTIAL.to_owned(),
        status => status.to_string(),
    }
}

/// `place-plan-area` as `place plan area`.
pub fn in_words(level: &str) -> String {
    level.replace('-', " ")
}
