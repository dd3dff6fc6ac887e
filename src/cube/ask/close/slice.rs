//! Everything of the phase, closed into the boundary, the slice, and what lies outside.

use super::control::{ControlTotals, NotCounted};
use super::totals::Totals;
use crate::axis::Gap;
use crate::cube::ask::plan::Plan;
use crate::cube::ask::share::Slot;
use crate::money::{MoneyError, Pence, close, close_bounded};
use crate::reconciliation::{Reconciliation, Step};
use std::collections::BTreeMap;

/// The whole of a phase in whole pence: everything = counted by the boundary + not counted, and
/// counted = slice + outside + unknown.
pub struct ClosedSlice {
    everything: Pence,
    other_phases: Pence,
    counted: Pence,
    not_counted: BTreeMap<NotCounted, Pence>,
    pub slice: Pence,
    pub outside: Pence,
    /// What cannot be said to lie inside or outside, by reason.
    pub unknown: BTreeMap<Gap, Pence>,
}

impl ClosedSlice {
    /// Closes from the top down: the phase into the boundary, the boundary into the slice and the rest,
    /// the rest into what lies outside and what cannot be said.
    pub fn new(totals: &Totals) -> Result<Self, MoneyError> {
        let control = &totals.control;
        let everything = Pence::from_wide(control.everything)?;
        let (counted, not_counted) = boundary(everything, control)?;
        let gaps = totals.gaps();
        let unknown = || gaps.iter().map(|gap| Slot::Unknown(*gap));
        let mut rest = totals.outside();
        unknown().for_each(|slot| rest.add(totals.near(slot)));
        let exact_rest = || {
            let mut rest = totals.exact_outside();
            unknown().for_each(|slot| rest.add(&totals.exact(slot)));
            rest
        };
        let closed = close_bounded(counted, &[totals.amount(), rest], |part| match part {
            0 => totals.exact_amount(),
            _ => exact_rest(),
        })?;
        let (slice, rest) = (closed[0], closed[1]);
        let mut parts = vec![totals.outside()];
        parts.extend(unknown().map(|slot| totals.near(slot)));
        let closed = close_bounded(rest, &parts, |part| match part {
            0 => totals.exact_outside(),
            _ => totals.exact(Slot::Unknown(gaps[part - 1])),
        })?;
        Ok(Self {
            everything,
            other_phases: Pence::from_wide(control.other_phases)?,
            counted,
            not_counted,
            slice,
            outside: closed[0],
            unknown: (gaps.iter().copied())
                .zip(closed[1..].iter().copied())
                .collect(),
        })
    }

    /// The reconciliation of the cube, and on from there: each step with its named differences.
    pub fn reconciliation(&self, plan: &Plan<'_>) -> Reconciliation {
        let mut reconciliation = plan.cube.reconciliation().clone();
        if self.other_phases != Pence::ZERO {
            let name = "answer: all records into those of the phase";
            let step = Step::new(name, plan.cube.total(), self.everything);
            reconciliation.push(step.difference("other phases", -self.other_phases));
        }
        let (phase, boundary) = (plan.slice.phase, plan.slice.inside.name());
        let name = format!("answer: everything recorded as {phase} into the boundary {boundary}");
        let mut step = Step::new(name, self.everything, self.counted);
        for (why, pence) in &self.not_counted {
            step = step.difference(why.name(), -*pence);
        }
        reconciliation.push(step);
        let name = format!("answer: the {phase} of the boundary into the slice");
        let mut step = Step::new(name, self.counted, self.slice)
            .difference("outside the slice", -self.outside);
        for (gap, pence) in &self.unknown {
            let name = format!("cannot be said to lie inside or outside ({gap})");
            step = step.difference(name, -*pence);
        }
        reconciliation.push(step);
        reconciliation
    }
}

/// Everything of the phase closed into what is in the total of the boundary, and what is not.
fn boundary(
    everything: Pence,
    control: &ControlTotals,
) -> Result<(Pence, BTreeMap<NotCounted, Pence>), MoneyError> {
    let mut parts = vec![control.counted.clone()];
    parts.extend(control.not_counted.values().cloned());
    let closed = close(everything, &parts)?;
    let not_counted = control.not_counted.keys().copied();
    Ok((
        closed[0],
        not_counted.zip(closed[1..].iter().copied()).collect(),
    ))
}
