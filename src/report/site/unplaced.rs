//! What nobody has placed, and what is not spending.

use crate::account::PlaceAccount;
use crate::crosswalk::ExcludedMoney;
use crate::worklist::Worklist;

/// Codes without a meaning, and lines that are in no figure.
#[derive(Clone, Debug)]
pub(in crate::report) struct Unplaced {
    pub list: Worklist,
    pub excluded: Vec<ExcludedMoney>,
}

impl Unplaced {
    pub(super) fn of(account: &PlaceAccount) -> Self {
        Self {
            list: Worklist::of(account),
            excluded: account.excluded().cloned().collect(),
        }
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && self.excluded.is_empty()
    }
}
