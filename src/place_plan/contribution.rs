//! A contribution, and the steps that its money took.

use super::quantity::{Quantity, Units};
use super::standing::{Standing, Sums};
use super::state::{Source, State};
use crate::finding::Position;
use crate::money::{MoneyError, Pence};
use jiff::civil::Date;

/// Money or units from one source, from the bid or agreement on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contribution {
    /// By which it is called.
    pub reference: String,
    /// Where it comes from.
    pub source: Source,
    /// Who gives it, each once: developers by their agreement.
    pub givers: Vec<String>,
    /// What it is for, in the words of who agreed it; empty where nobody wrote that.
    pub purpose: String,
    /// What its units are: homes, hours. Empty where it is pounds alone.
    pub unit: String,
    /// The steps that its money took, in the order of their days.
    pub steps: Vec<Step>,
}

/// So much took a step on a day; less than nothing where a step was taken back or a version was superseded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// Into which state.
    pub state: State,
    /// From which day on.
    pub on: Date,
    /// How much money.
    pub pence: Pence,
    /// How many units.
    pub units: Units,
    /// The reference of the transaction, by which a ledger may have it.
    pub reference: String,
    /// Whether a row says just this: not what follows from a row, nor the end of one.
    pub is_row: bool,
    /// Where it is written down.
    pub position: Position,
    /// The columns of its amount and of its transaction's reference.
    pub(super) columns: (&'static str, &'static str),
}

impl Contribution {
    fn sums(&self, on: Date, count: impl Fn(&Step) -> i128) -> Sums {
        let mut sums = Sums::new();
        for step in self.steps.iter().filter(|step| step.on <= on) {
            *sums.entry(step.state).or_default() += count(step);
        }
        sums
    }

    /// The sums of the money of all steps up to the end of a day.
    pub(super) fn pounds_by_state(&self, on: Date) -> Sums {
        self.sums(on, |step| step.pence.hundredths())
    }

    /// Where its money stands at the end of a day.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn pounds(&self, on: Date) -> Result<Standing<Pence>, MoneyError> {
        Standing::of(&self.pounds_by_state(on))
    }

    /// Where its units stand at the end of a day.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn units(&self, on: Date) -> Result<Standing<Units>, MoneyError> {
        Standing::of(&self.sums(on, |step| step.units.hundredths()))
    }

    /// The rows that say that money was spent between two days, both counted.
    pub(super) fn spent_between(&self, from: Date, to: Date) -> impl Iterator<Item = &Step> {
        let steps = self
            .steps
            .iter()
            .filter(|step| step.state == State::Spent && step.is_row);
        steps.filter(move |step| from <= step.on && step.on <= to)
    }

    /// What took a step between two days, both counted.
    pub(super) fn took(&self, state: State, from: Date, to: Date) -> i128 {
        let steps = self.steps.iter().filter(|step| step.state == state);
        let inside = steps.filter(|step| from <= step.on && step.on <= to);
        inside.map(|step| step.pence.hundredths()).sum()
    }
}
