//! The file of appraisal and the files of proposals, as they are written down.
//!
//! No judgement has a default: a key that is left out where a figure hangs on it is an error that names it.

use super::Combine;
use super::proposal::OverlapRule;
use super::range::Uncertainty;
use super::settlement::{CountsFrom, SettlementRule, Timing};
use super::shape::Shape;
use crate::axis::{Period, Phase};
use crate::place::TableSpec;
use crate::price::PriceBase;
use serde::Deserialize;
use toml::Spanned;

/// `appraisal.toml`: what all proposals of a pack share.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct AppraisalSpec {
    /// Files of proposals in the pack; `*` stands for any text.
    pub proposals: Vec<String>,
    /// How good inputs are. When left out, no proposal can name a grade.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<GradeSpec>"))]
    pub grade: Vec<Spanned<GradeSpec>>,
    /// Who the bearers of unit values are. When left out, no unit value can be used.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<BearerSpec>"))]
    pub bearer: Vec<Spanned<BearerSpec>>,
    /// What an event costs whom. When left out, no effect is worth anything.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub unit_values: Vec<Spanned<TableSpec>>,
    /// Files of contracts that pay by results; `*` stands for any text. When left out, the pack has none.
    #[serde(default)]
    pub contracts: Vec<String>,
    /// What was counted for the terms of contracts. When left out, nothing was yet.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub contract_results: Vec<Spanned<TableSpec>>,
    /// The register of payments of contracts as they mature. When left out, none is kept.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub payments: Vec<Spanned<TableSpec>>,
    /// Money that scenarios move between cells of the account. When left out, the pack has no scenarios.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub moves: Vec<Spanned<TableSpec>>,
    /// What was counted of those who entered, and of people they are compared with. When left out, nothing was yet.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub observed: Vec<Spanned<TableSpec>>,
}

pub(super) const OBSERVED: [&str; 15] = [
    "proposal",
    "effect",
    "year",
    "counted",
    "people",
    "events",
    "design",
    "comparison_people",
    "comparison_events",
    "people_before",
    "events_before",
    "comparison_people_before",
    "comparison_events_before",
    "design_effect",
    "source",
];

pub(super) const MOVE: [&str; 21] = [
    "scenario",
    "phase",
    "amount",
    "building",
    "costs_of",
    "decided",
    "from_partner",
    "from_activity",
    "from_ages",
    "from_group",
    "from_locality",
    "to_partner",
    "to_activity",
    "to_ages",
    "to_group",
    "to_locality",
    "from_month",
    "years",
    "kind",
    "decision",
    "reason",
];

/// `[[grade]]`: how good an input is, and by how much figures that rest on it are corrected.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct GradeSpec {
    /// By which proposals name it.
    pub code: String,
    /// By how much savings are lowered: `0.15`, `15%`, `3/20`.
    pub benefits: String,
    /// By how much costs are raised.
    pub costs: String,
    /// What it takes to deserve it.
    pub meaning: String,
}

/// `[[bearer]]`: which partner a bearer of unit values is; one of `partner` and `outside`.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct BearerSpec {
    /// As tables of unit values name it.
    pub code: String,
    /// The partner of the pack. When left out, `outside` names a body.
    pub partner: Option<String>,
    /// Name of a body that is no partner of the pack: its savings are shown, and held
    /// against nothing. When left out, `partner` names one of the pack.
    pub outside: Option<String>,
}

pub(super) const UNIT_VALUE: [&str; 14] = [
    "code",
    "name",
    "unit",
    "bearer",
    "value",
    "kind",
    "cost",
    "transfer",
    "price_year",
    "price_year_kind",
    "parent",
    "source",
    "edition",
    "licence",
];

