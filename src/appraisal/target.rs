//! What is asked of a proposal with other figures: whose gain, and which.

use super::AppraisalError;
use super::appraise::{Appraisal, Purse};
use super::overlap::present;
use super::position::Position;
use crate::money::Ratio;
use serde::Serialize;

/// Which gain is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gain {
    /// Corrected savings less all costs.
    NetSaving,
    /// Cash less what is paid in money, before anything is settled.
    CashLessCost,
}

impl Gain {
    /// Both.
    pub const ALL: [Self; 2] = [Self::NetSaving, Self::CashLessCost];

    /// In words, for people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::NetSaving => "net saving",
            Self::CashLessCost => "cash less cost",
        }
    }

    /// Its worth as of the first year, for some of all positions.
    pub(super) fn of(self, positions: &[Position], inside: &[bool], factors: &[Ratio]) -> Ratio {
        let each = positions.iter().zip(inside).filter(|(_, inside)| **inside);
        each.map(|(position, _)| {
            let (gained, paid) = match self {
                Self::NetSaving => (&position.corrected, &position.cost),
                Self::CashLessCost => (&position.cash, &position.cash_cost),
            };
            present(gained, factors).minus(&present(paid, factors))
        })
        .fold(Ratio::zero(), |sum, next| sum.plus(&next))
    }
}

impl Appraisal<'_> {
    /// The purses of its verdicts, then every payer that is not one of them already.
    pub(super) fn all_purses(&self) -> Result<Vec<Purse>, AppraisalError> {
        let boundaries = self.purses();
        let mut purses: Vec<Purse> = Vec::with_capacity(boundaries.len() + self.positions.len());
        for boundary in &boundaries {
            purses.push(self.purse(boundary)?);
        }
        for (number, position) in self.positions.iter().enumerate() {
            let inside: Vec<bool> = (0..self.positions.len()).map(|one| one == number).collect();
            if !purses.iter().any(|purse| purse.name == position.payer.name) {
                purses.push(Purse {
                    name: position.payer.name.clone(),
                    inside,
                });
            }
        }
        // A purse in which nobody pays or saves has nothing to ask.
        purses.retain(|purse| purse.inside.contains(&true));
        Ok(purses)
    }
}
