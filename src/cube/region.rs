//! What a line is about, in two halves: where and whom its money is for, and everything else but
//! its time.

use crate::axis::{Ages, Flexibility, LocalityId, MemberId, Phase, Placed, Resource};
use crate::counterparty::FlowId;
use crate::crosswalk::{MixId, TagSet};
use std::hash::{Hash, Hasher};

/// Where and whom money is for: what is divided by a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Region {
    pub(super) locality: Placed<LocalityId>,
    pub(super) ages: Placed<Ages>,
    pub(super) group: Placed<MemberId>,
}

/// Everything else of the coordinates but the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Matter {
    pub(super) phase: Phase,
    pub(super) resource: Resource,
    pub(super) activity: MixId,
    pub(super) partner: Placed<MemberId>,
    pub(super) flow: FlowId,
    pub(super) flexibility: Flexibility,
    pub(super) tags: TagSet,
}

// Each line of an account is hashed: a few words are, and not every field by itself.

impl Hash for Region {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let both = |ages: Ages| u32::from(ages.youngest()) << 8 | u32::from(ages.oldest());
        let ages = self.ages.word(both);
        // Sixteen bits of the ages, and whether they are a reason, each above one of the others.
        state.write_u64(self.locality.word(|member| member.0) | ages << 40);
        state.write_u64(self.group.word(|member| member.0) | ages >> 32 << 40);
    }
}

impl Hash for Matter {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let how = (self.phase as u64) << 40 | (self.resource as u64) << 48;
        state.write_u64(u64::from(self.activity.0) << 32 | u64::from(self.flow.0));
        state.write_u64(self.partner.word(|member| member.0) | how);
        state.write_u64(self.tags.0);
        self.flexibility.hash(state);
    }
}
