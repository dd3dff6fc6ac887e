//! One proposal, as its page shows it.

use super::assumption::{self, AssumptionShown};
use super::chain::{self, ChainShown};
use super::held::{self, HeldShown};
use super::layer::Sums;
use super::position::{self, PayerShown};
use super::purse::{self, PurseShown};
use super::settlement::{self, SettlementShown};
use super::sure::HowSure;
use super::words;
use crate::appraisal::{Appraisal, AppraisalError};
use crate::axis::{LocalityId, Phase};

/// What a proposal is to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// It is for this place.
    ThisPlace,
    /// It is for a part of it.
    APart,
    /// It is for a larger place, of which this is a part.
    ALargerPlace,
}

/// One proposal.
#[derive(Clone, Debug)]
pub struct ProposalSheet {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What would be without it.
    pub against: String,
    /// For whom.
    pub ages: String,
    /// Code of where.
    pub locality: String,
    /// Name of where.
    pub locality_name: String,
    /// The years that are counted.
    pub years: Vec<String>,
    /// What a pound of each year is worth in the first, six decimals.
    pub factors: Vec<String>,
    /// In what prices, by what deflator and discount schedule, with their editions.
    pub vintage: String,
    /// The answer in plain words: the whole and the cash.
    pub words: String,
    /// What is not in the figures, or hangs on what nobody knows.
    pub cautions: Vec<String>,
    /// Each payer.
    pub payers: Vec<PayerShown>,
    /// All payers as of the first year.
    pub whole: Sums,
    /// Each purse; the whole purse first.
    pub purses: Vec<PurseShown>,
    /// Savings held against the account.
    pub held: Vec<HeldShown>,
    /// Of when that spending is, and whether planned or spent.
    pub held_against: (String, Phase),
    /// Activities that it affects, code and name.
    pub activities: Vec<(String, String)>,
    /// Who pays whom.
    pub settlement: SettlementShown,
    /// How each saving was made.
    pub chain: Vec<ChainShown>,
    /// Every input.
    pub assumptions: Vec<AssumptionShown>,
    /// How sure it is.
    pub sure: HowSure,
    /// What it is to places of the report, by their codes.
    pub about: Vec<(String, About)>,
}

impl ProposalSheet {
    /// What people see of an appraisal, and what it is to places.
    ///
    /// # Errors
    ///
    /// [`AppraisalError::Money`] for a sum beyond what an account can hold.
    pub fn of(appraisal: &Appraisal<'_>, places: &[LocalityId]) -> Result<Self, AppraisalError> {
        let proposal = appraisal.proposal;
        let axes = appraisal.place().axes();
        let payers = position::payers(appraisal)?;
        let activities = proposal.baseline.activities.iter();
        let activities = activities.map(|&activity| {
            let activity = axes.activities.get(activity);
            (activity.code.clone(), activity.name.clone())
        });
        let own = axes.localities.leaves(proposal.locality);
        let about = places.iter().filter_map(|&place| {
            let leaves = axes.localities.leaves(place);
            let about = match (own.contains(leaves), leaves.contains(own)) {
                (true, true) => About::ThisPlace,
                (false, true) => About::APart,
                (true, false) => About::ALargerPlace,
                (false, false) => return None,
            };
            Some((axes.localities.code(place).to_owned(), about))
        });
        let purses = purse::purses(appraisal, &payers)?;
        let settlement = settlement::settlement(appraisal, &payers)?;
        let named = appraisal.place().boundaries().iter();
        let named: Vec<String> = named.map(|set| set.code.clone()).collect();
        Ok(Self {
            code: proposal.code.clone(),
            name: proposal.name.clone(),
            against: proposal.against.clone(),
            ages: proposal.ages.to_string(),
            locality: axes.localities.code(proposal.locality).to_owned(),
            locality_name: axes.localities.name(proposal.locality).to_owned(),
            years: appraisal.years.iter().map(ToString::to_string).collect(),
            factors: (appraisal.factors.iter())
                .map(|factor| factor.to_decimal(6))
                .collect(),
            vintage: appraisal.assumptions.join("; "),
            words: words::in_words(appraisal.years.len(), &purses, &named, &payers, &settlement),
            cautions: appraisal.cautions(),
            whole: payers.iter().map(|payer| &payer.present).sum(),
            purses,
            held: held::held(appraisal, &payers),
            held_against: (
                proposal.baseline.period.to_string(),
                proposal.baseline.phase,
            ),
            activities: activities.collect(),
            settlement,
            chain: chain::chain(appraisal)?,
            assumptions: assumption::assumptions(appraisal),
            sure: HowSure::NotAsked,
            about: about.collect(),
            payers,
        })
    }

    /// What it is to a place, if anything.
    pub fn about(&self, place: &str) -> Option<About> {
        let found = self.about.iter().find(|(code, _)| code == place);
        found.map(|(_, about)| *about)
    }
}
