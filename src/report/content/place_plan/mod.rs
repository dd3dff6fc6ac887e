//! Place plans as pages and files show them: what each place wants, who pays, and what is spent there already.
//!
//! A [`PlacePlans`](crate::place_plan::PlacePlans) is asked for one day, the last of the report; the account is asked
//! for the report's period. What the register says stands here as it is, because a register is told whole or not at
//! all. What the account says is a [`Shown`](super::Shown), told or withheld.

mod funds;
mod priority;
mod sheet;

pub use funds::{Funds, UnitsShown};
pub use priority::PriorityShown;
pub use sheet::{ContributionShown, PlaceOfPlan, PlanTotal, PlansSheet};
