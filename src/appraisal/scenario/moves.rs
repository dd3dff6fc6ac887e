//! Moves of money between cells of the account, checked.

use super::given_up::GivenUp;
use crate::axis::{Ages, FlowKind, LocalityId, MemberId, Period, Phase};
use crate::finding::Position;
use crate::money::Pence;
use crate::place::Place;

/// A cell of the account: whose money, what for, for whom, where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cell {
    /// Whose money.
    pub partner: MemberId,
    /// What for.
    pub activity: MemberId,
    /// For whom, by age.
    pub ages: Ages,
    /// For whom, by client group; nothing where the move does not say.
    pub group: Option<MemberId>,
    /// Where.
    pub locality: LocalityId,
}

impl Cell {
    /// For people.
    #[must_use]
    pub fn in_words(&self, place: &Place) -> String {
        let axes = place.axes();
        let group = self
            .group
            .map(|group| format!(", {}", axes.groups.get(group).name));
        format!(
            "{}, {}, {}{}, {}",
            axes.partners.get(self.partner).name,
            axes.activities.get(self.activity).name,
            self.ages,
            group.unwrap_or_default(),
            axes.localities.name(self.locality),
        )
    }
}

/// Money that is spent on something else, by somebody else, for others or elsewhere.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Move {
    /// How much in each twelve months.
    pub amount: Pence,
    /// Planned or spent.
    pub phase: Phase,
    /// Where it comes from.
    pub from: Cell,
    /// Where it goes.
    pub to: Cell,
    /// The first month.
    pub start: Period,
    /// How many times twelve months.
    pub years: u16,
    /// What kind of payment it is, where it goes to another partner.
    pub kind: Option<FlowKind>,
    /// Which decision lets money go that the law asks for.
    pub decision: Option<String>,
    /// The building that is given up, where the amount is what that frees.
    pub gives_up: Option<GivenUp>,
    /// Why, in words.
    pub reason: String,
    /// Where this stands.
    pub position: Position,
}

impl Move {
    /// Each twelve months in which it moves.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        let year = |number: u16| {
            let first = self.start.months_later(number.checked_mul(12)?)?;
            first.through(first.months_later(11)?).ok()
        };
        (0..self.years).filter_map(year).collect()
    }
}

/// The moves of one scenario, in the order of their rows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ScenarioPlan {
    /// By which it is asked for.
    pub code: String,
    /// Its moves.
    pub moves: Vec<Move>,
}
