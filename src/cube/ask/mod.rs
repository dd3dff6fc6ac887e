//! Questions: one set of members for each axis, shared before it is cut, closed once.
//!
//! ```text
//! Question ─► Slice ─► add up alike ─► divide and add up rows ─► close the table ─► Answer
//!             resolve  from what is     mix, days, region          one rounding      explain
//!                      kept
//! ```
//!
//! A cut is the mass of an intersection, never a filter followed by a new share, so that
//! narrowing a question cannot raise what is left. Money of which the records cannot say whether
//! it lies in the slice is in no amount: it stands beside, by reason.
//!
//! A question names its boundary. What insiders pay each other is eliminated before anything is
//! shared, and stands beside the total with the same coordinates as any other money.
//!
//! **Invariant:** slice + complement + what cannot be said = everything of that phase, to the
//! penny.

mod aggregate;
mod answer;
mod close;
mod error;
mod movable;
mod plan;
mod question;
mod reference;
mod run;
mod share;

pub use answer::{Answer, Composition, Emptiness, Figure, InKindShown, KeyPart, PerHead, Row};
pub use error::AskError;
pub use movable::{FreeFrom, Movable};
pub use plan::{Beside, BesideSum, By};
pub use question::Question;
pub use reference::{Contribution, Explanation, LineShown, ShareStep};
