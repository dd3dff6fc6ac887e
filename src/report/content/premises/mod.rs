//! Premises as pages and files show them: buildings, what they cost whom, their use by day, and what giving one up
//! frees and when.
//!
//! A [`Premises`](crate::premises::Premises) is asked for the report's period and boundary. It is no ledger, and is told
//! whole or not at all.

mod building;
mod bodies;
mod sheet;

pub use bodies::BodyShown;
pub use building::{BuildingShown, CouldMove};
pub use sheet::PremisesSheet;
