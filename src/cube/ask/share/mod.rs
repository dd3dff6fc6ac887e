//! From sums to rows: every sum times its shares.

mod accumulate;
mod accumulator;
mod exact_sum;
mod region_share;
mod region_shares;
mod routes;
mod row_block;
mod row_order;
mod row_sums;
mod rows;
mod slot;
mod term_index;
mod terms;

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
