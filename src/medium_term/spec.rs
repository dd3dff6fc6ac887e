//! `medium-term.toml`, as it is written down.

use crate::place::TableSpec;
use serde::Deserialize;
use toml::Spanned;

/// `medium-term.toml`: what each partner is short of in years to come, and what is planned to close it.
#[derive(Debug, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "medium-term.toml")
)]
#[serde(deny_unknown_fields)]
pub(super) struct MediumTermSpec {
    /// What a stated gap of a year holds. `"cumulative"`: those of the years before as well, as long as nothing closes
    /// them. `"new"`: only what that year adds.
    pub gaps_are: GapsAre,
    /// Which reductions close a gap, by their status, as `["agreed", "delivered"]`. The others stand beside.
    pub closed_by: Vec<String>,
    /// What must be printed wherever figures of it are shown. When left out, nothing is.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Where everybody can read this register, in words. When left out, a release under a policy tells nothing of it
    /// unless every ledger is public.
    #[serde(default)]
    pub published: String,
    /// What bodies say that they are short of, or what it is worked out from: a row a line. When left out, no gap is
    /// known.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub gap_lines: Vec<Spanned<TableSpec>>,
    /// What is planned to close it: a row a reduction. When left out, nothing is.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub reductions: Vec<Spanned<TableSpec>>,
}

/// What a stated gap of a year holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum GapsAre {
    /// The gaps of years before as well.
    Cumulative,
    /// What that year adds.
    New,
}

/// Fields of a line of a gap.
pub(super) const GAP_LINE: [&str; 7] = [
    "partner", "period", "kind", "name", "pounds", "covers", "source",
];

/// Fields of a reduction.
pub(super) const REDUCTION: [&str; 14] = [
    "code", "partner", "period", "name", "pounds", "lasts", "status", "falls_on", "place",
    "activity", "ages", "group", "source", "note",
];

/// The schema of the register, for the reference of every key.
#[cfg(test)]
pub(crate) fn schema() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings
        .into_generator()
        .into_root_schema_for::<MediumTermSpec>()
}

/// Whether a text reads as `medium-term.toml`.
#[cfg(test)]
pub(crate) fn reads(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<MediumTermSpec>(text).map(drop)
}

/// The fields of its tables, for the reference.
#[cfg(test)]
pub(crate) fn fields() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("gap_line", GAP_LINE.to_vec()),
        ("reduction", REDUCTION.to_vec()),
    ]
}
