//! Settlements held to published divisions, and what must hold of any.

mod claims;
mod made;
mod published;
mod statements;
mod traps;
mod whole;
mod worked;
