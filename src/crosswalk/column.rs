//! How the lines of a ledger find their member of one axis.

use crate::ledger::Ledger;

/// The members of the lines of a ledger.
#[derive(Clone, Debug)]
pub(super) enum Column<T> {
    /// All lines are of one.
    Always(T),
    /// One member for each distinct code of that code name of the ledger.
    ByCode(usize, Vec<T>),
}

impl<T: Copy> Column<T> {
    /// The member of a line.
    pub(super) fn of(&self, ledger: &Ledger, line: usize) -> T {
        match self {
            Self::Always(member) => *member,
            Self::ByCode(code, members) => members[ledger.ids_at(*code)[line] as usize],
        }
    }
}
