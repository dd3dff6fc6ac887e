//! How far one figure may be off before the answer turns.

use super::AppraisalError;
use super::appraise::{Appraisal, Purse};
use super::input::Input;
use super::pounds::{in_pounds, to_f64};
use super::target::Gain;
use super::uncertain::{Figure, LANES, Lanes, Outcome, Plan, figure};
use crate::money::Ratio;
use crate::table::{Align, Table};
use serde::Serialize;
use std::collections::BTreeMap;

/// Where an answer is nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Crossing {
    /// At exactly this figure: put back, it gives nothing, not a fraction of a penny more.
    At(Ratio),
    /// Between these two, which are a billionth of the way apart: there is a step, or a bend that no fraction of
    /// small terms meets.
    Between(Ratio, Ratio),
    /// At none of the figures that it may have: shares from 0 to 1, other figures from 0 to a thousand times what
    /// they are.
    NoneInRange,
    /// At all of them: there is nothing to gain or to lose.
    Everywhere,
}

/// The figure of one input at which a gain of one purse is nothing, everything else as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SwitchingValue {
    /// Which figure.
    pub input: Input,
    /// What it is in the proposal.
    pub central: Ratio,
    /// Whose gain.
    pub purse: String,
    /// Which gain.
    pub gain: Gain,
    /// The gain in the central case: exact pence as of the first year.
    pub gains: Ratio,
    /// The figure at which it is nothing, nearest to what it is.
    pub crossing: Crossing,
}

/// Points at which an answer is looked at for a change of sign.
const POINTS: usize = 4 * LANES;
/// Figures that are no shares are followed to so many times what they are.
const MOST_TIMES: i128 = 1_000;
/// How often a bracket is halved: to a billionth.
const HALVINGS: usize = 30;

impl Appraisal<'_> {
    /// For every figure, purse, payer and gain: the figure at which the gain is nothing.
    ///
    /// # Method
    ///
    /// A gain is a straight line in each figure between bends: where savings reach what is spent, where another
    /// effect of a group saves more, where a block is whole. It is looked at, in floating numbers, at 256 figures;
    /// beside the change of sign nearest to the figure as it is, the straight line through both neighbours is
    /// followed to nothing, and that figure is put back into the exact chain. Where the chain gives nothing, that
    /// is the answer; else the bracket is halved and the line tried again.
    ///
    /// # Where it fails
    ///
    /// Two changes of sign between neighbouring points are not seen.
    ///
    /// # Errors
    ///
    /// As [`Appraisal::verdict`].
    ///
    /// # Sources
    ///
    /// HM Treasury, The Green Book: switching values say what a figure would have to be for the choice to change.
    pub fn switching_values(&self) -> Result<Vec<SwitchingValue>, AppraisalError> {
        let purses = self.all_purses()?;
        let plan = Plan::new(self, self.proposal, &purses, None)?;
        let mut all = Vec::new();
        for (number, (input, _)) in plan.inputs.iter().enumerate() {
            let Some(central) = self.proposal.figure(input) else {
                continue;
            };
            let mut look = Look {
                appraisal: self,
                purses: &purses,
                input,
                known: BTreeMap::new(),
            };
            let figures = points(input, &central);
            let seen = seen(&plan, number, &figures);
            for (purse, of_purse) in purses.iter().enumerate() {
                for (which, gain) in Gain::ALL.into_iter().enumerate() {
                    let target = purse * Gain::ALL.len() + which;
                    let gains = gain.of(&self.positions, &of_purse.inside, &self.factors);
                    let signs: Vec<i8> = seen[target].iter().map(|&gain| sign(gain)).collect();
                    all.push(SwitchingValue {
                        crossing: look.crossing(target, &central, &gains, &figures, &signs)?,
                        input: input.clone(),
                        central: central.clone(),
                        purse: of_purse.name.clone(),
                        gain,
                        gains,
                    });
                }
            }
        }
        Ok(all)
    }
}

/// The figures at which an input is looked at, from low to high; among them what it is.
fn points(input: &Input, central: &Ratio) -> Vec<Ratio> {
    let steps = POINTS as i128 - 2;
    let mut points: Vec<Ratio> = if input.is_share() {
        (0..=steps)
            .map(|step| Ratio::new(step, steps.unsigned_abs()))
            .collect()
    } else {
        let one = match central.is_zero() {
            true => Ratio::one(),
            false => central.clone(),
        };
        // Evenly to twice the figure, then in growing steps.
        let near = steps / 2;
        let far = steps - near;
        let times = (0..=near).map(|step| Ratio::new(2 * step, near.unsigned_abs()));
        let further = (1..=far).map(|step| {
            let part = Ratio::new(step, far.unsigned_abs());
            Ratio::new(2, 1).plus(&part.to_the(3).times(&Ratio::new(MOST_TIMES - 2, 1)))
        });
        times
            .chain(further)
            .map(|times| times.times(&one))
            .collect()
    };
    points.push(central.clone());
    points.sort();
    points.dedup();
    points
}

