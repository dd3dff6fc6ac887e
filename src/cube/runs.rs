//! Parts of coordinates that have something in common, so that a question need not meet each alone.

use super::region::{Matter, Region};
use crate::axis::{MemberId, Phase, Placed, Resource};
use crate::counterparty::FlowId;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::ops::Range;

/// What of a matter says whose it is: all that it can be to a boundary depends on this and on time.
type Payment = (Phase, Resource, Placed<MemberId>, FlowId);

/// Neighbours among regions and matters, and matters that are payments alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Runs {
    /// Regions of one locality, end to end.
    pub(super) localities: Vec<Range<usize>>,
    /// Matters of one activity, end to end.
    pub(super) activities: Vec<Range<usize>>,
    /// A number for each matter, the same for those that are payments alike.
    pub(super) payments: Vec<u32>,
    /// How many such numbers there are.
    pub(super) payment_count: usize,
}

impl Runs {
    pub(super) fn of(regions: &[Region], matters: &[Matter]) -> Self {
        let mut numbers: HashMap<Payment, u32, FixedState> = HashMap::default();
        let payment = |matter: &Matter| {
            let next = numbers.len() as u32;
            let payment = (matter.phase, matter.resource, matter.partner, matter.flow);
            *numbers.entry(payment).or_insert(next)
        };
        Self {
            localities: runs(regions, |one, two| one.locality == two.locality),
            activities: runs(matters, |one, two| one.activity == two.activity),
            payments: matters.iter().map(payment).collect(),
            payment_count: numbers.len(),
        }
    }
}

fn runs<T>(all: &[T], same: impl Fn(&T, &T) -> bool) -> Vec<Range<usize>> {
    let mut start = 0;
    let runs = all.chunk_by(same).map(|run| {
        start += run.len();
        start - run.len()..start
    });
    runs.collect()
}
