//! How many events fewer there were for each person, with an interval.

use super::{Counted, Group, Observation};
use crate::appraisal::pounds::to_f64;
use crate::appraisal::proposal::{Chain, Change, Due};
use crate::money::Ratio;
use crate::statistic::{
    BeforeAndAfter, Confidence, Estimate, Interval, Measured, Proportion, StatisticError,
    crude_rate, difference_in_differences_of_proportions, difference_of_estimates,
    difference_of_proportions, wilson,
};

/// What stands for how it would have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// What the proposal states as its base, taken as known exactly.
    StatedBase,
    /// The same sort of people before it began.
    Before,
    /// A comparison group in the same year.
    Comparison,
    /// How a comparison group changed since before it began.
    ChangeOfComparison,
}

impl Against {
    /// In words, for people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::StatedBase => "the stated base",
            Self::Before => "before",
            Self::Comparison => "a comparison group",
            Self::ChangeOfComparison => "the change of a comparison group",
        }
    }

    /// Whether it shows what would have happened anyway.
    #[must_use]
    pub fn shows_deadweight(self) -> bool {
        matches!(self, Self::Comparison | Self::ChangeOfComparison)
    }
}

/// Events fewer because of the proposal, as they were seen.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Seen {
    /// What stands for how it would have been.
    pub against: Against,
    /// Events fewer for each person counted: rate without less rate with, before anything is taken off.
    pub per_person: Estimate,
    /// Events fewer of all people counted, because of the proposal alone.
    pub events: Estimate,
}

/// What was seen; nothing where nothing says how it would have been.
///
/// # Formula
///
/// Of people who each count once, Newcombe's interval of a difference of two proportions, the normal one of a
/// difference in differences, and Wilson's around one proportion against a stated base. Of events, exact Poisson and
/// Byar's limits of each rate; a difference of rates is normal, with the standard error that lies behind those limits.
/// Where a design effect is stated, people and events of each group are divided by it first.
///
/// # Where it fails
///
/// A stated base and what is taken off are taken as known exactly: what is not sure of them is not in the interval. Of
/// few events normal limits are wrong on both sides.
pub(super) fn seen(
    of: &Observation,
    chain: &Chain,
    confidence: Confidence,
) -> Result<Option<Seen>, StatisticError> {
    let effect = to_f64(&of.design_effect);
    let base = match &chain.change {
        Change::Part { base, .. } => Some(to_f64(base)),
        Change::Points(_) => None,
    };
    let comparison = of.comparison.map(|(_, group)| group);
    let (against, per_person) = match (comparison, of.before, of.comparison_before, base) {
        (Some(beside), Some(before), Some(beside_before), _) => (
            Against::ChangeOfComparison,
            change(
                of.counted,
                [of.with, before, beside, beside_before],
                effect,
                confidence,
            )?,
        ),
        (Some(beside), ..) => (
            Against::Comparison,
            difference(of.counted, beside, of.with, effect, confidence)?,
        ),
        (None, Some(before), ..) => (
            Against::Before,
            difference(of.counted, before, of.with, effect, confidence)?,
        ),
        (None, None, _, Some(base)) => {
            let rate = rate(of.counted, of.with, effect, confidence)?;
            let fewer = moved(&rate.times(-1.0), base)?;
            let none = StatisticError::Undefined("a rate without limits");
            (Against::StatedBase, fewer.ok_or(none)?)
        }
        (None, None, _, None) => return Ok(None),
    };
    let people = Ratio::new(of.with.people.into(), 1);
    let factor = people.times(&taken_off(chain, against));
    Ok(Some(Seen {
        against,
        events: per_person.times(to_f64(&factor)),
        per_person,
    }))
}

/// The part of what is seen that is the proposal's.
fn taken_off(chain: &Chain, against: Against) -> Ratio {
    let ours = match &chain.due {
        Due::ToUs(ours) => ours.clone(),
        Due::ToOthers(others) => Ratio::one().minus(others),
    };
    let ours = ours.times(&Ratio::one().minus(&chain.displacement));
    match against.shows_deadweight() {
        true => ours,
        false => ours.times(&Ratio::one().minus(&chain.deadweight)),
    }
}

/// People and events of a group as they weigh: divided by the design effect.
fn weigh(group: Group, effect: f64) -> (f64, f64) {
    // Counts of people are far below 2^53.
    (group.events as f64 / effect, group.people as f64 / effect)
}

fn proportion(group: Group, effect: f64) -> Result<Proportion, StatisticError> {
    let (events, people) = weigh(group, effect);
    Proportion::new(events, people)
}

fn rate(
    counted: Counted,
    group: Group,
    effect: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    let (events, people) = weigh(group, effect);
    match counted {
        Counted::People => wilson(events, people, confidence),
        Counted::Events => crude_rate(events, people, 1.0, confidence),
    }
}

/// The rate of one group less that of another.
fn difference(
    counted: Counted,
    more: Group,
    fewer: Group,
    effect: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    match counted {
        Counted::People => {
            let (more, fewer) = (proportion(more, effect)?, proportion(fewer, effect)?);
            difference_of_proportions(more, fewer, confidence)
        }
        Counted::Events => {
            let more = rate(counted, more, effect, confidence)?;
            let fewer = rate(counted, fewer, effect, confidence)?;
            let (more, fewer) = (
                Measured::from_limits(&more)?,
                Measured::from_limits(&fewer)?,
            );
            difference_of_estimates(more, fewer, confidence)
        }
    }
}

/// By how much more the rate fell than that of the comparison group.
fn change(
    counted: Counted,
    [with, before, beside, beside_before]: [Group; 4],
    effect: f64,
    confidence: Confidence,
) -> Result<Estimate, StatisticError> {
    if counted == Counted::People {
        let of = |before, after| -> Result<BeforeAndAfter, StatisticError> {
            Ok(BeforeAndAfter {
                before: proportion(before, effect)?,
                after: proportion(after, effect)?,
            })
        };
        let (ours, theirs) = (of(before, with)?, of(beside_before, beside)?);
        let rose = difference_in_differences_of_proportions(ours, theirs, confidence)?;
        return Ok(rose.times(-1.0));
    }
    let ours = difference(counted, before, with, effect, confidence)?;
    let theirs = difference(counted, beside_before, beside, effect, confidence)?;
    let (ours, theirs) = (
        Measured::from_limits(&ours)?,
        Measured::from_limits(&theirs)?,
    );
    difference_of_estimates(ours, theirs, confidence)
}

/// An estimate and a number that is known, added up: its limits move with it. Nothing where it has no limits.
pub(super) fn moved(estimate: &Estimate, by: f64) -> Result<Option<Estimate>, StatisticError> {
    let (Some(value), Some(Interval { lower, upper })) = (estimate.value(), estimate.interval())
    else {
        return Ok(None);
    };
    let interval = Interval {
        lower: lower + by,
        upper: upper + by,
    };
    let moved = Estimate::published(value + by, interval, estimate.confidence())?;
    Ok(Some(moved.by(estimate.method())))
}
