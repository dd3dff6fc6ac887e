//! Settlements held to published divisions, and what must hold of any.

mod claims;
mod contract;
mod evaluation;
mod made;
mod published;
mod scenarios;
mod shapes;
mod statements;
mod switching;
mod traps;
mod uncertain;
mod whole;
mod with_ranges;
mod worked;
