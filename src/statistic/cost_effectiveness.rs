//! What an outcome costs, and what one more of it costs by one way of working rather than another.
//!
//! Money here is plain pounds as `f64`: these are ratios and differences of estimates, not sums that
//! must close to the penny, and nothing here knows a ledger.

use super::counted::computed;
use super::{StatisticError, denominator, finite};
use serde::{Deserialize, Serialize};

/// A cost with the effect it goes with: of one person, of one draw of a simulation, or what one way
/// costs and achieves beyond another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostAndEffect {
    /// Pounds; a saving is negative.
    pub cost: f64,
    /// Outcomes, more of which is better: people kept out of care, not people in care.
    pub effect: f64,
}

impl CostAndEffect {
    /// This one if both are numbers.
    pub(super) fn checked(self) -> Result<Self, StatisticError> {
        finite("a cost", self.cost)?;
        finite("an effect", self.effect)?;
        Ok(self)
    }

    /// What this one has beyond another.
    pub(super) fn beyond(self, other: Self) -> Result<Self, StatisticError> {
        Ok(Self {
            cost: computed(self.cost - other.cost)?,
            effect: computed(self.effect - other.effect)?,
        })
    }
}

/// A way of working, with what it costs and achieves for the same people over the same time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// What it is called.
    pub name: String,
    /// Its whole cost in pounds, and its whole effect, more of which is better.
    pub total: CostAndEffect,
}

impl Alternative {
    /// An alternative.
    ///
    /// # Errors
    ///
    /// [`StatisticError::NotFinite`].
    pub fn new(name: impl Into<String>, cost: f64, effect: f64) -> Result<Self, StatisticError> {
        Ok(Self {
            name: name.into(),
            total: CostAndEffect { cost, effect }.checked()?,
        })
    }
}

/// Gives the cost of one outcome.
///
/// An average: it says what outcomes have cost, not what one more would cost. For that, compare
/// alternatives ([`compare`]).
///
/// # Formula
///
/// ```text
/// cost / outcomes
/// ```
///
/// # Units
///
/// - `cost`: pounds; `outcomes`: a count above 0; returns pounds per outcome
///
/// # Assumptions
///
/// - cost and outcomes are of the same people; outcomes may come years after the cost
///
/// # Errors
///
/// [`StatisticError::NoDenominator`] without outcomes; [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::cost_per_outcome;
/// assert_eq!(cost_per_outcome(120_000.0, 40.0)?, 3_000.0);
/// let error = cost_per_outcome(120_000.0, 0.0).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "outcomes is 0; a rate needs a denominator above zero"
/// );
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Drummond MF, Sculpher MJ, Claxton K, Stoddart GL, Torrance GW. Methods for the Economic
/// Evaluation of Health Care Programmes, 4th edition. Oxford University Press, 2015.
pub fn cost_per_outcome(cost: f64, outcomes: f64) -> Result<f64, StatisticError> {
    finite("cost", cost)?;
    denominator("outcomes", outcomes)?;
    computed(cost / outcomes)
}

/// What one alternative has beyond another, and what may be said of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CostComparison {
    /// What the second costs and achieves beyond the first.
    pub extra: CostAndEffect,
    /// In which part of the cost-effectiveness plane that lies.
    pub verdict: Verdict,
}

/// A part of the cost-effectiveness plane. Where one alternative dominates there is no ratio: a
/// negative one would mean gain and loss alike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// Costs more and achieves more: is it worth that much an outcome?
    ExtraCostPerOutcome {
        /// Pounds for each further outcome, above zero. Lower is better.
        ratio: f64,
    },
    /// Costs less and achieves less: is that much saved enough for each outcome given up?
    SavingPerOutcomeLost {
        /// Pounds saved for each outcome lost, above zero. Higher is better.
        ratio: f64,
    },
    /// The second costs no more and achieves no less, and one of the two is better.
    Dominates,
    /// The second costs no less and achieves no more, and one of the two is worse.
    Dominated,
    /// Same cost, same effect.
    NoDifference,
}

