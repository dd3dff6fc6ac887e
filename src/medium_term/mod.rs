//! The medium term: what each partner is short of in years to come, and the planned reductions that close it.
//!
//! A gap is what it would take to go on as before less what will come in, by partner and year; a body states it, or it is
//! worked out from the lines of what is needed and what will come. Reductions close it: each with its partner, its year,
//! its line and source. One that only moves a cost to another partner closes nothing for the place: it stands in the
//! other's gap ([`Reduction::falls_on`]).
//!
//! Nothing is compared silently. Gaps that cover different areas are never added, and neither are years of which a
//! partner has said nothing taken for nothing. Budget, forecast and outturn of a partner stand side by side with a word
//! where their months differ, and are never added ([`MediumTerm::phases`]).
//!
//! **Invariant:** for each partner and year gap + put on it by others - closed = left, and the left of all partners of one
//! coverage is that of their total, to the penny.
//!
//! # Sources
//!
//! Chartered Institute of Public Finance and Accountancy, *Financial Management Code*, 2019, section 4: a rolling
//! multi-year plan that says how savings are made. That costs must not be shunted between partners: the Shropshire
//! proposal for a whole-place budget. What a year's gap holds and which reductions close it is the pack's to say.

mod spec;
mod gap;
mod plan;
mod open;
mod statement;
mod phases;
mod text;

pub use gap::{GapLine, Lasts, LineKind, Reduction, ReductionStatus};
pub use phases::PhasesBeside;
pub use plan::MediumTerm;
#[cfg(test)]
pub(crate) use spec::{fields, reads, schema};
pub use statement::{GapStanding, GapStatement, GapTotal};
