//! Lines of a ledger by a reference that a register has too.

use crate::account::PlaceAccount;
use crate::money::{MoneyError, Pence};
use std::collections::BTreeMap;

/// What the lines of one reference say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LinesOfReference {
    /// Their sum.
    pub pence: Pence,
    /// How many they are.
    pub lines: u64,
}

/// The lines of a ledger by one of their codes; lines without it are in none.
pub(crate) fn lines_by_reference<'a>(
    account: &'a PlaceAccount,
    ledger: &str,
    code: &str,
) -> Result<BTreeMap<&'a str, LinesOfReference>, MoneyError> {
    let mut found: BTreeMap<&str, LinesOfReference> = BTreeMap::new();
    for (mapped, line, _) in account.lines() {
        if mapped.ledger().id() != ledger {
            continue;
        }
        if let Some(text) = line.code(code).filter(|text| !text.is_empty()) {
            let of_it = found.entry(text).or_default();
            of_it.pence = Pence::total([of_it.pence, line.pence()])?;
            of_it.lines += 1;
        }
    }
    Ok(found)
}
