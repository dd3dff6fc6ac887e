//! What a pound of a later year is worth today.

use super::PriceError;
use crate::finding::{Finding, Findings, Position};
use crate::money::{Exact, Ratio};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a schedule discounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Discounts {
    /// Money, whoever pays it: the savings of the health service are money.
    #[default]
    Money,
    /// Effects on health, counted in years of life.
    Health,
}

/// Whether the first year of a proposal is discounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum YearZero {
    /// The first year counts in full, as in the Green Book; the second is discounted once.
    Undiscounted,
    /// The first year is discounted once.
    Discounted,
}

/// A rate for some years ahead, as a pack writes it down.
#[derive(Clone, Debug)]
pub struct Band {
    /// The first year of it, counted from the start; 0 and 1 both begin a schedule.
    pub from: u32,
    /// The last year of it.
    pub to: u32,
    /// The rate: `7/200`, `0.035` or `3.5%`. A rate that is a ratio is written as one: 9/700 is not
    /// 1.29 per cent.
    pub rate: String,
    /// Where this stands.
    pub position: Position,
}

/// What a pack says of a discount schedule.
#[derive(Clone, Debug)]
pub struct DiscountSpec {
    /// Code by which proposals name it.
    pub code: String,
    /// Which edition of the guidance it is from.
    pub edition: String,
    /// What it discounts.
    pub discounts: Discounts,
    /// Whether the first year is discounted.
    pub year_zero: YearZero,
    /// The rates, in order.
    pub bands: Vec<Band>,
    /// Where it is described.
    pub position: Position,
}

/// Rates by year ahead, exact, of one edition.
///
/// A factor is the product of the rates of all years up to its own: the low rate of year 40 is that of the
/// step from year 39, not of all forty.
///
/// # Example
///
/// ```
/// use wholeplace::finding::Position;
/// use wholeplace::money::Ratio;
/// use wholeplace::price::{Band, Discounts, DiscountSchedule, DiscountSpec, YearZero};
/// let at = Position::file("prices.toml");
/// let band = |from, to, rate: &str| Band { from, to, rate: rate.into(), position: at.clone() };
/// let (schedule, findings) = DiscountSchedule::build(DiscountSpec {
///     code: "green-book".into(),
///     edition: "2026".into(),
///     discounts: Discounts::Money,
///     year_zero: YearZero::Undiscounted,
///     bands: vec![band(1, 30, "7/200"), band(31, 75, "3%")],
///     position: at.clone(),
/// });
/// assert!(findings.is_empty());
/// assert_eq!(schedule.factor(0)?, Ratio::one());
/// assert_eq!(schedule.factor(1)?, Ratio::new(200, 207));
/// assert_eq!(schedule.factor(31)?.to_decimal(4), "0.3459");
/// assert!(schedule.factor(76).is_err());
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// HM Treasury, The Green Book, discounting: declining rates, cumulative factors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscountSchedule {
    code: String,
    edition: String,
    discounts: Discounts,
    year_zero: YearZero,
    /// The last year of each band and `1 / (1 + rate)`, in order; the first begins with year 1.
    steps: Vec<(u32, Ratio)>,
}

impl DiscountSchedule {
    /// Builds a schedule, and reports everything that is wrong with its bands.
    ///
    /// Faults: a rate that is no number, below zero or one and more; bands that overlap, leave years out, end
    /// before they begin or do not begin with the first year; no band at all.
    #[must_use]
    pub fn build(spec: DiscountSpec) -> (Self, Findings) {
        let mut findings = Findings::new();
        let mut steps: Vec<(u32, Ratio)> = Vec::with_capacity(spec.bands.len());
        for band in &spec.bands {
            let mut fault = |rule: &str, found: String, remedy: &str| {
                findings.push(Finding::fault(rule, band.position.clone(), found, remedy));
            };
            let next = steps.last().map_or(1, |(last, _)| last.saturating_add(1));
            let begins = band.from == next || (band.from == 0 && steps.is_empty());
            if !begins || band.to < band.from.max(1) {
                fault(
                    "discount-bands-unclear",
                    format!(
                        "a band of years {} to {}, where one from year {next} comes next",
                        band.from, band.to
                    ),
                    "let each band begin with the year after the one before it",
                );
            }
            let rate = (band.rate.parse::<Ratio>().ok())
                .filter(|rate| *rate >= Ratio::zero() && *rate < Ratio::one());
            match rate.and_then(|rate| Ratio::one().plus(&rate).inverse()) {
                Some(step) => steps.push((band.to, step)),
                None => fault(
                    "discount-rate-unclear",
                    format!("`{}` is not a rate from 0 up to 1", band.rate),
                    "write it as a ratio (`7/200`), a decimal (`0.035`) or per cent (`3.5%`)",
                ),
            }
        }
        let schedule = Self {
            code: spec.code,
            edition: spec.edition,
            discounts: spec.discounts,
            year_zero: spec.year_zero,
            steps,
        };
        if schedule.steps.is_empty() && !findings.any_fault() {
            findings.push(Finding::fault(
                "discount-bands-unclear",
                spec.position,
                format!("the discount schedule {schedule} has no band"),
                "give it a rate for each year ahead",
            ));
        }
        (schedule, findings)
    }

    /// Code by which proposals name it.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Which edition it is from.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// What it discounts.
    #[must_use]
    pub fn discounts(&self) -> Discounts {
        self.discounts
    }

    /// Whether the first year is discounted.
    #[must_use]
    pub fn year_zero(&self) -> YearZero {
        self.year_zero
    }

    /// What a unit of the year that is so many years after the first is worth in the first.
    ///
    /// # Errors
    ///
    /// [`PriceError::BeyondSchedule`] after the last year of the last band.
    pub fn factor(&self, year: u32) -> Result<Ratio, PriceError> {
        let times = match self.year_zero {
            YearZero::Undiscounted => year,
            YearZero::Discounted => year.saturating_add(1),
        };
        let mut factor = Ratio::one();
        let mut done = 0;
        for (last, step) in &self.steps {
            let end = times.min(*last);
            factor = factor.times(&step.to_the(end.saturating_sub(done)));
            done = end.max(done);
        }
        if done == times {
            return Ok(factor);
        }
        Err(PriceError::BeyondSchedule {
            schedule: self.to_string(),
            last: done,
            year: times,
        })
    }

    /// What sums of money by year are worth in the first year; the first of them is of the first.
    ///
    /// # Errors
    ///
    /// [`PriceError::NotForMoney`] by a schedule for effects on health, [`PriceError::BeyondSchedule`]
    /// as [`DiscountSchedule::factor`].
    pub fn present_value<'a>(
        &self,
        by_year: impl IntoIterator<Item = &'a Exact>,
    ) -> Result<Exact, PriceError> {
        let mut value = Exact::zero();
        for (year, sum) in (0..).zip(by_year) {
            value.add(&sum.times(&self.money_factor(year)?));
        }
        Ok(value)
    }

    /// The factor of a year for money.
    ///
    /// # Errors
    ///
    /// As [`DiscountSchedule::present_value`].
    pub fn money_factor(&self, year: u32) -> Result<Ratio, PriceError> {
        match self.discounts {
            Discounts::Money => self.factor(year),
            Discounts::Health => Err(PriceError::NotForMoney {
                schedule: self.to_string(),
            }),
        }
    }
}

impl fmt::Display for DiscountSchedule {
    /// The code and the edition, as they stand in a list of assumptions.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.code, self.edition)
    }
}
