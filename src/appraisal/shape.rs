//! How likely which figure is, between two ends.
//!
//! Every shape is drawn by its quantile function, so that inputs that share a source can share a draw: where
//! the study was too hopeful, it was too hopeful of all that is taken from it.

use super::beta::BetaQuantiles;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

/// The shape of a range around a figure.
///
/// For `range`, `pert` and `uniform` the two ends are bounds: nothing lies beyond them. For `beta`, `lognormal`
/// and `normal` they are the ends of an interval that holds a stated part, such as the 95 % of a study's
/// interval of confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A triangle: likeliest at the figure, and less so in a straight line to both ends.
    Range,
    /// As `range`, with more weight at the figure and less at the ends.
    Pert,
    /// For shares: never below 0 or above 1.
    Beta,
    /// For what is never negative and may be much larger: its logarithm is normal.
    Lognormal,
    /// Even on both sides, cut where the input can be no further.
    Normal,
    /// Anything between the ends is as likely.
    Uniform,
    /// One of a few values, each with its chance.
    Choice,
}

impl Shape {
    /// Whether the two ends hold a stated part, and more lies beyond them.
    #[must_use]
    pub fn has_a_part_beyond(self) -> bool {
        matches!(self, Self::Beta | Self::Lognormal | Self::Normal)
    }
}

/// Why a range has no shape.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ShapeError {
    /// The ends are not on both sides of the figure.
    #[error("the figure {central} does not lie between {low} and {high}")]
    NotAround {
        /// The lower end.
        low: f64,
        /// The figure.
        central: f64,
        /// The upper end.
        high: f64,
    },
    /// The figure is nearer to one end than the shape can be.
    #[error(
        "the figure {central} is not in the middle between {low} and {high}, as it is in this shape"
    )]
    Lopsided {
        /// The lower end.
        low: f64,
        /// The figure.
        central: f64,
        /// The upper end.
        high: f64,
    },
    /// The part between the ends is no part.
    #[error("{covers} is no part of the whole between the two ends")]
    NoPart {
        /// What was given.
        covers: f64,
    },
    /// A beta cannot be so wide.
    #[error("no share with the mean {central} can be as uncertain as from {low} to {high}")]
    TooWide {
        /// The lower end.
        low: f64,
        /// The figure.
        central: f64,
        /// The upper end.
        high: f64,
    },
    /// Zero or less has no logarithm.
    #[error("{low} has no logarithm")]
    NoLogarithm {
        /// The lower end.
        low: f64,
    },
    /// The chances of the values are not those of a whole.
    #[error("the chances of the values make {sum}, and not 1")]
    NotAWhole {
        /// Their sum.
        sum: f64,
    },
    /// Another number of chances than of values.
    #[error("there are {chances} chances for {values} values")]
    NotPaired {
        /// How many chances.
        chances: usize,
        /// How many values.
        values: usize,
    },
}

/// A distribution that can be drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution(Kind);

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Constant(f64),
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    Beta {
        from: f64,
        width: f64,
        beta: BetaQuantiles,
    },
    Lognormal {
        location: f64,
        scale: f64,
    },
    /// `below` is what of the uncut normal lies below `low`, `kept` what lies between the cuts.
    Normal {
        mean: f64,
        sd: f64,
        below: f64,
        kept: f64,
        low: f64,
        high: f64,
    },
    Uniform {
        low: f64,
        high: f64,
    },
    /// Each value with the chance of it or one before it.
    Choice(Vec<(f64, f64)>),
}

/// By how much of its width a figure may be off the middle of an even shape: figures are written rounded.
const OFF_THE_MIDDLE: f64 = 0.05;

impl Distribution {
    /// Always the same.
    #[must_use]
    pub fn constant(value: f64) -> Self {
        Self(Kind::Constant(value))
    }

