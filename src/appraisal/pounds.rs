//! Exact pence as people read them.

use crate::money::{Exact, Pence, Ratio};

/// Exact pence, rounded to whole ones.
pub(super) fn in_pounds(pence: &Ratio) -> String {
    // A sum beyond what an account can hold has no pounds to show.
    let sum = Exact::whole(Pence::new(1)).times(pence).nearest();
    sum.map_or_else(|_| "too large".to_owned(), |sum| sum.to_string())
}