/// A file of one proposal.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ProposalFile {
    /// What is done, for whom, where, from when, and against what.
    #[cfg_attr(test, schemars(with = "ProposalSpec"))]
    pub proposal: Spanned<ProposalSpec>,
    /// What it costs a partner in a year. When left out, it costs nothing.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<CostSpec>"))]
    pub cost: Vec<Spanned<CostSpec>>,
    /// What changes for people. When left out, nothing does.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<EffectSpec>"))]
    pub effect: Vec<Spanned<EffectSpec>>,
    /// How much of what an effect saves a bearer becomes cash: one for each. When left out for a saving, that is a
    /// fault.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<CashSpec>"))]
    pub cash: Vec<Spanned<CashSpec>>,
    /// How effects of one group count together. When left out, effects are of no group.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<OverlapSpec>"))]
    pub overlap: Vec<Spanned<OverlapSpec>>,
    /// How unsure a figure is. When left out for a figure, it is taken as sure.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<RangeSpec>"))]
    pub range: Vec<Spanned<RangeSpec>>,
    /// How payers settle. When left out, nobody pays anybody.
    #[cfg_attr(test, schemars(with = "Option<SettlementSpec>"))]
    pub settlement: Option<Spanned<SettlementSpec>>,
}

/// `[proposal]`
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ProposalSpec {
    /// By which it is asked for.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What would be without it, in a sentence.
    pub against: String,
    /// For whom: ages, such as `10-17`.
    pub ages: String,
    /// Where: the code of an area.
    pub locality: String,
    /// The first financial year, such as `2025-26`.
    pub first_year: String,
    /// How many years are counted.
    pub years: usize,
    /// `cash`, or the year of the prices in which everything is said.
    #[cfg_attr(test, schemars(with = "String"))]
    pub prices: PriceBase,
    /// The deflator of the file of prices, by its code, or `code@edition`.
    pub deflator: String,
    /// The discount schedule of the file of prices; one for money.
    pub discount: String,
    /// How the grades of several inputs make one correction.
    pub combine: Combine,
    /// The spending that savings are held against.
    pub baseline: BaselineSpec,
    /// Whether ranges are drawn around corrected figures, or instead of the correction. When left out, there may
    /// be no `[[range]]`.
    pub uncertainty: Option<Uncertainty>,
}

/// `baseline`: the spending that savings are held against.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct BaselineSpec {
    /// Of which whole year.
    #[cfg_attr(test, schemars(with = "String"))]
    pub period: Period,
    /// Budgeted, forecast or spent.
    pub phase: Phase,
    /// On which activities, by their codes; none below another.
    pub activities: Vec<String>,
}

/// `[[cost]]`
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct CostSpec {
    /// Who pays: a partner of the pack.
    pub partner: String,
    /// In which financial year.
    pub year: String,
    /// Pounds; below zero where less is spent than without the proposal.
    pub amount: String,
    /// `cash`, or what is given in kind.
    pub resource: String,
    /// `cash` of that year, or the year of the prices in which the amount is stated.
    #[cfg_attr(test, schemars(with = "String"))]
    pub prices: PriceBase,
    /// How good the figure is: by its grade the cost is raised. When left out, `uplift` says by how much.
    pub grade: Option<String>,
    /// By how much it is raised for its kind of project, as guidance has it for buildings and works: `0.24`.
    /// When left out, `grade` says by how much; never both.
    pub uplift: Option<String>,
    /// Where the figure is from.
    pub source: String,
}

/// `[[effect]]`
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct EffectSpec {
    /// By which rows of `[[cash]]` name it.
    pub code: String,
    /// How many people enter in each year from the first.
    pub people: Vec<String>,
    /// How good that figure is.
    pub people_grade: String,
    /// The share of them who take part.
    pub engaged: String,
    /// The share of those who stay.
    pub retained: String,
    /// Events for each of them in a year, without the proposal; with `impact`. When left out,
    /// `points` says the change.
    pub base: Option<String>,
    /// By which part of `base` it is less. When left out, `points` says the change.
    pub impact: Option<String>,
    /// Or events less for each of them, where that is known itself. When left out, `base` and `impact`
    /// say the change.
    pub points: Option<String>,
    /// How good the figure of the change is.
    pub impact_grade: String,
    /// The share of the change that would have happened anyway.
    pub deadweight: String,
    /// The share of it that only moves elsewhere.
    pub displacement: String,
    /// The share of the change that is due to this proposal. When left out,
    /// `due_to_others` says it.
    pub due_to_us: Option<String>,
    /// The share that is due to others. When left out, `due_to_us` says it.
    pub due_to_others: Option<String>,
    /// Years between entering and the first effect.
    pub lag: usize,
    /// How much of the effect there is in each year from then.
    pub persist: Vec<String>,
    /// Why it rises after it began. When left out, it may not.
    pub persist_reason: Option<String>,
    /// What it is known by: a trial, monitoring, judgement.
    pub evidence: String,
    /// How good the comparison behind it is, 1 to 5 on the Maryland scale as What Works Growth scores it.
    /// When left out, or below 3, the effect is said to be assumed.
    pub maryland: Option<u8>,
    /// The indicator of the pack that tells of it, by its code: its later figures stand beside what was promised. When
    /// left out, none does.
    pub indicator: Option<String>,
    /// Codes of unit values; `*` at the end stands for any text.
    pub unit_values: Vec<String>,
    /// The group of effects that it may overlap with. When left out, it is of none.
    pub overlap: Option<String>,
}

