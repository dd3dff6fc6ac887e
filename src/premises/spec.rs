//! `premises.toml`, as it is written down.

use crate::place::TableSpec;
use serde::Deserialize;
use toml::Spanned;

/// `premises.toml`: the buildings of a place, who is in them, and what they cost.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "premises.toml"))]
#[serde(deny_unknown_fields)]
pub(super) struct PremisesSpec {
    /// What must be printed wherever figures of it are shown. When left out, nothing is.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Where everybody can read this register, in words. When left out, a release under a policy tells nothing of it
    /// unless every ledger is public.
    #[serde(default)]
    pub published: String,
    /// Buildings: a row each. When left out, there are none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub buildings: Vec<Spanned<TableSpec>>,
    /// Who is in them, with which share: a row a team. When left out, nobody is known to be.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub occupiers: Vec<Spanned<TableSpec>>,
    /// What was paid for them: a row for each payer, payee and item of a year. When left out, no cost is known.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub costs: Vec<Spanned<TableSpec>>,
    /// How many desks each team uses on which day of the week. When left out, use is not known.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub usage: Vec<Spanned<TableSpec>>,
    /// Ledgers whose lines name buildings, so that their costs count once. When left out, none does.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<LedgerOfCosts>"))]
    pub matched: Vec<Spanned<LedgerOfCosts>>,
}

/// A ledger whose lines name buildings.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerOfCosts {
    /// The ledger.
    pub ledger: String,
    /// The code of its lines that holds the code of a building, as its layout names it.
    pub code: String,
}

/// Fields of a building.
pub(super) const BUILDING: [&str; 16] = [
    "code",
    "name",
    "owner",
    "owner_name",
    "place",
    "latitude",
    "longitude",
    "area",
    "desks",
    "condition",
    "tenure",
    "lease_end",
    "break_on",
    "notice_months",
    "locked_to",
    "lock",
];

/// Fields of an occupier.
pub(super) const OCCUPIER: [&str; 5] = ["building", "team", "occupier", "occupier_name", "share"];

/// Fields of a cost.
pub(super) const COST: [&str; 10] = [
    "building",
    "year",
    "item",
    "pounds",
    "payer",
    "payer_name",
    "payee",
    "payee_name",
    "ends",
    "ledger",
];

/// Fields of a use.
pub(super) const USAGE: [&str; 4] = ["building", "team", "day", "desks"];

/// The schema of the register, for the reference of every key.
#[cfg(test)]
pub(crate) fn schema() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings
        .into_generator()
        .into_root_schema_for::<PremisesSpec>()
}

/// Whether a text reads as `premises.toml`.
#[cfg(test)]
pub(crate) fn reads(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<PremisesSpec>(text).map(drop)
}

/// The fields of its tables, for the reference.
#[cfg(test)]
pub(crate) fn fields() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("building", BUILDING.to_vec()),
        ("building_occupier", OCCUPIER.to_vec()),
        ("building_cost", COST.to_vec()),
        ("building_use", USAGE.to_vec()),
    ]
}
