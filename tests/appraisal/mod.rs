//! Settlements held to published divisions, and what must hold of any.

mod claims;
mod made;
mod ranged;
mod shapes;
mod statements;
mod switching;
mod uncertain;
mod contract;
mod scenarios;
mod traps;
mod whole;
mod worked;
