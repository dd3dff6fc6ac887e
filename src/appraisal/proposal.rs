//! What is proposed: costs, effects, and what an effect is worth to whom. Checked.

use super::cash::CashModel;
use super::grade::Grade;
use super::range::{Range, Uncertainty};
use super::settlement::Terms;
use crate::axis::{Ages, LocalityId, MemberId, Period, Phase};
use crate::linkage::EvidenceGrade;
use crate::money::Ratio;
use crate::price::{PriceBase, PriceYear};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who pays or saves: a partner of the pack, or a body that the pack has no ledger of and only names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Payer {
    /// The code of the partner, or of the bearer.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Whether it is a partner of the pack.
    pub is_partner: bool,
}

/// What a pound of an effect is: whose purse it spares, or what it is worth to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ValueKind {
    /// Money of a public purse.
    Fiscal,
    /// Output and earnings.
    Economic,
    /// What it is worth to people themselves.
    Social,
}

/// Pounds for one event less, to one bearer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UnitValue {
    /// Its code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Of what: an incident, a person for a year.
    pub unit: String,
    /// Who bears it, as the table says.
    pub bearer: String,
    /// Exact pence in the prices of its year.
    pub value: Ratio,
    /// Fiscal, economic or social.
    pub kind: ValueKind,
    /// Whether it is an average, of which less is saved in the short run than it says.
    pub is_average: bool,
    /// Whether it only moves money, so that nothing is gained by the whole.
    pub is_transfer: bool,
    /// The year of its prices.
    pub prices: PriceYear,
    /// Source, edition, licence.
    pub source: String,
}

/// What the proposal costs one payer in one year.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Cost {
    /// Who pays.
    pub payer: Payer,
    /// In which year, from the first.
    pub year: usize,
    /// Exact pence, as stated; below zero where less is spent than without the proposal.
    pub amount: Ratio,
    /// In what prices it is stated.
    pub prices: PriceBase,
    /// Whether it is time, rooms or goods and no money.
    pub in_kind: bool,
    /// How good the figure is; nothing where it is raised for its kind of project.
    pub grade: Option<Grade>,
    /// By how much it is raised; below zero for what is spent less, which is lowered.
    pub correction: Ratio,
    /// Source.
    pub source: String,
}

/// From a person who enters to an event less, in a year of full effect.
///
/// `engaged × retained × change × (1 − deadweight) × (1 − displacement) × the share that is ours`
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Chain {
    /// The share who take part.
    pub engaged: Ratio,
    /// The share of those who stay.
    pub retained: Ratio,
    /// Events less for each of them.
    pub change: Change,
    /// The share that would have happened anyway.
    pub deadweight: Ratio,
    /// The share that only moves elsewhere.
    pub displacement: Ratio,
    /// Whose share of it is said.
    pub due: Due,
}

/// Events less for each person who stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// By a part of what there would be.
    Part {
        /// Events for each in a year, without the proposal.
        base: Ratio,
        /// By which part of these it is less.
        impact: Ratio,
    },
    /// By so many events.
    Points(Ratio),
}

/// Whose share of a change is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// Ours.
    ToUs(Ratio),
    /// That of others.
    ToOthers(Ratio),
}

impl Chain {
    /// Events less for each person who enters.
    #[must_use]
    pub fn per_person(&self) -> Ratio {
        let change = match &self.change {
            Change::Part { base, impact } => base.times(impact),
            Change::Points(points) => points.clone(),
        };
        let ours = match &self.due {
            Due::ToUs(ours) => ours.clone(),
            Due::ToOthers(others) => Ratio::one().minus(others),
        };
        (self.engaged.times(&self.retained).times(&change))
            .times(&Ratio::one().minus(&self.deadweight))
            .times(&Ratio::one().minus(&self.displacement))
            .times(&ours)
    }
}

/// One input of an effect, as its file states it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EffectInput {
    /// Its key: `deadweight`.
    pub key: &'static str,
    /// What is stated; several with commas between.
    pub stated: String,
    /// How good it is, where that is graded.
    pub grade: Option<Grade>,
}

/// What changes for people, and what that is worth.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Effect {
    /// Its code.
    pub code: String,
    /// What stands in its file, input by input: what a reader is shown of where its figures come from.
    pub inputs: Vec<EffectInput>,
    /// How many people enter in each year.
    pub people: Vec<Ratio>,
    /// From a person who enters to an event less because of the proposal alone.
    pub chain: Chain,
    /// How many years after people enter it begins.
    pub lag: usize,
    /// How much of it there is in the years after that: 1, 0.75, 0.5.
    pub persist: Vec<Ratio>,
    /// By how much what it saves is lowered.
    pub correction: Ratio,
    /// What it is known by: a trial, monitoring, judgement.
    pub evidence: String,
    /// How good a comparison says that it is the proposal's; nothing where none does, so that it is
    /// assumed.
    pub comparison: Option<EvidenceGrade>,
    /// The indicator of the pack that tells of it, by its code.
    pub indicator: Option<String>,
    /// The group of effects that it may overlap with.
    pub overlap: Option<String>,
    /// What it is worth.
    pub values: Vec<EffectValue>,
}

impl Effect {
    /// Whether it is a judgement: no comparison group says that the change is due to the proposal.
    #[must_use]
    pub fn is_assumed(&self) -> bool {
        self.comparison < Some(EvidenceGrade::Three)
    }
}

/// What an effect is worth to one payer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EffectValue {
    /// Pounds for an event.
    pub unit: UnitValue,
    /// Who saves them.
    pub payer: Payer,
    /// How much of them becomes cash; of economic and social values none.
    pub cash: Option<CashModel>,
    /// Why so much of them, in words.
    pub reason: String,
}

/// How effects that may be one and the same count together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OverlapRule {
    /// They do not overlap: their savings are added up.
    Separate,
    /// One lies inside the other: only the larger counts.
    Nested,
    /// Nobody knows: only the larger counts, and the sum is said beside it.
    Unknown,
}

/// A group of effects that may be one and the same.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Overlap {
    /// How they count together.
    pub rule: OverlapRule,
    /// Why, in words.
    pub reason: String,
}

/// Against which spending savings are held.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Baseline {
    /// Of which time.
    pub period: Period,
    /// Planned or spent.
    pub phase: Phase,
    /// On which activities.
    pub activities: Vec<MemberId>,
}

/// A proposal: what is done, for whom, where, from when, and against what.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Proposal {
    /// Its code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What would be without it, in a sentence.
    pub against: String,
    /// For whom.
    pub ages: Ages,
    /// Where.
    pub locality: LocalityId,
    /// The first year.
    pub first_year: PriceYear,
    /// How many years are counted.
    pub years: usize,
    /// In what prices everything is said.
    pub prices: PriceBase,
    /// The deflator, by its code.
    pub deflator: String,
    /// The discount schedule, by its code.
    pub discount: String,
    /// What is spent on what it affects.
    pub baseline: Baseline,
    /// Its costs.
    pub costs: Vec<Cost>,
    /// Its effects.
    pub effects: Vec<Effect>,
    /// How groups of effects count together.
    pub overlaps: BTreeMap<String, Overlap>,
    /// How partners settle, if they do.
    pub settlement: Option<Terms>,
    /// How ranges stand to corrections; said where there are ranges.
    pub uncertainty: Option<Uncertainty>,
    /// Ranges around its figures, in the order of the figures' names.
    pub ranges: Vec<Range>,
}
