//! The outcomes file of a pack, as it is written down.

use super::Status;
use crate::axis::{Ages, Phase};
use crate::place::TableSpec;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The outcomes file of a pack: what should change for people, and the published figures that tell
/// of it.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "outcomes.toml"))]
#[serde(deny_unknown_fields)]
pub(super) struct OutcomesSpec {
    /// The most indicators that an outcome may have in its headline.
    pub headline_at_most: usize,
    /// What must be printed wherever outcomes are shown. When left out, nothing is.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What should change for people. When left out there is none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub outcomes: Vec<Spanned<TableSpec>>,
    /// Which spending is meant to help which outcome. When left out, none is said to.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub contributions: Vec<Spanned<TableSpec>>,
    /// What tells of an outcome: its definition. When left out there is none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub indicators: Vec<Spanned<TableSpec>>,
    /// Areas that figures are published for, and what each is to the place. When left out, only areas of
    /// the pack have figures.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub areas: Vec<Spanned<TableSpec>>,
    /// Which published series is which part of which indicator. When left out, no figure is read.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub series: Vec<Spanned<TableSpec>>,
    /// Files of published figures. When left out there are none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<ObservationsSpec>"))]
    pub observations: Vec<Spanned<ObservationsSpec>>,
    /// Indicators whose number below the line a driver counts. When left out, publishers give it.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub denominators: Vec<Spanned<TableSpec>>,
    /// What somebody has said a figure should be. When left out there is none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub targets: Vec<Spanned<TableSpec>>,
    /// How a history is carried on. When left out, none is.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub forecasts: Vec<Spanned<TableSpec>>,
    /// Figures that ought to be there, so that what is missing is listed. When left out, nothing is missed.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub expected: Vec<Spanned<TableSpec>>,
    /// From when figures are counted in another way. When left out, never.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub breaks: Vec<Spanned<TableSpec>>,
    /// Published figures that the pack does not believe. When left out, all are believed.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub withdrawn: Vec<Spanned<TableSpec>>,
    /// After how many months spending shows in a figure. When left out, a comparison asks for it.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub lags: Vec<Spanned<TableSpec>>,
    /// Published spending of other areas, to compare with. When left out there is none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<SpendElsewhereSpec>"))]
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

/// One file of published figures.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ObservationsSpec {
    /// The name by which rows of `[[series]]` mean it.
    pub dataset: String,
    /// Where its rows are.
    pub table: TableSpec,
    /// What a bare year means in this file: `financial`, `financial-ending`, `calendar`,
    /// `academic-ending` or a month such as `January`. When left out, what it means for the indicator.
    pub years: Option<String>,
    /// For each mark of the publisher, what it says: `"c" = "suppressed"`. When left out, a mark is a
    /// fault.
    #[serde(default)]
    pub marks: BTreeMap<String, Status>,
    /// How sure published limits are meant to be: `0.95`. Needed where limits are read; left out
    /// otherwise.
    #[cfg_attr(test, schemars(with = "Option<f64>"))]
    pub limits_at: Option<rust_decimal::Decimal>,
    /// What an empty cell without a mark says. When left out, such a cell is a fault.
    pub blank: Option<Status>,
}

/// Published spending of other areas on one activity.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct SpendElsewhereSpec {
    /// Code of the activity.
    pub activity: String,
    /// What is counted, in words: gross or net, by whom.
    pub name: String,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// The people it is spent on, in years, as in `10-17`. When left out, everybody.
    #[serde(default = "everybody")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub ages: Ages,
    /// Where its rows are: area, period, amount in pounds.
    pub table: TableSpec,
    /// What a bare year means: `financial`, `financial-ending`, `calendar`, `academic-ending` or a month.
    pub years: String,
    /// Publisher, edition, licence.
    pub source: String,
}

fn everybody() -> Ages {
    Ages::ALL
}

/// The fields of each kind of table, for the reference of every key.
#[cfg(test)]
pub(crate) fn fields() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("outcome", OUTCOME.to_vec()),
        ("contribution", CONTRIBUTION.to_vec()),
        ("indicator", INDICATOR.to_vec()),
        ("area", AREA.to_vec()),
        ("series", SERIES.to_vec()),
        ("observation", OBSERVATION.to_vec()),
        ("denominator", DENOMINATOR.to_vec()),
        ("target", TARGET.to_vec()),
        ("forecast", FORECAST.to_vec()),
        ("expected", EXPECTED.to_vec()),
        ("break", BREAK.to_vec()),
        ("withdrawn", WITHDRAWN.to_vec()),
        ("lag", LAG.to_vec()),
        ("spend", SPEND.to_vec()),
    ]
}

/// The schema of an outcomes file, for the reference of every key.
#[cfg(test)]
pub(crate) fn schema() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings
        .into_generator()
        .into_root_schema_for::<OutcomesSpec>()
}

/// Whether a text reads as an outcomes file.
#[cfg(test)]
pub(crate) fn reads(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<OutcomesSpec>(text).map(drop)
}
