//! One contract, with its cohorts and its terms.

use crate::appraisal::contract::kind::TermKind;
use crate::appraisal::contract::spec::{ContractFile, ContractSpec};
use crate::appraisal::contract::terms::{CohortOf, Contract, Term, Truth};
use crate::appraisal::open::Opener;
use crate::appraisal::proposal::Payer;
use crate::axis::{Ages, name_one_of};
use crate::finding::Position;
use crate::money::Ratio;
use crate::price::{Deflator, PriceBase, PriceYear, Prices};
use crate::statistic::Simulation;
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

impl Opener<'_> {
    pub(super) fn contract(
        &mut self,
        file: ContractFile,
        bearers: &BTreeMap<String, Payer>,
    ) -> Option<Contract> {
        let before = self.findings.faults().count();
        let at = self.at(&file.contract);
        let spec = file.contract.into_inner();
        if spec.years == 0 || spec.years > 125 {
            let found = format!("`years` is {}", spec.years);
            self.fault(
                "years-out-of-range",
                at.clone().column("years"),
                found,
                "count from 1 to 125 years",
            );
        }
        let place = Arc::clone(self.place);
        let localities = &place.axes().localities;
        let ages = self.ok(Ages::from_str(&spec.ages), &at, "ages");
        let locality = self.ok(localities.find(&spec.locality), &at, "locality");
        let first_year = self.year(&spec.first_year, &at, "first_year");
        let deflator = self.deflator(&spec, first_year, &at);
        let payers = match &spec.payers[..] {
            [] => None,
            payers => self.payers(payers, bearers, &at),
        };
        let cap_per_person = self.pounds_if(spec.cap_per_person.as_ref(), "cap_per_person", &at);
        let cap_by_year: Vec<Option<Ratio>> = (spec.cap_by_year.iter())
            .map(|cap| self.pounds(cap, "cap_by_year", &at))
            .collect();
        let cap = self.pounds_if(spec.cap.as_ref(), "cap", &at);
        let mut cohorts: Vec<CohortOf> = Vec::with_capacity(file.cohort.len());
        for cohort in file.cohort {
            let at = self.at(&cohort);
            let cohort = cohort.into_inner();
            self.once(
                "cohort",
                &cohort.code,
                cohorts.iter().map(|one| &one.code),
                &at,
            );
            cohorts.push(CohortOf {
                code: cohort.code,
                enters: cohort.enters,
                people: cohort.people,
            });
        }
        let mut terms: Vec<Term> = Vec::with_capacity(file.term.len());
        let mut named: Vec<(String, TermKind, Option<String>, Position)> = Vec::new();
        for term in file.term {
            let at = self.at(&term);
            let term = term.into_inner();
            self.once("term", &term.code, named.iter().map(|(code, ..)| code), &at);
            // Where the payers of the contract are at fault, its terms are not told so again.
            let of_contract = match spec.payers.is_empty() {
                true => None,
                false => Some(payers.as_deref().unwrap_or(&[])),
            };
            named.push((
                term.code.clone(),
                term.kind,
                term.hurdle.clone(),
                at.clone(),
            ));
            terms.extend(self.term(&term, &at, of_contract, bearers));
        }
        self.hurdles(&named);
        let is_whole = terms.len() == named.len();
        let mut truth: Vec<Truth> = Vec::with_capacity(file.truth.len());
        let no_truth = file.truth.is_empty();
        for one in file.truth {
            let at = self.at(&one);
            if is_whole {
                truth.extend(self.truth(&one.into_inner(), &at, &terms, &cohorts));
            }
        }
        let simulation = self.simulation(&spec, no_truth, &at);
        if self.findings.faults().count() > before {
            return None;
        }
        Some(Contract {
            code: spec.code,
            name: spec.name,
            provider: spec.provider,
            ages: ages?,
            locality: locality?,
            place: localities.name(locality?).to_owned(),
            first_year: first_year?,
            years: spec.years,
            tariffs: spec.tariffs,
            deflator,
            cap_per_person: cap_per_person?,
            cap_by_year: cap_by_year.into_iter().collect::<Option<_>>()?,
            cap: cap?,
            cohorts,
            terms,
            truth,
            simulation,
            source: spec.source,
            position: at,
        })
    }

    fn once<'a>(
        &mut self,
        what: &str,
        code: &String,
        mut known: impl Iterator<Item = &'a String>,
        at: &Position,
    ) {
        if known.any(|other| other == code) {
            self.fault(
                "duplicate-code",
                at.clone().column("code"),
                format!("there is already a {what} `{code}`"),
                "give each a code of its own",
            );
        }
    }

    /// A hurdle is a term of a cohort against a baseline, and another one.
    fn hurdles(&mut self, named: &[(String, TermKind, Option<String>, Position)]) {
        for (code, _, hurdle, at) in named {
            let Some(hurdle) = hurdle else { continue };
            let fits = named
                .iter()
                .any(|(other, kind, ..)| other == hurdle && other != code && !kind.is_of_claims());
            if !fits {
                let known = (named.iter())
                    .filter(|(other, kind, ..)| other != code && !kind.is_of_claims())
                    .map(|(other, ..)| other.as_str());
                self.fault(
                    "hurdle-unclear",
                    at.clone().column("hurdle"),
                    format!("`{hurdle}` is no other term of this contract that is held against a baseline"),
                    &name_one_of(hurdle, "term", known),
                );
            }
        }
    }

    /// The deflator by which tariffs rise, which has an index for every year of the contract.
    fn deflator(
        &mut self,
        spec: &ContractSpec,
        first_year: Option<PriceYear>,
        at: &Position,
    ) -> Option<Deflator> {
        let place = Arc::clone(self.place);
        let at = at.clone().column("deflator");
        let name = match (spec.tariffs, &spec.deflator) {
            (PriceBase::Cash, None) => return None,
            (PriceBase::Real(_), Some(name)) => name,
            _ => {
                self.fault(
                    "tariffs-unclear",
                    at,
                    "tariffs rise with prices and no `deflator` says by what, or stay as they are and one is named".to_owned(),
                    "write `cash` without a deflator, or the year from which they rise and the deflator",
                );
                return None;
            }
        };
        let deflator = match place.prices().deflator(name) {
            Ok(deflator) => deflator,
            Err(error) => {
                self.fault(
                    "tariffs-unclear",
                    at,
                    error.to_string(),
                    "name a deflator of the file of prices",
                );
                return None;
            }
        };
        let years = u16::try_from(spec.years).unwrap_or(0);
        let wrong = Prices::new(PriceBase::Cash, deflator, &[]).and_then(|prices| {
            for number in 0..years {
                if let Some(year) = first_year.and_then(|first| first.later(number)) {
                    prices.conversion(spec.tariffs, year)?;
                }
            }
            Ok(())
        });
        if let Err(error) = wrong {
            self.fault(
                "tariffs-unclear",
                at,
                error.to_string(),
                "use an edition that has every year of the contract, or write tariffs in `cash`",
            );
            return None;
        }
        Some(deflator.clone())
    }

    fn simulation(
        &mut self,
        spec: &ContractSpec,
        no_truth: bool,
        at: &Position,
    ) -> Option<Simulation> {
        let found = match (spec.draws, spec.seed, no_truth) {
            (None, None, _) => return None,
            (Some(draws), Some(seed), false) => match Simulation::new(draws, seed) {
                Ok(simulation) => return Some(simulation),
                Err(error) => error.to_string(),
            },
            _ => "one of `draws`, `seed` and `[[truth]]` is there without the others".to_owned(),
        };
        self.fault(
            "simulation-unclear",
            at.clone().column("draws"),
            found,
            "write how many draws, from which seed, and what to expect; a chance of 1 % needs 10,000 draws to be known to a tenth of itself",
        );
        None
    }
}