/// Compares two ways of working: what the second costs and achieves beyond the first.
///
/// Averages mislead here: an outcome by B may cost £3,333 and one by A £3,000, while each *further*
/// outcome that B brings costs £4,000.
///
/// # Formula
///
/// ```text
/// ratio = (C_to - C_from) / (E_to - E_from)        only where neither dominates
/// ```
///
/// # Units
///
/// - pounds and outcomes of both alternatives, for the same people over the same time
///
/// # Assumptions
///
/// - only one of the two can be chosen; more effect is better
///
/// # Where it fails
///
/// Without uncertainty it compares estimates as if they were known; see
/// [`ratio_by_fieller`](super::ratio_by_fieller) and [`acceptability`].
///
/// # Errors
///
/// [`StatisticError::NotFinite`]; [`StatisticError::Undefined`] for numbers too extreme to be
/// computed with.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Alternative, Verdict, compare};
/// let a = Alternative::new("A", 120_000.0, 40.0)?;
/// let b = Alternative::new("B", 200_000.0, 60.0)?;
/// let verdict = compare(&a, &b)?.verdict;
/// assert_eq!(verdict, Verdict::ExtraCostPerOutcome { ratio: 4_000.0 });
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: going back saves as much for each outcome lost, and is labelled so
///
/// ```
/// # use wholeplace::statistic::{Alternative, Verdict, compare};
/// # let a = Alternative::new("A", 120_000.0, 40.0)?;
/// # let b = Alternative::new("B", 200_000.0, 60.0)?;
/// let verdict = compare(&b, &a)?.verdict;
/// assert_eq!(verdict, Verdict::SavingPerOutcomeLost { ratio: 4_000.0 });
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Black WC. The CE plane: a graphic representation of cost-effectiveness. Medical Decision Making
/// 10, 1990, 212–214.
pub fn compare(from: &Alternative, to: &Alternative) -> Result<CostComparison, StatisticError> {
    let extra = to.total.checked()?.beyond(from.total.checked()?)?;
    let CostAndEffect { cost, effect } = extra;
    let verdict = if cost == 0.0 && effect == 0.0 {
        Verdict::NoDifference
    } else if cost <= 0.0 && effect >= 0.0 {
        Verdict::Dominates
    } else if cost >= 0.0 && effect <= 0.0 {
        Verdict::Dominated
    } else {
        let ratio = computed(cost / effect)?;
        if effect > 0.0 {
            Verdict::ExtraCostPerOutcome { ratio }
        } else {
            Verdict::SavingPerOutcomeLost { ratio }
        }
    };
    Ok(CostComparison { extra, verdict })
}

/// Gives what the extra effect is worth beyond its extra cost, at a price for each outcome.
///
/// Unlike the ratio it means one thing in all four parts of the plane: above zero, worth it. It also
/// has an ordinary mean and interval.
///
/// # Formula
///
/// ```text
/// λ ΔE - ΔC
/// ```
///
/// # Units
///
/// - `extra`: what one alternative costs and achieves beyond another; `willingness`: pounds for one
///   outcome, 0 or above; returns pounds
///
/// # Errors
///
/// [`StatisticError::NotFinite`]; [`StatisticError::Negative`] for the willingness.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{CostAndEffect, net_benefit};
/// let extra = CostAndEffect { cost: 80_000.0, effect: 20.0 };
/// assert_eq!(net_benefit(extra, 5_000.0)?, 20_000.0);
/// assert_eq!(net_benefit(extra, 4_000.0)?, 0.0);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Stinnett AA, Mullahy J. Net health benefits: a new framework for the analysis of uncertainty in
/// cost-effectiveness analysis. Medical Decision Making 18, 1998, S68–S80.
pub fn net_benefit(extra: CostAndEffect, willingness: f64) -> Result<f64, StatisticError> {
    let extra = extra.checked()?;
    super::count_of("willingness to pay", willingness)?;
    computed(willingness * extra.effect - extra.cost)
}

/// Gives, for each price of an outcome, the share of draws in which the extra effect is worth more
/// than its extra cost: the cost-effectiveness acceptability curve.
///
/// The draws come from a simulation of inputs, or from
/// [`extra_by_bootstrap`](super::extra_by_bootstrap).
///
/// # Formula
///
/// ```text
/// share(λ) = #{draws: λ ΔE - ΔC > 0} / #draws
/// ```
///
/// # Units
///
/// - `draws`: extra cost in pounds with extra effect; `willingness`: pounds for one outcome, 0 or
///   above; returns (willingness, share from 0 to 1) in the order given
///
/// # Assumptions
///
/// - each draw is as likely as the others, and cost and effect of a draw belong together
///
/// # Where it fails
///
/// The share is not the chance that the programme works, and need not rise with the price where some
/// draws lose effect. It says nothing of how much is lost when the choice is wrong.
///
/// # Errors
///
/// [`StatisticError::TooFew`] without draws; [`StatisticError::NotFinite`];
/// [`StatisticError::Negative`] for a willingness.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{CostAndEffect, acceptability};
/// let draws = [(80e3, 25.0), (90e3, 20.0), (70e3, 10.0), (85e3, -2.0)]
///     .map(|(cost, effect)| CostAndEffect { cost, effect });
/// let curve = acceptability(&draws, &[0.0, 4_000.0, 10_000.0])?;
/// assert_eq!(curve, [(0.0, 0.0), (4_000.0, 0.25), (10_000.0, 0.75)]);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// van Hout BA, Al MJ, Gordon GS, Rutten FFH. Costs, effects and C/E-ratios alongside a clinical
/// trial. Health Economics 3, 1994, 309–319.
///
/// Fenwick E, O'Brien BJ, Briggs A. Cost-effectiveness acceptability curves: facts, fallacies and
/// frequently asked questions. Health Economics 13, 2004, 405–415.
pub fn acceptability(
    draws: &[CostAndEffect],
    willingness: &[f64],
) -> Result<Vec<(f64, f64)>, StatisticError> {
    if draws.is_empty() {
        return Err(StatisticError::TooFew {
            what: "draws of extra cost and effect",
            needed: 1,
            given: 0,
        });
    }
    let mut curve = Vec::with_capacity(willingness.len());
    for &price in willingness {
        let mut worth_it = 0.0;
        for &draw in draws {
            if net_benefit(draw, price)? > 0.0 {
                worth_it += 1.0;
            }
        }
        curve.push((price, worth_it / draws.len() as f64));
    }
    Ok(curve)
}
