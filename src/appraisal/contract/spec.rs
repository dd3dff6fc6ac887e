//! A file of one contract, as it is written down.
//!
//! No judgement has a default: a key that is left out means what its sentence says, or is a fault.

use super::kind::{Better, DeadweightOf, PaidFrom, Scale, TermKind};
use crate::axis::Period;
use crate::price::PriceBase;
use serde::Deserialize;
use toml::Spanned;

/// A file of one contract.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ContractFile {
    /// With whom, for whom, where, from when, and up to how much.
    #[cfg_attr(test, schemars(with = "ContractSpec"))]
    pub contract: Spanned<ContractSpec>,
    /// The people whose results count together.
    #[cfg_attr(test, schemars(with = "Vec<CohortSpec>"))]
    pub cohort: Vec<Spanned<CohortSpec>>,
    /// What is paid for.
    #[cfg_attr(test, schemars(with = "Vec<TermSpec>"))]
    pub term: Vec<Spanned<TermSpec>>,
    /// What results to expect, with the programme and without it. When left out, the contract is not simulated.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TruthSpec>"))]
    pub truth: Vec<Spanned<TruthSpec>>,
}

/// `[contract]`
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ContractSpec {
    /// By which it is asked for.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Who is paid.
    pub provider: String,
    /// For whom: ages, such as `10-17`.
    pub ages: String,
    /// Where: the code of an area.
    pub locality: String,
    /// The first financial year in which it pays, such as `2025-26`.
    pub first_year: String,
    /// How many years it pays for.
    pub years: usize,
    /// In whose pounds tariffs are: `cash` where they stay as they are, or the year from which they rise
    /// with prices.
    #[cfg_attr(test, schemars(with = "String"))]
    pub tariffs: PriceBase,
    /// By which deflator they rise. When left out, they are `cash`.
    pub deflator: Option<String>,
    /// Who pays which share, where a term does not say it itself. When left out, each term says it.
    #[serde(default)]
    pub payers: Vec<PayerSpec>,
    /// Pounds at most for one person, over all terms and years. When left out, there is no such cap.
    pub cap_per_person: Option<String>,
    /// Pounds at most in each year from the first; the last holds on. When left out, there is no such cap.
    #[serde(default)]
    pub cap_by_year: Vec<String>,
    /// Pounds at most in all. When left out, there is no such cap.
    pub cap: Option<String>,
    /// How many times results are drawn. When left out, the contract is not simulated.
    pub draws: Option<u32>,
    /// The number from which they are drawn, so that others can draw the same. When left out, the
    /// contract is not simulated.
    pub seed: Option<u64>,
    /// Who made it, or where it is published.
    pub source: String,
}

/// `payers`
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct PayerSpec {
    /// A partner of the pack, or a `[[bearer]]` of the file of appraisal.
    pub payer: String,
    /// Its share; those of all payers are the whole.
    pub share: String,
}

/// `[[cohort]]`: people whose results count together.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct CohortSpec {
    /// By which rows of results name it.
    pub code: String,
    /// When its people enter.
    #[cfg_attr(test, schemars(with = "String"))]
    pub enters: Period,
    /// How many there are at most. When left out, rows of results say how many there were.
    pub people: Option<u64>,
}

/// `[[term]]`: what is paid for.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct TermSpec {
    /// By which rows of results name it.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What kind of term it is.
    pub kind: TermKind,
    /// What is counted: the code of an indicator of the pack, or of an effect of a proposal, or one of its own.
    pub metric: String,
    /// Who is counted, in words.
    pub counts: String,
    /// How many months after entering it is measured.
    pub months: u16,
    /// How a claim is evidenced.
    pub evidence: String,
    /// Pounds for one of what is counted, in each year from the first; the last holds on. When left
    /// out, what is counted is pounds.
    #[serde(default)]
    pub tariff: Vec<String>,
    /// Pounds that the term is planned to pay in all: what is at stake where another pays for the same.
    pub planned: String,
    /// The outcome that several contracts pay for together, by a name of theirs. When left out, this term
    /// pays for it alone.
    pub together: Option<String>,
    /// Which part of the tariff this term pays, where several pay together. When left out, all of it.
    pub part: Option<String>,
    /// How often one person may be claimed for. When left out, the term is not of claims.
    pub claims_per_person: Option<u64>,
    /// Which way is good. When left out, the term is of claims.
    pub better: Option<Better>,
    /// What a cohort is held against. When left out, the term is of claims.
    pub baseline: Option<BaselineSpec>,
    /// From how much better on it pays. When left out, from the first event.
    pub threshold: Option<ThresholdSpec>,
    /// What is paid for once it is met. When left out, there is no threshold.
    pub from: Option<PaidFrom>,
    /// Which share is paid for which part of an improvement, from nothing up; beyond the last nothing is
    /// paid. When left out, all of it is.
    #[serde(default)]
    pub bands: Vec<BandSpec>,
    /// In what bands are measured. When left out, there are none.
    pub bands_in: Option<Scale>,
    /// Another term that must not be worse than its baseline in the same cohort and year. When left out, none.
    pub hurdle: Option<String>,
    /// The share that would have come anyway, and is not paid for. When left out, all is paid for.
    pub deadweight: Option<String>,
    /// Of what that is a share. When left out, there is no deadweight.
    pub deadweight_of: Option<DeadweightOf>,
    /// Whether what is paid is multiplied by the quality that is reported, from 0 to 1. When left out,
    /// quality does not matter.
    #[serde(default)]
    pub times_quality: bool,
    /// The share of a payment that is taken back where an outcome does not last. When left out, nothing is.
    pub clawback: Option<String>,
    /// The most that is paid for a cohort in a year, as a share of what its baseline is worth. When left
    /// out, there is no such limit.
    pub limit: Option<String>,
    /// Pounds at most for this term in all. When left out, there is no such cap.
    pub cap: Option<String>,
    /// Who pays which share. When left out, the payers of the contract.
    #[serde(default)]
    pub payers: Vec<PayerSpec>,
}

