//! `plans.toml`, as it is written down.

use crate::place::TableSpec;
use serde::Deserialize;
use toml::Spanned;

/// `plans.toml`: what places want, and who pays for it.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "plans.toml"))]
#[serde(deny_unknown_fields)]
pub(super) struct PlansSpec {
    /// What must be printed wherever figures of it are shown. When left out, nothing is.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Where everybody can read this register, in words. When left out, a release under a policy tells nothing of it
    /// unless every ledger is public.
    #[serde(default)]
    pub published: String,
    /// What places want: a row a priority. When left out, contributions are listed and fund nothing.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub priorities: Vec<Spanned<TableSpec>>,
    /// Money and units that are no developer's: a row for each step that they took. When left out, there are none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub funding: Vec<Spanned<TableSpec>>,
    /// Developer contributions as an authority publishes them. When left out, there are none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<DeveloperSpec>"))]
    pub developer: Vec<Spanned<DeveloperSpec>>,
    /// Which contribution is for which priority, and how much of it. When left out, only rows of `funding` that name
    /// a priority fund one.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub assigned: Vec<Spanned<TableSpec>>,
    /// Which steps are lines of a ledger as well, so that they count once. When left out, none is looked for.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<MatchedSpec>"))]
    pub matched: Vec<Spanned<MatchedSpec>>,
}

/// Developer contributions in the three files of the published format.
///
/// Columns are those of the developer contributions specification of MHCLG; of its first edition, too, where a
/// reference stood under the name of its file. Rows that cannot be counted are findings, each with its pounds, and the
/// others count.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct DeveloperSpec {
    /// What a row of `transactions` is. `"steps"`: a pound has a row for each step that it took, received and then
    /// spent. `"standing"`: a pound has one row, for where it stands now. Publishers do both, and no file says which.
    pub rows: RowsAre,
    /// Agreements and demand notices: `reference`, `developer-agreement-type`, …
    #[cfg_attr(test, schemars(with = "TableSpec"))]
    pub agreements: Spanned<TableSpec>,
    /// What each agreement promises: `reference`, `developer-agreement`, `amount`, `units`, …
    #[cfg_attr(test, schemars(with = "TableSpec"))]
    pub contributions: Spanned<TableSpec>,
    /// What became of it: `reference`, `developer-agreement-contribution`, `contribution-funding-status`, …
    #[cfg_attr(test, schemars(with = "TableSpec"))]
    pub transactions: Spanned<TableSpec>,
    /// Publisher, edition, date, licence: for people who read the pack. May be left out.
    #[serde(default)]
    #[expect(dead_code, reason = "for people who read the pack")]
    pub source: String,
}

/// What a row of published transactions is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum RowsAre {
    /// A step that money took.
    Steps,
    /// Where money stands now.
    Standing,
}

/// Steps that are lines of a ledger as well.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct MatchedSpec {
    /// The ledger.
    pub ledger: String,
    /// The code of its lines that holds the reference of a transaction, as its layout names it.
    pub code: String,
    /// Which steps: `spent`, `received`, …
    pub states: Vec<String>,
}

/// Fields of a priority.
pub(super) const PRIORITY: [&str; 17] = [
    "code", "name", "place", "level", "need", "cost", "quantity", "unit", "status", "from", "by",
    "lead", "activity", "ages", "group", "partner", "source",
];

/// Fields of a step of funding.
pub(super) const FUNDING: [&str; 10] = [
    "reference",
    "priority",
    "source",
    "giver",
    "status",
    "on",
    "pounds",
    "quantity",
    "unit",
    "transaction",
];

/// Fields of what is assigned.
pub(super) const ASSIGNED: [&str; 4] = ["contribution", "priority", "pounds", "quantity"];

/// Fields of published agreements. `reference` has the name of the file in the first edition, and the type that of a
/// classification.
pub(super) const AGREEMENT: [&str; 10] = [
    "reference",
    "developer_agreement",
    "name",
    "developer_agreement_type",
    "developer_agreement_classification",
    "planning_application",
    "organisation",
    "entry_date",
    "start_date",
    "end_date",
];

/// Fields of published contributions.
pub(super) const CONTRIBUTION: [&str; 10] = [
    "reference",
    "developer_agreement_contribution",
    "developer_agreement",
    "contribution_purpose",
    "amount",
    "units",
    "organisation",
    "entry_date",
    "start_date",
    "end_date",
];

/// Fields of published transactions.
pub(super) const TRANSACTION: [&str; 10] = [
    "reference",
    "developer_agreement_transaction",
    "developer_agreement_contribution",
    "contribution_funding_status",
    "amount",
    "units",
    "organisation",
    "entry_date",
    "start_date",
    "end_date",
];

/// The schema of the register, for the reference of every key.
#[cfg(test)]
pub(crate) fn schema() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings
        .into_generator()
        .into_root_schema_for::<PlansSpec>()
}

/// Whether a text reads as `plans.toml`.
#[cfg(test)]
pub(crate) fn reads(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<PlansSpec>(text).map(drop)
}

/// The fields of its tables, for the reference.
#[cfg(test)]
pub(crate) fn fields() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("plan_priority", PRIORITY.to_vec()),
        ("plan_funding", FUNDING.to_vec()),
        ("plan_assigned", ASSIGNED.to_vec()),
    ]
}
