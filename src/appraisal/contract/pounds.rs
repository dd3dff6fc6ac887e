//! Exact pence as whole ones.

use crate::money::{Exact, Pence, Ratio};

/// Exact pence, rounded to whole ones; nothing where they are beyond what an account can hold.
pub(super) fn pence(exact: &Ratio) -> Option<Pence> {
    Exact::whole(Pence::new(1)).times(exact).nearest().ok()
}

/// The same as people read them.
pub(super) fn in_pounds(exact: &Ratio) -> String {
    pence(exact).map_or_else(|| "too large".to_owned(), |sum| sum.to_string())
}
