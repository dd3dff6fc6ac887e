//! Why a proposal cannot be opened or appraised.

use crate::axis::Suggestions;
use crate::finding::Findings;

/// Why a proposal cannot be opened or appraised.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppraisalError {
    /// The pack names no file of appraisal.
    #[error(
        "the pack names no proposals; write `appraisal = \"appraisal.toml\"` into its `[place]`"
    )]
    NoAppraisal,
    /// The file of appraisal could not be read.
    #[error("cannot read {file}: {reason}")]
    Unreadable {
        /// Its name.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// The file is not TOML, or has a key that no such file has.
    #[error("{file} is not a file of appraisal: {reason}")]
    NotAppraisal {
        /// Its name.
        file: String,
        /// Line, column and reason.
        reason: String,
    },
    /// The proposals have faults; all of them.
    #[error("the proposals have faults and were not opened\n{0}")]
    Faults(Findings),
    /// The scenarios have faults; all of them.
    #[error("the scenarios have faults and were not opened\n{0}")]
    ScenarioFaults(Findings),
    /// There is no proposal of that code.
    #[error("`{found}` is not a proposal of this pack{instead}")]
    Unknown {
        /// What was written.
        found: String,
        /// What there is in its place.
        instead: Suggestions,
    },
    /// There is no scenario of that code.
    #[error("`{found}` is not a scenario of this pack{instead}")]
    UnknownScenario {
        /// What was written.
        found: String,
        /// What there is in its place.
        instead: Suggestions,
    },
    /// A proposal without a year.
    #[error("the proposal counts no year; write `years` of at least 1")]
    NoYears,
    /// The account is of another pack than the proposals.
    #[error("the cube is of another pack than the proposals; build it from the same place")]
    AnotherPlace,
    /// An amount cannot be said in the prices of the proposal.
    #[error(transparent)]
    Price(#[from] crate::price::PriceError),
    /// What is spent on what a proposal affects cannot be asked.
    #[error(transparent)]
    Ask(#[from] crate::cube::AskError),
    /// Moves cannot be added to the account.
    #[error(transparent)]
    Cube(#[from] crate::cube::CubeError),
    /// A boundary that the pack does not have.
    #[error(transparent)]
    Axis(#[from] crate::axis::AxisError),
    /// No settlement leaves everybody whole.
    #[error(transparent)]
    Settlement(#[from] super::settlement::SettlementError),
    /// A sum beyond what an account can hold.
    #[error(transparent)]
    Money(#[from] crate::money::MoneyError),
}
