//! The prices of one proposal.

use super::{Conversion, Deflator, PriceBase, PriceError, PriceYear};
use crate::money::Exact;

/// The prices of one proposal: all amounts become those of one base, by one edition of one deflator.
///
/// # Example
///
/// Cash paid in 2026-27 in the prices of 2024-25:
///
/// ```
/// # use wholeplace::axis::YearKind;
/// # use wholeplace::finding::Position;
/// # use wholeplace::price::{Deflator, DeflatorRow, DeflatorSpec};
/// use wholeplace::money::{Exact, Pence};
/// use wholeplace::price::{PriceBase, Prices, PriceYear};
/// # let row = |year: &str, index: &str, kind: &str| DeflatorRow {
/// #     year: year.into(), index: index.into(), kind: kind.into(), ..DeflatorRow::default()
/// # };
/// # let spec = DeflatorSpec {
/// #     code: "gdp-fy".into(), name: "GDP deflator".into(), edition: "2026-03".into(),
/// #     years: YearKind::Financial, source: String::new(), position: Position::file("prices.toml"),
/// # };
/// # let rows = [row("2024-25", "100", "outturn"), row("2026-27", "105", "forecast")];
/// # let (deflator, _) = Deflator::build(spec, &rows);
/// let prices = Prices::new("2024-25".parse()?, &deflator, &[])?;
/// let paid = PriceYear::parse("2026-27", YearKind::Financial)?;
/// let (amount, conversion) = prices.to_base(&Exact::whole(Pence::new(10_500)), PriceBase::Cash, paid)?;
/// assert_eq!(amount.to_whole(), Some(Pence::new(10_000)));
/// assert_eq!(
///     conversion.to_string(),
///     "2026-27 to 2024-25: × 0.9524 (GDP deflator, 2026-03, 2026-27 is a forecast)"
/// );
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Prices<'a> {
    base: PriceBase,
    deflator: &'a Deflator,
}

impl<'a> Prices<'a> {
    /// One base, and the deflator that everything in the proposal is converted by; `named` are all that
    /// the proposal names elsewhere, so that a second one is seen.
    ///
    /// # Errors
    ///
    /// [`PriceError::TwoEditions`] where they are not all the same; [`PriceError::OtherKind`] and
    /// [`PriceError::NoIndex`] where the base is no year of theirs.
    pub fn new(
        base: PriceBase,
        deflator: &'a Deflator,
        named: &[&Deflator],
    ) -> Result<Self, PriceError> {
        if let Some(other) = named.iter().find(|other| **other != deflator) {
            return Err(PriceError::TwoEditions {
                first: deflator.to_string(),
                second: other.to_string(),
            });
        }
        if let PriceBase::Real(year) = base {
            deflator.conversion(year, year)?;
        }
        Ok(Self { base, deflator })
    }

    /// What all amounts become.
    #[must_use]
    pub fn base(&self) -> PriceBase {
        self.base
    }

    /// By which deflator.
    #[must_use]
    pub fn deflator(&self) -> &'a Deflator {
        self.deflator
    }

    /// An amount in the base, and by what it was converted: `from` is what it is in, `paid` the year in
    /// which it is paid or saved.
    ///
    /// # Errors
    ///
    /// As [`Deflator::conversion`].
    pub fn to_base(
        &self,
        amount: &Exact,
        from: PriceBase,
        paid: PriceYear,
    ) -> Result<(Exact, Conversion), PriceError> {
        let conversion = self.conversion(from, paid)?;
        Ok((amount.times(conversion.factor()), conversion))
    }

    /// The factor alone.
    ///
    /// # Errors
    ///
    /// As [`Deflator::conversion`].
    pub fn conversion(&self, from: PriceBase, paid: PriceYear) -> Result<Conversion, PriceError> {
        let (from, to) = (from.year_of(paid), self.base.year_of(paid));
        self.deflator.conversion(from, to)
    }
}