/// What each purse gains at each figure, in floating pence: purse by purse, gain by gain.
fn seen(plan: &Plan, input: usize, figures: &[Ratio]) -> Vec<Vec<f64>> {
    let mut seen = vec![Vec::with_capacity(figures.len()); plan.purses.len() * Gain::ALL.len()];
    let mut outcome = Outcome::of(plan);
    for some in figures.chunks(LANES) {
        let mut lanes: Lanes = [0.0; LANES];
        lanes
            .iter_mut()
            .zip(some)
            .for_each(|(lane, figure)| *lane = to_f64(figure));
        let mut with: Vec<Figure<'_>> = plan
            .inputs
            .iter()
            .map(|(_, value)| Figure::Same(*value))
            .collect();
        with[input] = Figure::Drawn(&lanes);
        outcome.work_out(plan, &with);
        for (purse, targets) in plan.purses.iter().zip(seen.chunks_mut(Gain::ALL.len())) {
            for (gain, target) in Gain::ALL.into_iter().zip(targets) {
                let (gained, paid) = match gain {
                    Gain::NetSaving => (&outcome.saved, &outcome.cost),
                    Gain::CashLessCost => (&outcome.cash, &outcome.cash_cost),
                };
                for lane in 0..some.len() {
                    let mut sum = 0.0;
                    for &payer in purse {
                        let years = outcome.of_payer(gained, payer).iter();
                        let years = years.zip(outcome.of_payer(paid, payer)).zip(&plan.factors);
                        for ((gained, paid), factor) in years {
                            sum += (gained[lane] - paid[lane]) * factor;
                        }
                    }
                    target.push(sum);
                }
            }
        }
    }
    seen
}

/// Less than nothing, nothing, or more, to rounding.
fn sign(pence: f64) -> i8 {
    match pence {
        pence if pence > 1e-6 => 1,
        pence if pence < -1e-6 => -1,
        _ => 0,
    }
}

/// One input, looked at exactly.
struct Look<'a> {
    appraisal: &'a Appraisal<'a>,
    purses: &'a [Purse],
    input: &'a Input,
    /// Every gain at figures that were looked at.
    known: BTreeMap<Ratio, Vec<Ratio>>,
}