    /// The triangle from `low` to `high` with its top at `central`.
    ///
    /// Mean `(a + m + b) / 3`, variance `(a² + m² + b² − am − ab − mb) / 18`.
    ///
    /// # Errors
    ///
    /// [`ShapeError::NotAround`].
    ///
    /// # Sources
    ///
    /// Johnson D. The triangular distribution as a proxy for the beta distribution in risk analysis. The
    /// Statistician 1997; 46: 387–398.
    pub fn range(low: f64, central: f64, high: f64) -> Result<Self, ShapeError> {
        around(low, central, high)?;
        Ok(match low < high {
            true => Self(Kind::Triangular {
                low,
                mode: central,
                high,
            }),
            false => Self::constant(central),
        })
    }

    /// The beta between `low` and `high` with its mode at `central`, and mean `(a + 4m + b) / 6`.
    ///
    /// `α = 1 + 4 (m − a) / (b − a)`, `β = 1 + 4 (b − m) / (b − a)`. Its standard deviation is near a sixth of
    /// its width, which is what the method assumes.
    ///
    /// # Errors
    ///
    /// [`ShapeError::NotAround`].
    ///
    /// # Sources
    ///
    /// Malcolm D, Roseboom J, Clark C, Fazar W. Application of a technique for research and development
    /// program evaluation. Operations Research 1959; 7: 646–669.
    pub fn pert(low: f64, central: f64, high: f64) -> Result<Self, ShapeError> {
        around(low, central, high)?;
        let width = high - low;
        if width <= 0.0 {
            return Ok(Self::constant(central));
        }
        let beta = BetaQuantiles::new(
            1.0 + 4.0 * (central - low) / width,
            1.0 + 4.0 * (high - central) / width,
        );
        Ok(Self(Kind::Beta {
            from: low,
            width,
            beta,
        }))
    }

    /// The beta of a share with its mean at `central`, of which `covers` lies between `low` and `high` if it
    /// were normal: `s = (high − low) / 2z`, `α = m (m (1 − m) / s² − 1)`, `β = α (1 − m) / m`.
    ///
    /// # Errors
    ///
    /// [`ShapeError::NotAround`]; [`ShapeError::TooWide`] where no beta has that mean and deviation, or an end
    /// is no share; [`ShapeError::NoPart`].
    ///
    /// # Sources
    ///
    /// Method of moments: Briggs A, Claxton K, Sculpher M. Decision Modelling for Health Economic Evaluation.
    /// Oxford 2006, chapter 4.
    pub fn beta(low: f64, central: f64, high: f64, covers: f64) -> Result<Self, ShapeError> {
        around(low, central, high)?;
        let sd = (high - low) / (2.0 * standard(covers)?);
        if sd <= 0.0 {
            return Ok(Self::constant(central));
        }
        let size = central * (1.0 - central) / (sd * sd) - 1.0;
        if !(low >= 0.0 && high <= 1.0 && size > 0.0) {
            return Err(ShapeError::TooWide { low, central, high });
        }
        let beta = BetaQuantiles::new(central * size, (1.0 - central) * size);
        Ok(Self(Kind::Beta {
            from: 0.0,
            width: 1.0,
            beta,
        }))
    }

    /// The lognormal with its median at `central`, of which `covers` lies between `low` and `high`:
    /// `σ = (ln high − ln low) / 2z`. Its mean is higher: `m exp(σ²/2)`. It has no upper bound, so that no share
    /// is drawn from it.
    ///
    /// # Errors
    ///
    /// [`ShapeError::NotAround`]; [`ShapeError::NoLogarithm`]; [`ShapeError::Lopsided`] where the figure is not
    /// near the geometric middle of its ends; [`ShapeError::NoPart`].
    ///
    /// # Sources
    ///
    /// Briggs, Claxton and Sculpher 2006, chapter 4: relative risks and costs.
    pub fn lognormal(low: f64, central: f64, high: f64, covers: f64) -> Result<Self, ShapeError> {
        around(low, central, high)?;
        if low <= 0.0 {
            return Err(ShapeError::NoLogarithm { low });
        }
        let (from, location, to) = (low.ln(), central.ln(), high.ln());
        in_the_middle(from, location, to).map_err(|()| ShapeError::Lopsided {
            low,
            central,
            high,
        })?;
        let scale = (to - from) / (2.0 * standard(covers)?);
        Ok(match scale > 0.0 {
            true => Self(Kind::Lognormal { location, scale }),
            false => Self::constant(central),
        })
    }

