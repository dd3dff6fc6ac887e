//! Inequality between the least and the most advantaged, over all groups between.

use super::random::{Simulation, percentile};
use super::{
    Confidence, Estimate, Interval, StatisticError, Withheld, count_of, denominator, finite,
};
use std::collections::BTreeMap;

/// The level that the limits of the values are at, whatever the level asked for the slope.
const LEVEL_OF_LIMITS: f64 = 0.95;

/// The fewest and the most quantiles through which a line is drawn.
const QUANTILES: std::ops::RangeInclusive<u32> = 5..=100;

/// How sure the value of one quantile is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// Its standard error, in the unit of the value. For values taken as they are.
    StandardError(f64),
    /// Its 95% limits, in the unit of the value. Always 95%: figures are published so, and the
    /// width is divided by twice 1.959964.
    Limits(Interval),
}

/// The value of one quantile: the life expectancy of the most deprived tenth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantileValue {
    /// Which quantile, from 1, the least advantaged, to the number of quantiles.
    pub quantile: u32,
    /// Persons in it, above zero.
    pub population: f64,
    /// Its value, any unit.
    pub value: f64,
    /// How sure the value is.
    pub spread: Spread,
}

/// The scale on which a straight line is drawn through the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// As they are: for measures with symmetrical intervals, such as life expectancy.
    AsIs,
    /// Their logarithms: for rates.
    Log,
    /// Their logits, `ln(p / (1 - p))`: for proportions, 0 to 1.
    Logit,
}

/// The slope and the relative index of inequality of one place.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SlopeIndex {
    /// The slope index: the line at the most advantaged end less the line at the least advantaged
    /// end, times the multiplier.
    pub slope: Estimate,
    /// The relative index: the line at the most advantaged end divided by the line at the least
    /// advantaged end; its inverse where the multiplier is negative. Withheld where an end of the
    /// line is not above zero, and without an interval where an end of the lines that its limits
    /// come from is not: a ratio below zero is never a limit.
    pub relative: Estimate,
    /// The line at rank 0, below the least advantaged person, in the unit of the values.
    pub at_0: f64,
    /// The line at rank 1, above the most advantaged person, in the unit of the values.
    pub at_1: f64,
}

