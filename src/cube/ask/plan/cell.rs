//! Cells and fates: where a piece of money lies in a table, and whether it lies in the slice.

use crate::axis::Gap;

/// Whether a piece of money lies in the slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    In,
    Out,
    /// The records cannot say, for this reason.
    Unknown(Gap),
}

impl Fate {
    /// The fate of money that has one fate on one axis and another on the next. Outside on any
    /// axis is outside, whatever is not known on another.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Out, _) | (_, Self::Out) => Self::Out,
            (Self::Unknown(gap), _) | (_, Self::Unknown(gap)) => Self::Unknown(gap),
            (Self::In, Self::In) => Self::In,
        }
    }
}

/// The place of a row on one axis of a drilled table: a member, or one of the codes below.
pub type Cell = u32;

/// In the slice, but in none of the members that the axis is drilled by.
pub const REST: Cell = u32::MAX - 32;

/// Paid to nobody who is a partner.
pub const NOBODY: Cell = REST - 1;

/// In the slice, but nothing says in which member.
pub const fn gap_cell(gap: Gap) -> Cell {
    u32::MAX - 31 + gap as u32
}
