//! Published methods of official statistics, one a file, each with formula, units, assumptions,
//! where it fails and its source.
//!
//! Confidence is a [`Confidence`] that the caller gives. Counts and populations are `f64`, because
//! sources publish averages and person-years; what cannot be a count or a population is a
//! [`StatisticError`], so that one bad group of many fails alone. Every value and limit that a method
//! gives is finite: where one would overflow, the answer is [`StatisticError::Undefined`] or
//! [`StatisticError::NotFinite`], whichever function it is.
//!
//! | For | Function | Method |
//! |---|---|---|
//! | a share of people who each count once | [`wilson`] | Wilson's score |
//! | a count of events | [`count()`], [`exact_poisson`], [`byar`] | exact Poisson, Byar |
//! | a rate of events, which one person may have again | [`crude_rate`] | exact Poisson, Byar |
//! | a mean of observations | [`mean()`], [`mean_of_summary`] | Student's t |
//! | rates of places whose people differ in age | [`directly_standardised_rate`] | Dobson |
//! | the same of events that happen again to the same people | [`directly_standardised_rate_of_repeat_events`] | Dobson, wider |
//! | a small place against a reference | [`indirectly_standardised_ratio`], [`indirectly_standardised_rate`], [`standardised_ratio`], [`expected_events`] | exact Poisson, Byar |
//! | groups of equal number of places | [`quantiles`] | best rank of ties |
//! | inequality between least and most advantaged | [`slope_index()`] | weighted regression, simulated |
//! | funnel plots of proportions | [`funnel_limits_of_proportion`], [`flag_of_proportion`] | score limits |
//! | funnel plots of counts, rates and ratios | [`funnel_limits_of_count`], [`flag_of_ratio`] | exact Poisson |
//! | two groups: do they differ? | [`difference_of_proportions`] | Newcombe, hybrid score |
//! | two figures with standard errors | [`difference_of_estimates`] | normal |
//! | a share over the years | [`trend_of_proportions`] | Cochran–Armitage |
//! | a rate or mean over the years | [`trend_of_estimates`] | weighted regression |
//! | the baseline if nothing changes | [`forecast_linear_trend`], [`forecast_level`] | prediction interval |
//! | what a programme changed, of four counts | [`difference_in_differences_of_proportions`] | normal |
//! | what a programme changed, row by row | [`difference_in_differences`] | cluster-robust |
//! | cost of an outcome | [`cost_per_outcome`] | |
//! | two ways of working | [`compare`], [`net_benefit`] | cost-effectiveness plane |
//! | many ways of working | [`frontier`] | simple and extended dominance |
//! | worth it at which price? | [`acceptability`] | share of draws |
//! | a ratio of two estimates | [`ratio_by_fieller`] | Fieller |
//! | a ratio over people | [`ratio_by_bootstrap`], [`incremental_ratio_by_bootstrap`], [`extra_by_bootstrap`] | percentile bootstrap |
//! | a league table | [`ranks`], [`ranks_with_intervals`] | simulated ranks |
//! | how many people a pilot needs | [`people_per_group`], [`effect_size`], [`design_effect`] | Cohen; Kish |
//!
//! **Invariant:** nothing here knows what a pound, a partner or a place is; nothing draws random
//! numbers without a seed from the caller.

mod confidence;
mod estimate;
mod random;
mod poisson;
mod student;
mod proportion;
mod count;
mod rate;
mod mean;
mod stratum;
mod standard_population;
mod directly_standardised;
mod indirectly_standardised;
mod noise;
mod quantile;
mod slope_index;
mod funnel;
mod counted;
mod difference;
mod trend;
mod forecast;
mod difference_in_differences;
mod cost_effectiveness;
mod frontier;
mod ratio;
mod bootstrap;
mod rank;
mod sample_size;

pub use bootstrap::{
    Paired, extra_by_bootstrap, incremental_ratio_by_bootstrap, ratio_by_bootstrap,
};
pub use confidence::Confidence;
pub use cost_effectiveness::{
    Alternative, CostAndEffect, CostComparison, Verdict, acceptability, compare, cost_per_outcome,
    net_benefit,
};
pub use count::{byar, count, exact_poisson};
pub use counted::{Measured, Proportion};
pub use difference::{difference_of_estimates, difference_of_proportions};
pub use difference_in_differences::{
    Arm, BeforeAndAfter, ObservedUnit, Time, difference_in_differences,
    difference_in_differences_of_proportions,
};
pub use directly_standardised::{
    directly_standardised_rate, directly_standardised_rate_of_repeat_events,
};
pub use estimate::{Estimate, Interval, Withheld};
pub use forecast::{forecast_level, forecast_linear_trend};
pub use frontier::{FrontierPoint, FrontierStanding, frontier};
pub use funnel::{
    Flag, flag_of_proportion, flag_of_ratio, funnel_limits_of_count, funnel_limits_of_proportion,
};
pub use indirectly_standardised::{
    expected_events, indirectly_standardised_rate, indirectly_standardised_ratio,
    standardised_ratio,
};
pub use mean::{mean, mean_of_summary};
pub(crate) use noise::CountChances;
pub use noise::Noise;
pub use proportion::wilson;
pub use quantile::{Order, quantiles};
pub use random::Simulation;
pub(crate) use random::{Draws, percentile};
pub use rank::{ranks, ranks_with_intervals};
pub use rate::crude_rate;
pub use ratio::ratio_by_fieller;
pub use sample_size::{design_effect, effect_size, people_per_group};
pub use slope_index::{QuantileValue, Scale, SlopeIndex, Spread, slope_index};
pub use standard_population::StandardPopulation;
pub use stratum::{RepeatStratum, Stratum};
pub use trend::{TREND_POINTS, Trend, TrendDirection, trend_of_estimates, trend_of_proportions};

