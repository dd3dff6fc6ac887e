//! Opening caseloads: every row checked, keys held against one another and forgotten.

use super::caseload::{Caseload, CostBasis, Families};
use super::error::FamiliesError;
use super::key::unusable;
use super::spec::{CaseloadSpec, FamiliesSpec, KeysAre, MEMBER};
use crate::disclosure::DisclosurePolicy;
use crate::finding::{Finding, Severity};
use crate::money::{ExcessDecimals, Pence, parse_amount, to_pence};
use crate::place::Place;
use crate::register::Register;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;

/// The most agencies: each is a bit, and groups are told one by one.
const MOST: usize = 12;

impl Families {
    /// Opens the caseloads that a pack names as `families` in its `[place]`, under its policy of publication.
    ///
    /// # Errors
    ///
    /// [`FamiliesError::Disclosure`] and [`FamiliesError::NoRule`] where nothing says from which number on people may be
    /// counted; [`FamiliesError::Register`] with every fault.
    pub fn open(place: &Arc<Place>) -> Result<Self, FamiliesError> {
        let policy = DisclosurePolicy::open(place)?;
        // The last rule is of all that nobody else publishes.
        let rule = policy.counts().last().ok_or(FamiliesError::NoRule)?;
        let (mut register, spec): (_, FamiliesSpec) =
            Register::read(place, place.families_file(), "families")?;
        let mut caseloads: Vec<Caseload> = Vec::new();
        let mut groups_of: BTreeMap<String, u32> = BTreeMap::new();
        let mut length = None;
        for one in &spec.caseload {
            let bit = 1_u32 << caseloads.len().min(MOST);
            if let Some(caseload) = register.caseload(one) {
                if caseloads
                    .iter()
                    .any(|other| other.partner == caseload.partner)
                {
                    let at = register.at(one).column("partner");
                    let found = "there is already a caseload of that partner";
                    let remedy = "put all whom the partner knows into one";
                    register.fault("stated-twice", at, found, remedy);
                }
                caseloads.push(caseload);
            }
            let mut is_twice = None;
            for cells in register.rows(std::slice::from_ref(&one.get_ref().table), &MEMBER) {
                let key = cells.text("key").to_ascii_lowercase();
                let wrong = match unusable(&key, spec.keys) {
                    None if spec.keys == KeysAre::Hashes
                        && *length.get_or_insert(key.len()) != key.len() =>
                    {
                        Some("hashes are not all as long, so that one person may have two")
                    }
                    None if key.is_empty() => Some("a key is empty"),
                    wrong => wrong,
                };
                if let Some(wrong) = wrong {
                    let remedy = "make keys outside, with one secret and one way of writing for all agencies, and hand over nothing else";
                    register.fault("key-unclear", cells.at_column("key"), wrong, remedy);
                    continue;
                }
                let groups = groups_of.entry(key).or_default();
                if *groups & bit != 0 {
                    is_twice.get_or_insert(cells.at());
                }
                *groups |= bit;
            }
            if let Some(at) = is_twice {
                register.findings.push(Finding {
                    rule: "key-twice".into(),
                    severity: Severity::Notice,
                    position: crate::finding::Position::file(at.file),
                    found: "some are on it more than once; each counts once".to_owned(),
                    at_stake: None,
                    remedy: "hand over one row a key".into(),
                });
            }
        }
        if caseloads.len() > MOST {
            let at = register.file_of().column("caseload");
            let found = format!("there are {} caseloads", caseloads.len());
            let remedy = format!("keep to {MOST}: groups are told one by one");
            register.fault("caseload-unclear", at, found, &remedy);
        }
        let findings = register.finish()?;
        let mut groups: BTreeMap<u32, u64> = BTreeMap::new();
        for group in groups_of.into_values() {
            *groups.entry(group).or_default() += 1;
        }
        Ok(Self {
            place: Arc::clone(place),
            unit: spec.unit,
            period: spec.period,
            phase: spec.phase,
            notes: spec.notes,
            caseloads,
            groups,
            // Nobody is no count that a rule could withhold, and nothing is divided by it.
            least: rule.least.max(1),
            least_base: rule.least_base,
            findings,
        })
    }
}

impl Register<'_> {
    fn caseload(&mut self, spec: &Spanned<CaseloadSpec>) -> Option<Caseload> {
        const RULE: &str = "caseload-unclear";
        let at = self.at(spec);
        let spec = spec.get_ref();
        let place = self.place;
        let partner = match place.axes().partners.find(&spec.partner) {
            Ok(partner) => Some(partner),
            Err(error) => {
                let (at, found) = (at.clone().column("partner"), error.to_string());
                self.fault("unknown-member", at, found, "correct the code");
                None
            }
        };
        let cost = match (&spec.unit_cost, &spec.activity, spec.users) {
            (None, None, None) => None,
            (Some(text), None, None) => {
                let pence = parse_amount(text)
                    .and_then(|pounds| to_pence(pounds, ExcessDecimals::Refuse))
                    .ok()
                    .filter(|(pence, _)| *pence >= Pence::ZERO);
                if pence.is_none() {
                    let found = format!("a unit cost of `{text}` is no sum from nothing up");
                    let remedy = "write pounds, as `\"1250.00\"`";
                    self.fault(RULE, at.clone().column("unit_cost"), found, remedy);
                }
                pence.map(|(pence, _)| CostBasis::UnitCost(pence))
            }
            (None, Some(code), Some(users)) if users > 0 => {
                let activity = place.axes().activities.find(code);
                if let Err(error) = &activity {
                    let (at, found) = (at.clone().column("activity"), error.to_string());
                    self.fault("unknown-member", at, found, "correct the code");
                }
                let activity = activity.ok();
                activity.map(|activity| CostBasis::LedgerShare { activity, users })
            }
            _ => {
                let found = "its cost is neither a unit cost nor a share of a ledger";
                let remedy = "write `unit_cost` alone, or `activity` and `users` above 0 together";
                self.fault(
                    "caseload-unclear",
                    at.clone().column("unit_cost"),
                    found,
                    remedy,
                );
                None
            }
        };
        if cost.is_some() && spec.source.is_empty() {
            let found = "nothing says where its cost is from";
            self.fault(RULE, at.column("source"), found, "write `source`");
        }
        Some(Caseload {
            partner: partner?,
            service: spec.service.clone(),
            cost,
            source: spec.source.clone(),
        })
    }
}