impl Look<'_> {
    fn gain(&mut self, target: usize, figure: &Ratio) -> Result<Ratio, AppraisalError> {
        if !self.known.contains_key(figure) {
            let other = self.appraisal.proposal.with(self.input, figure);
            let worked = self.appraisal.again(&other)?;
            let mut gains = Vec::with_capacity(self.purses.len() * Gain::ALL.len());
            for purse in self.purses {
                for gain in Gain::ALL {
                    let factors = &self.appraisal.factors;
                    gains.push(gain.of(&worked.positions, &purse.inside, factors));
                }
            }
            self.known.insert(figure.clone(), gains);
        }
        let known = self.known.get(figure).and_then(|gains| gains.get(target));
        Ok(known.cloned().unwrap_or_else(Ratio::zero))
    }

    fn crossing(
        &mut self,
        target: usize,
        central: &Ratio,
        gains: &Ratio,
        figures: &[Ratio],
        signs: &[i8],
    ) -> Result<Crossing, AppraisalError> {
        if signs.iter().all(|sign| *sign == 0) {
            return Ok(Crossing::Everywhere);
        }
        if gains.is_zero() {
            return Ok(Crossing::At(central.clone()));
        }
        // Pairs of neighbours between which the sign changes, the nearest first.
        let pairs = figures.windows(2).zip(signs.windows(2));
        let mut changes: Vec<(Ratio, &Ratio, &Ratio)> = pairs
            .filter_map(|(figures, signs)| match (figures, signs) {
                ([low, high], [one, other]) if one != other => {
                    let near = if high <= central { high } else { low };
                    let off = near.minus(central).max(central.minus(near));
                    Some((off, low, high))
                }
                _ => None,
            })
            .collect();
        changes.sort();
        for (_, low, high) in changes {
            if let Some(found) = self.between(target, low, high)? {
                return Ok(found);
            }
        }
        Ok(Crossing::NoneInRange)
    }

    /// Where a gain is nothing between two figures.
    fn between(
        &mut self,
        target: usize,
        low: &Ratio,
        high: &Ratio,
    ) -> Result<Option<Crossing>, AppraisalError> {
        let zero = Ratio::zero();
        let half = Ratio::new(1, 2);
        let (mut low, mut high) = (low.clone(), high.clone());
        let (mut at_low, mut at_high) = (self.gain(target, &low)?, self.gain(target, &high)?);
        if at_low.is_zero() == at_high.is_zero() && (at_low < zero) == (at_high < zero) {
            // Only rounding had changed the sign.
            return Ok(None);
        }
        for _ in 0..HALVINGS {
            let middle = low.plus(&high).times(&half);
            let at_middle = self.gain(target, &middle)?;
            // Nothing at one end alone is the figure; nothing up to the middle is a level stretch that ends.
            let alone = match (at_low.is_zero(), at_high.is_zero()) {
                (true, false) if !at_middle.is_zero() => Some(&low),
                (false, true) if !at_middle.is_zero() => Some(&high),
                _ => None,
            };
            if let Some(figure) = alone
                && self.is_alone(target, figure, &middle)?
            {
                return Ok(Some(Crossing::At(figure.clone())));
            }
            if (at_low < zero) != (at_high < zero) && !at_low.is_zero() && !at_high.is_zero() {
                let run = high.minus(&low);
                let rise = at_high.minus(&at_low).inverse();
                let line = rise.map(|rise| low.minus(&at_low.times(&run).times(&rise)));
                if let Some(line) = line
                    && self.exactly(target, &line)?.is_zero()
                {
                    return Ok(Some(Crossing::At(line)));
                }
            }
            let same = |one: &Ratio, other: &Ratio| {
                one.is_zero() == other.is_zero() && (*one < zero) == (*other < zero)
            };
            if same(&at_low, &at_middle) {
                (low, at_low) = (middle, at_middle);
            } else {
                (high, at_high) = (middle, at_middle);
            }
        }
        Ok(Some(Crossing::Between(low, high)))
    }

    /// Whether nothing at an end is nothing there alone: half of the way to the middle it is something too.
    fn is_alone(
        &mut self,
        target: usize,
        end: &Ratio,
        middle: &Ratio,
    ) -> Result<bool, AppraisalError> {
        let near = end.plus(&middle.minus(end).times(&Ratio::new(1, 1_024)));
        Ok(!self.gain(target, &near)?.is_zero())
    }

    /// A gain at a figure that is looked at once, and by nobody else.
    fn exactly(&self, target: usize, figure: &Ratio) -> Result<Ratio, AppraisalError> {
        let other = self.appraisal.proposal.with(self.input, figure);
        let worked = self.appraisal.again(&other)?;
        let purse = self.purses.get(target / Gain::ALL.len());
        let gain = Gain::ALL.get(target % Gain::ALL.len());
        Ok(match (purse, gain) {
            (Some(purse), Some(gain)) => {
                gain.of(&worked.positions, &purse.inside, &self.appraisal.factors)
            }
            _ => Ratio::zero(),
        })
    }
}

/// What every figure would have to be for a purse to gain nothing, as a table for people.
#[must_use]
pub fn switching_table(values: &[SwitchingValue], purse: &str) -> Table {
    let mut table = Table::new(format!("How far a figure may be off: {purse}"));
    table.column("", Align::Left);
    table.column("as it is", Align::Right);
    for gain in Gain::ALL {
        table.column(&format!("{} is nothing at", gain.in_words()), Align::Right);
    }
    let of_purse = || values.iter().filter(|value| value.purse == purse);
    let inputs: std::collections::BTreeSet<&Input> = of_purse().map(|value| &value.input).collect();
    for input in inputs {
        let mut of_input = of_purse().filter(|value| value.input == *input);
        let Some(first) = of_input.clone().next() else {
            continue;
        };
        let cells = Gain::ALL.map(|gain| {
            of_input
                .clone()
                .find(|value| value.gain == gain)
                .map_or(String::new(), |value| shown(input, &value.crossing))
        });
        let turns = |value: &SwitchingValue| {
            matches!(value.crossing, Crossing::At(_) | Crossing::Between(..))
        };
        if of_input.any(turns) {
            let start = [input.to_string(), figure(input, &first.central)];
            table.row(start.into_iter().chain(cells));
        }
    }
    let gains = Gain::ALL.into_iter().filter_map(|gain| {
        let value = of_purse().find(|value| value.gain == gain)?;
        Some(format!("{} {}", gain.in_words(), in_pounds(&value.gains)))
    });
    table.note(&format!(
        "As it is: {}.",
        gains.collect::<Vec<_>>().join("; ")
    ));
    table.note(
        "Everything else as it is. None: at no share from 0 to 1, and at no other figure up to a thousand times what it \
         is. Figures for which that is so in all columns are left out.",
    );
    table
}

fn shown(input: &Input, crossing: &Crossing) -> String {
    match crossing {
        Crossing::At(at) => figure(input, at),
        Crossing::Between(low, high) => {
            let (low, high) = (figure(input, low), figure(input, high));
            match low == high {
                true => format!("about {low}"),
                false => format!("{low} to {high}"),
            }
        }
        Crossing::NoneInRange => "none".to_owned(),
        Crossing::Everywhere => "always".to_owned(),
    }
}
