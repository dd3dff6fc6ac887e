//! What partners agree besides the rule: which savings count, when they are paid, who advances the cost, and
//! who bears a loss.

use super::{ClaimsRule, SettlementRule};
use crate::money::Ratio;
use serde::{Deserialize, Serialize};

/// The terms of a settlement.
///
/// [`Terms::of`] a rule alone has the plainest: everybody settles all of its cash, pays when it arrives, and
/// where there is no surplus nothing is settled.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Terms {
    /// By which rule what is left after the cost is divided.
    pub rule: SettlementRule,
    /// Who settles, by code; empty where everybody does who pays or saves.
    pub among: Vec<String>,
    /// The partner without which there is nothing to divide.
    pub essential: Option<String>,
    /// What is settled.
    pub from: Basis,
    /// When those who hand over pay.
    pub pay: Timing,
    /// Who verifies what was saved.
    pub verified_by: Option<String>,
    /// How many years after the cash arrives it is verified and paid.
    pub verified_after: usize,
    /// Below which savings nothing is brought in.
    pub threshold: Option<Threshold>,
    /// Which part of a saving is brought in, band by band; all of it where there are none.
    pub bands: Vec<Band>,
    /// How much of one year's saving is brought in at most.
    pub cap: Option<Measure>,
    /// Who advances the costs of the others.
    pub loan: Option<Loan>,
    /// Who bears the loss where there is no surplus.
    pub loss: Option<String>,
}

impl Terms {
    /// A rule alone.
    #[must_use]
    pub fn of(rule: impl Into<SettlementRule>) -> Self {
        Self {
            rule: rule.into(),
            among: Vec::new(),
            essential: None,
            from: Basis::Cash,
            pay: Timing::AsCashArrives,
            verified_by: None,
            verified_after: 0,
            threshold: None,
            bands: Vec::new(),
            cap: None,
            loan: None,
            loss: None,
        }
    }

    /// By turns, where nothing is done without one partner.
    #[must_use]
    pub fn with_essential(partner: &str) -> Self {
        Self {
            essential: Some(partner.to_owned()),
            ..Self::of(ClaimsRule::ByTurns)
        }
    }
}

/// What is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Cash alone.
    Cash,
    /// Everything that is saved, also what is free for other people and no cash: somebody has to find that
    /// money elsewhere, and the terms say why it can.
    Corrected {
        /// Why.
        because: String,
    },
}

/// When those who hand over pay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Timing {
    /// The same part of its cash of every year.
    #[default]
    AsCashArrives,
    /// The same sum each year, from the first in which it has cash.
    LevelAnnuity,
}

/// A sum, or a part of what a partner spends a year on what the proposal affects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// So much of what it spends.
    OfSpending(Ratio),
    /// Exact pence.
    Pence(Ratio),
}

/// Below which savings of a year nothing is brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Threshold {
    /// How much has to be saved.
    pub least: Measure,
    /// How much with fewer people, the fewest first: chance moves few people more.
    pub fewer: Vec<Fewer>,
    /// What counts above it.
    pub from: CountsFrom,
}

impl Threshold {
    /// A threshold that is the same for however many people.
    #[must_use]
    pub fn new(least: Measure, from: CountsFrom) -> Self {
        Self {
            least,
            fewer: Vec::new(),
            from,
        }
    }

    /// How much has to be saved with so many people.
    pub(super) fn least_with(&self, people: &Ratio) -> &Measure {
        let fewer = self.fewer.iter().find(|row| *people < row.than);
        fewer.map_or(&self.least, |row| &row.least)
    }
}

/// How much has to be saved with fewer people than so many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fewer {
    /// With fewer people than this.
    pub than: Ratio,
    /// How much has to be saved.
    pub least: Measure,
}

/// What counts of a saving above the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CountsFrom {
    /// All of it, from the first pound.
    First,
    /// What is above the threshold.
    Above,
}

/// Which part of a saving is brought in, up to some height.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Band {
    /// Up to here; without an end in the last band.
    pub to: Option<Measure>,
    /// The part that is brought in.
    pub share: Ratio,
}

impl Band {
    /// A band.
    #[must_use]
    pub fn new(to: Option<Measure>, share: Ratio) -> Self {
        Self { to, share }
    }
}

/// One partner advances the costs of the others, and is paid back out of what is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loan {
    /// Who advances.
    pub investor: String,
    /// Which part of the others' costs.
    pub advance: Ratio,
    /// The interest of a year, above the prices of the proposal.
    pub rate: Ratio,
    /// The last year in which anything is paid back, from the first.
    pub write_off: Option<usize>,
}

impl Loan {
    /// A loan.
    #[must_use]
    pub fn new(investor: &str, advance: Ratio, rate: Ratio, write_off: Option<usize>) -> Self {
        Self {
            investor: investor.to_owned(),
            advance,
            rate,
            write_off,
        }
    }
}
