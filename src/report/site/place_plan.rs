//! Place plans of a site.

use crate::account::PlaceAccount;
use crate::axis::LocalityId;
use crate::cube::Cube;
use crate::disclosure::Telling;
use crate::place_plan::PlacePlans;
use crate::report::content::{PlansSheet, ReportError, ReportScope};

/// Place plans of a site.
#[derive(Clone, Copy, Debug)]
pub struct SitePlans<'a> {
    /// The register.
    pub plans: &'a PlacePlans,
    /// The account of the cube: what the register and a ledger both have counts once, which takes the lines.
    pub account: &'a PlaceAccount,
}

impl SitePlans<'_> {
    /// Whether the register may be told: where every ledger is public, or where the pack says that everybody can read
    /// it and none of the ledgers in which its steps are looked for is closed. It is told whole or not at all.
    pub(super) fn is_told(&self, telling: &dyn Telling) -> bool {
        let open = || (self.plans.ledgers()).all(|ledger| telling.ledger_is_public(ledger));
        telling.all_public() || !self.plans.published().is_empty() && open()
    }

    /// What its pages show; `places` are those of the report.
    pub(super) fn sheet(
        &self,
        cube: &Cube,
        scope: &ReportScope,
        places: &[LocalityId],
        telling: &dyn Telling,
    ) -> Result<PlansSheet, ReportError> {
        let whole = cube.place().locality();
        let pages: Vec<LocalityId> = std::iter::once(whole)
            .chain(places.iter().copied())
            .collect();
        PlansSheet::of((self.plans, self.account), cube, scope, &pages, telling)
    }
}
