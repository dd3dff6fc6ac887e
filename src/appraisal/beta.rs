//! Quantiles of the beta distribution, ten thousand at a time.
//!
//! Inverting the incomplete beta function takes microseconds, and a draw of a proposal asks for dozens. So the
//! distribution function is worked out once at the knots of a grid, with its density there, and is a cubic
//! between them. Near both ends, where densities may be steep without end, it is inverted itself.

use statrs::function::beta::{checked_beta_reg, checked_ln_beta};

/// Cells between 0 and 1.
const CELLS: usize = 512;
/// Cells from each end in which the cubic is not trusted.
const ENDS: usize = 24;

/// The quantile function of a beta distribution: what lies below its values is within 1e-8 of the part asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BetaQuantiles {
    alpha: f64,
    beta: f64,
    /// The first knot, and how far it is to the next.
    start: f64,
    cell: f64,
    /// What lies below each knot, and how dense it is there.
    knots: Vec<(f64, f64)>,
}

impl BetaQuantiles {
    /// Of a beta distribution; both parameters are above 0.
    pub(super) fn new(alpha: f64, beta: f64) -> Self {
        let (mean, sd) = moments(alpha, beta);
        // A narrow distribution is nothing outside of this.
        let start = (mean - 8.0 * sd).max(0.0);
        let cell = ((mean + 8.0 * sd).min(1.0) - start) / CELLS as f64;
        let mut knots = Vec::with_capacity(CELLS + 1);
        for knot in 0..=CELLS {
            let at = start + knot as f64 * cell;
            knots.push((below(alpha, beta, at), density(alpha, beta, at)));
        }
        Self {
            alpha,
            beta,
            start,
            cell,
            knots,
        }
    }

    /// Mean and standard deviation.
    pub(super) fn moments(&self) -> (f64, f64) {
        moments(self.alpha, self.beta)
    }

    pub(super) fn quantile(&self, u: f64) -> f64 {
        let cell = self.knots.partition_point(|(below, _)| *below <= u);
        let cell = cell.clamp(1, CELLS) - 1;
        let (Some(&(from, rise)), Some(&(to, end_rise))) =
            (self.knots.get(cell), self.knots.get(cell + 1))
        else {
            return f64::NAN;
        };
        let width = self.cell;
        let start = self.start + cell as f64 * width;
        if !(ENDS..CELLS - ENDS).contains(&cell) || to <= from {
            // Beyond the last knots too.
            let low = if cell == 0 { 0.0 } else { start };
            let high = if cell + 1 == CELLS {
                1.0
            } else {
                start + width
            };
            return self.inverted(u, low, high);
        }
        // The cubic through both knots with their densities, over a cell that is 1 wide.
        let step = to - from;
        let (first, last) = (rise * width, end_rise * width);
        let (c2, c3) = (3.0 * step - 2.0 * first - last, first + last - 2.0 * step);
        let wanted = u - from;
        let mut at = (wanted / step).clamp(0.0, 1.0);
        for _ in 0..6 {
            let off = at * (first + at * (c2 + at * c3)) - wanted;
            let slope = first + at * (2.0 * c2 + 3.0 * at * c3);
            let next = at - off / slope;
            if !next.is_finite() {
                return self.inverted(u, start, start + width);
            }
            let moved = (next - at).abs();
            at = next.clamp(0.0, 1.0);
            if moved < 1e-13 {
                break;
            }
        }
        start + at * width
    }

    /// By Newton's steps inside a bracket that halves where a step would leave it.
    fn inverted(&self, u: f64, mut low: f64, mut high: f64) -> f64 {
        let mut at = (low + high) / 2.0;
        for _ in 0..200 {
            let off = below(self.alpha, self.beta, at) - u;
            if off > 0.0 {
                high = at;
            } else {
                low = at;
            }
            let newton = at - off / density(self.alpha, self.beta, at);
            let next = match newton > low && newton < high {
                true => newton,
                false => (low + high) / 2.0,
            };
            if (next - at).abs() <= 1e-15 * at.max(f64::MIN_POSITIVE) || high <= low {
                return next;
            }
            at = next;
        }
        at
    }
}

fn moments(alpha: f64, beta: f64) -> (f64, f64) {
    let size = alpha + beta;
    let mean = alpha / size;
    (mean, (mean * (1.0 - mean) / (size + 1.0)).sqrt())
}

/// What lies below a value.
fn below(alpha: f64, beta: f64, at: f64) -> f64 {
    if at <= 0.0 {
        return 0.0;
    }
    if at >= 1.0 {
        return 1.0;
    }
    checked_beta_reg(alpha, beta, at).unwrap_or(f64::NAN)
}

fn density(alpha: f64, beta: f64, at: f64) -> f64 {
    let logarithm = checked_ln_beta(alpha, beta).unwrap_or(f64::NAN);
    ((alpha - 1.0) * at.ln() + (beta - 1.0) * (-at).ln_1p() - logarithm).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Put back into the distribution function, every quantile gives its part.
    #[test]
    fn quantiles_are_those_of_the_distribution() {
        for (alpha, beta) in [
            (1.0, 5.0),
            (5.0, 1.0),
            (3.0, 3.0),
            (1.4, 4.6),
            (2.0, 2.0),
            (0.5, 0.5),
            (0.2, 3.0),
            (40.0, 160.0),
            (900.0, 100.0),
        ] {
            let quantiles = BetaQuantiles::new(alpha, beta);
            for step in 1..2_000 {
                let u = f64::from(step) / 2_000.0;
                let back = below(alpha, beta, quantiles.quantile(u));
                assert!((back - u).abs() < 1e-8, "{alpha} {beta} {u}: {back}");
            }
        }
    }
}