/// Gives the slope index of inequality and the relative index of inequality, with simulated
/// intervals.
///
/// For saying in one figure how an outcome differs from the least to the most advantaged, with
/// regard to all groups between and to their size. Where only the two ends are compared, what
/// happens between is lost.
///
/// # Formula
///
/// ```text
/// aᵢ = share of the population in quantile i
/// bᵢ = a₁ + … + aᵢ₋₁ + aᵢ/2                       first 0.12: b = 0.06; next 0.10: b = 0.17
/// yᵢ √aᵢ = c √aᵢ + s bᵢ √aᵢ + error                least squares without intercept
/// at_0 = g⁻¹(c),  at_1 = g⁻¹(c + s)                yᵢ = g(valueᵢ), by the scale
/// slope = (at_1 - at_0) × multiplier
/// relative = at_1 / at_0                           at_0 / at_1 for a negative multiplier
/// ```
///
/// The interval: values are drawn as `yᵢ + seᵢ × normal`, the line is fitted again, and the limits
/// are percentiles of the slopes and ratios so found, by linear interpolation. `seᵢ` is the width
/// between the 95% limits on the scale of the line, divided by `2 × 1.959964`, whatever confidence
/// is asked.
///
/// # Units
///
/// - `values`: one for each quantile, in any order, 1 the least advantaged
/// - `quantiles`: how many there are, 5 to 100
/// - `multiplier`: not zero. 100 gives a slope of proportions in percentage points; −1 turns the
///   polarity round where high values are bad, so that a positive slope means that the least
///   advantaged fare worse, as it does for life expectancy
///
/// # Assumptions
///
/// - quantiles are ordered by advantage, and the outcome changes along that order by a straight
///   line on the scale chosen
/// - the values of the quantiles are independent and near a normal distribution on that scale
///
/// # Where it fails
///
/// Where the middle fares best or worst, a line says nothing. Beyond ten quantiles groups are
/// small and their intervals no longer normal. The interval is about the values, not about how
/// well the line fits. Relative indices have no meaning where values may be zero or negative.
///
/// # Errors
///
/// [`StatisticError::MissingQuantile`]; [`StatisticError::GivenTwice`];
/// [`StatisticError::OutOfRange`] of the number of quantiles, a quantile, the multiplier, or a
/// value that the scale cannot hold; [`StatisticError::Within`] a quantile without people or with
/// limits that do not hold its value. [`StatisticError::Undefined`] of a standard error on the
/// logarithmic or logit scale: it says nothing of the two sides there, so limits are needed.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{
///     Confidence, QuantileValue, Scale, Simulation, Spread, slope_index,
/// };
/// let years = [(1, 74.0), (2, 76.0), (3, 78.0), (4, 80.0), (5, 82.0)];
/// let values = years.map(|(quantile, value)| QuantileValue {
///     quantile,
///     population: 20_000.0,
///     value,
///     spread: Spread::StandardError(0.35),
/// });
/// let simulation = Simulation::new(10_000, 2013)?;
/// let confidence = Confidence::new(0.95)?;
/// let index = slope_index(&values, 5, Scale::AsIs, 1.0, simulation, confidence)?;
/// // Fifths two years apart: ten years from end to end.
/// assert_eq!(format!("{:.1}", index.slope), "10.0 (8.9 to 11.1)");
/// assert_eq!(format!("{:.2}", index.relative), "1.14 (1.12 to 1.15)");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: a quantile is missing
///
/// ```
/// # use wholeplace::statistic::{
/// #     Confidence, QuantileValue, Scale, Simulation, Spread, slope_index,
/// # };
/// let values = [1, 2, 4, 5].map(|quantile| QuantileValue {
///     quantile,
///     population: 1_000.0,
///     value: 70.0,
///     spread: Spread::StandardError(1.0),
/// });
/// let simulation = Simulation::new(1_000, 1)?;
/// let confidence = Confidence::new(0.95)?;
/// let error = slope_index(&values, 5, Scale::AsIs, 1.0, simulation, confidence).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "quantile 3 of 5 has no value; a slope needs every quantile"
/// );
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Low A, Low A. Measuring the gap: quantifying and comparing local health inequalities. Journal
/// of Public Health 26(4), 2004, 388–395.
///
/// Pamuk ER. Social class inequality in mortality from 1921 to 1972 in England and Wales.
/// Population Studies 39(1), 1985, 17–31.
///
/// Hyndman RJ, Fan Y. Sample quantiles in statistical packages. The American Statistician 50(4),
/// 1996, 361–365 (type 7).
pub fn slope_index(
    values: &[QuantileValue],
    quantiles: u32,
    scale: Scale,
    multiplier: f64,
    simulation: Simulation,
    confidence: Confidence,
) -> Result<SlopeIndex, StatisticError> {
    if finite("multiplier", multiplier)? == 0.0 {
        return Err(StatisticError::OutOfRange {
            what: "multiplier",
            given: multiplier,
            allowed: "other than zero",
        });
    }
    let ordered = every_quantile(values, quantiles)?;
    let mut points = Vec::with_capacity(ordered.len());
    for value in ordered {
        let point = Point::of(value, scale);
        points.push(point.map_err(|fault| fault.within(&name_of(value.quantile)))?);
    }
    let line = Line::new(&points)?;

    let fitted = Ends::of(&line, points.iter().map(|point| point.y), scale);
    let mut slopes = Vec::with_capacity(simulation.len());
    let mut ratios = Vec::with_capacity(simulation.len());
    let mut draws = simulation.start();
    for _ in 0..simulation.draws() {
        let drawn = points
            .iter()
            .map(|point| point.y + point.error * draws.normal());
        let ends = Ends::of(&line, drawn, scale);
        slopes.push(ends.slope(multiplier));
        ratios.push(ends.ratio(multiplier));
    }

    let method = format!("weighted regression, limits from {simulation}");
    let slope = finite("slope", fitted.slope(multiplier))?;
    let limits = limits_of(slopes, confidence);
    finite("lower limit of the slope", limits.lower)?;
    finite("upper limit of the slope", limits.upper)?;
    Ok(SlopeIndex {
        slope: Estimate::new(slope, limits, confidence, method.as_str()),
        relative: relative(fitted, ratios, multiplier, confidence, method)?,
        at_0: fitted.at_0,
        at_1: fitted.at_1,
    })
}

