//! One outcome, paid for twice.
//!
//! Two terms that count the same thing, for people who overlap in age, place and time of entering, pay for one outcome
//! twice, unless they say that they pay for it together, and no more than the whole. A settlement of partners
//! beside a contract that pays for the same effect hands out one saving twice, and is refused.

use super::pounds::pence;
use super::terms::{Contract, Term};
use crate::appraisal::Proposals;
use crate::axis::Period;
use crate::finding::{Finding, Findings, Severity};
use crate::money::Ratio;
use crate::place::Place;
use std::collections::BTreeMap;

/// All that is paid for twice in the contracts and proposals of a pack.
pub(super) fn paid_twice(contracts: &[Contract], proposals: &Proposals) -> Findings {
    let mut findings = Findings::new();
    let place = proposals.place();
    let terms: Vec<(&Contract, &Term)> = (contracts.iter())
        .flat_map(|contract| contract.terms.iter().map(move |term| (contract, term)))
        .filter(|(_, term)| !term.kind.is_certain())
        .collect();
    let mut parts: BTreeMap<&str, Vec<(&Contract, &Term, &Ratio)>> = BTreeMap::new();
    for (contract, term) in &terms {
        if let Some((name, part)) = &term.together {
            parts.entry(name).or_default().push((contract, term, part));
        }
    }
    for (name, payers) in parts {
        let all: Ratio = payers.iter().map(|(.., part)| *part).sum();
        if all > Ratio::one()
            && let Some((_, last, _)) = payers.last()
        {
            let above = all.minus(&Ratio::one());
            let mut finding = Finding::fault(
                "parts-above-the-whole",
                last.position.clone().column("part"),
                format!(
                    "the terms that pay together for `{name}` pay {} % of it",
                    all.times(&Ratio::new(100, 1)).to_decimal(2)
                ),
                "write parts that are 1 together at most",
            );
            finding.at_stake = pence(&last.planned.times(&above));
            findings.push(finding);
        }
    }
    for (number, (contract, term)) in terms.iter().enumerate() {
        for (other_contract, other) in terms.iter().take(number) {
            let agreed = match (&term.together, &other.together) {
                (Some((one, _)), Some((two, _))) => one == two,
                _ => false,
            };
            if term.metric != other.metric || agreed || !overlap(place, contract, other_contract) {
                continue;
            }
            let of_another = match contract.code == other_contract.code {
                true => String::new(),
                false => format!(" of contract `{}`", other_contract.code),
            };
            findings.push(Finding {
                rule: "outcome-paid-twice".into(),
                severity: Severity::Notice,
                position: term.position.clone().column("metric"),
                found: format!(
                    "`{}` pays for `{}`, and so does `{}`{of_another}, for people who overlap in age, place and time",
                    term.code, term.metric, other.code
                ),
                at_stake: pence(&term.planned.clone().min(other.planned.clone())),
                remedy: "pay once, or say in both that they pay `together`, and which `part` each".into(),
            });
        }
    }
    for (contract, term) in &terms {
        findings.extend(settled_too(contract, term, proposals));
    }
    findings
}

/// Whether two contracts are for people who overlap in age, place and time of entering.
fn overlap(place: &Place, one: &Contract, other: &Contract) -> bool {
    let localities = &place.axes().localities;
    let apart = localities
        .leaves(one.locality)
        .is_disjoint(localities.leaves(other.locality));
    let same_time = one.cohorts.iter().any(|cohort| {
        let mut others = other.cohorts.iter();
        others.any(|beside| cohort.enters.intersection(beside.enters).is_some())
    });
    !apart && one.ages.intersection(other.ages).is_some() && same_time
}

/// The settlements of proposals that hand out what a term pays for.
fn settled_too(contract: &Contract, term: &Term, proposals: &Proposals) -> Vec<Finding> {
    let localities = &proposals.place().axes().localities;
    let mut found = Vec::new();
    for proposal in proposals.iter() {
        let of_effect = proposal
            .effects
            .iter()
            .any(|effect| effect.code == term.metric);
        let apart = (localities.leaves(contract.locality))
            .is_disjoint(localities.leaves(proposal.locality));
        let last = u16::try_from(proposal.years.saturating_sub(1)).ok();
        let last = last.and_then(|years| proposal.first_year.later(years));
        let years = last.and_then(|last| proposal.first_year.period().through(last.period()).ok());
        let meets = |years: Period| {
            let mut cohorts = contract.cohorts.iter();
            cohorts.any(|cohort| cohort.enters.intersection(years).is_some())
        };
        if proposal.settlement.is_none()
            || !of_effect
            || apart
            || contract.ages.intersection(proposal.ages).is_none()
            || !years.is_some_and(meets)
        {
            continue;
        }
        found.push(Finding {
            at_stake: pence(&term.planned),
            ..Finding::fault(
                "saving-settled-and-paid",
                term.position.clone().column("metric"),
                format!(
                    "`{}` pays for `{}`, and the settlement of proposal `{}` divides what that saves",
                    term.code, term.metric, proposal.code
                ),
                "leave one of the two out: one saving pays one of them",
            )
        });
    }
    found
}
