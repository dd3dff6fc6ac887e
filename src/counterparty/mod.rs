//! For programs with readers of their own: who stands on the other side of a line. Payments
//! between partners are recognised by written rules.
//!
//! A ledger names whom it pays by a code or by a text. A pack's rules say which of these are
//! partners, and what kind of payment it is; nothing is guessed. What each rule recognised is
//! listed with its pence, a text that nearly fits a rule is a finding, and so is a line that two
//! rules claim.
//!
//! **Invariant:** no message holds the letters of a payee's name; it may be a person's.
//!
//! # Example: what a rule of the pack recognised
//!
//! ```
//! use wholeplace::axis::FlowKind;
//! use wholeplace::{Place, PlaceAccount};
//! let place = Place::open("examples/data/partners")?;
//! let account = PlaceAccount::load(&place)?;
//! let to_the_charity = (account.recognised().iter())
//!     .find(|recognised| recognised.partner == "charity")
//!     .unwrap();
//! assert_eq!(to_the_charity.text, "Ludford Youth Trust*");
//! assert_eq!(to_the_charity.kind, FlowKind::Contract);
//! assert_eq!(to_the_charity.lines, 2);
//! assert_eq!(to_the_charity.pence.to_string(), "£90,000.00");
//! # Ok::<(), wholeplace::Error>(())
//! ```

mod flow;
mod near_misses;
mod recognise;
mod rule;

pub use flow::{Flow, FlowId, KnownFlows};
pub use recognise::{FlowColumn, Recognised};
pub use rule::{Counterparties, CounterpartyRow};
