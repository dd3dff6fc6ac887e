//! What a contract pays when results scatter: for nothing, and for something.

use super::ContractError;
use super::chance::{Chance, Spread};
use super::cliff::Cliff;
use super::kind::Better;
use super::open::float;
use super::reported::{Comparison, Reported};
use super::terms::{Contract, Truth};
use crate::finding::{Finding, Findings, Severity};
use crate::money::Ratio;
use crate::statistic::{CountChances, Draws, Simulation};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What draws tell of one term of results.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TermDrawn {
    /// The term.
    pub term: String,
    /// The chance that it pays when the programme does nothing.
    pub pays_for_nothing: Chance,
    /// The chance that it does not pay when the programme does what is expected; nothing where no effect is
    /// expected of it.
    pub misses_effect: Option<Chance>,
    /// Outcomes that the programme brings about, in all; nothing where none are expected.
    pub outcomes: Option<Ratio>,
    /// What it pays on average with the programme, in pence.
    pub pays: f64,
    /// The same for each outcome that the programme brings about.
    pub per_outcome: Option<f64>,
}

/// What draws tell of a contract.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Simulated {
    /// How it was drawn.
    pub simulation: Simulation,
    /// What is paid in all when the programme does what is expected.
    pub with: Spread,
    /// What is paid in all when it does nothing.
    pub without: Spread,
    /// The chance that results are paid for when the programme does nothing.
    pub pays_for_nothing: Chance,
    /// The chance that no result is paid for when it does what is expected; nothing where no effect is
    /// expected.
    pub misses_effect: Option<Chance>,
    /// Each term of results of which something is expected.
    pub terms: Vec<TermDrawn>,
    /// Terms that jump, at what is expected.
    pub cliffs: Vec<Cliff>,
    /// What is odd in it: draws too few for a chance.
    pub findings: Findings,
}

/// The counts of one draw, in the order of the truths: with the programme, without it, and of comparison groups.
struct Drawn {
    with: Vec<u64>,
    without: Vec<u64>,
}

/// Whether results are paid for, what is paid in all, and for each term, in whole pence.
#[derive(Clone, Default)]
pub(super) struct Pays {
    pub for_results: bool,
    pub total: i64,
    by_term: Vec<i64>,
}

/// The chances of the counts of one truth.
pub(super) struct Chances {
    pub with: CountChances,
    pub without: CountChances,
    pub comparison: Option<CountChances>,
}

impl Chances {
    pub(super) fn of(truth: &Truth) -> Result<Self, ContractError> {
        let of = |people, rate| CountChances::of(truth.noise, people, float(rate));
        Ok(Self {
            with: of(truth.people, &truth.with)?,
            without: of(truth.people, &truth.without)?,
            comparison: match truth.comparison_people {
                Some(people) => Some(of(people, &truth.without)?),
                None => None,
            },
        })
    }
}

