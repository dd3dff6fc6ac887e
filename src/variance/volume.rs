//! What of a variance is price, and what volume.

use super::beside::{PhaseSums, less};
use crate::money::{Exact, MoneyError, Pence, Ratio};
use rust_decimal::Decimal;

/// How much was planned and how much there was: placements, nights, hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// What is counted.
    pub unit: String,
    /// How much was planned.
    pub from: Decimal,
    /// How much there was.
    pub to: Decimal,
    /// Where both are from.
    pub source: String,
}

/// A variance in two parts that add up to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explained {
    /// More or less of it, at the planned price.
    pub volume: Pence,
    /// Each dearer or cheaper, for what there was.
    pub price: Pence,
    /// By what it was worked out.
    pub by: Volume,
}

/// Why a variance cannot be explained by a volume.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VolumeError {
    /// Nothing was planned, so there is no planned price.
    #[error(
        "no {unit} were planned, so there is no planned price of one; the variance is all that can be said"
    )]
    NothingPlanned {
        /// What is counted.
        unit: String,
    },
    /// A count below nothing.
    #[error("{unit}: {given} is below nothing; write how many there were")]
    BelowNothing {
        /// What is counted.
        unit: String,
        /// What was given.
        given: Decimal,
    },
    /// Where the counts are from is not said.
    #[error("say where the counts of {unit} are from")]
    NoSource {
        /// What is counted.
        unit: String,
    },
    /// Beyond what an account can hold.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl PhaseSums {
    /// What of the variance is more or less of something, and what is its price.
    ///
    /// # Formula
    ///
    /// ```text
    /// volume = (Q − q) × p        price = (P − p) × Q        p = planned sum / q, P = actual sum / Q
    /// ```
    ///
    /// with `q` planned and `Q` actual: together the variance. The volume part is closed to the nearest penny, and
    /// the price part is the rest, so that both add up.
    ///
    /// # Where it fails
    ///
    /// One unit stands for all of the sum: what does not move with it, such as a building, turns up as price.
    ///
    /// # Errors
    ///
    /// [`VolumeError`] where nothing was planned, a count is below nothing, or nobody says where they are from.
    ///
    /// # Sources
    ///
    /// Standard costing of management accountancy: sales or cost volume and price variances, as in CIMA, Official
    /// Terminology (2005).
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::money::Pence;
    /// use wholeplace::variance::{Volume, Variance};
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let cube = Cube::build(&PlaceAccount::load(&place)?)?;
    /// # let question = cube.ask().period("2024-25".parse()?).boundary(Boundary::AllPartners);
    /// let mut sums = Variance::between(Phase::Outturn, Phase::Outturn, &question, &[])?.compared;
    /// // Ten placements at £1,000 were planned; there were twelve at £900.
    /// (sums.from, sums.to) = (Pence::new(1_000_000), Pence::new(1_080_000));
    /// let placements = Volume { unit: "placements".into(), from: 10.into(), to: 12.into(), source: "the panel".into() };
    /// let explained = sums.explained_by(&placements)?;
    /// assert_eq!(explained.volume.to_string(), "£2,000.00");
    /// assert_eq!(explained.price.to_string(), "-£1,200.00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explained_by(&self, volume: &Volume) -> Result<Explained, VolumeError> {
        let unit = || volume.unit.clone();
        if volume.source.trim().is_empty() {
            return Err(VolumeError::NoSource { unit: unit() });
        }
        for given in [volume.from, volume.to] {
            if given < Decimal::ZERO {
                return Err(VolumeError::BelowNothing {
                    unit: unit(),
                    given,
                });
            }
        }
        let (planned, actual) = (ratio(volume.from), ratio(volume.to));
        let Some(each) = planned.inverse() else {
            return Err(VolumeError::NothingPlanned { unit: unit() });
        };
        let part = actual.minus(&planned).times(&each);
        let of_volume = Exact::whole(self.from).times(&part).nearest()?;
        Ok(Explained {
            volume: of_volume,
            price: less(self.variance()?, of_volume)?,
            by: volume.clone(),
        })
    }
}

fn ratio(number: Decimal) -> Ratio {
    let number = number.normalize();
    let whole = Ratio::new(number.mantissa(), 1);
    // A decimal has 28 digits behind its point at the most.
    whole.times(&Ratio::new(1, 10_u128.pow(number.scale())))
}
