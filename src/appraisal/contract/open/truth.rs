//! What results to expect, with the programme and without it.

use crate::appraisal::contract::kind::TermKind;
use crate::appraisal::contract::spec::{NoiseWord, TruthSpec};
use crate::appraisal::contract::terms::{Baseline, CohortOf, Term, Truth};
use crate::appraisal::open::Opener;
use crate::axis::name_one_of;
use crate::finding::Position;
use crate::money::Ratio;
use crate::statistic::{CountChances, Noise};

impl Opener<'_> {
    pub(super) fn truth(
        &mut self,
        spec: &TruthSpec,
        at: &Position,
        terms: &[Term],
        cohorts: &[CohortOf],
    ) -> Option<Truth> {
        let Some(term) = terms.iter().find(|term| term.code == spec.term) else {
            let known = terms.iter().map(|term| term.code.as_str());
            self.fault(
                "unknown-code",
                at.clone().column("term"),
                format!("`{}` is not a term of this contract", spec.term),
                &name_one_of(&spec.term, "term", known),
            );
            return None;
        };
        if !cohorts.iter().any(|cohort| cohort.code == spec.cohort) {
            let known = cohorts.iter().map(|cohort| cohort.code.as_str());
            self.fault(
                "unknown-code",
                at.clone().column("cohort"),
                format!("`{}` is not a cohort of this contract", spec.cohort),
                &name_one_of(&spec.cohort, "cohort", known),
            );
        }
        let year = self.year(&spec.year, at, "year");
        let without = self.number(&spec.without, "without", at);
        let with = self.number(&spec.with, "with", at);
        let dispersion = match &spec.dispersion {
            Some(text) => Some(self.number(text, "dispersion", at)?),
            None => None,
        };
        let (without, with) = (without?, with?);
        let noise = noise(spec.noise, dispersion.as_ref().map(float));
        let compares = matches!(term.baseline, Some((Baseline::Comparison { .. }, _)));
        let cannot = match noise {
            None => Some("has `dispersion` where its noise has none, or none where it needs it".to_owned()),
            Some(_) if compares != spec.comparison_people.is_some_and(|people| people > 0) => {
                Some("has `comparison_people` where its term has no comparison group, or none where it has one".to_owned())
            }
            Some(_) if spec.people == 0 => Some("is of nobody".to_owned()),
            Some(noise) if !noise.counts_people() && term.kind == TermKind::Binary && noise != Noise::None => {
                Some("counts events, and its term counts people".to_owned())
            }
            Some(noise) => [&without, &with]
                .into_iter()
                .find_map(|rate| CountChances::of(noise, spec.people, float(rate)).err())
                .map(|error| format!("cannot be drawn: {error}")),
        };
        if let Some(why) = cannot {
            self.fault(
                "truth-unclear",
                at.clone(),
                format!("what is expected of `{}` in `{}` {why}", spec.term, spec.cohort),
                "write `binomial` or `beta-binomial` for people who count once, `poisson` or `negative-binomial` for events, \
                 and `dispersion` above 1 for the two that scatter more",
            );
            return None;
        }
        Some(Truth {
            term: spec.term.clone(),
            cohort: spec.cohort.clone(),
            year: year?,
            people: spec.people,
            without,
            with,
            noise: noise?,
            comparison_people: spec.comparison_people,
        })
    }
}

fn noise(word: NoiseWord, dispersion: Option<f64>) -> Option<Noise> {
    match (word, dispersion) {
        (NoiseWord::None, None) => Some(Noise::None),
        (NoiseWord::Binomial, None) => Some(Noise::Binomial),
        (NoiseWord::Poisson, None) => Some(Noise::Poisson),
        (NoiseWord::NegativeBinomial, Some(times)) => Some(Noise::PoissonOverDispersed(times)),
        (NoiseWord::BetaBinomial, Some(times)) => Some(Noise::BinomialOverDispersed(times)),
        _ => None,
    }
}

/// An exact rate as chances are computed with it.
pub(in crate::appraisal::contract) fn float(rate: &Ratio) -> f64 {
    rate.to_decimal(15).parse().unwrap_or(f64::NAN)
}