impl Contract {
    /// Draws results as the contract expects them, with the programme and without it, and pays for each draw.
    ///
    /// Each draw has a stream of its own, so that neither the number of threads nor the order in which
    /// expectations are written changes a byte. With and without the programme the same random numbers are
    /// used, so that the two differ by the effect and not by luck.
    ///
    /// # Assumptions
    ///
    /// - terms of one cohort scatter independently of each other: that people who reoffend less often also
    ///   have fewer offences is not in it
    /// - what is expected is certain; only what is counted scatters
    ///
    /// # Errors
    ///
    /// [`ContractError::NoTruth`] where nothing is expected; otherwise as [`Contract::pay`].
    ///
    /// # Example: the same seed gives the same chances
    ///
    /// ```
    /// use wholeplace::Place;
    /// use wholeplace::appraisal::{Proposals, contract::Contracts};
    /// use wholeplace::statistic::Simulation;
    /// let place = Place::open("examples/data/shropshire")?;
    /// let contracts = Contracts::open(&Proposals::open(&place)?)?;
    /// let contract = contracts.find("youth-reoffending")?;
    /// let drawn = contract.simulate(Simulation::new(2_000, 1)?)?;
    /// assert!(drawn.pays_for_nothing.share() > 0.0);
    /// assert_eq!(drawn, contract.simulate(Simulation::new(2_000, 1)?)?);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn simulate(&self, simulation: Simulation) -> Result<Simulated, ContractError> {
        let truths = self.truths()?;
        let chances = truths.iter().map(|truth| Chances::of(truth));
        let chances: Vec<Chances> = chances.collect::<Result<_, _>>()?;
        let draws: Vec<Drawn> = (0..simulation.draws())
            .into_par_iter()
            .map(|draw| one_draw(Draws::of_draw(simulation.seed(), draw.into()), &chances))
            .collect();
        let paid = self.pay_each(
            &truths,
            draws.iter().flat_map(|draw| [&draw.with, &draw.without]),
        )?;
        let nothing = Pays::default();
        let pays = |counts: &Vec<u64>| paid.get(counts).unwrap_or(&nothing);
        let total = |of: fn(&Drawn) -> &Vec<u64>| -> Vec<i64> {
            draws.iter().map(|draw| pays(of(draw)).total).collect()
        };
        let chance = |happened: usize| Chance {
            happened: u32::try_from(happened).unwrap_or(u32::MAX),
            draws: simulation.draws(),
        };
        let for_nothing = draws
            .iter()
            .filter(|draw| pays(&draw.without).for_results)
            .count();
        let missed = draws
            .iter()
            .filter(|draw| !pays(&draw.with).for_results)
            .count();
        let effects = self.effects(&truths);
        let of_results = self
            .terms
            .iter()
            .enumerate()
            .filter(|(_, term)| !term.kind.is_certain())
            .filter(|(_, term)| truths.iter().any(|truth| truth.term == term.code));
        let terms = of_results.map(|(number, term)| {
            let of = |counts: &Vec<u64>| pays(counts).by_term.get(number).copied().unwrap_or(0);
            let for_nothing = draws.iter().filter(|draw| of(&draw.without) > 0).count();
            let missed = draws.iter().filter(|draw| of(&draw.with) <= 0).count();
            let sum: i128 = draws.iter().map(|draw| i128::from(of(&draw.with))).sum();
            let mean = sum as f64 / f64::from(simulation.draws());
            let effect = effects.iter().find(|(code, _)| *code == term.code);
            TermDrawn {
                term: term.code.clone(),
                pays_for_nothing: chance(for_nothing),
                misses_effect: effect.map(|_| chance(missed)),
                outcomes: effect.map(|(_, outcomes)| outcomes.clone()),
                pays: mean,
                per_outcome: effect.map(|(_, outcomes)| mean / float(outcomes)),
            }
        });
        let mut simulated = Simulated {
            simulation,
            with: Spread::of(&total(|draw| &draw.with)),
            without: Spread::of(&total(|draw| &draw.without)),
            pays_for_nothing: chance(for_nothing),
            misses_effect: (!effects.is_empty()).then(|| chance(missed)),
            terms: terms.collect(),
            cliffs: self.cliffs(&self.as_expected())?,
            findings: Findings::new(),
        };
        self.too_few(&mut simulated);
        Ok(simulated)
    }

    /// What is expected, in the order of terms, cohorts and years, whichever way it is written.
    pub(super) fn truths(&self) -> Result<Vec<&Truth>, ContractError> {
        if self.truth.is_empty() {
            return Err(ContractError::NoTruth {
                contract: self.code.clone(),
            });
        }
        let mut truths: Vec<&Truth> = self.truth.iter().collect();
        let place = |code: &str| self.terms.iter().position(|term| term.code == code);
        truths.sort_by(|one, other| {
            let key = |truth: &Truth| (place(&truth.term), truth.year);
            (key(one), &one.cohort).cmp(&(key(other), &other.cohort))
        });
        Ok(truths)
    }

    /// What is paid for each of different counts.
    pub(super) fn pay_each<'a>(
        &self,
        truths: &[&Truth],
        counts: impl Iterator<Item = &'a Vec<u64>>,
    ) -> Result<BTreeMap<Vec<u64>, Pays>, ContractError> {
        let different: BTreeSet<&Vec<u64>> = counts.collect();
        let different: Vec<&Vec<u64>> = different.into_iter().collect();
        let paid = different.par_iter().map(|counts| {
            let payment = self.pay(&self.rows(truths, counts))?;
            let of_term = |code: &str| -> i64 {
                let rows = payment.paid.iter().filter(|row| row.term == code);
                rows.map(|row| row.pence.get()).sum()
            };
            let pays = Pays {
                for_results: payment.for_results(self) > Ratio::zero(),
                total: payment.total.get(),
                by_term: self.terms.iter().map(|term| of_term(&term.code)).collect(),
            };
            Ok(((*counts).clone(), pays))
        });
        paid.collect()
    }

    /// Drawn counts as rows of results: two for each truth, its own and that of its comparison group.
    fn rows(&self, truths: &[&Truth], counts: &[u64]) -> Vec<Reported> {
        let expected = self.as_expected();
        let pairs = truths.iter().zip(counts.chunks_exact(2));
        let rows = pairs.filter_map(|(truth, pair)| {
            let [own, other] = *pair else { return None };
            let same = |row: &&Reported| {
                row.term == truth.term && row.cohort == truth.cohort && row.year == truth.year
            };
            let row = expected.iter().find(same)?.clone();
            Some(Reported {
                count: Ratio::new(own.into(), 1),
                comparison: truth.comparison_people.map(|people| Comparison {
                    people,
                    count: Ratio::new(other.into(), 1),
                }),
                ..row
            })
        });
        rows.collect()
    }

    /// For each term of results, what the programme is expected to bring about in the good direction.
    fn effects(&self, truths: &[&Truth]) -> Vec<(String, Ratio)> {
        let mut effects = Vec::new();
        for term in self.terms.iter().filter(|term| !term.kind.is_certain()) {
            let better = term
                .baseline
                .as_ref()
                .map_or(Better::Higher, |(_, better)| *better);
            let of_term = truths.iter().filter(|truth| truth.term == term.code);
            let sum = of_term.fold(Ratio::zero(), |sum, truth| {
                let by = match better {
                    Better::Lower => truth.without.minus(&truth.with),
                    Better::Higher => truth.with.minus(&truth.without),
                };
                sum.plus(&by.times(&Ratio::new(truth.people.into(), 1)))
            });
            if sum > Ratio::zero() {
                effects.push((term.code.clone(), sum));
            }
        }
        effects
    }

    fn too_few(&self, simulated: &mut Simulated) {
        let mut chances = vec![
            (
                "the contract pays for nothing".to_owned(),
                Some(simulated.pays_for_nothing),
            ),
            (
                "the contract does not pay for what it brings about".to_owned(),
                simulated.misses_effect,
            ),
        ];
        for term in &simulated.terms {
            let nothing = format!("`{}` pays for nothing", term.term);
            let misses = format!("`{}` does not pay for what it brings about", term.term);
            chances.push((nothing, Some(term.pays_for_nothing)));
            chances.push((misses, term.misses_effect));
        }
        // A contract of one term has the same chances twice.
        let several = simulated.terms.len() > 1;
        let chances = chances.into_iter().skip(if several { 0 } else { 2 });
        for (what, chance) in chances {
            let Some(chance) = chance.filter(|chance| chance.is_rough()) else {
                continue;
            };
            simulated.findings.push(Finding {
                rule: "too-few-draws".into(),
                severity: Severity::Notice,
                position: self.position.clone().column("draws"),
                found: format!(
                    "the chance that {what} is {chance}: {} of {} draws tell it",
                    chance
                        .happened
                        .min(chance.draws.saturating_sub(chance.happened)),
                    chance.draws
                ),
                at_stake: None,
                remedy:
                    "draw more: with 100 draws that tell it, a chance is known to a tenth of itself"
                        .into(),
            });
        }
    }
}

/// The counts of one draw: two numbers for each truth, whether it has a comparison group or not.
fn one_draw(mut draws: Draws, chances: &[Chances]) -> Drawn {
    let mut drawn = Drawn {
        with: Vec::with_capacity(2 * chances.len()),
        without: Vec::with_capacity(2 * chances.len()),
    };
    for chances in chances {
        let (own, other) = (draws.uniform(), draws.uniform());
        let other = (chances.comparison.as_ref()).map_or(0, |comparison| comparison.at(other));
        drawn.with.extend([chances.with.at(own), other]);
        drawn.without.extend([chances.without.at(own), other]);
    }
    drawn
}
