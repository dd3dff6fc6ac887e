//! What a table of amounts is in.

use super::{PriceError, PriceYear};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a table of amounts is in: the cash of the year in which each is paid, or the prices of one year
/// throughout.
///
/// # Example
///
/// ```
/// use wholeplace::price::PriceBase;
/// let real: PriceBase = "2024-25".parse()?;
/// assert_eq!(real.to_string(), "prices of 2024-25");
/// assert_eq!("cash".parse::<PriceBase>()?, PriceBase::Cash);
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PriceBase {
    /// Each amount in the pounds of the year in which it is paid.
    Cash,
    /// All amounts in the pounds of this year.
    Real(PriceYear),
}

impl PriceBase {
    /// In the pounds of which year an amount of this year is.
    #[must_use]
    pub fn year_of(self, paid: PriceYear) -> PriceYear {
        match self {
            Self::Cash => paid,
            Self::Real(year) => year,
        }
    }
}

impl FromStr for PriceBase {
    type Err = PriceError;

    /// Reads `cash`, or a year that is not ambiguous: `2024-25`, `2011/12`, `calendar 2024`.
    fn from_str(text: &str) -> Result<Self, PriceError> {
        if text.trim() == "cash" {
            return Ok(Self::Cash);
        }
        PriceYear::new(text.parse()?).map(Self::Real)
    }
}

impl TryFrom<String> for PriceBase {
    type Error = PriceError;

    fn try_from(text: String) -> Result<Self, PriceError> {
        text.parse()
    }
}

impl From<PriceBase> for String {
    fn from(base: PriceBase) -> Self {
        match base {
            PriceBase::Cash => "cash".to_owned(),
            PriceBase::Real(year) => year.to_string(),
        }
    }
}

impl fmt::Display for PriceBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cash => f.write_str("cash of each year"),
            Self::Real(year) => write!(f, "prices of {year}"),
        }
    }
}
