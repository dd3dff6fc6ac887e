//! From a release to its register: what the next edition must know of it.

use super::DisclosureError;
use super::clearance::Clearance;
use super::pattern::{Fate, Part, Protection};
use super::policy::DisclosurePolicy;
use super::private::PrivateMoney;
use super::register::{
    ExtractOf, FORMAT, LineOf, ProtectionOf, Register, RegisterFile, SumOf, WARNING, public_of,
    share_text,
};
use crate::account::PlaceAccount;
use crate::axis::{MemberId, Placed, Tree};
use crate::crosswalk::Coding;
use crate::place::Place;
use std::collections::BTreeMap;

/// A release with all that it was made from.
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    account: &'a PlaceAccount,
    policy: &'a DisclosurePolicy,
    earlier: &'a [Register],
    private: &'a PrivateMoney,
    clearance: &'a Clearance,
}

impl std::fmt::Debug for Edition<'_> {
    /// Says what it is, and nothing of any money.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Edition").finish_non_exhaustive()
    }
}

impl<'a> Edition<'a> {
    /// `private` is the money of `account` [over](PrivateMoney::over) `earlier`, and `clearance` is of a plan of it.
    #[must_use]
    pub fn new(
        account: &'a PlaceAccount,
        policy: &'a DisclosurePolicy,
        earlier: &'a [Register],
        private: &'a PrivateMoney,
        clearance: &'a Clearance,
    ) -> Self {
        Self {
            account,
            policy,
            earlier,
            private,
            clearance,
        }
    }

    /// Its register. `on` is the day of the release, as the caller has it; `files` are the paths and SHA-256 of the
    /// files of the site.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::Money`] and what [`PrivateMoney::over`] refuses.
    pub fn register(
        &self,
        on: &str,
        files: BTreeMap<String, String>,
    ) -> Result<Register, DisclosureError> {
        let place = self.account.place();
        let system = self.clearance.plan().system();
        let pattern = self.clearance.pattern();
        let mut sums: Vec<SumOf> = self.sums(place);
        let of_now = self.private.sums_of_now();
        let take = |number: u32,
                    line: super::register::Digest,
                    holder: super::register::Digest,
                    pence: crate::money::Pence| {
            if let Some(sum) = sums.get_mut(number as usize) {
                sum.lines.push((line.text(), holder.text(), pence.get()));
            }
        };
        PrivateMoney::each_line(self.account, self.policy, self.earlier, take)?;
        let mut figures = self.clearance.plan().figures_by_line();
        let all = (0u32..).zip(system.lines.iter().zip(&pattern.fates));
        // What is over lines that are gone is in the registers of the editions that had them.
        let lines = all
            .filter(|(_, (line, _))| line.shares.iter().all(|(sum, _)| (*sum as usize) < of_now));
        let lines = lines.map(|(number, (line, fate))| LineOf {
            kind: (system.kinds.get(usize::from(line.kind)))
                .map_or_else(String::new, |kind| kind.name.to_string()),
            fate: match fate {
                Fate::Shown => "shown".to_owned(),
                Fate::Withheld(why) => format!("{why:?}"),
            },
            figures: figures.remove(&number).unwrap_or_default(),
            shares: (line.shares.iter())
                .map(|(sum, share)| (*sum, share_text(share)))
                .collect(),
        });
        let lines = lines.collect();
        let ledgers = self.account.ledgers().iter().map(|mapped| mapped.ledger());
        let private = ledgers.filter(|ledger| {
            !(self.policy.ledger(ledger.id())).is_some_and(super::policy::KnownLedger::is_public)
        });
        let extracts = private.flat_map(|ledger| {
            ledger.files().iter().map(|file| ExtractOf {
                ledger: ledger.id().to_owned(),
                sha256: file.fingerprint.clone(),
            })
        });
        let over = self.earlier.iter();
        let file = RegisterFile {
            format: FORMAT.to_owned(),
            confidential: WARNING.to_owned(),
            place: place.name().to_owned(),
            locality: place.axes().localities.code(place.locality()).to_owned(),
            on: on.to_owned(),
            policy: self.policy.name().to_owned(),
            edition: self.policy.edition().to_owned(),
            policy_fingerprint: self.policy.fingerprint().to_owned(),
            over: over
                .map(|one| (one.on().to_owned(), one.fingerprint().to_owned()))
                .collect(),
            public: public_of(self.policy),
            extracts: extracts.collect(),
            sums,
            lines,
            protections: pattern.protections.iter().map(protection).collect(),
            files,
        };
        Register::of_file(file, place, self.policy)
    }

    fn sums(&self, place: &Place) -> Vec<SumOf> {
        let partners = &place.axes().partners;
        let sums = self.private.sums().map(|sum| SumOf {
            at: sum.coding.map_or_else(
                || "in no figure".to_owned(),
                |coding| coordinates(place, &coding),
            ),
            owner: sum.owner.map(|owner| partners.get(owner).code.clone()),
            rule: (self.policy.rules().get(sum.rule))
                .map_or_else(String::new, |rule| rule.rule.name.to_string()),
            may_be_negative: sum.may_be_negative,
            lines: Vec::new(),
        });
        sums.collect()
    }
}

fn protection(one: &Protection) -> ProtectionOf {
    ProtectionOf {
        part: match one.part {
            Part::Sum(sum) => format!("sum {sum}"),
            Part::Line(line) => format!("line {line}"),
            Part::LineWithout { line, partner } => {
                format!("line {line} without what partner {partner} has")
            }
        },
        level: one.level.get(),
        moves: (one.moves.iter())
            .map(|of| {
                (of.changes.iter())
                    .map(|(sum, by)| (*sum, by.get()))
                    .collect()
            })
            .collect(),
    }
}

/// Where a sum is recorded, as codes that are the same in every run.
fn coordinates(place: &Place, coding: &Coding) -> String {
    let axes = place.axes();
    let code = |tree: &Tree, member: Placed<MemberId>| match member {
        Placed::On(member) => tree.get(member).code.clone(),
        Placed::Gap(gap) => format!("({gap})"),
    };
    let mix = place.mixes().get(coding.activity);
    let parts = mix.parts.iter();
    let activities: Vec<String> = parts
        .map(|(activity, weight)| match mix.parts.len() {
            1 => code(&axes.activities, *activity),
            _ => format!(
                "{} {weight}/{}",
                code(&axes.activities, *activity),
                mix.whole
            ),
        })
        .collect();
    let locality = match coding.locality {
        Placed::On(locality) => axes.localities.code(locality).to_owned(),
        Placed::Gap(gap) => format!("({gap})"),
    };
    let or_gap = |text: Option<String>| text.unwrap_or_else(|| "(none)".to_owned());
    format!(
        "partner={};activity={};locality={locality};ages={};group={};period={};phase={};resource={};flexibility={}",
        code(&axes.partners, coding.partner),
        activities.join("+"),
        or_gap(coding.ages.member().map(|ages| ages.to_string())),
        code(&axes.groups, coding.group),
        or_gap(coding.period.member().map(|period| period.to_string())),
        coding.phase,
        coding.resource,
        coding.flexibility,
    )
}
