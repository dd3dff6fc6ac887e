//! Settlements held to published divisions, and what must hold of any.

mod claims;
mod contract;
mod made;
mod published;
mod scenarios;
mod statements;
mod traps;
mod whole;
mod worked;
