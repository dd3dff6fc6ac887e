//! Into what of a row a piece of money is added.

use crate::account::Standing;
use crate::axis::{Evidence, Gap};
use crate::cube::ask::plan::{Beside, Fate};

/// Into what of a row a piece is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// The amount, by how it is known.
    Amount(Evidence),
    /// What may lie in the row or not, by reason.
    Unknown(Gap),
    /// What stands beside the row and lies here.
    Here(Beside),
    /// What stands beside the row and may lie here or not.
    Unshared(Beside),
}

impl Slot {
    /// How many there are.
    pub const COUNT: usize = Evidence::ALL.len() + Gap::ALL.len() + 2 * Beside::ALL.len();

    /// Its number among all.
    pub const fn number(self) -> usize {
        const UNKNOWN: usize = Evidence::ALL.len();
        const HERE: usize = UNKNOWN + Gap::ALL.len();
        const UNSHARED: usize = HERE + Beside::ALL.len();
        // Whoever adds one and forgets it in `ALL` is told.
        const { assert!(Evidence::Judgement as usize + 1 == Evidence::ALL.len()) };
        const { assert!(Gap::DriverTooCoarse as usize + 1 == Gap::ALL.len()) };
        const { assert!(Beside::Unheld as usize + 1 == Beside::ALL.len()) };
        match self {
            Self::Amount(class) => class as usize,
            Self::Unknown(gap) => UNKNOWN + gap as usize,
            Self::Here(beside) => HERE + beside as usize,
            Self::Unshared(beside) => UNSHARED + beside as usize,
        }
    }
}

/// Where a piece goes, with its sign.
pub fn slots(standing: Standing, fate: Fate, class: Evidence) -> impl Iterator<Item = (Slot, i64)> {
    let amount = standing.counts().then_some(match fate {
        Fate::Unknown(gap) => (Slot::Unknown(gap), 1),
        Fate::In | Fate::Out => (Slot::Amount(class), 1),
    });
    let beside = Beside::of(standing).map(|(beside, sign)| match fate {
        Fate::Unknown(_) => (Slot::Unshared(beside), sign),
        Fate::In | Fate::Out => (Slot::Here(beside), sign),
    });
    amount.into_iter().chain(beside)
}
