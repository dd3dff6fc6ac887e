//! Weighted mixes of activities.

use crate::axis::{Evidence, Gap, MemberId, Placed};
use std::collections::HashMap;

/// The number of a mix in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MixId(pub(crate) u32);

/// What one partner's code is spent on: one activity, or several with weights.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mix {
    /// Activities (or gaps) with their weights; at least one, each weight above zero.
    pub parts: Vec<(Placed<MemberId>, u64)>,
    /// The sum of the weights.
    pub whole: u64,
    /// How the weights are known: the class of a figure that needs them.
    pub class: Evidence,
}

impl Mix {
    /// All of it on one activity, or in one gap.
    #[must_use]
    pub fn single(target: Placed<MemberId>, class: Evidence) -> Self {
        Self {
            parts: vec![(target, 1)],
            whole: 1,
            class,
        }
    }
}

/// All mixes of a place, each once.
///
/// Mixes belong to the pack, not to a load, so that the same number means the same mix in every
/// cube of the place.
#[derive(Clone, Debug)]
pub struct Mixes {
    all: Vec<Mix>,
    index: HashMap<Mix, MixId>,
    unmapped: MixId,
}

impl Default for Mixes {
    fn default() -> Self {
        Self::new()
    }
}

impl Mixes {
    /// A register that already holds what any ledger may need: money on no known code.
    #[must_use]
    pub fn new() -> Self {
        let mut mixes = Self {
            all: Vec::new(),
            index: HashMap::new(),
            unmapped: MixId(0),
        };
        let unmapped = Mix::single(Placed::Gap(Gap::Unmapped), Evidence::Direct);
        mixes.unmapped = mixes.add(unmapped);
        mixes
    }

    /// The mix of money under a code that no crosswalk row knows.
    #[must_use]
    pub fn unmapped(&self) -> MixId {
        self.unmapped
    }

    /// The number of a mix, new or known.
    pub fn add(&mut self, mix: Mix) -> MixId {
        if let Some(&known) = self.index.get(&mix) {
            return known;
        }
        let id = MixId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        self.index.insert(mix.clone(), id);
        self.all.push(mix);
        id
    }

    /// The mix of a number.
    #[must_use]
    pub fn get(&self, id: MixId) -> &Mix {
        &self.all[id.0 as usize]
    }

    /// Each mix with its number.
    pub fn iter(&self) -> impl Iterator<Item = (MixId, &Mix)> {
        (0..).map(MixId).zip(&self.all)
    }
}
