//! A range around a figure, as a proposal gives it, checked.

use super::input::Input;
use super::shape::{Distribution, Shape};
use crate::money::Ratio;
use serde::{Deserialize, Serialize};

/// How ranges stand to the correction of figures by their grades. Both are caution for the same reason, so a
/// proposal with ranges says which it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Uncertainty {
    /// Figures are corrected by their grades, and drawn around that.
    AroundCorrected,
    /// In draws the ranges take the place of the correction: figures are drawn as they are stated.
    InsteadOfCorrection,
}

impl Uncertainty {
    /// In words, for people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::AroundCorrected => "around figures that are corrected by their grades",
            Self::InsteadOfCorrection => {
                "instead of the correction by grades, which draws leave out"
            }
        }
    }
}

/// A range around one figure of a proposal, with the shape in which it is drawn.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Range {
    /// Of which figure.
    pub of: Input,
    /// The figure itself.
    pub central: Ratio,
    /// The lower end; the least of a choice.
    pub low: Ratio,
    /// The upper end; the most of a choice.
    pub high: Ratio,
    /// Its shape.
    pub shape: Shape,
    /// The source that it shares with other ranges: they are drawn together, all high or all low.
    pub together: Option<String>,
    /// Where the range is from.
    pub source: String,
    /// What is drawn.
    pub distribution: Distribution,
}
