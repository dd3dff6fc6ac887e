//! Area agreements: what partners have agreed to reach, who does what by when, and when they meet.
//!
//! A partnership agrees targets, each with a partner that leads (named in a law, or by the others) and partners that
//! contribute; a delivery plan says who does what for it by when and with which money; reports tell twice a year how it
//! stands; a board meets four times and decides. All of it is a register beside the ledgers: it adds nothing to the
//! account. What is spent on an action is asked of the account ([`Agreement::spent`]), and money of a grant that a ledger
//! has too is found by its reference and counted there ([`Agreement::grants_in_account`]).
//!
//! Three facts of a target are kept apart: whether the milestone is reached, whether the change since the baseline is
//! more than chance, and which way the last figures went. A word for them, `green`, is only ever a rule that the pack
//! writes down. Everything is told as at a day: a figure that had not come is not told, and stands in the list of what
//! is owed ([`Agreement::report`]).
//!
//! **Invariant:** of every grant earned + not earned + open = all of it, and received = held + paid + returned, to the
//! penny, on every day.
//!
//! # Sources
//!
//! The three facts: Bird SM and others, *Performance indicators: good, bad, and ugly*. Journal of the Royal Statistical
//! Society A 168, 2005, 1–27 (uncertainty beside every figure, and no rank without it). The difference since the
//! baseline: Newcombe 1998 where people were counted, see [`crate::statistic`]. Lead and contributory partners,
//! delivery plans, mid-year and year-end reports: minutes of the West Cheshire local strategic partnership, 30 April
//! 2009, item 8. That a part of a grant is earned in proportion to the way gone, from a stated share of it: the rule of
//! performance reward grants of English local area agreements; share and rule are the pack's.

mod spec;
mod target;
mod rating;
mod action;
mod meeting;
mod grant;
mod agreements;
mod facts;
mod rows;
mod open_targets;
mod open_actions;
mod open_grants;
mod open;
mod draw_down;
mod report;
mod spent;
mod board;
mod text;

pub use action::{Action, ActionStatus, StatusOn};
pub use agreements::Agreement;
pub use board::{BoardPaper, Changed, Overdue, WorkPlanRow};
pub use draw_down::{ConditionStanding, DrawnInLedger, GrantStanding, GrantsInAccount};
pub use facts::TargetFacts;
pub use grant::{Condition, DrawDown, DrawDownKind, EarnedBy, Pays, RewardGrant};
pub use meeting::{AgendaItem, Decision, Meeting, Outcome, PlannedReport};
pub use rating::Rating;
pub use report::{AgreementReport, Owed, SurveyStanding};
#[cfg(test)]
pub(crate) use spec::{fields, reads, schema};
pub use spent::SpentOnAction;
pub use target::{
    AgreedTarget, Answers, FigureDue, GivenFigure, Milestone, NonResponse, Survey, TargetMeasure,
};
