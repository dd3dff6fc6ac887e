//! Payment by results: what a contract pays, for what, and what it pays when nothing works.

mod error;
mod pounds;
mod kind;
mod spec;
mod terms;
mod reported;
mod improvement;
mod pay;
mod contracts;
mod double;
mod open;

pub use contracts::Contracts;
pub use error::ContractError;
pub use kind::{Better, DeadweightOf, PaidFrom, Scale, TermKind, WhyNot};
pub use pay::{Paid, Payment, Refused, pay};
pub use reported::{Comparison, Reported};
pub use terms::{Band, Baseline, CohortOf, Contract, Term, Threshold, Truth};
