//! Registers of a site: what partners agreed, and what they are short of.

use crate::agreement::Agreement;
use crate::cube::Cube;
use crate::medium_term::MediumTerm;
use crate::report::content::{GapSheet, PerformanceSheet, ReportError, ReportScope};
use jiff::civil::Date;

/// An agreement of a site, and the days that its board's paper holds against each other.
#[derive(Clone, Copy, Debug)]
pub struct SiteAgreement<'a> {
    /// The register.
    pub agreement: &'a Agreement,
    /// What the board knew last: as at this day.
    pub since: Date,
    /// The day of the paper.
    pub on: Date,
}

impl<'a> SiteAgreement<'a> {
    /// The paper of the first meeting on or after the end of a report's period, held against the meeting before; without
    /// such meetings, the period's last day against its first.
    #[must_use]
    pub fn after(agreement: &'a Agreement, scope: &ReportScope) -> Self {
        let end = scope.period.last_day();
        let meeting = agreement.meetings().iter().find(|one| one.on >= end);
        let on = meeting.map_or(end, |one| one.on);
        let before = agreement.meeting_before(on).map(|one| one.on);
        Self {
            agreement,
            since: before.unwrap_or(scope.period.first_day()),
            on,
        }
    }

    pub(super) fn sheet(&self) -> Result<PerformanceSheet, ReportError> {
        PerformanceSheet::of(self.agreement, self.since, self.on)
    }
}

pub(super) fn gap_sheet(
    plan: &MediumTerm,
    cube: &Cube,
    scope: &ReportScope,
) -> Result<GapSheet, ReportError> {
    GapSheet::of(plan, cube, (scope.period, &scope.boundary))
}
