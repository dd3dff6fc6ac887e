//! What may leave: nothing is rendered that was not released.
//!
//! Rules of disclosure (small counts, dominance, secondary suppression, audit) have their place
//! here. Until they exist there is one way to release something: for internal use, with a reason
//! that is printed on every page.

mod why;
mod shown;
mod figure;
mod telling;
pub mod pattern;

pub use figure::{Aspect, ToldFigure};
pub use shown::Shown;
pub use telling::{Everything, Telling, ToldAnswer, ToldRow, Which};
pub use why::Why;

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
    /// What may be said of reasons, where it was released under a policy.
    #[serde(skip)]
    under: Option<Say>,
    value: T,
}

/// What a release under a policy says of why a figure is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Say {
    /// That it is confidential, and no more: a reason tells of who stands behind a figure.
    Confidential,
    /// Why.
    Why,
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
            under: None,
            value,
        })
    }

    /// Releases a value on the terms of a policy. Whoever calls it has proved that nothing in the value tells
    /// what the policy withholds.
    #[allow(dead_code, reason = "by this the gate releases what it has proved")]
    pub(crate) fn under_policy(value: T, terms: &str, say: Say) -> Self {
        Self {
            terms: plain(terms).into_owned(),
            under: Some(say),
            value,
        }
    }

    /// What is said of why a figure is withheld; nothing for internal use, where none is under a policy.
    #[must_use]
    pub fn says(&self) -> Option<Say> {
        self.under
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
