//! What a line is about, in two halves: where and whom its money is for, and everything else but
//! its time.

use crate::axis::{Ages, Flexibility, LocalityId, MemberId, Phase, Placed, Resource};
use crate::counterparty::FlowId;
use crate::crosswalk::{MixId, TagSet};

/// Where and whom money is for: what is divided by a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Region {
    pub(super) locality: Placed<LocalityId>,
    pub(super) ages: Placed<Ages>,
    pub(super) group: Placed<MemberId>,
}

/// Everything else of the coordinates but the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Matter {
    pub(super) phase: Phase,
    pub(super) resource: Resource,
    pub(super) activity: MixId,
    pub(super) partner: Placed<MemberId>,
    pub(super) flow: FlowId,
    pub(super) flexibility: Flexibility,
    pub(super) tags: TagSet,
}
