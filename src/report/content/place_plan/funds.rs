//! Where money and units stand, with the sums that people ask for.

use crate::money::{MoneyError, Pence};
use crate::place_plan::{Standing, Units};

/// Where money stands on a day: the places of a [`Standing`], and the sums of them that have a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Funds {
    /// Asked for and not decided.
    pub asked: Pence,
    /// Asked for and refused.
    pub refused: Pence,
    /// Promised, whatever became of it since.
    pub secured: Pence,
    /// Came above what was promised: indexation, interest.
    pub above: Pence,
    /// Promised, and nothing has triggered the payment.
    pub not_due: Pence,
    /// Must be paid, and was not.
    pub due: Pence,
    /// Paid to who holds it, whatever became of it since.
    pub received: Pence,
    /// Held, and for nobody yet.
    pub unallocated: Pence,
    /// Held and set aside.
    pub allocated: Pence,
    /// Gone to a body outside, which spends it.
    pub transferred: Pence,
    /// Spent.
    pub spent: Pence,
    /// Gone back.
    pub returned: Pence,
    /// Paid out before it was received.
    pub ahead: Pence,
}

impl Funds {
    /// Where money stands.
    pub(super) fn of(standing: &Standing<Pence>) -> Result<Self, MoneyError> {
        Ok(Self {
            asked: standing.asked,
            refused: standing.refused,
            secured: standing.secured()?,
            above: standing.above,
            not_due: standing.not_due,
            due: standing.due,
            received: standing.received()?,
            unallocated: standing.unallocated,
            allocated: standing.allocated,
            transferred: standing.transferred,
            spent: standing.spent,
            returned: standing.returned,
            ahead: standing.ahead,
        })
    }

    /// All of its sums.
    pub fn sums(&self) -> [Pence; 13] {
        [
            self.asked,
            self.refused,
            self.secured,
            self.above,
            self.not_due,
            self.due,
            self.received,
            self.unallocated,
            self.allocated,
            self.transferred,
            self.spent,
            self.returned,
            self.ahead,
        ]
    }

    /// All of these together.
    pub(super) fn total(all: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        let mut places: [Vec<Pence>; 13] = Default::default();
        for one in all {
            for (sums, sum) in places.iter_mut().zip(one.sums()) {
                sums.push(sum);
            }
        }
        let mut sums = [Pence::ZERO; 13];
        for (sum, parts) in sums.iter_mut().zip(places) {
            *sum = Pence::total(parts)?;
        }
        let [
            asked,
            refused,
            secured,
            above,
            not_due,
            due,
            received,
            rest @ ..,
        ] = sums;
        let [unallocated, allocated, transferred, spent, returned, ahead] = rest;
        Ok(Self {
            asked,
            refused,
            secured,
            above,
            not_due,
            due,
            received,
            unallocated,
            allocated,
            transferred,
            spent,
            returned,
            ahead,
        })
    }

    /// Whether nothing of it is there, nor was asked for.
    pub fn is_nothing(&self) -> bool {
        self.sums().into_iter().all(|sum| sum == Pence::ZERO)
    }
}

/// How many units of one kind stand where. They are no pounds, and no units of another kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitsShown {
    /// What is counted: `affordable homes`.
    pub unit: String,
    /// How many are wanted, where somebody said.
    pub wanted: Option<Units>,
    /// Promised.
    pub secured: Units,
    /// Given to who holds them.
    pub received: Units,
    /// Spent or provided.
    pub provided: Units,
    /// How many more are wanted than are promised.
    pub gap: Option<Units>,
}

impl UnitsShown {
    /// Units of one kind.
    pub(super) fn of(
        unit: &str,
        standing: &Standing<Units>,
        (wanted, gap): (Option<Units>, Option<Units>),
    ) -> Result<Self, MoneyError> {
        Ok(Self {
            unit: unit.to_owned(),
            wanted,
            secured: standing.secured()?,
            received: standing.received()?,
            provided: standing.spent,
            gap,
        })
    }
}
