//! Who pays whom, so that nobody ends worse off.
//!
//! `claims` divides what a programme leaves among those who save; `terms` say which savings count, when they
//! are paid and who advances the cost; `statement` turns that into payments by year, none of them before its
//! payer's cash has arrived unless the terms say so.

mod error;
mod claims;
mod game;
mod rule;
mod terms;
mod brought_in;
mod loan;
mod statement;

pub use brought_in::YearSaving;
pub use claims::{ClaimsRule, MOST_BY_TURNS};
pub use error::SettlementError;
pub use game::Game;
pub use loan::{LoanAccount, LoanYear};
pub use rule::SettlementRule;
pub use statement::{Party, Payment, Statement};
pub use terms::{Band, Basis, CountsFrom, Fewer, Loan, Measure, Terms, Threshold, Timing};
