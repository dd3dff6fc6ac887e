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

pub use row_sums::{RowTally, spread};
pub use rows::Rows;
pub use slot::Slot;
pub use terms::Terms;