    /// The normal around `central`, of which `covers` lies between `low` and `high`, cut at `bounds`: shares
    /// at 0 and 1, other inputs at 0. What is cut off is spread over the rest.
    ///
    /// # Errors
    ///
    /// [`ShapeError::NotAround`]; [`ShapeError::Lopsided`] where the figure is not near the middle of its ends;
    /// [`ShapeError::NoPart`].
    ///
    /// # Sources
    ///
    /// Johnson N, Kotz S, Balakrishnan N. Continuous Univariate Distributions, volume 1. Wiley 1994, chapter 13,
    /// on truncated forms.
    pub fn normal(
        low: f64,
        central: f64,
        high: f64,
        covers: f64,
        bounds: (f64, f64),
    ) -> Result<Self, ShapeError> {
        around(low, central, high)?;
        in_the_middle(low, central, high).map_err(|()| ShapeError::Lopsided {
            low,
            central,
            high,
        })?;
        let sd = (high - low) / (2.0 * standard(covers)?);
        if sd <= 0.0 {
            return Ok(Self::constant(central));
        }
        let part = |at: f64| Normal::standard().cdf((at - central) / sd);
        let below = part(bounds.0);
        let kept = part(bounds.1) - below;
        Ok(Self(Kind::Normal {
            mean: central,
            sd,
            below,
            kept,
            low: bounds.0,
            high: bounds.1,
        }))
    }

    /// Anything from `low` to `high`.
    ///
    /// # Errors
    ///
    /// [`ShapeError::NotAround`].
    pub fn uniform(low: f64, central: f64, high: f64) -> Result<Self, ShapeError> {
        around(low, central, high)?;
        Ok(match low < high {
            true => Self(Kind::Uniform { low, high }),
            false => Self::constant(central),
        })
    }

    /// One of a few values, each with its chance.
    ///
    /// # Errors
    ///
    /// [`ShapeError::NotPaired`]; [`ShapeError::NotAWhole`].
    pub fn choice(values: &[f64], chances: &[f64]) -> Result<Self, ShapeError> {
        if values.len() != chances.len() || values.is_empty() {
            return Err(ShapeError::NotPaired {
                chances: chances.len(),
                values: values.len(),
            });
        }
        let sum: f64 = chances.iter().sum();
        if (sum - 1.0).abs() > 1e-9 {
            return Err(ShapeError::NotAWhole { sum });
        }
        let mut each: Vec<(f64, f64)> = values
            .iter()
            .copied()
            .zip(chances.iter().copied())
            .collect();
        // Low draws give low values, as in every other shape.
        each.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let mut so_far = 0.0;
        for (_, chance) in &mut each {
            so_far += *chance;
            *chance = so_far;
        }
        Ok(Self(Kind::Choice(each)))
    }

