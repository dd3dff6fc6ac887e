//! What observed people are compared with, and what evidence that makes.

use crate::linkage::EvidenceGrade;

/// What is counted of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// People who have it: each counts once.
    People,
    /// Events, of which one person may have several.
    Events,
}

impl Counted {
    /// Both.
    pub const ALL: [Self; 2] = [Self::People, Self::Events];

    /// As a table writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Events => "events",
        }
    }
}

/// How a comparison group came about. Whoever counted says it: counts do not show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Design {
    /// Other people beside, as they are.
    Beside,
    /// Other people, with counts that allow for how they differ.
    Adjusted,
    /// Both groups counted before and after: difference-in-differences.
    Before,
    /// Who was in which group was as good as chance: an instrument, a cut-off.
    Natural,
    /// Chance decided it.
    Randomised,
}

impl Design {
    /// All of them, the weakest first.
    pub const ALL: [Self; 5] = [
        Self::Beside,
        Self::Adjusted,
        Self::Before,
        Self::Natural,
        Self::Randomised,
    ];

    /// As a table writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Beside => "beside",
            Self::Adjusted => "adjusted",
            Self::Before => "before",
            Self::Natural => "natural",
            Self::Randomised => "randomised",
        }
    }

    /// The grade that such a comparison can have at most, as What Works Growth scores it. How well it was done is not
    /// seen here, and may lower it.
    #[must_use]
    pub fn grade(self) -> EvidenceGrade {
        match self {
            Self::Beside => EvidenceGrade::One,
            Self::Adjusted => EvidenceGrade::Two,
            Self::Before => EvidenceGrade::Three,
            Self::Natural => EvidenceGrade::Four,
            Self::Randomised => EvidenceGrade::Five,
        }
    }
}
