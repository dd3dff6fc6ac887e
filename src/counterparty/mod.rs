//! For programs with readers of their own: who stands on the other side of a line. Payments
//! between partners are recognised by written rules.
//!
//! A ledger names whom it pays by a code or by a text. A pack's rules say which of these are
//! partners, and what kind of payment it is; nothing is guessed. What each rule recognised is
//! listed with its pence, and a text that nearly fits a rule is a finding.
//!
//! # Of several rules that claim a line, the one that names more
//!
//! A rule for a whole body and one for a part of it may stand beside each other, in any order. Of two
//! rules that claim one line, that one counts which names more, told by the first of these that
//! tells them apart:
//!
//! 1. `exact` names more than `normalised`, and that more than `pattern` (a pattern that leaves nothing
//!    open stands between the first two);
//! 2. of two patterns, the one with more signs written out; then the one with more `?` and `[…]`; then the
//!    one with fewer `*`;
//! 3. one that asks for another code of the line (`and_code`) names more than one that does not;
//! 4. one for a period more than one for all time, and one for fewer months more than one for more;
//! 5. one for this ledger more than one for every ledger.
//!
//! Two rules that name equally much and say different things are a fault: the line stays spending. Where
//! the rule that counts does not lie inside the other (`*council*` beside `lancashire*`), it is told in a notice
//! which of the two counted; and so is a rule all of whose lines others take.
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
mod precedence;
mod recognise;
mod rule;

pub use flow::{Flow, FlowId, KnownFlows};
pub(crate) use recognise::Beaten;
pub use recognise::{FlowColumn, Recognised, RecognisedLines};
pub use rule::{Counterparties, CounterpartyRow};
