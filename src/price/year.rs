//! The year whose pounds an amount is in.

use super::PriceError;
use crate::axis::{Period, YearKind};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The year whose pounds an amount is in: a financial or a calendar year, and it is known which.
///
/// # Example
///
/// ```
/// use wholeplace::axis::YearKind;
/// use wholeplace::price::PriceYear;
/// let year = PriceYear::parse("2010/11", YearKind::Financial)?;
/// assert_eq!((year.to_string().as_str(), year.kind()), ("2010/11", YearKind::Financial));
/// assert_eq!(PriceYear::parse("2010", YearKind::Calendar)?.to_string(), "calendar 2010");
/// assert!(PriceYear::parse("Jun 2010", YearKind::Financial).is_err());
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Period", into = "Period")]
pub struct PriceYear(Period);

impl PriceYear {
    /// A period as a price year.
    ///
    /// # Errors
    ///
    /// [`PriceError::NotAYear`] for any other period than a financial or a calendar year.
    pub fn new(period: Period) -> Result<Self, PriceError> {
        let first = period.first_day();
        if period.months() == 12 && [1, 4].contains(&first.month()) {
            return Ok(Self(period));
        }
        Err(PriceError::NotAYear {
            found: period.to_string(),
        })
    }

    /// Reads a year where the table says of which kind its years are.
    ///
    /// # Errors
    ///
    /// [`PriceError::Year`] when the text is no period, [`PriceError::NotAYear`] when it is another
    /// period.
    pub fn parse(text: &str, kind: YearKind) -> Result<Self, PriceError> {
        Self::new(Period::parse(text, Some(kind))?)
    }

    /// Whether it is a financial or a calendar year.
    #[must_use]
    pub fn kind(self) -> YearKind {
        match self.0.first_day().month() {
            1 => YearKind::Calendar,
            _ => YearKind::Financial,
        }
    }

    /// The months of the year.
    #[must_use]
    pub fn period(self) -> Period {
        self.0
    }

    /// The year of the same kind so many years later; nothing beyond the years of an account.
    #[must_use]
    pub fn later(self, years: u16) -> Option<Self> {
        let months = years.checked_mul(12)?;
        self.0.months_later(months).map(Self)
    }
}

impl TryFrom<Period> for PriceYear {
    type Error = PriceError;

    fn try_from(period: Period) -> Result<Self, PriceError> {
        Self::new(period)
    }
}

impl From<PriceYear> for Period {
    fn from(year: PriceYear) -> Self {
        year.0
    }
}

impl fmt::Display for PriceYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
