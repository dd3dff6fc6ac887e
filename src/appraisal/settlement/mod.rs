//! Who pays whom, so that nobody ends worse off.
//!
//! `claims` divides what a programme leaves among those who save; `statement` turns that into payments by
//! year, none of them before its payer's cash has arrived.

mod error;
mod claims;
mod statement;

pub use claims::{ClaimsRule, MOST_BY_TURNS};
pub use error::SettlementError;
pub use statement::{Party, Payment, Statement};
