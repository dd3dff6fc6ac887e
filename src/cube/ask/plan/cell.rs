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

/// Where a row lies on one axis of the table.
///
/// What the number means is the axis's business: a member of a tree, a locality, the place of a band
/// or a year in a list. Beyond all of these stand what nobody was paid, the rest of the slice, and one
/// cell for each reason why the records name no member. Rows are in the order of their cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(u32);

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// A member, by its number on the axis.
    Member(u32),
    /// Paid to nobody who is a partner.
    Nobody,
    /// In the slice, but in none of the members that the axis is drilled by.
    Rest,
    /// In the slice, but nothing says in which member.
    Gap(Gap),
}

impl Cell {
    /// The only cell of an axis by which the table is not drilled.
    pub const WHOLE: Self = Self(0);

    /// In the slice, but in none of the members that the axis is drilled by.
    pub const REST: Self = Self(u32::MAX - 32);

    /// Paid to nobody who is a partner.
    pub const NOBODY: Self = Self(Self::REST.0 - 1);

    /// A member, by its number on the axis.
    pub const fn member(number: u32) -> Self {
        Self(number)
    }

    /// In the slice, but nothing says in which member.
    pub const fn gap(gap: Gap) -> Self {
        Self(Self::REST.0 + 1 + gap as u32)
    }

    /// The number of a member on its axis. Only for cells that are members: see [`Cell::kind`].
    pub const fn number(self) -> u32 {
        self.0
    }

    /// What it is.
    pub fn kind(self) -> CellKind {
        match self {
            Self::REST => CellKind::Rest,
            Self::NOBODY => CellKind::Nobody,
            Self(number) if number < Self::NOBODY.0 => CellKind::Member(number),
            other => {
                let found = Gap::ALL.into_iter().find(|gap| Self::gap(*gap) == other);
                CellKind::Gap(found.unwrap_or(Gap::Unknown))
            }
        }
    }

    /// Whether it is a member.
    pub fn is_member(self) -> bool {
        self < Self::NOBODY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_what_it_was_made_from() {
        assert_eq!(Cell::WHOLE.kind(), CellKind::Member(0));
        assert_eq!(Cell::member(7).kind(), CellKind::Member(7));
        assert_eq!(Cell::NOBODY.kind(), CellKind::Nobody);
        assert_eq!(Cell::REST.kind(), CellKind::Rest);
        for gap in Gap::ALL {
            assert_eq!(Cell::gap(gap).kind(), CellKind::Gap(gap));
            assert!(!Cell::gap(gap).is_member() && Cell::gap(gap) > Cell::REST);
        }
    }
}
