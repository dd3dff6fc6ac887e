//! Agreements and the medium term as pages and files show them: the board's paper, targets, plans, grants and gaps.
//!
//! What registers say stands here as it is: a register is told whole or not at all.

mod spent;
mod sheet;
mod gap;

pub use gap::{GapSheet, PhasesShown, ReductionShown};
pub use sheet::{ActionShown, DecisionShown, PerformanceSheet, SurveyShown, TargetShown};
pub use spent::ActionSpent;
