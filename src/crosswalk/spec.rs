//! Crosswalks and axis rules as a pack writes them down.

use crate::axis::Gap;
use crate::finding::Position;
use serde::{Deserialize, Serialize};

/// Where a line's place on an axis comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The partner's codes are looked up in the crosswalk.
    Crosswalk,
    /// The file already holds codes of the place.
    Code,
}

/// How the lines of one ledger are placed on one axis; exactly one of `by`, `always` and `gap`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AxisRule {
    /// By the codes of the file. When left out, `always` or `gap` places all lines.
    pub by: Option<By>,
    /// All lines stand on this member. When left out, `by` or `gap` places them.
    pub always: Option<String>,
    /// No line stands on any member, for this reason. When left out, `by` or `always` places them.
    pub gap: Option<Gap>,
    /// With `by`: the member for codes that are not known. When left out they stand on none, as
    /// unmapped.
    pub otherwise: Option<String>,
    /// With `by`: the reason why codes that are not known stand on no member. When left out it is
    /// `unmapped`.
    pub otherwise_gap: Option<Gap>,
    /// With `by`, for localities: the `[[lookup]]` in which the codes of the file are looked up, such
    /// as one of postcodes. Rows of the crosswalk come before it (`by = "crosswalk"`). Left out where
    /// the codes are those of the place.
    pub lookup: Option<String>,
}

/// How the lines of one ledger are placed on every axis. Each axis must be written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LedgerAxes {
    /// Whose money it is. Needed; left out is a fault.
    pub partner: Option<AxisRule>,
    /// What it is for. Needed; left out is a fault.
    pub activity: Option<AxisRule>,
    /// Whom it serves, by age, such as `10-17` or `all`. Needed; left out is a fault.
    pub ages: Option<AxisRule>,
    /// Whom it serves, by client group; `everyone` where it is not told. Needed; left out is a fault.
    pub group: Option<AxisRule>,
    /// Labels that may overlap. When left out, its lines have none.
    pub tag: Option<AxisRule>,
    /// Where. Needed; left out is a fault.
    pub locality: Option<AxisRule>,
    /// Cash or in kind: `cash`, `staff-time`, `premises`, `volunteer-time`, `goods`. When left out it
    /// is cash.
    pub resource: Option<AxisRule>,
    /// How free the money is to move: `statutory`, `contracted to Mar 2027`, `discretionary`. When left
    /// out, nobody has said.
    pub flexibility: Option<AxisRule>,
    /// When, for a ledger whose layout names no column of dates or periods. Needed there; left out
    /// otherwise.
    pub period: Option<AxisRule>,
}

impl LedgerAxes {
    /// The rule for an axis that a crosswalk may have rows for.
    pub(super) fn of(&self, axis: &str) -> Option<&AxisRule> {
        let rule = match axis {
            "partner" => &self.partner,
            "activity" => &self.activity,
            "ages" => &self.ages,
            "group" => &self.group,
            "tag" => &self.tag,
            "locality" => &self.locality,
            "resource" => &self.resource,
            "flexibility" => &self.flexibility,
            _ => &None,
        };
        rule.as_ref()
    }
}

/// One row of a crosswalk as a pack writes it down.
#[derive(Clone, Debug, Default)]
pub struct CrosswalkRow {
    /// The ledger whose code it is.
    pub ledger: String,
    /// The axis: `activity`, `locality`, `ages`, `group`, `tag`, `partner`,
    /// `resource` or `flexibility`.
    pub axis: String,
    /// Which codes of the ledger it is about, as a wide crosswalk may say: their name in the layout,
    /// or the heading of their column. Empty for those of the axis.
    pub of: String,
    /// The partner's code; `*` stands for any letters, `\*` for an asterisk.
    pub code: String,
    /// Whether the code may have an apostrophe before it that keeps a spreadsheet from changing it.
    pub is_marked: bool,
    /// The member it means; empty for a gap.
    pub to: String,
    /// Its weight when one code means several activities or localities: parts of 1 or of 100.
    pub weight: String,
    /// How the weight is known.
    pub class: String,
    /// The reason, when it means no member.
    pub gap: String,
    /// Where this stands.
    pub position: Position,
}