/// The ratio of the ends, or why there is none.
fn relative(
    fitted: Ends,
    ratios: Vec<f64>,
    multiplier: f64,
    confidence: Confidence,
    method: String,
) -> Result<Estimate, StatisticError> {
    let because = |words: &str| Withheld::Because {
        words: words.to_owned(),
    };
    if fitted.at_0 <= 0.0 || fitted.at_1 <= 0.0 {
        let why = because("the fitted line falls to zero or below: its ends have no ratio");
        return Ok(Estimate::withheld_because(confidence, method, why));
    }
    let value = finite("relative index", fitted.ratio(multiplier))?;
    let limits = limits_of(ratios, confidence);
    Ok(if limits.lower.is_finite() && limits.upper.is_finite() {
        Estimate::new(value, limits, confidence, method)
    } else {
        let why = because("the fitted line may fall to zero: the ratio of its ends has no bound");
        Estimate::without_interval(value, confidence, method, why)
    })
}

/// The values in the order of their quantiles, each there once.
fn every_quantile(
    values: &[QuantileValue],
    quantiles: u32,
) -> Result<Vec<&QuantileValue>, StatisticError> {
    if !QUANTILES.contains(&quantiles) {
        return Err(StatisticError::OutOfRange {
            what: "number of quantiles",
            given: f64::from(quantiles),
            allowed: "between 5 and 100",
        });
    }
    let mut ordered = BTreeMap::new();
    for value in values {
        if !(1..=quantiles).contains(&value.quantile) {
            return Err(StatisticError::OutOfRange {
                what: "quantile",
                given: f64::from(value.quantile),
                allowed: "between 1 and the number of quantiles",
            });
        }
        if ordered.insert(value.quantile, value).is_some() {
            let name = name_of(value.quantile);
            return Err(StatisticError::GivenTwice { name });
        }
    }
    let missing = (1..=quantiles).find(|quantile| !ordered.contains_key(quantile));
    if let Some(quantile) = missing {
        return Err(StatisticError::MissingQuantile {
            quantile,
            quantiles,
        });
    }
    Ok(ordered.into_values().collect())
}

fn name_of(quantile: u32) -> String {
    format!("quantile {quantile}")
}

/// A quantile on the scale of the line.
struct Point {
    population: f64,
    y: f64,
    error: f64,
}

impl Point {
    fn of(given: &QuantileValue, scale: Scale) -> Result<Self, StatisticError> {
        let population = denominator("population", given.population)?;
        let y = scale.of("value", given.value)?;
        let error = match given.spread {
            Spread::StandardError(error) if scale == Scale::AsIs => {
                count_of("standard error", error)?
            }
            Spread::StandardError(_) => {
                return Err(StatisticError::Undefined(
                    "a standard error does not carry over to a logarithmic or logit scale; \
                     give the 95% limits of the value",
                ));
            }
            Spread::Limits(limits) => {
                let lower = scale.of("lower limit", limits.lower)?;
                let upper = scale.of("upper limit", limits.upper)?;
                if !limits.contains(given.value) {
                    return Err(StatisticError::LimitsCrossed {
                        value: given.value,
                        lower: limits.lower,
                        upper: limits.upper,
                    });
                }
                (upper - lower) / (2.0 * Confidence::new(LEVEL_OF_LIMITS)?.z())
            }
        };
        Ok(Self {
            population,
            y,
            error,
        })
    }
}

