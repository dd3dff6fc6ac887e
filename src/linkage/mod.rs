//! Spend beside outcome, by the rules of the field.
//!
//! Money says what was spent, indicators say what happened; this module sets the one beside the
//! other and claims no cause. The rules it holds:
//!
//! - A population indicator stands only beside what all partners spend on that population in
//!   that place; a performance measure only beside its own service's spending. Anything else is
//!   a [`LinkageError`] that says what to ask instead.
//! - Spending comes before its outcome by a [`Lag`](crate::indicator::Lag) that somebody states,
//!   with the reason. There is no default, not even none.
//! - What is known only for the county stands beside the county's spending, never beside
//!   Ludlow's.
//! - A change over time or beside another area carries the grade of its evidence
//!   ([`EvidenceGrade`]) and only the words that belong to it.
//!
//! **Invariant:** no cause is claimed; a ratio of spending to change exists only where the change
//! is beyond chance.

mod error;
mod grade;
mod pairing;
mod unit_cost;
mod side_by_side;
mod effect;
mod comparison;
mod outcome_spend;

pub use comparison::{ComparedRow, Comparison};
pub use effect::{Design, Effect};
pub use error::LinkageError;
pub use grade::EvidenceGrade;
pub use outcome_spend::{OutcomeSpend, SpendPart};
pub use pairing::Pairing;
pub(crate) use pairing::same_place;
pub use side_by_side::{SideBySide, SideBySideRow, SpendShown};
pub use unit_cost::{cost_per_unit_of_change, spend_per};
