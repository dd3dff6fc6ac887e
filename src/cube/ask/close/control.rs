//! Everything of the phase, and what of it the boundary counts.

use crate::account::{Stand, Standing};
use crate::axis::{Gap, Placed};
use crate::cube::ask::plan::rules::shown;
use crate::cube::ask::plan::{Beside, Plan, Slice};
use crate::cube::margins::Margin;
use crate::money::{Exact, Ratio};
use std::collections::BTreeMap;

/// Everything of the phase, of all partners.
#[derive(Clone, Debug, Default)]
pub struct ControlTotals {
    pub everything: i128,
    /// What of it is in the total of the boundary: slice, complement and what cannot be said.
    pub counted: Exact,
    /// What of it is not, by what it is.
    pub not_counted: BTreeMap<NotCounted, Exact>,
    /// What stands beside the total of the whole boundary.
    pub beside: BTreeMap<Beside, Exact>,
    /// Everything of other phases, which no answer adds.
    pub other_phases: i128,
}

/// Why money of the phase is not in the total of the boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotCounted {
    Outside,
    Eliminated,
    Mirror,
    Agency,
    Incoming,
    OtherResource,
}

impl NotCounted {
    fn of(standing: Standing) -> Option<Self> {
        match standing {
            Standing::Outside => Some(Self::Outside),
            Standing::Eliminated => Some(Self::Eliminated),
            Standing::Mirror => Some(Self::Mirror),
            Standing::Agency => Some(Self::Agency),
            Standing::Incoming => Some(Self::Incoming),
            Standing::OtherResource => Some(Self::OtherResource),
            Standing::Spent
            | Standing::Outgoing
            | Standing::Unheld
            | Standing::EliminatedByReceipt => None,
        }
    }

    /// As a difference of the reconciliation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Outside => "of partners outside the boundary",
            Self::Eliminated => "eliminated: paid to insiders, who spend it",
            Self::Mirror => "the mirror of what insiders paid",
            Self::Agency => "agency money, nobody's spend",
            Self::Incoming => "incoming from partners outside, less what went back",
            Self::OtherResource => "another resource than the one asked for",
        }
    }
}

impl ControlTotals {
    /// From the margins of the cube: no record is walked.
    pub fn new(plan: &Plan<'_>) -> Self {
        let slice = &plan.slice;
        let mut whole = Self::default();
        let standings = plan.standings();
        let flows = plan.cube.place().counterparties().flows();
        // Most of it is of one standing as a whole: pence, which are added up first.
        let mut in_pence: Vec<(Stand, i128)> = Vec::new();
        for Margin { payment, pence } in plan.cube.margins() {
            if payment.phase != slice.phase {
                whole.other_phases += pence;
                continue;
            }
            whole.everything += pence;
            // Only what is a payment between partners depends on time.
            let when = payment.period.unwrap_or(Placed::Gap(Gap::Unknown));
            let flow = flows.get(payment.flow);
            for stand in standings.of_payment(payment.partner, payment.resource, when, flow) {
                if stand.part.0 != stand.part.1 {
                    whole.add(&Exact::wide(*pence), &stand, slice);
                    continue;
                }
                let same = |(known, _): &&mut (Stand, i128)| known.standing == stand.standing;
                match in_pence.iter_mut().find(same) {
                    Some((_, sum)) => *sum += pence,
                    None => in_pence.push((stand, *pence)),
                }
            }
        }
        for (stand, pence) in in_pence {
            whole.add(&Exact::wide(pence), &stand, slice);
        }
        whole
    }

    /// Adds a sum, or the part of it that one partner on the other side has.
    pub fn add(&mut self, sum: &Exact, stand: &Stand, slice: &Slice) {
        let (part, of) = stand.part;
        let sum = if part == of {
            sum.clone()
        } else {
            sum.times(&Ratio::new(part.into(), of.into()))
        };
        match NotCounted::of(stand.standing) {
            Some(why) => self.not_counted.entry(why).or_default().add(&sum),
            None => self.counted.add(&sum),
        }
        if let Some((beside, sign)) = Beside::of(stand.standing)
            && shown(stand.standing, slice)
        {
            let beside = self.beside.entry(beside).or_default();
            if sign < 0 {
                beside.add(&sum.negated())
            } else {
                beside.add(&sum)
            }
        }
    }
}
