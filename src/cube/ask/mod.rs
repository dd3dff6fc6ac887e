//! Questions: one set of members for each axis, shared before it is cut, closed once.
//!
//! ```text
//! Question ─► Plan ─► aggregate ─► share ─► close ─► Answer
//!  as it is   in      what it      sums ×    one      figures, words,
//!  put        numbers cannot tell  shares    rounding JSON, data frame
//!                     apart        → rows
//!                                  reference: the same record by record, which judges and explains
//! ```
//!
//! The folders stand in this order and use only what stands before them; `run` is the five calls.
//!
//! # One question through all steps
//!
//! *What was spent on youth justice for 10 to 17 year-olds in Ludlow in 2017-18?* Shropshire's councils
//! published £126,710.00 for the county; nobody recorded a place. (The test of `run` holds these
//! numbers.)
//!
//! | Step | What is there afterwards |
//! |---|---|
//! | `plan` | the activity as a member of its tree, ages 10 to 17, the small areas of Ludlow, the days of 2017-18, who is inside; no axis to tell rows by |
//! | `aggregate` | of all sums that are kept by year, the one of which something may lie in the slice: 12,671,000 pence of one line, recorded for Shropshire, 10 to 17, young offenders |
//! | `share` | one route into one row: weight 1 / 1 (one activity, a whole year) × residents of 10 to 17, 924 of 27,635 → 423,665.7861… pence |
//! | `close` | the phase into the boundary, the boundary into slice and rest, the slice to 423,666 pence: closing added 0.2139 |
//! | `answer` | £4,236.66, all of it known by population, £4.59 for each of 924 residents |
//!
//! A cut is the mass of an intersection, never a filter followed by a new share, so that
//! narrowing a question cannot raise what is left. Money of which the records cannot say whether
//! it lies in the slice is in no amount: it stands beside, by reason.
//!
//! A question names its boundary. What insiders pay each other is eliminated before anything is
//! shared, and stands beside the total with the same coordinates as any other money.
//!
//! **Invariant:** slice + complement + what cannot be said = everything of that phase, to the
//! penny.

mod error;
mod plan;
mod whereabouts;
mod answer;
mod aggregate;
mod share;
mod close;
mod reference;
mod run;
mod ranged;
mod what_if;
mod asked;
mod question;

pub use answer::{Answer, Composition, Emptiness, Figure, InKindShown, KeyPart, PerHead, Row};
pub use error::AskError;
pub use plan::{By, Memorandum, MemorandumSum};
pub use question::Question;
pub use ranged::{Range, RangedAnswer, RangedRow};
pub use reference::{
    AnswerSharedBy, AnswerShares, Contribution, Explanation, FigureShares, LineShown, RestShown,
    ShareStep, SharedBy, Shares,
};
pub use what_if::{Change, ChangedRow, WhatIf};