    /// The value below which a part `u` of all draws lies; `u` is above 0 and below 1.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::appraisal::uncertain::Distribution;
    /// // A quarter of the triangle from 0 to 2 with its top at 1 lies below 1/√2.
    /// let quarter = Distribution::range(0.0, 1.0, 2.0)?.quantile(0.25);
    /// assert!((quarter - 0.5_f64.sqrt()).abs() < 1e-12);
    /// # Ok::<(), wholeplace::appraisal::uncertain::ShapeError>(())
    /// ```
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        let u = u.clamp(f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0);
        match &self.0 {
            Kind::Constant(value) => *value,
            Kind::Triangular { low, mode, high } => {
                let width = high - low;
                if u * width < mode - low {
                    low + (u * width * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - u) * width * (high - mode)).sqrt()
                }
            }
            Kind::Beta { from, width, beta } => from + width * beta.quantile(u),
            Kind::Lognormal { location, scale } => {
                (location + scale * Normal::standard().inverse_cdf(u)).exp()
            }
            Kind::Normal {
                mean,
                sd,
                below,
                kept,
                low,
                high,
            } => {
                let uncut = (below + u * kept).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
                (mean + sd * Normal::standard().inverse_cdf(uncut)).clamp(*low, *high)
            }
            Kind::Uniform { low, high } => low + u * (high - low),
            Kind::Choice(each) => {
                let chosen = each.iter().find(|(_, upto)| u < *upto).or(each.last());
                chosen.map_or(f64::NAN, |(value, _)| *value)
            }
        }
    }

    /// Its mean and its standard deviation.
    #[must_use]
    pub fn moments(&self) -> (f64, f64) {
        match &self.0 {
            Kind::Constant(value) => (*value, 0.0),
            Kind::Triangular {
                low: a,
                mode: m,
                high: b,
            } => {
                let variance = (a * a + m * m + b * b - a * m - a * b - m * b) / 18.0;
                ((a + m + b) / 3.0, variance.sqrt())
            }
            Kind::Beta { from, width, beta } => {
                let (mean, sd) = beta.moments();
                (from + width * mean, width * sd)
            }
            Kind::Lognormal { location, scale } => {
                let squared = scale * scale;
                let mean = (location + squared / 2.0).exp();
                (mean, mean * squared.exp_m1().sqrt())
            }
            Kind::Normal {
                mean,
                sd,
                kept,
                low,
                high,
                ..
            } => {
                let density = |at: f64| (-at * at / 2.0).exp() / std::f64::consts::TAU.sqrt();
                // A bound that is far away has no density, and none times its distance.
                let weighed = |at: f64| match at.is_finite() {
                    true => at * density(at),
                    false => 0.0,
                };
                let (from, to) = ((low - mean) / sd, (high - mean) / sd);
                let shift = (density(from) - density(to)) / kept;
                let variance = 1.0 + (weighed(from) - weighed(to)) / kept - shift * shift;
                (mean + sd * shift, sd * variance.sqrt())
            }
            Kind::Uniform { low, high } => ((low + high) / 2.0, (high - low) / 12.0_f64.sqrt()),
            Kind::Choice(each) => {
                let before = std::iter::once(0.0).chain(each.iter().map(|(_, upto)| *upto));
                let chances: Vec<(f64, f64)> = (each.iter().zip(before))
                    .map(|((value, upto), before)| (*value, upto - before))
                    .collect();
                let mean: f64 = chances.iter().map(|(value, chance)| value * chance).sum();
                let variance: f64 = (chances.iter())
                    .map(|(value, chance)| (value - mean) * (value - mean) * chance)
                    .sum();
                (mean, variance.sqrt())
            }
        }
    }
}

/// The ends are on both sides of the figure.
fn around(low: f64, central: f64, high: f64) -> Result<(), ShapeError> {
    match low <= central && central <= high {
        true => Ok(()),
        false => Err(ShapeError::NotAround { low, central, high }),
    }
}

/// The figure is in the middle of its ends, as nearly as people write figures.
fn in_the_middle(low: f64, central: f64, high: f64) -> Result<(), ()> {
    let off = (central - (low + high) / 2.0).abs();
    match off <= OFF_THE_MIDDLE * (high - low) {
        true => Ok(()),
        false => Err(()),
    }
}

/// So many standard deviations on both sides hold a part of the normal distribution.
fn standard(covers: f64) -> Result<f64, ShapeError> {
    match covers > 0.0 && covers < 1.0 {
        true => Ok(Normal::standard().inverse_cdf(0.5 + covers / 2.0)),
        false => Err(ShapeError::NoPart { covers }),
    }
}
