//! Contracts to take away: terms, what was paid and refused, cliffs, chances, and payments as they mature.

mod terms;
mod payment;
mod cliffs;
mod chances;
mod register;

pub use chances::{chances, term_chances};
pub use cliffs::cliffs;
pub use payment::{paid, refused};
pub use register::{register, standings};
pub use terms::{contracts, terms};
