//! In whose pounds: price years, deflators and discount factors, as dated data.
//!
//! A pound of 2010-11 is not one of 2024-25, and one that is saved in ten years is worth less than one
//! that is spent now. Both are said by tables that somebody publishes and revises, so both are data of a
//! pack, with their edition; nothing of them stands in this crate.
//!
//! - A [`PriceYear`] is a financial or a calendar year, and says which: a unit cost of 2010-11 must not
//!   be read off a series of calendar years.
//! - A [`PriceBase`] is what a table of amounts is in: the cash of each year, or the prices of one.
//! - A [`Deflator`] is one edition of one price index; a [`Conversion`] one factor of it, with its source.
//! - [`Prices`] are those of one proposal: one base, one deflator, one edition.
//! - A [`DiscountSchedule`] has an exact rate for each year ahead.
//! - The [`PriceBook`] holds all that a pack names in its file of prices.
//!
//! **Invariant:** every factor is an exact ratio; nothing is rounded before a table is closed.
//!
//! # Example: £609 of 2010-11 in the prices of 2024-25
//!
//! ```
//! use wholeplace::axis::YearKind;
//! use wholeplace::finding::Position;
//! use wholeplace::money::{Exact, Pence};
//! use wholeplace::price::{Deflator, DeflatorRow, DeflatorSpec, PriceYear};
//!
//! let row = |year: &str, index: &str| DeflatorRow {
//!     year: year.into(),
//!     index: index.into(),
//!     ..DeflatorRow::default()
//! };
//! let spec = DeflatorSpec {
//!     code: "gdp-fy".into(),
//!     name: "GDP deflator".into(),
//!     edition: "2026-03".into(),
//!     years: YearKind::Financial,
//!     source: "HM Treasury, GDP deflators at market prices, March 2026 (OGL v3.0)".into(),
//!     position: Position::file("prices.toml"),
//! };
//! let rows = [row("2010-11", "68.8561"), row("2024-25", "100")];
//! let (deflator, findings) = Deflator::build(spec, &rows);
//! assert!(findings.is_empty());
//!
//! let year = |text: &str| PriceYear::parse(text, YearKind::Financial);
//! let conversion = deflator.conversion(year("2010-11")?, year("2024-25")?)?;
//! let now = Exact::whole(Pence::new(60_900)).times(conversion.factor());
//! assert_eq!(now.to_pounds(2), "884.45");
//! // A calendar year is no year of this series.
//! let calendar = PriceYear::parse("2010", YearKind::Calendar)?;
//! assert!(deflator.conversion(calendar, year("2024-25")?).is_err());
//! # Ok::<(), wholeplace::Error>(())
//! ```

mod error;
mod year;
mod base;
mod conversion;
mod deflator;
mod prices;
mod discount;
mod book;

pub use base::PriceBase;
pub use book::PriceBook;
pub use conversion::Conversion;
pub use deflator::{Deflator, DeflatorRow, DeflatorSpec};
pub use discount::{Band, DiscountSchedule, DiscountSpec, Discounts, YearZero};
pub use error::PriceError;
pub use prices::Prices;
pub use year::PriceYear;
