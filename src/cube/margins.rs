//! The account without where and for whom: who paid whom, and when.
//!
//! What a boundary counts, eliminates or leaves outside does not depend on where or for whom money
//! was spent, nor on what; so a question reads it here, and walks only the records of its slice.

use super::records::Records;
use super::rollup::year;
use crate::axis::{MemberId, Period, Phase, Placed, Resource};
use crate::counterparty::FlowId;
use std::collections::BTreeMap;

/// Everything of one partner, or of one of its payments to partners, in one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Margin {
    pub(super) payment: Paid,
    pub(super) pence: i128,
}

/// Whose money, and to whom it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Paid {
    pub(super) phase: Phase,
    pub(super) resource: Resource,
    pub(super) partner: Placed<MemberId>,
    pub(super) flow: FlowId,
    /// Only of payments between partners: what they are depends on whose ledgers go as far.
    pub(super) period: Option<Placed<Period>>,
}

/// The margins of some records, in order.
pub(super) fn of(records: &Records) -> Vec<Margin> {
    let parts = &records.parts;
    let periods = parts.periods.len();
    let between = |matter: usize| parts.matters[matter].flow != FlowId::NONE;
    // One sum a matter; one for each period too where it is a payment between partners.
    let mut starts = Vec::with_capacity(parts.matters.len());
    let mut slots = 0usize;
    for matter in 0..parts.matters.len() {
        starts.push(slots);
        slots += if between(matter) { periods } else { 1 };
    }
    let mut sums = vec![0i128; slots];
    for ((&matter, &period), &pence) in (records.matters.iter())
        .zip(&records.periods)
        .zip(&records.pence)
    {
        let matter = matter as usize;
        let offset = if between(matter) {
            usize::from(period)
        } else {
            0
        };
        sums[starts[matter] + offset] += i128::from(pence);
    }
    let mut margins: BTreeMap<Paid, i128> = BTreeMap::new();
    for (number, matter) in parts.matters.iter().enumerate() {
        let of = |period| Paid {
            phase: matter.phase,
            resource: matter.resource,
            partner: matter.partner,
            flow: matter.flow,
            period,
        };
        if between(number) {
            let sums = &sums[starts[number]..starts[number] + periods];
            for (&period, &pence) in parts.periods.iter().zip(sums).filter(|(_, sum)| **sum != 0) {
                // Ledgers go as far as financial years.
                *margins.entry(of(Some(year(period)))).or_default() += pence;
            }
        } else {
            *margins.entry(of(None)).or_default() += sums[starts[number]];
        }
    }
    (margins.into_iter())
        .map(|(payment, pence)| Margin { payment, pence })
        .collect()
}
