//! What was counted of those who entered, and of those they are compared with.

use super::{Counted, Design};
use crate::finding::Position;
use crate::linkage::EvidenceGrade;
use crate::money::Ratio;
use crate::price::PriceYear;
use std::collections::BTreeMap;

/// People, and what was counted of them in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_structs,
    reason = "a count of people and events is all that it will be"
)]
pub struct Group {
    /// How many people; never none.
    pub people: u64,
    /// Those of them who have it, or events of theirs.
    pub events: u64,
}

/// What was counted for one effect in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Observation {
    /// Of which proposal.
    pub proposal: String,
    /// Of which of its effects.
    pub effect: String,
    /// In which year.
    pub year: PriceYear,
    /// What is counted.
    pub counted: Counted,
    /// Those who entered, now or in years before, and are counted in this year.
    pub with: Group,
    /// The same sort of people before it began.
    pub before: Option<Group>,
    /// A comparison group, and how it came about.
    pub comparison: Option<(Design, Group)>,
    /// The comparison group before it began; only where there is [`before`](Self::before) too.
    pub comparison_before: Option<Group>,
    /// How many times as much counts vary as those of people who are independent of each other: one person's many
    /// events, or classes and households, are not.
    pub design_effect: Ratio,
    /// Who counted, and where it is written.
    pub source: String,
    /// Where it stands in the pack.
    pub position: Position,
}

impl Observation {
    /// How good a comparison it is. Without a comparison group nothing says why things changed: grade 1.
    #[must_use]
    pub fn grade(&self) -> EvidenceGrade {
        self.comparison
            .map_or(EvidenceGrade::One, |(design, _)| design.grade())
    }
}

/// All that was counted for the proposals of a pack.
///
/// **Invariant:** each is of an effect and a year of a proposal of the pack, once; a group has people, and where each
/// counts once no more of them than there are.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// By proposal, effect and year.
    pub(super) rows: BTreeMap<(String, String, PriceYear), Observation>,
}

impl Observed {
    /// Each of them, in the order of proposals, effects and years.
    pub fn iter(&self) -> impl Iterator<Item = &Observation> {
        self.rows.values()
    }

    /// What was counted for an effect of a proposal in a year.
    #[must_use]
    pub fn find(&self, proposal: &str, effect: &str, year: PriceYear) -> Option<&Observation> {
        let key = (proposal.to_owned(), effect.to_owned(), year);
        self.rows.get(&key)
    }
}
