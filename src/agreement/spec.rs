//! `agreement.toml`, as it is written down.

use crate::place::TableSpec;
use serde::Deserialize;
use toml::Spanned;

/// `agreement.toml`: what partners have agreed to reach, who does what by when, and when they meet.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "agreement.toml"))]
#[serde(deny_unknown_fields)]
pub(super) struct AgreementSpec {
    /// Its name, as partners know it.
    pub name: String,
    /// How sure intervals are meant to be, such as `0.95`: above 0 and below 1.
    #[cfg_attr(test, schemars(with = "f64"))]
    pub confidence: rust_decimal::Decimal,
    /// The most targets that may stand in the headline.
    pub headline_targets_at_most: usize,
    /// What must be printed wherever figures of it are shown. When left out, nothing is.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Where everybody can read this register, in words. When left out, a release under a policy tells nothing of it
    /// unless every ledger is public.
    #[serde(default)]
    pub published: String,
    /// What partners have agreed to reach: a row a target. When left out, there is none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub agreed_targets: Vec<Spanned<TableSpec>>,
    /// What each target should have reached by when. When left out, no figure is held against a target.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub milestones: Vec<Spanned<TableSpec>>,
    /// Which figure of a target is due when, who owes it, and when it came. When left out, none is expected, and
    /// none is known.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub figures_due: Vec<Spanned<TableSpec>>,
    /// What service users were asked, and what they said. When left out, nobody was asked.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub surveys: Vec<Spanned<TableSpec>>,
    /// Words for the three facts of a target: the first row that fits gives its word. When left out, targets have
    /// no rating.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub ratings: Vec<Spanned<TableSpec>>,
    /// Delivery plans: who does what for which target by when. When left out, there are none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub actions: Vec<Spanned<TableSpec>>,
    /// How far an action was on a day. When left out, no action has begun.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub action_status: Vec<Spanned<TableSpec>>,
    /// Reports that are made as at a day: mid-year, year-end. When left out, none is planned.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub reports: Vec<Spanned<TableSpec>>,
    /// When the board meets. When left out, it has no meetings.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub meetings: Vec<Spanned<TableSpec>>,
    /// What stands on the agenda of a meeting, besides what needs a decision. When left out, nothing does.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub agenda: Vec<Spanned<TableSpec>>,
    /// What the board is asked to decide, and what it decided. When left out, nothing is.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub decisions: Vec<Spanned<TableSpec>>,
    /// Grants that are paid for targets reached, or for days come. When left out, there are none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub reward_grants: Vec<Spanned<TableSpec>>,
    /// What each part of a grant hangs on. When left out, no grant is earned.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub conditions: Vec<Spanned<TableSpec>>,
    /// What came in of grants, and went out. When left out, nothing did.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub draw_downs: Vec<Spanned<TableSpec>>,
    /// Which of those are lines of a ledger as well, so that they count once. When left out, none is looked for.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<DrawnSpec>"))]
    pub matched: Vec<Spanned<DrawnSpec>>,
}

/// Money of grants that is lines of a ledger as well.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct DrawnSpec {
    /// The ledger.
    pub ledger: String,
    /// The code of its lines that holds the reference of a transaction, as its layout names it.
    pub code: String,
    /// Which of them: `received`, `paid` or `returned`.
    pub kinds: Vec<String>,
}

/// Fields of a target.
pub(super) const TARGET: [&str; 13] = [
    "code",
    "name",
    "lead",
    "named_in_law",
    "contributing",
    "headline",
    "indicator",
    "area",
    "better",
    "unit",
    "baseline",
    "source",
    "note",
];

/// Fields of a milestone.
pub(super) const MILESTONE: [&str; 4] = ["target", "period", "value", "source"];

/// Fields of a figure that is due.
pub(super) const FIGURE: [&str; 11] = [
    "target", "period", "due", "owed_by", "received", "value", "lower", "upper", "number", "of",
    "source",
];

/// Fields of a survey.
pub(super) const SURVEY: [&str; 13] = [
    "code",
    "target",
    "name",
    "question",
    "period",
    "due",
    "owed_by",
    "received",
    "number",
    "of",
    "asked",
    "design_effect",
    "source",
];

/// Fields of a rating.
pub(super) const RATING: [&str; 5] = ["word", "against_target", "change", "direction", "source"];

/// Fields of an action.
pub(super) const ACTION: [&str; 15] = [
    "code",
    "target",
    "name",
    "owner",
    "owner_name",
    "from",
    "by",
    "pounds",
    "place",
    "activity",
    "ages",
    "group",
    "partner",
    "source",
    "note",
];

/// Fields of the status of an action.
pub(super) const ACTION_STATUS: [&str; 4] = ["action", "on", "status", "note"];

/// Fields of a report.
pub(super) const REPORT: [&str; 2] = ["name", "as_at"];

/// Fields of a meeting.
pub(super) const MEETING: [&str; 2] = ["on", "name"];

/// Fields of what stands on an agenda.
pub(super) const AGENDA: [&str; 3] = ["meeting", "item", "by"];

/// Fields of a decision.
pub(super) const DECISION: [&str; 10] = [
    "code", "item", "asked_by", "target", "meeting", "pounds", "decided", "outcome", "note",
    "source",
];

/// Fields of a grant.
pub(super) const GRANT: [&str; 6] = ["code", "name", "giver", "holder", "pounds", "source"];

/// Fields of a condition.
pub(super) const CONDITION: [&str; 8] = [
    "grant",
    "name",
    "weight",
    "target",
    "period",
    "pays",
    "from_percent",
    "on",
];

/// Fields of what is drawn down.
pub(super) const DRAW_DOWN: [&str; 7] = [
    "grant",
    "on",
    "kind",
    "pounds",
    "who",
    "action",
    "transaction",
];

/// The schema of the register, for the reference of every key.
#[cfg(test)]
pub(crate) fn schema() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings
        .into_generator()
        .into_root_schema_for::<AgreementSpec>()
}

/// Whether a text reads as `agreement.toml`.
#[cfg(test)]
pub(crate) fn reads(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<AgreementSpec>(text).map(drop)
}

/// The fields of its tables, for the reference.
#[cfg(test)]
pub(crate) fn fields() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("agreed_target", TARGET.to_vec()),
        ("milestone", MILESTONE.to_vec()),
        ("figure_due", FIGURE.to_vec()),
        ("survey", SURVEY.to_vec()),
        ("rating", RATING.to_vec()),
        ("plan_action", ACTION.to_vec()),
        ("action_status", ACTION_STATUS.to_vec()),
        ("planned_report", REPORT.to_vec()),
        ("meeting", MEETING.to_vec()),
        ("agenda_item", AGENDA.to_vec()),
        ("decision", DECISION.to_vec()),
        ("reward_grant", GRANT.to_vec()),
        ("grant_condition", CONDITION.to_vec()),
        ("draw_down", DRAW_DOWN.to_vec()),
    ]
}
