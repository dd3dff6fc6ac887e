//! How many draws, and from which seed.

use super::UncertainError;
use serde::Serialize;
use std::fmt;

/// How many draws of a proposal are made, and from which seed: there is a default for neither.
///
/// Fewer draws are allowed here than for a [`Simulation`](crate::statistic::Simulation), whose ends of intervals
/// stand alone: each chance is shown with the error that its draws leave in it.
///
/// # Units
///
/// - `draws`: a whole number, 100 to 1,000,000; 10,000 leave an error of half a percentage point in a chance of
///   one half
/// - `seed`: any whole number; who publishes a chance publishes the seed with it
///
/// # Example
///
/// ```
/// use wholeplace::appraisal::uncertain::Seeded;
/// assert_eq!(Seeded::new(10_000, 7)?.to_string(), "10000 draws from seed 7");
/// assert_eq!(
///     Seeded::new(10, 7).unwrap_err().to_string(),
///     "there are 10 draws; take at least 100"
/// );
/// # Ok::<(), wholeplace::appraisal::uncertain::UncertainError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Seeded {
    draws: u32,
    seed: u64,
}

impl Seeded {
    /// The fewest draws: P10 and P90 rest on ten of them.
    pub const FEWEST: u32 = 100;
    /// The most draws: all figures of all draws are held until they are sorted.
    pub const MOST: u32 = 1_000_000;

    /// So many draws from this seed.
    ///
    /// # Errors
    ///
    /// [`UncertainError::TooFewDraws`] below 100; [`UncertainError::TooManyDraws`] above a million.
    pub fn new(draws: u32, seed: u64) -> Result<Self, UncertainError> {
        match draws {
            given if given < Self::FEWEST => Err(UncertainError::TooFewDraws {
                given,
                needed: Self::FEWEST,
            }),
            given if given > Self::MOST => Err(UncertainError::TooManyDraws {
                given,
                most: Self::MOST,
            }),
            draws => Ok(Self { draws, seed }),
        }
    }

    /// How many draws.
    #[must_use]
    pub fn draws(self) -> u32 {
        self.draws
    }

    /// The seed.
    #[must_use]
    pub fn seed(self) -> u64 {
        self.seed
    }
}

impl fmt::Display for Seeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} draws from seed {}", self.draws, self.seed)
    }
}
