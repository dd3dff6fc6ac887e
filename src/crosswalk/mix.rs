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
#[derive(Clone, Debug, Default)]
pub struct Mixes {
    all: Vec<Mix>,
    index: HashMap<Mix, MixId>,
}

impl Mixes {
    /// A register that already holds what any ledger may need: each gap as a mix.
    #[must_use]
    pub fn new() -> Self {
        let mut mixes = Self::default();
        for gap in [
            Gap::NotDisaggregated,
            Gap::NotElsewhereClassified,
            Gap::WholePlace,
            Gap::Unknown,
            Gap::Withheld,
            Gap::OutsideBoundary,
            Gap::Unmapped,
        ] {
            mixes.add(Mix::single(Placed::Gap(gap), Evidence::Direct));
        }
        mixes
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

    /// The number of the mix that is one gap, if it is registered.
    #[must_use]
    pub fn gap(&self, gap: Gap) -> Option<MixId> {
        self.index
            .get(&Mix::single(Placed::Gap(gap), Evidence::Direct))
            .copied()
    }

    /// Each mix with its number.
    pub fn iter(&self) -> impl Iterator<Item = (MixId, &Mix)> {
        (0..).map(MixId).zip(&self.all)
    }
}
