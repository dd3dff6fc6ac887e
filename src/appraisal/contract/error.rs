//! Why a contract cannot be opened, paid or simulated.

use crate::axis::Suggestions;
use crate::finding::Findings;

/// Why a contract cannot be opened, paid or simulated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ContractError {
    /// The file of appraisal, which names the contracts, cannot be used.
    #[error(transparent)]
    Appraisal(#[from] crate::appraisal::AppraisalError),
    /// Contracts, what was counted, or the register have faults; all of them.
    #[error("the contracts have faults and were not opened\n{0}")]
    Faults(Findings),
    /// There is no contract of that code.
    #[error("`{found}` is not a contract of this pack{instead}")]
    Unknown {
        /// What was written.
        found: String,
        /// What there is in its place.
        instead: Suggestions,
    },
    /// What was reported cannot have been; all that is wrong with it.
    #[error("what was reported cannot be paid for\n{0}")]
    Reported(Findings),
    /// A contract that says nothing of what is true cannot be simulated.
    #[error(
        "contract `{contract}` says nothing of what results to expect; add `[[truth]]` for its terms, and `draws` and `seed`"
    )]
    NoTruth {
        /// Its code.
        contract: String,
    },
    /// A tariff cannot be said in the pounds of the year in which it is paid.
    #[error(transparent)]
    Price(#[from] crate::price::PriceError),
    /// Noise that cannot be drawn.
    #[error(transparent)]
    Statistic(#[from] crate::statistic::StatisticError),
    /// An indicator that cannot be asked.
    #[error(transparent)]
    Indicator(#[from] crate::indicator::IndicatorError),
    /// A sum beyond what an account can hold.
    #[error(transparent)]
    Money(#[from] crate::money::MoneyError),
}
