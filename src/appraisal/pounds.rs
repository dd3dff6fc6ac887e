//! Exact pence as people read them, and as draws take them.

use crate::money::{Exact, Pence, Ratio};
use num_bigint::BigUint;
use num_traits::ToPrimitive;

/// Exact pence, rounded to whole ones.
pub(super) fn in_pounds(pence: &Ratio) -> String {
    // A sum beyond what an account can hold has no pounds to show.
    let sum = Exact::whole(Pence::new(1)).times(pence).nearest();
    sum.map_or_else(|_| "too large".to_owned(), |sum| sum.to_string())
}

/// A ratio as a floating number, nearly the nearest: for draws and pictures, never for a sum of money.
pub(super) fn to_f64(ratio: &Ratio) -> f64 {
    // Terms outgrow floating numbers long before their quotient does: only the leading 64 bits count.
    let (above, below) = ratio.lowest_terms();
    let (number, up) = leading(above.magnitude());
    let (denominator, down) = leading(&below);
    let power = i32::try_from(up.abs_diff(down)).unwrap_or(i32::MAX);
    let scale = 2.0_f64.powi(if up >= down { power } else { -power });
    let quotient = number / denominator * scale;
    match *ratio < Ratio::zero() {
        true => -quotient,
        false => quotient,
    }
}

/// A number as its leading bits, and how far they were moved down.
fn leading(number: &BigUint) -> (f64, u64) {
    let down = number.bits().saturating_sub(64);
    ((number >> down).to_f64().unwrap_or(f64::INFINITY), down)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_of_long_terms_is_a_floating_number() {
        assert_eq!(to_f64(&Ratio::new(-3, 8)), -0.375);
        assert_eq!(to_f64(&Ratio::zero()), 0.0);
        // Terms of nearly 8,000 bits each.
        let long = Ratio::new(200, 207).to_the(1_000);
        let expected = (1_000.0 * (200.0_f64 / 207.0).ln()).exp();
        assert!((to_f64(&long) / expected - 1.0).abs() < 1e-12);
        assert_eq!(to_f64(&Ratio::new(7, 1).to_the(1_000)), f64::INFINITY);
    }
}
