//! A sum of money as it may be shown: known, zero, nothing recorded, or withheld.

use super::why::Why;
use crate::cube::Figure;
use crate::money::Pence;
use serde::Serialize;

/// A sum of money as a page, a picture or a file may show it.
///
/// Zero, nothing recorded and withheld are three things. Every table, picture and file of a
/// report goes through this, so that a rule of disclosure has one place to act on.
///
/// # Example
///
/// ```
/// use wholeplace::disclosure::Why;
/// use wholeplace::money::Pence;
/// use wholeplace::report::Shown;
/// assert_eq!(Shown::Known(Pence::new(-1_250)).to_string(), "-£12.50");
/// assert_eq!(Shown::Withheld(Why::Few).to_string(), "[c]");
/// assert_eq!(Shown::Withheld(Why::Few).status(), "withheld");
/// assert_eq!(Shown::Withheld(Why::Few).pence(), None);
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
    /// There is a sum, and it may not be shown. Why is not written with it.
    Withheld(#[serde(skip)] Why),
}

impl Shown {
    /// What stands for a sum that is withheld: the shorthand of government statistics in tables for
    /// what is confidential.
    ///
    /// # Source
    ///
    /// Government Analysis Function, "Using symbols and shorthand in spreadsheets".
    pub const CONFIDENTIAL: &'static str = "[c]";

    /// What a figure of an answer shows where everything may be shown.
    #[must_use]
    pub fn of(figure: &Figure) -> Self {
        match (figure.amount, figure.lines) {
            (Pence::ZERO, 0) => Self::NothingRecorded,
            (Pence::ZERO, _) => Self::RecordedZero,
            (amount, _) => Self::Known(amount),
        }
    }

    /// What a sum shows that is no figure of an answer: one that was worked out or paid and is known.
    pub(crate) fn of_sum(sum: Pence) -> Self {
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
            Self::NothingRecorded | Self::Withheld(_) => None,
        }
    }

    /// The sum, zero where nothing is recorded; none where it is withheld.
    #[must_use]
    pub fn told(self) -> Option<Pence> {
        match self {
            Self::Withheld(_) => None,
            shown => Some(shown.pence().unwrap_or_default()),
        }
    }

    /// Whether there is a sum that may not be shown.
    #[must_use]
    pub const fn is_withheld(self) -> bool {
        matches!(self, Self::Withheld(_))
    }

    /// Why it is withheld, where it is.
    #[must_use]
    pub const fn why(self) -> Option<Why> {
        match self {
            Self::Withheld(why) => Some(why),
            _ => None,
        }
    }

    /// The word for it in open data.
    #[must_use]
    pub const fn status(self) -> &'static str {
        match self {
            Self::Known(_) => "value",
            Self::RecordedZero => "zero",
            Self::NothingRecorded => "nothing-recorded",
            Self::Withheld(_) => "withheld",
        }
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Known(amount) => amount.fmt(f),
            Self::RecordedZero => Pence::ZERO.fmt(f),
            Self::NothingRecorded => f.pad("nothing recorded"),
            Self::Withheld(_) => f.pad(Self::CONFIDENTIAL),
        }
    }
}
