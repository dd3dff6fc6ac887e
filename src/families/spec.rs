//! `families.toml`, as it is written down.

use crate::axis::{Period, Phase};
use crate::place::TableSpec;
use serde::Deserialize;
use toml::Spanned;

/// `families.toml`: caseloads of several agencies under keys that say nothing of who it is.
///
/// What is told of them follows the last `[[counts]]` of the pack's policy, which has to be there.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "families.toml"))]
#[serde(deny_unknown_fields)]
pub(super) struct FamiliesSpec {
    /// What a key stands for, in words: `families`, `people`.
    pub unit: String,
    /// What keys are. `"hashes"`: keyed hashes made outside, in hexadecimal, of 32 signs or more and all as long.
    /// `"agreed-numbers"`: numbers that the agencies agreed on and that mean nothing elsewhere.
    pub keys: KeysAre,
    /// Of when caseloads and costs are, such as `2024-25`.
    #[cfg_attr(test, schemars(with = "String"))]
    pub period: Period,
    /// Which accounts costs are taken from: budget, forecast or outturn.
    pub phase: Phase,
    /// What must be printed wherever figures of it are shown. When left out, nothing is.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The caseload of each agency. When left out, there is none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<CaseloadSpec>"))]
    pub caseload: Vec<Spanned<CaseloadSpec>>,
}

/// What keys are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum KeysAre {
    /// Keyed hashes in hexadecimal.
    Hashes,
    /// Numbers that mean nothing elsewhere.
    AgreedNumbers,
}

/// The caseload of an agency.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct CaseloadSpec {
    /// Code of the partner.
    pub partner: String,
    /// What it does for them, in words.
    pub service: String,
    /// The keys of everybody on it.
    #[cfg_attr(test, schemars(with = "TableSpec"))]
    pub table: Spanned<TableSpec>,
    /// What one of them costs a year, in pounds: `"1250.00"`. Left out where `activity` is said, or where no cost is
    /// known.
    pub unit_cost: Option<String>,
    /// Code of the activity whose spending by the partner is divided by `users`. Left out where `unit_cost` is said.
    pub activity: Option<String>,
    /// By how many users that is divided: a published number, and not the length of the list. Needed with `activity`;
    /// left out otherwise.
    pub users: Option<u64>,
    /// Where the unit cost, or the number of users, is from. Needed with either; left out where no cost is known.
    #[serde(default)]
    pub source: String,
}

/// Fields of a row of a caseload.
pub(super) const MEMBER: [&str; 1] = ["key"];

/// The schema of the register, for the reference of every key.
#[cfg(test)]
pub(crate) fn schema() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings
        .into_generator()
        .into_root_schema_for::<FamiliesSpec>()
}

/// Whether a text reads as `families.toml`.
#[cfg(test)]
pub(crate) fn reads(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<FamiliesSpec>(text).map(drop)
}

/// The fields of its tables, for the reference.
#[cfg(test)]
pub(crate) fn fields() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![("caseload_member", MEMBER.to_vec())]
}
