//! Where a claim stands, and where it may stand next.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Where a claim stands.
///
/// ```text
/// in-delivery → in-measurement → claimed → verified → paid → clawed-back
///       └──────────────┴────────────┴─────────┴→ refused → claimed
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its person is in the programme.
    InDelivery,
    /// The time after which it is measured is not over.
    InMeasurement,
    /// The provider asks for it.
    Claimed,
    /// The evidence was looked at, and holds.
    Verified,
    /// The provider has the money.
    Paid,
    /// It is not paid, and why.
    Refused,
    /// It was paid, did not last, and was taken back.
    ClawedBack,
}

impl State {
    /// Every state, in the order in which a claim goes through them.
    pub const ALL: [Self; 7] = [
        Self::InDelivery,
        Self::InMeasurement,
        Self::Claimed,
        Self::Verified,
        Self::Paid,
        Self::Refused,
        Self::ClawedBack,
    ];

    /// The states from which a claim comes here, besides those that are here already.
    #[must_use]
    pub fn from(self) -> &'static [Self] {
        match self {
            Self::InDelivery => &[],
            Self::InMeasurement => &[Self::InDelivery],
            Self::Claimed => &[Self::InMeasurement, Self::Refused],
            Self::Verified => &[Self::Claimed],
            Self::Paid => &[Self::Verified],
            Self::Refused => &[
                Self::InDelivery,
                Self::InMeasurement,
                Self::Claimed,
                Self::Verified,
            ],
            Self::ClawedBack => &[Self::Paid],
        }
    }

    /// Whether a claim may stand here without having been in the register before.
    #[must_use]
    pub fn may_be_first(self) -> bool {
        matches!(self, Self::InDelivery | Self::InMeasurement | Self::Claimed)
    }

    /// From where it comes, in words.
    pub(super) fn comes_after(self) -> String {
        let from: Vec<String> = self
            .from()
            .iter()
            .map(|state| format!("`{state}`"))
            .collect();
        format!("so many were {} or there already", from.join(", "))
    }

    fn text(self) -> &'static str {
        match self {
            Self::InDelivery => "in-delivery",
            Self::InMeasurement => "in-measurement",
            Self::Claimed => "claimed",
            Self::Verified => "verified",
            Self::Paid => "paid",
            Self::Refused => "refused",
            Self::ClawedBack => "clawed-back",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

impl FromStr for State {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|state| state.text() == text);
        found.ok_or_else(|| format!("`{text}` is no state of a claim"))
    }
}

/// A state in which more claims stand than can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OutOfOrder {
    pub state: State,
    pub most: u64,
}

/// Whether the claims of a day can come from those of the day before, each by one step or none; new ones enter in
/// delivery, and on the first day wherever a claim may be first.
///
/// Each set of states needs as many claims in the states that lead to it as stand in it (Hall's condition); there are
/// few enough sets to look at all of them.
pub(super) fn out_of_order(
    before: Option<&BTreeMap<State, u64>>,
    after: &BTreeMap<State, u64>,
) -> Option<OutOfOrder> {
    let entered = |state: State| match before {
        None => state.may_be_first(),
        Some(_) => state == State::InDelivery,
    };
    let counted: Vec<(State, u64)> = (after.iter())
        .map(|(state, claims)| (*state, *claims))
        .filter(|(state, claims)| *claims > 0 && !entered(*state))
        .collect();
    // Few states first, so that the finding names the one that is at fault.
    let mut sets: Vec<u32> = (1..1_u32 << counted.len()).collect();
    sets.sort_by_key(|set| (set.count_ones(), *set));
    for set in sets {
        let within: Vec<(State, u64)> = (counted.iter().enumerate())
            .filter(|(place, _)| set & (1 << place) != 0)
            .map(|(_, one)| *one)
            .collect();
        let needed = within
            .iter()
            .fold(0_u64, |sum, (_, claims)| sum.saturating_add(*claims));
        let leads = |from: &State| {
            within
                .iter()
                .any(|(state, _)| state == from || state.from().contains(from))
        };
        let there = before
            .into_iter()
            .flatten()
            .filter(|(state, _)| leads(state));
        let there = there.fold(0_u64, |sum, (_, claims)| sum.saturating_add(*claims));
        if needed > there
            && let Some((state, claims)) = within.last()
        {
            return Some(OutOfOrder {
                state: *state,
                most: there.saturating_sub(needed - claims),
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use State::*;

    fn day(claims: &[(State, u64)]) -> BTreeMap<State, u64> {
        claims.iter().copied().collect()
    }

    fn wrong(before: &[(State, u64)], after: &[(State, u64)]) -> Option<State> {
        out_of_order(Some(&day(before)), &day(after)).map(|wrong| wrong.state)
    }

    #[test]
    fn claims_go_one_step_a_day() {
        assert_eq!(
            wrong(&[(InDelivery, 10)], &[(InDelivery, 4), (InMeasurement, 6)]),
            None
        );
        assert_eq!(
            wrong(&[(Claimed, 10)], &[(Verified, 8), (Refused, 2)]),
            None
        );
        assert_eq!(wrong(&[(Claimed, 10)], &[(Paid, 10)]), Some(Paid));
        assert_eq!(wrong(&[(Paid, 10)], &[(Verified, 10)]), Some(Verified));
        assert_eq!(wrong(&[(Paid, 10)], &[(Paid, 7), (ClawedBack, 3)]), None);
        assert_eq!(
            wrong(&[(Claimed, 10)], &[(ClawedBack, 3), (Claimed, 7)]),
            Some(ClawedBack)
        );
        assert_eq!(wrong(&[(Refused, 3)], &[(Claimed, 3)]), None);
        // Ten were claimed: they cannot be eight verified and three refused.
        assert_eq!(
            wrong(&[(Claimed, 10)], &[(Verified, 8), (Refused, 3)]),
            Some(Refused)
        );
        // More people may enter, but not half-way.
        assert_eq!(wrong(&[(InDelivery, 10)], &[(InDelivery, 15)]), None);
        assert_eq!(
            wrong(&[(InDelivery, 10)], &[(InMeasurement, 12)]),
            Some(InMeasurement)
        );
    }

    #[test]
    fn a_register_begins_with_what_is_not_decided() {
        assert_eq!(
            out_of_order(None, &day(&[(Claimed, 5), (InDelivery, 3)])),
            None
        );
        let wrong = out_of_order(None, &day(&[(Paid, 5)]));
        assert_eq!(
            wrong,
            Some(OutOfOrder {
                state: Paid,
                most: 0
            })
        );
    }
}
