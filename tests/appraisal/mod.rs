//! Settlements held to published divisions, and what must hold of any.

mod claims;
mod contract;
mod statements;
mod worked;
