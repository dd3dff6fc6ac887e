//! Quantiles of Student's t distribution.

use super::{Confidence, StatisticError};

/// Beyond so many degrees of freedom the inverse of the incomplete beta function loses digits (the
/// fourth decimal at a million) and at a thousand million no longer ends; the expansion about the
/// normal quantile is exact there to twelve digits at 99.8%.
const MANY: f64 = 1_000.0;

/// The quantile of Student's t above which the tail of a confidence lies.
///
/// Abramowitz M, Stegun IA. Handbook of Mathematical Functions. National Bureau of Standards,
/// 1964, 26.7.5.
pub(super) fn quantile(confidence: Confidence, freedom: f64) -> Result<f64, StatisticError> {
    if freedom <= MANY {
        return confidence.t(freedom);
    }
    let z = confidence.z();
    let square = z * z;
    // Each term is an odd polynomial of z, here by Horner's rule in its square.
    let terms = [
        (square + 1.0) / 4.0,
        ((5.0 * square + 16.0) * square + 3.0) / 96.0,
        (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0,
        ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0)
            / 92_160.0,
    ];
    let correction = terms
        .iter()
        .rev()
        .fold(0.0, |sum, term| (sum + term) / freedom);
    Ok(z * (1.0 + correction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_many_degrees_of_freedom_meet_those_of_few() {
        for level in [0.5, 0.95, 0.998] {
            let confidence = Confidence::new(level).unwrap();
            let few = quantile(confidence, MANY).unwrap();
            let many = quantile(confidence, MANY + 1e-9).unwrap();
            // Nine digits are what the inverse of the incomplete beta function has left there.
            assert!((few - many).abs() < 1e-9 * many, "{few} {many}");
        }
    }

    #[test]
    fn quantiles_of_very_many_are_those_of_the_normal_distribution() {
        let confidence = Confidence::new(0.95).unwrap();
        // Computed by scipy 1.17.1, stats.t.ppf(0.975, 1e6).
        let million = quantile(confidence, 1e6).unwrap();
        assert!((million - 1.959_966_356_814_107).abs() < 1e-12, "{million}");
        assert_eq!(quantile(confidence, 1e300).unwrap(), confidence.z());
    }
}
