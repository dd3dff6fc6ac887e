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

mod alike;
mod answer;
mod aside;
mod beside;
mod block;
mod classes;
mod close;
mod error;
mod exactly;
mod explain;
mod frame;
mod gather;
mod grid;
mod in_kind;
mod lanes;
mod levels;
mod mixes;
mod movable;
mod numbered;
mod order;
mod pairs;
mod per_head;
mod question;
mod region;
mod regional;
mod roles;
mod rows;
mod slice;
mod spread;
mod spreads;
mod stands;
mod subtotals;
mod tally;
mod terms;
mod totals;
mod weigh;
mod whole;
mod words;
mod written;

pub use answer::{Answer, Composition, Emptiness, Figure, KeyPart, PerHead, Row};
pub use beside::{Beside, BesideSum};
pub use error::AskError;
pub use explain::{Contribution, Explanation, LineShown, ShareStep};
pub use in_kind::InKindShown;
pub use movable::{FreeFrom, Movable};
pub use question::{By, Question};

/// Whether a piece of money lies in the slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Fate {
    In,
    Out,
    /// The records cannot say, for this reason.
    Unknown(crate::axis::Gap),
}

impl Fate {
    /// The fate of money that has one fate on one axis and another on the next. Outside on any
    /// axis is outside, whatever is not known on another.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Out, _) | (_, Self::Out) => Self::Out,
            (Self::Unknown(gap), _) | (_, Self::Unknown(gap)) => Self::Unknown(gap),
            (Self::In, Self::In) => Self::In,
        }
    }
}

/// The place of a row on one axis of a drilled table: a member, or one of the codes below.
type Cell = u32;

/// In the slice, but in none of the members that the axis is drilled by.
const REST: Cell = u32::MAX - 32;

/// Paid to nobody who is a partner.
const NOBODY: Cell = REST - 1;

/// In the slice, but nothing says in which member.
const fn gap_cell(gap: crate::axis::Gap) -> Cell {
    u32::MAX - 31 + gap as u32
}
