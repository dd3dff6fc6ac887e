//! Sums of a register: it is told whole or not at all, so that none of them is withheld by itself.

use super::Value;
use crate::money::Pence;
use crate::report::content::Shown;

/// A sum of a register.
pub(super) fn pounds(sum: Pence) -> Value {
    Value::sum(Shown::of_sum(sum))
}

/// The same where somebody said it.
pub(super) fn pounds_if(sum: Option<Pence>) -> Value {
    sum.map_or(Value::Nothing, pounds)
}
