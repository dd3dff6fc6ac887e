//! What a figure comes to under the pack's other sharing rules.

use crate::cube::Range;
use crate::disclosure::Shown;
use crate::money::Pence;
use std::sync::Arc;

/// What a figure comes to under each of the pack's other sharing rules, in the order of the pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tried(Vec<Pence>);

impl Tried {
    pub(super) fn new(sums: Vec<Pence>) -> Self {
        Self(sums)
    }

    /// Whether other rules were tried, and what came of it may be told.
    pub(in crate::report) fn is_told(&self) -> bool {
        !self.0.is_empty()
    }

    /// The sums; none where the figure may not be shown.
    pub(in crate::report) fn sums(&self, shown: Shown) -> &[Pence] {
        match shown {
            Shown::Withheld(_) => &[],
            _ => &self.0,
        }
    }

    /// Between what it lies; nothing where the figure may not be shown, or the pack names no other rules.
    pub(in crate::report) fn range(&self, shown: Shown, names: &[Arc<str>]) -> Option<Range> {
        let central = shown.told()?;
        let named = names.iter().cloned().zip(self.0.iter().copied());
        (!self.0.is_empty()).then(|| Range::of(central, named))
    }
}
