//! Place plans: what places want, what it would cost, and who pays for it.
//!
//! A place plan lists priorities, strategic and local, each with its need and its estimated cost, and where money for
//! it stands: asked for, secured, received, set aside, spent, given back. It comes from developers (the community
//! infrastructure levy, section 106), from the New Homes Bonus, from public bodies, businesses and volunteers.
//!
//! Registers write one pound several times, once for each step that it takes. Here a pound is in one place on any day
//! ([`Standing`]), so that what is received is never added to what is spent. What is no pound, homes or hours, is a
//! [`Units`], and nothing adds the two.
//!
//! A plan is no ledger. What a priority's cell of the account says is spent already stands beside its cost
//! ([`PlacePlans::spent_here`]); a step that is a line of a ledger as well is found by its reference and counted once
//! ([`PlacePlans::matching`]).
//!
//! **Invariant:** every row of a published file is counted, or is a finding with its pounds; on every day secured and
//! above = not due + due + received, and received + paid ahead = held + paid out.
//!
//! # Sources
//!
//! Regulation 121A and Schedule 2 of the Community Infrastructure Levy Regulations 2010 (as amended in 2019): what an
//! infrastructure funding statement holds. MHCLG, *Publish your developer contributions data*, and the specification
//! `developer-contributions` (entry of 14 August 2026): the three files and their columns.

mod state;
mod quantity;
mod standing;
mod contribution;
mod priority;
mod spec;
mod versions;
mod developer;
mod shares;
mod match_rule;
mod plans;
mod matched;
mod open;
mod statement;
mod beside;
mod text;

pub use crate::register::AccountCell;
pub use beside::SpentHere;
pub use contribution::{Contribution, Step};
pub use developer::RowsRead;
pub use match_rule::MatchRule;
pub use matched::{Matched, Matching};
pub use plans::{FundingPart, PlacePlans};
pub use priority::{Level, Priority, Progress};
pub use quantity::{Quantity, Units};
#[cfg(test)]
pub(crate) use spec::{fields, reads, schema};
pub use standing::Standing;
pub use state::{Source, State};
pub use statement::{PlanStatement, PriorityFunding, Roll, UnitsFunding};
