//! Why a register cannot be opened or asked.

use crate::axis::{AxisError, Suggestions};
use crate::cube::AskError;
use crate::finding::Findings;
use crate::indicator::IndicatorError;
use crate::money::MoneyError;
use crate::statistic::StatisticError;

/// Why a register cannot be opened or asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// The pack names no such register.
    #[error("the pack names none; write `{key} = \"{key}.toml\"` into its `[place]`")]
    NotNamed {
        /// The key of `[place]` that would name it.
        key: &'static str,
    },
    /// Its file could not be read.
    #[error("cannot read {file}: {reason}")]
    Unreadable {
        /// Its name.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// Its file is not TOML, or has a key that no such file has.
    #[error("{file} is not such a register: {reason}")]
    NotARegister {
        /// Its name.
        file: String,
        /// Line, column and reason.
        reason: String,
    },
    /// It has faults; all of them.
    #[error("the register has faults and was not opened\n{0}")]
    Faults(Findings),
    /// Nothing in it has that code.
    #[error("`{found}` is not {what} of this pack{instead}")]
    Unknown {
        /// What was asked for, with its article.
        what: &'static str,
        /// What was written.
        found: String,
        /// What there is in its place.
        instead: Suggestions,
    },
    /// The account is of another pack than the register.
    #[error("the account is of another pack than the register; open both from the same place")]
    AnotherPlace,
    /// The outcomes that the register is measured by do not open, or do not answer.
    #[error(transparent)]
    Outcomes(Box<IndicatorError>),
    /// A method cannot be applied to what the register has.
    #[error(transparent)]
    Statistic(#[from] StatisticError),
    /// A member that the place does not have.
    #[error(transparent)]
    Axis(#[from] AxisError),
    /// A sum beyond what an account can hold.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The account does not answer.
    #[error(transparent)]
    Ask(Box<AskError>),
}

// It is large, and would make every result as large.
impl From<AskError> for RegisterError {
    fn from(error: AskError) -> Self {
        Self::Ask(Box::new(error))
    }
}

impl From<IndicatorError> for RegisterError {
    fn from(error: IndicatorError) -> Self {
        Self::Outcomes(Box::new(error))
    }
}