/// `[[cash]]`: how much of what an effect saves a bearer becomes cash.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct CashSpec {
    /// Of which effect.
    pub effect: String,
    /// Whose saving, by the bearer of the unit value.
    pub bearer: String,
    /// How it becomes cash.
    pub model: CashWord,
    /// For a share: which. When left out, the model is another.
    pub share: Option<String>,
    /// For a share: how much of it has come in each year from the first; the last holds on. When left out, all of
    /// it has.
    pub phase: Option<Vec<String>>,
    /// For blocks: how many events of a year make one. When left out, the model is another.
    pub block: Option<String>,
    /// For blocks: what one costs a year, in the prices of the proposal. When left out, the model is another.
    pub block_pounds: Option<String>,
    /// For blocks: years of notice. When left out, the model is another.
    pub notice_years: Option<usize>,
    /// Why so much, in words.
    pub reason: String,
}

/// The kinds of model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum CashWord {
    /// A share of it.
    Share,
    /// Whole blocks.
    Blocks,
    /// None of it.
    None,
}

/// `[[overlap]]`
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct OverlapSpec {
    /// Its name, as effects have it.
    pub group: String,
    /// How they count together.
    pub rule: OverlapRule,
    /// Why, in words.
    pub reason: String,
}

/// `[[range]]`: how unsure one figure is.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RangeSpec {
    /// Which figure.
    pub of: RangeOf,
    /// The effect it is of. When left out, it is a unit value or a cost.
    pub effect: Option<String>,
    /// For `share`: the bearer. When left out, it is another figure.
    pub bearer: Option<String>,
    /// For `unit_value`: its code. When left out, it is another figure.
    pub unit_value: Option<String>,
    /// For `cost`: who pays. When left out, it is another figure.
    pub partner: Option<String>,
    /// For `cost`: in which year. When left out, it is another figure.
    pub year: Option<String>,
    /// The lower end, in the unit of the figure. When left out, the shape is `choice`.
    pub low: Option<String>,
    /// The upper end. When left out, the shape is `choice`.
    pub high: Option<String>,
    /// How likely what lies between.
    pub shape: Shape,
    /// For `beta`, `lognormal` and `normal`: which part lies between the ends, such as `95%`. When left out,
    /// nothing lies beyond them.
    pub covers: Option<String>,
    /// For `choice`: the values. When left out, the shape is another.
    pub values: Option<Vec<String>>,
    /// For `choice`: how likely each of them is. When left out, the shape is another.
    pub chances: Option<Vec<String>>,
    /// The name of a source that other ranges rest on too: they are high together and low together. When left out,
    /// it has nothing to do with another.
    pub together: Option<String>,
    /// Where the range is from.
    pub source: String,
}

/// Which figure a range is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) enum RangeOf {
    /// How many people enter in the first year that any do; later years move with it.
    #[serde(rename = "people")]
    People,
    /// The share who take part.
    #[serde(rename = "engaged")]
    Engaged,
    /// The share who stay.
    #[serde(rename = "retained")]
    Retained,
    /// Events without the proposal.
    #[serde(rename = "base")]
    Base,
    /// The part by which they are less.
    #[serde(rename = "impact")]
    Impact,
    /// Events less.
    #[serde(rename = "points")]
    Points,
    /// What would have happened anyway.
    #[serde(rename = "deadweight")]
    Deadweight,
    /// What moves elsewhere.
    #[serde(rename = "displacement")]
    Displacement,
    /// The share that is ours.
    #[serde(rename = "due_to_us")]
    DueToUs,
    /// The share that is due to others.
    #[serde(rename = "due_to_others")]
    DueToOthers,
    /// Pounds for an event.
    #[serde(rename = "unit_value")]
    UnitValue,
    /// What a payer pays in a year.
    #[serde(rename = "cost")]
    Cost,
    /// The share of a saving that becomes cash.
    #[serde(rename = "share")]
    Share,
}

