//! A sum of money as it may be shown: known, zero, nothing recorded, or suppressed.

use crate::cube::Figure;
use crate::money::Pence;
use serde::Serialize;

/// A sum of money as a page, a picture or a file may show it.
///
/// Zero, nothing recorded and suppressed are three things. Every table, picture and file of a
/// report goes through this, so that a rule of disclosure has one place to act on.
///
/// # Example
///
/// ```
/// use wholeplace::money::Pence;
/// use wholeplace::report::Shown;
/// assert_eq!(Shown::Known(Pence::new(-1_250)).to_string(), "-£12.50");
/// assert_eq!(Shown::Suppressed.to_string(), "suppressed");
/// assert_eq!(Shown::Suppressed.pence(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// A sum; negative is income.
    Known(Pence),
    /// Lines are recorded, and they are zero or cancel out.
    RecordedZero,
    /// No line is recorded.
    NothingRecorded,
    /// There is a sum, and it may not be shown.
    Suppressed,
}

impl Shown {
    /// What a figure of an answer shows.
    #[must_use]
    pub fn of(figure: &Figure) -> Self {
        match (figure.amount, figure.lines) {
            (Pence::ZERO, 0) => Self::NothingRecorded,
            (Pence::ZERO, _) => Self::RecordedZero,
            (amount, _) => Self::Known(amount),
        }
    }

    /// What a sum shows that is no figure of an answer: one that was worked out or paid and is known.
    pub(in crate::report) fn of_sum(sum: Pence) -> Self {
        match sum {
            Pence::ZERO => Self::RecordedZero,
            sum => Self::Known(sum),
        }
    }

    /// The sum; none where there is none to show. A recorded zero is a sum.
    #[must_use]
    pub fn pence(self) -> Option<Pence> {
        match self {
            Self::Known(amount) => Some(amount),
            Self::RecordedZero => Some(Pence::ZERO),
            Self::NothingRecorded | Self::Suppressed => None,
        }
    }

    /// The word for it in open data.
    #[must_use]
    pub const fn status(self) -> &'static str {
        match self {
            Self::Known(_) => "value",
            Self::RecordedZero => "zero",
            Self::NothingRecorded => "nothing-recorded",
            Self::Suppressed => "suppressed",
        }
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Known(amount) => amount.fmt(f),
            Self::RecordedZero => Pence::ZERO.fmt(f),
            Self::NothingRecorded => f.pad("nothing recorded"),
            Self::Suppressed => f.pad("suppressed"),
        }
    }
}