/// Why a method cannot be applied to what it was given.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StatisticError {
    /// Confidence is a number between 0 and 1.
    #[error("confidence {given} is not between 0 and 1; for 95% write 0.95")]
    Confidence {
        /// What was given.
        given: f64,
    },
    /// Text that is no number at all.
    #[error("`{found}` is not a confidence; write a number between 0 and 1, as in 0.95")]
    NotAConfidence {
        /// What was written.
        found: String,
    },
    /// Not a number, or infinite.
    #[error("{what} is {given}, which is not a finite number")]
    NotFinite {
        /// Which argument.
        what: &'static str,
        /// What was given.
        given: f64,
    },
    /// A count, a population or a weight below zero.
    #[error("{what} is {given}; it cannot be negative")]
    Negative {
        /// Which argument.
        what: &'static str,
        /// What was given.
        given: f64,
    },
    /// A divisor that is zero or less.
    #[error("{what} is {given}; a rate needs a denominator above zero")]
    NoDenominator {
        /// Which argument.
        what: &'static str,
        /// What was given.
        given: f64,
    },
    /// More events than people to whom they could happen.
    #[error("{events} events among {people} people: a proportion cannot be above 1")]
    MoreEventsThanPeople {
        /// Events given.
        events: f64,
        /// People given.
        people: f64,
    },
    /// Something that must be a whole number.
    #[error("{what} is {given}, which is not a whole number")]
    NotWhole {
        /// Which argument.
        what: &'static str,
        /// What was given.
        given: f64,
    },
    /// Fewer values than the method needs.
    #[error("there are {given} {what}; the method needs at least {needed}")]
    TooFew {
        /// What there is too little of.
        what: &'static str,
        /// How many are needed.
        needed: usize,
        /// How many were given.
        given: usize,
    },
    /// A stratum that one side has and the other has not.
    #[error("stratum `{stratum}` has {has} but no {lacks}; strata are joined by name")]
    MissingStratum {
        /// Its name.
        stratum: String,
        /// What is there.
        has: &'static str,
        /// What is not.
        lacks: &'static str,
    },
    /// A stratum, group or quantile that is given twice.
    #[error("`{name}` is given twice")]
    GivenTwice {
        /// Its name.
        name: String,
    },
    /// Limits between which the value does not lie.
    #[error("the value {value} does not lie between its limits {lower} and {upper}")]
    LimitsCrossed {
        /// The value.
        value: f64,
        /// Its lower limit.
        lower: f64,
        /// Its upper limit.
        upper: f64,
    },
    /// Something outside the range in which a method has a meaning.
    #[error("{what} is {given}; it must be {allowed}")]
    OutOfRange {
        /// Which argument.
        what: &'static str,
        /// What was given.
        given: f64,
        /// What it may be, in words.
        allowed: &'static str,
    },
    /// What is wrong with one of several strata, groups or quantiles.
    #[error("in `{name}`, {fault}")]
    Within {
        /// Its name.
        name: String,
        /// What is wrong.
        fault: Box<StatisticError>,
    },
    /// A quantile of which nothing is given.
    #[error("quantile {quantile} of {quantiles} has no value; a slope needs every quantile")]
    MissingQuantile {
        /// Which one.
        quantile: u32,
        /// How many there should be.
        quantiles: u32,
    },
    /// A method that has no answer for these numbers, in words.
    #[error("{0}")]
    Undefined(&'static str),
}

impl StatisticError {
    /// The same, in a stratum, group or quantile of this name.
    fn within(self, name: &str) -> Self {
        Self::Within {
            name: name.to_owned(),
            fault: Box::new(self),
        }
    }
}

/// The number if it is one.
pub(crate) fn finite(what: &'static str, given: f64) -> Result<f64, StatisticError> {
    if given.is_finite() {
        Ok(given)
    } else {
        Err(StatisticError::NotFinite { what, given })
    }
}

/// The number if it may be a count: finite and not negative.
pub(crate) fn count_of(what: &'static str, given: f64) -> Result<f64, StatisticError> {
    if finite(what, given)? < 0.0 {
        return Err(StatisticError::Negative { what, given });
    }
    Ok(given)
}

/// The number if it may be a denominator: finite and above zero.
pub(crate) fn denominator(what: &'static str, given: f64) -> Result<f64, StatisticError> {
    if finite(what, given)? <= 0.0 {
        return Err(StatisticError::NoDenominator { what, given });
    }
    Ok(given)
}
