//! How good an input is, and by how much a figure that rests on it is corrected.

use crate::money::Ratio;
use serde::{Deserialize, Serialize};

/// How good an input is, by its quality, its source and its age, in the words of the pack.
///
/// What is saved is lowered, and what is spent raised, by the grades of the inputs behind it. The percentages
/// are the pack's: none of them stands in this crate.
///
/// # Sources
///
/// New Economy, Unit Cost Database v1.2 (2014): savings that are predicted are cut by 0 to 40 per cent by
/// quality, source and age of the data. HM Treasury, Supporting public service transformation: cost benefit
/// analysis guidance for local partnerships, 2014.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Grade {
    /// By which proposals name it.
    pub code: String,
    /// By how much savings are lowered: 3/20 for 15 per cent.
    pub benefits: Ratio,
    /// By how much costs are raised.
    pub costs: Ratio,
    /// What it takes to deserve it, in words.
    pub meaning: String,
}

/// How the grades of several inputs make one correction. No authority says which, so it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Combine {
    /// Each input by itself, one after the other: `1 − (1 − a)(1 − b)`.
    EachInput,
    /// The worst of them.
    Worst,
    /// Their mean.
    Mean,
}

impl Combine {
    /// One correction of several; nothing where there is none.
    ///
    /// # Example
    ///
    /// Inputs of 5 and 15 per cent:
    ///
    /// ```
    /// use wholeplace::appraisal::Combine;
    /// use wholeplace::money::Ratio;
    /// let grades = [Ratio::new(5, 100), Ratio::new(15, 100)];
    /// assert_eq!(Combine::EachInput.of(&grades).to_decimal(4), "0.1925");
    /// assert_eq!(Combine::Worst.of(&grades).to_decimal(4), "0.1500");
    /// assert_eq!(Combine::Mean.of(&grades).to_decimal(4), "0.1000");
    /// ```
    #[must_use]
    pub fn of(self, corrections: &[Ratio]) -> Ratio {
        match self {
            Self::EachInput => {
                let kept = corrections.iter().fold(Ratio::one(), |kept, correction| {
                    kept.times(&Ratio::one().minus(correction))
                });
                Ratio::one().minus(&kept)
            }
            Self::Worst => corrections
                .iter()
                .max()
                .cloned()
                .unwrap_or_else(Ratio::zero),
            Self::Mean if corrections.is_empty() => Ratio::zero(),
            Self::Mean => {
                let sum: Ratio = corrections.iter().sum();
                sum.times(&Ratio::new(1, corrections.len() as u128))
            }
        }
    }
}
