//! Why caseloads cannot be opened or told.

use crate::cube::AskError;
use crate::disclosure::DisclosureError;
use crate::money::MoneyError;
use crate::register::RegisterError;

/// Why caseloads cannot be opened or told.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FamiliesError {
    /// The register does not open.
    #[error(transparent)]
    Register(Box<RegisterError>),
    /// The policy of publication does not open, and without one nothing of people is counted.
    #[error(transparent)]
    Disclosure(Box<DisclosureError>),
    /// The policy says nothing of counts of people.
    #[error(
        "the policy of publication says nothing of counts of people; write a `[[counts]]` with `indicators = \
         \"unpublished\"` into it"
    )]
    NoRule,
    /// The account does not answer.
    #[error(transparent)]
    Ask(Box<AskError>),
    /// A sum beyond what an account can hold.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl From<RegisterError> for FamiliesError {
    fn from(error: RegisterError) -> Self {
        Self::Register(Box::new(error))
    }
}

impl From<DisclosureError> for FamiliesError {
    fn from(error: DisclosureError) -> Self {
        Self::Disclosure(Box::new(error))
    }
}

impl From<AskError> for FamiliesError {
    fn from(error: AskError) -> Self {
        Self::Ask(Box::new(error))
    }
}
