//! What may leave: nothing is rendered that was not released.
//!
//! Rules of disclosure (small counts, dominance, secondary suppression, audit) have their place
//! here. Until they exist there is one way to release something: for internal use, with a reason
//! that is printed on every page.

pub mod pattern;

use crate::finding::plain;
use serde::Serialize;

/// Something that may be shown, with the terms on which it may.
///
/// Reports take only released values, so that nothing reaches a page by a way around this module.
///
/// # Example
///
/// ```
/// use wholeplace::disclosure::Released;
/// let released = Released::for_internal_use("a table", "for the finance officers' group")?;
/// assert_eq!(released.terms(), "For internal use: for the finance officers' group.");
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Released<T> {
    terms: String,
    value: T,
}

/// Why something was not released.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DisclosureError {
    /// No reason was given.
    #[error("nothing is released without a reason; say who will see it and what for")]
    NoReason,
}

impl<T> Released<T> {
    /// Releases a value to people who may see everything, for a reason that is shown with it.
    ///
    /// No rule is applied: small counts and single payees stay visible.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::NoReason`] when the reason is empty.
    pub fn for_internal_use(value: T, reason: &str) -> Result<Self, DisclosureError> {
        let reason = reason.trim().trim_end_matches('.');
        if reason.is_empty() {
            return Err(DisclosureError::NoReason);
        }
        Ok(Self {
            terms: plain(&format!("For internal use: {reason}.")).into_owned(),
            value,
        })
    }

    /// The terms on which it may be shown; printed on every page.
    #[must_use]
    pub fn terms(&self) -> &str {
        &self.terms
    }

    /// The value.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.value
    }
}
