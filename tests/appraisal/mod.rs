//! Settlements held to published divisions, and what must hold of any.

mod claims;
mod made;
mod shapes;
mod statements;
mod switching;
mod uncertain;
mod worked;
