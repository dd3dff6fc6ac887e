//! Why a figure is withheld.

use serde::Serialize;
use std::fmt;

/// Why a figure is withheld.
///
/// Whoever decides keeps it; a release says it only where its policy lets reasons be said, because
/// that a figure rests on few or on one large holder tells of them.
///
/// # Example
///
/// ```
/// use wholeplace::disclosure::Why;
/// assert_eq!(Why::TellsAnother.to_string(), "tells-another");
/// // Secondary, as SDMX has it.
/// assert_eq!(Why::TellsAnother.conf_status(), "D");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Why {
    /// Too few holders stand behind what is not public of it.
    Few,
    /// One or two holders are nearly all of what is not public of it.
    Dominated,
    /// It would tell a measure that is not public, by which it was shared out.
    Driver,
    /// It is a rate of none or of all.
    AllOrNone,
    /// With what is shown it would tell another figure that is withheld.
    TellsAnother,
    /// It rests on the same money that is not public as another figure that is withheld.
    SameAs,
    /// Its publisher withholds it.
    ByPublisher,
    /// Nothing is recorded, and the policy lets nobody see where that is so.
    Empty,
    /// Money that is not public has a part in it, and no rule was tried on it: what is not known to be
    /// safe is not told.
    Untried,
}

impl Why {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Few,
        Self::Dominated,
        Self::Driver,
        Self::AllOrNone,
        Self::TellsAnother,
        Self::SameAs,
        Self::ByPublisher,
        Self::Empty,
        Self::Untried,
    ];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Few => "few",
            Self::Dominated => "dominated",
            Self::Driver => "driver",
            Self::AllOrNone => "all-or-none",
            Self::TellsAnother => "tells-another",
            Self::SameAs => "same-as",
            Self::ByPublisher => "by-publisher",
            Self::Empty => "empty",
            Self::Untried => "untried",
        }
    }

    /// Its code where reasons may be said.
    ///
    /// # Source
    ///
    /// SDMX, code list for confidentiality status (`CL_CONF_STATUS`): `A` primary, small counts; `M`
    /// primary, other concentration (percentages and ratios of the largest holders, which name no number of
    /// them); `D` secondary, set by the sender; `C` confidential.
    #[must_use]
    pub const fn conf_status(self) -> &'static str {
        match self {
            Self::Few | Self::AllOrNone => "A",
            Self::Dominated => "M",
            Self::TellsAnother | Self::SameAs => "D",
            Self::Driver | Self::ByPublisher | Self::Empty | Self::Untried => "C",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
