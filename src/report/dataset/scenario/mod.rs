//! Scenarios to take away: their moves, and the account before and after.

mod moves;
mod account;

pub use account::{accounts_side_by_side, before_after, before_after_total};
pub use moves::moves;
