//! From sums to rows: every sum times its shares.

mod slot;
mod keys;
mod row_sums;
mod exact_sum;
mod region_share;
mod routes;
mod region_shares;
mod term_index;
mod terms;
mod accumulator;
mod row_block;
mod folded;
mod accumulate;
mod row_order;
mod rows;

pub use row_sums::{RowSums, among_roles};
pub use rows::Rows;
pub use slot::Slot;
pub use terms::Terms;

use crate::cube::ask::aggregate::{BucketSums, Buckets};
use crate::cube::ask::plan::{Drill, Plan};

/// The rows of a plan, where there are any to be told apart.
pub fn rows(plan: &Plan<'_>, buckets: &mut Buckets<'_>, sums: &BucketSums) -> Option<Rows> {
    if plan.drill.is_empty() {
        return None;
    }
    let terms = Terms::new(plan, buckets, sums, false);
    // Who funded a row is a share of all that stands in it.
    let by_role = plan.is_drilled(|axis| matches!(axis, Drill::Role(..)));
    Some(if by_role {
        let rows = among_roles(terms.exact_rows().0, &plan.drill);
        Rows::from_sums(plan.drill.len(), rows)
    } else {
        Rows::from_terms(terms)
    })
}
