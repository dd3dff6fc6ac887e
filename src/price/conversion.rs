//! One factor of a deflator, with where it comes from.

use super::PriceYear;
use crate::money::Ratio;
use serde::Serialize;
use std::fmt;

/// From the pounds of one year to those of another: an exact factor, and whose.
///
/// Prints as it stands in a list of assumptions:
/// `2010/11 to 2024-25: × 1.4523 (GDP deflator, 2026-03)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Conversion {
    /// The year whose pounds go in.
    pub from: PriceYear,
    /// The year whose pounds come out.
    pub to: PriceYear,
    /// The deflator and its edition, in words.
    pub deflator: String,
    /// Which of the two years are forecasts in that edition.
    pub forecasts: Vec<PriceYear>,
    pub(super) factor: Ratio,
}

impl Conversion {
    /// By what an amount is multiplied.
    #[must_use]
    pub fn factor(&self) -> &Ratio {
        &self.factor
    }
}

impl fmt::Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to, deflator) = (self.from, self.to, &self.deflator);
        write!(
            f,
            "{from} to {to}: × {} ({deflator}",
            self.factor.to_decimal(4)
        )?;
        for year in &self.forecasts {
            write!(f, ", {year} is a forecast")?;
        }
        f.write_str(")")
    }
}
