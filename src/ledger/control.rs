//! Control totals: what a publisher says its files hold.

use crate::finding::{Finding, Position, Severity};
use crate::money::Pence;
use crate::reconciliation::Step;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A figure known from elsewhere that lines of a ledger must add up to.
///
/// # Example
///
/// ```
/// use wholeplace::ledger::Control;
/// let control: Control = toml::from_str(r#"
///     name = "revenue payments of 2017"
///     total = "104445727.45"
///     lines = 16176
///     source = "Leeds City Council, spending page, June 2020"
///     where."Capital Or Revenue" = ["Revenue"]
/// "#)?;
/// assert_eq!(control.total.to_string(), "£104,445,727.45");
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// What the figure is, in a finance officer's words.
    pub name: String,
    /// The lines that count: for each heading the cell texts wanted. When left out, all lines.
    #[serde(default, rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    pub selection: BTreeMap<String, Vec<String>>,
    /// The figure, in pounds, as in `104445727.45`; spending is positive.
    #[cfg_attr(test, schemars(with = "String"))]
    pub total: Pence,
    /// How many lines. When left out, they are not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<u64>,
    /// Where the figure comes from: publisher, edition, date. When left out, nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A control total, and what its lines add up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ControlResult {
    /// The control total, as the pack writes it.
    pub control: Control,
    /// What the lines that count add up to.
    pub found: Pence,
    /// How many lines count.
    pub lines: u64,
}

impl ControlResult {
    /// Whether the figure is met to the penny, and the number of lines where that is known.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.found == self.control.total && self.control.lines.is_none_or(|n| n == self.lines)
    }

    /// By how much what was found is more than the figure; less where it is below zero. `None`
    /// where that is beyond what an amount can be.
    #[must_use]
    pub fn difference(&self) -> Option<Pence> {
        let (found, total) = (self.found.get(), self.control.total.get());
        Pence::from_wide(i128::from(found) - i128::from(total)).ok()
    }
}

/// What the lines of a control total add up to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Met {
    pub(super) pence: i128,
    pub(super) lines: u64,
}

impl Met {
    pub(super) fn add(&mut self, more: &Self) {
        self.pence += more.pence;
        self.lines += more.lines;
    }
}

impl Control {
    /// The step of the reconciliation, which holds where the figure is met to the penny.
    pub(super) fn step(&self, ledger: &str, found: Pence) -> Step {
        let name = format!("control total of ledger `{ledger}`: {}", self.name);
        Step::new(name, self.total, found)
    }

    /// The fault, where the figure or the number of lines is not met.
    pub(super) fn fault(&self, ledger: &str, found: Pence, lines: u64) -> Option<Finding> {
        let expected_lines = self.lines.unwrap_or(lines);
        if found == self.total && lines == expected_lines {
            return None;
        }
        let counted = |total: Pence, lines: Option<u64>| match lines {
            Some(1) => format!("{total} in 1 line"),
            Some(lines) => format!("{total} in {lines} lines"),
            None => total.to_string(),
        };
        let source = self
            .source
            .as_deref()
            .map_or(String::new(), |s| format!(" ({s})"));
        let difference = i128::from(found.get()) - i128::from(self.total.get());
        Some(Finding {
            rule: "control-total-not-met".into(),
            severity: Severity::Fault,
            position: Position::file(format!("ledger `{ledger}`")),
            found: format!(
                "control total `{}` expects {}{source}, found {}",
                self.name,
                counted(self.total, self.lines),
                counted(found, Some(lines)),
            ),
            at_stake: Pence::from_wide(difference).ok(),
            remedy: "look for missing, repeated or rejected rows, or correct the control total"
                .into(),
        })
    }
}