/// `baseline`: what a cohort is held against.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct BaselineSpec {
    /// Where it comes from.
    pub kind: BaselineWord,
    /// Of one person: a share, events, or pounds. When left out, `count` and `people` say it, or what is reported.
    pub rate: Option<String>,
    /// Of all of them: people, events, or pounds. When left out, `rate` says it, or what is reported.
    pub count: Option<String>,
    /// How many people it rests on; for a comparison group, how many at least. When left out, its own chance
    /// does not count, or it is of a whole place.
    pub people: Option<u64>,
}

/// Where a baseline comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum BaselineWord {
    /// Agreed beforehand.
    Fixed,
    /// A group of other people of the same time, reported with each result.
    Comparison,
    /// People before them.
    EarlierCohort,
}

/// `threshold`: one of its keys, or `by_people` with `scale`.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ThresholdSpec {
    /// As a part of the baseline: `0.10`. When left out, another key says it.
    pub relative: Option<String>,
    /// As a difference for each person. When left out, another key says it.
    pub points: Option<String>,
    /// As so many standard errors of the difference. When left out, another key says it.
    pub standard_errors: Option<String>,
    /// By the number of people, on a straight line between two rows and the same beyond them. When left
    /// out, another key says it.
    #[serde(default)]
    pub by_people: Vec<ByPeopleSpec>,
    /// In what `by_people` is measured. When left out, there is no such table.
    pub scale: Option<Scale>,
}

/// `by_people`
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ByPeopleSpec {
    /// So many people.
    pub people: u64,
    /// The threshold for so many.
    pub at: String,
}

/// `bands`
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct BandSpec {
    /// Up to which improvement. When left out, it is the last, and has no end.
    pub to: Option<String>,
    /// Which share is paid.
    pub share: String,
}

/// `[[truth]]`: what results to expect of a term in a cohort.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct TruthSpec {
    /// Of which term.
    pub term: String,
    /// Of which cohort.
    pub cohort: String,
    /// In which financial year it is paid.
    pub year: String,
    /// How many people. For demand of a whole place: 1.
    pub people: u64,
    /// What one of them would have without the programme: a share, events, pounds.
    pub without: String,
    /// And with it.
    pub with: String,
    /// How counts scatter around that.
    pub noise: NoiseWord,
    /// How many times as large the variance is. When left out, counts are not over-dispersed.
    pub dispersion: Option<String>,
    /// How many people the comparison group has. When left out, the term has none.
    pub comparison_people: Option<u64>,
}

/// How counts scatter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum NoiseWord {
    /// Not at all.
    None,
    /// As people who each count once.
    Binomial,
    /// As events.
    Poisson,
    /// As events of people some of whom have many; with `dispersion`.
    NegativeBinomial,
    /// As people who each count once and are like each other; with `dispersion`.
    BetaBinomial,
}

/// The fields of rows of results.
pub(super) const RESULT: [&str; 11] = [
    "contract",
    "term",
    "cohort",
    "group",
    "year",
    "people",
    "count",
    "returned",
    "comparison_people",
    "comparison_count",
    "quality",
];

/// The fields of rows of the register of payments.
pub(super) const PAYMENT: [&str; 8] = [
    "contract", "term", "cohort", "state", "on", "claims", "pence", "reason",
];

/// The file as a schema, for the reference of its keys.
#[cfg(test)]
pub(crate) fn schema() -> schemars::Schema {
    schemars::generate::SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<ContractFile>()
}

/// The fields of tables of rows.
#[cfg(test)]
pub(crate) fn fields() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("contract_result", RESULT.to_vec()),
        ("payment", PAYMENT.to_vec()),
    ]
}

/// Whether a text reads as a contract.
#[cfg(test)]
pub(crate) fn reads(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<ContractFile>(text).map(drop)
}
