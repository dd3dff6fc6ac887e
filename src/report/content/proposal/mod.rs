//! Proposals as pages and files show them: everything closed to the penny, so that tables add up.
//!
//! An [`Appraisal`](crate::appraisal::Appraisal) is exact fractions and borrows its account. A report keeps what people see of it, and
//! releases that: a [`ProposalSheet`].

mod layer;
mod closing;
mod position;
mod held;
mod settlement;
mod chain;
mod assumption;
mod purse;
mod words;
mod sure;
mod sheet;
mod ranking;

pub use layer::{Layer, Sums};
pub use position::PayerShown;
pub use purse::PurseShown;
pub use ranking::{RankingShown, rankings};
pub use settlement::{LoanShown, SettlementShown, StatementShown};
pub use sheet::{About, ProposalSheet};
pub use sure::{Band, HowSure, SureShown, TornadoShown};
