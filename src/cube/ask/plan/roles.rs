//! Who funded, who commissioned and who delivered: three views of one total.
//!
//! The deliverer of money is whoever finally spends it. Its funders are found by following its
//! income back, year by year, to bodies whose own money it was; its commissioners by following
//! back only payments where the payer decides. While records are weighed, a row holds the money
//! that passed through one pair of hands in one year; afterwards each row is shared among those
//! whose money, or whose decision, it was.

use super::cell::Cell;
use super::times::Times;
use crate::account::{FollowBack, Shares, Stand, Standing};
use crate::axis::{MemberId, Phase, Placed, Resource};
use crate::cube::Cube;
use crate::cube::ask::error::AskError;
use crate::money::Ratio;

/// A role that partners have towards money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Funder,
    Commissioner,
    Deliverer,
}

impl Role {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Funder => "funder",
            Self::Commissioner => "commissioner",
            Self::Deliverer => "deliverer",
        }
    }
}

/// Whose hands money passed through, and when: the cells of a role before it is shared
/// among those who have the role.
#[derive(Clone, Debug)]
pub struct Hands {
    partners: u32,
    years: Times,
    /// `None` for deliverers, who are known already, and for what is given in kind, which is its
    /// giver's.
    shares: Option<Shares>,
}

impl Hands {
    /// # Errors
    ///
    /// [`AskError::Funding`] when money goes round in a loop that nothing enters.
    pub fn new(
        cube: &Cube,
        role: Role,
        (phase, resource): (Phase, Resource),
        years: Times,
    ) -> Result<Self, AskError> {
        let partners = &cube.place().axes().partners;
        let trail = match role {
            Role::Funder => Some(FollowBack::Funders),
            Role::Commissioner => Some(FollowBack::Commissioners),
            Role::Deliverer => None,
        };
        let shares = match trail {
            // Cash does not say who lent staff or rooms.
            Some(trail) if resource == Resource::Cash => {
                Some(Shares::follow(&cube.flows(phase)?, partners, trail)?)
            }
            _ => None,
        };
        Ok(Self {
            partners: u32::try_from(partners.len()).unwrap_or(0),
            years,
            shares,
        })
    }

    pub fn years(&self) -> &Times {
        &self.years
    }

    /// Whether money is followed back, which is done year by year.
    pub fn are_followed(&self) -> bool {
        self.shares.is_some()
    }

    /// The hands through which a part of a line passed.
    pub fn cell(&self, role: Role, stand: &Stand, year: Cell) -> Cell {
        let own = match stand.whose {
            Placed::On(partner) => partner,
            Placed::Gap(gap) => return Cell::gap(gap),
        };
        let paid_on = match (stand.standing, stand.other) {
            (Standing::Outgoing | Standing::Unheld, paid_on) => paid_on,
            // What only passes through, came in or is no cash was nobody else's before.
            (Standing::Incoming, Some((payer, _))) if role == Role::Funder => {
                return Cell::member(payer.0);
            }
            (Standing::Agency | Standing::Incoming | Standing::OtherResource, _) => {
                return Cell::member(own.0);
            }
            _ => None,
        };
        match (role, paid_on) {
            (Role::Deliverer, Some((payee, _))) => Cell::member(payee.0),
            (Role::Deliverer, None) => Cell::member(own.0),
            // Whoever gets a grant decides what is done with it.
            (Role::Commissioner, Some((payee, kind))) if !kind.payer_decides() => {
                Cell::member(payee.0)
            }
            _ if self.shares.is_none() => Cell::member(own.0),
            _ if !year.is_member() => year,
            _ => Cell::member(self.partners * (1 + year.number()) + own.0),
        }
    }

    /// What of the money in such hands belongs to a partner in the role, and nothing for others.
    pub fn share(&self, hands: Cell, partner: Cell) -> Option<Ratio> {
        let shares = self.shares_of(hands);
        let found = shares.into_iter().find(|(cell, _)| *cell == partner);
        found.map(|(_, share)| share)
    }

    /// Those to whom money in such hands belongs, with their shares.
    pub fn shares_of(&self, hands: Cell) -> Vec<(Cell, Ratio)> {
        let (year, partner) = {
            let (number, partners) = (hands.number(), self.partners.max(1));
            (number / partners, number % partners)
        };
        let (1.., Some(shares)) = (year, &self.shares) else {
            return vec![(hands, Ratio::one())];
        };
        let Some(year) = self.years.spans().get(year as usize - 1) else {
            return vec![(hands, Ratio::one())];
        };
        let all = shares.of(*year, MemberId(partner));
        all.into_iter()
            .map(|(partner, share)| (Cell::member(partner.0), share))
            .collect()
    }
}
