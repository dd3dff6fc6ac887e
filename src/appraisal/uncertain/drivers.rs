//! Which figure the answer hangs on.

use super::sampled::Sampled;
use super::{Source, UncertainError};
use crate::appraisal::target::Gain;

/// How much of what is unsure about an answer comes from one source.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Driver {
    /// The source, with its figures.
    pub source: Source,
    /// The rank correlation of the answer with it, from −1 to 1.
    pub correlation: f64,
    /// Its part of the variance, from 0 to 1; all parts are 1 together.
    pub share: f64,
}

impl Sampled {
    /// How much of what is unsure about a purse's gain comes from which source, the largest first; nothing where
    /// the gain is the same in every draw.
    ///
    /// # Formula
    ///
    /// ```text
    /// share(s) = ρ(s)² / Σ ρ²      ρ the correlation of ranks (Spearman), equal values at their mean rank
    /// ```
    ///
    /// # Where it fails
    ///
    /// It is the contribution to variance of ranks, where the answer moves one way with each source. Sources that
    /// matter only together, or whose middle differs from both ends, are understated. A source that does not matter
    /// at all still shows about one part in the number of draws.
    ///
    /// # Errors
    ///
    /// [`UncertainError::UnknownPurse`] with what there is.
    ///
    /// # Sources
    ///
    /// Saltelli A, Chan K, Scott E (eds). Sensitivity Analysis. Wiley 2000, on rank correlation as a measure of
    /// importance.
    pub fn drivers(&self, purse: &str, gain: Gain) -> Result<Vec<Driver>, UncertainError> {
        let gains = match gain {
            Gain::NetSaving => self.net_savings(purse)?,
            Gain::CashLessCost => self.cash_less_costs(purse)?,
        };
        let gains = ranks(&gains);
        let correlations = (self.sources.iter())
            .map(|source| correlation(&ranks(&source.first(self.seeded)), &gains));
        let correlations: Vec<f64> = correlations.collect();
        let all: f64 = correlations.iter().map(|one| one * one).sum();
        if all <= 0.0 {
            return Ok(Vec::new());
        }
        let mut drivers: Vec<Driver> = (self.sources.iter().zip(correlations))
            .map(|(source, correlation)| Driver {
                source: source.clone(),
                correlation,
                share: correlation * correlation / all,
            })
            .collect();
        drivers.sort_by(|one, other| other.share.total_cmp(&one.share));
        Ok(drivers)
    }
}

/// The rank of each value, from 1; equal values have the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let mut ranks = vec![0.0; values.len()];
    let mut so_far = 0_usize;
    for equal in order.chunk_by(|one, other| one.0 == other.0) {
        let mean = so_far as f64 + (equal.len() as f64 + 1.0) / 2.0;
        for (_, at) in equal {
            if let Some(rank) = ranks.get_mut(*at) {
                *rank = mean;
            }
        }
        so_far += equal.len();
    }
    ranks
}

/// Pearson's correlation; 0 where one of the two is the same everywhere.
fn correlation(one: &[f64], other: &[f64]) -> f64 {
    // Ranks of n values have the mean (n + 1) / 2, whichever are equal.
    let mean = (one.len() as f64 + 1.0) / 2.0;
    let sum = |a: &[f64], b: &[f64]| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum()
    };
    let scale = (sum(one, one) * sum(other, other)).sqrt();
    match scale > 0.0 {
        true => sum(one, other) / scale,
        false => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked by hand: ranks 1, 2.5, 2.5, 4 and 4, 2, 3, 1 about their mean of 2.5.
    #[test]
    fn equal_values_share_their_rank() {
        assert_eq!(ranks(&[3.0, 7.0, 7.0, 9.0]), [1.0, 2.5, 2.5, 4.0]);
        let two = correlation(&ranks(&[3.0, 7.0, 7.0, 9.0]), &ranks(&[9.0, 2.0, 5.0, 1.0]));
        // (−1.5)(1.5) + 0 + 0 + (1.5)(−1.5) = −4.5 over √(4.5 × 5).
        assert!((two + 4.5 / 22.5_f64.sqrt()).abs() < 1e-12);
        assert_eq!(correlation(&ranks(&[1.0, 1.0]), &ranks(&[1.0, 2.0])), 0.0);
    }
}