impl Scale {
    /// A value on this scale.
    fn of(self, what: &'static str, value: f64) -> Result<f64, StatisticError> {
        let value = finite(what, value)?;
        let (holds, allowed) = match self {
            Self::AsIs => (true, ""),
            Self::Log => (value > 0.0, "above zero on a logarithmic scale"),
            Self::Logit => (
                value > 0.0 && value < 1.0,
                "a proportion above 0 and below 1 on a logit scale",
            ),
        };
        if !holds {
            return Err(StatisticError::OutOfRange {
                what,
                given: value,
                allowed,
            });
        }
        Ok(match self {
            Self::AsIs => value,
            Self::Log => value.ln(),
            Self::Logit => (value / (1.0 - value)).ln(),
        })
    }

    /// The value of a point on this scale.
    fn back(self, y: f64) -> f64 {
        match self {
            Self::AsIs => y,
            Self::Log => y.exp(),
            Self::Logit => 1.0 / (1.0 + (-y).exp()),
        }
    }
}

/// The weights by which values on the scale give the two ends of their line: a fit is a weighted
/// sum of them, so it need not be solved again for each draw.
struct Line {
    at_0: Vec<f64>,
    at_1: Vec<f64>,
}

impl Line {
    fn new(points: &[Point]) -> Result<Self, StatisticError> {
        let total: f64 = points.iter().map(|point| point.population).sum();
        let total = finite("total population", total)?;
        let mut before = 0.0;
        let mut ranks = Vec::with_capacity(points.len());
        for point in points {
            let share = point.population / total;
            ranks.push((share, before + share / 2.0));
            before += share;
        }
        let middle: f64 = ranks.iter().map(|(share, rank)| share * rank).sum();
        let spread: f64 = ranks
            .iter()
            .map(|(share, rank)| share * (rank - middle).powi(2))
            .sum();
        if spread <= 0.0 {
            return Err(StatisticError::Undefined(
                "nearly all people are in one quantile: no line can be drawn",
            ));
        }
        // The slope is Σ a (b - middle) y / spread, and the line passes through the means.
        let end = |at: f64| {
            ranks
                .iter()
                .map(|(share, rank)| share * (1.0 + (rank - middle) * (at - middle) / spread))
                .collect()
        };
        Ok(Self {
            at_0: end(0.0),
            at_1: end(1.0),
        })
    }
}

/// The two ends of a line, in the unit of the values.
#[derive(Clone, Copy)]
struct Ends {
    at_0: f64,
    at_1: f64,
}

impl Ends {
    fn of(line: &Line, values: impl Iterator<Item = f64>, scale: Scale) -> Self {
        let (mut at_0, mut at_1) = (0.0, 0.0);
        for ((y, left), right) in values.zip(&line.at_0).zip(&line.at_1) {
            at_0 += left * y;
            at_1 += right * y;
        }
        Self {
            at_0: scale.back(at_0),
            at_1: scale.back(at_1),
        }
    }

    fn slope(self, multiplier: f64) -> f64 {
        (self.at_1 - self.at_0) * multiplier
    }

    /// Without a bound on the side where an end is not above zero: above all ratios where it is the
    /// divisor, below all where it is only the dividend.
    fn ratio(self, multiplier: f64) -> f64 {
        let (above, below) = if multiplier > 0.0 {
            (self.at_1, self.at_0)
        } else {
            (self.at_0, self.at_1)
        };
        if below <= 0.0 {
            f64::INFINITY
        } else if above <= 0.0 {
            f64::NEG_INFINITY
        } else {
            above / below
        }
    }
}

/// The percentiles between which simulated figures lie.
fn limits_of(mut drawn: Vec<f64>, confidence: Confidence) -> Interval {
    drawn.sort_by(f64::total_cmp);
    Interval {
        lower: percentile(&drawn, confidence.tail()),
        upper: percentile(&drawn, 1.0 - confidence.tail()),
    }
}
