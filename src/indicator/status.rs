//! What is known of a figure, and what is left of that when figures are added.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is known of a published figure. Zero, not collected and suppressed are three things.
///
/// In the order of what they leave known: the status of a sum is the worst of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// It cannot exist here: there is nobody it could be about. In a sum it adds nothing.
    NotApplicable,
    /// Counted, and none.
    Zero,
    /// A figure.
    Value,
    /// A figure that its publisher may still revise.
    Provisional,
    /// A figure that was worked out, not counted.
    Estimated,
    /// Known to the publisher and withheld.
    Suppressed,
    /// Known, and confidential in this release. No pack can say so of a figure.
    #[serde(skip_deserializing)]
    Withheld,
    /// Not published, and the publisher does not say why.
    Unavailable,
    /// Nobody collects it.
    NotCollected,
}

impl Status {
    /// All of them, best known first.
    pub const ALL: [Self; 9] = [
        Self::NotApplicable,
        Self::Zero,
        Self::Value,
        Self::Provisional,
        Self::Estimated,
        Self::Suppressed,
        Self::Withheld,
        Self::Unavailable,
        Self::NotCollected,
    ];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotApplicable => "not applicable",
            Self::Zero => "zero",
            Self::Value => "value",
            Self::Provisional => "provisional",
            Self::Estimated => "estimated",
            Self::Suppressed => "suppressed",
            Self::Withheld => "withheld",
            Self::Unavailable => "not available",
            Self::NotCollected => "not collected",
        }
    }

    /// Whether a figure goes with it.
    #[must_use]
    pub const fn has_figure(self) -> bool {
        matches!(
            self,
            Self::Zero | Self::Value | Self::Provisional | Self::Estimated
        )
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A count with its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The figure; none where the status has none.
    pub figure: Option<Decimal>,
    /// What is known of it.
    pub status: Status,
}

impl Count {
    /// A count that is known.
    #[must_use]
    pub fn known(figure: Decimal) -> Self {
        Self {
            figure: Some(figure),
            status: if figure.is_zero() {
                Status::Zero
            } else {
                Status::Value
            },
        }
    }

    /// A count that is not.
    #[must_use]
    pub fn missing(status: Status) -> Self {
        Self {
            figure: None,
            status,
        }
    }

    /// The sum of counts, with a status that says what the parts leave known.
    ///
    /// A sum with a part that is withheld, not available or not collected is not known, and has
    /// that part's status. Parts that are provisional or estimated make the sum so. Parts to
    /// which it does not apply add nothing. No parts at all are not collected.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::indicator::{Count, Status};
    /// let two = Count::known(2.into());
    /// let none = Count::known(0.into());
    /// assert_eq!(Count::sum([two, none]).figure, Some(2.into()));
    /// let hidden = Count::missing(Status::Suppressed);
    /// assert_eq!(Count::sum([two, hidden]), hidden);
    /// assert_eq!(Count::sum([none, none]).status, Status::Zero);
    /// ```
    #[must_use]
    pub fn sum(parts: impl IntoIterator<Item = Self>) -> Self {
        let parts = parts.into_iter();
        let mut worst: Option<Status> = None;
        let mut figure = Some(Decimal::ZERO);
        for part in parts {
            worst = Some(worst.map_or(part.status, |worst| worst.max(part.status)));
            if part.status.has_figure() {
                figure = match (figure, part.figure) {
                    (Some(sum), Some(more)) => sum.checked_add(more),
                    _ => None,
                };
            }
        }
        match (worst, figure) {
            (None, _) => Self::missing(Status::NotCollected),
            (Some(status), Some(figure)) if status.has_figure() => {
                // Values that cancel out are not a counted zero, but counts cannot cancel out.
                let status = match status {
                    Status::Zero | Status::Value => Self::known(figure).status,
                    worse => worse,
                };
                Self {
                    figure: Some(figure),
                    status,
                }
            }
            (Some(status), _) if !status.has_figure() => Self::missing(status),
            // A sum too large for a decimal is nobody's count.
            (Some(_), _) => Self::missing(Status::Unavailable),
        }
    }
}
