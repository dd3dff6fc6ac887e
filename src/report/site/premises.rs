//! Premises of a site, and all of its registers together.

use super::performance::SiteAgreement;
use super::place_plan::SitePlans;
use crate::account::PlaceAccount;
use crate::axis::LocalityId;
use crate::disclosure::Telling;
use crate::families::Families;
use crate::medium_term::MediumTerm;
use crate::premises::Premises;
use crate::report::content::{PremisesSheet, ReportError, ReportScope};
use crate::report::earlier::EarlierRelease;

/// Registers of the place. The default is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct SiteRegisters<'a> {
    /// What places want, and who pays for it.
    pub plans: Option<SitePlans<'a>>,
    /// Buildings, and what they cost whom.
    pub premises: Option<SitePremises<'a>>,
    /// What partners agreed to reach, and the paper of their board.
    pub agreement: Option<SiteAgreement<'a>>,
    /// What partners are short of in years to come.
    pub medium_term: Option<&'a MediumTerm>,
    /// Families with many services. What is told of them is the same whoever it is for, but for costs that are a share of
    /// a ledger that is not public.
    pub families: Option<&'a Families>,
    /// An earlier release of the same site: what this one changes of it is a page. A release under a policy is held against
    /// one that a register of an earlier edition has, or against none.
    pub earlier: Option<&'a EarlierRelease>,
}

/// Premises of a site.
#[derive(Clone, Copy, Debug)]
pub struct SitePremises<'a> {
    /// The register.
    pub premises: &'a Premises,
    /// The account of the cube: costs that ledgers have too are found in its lines.
    pub account: &'a PlaceAccount,
}

impl SitePremises<'_> {
    /// Whether the register may be told: where every ledger is public, or where the pack says that everybody can read
    /// it and none of the ledgers that have some of its costs is closed. It is told whole or not at all.
    pub(super) fn is_told(&self, telling: &dyn Telling) -> bool {
        let open = || (self.premises.ledgers()).all(|ledger| telling.ledger_is_public(ledger));
        telling.all_public() || !self.premises.published().is_empty() && open()
    }

    /// What its page shows; `places` are those of the report.
    pub(super) fn sheet(
        &self,
        scope: &ReportScope,
        places: &[LocalityId],
    ) -> Result<PremisesSheet, ReportError> {
        let whole = self.premises.place().locality();
        let pages: Vec<LocalityId> = std::iter::once(whole)
            .chain(places.iter().copied())
            .collect();
        PremisesSheet::of((self.premises, self.account), scope, &pages)
    }
}
