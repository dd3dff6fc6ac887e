//! Registers of a site: what partners agreed, and what they are short of.

use crate::account::PlaceAccount;
use crate::agreement::Agreement;
use crate::cube::Cube;
use crate::disclosure::{Telling, indicators_told};
use crate::medium_term::MediumTerm;
use crate::report::content::{GapSheet, PerformanceSheet, ReportError, ReportScope};
use jiff::civil::Date;
use std::borrow::Cow;

/// An agreement of a site, and the days that its board's paper holds against each other.
#[derive(Clone, Copy, Debug)]
pub struct SiteAgreement<'a> {
    /// The register.
    pub agreement: &'a Agreement,
    /// The account of the cube: money of grants that ledgers have too is found in its lines.
    pub account: &'a PlaceAccount,
    /// What the board knew last: as at this day.
    pub since: Date,
    /// The day of the paper.
    pub on: Date,
}

impl<'a> SiteAgreement<'a> {
    /// The paper of the first meeting on or after the end of a report's period, held against the meeting before; without
    /// such meetings, the period's last day against its first.
    #[must_use]
    pub fn after(agreement: &'a Agreement, account: &'a PlaceAccount, scope: &ReportScope) -> Self {
        let end = scope.period.last_day();
        let meeting = agreement.meetings().iter().find(|one| one.on >= end);
        let on = meeting.map_or(end, |one| one.on);
        let before = agreement.meeting_before(on).map(|one| one.on);
        Self {
            agreement,
            account,
            since: before.unwrap_or(scope.period.first_day()),
            on,
        }
    }

    /// Whether the register may be told: where every ledger is public, or where the pack says that everybody can read it,
    /// none of the ledgers in which money of its grants is looked for is closed, and no count of an indicator that measures
    /// its targets is withheld. It is told whole or not at all; what is spent beside its actions is told as every sum is.
    pub(super) fn is_told(&self, telling: &dyn Telling) -> bool {
        let open = || (self.agreement.ledgers()).all(|ledger| telling.ledger_is_public(ledger));
        let counted = || {
            let measured = self.agreement.measured_by();
            measured.is_none_or(|of| matches!(indicators_told(of, telling), Cow::Borrowed(_)))
        };
        telling.all_public() || !self.agreement.published().is_empty() && open() && counted()
    }

    pub(super) fn sheet(
        &self,
        cube: &Cube,
        scope: &ReportScope,
        telling: &dyn Telling,
    ) -> Result<PerformanceSheet, ReportError> {
        PerformanceSheet::of(
            (self.agreement, self.account),
            (self.since, self.on),
            (cube, scope),
            telling,
        )
    }
}

/// Whether what partners are short of may be told: where every ledger is public, or where the pack says that everybody can
/// read it. What the account has beside is told as every sum is.
pub(super) fn gap_is_told(plan: &MediumTerm, telling: &dyn Telling) -> bool {
    telling.all_public() || !plan.published().is_empty()
}

pub(super) fn gap_sheet(
    plan: &MediumTerm,
    cube: &Cube,
    scope: &ReportScope,
    telling: &dyn Telling,
) -> Result<GapSheet, ReportError> {
    GapSheet::of(plan, cube, (scope.period, &scope.boundary), telling)
}
