//! One term of a contract.

use crate::appraisal::contract::kind::{Scale, TermKind};
use crate::appraisal::contract::spec::TermSpec;
use crate::appraisal::contract::terms::Term;
use crate::appraisal::open::Opener;
use crate::appraisal::proposal::Payer;
use crate::finding::Position;
use crate::money::Ratio;
use std::collections::BTreeMap;

impl Opener<'_> {
    /// Pounds as exact pence.
    pub(super) fn pounds(&mut self, text: &str, key: &str, at: &Position) -> Option<Ratio> {
        Some(self.number(text, key, at)?.times(&Ratio::new(100, 1)))
    }

    /// Pounds that may be left out; a fault gives nothing at all.
    #[expect(
        clippy::option_option,
        reason = "a fault is not the same as a key that is left out"
    )]
    pub(super) fn pounds_if(
        &mut self,
        text: Option<&String>,
        key: &str,
        at: &Position,
    ) -> Option<Option<Ratio>> {
        match text {
            None => Some(None),
            Some(text) => Some(Some(self.pounds(text, key, at)?)),
        }
    }

    pub(super) fn term(
        &mut self,
        spec: &TermSpec,
        at: &Position,
        of_contract: Option<&[(Payer, Ratio)]>,
        bearers: &BTreeMap<String, Payer>,
    ) -> Option<Term> {
        let before = self.findings.faults().count();
        self.keys_of_kind(spec, at);
        let tariff: Vec<Option<Ratio>> = (spec.tariff.iter())
            .map(|tariff| self.pounds(tariff, "tariff", at))
            .collect();
        let mut tariff: Vec<Ratio> = tariff.into_iter().flatten().collect();
        if spec.kind.is_in_pounds() {
            tariff.push(Ratio::new(100, 1));
        }
        let planned = self.pounds(&spec.planned, "planned", at);
        let together = self.together(spec, at);
        let baseline =
            (spec.baseline.as_ref()).and_then(|baseline| self.term_baseline(spec, baseline, at));
        let threshold = (spec.threshold.as_ref())
            .and_then(|threshold| self.term_threshold(spec, threshold, at));
        let bands = self.term_bands(spec, at);
        let deadweight = match &spec.deadweight {
            Some(share) => self.share(share, "deadweight", at),
            None => None,
        };
        let clawback = match &spec.clawback {
            Some(share) => self.share(share, "clawback", at),
            None => None,
        };
        let limit = match &spec.limit {
            Some(share) => self.share(share, "limit", at),
            None => None,
        };
        let cap = self.pounds_if(spec.cap.as_ref(), "cap", at);
        let payers = match (&spec.payers[..], of_contract) {
            ([], Some(payers)) => Some(payers.to_vec()),
            // Those of the contract have a fault of their own, or there are none anywhere.
            ([], None) => {
                self.fault(
                    "payers-are-not-the-whole",
                    at.clone().column("payers"),
                    format!("nobody pays for `{}`", spec.code),
                    "write `payers` with their shares, for the contract or for the term",
                );
                None
            }
            (payers, _) => self.payers(payers, bearers, at),
        };
        if self.findings.faults().count() > before {
            return None;
        }
        Some(Term {
            code: spec.code.clone(),
            name: spec.name.clone(),
            kind: spec.kind,
            metric: spec.metric.clone(),
            counts: spec.counts.clone(),
            months: spec.months,
            evidence: spec.evidence.clone(),
            tariff,
            planned: planned?,
            together,
            claims_per_person: spec.claims_per_person,
            baseline: baseline.zip(spec.better),
            threshold,
            bands: bands
                .filter(|bands| !bands.is_empty())
                .and_then(|bands| Some((spec.bands_in?, bands))),
            hurdle: spec.hurdle.clone(),
            deadweight: deadweight.zip(spec.deadweight_of),
            times_quality: spec.times_quality,
            clawback,
            limit,
            cap: cap?,
            payers: payers?,
            position: at.clone(),
        })
    }

    fn together(&mut self, spec: &TermSpec, at: &Position) -> Option<(String, Ratio)> {
        match (&spec.together, &spec.part) {
            (Some(name), Some(part)) => Some((name.clone(), self.share(part, "part", at)?)),
            (None, None) => None,
            _ => {
                self.fault(
                    "part-unclear",
                    at.clone().column("part"),
                    format!("`{}` has only one of `together` and `part`", spec.code),
                    "name the outcome that is paid for together, and which part of the tariff this term pays",
                );
                None
            }
        }
    }

    /// Each kind has the keys it needs, and none of another.
    fn keys_of_kind(&mut self, spec: &TermSpec, at: &Position) {
        let claims = spec.kind.is_of_claims();
        let fee = spec.kind == TermKind::Fee;
        let place = spec.kind == TermKind::Demand;
        let keys = [
            (
                "tariff",
                !spec.tariff.is_empty(),
                !spec.kind.is_in_pounds(),
                !spec.kind.is_in_pounds(),
            ),
            (
                "claims_per_person",
                spec.claims_per_person.is_some_and(|times| times > 0),
                claims && !fee,
                claims && !fee,
            ),
            ("baseline", spec.baseline.is_some(), !claims, !claims),
            ("better", spec.better.is_some(), !claims, !claims),
            ("threshold", spec.threshold.is_some(), false, !claims),
            (
                "from",
                spec.from.is_some(),
                spec.threshold.is_some(),
                spec.threshold.is_some(),
            ),
            (
                "bands",
                !spec.bands.is_empty(),
                spec.bands_in.is_some(),
                !claims,
            ),
            (
                "bands_in",
                spec.bands_in.is_some(),
                !spec.bands.is_empty(),
                !claims,
            ),
            (
                "deadweight",
                spec.deadweight.is_some(),
                spec.deadweight_of.is_some(),
                !fee,
            ),
            (
                "deadweight_of",
                spec.deadweight_of.is_some(),
                spec.deadweight.is_some(),
                !fee,
            ),
            ("clawback", spec.clawback.is_some(), false, claims && !fee),
            ("limit", spec.limit.is_some(), false, !claims),
            ("hurdle", spec.hurdle.is_some(), false, !fee),
            ("times_quality", spec.times_quality, false, !fee),
        ];
        for (key, is_there, needed, allowed) in keys {
            let (found, remedy) = match (is_there, needed, allowed) {
                (false, true, _) => (
                    format!(
                        "`{}` is a term of kind {} and has no `{key}`",
                        spec.code, spec.kind
                    ),
                    "write it down; it has no default",
                ),
                (true, _, false) => (
                    format!(
                        "`{}` is a term of kind {}, which has no `{key}`",
                        spec.code, spec.kind
                    ),
                    "take it out, or make the term one of another kind",
                ),
                _ => continue,
            };
            self.fault("key-of-another-kind", at.clone().column(key), found, remedy);
        }
        if place && spec.bands_in == Some(Scale::Points) {
            self.fault(
                "key-of-another-kind",
                at.clone().column("bands_in"),
                format!(
                    "`{}` is of the demand of a whole place, which has no points for each person",
                    spec.code
                ),
                "measure bands as `relative`",
            );
        }
    }
}