/// `[settlement]`
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct SettlementSpec {
    /// By which rule the surplus is divided.
    pub rule: SettlementRule,
    /// Who settles: partners, and bearers that are none. When left out, everybody who pays or saves.
    #[serde(default)]
    pub among: Vec<String>,
    /// The partner without which there is nothing to divide; the rule is then `by-turns`. When left out, any
    /// could do it.
    pub essential: Option<String>,
    /// What is settled: `cash`, or `corrected` for everything that is saved, with a reason in `because`. When
    /// left out, cash.
    #[serde(default)]
    pub from: FromSpec,
    /// Why what is no cash is settled. When left out, only cash can be.
    pub because: Option<String>,
    /// When those who hand over pay. When left out, as cash arrives.
    #[serde(default)]
    pub pay: Timing,
    /// The partner that verifies what was saved. When left out, nobody is said to.
    pub verified_by: Option<String>,
    /// How many years after cash arrives it is verified and paid. When left out, in the same year.
    #[serde(default)]
    pub verified_after: usize,
    /// Below which savings of a year nothing counts. When left out, every pound does.
    pub threshold: Option<ThresholdSpec>,
    /// Which part of a saving counts, band by band. When left out, all of it.
    #[serde(default)]
    pub bands: Vec<BandSpec>,
    /// How much of a year's saving counts at most: a part of what is spent (`0.10`), or pounds (`£5,000`). When
    /// left out, there is no end.
    pub cap: Option<String>,
    /// The partner that advances the costs of the others. When left out, everybody pays its own until it is
    /// paid back.
    pub investor: Option<String>,
    /// By what terms the investor advances. When left out, all costs of the others, without interest, and
    /// nothing is written off.
    pub loan: Option<LoanSpec>,
    /// The partner that bears the loss where less is saved than spent. When left out, nothing is then settled.
    pub loss: Option<String>,
}

/// What is settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum FromSpec {
    /// Cash alone.
    #[default]
    Cash,
    /// Everything that is saved.
    Corrected,
}

/// `threshold = { … }`
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ThresholdSpec {
    /// How much has to be saved in a year: a part of what is spent (`0.02`), or pounds (`£1,000`).
    pub least: String,
    /// How much with fewer people, the fewest first. When left out, the same for however many.
    #[serde(default)]
    pub fewer: Vec<FewerSpec>,
    /// What counts above it.
    pub from: CountsFrom,
}

/// A row of `fewer`.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct FewerSpec {
    /// With fewer people than this, who have entered by the year.
    pub than: String,
    /// How much has to be saved in a year: a part of what is spent, or pounds.
    pub least: String,
}

/// A row of `bands`.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct BandSpec {
    /// Up to here: a part of what is spent (`0.05`), or pounds (`£5,000`). When left out, without an end.
    pub to: Option<String>,
    /// The part of it that counts.
    pub share: String,
}

/// `loan = { … }`
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct LoanSpec {
    /// Which part of the others' costs is advanced.
    pub advance: String,
    /// The interest of a year, above the prices of the proposal.
    pub rate: String,
    /// The last year in which anything is paid back. When left out, there is none.
    pub write_off: Option<String>,
}

/// The files as schemas, for the reference of their keys.
#[cfg(test)]
pub(crate) fn schemas() -> [schemars::Schema; 2] {
    let settings = || schemars::generate::SchemaSettings::draft07().into_generator();
    [
        settings().into_root_schema_for::<AppraisalSpec>(),
        settings().into_root_schema_for::<ProposalFile>(),
    ]
}

/// Whether a text reads as the file of appraisal.
#[cfg(test)]
pub(crate) fn reads(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<AppraisalSpec>(text).map(drop)
}

/// Whether a text reads as a proposal.
#[cfg(test)]
pub(crate) fn reads_proposal(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<ProposalFile>(text).map(drop)
}

/// The fields of the tables of rows.
#[cfg(test)]
pub(crate) fn fields() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("unit_value", UNIT_VALUE.to_vec()),
        ("move", MOVE.to_vec()),
        ("observed", OBSERVED.to_vec()),
    ]
}
