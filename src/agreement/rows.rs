//! What rows of all tables of the register have in common.

use crate::axis::name_one_of;
use crate::register::{Cells, Register};

/// Something of the agreement that cannot be used as it is written.
pub(super) const RULE: &str = "agreement-unclear";

impl Register<'_> {
    /// Whether all of these are there; what is not is told.
    pub(super) fn all_needed(&mut self, cells: &Cells, fields: &[(&str, &str)]) -> bool {
        let mut there = true;
        for (field, what) in fields {
            there &= self.needed(cells, field, RULE, what);
        }
        there
    }

    /// The number of the row that a cell names by its code; nothing where the cell is empty.
    pub(super) fn number_named(
        &mut self,
        cells: &Cells,
        field: &str,
        codes: &[&str],
    ) -> Option<usize> {
        let code = cells.text(field);
        if code.is_empty() {
            return None;
        }
        let found = codes.iter().position(|one| *one == code);
        if found.is_none() {
            let remedy = name_one_of(code, field, codes.iter().copied());
            let found = format!("there is no {field} `{code}`");
            self.fault("unknown-code", cells.at_column(field), found, &remedy);
        }
        found
    }
}
