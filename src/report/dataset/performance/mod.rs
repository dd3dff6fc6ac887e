//! Agreements and the medium term to take away: targets, surveys, plans, decisions, grants and gaps.

mod columns;
mod targets;
mod board;
mod grants;
mod gap;
mod spent;

pub use board::{actions, changes, decisions, overdue, work_plan};
pub use gap::{gap_totals, gaps, phases_beside, reductions};
pub use grants::{grant_conditions, grants};
pub use spent::{beside_actions, grants_in_ledgers};
pub use targets::{figures_owed, surveys, targets};
