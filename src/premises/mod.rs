//! Premises: the buildings of a place, who is in them, what they cost, and what giving one up would free.
//!
//! Partners hold buildings each by themselves, let rooms to each other, and each ledger shows its own rent. Adding the
//! ledgers counts the rent between them; here it is the income of one and the cost of the other, and what the place
//! pays is what leaves it. Two views share that total: who bears the cost after rent, and whose use it is for.
//!
//! A register says more than a ledger does: floor area, desks by day of the week, when a lease ends and what else locks
//! a building. From that follow the cost of a square metre and of a desk in use, which teams could share
//! ([`Premises::could_share`]), and what leaving a building or passing it to a community body frees, and from when on
//! ([`Premises::freed`]).
//!
//! Where a ledger has the running costs, its lines name the building, and they count once
//! ([`Premises::in_account`]).
//!
//! **Invariant:** a building's net cost = what insiders bear, summed = the parts of its teams and the vacant part,
//! summed, to the penny.

mod spec;
mod building;
mod register;
mod usage;
mod costs;
mod freed;
mod matched;
mod open;
mod text;

pub use building::{Building, Condition, Cost, Ends, Occupier, Party, Tenure};
pub use costs::{Borne, BuildingCost, PremisesCosts, TeamCost};
pub use freed::{Freed, Hold, LetGo};
pub use matched::{CostsInAccount, InLedger};
pub use register::Premises;
#[cfg(test)]
pub(crate) use spec::{fields, reads, schema};
pub use usage::{CouldShare, DAYS, DayUse};
