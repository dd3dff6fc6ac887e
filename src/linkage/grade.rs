//! How good the evidence for an effect is, and the words that belong to it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The Maryland Scientific Methods Scale, as What Works Centre for Local Economic Growth scores
/// it.
///
/// Other bodies grade otherwise (some put difference-in-differences at 4); these grades are
/// that centre's, and are shown with its name.
///
/// # Sources
///
/// What Works Centre for Local Economic Growth. Guide to scoring evidence using the Maryland
/// Scientific Methods Scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceGrade {
    /// 1: before and after, or places beside one another, without controls.
    One,
    /// 2: the same with adequate control variables.
    Two,
    /// 3: a comparison group before and after: difference-in-differences, panels, matching.
    Three,
    /// 4: chance-like variation: instruments, discontinuities.
    Four,
    /// 5: randomised.
    Five,
}

impl EvidenceGrade {
    /// The number on the scale.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
            Self::Four => 4,
            Self::Five => 5,
        }
    }

    /// What may be said at this grade.
    #[must_use]
    pub const fn what_may_be_said(self) -> &'static str {
        match self {
            Self::One => {
                "Things changed, or differ. This says nothing about why: other things changed \
                 too, and places chosen because they did badly tend to improve anyway."
            }
            Self::Two => {
                "Things changed, or differ, also when the named differences are allowed for. \
                 What was not measured may still explain it."
            }
            Self::Three => {
                "Things changed by more than in a place without it. That is an effect only if \
                 both would have moved alike; look at how they moved before."
            }
            Self::Four => {
                "Who got it was as good as chance for this purpose, so the difference is an \
                 effect for those whom that chance concerned."
            }
            Self::Five => "Chance decided who got it, so the difference is an effect.",
        }
    }
}

impl fmt::Display for EvidenceGrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "grade {} of 5 (Maryland scale, What Works Growth)",
            self.number()
        )
    }
}
