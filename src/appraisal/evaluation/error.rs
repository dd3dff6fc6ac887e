//! Why what was seen cannot be held against what was promised.

/// Why what was seen cannot be held against what was promised.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluationError {
    /// The proposal itself cannot be worked out, or an amount cannot be said in its prices.
    #[error(transparent)]
    Appraisal(#[from] crate::appraisal::AppraisalError),
    /// Counts so extreme that no interval can be computed.
    #[error("in {year}, what was counted of `{effect}` cannot be used: {fault}")]
    Counts {
        /// Of which effect.
        effect: String,
        /// Of which year.
        year: crate::price::PriceYear,
        /// What is wrong.
        fault: crate::statistic::StatisticError,
    },
    /// An effect names an indicator that the pack does not have.
    #[error("effect `{effect}` names an indicator that cannot be asked: {fault}")]
    Indicator {
        /// Of which effect.
        effect: String,
        /// What is wrong.
        fault: crate::indicator::IndicatorError,
    },
    /// A contract that cannot pay for what was reported.
    #[error(transparent)]
    Contract(#[from] crate::appraisal::contract::ContractError),
}
