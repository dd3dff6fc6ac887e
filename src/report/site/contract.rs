//! Contracts of a site, paid and drawn.

use crate::appraisal::contract::{
    Contract, ContractError, Contracts, Register, Reported, TermKind,
};
use crate::disclosure::{Counted, Telling};
use crate::money::Ratio;
use crate::report::content::{ContractSheet, ReportError};
use rayon::prelude::*;

/// Contracts of a site.
#[derive(Clone, Copy, Debug)]
pub struct SiteContracts<'a> {
    /// Contracts of the pack, with what was reported.
    pub contracts: &'a Contracts,
    /// Payments as they mature, where the pack keeps a register.
    pub register: Option<&'a Register>,
}

/// A sheet for each contract of which all may be told, in the order of the pack.
///
/// What is paid is a tariff times a count, and the tariff is in the contract: so a contract of which one count may not be
/// told goes with all that is made of it. Its people are in no other contract's counts, so that no other one goes with
/// it.
pub(super) fn sheets(
    of: SiteContracts<'_>,
    telling: &dyn Telling,
) -> Result<Vec<ContractSheet>, ReportError> {
    let all: Vec<_> = (of.contracts.iter())
        .filter(|contract| is_told(contract, of, telling))
        .collect();
    let sheets = (all.par_iter())
        .map(|contract| ContractSheet::of(contract, of.contracts, of.register))
        .collect::<Result<_, ContractError>>()
        .map_err(Box::new)?;
    Ok(sheets)
}

/// Whether each count of people of a contract may be told: those that were reported, and claims of its payments.
fn is_told(contract: &Contract, of: SiteContracts<'_>, telling: &dyn Telling) -> bool {
    let reported = (of.contracts.reported(contract).iter()).flat_map(|row| {
        let kind = contract.terms.iter().find(|term| term.code == row.term);
        counts_of(row, kind.map(|term| term.kind))
    });
    let entries = of.register.map(Register::entries).unwrap_or_default();
    let claimed = (entries.iter())
        .filter(|entry| entry.contract == contract.code)
        .map(|entry| Some(alone(entry.claims)));
    // A count that is none of people cannot be looked at, and is not told.
    (reported.chain(claimed)).all(|counted| {
        counted.is_some_and(|counted| {
            (telling.withholds_count(&contract.code, false, counted)).is_none()
        })
    })
}

fn alone(numerator: u64) -> Counted {
    Counted {
        numerator,
        denominator: None,
    }
}

/// The counts of people that a row tells; nothing in place of one that is not whole.
fn counts_of(row: &Reported, kind: Option<TermKind>) -> Vec<Option<Counted>> {
    let whole = |count: &Ratio| {
        let count = count.is_whole().then(|| count.to_decimal(0));
        count.and_then(|count| count.parse::<u64>().ok())
    };
    let rate = |count: &Ratio, people: u64| {
        // Of events there may be more than people: then it is as if all of them had one.
        let count = whole(count)?.min(people);
        Some(Counted {
            numerator: count,
            denominator: Some(people),
        })
    };
    match kind {
        // What a whole place asks of a service is no count of people.
        Some(TermKind::Demand) => Vec::new(),
        // Pounds of so many people, beside those of others.
        Some(TermKind::GainShare) => {
            let beside = row.comparison.iter().map(|group| group.people);
            let people = std::iter::once(row.people).chain(beside);
            people.map(|people| Some(alone(people))).collect()
        }
        Some(TermKind::Binary | TermKind::Frequency) => {
            let beside = row.comparison.iter();
            let beside = beside.map(|group| rate(&group.count, group.people));
            let own = std::iter::once(rate(&row.count, row.people));
            own.chain(beside).collect()
        }
        Some(TermKind::Fee | TermKind::Attachment | TermKind::PerOutcome) | None => {
            let mut counts = vec![whole(&row.count).map(alone), Some(alone(row.people))];
            // Nothing that did not last is a row without it, and no count of nobody.
            if !row.returned.is_zero() {
                counts.push(whole(&row.returned).map(alone));
            }
            counts
        }
    }
}
