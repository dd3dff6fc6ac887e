//! Place plans to take away: what is wanted, who pays for it, and what is spent there already.

mod columns;
mod wishes;
mod money;
mod contributions;
mod beside;

pub use beside::{in_ledgers, spent_here};
pub(super) use columns::{add_named, add_pounds};
pub use contributions::{contributions_to_plans, rolls};
pub use money::{funding, funding_total, sources, sources_of_all};
pub use wishes::{priorities, units};
