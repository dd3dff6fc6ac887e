//! What a site is made of beside its account: opened once, for every program that makes one.

use crate::common::Data;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use wholeplace::account::PlaceAccount;
use wholeplace::agreement::Agreement;
use wholeplace::appraisal::Proposals;
use wholeplace::appraisal::contract::{Contracts, Register};
use wholeplace::appraisal::scenario::Scenarios;
use wholeplace::appraisal::uncertain::Seeded;
use wholeplace::cube::Cube;
use wholeplace::families::Families;
use wholeplace::indicator::Indicators;
use wholeplace::medium_term::MediumTerm;
use wholeplace::place::{Outlines, Place};
use wholeplace::place_plan::PlacePlans;
use wholeplace::premises::Premises;
use wholeplace::report::{
    EarlierRelease, ReportScope, SiteAgreement, SiteContracts, SiteOutcomes, SitePlans,
    SitePremises, SiteProposals, SiteRegisters, SiteSources,
};
use wholeplace::statistic::{Confidence, Simulation};

/// Up to so many ledger lines times places every figure is followed down to them, which walks all of
/// them for each figure of each place.
const FOLLOWED: u64 = 400_000;

/// How outcomes and proposals are drawn and told.
#[derive(Clone, Copy)]
pub struct Chances {
    /// How sure intervals are meant to be.
    pub confidence: Confidence,
    /// How often proposals are drawn.
    pub draws: u32,
    /// From which seed everything is.
    pub seed: u64,
}

/// Outcomes, proposals, scenarios, contracts, registers and outlines, as far as the pack has them.
pub struct SiteParts {
    indicators: Option<Indicators>,
    proposals: Option<Proposals>,
    scenarios: Option<Scenarios>,
    contracts: Option<(Contracts, Register)>,
    plans: Option<PlacePlans>,
    premises: Option<Premises>,
    agreement: Option<Agreement>,
    medium_term: Option<MediumTerm>,
    families: Option<Families>,
    outlines: Option<Outlines>,
    earlier: Option<EarlierRelease>,
    drawn: Seeded,
    confidence: Confidence,
    simulation: Simulation,
}

impl SiteParts {
    /// Opens all that the pack has; outcomes alone where no pages are made.
    pub fn open(
        data: &mut Data,
        place: &Arc<Place>,
        chances: Chances,
        pages: bool,
    ) -> Result<Self, Box<dyn Error>> {
        // Many packs account for money only.
        let indicators = match place.outcomes_file() {
            Some(_) => Some(data.indicators(place)?),
            None => None,
        };
        let appraises = pages && place.appraisal_file().is_some();
        // Contracts are opened with the proposals that they may share an outcome with.
        Ok(Self {
            indicators,
            proposals: appraises.then(|| data.proposals(place)).transpose()?,
            scenarios: appraises.then(|| data.scenarios(place)).transpose()?,
            contracts: appraises.then(|| data.contracts(place)).transpose()?,
            plans: (pages && place.plans_file().is_some())
                .then(|| data.plans(place))
                .transpose()?,
            premises: (pages && place.premises_file().is_some())
                .then(|| data.premises(place))
                .transpose()?,
            agreement: (pages && place.agreement_file().is_some())
                .then(|| data.agreement(place))
                .transpose()?,
            medium_term: (pages && place.medium_term_file().is_some())
                .then(|| data.medium_term(place))
                .transpose()?,
            families: (pages && place.families_file().is_some())
                .then(|| data.families(place))
                .transpose()?,
            outlines: if pages { place.outlines()? } else { None },
            earlier: None,
            drawn: Seeded::new(chances.draws, chances.seed)?,
            confidence: chances.confidence,
            simulation: Simulation::new(10_000, chances.seed)?,
        })
    }

    /// The site is held against an earlier release, in the folder of its site; `why` is a CSV of reasons.
    pub fn since(
        mut self,
        folder: Option<&Path>,
        why: Option<&Path>,
    ) -> Result<Self, Box<dyn Error>> {
        self.earlier = match (folder, why) {
            (Some(folder), Some(why)) => Some(EarlierRelease::open(folder)?.with_reasons(why)?),
            (Some(folder), None) => Some(EarlierRelease::open(folder)?),
            (None, _) => None,
        };
        Ok(self)
    }

    /// Outcomes of the site, where the pack has them.
    pub fn outcomes(&self) -> Option<SiteOutcomes<'_>> {
        (self.indicators.as_ref()).map(|indicators| SiteOutcomes {
            indicators,
            confidence: self.confidence,
            simulation: self.simulation,
        })
    }

    /// Everything a site is made of.
    pub fn sources<'a>(
        &'a self,
        account: &'a PlaceAccount,
        cube: &'a Cube,
        scope: &'a ReportScope,
    ) -> SiteSources<'a> {
        let places = 1 + cube.place().axes().localities.at_level(&scope.level).len() as u64;
        SiteSources {
            cube,
            scope,
            outcomes: self.outcomes(),
            proposals: (self.proposals.as_ref()).map(|proposals| SiteProposals {
                proposals,
                drawn: Some(self.drawn),
            }),
            scenarios: self.scenarios.as_ref(),
            contracts: (self.contracts.as_ref()).map(|(contracts, register)| SiteContracts {
                contracts,
                register: Some(register),
            }),
            registers: SiteRegisters {
                plans: (self.plans.as_ref()).map(|plans| SitePlans { plans, account }),
                premises: (self.premises.as_ref())
                    .map(|premises| SitePremises { premises, account }),
                agreement: (self.agreement.as_ref())
                    .map(|agreement| SiteAgreement::after(agreement, account, scope)),
                medium_term: self.medium_term.as_ref(),
                families: self.families.as_ref(),
                earlier: self.earlier.as_ref(),
            },
            account: (account.line_count() * places <= FOLLOWED).then_some(account),
            outlines: self.outlines.as_ref(),
        }
    }
}
