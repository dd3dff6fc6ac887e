//! The outcomes file of a pack, as it is written down.

use super::Status;
use crate::axis::{Ages, Phase};
use crate::place::TableSpec;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutcomesSpec {
    /// The most indicators that an outcome may have in its headline.
    pub headline_at_most: usize,
    /// What must be printed wherever outcomes are shown.
    #[serde(default)]
    pub notes: Vec<String>,
    #[serde(default)]
    pub outcomes: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub contributions: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub indicators: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub areas: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub series: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub observations: Vec<Spanned<ObservationsSpec>>,
    #[serde(default)]
    pub denominators: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub targets: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub forecasts: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub expected: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub breaks: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub withdrawn: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub lags: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub spend_elsewhere: Vec<Spanned<SpendElsewhereSpec>>,
}

pub(super) const OUTCOME: [&str; 5] = ["code", "name", "priority", "lead", "contributing"];
pub(super) const CONTRIBUTION: [&str; 5] =
    ["outcome", "activity", "weight", "judgement", "contribution"];
pub(super) const INDICATOR: [&str; 25] = [
    "code",
    "name",
    "outcome",
    "headline",
    "accountability",
    "asks",
    "service_partner",
    "service_activity",
    "better",
    "form",
    "per",
    "unit",
    "numerator",
    "denominator",
    "ages",
    "group",
    "level",
    "years",
    "owner",
    "publisher",
    "lead",
    "contributing",
    "source",
    "reoffending",
    "note",
];
pub(super) const AREA: [&str; 6] = ["code", "name", "relation", "rank", "also", "localities"];
pub(super) const SERIES: [&str; 4] = ["dataset", "published", "indicator", "part"];
pub(super) const OBSERVATION: [&str; 7] = [
    "series", "series_2", "series_3", "area", "period", "value", "status",
];
pub(super) const DENOMINATOR: [&str; 3] = ["indicator", "driver", "ages"];
pub(super) const TARGET: [&str; 5] = ["indicator", "area", "period", "value", "source"];
pub(super) const FORECAST: [&str; 5] = ["indicator", "method", "from", "to", "judgement"];
pub(super) const EXPECTED: [&str; 4] = ["indicator", "level", "from", "to"];
pub(super) const BREAK: [&str; 3] = ["indicator", "period", "why"];
pub(super) const WITHDRAWN: [&str; 3] = ["indicator", "area", "why"];
pub(super) const LAG: [&str; 3] = ["indicator", "months", "why"];
pub(super) const SPEND: [&str; 3] = ["area", "period", "amount"];

/// `[[observations]]`: one file of published figures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ObservationsSpec {
    /// By which rows of `series` name it.
    pub dataset: String,
    pub table: TableSpec,
    /// What a bare year means in this file, where that differs from the indicator's own `years`.
    pub years: Option<String>,
    /// Publisher's mark → what it says: `"c" = "suppressed"`.
    #[serde(default)]
    pub marks: BTreeMap<String, Status>,
    /// How sure published limits are meant to be: `0.95`.
    pub limits_at: Option<rust_decimal::Decimal>,
    /// What an empty cell without a mark says; a fault where left out.
    pub blank: Option<Status>,
}

/// `[[spend_elsewhere]]`: published spending of other areas on one activity.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpendElsewhereSpec {
    pub activity: String,
    /// What is counted, in words: gross or net, by whom.
    pub name: String,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// The people it is spent on; everybody where left out.
    #[serde(default = "everybody")]
    pub ages: Ages,
    pub table: TableSpec,
    /// What a bare year means.
    pub years: String,
    pub source: String,
}

fn everybody() -> Ages {
    Ages::ALL
}
