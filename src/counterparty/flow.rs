//! What a line is when it is a payment between partners.

use crate::axis::{FlowKind, MemberId, Side};
use std::collections::HashMap;

/// The number of a flow in its place; [`FlowId::NONE`] for a line that is no payment between
/// partners.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowId(pub(crate) u32);

impl FlowId {
    /// Not a payment between partners, as far as any rule of the pack knows.
    pub const NONE: Self = Self(0);
}

/// A payment between partners, as one of them wrote it down.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Flow {
    /// Whose ledger it stands in.
    pub side: Side,
    /// What kind of payment.
    pub kind: FlowKind,
    /// The partners on the other side with their parts; more than one where a conduit passes a
    /// stated share on.
    pub parts: Vec<(MemberId, u64)>,
    /// The sum of the parts.
    pub whole: u64,
}

/// All flows of a place, each once.
///
/// They belong to the pack, not to a load, so that the same number means the same flow in every
/// cube of the place.
#[derive(Clone, Debug, Default)]
pub struct KnownFlows {
    all: Vec<Flow>,
    index: HashMap<Flow, FlowId>,
}

impl KnownFlows {
    /// The number of a flow, new or known.
    pub(super) fn add(&mut self, flow: Flow) -> FlowId {
        if let Some(&known) = self.index.get(&flow) {
            return known;
        }
        let id = FlowId(u32::try_from(self.all.len() + 1).unwrap_or(u32::MAX));
        self.index.insert(flow.clone(), id);
        self.all.push(flow);
        id
    }

    /// The number of a flow, if it is known.
    #[must_use]
    pub fn find(&self, flow: &Flow) -> Option<FlowId> {
        self.index.get(flow).copied()
    }

    /// The flow of a number; `None` for [`FlowId::NONE`].
    #[must_use]
    pub fn get(&self, id: FlowId) -> Option<&Flow> {
        self.all.get((id.0 as usize).checked_sub(1)?)
    }

    /// Each flow with its number.
    pub fn iter(&self) -> impl Iterator<Item = (FlowId, &Flow)> {
        (1..).map(FlowId).zip(&self.all)
    }

    /// Whether the pack recognises no payment between partners at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
