//! Why there is no report.

use crate::appraisal::AppraisalError;
use crate::appraisal::contract::ContractError;
use crate::appraisal::uncertain::UncertainError;
use crate::axis::Suggestions;
use crate::cube::AskError;
use crate::disclosure::DisclosureError;
use crate::families::FamiliesError;
use crate::finding::Findings;
use crate::indicator::IndicatorError;
use crate::linkage::LinkageError;
use crate::register::RegisterError;

/// Why a report could not be made or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// A question of the report has no answer.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// Nobody can say what of an answer may be told.
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
    /// An indicator cannot be told of.
    #[error(transparent)]
    Indicator(#[from] IndicatorError),
    /// Spending and outcomes are not of the same place, or what is spent on one cannot be said.
    #[error(transparent)]
    Linkage(#[from] LinkageError),
    /// A proposal cannot be appraised.
    #[error(transparent)]
    Appraisal(#[from] Box<AppraisalError>),
    /// A proposal cannot be drawn.
    #[error(transparent)]
    Uncertain(#[from] Box<UncertainError>),
    /// A contract cannot be paid or drawn.
    #[error(transparent)]
    Contract(#[from] Box<ContractError>),
    /// A register of the place cannot be asked.
    #[error(transparent)]
    Register(#[from] Box<RegisterError>),
    /// What families cost cannot be said.
    #[error(transparent)]
    Families(#[from] FamiliesError),
    /// An earlier release cannot be read, or may not be held against this one.
    #[error("{reason}")]
    Earlier {
        /// What is there, and what to do.
        reason: String,
    },
    /// An earlier release is not as it was released, or its reasons have faults; all of them.
    #[error("the earlier release, or what is said of why it changed, has faults:\n{0}")]
    EarlierFaults(Findings),
    /// A locality that the report does not tell of.
    #[error(
        "`{code}` is {name}, of the level {level}, and the report tells of each {wanted}{instead}"
    )]
    OfAnotherLevel {
        /// Code of the locality.
        code: String,
        /// Its name.
        name: String,
        /// Its level.
        level: Box<str>,
        /// The level of the report.
        wanted: Box<str>,
        /// The places of that level.
        instead: Box<Suggestions>,
    },
    /// The digits of a sum that is withheld stand in files of a release.
    #[error(
        "nothing is released: the digits of a sum that is withheld stand in {}; if they are those of another figure \
         by chance, leave that figure out, and tell us which page it is",
        crate::text::list(files, 0)
    )]
    Digits {
        /// The files.
        files: Vec<String>,
    },
    /// The report could not be written as CSV or JSON.
    #[error("the report could not be written as {format}: {reason}")]
    Write {
        /// CSV or JSON.
        format: &'static str,
        /// Why.
        reason: String,
    },
}
