//! Scenarios of a site, made in the account.

use crate::appraisal::AppraisalError;
use crate::appraisal::scenario::{Scenario, Scenarios};
use crate::cube::Cube;
use crate::report::content::{ReportError, ReportScope, ScenarioSheet};
use rayon::prelude::*;

/// What a site shows of scenarios.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct ScenarioPages {
    /// Each, in the order of the pack.
    pub sheets: Vec<ScenarioSheet>,
    /// How many there are besides that may not be shown.
    pub hidden: usize,
}

impl ScenarioPages {
    /// Makes every scenario in a cube, and asks what the report asks before and after.
    pub(super) fn build(
        scenarios: &Scenarios,
        cube: &Cube,
        scope: &ReportScope,
    ) -> Result<Self, ReportError> {
        let plans: Vec<_> = scenarios.iter().collect();
        let made: Vec<Scenario> = (plans.par_iter())
            .map(|plan| plan.apply(cube))
            .collect::<Result<_, AppraisalError>>()
            .map_err(Box::new)?;
        let sheets = made.par_iter().map(|one| ScenarioSheet::of(one, scope));
        Ok(Self {
            sheets: sheets.collect::<Result<_, _>>()?,
            hidden: 0,
        })
    }

    /// All of them hidden: what is moved is known, so that after tells before, and what holds a move tells
    /// what is spent.
    pub(super) fn hidden(scenarios: &Scenarios) -> Self {
        Self {
            sheets: Vec::new(),
            hidden: scenarios.iter().count(),
        }
    }

    /// Whether the pack has none.
    pub(in crate::report) fn is_empty(&self) -> bool {
        self.sheets.is_empty() && self.hidden == 0
    }
}
