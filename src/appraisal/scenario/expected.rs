//! What moved money might do to an outcome, by what was measured before; or why nothing is claimed.

use super::apply::Scenario;
use crate::cube::{Cube, Question};
use crate::indicator::Indicators;
use crate::linkage::{Effect, LinkageError, cost_per_unit_of_change};
use crate::money::Pence;
use crate::statistic::{Estimate, Interval, StatisticError, Withheld};
use std::fmt;

/// An effect beside a scenario. Only [`Scenario::expected`] makes one, from a measured [`Effect`]: nobody can
/// attach a figure of their own.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Expected {
    /// The scenario.
    pub scenario: String,
    /// Name of the outcome.
    pub outcome: String,
    /// What was measured, with the grade of its evidence.
    pub effect: Effect,
    /// What is spent on the outcome without the moves.
    pub spent: Pence,
    /// What the moves add to that; below zero they take it away.
    pub more: Pence,
    /// Pounds for each unit by which the outcome changed for the better; or why there is no such figure.
    pub cost: Estimate,
    /// By how many units it would be better if the moved money did as the money before; nothing where no effect
    /// is claimed.
    pub units: Option<Estimate>,
}

impl Scenario {
    /// What the moves might do to an outcome of the pack.
    ///
    /// `effect` says by how much an indicator of the outcome changed; `people` among how many, so that a rate
    /// becomes a number of them; `ask` makes of a cube the question whose spending stands beside it, with no
    /// activity: those that are meant to help the outcome are taken by the weights of the pack.
    ///
    /// # Formula
    ///
    /// ```text
    /// cost = spent / improvement        units = more / cost        limits turned round
    /// ```
    ///
    /// # Where it fails
    ///
    /// The cost is an average and not what the next pound does, and it is the cost of the change only if the
    /// spending made it: the grade says how far that may be said. Where the change is no more than chance, was for
    /// the worse, or the moves add nothing to what is meant to help the outcome, no effect is claimed.
    ///
    /// # Errors
    ///
    /// Those of [`Indicators::spend_on`]; [`LinkageError::Statistic`] where `people` is not above zero.
    pub fn expected<'a>(
        &'a self,
        indicators: &Indicators,
        outcome: &str,
        effect: &Effect,
        people: f64,
        ask: impl Fn(&'a Cube) -> Question<'a>,
    ) -> Result<Expected, LinkageError> {
        let before = indicators.spend_on(outcome, &ask(self.before()))?;
        let after = indicators.spend_on(outcome, &ask(self.cube()))?;
        let more = after.total.get().saturating_sub(before.total.get());
        let more = Pence::new(more);
        let improvement = match effect.improvement_among(people)? {
            Some(improvement) => improvement,
            // Neither direction is good, so that there is no improvement to cost anything.
            None => Estimate::withheld_because(
                effect.change.confidence(),
                effect.change.method(),
                Withheld::Because {
                    words: "neither direction of it is good".to_owned(),
                },
            ),
        };
        let cost = cost_per_unit_of_change(before.total, &improvement);
        let units = match more {
            Pence::ZERO => None,
            more => units(more, &cost)?,
        };
        Ok(Expected {
            scenario: self.code.clone(),
            outcome: before.outcome,
            effect: effect.clone(),
            spent: before.total,
            more,
            cost,
            units,
        })
    }
}

/// What so much more would buy at that cost.
fn units(more: Pence, cost: &Estimate) -> Result<Option<Estimate>, StatisticError> {
    let (Some(value), Some(Interval { lower, upper })) = (cost.value(), cost.interval()) else {
        return Ok(None);
    };
    #[expect(clippy::cast_precision_loss, reason = "an estimate, which is no money")]
    let pounds = more.get() as f64 / 100.0;
    let ends = [pounds / lower, pounds / upper];
    let interval = Interval {
        lower: ends[0].min(ends[1]),
        upper: ends[0].max(ends[1]),
    };
    Estimate::published(pounds / value, interval, cost.confidence()).map(Some)
}

impl fmt::Display for Expected {
    /// In plain words, always with the grade and what may be said of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, grade) = (&self.effect.name, self.effect.grade);
        write!(f, "{} and {name}: ", self.scenario)?;
        let Some(units) = &self.units else {
            let why = match (self.more, self.cost.withheld()) {
                (Pence::ZERO, _) => format!(
                    "the moves add nothing to what is meant for \"{}\"",
                    self.outcome
                ),
                (_, Some(why)) => why.to_string(),
                (_, None) => "nothing is spent on it now".to_owned(),
            };
            return write!(f, "no effect is claimed, because {why}. {}", self.effect);
        };
        let more = Pence::new(self.more.get().saturating_abs());
        let way = if self.more < Pence::ZERO {
            "less"
        } else {
            "more"
        };
        write!(
            f,
            "{more} {way} beside {} that is spent on \"{}\" now. If it did as the money before, at £{:.0} for each, it \
             would be {units:.1} for the better. {}",
            self.spent, self.outcome, self.cost, self.effect
        )?;
        write!(
            f,
            " An average of what was spent and seen, of {grade}; no promise."
        )
    }
}
