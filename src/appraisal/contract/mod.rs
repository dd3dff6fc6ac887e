//! Payment by results: what a contract pays, for what, and what it pays when nothing works.
//!
//! A pack describes [`Contracts`]: terms of seven kinds ([`TermKind`]), each with what it counts, for whom, against
//! what, from how much better on, up to how much, and who pays which share. No judgement has a default.
//!
//! - [`Contract::pay`] is exact, and says of everything that was reported and is not paid why not ([`WhyNot`]).
//! - [`Contract::simulate`] draws results with noise: the chance of paying for nothing, and that of not paying for what works.
//!   [`Contract::sum_up`] gives the same by summation where a cohort is small enough.
//! - [`Contract::cliffs`]: what one event more or less does.
//! - One outcome that two contracts pay for is a finding with its pounds; one that a contract and a settlement pay for is
//!   refused.
//! - [`Register`]: where claims stand on a day, and what is still to be paid for certain, likely or possibly.
//!
//! # Example: what the sample's contract pays, and what it does not
//!
//! ```
//! use wholeplace::Place;
//! use wholeplace::appraisal::{Proposals, contract::Contracts};
//! let place = Place::open("examples/data/shropshire")?;
//! let contracts = Contracts::open(&Proposals::open(&place)?)?;
//! let contract = contracts.find("youth-reoffending")?;
//! let payment = contract.pay(contracts.reported(contract))?;
//! println!("{}", contract.payment_table(&payment));
//! for refused in &payment.refused {
//!     println!("{} {}: {}", refused.term, refused.cohort, refused.why.in_words());
//! }
//! # Ok::<(), wholeplace::Error>(())
//! ```
//!
//! **Invariant:** of every row, what is paid, what is taken back and what is refused are what it would come to at
//! the tariff; no payment is above a cap; payers pay all of it, once.

mod error;
mod pounds;
mod kind;
mod spec;
mod terms;
mod reported;
mod groups;
mod anyway;
mod improvement;
mod pay;
mod contracts;
mod double;
mod open;
mod cliff;
mod chance;
mod simulate;
mod sum_up;
mod state;
mod register;
mod open_register;
mod known;
mod text;
mod text_chances;

pub use chance::{Chance, Spread};
pub use cliff::Cliff;
pub use contracts::Contracts;
pub use error::ContractError;
pub use kind::{Better, DeadweightOf, PaidFrom, Scale, TermKind, WhyNot};
pub use known::KnownOutcome;
pub use pay::{Paid, Payment, Refused};
pub use register::{Entry, Register, Standing, Sum};
pub use reported::{Comparison, Reported};
pub use simulate::{Simulated, TermDrawn};
#[cfg(test)]
pub(crate) use spec::{fields, reads, schema};
pub use state::State;
pub use sum_up::Summed;
pub use terms::{Band, Baseline, CohortOf, Contract, Term, Threshold, Truth};
