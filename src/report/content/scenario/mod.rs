//! Scenarios as pages and files show them: what is moved, what holds the rest, and the account before and after.
//!
//! A [`Scenario`](crate::appraisal::scenario::Scenario) is a cube that answers every question. A report asks it what it asks the account, and
//! releases the answers: a [`ScenarioSheet`].

mod moves;
mod account;
mod sheet;

pub use account::{BeforeAfter, BeforeAfterRow};
pub use moves::{CellShown, MoveShown};
pub use sheet::ScenarioSheet;
